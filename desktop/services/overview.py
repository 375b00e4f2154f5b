"""What the front page tells: the next meetings, referater on their way, deadlines.

It is read by SQLite alone (see `plain`): the program starts with it.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from desktop.richtext.tree import Tree
from desktop.rules.kinds import Toppnotatstatus
from desktop.rules.numbering import assign_meeting_numbers
from desktop.rules.standing import Standing, standing
from desktop.rules.states import (
    MoeteTilstand,
    OppfoelgingTilstand,
    ReferatTilstand,
    ToppnotatTilstand,
)
from desktop.services import overview_sql as sql
from desktop.services.missing import missing_codes
from desktop.services.moete_rows import MoeteRows, Series
from desktop.services.plain import typed
from desktop.services.rows import (
    DagRow,
    MoeteRow,
    PlassertRow,
    PostRow,
    SakRow,
    UtvalgRow,
    full_name,
)
from desktop.services.snapshot import (
    OUT_OF_AGENDA,
    MoeteSnapshot,
    meeting_series,
    placed_meetings,
)


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


class _OpenMeeting(NamedTuple):
    utvalg_id: str
    moete_id: str
    tilstand: MoeteTilstand


class _NextDay(NamedTuple):
    utvalg_id: str
    dato: dt.date


class _Readiness(NamedTuple):
    """What decides whether a sak is ready; `notat` is the state of its toppnotat."""

    sak_id: str
    forslag: Tree | None
    notat: ToppnotatTilstand | None
    hensikt: Tree | None
    eies: bool


class _Held(NamedTuple):
    utvalg_id: str
    moete_id: str
    aar: int
    dato: dt.date
    tilstand: ReferatTilstand
    frist: dt.date | None


class _Urgent(NamedTuple):
    id: str
    utvalg_id: str
    tilstand: OppfoelgingTilstand
    oppgave: str
    frist: dt.date
    fornavn: str | None
    etternavn: str | None
    organisasjon: str | None
    sak_id: str | None
    moete_id: str | None

    def task(self) -> OverdueTask:
        """Return it as the front page has it."""
        owner = ", ".join(
            part for part in (full_name(self.fornavn, self.etternavn), self.organisasjon) if part
        )
        return OverdueTask(self.id, self.oppgave, owner, self.frist, self.sak_id, self.moete_id)


def archive_name(driver: sqlite3.Connection) -> str:
    """Return what the archive is called; "" where it has no name."""
    found = driver.execute(sql.NAME).fetchone()
    return str(found[0] or "") if found else ""


def read_overview(driver: sqlite3.Connection, *, today: dt.date) -> Overview:
    """Return the front page as it is on a day.

    Raises:
        LookupError: A stored value is not readable.
    """
    meetings: dict[str, list[_OpenMeeting]] = {}
    for one in typed(_OpenMeeting, driver.execute(sql.MEETINGS)):
        meetings.setdefault(one.utvalg_id, []).append(one)
    queues: dict[str, int] = dict(driver.execute(sql.QUEUES).fetchall())
    referater = _referater(driver)
    urgent = _urgent(driver, today)
    return Overview(
        archive_name(driver),
        tuple(
            UtvalgOverview(
                utvalg_id=key,
                navn=name,
                neste=_next(driver, meetings[key][0]) if key in meetings else None,
                flere=max(0, len(meetings.get(key, ())) - 1),
                koe=queues.get(key, 0),
                referater=tuple(referater.get(key, ())),
                forfalt=tuple(urgent.get((key, Standing.FORFALT), ())),
                foer_moetet=tuple(urgent.get((key, Standing.FOER_MOETET), ())),
            )
            for key, name in driver.execute(sql.UTVALG).fetchall()
        ),
    )


def _next(driver: sqlite3.Connection, meeting: _OpenMeeting) -> NextMeeting:
    planned = meeting.tilstand is MoeteTilstand.PLANLAGT
    snapshot = _agenda(driver, meeting.moete_id)
    moete, dager = snapshot.rows.moete, snapshot.rows.dager
    return NextMeeting(
        moete_id=moete.id,
        nummer=snapshot.meeting_number(),
        foreloepig=not snapshot.frozen,
        tilstand=moete.tilstand,
        dager=tuple(dag.dato for dag in dager),
        fra=dager[0].fra,
        til=dager[0].til,
        sted=dager[0].sted or moete.sted or "",
        saker=sum(sak.tilstand not in OUT_OF_AGENDA for sak in snapshot.saker),
        mangler=_missing(driver, snapshot) if planned else (),
        over_tiden=any(clock.overrun for clock in snapshot.clocks.values()),
        usendt=not planned and driver.execute(sql.UNSENT, (moete.id,)).fetchone() is not None,
    )


def _agenda(driver: sqlite3.Connection, moete_id: str) -> MoeteSnapshot:
    """Return a meeting with its running order and saker alone, without texts and vedlegg."""
    here = (moete_id,)
    moete = typed(MoeteRow, driver.execute(sql.MOETE, here))[0]
    saker = typed(SakRow, driver.execute(sql.SAKER, here))
    return MoeteSnapshot(
        MoeteRows(
            moete=moete,
            utvalg=typed(UtvalgRow, driver.execute(sql.BODY, (moete.utvalg_id,)))[0],
            serie=_series(driver, moete.utvalg_id, moete.aar),
            dager=tuple(typed(DagRow, driver.execute(sql.DAYS, here))),
            poster=tuple(typed(PostRow, driver.execute(sql.POSTS, here))),
            saker={sak.id: sak for sak in saker},
            vedlegg={},
            plasserte=tuple(_placed(driver, moete.utvalg_id, moete.aar)),
        )
    )


def _series(driver: sqlite3.Connection, utvalg_id: str, aar: int) -> Series:
    found = driver.execute(sql.SERIES, (utvalg_id, aar)).fetchone()
    return Series(*found) if found else Series()


def _placed(driver: sqlite3.Connection, utvalg_id: str, aar: int) -> list[PlassertRow]:
    return typed(PlassertRow, driver.execute(sql.PLACED, (utvalg_id, aar)))


def _missing(driver: sqlite3.Connection, snapshot: MoeteSnapshot) -> tuple[MissingInSak, ...]:
    read: dict[str, list[_Readiness]] = {}
    for row in typed(_Readiness, driver.execute(sql.READINESS, (snapshot.id,))):
        read.setdefault(row.sak_id, []).append(row)
    found = []
    for sak in snapshot.saker:
        if sak.tilstand in OUT_OF_AGENDA:
            continue
        rows = read[sak.id]
        codes = missing_codes(
            sak.sakstype,
            sak.toppnotatstatus,
            rows[0].forslag or Tree(),
            [row.hensikt or Tree() for row in rows],
            rows[0].notat,
            owned=rows[0].eies,
        )
        if codes:
            shall_have = sak.toppnotatstatus is Toppnotatstatus.SKAL_HA
            number = snapshot.sak_number(sak.id)
            found.append(MissingInSak(sak.id, number, sak.tittel, tuple(codes), shall_have))
    return tuple(found)


def _referater(driver: sqlite3.Connection) -> dict[str, list[ReferatOnItsWay]]:
    """Return the referater under way; of a meeting just held also one nobody has begun on."""
    numbers: dict[tuple[str, int], Mapping[str, int]] = {}
    found: dict[str, list[ReferatOnItsWay]] = {}
    for row in typed(_Held, driver.execute(sql.REFERATER)):
        year = row.utvalg_id, row.aar
        if year not in numbers:
            numbers[year] = _meeting_numbers(driver, *year)
        number = numbers[year].get(row.moete_id)
        label = f"{number}/{row.aar}" if number else ""
        one = ReferatOnItsWay(row.moete_id, label, row.dato, row.tilstand, row.frist)
        found.setdefault(row.utvalg_id, []).append(one)
    return found


def _meeting_numbers(driver: sqlite3.Connection, utvalg_id: str, aar: int) -> Mapping[str, int]:
    placed = _placed(driver, utvalg_id, aar)
    series = meeting_series(_series(driver, utvalg_id, aar), placed)
    assigned = assign_meeting_numbers(series, placed_meetings(placed))
    return {key: number.number for key, number in assigned.items()}


def _urgent(
    driver: sqlite3.Connection, today: dt.date
) -> dict[tuple[str, Standing], list[OverdueTask]]:
    """Return the open commitments that are overdue or due before the next meeting of an utvalg."""
    days = typed(_NextDay, driver.execute(sql.NEXT_DAYS, (today.isoformat(),)))
    meetings = {one.utvalg_id: one.dato for one in days}
    last = max((*meetings.values(), today))
    found: dict[tuple[str, Standing], list[OverdueTask]] = {}
    for one in typed(_Urgent, driver.execute(sql.URGENT, (last.isoformat(),))):
        stand = standing(
            one.tilstand, one.frist, today=today, next_meeting=meetings.get(one.utvalg_id)
        )
        found.setdefault((one.utvalg_id, stand), []).append(one.task())
    return found
