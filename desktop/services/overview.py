"""What the front page tells: the next meetings, referater on their way, deadlines, last changes."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.models import (
    Arkiv,
    Moete,
    Moetedag,
    Oppfoelging,
    OppfoelgingSak,
    Organisasjonsnavn,
    Person,
    Referat,
    Sak,
    Utsendelse,
    Utvalg,
)
from desktop.rules.kinds import Toppnotatstatus
from desktop.rules.standing import OPEN_STATES, Standing, standing
from desktop.rules.states import (
    MoeteTilstand,
    ReferatTilstand,
    SakTilstand,
)
from desktop.services.load import load_moete
from desktop.services.missing import missing_in
from desktop.services.numbers import meeting_numbers
from desktop.services.oppfoelging_view import next_meeting_days
from desktop.services.rows import full_name
from desktop.services.snapshot import OUT_OF_AGENDA, MoeteSnapshot, load_agenda

_OPEN_MEETING = (MoeteTilstand.PLANLAGT, MoeteTilstand.INNKALT)
_NOT_CALLED = frozenset({MoeteTilstand.PLANLAGT})
_HELD = (MoeteTilstand.AVHOLDT, MoeteTilstand.AVSLUTTET)


class MissingInSak(NamedTuple):
    """A sak that is not ready to be sent, with the codes of `missing_in`.

    `notat` says whether the sak shall have a toppnotat: its texts are written there.
    """

    sak_id: str
    nummer: str
    tittel: str
    koder: tuple[str, ...]
    notat: bool = False


class NextMeeting(NamedTuple):
    """The next meeting of an utvalg: the first that is planned or called and not held yet.

    `usendt` says that an innkalling is made that nobody has registered as sent.
    """

    moete_id: str
    nummer: str
    foreloepig: bool
    tilstand: MoeteTilstand
    dager: tuple[dt.date, ...]
    fra: dt.time
    til: dt.time
    sted: str
    saker: int
    mangler: tuple[MissingInSak, ...]
    over_tiden: bool
    usendt: bool


class ReferatOnItsWay(NamedTuple):
    """A referat that is not approved, of a meeting that was held."""

    moete_id: str
    nummer: str
    dato: dt.date
    tilstand: ReferatTilstand
    frist: dt.date | None


class OverdueTask(NamedTuple):
    """A commitment whose deadline has passed, or comes before the next meeting.

    `sak_id` is a sak it is about.
    """

    id: str
    oppgave: str
    eier: str
    frist: dt.date
    sak_id: str | None
    moete_id: str | None


class UtvalgOverview(NamedTuple):
    """What stands in one utvalg."""

    utvalg_id: str
    navn: str
    neste: NextMeeting | None
    flere: int
    koe: int
    referater: tuple[ReferatOnItsWay, ...]
    forfalt: tuple[OverdueTask, ...]
    foer_moetet: tuple[OverdueTask, ...] = ()


class Overview(NamedTuple):
    """The front page."""

    navn: str
    utvalg: tuple[UtvalgOverview, ...]


def archive_name(session: Session) -> str:
    """Return what the archive is called; "" where it has no name."""
    return session.scalar(select(Arkiv.navn)) or ""


def read_overview(session: Session, *, today: dt.date) -> Overview:
    """Return the front page as it is on a day."""
    every = session.execute(select(Utvalg.id, Utvalg.kortnavn).order_by(Utvalg.rekkefoelge)).all()
    meetings = _open_meetings(session)
    queues = _queues(session)
    referater = _referater(session)
    urgent = _urgent(session, today)
    return Overview(
        archive_name(session),
        tuple(
            UtvalgOverview(
                utvalg_id=key,
                navn=name,
                neste=_next(session, meetings[key][0]) if key in meetings else None,
                flere=max(0, len(meetings.get(key, ())) - 1),
                koe=queues.get(key, 0),
                referater=tuple(referater.get(key, ())),
                forfalt=tuple(urgent.get((key, Standing.FORFALT), ())),
                foer_moetet=tuple(urgent.get((key, Standing.FOER_MOETET), ())),
            )
            for key, name in every
        ),
    )


def _open_meetings(session: Session) -> dict[str, list[str]]:
    first_day = func.min(Moetedag.dato)
    statement = (
        select(Moete.utvalg_id, Moete.id)
        .join(Moetedag, Moetedag.moete_id == Moete.id)
        .where(Moete.tilstand.in_(_OPEN_MEETING))
        .group_by(Moete.id)
        .order_by(first_day, Moete.id)
    )
    found: dict[str, list[str]] = {}
    for utvalg_id, key in session.execute(statement):
        found.setdefault(utvalg_id, []).append(key)
    return found


def _next(session: Session, moete_id: str) -> NextMeeting:
    planned = session.scalar(select(Moete.tilstand).where(Moete.id == moete_id)) in _NOT_CALLED
    snapshot = load_moete(session, moete_id) if planned else load_agenda(session, moete_id)
    moete, dager = snapshot.rows.moete, snapshot.rows.dager
    return NextMeeting(
        moete_id=moete_id,
        nummer=snapshot.meeting_number(),
        foreloepig=not snapshot.frozen,
        tilstand=moete.tilstand,
        dager=tuple(dag.dato for dag in dager),
        fra=dager[0].fra,
        til=dager[0].til,
        sted=dager[0].sted or moete.sted or "",
        saker=sum(sak.tilstand not in OUT_OF_AGENDA for sak in snapshot.saker),
        mangler=_missing(snapshot) if planned else (),
        over_tiden=any(clock.overrun for clock in snapshot.clocks.values()),
        usendt=not planned and _is_unsent(session, moete_id),
    )


def _is_unsent(session: Session, moete_id: str) -> bool:
    unsent = select(Utsendelse.id).where(
        Utsendelse.moete_id == moete_id, Utsendelse.sendt.is_(None)
    )
    return session.scalar(unsent.limit(1)) is not None


def _missing(snapshot: MoeteSnapshot) -> tuple[MissingInSak, ...]:
    codes: dict[str, list[str]] = {}
    for found in missing_in(snapshot):
        if found.sak_id is not None:
            codes.setdefault(found.sak_id, []).append(found.kode)
    saker = snapshot.rows.saker
    return tuple(
        MissingInSak(
            key,
            snapshot.sak_number(key),
            saker[key].tittel,
            tuple(found),
            saker[key].toppnotatstatus is Toppnotatstatus.SKAL_HA,
        )
        for key, found in codes.items()
    )


def _queues(session: Session) -> dict[str, int]:
    statement = (
        select(Sak.utvalg_id, func.count())
        .where(Sak.moete_id.is_(None), Sak.tilstand == SakTilstand.INNMELDT)
        .group_by(Sak.utvalg_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _referater(session: Session) -> dict[str, list[ReferatOnItsWay]]:
    """Return the referater under way; of a meeting just held also one nobody has begun on."""
    first_day = func.min(Moetedag.dato)
    state = func.coalesce(Referat.tilstand, ReferatTilstand.UTKAST, type_=Referat.tilstand.type)
    statement = (
        select(Moete.utvalg_id, Moete.id, Moete.aar, first_day, state, Referat.kommentarfrist)
        .join(Moetedag, Moetedag.moete_id == Moete.id)
        .outerjoin(Referat, Referat.moete_id == Moete.id)
        .where(
            Moete.tilstand.in_(_HELD),
            state != ReferatTilstand.GODKJENT,
            or_(Moete.tilstand == MoeteTilstand.AVHOLDT, Referat.id.is_not(None)),
        )
        .group_by(Moete.id)
        .order_by(first_day.desc())
    )
    numbers: dict[tuple[str, int], dict[str, int]] = {}
    found: dict[str, list[ReferatOnItsWay]] = {}
    for utvalg_id, key, year, date, tilstand, deadline in session.execute(statement):
        if (utvalg_id, year) not in numbers:
            assigned = meeting_numbers(session, utvalg_id, year)
            numbers[utvalg_id, year] = {one: number.number for one, number in assigned.items()}
        number = numbers[utvalg_id, year].get(key)
        label = f"{number}/{year}" if number else ""
        row = ReferatOnItsWay(key, label, date, tilstand, deadline)
        found.setdefault(utvalg_id, []).append(row)
    return found


def _urgent(session: Session, today: dt.date) -> dict[tuple[str, Standing], list[OverdueTask]]:
    """Return the open commitments that are overdue or due before the next meeting of an utvalg."""
    meetings = next_meeting_days(session, today=today)
    last = max((*meetings.values(), today))
    name = (
        select(Organisasjonsnavn.navn)
        .where(Organisasjonsnavn.organisasjon_id == Oppfoelging.eier_organisasjon_id)
        .order_by(Organisasjonsnavn.fra.desc().nulls_last())
        .limit(1)
        .scalar_subquery()
    )
    one_sak = (
        select(func.min(OppfoelgingSak.sak_id))
        .where(OppfoelgingSak.oppfoelging_id == Oppfoelging.id)
        .scalar_subquery()
    )
    statement = (
        select(
            Oppfoelging.id,
            Oppfoelging.utvalg_id,
            Oppfoelging.tilstand,
            Oppfoelging.oppgave,
            Oppfoelging.frist,
            Person.fornavn,
            Person.etternavn,
            name,
            Sak.id,
            Sak.moete_id,
        )
        .outerjoin(Person, Person.id == Oppfoelging.eier_person_id)
        .outerjoin(Sak, Sak.id == one_sak)
        .where(Oppfoelging.tilstand.in_(OPEN_STATES), Oppfoelging.frist <= last)
        .order_by(Oppfoelging.frist, Oppfoelging.id)
    )
    found: dict[tuple[str, Standing], list[OverdueTask]] = {}
    for key, utvalg_id, state, task, deadline, *names, sak_id, moete_id in session.execute(
        statement
    ):
        given, family, org = names
        owner = ", ".join(part for part in (full_name(given, family), org) if part)
        stand = standing(state, deadline, today=today, next_meeting=meetings.get(utvalg_id))
        row = OverdueTask(key, task, owner, deadline, sak_id, moete_id)
        found.setdefault((utvalg_id, stand), []).append(row)
    return found
