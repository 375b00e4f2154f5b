"""A big text on its way from the clipboard into an editor: it is read in the background."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, QRunnable, QThreadPool, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor

from desktop.viewmodels.text.clipboard import Pasted, Payload, read
from desktop.viewmodels.text.slices import Slices


class _Reading(QObject):
    """What the thread tells.

    Signals:
        done: it has read everything.
    """

    done = Signal()


class _Reader(QRunnable):
    def __init__(self, payload: Payload, reading: _Reading) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._payload, self._reading = payload, reading
        self.pasted = Pasted()

    def run(self) -> None:
        """Read the payload in the pool's thread."""
        try:
            self.pasted = read(self._payload)
        finally:
            with suppress(RuntimeError):  # the editor went meanwhile
                self._reading.done.emit()


class Arrival(QObject):
    """Holds the place for a text that is being read, and the keys pressed meanwhile.

    Attributes:
        made: what was read, with its pictures stored; None before that.
        slices: what is left of it to put in.

    Signals:
        arrived: the text was read, or it is time to put in more of it.
    """

    arrived = Signal()

    def __init__(self, payload: Payload, cursor: QTextCursor, parent: QObject) -> None:
        super().__init__(parent)
        self.cursor = QTextCursor(cursor)
        self.made: Pasted | None = None
        self.slices: Slices | None = None
        self._held: list[QKeyEvent | str] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.arrived)
        self._pool = QThreadPool(self)
        self._reading = _Reading()
        self._reading.done.connect(self.arrived)
        self._reader = _Reader(payload, self._reading)
        self._pool.start(self._reader)

    def go_on_soon(self) -> None:
        """Tell in the next turn of the event loop that it is time for more."""
        self._soon.start()

    def end(self) -> None:
        """Tell nothing any more."""
        self._soon.stop()
        self.deleteLater()

    def wait(self) -> Pasted:
        """Return what was read, as soon as all of it is."""
        self._pool.waitForDone()
        return self._reader.pasted

    def holds(self, event: QEvent) -> bool:
        """Keep what is typed until the text is in place; False where the event is another."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._held.append(_copy(event))
        elif isinstance(event, QInputMethodEvent) and event.commitString():
            self._held.append(event.commitString())
        else:
            return False
        event.accept()
        return True

    def give_back(
        self, press: Callable[[QKeyEvent], object], type_text: Callable[[str], object]
    ) -> None:
        """Do what was typed meanwhile."""
        for one in self._held:
            if isinstance(one, str):
                type_text(one)
            else:
                press(one)


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
