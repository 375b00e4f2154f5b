"""Seats, persons, organisations and pasted lists as tables."""

from __future__ import annotations

import datetime as dt
from typing import Final

from PySide6.QtCore import QObject

from desktop.i18n.catalogue import words
from desktop.i18n.dates import numeric_date
from desktop.i18n.sorting import sort_key
from desktop.rules.kinds import Funksjon
from desktop.services.members import Fate, PastedRow
from desktop.services.members_view import OrganisationRow, PersonRow, SeatRow
from desktop.viewmodels.ordered import OrderedRowsModel
from desktop.viewmodels.table import Column, RowsModel

_ = words("nb")

FUNCTIONS: Final = {
    Funksjon.LEDER: _("Leder"),
    Funksjon.MEDLEM: _("Medlem"),
    Funksjon.VARA: _("Vara"),
    Funksjon.OBSERVATOER: _("Observatør"),
    Funksjon.SEKRETARIAT: _("Sekretariat"),
}

_FATES: Final = {
    Fate.NEW: _("Ny person"),
    Fate.KNOWN: _("Finnes, får verv"),
    Fate.MEMBER: _("Er medlem fra før: hoppes over"),
    Fate.TWICE: _("Står to ganger: hoppes over"),
    Fate.UNREADABLE: _("Uleselig: hoppes over"),
}


def period(fra: dt.date | None, til: dt.date | None) -> str:
    """Return a period: "fra 01.01.2023", "01.01.2023–31.12.2024", "til …", or ""."""
    start = numeric_date(fra) if fra else ""
    end = numeric_date(til) if til else ""
    if start and end:
        return f"{start}–{end}"
    if start:
        return _("fra {dato}").format(dato=start)
    return _("til {dato}").format(dato=end) if end else ""


def seats_model(parent: QObject | None = None) -> OrderedRowsModel[SeatRow]:
    """Return the table of the seats of an utvalg, without rows yet."""
    return OrderedRowsModel(
        [
            Column(_("Navn"), lambda seat: seat.navn),
            Column(_("Funksjon"), _function),
            Column(_("For"), lambda seat: seat.organisasjon, tooltip=lambda s: s.organisasjon),
            Column(_("E-post"), lambda seat: seat.epost),
            Column(_("Periode"), lambda seat: period(seat.fra, seat.til)),
        ],
        parent,
    )


def _function(seat: SeatRow) -> str:
    name = FUNCTIONS[seat.funksjon]
    return (
        _("{funksjon} for {navn}").format(funksjon=name, navn=seat.vara_for)
        if (seat.vara_for)
        else name
    )


def people_model(parent: QObject | None = None) -> RowsModel[PersonRow]:
    """Return the table of all persons, without rows yet."""
    return RowsModel(
        [
            Column(
                _("Navn"),
                lambda person: person.navn,
                sort=lambda person: (sort_key(person.etternavn), sort_key(person.fornavn)),
            ),
            Column(_("Organisasjon"), lambda person: person.organisasjon),
            Column(_("E-post"), lambda person: person.epost or ""),
            Column(_("Telefon"), lambda person: person.telefon or ""),
            Column(_("Verv"), lambda person: person.verv),
        ],
        parent,
    )


def organisations_model(parent: QObject | None = None) -> RowsModel[OrganisationRow]:
    """Return the table of all organisations, without rows yet."""
    return RowsModel(
        [
            Column(_("Organisasjon"), lambda row: row.navn),
            Column(_("Kortnavn"), lambda row: row.kortnavn if row.kortnavn != row.navn else ""),
            Column(_("Tidligere og senere navn"), other_names, tooltip=other_names),
            Column(
                _("Personer"),
                lambda row: str(row.personer),
                sort=lambda row: row.personer,
                right=True,
            ),
        ],
        parent,
    )


def other_names(row: OrganisationRow) -> str:
    """Return the names that an organisation does not have today, each with its period."""
    return ", ".join(
        f"{name.navn} ({period(name.fra, name.til)})" if name.fra or name.til else name.navn
        for name in row.navnene
        if name.navn != row.navn
    )


def pasted_model(parent: QObject | None = None) -> RowsModel[PastedRow]:
    """Return the table that shows what becomes of a pasted list, without rows yet."""
    return RowsModel(
        [
            Column(_("Navn"), lambda row: row.person.navn or row.person.tekst),
            Column(_("Organisasjon"), _pasted_organisation),
            Column(_("E-post"), lambda row: row.person.epost),
            Column(_("Hva som skjer"), fate_text),
        ],
        parent,
    )


def _pasted_organisation(row: PastedRow) -> str:
    name = row.person.organisasjon
    return _("{navn} (ny)").format(navn=name) if row.is_new_organisation else name


def fate_text(row: PastedRow) -> str:
    """Return in words what becomes of a pasted row."""
    text = _FATES[row.fate]
    return _("{hva}, mangler e-post").format(hva=text) if row.lacks_email else text
