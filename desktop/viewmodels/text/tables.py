"""Edits of tables: rows and columns in, out and along, heading rows, merged cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.viewmodels.text.lines import CellLines, Entry, Line, TableLines, without_carets
from desktop.viewmodels.text.walk import (
    HERE,
    caret_path,
    grid_places,
    span_of,
    with_cell,
    with_entry,
)

Entries = list[Entry]
Edit = Callable[[Entries], Entries | None]
_EMPTY = CellLines((Line(),))


@dataclass(slots=True)
class Grid:
    """A table as a rectangle of places; a merged cell has several of them.

    `top`, `left`, `bottom`, `right` bound the selected cells (the last two beyond them).
    """

    places: list[list[int]]
    lines: dict[int, tuple[Line, ...]]
    widths: list[int]
    header_rows: int
    top: int
    left: int
    bottom: int
    right: int

    def blank(self) -> int:
        """Return a new empty cell."""
        token = max(self.lines, default=-1) + 1
        self.lines[token] = (Line(),)
        return token


GridEdit = Callable[[Grid], bool]


def in_table(edit: GridEdit) -> Edit:
    """Return the edit of the table that the caret is in. It says whether there is a change."""

    def run(entries: Entries) -> Entries | None:
        path, span = caret_path(entries, HERE), span_of(entries)
        if path is None or len(path) == 1 or span is None or span.cells is None:
            return None
        table = entries[path[0]]
        if not isinstance(table, TableLines):
            return None
        grid = _grid(table, span.cells)
        if not edit(grid):
            return None
        if not grid.places or not grid.places[0]:
            return with_entry(entries, path[0], Line((HERE,)))
        made = _table(grid, table)
        return with_entry(entries, path[0], _with_caret(made, grid)) if made else None

    return run


def _grid(table: TableLines, cells: frozenset[tuple[int, int]]) -> Grid:
    columns = sum(cell.column_span for cell in table.rows[0])
    places = [[-1] * columns for _row in table.rows]
    lines: dict[int, tuple[Line, ...]] = {}
    chosen: list[tuple[int, int]] = []
    for token, (row_index, cell_index, row, column, cell) in enumerate(grid_places(table)):
        lines[token] = cell.lines
        for down in range(row, row + cell.row_span):
            places[down][column : column + cell.column_span] = [token] * cell.column_span
        if (row_index, cell_index) in cells:
            chosen += [(row, column), (row + cell.row_span - 1, column + cell.column_span - 1)]
    rows, across = [row for row, _column in chosen], [column for _row, column in chosen]
    widths = list(table.column_widths)
    return Grid(
        places,
        lines,
        widths,
        table.header_rows,
        min(rows),
        min(across),
        max(rows) + 1,
        max(across) + 1,
    )


def _table(grid: Grid, table: TableLines) -> TableLines | None:
    """Return the table of a grid; None when a merged cell would be torn apart."""
    bounds: dict[int, tuple[int, int, int, int]] = {}
    for row, line in enumerate(grid.places):
        for column, token in enumerate(line):
            top, left, bottom, right = bounds.get(token, (row, column, row, column))
            bounds[token] = min(top, row), min(left, column), max(bottom, row), max(right, column)
    rows: list[tuple[CellLines, ...]] = []
    for row, line in enumerate(grid.places):
        cells: list[CellLines] = []
        for column, token in enumerate(line):
            top, left, bottom, right = bounds[token]
            inside = [
                place
                for across in grid.places[top : bottom + 1]
                for place in across[left : right + 1]
            ]
            if any(place != token for place in inside):
                return None
            if (row, column) == (top, left):
                cells.append(CellLines(grid.lines[token], right - left + 1, bottom - top + 1))
        rows.append(tuple(cells))
    return replace(
        table,
        rows=tuple(rows),
        header_rows=min(grid.header_rows, len(rows)),
        column_widths=tuple(grid.widths),
    )


def _with_caret(table: TableLines, grid: Grid) -> TableLines:
    """Put the caret into the selected place, if its cell is gone."""
    if caret_path([table], HERE) is not None:
        return table
    row = min(max(grid.top, 0), len(grid.places) - 1)
    column = min(max(grid.left, 0), len(grid.places[0]) - 1)
    for row_index, cell_index, top, left, cell in grid_places(table):
        covers_row = top <= row < top + cell.row_span
        if covers_row and left <= column < left + cell.column_span:
            first = cell.lines[0]
            lines = (replace(first, pieces=(HERE, *first.pieces)), *cell.lines[1:])
            return with_cell(table, row_index, cell_index, lines)
    return table


def add_row(*, below: bool) -> Edit:
    """Return the edit that adds an empty row above or below the selected ones."""

    def edit(grid: Grid) -> bool:
        at = grid.bottom if below else grid.top
        _insert_row(grid, at)
        return True

    return in_table(edit)


def _insert_row(grid: Grid, at: int) -> None:
    row: list[int] = []
    above = grid.places[at - 1] if 0 < at < len(grid.places) else None
    blanks: dict[int, int] = {}
    for column in range(len(grid.places[0])):
        if above and above[column] == grid.places[at][column]:
            row.append(above[column])
        else:
            blanks[column] = grid.blank()
            row.append(blanks[column])
    grid.places.insert(at, row)
    if at < grid.header_rows:
        grid.header_rows += 1


def add_column(*, after: bool) -> Edit:
    """Return the edit that adds an empty column before or after the selected ones."""

    def edit(grid: Grid) -> bool:
        at = grid.right if after else grid.left
        if len(grid.places[0]) >= _MAX_COLUMNS:
            return False
        for line in grid.places:
            inside = 0 < at < len(line) and line[at - 1] == line[at]
            line.insert(at, line[at] if inside else -1)
        for line in grid.places:
            if line[at] == -1:
                line[at] = grid.blank()
        if grid.widths:
            grid.widths.insert(at, grid.widths[min(at, len(grid.widths) - 1)])
        return True

    return in_table(edit)


_MAX_COLUMNS = 63


def remove_rows(entries: Entries) -> Entries | None:
    """Remove the selected rows; the table goes with its last row."""
    return in_table(_remove_rows)(entries)


def _remove_rows(grid: Grid) -> bool:
    heads = sum(row < grid.header_rows for row in range(grid.top, grid.bottom))
    del grid.places[grid.top : grid.bottom]
    grid.header_rows -= heads
    return True


def remove_columns(entries: Entries) -> Entries | None:
    """Remove the selected columns; the table goes with its last column."""
    return in_table(_remove_columns)(entries)


def _remove_columns(grid: Grid) -> bool:
    for line in grid.places:
        del line[grid.left : grid.right]
    del grid.widths[grid.left : grid.right]
    return True


def move_row(by: int) -> Edit:
    """Return the edit that moves the selected rows one up (-1) or down (1)."""

    def edit(grid: Grid) -> bool:
        top, bottom = grid.top, grid.bottom
        if not (top + by >= 0 and bottom + by <= len(grid.places)):
            return False
        moved = grid.places[top:bottom]
        del grid.places[top:bottom]
        grid.places[top + by : top + by] = moved
        return True

    return in_table(edit)


def move_column(by: int) -> Edit:
    """Return the edit that moves the selected columns one left (-1) or right (1)."""

    def edit(grid: Grid) -> bool:
        left, right = grid.left, grid.right
        if not (left + by >= 0 and right + by <= len(grid.places[0])):
            return False
        for line in [*grid.places, *([grid.widths] if grid.widths else [])]:
            moved = line[left:right]
            del line[left:right]
            line[left + by : left + by] = moved
        return True

    return in_table(edit)


def toggle_header(entries: Entries) -> Entries | None:
    """Make the rows down to the selected one heading rows, or none if they are that already."""

    def edit(grid: Grid) -> bool:
        grid.header_rows = 0 if grid.header_rows == grid.bottom else grid.bottom
        return True

    return in_table(edit)(entries)


def merge_cells(entries: Entries) -> Entries | None:
    """Make one cell of the selected ones, with the text of all."""

    def edit(grid: Grid) -> bool:
        tokens: dict[int, None] = {}
        for line in grid.places[grid.top : grid.bottom]:
            tokens |= dict.fromkeys(line[grid.left : grid.right])
        if len(tokens) < 2:
            return False
        kept = next(iter(tokens))
        lines = [line for token in tokens for line in grid.lines[token] if line.pieces]
        grid.lines[kept] = tuple(lines) or (Line(),)
        for line in grid.places[grid.top : grid.bottom]:
            line[grid.left : grid.right] = [kept] * (grid.right - grid.left)
        return True

    return in_table(edit)(entries)


def split_cell(entries: Entries) -> Entries | None:
    """Make single cells of the selected merged cells; the text stays in the first of each."""

    def edit(grid: Grid) -> bool:
        seen: set[int] = set()
        changed = False
        for line in grid.places[grid.top : grid.bottom]:
            for column in range(grid.left, grid.right):
                if line[column] in seen:
                    line[column] = grid.blank()
                    changed = True
                else:
                    seen.add(line[column])
        return changed

    return in_table(edit)(entries)


def remove_table(entries: Entries) -> Entries | None:
    """Remove the table that the caret is in."""

    def edit(grid: Grid) -> bool:
        grid.places.clear()
        return True

    return in_table(edit)(entries)


def go_to_cell(by: int) -> Edit:
    """Return the edit that puts the caret into the next (1) or previous (-1) cell.

    After the last cell a row is added.
    """

    def edit(entries: Entries) -> Entries | None:
        path = caret_path(entries, HERE)
        if path is None or len(path) == 1:
            return None
        table = entries[path[0]]
        if not isinstance(table, TableLines):
            return None
        order = [place[:2] for place in grid_places(table)]
        at = order.index((path[1], path[2])) + by
        if at < 0:
            return None
        if at == len(order):
            longer = add_row(below=True)(entries)
            table = longer[path[0]] if longer else table
            target = (len(table.rows) - 1, 0) if isinstance(table, TableLines) else (0, 0)
        else:
            target = order[at]
        if not isinstance(table, TableLines):
            return None
        return with_entry(entries, path[0], _select_cell(_without(table), *target))

    return edit


def _without(table: TableLines) -> TableLines:
    return replace(
        table,
        rows=tuple(
            tuple(
                replace(
                    cell,
                    lines=tuple(
                        replace(line, pieces=without_carets(line.pieces)) for line in cell.lines
                    ),
                )
                for cell in row
            )
            for row in table.rows
        ),
    )


def _select_cell(table: TableLines, row: int, cell: int) -> TableLines:
    first = table.rows[row][cell].lines[0]
    lines = (replace(first, pieces=(HERE, *first.pieces)), *table.rows[row][cell].lines[1:])
    return with_cell(table, row, cell, lines)


def empty_table(rows: int, columns: int) -> TableLines:
    """Return a table with one heading row and empty cells."""
    return TableLines(tuple((_EMPTY,) * columns for _row in range(rows)))
