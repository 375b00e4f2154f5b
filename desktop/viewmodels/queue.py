"""The queue of an utvalg as a table."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject

from desktop.i18n.catalogue import words
from desktop.i18n.dates import numeric_date
from desktop.i18n.terms import SAKSTYPER
from desktop.services.koe import QueueRow
from desktop.viewmodels.ordered import OrderedRowsModel
from desktop.viewmodels.table import Column

_ = words("nb")

PRIORITIES: Final = {1: _("Høy"), 2: _("Middels"), 3: _("Lav")}


def queue_model(parent: QObject | None = None) -> OrderedRowsModel[QueueRow]:
    """Return the table of the queue, without rows yet."""
    return OrderedRowsModel(
        [
            Column(_("Sak"), lambda row: row.tittel, tooltip=lambda row: row.tittel),
            Column(_("Type"), lambda row: _(SAKSTYPER[row.sakstype]) if row.sakstype else ""),
            Column(_("Innmeldt av"), lambda row: row.innmeldt_av),
            Column(_("Innmeldt"), lambda row: numeric_date(row.innmeldt) if row.innmeldt else ""),
            Column(_("Ønsket møte"), lambda row: row.oensket_moete or ""),
            Column(_("Prioritet"), lambda row: PRIORITIES.get(row.prioritet or 0, "")),
        ],
        parent,
    )
