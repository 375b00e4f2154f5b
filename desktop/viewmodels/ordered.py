"""A table whose rows the user puts in order, by dragging them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from PySide6.QtCore import QMimeData, QModelIndex, Qt, Signal

from desktop.viewmodels.table import Index, RowsModel

R = TypeVar("R")
_MIME: Final = "application/x-motebok-rad"


class OrderedRowsModel(RowsModel[R]):
    """Rows that are dragged to other places; the model changes when the archive has.

    Signals:
        dropped: from which place a row shall go to which, counted without the row itself.
    """

    dropped = Signal(int, int)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row: drag it, and drop others between rows."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        """Return that rows are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        """Return the one kind of data that can be dropped here."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        """Return the place of the row that is dragged."""
        data = QMimeData()
        if indexes:
            data.setData(_MIME, str(indexes[0].row()).encode())
        return data

    def dropMimeData(  # noqa: N802
        self,
        data: QMimeData,
        action: Qt.DropAction,  # noqa: ARG002
        row: int,
        column: int,  # noqa: ARG002
        parent: Index,
    ) -> bool:
        """Ask for the dragged row to be moved; False, so that the view removes nothing."""
        if not data.hasFormat(_MIME):
            return False
        source = int(bytes(data.data(_MIME).data()))
        target = row if row >= 0 else parent.row() if parent.isValid() else self.rowCount()
        if target > source:
            target -= 1
        if target != source and 0 <= source < self.rowCount():
            self.dropped.emit(source, target)
        return False
