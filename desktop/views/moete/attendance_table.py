"""The table of the attendance: one key or click per person."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.rules.kinds import Oppmoetestatus
from desktop.services.attendance_view import Attendance, AttendanceRow
from desktop.viewmodels.attendance import (
    SAK_COLUMNS,
    AttendanceColumn,
    AttendanceModel,
    next_status,
)
from desktop.views.moete.attendance_delegates import LineDelegate, SakDelegate, StatusDelegate
from desktop.views.ordered_table import set_widths
from desktop.views.words import _

KEYS: Final = MappingProxyType(
    {
        Qt.Key.Key_T: Oppmoetestatus.TIL_STEDE,
        Qt.Key.Key_D: Oppmoetestatus.DIGITALT,
        Qt.Key.Key_F: Oppmoetestatus.FORFALL,
    }
)
_WIDTHS: Final[Mapping[int, int]] = MappingProxyType(
    {AttendanceColumn.NAVN: 160, AttendanceColumn.ORGANISASJON: 210}
)
_KEPT: Final[Mapping[int, int]] = MappingProxyType(
    {
        AttendanceColumn.STATUS: 204,
        AttendanceColumn.KOM: 74,
        AttendanceColumn.GIKK: 84,
    }
)
_NO_MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class AttendanceTable(QTableView):
    """Shows the attendance; T, D, F, Space and Delete say how the selected persons attend.

    Signals:
        marked: the keys of persons, and the Oppmoetestatus they have now; None clears.
        bounded: the key of a person, the column, and the sak.
        opened: the key of a person whose further choices are wanted.
        substituted: a substitute for the selected member is wanted.
    """

    marked = Signal(list, object)
    bounded = Signal(str, int, object)
    opened = Signal(str)
    substituted = Signal()

    def __init__(self, model: AttendanceModel) -> None:
        super().__init__()
        self.attendance = model
        self.setModel(model)
        self.setAccessibleName(_("Deltakere"))
        self._set_behaviour()
        self.status_delegate = StatusDelegate(self)
        self.sak_delegate = SakDelegate(self)
        self.setItemDelegate(LineDelegate(self))
        self.setItemDelegateForColumn(AttendanceColumn.STATUS, self.status_delegate)
        for column in SAK_COLUMNS:
            self.setItemDelegateForColumn(column, self.sak_delegate)
        self.status_delegate.chosen.connect(lambda key, status: self.marked.emit([key], status))
        self.sak_delegate.chosen.connect(self.bounded)
        self.doubleClicked.connect(self._double_clicked)

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(32)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        set_widths(self, _WIDTHS, stretch=AttendanceColumn.MERKNAD, kept=_KEPT, share=0.27)

    def show_attendance(self, attendance: Attendance) -> None:
        """Show an attendance; who is selected, and how far one has scrolled, stays."""
        selected, current = self.selected(), self.currentIndex()
        person = self.attendance.person_at(current.row())
        place = self.verticalScrollBar().value()
        self.sak_delegate.saker = attendance.saker
        if not self.attendance.set_attendance(attendance):
            return
        self.clearSpans()
        for line in self.attendance.headings():
            self.setSpan(line, 0, 1, len(AttendanceColumn))
        wanted = person.person_id if person else ""
        self._select([row.person_id for row in selected], wanted, max(0, current.column()))
        self.verticalScrollBar().setValue(place)

    def select_person(self, person_id: str) -> None:
        """Select one person and go there."""
        self._select([person_id], person_id, 0)

    def _select(self, keys: list[str], current: str, column: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        selection = self.selectionModel()
        selection.clearSelection()
        line = self.attendance.line_of(current)
        if line < 0:
            line = next(iter(self._people()), -1)
        if line >= 0:
            selection.setCurrentIndex(self.attendance.index(line, column), flags.NoUpdate)
        lines = [found for key in keys if (found := self.attendance.line_of(key)) >= 0]
        for found in lines or ([line] if line >= 0 else []):
            selection.select(self.attendance.index(found, 0), flags.Select | flags.Rows)

    def _people(self) -> list[int]:
        lines = range(self.attendance.rowCount())
        return [line for line in lines if self.attendance.person_at(line) is not None]

    def selected(self) -> list[AttendanceRow]:
        """Return the selected persons in the order of the list."""
        lines = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for line in lines if (row := self.attendance.person_at(line)) is not None]

    def mark_selected(self, status: Oppmoetestatus | None) -> None:
        """Say how the selected persons attend; None clears."""
        keys = [row.person_id for row in self.selected()]
        if keys:
            self.marked.emit(keys, status)

    def cycle_selected(self) -> None:
        """Give the selected persons the status after the one of the person with the focus."""
        selected = self.selected()
        focused = self.attendance.person_at(self.currentIndex().row())
        if selected:
            self.mark_selected(next_status((focused or selected[0]).status))

    def copy(self) -> None:
        """Copy the selected lines, with headers, as a spreadsheet takes them."""
        lines = sorted(index.row() for index in self.selectionModel().selectedRows())
        QGuiApplication.clipboard().setText(self.attendance.as_text(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Mark, cycle, clear, copy or open; other letters do nothing, arrows go as usual."""
        letter = bool(event.text()) and event.text().isalnum()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.modifiers() not in _NO_MODIFIERS or (not self._acts(event.key()) and not letter):
            super().keyPressEvent(event)

    def _acts(self, key: int) -> bool:
        if key in KEYS:
            self.mark_selected(KEYS[Qt.Key(key)])
        elif key == Qt.Key.Key_S:
            self.substituted.emit()
        elif key == Qt.Key.Key_Space:
            self.cycle_selected()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.mark_selected(None)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open_current()
        else:
            return False
        return True

    def _open_current(self) -> None:
        index = self.currentIndex()
        row = self.attendance.person_at(index.row())
        if row is None:
            return
        if index.column() in SAK_COLUMNS:
            self.edit(index)
        else:
            self.opened.emit(row.person_id)

    def _double_clicked(self, index: QModelIndex) -> None:
        usual = index.column() not in {*SAK_COLUMNS, AttendanceColumn.STATUS}
        row = self.attendance.person_at(index.row())
        if usual and row is not None:
            self.opened.emit(row.person_id)
