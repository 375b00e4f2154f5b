"""The saker at the left of the meeting mode: number, title, mark and planned time."""

from __future__ import annotations

import datetime as dt
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.i18n.dates import prose_clock
from desktop.services.minutes_view import MinuteSak, Saksmerke
from desktop.viewmodels.minutes import MARKS, SakerModel, is_over
from desktop.viewmodels.table import ROW_ROLE
from desktop.views.theme import current_colours
from desktop.views.words import _

_PAD: Final = 9
_DOT: Final = 12
_OUT: Final = frozenset({Saksmerke.UTSATT, Saksmerke.TRUKKET})
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SakDelegate(QStyledItemDelegate):
    """Draws a sak in two lines, with its mark at the left."""

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return room for two lines."""
        del index
        return QSize(180, 2 * option.fontMetrics.lineSpacing() + 2 * _PAD - 4)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the sak."""
        sak: MinuteSak = index.data(ROW_ROLE)
        colours = current_colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.selected))
            accent = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(accent, QColor(colours.accent))
        rect = option.rect.adjusted(_PAD, _PAD - 2, -_PAD, -_PAD + 2)
        line = option.fontMetrics.lineSpacing()
        self._mark(painter, sak, QRect(rect.left(), rect.top(), _DOT, line))
        text = rect.adjusted(_DOT + 8, 0, 0, 0)
        self._head(painter, option, sak, QRect(text.left(), text.top(), text.width(), line))
        font = QFont(option.font)
        font.setStrikeOut(sak.merke is Saksmerke.TRUKKET)
        painter.setFont(font)
        painter.setPen(QColor(colours.quiet if sak.merke in _OUT else colours.text))
        title = option.fontMetrics.elidedText(sak.tittel, Qt.TextElideMode.ElideRight, text.width())
        room = QRect(text.left(), text.top() + line, text.width(), line)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()

    @staticmethod
    def _head(painter: QPainter, option: QStyleOptionViewItem, sak: MinuteSak, rect: QRect) -> None:
        colours = current_colours()
        number = QFont(option.font)
        number.setWeight(QFont.Weight.DemiBold)
        number.setItalic(sak.provisional)
        painter.setFont(number)
        painter.setPen(QColor(colours.provisional if sak.provisional else colours.text))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, flags | Qt.AlignmentFlag.AlignLeft, sak.number)
        painter.setFont(option.font)
        now = dt.datetime.now()  # noqa: DTZ005
        over = is_over(sak, now)
        painter.setPen(QColor(colours.warning if over else colours.quiet))
        told = MARKS[sak.merke] if sak.merke in _OUT else ""
        if not told and sak.start is not None:
            told = prose_clock(sak.start)
        painter.drawText(rect, flags | Qt.AlignmentFlag.AlignRight, told)

    @staticmethod
    def _mark(painter: QPainter, sak: MinuteSak, rect: QRect) -> None:
        """Draw an open ring, a half one, a tick, a bar or a cross."""
        colours = current_colours()
        box = QRect(rect.left(), rect.center().y() - _DOT // 2 + 1, _DOT, _DOT)
        inner = box.adjusted(1, 1, -1, -1)
        if sak.merke is Saksmerke.BEHANDLET:
            painter.setPen(QPen(QColor(colours.good), 2))
            left, top, size = inner.left(), inner.top(), inner.width()
            places = ((0.05, 0.55), (0.4, 0.88), (1.0, 0.12))
            painter.drawPolyline(
                [QPointF(left + size * across, top + size * down) for across, down in places]
            )
        elif sak.merke in _OUT:
            painter.setPen(QPen(QColor(colours.quiet), 2))
            middle = inner.center().y()
            painter.drawLine(inner.left(), middle, inner.right(), middle)
        else:
            begun = sak.merke is Saksmerke.I_GANG
            painter.setPen(QPen(QColor(colours.accent if begun else colours.quiet), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(inner)
            if begun:
                painter.setBrush(QColor(colours.accent))
                painter.drawPie(inner, 90 * 16, -180 * 16)


class SakerList(QListView):
    """The saker; the arrows choose, Enter goes on to writing, letters and digits find.

    Signals:
        chosen: the key of the sak that is current now.
        entered: the user wants to write about it.
    """

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, model: SakerModel) -> None:
        super().__init__()
        self.setModel(model)
        self.saker = model
        self.setObjectName("sakene")
        self.setAccessibleName(_("Sakene i møtet"))
        self.setItemDelegate(SakDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(lambda now, _old: self._changed(now))
        self.doubleClicked.connect(lambda _index: self.entered.emit())

    def _changed(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(now.data(ROW_ROLE).id)

    def go_to(self, row: int) -> None:
        """Choose the sak at a place, where there is one."""
        if 0 <= row < self.saker.rowCount():
            self.setCurrentIndex(self.saker.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go on to writing with Enter."""
        if event.key() in _ENTER and not event.modifiers():
            self.entered.emit()
            return
        super().keyPressEvent(event)
