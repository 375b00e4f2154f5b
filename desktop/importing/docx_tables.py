"""The tables of a Word file as rows of cells with spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from desktop.importing.docx_remarks import Remarks
from desktop.importing.docx_styles import Styles
from desktop.importing.docx_xml import (
    Element,
    child,
    elements,
    is_on,
    local_name,
    number,
    value,
    w,
)
from desktop.richtext.grid import MAX_COLUMNS, mend_grid
from desktop.richtext.plain import is_empty
from desktop.richtext.tree import Block, Cell, Paragraph, Row, Run, Table, Tree, walk

CellReader = Callable[[Element], tuple[Block, ...]]

_FIRST_ROW: Final = 0x20
_EVEN: Final = 0.02  # by which columns may differ from each other and still be equally wide
_LARGEST_WIDTH: Final = 100_000


@dataclass(slots=True)
class _Cell:
    column: int
    span: int
    rows: int
    blocks: tuple[Block, ...]
    continues: bool


def read_table(
    table: Element, read_cell: CellReader, styles: Styles, remarks: Remarks
) -> Table | None:
    """Return the table, or None for one without cells."""
    rows = [_row(row, read_cell) for row in _through_controls(table, "tr")]
    marked = [_is_header(row) for row in _through_controls(table, "tr")]
    _merge_down(rows)
    given = [
        [Cell(one.blocks or (Paragraph(),), one.span, one.rows) for one in row if not one.continues]
        for row in rows
    ]
    mended = mend_grid(given)
    if not mended.rows:
        return None
    if mended.changed and any(given):
        remarks.say("table_mended")
    headers = _leading([marked[source] for source in mended.sources])
    if not headers and _looks_like_header(table, mended.rows, styles):
        headers = 1
    columns = sum(cell.column_span for cell in mended.rows[0].cells)
    return Table(mended.rows, headers, _widths(table, columns))


def _through_controls(parent: Element, name: str) -> Iterator[Element]:
    """Yield children of a name, also those that content controls and the like hold."""
    for element in parent.iterchildren("{*}*"):
        if element.tag == w(name):
            yield element
        elif local_name(element) in {"sdt", "sdtContent", "customXml", "smartTag"}:
            yield from _through_controls(element, name)


def _row(row: Element, read_cell: CellReader) -> list[_Cell]:
    properties = child(row, "trPr")
    line: list[_Cell] = []
    column = _count(value(properties, "gridBefore"), least=0)
    if column:
        line.append(_Cell(0, column, 1, (), continues=False))
    for cell in _through_controls(row, "tc"):
        own = child(cell, "tcPr")
        span = _count(value(own, "gridSpan"))
        blocks = read_cell(cell)
        if _merges_left(own) and line:
            line[-1].span += span
            line[-1].blocks += _seen(blocks)
        else:
            line.append(_Cell(column, span, 1, blocks, _continues(own)))
        column += span
    after = _count(value(properties, "gridAfter"), least=0)
    if after:
        line.append(_Cell(column, after, 1, (), continues=False))
    return line


def _count(text: str | None, *, least: int = 1) -> int:
    return max(least, min(number(text) or least, MAX_COLUMNS))


def _continues(properties: Element | None) -> bool:
    merge = child(properties, "vMerge")
    return merge is not None and merge.get(w("val")) != "restart"


def _merges_left(properties: Element | None) -> bool:
    merge = child(properties, "hMerge")
    return merge is not None and merge.get(w("val")) != "restart"


def _merge_down(rows: list[list[_Cell]]) -> None:
    """Let cells that are continued span the rows below; what cannot be joined is a cell itself."""
    above: dict[int, _Cell] = {}
    for row in rows:
        reached: dict[int, _Cell] = {}
        for cell in row:
            upper = above.get(cell.column)
            if cell.continues and upper is not None and upper.span == cell.span:
                upper.rows += 1
                upper.blocks += _seen(cell.blocks)
                reached[cell.column] = upper
            else:
                cell.continues = False
                reached[cell.column] = cell
        above = reached


def _seen(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return () if is_empty(Tree(blocks)) else blocks


def _is_header(row: Element) -> bool:
    return is_on(child(row, "trPr", "tblHeader"))


def _leading(marks: list[bool]) -> int:
    return next((index for index, mark in enumerate(marks) if not mark), len(marks))


def _looks_like_header(table: Element, rows: tuple[Row, ...], styles: Styles) -> bool:
    """Return whether the first row is set apart as a heading though it is not marked as one."""
    properties = child(table, "tblPr")
    look = child(properties, "tblLook")
    asked = _first_row(look)
    if len(rows) < 2 or asked is False:
        return False
    cells = rows[0].cells
    if len(cells) < 2 or any(is_empty(Tree(cell.blocks)) for cell in cells):
        return False
    if any(cell.row_span > 1 for cell in cells):
        return False
    if asked and styles.first_row_is_bold(value(properties, "tblStyle")):
        return True
    return all(_is_bold(cell) for cell in cells) and not all(
        _is_bold(cell) for row in rows[1:] for cell in row.cells
    )


def _first_row(look: Element | None) -> bool | None:
    if look is None:
        return None
    said = look.get(w("firstRow"))
    if said is not None:
        return said in {"1", "true", "on"}
    try:
        return bool(int(look.get(w("val")) or "0", 16) & _FIRST_ROW)
    except ValueError:
        return None


def _is_bold(cell: Cell) -> bool:
    runs = [
        inline
        for block in walk(cell.blocks)
        for inline in getattr(block, "inlines", ())
        if isinstance(inline, Run) and inline.text.strip()
    ]
    return bool(runs) and all(run.bold for run in runs)


def _widths(table: Element, columns: int) -> tuple[int, ...]:
    """Return the widths of the grid columns; none where they are equal, or do not fit."""
    grid = child(table, "tblGrid")
    widths = [number(column.get(w("w"))) or 0 for column in elements(grid, "gridCol")]
    if len(widths) != columns or not all(0 < width <= _LARGEST_WIDTH for width in widths):
        return ()
    if max(widths) - min(widths) <= _EVEN * max(widths):
        return ()
    return tuple(widths)


def without_tables(table: Table) -> tuple[Block, ...]:
    """Return what stands in a table, cell by cell: for a table where none may be."""
    return tuple(
        block
        for row in table.rows
        for cell in row.cells
        for block in cell.blocks
        if not is_empty(Tree((block,)))
    )


def with_rows(table: Table, rows: tuple[Row, ...]) -> Table | None:
    """Return the table with these rows alone, or None where none is left."""
    if not rows:
        return None
    mended = mend_grid([row.cells for row in rows]).rows
    columns = sum(cell.column_span for cell in mended[0].cells)
    fits = len(table.column_widths) == columns
    return replace(
        table,
        rows=mended,
        header_rows=min(table.header_rows, len(mended)),
        column_widths=table.column_widths if fits else (),
    )
