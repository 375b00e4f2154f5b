"""The cells of a table as Word wants them: also those that a cell above covers."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from desktop.richtext.grid import column_count, grid_fault, mend_grid, placed_cells

if TYPE_CHECKING:
    from desktop.richtext.tree import Block, Table


class GridCell(NamedTuple):
    """One `w:tc`: its blocks, the grid columns it starts at and covers, and its vertical merge.

    `merge` is "" (none), "restart" (the first of several rows) or "continue" (covered from above).
    """

    blocks: tuple[Block, ...]
    column: int
    span: int = 1
    merge: str = ""


def table_grid(table: Table) -> tuple[int, list[list[GridCell]]]:
    """Return the number of columns and the rows of a table; a faulty grid is mended first."""
    if any(not row.cells for row in table.rows) or (table.rows and grid_fault(table.rows)):
        table = replace(table, rows=mend_grid([row.cells for row in table.rows]).rows)
    lines: list[list[GridCell]] = [[] for _ in table.rows]
    for row, column, cell in placed_cells(table):
        merge = "restart" if cell.row_span > 1 else ""
        lines[row].append(GridCell(cell.blocks, column, cell.column_span, merge))
        for below in range(row + 1, row + cell.row_span):
            lines[below].append(GridCell((), column, cell.column_span, "continue"))
    for line in lines:
        line.sort(key=lambda cell: cell.column)
    return column_count(table), lines


def column_widths(weights: tuple[int, ...], columns: int, room: int) -> tuple[int, ...]:
    """Return widths that add up to the room; missing or useless weights give equal widths."""
    usable = weights if len(weights) == columns and min(weights, default=0) > 0 else (1,) * columns
    total = sum(usable)
    edges = [round(room * sum(usable[:index]) / total) for index in range(columns + 1)]
    return tuple(right - left for left, right in pairwise(edges))
