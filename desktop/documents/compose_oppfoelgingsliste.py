"""The list of open commitments: one table for each owner, by deadline."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from desktop.documents.content_lists import OppfoelgingContent, OppfoelgingslisteContent
from desktop.documents.document import DocBlock, DocHeading, Document, GridRow, GridTable, Title
from desktop.documents.finish import with_unique_ids
from desktop.documents.parts import document_language, line, plain, styled, text_line
from desktop.i18n.catalogue import N_, words
from desktop.i18n.dates import long_date, numeric_date
from desktop.richtext.tree import Block, Run
from desktop.rules.standing import Standing
from desktop.rules.states import OppfoelgingTilstand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.i18n.catalogue import Words

_WIDTHS = (82, 20, 26, 32)

TILSTANDER: Final = MappingProxyType(
    {
        OppfoelgingTilstand.AAPEN: N_("Åpen"),
        OppfoelgingTilstand.PAAGAAR: N_("Pågår"),
        OppfoelgingTilstand.FERDIG: N_("Ferdig"),
        OppfoelgingTilstand.BORTFALT: N_("Bortfalt"),
    }
)
"""The printed words of the states of a commitment."""

URGENT: Final = MappingProxyType(
    {
        Standing.FORFALT: N_("over fristen"),
        Standing.FOER_MOETET: N_("frist før neste møte"),
    }
)
"""What is printed of a commitment that stands out."""


def compose_oppfoelgingsliste(
    content: OppfoelgingslisteContent, *, created: datetime | None = None
) -> Document:
    """Return the list of open commitments, in the language of the utvalg."""
    utvalg = content.utvalg
    _ = words(utvalg.maalform)
    title = list_title(content, _)
    return Document(
        title=title,
        author=utvalg.sekretariat_navn,
        maalform=document_language(utvalg.maalform),
        blocks=with_unique_ids(
            (
                Title(_("Oppfølgingsliste")),
                styled("undertittel", utvalg.navn),
                styled("meta", summary(content, _)),
                *_owners(content, _),
            )
        ),
        subject=_("Oppfølgingsliste"),
        created=created,
        header_text=utvalg.navn,
        footer_text=_("Oppfølgingsliste per {dato}").format(
            dato=long_date(content.dato, _.maalform)
        ),
    )


def list_title(content: OppfoelgingslisteContent, _: Words) -> str:
    """Return "Oppfølgingsliste for Nasjonalt e-helseråd"."""
    return _("Oppfølgingsliste for {utvalg}").format(utvalg=content.utvalg.navn)


def owner_name(owner: str, _: Words) -> str:
    """Return who has a commitment, also where nobody does."""
    return owner or _("Uten ansvarlig")


def summary(content: OppfoelgingslisteContent, _: Words) -> str:
    """Return as of when the list is, how much is open, and what stands out."""
    count = len(content.rader)
    late = sum(1 for row in content.rader if row.stand is Standing.FORFALT)
    soon = sum(1 for row in content.rader if row.stand is Standing.FOER_MOETET)
    told = [
        _("Per {dato}").format(dato=long_date(content.dato, _.maalform)),
        _.plural("{antall} åpen", "{antall} åpne", count).format(antall=count),
    ]
    if late:
        told.append(_("{antall} over fristen").format(antall=late))
    if soon:
        told.append(_("{antall} med frist før neste møte").format(antall=soon))
    if content.neste_moete is not None:
        told.append(
            _("neste møte {nummer} {dato}").format(
                nummer=content.neste_nummer, dato=long_date(content.neste_moete, _.maalform)
            )
        )
    return " · ".join(" ".join(part.split()) for part in told)


def _owners(content: OppfoelgingslisteContent, _: Words) -> tuple[DocBlock, ...]:
    blocks: list[DocBlock] = []
    header = (_("Oppgave"), _("Sak"), _("Frist"), _("Status"))
    for owner, rows in groupby(content.rader, key=lambda row: row.eier):
        blocks.append(DocHeading((Run(owner_name(owner, _)),), 1))
        blocks.append(GridTable(header, tuple(_row(row, _) for row in rows), _WIDTHS))
    return tuple(blocks) or (plain(_("Ingen åpne oppfølginger.")),)


def _row(row: OppfoelgingContent, _: Words) -> GridRow:
    deadline = _lines([numeric_date(row.frist)] if row.frist else [])
    return GridRow((_task(row, _), _lines(row.saker), deadline, _state(row, _)))


def _lines(texts: Iterable[str]) -> tuple[Block, ...]:
    return tuple(text_line(text) for text in texts if text)


def _task(row: OppfoelgingContent, _: Words) -> tuple[Block, ...]:
    found: list[Block] = [text_line(row.oppgave)]
    if row.person:
        found.append(text_line(_("Ansvarlig: {navn}").format(navn=row.person)))
    if row.siste:
        day = f"{numeric_date(row.siste_dato)}: " if row.siste_dato else ""
        found.append(line(Run(f"{day}{row.siste}", italic=True)))
    return tuple(found)


def _state(row: OppfoelgingContent, _: Words) -> tuple[Block, ...]:
    found: list[Block] = [text_line(_(TILSTANDER[row.tilstand]))]
    if row.stand in URGENT:
        found.append(line(Run(_(URGENT[row.stand]), bold=True)))
    return tuple(found)
