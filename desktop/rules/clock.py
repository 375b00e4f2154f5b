"""The agenda clock of one day (design §3 "One clock, one series"; dokumenter §1).

Clock times are local `datetime.time` in whole minutes; durations, overruns and gaps are minutes.

- A row starts when the row before it ends; the first one when the day starts.
- A row with a fixed time starts at that time. What runs past it is the row's overrun, what is left
  idle before it is the row's gap. Rows after it go on from there.
- A row without duration lasts 0 minutes.
- A row that takes no time (a postponed or withdrawn sak) keeps its place in the list and has no
  clock time; its duration and its fixed time do not move the others.
- The day ends when the last of its rows ends, and before midnight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Final

from desktop.rules.errors import RuleError

MINUTES_OF_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A row of the running order: a sak, a pause or a free point.

    Attributes:
        minutes: how long it lasts; None is 0.
        fixed: the clock time at which it must start, if any.
        takes_time: false for a postponed or withdrawn sak.
    """

    key: str
    minutes: int | None = None
    fixed: time | None = None
    takes_time: bool = True


@dataclass(frozen=True, slots=True)
class ClockedRow:
    """A row with its clock times; both are None when the row takes no time.

    Attributes:
        overrun: minutes by which the rows before it run past its fixed time.
        gap: idle minutes before its fixed time. One of the two is 0.
    """

    key: str
    start: time | None
    end: time | None
    overrun: int = 0
    gap: int = 0


@dataclass(frozen=True, slots=True)
class DayClock:
    """The clock of a day.

    Attributes:
        end: when the last row ends; the day's start when there is none.
        overrun: minutes past the planned end.
        slack: minutes left before the planned end. Both are 0 when no end is planned.
    """

    rows: tuple[ClockedRow, ...]
    end: time
    overrun: int = 0
    slack: int = 0


def minutes_of(clock_time: time) -> int:
    """Return minutes since midnight.

    Raises:
        RuleError: `klokkeslett_er_ikke_hele_minutter`, for seconds or a time zone.
    """
    if clock_time.second or clock_time.microsecond or clock_time.tzinfo is not None:
        raise RuleError("klokkeslett_er_ikke_hele_minutter", time=clock_time.isoformat())
    return clock_time.hour * 60 + clock_time.minute


def time_of(minutes: int, *, key: str = "") -> time:
    """Return the clock time so many minutes after midnight.

    Raises:
        RuleError: `doegnet_er_passert`, with the row's `key` and the `minutes` past midnight, when
            it is not before the next midnight.
    """
    if minutes >= MINUTES_OF_DAY:
        raise RuleError("doegnet_er_passert", key=key, minutes=minutes - MINUTES_OF_DAY)
    return time(minutes // 60, minutes % 60)


def clock_day(start: time, rows: Iterable[ClockRow], end: time | None = None) -> DayClock:
    """Return when each row of a day starts and ends.

    Args:
        start: when the day starts.
        rows: the running order.
        end: the planned end, if any.

    Raises:
        RuleError: `doegnet_er_passert`, `varighet_er_negativ`, `slutt_foer_start` or
            `klokkeslett_er_ikke_hele_minutter`.
    """
    now = latest = minutes_of(start)
    planned = None if end is None else minutes_of(end)
    if planned is not None and planned < now:
        raise RuleError("slutt_foer_start", start=start, end=end)
    clocked: list[ClockedRow] = []
    for row in rows:
        if not row.takes_time:
            clocked.append(ClockedRow(row.key, None, None))
            continue
        begins = now if row.fixed is None else minutes_of(row.fixed)
        ends = begins + _duration(row)
        clocked.append(
            ClockedRow(
                row.key,
                time_of(begins, key=row.key),
                time_of(ends, key=row.key),
                overrun=max(0, now - begins),
                gap=max(0, begins - now),
            )
        )
        now = ends
        latest = max(latest, ends)
    return DayClock(
        rows=tuple(clocked),
        end=time_of(latest),
        overrun=0 if planned is None else max(0, latest - planned),
        slack=0 if planned is None else max(0, planned - latest),
    )


def changed_starts(sent: Mapping[str, time | None], now: DayClock) -> frozenset[str]:
    """Return the keys of rows whose start differs from the one sent, for marking them.

    Rows that were not sent are new, not changed.
    """
    return frozenset(row.key for row in now.rows if row.key in sent and sent[row.key] != row.start)


def _duration(row: ClockRow) -> int:
    minutes = row.minutes or 0
    if minutes < 0:
        raise RuleError("varighet_er_negativ", key=row.key, minutes=minutes)
    return minutes
