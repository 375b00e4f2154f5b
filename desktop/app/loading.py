"""Imports the store behind the painted window, so that it costs the user nothing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from threading import Thread

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_LONGEST_WAIT_MS = 400


class Loader(QObject):
    """Imports modules in a thread once a window has been painted.

    Signals:
        ready: the modules that are needed at once are there.
    """

    ready = Signal()

    def __init__(self, window: QWidget, first: Sequence[str], later: Sequence[str] = ()) -> None:
        super().__init__(window)
        self._window = window
        self._first, self._later = first, later
        self._thread: Thread | None = None

    def start(self) -> None:
        """Wait for the first paint, or where none comes for a moment, and begin."""
        self._window.installEventFilter(self)
        QTimer.singleShot(_LONGEST_WAIT_MS, self, self._begin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Notice the first paint."""
        if event.type() == QEvent.Type.Paint and watched is self._window:
            QTimer.singleShot(0, self, self._begin)
        return False

    def load_later(self) -> None:
        """Import what is needed after the first page, while nobody waits for it."""
        Thread(target=self._load_later, name="import", daemon=True).start()

    def _begin(self) -> None:
        if self._thread is None:
            self._window.removeEventFilter(self)
            self._thread = Thread(target=self._load, name="import", daemon=True)
            self._thread.start()

    def _load(self) -> None:
        for name in self._first:
            import_module(name)
        self.ready.emit()

    def _load_later(self) -> None:
        for name in self._later:
            with suppress(ImportError):  # told when the page is wanted
                import_module(name)
