"""What stands at the cursor of a text editor."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextBlock, QTextCursor, QTextTable
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.richtext.tree import Figure, Footnote, Run
from desktop.viewmodels.text.carriers import piece_of
from desktop.viewmodels.text.lines import HEADING_KINDS, Caret, LineKind
from desktop.viewmodels.text.read import Reader, table_of
from desktop.viewmodels.text.shapes import Flag

_KEEP = QTextCursor.MoveMode.KeepAnchor


class Around(QTextEdit):
    """A text edit that can tell what stands at its cursor, and select it."""

    reader: Reader

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def line_kind(self) -> LineKind:
        """Return what the line at the cursor is."""
        return self.reader.shape(self.textCursor().block())[0]

    def in_heading(self) -> bool:
        """Return whether the cursor is in a heading."""
        return self.line_kind() in HEADING_KINDS

    def in_list(self) -> bool:
        """Return whether the cursor, or the start of the selection, is in a list."""
        cursor = self.textCursor()
        blocks = (cursor.block(), self.document().findBlock(cursor.selectionStart()))
        return any(
            block.textList() is not None or self.reader.shape(block)[2] > 0 for block in blocks
        )

    def figure_here(self) -> Figure | None:
        """Return the figure of the line at the cursor."""
        return self.reader.line(self.textCursor().block()).figure

    def note_here(self) -> Footnote | None:
        """Return the footnote that is selected, or beside the cursor."""
        cursor = self.textCursor()
        for place in (cursor.selectionEnd(), cursor.selectionStart() + 1):
            look = self._piece_before(place)
            if isinstance(look, Footnote):
                return look
        return None

    def note_at(self, place: QPoint) -> Footnote | None:
        """Return the footnote whose mark is at a place of the viewport."""
        spot = QPointF(
            place.x() + self.horizontalScrollBar().value(),
            place.y() + self.verticalScrollBar().value(),
        )
        exact = Qt.HitTestAccuracy.ExactHit
        found = self.document().documentLayout().hitTest(spot, exact)
        for position in (found, found + 1):
            look = self._piece_before(position)
            if found >= 0 and isinstance(look, Footnote):
                return look
        return None

    def _piece_before(self, position: int) -> object:
        if not 0 < position < self.document().characterCount():
            return None
        probe = QTextCursor(self.document())
        probe.setPosition(position)
        return None if probe.atBlockStart() else piece_of(probe.charFormat())

    def select_note(self, note_id: str) -> bool:
        """Select a footnote beside the cursor; False when it is not there."""
        cursor = self.textCursor()
        for place in (cursor.selectionEnd(), cursor.selectionStart() + 1):
            look = self._piece_before(place)
            if isinstance(look, Footnote) and look.id == note_id:
                cursor.setPosition(place - 1)
                cursor.setPosition(place, _KEEP)
                self.setTextCursor(cursor)
                return True
        return False

    def deselect(self) -> None:
        """Put the cursor at the end of the selection."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self.setTextCursor(cursor)

    def select_link(self) -> None:
        """Select the whole link that the cursor is in, if nothing is selected."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return
        here = cursor.position()
        spans = self._links(cursor.block())
        found = next((span for span in spans if span[0] <= here < span[1]), None)
        if found is not None:
            cursor.setPosition(found[0])
            cursor.setPosition(found[1], _KEEP)
            self.setTextCursor(cursor)

    @staticmethod
    def _links(block: QTextBlock) -> list[tuple[int, int, str]]:
        """Return start, end and address of the links of a line."""
        spans: list[tuple[int, int, str]] = []
        place = block.begin()
        while not place.atEnd():
            fragment = place.fragment()
            look = piece_of(fragment.charFormat())
            if isinstance(look, Run) and look.link is not None:
                start, end = fragment.position(), fragment.position() + fragment.length()
                if spans and spans[-1][1:] == (start, look.link):
                    start = spans.pop()[0]
                spans.append((start, end, look.link))
            place += 1
        return spans

    def select_cell(self) -> None:
        """Select the text of the cell that the cursor is in, when it has one line."""
        cursor = self.textCursor()
        table = table_of(cursor)
        cell = table.cellAt(cursor) if table is not None else None
        if cell is not None and cell.firstPosition() != cell.lastPosition():
            cursor.setPosition(cell.firstPosition())
            cursor.setPosition(cell.lastPosition(), _KEEP)
            self.setTextCursor(cursor)

    def enter_table_above(self) -> None:
        """Put the cursor into the first cell of the table right before it."""
        block = self.textCursor().block()
        table = _table_before(block)
        if table is not None:
            self.setTextCursor(table.cellAt(0, 0).firstCursorPosition())

    def all_selected(self, flag: Flag) -> bool:
        """Return whether every selected word has a look."""
        runs = [
            piece
            for piece in self.selected_pieces()
            if isinstance(piece, Run) and piece.text.strip()
        ]
        return bool(runs) and all(getattr(run, flag) for run in runs)

    def selected_pieces(self) -> list[object]:
        """Return the pieces that are selected, caret marks left out."""
        cursor = self.textCursor()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        pieces: list[object] = []
        block = self.document().findBlock(first)
        while block.isValid() and block.position() < last:
            place = block.begin()
            while not place.atEnd():
                fragment = place.fragment()
                start, end = fragment.position(), fragment.position() + fragment.length()
                if start < last and end > first:
                    look = piece_of(fragment.charFormat())
                    if isinstance(look, Run):
                        text = fragment.text()[max(first - start, 0) : last - start]
                        look = Run(text, look.bold, look.italic, look.superscript, look.link)
                    pieces.append(look)
                place += 1
            block = block.next()
        return [piece for piece in pieces if not isinstance(piece, Caret)]


def _table_before(block: QTextBlock) -> QTextTable | None:
    if block.position() == 0:
        return None
    return table_of(QTextCursor(block.previous()))
