"""The rows, heading rows and column widths of an HTML table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from desktop.importing.html_dom import Element

_SECTIONS: Final = frozenset({"thead", "tbody", "tfoot"})
_CELLS: Final = frozenset({"td", "th"})
_WITHOUT_TEXT: Final = frozenset({"caption", "col", "colgroup", "script", "style", "template"})
_LENGTH: Final = re.compile(r"\s*([0-9]{1,5})(?:\.[0-9]{0,9})?\s*(%|[a-z]{2,4}|)\s*")
_STYLE_WIDTH: Final = re.compile(r"(?:^|;)\s*width\s*:([^;]*)")


@dataclass(slots=True)
class Rows:
    """The parts of a table in the order they stand.

    Attributes:
        cells: The cell elements of each row.
        headings: How many of the first rows are headings.
        stray: What stands in the table but in no cell.
    """

    cells: list[list[Element]] = field(default_factory=list)
    headings: int = 0
    stray: list[Element | str] = field(default_factory=list)


def table_rows(table: Element) -> Rows:
    """Return the rows: those of `thead` are headings, else the first ones that are all `th`."""
    rows = Rows()
    _gather(table, rows)
    if not rows.headings:
        for row in rows.cells:
            if not row or any(cell.tag != "th" for cell in row):
                break
            rows.headings += 1
    return rows


def _gather(parent: Element, rows: Rows) -> None:
    loose: list[Element] | None = None
    for child in parent.children:
        tag = child if isinstance(child, str) else child.tag
        if isinstance(child, str):
            if child.strip():
                rows.stray.append(child)
            continue
        if tag in _CELLS:
            if loose is None:
                loose = []
                rows.cells.append(loose)
            loose.append(child)
            continue
        loose = None
        if tag == "tr":
            rows.cells.append([cell for cell in child.elements() if cell.tag in _CELLS])
            rows.stray.extend(_stray_in_row(child))
        elif tag in _SECTIONS:
            first = not rows.cells
            _gather(child, rows)
            if tag == "thead" and first:
                rows.headings = len(rows.cells)
        elif tag not in _WITHOUT_TEXT:
            rows.stray.append(child)


def _stray_in_row(row: Element) -> Iterator[Element | str]:
    for child in row.children:
        if isinstance(child, str):
            if child.strip():
                yield child
        elif child.tag not in _CELLS | _WITHOUT_TEXT:
            yield child


def span(cell: Element, name: str, limit: int) -> int:
    """Return a `colspan` or `rowspan`; 0 means as far as the table goes."""
    value = cell.attributes.get(name, "").strip()
    if not (value.isascii() and value.isdigit()) or len(value) > 5:
        return 1
    return min(int(value) or limit, limit)


def column_widths(table: Element, columns: int) -> tuple[int, ...]:
    """Return relative widths from `data-bredder` or `col`, or none when they do not fit."""
    given = table.attributes.get("data-bredder", "").split()
    if given:
        widths = [int(part) for part in given if re.fullmatch(r"[0-9]{1,6}", part)]
    else:
        widths = _col_widths(table)
    fits = len(widths) == columns and all(width > 0 for width in widths)
    return tuple(widths) if fits else ()


def _col_widths(table: Element) -> list[int]:
    lengths: list[tuple[int, str]] = []
    for group in table.elements():
        for col in group.elements() if group.tag == "colgroup" else [group]:
            if col.tag == "col":
                lengths.extend([_length(col)] * span(col, "span", 63))
    same_unit = len({unit for _, unit in lengths}) == 1
    return [number for number, _ in lengths] if same_unit else []


def _length(col: Element) -> tuple[int, str]:
    style = _STYLE_WIDTH.search(col.attributes.get("style", "").lower())
    written = style.group(1) if style else col.attributes.get("width", "").lower()
    match = _LENGTH.fullmatch(written)
    return (int(match.group(1)), match.group(2)) if match else (0, "")
