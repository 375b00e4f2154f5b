"""Where the carets stand among lines, and edits of the lines that are selected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.richtext.grid import placed_cells
from desktop.richtext.tree import Cell, Row, Table
from desktop.viewmodels.text.lines import Caret, CellLines, Entry, Line, Piece, TableLines
from desktop.viewmodels.text.mend import Path

HERE = Caret()
ANCHOR = Caret(anchor=True)

Within = Callable[[list[Entry], int], list[Entry] | None]
"""Edits the lines of the text or cell that hold the caret, given the index of its line."""


@dataclass(frozen=True, slots=True)
class Span:
    """The selected lines: an interval of top lines, or cells of one table."""

    first: int
    last: int
    cells: frozenset[tuple[int, int]] | None = None


def caret_path(entries: Sequence[Entry], caret: Caret) -> Path | None:
    """Return the path of the line that holds a caret."""
    for index, entry in enumerate(entries):
        if isinstance(entry, Line):
            if caret in entry.pieces:
                return (index,)
            continue
        for row_index, row in enumerate(entry.rows):
            for cell_index, cell in enumerate(row):
                inner = caret_path(cell.lines, caret)
                if inner:
                    return (index, row_index, cell_index, *inner)
    return None


def carets_in(line: Line) -> bool:
    """Return whether a caret stands in a line."""
    return HERE in line.pieces or ANCHOR in line.pieces


def within(entries: list[Entry], edit: Within) -> list[Entry] | None:
    """Edit the innermost lines that hold the caret."""
    path = caret_path(entries, HERE)
    if path is None:
        return None
    if len(path) == 1:
        return edit(list(entries), path[0])
    index, row, cell, line = path
    table = entries[index]
    if not isinstance(table, TableLines):
        return None
    inner = edit(list(table.rows[row][cell].lines), line)
    if inner is None:
        return None
    lines = tuple(entry for entry in inner if isinstance(entry, Line))
    return with_entry(entries, index, with_cell(table, row, cell, lines))


def with_entry(entries: Sequence[Entry], index: int, *new: Entry) -> list[Entry]:
    """Return the entries with one replaced."""
    return [*entries[:index], *new, *entries[index + 1 :]]


def with_cell(table: TableLines, row: int, cell: int, lines: tuple[Line, ...]) -> TableLines:
    """Return the table with other lines in a cell."""
    rows = list(table.rows)
    cells = list(rows[row])
    cells[cell] = replace(cells[cell], lines=lines)
    rows[row] = tuple(cells)
    return replace(table, rows=tuple(rows))


def span_of(entries: Sequence[Entry]) -> Span | None:
    """Return what is selected; without a selection the line of the caret."""
    here = caret_path(entries, HERE)
    if here is None:
        return None
    anchor = caret_path(entries, ANCHOR) or here
    first, last = sorted((here, anchor))
    table = entries[first[0]]
    if first[0] == last[0] and isinstance(table, TableLines):
        return Span(first[0], last[0], _rectangle(table, first[1:3], last[1:3]))
    return Span(first[0], last[0])


def grid_places(table: TableLines) -> list[tuple[int, int, int, int, CellLines]]:
    """Return row, index in the row, grid row, grid column and cell, in reading order."""
    rows = tuple(
        Row(tuple(Cell((), cell.column_span, cell.row_span) for cell in row)) for row in table.rows
    )
    numbered = [
        (row_index, cell_index, cell)
        for row_index, row in enumerate(table.rows)
        for cell_index, cell in enumerate(row)
    ]
    return [
        (row_index, cell_index, row, column, cell)
        for (row_index, cell_index, cell), (row, column, _cell) in zip(
            numbered, placed_cells(Table(rows)), strict=True
        )
    ]


def _rectangle(table: TableLines, one: Path, other: Path) -> frozenset[tuple[int, int]]:
    """Return the cells, as row and index, of the rectangle that two cells span."""
    if one == other:
        return frozenset({(one[0], one[1])})
    places = grid_places(table)
    corners = [place for place in places if place[:2] in {tuple(one), tuple(other)}]
    top, left = min(p[2] for p in corners), min(p[3] for p in corners)
    bottom = max(p[2] + p[4].row_span for p in corners)
    right = max(p[3] + p[4].column_span for p in corners)
    return frozenset(
        (row_index, cell_index)
        for row_index, cell_index, row, column, _cell in places
        if top <= row < bottom and left <= column < right
    )


def selected_lines(entries: Sequence[Entry]) -> Iterator[Line]:
    """Yield the lines that are selected, wholly or in part."""
    found: list[Line] = []

    def note(line: Line) -> Line:
        found.append(line)
        return line

    map_selected(entries, note)
    yield from found


def map_selected(entries: Sequence[Entry], edit: Callable[[Line], Line]) -> list[Entry]:
    """Return the entries with every line that is selected, wholly or in part, edited."""
    span = span_of(entries)
    if span is None:
        return list(entries)
    done: list[Entry] = []
    for index, entry in enumerate(entries):
        if not span.first <= index <= span.last:
            done.append(entry)
        elif isinstance(entry, Line):
            done.append(edit(entry))
        else:
            done.append(_map_table(entry, span.cells, edit))
    return done


def _map_table(
    table: TableLines, cells: frozenset[tuple[int, int]] | None, edit: Callable[[Line], Line]
) -> TableLines:
    one = cells is not None and len(cells) == 1
    return replace(
        table,
        rows=tuple(
            tuple(
                _map_cell(cell, edit, only_between=one)
                if cells is None or (row_index, cell_index) in cells
                else cell
                for cell_index, cell in enumerate(row)
            )
            for row_index, row in enumerate(table.rows)
        ),
    )


def _map_cell(cell: CellLines, edit: Callable[[Line], Line], *, only_between: bool) -> CellLines:
    if only_between:
        lines = tuple(e for e in map_selected(cell.lines, edit) if isinstance(e, Line))
    else:
        lines = tuple(map(edit, cell.lines))
    return replace(cell, lines=lines)


def map_pieces(entries: Sequence[Entry], edit: Callable[[Piece], Sequence[Piece]]) -> list[Entry]:
    """Return the entries with every selected piece replaced by those that `edit` returns."""
    span = span_of(entries)
    by_cell = span is not None and span.cells is not None and len(span.cells) > 1
    inside = False

    def edit_line(line: Line) -> Line:
        nonlocal inside
        pieces: list[Piece] = []
        for piece in line.pieces:
            if isinstance(piece, Caret):
                inside = not inside
                pieces.append(piece)
            elif inside or by_cell:
                pieces += edit(piece)
            else:
                pieces.append(piece)
        return replace(line, pieces=tuple(pieces))

    return map_selected(entries, edit_line)
