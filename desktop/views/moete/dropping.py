"""Files that are dropped are taken as copies, whatever the program they come from proposes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent


def take_copy(event: QDropEvent) -> None:
    """Take what is dragged as a copy. A file that is taken as moved is deleted where it lay."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
