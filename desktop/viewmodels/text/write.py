"""Lines into a `QTextDocument`: what stands there is changed no more than it must be.

All changes go through one cursor, so that they are one step for undo inside an edit block.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import (
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextTable,
    QTextTableCell,
)
from shiboken6 import isValid

from desktop.richtext.grid import placed_cells
from desktop.richtext.tree import Cell, LineBreak, Row, Run, Table
from desktop.viewmodels.text.carriers import (
    LIST_ID,
    ROOT,
    Context,
    block_format,
    char_format,
    list_format,
    piece_of,
    table_format,
)
from desktop.viewmodels.text.lines import (
    BREAK,
    CellLines,
    Entry,
    Line,
    Piece,
    TableLines,
    line_text,
    piece_length,
    split_pieces,
    u16,
)
from desktop.viewmodels.text.read import Place, cell_blocks, places_between, row_cells

_KEEP: Final = QTextCursor.MoveMode.KeepAnchor
_PLAIN: Final = QTextCharFormat()


class Writer:
    """Writes the lines of one stretch of a document."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._cursor = QTextCursor(document)
        self._lists: dict[str, QTextList] = {}
        self._tables: list[QTextTable] = []
        self.made_tables = False

    def root(self, places: Sequence[Place], old: Sequence[Entry], new: Sequence[Entry]) -> None:
        """Make the places, which hold the old lines, hold the new ones.

        Old and new begin and end with a line, and a line follows after every table.
        """
        start = _block(places[0]).position()
        tail = self._document.characterCount() - _end(places[-1])
        self._know_lists(places)
        self._replace(places, old, new, ROOT)
        end = self._document.characterCount() - tail
        found = list(places_between(self._document, start, end, self._tables))
        self._amend(found, new)

    def cell(self, cell: QTextTableCell, old: Sequence[Line], new: Sequence[Line]) -> None:
        """Make a cell, which holds the old lines, hold the new ones."""
        context = Context(in_cell=True, header=_in_header(cell))
        places = list(cell_blocks(self._document, cell))
        self._know_lists(places)
        row, column = cell.row(), cell.column()
        table = QTextCursor(places[0]).currentTable()
        self._replace(places, old, new, context)
        now = table.cellAt(row, column)
        for block, line in zip(list(cell_blocks(self._document, now)), new, strict=True):
            self._amend_line(block, line, context)

    def append(self, entries: Sequence[Entry]) -> None:
        """Write lines into an empty document."""
        first = entries[0]
        if isinstance(first, Line):
            self._fill_block(first, ROOT)
        self._insert(entries[1:], ROOT)

    def _know_lists(self, places: Sequence[Place]) -> None:
        for place in places:
            text_list = None if isinstance(place, QTextTable) else place.textList()
            if text_list is not None:
                self._lists.setdefault(str(text_list.format().property(LIST_ID)), text_list)

    def _replace(
        self, places: Sequence[Place], old: Sequence[Entry], new: Sequence[Entry], context: Context
    ) -> None:
        head, tail = _common(old, new)
        kept = [*places[:head], *places[len(places) - tail :]]
        self._tables = [place for place in kept if isinstance(place, QTextTable)]
        if head == len(old) - tail and head == len(new) - tail:
            return
        last = places[len(old) - tail - 1]
        before = _end(places[head - 1])
        self._cursor.setPosition(before)
        if head < len(old) - tail:
            self._cursor.setPosition(_end(last), _KEEP)
            self._cursor.removeSelectedText()
        self._insert(new[head : len(new) - tail], context)

    def _insert(self, entries: Sequence[Entry], context: Context) -> None:
        """Insert lines after the line whose end the cursor stands at."""
        fresh = False
        for entry in entries:
            if isinstance(entry, TableLines):
                self._insert_table(entry)
                fresh = True
                continue
            if fresh or entry.list is not None:
                if not fresh:
                    self._cursor.insertBlock(block_format(Line(), context), _PLAIN)
                self._fill_block(entry, context)
            else:
                self._cursor.insertBlock(block_format(entry, context), _PLAIN)
                self._type(entry.pieces)
            fresh = False

    def _fill_block(self, line: Line, context: Context) -> None:
        """Give an empty block, which the cursor stands in, the look and text of a line."""
        self._shape(self._cursor, line, context)
        self._type(line.pieces)

    def _shape(self, cursor: QTextCursor, line: Line, context: Context) -> None:
        cursor.setBlockFormat(block_format(line, context, self._list_index(cursor, line)))

    def _list_index(self, cursor: QTextCursor, line: Line) -> int:
        if line.list is None:
            return -1
        wanted = list_format(line.list, line.level)
        known = self._lists.get(line.list.id)
        if known is None or not isValid(known):  # Qt deletes a list with its last line
            known = self._lists[line.list.id] = cursor.createList(wanted)
        elif known.format() != wanted:
            known.setFormat(wanted)
        return known.objectIndex()

    def _type(self, pieces: Sequence[Piece]) -> None:
        plain = _PLAIN
        for piece in pieces:
            made = char_format(piece)
            if isinstance(piece, Run):
                plain = made
                self._cursor.insertText(piece.text, made)
            elif isinstance(piece, LineBreak):
                self._cursor.insertText(BREAK, plain if not plain.isAnchor() else _PLAIN)
            elif piece_length(piece):
                self._cursor.insertText(line_text([piece]), made)

    def _insert_table(self, table: TableLines) -> None:
        columns = sum(cell.column_span for cell in table.rows[0])
        made = self._cursor.insertTable(len(table.rows), columns, table_format(table, columns))
        self._tables.append(made)
        self.made_tables = True
        cells = list(_placed(table))
        for row, column, cell in cells:
            if cell.row_span > 1 or cell.column_span > 1:
                made.mergeCells(row, column, cell.row_span, cell.column_span)
        for row, column, cell in cells:
            self._cursor.setPosition(made.cellAt(row, column).firstPosition())
            context = Context(in_cell=True, header=row < table.header_rows)
            self._fill_block(cell.lines[0], context)
            self._insert(cell.lines[1:], context)
        self._cursor.setPosition(made.lastPosition() + 1)

    def _amend(self, places: Sequence[Place], lines: Sequence[Entry]) -> None:
        for place, line in zip(places, lines, strict=True):
            if isinstance(line, TableLines):
                if isinstance(place, QTextTable):
                    self._amend_table(place, line)
            elif not isinstance(place, QTextTable):
                self._amend_line(place, line, ROOT)

    def _amend_table(self, table: QTextTable, lines: TableLines) -> None:
        wanted = table_format(lines, table.columns())
        if table.format() != wanted:
            table.setFormat(wanted)
        for row, cells in enumerate(lines.rows):
            context = Context(in_cell=True, header=row < lines.header_rows)
            for cell, wanted_cell in zip(list(row_cells(table, row)), cells, strict=True):
                self._amend_cell(cell, wanted_cell.lines, context)

    def _amend_cell(self, cell: QTextTableCell, lines: Sequence[Line], context: Context) -> None:
        blocks = list(cell_blocks(self._document, cell))
        self._know_lists(blocks)
        for block, line in zip(blocks, lines, strict=True):
            self._amend_line(block, line, context)

    def _amend_line(self, block: QTextBlock, line: Line, context: Context) -> None:
        if block.text() != line_text(line.pieces):
            self._retype(block, line)
            block = self._document.findBlock(block.position())
        self._amend_formats(block, line.pieces)
        self._cursor.setPosition(block.position())
        wanted = block_format(line, context, self._list_index(self._cursor, line))
        if block.blockFormat() != wanted:
            self._cursor.setBlockFormat(wanted)

    def _retype(self, block: QTextBlock, line: Line) -> None:
        """Change the stretch of the text that differs; formats are seen to after that."""
        old, new = block.text(), line_text(line.pieces)
        head = _common_head(old, new)
        tail = _common_head(old[head:][::-1], new[head:][::-1])
        start, stop = u16(old[:head]), u16(old[: len(old) - tail])
        self._cursor.setPosition(block.position() + start)
        self._cursor.setPosition(block.position() + stop, _KEEP)
        self._cursor.removeSelectedText()
        _before, rest = split_pieces(line.pieces, start)
        inserted, _after = split_pieces(rest, u16(new[head : len(new) - tail]))
        self._type(inserted)

    def _amend_formats(self, block: QTextBlock, pieces: Sequence[Piece]) -> None:
        wrong = _wrong_formats(block, pieces)
        for start, end, wanted in wrong:
            self._cursor.setPosition(start)
            self._cursor.setPosition(end, _KEEP)
            self._cursor.setCharFormat(wanted)


def _wrong_formats(
    block: QTextBlock, pieces: Sequence[Piece]
) -> list[tuple[int, int, QTextCharFormat]]:
    """Return the stretches of a block whose format is not that of their piece."""
    found: list[tuple[int, int, QTextCharFormat]] = []
    fragments: list[tuple[int, int, QTextCharFormat]] = []
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        start = fragment.position()
        fragments.append((start, start + fragment.length(), fragment.charFormat()))
        place += 1
    index, position = 0, block.position()
    for piece in pieces:
        end = position + piece_length(piece)
        wanted = char_format(piece)
        while index < len(fragments) and fragments[index][0] < end:
            start, stop, actual = fragments[index]
            if actual != wanted and not (isinstance(piece, LineBreak) and _is_text(actual)):
                found.append((max(start, position), min(stop, end), wanted))
            if stop > end:
                break
            index += 1
        position = end
    return found


def _common_head(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)


def _is_text(actual: QTextCharFormat) -> bool:
    look = piece_of(actual)
    return isinstance(look, Run) and look.link is None and char_format(look) == actual


def _placed(table: TableLines) -> list[tuple[int, int, CellLines]]:
    rows = tuple(
        Row(tuple(Cell((), cell.column_span, cell.row_span) for cell in row)) for row in table.rows
    )
    places = [(row, column) for row, column, _cell in placed_cells(Table(rows))]
    return [(*at, cell) for at, cell in zip(places, table.cells(), strict=True)]


def _in_header(cell: QTextTableCell) -> bool:
    table = cell.firstCursorPosition().currentTable()
    return cell.row() < table.format().toTableFormat().headerRowCount()


def _block(place: Place) -> QTextBlock:
    if isinstance(place, QTextTable):
        return place.lastCursorPosition().block()
    return place


def _end(place: Place) -> int:
    """Return the position of the last character of a place, which ends its last block."""
    if isinstance(place, QTextTable):
        return place.lastPosition()
    return place.position() + place.length() - 1


def _key(entry: Entry) -> object:
    """Return what two lines must share to be made equal by formats alone."""
    if isinstance(entry, Line):
        return line_text(entry.pieces)
    return tuple(
        tuple(
            (cell.column_span, cell.row_span, tuple(line_text(line.pieces) for line in cell.lines))
            for cell in row
        )
        for row in entry.rows
    )


def _common(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[int, int]:
    """Return how many lines at the head and at the tail need formats alone.

    The head ends with a line, of which the text is set anew where it differs: lines are inserted
    after it. The tail begins with a line where a table stands before it on either side.
    """
    old_keys, new_keys = [_key(entry) for entry in old], [_key(entry) for entry in new]
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old_keys[head] == new_keys[head]:
        head += 1
    if head < shorter and (head == 0 or isinstance(old[head - 1], TableLines)):
        head += 1
    tail = 0
    while tail < shorter - head and old_keys[-1 - tail] == new_keys[-1 - tail]:
        tail += 1
    while head < shorter - tail and _same_line(old[head], new[head]):
        head += 1
    while tail < shorter - head and _same_line(old[-1 - tail], new[-1 - tail]):
        tail += 1
    while tail and _ends_with_table(old, tail, head, new):
        tail -= 1
    return head, tail


def _same_line(one: Entry, other: Entry) -> bool:
    return isinstance(one, Line) and isinstance(other, Line) and one.id == other.id != ""


def _ends_with_table(old: Sequence[Entry], tail: int, head: int, new: Sequence[Entry]) -> bool:
    ends = (lines[: len(lines) - tail] for lines in (old, new))
    return any(len(lines) > head and isinstance(lines[-1], TableLines) for lines in ends)
