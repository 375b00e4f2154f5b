"""The list of an utvalg's meetings in a year."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QComboBox, QLabel, QStackedWidget, QTableView, QWidget

from desktop.services.moete_lists import latest_utvalg, moeter_of, utvalg_choices, years_of
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.meetings import DATE_COLUMN, NUMBER_COLUMN, PLACE_COLUMN, MoeteListModel
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.table import as_tab_text
from desktop.views.moete.provisional import ProvisionalDelegate
from desktop.views.ordered_table import set_widths
from desktop.views.parts import EmptyPage, action, button, column, label, row, table_view
from desktop.views.words import _

_UTVALG: Final = "moeter/utvalg"
_YEAR: Final = "moeter/aar"
_WIDTHS: Final = MappingProxyType({0: 110, 1: 170, 2: 120, 4: 110, 5: 70})


class MeetingList(QWidget):
    """Chooses utvalg and year, and shows their meetings.

    Signals:
        opened: the key of a meeting the user wants to open.
        planned: the user wants to plan a meeting.
        settings_wanted: there is no utvalg yet, and the user wants to make one.
    """

    opened = Signal(str)
    planned = Signal()
    settings_wanted = Signal()

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__()
        self.desk = desk
        self.preferences = preferences
        self.model = MoeteListModel(self)
        self._make_choosers()
        self._make_table()
        self._make_empty()
        self.stack = QStackedWidget()
        for page in (self.table, self.empty, self.no_utvalg):
            self.stack.addWidget(page)
        self.plan = button(
            _("Planlegg møte"), self.planned.emit, main=True, tip=_("Planlegg møte (Ctrl+N)")
        )
        self.plan.setEnabled(not desk.read_only)
        head = row(label(_("Møter"), "tittel"), None, self.plan)
        self.setLayout(column(head, self._choosers(), self.stack, margin=16, spacing=12))

    def _make_choosers(self) -> None:
        self.utvalg = QComboBox()
        self.utvalg.setMinimumWidth(220)
        self.utvalg.activated.connect(lambda _index: self._utvalg_chosen())
        self.year = QComboBox()
        self.year.setMinimumWidth(90)
        self.year.activated.connect(lambda _index: self._year_chosen())

    def _choosers(self) -> QWidget:
        line = QWidget()
        utvalg, year = QLabel(_("&Utvalg")), QLabel(_("&År"))
        utvalg.setBuddy(self.utvalg)
        year.setBuddy(self.year)
        self.utvalg.setAccessibleName(_("Utvalg"))
        self.year.setAccessibleName(_("År"))
        line.setLayout(row(utvalg, self.utvalg, year, self.year, None))
        return line

    def _make_table(self) -> None:
        self.table: QTableView = table_view(_("Møter"))
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(NUMBER_COLUMN, ProvisionalDelegate(self.table))
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(DATE_COLUMN, Qt.SortOrder.AscendingOrder)
        set_widths(self.table, _WIDTHS, stretch=PLACE_COLUMN)
        self.table.doubleClicked.connect(self._open_index)
        for key in ("Return", "Enter"):
            action(self.table, _("Åpne møtet"), self.open_current, key)
        copy = action(self.table, _("Kopier som tabell"), self.copy)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for made in self.table.actions()[1:2]:
            made.setVisible(False)

    def _make_empty(self) -> None:
        step = button(_("Planlegg møte"), self.planned.emit, main=True)
        step.setEnabled(not self.desk.read_only)
        self.empty = EmptyPage(
            _("Ingen møter dette året"),
            _(
                "Her står utvalgets møter med nummer, dato og sted. Planlegg det første, så følger "
                "faste poster og medlemmer med."
            ),
            step,
        )
        self.no_utvalg = EmptyPage(
            _("Ingen utvalg ennå"),
            _("Et møte hører til et utvalg. Legg til utvalget først, så kan møtene planlegges."),
            button(_("Gå til innstillinger"), self.settings_wanted.emit, main=True),
        )

    def load(self) -> None:
        """Read utvalg, years and meetings again; what was chosen and selected stays."""
        chosen = self.utvalg_id() or self.preferences.text(_UTVALG)
        choices = self.desk.read(utvalg_choices)
        known = {choice.id for choice in choices}
        if chosen not in known:
            chosen = self.desk.read(latest_utvalg) or (choices[0].id if choices else "")
        self.utvalg.clear()
        for choice in choices:
            self.utvalg.addItem(choice.navn, choice.id)
        self.utvalg.setCurrentIndex(max(0, self.utvalg.findData(chosen)))
        self.plan.setEnabled(bool(choices) and not self.desk.read_only)
        self._load_years(self.chosen_year() or self._remembered_year())

    def _remembered_year(self) -> int:
        text = self.preferences.text(_YEAR)
        return int(text) if text.isdecimal() else 0

    def _load_years(self, wanted: int) -> None:
        utvalg_id = self.utvalg_id()
        years = self.desk.read(lambda session: years_of(session, utvalg_id)) if utvalg_id else ()
        if wanted not in years:
            wanted = years[0] if years else dt.date.today().year  # noqa: DTZ011
        self.year.clear()
        for year in sorted({*years, wanted}, reverse=True):
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(self.year.findData(wanted))
        self._load_rows()

    def _load_rows(self) -> None:
        utvalg_id, year = self.utvalg_id(), self.chosen_year()
        selected, current = self.selected(), self.current()
        place = self.table.verticalScrollBar().value()
        rows = (
            self.desk.read(lambda session: moeter_of(session, utvalg_id, year)) if utvalg_id else ()
        )
        self.model.set_rows(rows)
        shown = self.table if rows else self.empty
        self.stack.setCurrentWidget(shown if utvalg_id else self.no_utvalg)
        self._select(selected, current or (rows[0].id if rows else ""))
        self.table.verticalScrollBar().setValue(place)

    def _select(self, keys: list[str], current: str) -> None:
        selection = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for key in keys:
            index = self.model.index(self.model.place_of(key), 0)
            selection.select(index, flags.Select | flags.Rows)
        place = self.model.place_of(current)
        if place >= 0:
            keep = flags.NoUpdate if keys else flags.ClearAndSelect | flags.Rows
            selection.setCurrentIndex(self.model.index(place, 0), keep)

    def utvalg_id(self) -> str:
        """Return the chosen utvalg; "" while there is none."""
        return str(self.utvalg.currentData() or "")

    def chosen_year(self) -> int:
        """Return the chosen year; 0 before anything was read."""
        return int(self.year.currentData() or 0)

    def current(self) -> str:
        """Return the meeting that has the focus; "" for none."""
        index = self.table.currentIndex()
        return self.model.row_at(index.row()).id if index.isValid() else ""

    def selected(self) -> list[str]:
        """Return the selected meetings."""
        rows = self.table.selectionModel().selectedRows()
        return [self.model.row_at(index.row()).id for index in rows]

    def show_meeting(self, utvalg_id: str, year: int, moete_id: str) -> None:
        """Show the list that a meeting stands in, and select it."""
        self.utvalg.setCurrentIndex(max(0, self.utvalg.findData(utvalg_id)))
        self._load_years(year)
        self.table.clearSelection()
        self._select([], moete_id)

    def _utvalg_chosen(self) -> None:
        self.preferences.set_text(_UTVALG, self.utvalg_id())
        self._load_years(self.chosen_year())

    def _year_chosen(self) -> None:
        self.preferences.set_text(_YEAR, str(self.chosen_year()))
        self._load_rows()

    def _open_index(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.row_at(index.row()).id)

    def open_current(self) -> None:
        """Open the meeting that has the focus."""
        if key := self.current():
            self.opened.emit(key)

    def copy(self) -> None:
        """Copy the selected rows, with headers, as a spreadsheet takes them."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        QGuiApplication.clipboard().setText(as_tab_text(self.model, rows))
