"""What is typed into the dialog of a meeting, read into values or answered with a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from desktop.i18n.catalogue import words
from desktop.i18n.dates import long_date_with_weekday, numeric_date, prose_clock
from desktop.i18n.parsing import UnreadableTextError, parse_clock, parse_date
from desktop.rules.errors import RuleError
from desktop.rules.numbering import format_meeting_number
from desktop.services.explain import explain
from desktop.services.moeter import Dag

_ = words("nb")
T = TypeVar("T")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DayText:
    """A day as it is typed. `key` is the stored day it changes, None for a new one."""

    dato: str = ""
    fra: str = ""
    til: str = ""
    sted: str = ""
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed day says: values where they can be read, and the sentence where not."""

    dato: dt.date | None = None
    fra: dt.time | None = None
    til: dt.time | None = None
    error: str = ""
    field: str = ""

    def dag(self, sted: str) -> Dag | None:
        """Return the day, or None while something cannot be read."""
        if self.error or self.dato is None or self.fra is None or self.til is None:
            return None
        return Dag(self.dato, self.fra, self.til, sted.strip() or None)


def read_day(text: DayText, *, near: dt.date) -> Reading:
    """Read a typed day. The first thing that cannot be read is the one that is answered."""
    dato, wrong_date = _read(lambda: parse_date(text.dato, near=near))
    fra, wrong_start = _read(lambda: parse_clock(text.fra))
    til, wrong_end = _read(lambda: parse_clock(text.til))
    reading = Reading(dato, fra, til)
    if dato is not None:
        wrong_date = _outside(dato)
    if not text.dato.strip():
        wrong_date = _("Skriv datoen for møtet, for eksempel 14. desember eller 14.12.")
    wrong = ((wrong_date, "dato"), (wrong_start, "fra"), (wrong_end, "til"))
    for sentence, field in wrong:
        if sentence:
            return replace(reading, error=sentence, field=field)
    if fra is not None and til is not None and til <= fra:
        told = _("Møtet må slutte etter at det begynner (kl. {fra}).").format(fra=prose_clock(fra))
        return replace(reading, error=told, field="til")
    return reading


def _read(job: Callable[[], T]) -> tuple[T | None, str]:
    try:
        return job(), ""
    except UnreadableTextError as error:
        return None, str(error)


def _outside(dato: dt.date) -> str:
    try:
        format_meeting_number(dato.year, 1)
    except RuleError as error:
        return explain(error)
    return ""


def tidied(text: DayText, reading: Reading) -> DayText:
    """Return a typed day with what could be read in the form of the house."""
    return replace(
        text,
        dato=numeric_date(reading.dato) if reading.dato else text.dato,
        fra=prose_clock(reading.fra) if reading.fra else text.fra,
        til=prose_clock(reading.til) if reading.til else text.til,
    )


def hint_about(dato: dt.date, *, today: dt.date, busy: bool) -> str:
    """Return the date in words, and what is worth a second look about it."""
    hints = [long_date_with_weekday(dato)]
    if dato.weekday() >= _SATURDAY:
        hints.append(_("Dagen er i helgen."))
    if dato < today:
        hints.append(_("Dagen har vært."))
    if busy:
        hints.append(_("Utvalget har et annet møte denne dagen."))
    return " · ".join(hints)


def needs_a_second_look(dato: dt.date, *, today: dt.date, busy: bool) -> bool:
    """Tell whether the hint about a date warns of something."""
    return dato.weekday() >= _SATURDAY or dato < today or busy


def next_day(days: Sequence[Reading], last: DayText) -> DayText:
    """Return the day to propose after the last one: the day after, at the same time."""
    dates = [day.dato for day in days if day.dato is not None]
    following = numeric_date(max(dates) + dt.timedelta(days=1)) if dates else ""
    return DayText(following, last.fra, last.til)
