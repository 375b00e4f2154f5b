"""Tables in foreign HTML: hidden rows and columns go, header rows and widths are found.

Excel copies what it hides with `display:none`; Word says with a bit of `mso-yfti-tbllook` that a
table's style sets off its first row, but the plain table grid shows nothing of it. So the first
row is a heading where it is one in HTML, where a style of its own shows it, or where all of it is
bold.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from desktop.importing.html_dom import Element
from desktop.importing.html_style import StyleSheet, points
from desktop.importing.html_table import span
from desktop.richtext.grid import MAX_COLUMNS

Container = Callable[[Element], list[Element]]
Content = list[Element]

_CELLS: Final = frozenset({"td", "th"})
_SECTIONS: Final = frozenset({"thead", "tbody", "tfoot"})
_FIRST_ROW: Final = 0x20
_LOOK: Final = re.compile(r"mso-yfti-tbllook\s*:\s*([0-9]{1,6})", re.IGNORECASE)
_PLAIN_STYLES: Final = frozenset({"msotablegrid", "msonormaltable"})
_HIDDEN_WIDTH: Final = frozenset({"0", "0px", "0pt"})
_SHARE: Final = re.compile(r"([0-9]{1,5})(?:\.[0-9]{1,9})?[%*]")
_ALIKE: Final = 0.02
_TRACKED: Final = 4 * MAX_COLUMNS


@dataclass(slots=True)
class _Cell:
    element: Element
    column: int
    columns: int
    row: int
    rows: int
    content: Content = field(default_factory=list)


class TableRewriter:
    """Makes the tables of one text plain: `table`, `thead`, `tr`, `td`, with whole grids of cells.

    Args:
        sheet: The text's style sheet.
        container: Rewrites what stands in an element.
    """

    def __init__(self, sheet: StyleSheet, container: Container) -> None:
        self._sheet = sheet
        self._container = container

    def rewrite(self, table: Element) -> list[Element]:
        """Return the blocks of a table: its caption and what stands in no cell, then the table.

        A table of which one cell shows is its content alone.
        """
        parts = _Parts()
        parts.gather(table)
        before = [block for stray in parts.stray for block in self._container(stray)]
        cells = self._cells(parts, table)
        for row in cells:
            for cell in row:
                cell.content = self._container(cell.element)
        while cells and not any(map(_shows, cells[-1])):
            cells.pop()
        if not cells:
            return before
        if sum(map(len, cells)) == 1:
            return before + [block for row in cells for cell in row for block in cell.content]
        return [*before, self._table(table, cells, parts.headings)]

    def _table(self, table: Element, cells: list[list[_Cell]], headings: int) -> Element:
        if not headings and len(cells) > 1 and self._has_header(table, cells[0]):
            headings = 1
        rows = [
            Element("tr", {}, table.line, [_cell_element(cell, number < headings) for cell in row])
            for number, row in enumerate(cells)
        ]
        head = [Element("thead", {}, table.line, [*rows[:headings]])] if headings else []
        body = Element("tbody", {}, table.line, [*rows[headings:]])
        return Element("table", {}, table.line, [*self._widths(table, cells), *head, body])

    def _has_header(self, table: Element, row: list[_Cell]) -> bool:
        if not any(map(_shows, row)):
            return False
        look = _LOOK.search(table.attributes.get("style", ""))
        own_style = table.classes and not _PLAIN_STYLES & set(
            table.attributes["class"].lower().split()
        )
        if look and int(look[1]) & _FIRST_ROW and own_style:
            return True
        return all(_all_bold(block) for cell in row for block in cell.content)

    def _cells(self, parts: _Parts, table: Element) -> list[list[_Cell]]:
        """Return the cells of the rows that show; spans count rows and columns that show."""
        placed = _placed([row for row, _ in parts.rows])
        hidden_columns = self._hidden_columns(table)
        for cell in (cell for row in placed for cell in row):
            across = range(cell.column, cell.column + cell.columns)
            cell.columns = sum(1 for column in across if column not in hidden_columns)
        hidden = [
            self._hides(row, owners) for row, (_, owners) in zip(placed, parts.rows, strict=True)
        ]
        shown = [number for number, hides in enumerate(hidden) if not hides]
        parts.headings = bisect_left(shown, parts.headings)
        rows: list[list[_Cell]] = [[] for _ in shown]
        for cell in (cell for row in placed for cell in row if cell.columns):
            first = bisect_left(shown, cell.row)
            cell.rows = bisect_left(shown, cell.row + cell.rows) - first
            if cell.rows:
                rows[first].append(cell)
        for line in rows:
            line.sort(key=lambda cell: cell.column)
        return rows

    def _hides(self, row: list[_Cell], owners: list[Element]) -> bool:
        """Return whether a row is hidden, or no cell begins in it."""
        return not any(cell.columns for cell in row) or any(map(self._is_hidden, owners))

    def _is_hidden(self, element: Element) -> bool:
        return self._sheet.of(element).get("display") == "none" or "hidden" in element.attributes

    def _hidden_columns(self, table: Element) -> set[int]:
        hidden: set[int] = set()
        column = 0
        for col in _cols(table):
            width = span(col, "span", MAX_COLUMNS)
            none = col.attributes.get("width", "").strip() in _HIDDEN_WIDTH
            if none or self._is_hidden(col):
                hidden.update(range(column, column + width))
            column += width
        return hidden

    def _widths(self, table: Element, cells: list[list[_Cell]]) -> list[Element]:
        """Return a `col` per column that shows, or none where the columns are alike or unknown."""
        cols = [
            self._width(col)
            for col in _cols(table)
            for _ in range(span(col, "span", MAX_COLUMNS))
            if not self._is_hidden(col)
            and col.attributes.get("width", "").strip() not in _HIDDEN_WIDTH
        ]
        columns = sum(cell.columns for cell in cells[0])
        if len(cols) < columns or None in cols[:columns]:
            whole = next((row for row in cells if len(row) == columns), [])
            cols = [self._width(cell.element) for cell in whole]
        known = [width for width in cols[:columns] if width]
        if len(known) != columns or max(known) - min(known) <= _ALIKE * max(known):
            return []
        return [Element("col", {"width": str(max(1, round(width)))}) for width in known]

    def _width(self, element: Element) -> float | None:
        written = element.attributes.get("width", "").strip()
        width = points(self._sheet.of(element).get("width")) or points(f"{written}px")
        share = _SHARE.fullmatch(written)
        return width or (float(share[1]) if share else None)


def is_layout(table: Element) -> bool:
    """Return whether a table only places its content: it says so, or has a single cell."""
    if table.attributes.get("role", "").lower() in {"presentation", "none"}:
        return True
    parts = _Parts()
    parts.gather(table)
    return sum(len(row) for row, _ in parts.rows) <= 1


class _Parts:
    """The rows of a table with what may hide them, how many are headings, and the rest."""

    def __init__(self) -> None:
        self.rows: list[tuple[list[Element], list[Element]]] = []
        self.headings = 0
        self.stray: list[Element] = []

    def gather(self, parent: Element, owners: tuple[Element, ...] = ()) -> None:
        for child in parent.children:
            if isinstance(child, str):
                if child.strip():
                    self.stray.append(Element("p", {}, parent.line, [child]))
            elif child.tag == "tr":
                self._row(child, owners)
            elif child.tag in _SECTIONS:
                first = not self.rows
                self.gather(child, (*owners, child))
                if child.tag == "thead" and first:
                    self.headings = len(self.rows)
            elif child.tag in _CELLS:
                self.rows.append(([child], [*owners]))
            elif child.tag not in {"col", "colgroup"}:
                self.stray.append(Element("div", {}, child.line, [child]))

    def _row(self, row: Element, owners: tuple[Element, ...]) -> None:
        cells = [cell for cell in row.elements() if cell.tag in _CELLS]
        others = [one for one in row.elements() if one.tag not in _CELLS]
        self.stray.extend(Element("div", {}, one.line, [one]) for one in others)
        plain_head = len(self.rows) == self.headings and all(cell.tag == "th" for cell in cells)
        self.rows.append((cells, [*owners, row]))
        if cells and plain_head and not any(owner.tag == "thead" for owner in owners):
            self.headings += 1


def _placed(rows: list[list[Element]]) -> list[list[_Cell]]:
    until: dict[int, int] = {}
    placed: list[list[_Cell]] = []
    for number, row in enumerate(rows):
        column = 0
        line: list[_Cell] = []
        for element in row:
            while until.get(column, 0) > number:
                column += 1
            stated = element.attributes.get("colspan", "").strip() != "0"
            columns = span(element, "colspan", MAX_COLUMNS) if stated else 1
            down = min(span(element, "rowspan", 65534), len(rows) - number)
            line.append(_Cell(element, column, columns, number, down))
            if down > 1 and column < _TRACKED:
                until.update(dict.fromkeys(range(column, column + columns), number + down))
            column += columns
        placed.append(line)
    return placed


def _cols(table: Element) -> Iterator[Element]:
    for child in table.elements():
        if child.tag == "col":
            yield child
        elif child.tag == "colgroup":
            inner = [col for col in child.elements() if col.tag == "col"]
            yield from inner or [child]


def _cell_element(cell: _Cell, is_heading: bool) -> Element:
    attributes = {}
    if cell.columns > 1:
        attributes["colspan"] = str(cell.columns)
    if cell.rows > 1:
        attributes["rowspan"] = str(cell.rows)
    content = [without_bold(block) for block in cell.content] if is_heading else cell.content
    return Element("td", attributes, cell.element.line, [*content])


def without_bold(element: Element) -> Element:
    """Return the element with its bold text as plain text; headings have a look of their own."""
    children: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            children.append(child)
        elif child.tag == "strong":
            children.extend(without_bold(child).children)
        else:
            children.append(without_bold(child))
    return Element(element.tag, element.attributes, element.line, children)


def _shows(cell: _Cell) -> bool:
    return bool(cell.content)


def _all_bold(node: Element) -> bool:
    if node.tag == "strong":
        return True
    return all(
        _all_bold(child) if isinstance(child, Element) else not child.strip()
        for child in node.children
    )
