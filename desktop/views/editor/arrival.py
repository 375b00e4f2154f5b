"""A big text on its way from the clipboard into an editor: it is read in the background."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor

from desktop.viewmodels.text.clipboard import Pasted, Payload, read


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
        self.pasted = read(self._payload)
        self._reading.done.emit()


class Arrival(QObject):
    """Holds the place for a text that is being read, and the keys pressed meanwhile.

    Signals:
        arrived: the text was read.
    """

    arrived = Signal()

    def __init__(self, payload: Payload, cursor: QTextCursor, parent: QObject) -> None:
        super().__init__(parent)
        self.cursor = QTextCursor(cursor)
        self._held: list[QKeyEvent | str] = []
        self._pool = QThreadPool(self)
        self._reading = _Reading()
        self._reading.done.connect(self.arrived)
        self._reader = _Reader(payload, self._reading)
        self._pool.start(self._reader)

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
