"""Imports the store behind the painted window, so that it costs the user nothing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from threading import Thread

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_LONGEST_WAIT_MS = 400


class FirstPaint(QObject):
    """Waits until a window has been painted for the first time.

    Signals:
        passed: it was painted, or no paint came for a moment, as on a screen that is off.
    """

    passed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window: QWidget | None = window
        window.installEventFilter(self)
        QTimer.singleShot(_LONGEST_WAIT_MS, self, self._pass)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Notice the paint; what follows waits until it is on the screen."""
        if event.type() == QEvent.Type.Paint and watched is self._window:
            QTimer.singleShot(0, self, self._pass)
        return False

    def _pass(self) -> None:
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None
            self.passed.emit()


class Loader(QObject):
    """Imports modules in a thread.

    Signals:
        ready: the modules that are needed at once are there.
        rest_ready: those that are needed later are there, too.
    """

    ready = Signal()
    rest_ready = Signal()

    def __init__(self, parent: QObject, first: Sequence[str], later: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self._first, self._later = first, later

    def start(self) -> None:
        """Import what is needed at once."""
        Thread(target=self._load, name="import", daemon=True).start()

    def load_later(self) -> None:
        """Import what is needed after the first page, while nobody waits for it."""
        Thread(target=self._load_later, name="import", daemon=True).start()

    def _load(self) -> None:
        for name in self._first:
            import_module(name)
        self.ready.emit()

    def _load_later(self) -> None:
        for name in self._later:
            with suppress(ImportError):  # told when the page is wanted
                import_module(name)
        self.rest_ready.emit()
