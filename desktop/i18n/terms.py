"""The printed words of the closed sets in `desktop.rules`: source strings for a `Words`.

Composers print these; importers recognise headings and types by them, in both languages.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Final

from desktop.i18n.catalogue import N_, Words
from desktop.i18n.dates import long_date
from desktop.rules.entity_kinds import Seksjonslag, Vedleggslag
from desktop.rules.kinds import Sakstype

SAKSTYPER: Final = MappingProxyType(
    {
        Sakstype.GODKJENNING: N_("Godkjenning"),
        Sakstype.ORIENTERING: N_("Orientering"),
        Sakstype.DROEFTING: N_("Drøfting"),
        Sakstype.ANBEFALING: N_("Anbefaling"),
        Sakstype.BESLUTNING: N_("Beslutning"),
    }
)

SEKSJONER: Final = MappingProxyType(
    {
        Seksjonslag.FORSLAG: N_("Forslag til vedtak"),
        Seksjonslag.HENSIKT: N_("Hensikt med saken"),
        Seksjonslag.BAKGRUNN: N_("Bakgrunn"),
        Seksjonslag.DROEFTING: N_("Drøftingsspørsmål"),
        Seksjonslag.VIDERE: N_("Videre saksprosess"),
        Seksjonslag.TIDLIGERE_VEDTAK: N_("Vedtak fra tidligere behandlinger i rådsmodellen"),
        Seksjonslag.VEDLEGG: N_("Vedlegg"),
    }
)
"""The headings of the sections of a toppnotat; a section of its own kind has its own heading."""

TOPPNOTATHODE: Final = MappingProxyType(
    {
        "til": N_("Til"),
        "dato": N_("Dato"),
        "saksnummer": N_("Saksnummer"),
        "type": N_("Type"),
        "fra": N_("Fra"),
        "saksbehandler": N_("Saksbehandler"),
    }
)
"""The labels in the head of a toppnotat, by the mark that the Word file carries."""

IKKE_UTFYLT: Final = N_("(Ikke utfylt)")
"""Stands under a required heading without text; an importer reads it as no text."""


def vedlegg_title(slag: Vedleggslag, tittel: str, utvalg: str, dato: date | None, _: Words) -> str:
    """Return what stands after the number of a vedlegg.

    Args:
        slag: what it is; the title of a generated document is computed.
        tittel: the sak's title for a toppnotat, the vedlegg's own for a file or a link.
        utvalg: the body whose referat it is.
        dato: the date of the meeting whose referat it is.
        _: the words of the language.
    """
    if slag is Vedleggslag.TOPPNOTAT:
        return _("Toppnotat {tittel}").format(tittel=tittel)
    if slag is Vedleggslag.REFERAT and dato is not None:
        day = long_date(dato, _.maalform)
        return _("Referat fra {utvalg} {dato}").format(utvalg=utvalg, dato=day)
    return tittel
