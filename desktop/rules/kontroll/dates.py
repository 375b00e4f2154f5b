"""Dates in running text, and what they can mean seen from a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MONTHS: Final = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "desember",
)  # fmt: skip
WEEKDAYS: Final = {
    "mandag": 0, "måndag": 0, "tirsdag": 1, "tysdag": 1, "onsdag": 2, "torsdag": 3, "fredag": 4,
    "lørdag": 5, "laurdag": 5, "søndag": 6, "sundag": 6,
}  # fmt: skip
_MONTH: Final = "|".join(MONTHS)
_YEAR: Final = r"(?:19|20)\d\d"
DATE: Final = (
    rf"(?P<day>\d{{1,2}})\.(?:\s?(?P<name>{_MONTH})(?:\s+(?P<long>{_YEAR}))?\b"
    rf"|(?P<number>\d{{1,2}})\.(?P<short>{_YEAR}|\d\d)?(?!\d))"
)
_DATE: Final = re.compile(
    rf"(?<![\d.,/§:])(?:(?P<first>\d{{1,2}})\.?\s?(?:[–-]|og)\s?)?{DATE}(?![\w/])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text. `first` is the first day of "17.–18. oktober 2024"; `year` may be open."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    first: int | None = None

    def on(self, year: int) -> dt.date | None:
        """Return the date in a year, or None where the calendar has no such day."""
        return a_date(year, self.month, self.day)

    @property
    def date(self) -> dt.date | None:
        """The date, where the year is said and the calendar has it."""
        return self.on(self.year) if self.year is not None else None

    def days(self, year: int) -> tuple[dt.date, ...]:
        """Return the first and the last day in a year, those the calendar has."""
        numbers = [self.day] if self.first is None else [self.first, self.day]
        made = (a_date(year, self.month, number) for number in numbers)
        return tuple(one for one in made if one is not None)

    def near(self, day: dt.date, within: int) -> dt.date | None:
        """Return the date; without a year the one nearest to a day, if it is near enough."""
        if self.year is not None:
            return self.date
        around = (self.on(year) for year in (day.year - 1, day.year, day.year + 1))
        dates = [one for one in around if one is not None]
        nearest = min(dates, key=lambda one: abs((one - day).days), default=None)
        return nearest if nearest is not None and abs((nearest - day).days) <= within else None


def a_date(year: int, month: int, day: int) -> dt.date | None:
    """Return a date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield the dates of a text, also those the calendar does not have, in order."""
    for found in _DATE.finditer(text):
        yield _read(found)


def _read(found: re.Match[str]) -> FoundDate:
    name, number = found["name"], found["number"]
    month = MONTHS.index(name.casefold()) + 1 if name else int(number)
    year = found["long"] or found["short"]
    first = found["first"]
    return FoundDate(
        found.start(),
        found.end(),
        int(found["day"]),
        month,
        (int(year) + (2000 if len(year) == 2 else 0)) if year else None,
        int(first) if first else None,
    )
