"""Commitments proposed from vedtak and aksjonspunkter, and what becomes of the proposals.

Proposed is what the latest meetings of each utvalg bound somebody to: `rules.commitments` reads
their vedtak, and their aksjonspunkter are commitments as they are. What was accepted or rejected is
not proposed again, also after small corrections of its words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models import (
    Aksjonspunkt,
    Moete,
    Moetedag,
    Oppfoelging,
    OppfoelgingSak,
    Oppfoelgingsavslag,
    Sak,
    Saksreferat,
    Utvalg,
    Vedtak,
    new_key,
)
from desktop.richtext.plain import plain_text
from desktop.rules.actors import ActorNames
from desktop.rules.commitments import Proposal, actor_names, recognise
from desktop.rules.kinds import Maalform
from desktop.rules.numbering import SakNumberPattern
from desktop.rules.states import MoeteTilstand, OppfoelgingTilstand
from desktop.services.access import clean_title
from desktop.services.errors import ServiceError
from desktop.services.load import load_organisation_names
from desktop.services.minutes_actions import LineReader, load_line_reader
from desktop.services.snapshot import OrganisationNames
from desktop.services.verbs import operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet

MEETINGS: Final = 6
"""How many of the latest meetings of an utvalg are read."""

_READ: Final = (MoeteTilstand.INNKALT, MoeteTilstand.AVHOLDT, MoeteTilstand.AVSLUTTET)
_ALIKE: Final = 0.7
_WORD: Final = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a commitment is: an organisation, a person, or both. `navn` is what to show."""

    organisasjon_id: str | None = None
    person_id: str | None = None
    navn: str = ""


@dataclass(frozen=True, slots=True)
class ForslagRow:
    """A proposed commitment.

    Attributes:
        vedtak_id: the vedtak it was read in; None if it is an aksjonspunkt.
        aksjonspunkt_id: the aksjonspunkt; None if it was read in a vedtak.
        forslag: what names it among those of its source.
        setning: the sentence it stands in.
        utdrag: where in the sentence the task stands.
        eiere: who is to do it; one commitment each.
        andre: names of those the archive does not know.
        moetedato: the first day of the meeting.
    """

    vedtak_id: str | None
    aksjonspunkt_id: str | None
    forslag: str
    utvalg_id: str
    utvalg: str
    sak_id: str
    sak: str
    sak_tittel: str
    moete_id: str
    moetedato: dt.date
    setning: str
    utdrag: tuple[int, int]
    oppgave: str
    eiere: tuple[Owner, ...]
    andre: tuple[str, ...]
    frist: dt.date | None

    @property
    def hvem(self) -> str:
        """Those who are to do it: "KS, Oslo kommune, hver virksomhet"."""
        return ", ".join((*(owner.navn for owner in self.eiere), *self.andre))


class _Meeting(NamedTuple):
    moete_id: str
    utvalg_id: str
    first: dt.date
    last: dt.date
    following: dt.date | None


def propose_commitments(
    session: Session, *, utvalg_id: str | None = None, moete_id: str | None = None
) -> tuple[ForslagRow, ...]:
    """Return what is proposed, by meeting and the order of its saker; the newest meeting first.

    Args:
        session: a session that reads.
        utvalg_id: whose; None for those of every utvalg.
        moete_id: of this meeting alone.
    """
    meetings = [
        one
        for one in _latest_meetings(session)
        if utvalg_id in (None, one.utvalg_id) and moete_id in (None, one.moete_id)
    ]
    if not meetings:
        return ()
    reader = load_line_reader(session, meetings[0].moete_id)
    names = OrganisationNames(load_organisation_names(session))
    said = _read_said(session, [one.moete_id for one in meetings])
    made = [
        row for one in meetings for row in _of_meeting(said, one, _Names(reader, names, one.first))
    ]
    return tuple(_unhandled(session, made))


def propose_of_newest(session: Session) -> tuple[ForslagRow, ...]:
    """Return what is proposed from the newest meeting alone; it warms what all of it is read by."""
    newest = next(iter(_latest_meetings(session)), None)
    return () if newest is None else propose_commitments(session, moete_id=newest.moete_id)


def _latest_meetings(session: Session) -> list[_Meeting]:
    first, last = func.min(Moetedag.dato), func.max(Moetedag.dato)
    found = session.execute(
        select(Moete.utvalg_id, Moete.id, Moete.tilstand, first, last)
        .join(Moetedag, Moetedag.moete_id == Moete.id)
        .where(Moete.tilstand != MoeteTilstand.AVLYST)
        .group_by(Moete.id)
        .order_by(first.desc(), Moete.id)
    ).all()
    following: dict[str, dt.date] = {}
    taken: dict[str, int] = defaultdict(int)
    made = []
    for utvalg_id, key, state, begins, ends in found:
        if state in _READ and taken[utvalg_id] < MEETINGS:
            taken[utvalg_id] += 1
            made.append(_Meeting(key, utvalg_id, begins, ends, following.get(utvalg_id)))
        following[utvalg_id] = begins
    return made


@dataclass(frozen=True)
class _Names:
    """Who can be named, and what they were called on the day of the meeting."""

    reader: LineReader
    organisations: OrganisationNames
    day: dt.date

    def owner(self, key: str) -> Owner:
        body = self.organisations.at(key, self.day)
        if body:
            return Owner(organisasjon_id=key, navn=body)
        return Owner(person_id=key, navn=self.reader.names.get(key, ""))


class _Said(NamedTuple):
    """What was said in some meetings: saker by meeting, points by sak, texts by vedtak."""

    saker: Mapping[str, Sequence[Sequence[Any]]]
    points: Mapping[str, Sequence[Aksjonspunkt]]
    texts: Mapping[str, str]


def _read_said(session: Session, meetings: Sequence[str]) -> _Said:
    found = session.execute(
        select(
            Sak.moete_id,
            Sak.id,
            Sak.tittel,
            Sak.moetesaksaar,
            Sak.moetesakssekvensnummer,
            Utvalg.id,
            Utvalg.navn,
            Utvalg.bestemt,
            Utvalg.kortnavn,
            Utvalg.maalform,
            Utvalg.saksnummermoenster,
            Vedtak.id,
        )
        .join(Utvalg, Utvalg.id == Sak.utvalg_id)
        .outerjoin(Vedtak, Vedtak.sak_id == Sak.id)
        .where(Sak.moete_id.in_(meetings))
        .order_by(Sak.moetesaksaar, Sak.moetesakssekvensnummer, Sak.id)
    )
    saker: dict[str, list[Sequence[Any]]] = defaultdict(list)
    for moete_id, *sak in found:
        saker[moete_id or ""].append(sak)
    return _Said(saker, _points(session, meetings), _texts(session, meetings))


def _of_meeting(said: _Said, meeting: _Meeting, names: _Names) -> Iterator[ForslagRow]:
    known = actor_names(tuple(names.reader.actors))
    for row in said.saker.get(meeting.moete_id, ()):
        sak_id, title, year, number, utvalg_id, *body, language, pattern, vedtak_id = row
        common = {
            "utvalg_id": utvalg_id,
            "utvalg": body[-1],
            "sak_id": sak_id,
            "sak": SakNumberPattern(pattern).format(year, number) if year and number else "",
            "sak_tittel": title,
            "moete_id": meeting.moete_id,
            "moetedato": meeting.first,
        }
        if vedtak_id is not None:
            frame = _Frame(tuple(body), meeting, language)
            found = _recognised(said.texts[vedtak_id], known, frame)
            yield from (_from_vedtak(one, vedtak_id, names, common) for one in found)
        yield from (_from_point(point, names, common) for point in said.points.get(sak_id, ()))


def _texts(session: Session, meetings: Sequence[str]) -> dict[str, str]:
    found = session.execute(
        select(Vedtak.id, Vedtak.tekst)
        .join(Sak, Sak.id == Vedtak.sak_id)
        .where(Sak.moete_id.in_(meetings))
    )
    return {key: plain_text(tree) for key, tree in found}


def _points(session: Session, meetings: Sequence[str]) -> dict[str, list[Aksjonspunkt]]:
    found = session.execute(
        select(Saksreferat.sak_id, Aksjonspunkt)
        .join(Aksjonspunkt, Aksjonspunkt.saksreferat_id == Saksreferat.id)
        .join(Sak, Sak.id == Saksreferat.sak_id)
        .where(Sak.moete_id.in_(meetings))
        .order_by(Aksjonspunkt.rekkefoelge)
    )
    points: dict[str, list[Aksjonspunkt]] = defaultdict(list)
    for sak_id, point in found:
        points[sak_id].append(point)
    return points


class _Frame(NamedTuple):
    body: tuple[str, ...]
    meeting: _Meeting
    language: Maalform


@lru_cache(maxsize=4_000)
def _recognised(text: str, actors: ActorNames, frame: _Frame) -> tuple[Proposal, ...]:
    return recognise(
        text,
        actors=actors,
        body=frame.body,
        decided=frame.meeting.first,
        next_meeting=frame.meeting.following,
        language=frame.language,
    )


def _from_vedtak(
    found: Proposal, vedtak_id: str, names: _Names, common: Mapping[str, Any]
) -> ForslagRow:
    start = found.sentence.find(found.task)
    return ForslagRow(
        vedtak_id=vedtak_id,
        aksjonspunkt_id=None,
        forslag=clean_title(f"{found.actor_text} {found.task}"),
        setning=found.sentence,
        utdrag=(max(start, 0), start + len(found.task) if start >= 0 else len(found.sentence)),
        oppgave=_as_task(found.task),
        eiere=tuple(map(names.owner, found.actors)),
        andre=found.others,
        frist=found.deadline,
        **common,
    )


def _as_task(text: str) -> str:
    task = " ".join(text.split())
    return f"{task[:1].upper()}{task[1:]}{'' if task.endswith(('.', '!', '?')) else '.'}"


def _from_point(point: Aksjonspunkt, names: _Names, common: Mapping[str, Any]) -> ForslagRow:
    owners: tuple[Owner, ...] = ()
    if point.ansvarlig_organisasjon_id or point.ansvarlig_person_id:
        parts = (
            names.reader.names.get(point.ansvarlig_person_id or "", ""),
            names.organisations.at(point.ansvarlig_organisasjon_id, names.day),
        )
        shown = ", ".join(filter(None, parts))
        owners = (Owner(point.ansvarlig_organisasjon_id, point.ansvarlig_person_id, shown),)
    return ForslagRow(
        vedtak_id=None,
        aksjonspunkt_id=point.id,
        forslag=clean_title(point.tekst),
        setning=point.tekst,
        utdrag=(0, len(point.tekst)),
        oppgave=point.tekst,
        eiere=owners,
        andre=(),
        frist=point.frist,
        **common,
    )


def _unhandled(session: Session, rows: Sequence[ForslagRow]) -> Iterator[ForslagRow]:
    """Yield the rows that were neither accepted nor rejected, each handled one counting once."""
    vedtak = [row.vedtak_id for row in rows if row.vedtak_id]
    points = [row.aksjonspunkt_id for row in rows if row.aksjonspunkt_id]
    handled = _handled(session, vedtak, points)
    held = select(Oppfoelging.aksjonspunkt_id).where(Oppfoelging.aksjonspunkt_id.in_(points))
    accepted = {key for key in session.scalars(held) if key}
    sources: dict[str, list[ForslagRow]] = defaultdict(list)
    for row in rows:
        sources[row.vedtak_id or row.aksjonspunkt_id or ""].append(row)
    left = {
        id(row) for key, some in sources.items() for row in _left(some, handled.get(key, set()))
    }
    return (row for row in rows if id(row) in left and row.aksjonspunkt_id not in accepted)


def _handled(session: Session, vedtak: Sequence[str], points: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entity, task in ((Oppfoelging, Oppfoelging.oppgave), (Oppfoelgingsavslag, None)):
        for column, keys in ((entity.vedtak_id, vedtak), (entity.aksjonspunkt_id, points)):
            told = entity.forslag if task is None else func.coalesce(entity.forslag, task)
            statement = select(column, told).where(column.in_(list(set(keys))))
            for key, text in session.execute(statement):
                if key is not None and text is not None:
                    found[key].add(text)
    return found


def _left(rows: Sequence[ForslagRow], handled: Iterable[str]) -> list[ForslagRow]:
    """Return the rows of one source that no handled text is about."""
    texts = set(handled)
    known = {row.forslag for row in rows} & texts
    left = [row for row in rows if row.forslag not in known]
    for text in sorted(texts - known):
        same = next((row for row in left if _alike(row, text)), None)
        if same is not None:
            left.remove(same)
    return left


def _alike(row: ForslagRow, text: str) -> bool:
    """Whether a handled text has nearly all words of what is proposed, or of its task."""
    words = set(_WORD.findall(row.oppgave.casefold()))
    held = set(_WORD.findall(text.casefold()))
    return not words or len(words & held) >= _ALIKE * len(words)


def accept_forslag(
    archive: Archive,
    *,
    forslag: ForslagRow,
    oppgave: str | None = None,
    eiere: Sequence[Owner] | None = None,
    frist: dt.date | None = None,
    fristen_er_endret: bool = False,
) -> tuple[str, ...]:
    """Make commitments of a proposal, one for each owner, and return their keys.

    What is not given is as proposed; names that the archive does not know go into the task.

    Raises:
        ServiceError: `forslag_er_behandlet`, or `tomt_felt`.
    """
    owners = forslag.eiere if eiere is None else tuple(eiere)
    task = oppgave
    if task is None:
        unknown = ", ".join(forslag.andre)
        task = f"{unknown[:1].upper()}{unknown[1:]}: {forslag.oppgave}" if unknown else None
    with operation(archive, "accept_forslag") as op:
        _require_unhandled(op.session, forslag)
        keys = []
        for owner in owners or (Owner(),):
            row = Oppfoelging(
                id=new_key(),
                utvalg_id=forslag.utvalg_id,
                vedtak_id=forslag.vedtak_id,
                aksjonspunkt_id=forslag.aksjonspunkt_id,
                forslag=forslag.forslag,
                eier_organisasjon_id=owner.organisasjon_id,
                eier_person_id=owner.person_id,
                oppgave=clean_title(forslag.oppgave if task is None else task, "oppgave"),
                frist=frist if fristen_er_endret else forslag.frist,
                tilstand=OppfoelgingTilstand.AAPEN,
            )
            op.session.add(row)
            op.session.flush()
            op.session.add(OppfoelgingSak(oppfoelging_id=row.id, sak_id=forslag.sak_id))
            keys.append(row.id)
    return tuple(keys)


def reject_forslag(archive: Archive, *, forslag: ForslagRow) -> ChangeSet:
    """Remember that a proposal is none.

    Raises:
        ServiceError: `forslag_er_behandlet`.
    """
    with operation(archive, "reject_forslag") as op:
        _require_unhandled(op.session, forslag)
        op.session.add(
            Oppfoelgingsavslag(
                vedtak_id=forslag.vedtak_id,
                aksjonspunkt_id=forslag.aksjonspunkt_id,
                forslag=forslag.forslag,
            )
        )
    return op.changes


def _require_unhandled(session: Session, forslag: ForslagRow) -> None:
    """Refuse what was dealt with meanwhile, or whose source is gone."""
    source = (
        session.get(Vedtak, forslag.vedtak_id)
        if forslag.vedtak_id
        else session.get(Aksjonspunkt, forslag.aksjonspunkt_id)
    )
    if source is None:
        raise ServiceError("finnes_ikke_lenger")
    for entity in (Oppfoelging, Oppfoelgingsavslag):
        column = entity.vedtak_id if forslag.vedtak_id else entity.aksjonspunkt_id
        key = forslag.vedtak_id or forslag.aksjonspunkt_id
        same = select(entity.id).where(column == key, entity.forslag == forslag.forslag)
        if session.scalar(same.limit(1)):
            raise ServiceError("forslag_er_behandlet")
