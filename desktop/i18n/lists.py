"""Lists in running text: "A, B og C"."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.i18n.locales import BOKMAAL, locale_of


def join_names(names: Sequence[str], maalform: str = BOKMAAL) -> str:
    """Return the names as a sentence has them: "A", "A og B", "A, B og C"; "" for none."""
    if len(names) < 2:
        return "".join(names)
    from babel.lists import format_list  # noqa: PLC0415

    return format_list(names, style="standard", locale=locale_of(maalform))
