"""A meeting as everybody reads it: what is stored, and what the rules make of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.rules.clock import ClockedRow, ClockRow, DayClock, changed_starts, clock_day
from desktop.rules.entity_kinds import Postslag
from desktop.rules.numbering import (
    AssignedNumber,
    PlacedMeeting,
    PlacedSak,
    SakNumberPattern,
    SeriesState,
    assign_meeting_numbers,
    assign_sak_numbers,
    format_meeting_number,
)
from desktop.rules.states import MoeteTilstand, SakTilstand
from desktop.rules.vedlegg import (
    AssignedVedlegg,
    PlacedVedlegg,
    SakVedlegg,
    VedleggNumber,
    assign_vedlegg_numbers,
    parse_vedlegg_number,
)
from desktop.services.moete_rows import MoeteRows, Series
from desktop.services.rows import DagRow, NavnRow, PlassertRow, PostRow, SakRow, VedleggRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OUT_OF_AGENDA = frozenset({SakTilstand.UTSATT, SakTilstand.TRUKKET})
NOT_FROZEN = frozenset({MoeteTilstand.PLANLAGT})
SECRETARIAT = "sekretariatet"
"""What an utvalg without a secretariat's organisation calls it, in both languages."""


class OrganisationNames:
    """Says what an organisation was called on a date."""

    def __init__(self, rows: Iterable[NavnRow]) -> None:
        self._names: dict[str, list[NavnRow]] = {}
        for row in rows:
            self._names.setdefault(row.organisasjon_id, []).append(row)

    def at(self, organisasjon_id: str | None, date: dt.date, *, short: bool = False) -> str:
        """Return the name that holds on a date, or the nearest one; "" for no organisation."""
        names = self._names.get(organisasjon_id or "", [])
        if not names:
            return ""
        held = next((row for row in names if row.holds_at(date)), None)
        row = held or min(names, key=lambda name: _distance(name, date))
        return (row.kortnavn or row.navn) if short else row.navn

    def secretariat_at(self, organisasjon_id: str | None, date: dt.date) -> str:
        """Return what phrases call the secretariat on a date, also where none is set."""
        return self.at(organisasjon_id, date) or SECRETARIAT


def _distance(row: NavnRow, date: dt.date) -> int:
    ends = [abs((end - date).days) for end in (row.fra, row.til) if end is not None]
    return min(ends, default=0)


def placed_meetings(rows: Iterable[PlassertRow]) -> list[PlacedMeeting]:
    """Return the meetings of a year as the numbering rules take them."""
    meetings: dict[str, list[PlassertRow]] = {}
    for row in rows:
        meetings.setdefault(row.moete_id, []).append(row)
    return [_placed_meeting(key, group) for key, group in meetings.items()]


def _placed_meeting(key: str, rows: list[PlassertRow]) -> PlacedMeeting:
    first = rows[0]
    cancelled = first.tilstand is MoeteTilstand.AVLYST
    return PlacedMeeting(
        key=key,
        date=first.dato,
        start=first.fra,
        frozen=first.tilstand not in NOT_FROZEN and not (cancelled and first.moetenummer is None),
        fixed=first.moetenummer,
        counts=not cancelled,
        saker=tuple(
            PlacedSak(row.sak_id, row.nummer, counts=row.saktilstand not in OUT_OF_AGENDA)
            for row in rows
            if row.sak_id
        ),
    )


def sak_series(serie: Series, rows: Iterable[PlassertRow]) -> SeriesState:
    """Return the sak series of the year."""
    return SeriesState(serie.foerste_sak, frozenset(row.nummer for row in rows if row.nummer))


def meeting_series(serie: Series, rows: Iterable[PlassertRow]) -> SeriesState:
    """Return the meeting series of the year."""
    numbers = frozenset(row.moetenummer for row in rows if row.moetenummer)
    return SeriesState(serie.foerste_moete, numbers)


@dataclass(frozen=True)
class MoeteSnapshot:
    """A meeting with its numbers, vedlegg numbers and clock computed.

    The attributes are the stored rows; the properties are computed once, when asked for.
    """

    rows: MoeteRows

    @property
    def id(self) -> str:
        """The key of the meeting."""
        return self.rows.moete.id

    @property
    def dato(self) -> dt.date:
        """The first day of the meeting: the date that names and membership hold at."""
        return self.rows.dager[0].dato

    @property
    def frozen(self) -> bool:
        """Whether the innkalling has been frozen."""
        return self.rows.moete.nummer is not None

    @cached_property
    def names(self) -> OrganisationNames:
        """The names of organisations over time."""
        return OrganisationNames(self.rows.navn)

    def organisation(self, organisasjon_id: str | None) -> str:
        """Return what an organisation was called at the meeting's date."""
        return self.names.at(organisasjon_id, self.dato)

    @cached_property
    def meetings(self) -> list[PlacedMeeting]:
        """The meetings of the utvalg and year, as the numbering rules take them."""
        return placed_meetings(self.rows.plasserte)

    @cached_property
    def sak_series(self) -> SeriesState:
        """The sak series of the utvalg and year."""
        return sak_series(self.rows.serie, self.rows.plasserte)

    @cached_property
    def meeting_series(self) -> SeriesState:
        """The meeting series of the utvalg and year."""
        return meeting_series(self.rows.serie, self.rows.plasserte)

    @cached_property
    def number(self) -> AssignedNumber | None:
        """The meeting's number; None for a meeting cancelled before it had one."""
        return assign_meeting_numbers(self.meeting_series, self.meetings).get(self.id)

    def meeting_number(self, *, short: bool = False) -> str:
        """Return `4/2023` or `4/23`; "" where the meeting has none."""
        if self.number is None:
            return ""
        return format_meeting_number(self.rows.moete.aar, self.number.number, short=short)

    @cached_property
    def sak_numbers(self) -> Mapping[str, AssignedNumber]:
        """The number of every sak of the utvalg and year that has or would take one."""
        return assign_sak_numbers(self.sak_series, self.meetings)

    @cached_property
    def pattern(self) -> SakNumberPattern:
        """How the utvalg writes its sak numbers."""
        return SakNumberPattern(self.rows.utvalg.saksnummermoenster)

    def sak_number(self, sak_id: str) -> str:
        """Return the number of a sak as the utvalg writes it; "" where it has none."""
        assigned = self.sak_numbers.get(sak_id)
        return self.pattern.format(self.rows.moete.aar, assigned.number) if assigned else ""

    @cached_property
    def saker(self) -> tuple[SakRow, ...]:
        """The saker of the meeting in agenda order."""
        return tuple(self.rows.saker[post.sak_id] for post in self.rows.poster if post.sak_id)

    @cached_property
    def sak_vedlegg(self) -> tuple[SakVedlegg, ...]:
        """The vedlegg of the saker, as the numbering rules take them."""
        return tuple(
            SakVedlegg(
                sak.id,
                tuple(
                    PlacedVedlegg(row.id, fixed_vedlegg_number(row))
                    for row in self.rows.vedlegg.get(sak.id, ())
                ),
                counts=sak.tilstand not in OUT_OF_AGENDA,
            )
            for sak in self.saker
        )

    @cached_property
    def vedlegg_numbers(self) -> Mapping[str, AssignedVedlegg]:
        """The number of every vedlegg of the meeting."""
        return assign_vedlegg_numbers(self.sak_vedlegg)

    @cached_property
    def clocks(self) -> Mapping[str, DayClock]:
        """The clock of each day."""
        return {dag.id: self._clock(dag) for dag in self.rows.dager}

    @cached_property
    def clocked(self) -> Mapping[str, ClockedRow]:
        """The clock times of each row of the running order."""
        return {row.key: row for clock in self.clocks.values() for row in clock.rows}

    @cached_property
    def changed_times(self) -> frozenset[str]:
        """The rows whose clock time is another one than the frozen innkalling says."""
        sent = {post.id: post.innkalt_tid for post in self.rows.poster if post.innkalt_tid}
        changed = [changed_starts(sent, clock) for clock in self.clocks.values()]
        return frozenset().union(*changed)

    @cached_property
    def new_rows(self) -> frozenset[str]:
        """The rows of a called meeting that the frozen innkalling does not have."""
        rows = self.rows.poster if self.frozen else ()
        return frozenset(
            post.id for post in rows if not post.innkalt_tid and self.clocked[post.id].start
        )

    def posts_of(self, dag: DagRow) -> tuple[PostRow, ...]:
        """Return the running order of a day."""
        return tuple(post for post in self.rows.poster if post.moetedag_id == dag.id)

    def _clock(self, dag: DagRow) -> DayClock:
        rows = [
            ClockRow(post.id, post.varighet, post.fast_tid, takes_time=self._takes_time(post))
            for post in self.posts_of(dag)
        ]
        return clock_day(dag.fra, rows, dag.til)

    def _takes_time(self, post: PostRow) -> bool:
        if post.slag is not Postslag.SAK or post.sak_id is None:
            return True
        return self.rows.saker[post.sak_id].tilstand not in OUT_OF_AGENDA


def fixed_vedlegg_number(row: VedleggRow) -> VedleggNumber | None:
    """Return the frozen number of a vedlegg, if it has one."""
    if row.nummer is None:
        return None
    return parse_vedlegg_number(f"{row.nummer}{row.bokstav or ''}")


def load_agenda(session: Session, moete_id: str) -> MoeteSnapshot:
    """Return a meeting with its running order, saker and vedlegg alone.

    Raises:
        ServiceError: `ukjent_moete` if there is no such meeting.
    """
    from desktop.services.load_agenda import load_agenda_rows  # noqa: PLC0415

    return MoeteSnapshot(load_agenda_rows(session, moete_id))
