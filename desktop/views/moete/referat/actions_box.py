"""The aksjonspunkter of a sak: one line each, understood while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.i18n.dates import long_date
from desktop.services.minutes_actions import LineReader
from desktop.services.minutes_view import ActionLine
from desktop.services.referater import (
    add_aksjonspunkt,
    change_aksjonspunkt,
    remove_aksjonspunkt,
)
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.minutes_actions import action_text, line_to_edit, missing_text
from desktop.views.moete.referat.parts import GAP
from desktop.views.moete.referat.saving import LONGEST_MS, Saver
from desktop.views.parts import column, label, row
from desktop.views.words import _

_DELETES: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_OPENS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2})
_CHIP: Final = (
    "QLabel { background: palette(highlight); color: palette(text); border-radius: 8px;"
    " padding: 1px 9px; }"
)


class ActionsBox(QWidget):
    """Lists the aksjonspunkter, and takes one more.

    Lines are read by `reader`, which is set before. `told` is called with what was refused, ""
    where nothing was.

    Signals:
        passed: the user goes on with an arrow: -1 to what stands above, 1 to what stands below.
    """

    passed = Signal(int)

    def __init__(
        self,
        desk: Desk,
        sak_id: str,
        told: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._desk = desk
        self.sak_id = sak_id
        self.reader: LineReader | None = None
        self._told = told
        self._changing: ActionLine | None = None
        self._lines: tuple[ActionLine, ...] = ()
        self.list = QListWidget()
        self.list.setObjectName("aksjonspunkter")
        self.list.setAccessibleName(_("Aksjonspunkter"))
        self.list.setWordWrap(True)
        self.list.setToolTip(_("Enter endrer, Delete fjerner"))
        self.list.itemDoubleClicked.connect(lambda _item: self._change_current())
        self.input = QLineEdit()
        self.input.setAccessibleName(_("Nytt aksjonspunkt"))
        self.input.setPlaceholderText(_("KS sender utkast innen 15. januar – Enter legger til"))
        self.input.installEventFilter(self)
        self.input.textChanged.connect(lambda _text: self._show_chips())
        self.input.returnPressed.connect(self.commit)
        self.saver = Saver(self._store, self, pause_ms=LONGEST_MS)
        self.input.textEdited.connect(lambda _text: self.saver.touch())
        self.saver.told.connect(lambda sentence: sentence and told(sentence))
        self.who, self.when = self._chip(_("Ansvarlig")), self._chip(_("Frist"))
        self.hint = label("", "stille")
        self.chips = QWidget()
        self.chips.setLayout(row(self.who, self.when, self.hint, None, spacing=8))
        self.setLayout(column(self.list, self.input, self.chips, spacing=GAP))
        self.setFocusProxy(self.input)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fit)
        self.list.installEventFilter(self)
        self._show_chips()

    @staticmethod
    def _chip(name: str) -> QLabel:
        made = label("")
        made.setStyleSheet(_CHIP)
        made.setAccessibleName(name)
        return made

    def load(self, lines: tuple[ActionLine, ...], *, writable: bool) -> None:
        """Show the aksjonspunkter as they are stored; what is being typed stays."""
        self.input.setVisible(writable)
        self.chips.setVisible(writable and bool(self.input.text()))
        place = self.list.currentRow()
        if lines != self._lines or self.list.count() != len(lines):
            self._lines = lines
            self.list.clear()
            for line in lines:
                self.list.addItem(QListWidgetItem(action_text(line)))
            self.list.setCurrentRow(min(place, len(lines) - 1))
        self.list.setVisible(bool(lines))
        self._fit()

    def _fit(self) -> None:
        """Let every line be seen whole, in as many rows as the width makes of it."""
        self.list.doItemsLayout()
        items = map(self.list.item, range(self.list.count()))
        height = sum(self.list.visualItemRect(item).height() for item in items)
        self.list.setFixedHeight(height + 2 * self.list.frameWidth() + 4)

    @property
    def pending(self) -> bool:
        """Whether a line is typed that is not added yet."""
        return bool(self.input.text().strip())

    def commit(self) -> None:
        """Add the line that is typed, or change the one that was taken up."""
        if not self.pending:
            return
        error = self._store()
        self._told(error)
        if not error:
            self._changing = None
            self.input.clear()

    def _store(self) -> str:
        """Store the line that is typed; return the sentence where that was refused."""
        if self.reader is None or not self.pending:
            return ""
        found = self.reader.read(self.input.text())
        if self._changing is None:
            outcome = self._desk.do(
                add_aksjonspunkt,
                sak_id=self.sak_id,
                tekst=found.tekst,
                ansvarlig_organisasjon_id=found.organisasjon_id,
                ansvarlig_person_id=found.person_id,
                frist=found.frist,
            )
            made = outcome.value.id if outcome.value else ""
            self._changing = next((line for line in self._lines if line.id == made), None)
            return outcome.error
        return self._desk.do(
            change_aksjonspunkt,
            aksjonspunkt_id=self._changing.id,
            tekst=found.tekst,
            ansvarlig_organisasjon_id=found.organisasjon_id,
            ansvarlig_person_id=found.person_id,
            frist=found.frist,
        ).error

    def _show_chips(self) -> None:
        text = self.input.text().strip()
        found = self.reader.read(text) if text and self.reader else None
        self.chips.setVisible(found is not None)
        if found is None:
            self._changing = None if not self.input.text() else self._changing
            return
        self.who.setText(_("Ansvarlig: {hvem}").format(hvem=found.ansvarlig))
        self.who.setVisible(bool(found.ansvarlig))
        self.when.setVisible(found.frist is not None)
        if found.frist is not None:
            self.when.setText(_("Frist: {dato}").format(dato=long_date(found.frist)))
        changing = _("Enter endrer punktet, Esc lar det stå")
        step = _("Enter legger til") if self._changing is None else changing
        self.hint.setText(" · ".join(filter(None, (missing_text(found), step))))

    def _change_current(self) -> None:
        place = self.list.currentRow()
        if not 0 <= place < len(self._lines) or self.input.isHidden() or self.reader is None:
            return
        self.input.setText(line_to_edit(self._lines[place], self.reader))
        self._changing = self._lines[place]
        self._show_chips()
        self.input.setFocus()

    def _remove_current(self) -> None:
        place = self.list.currentRow()
        if 0 <= place < len(self._lines) and not self.input.isHidden():
            line = self._lines[place]
            self._told(self._desk.do(remove_aksjonspunkt, aksjonspunkt_id=line.id).error)

    def give_up(self) -> bool:
        """Let a line that was taken up stand as it was; False where none was."""
        if self._changing is None:
            return False
        self._changing = None
        self.input.clear()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Go between the list, the line and what stands around them with the arrows."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if not plain and watched is self.input:
                return self._input_key(event.key())
            if not plain and watched is self.list:
                return self._list_key(event.key())
        if event.type() == QEvent.Type.Resize and watched is self.list:
            self._soon.start()
        return super().eventFilter(watched, event)

    def _input_key(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            return self.give_up()
        if key == Qt.Key.Key_Down:
            self.passed.emit(1)
            return True
        if key == Qt.Key.Key_Up:
            if self._lines:
                self.list.setCurrentRow(len(self._lines) - 1)
                self.list.setFocus()
            else:
                self.passed.emit(-1)
            return True
        return False

    def _list_key(self, key: int) -> bool:
        place = self.list.currentRow()
        if key in _DELETES:
            self._remove_current()
        elif key in _OPENS:
            self._change_current()
        elif key == Qt.Key.Key_Up and place <= 0:
            self.passed.emit(-1)
        elif key == Qt.Key.Key_Down and place >= len(self._lines) - 1:
            self.input.setFocus()
        else:
            return False
        return True
