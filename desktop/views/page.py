"""What a page of the window is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Target
from desktop.viewmodels.tasks import Tasks


class Page(QWidget):
    """A page. It shows what the archive holds and asks the desk to do what the user wants.

    Signals:
        wanted: a Target the user wants to go to.
    """

    wanted = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__()
        self.desk = desk
        self.tasks = tasks
        self.preferences = preferences

    def load(self) -> None:
        """Read everything the page shows. Called before it is shown the first time."""

    def build_next(self) -> bool:
        """Build a piece of what is not seen at once; return whether there was one left."""
        return False

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a change touched; pages that can tell do less than all."""
        if changes:
            self.load()

    def open(self, target: Target) -> None:
        """Show what a target names; a page without parts does nothing."""

    def where(self) -> Target | None:
        """Return what the page shows, so that the next start can show it again."""
        return None
