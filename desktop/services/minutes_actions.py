"""An aksjonspunkt typed in one line, read with the people and the dates of its meeting in mind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models import Moete, Moetedag, Person
from desktop.rules.aksjonspunkt_line import Actor, LineSpan, ParsedLine, parse_line
from desktop.rules.states import MoeteTilstand
from desktop.services.access import days_of, get
from desktop.services.load import load_organisation_names
from desktop.services.snapshot import OrganisationNames

_MARKS: Final = " \t.,;:()[]–—-"
_BEFORE: Final = " \t,;:([–—-"
_ENDS: Final = ".!?"


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line says.

    `tekst` is what is to be done, without what is set off as only naming who or when.
    """

    tekst: str
    organisasjon_id: str | None
    person_id: str | None
    ansvarlig: str
    frist: dt.date | None


@dataclass(frozen=True)
class LineReader:
    """Reads lines. `today` is the day of the meeting: what was promised counts from there."""

    actors: tuple[Actor, ...]
    names: Mapping[str, str]
    today: dt.date
    next_meeting: dt.date | None

    def read(self, line: str) -> Understood:
        """Return what a line says; takes any text, and empty text says nothing."""
        text = " ".join(line.split())
        parsed = parse_line(text, self.actors, self.today, self.next_meeting)
        kinds = {actor.key: actor.kind for actor in self.actors}
        bodies = [key for key in parsed.actors if kinds[key] == "organisasjon"]
        people = [key for key in parsed.actors if kinds[key] == "person"]
        body, person = next(iter(bodies), None), next(iter(people), None)
        return Understood(
            tekst=task_of(parsed),
            organisasjon_id=body,
            person_id=person,
            ansvarlig=self.names.get(person or body or "", ""),
            frist=parsed.deadline,
        )


def task_of(parsed: ParsedLine) -> str:
    """Return what is to be done: the line without what is set off as only saying who or when.

    "KS: sende utkast innen 15. januar" is "Sende utkast.", but "KS sender utkast" stays a sentence.
    What names several who take it on stays as it is.
    """
    text = parsed.text
    alone = len(parsed.actors) == 1
    start, end = 0, len(text)
    for span in reversed(parsed.spans):
        if text[span.end : end].strip(_MARKS) or not _can_go(parsed, span, alone=alone):
            break
        end = span.start
    head = parsed.spans[0] if parsed.spans else None
    if head is not None and head.end < end and not text[: head.start].strip("@-–•* "):
        follows = text[head.end : end].lstrip()
        if follows[:1] == ":" and (alone or head.kind == "frist"):
            start = len(text) - len(text[head.end :].lstrip()) + 1
    task = text[start:end].strip() if end == len(text) else text[start:end].strip().rstrip(_BEFORE)
    if not task:
        task = text.strip()
    return task[:1].upper() + task[1:] + ("" if task.endswith(tuple(_ENDS)) or not task else ".")


def _can_go(parsed: ParsedLine, span: LineSpan, *, alone: bool) -> bool:
    if span.start == 0:
        return False
    if span.kind == "frist":
        return True
    before = parsed.text[: span.start].rstrip()
    return alone and before[-1:] in tuple("([–—-,:;")


def load_line_reader(session: Session, moete_id: str) -> LineReader:
    """Return what reads the lines of a meeting.

    Raises:
        ServiceError: `finnes_ikke_lenger`.
    """
    moete = get(session, Moete, moete_id)
    days = days_of(session, moete_id)
    day = days[0].dato if days else dt.date(moete.aar, 12, 31)
    stored = load_organisation_names(session)
    names = OrganisationNames(stored)
    bodies: dict[str, list[str]] = {}
    for row in stored:
        bodies.setdefault(row.organisasjon_id, []).extend(filter(None, (row.navn, row.kortnavn)))
    people = session.execute(select(Person.id, Person.fornavn, Person.etternavn)).all()
    known = {key: f"{given} {family}".strip() for key, given, family in people}
    return LineReader(
        actors=(
            *(
                Actor(key, tuple(dict.fromkeys(all_)), "organisasjon")
                for key, all_ in bodies.items()
            ),
            *(Actor(key, (name,), "person") for key, name in known.items()),
        ),
        names={**{key: names.at(key, day, short=True) for key in bodies}, **known},
        today=day,
        next_meeting=_next_meeting(session, moete, days),
    )


def _next_meeting(session: Session, moete: Moete, days: Sequence[Moetedag]) -> dt.date | None:
    if not days:
        return None
    return session.scalar(
        select(func.min(Moetedag.dato))
        .join(Moete, Moete.id == Moetedag.moete_id)
        .where(
            Moete.utvalg_id == moete.utvalg_id,
            Moete.id != moete.id,
            Moete.tilstand != MoeteTilstand.AVLYST,
            Moetedag.dato > days[-1].dato,
        )
    )
