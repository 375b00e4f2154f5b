"""When a window stands on the screen for the first time."""

from __future__ import annotations

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
