"""Every change of a document: the lines around the cursor are read, edited, mended and written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextTable, QTextTableCell

from desktop.viewmodels.text.lines import Caret, CellLines, Entry, Line, TableLines, with_caret
from desktop.viewmodels.text.mend import Edges, Mended, Path, mend
from desktop.viewmodels.text.read import (
    Place,
    Reader,
    cell_blocks,
    places_between,
    row_cells,
    table_at,
)
from desktop.viewmodels.text.write import Writer

Edit = Callable[[list[Entry]], list[Entry] | None]
"""Returns edited lines, with the carets where they shall stand; None leaves all as it is."""


@dataclass(frozen=True, slots=True)
class Region:
    """The lines around a selection: those of one cell, or top lines with a plain one at each end.

    `tail` counts the characters from the end of the last line to the end of the document.
    """

    start: int
    tail: int
    edges: Edges
    cell: QTextTableCell | None = None


class Changer:
    """Changes one document."""

    def __init__(self, document: QTextDocument, reader: Reader | None = None) -> None:
        self.document = document
        self.reader = reader or Reader(document)

    def change(
        self,
        cursor: QTextCursor,
        edit: Edit,
        *,
        whole: bool = False,
        around: bool = False,
        join: bool = False,
    ) -> bool:
        """Edit the lines around the cursor's selection as one step of undo, and move the cursor.

        With `whole` the edit gets all lines of the document, with `around` the lines around the
        table that the cursor is in. With `join` it is one step with the change before it. False
        when nothing was to be done.
        """
        region = self._region(cursor, whole=whole, around=around)
        entries, places = self._read(region)
        marked = self._marked(entries, places, cursor)
        edited = edit(marked)
        if edited is None:
            return False
        mended = mend(edited, region.edges, in_cell=region.cell is not None)
        if mended.entries != entries:
            if join:
                cursor.joinPreviousEditBlock()
            else:
                cursor.beginEditBlock()
            tables = False
            try:
                tables = self._write(region, entries, places, mended)
            finally:
                cursor.endEditBlock()
            if tables:  # Qt may ask a table's layout for a place in it before it has been made
                end = self.document.characterCount() - region.tail
                self.document.markContentsDirty(region.start, max(end - region.start, 1))
        self._place_carets(cursor, region, mended)
        return True

    def entries(self, cursor: QTextCursor) -> list[Entry]:
        """Return the lines around the cursor's selection, with carets."""
        region = self._region(cursor)
        return self._marked(*self._read(region), cursor)

    def _region(self, cursor: QTextCursor, *, whole: bool = False, around: bool = False) -> Region:
        count = self.document.characterCount()
        if whole:
            return Region(0, 0, Edges())
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        table = table_at(self.document, first)
        if table is not None and not around:
            cell, other = table.cellAt(first), table.cellAt(last)
            if other.isValid() and cell == other:
                return Region(cell.firstPosition(), count - cell.lastPosition(), Edges(), cell)
        start, at_start = self._expand(first, forward=False)
        end, at_end = self._expand(last, forward=True)
        return Region(start, count - end, Edges(at_start, at_end))

    def _expand(self, position: int, *, forward: bool) -> tuple[int, bool]:
        """Return the edge of the nearest plain line beyond the lines at a position."""
        block = self._next(self.document.findBlock(position), forward=forward)
        while block.isValid():
            if table_at(self.document, block.position()) is None and self._is_plain(block):
                return _edge(block, forward=forward), False
            block = self._next(block, forward=forward)
        return (self.document.characterCount() - 1 if forward else 0), True

    def _next(self, block: QTextBlock, *, forward: bool) -> QTextBlock:
        table = table_at(self.document, block.position())
        if table is not None:
            place = table.lastPosition() + 1 if forward else table.firstPosition() - 1
            return self.document.findBlock(place)
        return block.next() if forward else block.previous()

    def _is_plain(self, block: QTextBlock) -> bool:
        if block.textList() is not None:
            return False
        kind, _block_id, level = self.reader.shape(block)
        return kind != "phantom" and level == 0

    def _read(self, region: Region) -> tuple[list[Entry], list[Place]]:
        if region.cell is not None:
            blocks = list(cell_blocks(self.document, region.cell))
            return [self.reader.line(block) for block in blocks], list(blocks)
        end = self.document.characterCount() - region.tail
        return self.reader.entries(region.start, end)

    def _marked(
        self, entries: Sequence[Entry], places: Sequence[Place], cursor: QTextCursor
    ) -> list[Entry]:
        marked = list(entries)
        _mark(marked, places, cursor.position(), Caret(), self.document)
        if cursor.hasSelection():
            _mark(marked, places, cursor.anchor(), Caret(anchor=True), self.document)
        return marked

    def _write(
        self, region: Region, entries: Sequence[Entry], places: Sequence[Place], mended: Mended
    ) -> bool:
        """Write the lines; True when a table was put in."""
        writer = Writer(self.document)
        if region.cell is not None:
            writer.cell(region.cell, _lines(entries), _lines(mended.entries))
            return False
        writer.root(places, entries, mended.entries)
        return writer.made_tables

    def _place_carets(self, cursor: QTextCursor, region: Region, mended: Mended) -> None:
        carets = mended.carets
        if Caret() not in carets:
            return
        places: list[Place]
        if region.cell is not None:
            table = table_at(self.document, region.start)
            cell = table.cellAt(region.start) if table else region.cell
            places = list(cell_blocks(self.document, cell))
        else:
            end = self.document.characterCount() - region.tail
            places = list(places_between(self.document, region.start, end))
        position = self._position(places, *carets[Caret()])
        anchor = carets.get(Caret(anchor=True))
        cursor.setPosition(self._position(places, *anchor) if anchor else position)
        if anchor:
            cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)

    def _position(self, places: Sequence[Place], path: Path, offset: int) -> int:
        place = places[path[0]]
        if isinstance(place, QTextTable):
            cell = list(row_cells(place, path[1]))[path[2]]
            place = list(cell_blocks(self.document, cell))[path[3]]
        return place.position() + min(offset, place.length() - 1)


def _lines(entries: Sequence[Entry]) -> list[Line]:
    return [entry for entry in entries if isinstance(entry, Line)]


def _edge(block: QTextBlock, *, forward: bool) -> int:
    return block.position() + block.length() - 1 if forward else block.position()


def _mark(
    entries: list[Entry],
    places: Sequence[Place],
    position: int,
    caret: Caret,
    document: QTextDocument,
) -> None:
    for index, (entry, place) in enumerate(zip(entries, places, strict=True)):
        if isinstance(entry, TableLines):
            if isinstance(place, QTextTable) and position <= place.lastPosition():
                entries[index] = _mark_table(entry, place, position, caret, document)
                return
        elif not isinstance(place, QTextTable) and position < place.position() + place.length():
            entries[index] = with_caret(entry, position - place.position(), caret)
            return


def _mark_table(
    entry: TableLines, table: QTextTable, position: int, caret: Caret, document: QTextDocument
) -> TableLines:
    wanted = table.cellAt(position)
    rows = list(entry.rows)
    cells = list(rows[wanted.row()])
    for index, cell in enumerate(row_cells(table, wanted.row())):
        if cell == wanted:
            cells[index] = _mark_cell(cells[index], cell, position, caret, document)
    rows[wanted.row()] = tuple(cells)
    return replace(entry, rows=tuple(rows))


def _mark_cell(
    entry: CellLines, cell: QTextTableCell, position: int, caret: Caret, document: QTextDocument
) -> CellLines:
    lines: list[Entry] = list(entry.lines)
    _mark(lines, list(cell_blocks(document, cell)), position, caret, document)
    return replace(entry, lines=tuple(_lines(lines)))
