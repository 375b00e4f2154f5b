"""A table model over immutable rows: what most lists of the window are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: its header, the text of a row in it, and what rows are sorted by (the text)."""

    header: str
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    tooltip: Callable[[R], str] | None = None
    right: bool = False


class RowsModel(QAbstractTableModel, Generic[R]):
    """Shows rows in columns; sorts them itself, once, by the columns' keys."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[R] = []
        self._order: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows, in the order that was asked for last."""
        self.beginResetModel()
        self._rows = list(rows)
        self._sort()
        self.endResetModel()

    def row_at(self, row: int) -> R:
        """Return the row at a place."""
        return self._rows[row]

    def rows(self) -> tuple[R, ...]:
        """Return the rows as they stand."""
        return tuple(self._rows)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of rows; a cell has none."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of columns; a cell has none."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        answers: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: column.text(row),
            Qt.ItemDataRole.ToolTipRole: lambda: column.tooltip(row) if column.tooltip else None,
            Qt.ItemDataRole.TextAlignmentRole: lambda: _RIGHT if column.right else None,
            ROW_ROLE: lambda: row,
            SORT_ROLE: lambda: self._key(column, row),
        }
        return answers[role]() if role in answers else None

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401
        """Return a column's header."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self.columns[section].header if 0 <= section < len(self.columns) else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 leaves the rows as they come."""
        self.layoutAboutToBeChanged.emit()
        held = [(index, self._rows[index.row()]) for index in self.persistentIndexList()]
        self._order = (column, order) if 0 <= column < len(self.columns) else None
        self._sort()
        places = {id(row): place for place, row in enumerate(self._rows)}
        for index, row in held:
            moved = self.index(places[id(row)], index.column())
            self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()

    def _sort(self) -> None:
        if self._order is None:
            return
        number, order = self._order
        column = self.columns[number]
        descending = order == Qt.SortOrder.DescendingOrder
        self._rows.sort(key=lambda row: self._key(column, row), reverse=descending)

    @staticmethod
    def _key(column: Column[R], row: R) -> Any:  # noqa: ANN401
        from desktop.i18n.sorting import sort_key  # noqa: PLC0415

        return column.sort(row) if column.sort else sort_key(column.text(row))


def as_tab_text(model: QAbstractTableModel, rows: Sequence[int]) -> str:
    """Return rows as tab separated text with the headers first, for pasting into a spreadsheet."""
    columns = range(model.columnCount())
    across = Qt.Orientation.Horizontal
    lines = [[str(model.headerData(column, across) or "") for column in columns]]
    lines += [[str(model.index(row, column).data() or "") for column in columns] for row in rows]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
