"""The council's phrases for vedtak and its fixed posts, in both languages (dokumenter §1, §3b).

A phrase is text with placeholders: `{utvalg}`, `{dato}`, `{aktør}`, `{tema}`, `{sekretariat}`.

- `fill` puts in the values it gets, each as it is: braces inside a value mean nothing to it.
- A placeholder without value, or with a blank one, stays visible as it is, and `unfilled` names it.
- A phrase with another placeholder, or with a brace that belongs to none, is refused.

The tables are what a new utvalg starts with; each utvalg can change its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from desktop.rules.entity_kinds import Fastpostslag, Plassering
from desktop.rules.errors import RuleError
from desktop.rules.kinds import Maalform, Sakstype, Toppnotatstatus

PLACEHOLDERS: Final = ("utvalg", "dato", "aktør", "tema", "sekretariat")

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class FixedPost:
    """A post that a new meeting proposes by itself.

    Attributes:
        title: a phrase; `{dato}` is the previous meeting's date.
        minutes: how long it lasts.
        forslag: the phrase proposed as vedtak; None for Eventuelt.
    """

    kind: Fastpostslag
    title: str
    sakstype: Sakstype | None
    minutes: int
    placing: Plassering
    toppnotatstatus: Toppnotatstatus
    forslag: str | None


def placeholders(phrase: str) -> tuple[str, ...]:
    """Return the placeholders of a phrase in order, each once.

    Raises:
        RuleError: `frase_klammer` or `frase_ukjent_plassholder`.
    """
    if re.search(r"[{}]", _PLACEHOLDER.sub("", phrase)):
        raise RuleError("frase_klammer", phrase=phrase)
    names = tuple(dict.fromkeys(_PLACEHOLDER.findall(phrase)))
    for name in names:
        _require_known(name)
    return names


def fill(phrase: str, values: Mapping[str, str]) -> str:
    """Return the phrase with the values in their places.

    Raises:
        RuleError: `frase_klammer`, or `frase_ukjent_plassholder` for a name in the phrase or
            among the values.
    """
    placeholders(phrase)
    for name in values:
        _require_known(name)
    return _PLACEHOLDER.sub(
        lambda found: value if (value := values.get(found[1], "")).strip() else found[0], phrase
    )


def unfilled(text: str) -> tuple[str, ...]:
    """Return the known placeholders that still stand in a text, in order, each once.

    Takes any text, also one that was written by hand; never raises.
    """
    found = dict.fromkeys(_PLACEHOLDER.findall(text))
    return tuple(name for name in found if name in PLACEHOLDERS)


def _require_known(name: str) -> None:
    if name not in PLACEHOLDERS:
        raise RuleError("frase_ukjent_plassholder", name=name)


_BOKMAAL: Final = {
    Sakstype.GODKJENNING: (
        "{utvalg} godkjenner innkalling og dagsorden.",
        "{utvalg} godkjenner referatet fra møtet {dato}.",
    ),
    Sakstype.ORIENTERING: (
        "{utvalg} tar saken til orientering.",
        "{utvalg} tar sakene til orientering.",
    ),
    Sakstype.DROEFTING: (
        (
            "{utvalg} drøftet saken og ba {aktør} ta med seg innspillene gitt i møtet i det videre "
            "arbeidet."
        ),
        "{utvalg} drøftet saken og ga sine synspunkter på {tema}.",
    ),
    Sakstype.ANBEFALING: (
        "{utvalg} anbefaler {tema}, med de innspillene som kom i møtet.",
        "{utvalg} støtter {tema}.",
        "{utvalg} oppfordrer {aktør} til å {tema}.",
    ),
    Sakstype.BESLUTNING: ("{utvalg} vedtar {tema}.",),
}

_NYNORSK: Final = {
    Sakstype.GODKJENNING: (
        "{utvalg} godkjenner innkalling og dagsorden.",
        "{utvalg} godkjenner referatet frå møtet {dato}.",
    ),
    Sakstype.ORIENTERING: (
        "{utvalg} tek saka til orientering.",
        "{utvalg} tek sakene til orientering.",
    ),
    Sakstype.DROEFTING: (
        "{utvalg} drøfta saka og bad {aktør} ta med seg innspela frå møtet i det vidare arbeidet.",
        "{utvalg} drøfta saka og gav synspunkta sine på {tema}.",
    ),
    Sakstype.ANBEFALING: (
        "{utvalg} tilrår {tema}, med dei innspela som kom i møtet.",
        "{utvalg} støttar {tema}.",
        "{utvalg} oppmodar {aktør} om å {tema}.",
    ),
    Sakstype.BESLUTNING: ("{utvalg} vedtek {tema}.",),
}

DEFAULT_PHRASES: Final[Mapping[Maalform, Mapping[Sakstype, tuple[str, ...]]]] = MappingProxyType(
    {Maalform.NB: MappingProxyType(_BOKMAAL), Maalform.NN: MappingProxyType(_NYNORSK)}
)


def _posts(
    phrases: Mapping[Sakstype, tuple[str, ...]], titles: tuple[str, str, str, str]
) -> tuple[FixedPost, ...]:
    innkalling, referat = phrases[Sakstype.GODKJENNING]
    orientering = phrases[Sakstype.ORIENTERING][1]
    first, last = Plassering.FOERST, Plassering.SIST
    none, silent = Toppnotatstatus.INGEN, Toppnotatstatus.IKKE_AKTUELT
    godkjenning = Sakstype.GODKJENNING
    return (
        FixedPost(Fastpostslag.INNKALLING, titles[0], godkjenning, 5, first, silent, innkalling),
        FixedPost(Fastpostslag.REFERAT, titles[1], godkjenning, 10, first, silent, referat),
        FixedPost(
            Fastpostslag.ORIENTERING, titles[2], Sakstype.ORIENTERING, 10, first, none, orientering
        ),
        FixedPost(Fastpostslag.EVENTUELT, titles[3], None, 10, last, silent, None),
    )


DEFAULT_POSTS: Final[Mapping[Maalform, tuple[FixedPost, ...]]] = MappingProxyType(
    {
        Maalform.NB: _posts(
            _BOKMAAL,
            (
                "Godkjenning av innkalling og dagsorden",
                "Godkjenning av referatet fra møtet {dato} i {utvalg}",
                "Orientering fra {sekretariat}",
                "Eventuelt",
            ),
        ),
        Maalform.NN: _posts(
            _NYNORSK,
            (
                "Godkjenning av innkalling og dagsorden",
                "Godkjenning av referatet frå møtet {dato} i {utvalg}",
                "Orientering frå {sekretariat}",
                "Eventuelt",
            ),
        ),
    }
)
