"""Deadlines: for comments on a referat, and for commitments.

A deadline is a date and holds to the end of that day. It never falls on a Saturday, a Sunday or one
of the holidays given; it then moves to the next working day.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from desktop.rules.errors import RuleError

_SATURDAY = 5


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Return whether the day is Monday to Friday and no holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def deadline_after(start: date, days: int, holidays: Collection[date] = ()) -> date:
    """Return the first working day on or after `start` plus so many calendar days.

    Raises:
        RuleError: `frist_dager_er_negativt` or `frist_utenfor_kalenderen`.
    """
    if days < 0:
        raise RuleError("frist_dager_er_negativt", days=days)
    try:
        day = start + timedelta(days=days)
        while not is_working_day(day, holidays):
            day += timedelta(days=1)
    except OverflowError as error:
        raise RuleError("frist_utenfor_kalenderen", start=start, days=days) from error
    return day


def days_left(deadline: date, today: date) -> int:
    """Return days until the deadline: 0 on its day, negative after it."""
    return (deadline - today).days


def is_overdue(deadline: date | None, today: date, *, done: bool = False) -> bool:
    """Return whether the deadline has passed and it is not done; None never passes."""
    return deadline is not None and not done and today > deadline
