"""Where an error of an exchange file is, as people read it.

`tabeller → sak → rad 12 (33/23 «Gjennomgang») → sakstype`: rows are counted from 1, and called by
what they say of themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from desktop.importing.exchange_json import Path

_ARROW: Final = " → "
_LONGEST: Final = 60
_NAMES: Final = ("tittel", "navn", "overskrift", "filnavn", "referanse", "oppgave", "tekst", "dato")
_FILES: Final = "filer"
_ROW_DEPTH: Final = {"tabeller": 2, _FILES: 1}


def place_of(document: object, path: Path, inside: str = "") -> str:
    """Return the place of a path; `inside` is a place in the text that stands there."""
    value = document
    parts: list[str] = []
    row_depth = _ROW_DEPTH.get(str(path[0]), -1) if path else -1
    for depth, step in enumerate(path):
        value = _below(value, step)
        is_row = depth == row_depth and isinstance(step, int)
        parts.append(_row(step, value) if is_row else _step(step))
    if inside:
        parts.append(inside)
    return _ARROW.join(parts) or "hele filen"


def position_of(document: object, path: Path) -> tuple[int, ...]:
    """Return what sorts errors in the order of the file; a missing field comes after the others."""
    value = document
    found: list[int] = []
    for step in path:
        if isinstance(step, int):
            found.append(step)
        else:
            names = list(value) if isinstance(value, dict) else []
            found.append(names.index(step) if step in names else len(names))
        value = _below(value, step)
    return tuple(found)


def label_of(row: object) -> str:
    """Return what a row calls itself: `33/23 «Gjennomgang»`, a name, or nothing."""
    if not isinstance(row, Mapping):
        return ""
    return " ".join(part for part in (_number(row), _name(row)) if part)


def shown(value: object) -> str:
    """Return a value of a file on one line, cut where it is long."""
    text = " ".join(str(value).encode("utf-8", "replace").decode().split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _below(value: object, step: str | int) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _step(step: str | int) -> str:
    return f"nr. {step + 1}" if isinstance(step, int) else shown(step)


def _row(index: str | int, row: object) -> str:
    label = label_of(row)
    return f"rad {int(index) + 1} ({label})" if label else f"rad {int(index) + 1}"


def _number(row: Mapping[Any, Any]) -> str:
    match row:
        case {"moetesaksaar": int(year), "moetesakssekvensnummer": int(number)}:
            return f"{number}/{year % 100:02}"
        case {"aar": int(year), "nummer": int(number)}:
            return f"{number}/{year}"
    return ""


def _name(row: Mapping[Any, Any]) -> str:
    match row:
        case {"fornavn": str(given), "etternavn": str(family)}:
            return f"«{shown(f'{given} {family}')}»"
    found = next((row[name] for name in _NAMES if isinstance(row.get(name), str)), None)
    return f"«{shown(found)}»" if found else ""
