"""A table over more rows than are worth reading: it knows their order, and reads what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Signal

from desktop.services.register import PAGE
from desktop.services.types import Session
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.table import ROW_ROLE, Index

R = TypeVar("R")
_ROOT = QModelIndex()
_PAGES_KEPT: Final = 40
_AT_ONCE: Final = 5 * PAGE


class WindowedModel(QAbstractTableModel, Generic[R]):
    """Shows rows by SQLite's row numbers, a page of them read at a time.

    Args:
        desk: the open archive.
        headers: of the columns.
        read: returns rows by their numbers.
        cell: returns the text of a row in a column.
    """

    def __init__(
        self,
        desk: Desk,
        headers: Sequence[str],
        read: Callable[[Session, Sequence[int]], Mapping[int, R]],
        cell: Callable[[R, int], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.headers = tuple(headers)
        self.cell = cell
        self._read = read
        self._rows: list[int] = []
        self._pages: dict[int, Mapping[int, R]] = {}

    def show_rows(self, rows: list[int]) -> None:
        """Show the rows with these numbers."""
        self.beginResetModel()
        self._rows = rows
        self._pages.clear()
        self.endResetModel()

    def reorder(self, rows: list[int]) -> None:
        """Show the same rows in another order; what is selected stays so."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        before, self._rows = self._rows, rows
        self._pages.clear()
        places = {row: place for place, row in enumerate(rows)} if held else {}
        for index in held:
            place = places.get(before[index.row()])
            moved = QModelIndex() if place is None else self.index(place, index.column())
            self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()

    def row_numbers(self) -> list[int]:
        """Return SQLite's row numbers of what is shown, in order."""
        return self._rows

    def row_at(self, row: int) -> R | None:
        """Return what stands at a place; its page is read if it is not at hand."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._read_page(number)
        return page.get(self._rows[row])

    def _read_page(self, number: int) -> Mapping[int, R]:
        while len(self._pages) >= _PAGES_KEPT:
            del self._pages[next(iter(self._pages))]
        rows = self._rows[number * PAGE : (number + 1) * PAGE]
        page = self._desk.read(lambda session: self._read(session, rows))
        self._pages[number] = page
        return page

    def read_pages(self) -> list[Mapping[int, R]]:
        """Return the pages that are at hand."""
        return list(self._pages.values())

    def place_of_row(self, row: int | None) -> int | None:
        """Return the place of SQLite's row number; None where it is not shown."""
        return self._rows.index(row) if row is not None and row in self._rows else None

    def row_number(self, place: int) -> int:
        """Return SQLite's row number of what stands at a place."""
        return self._rows[place]

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of rows; a cell has none."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of columns; a cell has none."""
        return 0 if parent.isValid() else len(self.headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows."""
        if not index.isValid() or role not in _ROLES:
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(row, index.column())
        return self.look(row, index.column(), role)

    def look(self, row: R, column: int, role: int) -> Any:  # noqa: ANN401, ARG002
        """Return the font, colour or tooltip of a cell; a register with a look says more."""
        return None

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401
        """Return a column's header."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self.headers[section] if 0 <= section < len(self.headers) else None


_ROLES: Final = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.FontRole,
        Qt.ItemDataRole.ForegroundRole,
        ROW_ROLE,
    }
)


def rows_of(model: WindowedModel[R], places: Sequence[int]) -> list[R]:
    """Return what stands at some places."""
    return [row for place in places if (row := model.row_at(place)) is not None]


class TableCopy(QObject):
    """Collects rows for the clipboard, a few at a time, so that nothing stands still meanwhile.

    Signals:
        done: the text, tab separated with headers, and how many rows it has.
    """

    done = Signal(str, int)

    def __init__(self, model: WindowedModel[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._waiting: list[int] = []
        self._lines: list[str] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._collect)
        model.modelReset.connect(self._timer.stop)

    def start(self, places: Sequence[int]) -> None:
        """Collect the rows at some places; what was under way is dropped."""
        self._waiting = list(places)
        self._lines = ["\t".join(self._model.headers)]
        self._timer.start()

    def _collect(self) -> None:
        now, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        for row in rows_of(self._model, now):
            cells = (self._model.cell(row, column) for column in range(len(self._model.headers)))
            self._lines.append("\t".join(" ".join(cell.split()) for cell in cells))
        if not self._waiting:
            self._timer.stop()
            self.done.emit("\n".join(self._lines), len(self._lines) - 1)
