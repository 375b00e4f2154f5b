"""Tables as WordprocessingML: head tables, grids and the tables of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from desktop.documents import style_names as names
from desktop.documents.look import HEADER_FILL
from desktop.documents.ooxml import twips
from desktop.documents.place import Place
from desktop.documents.table_grid import column_widths, table_grid
from desktop.richtext.tree import Footnote, LineBreak, Paragraph, Run, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.documents.document import GridTable, HeadRow, HeadTable
    from desktop.documents.styles import UsedStyles
    from desktop.richtext.tree import Block, Inline, Table

LABEL_MM = 34
SHORT_ROW = 700
_LEAST_WIDTH = 284
_CELL_MARGINS = 170
_FILL = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEADER_FILL}"/>'


class _Look(NamedTuple):
    """A table style and which of its special rows and columns apply (`w:tblLook`)."""

    style: str
    first_row: bool = False
    first_column: bool = False

    def xml(self) -> str:
        row, column = int(self.first_row), int(self.first_column)
        value = 0x0600 | row * 0x0020 | column * 0x0080
        return (
            f'<w:tblLook w:val="{value:04X}" w:firstRow="{row}" w:lastRow="0" '
            f'w:firstColumn="{column}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        )


class CellWriter(Protocol):
    """Writes what stands in cells, and knows whether a table was the last thing written."""

    after_table: bool

    def blocks(self, blocks: tuple[Block, ...], place: Place) -> str:
        """Return blocks of the text tree at a place."""

    def paragraph(self, style: str, content: str) -> str:
        """Return a paragraph in a style."""

    def separator(self) -> str:
        """Return the low paragraph that ends a cell."""

    def before_table(self) -> str:
        """Return what must stand before a table."""


class TableWriter:
    """Writes tables; the blocks in their cells go back to the body writer."""

    def __init__(self, body: CellWriter, styles: UsedStyles) -> None:
        self._body = body
        self._styles = styles

    def head_table(self, table: HeadTable, place: Place) -> str:
        """Return the head of a document: a label, and values in one or more columns."""
        columns = max((len(row.columns) for row in table.rows), default=0)
        if not columns:
            return ""
        label = min(twips(LABEL_MM), place.room // 3)
        widths = (label, *column_widths((), columns, place.room - label))
        start = self._start(_Look(names.HEAD_TABLE, first_column=True), widths, place)
        rows = "".join(self._head_row(row, widths) for row in table.rows)
        return self._finished(f"{start}{rows}</w:tbl>")

    def _head_row(self, row: HeadRow, widths: tuple[int, ...]) -> str:
        label = Place(widths[0], style=names.TABLE_LABEL)
        cells = [self._cell((_text(row.label),), widths[0], label)]
        columns = row.columns or ((),)
        spare = len(widths) - 1 - len(columns)
        for index, blocks in enumerate(columns):
            first = index + 1
            last = first + (spare if index == len(columns) - 1 else 0)
            width = sum(widths[first : last + 1])
            mark = row.mark if len(columns) == len(blocks) == 1 else None
            place = Place(width, style=names.TABLE_TEXT, mark=mark)
            cells.append(self._cell(blocks, width, place, span=last - first + 1))
        return _row(cells, stays_whole=_is_short(columns))

    def grid_table(self, table: GridTable, place: Place) -> str:
        """Return a table of facts with one header row; its rows stay whole."""
        widths = column_widths(table.widths_mm, len(table.header), place.room)
        start = self._start(_Look(names.TABLE, first_row=True), widths, place)
        header = [
            self._cell((_text(text),), width, Place(width, style=names.TABLE_HEADER))
            for text, width in zip(table.header, widths, strict=True)
        ]
        rows = [_row(header, stays_whole=True, header=True)]
        for row in table.rows:
            style = names.TABLE_MUTED if row.muted else names.TABLE_TEXT
            cells = [
                self._cell(blocks, width, Place(width, style=style))
                for blocks, width in zip(row.cells, widths, strict=True)
            ]
            rows.append(_row(cells, stays_whole=True, least=twips(row.least_mm)))
        return self._finished(f"{start}{''.join(rows)}</w:tbl>")

    def tree_table(self, table: Table, place: Place) -> str:
        """Return a table of the text tree, with its spans."""
        columns, lines = table_grid(table)
        if not columns:
            return ""
        room = max(place.room - place.indent, columns * _LEAST_WIDTH)
        widths = column_widths(table.column_widths, columns, room)
        header_rows = min(table.header_rows, len(lines))
        parts = [self._start(_Look(names.TABLE, first_row=header_rows > 0), widths, place)]
        for index, line in enumerate(lines):
            header = index < header_rows
            style = names.TABLE_HEADER if header else names.TABLE_TEXT
            cells = []
            for cell in line:
                width = sum(widths[cell.column : cell.column + cell.span])
                inner = Place(width, style=style, shift=place.shift)
                fill = _FILL if header and header_rows > 1 else ""
                cells.append(
                    self._cell(
                        cell.blocks, width, inner, span=cell.span, merge=cell.merge, fill=fill
                    )
                )
            short = header or _is_short(cell.blocks for cell in line)
            parts.append(_row(cells, stays_whole=short, header=header))
        parts.append("</w:tbl>")
        return self._finished("".join(parts))

    def _start(self, look: _Look, widths: tuple[int, ...], place: Place) -> str:
        apart = self._body.before_table()
        self._body.after_table = False
        indent = f'<w:tblInd w:w="{place.indent}" w:type="dxa"/>' if place.indent else ""
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'{apart}<w:tbl><w:tblPr><w:tblStyle w:val="{self._styles[look.style]}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{indent}<w:tblLayout w:type="fixed"/>'
            f"{look.xml()}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        )

    def _finished(self, xml: str) -> str:
        self._body.after_table = True
        return xml

    def _cell(
        self,
        blocks: tuple[Block, ...],
        width: int,
        place: Place,
        *,
        span: int = 1,
        merge: str = "",
        fill: str = "",
    ) -> str:
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if span > 1:
            properties += f'<w:gridSpan w:val="{span}"/>'
        if merge:
            properties += f'<w:vMerge w:val="{merge}"/>'
        content = self._body.blocks(blocks, place.within(_CELL_MARGINS))
        if self._body.after_table:
            content += self._body.separator()
        elif not content:
            content = self._body.paragraph(place.style, "")
        return f"<w:tc><w:tcPr>{properties}{fill}</w:tcPr>{content}</w:tc>"


def _row(cells: list[str], *, stays_whole: bool, header: bool = False, least: int = 0) -> str:
    whole = "<w:cantSplit/>" if stays_whole else ""
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>' if least else ""
    repeated = "<w:tblHeader/>" if header else ""
    inside = f"{whole}{height}{repeated}"
    properties = f"<w:trPr>{inside}</w:trPr>" if inside else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _text(text: str) -> Paragraph:
    return Paragraph((Run(text),) if text else (), id="")


def _is_short(cells: Iterable[tuple[Block, ...]]) -> bool:
    """Return whether a row is so short that it should stay on one page."""
    return all(_weight(blocks) < SHORT_ROW for blocks in cells)


def _weight(blocks: tuple[Block, ...]) -> int:
    """Return about how many characters the blocks take; a paragraph costs half a line more."""
    total = 0
    for block in walk(blocks):
        inlines: tuple[Inline, ...] = getattr(block, "inlines", ())
        total += 40 + sum(_length(inline) for inline in inlines)
    return total


def _length(inline: Inline) -> int:
    match inline:
        case Run():
            return len(inline.text)
        case LineBreak():
            return 40
        case Footnote():
            return 1
