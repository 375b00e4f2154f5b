"""Papers made for one rule: a meeting on 14 December 2023 as the archive knows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from desktop.rules.actors import Actor
from desktop.rules.entity_kinds import Innspillslag, Seksjonslag, Vedleggslag
from desktop.rules.kinds import Maalform, Sakstype
from desktop.rules.kontroll import BY_ID, Finding, Papers, PlaceKind
from desktop.rules.kontroll.papers import (
    Attachment,
    Attendee,
    Body,
    Day,
    KnownMeeting,
    KnownSeries,
    Line,
    Minutes,
    SakPapers,
    Section,
    TextBlock,
)
from desktop.rules.kontroll.types import Place

OCTOBER, DECEMBER = dt.date(2023, 10, 4), dt.date(2023, 12, 14)
RAADET = Body("raadet", "Nasjonalt e-helseråd", "Nasjonalt e-helseråd", "E-helserådet")
NUIT = Body("nuit", "Nasjonalt utvalg for IT-prioriteringer", "NUIT", "NUIT")
BODIES = (RAADET, NUIT)
ACTORS = (
    Actor("ks", ("KS",), "organisasjon"),
    Actor("oslo", ("Oslo kommune",), "organisasjon"),
    Actor("ehelse", ("Direktoratet for e-helse",), "organisasjon"),
    Actor("kari", ("Kari Nordmann",), "person"),
    Actor("ola", ("Ola Åsen",), "person"),
)
SERIES = {
    ("raadet", 2023): KnownSeries(
        17, {n: (OCTOBER if n < 28 else DECEMBER,) for n in range(17, 40)}
    )
}
MEETINGS = (
    KnownMeeting("m3", "raadet", 2023, 3, (OCTOBER,)),
    KnownMeeting("m4", "raadet", 2023, 4, (DECEMBER,)),
)


def block(
    text: str, kind: PlaceKind = PlaceKind.SEKSJON, sak: str = "s1", **rest: Any
) -> TextBlock:
    return TextBlock(Place(kind, sak, "r1", "b1"), text, **rest)


def sak(key: str = "s1", **given: Any) -> SakPapers:
    made: dict[str, Any] = {
        "key": key,
        "number": "31/23",
        "title": "Strategi for deling av data",
        "sakstype": Sakstype.DROEFTING,
        "forslag": (block("Nasjonalt e-helseråd tar saken til orientering.", PlaceKind.FORSLAG),),
        **given,
    }
    return SakPapers(**made)


def papers(*saker: SakPapers, **given: Any) -> Papers:
    made: dict[str, Any] = {
        "utvalg": RAADET,
        "maalform": Maalform.NB,
        "moete_id": "m4",
        "aar": 2023,
        "days": (Day("d1", DECEMBER, dt.time(16)),),
        "saker": saker,
        "bodies": BODIES,
        "series": SERIES,
        "meetings": MEETINGS,
        "actors": ACTORS,
        **given,
    }
    return Papers(**made)


def with_text(text: str, **given: Any) -> Papers:
    """Return papers with a text in the background of a toppnotat."""
    section = Section("r1", Seksjonslag.BAKGRUNN, (block(text),))
    numbers = [str(number) for number in range(1, 10)] + ["6A"]
    attached = tuple(Attachment(f"v{n}", Vedleggslag.TOPPNOTAT, n) for n in numbers)
    return papers(sak(sections=(section,), attachments=attached), **given)


def with_innspill(text: str, *, named: bool = False, owners: Sequence[str] = ()) -> Papers:
    told = (block(text, PlaceKind.INNSPILL),)
    line = Line("r1", Innspillslag.PUNKT, named, None, told)
    return papers(sak(minutes=Minutes(innspill=(line,)), owners=frozenset(owners)), held=True)


def with_vedtak(text: str, **given: Any) -> Papers:
    return papers(sak(vedtak=(block(text, PlaceKind.VEDTAK),), treated=True, **given), held=True)


def with_people(*people: Attendee, **given: Any) -> Papers:
    return papers(sak(), attendees=people, **given)


def found(rule: str, given: Papers) -> list[Finding]:
    return list(BY_ID[rule].findings(given))


def told(rule: str, given: Papers) -> list[str]:
    """Return the text at the span of each finding of a rule."""
    texts = {one.place.key: one.text for one in given.blocks}
    return [
        texts[one.place.key][slice(*one.place.span)] if one.place.span else one.excerpt
        for one in found(rule, given)
    ]
