"""The register of vedtak as a windowed table, and a vedtak as clean text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from desktop.i18n.catalogue import N_, words
from desktop.i18n.dates import numeric_date
from desktop.i18n.terms import SAKSTYPER
from desktop.richtext.plain import plain_text
from desktop.services.vedtak_order import VedtakOrder, VedtakRows, order_vedtak
from desktop.services.vedtak_register import (
    Outcome,
    VedtakFilter,
    VedtakRegisterRow,
    load_vedtak_page,
    match_vedtak_filter,
    match_vedtak_titles,
)
from desktop.services.vedtak_view import VedtakView
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.searched import SearchedModel, Source, WantedRows

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


@dataclass(frozen=True)
class WantedVedtak(WantedRows[VedtakFilter, VedtakOrder]):
    """Which vedtak, in what order."""

    chosen: VedtakFilter = ALL
    text: str = ""
    order: VedtakOrder = VedtakOrder.DATO
    descending: bool = True


class VedtakRegisterModel(SearchedModel[VedtakRegisterRow, VedtakFilter, VedtakOrder]):
    """The register of vedtak."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        self._known = VedtakRows()
        source: Source[VedtakRegisterRow, VedtakFilter, VedtakOrder] = Source(
            page=load_vedtak_page,
            cell=cell_text,
            chosen=lambda session, chosen: match_vedtak_filter(session, chosen, self._known),
            titles=lambda session, text: match_vedtak_titles(session, text, self._known),
            order=lambda session, order, descending: order_vedtak(
                session, order, descending=descending, known=self._known
            ),
            orders=tuple(order for _header, order in COLUMNS),
            texts=("vedtak", "tekst"),
        )
        headers = [header for header, _order in COLUMNS]
        super().__init__(desk, headers, source, WantedVedtak(), parent)
        self._changed: QColor | None = None

    def set_changed_colour(self, colour: str) -> None:
        """Say what colour tells that a vedtak was changed in the meeting."""
        self._changed = QColor(colour)

    def forget(self) -> None:
        """Forget what was read of the archive."""
        super().forget()
        self._known = VedtakRows()

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
