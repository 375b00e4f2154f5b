"""Meetings as lists and heads show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n.catalogue import words
from desktop.i18n.dates import clock_range, date_range, prose_clock
from desktop.rules.kinds import Moeteform
from desktop.rules.states import MoeteTilstand
from desktop.services.moete_lists import MoeteHead, MoeteListRow
from desktop.services.rows import DagRow
from desktop.viewmodels.table import Column, RowsModel

_ = words("nb")

PROVISIONAL_ROLE: Final = Qt.ItemDataRole.UserRole + 20
"""True where what a cell shows is provisional and shall look so."""

STATES: Final = MappingProxyType(
    {
        MoeteTilstand.PLANLAGT: _("Planlagt"),
        MoeteTilstand.INNKALT: _("Innkalt"),
        MoeteTilstand.AVHOLDT: _("Avholdt"),
        MoeteTilstand.AVSLUTTET: _("Avsluttet"),
        MoeteTilstand.AVLYST: _("Avlyst"),
    }
)
FORMS: Final = MappingProxyType(
    {
        Moeteform.FYSISK: _("Fysisk"),
        Moeteform.DIGITALT: _("Digitalt"),
        Moeteform.HYBRID: _("Hybrid (fysisk og digitalt)"),
    }
)
NUMBER_COLUMN, DATE_COLUMN, TIME_COLUMN, PLACE_COLUMN, STATE_COLUMN, COUNT_COLUMN = range(6)
_WITHOUT_NUMBER: Final = "–"


def times_text(days: Sequence[DagRow]) -> str:
    """Return "10.00–16.00", each different time once."""
    times = [f"{prose_clock(day.fra)}–{prose_clock(day.til)}" for day in days]
    return ", ".join(dict.fromkeys(times))


def place_text(form: Moeteform, sted: str | None, days: Sequence[DagRow]) -> str:
    """Return where a meeting is held; places of days of their own follow."""
    if form is Moeteform.DIGITALT:
        return FORMS[form]
    places = [place for place in (sted, *(day.sted for day in days)) if place]
    return " · ".join(dict.fromkeys(places))


def meeting_name(nummer: str, days: Sequence[DagRow]) -> str:
    """Return "Møte 4/2023", or the date where a meeting has no number."""
    if nummer:
        return _("Møte {nummer}").format(nummer=nummer)
    return _("Møte {dato}").format(dato=date_range(day.dato for day in days))


def when_text(days: Sequence[DagRow]) -> str:
    """Return "14. desember 2023 kl. 10.00–16.00"."""
    dates = date_range(day.dato for day in days)
    if len({(day.fra, day.til) for day in days}) == 1:
        return f"{dates} {clock_range(days[0].fra, days[0].til)}"
    return f"{dates}, {times_text(days)}"


def head_texts(head: MoeteHead) -> tuple[str, str]:
    """Return the head line of a meeting in two parts: what it is, and when and where."""
    place = place_text(head.form, head.sted, head.dager)
    parts = [when_text(head.dager), place, head.utvalg]
    return meeting_name(head.nummer, head.dager), " · ".join(part for part in parts if part)


def _first_start(row: MoeteListRow) -> dt.datetime:
    return dt.datetime.combine(row.dager[0].dato, row.dager[0].fra)


def _number_tip(row: MoeteListRow) -> str:
    if row.foreloepig:
        return _("Foreløpig nummer. Det blir fast når innkallingen ferdigstilles.")
    return "" if row.nummer else _("Møtet ble avlyst før det fikk nummer.")


def _number_key(row: MoeteListRow) -> tuple[int, int]:
    return row.aar, int(row.nummer.partition("/")[0] or 0)


class MoeteListModel(RowsModel[MoeteListRow]):
    """The meetings of a year; a provisional number looks provisional."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(
                    _("Nummer"),
                    lambda row: row.nummer or _WITHOUT_NUMBER,
                    sort=_number_key,
                    tooltip=_number_tip,
                ),
                Column(
                    _("Dato"),
                    lambda row: date_range(day.dato for day in row.dager),
                    sort=_first_start,
                ),
                Column(_("Tid"), lambda row: times_text(row.dager), sort=_start_of_day),
                Column(
                    _("Sted"),
                    lambda row: place_text(row.form, row.sted, row.dager),
                    tooltip=lambda row: place_text(row.form, row.sted, row.dager),
                ),
                Column(
                    _("Tilstand"),
                    lambda row: STATES[row.tilstand],
                    sort=lambda row: list(MoeteTilstand).index(row.tilstand),
                ),
                Column(
                    _("Saker"),
                    lambda row: str(row.antall_saker),
                    sort=lambda row: row.antall_saker,
                ),
            ),
            parent,
        )

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401
        """Return what a cell shows."""
        if index.isValid() and role == PROVISIONAL_ROLE:
            return index.column() == NUMBER_COLUMN and self.row_at(index.row()).foreloepig
        return super().data(index, role)

    def place_of(self, moete_id: str) -> int:
        """Return the row of a meeting, or -1."""
        keys = [row.id for row in self.rows()]
        return keys.index(moete_id) if moete_id in keys else -1


def _start_of_day(row: MoeteListRow) -> dt.time:
    return row.dager[0].fra
