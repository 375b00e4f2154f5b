"""The list of the saker with the state of their notes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.rules.states import ToppnotatTilstand
from desktop.services.note_view import NoteLine
from desktop.viewmodels.note_list import NoteListModel, detail_texts, title_text
from desktop.viewmodels.table import ROW_ROLE
from desktop.views.moete.dropping import take_copy
from desktop.views.theme import current_colours
from desktop.views.words import _

_Index = QModelIndex | QPersistentModelIndex
_PADDING: Final = 8
_DOT: Final = 9
_MOST_LINES: Final = 2
WORD_FILES: Final = frozenset({".docx", ".docm"})


class NoteDelegate(QStyledItemDelegate):
    """Draws a sak: a mark in the colour of its state, number and title, and what is missing."""

    def paint(  # noqa: D102
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        line: NoteLine = index.data(ROW_ROLE)
        view: QWidget | None = option.widget
        style = view.style() if view is not None else QApplication.style()
        self.initStyleOption(option, index)
        option.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        self._paint_mark(painter, option.rect, line)
        self._paint_texts(painter, option, line)
        painter.restore()

    def _paint_mark(self, painter: QPainter, rect: QRect, line: NoteLine) -> None:
        colour = mark_colour(line.tilstand)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colour))
        painter.setBrush(QColor(colour) if line.tilstand else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(rect.left() + _PADDING, rect.top() + _PADDING + 4, _DOT, _DOT)

    def _paint_texts(self, painter: QPainter, option: QStyleOptionViewItem, line: NoteLine) -> None:
        colours = current_colours()
        state, missing = detail_texts(line)
        room = text_rect(option.rect)
        lines = title_lines(title_text(line), option.font, room.width())
        quiet = line.ute or line.tilstand is None
        painter.setPen(QColor(colours.quiet if quiet else colours.text))
        painter.setFont(_struck(option.font, struck=line.ute))
        room = self._draw(painter, room, lines)
        painter.setFont(small(option.font))
        painter.setPen(QColor(colours.quiet))
        room = self._draw(painter, room, [state])
        if missing:
            painter.setPen(QColor(colours.warning))
            self._draw(painter, room, [missing])

    @staticmethod
    def _draw(painter: QPainter, room: QRect, lines: list[str]) -> QRect:
        """Draw lines from the top of the room, and return what is left of it."""
        metrics = painter.fontMetrics()
        for text in lines:
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, cut)
            room = room.adjusted(0, metrics.lineSpacing(), 0, 0)
        return room

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: _Index
    ) -> QSize:
        """Return the height of the lines of a row at the width of the list."""
        line: NoteLine = index.data(ROW_ROLE)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 200
        room = text_rect(QRect(0, 0, width, 10)).width()
        titles = len(title_lines(title_text(line), option.font, room))
        details = sum(map(bool, detail_texts(line)))
        height = titles * QFontMetrics(option.font).lineSpacing()
        height += details * QFontMetrics(small(option.font)).lineSpacing()
        return QSize(width, height + 2 * _PADDING)


def mark_colour(state: ToppnotatTilstand | None) -> str:
    """Return the colour of a state."""
    colours = current_colours()
    table = {
        ToppnotatTilstand.UTKAST: colours.provisional,
        ToppnotatTilstand.TIL_KVALITETSSIKRING: colours.accent,
        ToppnotatTilstand.KLAR: colours.good,
        ToppnotatTilstand.SENDT: colours.good,
    }
    return table[state] if state else colours.line


def text_rect(rect: QRect) -> QRect:
    """Return where the texts of a row stand."""
    return rect.adjusted(2 * _PADDING + _DOT, _PADDING, -_PADDING, -_PADDING)


def title_lines(text: str, font: QFont, width: int) -> list[str]:
    """Return a title on at most two lines, the second one cut where it must be."""
    metrics = QFontMetrics(font)
    words, first = text.split(), ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    rest = " ".join(words)
    return [part for part in (first, rest) if part][:_MOST_LINES]


def small(font: QFont) -> QFont:
    """Return a font a little smaller."""
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * 0.9)
    return made


def _struck(font: QFont, *, struck: bool) -> QFont:
    made = QFont(font)
    made.setStrikeOut(struck)
    return made


class NoteList(QListView):
    """The saker. A Word file dropped on one is read into it.

    Signals:
        picked: the key of the sak that is chosen.
        entered: the user wants to write: Enter, or a double click.
        dropped: the key of a sak and the path of a Word file.
        refused: the sentence about a file that is none.
        menu_wanted: the place of the screen for the menu of the chosen sak.
    """

    picked = Signal(str)
    entered = Signal()
    dropped = Signal(str, object)
    refused = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: NoteListModel) -> None:
        super().__init__()
        self._model = model
        self.editable = False
        self.drop_row = -1
        self.setModel(model)
        self.setItemDelegate(NoteDelegate(self))
        self.setAccessibleName(_("Sakene i møtet"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(False)
        self.setAcceptDrops(True)
        self.setMinimumWidth(170)
        self.activated.connect(lambda _index: self.entered.emit())

    def choose(self, row: int) -> None:
        """Choose the sak at a place."""
        index = self._model.index(row)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def step(self, way: int) -> None:
        """Choose the next (1) or the previous (-1) sak."""
        row = self.currentIndex().row() + way
        if 0 <= row < self._model.rowCount():
            self.choose(row)

    def current_sak(self) -> str:
        """Return the key of the chosen sak; "" for none."""
        line = self._model.line_at(self.currentIndex().row())
        return line.sak_id if line else ""

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802
        """Tell which sak is chosen."""
        super().currentChanged(current, previous)
        line = self._model.line_at(current.row())
        if line is not None:
            self.picked.emit(line.sak_id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for the menu of the chosen sak: where the mouse is, or under its row."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        row = self.visualRect(self.currentIndex())
        spot = event.pos() if by_mouse else row.bottomLeft()
        if self.indexAt(event.pos()).isValid() or not by_mouse:
            self.menu_wanted.emit(self.viewport().mapToGlobal(spot))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files from a folder."""
        if self.editable and event.mimeData().hasUrls():
            take_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Take them on a sak alone, and show which one."""
        place = self.indexAt(event.position().toPoint())
        self._mark_drop(place.row())
        if place.isValid():
            take_copy(event)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Show no sak any more."""
        super().dragLeaveEvent(event)
        self._mark_drop(-1)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Read the Word file that is dropped."""
        self._mark_drop(-1)
        line = self._model.line_at(self.indexAt(event.position().toPoint()).row())
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if line is None or not paths:
            event.ignore()
            return
        take_copy(event)
        if len(paths) > 1 or paths[0].suffix.lower() not in WORD_FILES:
            self.refused.emit(_("Slipp ett Word-dokument (.docx) på saken det hører til."))
            return
        self.choose(self._model.row_of(line.sak_id))
        self.dropped.emit(line.sak_id, paths[0])

    def _mark_drop(self, row: int) -> None:
        if row != self.drop_row:
            self.drop_row = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw a frame round the sak that a file is dropped on."""
        super().paintEvent(event)
        if self.drop_row >= 0:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(current_colours().accent), 2))
            rect = self.visualRect(self._model.index(self.drop_row))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
