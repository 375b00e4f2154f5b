"""A state machine over sak and meeting numbers, checked against a ledger.

The machine holds what an archive would hold and asks `desktop.rules.numbering` for every number.
The model is a ledger per year: the keys in the order in which they got their numbers. Place in the
ledger plus the series' first number is the number; nothing is ever taken out of a ledger.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.rules.numbering import (
    PlacedMeeting,
    PlacedSak,
    SeriesState,
    assign_meeting_numbers,
    assign_sak_numbers,
    meeting_number_to_freeze,
    number_to_take_up,
    numbers_to_freeze,
    unsent_before,
)

picks = st.integers(0, 10_000)
days = st.integers(0, 12)
firsts = st.integers(1, 40)


def anything(_):
    return True


@dataclass
class Sak:
    key: str
    fixed: int | None = None
    counts: bool = True


@dataclass
class Meeting:
    key: str
    year: int
    day: date
    start: time
    agenda: list[Sak] = field(default_factory=list)
    frozen: bool = False
    fixed: int | None = None
    cancelled: bool = False

    def placed(self) -> PlacedMeeting:
        return PlacedMeeting(
            key=self.key,
            date=self.day,
            frozen=self.frozen,
            saker=tuple(PlacedSak(sak.key, sak.fixed, sak.counts) for sak in self.agenda),
            start=self.start,
            fixed=self.fixed,
            counts=not self.cancelled,
        )

    def waiting(self) -> list[str]:
        return [sak.key for sak in self.agenda if sak.fixed is None and sak.counts]


@dataclass
class Series:
    """A ledger, the first number, and the numbers of rows that were erased from the archive."""

    first: int
    ledger: list[str] = field(default_factory=list)
    erased: set[int] = field(default_factory=set)

    def state(self) -> SeriesState:
        return SeriesState(self.first, frozenset(self.erased))

    def enter(self, keys: list[str]) -> dict[str, int]:
        """Write the keys into the ledger and return the numbers the model gives them."""
        self.ledger += keys
        return {key: self.first + self.ledger.index(key) for key in keys}


class NumberingMachine(RuleBasedStateMachine):
    acts: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.saker: dict[int, Series] = {}
        self.moeter: dict[int, Series] = {}
        self.meetings: list[Meeting] = []
        self.queue: list[Sak] = []
        self.seen: dict[str, int] = {}
        self.created = 0

    def count(self, act):
        NumberingMachine.acts[act] += 1

    def new_key(self, pick):
        """Return a key whose sorting has nothing to do with when it was made."""
        self.created += 1
        return f"{pick % 10}-{self.created}"

    def of_year(self, year):
        return [meeting for meeting in self.meetings if meeting.year == year]

    def placed(self, year):
        return [meeting.placed() for meeting in self.of_year(year)]

    def rows(self, wanted):
        return [
            (meeting, sak) for meeting in self.meetings for sak in meeting.agenda if wanted(sak)
        ]

    @property
    def open(self):
        return [meeting for meeting in self.meetings if not meeting.cancelled]

    @property
    def sent(self):
        return [meeting for meeting in self.open if meeting.frozen]

    @property
    def year(self):
        return max(self.saker)

    # Acts

    @initialize(first_sak=firsts, first_meeting=firsts)
    def first_year(self, first_sak, first_meeting):
        self.saker[2023] = Series(first_sak)
        self.moeter[2023] = Series(first_meeting)
        for place in range(3):
            self.meetings.append(
                Meeting(f"m{place}", 2023, date(2023, 3, 1 + place), time(10), [Sak(f"s{place}")])
            )

    @rule(first_sak=firsts, first_meeting=firsts)
    @precondition(lambda self: len(self.saker) < 3 and len(self.meetings) > 4)
    def new_year(self, first_sak, first_meeting):
        self.count("new year")
        self.saker[self.year + 1] = Series(first_sak)
        self.moeter[self.year] = Series(first_meeting)

    @rule(pick=picks, day=days, hour=st.integers(9, 11), back=st.booleans())
    @precondition(lambda self: len(self.open) < 6)
    def plan_meeting(self, pick, day, hour, back):
        self.count("plan")
        year = max(self.year - back, 2023)
        at = date(year, 3, 1) + timedelta(days=day)
        self.meetings.append(Meeting(self.new_key(pick), year, at, time(hour)))

    @rule(keys=st.lists(picks, min_size=1, max_size=3))
    @precondition(lambda self: len(self.queue) < 4)
    def report_saker(self, keys):
        self.count("create")
        self.queue += [Sak(self.new_key(pick)) for pick in keys]

    @rule(pick=picks, where=picks, place=picks)
    @precondition(lambda self: self.queue and self.open)
    def place_sak(self, pick, where, place):
        meeting = self.open[where % len(self.open)]
        self.count("late sak" if meeting.frozen else "place")
        sak = self.queue.pop(pick % len(self.queue))
        meeting.agenda.insert(place % (len(meeting.agenda) + 1), sak)

    @rule(pick=picks, where=picks, place=picks)
    @precondition(lambda self: self.queue and self.sent)
    def place_late_sak(self, pick, where, place):
        self.count("late sak")
        meeting = self.sent[where % len(self.sent)]
        sak = self.queue.pop(pick % len(self.queue))
        meeting.agenda.insert(place % (len(meeting.agenda) + 1), sak)

    @rule(pick=picks, place=picks)
    @precondition(lambda self: self.rows(anything))
    def move_row(self, pick, place):
        self.count("move")
        rows = self.rows(anything)
        meeting, sak = rows[pick % len(rows)]
        meeting.agenda.remove(sak)
        meeting.agenda.insert(place % (len(meeting.agenda) + 1), sak)

    @rule(pick=picks, where=picks)
    @precondition(lambda self: self.open and self.rows(lambda sak: sak.fixed is None))
    def move_to_other_meeting(self, pick, where):
        self.count("move to other meeting")
        rows = self.rows(lambda sak: sak.fixed is None)
        meeting, sak = rows[pick % len(rows)]
        meeting.agenda.remove(sak)
        self.open[where % len(self.open)].agenda.append(sak)

    @rule(pick=picks)
    @precondition(lambda self: self.rows(lambda sak: sak.fixed is None))
    def take_out(self, pick):
        self.count("take out")
        rows = self.rows(lambda sak: sak.fixed is None)
        meeting, sak = rows[pick % len(rows)]
        meeting.agenda.remove(sak)
        sak.counts = True
        self.queue.append(sak)

    @rule(pick=picks)
    @precondition(lambda self: self.rows(lambda sak: sak.counts))
    def withdraw(self, pick):
        numbered = self.rows(lambda sak: sak.counts and sak.fixed is not None)
        rows = numbered or self.rows(lambda sak: sak.counts)
        _, sak = rows[pick % len(rows)]
        self.count("withdraw" if numbered else "withdraw without number")
        sak.counts = False

    @rule(pick=picks)
    @precondition(lambda self: self.rows(lambda sak: not sak.counts))
    def restore(self, pick):
        self.count("restore")
        rows = self.rows(lambda sak: not sak.counts)
        rows[pick % len(rows)][1].counts = True

    @rule(pick=picks, day=days, hour=st.integers(9, 11), next_year=st.booleans())
    @precondition(lambda self: self.meetings)
    def reschedule(self, pick, day, hour, next_year):
        meeting = self.meetings[pick % len(self.meetings)]
        across = 365 if meeting.frozen and next_year else 0
        self.count("reschedule across years" if across else "reschedule")
        meeting.day = date(meeting.year, 3, 1) + timedelta(days=day + across)
        meeting.start = time(hour)

    @rule(pick=picks)
    @precondition(lambda self: self.open)
    def freeze(self, pick):
        meeting = self.open[pick % len(self.open)]
        self.count("freeze again" if meeting.frozen else "freeze")
        year, others = meeting.year, self.placed(meeting.year)
        shown = assign_sak_numbers(self.saker[year].state(), others)
        given_now = numbers_to_freeze(self.saker[year].state(), others, meeting.key)
        number = meeting_number_to_freeze(self.moeter[year].state(), others, meeting.key)
        alone = not any(
            other.waiting() and other is not meeting and not other.cancelled
            for other in self.of_year(year)
            if other.frozen or other.key in unsent_before(others, meeting.key)
        )
        if alone:
            assert given_now == {key: shown[key].number for key in given_now}
        assert given_now == self.saker[year].enter(meeting.waiting())
        if meeting.frozen:
            assert number == meeting.fixed
        else:
            assert {meeting.key: number} == self.moeter[year].enter([meeting.key])
        meeting.frozen, meeting.fixed = True, number
        for sak in meeting.agenda:
            sak.fixed = given_now.get(sak.key, sak.fixed)

    @property
    def late(self):
        return [
            (meeting, sak)
            for meeting in self.sent
            for sak in meeting.agenda
            if sak.key in meeting.waiting()
        ]

    @rule(pick=picks)
    @precondition(lambda self: self.late)
    def take_up(self, pick):
        self.count("take up")
        meeting, sak = self.late[pick % len(self.late)]
        series = self.saker[meeting.year]
        number = number_to_take_up(series.state(), self.placed(meeting.year), sak.key)
        assert {sak.key: number} == series.enter([sak.key])
        sak.fixed = number

    @rule(pick=picks)
    @precondition(lambda self: len(self.open) > 4)
    def cancel(self, pick):
        meeting = self.open[pick % len(self.open)]
        self.count("cancel sent" if meeting.frozen else "cancel unsent")
        meeting.cancelled = True
        if not meeting.frozen:
            self.queue += meeting.agenda
            meeting.agenda = []

    @rule(pick=picks)
    @precondition(lambda self: self.rows(lambda sak: sak.fixed is not None))
    def erase_numbered(self, pick):
        self.count("erase")
        rows = self.rows(lambda sak: sak.fixed is not None)
        meeting, sak = rows[pick % len(rows)]
        meeting.agenda.remove(sak)
        self.saker[meeting.year].erased.add(sak.fixed)

    # What must hold after every act

    @invariant()
    def sak_numbers_are_the_ledger_read_on(self):
        for year, series in self.saker.items():
            meetings = self.of_year(year)
            in_line = sorted(meetings, key=lambda m: (not m.frozen, m.day, m.start, m.key))
            waiting = [key for m in in_line if not m.cancelled for key in m.waiting()]
            there = {sak.key for meeting in meetings for sak in meeting.agenda}
            assert numbers_of(
                assign_sak_numbers(series.state(), self.placed(year))
            ) == ledger_numbers(series, waiting, there)

    @invariant()
    def meeting_numbers_are_the_ledger_read_on(self):
        for year, series in self.moeter.items():
            meetings = self.of_year(year)
            in_line = sorted(meetings, key=lambda m: (m.day, m.start, m.key))
            waiting = [m.key for m in in_line if not m.frozen and not m.cancelled]
            assert numbers_of(
                assign_meeting_numbers(series.state(), self.placed(year))
            ) == ledger_numbers(series, waiting, {m.key for m in meetings})

    @invariant()
    def fixed_numbers_never_change_and_are_unique_in_their_year(self):
        for year, series in self.saker.items():
            assigned = assign_sak_numbers(series.state(), self.placed(year)[::-1])
            fixed = {key: n.number for key, n in assigned.items() if not n.provisional}
            for key, number in fixed.items():
                assert self.seen.setdefault(key, number) == number
                assert number not in series.erased
            ever = [self.seen[key] for key in series.ledger if key in self.seen]
            assert len(set(ever)) == len(ever)

    @invariant()
    def provisional_numbers_follow_the_highest_fixed_without_gaps(self):
        for year, series in self.saker.items():
            assigned = assign_sak_numbers(series.state(), self.placed(year)).values()
            fixed = {n.number for n in assigned if not n.provisional} | series.erased
            provisional = sorted(n.number for n in assigned if n.provisional)
            start = max(fixed, default=series.first - 1) + 1
            assert provisional == list(range(start, start + len(provisional)))


def numbers_of(assigned):
    return {key: (value.number, value.provisional) for key, value in assigned.items()}


def ledger_numbers(series, waiting, there):
    """Return what the model shows: the ledger, then what waits, read on from the first number."""
    return {
        key: (series.first + place, place >= len(series.ledger))
        for place, key in enumerate([*series.ledger, *waiting])
        if key in there
    }
