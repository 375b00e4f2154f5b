"""The lists of an utvalg's settings as tables: series, fixed posts and phrases."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject

from desktop.i18n.catalogue import words
from desktop.i18n.terms import SAKSTYPER
from desktop.rules.entity_kinds import Plassering
from desktop.services.utvalg_settings import FastpostRow, FraseRow, SerieRow
from desktop.viewmodels.ordered import OrderedRowsModel
from desktop.viewmodels.table import Column, RowsModel

_ = words("nb")

PLACINGS: Final = {Plassering.FOERST: _("Først"), Plassering.SIST: _("Sist")}


def series_model(parent: QObject | None = None) -> RowsModel[SerieRow]:
    """Return the table of the series of an utvalg, without rows yet."""
    return RowsModel(
        [
            Column(_("År"), lambda row: str(row.aar), sort=lambda row: row.aar),
            Column(_("Første sak"), lambda row: str(row.foerste_sak)),
            Column(_("Første møte"), lambda row: str(row.foerste_moete)),
            Column(_("Endelige numre"), _fixed),
        ],
        parent,
    )


def _fixed(row: SerieRow) -> str:
    parts = []
    if row.fast_sak is not None:
        parts.append(_("fra sak {nummer}").format(nummer=row.fast_sak))
    if row.fast_moete is not None:
        parts.append(_("fra møte {nummer}").format(nummer=row.fast_moete))
    return ", ".join(parts) or _("ingen ennå")


def posts_model(parent: QObject | None = None) -> OrderedRowsModel[FastpostRow]:
    """Return the table of the fixed posts, without rows yet."""
    return OrderedRowsModel(
        [
            Column(_("Tittel"), lambda post: post.tittel, tooltip=lambda post: post.tittel),
            Column(_("Type"), lambda post: _(SAKSTYPER[post.sakstype]) if post.sakstype else ""),
            Column(_("Minutter"), lambda post: str(post.varighet)),
            Column(_("Plass"), lambda post: PLACINGS[post.plassering]),
            Column(
                _("Forslag til vedtak"),
                lambda post: post.frase or "",
                tooltip=lambda post: post.frase or "",
            ),
        ],
        parent,
    )


def phrases_model(parent: QObject | None = None) -> OrderedRowsModel[FraseRow]:
    """Return the table of the phrases, without rows yet."""
    return OrderedRowsModel(
        [
            Column(_("Type"), lambda phrase: _(SAKSTYPER[phrase.sakstype])),
            Column(_("Frase"), lambda phrase: phrase.tekst, tooltip=lambda phrase: phrase.tekst),
        ],
        parent,
    )
