"""The register of vedtak as a windowed table, and a vedtak as clean text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor

from desktop.i18n.catalogue import N_, words
from desktop.i18n.dates import numeric_date
from desktop.i18n.terms import SAKSTYPER
from desktop.richtext.plain import plain_text
from desktop.services.register_text import SHORTEST_IN_TEXTS, match_texts, text_ranges
from desktop.services.types import Session
from desktop.services.vedtak_register import (
    Outcome,
    VedtakFilter,
    VedtakOrder,
    VedtakRegisterRow,
    load_vedtak_page,
    match_vedtak_filter,
    match_vedtak_titles,
    order_vedtak,
)
from desktop.services.vedtak_view import VedtakView
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.windowed import WindowedModel

_ = words("nb")

UTFALL: Final = {
    Outcome.SOM_FORESLAATT: N_("Som foreslått"),
    Outcome.ENDRET: N_("Endret"),
    Outcome.FOERT_INN: N_("Ført inn"),
}
COLUMNS: Final = (
    (_("Sak"), VedtakOrder.SAK),
    (_("Dato"), VedtakOrder.DATO),
    (_("Tema"), VedtakOrder.TITTEL),
    (_("Vedtak"), VedtakOrder.TEKST),
    (_("Type"), VedtakOrder.SAKSTYPE),
    (_("Utfall"), VedtakOrder.ENDRET),
    (_("Utvalg"), VedtakOrder.UTVALG),
)
ALL: Final = VedtakFilter()


@dataclass(frozen=True, slots=True)
class WantedVedtak:
    """Which vedtak, in what order."""

    chosen: VedtakFilter = ALL
    text: str = ""
    order: VedtakOrder = VedtakOrder.DATO
    descending: bool = True


class VedtakRegisterModel(WindowedModel[VedtakRegisterRow]):
    """The register. Titles and numbers are searched at once, the texts of the vedtak after that.

    Signals:
        counted: how many vedtak are shown, and whether the texts are still to be searched.
    """

    counted = Signal(int, bool)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        headers = [header for header, _order in COLUMNS]
        super().__init__(desk, headers, load_vedtak_page, cell_text, parent)
        self.wanted = WantedVedtak()
        self._changed: QColor | None = None
        self._orders: dict[tuple[VedtakOrder, bool], list[int]] = {}
        self._unread: list[range] = []
        self._found: set[int] = set()
        self._deeper = QTimer(self, singleShot=True, interval=0)
        self._deeper.timeout.connect(self._search_texts)
        desk.closing.connect(self._deeper.stop)

    def set_changed_colour(self, colour: str) -> None:
        """Say what colour tells that a vedtak was changed in the meeting."""
        self._changed = QColor(colour)

    def show_wanted(self, wanted: WantedVedtak) -> None:
        """Show other vedtak, or the same in another order."""
        self.wanted = wanted
        self.show_rows(self._desk.read(self._at_once))
        deeper = len(wanted.text.strip()) >= SHORTEST_IN_TEXTS
        self._found.clear()
        if deeper:
            self._unread = self._desk.read(lambda session: text_ranges(session, "vedtak"))
            self._deeper.start()
        else:
            self._deeper.stop()
        self.counted.emit(self.rowCount(), deeper)

    def reload(self) -> None:
        """Read everything again, as after a change."""
        self._orders.clear()
        self.show_wanted(self.wanted)

    def _at_once(self, session: Session) -> list[int]:
        found = match_vedtak_filter(session, self.wanted.chosen)
        if self.wanted.text.strip():
            titles = match_vedtak_titles(session, self.wanted.text)
            found = titles if found is None else found & titles
        return self._ordered(session, found)

    def _search_texts(self) -> None:
        """Take one step in finding the vedtak whose text holds what is sought; show them last."""
        text = self.wanted.text
        if self._unread:
            stretch = self._unread.pop()
            self._found |= self._desk.read(
                lambda session: match_texts(session, text, stretch, "tekst", "vedtak")
            )
        if self._unread:
            self._deeper.start()
            return
        chosen = self._desk.read(lambda session: match_vedtak_filter(session, self.wanted.chosen))
        found = self._found if chosen is None else self._found & chosen
        shown = set(self.row_numbers())
        if found - shown:
            self.show_rows(self._desk.read(lambda session: self._ordered(session, found | shown)))
        self.counted.emit(self.rowCount(), False)

    def _ordered(self, session: Session, found: set[int] | None) -> list[int]:
        place = (self.wanted.order, self.wanted.descending)
        if place not in self._orders:
            self._orders[place] = order_vedtak(session, place[0], descending=place[1])
        ordered = self._orders[place]
        return ordered if found is None else [row for row in ordered if row in found]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what is selected stays so."""
        if not 0 <= column < len(COLUMNS):
            return
        descending = order == Qt.SortOrder.DescendingOrder
        self.wanted = replace(self.wanted, order=COLUMNS[column][1], descending=descending)
        shown = set(self.row_numbers())
        self.reorder(self._desk.read(lambda session: self._ordered(session, shown)))

    def look(self, row: VedtakRegisterRow, column: int, role: int) -> Any:  # noqa: ANN401
        """Return the colour of what was changed, and the whole text as a tooltip."""
        order = COLUMNS[column][1]
        if role == Qt.ItemDataRole.ForegroundRole:
            changed = order is VedtakOrder.ENDRET and row.utfall is Outcome.ENDRET
            return self._changed if changed else None
        if role == Qt.ItemDataRole.ToolTipRole:
            texts = {VedtakOrder.TEKST: row.tekst, VedtakOrder.TITTEL: row.tittel}
            return texts.get(order)
        return None


def cell_text(row: VedtakRegisterRow, column: int) -> str:
    """Return the text of a cell."""
    texts = {
        VedtakOrder.SAK: row.sak,
        VedtakOrder.DATO: numeric_date(row.dato) if row.dato else "",
        VedtakOrder.TITTEL: row.tittel,
        VedtakOrder.TEKST: row.tekst,
        VedtakOrder.SAKSTYPE: _(SAKSTYPER[row.sakstype]) if row.sakstype else "",
        VedtakOrder.ENDRET: _(UTFALL[row.utfall]),
        VedtakOrder.UTVALG: row.utvalg,
    }
    return texts[COLUMNS[column][1]]


def vedtak_as_text(view: VedtakView) -> str:
    """Return a vedtak as plain text for an e-mail: sak, date, title and the text."""
    row = view.rad
    head = " ".join(part for part in (row.utvalg, row.sak) if part)
    if row.dato is not None:
        head = f"{head} ({numeric_date(row.dato)})"
    parts = [head, row.tittel, "", plain_text(view.tekst)]
    return "\n".join(part for place, part in enumerate(parts) if part or place == 2) + "\n"
