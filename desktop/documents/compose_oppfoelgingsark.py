"""The list of open commitments as a sheet: one row each, to be sorted and filtered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from desktop.documents.compose_oppfoelgingsliste import (
    TILSTANDER,
    URGENT,
    list_title,
    owner_name,
    summary,
)
from desktop.documents.content_lists import OppfoelgingContent, OppfoelgingslisteContent
from desktop.documents.parts import document_language
from desktop.documents.sheet import Marking, Sheet, SheetColumn, SheetRow
from desktop.i18n.catalogue import words
from desktop.rules.standing import Standing

if TYPE_CHECKING:
    from desktop.i18n.catalogue import Words

_MARKINGS: Final[Mapping[Standing, Marking]] = MappingProxyType(
    {Standing.FORFALT: "late", Standing.FOER_MOETET: "soon"}
)


def compose_oppfoelgingsark(
    content: OppfoelgingslisteContent, *, created: datetime | None = None
) -> Sheet:
    """Return the open commitments as a sheet, in the language of the utvalg."""
    utvalg = content.utvalg
    _ = words(utvalg.maalform)
    return Sheet(
        title=list_title(content, _),
        name=_("Oppfølgingsliste"),
        author=utvalg.sekretariat_navn or utvalg.navn,
        maalform=document_language(utvalg.maalform),
        columns=_columns(_),
        rows=tuple(_row(row, _) for row in content.rader),
        subject=_("Oppfølgingsliste"),
        created=created,
        header_text=list_title(content, _),
        footer_text=summary(content, _),
    )


def _columns(_: Words) -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("Ansvarlig"), 27),
        SheetColumn(_("Person"), 20),
        SheetColumn(_("Oppgave"), 52),
        SheetColumn(_("Sak"), 10),
        SheetColumn(_("Frist"), 12),
        SheetColumn(_("Status"), 11),
        SheetColumn(_("Merknad"), 20),
        SheetColumn(_("Siste nytt"), 48),
        SheetColumn(_("Oppdatert"), 12),
    )


def _row(row: OppfoelgingContent, _: Words) -> SheetRow:
    remark = _(URGENT.get(row.stand, ""))
    return SheetRow(
        (
            owner_name(row.eier, _),
            row.person or None,
            row.oppgave,
            ", ".join(row.saker) or None,
            row.frist,
            _(TILSTANDER[row.tilstand]),
            (remark[:1].upper() + remark[1:]) or None,
            row.siste or None,
            row.siste_dato,
        ),
        _MARKINGS.get(row.stand, ""),
    )
