"""What is selected, as a tree of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QTextCursor

from desktop.richtext.tree import Tree
from desktop.viewmodels.text.change import Changer
from desktop.viewmodels.text.lines import CellLines, Entry, Line, TableLines, fold
from desktop.viewmodels.text.mend import mend
from desktop.viewmodels.text.walk import ANCHOR, HERE, grid_places, span_of


def tree_of_selection(cursor: QTextCursor, changer: Changer | None = None) -> Tree:
    """Return what a cursor has selected: words, whole lines, cells of a table, or tables."""
    if not cursor.hasSelection():
        return Tree()
    maker = changer or Changer(cursor.document())
    return Tree(fold(mend(_selected(maker.entries(cursor))).entries))


def _selected(entries: Sequence[Entry]) -> list[Entry]:
    span = span_of(entries)
    if span is None:
        return []
    first = entries[span.first]
    if span.cells is not None and isinstance(first, TableLines):
        return _cells(first, span.cells)
    chosen = entries[span.first : span.last + 1]
    if len(chosen) == 1 and isinstance(first, Line):
        return [_one_line(first)]
    done = [
        _cut(entry, first=index == 0) if isinstance(entry, Line) else entry
        for index, entry in enumerate(chosen)
    ]
    return [entry for entry in done if not isinstance(entry, Line) or entry.kind != "phantom"]


def _one_line(line: Line) -> Line:
    """Return what is selected in one line: words alone are a plain paragraph."""
    places = [index for index, piece in enumerate(line.pieces) if piece in {HERE, ANCHOR}]
    pieces = line.pieces[places[0] + 1 : places[-1]]
    whole = places[0] == 0 and places[-1] == len(line.pieces) - 1
    return replace(line, pieces=pieces) if whole else Line(pieces)


def _cut(line: Line, *, first: bool) -> Line:
    """Return a line at an edge of the selection without what is outside it."""
    for caret in (HERE, ANCHOR):
        if caret in line.pieces:
            place = line.pieces.index(caret)
            pieces = line.pieces[place + 1 :] if first else line.pieces[:place]
            return replace(line, pieces=pieces)
    return line


def _cells(table: TableLines, cells: frozenset[tuple[int, int]]) -> list[Entry]:
    if len(cells) == 1:
        row, cell = next(iter(cells))
        return _selected(table.rows[row][cell].lines)
    return [_part(table, cells)]


def _part(table: TableLines, cells: frozenset[tuple[int, int]]) -> TableLines:
    rows: list[tuple[CellLines, ...]] = []
    columns: set[int] = set()
    heads = 0
    for row_index, row in enumerate(table.rows):
        kept = tuple(cell for index, cell in enumerate(row) if (row_index, index) in cells)
        if kept:
            rows.append(kept)
            heads += row_index < table.header_rows
    for row_index, cell_index, _row, column, cell in grid_places(table):
        if (row_index, cell_index) in cells:
            columns.update(range(column, column + cell.column_span))
    widths = tuple(width for index, width in enumerate(table.column_widths) if index in columns)
    return TableLines(tuple(rows), heads, widths, table.id)
