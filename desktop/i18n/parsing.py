"""Dates and clock times as Norwegians type them, read into values.

What cannot be read raises `UnreadableTextError`, whose text is a Norwegian sentence for the user.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType

from desktop.i18n.locales import BOKMAAL, NYNORSK, month_names
from desktop.i18n.messages import message

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_NUMERIC = re.compile(
    r"(?P<day>\d{1,2})(?P<sep>[./-])\s*(?P<month>\d{1,2})(?:(?P=sep)\s*(?P<year>\d{4}|\d{2})?)?",
    re.ASCII,
)
_NAMED = re.compile(
    r"(?P<day>\d{1,2})\.?\s*(?P<name>[a-zæøå]{3,})\.?(?:,?\s*(?P<year>\d{4}|\d{2}))?",
    re.ASCII,
)
_WEEKDAY = re.compile(
    r"^(?:man|mån|tir|tys|ons|tor|fre|lør|lau|søn)[a-zæøå]*\.?,?\s+(?:den\s+)?(?=\d)"
)
_CLOCK_PREFIX = re.compile(r"^(?:klokka|klokken|kl\.?)\s*")
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:\s*[.:]\s*(?P<minute>\d{2}))?", re.ASCII)
_COMPACT_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})", re.ASCII)


class UnreadableTextError(ValueError):
    """A text is no date or clock time.

    `code` and `params` name the reason as `desktop.i18n.messages` has it; `str()` is the sentence.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(message(code, params))
        self.code = code
        self.params: Mapping[str, object] = MappingProxyType(params)


def parse_date(text: str, *, near: date | None = None) -> date:
    """Return the date that a text names.

    Reads "14.12.23", "14.12.2023", "14/12/2023", "14-12-2023", "14. des", "14. desember 2023",
    "torsdag 14. desember 2023" and "2023-12-14". Two digits of a year mean 1970 to 2069. Without a
    year ("14.12.", "14. des") the date is the one nearest to `near`.

    Raises:
        UnreadableTextError: `dato_uleselig`, `dato_finnes_ikke` or `dato_uten_aar`.
    """
    wanted = _WEEKDAY.sub("", " ".join(text.casefold().split()), count=1)
    for pattern in (_ISO, _NUMERIC, _NAMED):
        found = pattern.fullmatch(wanted)
        if found:
            return _date_of(found.groupdict(), text, near)
    raise UnreadableTextError("dato_uleselig", tekst=text.strip())


def _date_of(parts: dict[str, str | None], text: str, near: date | None) -> date:
    day = int(parts["day"] or 0)
    month = _month_number(parts["name"], text) if parts.get("name") else int(parts["month"] or 0)
    year = parts.get("year")
    if year is not None:
        return _existing(_full_year(year), month, day, text)
    if near is None:
        raise UnreadableTextError("dato_uten_aar", tekst=text.strip())
    candidates = [_date_or_none(near.year + step, month, day) for step in (-1, 0, 1)]
    existing = [candidate for candidate in candidates if candidate is not None]
    if not existing:
        raise UnreadableTextError("dato_finnes_ikke", tekst=text.strip())
    return min(existing, key=lambda candidate: abs(candidate - near))


def _month_number(name: str | None, text: str) -> int:
    for maalform in (BOKMAAL, NYNORSK):
        for number, full in month_names(maalform).items():
            if name and full.startswith(name):
                return number
    raise UnreadableTextError("dato_uleselig", tekst=text.strip())


def _full_year(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) < 70 else 1900)


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _existing(year: int, month: int, day: int, text: str) -> date:
    found = _date_or_none(year, month, day)
    if found is None:
        raise UnreadableTextError("dato_finnes_ikke", tekst=text.strip())
    return found


def parse_clock(text: str) -> time:
    """Return the clock time that a text names: "kl 10", "1000", "10.00", "10:00", "930", "9".

    Raises:
        UnreadableTextError: `klokkeslett_uleselig` or `klokkeslett_finnes_ikke` (24.00, 10.75).
    """
    wanted = _CLOCK_PREFIX.sub("", " ".join(text.casefold().split()), count=1)
    found = _CLOCK.fullmatch(wanted) or _COMPACT_CLOCK.fullmatch(wanted)
    if found is None:
        raise UnreadableTextError("klokkeslett_uleselig", tekst=text.strip())
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > 23 or minute > 59:
        raise UnreadableTextError("klokkeslett_finnes_ikke", tekst=text.strip())
    return time(hour, minute)
