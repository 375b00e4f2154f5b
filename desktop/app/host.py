"""What the parts of the program around the pages ask of the whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.viewmodels.preferences import Preferences
from desktop.views.main_window import MainWindow

if TYPE_CHECKING:
    from desktop.viewmodels.desk import Desk
    from desktop.viewmodels.tasks import Tasks


class Host(Protocol):
    """The program, as `opening.Opening` is it."""

    window: MainWindow
    preferences: Preferences
    desk: Desk | None
    tasks: Tasks

    def open(self, path: Path) -> bool:
        """Open an archive in place of the one that is open."""

    def close_archive(self) -> None:
        """Let go of the archive that is open."""

    def choose_copy_of(self, archive: Path) -> None:
        """Ask which copy an archive shall be restored from."""

    def say(self, sentence: str) -> None:
        """Say something above the pages, or on the welcome page."""

    def user_name(self) -> str:
        """Return who the log and the lock say it is."""
