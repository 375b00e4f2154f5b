"""Text fields made in advance, so that the sections of a note are there at once."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.richtext.tree import Tree
from desktop.viewmodels.desk import Desk, Outcome
from desktop.views.editor.field import Save, TextField

_IDLE_MS: Final = 30
_MOST: Final = 6
"""A usual note has five texts, and one may be added."""


class SpareFields(QObject):
    """Makes text fields while nobody waits, one in a turn of the event loop."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._made: list[TextField] = []
        self._idle = QTimer(self, interval=_IDLE_MS, singleShot=True)
        self._idle.timeout.connect(self._make_one)
        desk.closing.connect(self._idle.stop)
        self._idle.start()

    def take(self, save: Save, name: str) -> TextField:
        """Return a field for a text."""
        self._idle.start()
        if not self._made:
            return TextField(self._desk, save, name)
        field = self._made.pop()
        field.serve(save, name)
        return field

    def _make_one(self) -> None:
        if len(self._made) >= _MOST:
            return
        field = TextField(self._desk, _keep_nothing, "")
        for part in (field, *field.findChildren(QWidget)):
            part.ensurePolished()
        self._made.append(field)
        self._idle.start()


def _keep_nothing(_tree: Tree, _block: str | None, _typing: bool) -> Outcome[Any]:
    return Outcome()
