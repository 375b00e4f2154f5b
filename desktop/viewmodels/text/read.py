"""From a `QTextDocument` to the lines and the tree that it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from PySide6.QtGui import (
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextTable,
    QTextTableCell,
)

from desktop.richtext.tree import Figure, LineBreak, Run, Tree
from desktop.viewmodels.text.carriers import line_shape, list_look, piece_of, table_look
from desktop.viewmodels.text.lines import (
    BREAK,
    CellLines,
    Entry,
    Line,
    LineKind,
    ListLook,
    Piece,
    TableLines,
    fold,
)
from desktop.viewmodels.text.mend import mend

Place = QTextBlock | QTextTable
"""Where an entry stands in the document."""


class Reader:
    """Reads lines of one document, and remembers what its formats mean.

    Qt only adds formats to a document until it is cleared; `forget` after that.
    """

    def __init__(self, document: QTextDocument) -> None:
        self.document = document
        self.forget()

    def forget(self) -> None:
        """Forget the formats of a document that was cleared."""
        self._pieces = dict[int, Piece]()
        self._shapes = dict[int, tuple[LineKind, str, int]]()

    def line(self, block: QTextBlock) -> Line:
        """Return the line of a block as it stands."""
        kind, block_id, level = self.shape(block)
        look: ListLook | None = None
        text_list = block.textList()
        if text_list is not None:
            found = text_list.format()
            look, level = list_look(found), max(found.indent(), 1)
        return Line(self._line_pieces(block, block_id), kind, block_id, level, look)

    def shape(self, block: QTextBlock) -> tuple[LineKind, str, int]:
        """Return kind, id and level of continuation of a block."""
        index = block.blockFormatIndex()
        shape = self._shapes.get(index)
        if shape is None:
            shape = self._shapes[index] = line_shape(block.blockFormat())
        return shape

    def _line_pieces(self, block: QTextBlock, block_id: str) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        place = block.begin()
        while not place.atEnd():
            fragment = place.fragment()
            index = fragment.charFormatIndex()
            look = self._pieces.get(index)
            if look is None:
                look = self._pieces[index] = piece_of(fragment.charFormat())
            if isinstance(look, Run):
                _add_text(pieces, look, fragment.text())
            elif isinstance(look, Figure):
                pieces += [replace(look, id=block_id)] * fragment.length()
            else:
                pieces += [look] * fragment.length()
            place += 1
        return tuple(pieces)

    def entries(self, start: int, end: int) -> tuple[list[Entry], list[Place]]:
        """Return the lines between two positions outside tables, and where they stand."""
        entries: list[Entry] = []
        places = list(places_between(self.document, start, end))
        for place in places:
            if isinstance(place, QTextTable):
                entries.append(self.table(place))
            else:
                entries.append(self.line(place))
        return entries, places

    def table(self, table: QTextTable) -> TableLines:
        """Return the lines of a table."""
        rows = tuple(
            tuple(
                CellLines(self.cell_lines(cell), cell.columnSpan(), cell.rowSpan())
                for cell in row_cells(table, row)
            )
            for row in range(table.rows())
        )
        table_id, header_rows, widths = table_look(table.format().toTableFormat())
        return TableLines(rows, header_rows, widths, table_id)

    def cell_lines(self, cell: QTextTableCell) -> tuple[Line, ...]:
        """Return the lines of a cell."""
        return tuple(self.line(block) for block in cell_blocks(self.document, cell))

    def tree(self) -> Tree:
        """Return the tree of the whole document."""
        entries, _places = self.entries(0, self.document.characterCount())
        return Tree(fold(mend(entries).entries))


def read_tree(document: QTextDocument) -> Tree:
    """Return the tree that a document shows."""
    return Reader(document).tree()


def row_cells(table: QTextTable, row: int) -> Iterator[QTextTableCell]:
    """Yield the cells that start in a row."""
    column = 0
    while column < table.columns():
        cell = table.cellAt(row, column)
        if cell.row() == row:
            yield cell
        column = cell.column() + cell.columnSpan()


def cell_blocks(document: QTextDocument, cell: QTextTableCell) -> Iterator[QTextBlock]:
    """Yield the blocks of a cell."""
    block, end = document.findBlock(cell.firstPosition()), cell.lastPosition()
    while block.isValid() and block.position() <= end:
        yield block
        block = block.next()


def top_tables(document: QTextDocument) -> list[QTextTable]:
    """Return the tables of a document. Qt learns of a change only when an edit block ends."""
    frames = document.rootFrame().childFrames()
    return [frame for frame in frames if isinstance(frame, QTextTable)]


def places_between(
    document: QTextDocument, start: int, end: int, tables: Iterable[QTextTable] | None = None
) -> Iterator[Place]:
    """Yield the blocks and tables between two positions outside tables.

    Inside an edit block, the tables must be given.
    """
    waiting = sorted(
        top_tables(document) if tables is None else tables,
        key=lambda table: table.firstPosition(),
        reverse=True,
    )
    block = document.findBlock(start)
    while block.isValid() and block.position() <= end:
        position = block.position()
        while waiting and waiting[-1].lastPosition() < position:
            waiting.pop()
        if waiting and waiting[-1].firstPosition() <= position:
            table = waiting.pop()
            yield table
            block = document.findBlock(table.lastPosition() + 1)
        else:
            yield block
            block = block.next()


def table_of(cursor: QTextCursor) -> QTextTable | None:
    """Return the table that a cursor is in."""
    return cursor.currentTable()


def list_of(block: QTextBlock) -> QTextList | None:
    """Return the list of a block."""
    return block.textList()


def table_at(document: QTextDocument, position: int) -> QTextTable | None:
    """Return the table that a position is in."""
    return QTextCursor(document.findBlock(position)).currentTable()


def _add_text(pieces: list[Piece], look: Run, text: str) -> None:
    for index, part in enumerate(text.split(BREAK)):
        if index:
            pieces.append(LineBreak())
        if part:
            pieces.append(replace(look, text=part))
