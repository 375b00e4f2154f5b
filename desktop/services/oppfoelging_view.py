"""What the commitments are, whose, and how they stand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.models import (
    Moete,
    Moetedag,
    Oppfoelging,
    Oppfoelginglogg,
    OppfoelgingSak,
    Person,
    Sak,
    Utvalg,
)
from desktop.rules.numbering import SakNumberPattern
from desktop.rules.standing import OPEN_STATES, Standing, standing
from desktop.rules.states import Kind, MoeteTilstand, OppfoelgingTilstand, next_states
from desktop.services.access import get
from desktop.services.load import load_organisation_names
from desktop.services.rows import full_name
from desktop.services.snapshot import OrganisationNames

_OPEN_MEETING = (MoeteTilstand.PLANLAGT, MoeteTilstand.INNKALT)


class SakLink(NamedTuple):
    """A sak that a commitment is about, or comes back in; `nummer` is "" while it has none."""

    id: str
    nummer: str
    tittel: str
    moete_id: str | None


class LoggRow(NamedTuple):
    """An update: the day it tells of, what it tells, and the state it led to."""

    dato: dt.date
    tekst: str
    tilstand: OppfoelgingTilstand


class CommitmentRow(NamedTuple):
    """A commitment.

    `organisasjon` is the name of today, `person` given and family name; either may be "".
    `saker` are in the order of their numbers. `siste` is the latest update.
    """

    id: str
    utvalg_id: str
    utvalg: str
    oppgave: str
    organisasjon_id: str | None
    organisasjon: str
    person_id: str | None
    person: str
    frist: dt.date | None
    tilstand: OppfoelgingTilstand
    stand: Standing
    saker: tuple[SakLink, ...]
    siste: LoggRow | None
    vedtak_id: str | None
    aksjonspunkt_id: str | None

    @property
    def eier(self) -> str:
        """The owner: "Kari Nordmann, KS", "KS", or "" where there is none."""
        return ", ".join(part for part in (self.person, self.organisasjon) if part)

    @property
    def kilde(self) -> str:
        """The numbers of its saker: "22/23, 31/23"."""
        return ", ".join(sak.nummer for sak in self.saker if sak.nummer)


class CommitmentView(NamedTuple):
    """A commitment with all that is known of it; the newest update comes first.

    `vedtak` is the vedtak it came from as its register names it ("22/23"), `neste` the states it
    can step to.
    """

    rad: CommitmentRow
    logg: tuple[LoggRow, ...]
    neste: tuple[OppfoelgingTilstand, ...]


def open_commitments(
    session: Session, utvalg_id: str | None = None, *, today: dt.date | None = None
) -> tuple[CommitmentRow, ...]:
    """Return the commitments that are not done, the most urgent first.

    Args:
        session: a session that reads.
        utvalg_id: whose; None for those of every utvalg.
        today: the day it is.
    """
    return _read(session, _among(utvalg_id, Oppfoelging.tilstand.in_(OPEN_STATES)), today)


def closed_commitments(
    session: Session, utvalg_id: str | None = None, *, today: dt.date | None = None
) -> tuple[CommitmentRow, ...]:
    """Return the commitments that are done or have lapsed, the latest deadline first."""
    rows = _read(session, _among(utvalg_id, Oppfoelging.tilstand.not_in(OPEN_STATES)), today)
    return tuple(sorted(rows, key=lambda row: row.frist or dt.date.min, reverse=True))


def load_commitment(
    session: Session, oppfoelging_id: str, *, today: dt.date | None = None
) -> CommitmentView:
    """Return a commitment with its log.

    Raises:
        ServiceError: `finnes_ikke_lenger`.
    """
    get(session, Oppfoelging, oppfoelging_id)
    row = _read(session, [Oppfoelging.id == oppfoelging_id], today)[0]
    updates = session.scalars(
        select(Oppfoelginglogg)
        .where(Oppfoelginglogg.oppfoelging_id == oppfoelging_id)
        .order_by(Oppfoelginglogg.rekkefoelge.desc())
    )
    steps = next_states(Kind.OPPFOELGING, row.tilstand)
    return CommitmentView(
        row,
        tuple(LoggRow(one.dato, one.tekst, one.tilstand) for one in updates),
        tuple(OppfoelgingTilstand(step) for step in steps),
    )


def commitments_of_vedtak(
    session: Session, vedtak_id: str, *, today: dt.date | None = None
) -> tuple[CommitmentRow, ...]:
    """Return the commitments that came of a vedtak."""
    return _read(session, [Oppfoelging.vedtak_id == vedtak_id], today)


def next_meeting_days(session: Session, *, today: dt.date) -> Mapping[str, dt.date]:
    """Return the first day of the next meeting of each utvalg that has one planned or called."""
    found = session.execute(
        select(Moete.utvalg_id, func.min(Moetedag.dato))
        .join(Moetedag, Moetedag.moete_id == Moete.id)
        .where(Moete.tilstand.in_(_OPEN_MEETING), Moetedag.dato >= today)
        .group_by(Moete.utvalg_id)
    )
    return {row[0]: row[1] for row in found}


def _among(utvalg_id: str | None, *where: ColumnElement[bool]) -> Sequence[ColumnElement[bool]]:
    return where if utvalg_id is None else (*where, Oppfoelging.utvalg_id == utvalg_id)


def _read(
    session: Session, where: Sequence[ColumnElement[bool]], today: dt.date | None
) -> tuple[CommitmentRow, ...]:
    day = today or dt.date.today()  # noqa: DTZ011
    found = session.execute(
        select(Oppfoelging, Utvalg.kortnavn, Person.fornavn, Person.etternavn)
        .join(Utvalg, Utvalg.id == Oppfoelging.utvalg_id)
        .outerjoin(Person, Person.id == Oppfoelging.eier_person_id)
        .where(*where)
    ).all()
    keys = [row[0].id for row in found]
    saker, latest = _saker(session, keys), _latest(session, keys)
    names = OrganisationNames(load_organisation_names(session))
    meetings = next_meeting_days(session, today=day)
    rows = [
        CommitmentRow(
            id=one.id,
            utvalg_id=one.utvalg_id,
            utvalg=utvalg,
            oppgave=one.oppgave,
            organisasjon_id=one.eier_organisasjon_id,
            organisasjon=names.at(one.eier_organisasjon_id, day),
            person_id=one.eier_person_id,
            person=full_name(given, family),
            frist=one.frist,
            tilstand=one.tilstand,
            stand=standing(
                one.tilstand, one.frist, today=day, next_meeting=meetings.get(one.utvalg_id)
            ),
            saker=tuple(saker.get(one.id, ())),
            siste=latest.get(one.id),
            vedtak_id=one.vedtak_id,
            aksjonspunkt_id=one.aksjonspunkt_id,
        )
        for one, utvalg, given, family in found
    ]
    return tuple(sorted(rows, key=lambda r: (r.stand, r.frist or dt.date.max, r.oppgave, r.id)))


def _saker(session: Session, keys: Sequence[str]) -> dict[str, list[SakLink]]:
    linked = (
        select(
            OppfoelgingSak.oppfoelging_id,
            Sak.id,
            Sak.moetesaksaar,
            Sak.moetesakssekvensnummer,
            Sak.tittel,
            Sak.moete_id,
            Utvalg.saksnummermoenster,
        )
        .join(Sak, Sak.id == OppfoelgingSak.sak_id)
        .join(Utvalg, Utvalg.id == Sak.utvalg_id)
        .order_by(Sak.moetesaksaar.nulls_last(), Sak.moetesakssekvensnummer.nulls_last(), Sak.id)
    )
    made: dict[str, list[SakLink]] = defaultdict(list)
    for some in _portions(keys):
        for owner, key, year, number, title, moete_id, pattern in session.execute(
            linked.where(OppfoelgingSak.oppfoelging_id.in_(some))
        ):
            told = SakNumberPattern(pattern).format(year, number) if year and number else ""
            made[owner].append(SakLink(key, told, title, moete_id))
    return made


def _latest(session: Session, keys: Sequence[str]) -> dict[str, LoggRow]:
    updates = select(
        Oppfoelginglogg.oppfoelging_id,
        Oppfoelginglogg.dato,
        Oppfoelginglogg.tekst,
        Oppfoelginglogg.tilstand,
    ).order_by(Oppfoelginglogg.rekkefoelge)
    return {
        owner: LoggRow(date, text, state)
        for some in _portions(keys)
        for owner, date, text, state in session.execute(
            updates.where(Oppfoelginglogg.oppfoelging_id.in_(some))
        )
    }


def _portions(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[place : place + 500] for place in range(0, len(keys), 500))
