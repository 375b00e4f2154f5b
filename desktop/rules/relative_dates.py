"""Deadlines in running text, in bokmål and nynorsk: "innen 15. januar", "i veke 42".

A date is a deadline only after a word that makes it one (`_LEADS`), or when it says so itself
("neste møte"). Where a text has several, the plainest one counts: "frist" before "innen", "senest"
and "før", these before "i løpet av" and "neste møte", then "til" and last "i uke 42". What the
calendar does not have (31.11., week 53 of a short year) is no date. How periods and missing years
are read stands in `desktop.rules.periods`.

Left out because they do not name one day nearly always: "neste fredag", "før påske", "til våren",
"innen 2025", "så snart som mulig".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.rules.date_phrases import MEETING, READERS, Now, next_meeting_spell
from desktop.rules.periods import first_ahead


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline and where the text says so.

    Attributes:
        day: the last day; it holds to the end of that day.
        start: offset of the phrase with its leading word ("innen").
        end: offset after it.
        relative: whether the day depends on today or on the next meeting, because the text has no
            year; such a day is never before today.
    """

    day: date
    start: int
    end: int
    relative: bool

    def shifted(self, by: int) -> Deadline:
        """Return it with its place counted from further in front."""
        return Deadline(self.day, self.start + by, self.end + by, self.relative)


@dataclass(frozen=True, slots=True)
class _Lead:
    """Words that make what follows a deadline, and the forms that may follow."""

    pattern: re.Pattern[str]
    forms: tuple[str, ...]
    rank: int
    before: bool = False
    guarded: bool = False


_DATES: Final = ("iso", "dotted", "slashed", "named")
_PERIODS: Final = ("week", "month", "quarter", "half", "year_end", "weekday", "next_unit")
_ALL: Final = (*_DATES, *_PERIODS, "this_unit", "day", "ahead", "tomorrow", "feast")
# Before these a date says when something is, not when it is to be done.
_NO_DEADLINE: Final = re.compile(
    r"(?:flytt|utsett|utsatt|utset|forleng|gjeld|framlagt|lagt|vedtatt|vedteke|behandla|behandlet"
    r"|avholdt|møtet|møta|møtene|seminaret|samlingen|samlinga|konferansen|workshopen|inntil)"
    r"(?:\w{0,6})\W+(?:\w+\W+)?$|(?<!\w)(?:fra|frå|mellom)\s+(?:den\s+)?\d[^,;]{0,20}$",
    re.IGNORECASE,
)
_WITHIN: Final = (
    r"(?:(?:innen|innan|senest|seinast)(?:\s+(?:innen|innan|i|på))?)(?:\s+utløpet\s+av)?"
)
_EDGES: Final = r"(?:utgangen|slutten|enden|midten|begynnelsen|starten|byrjinga)\s+av\s"


def _lead(
    pattern: str, forms: Sequence[str], rank: int, *, before: bool = False, guarded: bool = False
) -> _Lead:
    compiled = re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)
    return _Lead(compiled, tuple(forms), rank, before, guarded)


_LEADS: Final = (
    _lead(
        r"frist(?:en)?(?:\s+for\s+\w+)?"
        r"(?:\s+(?:er|blir|vert|settes\s+til|satt\s+til|sett\s+til))?"
        rf"(?:\s*[:–-])?\s+(?:(?:{_WITHIN}|til)\s+)?",
        _ALL,
        0,
    ),
    _lead(rf"{_WITHIN}\s+", _ALL, 1),
    _lead(r"før\s+", (*_DATES, *_PERIODS, "this_unit", "feast"), 1, before=True),
    _lead(
        r"i\s+løpet\s+av\s+",
        ("week", "month", "quarter", "half", "weekday", "next_unit", "this_unit", "ahead", "year"),
        2,
    ),
    _lead(
        rf"(?:ved|til|mot|i)\s+(?={_EDGES})",
        ("week", "month", "quarter", "half", "this_unit", "year_end"),
        2,
        guarded=True,
    ),
    _lead(r"(?:i\s+)?(?=(?:primo|medio|ultimo)\s)", ("month",), 2, guarded=True),
    _lead(r"om\s+(?!lag)", ("ahead",), 3),
    _lead(r"ved\s+(?=årsskiftet)", ("feast",), 3),
    _lead(r"til\s+", (*_DATES, "weekday", "week"), 3, guarded=True),
    _lead(r"på\s+", ("weekday",), 3, guarded=True),
    _lead(r"(?=i\s+mor)", ("tomorrow",), 3),
    _lead(r"i\s+", ("week", "next_unit"), 4, guarded=True),
    _lead(r"i\s+", ("month",), 5, guarded=True),
)
_MEETING_RANK: Final = 2
_TODAYS: Final = range(1900, 2190)  # years in which today can lie
_BARE: Final = _lead("", (*_DATES, "week", "next_unit", "tomorrow"), 6)


def find_deadline(
    text: str, *, today: date, next_meeting: date | None = None, body: Sequence[str] = ()
) -> Deadline | None:
    """Return the deadline that a text names, or None.

    Args:
        text: anything.
        today: the day from which "neste uke", "15.1." and the like count.
        next_meeting: what "neste møte" means; None, or a day not after `today`, if not known.
        body: the utvalg's own names, so that "neste møte i …" of another body is left alone.
    """
    if today.year not in _TODAYS:
        return None
    now = Now(today, next_meeting, tuple(body))
    best = min(_found(text, now), key=lambda ranked: (ranked[0], ranked[1].start), default=None)
    return best[1] if best else None


def read_date(text: str, *, today: date) -> Deadline | None:
    """Return the date, week or day that a text begins with, without any leading word."""
    if today.year not in _TODAYS:
        return None
    return _read(_BARE, text, 0, 0, Now(today, None, ()))


def _found(text: str, now: Now) -> Iterator[tuple[int, Deadline]]:
    for lead in _LEADS:
        for match in lead.pattern.finditer(text):
            start = match.start()
            if lead.guarded and _NO_DEADLINE.search(text, max(0, start - 40), start):
                continue
            found = _read(lead, text, match.start(), match.end(), now)
            if found:
                yield lead.rank, found
    for match in MEETING.finditer(text):
        day = first_ahead(
            next_meeting_spell(match, now).periods, now.today, before=bool(match["before"])
        )
        if day:
            yield _MEETING_RANK, Deadline(day, match.start(), match.end("own"), relative=True)


def _read(lead: _Lead, text: str, start: int, place: int, now: Now) -> Deadline | None:
    """Return what the first fitting form gives; None if that is a date no calendar has."""
    for name in lead.forms:
        pattern, reader = READERS[name]
        match = pattern.match(text, place)
        if match is None:
            continue
        spell = reader(match, now)
        if spell.fixed:
            period = spell.periods[0]
            day = (period.before if lead.before else period.last) if period else None
        else:
            day = first_ahead(spell.periods, now.today, before=lead.before)
        return Deadline(day, start, match.end(), relative=not spell.fixed) if day else None
    return None
