"""Acts that wait for the next turn of the event loop, so that what comes first is painted first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.viewmodels.desk import Desk


class Soon(QTimer):
    """An act of a widget that follows in the next turn, or at once when its result is wanted.

    However often it is started, the act is done once. When the archive closes it is given up.
    """

    def __init__(self, act: Callable[[], object], desk: Desk, parent: QObject) -> None:
        super().__init__(parent, singleShot=True, interval=0)
        self._act = act
        self.timeout.connect(act)
        desk.closing.connect(self.stop)

    def now(self) -> None:
        """Do the act if it waits."""
        if self.isActive():
            self.stop()
            self._act()
