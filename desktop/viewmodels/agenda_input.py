"""What people type for how long a row lasts and when it must start."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from desktop.i18n.catalogue import words
from desktop.i18n.parsing import UnreadableTextError, parse_clock

_ = words("nb")

_NOTHING: Final = frozenset({"", "×", "x", "-", "–"})
_MINUTES = re.compile(r"(?P<minutes>\d{1,3})(?:\s*(?:m|min|minutt|minutter)\.?)?", re.ASCII)
_MANY_MINUTES = re.compile(r"(?P<minutes>\d{4})\s*(?:m|min|minutter)\.?", re.ASCII)
_HOURS = re.compile(
    r"(?P<hours>\d{1,2})(?:[.,](?P<part>\d{1,2}))?\s*(?:t|time|timer)\.?"
    r"(?:\s*(?:og\s*)?(?P<minutes>\d{1,2})\s*(?:m|min|minutt|minutter)?\.?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class RowTime:
    """How many minutes a row lasts, and the clock time at which it must start, if any."""

    minutes: int | None
    fixed: dt.time | None


class UnreadableInputError(ValueError):
    """What was typed says nothing here; `str()` is the sentence for the user."""


def read_duration(text: str, held: RowTime) -> RowTime:
    """Return what was typed where the duration stands.

    Reads "30", "30 min", "1 t 30 min", "1,5 timer"; a clock time ("kl 10", "1000", "10.30") is the
    fixed time instead. "×" or nothing takes the duration away.

    Raises:
        UnreadableInputError: it is neither.
    """
    wanted = " ".join(text.casefold().split())
    if wanted in _NOTHING:
        return RowTime(None, held.fixed)
    minutes = _minutes(wanted)
    return RowTime(minutes, held.fixed) if minutes is not None else _fixed(text, held)


def read_start(text: str, held: RowTime) -> RowTime:
    """Return what was typed where the clock time stands: "kl 10", "1000", "10.30", "9".

    "×" or nothing lets the row follow the one before it; "30 min" is the duration.

    Raises:
        UnreadableInputError: it is neither.
    """
    wanted = " ".join(text.casefold().split())
    if wanted in _NOTHING:
        return RowTime(held.minutes, None)
    minutes = None if wanted.isdigit() else _minutes(wanted)
    return RowTime(minutes, held.fixed) if minutes is not None else _fixed(text, held)


def _minutes(wanted: str) -> int | None:
    found = _MINUTES.fullmatch(wanted) or _MANY_MINUTES.fullmatch(wanted)
    if found:
        return int(found["minutes"])
    hours = _HOURS.fullmatch(wanted)
    if hours is None:
        return None
    part = round(float(f"0.{hours['part']}") * 60) if hours["part"] else 0
    return int(hours["hours"]) * 60 + part + int(hours["minutes"] or 0)


def _fixed(text: str, held: RowTime) -> RowTime:
    try:
        return RowTime(held.minutes, parse_clock(text))
    except UnreadableTextError as error:
        if error.code == "klokkeslett_finnes_ikke":
            raise UnreadableInputError(str(error)) from error
        raise UnreadableInputError(
            _(
                "«{tekst}» er verken en varighet eller et klokkeslett. Skriv for eksempel 30, "
                "30 min eller kl. 10.30, eller × for å fjerne."
            ).format(tekst=text.strip()[:60])
        ) from error
