"""Dates and clock times as Norwegian papers write them.

All values are local `date` and `time` without a zone: a meeting at ten is at ten. Names of months
and weekdays are Babel's (`calendar_names`). A range has an en dash without spaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from itertools import zip_longest

from desktop.i18n.lists import join_names
from desktop.i18n.locales import BOKMAAL, month_names, weekday_names


def long_date(day: date, maalform: str = BOKMAAL) -> str:
    """Return "14. desember 2023", the form of running text."""
    return f"{day_and_month(day, maalform)} {day.year}"


def day_and_month(day: date, maalform: str = BOKMAAL) -> str:
    """Return "14. desember"."""
    return f"{day.day}. {month_names(maalform)[day.month]}"


def numeric_date(day: date) -> str:
    """Return "14.12.2023", the form of tables."""
    return f"{day.day:02}.{day.month:02}.{day.year}"


def weekday(day: date, maalform: str = BOKMAAL) -> str:
    """Return "torsdag"."""
    return weekday_names(maalform)[day.weekday()]


def long_date_with_weekday(day: date, maalform: str = BOKMAAL) -> str:
    """Return "torsdag 14. desember 2023"."""
    return f"{weekday(day, maalform)} {long_date(day, maalform)}"


def column_clock(clock: time) -> str:
    """Return "10:00", the form of the column Tidspunkt."""
    return f"{clock.hour:02}:{clock.minute:02}"


def prose_clock(clock: time) -> str:
    """Return "10.00", the form of running text and heads, without "kl."."""
    return f"{clock.hour:02}.{clock.minute:02}"


def clock_range(start: time, end: time, *, capitalised: bool = False) -> str:
    """Return "kl. 10.00–16.00", or "Kl. …" where it begins a cell."""
    return f"{'Kl.' if capitalised else 'kl.'} {prose_clock(start)}–{prose_clock(end)}"


def date_range(days: Iterable[date], maalform: str = BOKMAAL) -> str:
    """Return the days of a meeting: month and year stand once where the days share them.

    "17.–18. oktober 2024" · "30. september–1. oktober 2024" · "3. og 5. oktober 2023" ·
    "31. desember 2024–1. januar 2025". Days may come in any order; "" for none.
    """
    stretches = _stretches(sorted(set(days)))
    ends = [day for stretch in stretches for day in dict.fromkeys(stretch)]
    texts = dict(zip(ends, _shortened(ends, maalform), strict=True))
    parts = ["–".join(texts[day] for day in dict.fromkeys(stretch)) for stretch in stretches]
    return join_names(parts, maalform)


def _stretches(days: list[date]) -> list[tuple[date, date]]:
    """Return first and last day of each run of days that follow each other."""
    stretches: list[tuple[date, date]] = []
    for day in days:
        if stretches and day - stretches[-1][1] == timedelta(days=1):
            stretches[-1] = (stretches[-1][0], day)
        else:
            stretches.append((day, day))
    return stretches


def _shortened(days: list[date], maalform: str) -> list[str]:
    """Return each day without the month and year that it shares with the next one."""
    texts: list[str] = []
    for day, following in zip_longest(days, days[1:]):
        if following is None or day.year != following.year:
            texts.append(long_date(day, maalform))
        elif day.month != following.month:
            texts.append(day_and_month(day, maalform))
        else:
            texts.append(f"{day.day}.")
    return texts
