"""Sak numbers and meeting numbers of one utvalg: writing, reading, and who gets which.

Two-digit years. Years lie in 1980–2079, so that two digits name one year: 80–99 are 19xx,
00–79 are 20xx.

The series (design §3 "One clock, one series"). A call concerns one utvalg and one year. A meeting
belongs to the year its number has once that is frozen, and to the year of its first day before; so
each year has its own series and starts anew.

Invariants, kept by every function here:

- A fixed number is returned as it is, whatever happened to its sak or meeting since.
- The next number is the highest fixed one plus one, and never below the series' first. Gaps below
  the highest are not filled: a number is never reused. `SeriesState.fixed` must therefore hold
  every number ever fixed in the series, also of rows that are gone.
- Provisional numbers follow without gaps from the next number, in this order: late saker (without
  number, in a meeting whose innkalling is frozen) by meeting and then agenda order; then the saker
  of unsent meetings by meeting and then agenda order. Meetings go by first day, then by start
  time, then by key.
- Freezing gives numbers from the next one, whatever provisional numbers others show: what freezes
  first is numbered first. The provisional numbers of the rest follow from there.
- A sak that is withdrawn or postponed without a fixed number, or whose meeting is cancelled, takes
  none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final, NamedTuple, Protocol, Self

from desktop.rules.errors import RuleError

FIRST_YEAR: Final = 1980
LAST_YEAR: Final = 2079
HIGHEST_NUMBER: Final = 9999
_LONGEST_PATTERN: Final = 40

_FIELD = re.compile(r"(\{[^{}]*\})")
_NUMBER_FIELD = re.compile(r"\{nr(?::0([2-4]))?\}")
_READERS: Final = {"{aar}": "(?P<aar>[0-9]{4})", "{aar2}": "(?P<aar>[0-9]{2})"}
_PREFIX = r"(?:[^\W\d_](?:[^\W\d_]|[.:\s-])*)?"
_LENIENT = re.compile(rf"{_PREFIX}([0-9]{{1,4}})\s*[/\-‐‑–]\s*([0-9]{{1,4}})")
_MEETING = re.compile(r"([0-9]{1,4})\s*/\s*([0-9]{4}|[0-9]{2})")


class SakReference(NamedTuple):
    """A sak number as data: moetesaksaar and moetesakssekvensnummer."""

    year: int
    number: int


class MeetingReference(NamedTuple):
    """A meeting number as data."""

    year: int
    number: int


def full_year(two_digits: int) -> int:
    """Return the year in 1980–2079 that ends in these two digits (0–99)."""
    century = 1900 if two_digits >= FIRST_YEAR % 100 else 2000
    return century + two_digits


def _require_range(year: int, number: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleError("aar_utenfor_omraade", year=year)
    if not 1 <= number <= HIGHEST_NUMBER:
        raise RuleError("nummer_utenfor_omraade", number=number)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and FIRST_YEAR <= int(digits) <= LAST_YEAR


@dataclass(frozen=True, slots=True)
class SakNumberPattern:
    """How an utvalg writes its sak numbers, such as `{nr}/{aar2}` or `PS {nr:03}/{aar}`.

    Fields: `{nr}`, or `{nr:02}` to `{nr:04}` with leading zeros; `{aar}` (2023) or `{aar2}` (23).
    Everything else is written as it stands.

    Raises:
        RuleError: a code `moenster_…`, when the text is not a pattern.
    """

    text: str
    _width: int = field(init=False, repr=False, compare=False)
    _reader: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = _pattern_parts(self.text)
        number = next(match for part in parts if (match := _NUMBER_FIELD.fullmatch(part)))
        object.__setattr__(self, "_width", int(number[1] or 1))
        object.__setattr__(self, "_reader", re.compile("".join(map(_reader_of, parts))))

    @classmethod
    def parse_pattern(cls, text: str) -> Self:
        """Return the pattern that this text describes, or raise as the class says."""
        return cls(text)

    def format(self, year: int, number: int) -> str:
        """Return the number of a sak as the utvalg writes it.

        Raises:
            RuleError: `aar_utenfor_omraade` or `nummer_utenfor_omraade`.
        """
        _require_range(year, number)
        values = {"{aar}": str(year), "{aar2}": f"{year % 100:02}"}
        return _FIELD.sub(lambda found: values.get(found[0], f"{number:0{self._width}}"), self.text)

    def read(self, text: str) -> SakReference:
        """Return the sak that this text names; the strict inverse of `format`.

        Raises:
            RuleError: `saksnummer_foelger_ikke_moensteret` when `format` would not write it so.
        """
        found = self._reader.fullmatch(text)
        if found is not None:
            digits = found["aar"]
            year = int(digits) if len(digits) == 4 else full_year(int(digits))
            number = int(found["nr"])
            in_range = FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= HIGHEST_NUMBER
            if in_range and self.format(year, number) == text:
                return SakReference(year, number)
        raise RuleError("saksnummer_foelger_ikke_moensteret", text=text, pattern=self.text)


def _pattern_parts(text: str) -> list[str]:
    """Return the fields and literals of a pattern in order; even places are literals."""
    if len(text) > _LONGEST_PATTERN or not text.isprintable() or text != text.strip():
        raise RuleError("moenster_ulovlig_tekst", pattern=text)
    parts = _FIELD.split(text)
    literals, fields = parts[0::2], parts[1::2]
    if any("{" in literal or "}" in literal for literal in literals):
        raise RuleError("moenster_klammer", pattern=text)
    numbers = [name for name in fields if _NUMBER_FIELD.fullmatch(name)]
    years = [name for name in fields if name in _READERS]
    for name in fields:
        if name not in numbers and name not in years:
            raise RuleError("moenster_ukjent_felt", pattern=text, field=name)
    if len(numbers) != 1:
        raise RuleError("moenster_trenger_ett_nummer", pattern=text)
    if len(years) != 1:
        raise RuleError("moenster_trenger_ett_aar", pattern=text)
    before, between, after = literals
    touching = before[-1:] + between[:1] + between[-1:] + after[:1]
    if not between or any(character.isnumeric() for character in touching):
        raise RuleError("moenster_siffer_ved_felt", pattern=text)
    return parts


def _reader_of(part: str) -> str:
    if _NUMBER_FIELD.fullmatch(part):
        return "(?P<nr>[0-9]{1,4})"
    return _READERS.get(part) or re.escape(part)


DEFAULT_PATTERN: Final = SakNumberPattern("{nr}/{aar2}")


def read_sak_reference(text: str) -> SakReference | None:
    """Return the sak that a text names in any house's form, or None.

    Reads 28/23, 28/2023, 028/23, PS 28/23, «Sak nr. 28/23», 12-23, 2023/28. The whole text must be
    the reference. What could be read in two ways is decided so:

    - Four digits in 1980–2079 on one side are the year, on whichever side they stand: `2023/28` is
      sak 28 of 2023. On both sides they are no reference.
    - Else the year stands last and has two digits: `23/28` is sak 23 of 2028. A last part of one
      or three digits is no reference.
    """
    found = _LENIENT.fullmatch(text.strip())
    if found is None:
        return None
    first, last = found.groups()
    if _is_year(first) and _is_year(last):
        return None
    if _is_year(first):
        reference = SakReference(int(first), int(last))
    elif _is_year(last):
        reference = SakReference(int(last), int(first))
    elif len(last) == 2:
        reference = SakReference(full_year(int(last)), int(first))
    else:
        return None
    return reference if reference.number >= 1 else None


def format_meeting_number(year: int, number: int, *, short: bool = False) -> str:
    """Return `4/2023`, or `4/23` when short.

    Raises:
        RuleError: `aar_utenfor_omraade` or `nummer_utenfor_omraade`.
    """
    _require_range(year, number)
    return f"{number}/{year % 100:02}" if short else f"{number}/{year}"


def read_meeting_number(text: str) -> MeetingReference:
    """Return the meeting that `4/2023` or `4/23` names; space and leading zeros are allowed.

    Raises:
        RuleError: `moetenummer_uleselig`.
    """
    found = _MEETING.fullmatch(text.strip())
    if found is not None:
        digits = found[2]
        year = int(digits) if len(digits) == 4 else full_year(int(digits))
        if FIRST_YEAR <= year <= LAST_YEAR and int(found[1]) >= 1:
            return MeetingReference(year, int(found[1]))
    raise RuleError("moetenummer_uleselig", text=text)


@dataclass(frozen=True, slots=True)
class SeriesState:
    """The series of one utvalg and year: its first number and every number ever fixed in it."""

    first: int = 1
    fixed: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.first < 1:
            raise RuleError("serie_starter_for_lavt", first=self.first)
        if min(self.fixed, default=1) < 1:
            raise RuleError("nummer_utenfor_omraade", number=min(self.fixed))


@dataclass(frozen=True, slots=True)
class PlacedSak:
    """A sak in the agenda of a meeting; `counts` is false when it is withdrawn or postponed."""

    key: str
    fixed: int | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class PlacedMeeting:
    """A meeting with its saker in agenda order (all its days, one after the other).

    Attributes:
        date: the first day.
        frozen: whether its innkalling is frozen.
        start: start of the first day; parts two meetings of one day.
        fixed: the meeting number, once frozen.
        counts: false when the meeting is cancelled.
    """

    key: str
    date: date
    frozen: bool = False
    saker: tuple[PlacedSak, ...] = ()
    start: time = time.min
    fixed: int | None = None
    counts: bool = True


class AssignedNumber(NamedTuple):
    """A number; provisional until it is frozen («foreløpig»)."""

    number: int
    provisional: bool


class _Numbered(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def fixed(self) -> int | None: ...


def next_number(series: SeriesState) -> int:
    """Return the number that the next one to be fixed takes."""
    return max(series.first, max(series.fixed, default=0) + 1)


def in_date_order(meetings: Iterable[PlacedMeeting]) -> list[PlacedMeeting]:
    """Return the meetings by first day, start time and key."""
    return sorted(meetings, key=lambda meeting: (meeting.date, meeting.start, meeting.key))


def assign_sak_numbers(
    series: SeriesState, meetings: Iterable[PlacedMeeting]
) -> dict[str, AssignedNumber]:
    """Return the number of every sak that has or would take one, by key.

    Args:
        series: the sak series of the utvalg and year.
        meetings: all meetings of that utvalg and year, in any order.

    Raises:
        RuleError: `nummer_gitt_to_ganger` or `plassert_to_ganger`.
    """
    ordered = in_date_order(meetings)
    known = _with_fixed(series, [sak for meeting in ordered for sak in meeting.saker])
    late_first = sorted(ordered, key=lambda meeting: not meeting.frozen)
    waiting = [sak for meeting in late_first for sak in _waiting(meeting)]
    return _fixed_of(sak for meeting in ordered for sak in meeting.saker) | {
        key: AssignedNumber(number, provisional=True)
        for key, number in _number_on(known, waiting).items()
    }


def numbers_to_freeze(
    series: SeriesState, meetings: Iterable[PlacedMeeting], meeting_key: str
) -> dict[str, int]:
    """Return the sak numbers that become fixed when this meeting's innkalling is frozen.

    Holds for the first innkalling and for an updated one, which numbers the late saker.

    Raises:
        RuleError: `moete_avlyst_faar_ikke_nummer`, or as `assign_sak_numbers`.
        KeyError: no meeting has the key.
    """
    placed = _by_key(meetings)
    known = _with_fixed(series, [sak for meeting in placed.values() for sak in meeting.saker])
    return _number_on(known, _waiting(_called(placed[meeting_key])))


def number_to_take_up(series: SeriesState, meetings: Iterable[PlacedMeeting], sak_key: str) -> int:
    """Return the number that a late sak takes when its meeting takes it up.

    Raises:
        RuleError: `sak_har_allerede_nummer`, `sak_uten_plass_tas_ikke_opp` or
            `innkalling_er_ikke_ferdigstilt`, or as `assign_sak_numbers`.
        KeyError: no sak has the key.
    """
    placed = _by_key(meetings)
    saker = {sak.key: (meeting, sak) for meeting in placed.values() for sak in meeting.saker}
    known = _with_fixed(series, [sak for meeting in placed.values() for sak in meeting.saker])
    meeting, sak = saker[sak_key]
    if sak.fixed is not None:
        raise RuleError("sak_har_allerede_nummer", number=sak.fixed)
    if not (sak.counts and meeting.counts):
        raise RuleError("sak_uten_plass_tas_ikke_opp")
    if not meeting.frozen:
        raise RuleError("innkalling_er_ikke_ferdigstilt")
    return next_number(known)


def assign_meeting_numbers(
    series: SeriesState, meetings: Iterable[PlacedMeeting]
) -> dict[str, AssignedNumber]:
    """Return the number of every meeting that has or would take one, by key.

    Args:
        series: the meeting series of the utvalg and year (not its sak series).
        meetings: all meetings of that utvalg and year, in any order.

    Raises:
        RuleError: `nummer_gitt_to_ganger` or `plassert_to_ganger`.
    """
    ordered = in_date_order(meetings)
    known = _with_fixed(series, ordered)
    waiting = [meeting for meeting in ordered if meeting.fixed is None and meeting.counts]
    return _fixed_of(ordered) | {
        key: AssignedNumber(number, provisional=True)
        for key, number in _number_on(known, waiting).items()
    }


def meeting_number_to_freeze(
    series: SeriesState, meetings: Iterable[PlacedMeeting], meeting_key: str
) -> int:
    """Return the number that the meeting has once its innkalling is frozen; a fixed one stays.

    Raises:
        RuleError: `moete_avlyst_faar_ikke_nummer`, or as `assign_meeting_numbers`.
        KeyError: no meeting has the key.
    """
    placed = _by_key(meetings)
    known = _with_fixed(series, list(placed.values()))
    meeting = _called(placed[meeting_key])
    return next_number(known) if meeting.fixed is None else meeting.fixed


def unsent_before(meetings: Iterable[PlacedMeeting], meeting_key: str) -> tuple[str, ...]:
    """Return the keys of the unsent meetings that stand before this one in date order.

    When there are any, freezing this meeting first changes which numbers they will get.
    """
    ordered = in_date_order(meetings)
    place = [meeting.key for meeting in ordered].index(meeting_key)
    return tuple(m.key for m in ordered[:place] if m.counts and not m.frozen)


def require_single(keys: Sequence[str]) -> None:
    """Do nothing when no key is there twice.

    Raises:
        RuleError: `plassert_to_ganger`, with the `key`.
    """
    for key, times in Counter(keys).items():
        if times > 1:
            raise RuleError("plassert_to_ganger", key=key)


def _waiting(meeting: PlacedMeeting) -> list[PlacedSak]:
    if not meeting.counts:
        return []
    return [sak for sak in meeting.saker if sak.counts and sak.fixed is None]


def _called(meeting: PlacedMeeting) -> PlacedMeeting:
    if not meeting.counts:
        raise RuleError("moete_avlyst_faar_ikke_nummer")
    return meeting


def _by_key(meetings: Iterable[PlacedMeeting]) -> Mapping[str, PlacedMeeting]:
    listed = list(meetings)
    require_single([meeting.key for meeting in listed])
    return {meeting.key: meeting for meeting in listed}


def _with_fixed(series: SeriesState, rows: Sequence[_Numbered]) -> SeriesState:
    """Return the series with the rows' fixed numbers, or raise if one is there twice."""
    require_single([row.key for row in rows])
    fixed = [row.fixed for row in rows if row.fixed is not None]
    for number, times in Counter(fixed).items():
        if times > 1:
            raise RuleError("nummer_gitt_to_ganger", number=number)
    return SeriesState(series.first, series.fixed.union(fixed))


def _fixed_of(rows: Iterable[_Numbered]) -> dict[str, AssignedNumber]:
    return {
        row.key: AssignedNumber(row.fixed, provisional=False)
        for row in rows
        if row.fixed is not None
    }


def _number_on(series: SeriesState, waiting: Sequence[_Numbered]) -> dict[str, int]:
    start = next_number(series)
    return {row.key: number for number, row in enumerate(waiting, start)}
