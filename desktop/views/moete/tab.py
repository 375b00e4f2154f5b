"""What a tab of a meeting is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.tasks import Tasks


class MeetingTab(QWidget):
    """A tab of the workspace of one meeting.

    Signals:
        wanted: a Target the user wants to go to.
    """

    wanted = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__()
        self.desk = desk
        self.tasks = tasks
        self.preferences = preferences
        self.moete_id = ""

    def show_moete(self, moete_id: str) -> None:
        """Show another meeting; the tab reads what it needs."""
        self.moete_id = moete_id

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a change touched."""
        if changes and self.moete_id:
            self.show_moete(self.moete_id)

    def show_sak(self, sak_id: str) -> None:
        """Select a sak, where the tab shows saker."""
