"""The dialog that finds a sak by its number or title."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop.services.register import Order, RegisterRow
from desktop.services.sak_choice import find_saker
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.register import COLUMNS, cell_text
from desktop.viewmodels.table import Column, RowsModel
from desktop.views.ordered_table import select_place, set_widths
from desktop.views.parts import Notice, button, column, label, row, table_view
from desktop.views.words import _

_TYPING_MS = 150
_SHOWN = (Order.NUMMER, Order.TITTEL, Order.MOETE, Order.UTVALG)
_ARROWS = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})


def _column(place: int) -> Column[RegisterRow]:
    return Column(
        COLUMNS[place][0],
        lambda sak: cell_text(sak, place),
        tooltip=lambda sak: cell_text(sak, place),
    )


class SakDialog(QDialog):
    """Finds a sak. The search keeps the focus; the arrows move in the list, and Enter chooses.

    Args:
        without: the keys of saker that are not offered.
        choose: does it with the key of the sak, and returns the sentence where it was refused.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, without: Collection[str], choose: Callable[[str], str]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Knytt til sak"))
        self.resize(760, 460)
        self.desk, self._without, self._choose = desk, without, choose
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Søk etter sak"))
        self.search.setPlaceholderText(_("Søk i nummer og tittel, for eksempel 28/23"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        places = [place for place, (_header, order) in enumerate(COLUMNS) if order in _SHOWN]
        self.model = RowsModel([_column(place) for place in places], self)
        self.table = table_view(_("Saker"), multi=False)
        self.table.setModel(self.model)
        set_widths(self.table, {0: 68, 2: 150, 3: 110}, stretch=1)
        self.table.doubleClicked.connect(lambda _index: self.choose())
        self.none = label("", "stille", wrap=True)
        self.notice = Notice()
        self.ok = button(_("Knytt til"), self.choose, main=True, tip=_("Enter"))
        self.ok.setDefault(True)
        cancel = button(_("Avbryt"), self.reject, tip=_("Esc"))
        cancel.setAutoDefault(False)
        buttons = row(self.none, None, cancel, self.ok)
        self.setLayout(column(self.search, self.table, self.notice, buttons, margin=16))
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.show_found)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.show_found()
        self.search.setFocus()

    def show_found(self) -> None:
        """Show the saker that have what is typed."""
        self._typing.stop()
        text = self.search.text()
        found = self.desk.read(lambda session: find_saker(session, text, without=self._without))
        self.model.set_rows(found)
        select_place(self.table, 0)
        none = _("Ingen sak har «{tekst}» i nummeret eller tittelen.").format(tekst=text.strip())
        self.none.setText("" if found else none)
        self.ok.setEnabled(bool(found))

    def choose(self) -> None:
        """Choose the sak that is selected; what was typed just before counts."""
        if self._typing.isActive():
            self.show_found()
        index = self.table.currentIndex()
        if not index.isValid():
            return
        error = self._choose(self.model.row_at(index.row()).id)
        self.notice.say(error)
        if not error:
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the arrows move in the list while one types."""
        if (
            watched is self.search
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _ARROWS
        ):
            self.table.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)
