"""How the cells of a running order look, and how they are typed in.

What cannot be read is answered where it is typed: the editor stays open with the text in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.i18n.dates import prose_clock
from desktop.i18n.terms import SAKSTYPER
from desktop.rules.kinds import Sakstype
from desktop.services.agenda_view import AgendaLine, Line
from desktop.viewmodels.agenda import HEADERS, Col, notes_of
from desktop.viewmodels.table import ROW_ROLE, Index
from desktop.views.theme import current_colours
from desktop.views.words import _

Commit = Callable[[Index, str], str]
"""Does what was typed in a cell; returns a sentence where that was refused, else ""."""

_MARGIN: Final = 7
_NO_TYPE: Final = ""
_HELD: Final = "holdes"
_KEY = Qt.Key
_OWN_KEYS: Final = frozenset(
    {_KEY.Key_Escape, _KEY.Key_Return, _KEY.Key_Enter, _KEY.Key_Up, _KEY.Key_Down, _KEY.Key_F2}
)
"""What an open editor keeps from the shortcuts of the table it stands in."""
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_HINT = QAbstractItemDelegate.EndEditHint


class HeldDelegate(QStyledItemDelegate):
    """A delegate whose editor stays open until what it holds is accepted or given up."""

    def __init__(self, commit: Commit, say: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._commit = commit
        self._say = say
        self._place = QPersistentModelIndex()

    def createEditor(  # noqa: N802
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Return the editor of a cell."""
        self._place = QPersistentModelIndex(index)
        editor = self.make_editor(parent, index)
        editor.setAutoFillBackground(True)
        return editor

    def make_editor(self, parent: QWidget, index: Index) -> QWidget:
        """Return a line to type in."""
        line = QLineEdit(parent)
        line.setAccessibleName(str(index.data() or ""))
        return line

    def text_to_edit(self, index: Index) -> str:
        """Return what the editor begins with."""
        return str(index.data(Qt.ItemDataRole.EditRole) or index.data() or "")

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Fill the editor once: what is typed is not overwritten when the row changes."""
        if isinstance(editor, QLineEdit) and not editor.property("fylt"):
            editor.setText(self.text_to_edit(index))
            editor.selectAll()
            editor.setProperty("fylt", True)

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Give the editor its cell, and no less height or width than it needs."""
        needed = editor.sizeHint()
        rect = QRect(option.rect)
        height = max(min(rect.height(), needed.height() + 4), needed.height())
        rect.setTop(rect.center().y() - height // 2)
        rect.setHeight(height)
        rect.setWidth(max(rect.width(), editor.minimumSizeHint().width()))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        """Accept on Enter, Tab and when the focus goes; give up on Escape."""
        if not isinstance(editor, QWidget):
            return super().eventFilter(editor, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(editor, event) or super().eventFilter(editor, event)
        if event.type() == QEvent.Type.FocusOut:
            if not _holds_focus(editor):
                self.accept(editor, _HINT.NoHint)
            return False
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return False

    def _key(self, editor: QWidget, event: QKeyEvent) -> bool:
        hints = {
            Qt.Key.Key_Return: _HINT.NoHint,
            Qt.Key.Key_Enter: _HINT.NoHint,
            Qt.Key.Key_Tab: _HINT.EditNextItem,
            Qt.Key.Key_Backtab: _HINT.EditPreviousItem,
        }
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._say("")
            editor.setProperty(_HELD, False)
            self.closeEditor.emit(editor, _HINT.RevertModelCache)
            return True
        if key in hints:
            self.accept(editor, hints[key])
            return True
        return False

    def accept(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Do what the editor holds; where that is refused it stays open and the sentence is told.

        Telling can move the focus: an editor is accepted once at a time.
        """
        if editor.property("lukker") or not self._place.isValid():
            return
        editor.setProperty("lukker", True)
        text = self.text_of(editor)
        unchanged = text == self.text_to_edit(self._place)
        sentence = "" if unchanged else self._commit(self._place, text)
        self._say(sentence)
        if sentence:
            editor.setProperty("lukker", False)
            editor.setProperty("feil", True)
            editor.setProperty(_HELD, True)
            editor.style().polish(editor)
            editor.setAccessibleDescription(sentence)
            editor.setToolTip(_("Ikke lagret ennå. Rett teksten, eller trykk Esc."))
            return
        editor.setProperty(_HELD, False)
        self.closeEditor.emit(editor, hint)

    def text_of(self, editor: QWidget) -> str:
        """Return what the editor holds."""
        return editor.text() if isinstance(editor, QLineEdit) else ""


def accept_held(view: QAbstractItemView, editor: QWidget) -> None:
    """Accept what an editor of a `HeldDelegate` holds: what a view's `commitData` has to do."""
    delegate = view.itemDelegate()
    if isinstance(delegate, HeldDelegate):
        delegate.accept(editor, _HINT.NoHint)


def is_held(editor: QWidget) -> bool:
    """Tell whether an editor has refused text in it: a view's `closeEditor` leaves it open then."""
    return bool(editor.property(_HELD))


def return_to_held(view: QAbstractItemView) -> bool:
    """Give the keyboard to the editor that was left open; False where there is none."""
    for editor in view.viewport().findChildren(QWidget):
        if is_held(editor) and editor.isVisible():
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
    return False


def _holds_focus(editor: QWidget) -> bool:
    """Tell whether the focus is in the editor's own popup, or the whole window lost it."""
    focus = QApplication.focusWidget()
    popup = QApplication.activePopupWidget()
    return popup is not None or (focus is not None and editor.isAncestorOf(focus))


class AgendaDelegate(HeldDelegate):
    """Paints the rows of a running order: numbers that are provisional, what overruns, what is out.

    A title takes the lines it needs, with what is to be said of the row under it.
    """

    def make_editor(self, parent: QWidget, index: Index) -> QWidget:
        """Return a line, or the list of sakstyper."""
        column = Col(index.column())
        if column is Col.SAKSTYPE:
            return self._type_editor(parent, index)
        line = QLineEdit(parent)
        line.setAccessibleName(f"{HEADERS[column]}, {_line(index).title}")
        examples = {
            Col.TID: (_("kl. 10.30"), _("Fast starttid: kl 10, 1000 eller 10.30. × fjerner den.")),
            Col.VARIGHET: (_("30 min"), _("Minutter: 30. Eller fast starttid: kl. 10.30.")),
        }
        if column in examples:
            hint, tip = examples[column]
            line.setPlaceholderText(hint)
            line.setToolTip(tip)
            line.setMinimumWidth(line.fontMetrics().horizontalAdvance("kl. 10.30 mm") + 20)
        return line

    def _type_editor(self, parent: QWidget, index: Index) -> QComboBox:
        box = QComboBox(parent)
        box.setAccessibleName(f"{HEADERS[Col.SAKSTYPE]}, {_line(index).title}")
        box.addItem(_("Ingen"), _NO_TYPE)
        for kind in Sakstype:
            box.addItem(_(SAKSTYPER[kind]), kind.value)
        held = _line(index).sakstype
        box.setCurrentIndex(box.findData(held.value if held else _NO_TYPE))
        box.activated.connect(lambda _row: self.accept(box, _HINT.NoHint))
        return box

    def text_of(self, editor: QWidget) -> str:
        """Return what was typed, or the value of the chosen sakstype."""
        return (
            str(editor.currentData()) if isinstance(editor, QComboBox) else super().text_of(editor)
        )

    def text_to_edit(self, index: Index) -> str:
        """Return the value as it is typed: the fixed time, the minutes, the title, the type."""
        line = _line(index)
        match Col(index.column()):
            case Col.TID:
                return prose_clock(line.fixed) if line.fixed else ""
            case Col.VARIGHET:
                return "" if line.minutes is None else str(line.minutes)
            case Col.SAKSTYPE:
                return line.sakstype.value if line.sakstype else _NO_TYPE
        return line.title

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Give a cell the font and colour its row has."""
        super().initStyleOption(option, index)
        line, column, colours = _line(index), Col(index.column()), current_colours()
        font = QFont(option.font)
        colour = colours.text
        if line.kind is not Line.POST:
            colour = _end_colour(line)
            font.setBold(line.kind is Line.DAG or bool(line.overrun))
        elif line.is_out:
            colour = colours.quiet
            font.setStrikeOut(True)
        elif _is_provisional(line, column):
            colour = colours.provisional
            font.setItalic(True)
        elif column is Col.TID and line.fixed:
            font.setBold(True)
        elif line.sak_id is None and column is Col.TITTEL:
            colour = colours.quiet
        option.font = font
        _set_text_colour(option, colour)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell; the one that has the focus gets a frame, so that the keyboard shows."""
        full = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        focused = bool(full.state & QStyle.StateFlag.State_HasFocus)
        full.state &= ~QStyle.StateFlag.State_HasFocus
        full.state |= QStyle.StateFlag.State_Enabled
        title = full.text if index.column() == Col.TITTEL else ""
        if title:
            full.text = ""
        style = full.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, full, painter, full.widget)
        if title:
            self._paint_title(painter, full, title, _line(index))
        _paint_rule(painter, full.rect)
        if focused:
            _paint_focus(painter, full.rect)

    def _paint_title(
        self, painter: QPainter, option: QStyleOptionViewItem, title: str, line: AgendaLine
    ) -> None:
        room = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        notes = " · ".join(notes_of(line))
        font: QFont = option.font
        above, below = _heights(font, room.width(), title, notes)
        top = room.top() + max(2, (room.height() - above - below) // 2)
        painter.save()
        painter.setClipRect(option.rect)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(QRect(room.left(), top, room.width(), above), _WRAP, title)
        if notes:
            painter.setFont(_small(font))
            painter.setPen(QColor(_note_colour(line)))
            painter.drawText(QRect(room.left(), top + above, room.width(), below), _WRAP, notes)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return the size of a cell: a title's follows from the width it is given."""
        metrics = QFontMetrics(option.font)
        least = metrics.height() + 14
        if index.column() != Col.TITTEL:
            return QSize(metrics.horizontalAdvance(str(index.data() or "")) + 2 * _MARGIN, least)
        width = max(80, option.rect.width() - 2 * _MARGIN)
        line = _line(index)
        above, below = _heights(
            option.font,
            width,
            str(index.data() or ""),
            " · ".join(notes_of(line)),
        )
        return QSize(width, max(least, above + below + 12))


def _line(index: Index) -> AgendaLine:
    line: AgendaLine = index.data(ROW_ROLE)
    return line


def _is_provisional(line: AgendaLine, column: Col) -> bool:
    if column is Col.SAK:
        return line.provisional
    return column is Col.VEDLEGG and line.vedlegg_provisional


def _end_colour(line: AgendaLine) -> str:
    colours = current_colours()
    if line.kind is Line.DAG:
        return colours.text
    return colours.warning if line.overrun else colours.quiet


def _note_colour(line: AgendaLine) -> str:
    colours = current_colours()
    return colours.warning if line.overrun else colours.quiet


def _set_text_colour(option: QStyleOptionViewItem, colour: str) -> None:
    palette: QPalette = option.palette
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
        palette.setColor(role, QColor(colour))
    option.palette = palette


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setStrikeOut(False)
    if made.pointSizeF() > 0:
        made.setPointSizeF(made.pointSizeF() * 0.9)
    return made


def _heights(font: QFont, width: int, title: str, notes: str) -> tuple[int, int]:
    return _height(font, width, title), _height(_small(font), width, notes) if notes else 0


def _height(font: QFont, width: int, text: str) -> int:
    room = QRect(0, 0, width, 10_000)
    return QFontMetrics(font).boundingRect(room, int(_WRAP), text).height()


def _paint_rule(painter: QPainter, rect: QRect) -> None:
    painter.save()
    painter.setPen(QPen(QColor(current_colours().line), 1))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.restore()


def _paint_focus(painter: QPainter, rect: QRect) -> None:
    painter.save()
    painter.setPen(QPen(QColor(current_colours().accent), 1))
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.restore()
