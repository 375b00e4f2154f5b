"""What gives way where there is little room."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QStackedWidget

_GAP = 8


class RoomyStack(QStackedWidget):
    """Widgets of which one is shown.

    Signals:
        room_changed: the width there is for them now.
    """

    room_changed = Signal(int)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Tell the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.room_changed.emit(event.size().width())


class TwoRows(QBoxLayout):
    """Two groups beside each other where there is room for both, else below each other."""

    def __init__(self, first: QLayout, second: QLayout) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self.setSpacing(_GAP)
        self._groups = first, second
        self.addLayout(first)
        self.addLayout(second)

    def fit(self, room: int) -> None:
        """Use one row or two, as the room asks for."""
        wanted = sum(group.sizeHint().width() for group in self._groups) + _GAP
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.setDirection(across if wanted <= room else down)
