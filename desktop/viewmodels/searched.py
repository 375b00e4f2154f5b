"""A register that is filtered, sorted, and searched: in titles at once, in texts after that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.services.register_text import SHORTEST_IN_TEXTS, match_texts, text_ranges
from desktop.services.types import Session
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.windowed import WindowedModel

R = TypeVar("R")
C = TypeVar("C")
K = TypeVar("K")


@dataclass(frozen=True)
class WantedRows(Generic[C, K]):
    """Which rows, in what order: `chosen` is a filter, `order` one of those there are."""

    chosen: C
    text: str
    order: K
    descending: bool


@dataclass(frozen=True)
class Source(Generic[R, C, K]):
    """Where a register reads, and what it shows.

    Attributes:
        page: returns rows by their numbers.
        cell: returns the text of a row in a column.
        chosen: returns the numbers that a filter lets through; None for all.
        titles: returns those whose title or number holds a text.
        order: returns all numbers in an order, descending or not.
        orders: what each column sorts by.
        texts: the table and the column of the texts that are searched last.
    """

    page: Callable[[Session, Sequence[int]], Mapping[int, R]]
    cell: Callable[[R, int], str]
    chosen: Callable[[Session, C], set[int] | None]
    titles: Callable[[Session, str], set[int]]
    order: Callable[[Session, K, bool], list[int]]
    orders: tuple[K, ...]
    texts: tuple[str, str]


class SearchedModel(WindowedModel[R], Generic[R, C, K]):
    """A windowed register. It keeps the orders it has read until the archive changes.

    Signals:
        counted: how many rows are shown, and whether the texts are still to be searched.
    """

    counted = Signal(int, bool)

    def __init__(
        self,
        desk: Desk,
        headers: Sequence[str],
        source: Source[R, C, K],
        wanted: WantedRows[C, K],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(desk, headers, source.page, source.cell, parent)
        self.wanted = wanted
        self._source = source
        self._orders: dict[tuple[K, bool], list[int]] = {}
        self._unread: list[range] | None = None
        self._found: set[int] = set()
        self._deeper = QTimer(self, singleShot=True, interval=0)
        self._deeper.timeout.connect(self._search_texts)
        desk.closing.connect(self._deeper.stop)

    def forget(self) -> None:
        """Forget what was read of the archive."""
        self._orders.clear()

    def show_wanted(self, wanted: WantedRows[C, K]) -> None:
        """Show other rows, or the same in another order."""
        self.wanted = wanted
        self.show_rows(self._desk.read(self._titles_found))
        self._unread, self._found = None, set()
        deeper = len(wanted.text.strip()) >= SHORTEST_IN_TEXTS
        if deeper:
            self._deeper.start()
        else:
            self._deeper.stop()
        self.counted.emit(self.rowCount(), deeper)

    def reload(self) -> None:
        """Read everything again, as after a change."""
        self.forget()
        self.show_wanted(self.wanted)

    def _titles_found(self, session: Session) -> list[int]:
        found = self._source.chosen(session, self.wanted.chosen)
        if self.wanted.text.strip():
            titles = self._source.titles(session, self.wanted.text)
            found = titles if found is None else found & titles
        return self._ordered(session, found)

    def _search_texts(self) -> None:
        """Take one step in finding the rows whose text holds what is sought; show them at last."""
        table, column = self._source.texts
        if self._unread is None:
            self._unread = self._desk.read(lambda session: text_ranges(session, table))
        else:
            text, stretch = self.wanted.text, self._unread.pop()
            self._found |= self._desk.read(
                lambda session: match_texts(session, text, stretch, column, table)
            )
        if self._unread:
            self._deeper.start()
            return
        self._show_found()
        self.counted.emit(self.rowCount(), False)

    def _show_found(self) -> None:
        """Show what the texts hold beside what is shown already."""
        chosen = self._desk.read(lambda session: self._source.chosen(session, self.wanted.chosen))
        found = self._found if chosen is None else self._found & chosen
        found = found.difference(self.row_numbers())
        if found:
            both = found.union(self.row_numbers())
            self.show_rows(self._desk.read(lambda session: self._ordered(session, both)))

    def _ordered(self, session: Session, found: set[int] | None) -> list[int]:
        place = (self.wanted.order, self.wanted.descending)
        if place not in self._orders:
            self._orders[place] = self._source.order(session, *place)
        ordered = self._orders[place]
        return ordered if found is None else [row for row in ordered if row in found]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what is selected stays so."""
        if not 0 <= column < len(self._source.orders):
            return
        descending = order == Qt.SortOrder.DescendingOrder
        self.wanted = replace(self.wanted, order=self._source.orders[column], descending=descending)
        whole = not (self.wanted.chosen or self.wanted.text.strip())
        found = None if whole else set(self.row_numbers())
        self.reorder(self._desk.read(lambda session: self._ordered(session, found)))
