"""Attendance on the fly: who is there, and who comes or goes at the sak that is being treated."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop.rules.kinds import Oppmoetestatus
from desktop.services.attendance_marks import Grense, mark_oppmoete, set_presence
from desktop.services.attendance_view import Attendance, attendance_of
from desktop.viewmodels.attendance import AttendanceColumn, AttendanceModel, counts_text
from desktop.viewmodels.desk import Desk
from desktop.views.moete.attendance_table import AttendanceTable
from desktop.views.parts import Notice, action, button, column, label, row
from desktop.views.words import _


class _Table(AttendanceTable):
    """The attendance, with K for who comes now and G for who goes now.

    Signals:
        came, went: the selected persons do so at the sak that is being treated.
    """

    came = Signal()
    went = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Let K and G say who comes and goes; the rest as in Deltakere."""
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_K and not held:
            self.came.emit()
        elif event.key() == Qt.Key.Key_G and not held:
            self.went.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class AttendanceSheet(QDialog):
    """Takes the attendance beside the minutes; closed with Esc."""

    def __init__(self, desk: Desk, parent: QWidget, *, moete_id: str, sak_id: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Oppmøte"))
        self.resize(860, 560)
        self._desk = desk
        self._moete_id = moete_id
        self._sak_id = sak_id
        self.model = AttendanceModel(self)
        self.table = _Table(self.model)
        self.counts = label("", "undertittel")
        self.notice = Notice()
        self.now = label("", "stille", wrap=True)
        self.comes = button(_("Kommer nå"), lambda: self._bound(Grense.KOM), tip=_("Kommer nå (K)"))
        self.goes = button(_("Går nå"), lambda: self._bound(Grense.GIKK), tip=_("Går nå (G)"))
        close = button(_("Lukk"), self.close)
        head = row(self.counts, None, self.comes, self.goes)
        hint = label(
            _(
                "K kommer nå · G går nå · T til stede · D digitalt · F forfall · "
                "Delete nullstiller · F2 velger sak under «Kom ved» og «Gikk etter» · Esc lukker"
            ),
            "stille",
            wrap=True,
        )
        self.setLayout(
            column(
                head,
                self.now,
                self.notice,
                self.table,
                hint,
                row(None, close),
                margin=16,
                spacing=10,
            )
        )
        self._connect()
        self._load()
        self.table.setFocus()

    def _connect(self) -> None:
        self.table.marked.connect(self._mark)
        self.table.bounded.connect(self._bound_at)
        self.table.came.connect(lambda: self._bound(Grense.KOM))
        self.table.went.connect(lambda: self._bound(Grense.GIKK))
        self._desk.changed.connect(self._changed)
        action(self, _("Lukk"), self.close, "Esc")

    def _changed(self, changes: object) -> None:
        del changes
        self._load()

    def _load(self) -> None:
        moete_id = self._moete_id
        found: Attendance = self._desk.read(lambda session: attendance_of(session, moete_id))
        self.table.show_attendance(found)
        self.counts.setText(counts_text(found))
        sak = next((one for one in found.saker if one.id == self._sak_id), None)
        named = f"{sak.nummer} {sak.tittel}" if sak else ""
        self.now.setText(_("Saken som behandles nå: {sak}").format(sak=named) if sak else "")
        for step in (self.comes, self.goes):
            step.setEnabled(sak is not None and not self._desk.read_only)

    def _mark(self, keys: list[str], status: Oppmoetestatus | None) -> None:
        self._do(
            lambda: (
                self._desk.do(
                    mark_oppmoete, moete_id=self._moete_id, person_ids=keys, status=status
                ).error
            )
        )

    def _bound(self, grense: Grense) -> None:
        self._set(grense, [one.person_id for one in self.table.selected()], self._sak_id)

    def _bound_at(self, person_id: str, which: int, sak_id: str | None) -> None:
        came = which == AttendanceColumn.KOM
        self._set(Grense.KOM if came else Grense.GIKK, [person_id], sak_id)

    def _set(self, grense: Grense, keys: Sequence[str], sak_id: str | None) -> None:
        self._do(
            lambda: (
                self._desk.do(
                    set_presence,
                    moete_id=self._moete_id,
                    person_ids=keys,
                    grense=grense,
                    sak_id=sak_id,
                ).error
            )
        )

    def _do(self, act: Callable[[], str]) -> None:
        self.notice.say(act())
