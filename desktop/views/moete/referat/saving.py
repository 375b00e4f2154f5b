"""Saves what is typed: two seconds after the last key, and within ten of the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE_MS: Final = 2_000
LONGEST_MS: Final = 9_000


class Saver(QObject):
    """Knows whether something is unsaved, and saves it in time.

    `save` returns the sentence where it was refused; the text is then still unsaved.

    Signals:
        told: the sentence of a save, "" where it went well.
    """

    told = Signal(str)

    def __init__(
        self, save: Callable[[], str], parent: QObject, *, pause_ms: int = PAUSE_MS
    ) -> None:
        super().__init__(parent)
        self._save = save
        self.dirty = False
        self._pause = QTimer(self, singleShot=True, interval=pause_ms)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._pause.timeout.connect(self.flush)
        self._longest.timeout.connect(self.flush)

    def touch(self) -> None:
        """Take note that something was typed."""
        self.dirty = True
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> bool:
        """Save what is unsaved; False where that was refused."""
        self._pause.stop()
        self._longest.stop()
        if not self.dirty:
            return True
        self.dirty = False
        refused = self._save()
        self.dirty = bool(refused) or self.dirty
        self.told.emit(refused)
        return not refused
