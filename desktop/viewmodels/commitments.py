"""Commitments, proposals and pasted vedtak as tables, and commitments as clean text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from desktop.i18n.catalogue import N_, words
from desktop.i18n.dates import numeric_date
from desktop.rules.standing import Standing
from desktop.rules.states import OppfoelgingTilstand
from desktop.services.oppfoelging_forslag import ForslagRow
from desktop.services.oppfoelging_view import CommitmentRow
from desktop.services.vedtak_entry import CheckedRow, Fault
from desktop.viewmodels.table import Column, Index, RowsModel

_ = words("nb")

STATES: Final = {
    OppfoelgingTilstand.AAPEN: N_("Åpen"),
    OppfoelgingTilstand.PAAGAAR: N_("Pågår"),
    OppfoelgingTilstand.FERDIG: N_("Ferdig"),
    OppfoelgingTilstand.BORTFALT: N_("Bortfalt"),
}
FAULTS: Final = {
    Fault.UTEN_SAK: N_("Mangler saksnummer"),
    Fault.UTEN_TEKST: N_("Mangler vedtakstekst"),
    Fault.FINNES: N_("Står i registeret fra før"),
    Fault.TO_GANGER: N_("Står to ganger i tabellen"),
    Fault.DATO: N_("Datoen kan ikke leses"),
}


def deadline_text(frist: dt.date | None) -> str:
    """Return a deadline as tables have it; "" for none."""
    return numeric_date(frist) if frist else ""


def state_text(row: CommitmentRow) -> str:
    """Return how a commitment stands: its state, and whether it is urgent."""
    urgent = {Standing.FORFALT: _("Forfalt"), Standing.FOER_MOETET: _("Før neste møte")}
    parts = [_(STATES[row.tilstand]), urgent.get(row.stand, "")]
    return " · ".join(part for part in parts if part)


def _by_deadline(row: CommitmentRow | ForslagRow) -> dt.date:
    return row.frist or dt.date.max


COMMITMENT_COLUMNS: Final[tuple[Column[CommitmentRow], ...]] = (
    Column(_("Oppgave"), lambda row: row.oppgave, tooltip=lambda row: row.oppgave),
    Column(_("Ansvarlig"), lambda row: row.eier, tooltip=lambda row: row.eier),
    Column(_("Frist"), lambda row: deadline_text(row.frist), sort=_by_deadline),
    Column(_("Sak"), lambda row: row.kilde),
    Column(_("Tilstand"), state_text, sort=lambda row: (row.stand, _by_deadline(row))),
    Column(_("Utvalg"), lambda row: row.utvalg),
)
PROPOSAL_COLUMNS: Final[tuple[Column[ForslagRow], ...]] = (
    Column(_("Oppgave"), lambda row: row.oppgave, tooltip=lambda row: row.setning),
    Column(_("Ansvarlig"), lambda row: row.hvem, tooltip=lambda row: row.hvem),
    Column(_("Frist"), lambda row: deadline_text(row.frist), sort=_by_deadline),
    Column(_("Sak"), lambda row: row.sak, tooltip=lambda row: row.sak_tittel),
    Column(_("Fra"), lambda row: _("vedtak") if row.vedtak_id is not None else _("aksjonspunkt")),
    Column(_("Utvalg"), lambda row: row.utvalg),
)


class CommitmentsModel(RowsModel[CommitmentRow]):
    """Commitments; deadlines that ask for something have a colour of their own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COMMITMENT_COLUMNS, parent)
        self._colours: dict[Standing, QColor] = {}

    def set_colours(self, overdue: str, due: str) -> None:
        """Say what colours overdue ones, and those due before the next meeting, have."""
        self._colours = {Standing.FORFALT: QColor(overdue), Standing.FOER_MOETET: QColor(due)}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows."""
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid() and index.column() in {2, 4}:
            return self._colours.get(self.row_at(index.row()).stand)
        return super().data(index, role)


def proposals_model(parent: QObject | None = None) -> RowsModel[ForslagRow]:
    """Return a model over proposals."""
    return RowsModel(PROPOSAL_COLUMNS, parent)


def pasted_vedtak_model(parent: QObject | None = None) -> RowsModel[CheckedRow]:
    """Return a model over the rows of a pasted table, with what becomes of each."""
    return RowsModel(
        (
            Column(_("Sak"), lambda row: row.rad.referanse),
            Column(_("Tema"), lambda row: row.rad.tittel, tooltip=lambda row: row.rad.tittel),
            Column(
                _("Vedtak"),
                lambda row: " ".join(row.rad.tekst.split()),
                tooltip=lambda row: row.rad.tekst,
            ),
            Column(
                _("Dato"),
                lambda row: numeric_date(row.dato) if row.dato else row.rad.dato,
                sort=lambda row: row.dato or dt.date.max,
            ),
            Column(_("Hva som skjer"), _fate),
        ),
        parent,
    )


def _fate(row: CheckedRow) -> str:
    if row.feil is not None:
        return _(FAULTS[row.feil])
    if row.ukjent_type:
        return _("Tas inn uten typen «{navn}»").format(navn=row.rad.sakstype)
    return _("Tas inn")


def commitments_as_text(rows: Sequence[CommitmentRow]) -> str:
    """Return commitments as plain text for an e-mail, one paragraph each."""
    parts = []
    for row in rows:
        deadline = _("Frist: {dato}").format(dato=numeric_date(row.frist)) if row.frist else ""
        sak = _("Sak {nummer}").format(nummer=row.kilde) if row.kilde else ""
        facts = " · ".join(part for part in (row.eier, deadline, sak, state_text(row)) if part)
        parts.append(f"{row.oppgave}\n{facts}")
    return "\n\n".join(parts) + "\n"
