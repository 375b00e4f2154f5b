"""A short list of sentences in a dialog; a line can lead to what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop.services.before_sending import MissingLine
from desktop.views.words import _

_ROW: Final = Qt.ItemDataRole.UserRole
_MOST_ROWS: Final = 8
_ROW_HEIGHT: Final = 20


def missing_lines(missing: Sequence[MissingLine]) -> list[tuple[str, object]]:
    """Return what is missing or wrong as lines that lead there."""
    return [(line.setning, line if line.place else line.sak_id) for line in missing]


class LinesList(QListWidget):
    """Sentences, of which those about a sak or a place can be opened.

    Signals:
        opened: what a line leads to.
    """

    opened = Signal(object)

    def __init__(self, name: str, lines: Sequence[tuple[str, object]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for text, wanted in lines:
            item = QListWidgetItem(text)
            item.setData(_ROW, wanted)
            if wanted:
                item.setToolTip(_("Gå til stedet (Enter)"))
            self.addItem(item)
        row_height = max(self.sizeHintForRow(0), _ROW_HEIGHT)
        self.setFixedHeight(min(len(lines), _MOST_ROWS) * row_height + 2 * self.frameWidth() + 4)
        self.itemActivated.connect(self._open)
        self.itemDoubleClicked.connect(self._open)

    def _open(self, item: QListWidgetItem) -> None:
        wanted = item.data(_ROW)
        if wanted:
            self.opened.emit(wanted)
