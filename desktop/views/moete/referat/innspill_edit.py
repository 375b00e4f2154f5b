"""The innspill of a sak in one text: each block is a point, a paragraph or a small heading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from desktop.rules.entity_kinds import Innspillslag
from desktop.services.minutes_edit import InnspillLine
from desktop.viewmodels.innspill_text import (
    STEP,
    Shape,
    Trees,
    block_format,
    insert_inlines,
    line_of,
    read_block,
    shape_of,
    shape_of_line,
)
from desktop.views.editor import spelling_menu
from desktop.views.editor.spelling_marks import SpellingMarks
from desktop.views.moete.referat.innspill_acts import (
    LineActs,
    mime_of_lines,
)
from desktop.views.theme import current_colours
from desktop.views.words import _

_MARGIN: Final = 150
_SPACE: Final = 8
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_NONE: Final = Qt.KeyboardModifier.NoModifier
_BULLETS: Final = "•–▪"


class _Headings(SpellingMarks):
    """Draws small headings in bold, without a word of it in the text."""

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        """Set the looks of a line."""
        if shape_of(self.currentBlock().blockFormat()).slag is Innspillslag.MELLOMTITTEL:
            look = QTextCharFormat()
            look.setFontWeight(QFont.Weight.DemiBold)
            self.setFormat(0, len(text.encode("utf-16-le", "surrogatepass")) // 2, look)
        self.mark_spelling(text)


class InnspillEdit(QTextEdit):
    """Points as fast as people talk. Enter is the next, Tab a level down, Shift+Tab one up.

    `names` are those who can have spoken, by key; who did is drawn at the right, and only there.

    Signals:
        edited: the user changed something, or undid it.
        typed: a key changed the words, after which «@» may name somebody.
        left: the focus went elsewhere.
        speaker_wanted: the user wants to say who spoke (Ctrl+M).
        refused: a sentence about what could not be put in.
    """

    edited = Signal()
    typed = Signal()
    left = Signal()
    speaker_wanted = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.names: Mapping[str, str] = {}
        self.listens: Callable[[QKeyEvent], bool] = lambda _event: False
        self._trees = Trees()
        self._loading = self._loaded = False
        self.acts = LineActs(self, self.refused.emit)
        self.setObjectName("innspill")
        self.setAccessibleName(_("Innspill"))
        self.setPlaceholderText(_("Enter: nytt punkt · Tab: underpunkt · @: hvem"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAcceptRichText(False)
        self._set_margin()
        self.highlighter = _Headings(self.document())
        self.document().contentsChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self.set_lines(())

    # What stands in it

    def set_lines(self, lines: Sequence[InnspillLine]) -> None:
        """Show lines; where they are those that stand there, cursor and undo stay."""
        if tuple(lines) == self.lines() and self._loaded:
            return
        place = self._place()
        self._loading = True
        document = self.document()
        document.setUndoRedoEnabled(False)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setCharFormat(QTextCharFormat())
        for number, line in enumerate(lines):
            shape = shape_of_line(line)
            if number:
                cursor.insertBlock(block_format(shape), QTextCharFormat())
            else:
                cursor.setBlockFormat(block_format(shape))
            insert_inlines(cursor, self._trees.learn(line.id, line.tekst))
        if not lines:
            cursor.setBlockFormat(block_format(Shape("").fresh()))
        document.setUndoRedoEnabled(True)
        self._loaded, self._loading = True, False
        self._go_to(place)
        self._fit()

    def lines(self) -> tuple[InnspillLine, ...]:
        """Return the lines that have words."""
        found = []
        block = self.document().begin()
        while block.isValid():
            inlines = read_block(block)
            if inlines and block.text().strip():
                shape = shape_of(block.blockFormat())
                found.append(line_of(shape, self._trees.tree(shape.id, inlines)))
            block = block.next()
        return tuple(found)

    def line_id(self) -> str:
        """Return the key of the line that the cursor is in."""
        return shape_of(self.textCursor().blockFormat()).id

    def shape(self) -> Shape:
        """Return what the line is that the cursor is in."""
        return shape_of(self.textCursor().blockFormat())

    def _place(self) -> tuple[str, int]:
        cursor = self.textCursor()
        return shape_of(cursor.blockFormat()).id, cursor.positionInBlock()

    def _go_to(self, place: tuple[str, int]) -> None:
        block = self.document().begin()
        while block.isValid():
            if shape_of(block.blockFormat()).id == place[0]:
                cursor = QTextCursor(block)
                cursor.setPosition(block.position() + min(place[1], block.length() - 1))
                self.setTextCursor(cursor)
                return
            block = block.next()

    def _changed(self) -> None:
        if not self._loading and not self.highlighter.is_marking:
            self.acts.mend_keys()
            self.edited.emit()

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something in a line from being shortcuts elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key, held = event.key(), event.modifiers()
            if self._act_of(key, held) is not None and not self.isReadOnly():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter, Tab, Backspace at a start, and the keys that shape a line; else type."""
        if self.isReadOnly() or event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        if self.listens(event):
            return
        act = self._act_of(event.key(), event.modifiers())
        if act is not None and act():
            self.ensureCursorVisible()
            return
        before = self.document().revision()
        super().keyPressEvent(event)
        if self.document().revision() != before:
            if event.text() in {'"', " "}:
                self.acts.set_quotes()
            self.typed.emit()

    def _act_of(self, key: int, held: Qt.KeyboardModifier) -> Callable[[], bool] | None:
        """Return what a key does; an act returns False where the key is to be typed after all."""
        acts = self.acts
        held = held & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER:
            return acts.next_line if held == _NONE else None
        if key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab and held == _SHIFT):
            return lambda: acts.shift_level(-1)
        table: dict[tuple[int, Qt.KeyboardModifier], Callable[[], bool]] = {
            (Qt.Key.Key_Tab, _NONE): lambda: acts.shift_level(1),
            (Qt.Key.Key_Backspace, _NONE): acts.back,
            (Qt.Key.Key_Up, _ALT): lambda: acts.move(-1),
            (Qt.Key.Key_Down, _ALT): lambda: acts.move(1),
            (Qt.Key.Key_H, _CTRL): lambda: acts.turn_into(Innspillslag.MELLOMTITTEL),
            (Qt.Key.Key_J, _CTRL): lambda: acts.turn_into(Innspillslag.AVSNITT),
            (Qt.Key.Key_B, _CTRL): acts.bold,
            (Qt.Key.Key_I, _CTRL): acts.italic,
            (Qt.Key.Key_M, _CTRL): self._ask_speaker,
            (Qt.Key.Key_M, _CTRL | _SHIFT): acts.turn_named,
        }
        return table.get((key, held))

    def _ask_speaker(self) -> bool:
        self.speaker_wanted.emit()
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Take what dead keys and input methods make."""
        super().inputMethodEvent(event)
        if event.commitString():
            self.typed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Tell that the focus went."""
        super().focusOutEvent(event)
        self.left.emit()

    # Menu and clipboard

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow another appearance."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.highlighter.restyle()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Show the menu, for the word under the mouse or at the cursor."""
        place = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.cursorRect().bottomLeft()
        elif not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(place))
        self.show_menu(self.viewport().mapToGlobal(place))

    def show_menu(self, where: QPoint) -> None:
        """Show the menu, with what a misspelt word at the cursor was meant to be."""
        menu = self.createStandardContextMenu()
        spelling_menu.fill(menu, self, self.highlighter, self._respell)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def _respell(self, cursor: QTextCursor, word: str) -> None:
        cursor.insertText(word, cursor.charFormat())
        self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """Return the selected lines as a list."""
        return mime_of_lines(self.acts.selected_lines())

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Paste: several lines become several points."""
        self.acts.paste(source)
        self.typed.emit()

    # Look

    def _set_margin(self) -> None:
        """Leave room at the right for who spoke."""
        self.document().setDocumentMargin(_SPACE)
        self.document().setUndoRedoEnabled(False)
        look = self.document().rootFrame().frameFormat()
        look.setRightMargin(_MARGIN)
        self.document().rootFrame().setFrameFormat(look)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Follow the height of the text in the new width."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size that shows all lines."""
        return QSize(400, self._height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return a size that shows all lines."""
        return QSize(120, self._height())

    def _height(self) -> int:
        least = self.fontMetrics().lineSpacing() + 22
        return max(least, round(self.document().size().height()) + 2)

    def _fit(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the text, the bullets before the points, and at the right who spoke."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        quiet = QColor(current_colours().quiet)
        block = self.document().begin()
        while block.isValid():
            rect = self._rect(block)
            if rect.top() > event.rect().bottom():
                break
            if rect.bottom() >= event.rect().top():
                self._paint_line(painter, block, quiet)
            block = block.next()
        painter.end()

    def _rect(self, block: QTextBlock) -> QRect:
        return self.document().documentLayout().blockBoundingRect(block).toRect()

    def _paint_line(self, painter: QPainter, block: QTextBlock, quiet: QColor) -> None:
        shape = shape_of(block.blockFormat())
        layout = block.layout()
        if layout.lineCount() == 0:
            return
        first = layout.lineAt(0).naturalTextRect().translated(layout.position()).toRect()
        line = QRect(0, first.top(), self.viewport().width(), first.height())
        alone = self.document().blockCount() == 1 and not block.text()
        if shape.slag is Innspillslag.PUNKT and not alone:
            painter.setPen(quiet)
            left = shape.nivaa * STEP + int(self.document().documentMargin())
            painter.drawText(
                QRect(left, line.top(), STEP - 6, line.height()),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                _BULLETS[min(shape.nivaa, len(_BULLETS) - 1)],
            )
        if shape.innsender_id:
            self._paint_speaker(painter, shape, line, quiet)

    def _paint_speaker(self, painter: QPainter, shape: Shape, line: QRect, quiet: QColor) -> None:
        name = self.names.get(shape.innsender_id or "", _("ukjent"))
        text = _("navngis: {navn}").format(navn=name) if shape.navngis else name
        painter.setPen(QColor(current_colours().accent) if shape.navngis else quiet)
        font = QFont(self.font())
        font.setItalic(not shape.navngis)
        painter.setFont(font)
        room = QRect(line.right() - _MARGIN, line.top(), _MARGIN - 10, line.height())
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, cut)
        painter.setFont(self.font())

    def set_speaker(self, person_id: str | None, cursor: QTextCursor | None = None) -> None:
        """Say who spoke in the line that the cursor is in; None takes the name away."""
        cursor = cursor or self.textCursor()
        shape = shape_of(cursor.blockFormat())
        named = shape.navngis and person_id is not None
        wanted = replace(shape, innsender_id=person_id, navngis=named)
        cursor.setBlockFormat(block_format(wanted))
        self.viewport().update()
