"""The saksliste: number, title and type of each sak of a meeting, on one page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.documents.content import MoeteContent, MoetedagContent, SakContent
from desktop.documents.content_lists import SakslisteContent
from desktop.documents.document import DocBlock, DocHeading, Document, GridRow, GridTable, Title
from desktop.documents.finish import with_unique_ids
from desktop.documents.parts import (
    day_title,
    document_language,
    full_number,
    is_off,
    marked_title,
    plain,
    sakstype_text,
    styled,
    text_line,
)
from desktop.i18n.catalogue import words
from desktop.i18n.dates import clock_range, date_range
from desktop.richtext.tree import Block, Run

if TYPE_CHECKING:
    from desktop.i18n.catalogue import Words

_WIDTHS = (18, 111, 31)


def compose_saksliste(content: SakslisteContent, *, created: datetime | None = None) -> Document:
    """Return the saksliste of a meeting, in the language of its utvalg."""
    moete = content.moete
    _ = words(moete.utvalg.maalform)
    number = full_number(moete)
    return Document(
        title=_("Saksliste for møte {nummer} i {utvalg}").format(
            nummer=number, utvalg=moete.utvalg.navn
        ),
        author=moete.utvalg.sekretariat_navn,
        maalform=document_language(moete.utvalg.maalform),
        blocks=with_unique_ids((Title(_("Saksliste")), *_notes(moete, _), *_tables(moete, _))),
        subject=_("Saksliste"),
        keywords=number,
        created=created,
        header_text=moete.utvalg.navn,
        footer_text=_("Saksliste for møte {nummer}").format(nummer=number),
    )


def _notes(moete: MoeteContent, _: Words) -> tuple[DocBlock, ...]:
    meeting = _("Møte {nummer} i {utvalg}").format(
        nummer=full_number(moete), utvalg=moete.utvalg.navn
    )
    days = moete.moetedager
    when = date_range([day.dato for day in days], _.maalform)
    if len(days) == 1:
        when = f"{when}, {clock_range(days[0].fra, days[0].til)}"
    note = (styled("foreloepig", _("Foreløpig: saksnumrene kan bli endret.")),)
    return (
        styled("undertittel", meeting),
        *(styled("meta", text) for text in (when, *_places(moete)) if text),
        *(note if moete.provisional else ()),
    )


def _places(moete: MoeteContent) -> list[str]:
    places = list(dict.fromkeys(day.sted for day in moete.moetedager if day.sted))
    return places if len(places) == 1 else []


def _tables(moete: MoeteContent, _: Words) -> tuple[DocBlock, ...]:
    saker = {sak.key: sak for sak in moete.saker}
    blocks: list[DocBlock] = []
    for day in moete.moetedager:
        rows = tuple(_row(sak, _) for sak in _saker_of(day, saker))
        if not rows:
            continue
        if len(moete.moetedager) > 1:
            blocks.append(DocHeading((Run(day_title(day.dato, _)),), 1))
        blocks.append(GridTable((_("Sak"), _("Tittel"), _("Sakstype")), rows, _WIDTHS))
    return tuple(blocks) or (plain(_("Møtet har ingen saker ennå.")),)


def _saker_of(day: MoetedagContent, saker: dict[str, SakContent]) -> list[SakContent]:
    return [saker[post.sak_key] for post in day.poster if post.sak_key is not None]


def _row(sak: SakContent, _: Words) -> GridRow:
    number: tuple[Block, ...] = (text_line(sak.nummer),) if sak.nummer else ()
    sakstype = sakstype_text(sak.sakstype, _)
    kind: tuple[Block, ...] = (text_line(sakstype),) if sakstype else ()
    return GridRow((number, (marked_title(sak, _),), kind), is_off(sak))
