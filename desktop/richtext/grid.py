"""The grid of a table: where its cells stand, what is wrong with it, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.richtext.tree import Cell, Paragraph, Row, Table

MAX_COLUMNS: Final = 63  # Word's limit


@dataclass(frozen=True, slots=True)
class GridFault:
    """The first fault of a grid; `row` counts from 0."""

    row: int
    code: str
    columns: int


@dataclass(slots=True)
class _Placed:
    column: int
    cell: Cell


def column_count(table: Table) -> int:
    """Return the number of grid columns of a valid table."""
    return sum(cell.column_span for cell in table.rows[0].cells) if table.rows else 0


def placed_cells(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Yield row, grid column and cell of a valid table in reading order, counted from 0."""
    until = [0] * column_count(table)
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            while until[column] > number:
                column += 1
            yield number, column, cell
            end = column + cell.column_span
            until[column:end] = [number + cell.row_span] * cell.column_span
            column = end


def grid_fault(rows: Sequence[Row]) -> GridFault | None:
    """Return why the rows are no rectangle of whole cells, or None."""
    columns = sum(cell.column_span for cell in rows[0].cells)
    if columns > MAX_COLUMNS:
        return GridFault(0, "too_many_columns", columns)
    until = [0] * columns
    for number, row in enumerate(rows):
        code = _row_fault(row, number, until)
        if code:
            return GridFault(number, code, columns)
    if any(end > len(rows) for end in until):
        return GridFault(len(rows) - 1, "span_outside", columns)
    return None


def _row_fault(row: Row, number: int, until: list[int]) -> str | None:
    """Lay the row's cells into `until`, the first free row of each column."""
    if not row.cells:
        return "empty_row"
    column = 0
    for cell in row.cells:
        if cell.column_span < 1 or cell.row_span < 1:
            return "span_too_small"
        while column < len(until) and until[column] > number:
            column += 1
        end = column + cell.column_span
        if end > len(until):
            return "row_too_long"
        if any(below > number for below in until[column:end]):
            return "span_overlap"
        until[column:end] = [number + cell.row_span] * cell.column_span
        column = end
    return "row_too_short" if any(end <= number for end in until) else None


@dataclass(frozen=True, slots=True)
class MendedGrid:
    """A grid after mending. `sources` tells for each row which given row it was."""

    rows: tuple[Row, ...]
    sources: tuple[int, ...]
    changed: bool


def mend_grid(rows: Sequence[Sequence[Cell]]) -> MendedGrid:
    """Return the rows as a valid grid that holds every block of every given cell.

    Spans are cut where they meet another cell or the table's edge, missing cells are added, cells
    beyond the last possible column join their left neighbour, and rows without a cell go.
    """
    placed = _place(rows)
    _cut_row_spans(placed)
    sources = [number for number, line in enumerate(placed) if line]
    for number in range(len(placed) - 1, -1, -1):
        if not placed[number]:
            _drop_row(placed, number)
    _fill(placed)
    mended = tuple(Row(tuple(entry.cell for entry in line)) for line in placed)
    return MendedGrid(mended, tuple(sources), mended != tuple(Row(tuple(row)) for row in rows))


def _place(rows: Sequence[Sequence[Cell]]) -> list[list[_Placed]]:
    placed: list[list[_Placed]] = []
    until = [0] * MAX_COLUMNS
    for number, row in enumerate(rows):
        placed.append(_place_row(row, number, until, placed))
    return placed


def _place_row(
    row: Sequence[Cell], number: int, until: list[int], above: list[list[_Placed]]
) -> list[_Placed]:
    line: list[_Placed] = []
    column = 0
    for cell in row:
        while column < MAX_COLUMNS and until[column] > number:
            column += 1
        if column == MAX_COLUMNS:
            _join(cell, line or next(filled for filled in reversed(above) if filled))
            continue
        end = column + 1
        while end < min(column + cell.column_span, MAX_COLUMNS) and until[end] <= number:
            end += 1
        rows_down = max(cell.row_span, 1)
        line.append(_Placed(column, replace(cell, column_span=end - column, row_span=rows_down)))
        until[column:end] = [number + rows_down] * (end - column)
        column = end
    return line


def _join(cell: Cell, line: list[_Placed]) -> None:
    last = line[-1]
    last.cell = replace(last.cell, blocks=last.cell.blocks + cell.blocks)


def _cut_row_spans(placed: list[list[_Placed]]) -> None:
    for number, line in enumerate(placed):
        for entry in line:
            if number + entry.cell.row_span > len(placed):
                entry.cell = replace(entry.cell, row_span=len(placed) - number)


def _fill(placed: list[list[_Placed]]) -> None:
    width = max((e.column + e.cell.column_span for line in placed for e in line), default=0)
    until = [0] * width
    for number, line in enumerate(placed):
        for entry in line:
            end = entry.column + entry.cell.column_span
            until[entry.column : end] = [number + entry.cell.row_span] * (end - entry.column)
        free = [column for column in range(width) if until[column] <= number]
        line.extend(_Placed(column, Cell((Paragraph(),))) for column in free)
        line.sort(key=lambda entry: entry.column)


def _drop_row(placed: list[list[_Placed]], number: int) -> None:
    for above, line in enumerate(placed[:number]):
        for entry in line:
            if above + entry.cell.row_span > number:
                entry.cell = replace(entry.cell, row_span=entry.cell.row_span - 1)
    del placed[number]
