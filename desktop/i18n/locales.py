"""Which Babel locale a målform has. Babel itself is loaded at first use: start-up must not pay."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from desktop.i18n.calendar_names import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from babel import Locale

BOKMAAL = "nb"
NYNORSK = "nn"


@cache
def locale_of(maalform: str) -> Locale:
    """Return the Babel locale of `"nb"` or `"nn"`.

    Raises:
        ValueError: for any other målform.
    """
    from babel.core import Locale  # noqa: PLC0415

    if maalform not in {BOKMAAL, NYNORSK}:
        raise ValueError(f"unknown målform: {maalform!r}")
    return Locale.parse(str(maalform))


@cache
def month_names(maalform: str) -> dict[int, str]:
    """Return the twelve months by number, 1 to 12."""
    return dict(enumerate(_names(MONTHS, maalform), 1))


@cache
def weekday_names(maalform: str) -> dict[int, str]:
    """Return the seven weekdays by number, Monday 0 to Sunday 6."""
    return dict(enumerate(_names(WEEKDAYS, maalform)))


def _names(table: Mapping[str, list[str]], maalform: str) -> list[str]:
    if maalform not in table:
        raise ValueError(f"unknown målform: {maalform!r}")
    return table[maalform]
