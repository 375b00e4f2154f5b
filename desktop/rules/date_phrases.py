"""The ways Norwegian text names a day or a period, each with its pattern and what it means.

How periods and missing years are read stands in `desktop.rules.periods`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from desktop.rules.periods import (
    Part,
    Period,
    add_months,
    day_period,
    edge,
    full_year,
    month,
    months,
    valid_date,
    week,
    week_of,
    years_from,
)


@dataclass(frozen=True, slots=True)
class Now:
    """From where phrases count: the day, the next meeting, and the utvalg's own names."""

    today: date
    next_meeting: date | None
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """The periods that a phrase can mean, best first; `fixed` if it names its year."""

    periods: tuple[Period | None, ...]
    fixed: bool = False


_Reader = Callable[[re.Match[str], Now], Spell]

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("januar", "jan"),
            ("februar", "feb", "febr"),
            ("mars", "mar"),
            ("april", "apr"),
            ("mai",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("oktober", "okt"),
            ("november", "nov"),
            ("desember", "des"),
        ),
        start=1,
    )
    for name in names
}
_WEEKDAYS: Final = {
    "mandag": 0,
    "måndag": 0,
    "tirsdag": 1,
    "tysdag": 1,
    "onsdag": 2,
    "torsdag": 3,
    "fredag": 4,
    "lørdag": 5,
    "laurdag": 5,
    "søndag": 6,
    "sundag": 6,
}
_ONE: Final = ("en", "én", "ei", "ein", "éin", "et", "ett", "eit", "eitt")
_COUNTS: Final = dict.fromkeys(_ONE, 1) | {
    "to": 2,
    "tre": 3,
    "fire": 4,
    "fem": 5,
    "seks": 6,
    "sju": 7,
    "syv": 7,
    "åtte": 8,
    "ni": 9,
    "ti": 10,
    "tolv": 12,
    "fjorten": 14,
}
_ORDINALS: Final = {"første": 1, "fyrste": 1, "andre": 2, "tredje": 3, "fjerde": 4}
_PARTS: Final[dict[str, Part]] = {
    "utgangen av": "end",
    "slutten av": "end",
    "enden av": "end",
    "ultimo": "end",
    "begynnelsen av": "start",
    "starten av": "start",
    "byrjinga av": "start",
    "primo": "start",
    "midten av": "middle",
    "medio": "middle",
    "løpet av": "whole",
}


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_YEAR = r"(?P<year>\d{4}|\d{2})"
_LONG_YEAR = r"(?:\s+(?P<year>(?:19|20|21)\d\d))?(?!\w)"
_SHORT = {"jan", "feb", "febr", "mar", "jun", "jul", "sept", "sep", "okt", "nov", "des"}
_LONG_MONTH = rf"(?P<month>{_any([name for name in _MONTHS if name not in _SHORT])})\b"
_MONTH = rf"(?P<month>{_any(tuple(_MONTHS))})\b"
_WEEKDAY = rf"(?:(?:{_any(tuple(_WEEKDAYS))})(?:en)?,?\s+(?:den\s+)?)?"
_DEN = r"(?:(?:den|d\.)\s+)?"
_RANGE = r"(?:\d{1,2}\.?\s*[-–]\s*)?"
_PART = rf"(?:(?P<part>{_any(tuple(_PARTS))})\s+)?"
_NO_COUNT = r"(?!\s*(?:%|(?:prosent|av|deler|delar|år)\b))"


def _numeric(found: re.Match[str], now: Now) -> Spell:
    return _days(found["year"], int(found["number"]), int(found["day"]), now)


def _named(found: re.Match[str], now: Now) -> Spell:
    return _days(found["year"], _MONTHS[found["month"].casefold()], int(found["day"]), now)


def _days(year: str | None, month_number: int, day: int, now: Now) -> Spell:
    years = (full_year(year),) if year else years_from(now.today)
    dates = (valid_date(one, month_number, day) for one in years)
    return Spell(tuple(day_period(found) if found else None for found in dates), bool(year))


def _day_of_month(found: re.Match[str], now: Now) -> Spell:
    first = now.today.replace(day=1)
    ahead = (add_months(first, step) for step in range(3))
    dates = (valid_date(one.year, one.month, int(found["day"])) for one in ahead)
    return Spell(tuple(day_period(one) if one else None for one in dates))


def _month(found: re.Match[str], now: Now) -> Spell:
    number = _MONTHS[found["month"].casefold()]
    return _long(found, now, lambda year, part: month(year, number, part))


def _quarter(found: re.Match[str], now: Now) -> Spell:
    return _long(found, now, lambda year, part: _portion(found, 4, year, part))


def _half(found: re.Match[str], now: Now) -> Spell:
    return _long(found, now, lambda year, part: _portion(found, 2, year, part))


def _portion(found: re.Match[str], portions: int, year: int, part: Part) -> Period | None:
    text = found["nth"].casefold()
    number = _ORDINALS.get(text) or int(text)
    size = 12 // portions
    return months(year, (number - 1) * size + 1, size, part) if number <= portions else None


def _long(found: re.Match[str], now: Now, make: Callable[[int, Part], Period | None]) -> Spell:
    part = _part(found)
    years = (full_year(found["year"]),) if found["year"] else years_from(now.today)
    return Spell(tuple(make(year, part) for year in years), bool(found["year"]))


def _part(found: re.Match[str]) -> Part:
    return _PARTS[" ".join(found["part"].casefold().split())] if found["part"] else "whole"


def _week(found: re.Match[str], now: Now) -> Spell:
    number = int(found["last"] or found["number"])
    periods: tuple[Period | None, ...]
    if found["year"]:
        periods = (week(full_year(found["year"]), number),)
    else:
        this = now.today.isocalendar().year
        periods = (week(this, number), week(this + 1, number))
    if _part(found) == "end":
        periods = tuple(edge(one.last) if one else None for one in periods)
    elif found["weekday"]:
        step = timedelta(days=_WEEKDAYS[found["weekday"].casefold()])
        periods = tuple(day_period(one.first + step) if one else None for one in periods)
    elif _part(found) == "start":
        periods = tuple(day_period(one.first) if one else None for one in periods)
    return Spell(periods, bool(found["year"]))


def _weekday(found: re.Match[str], now: Now) -> Spell:
    wanted = _WEEKDAYS[found["weekday"].casefold()]
    ahead = (wanted - now.today.weekday() - 1) % 7 + 1
    return Spell((day_period(now.today + timedelta(days=ahead)),))


def next_meeting_spell(found: re.Match[str], now: Now) -> Spell:
    """Return the next meeting's day, unless it is not known or another body's meeting is meant."""
    other = found["other"]
    own = other is None or _names_body(found.string, found.start("other"), now.body)
    if now.next_meeting is None or now.next_meeting <= now.today or not own:
        return Spell(())
    return Spell((day_period(now.next_meeting),))


def _names_body(text: str, place: int, body: Sequence[str]) -> bool:
    rest = text[place:].casefold()
    return any(rest.startswith(name.casefold()) for name in (*body, *_OWN_MEETING) if name)


def _next_unit(found: re.Match[str], now: Now) -> Spell:
    unit = found["unit"].casefold()
    if unit in {"uke", "veke"}:
        return Spell((week_of(now.today + timedelta(days=7)),))
    if unit == "år":
        return Spell((months(now.today.year + 1, 1, 12),))
    after = add_months(now.today.replace(day=1), 1)
    return Spell((month(after.year, after.month),))


def _this_unit(found: re.Match[str], now: Now) -> Spell:
    unit = found["unit"].casefold()
    today = now.today
    if unit == "dagen":
        return Spell((day_period(today),))
    if unit.startswith(("uk", "vek")):
        working = week_of(today)
        return Spell((edge(working.last), edge(working.last + timedelta(days=2))))
    whole = (1, 12) if unit.startswith("år") else (today.month, 1)
    return Spell((months(today.year, *whole, "end"),))


def _ahead(found: re.Match[str], now: Now) -> Spell:
    text = found["count"].casefold()
    count = _COUNTS.get(text) or int(text)
    unit = found["unit"].casefold()
    if unit.startswith("dag"):
        day = now.today + timedelta(days=count)
    elif unit.startswith(("uk", "vek")):
        day = now.today + timedelta(days=7 * count)
    else:
        day = add_months(now.today, count * (12 if unit.startswith("år") else 1))
    return Spell((edge(day),))


def _tomorrow(_: re.Match[str], now: Now) -> Spell:
    return Spell((day_period(now.today + timedelta(days=1)),))


def _turn_of_year(found: re.Match[str], now: Now) -> Spell:
    day = 23 if found["feast"].casefold() == "jul" else 31
    return Spell(tuple(edge(date(year, 12, day)) for year in years_from(now.today)))


def _whole_year(found: re.Match[str], _: Now) -> Spell:
    return Spell((months(int(found["year"]), 1, 12, "end"),), fixed=True)


_FORMS: Final[dict[str, tuple[str, _Reader]]] = {
    "iso": (r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?!\w)", _numeric),
    "dotted": (
        (
            rf"{_WEEKDAY}{_DEN}{_RANGE}(?P<day>\d{{1,2}})\.\s?(?P<number>\d{{1,2}})"
            rf"(?:(?:\.\s?(?=\d{{4}})|\.(?=\d\d(?!\d))|[-/]){_YEAR}(?!\w)|\.(?!\d)|(?![\w.])){_NO_COUNT}"
        ),
        _numeric,
    ),
    "slashed": (
        (
            rf"{_WEEKDAY}{_DEN}{_RANGE}(?P<day>\d{{1,2}})\s?/\s?(?P<number>\d{{1,2}})"
            rf"(?:\s?[-/.]\s?{_YEAR})?(?!\w){_NO_COUNT}"
        ),
        _numeric,
    ),
    "named": (
        rf"{_WEEKDAY}{_DEN}{_RANGE}(?P<day>\d{{1,2}})\.?\s*{_MONTH}\.?{_LONG_YEAR}",
        _named,
    ),
    "day": (r"den\s+(?P<day>\d{1,2})\.(?!\s*[\wæøå])", _day_of_month),
    "month": (rf"{_PART}{_LONG_MONTH}{_LONG_YEAR}", _month),
    "quarter": (
        rf"{_PART}(?:(?P<nth>[1-4]|{_any(tuple(_ORDINALS))})\.?\s*kvartal){_LONG_YEAR}",
        _quarter,
    ),
    "half": (rf"{_PART}(?:(?P<nth>[12]|{_any(tuple(_ORDINALS))})\.?\s*halvår){_LONG_YEAR}", _half),
    "week": (
        (
            rf"(?:{_PART}|(?P<weekday>{_any(tuple(_WEEKDAYS))})\s+i\s+)(?:uke|uka|uken|veke|veka)\s*(?:nr\.?\s*)?(?P<number>\d{{1,2}})"
            r"(?:\s*[-–]\s*(?P<last>\d{1,2})(?!\d))?(?:(?:\s*/\s*|\s+i\s+|\s+)(?P<year>20\d\d))?(?!\w)"
        ),
        _week,
    ),
    "weekday": (
        (
            rf"(?:førstkommende\s+|førstkomande\s+|nå\s+|no\s+)?(?P<weekday>{_any(tuple(_WEEKDAYS))})\b"
            rf"(?!,?\s+(?:den\s+)?(?:\d|i\s+(?:uke|veke)))"
        ),
        _weekday,
    ),
    "next_unit": (r"neste\s+(?P<unit>uke|veke|måned|månad|år)\b", _next_unit),
    "this_unit": (
        (
            r"(?:(?:utgangen|slutten|løpet)\s+av\s+)?(?:denne\s+)?"
            r"(?P<unit>dagen|uken|uka|veka|måneden|månaden|året|årets\s+(?:slutt|utgang))\b"
            r"(?!\s+(?:etter|før))"
        ),
        _this_unit,
    ),
    "ahead": (
        (
            rf"(?:de\s+|dei\s+)?(?:neste\s+|nærmeste\s+|næraste\s+)?(?P<count>\d{{1,2}}|{_any(tuple(_COUNTS))})\s+"
            r"(?P<unit>dager|dagar|dag|uker|ukene|uke|veker|vekene|veke|måneder|månedene|måned|månader|månadene|månad|år)\b"
            r"(?!\s+(?:etter|fra|frå|før|siden|sidan))"
        ),
        _ahead,
    ),
    "tomorrow": (r"i\s+mor(?:gen|gon)\b", _tomorrow),
    "feast": (r"(?P<feast>jul|årsskiftet|nyttår)\b", _turn_of_year),
    "year": (r"(?P<year>20\d\d)\b(?!\s*[-–/])", _whole_year),
    "year_end": (r"(?:utgangen|slutten)\s+av\s+(?P<year>20\d\d)\b(?!\s*[-–/])", _whole_year),
}
_OWN_MEETING: Final = ("rådet", "utvalget", "utvalet", "styret", "komiteen", "nemnda")
MEETING: Final = re.compile(
    r"(?<!\w)(?:(?P<before>før)|(?:innen|innan|senest|seinast|fram\s+mot|frem\s+mot)(?:\s+(?:i|til|på))?"
    r"|til|i|på|ved)\s+(?:det\s+)?(?:neste|komande|førstkommende|førstkomande)\s+"
    r"(?:ordinære\s+)?(?:(?:råds|utvalgs|utvals)?møte|(?:råds|utvalgs|utvals)?møtet)\b(?P<own>)"
    rf"(?:\s+i\s+(?P<other>(?!\d|{_any(tuple(_MONTHS))}\b)\w))?",
    re.IGNORECASE,
)
READERS: Final = {
    name: (re.compile(pattern, re.IGNORECASE), reader) for name, (pattern, reader) in _FORMS.items()
}
