"""The dialog that finds earlier vedtak for a toppnotat: what is proposed first, then a search."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop.i18n.dates import numeric_date
from desktop.services.earlier_vedtak import (
    EarlierProposal,
    cite_several,
    propose_earlier,
    search_earlier,
)
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.table import Column, Index, RowsModel
from desktop.views.ordered_table import select_place, set_widths
from desktop.views.parts import Notice, action, button, column, label, row, table_view
from desktop.views.words import _

_TYPING_MS = 150
_SHORTEST = 2
_CHECK = Qt.ItemDataRole.CheckStateRole


def _why(one: EarlierProposal) -> str:
    if one.sitert:
        return _("Står i tabellen")
    return _("Samme sak tidligere") if one.samme_kjede else ""


class EarlierModel(RowsModel[EarlierProposal]):
    """Vedtak that can be cited; those that are ticked are, in the order they were ticked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(_("Sak"), lambda one: f"{one.vedtak.utvalg} {one.vedtak.sak}".strip()),
                Column(
                    _("Dato"),
                    lambda one: numeric_date(one.vedtak.dato) if one.vedtak.dato else "",
                ),
                Column(
                    _("Tema"), lambda one: one.vedtak.tittel, tooltip=lambda one: one.vedtak.tittel
                ),
                Column(
                    _("Vedtak"), lambda one: one.vedtak.tekst, tooltip=lambda one: one.vedtak.tekst
                ),
                Column(_("Hvorfor"), _why),
            ),
            parent,
        )
        self.ticked: dict[str, EarlierProposal] = {}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows; the first one has the tick."""
        if role == _CHECK and index.isValid() and index.column() == 0:
            one = self.row_at(index.row())
            if one.sitert:
                return None
            chosen = one.vedtak.id in self.ticked
            return Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell: what is cited already cannot be cited again."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.row_at(index.row()).sitert:
            return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        can = super().flags(index)
        return can | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else can

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401, N802
        """Tick a vedtak, or take the tick away."""
        if role != _CHECK or not index.isValid() or self.row_at(index.row()).sitert:
            return False
        self.tick(index.row(), chosen=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def tick(self, place: int, *, chosen: bool | None = None) -> None:
        """Tick the vedtak at a place, or take the tick away; None changes it."""
        one = self.row_at(place)
        if one.sitert:
            return
        was = one.vedtak.id in self.ticked
        wanted = not was if chosen is None else chosen
        if wanted:
            self.ticked[one.vedtak.id] = one
        else:
            self.ticked.pop(one.vedtak.id, None)
        cell = self.index(place, 0)
        self.dataChanged.emit(cell, cell, [_CHECK])


class EarlierDialog(QDialog):
    """Finds vedtak of the register and puts those that are chosen into a toppnotat's table.

    What is ticked stays ticked while one searches for more. Enter cites what is ticked, or the row
    one stands on.
    """

    def __init__(self, parent: QWidget, desk: Desk, sak_id: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Tidligere vedtak"))
        self.resize(940, 600)
        self.desk, self.sak_id = desk, sak_id
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Søk i vedtaksregisteret"))
        self.search.setPlaceholderText(_("Søk i vedtaksregisteret: sak, tema eller vedtakstekst"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.told = label("", "stille")
        self.model = EarlierModel(self)
        self.table = table_view(_("Vedtak som kan vises til"), multi=False)
        self.table.setModel(self.model)
        set_widths(self.table, {0: 172, 1: 92, 2: 210, 4: 160}, stretch=3)
        self.table.installEventFilter(self)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Vedtaket"))
        self.text.setFixedHeight(96)
        self.notice = Notice()
        self.ok = button(_("Vis til"), self.cite, main=True, tip=_("Enter"))
        self.ok.setDefault(True)
        cancel = button(_("Avbryt"), self.reject, tip=_("Esc"))
        cancel.setAutoDefault(False)
        for quiet in self.notice.findChildren(type(cancel)):
            quiet.setAutoDefault(False)
        self.count = label(_("Mellomrom velger flere, Enter viser til dem."), "stille")
        self.setLayout(
            column(
                self.search,
                self.told,
                self.table,
                self.text,
                self.notice,
                row(self.count, None, cancel, self.ok),
                margin=16,
                spacing=8,
            )
        )
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.show_found)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_text())
        self.table.doubleClicked.connect(lambda _index: self.cite())
        self.model.dataChanged.connect(lambda *_: self._count())
        action(self, _("Søk i vedtaksregisteret"), self.search.setFocus, "Ctrl+F")
        self.show_found()
        self.search.setFocus()

    def show_found(self) -> None:
        """Show what is proposed, or what the search finds."""
        self._typing.stop()
        text, sak_id = self.search.text().strip(), self.sak_id
        if len(text) < _SHORTEST:
            found = self.desk.read(lambda session: propose_earlier(session, sak_id))
            told = _("Foreslått ut fra sakens tittel og tekst")
            none = _("Ingen vedtak i registeret likner på saken. Søk etter det du tenker på.")
        else:
            found = self.desk.read(lambda session: search_earlier(session, sak_id, text))
            told = _.plural("{antall} vedtak", "{antall} vedtak", len(found)).format(
                antall=len(found)
            )
            none = _("Ingen vedtak i registeret har «{tekst}».").format(tekst=text)
        self.told.setText(told if found else none)
        self.model.set_rows(found)
        select_place(self.table, 0)
        self._show_text()
        self._count()

    def _selected(self) -> EarlierProposal | None:
        index = self.table.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def _show_text(self) -> None:
        one = self._selected() if self.model.rowCount() else None
        self.text.setPlainText(one.vedtak.tekst if one else "")

    def _count(self) -> None:
        chosen = len(self.model.ticked)
        many = _.plural("{antall} vedtak er valgt.", "{antall} vedtak er valgt.", chosen)
        hint = _("Mellomrom velger flere, Enter viser til dem.")
        self.count.setText(many.format(antall=chosen) if chosen else hint)
        self.ok.setEnabled(bool(chosen or self.model.rowCount()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the arrow go from the search to the rows, and space tick the row one stands on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if watched is self.search and key in {Qt.Key.Key_Down, Qt.Key.Key_PageDown}:
                self.table.setFocus()
                return True
            if watched is self.table and key == Qt.Key.Key_Space:
                index = self.table.currentIndex()
                if index.isValid():
                    self.model.tick(index.row())
                return True
            if watched is self.table and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.cite()
                return True
        return super().eventFilter(watched, event)

    def cite(self) -> None:
        """Put what is ticked, or the row one stands on, into the table of the toppnotat."""
        if self._typing.isActive():
            self.show_found()
            return
        chosen = list(self.model.ticked)
        if not chosen:
            one = self._selected()
            if one is None or one.sitert:
                return
            chosen = [one.vedtak.id]
        outcome = self.desk.do(cite_several, sak_id=self.sak_id, vedtak=chosen)
        self.notice.say(outcome.error)
        if outcome:
            self.accept()
