"""How the attendance is drawn and edited: three choices in a cell, and the saker of the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.rules.kinds import Oppmoetestatus
from desktop.services.attendance_view import AttendanceRow, SakChoice
from desktop.viewmodels.attendance import SAK_COLUMNS, STATUSES, AttendanceColumn
from desktop.viewmodels.table import ROW_ROLE
from desktop.views.theme import Colours, current_colours
from desktop.views.words import _

Index = QModelIndex | QPersistentModelIndex
_ORDER: Final = tuple(Oppmoetestatus)
_EDGE = 4
_LONGEST_TITLE = 60


class LineDelegate(QStyledItemDelegate):
    """Draws the heading of a group in bold, and persons as usual."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Make headings bold; a cell of a row never looks focused on its own."""
        super().initStyleOption(option, index)
        if not isinstance(index.data(ROW_ROLE), AttendanceRow):
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold)
            option.font = font
            option.backgroundBrush = QBrush(QColor(current_colours().raised))
        elif index.column() not in SAK_COLUMNS:
            option.state &= ~QStyle.StateFlag.State_HasFocus


class StatusDelegate(LineDelegate):
    """Draws til stede, digitalt and forfall beside each other; a click on one chooses it.

    Signals:
        chosen: a person's key and the Oppmoetestatus that was clicked.
    """

    chosen = Signal(str, object)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell's ground, and the three choices on it."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, AttendanceRow):
            super().paint(painter, option, index)
            return
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        ground.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, ground, painter, ground.widget
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(ground.font)
        for status, place in zip(_ORDER, _parts(option.rect), strict=True):
            _draw(painter, place, status, chosen=status is row.status)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return room for the three words."""
        usual = super().sizeHint(option, index)
        longest = max(option.fontMetrics.horizontalAdvance(text) for text in STATUSES.values())
        return QSize(len(_ORDER) * (longest + 4 * _EDGE), usual.height())

    def editorEvent(  # noqa: N802
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Choose what was clicked with the left button."""
        row = index.data(ROW_ROLE)
        released = event.type() == QEvent.Type.MouseButtonRelease
        if not (released and isinstance(event, QMouseEvent) and isinstance(row, AttendanceRow)):
            return super().editorEvent(event, model, option, index)
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers():
            return False
        for status, place in zip(_ORDER, _parts(option.rect), strict=True):
            if place.contains(event.position().toPoint()):
                self.chosen.emit(row.person_id, status)
                return True
        return False


def _parts(cell: QRect) -> list[QRect]:
    inner = cell.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    width = inner.width() // len(_ORDER)
    return [
        QRect(inner.left() + place * width, inner.top(), width, inner.height())
        for place in range(len(_ORDER))
    ]


def _draw(painter: QPainter, place: QRect, status: Oppmoetestatus, *, chosen: bool) -> None:
    colours = current_colours()
    shape = QRectF(place).adjusted(1.5, 0.5, -1.5, -0.5)
    ground = _colour_of(colours, status)
    painter.setPen(QPen(QColor(ground if chosen else colours.line), 1))
    painter.setBrush(QColor(ground) if chosen else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(shape, 5, 5)
    painter.setPen(QColor(colours.surface if chosen else colours.quiet))
    text = painter.fontMetrics().elidedText(
        STATUSES[status], Qt.TextElideMode.ElideRight, int(shape.width()) - 4
    )
    painter.drawText(shape, int(Qt.AlignmentFlag.AlignCenter), text)


def _colour_of(colours: Colours, status: Oppmoetestatus) -> str:
    table = {
        Oppmoetestatus.TIL_STEDE: colours.good,
        Oppmoetestatus.DIGITALT: colours.accent,
        Oppmoetestatus.FORFALL: colours.error,
    }
    return table[status]


class SakDelegate(LineDelegate):
    """Chooses the sak somebody came at or left after.

    Signals:
        chosen: a person's key, the column, and the key of the sak or None.
    """

    chosen = Signal(str, int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.saker: Sequence[SakChoice] = ()

    def createEditor(  # noqa: N802
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Return a list of the meeting's saker, opened."""
        editor = QComboBox(parent)
        whole = _("Fra starten") if index.column() == AttendanceColumn.KOM else _("Til slutten")
        editor.setAccessibleName(str(index.model().headerData(index.column(), _ACROSS)))
        editor.addItem(whole, None)
        for sak in self.saker:
            editor.addItem(f"{sak.nummer}  {shortened(sak.tittel)}", sak.id)
        view = editor.view()
        view.setMinimumWidth(min(480, view.sizeHintForColumn(0) + 40))
        editor.activated.connect(lambda _place: self._done(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Show the sak that is chosen."""
        row = index.data(ROW_ROLE)
        if isinstance(editor, QComboBox) and isinstance(row, AttendanceRow):
            came = index.column() == AttendanceColumn.KOM
            wanted = row.fra_sak_id if came else row.til_sak_id
            editor.setCurrentIndex(max(0, editor.findData(wanted)))

    def setModelData(  # noqa: N802
        self, editor: QWidget, _model: QAbstractItemModel, index: Index
    ) -> None:
        """Tell what was chosen, where it is another than before."""
        row = index.data(ROW_ROLE)
        if not (isinstance(editor, QComboBox) and isinstance(row, AttendanceRow)):
            return
        came = index.column() == AttendanceColumn.KOM
        before = row.fra_sak_id if came else row.til_sak_id
        chosen = editor.currentData()
        if chosen != before:
            self.chosen.emit(row.person_id, index.column(), chosen)

    def _done(self, editor: QComboBox) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)


def shortened(title: str) -> str:
    """Return a title that fits into a list."""
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rstrip()} …"


_ACROSS: Final = Qt.Orientation.Horizontal
