"""Stretches of days that a deadline can name, and which of them is meant when no year is given.

- A week is an ISO week (ISO 8601, the one printed in Norwegian calendars): it begins on Monday, and
  week 1 holds the year's first Thursday. As a deadline a week ends on its Friday.
- Months, quarters, half-years and years end on their last day, also when that is a Sunday.
- "primo" and "begynnelsen av" a month end on the 10th, "medio" and "midten av" on the 15th,
  "ultimo", "slutten av" and "utgangen av" on the last day.
- Without a year the first one counts whose deadline is not before today, this year or the next.
- "før" a day or period is the day before it begins; before a week it is the Friday of the week
  before. "før utgangen av mars" is the end of March.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Part = Literal["start", "middle", "end", "whole"]

_DAY: Final = timedelta(days=1)
_FIRST_THIRD: Final = 10
_MIDDLE: Final = 15
_YEARS: Final = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; the deadline is `last`.

    Attributes:
        before: the deadline when the text says "før" it.
    """

    first: date
    last: date
    before: date


def day_period(day: date) -> Period:
    """Return one day."""
    return Period(day, day, day - _DAY)


def edge(day: date) -> Period:
    """Return the end of something: before it is the same day."""
    return Period(day, day, day)


def valid_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None for one that the calendar does not have, as 31 November."""
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def week(year: int, number: int) -> Period | None:
    """Return Monday to Friday of an ISO week; None where the year has no such week (53)."""
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return week_of(monday) if year in _YEARS else None


def week_of(day: date) -> Period:
    """Return Monday to Friday of the ISO week that the day lies in."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + 4 * _DAY, monday - 3 * _DAY)


def month(year: int, number: int, part: Part = "whole") -> Period | None:
    """Return a month or a part of it."""
    return months(year, number, 1, part) if 1 <= number <= 12 else None


def months(year: int, first_month: int, count: int, part: Part = "whole") -> Period | None:
    """Return a month, quarter, half-year or year, or a part of it; None outside 1900–2199."""
    if year not in _YEARS:
        return None
    first = date(year, first_month, 1)
    last_month = first_month + count - 1
    last = date(year, last_month, monthrange(year, last_month)[1])
    if part == "end":
        return edge(last)
    if part == "whole":
        return Period(first, last, first - _DAY)
    if count > 1:
        return None
    closing = _FIRST_THIRD if part == "start" else _MIDDLE
    opening = 1 if part == "start" else _FIRST_THIRD + 1
    return Period(
        first.replace(day=opening), first.replace(day=closing), first.replace(day=opening) - _DAY
    )


def add_months(day: date, count: int) -> date:
    """Return the same day so many months on, or the last of that month."""
    index = day.year * 12 + day.month - 1 + count
    year, number = divmod(index, 12)
    return date(year, number + 1, min(day.day, monthrange(year, number + 1)[1]))


def full_year(text: str) -> int:
    """Return the year of "2024" or "24" (2000 to 2099)."""
    return int(text) + (2000 if len(text) == 2 else 0)


def years_from(today: date) -> tuple[int, int]:
    """Return the years in which a date without a year can lie."""
    return today.year, today.year + 1


def first_ahead(periods: Iterable[Period | None], today: date, *, before: bool) -> date | None:
    """Return the deadline of the first period whose deadline is not before today."""
    return next((day for day in _deadlines(periods, before=before) if day >= today), None)


def _deadlines(periods: Iterable[Period | None], *, before: bool) -> Iterator[date]:
    return (period.before if before else period.last for period in periods if period is not None)
