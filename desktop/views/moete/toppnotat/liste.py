"""The list of the saker with the state of their notes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QPainter,
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
    """

    picked = Signal(str)
    entered = Signal()
    dropped = Signal(str, object)
    refused = Signal(str)

    def __init__(self, model: NoteListModel) -> None:
        super().__init__()
        self._model = model
        self.editable = False
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

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files from a folder."""
        if self.editable and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Take them on a sak alone."""
        if self._line_under(event) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Read the Word file that is dropped."""
        line = self._line_under(event)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if line is None or not paths:
            event.ignore()
            return
        event.acceptProposedAction()
        if len(paths) > 1 or paths[0].suffix.lower() not in WORD_FILES:
            self.refused.emit(_("Slipp ett Word-dokument (.docx) på saken det hører til."))
            return
        self.choose(self._model.row_of(line.sak_id))
        self.dropped.emit(line.sak_id, paths[0])

    def _line_under(self, event: QDropEvent) -> NoteLine | None:
        return self._model.line_at(self.indexAt(event.position().toPoint()).row())
