"""The line above the meeting mode: the clock, how the sak stands, and what can be opened."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n.dates import prose_clock
from desktop.services.attendance_view import Attendance
from desktop.services.minutes_view import MinuteSak
from desktop.viewmodels.attendance import counts_text
from desktop.viewmodels.minutes import is_over, left_text
from desktop.views.parts import button, label, row
from desktop.views.words import _


class Head(QWidget):
    """Tells the time and opens what stands beside the writing.

    Signals:
        attendance_wanted, reading_wanted, keys_wanted: a button was pressed.
    """

    attendance_wanted = Signal()
    reading_wanted = Signal()
    keys_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.clock = label("", "undertittel")
        self.clock.setAccessibleName(_("Klokken"))
        self.left_over = label("", "stille")
        self.count = label("", "stille")
        self.attendance = button(_("Oppmøte"), self.attendance_wanted.emit)
        self.attendance.setToolTip(_("Hvem er her, hvem kommer og går nå (F7)"))
        self.read = button(
            _("Les gjennom"),
            self.reading_wanted.emit,
            tip=_("Hele referatet slik det blir (Ctrl+Shift+G)"),
        )
        self.help = button(
            _("Taster"), self.keys_wanted.emit, tip=_("Tastene i referatet (Shift+F1)")
        )
        parts = (
            self.clock,
            self.left_over,
            None,
            self.count,
            self.attendance,
            self.read,
            self.help,
        )
        self.setLayout(row(*parts, spacing=12))

    def show_attendance(self, attendance: Attendance) -> None:
        """Show how many are there."""
        counted = counts_text(attendance)
        self.attendance.setText(counted.capitalize() or _("Oppmøte"))
        self.attendance.setAccessibleName(_("Oppmøte: {tall}").format(tall=counted))

    def show_time(self, sak: MinuteSak | None, now: dt.datetime) -> None:
        """Show what the clock is, and how a sak stands against its time."""
        self.clock.setText(_("kl. {tid}").format(tid=prose_clock(now.time())))
        self.left_over.setText(left_text(sak, now) if sak else "")
        role = "advarsel" if sak and is_over(sak, now) else "stille"
        if self.left_over.property("rolle") != role:
            self.left_over.setProperty("rolle", role)
            self.left_over.style().unpolish(self.left_over)
            self.left_over.style().polish(self.left_over)
