"""The register of saker as a windowed table: it knows the order, and reads the rows it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QColor, QFont

from desktop.i18n.catalogue import N_, words
from desktop.i18n.dates import numeric_date
from desktop.i18n.terms import SAKSTYPER
from desktop.rules.states import SakTilstand
from desktop.services.register import (
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
from desktop.services.register_text import match_titles
from desktop.services.types import Session
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.searched import SearchedModel, Source, WantedRows

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


@dataclass(frozen=True)
class Wanted(WantedRows[RegisterFilter, Order]):
    """Which saker, in what order."""

    chosen: RegisterFilter = ALL
    text: str = ""
    order: Order = Order.NUMMER
    descending: bool = True


class RegisterModel(SearchedModel[RegisterRow, RegisterFilter, Order]):
    """The register of saker. The slow order, by sakseier, is prepared while it is idle."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        source: Source[RegisterRow, RegisterFilter, Order] = Source(
            page=lambda session, rows: load_page(session, rows, self._numbers),
            cell=cell_text,
            chosen=match_filter,
            titles=match_titles,
            order=self._new_order,
            orders=tuple(order for _header, order in COLUMNS),
            texts=("sak", "omtale"),
        )
        headers = [header for header, _order in COLUMNS]
        super().__init__(desk, headers, source, Wanted(), parent)
        self._numbers = PageNumbers()
        self._provisional: QColor | None = None
        self._preparing = QTimer(self, interval=0)
        self._preparing.timeout.connect(self.prepare)
        desk.closing.connect(self._preparing.stop)
        self._owners: list[str] | None = None
        self._owned: dict[int, None] = {}
        self._every: list[int] | None = None

    def set_provisional_colour(self, colour: str) -> None:
        """Say what colour a provisional number has."""
        self._provisional = QColor(colour)

    def forget(self) -> None:
        """Forget what was read of the archive."""
        super().forget()
        self._owners = None
        self._preparing.start()
        self._numbers = PageNumbers()

    @property
    def is_preparing(self) -> bool:
        """Whether the slow order is not at hand yet."""
        return self._preparing.isActive()

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

    def _new_order(self, session: Session, order: Order, descending: bool) -> list[int]:
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
