"""By what the parts of a toppnotat are recognised: marks of our own files, and heading texts.

Caseworkers write the headings in both languages and with variants; a heading counts when all of it
is one of these, whatever its number, colon and capitals are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from desktop.importing.docx_flow import Facts
from desktop.rules.entity_kinds import Seksjonslag

_STRONG: Final[Mapping[Seksjonslag, Sequence[str]]] = MappingProxyType(
    {
        Seksjonslag.FORSLAG: (
            "forslag til vedtak",
            "framlegg til vedtak",
            "fremlegg til vedtak",
            "vedtaksforslag",
            "vedtaksframlegg",
            "forslag til vedtakstekst",
            "forslag til beslutning",
            "framlegg til avgjerd",
            "forslag til innstilling",
        ),
        Seksjonslag.HENSIKT: (
            "hensikt med saken",
            "hensikten med saken",
            "hensikt med saka",
            "hensikta med saka",
            "formål med saken",
            "formålet med saken",
            "formålet med saka",
            "føremål med saka",
            "føremålet med saka",
            "saken gjelder",
            "hva saken gjelder",
            "saka gjeld",
            "kva saka gjeld",
        ),
        Seksjonslag.BAKGRUNN: (
            "bakgrunn for saken",
            "bakgrunnen for saken",
            "bakgrunn for saka",
            "bakgrunnen for saka",
        ),
        Seksjonslag.DROEFTING: (
            "drøftingsspørsmål",
            "drøftingsspørsmåla",
            "spørsmål til drøfting",
            "spørsmål for drøfting",
            "spørsmål til diskusjon",
            "diskusjonsspørsmål",
            "drøftingspunkter",
            "drøftingspunkt",
            "spørsmål til rådet",
            "spørsmål rådet bes drøfte",
        ),
        Seksjonslag.VIDERE: (
            "videre saksprosess",
            "videre prosess",
            "videre saksgang",
            "vidare saksprosess",
            "vidare prosess",
            "vidare saksgang",
            "videre saksbehandling",
            "vidare saksbehandling",
        ),
        Seksjonslag.TIDLIGERE_VEDTAK: (
            "vedtak fra tidligere behandlinger",
            "vedtak fra tidligere behandling",
            "vedtak frå tidlegare behandlingar",
            "vedtak frå tidlegare behandling",
            "vedtak i tidligere saker",
            "vedtak i tidlegare saker",
            "tidligere vedtak",
            "tidlegare vedtak",
        ),
        Seksjonslag.VEDLEGG: ("vedlegg til saken", "vedlegg til saka", "liste over vedlegg"),
    }
)
"""Texts that begin a part at whatever level they stand."""

_WEAK: Final[Mapping[Seksjonslag, Sequence[str]]] = MappingProxyType(
    {
        Seksjonslag.FORSLAG: ("innstilling",),
        Seksjonslag.HENSIKT: ("hensikt", "hensikten", "formål", "formålet", "føremål", "føremålet"),
        Seksjonslag.BAKGRUNN: ("bakgrunn", "bakgrunnen"),
        Seksjonslag.DROEFTING: ("drøfting", "spørsmål"),
        Seksjonslag.VIDERE: (
            "videre arbeid",
            "vidare arbeid",
            "videre behandling",
            "vidare behandling",
            "veien videre",
            "vegen vidare",
        ),
        Seksjonslag.TIDLIGERE_VEDTAK: (
            "tidligere behandling",
            "tidligere behandlinger",
            "tidlegare behandling",
            "tidlegare behandlingar",
        ),
        Seksjonslag.VEDLEGG: ("vedlegg", "vedleggsliste"),
    }
)
"""Texts that begin a part only where a part can begin: they can be subheadings as well."""

HEAD_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "til": "til",
        "møte": "til",
        "dato": "dato",
        "møtedato": "dato",
        "saksnummer": "saksnummer",
        "saksnr": "saksnummer",
        "saksnr.": "saksnummer",
        "sak nr": "saksnummer",
        "sak nr.": "saksnummer",
        "sak": "saksnummer",
        "type": "type",
        "sakstype": "type",
        "fra": "fra",
        "frå": "fra",
        "sakseier": "fra",
        "sakseigar": "fra",
        "saksbehandler": "saksbehandler",
        "saksbehandlere": "saksbehandler",
        "saksbehandlar": "saksbehandler",
        "saksbehandlarar": "saksbehandler",
        "tema": "tittel",
        "tittel": "tittel",
        "sakstittel": "tittel",
    }
)
"""The labels in the head of a toppnotat, in both languages, by the fact they stand before."""

_NUMBER: Final = re.compile(
    r"(?:\(?(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-z]|[ivx]{1,5})[.)]|[0-9]{1,2}(?:\.[0-9]{1,2})*)\s+"
)
_OUTLINE_NUMBER: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]\s+(?=\w)")
_AT_END: Final = re.compile(
    r"\s+(?:i|for|til)\s+(?:rådsmodellen|rådet|e-helserådet|nasjonalt e-helseråd|utvalget|utvalet"
    r"|nuit|nufa|møtet|denne saken|denne saka)$"
)
_MARK: Final = re.compile(rf"(?:_mb_)?({'|'.join(slag.value for slag in Seksjonslag)})(?:_[0-9]+)?")
_FIELD_STYLE: Final = "møtebok felt "


class Known(NamedTuple):
    """What a heading begins. `strong`: at any level. `marked`: told by a mark of our own."""

    slag: Seksjonslag
    strong: bool = True
    marked: bool = False


def folded(text: str) -> str:
    """Return a heading without number, colon and capitals, for comparison."""
    line = " ".join(text.casefold().split())
    line = _NUMBER.sub("", line, count=1) if _NUMBER.match(line) else line
    return line.strip(" :.–-*_")


def heading_text(text: str) -> str:
    """Return a heading as a section of its own has it: without number and colon."""
    line = " ".join(text.split()).rstrip(" :")
    return _OUTLINE_NUMBER.sub("", line, count=1) if _OUTLINE_NUMBER.match(line) else line


def _by_text() -> dict[str, Known]:
    found = {text: Known(slag, strong=False) for slag, all_ in _WEAK.items() for text in all_}
    found |= {text: Known(slag) for slag, all_ in _STRONG.items() for text in all_}
    return found


_TEXTS: Final = _by_text()


def known_heading(text: str) -> Known | None:
    """Return what a heading text begins, or None."""
    line = folded(text)
    return _TEXTS.get(line) or _TEXTS.get(_AT_END.sub("", line))


def _marked(names: Iterable[str]) -> Known | None:
    for name in names:
        found = _MARK.fullmatch(name.casefold())
        if found:
            return Known(Seksjonslag(found[1]), marked=True)
    return None


def by_tag(facts: Facts, _text: str) -> Known | None:
    """Recognise a heading by the tag or alias of its content control."""
    return _marked(facts.tags)


def by_bookmark(facts: Facts, _text: str) -> Known | None:
    """Recognise a heading by the bookmark around it."""
    return _marked(name for name in facts.bookmarks if name.casefold().startswith("_mb_"))


def by_style(facts: Facts, _text: str) -> Known | None:
    """Recognise a heading by the style that our own files give it."""
    if not facts.style.startswith(_FIELD_STYLE):
        return None
    return _marked([facts.style.removeprefix(_FIELD_STYLE)])


def by_text(_facts: Facts, text: str) -> Known | None:
    """Recognise a heading by what it says."""
    return known_heading(text)


Recogniser = Callable[[Facts, str], Known | None]
RECOGNISERS: Final[Sequence[Recogniser]] = (by_tag, by_bookmark, by_style, by_text)
"""In the order they are asked: what survives editing best comes first."""


def recognise(facts: Facts, text: str) -> Known | None:
    """Return what a heading begins, by the first sign that tells."""
    for recogniser in RECOGNISERS:
        found = recogniser(facts, text)
        if found is not None:
            return found
    return None
