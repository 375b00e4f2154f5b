"""The register of saker as a windowed table: it knows the order, and reads the rows it shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont

from desktop.i18n.catalogue import N_, words
from desktop.i18n.dates import numeric_date
from desktop.i18n.terms import SAKSTYPER
from desktop.rules.states import SakTilstand
from desktop.services.register import (
    PAGE,
    Order,
    PageNumbers,
    RegisterFilter,
    RegisterRow,
    all_rows,
    load_page,
    match_filter,
    order_saker,
    owner_keys,
    rows_of_owner,
)
from desktop.services.register_text import (
    SHORTEST_IN_TEXTS,
    match_texts,
    match_titles,
    text_ranges,
)
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.windowed import TableCopy, WindowedModel, rows_of

__all__ = [
    "ALL",
    "COLUMNS",
    "TILSTANDER",
    "RegisterModel",
    "TableCopy",
    "Wanted",
    "cell_text",
    "rows_of",
]

_ = words("nb")

TILSTANDER: Final = {
    SakTilstand.INNMELDT: N_("I køen"),
    SakTilstand.PAA_DAGSORDEN: N_("På dagsorden"),
    SakTilstand.BEHANDLET: N_("Behandlet"),
    SakTilstand.UTSATT: N_("Utsatt"),
    SakTilstand.TRUKKET: N_("Trukket"),
}

COLUMNS: Final = (
    (_("Nr."), Order.NUMMER),
    (_("Sak"), Order.TITTEL),
    (_("Type"), Order.SAKSTYPE),
    (_("Fra"), Order.SAKSEIER),
    (_("Møte"), Order.MOETE),
    (_("Tilstand"), Order.TILSTAND),
    (_("Utvalg"), Order.UTVALG),
)


ALL: Final = RegisterFilter()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which saker, in what order."""

    chosen: RegisterFilter = ALL
    text: str = ""
    order: Order = Order.NUMMER
    descending: bool = True


class RegisterModel(WindowedModel[RegisterRow]):
    """The register. Texts are searched in two steps: titles at once, what the saker say after.

    Signals:
        counted: how many saker are shown, and whether the texts are still to be searched.
    """

    counted = Signal(int, bool)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(
            desk,
            [header for header, _order in COLUMNS],
            lambda session, rows: load_page(session, rows, self._numbers),
            cell_text,
            parent,
            page_size=lambda: PAGE,
        )
        self.wanted = Wanted()
        self._orders: dict[tuple[Order, bool], list[int]] = {}
        self._numbers = PageNumbers()
        self._provisional: QColor | None = None
        self._deeper = QTimer(self, singleShot=True, interval=0)
        self._deeper.timeout.connect(self._search_texts)
        self._unread: list[range] | None = None
        self._found: set[int] = set()
        self._preparing = QTimer(self, interval=0)
        self._preparing.timeout.connect(self.prepare)
        desk.closing.connect(self._stop)
        self._owners: list[str] | None = None
        self._owned: dict[int, None] = {}
        self._every: list[int] | None = None

    def set_provisional_colour(self, colour: str) -> None:
        """Say what colour a provisional number has."""
        self._provisional = QColor(colour)

    def show_wanted(self, wanted: Wanted) -> None:
        """Show other saker, or the same in another order."""
        self.wanted = wanted
        self.show_rows(self._desk.read(self._titles_found))
        self._unread, self._found = None, set()
        deeper = len(wanted.text.strip()) >= SHORTEST_IN_TEXTS
        if deeper:
            self._deeper.start()
        else:
            self._deeper.stop()
        self.counted.emit(len(self.row_numbers()), deeper)

    def reload(self) -> None:
        """Read everything again, as after a change."""
        self._orders.clear()
        self._owners = None
        self._preparing.start()
        self._numbers = PageNumbers()
        self.show_wanted(self.wanted)

    @property
    def is_preparing(self) -> bool:
        """Whether the slow order is not at hand yet."""
        return self._preparing.isActive()

    def _titles_found(self, session: Any) -> list[int]:  # noqa: ANN401
        found = match_filter(session, self.wanted.chosen)
        if self.wanted.text.strip():
            titles = match_titles(session, self.wanted.text)
            found = titles if found is None else found & titles
        return self._ordered(session, found)

    def _search_texts(self) -> None:
        """Take one step in finding the saker whose omtale holds the text; show them at the end."""
        if self._unread is None:
            self._unread = self._desk.read(text_ranges)
        else:
            text, stretch = self.wanted.text, self._unread.pop()
            self._found |= self._desk.read(lambda session: match_texts(session, text, stretch))
        if self._unread:
            self._deeper.start()
            return
        self._show_found()
        self.counted.emit(len(self.row_numbers()), False)

    def _show_found(self) -> None:
        """Show what the texts hold beside what is shown already."""
        chosen = self._desk.read(lambda session: match_filter(session, self.wanted.chosen))
        found = self._found if chosen is None else self._found & chosen
        found = found.difference(self.row_numbers())
        if found:
            both = found.union(self.row_numbers())
            self.show_rows(self._desk.read(lambda session: self._ordered(session, both)))

    def _stop(self) -> None:
        self._deeper.stop()
        self._preparing.stop()

    def prepare(self) -> None:
        """Take one step in the order by sakseier, which is the slow one, before it is asked for."""
        if self._owners is None:
            self._owners = self._desk.read(owner_keys)[::-1]
            self._owned, self._every = {}, None
        elif self._owners:
            owner = self._owners.pop()
            rows = self._desk.read(lambda session: rows_of_owner(session, owner))
            self._owned.update(dict.fromkeys(rows))
        elif self._every is None:
            self._every = self._desk.read(all_rows)
        else:
            self._preparing.stop()
            rest = [row for row in self._every if row not in self._owned]
            self._orders[Order.SAKSEIER, False] = [*self._owned, *rest]

    def _ordered(self, session: Any, found: set[int] | None) -> list[int]:  # noqa: ANN401
        place = (self.wanted.order, self.wanted.descending)
        if place not in self._orders:
            self._orders[place] = self._new_order(session, *place)
        ordered = self._orders[place]
        return ordered if found is None else [row for row in ordered if row in found]

    def _new_order(self, session: Any, order: Order, descending: bool) -> list[int]:  # noqa: ANN401
        prepared = self._orders.get((order, False))
        if prepared is not None and order is not Order.NUMMER:
            return prepared[::-1] if descending else prepared
        return order_saker(session, order, descending=descending)

    def place_of(self, sak_id: str) -> int | None:
        """Return the place of a sak among the pages that were shown; None where it is not."""
        for page in self.read_pages():
            for row, shown in page.items():
                if shown.id == sak_id:
                    return self.row_numbers().index(row)
        return None

    def look(self, row: RegisterRow, column: int, role: int) -> Any:  # noqa: ANN401
        """Return how a provisional number looks, and what the cells say more."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row, column)
        return self._look(row, column, role)

    def _look(self, row: RegisterRow, column: int, role: int) -> Any:  # noqa: ANN401
        if column != 0 or not row.foreloepig:
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._provisional
        font = QFont()
        font.setItalic(True)
        return font

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what is selected stays so."""
        if not 0 <= column < len(COLUMNS):
            return
        descending = order == Qt.SortOrder.DescendingOrder
        self.wanted = replace(self.wanted, order=COLUMNS[column][1], descending=descending)
        whole = not (self.wanted.chosen or self.wanted.text.strip())
        found = None if whole else set(self.row_numbers())
        rows = self._desk.read(lambda session: self._ordered(session, found))
        self.reorder(rows)


def cell_text(row: RegisterRow, column: int) -> str:
    """Return the text of a cell."""
    order = COLUMNS[column][1]
    if order is Order.NUMMER:
        return row.nummer
    if order is Order.SAKSTYPE:
        return _(SAKSTYPER[row.sakstype]) if row.sakstype else ""
    if order is Order.MOETE:
        day = numeric_date(row.dato) if row.dato else ""
        return f"{row.moete} · {day}" if row.moete and day else row.moete or day
    texts = {
        Order.TITTEL: row.tittel,
        Order.SAKSEIER: row.sakseiere,
        Order.UTVALG: row.utvalg,
        Order.TILSTAND: _(TILSTANDER[row.tilstand]),
    }
    return texts[order]


def _tip(row: RegisterRow, column: int) -> str | None:
    if column == 0 and row.foreloepig:
        return _("Foreløpig nummer: det er endelig når innkallingen er ferdigstilt")
    return row.tittel if column == 1 else None
