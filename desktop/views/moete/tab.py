"""What a tab of a meeting is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.tasks import Tasks

_SHOWN_MS: Final = 80
"""How long a tab may take to show the texts of another sak."""


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

    def flush(self) -> None:
        """Save what is typed, where the tab has texts."""

    def show_sak(self, sak_id: str) -> None:
        """Select a sak, where the tab shows saker."""

    def show_part(self, part: str) -> None:
        """Go to a block or line of a text, where the tab shows it."""
        from desktop.views.moete.parts_of_text import go_to_text  # noqa: PLC0415

        if not go_to_text(self, part):
            QTimer.singleShot(_SHOWN_MS, self, lambda: go_to_text(self, part))
