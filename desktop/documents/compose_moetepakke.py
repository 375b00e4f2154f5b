"""The møtepakke: the innkalling, then every vedlegg in order, in one file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.documents.chapters import as_chapter
from desktop.documents.compose_innkalling import innkalling_body, innkalling_title
from desktop.documents.compose_referat import referat_body
from desktop.documents.compose_toppnotat import toppnotat_body
from desktop.documents.content import (
    MoetepakkeContent,
    PakkedelContent,
    ReferatContent,
    SakContent,
    ToppnotatContent,
    VedleggContent,
)
from desktop.documents.document import (
    DocBlock,
    DocHeading,
    Document,
    FigureFile,
    StyledParagraph,
    TableOfContents,
    Title,
    TocEntry,
    TreePart,
)
from desktop.documents.finish import with_unique_ids
from desktop.documents.parts import (
    document_language,
    full_number,
    line,
    numbered_title,
    numbered_vedlegg,
    sak_anchor,
    slug,
    styled,
)
from desktop.i18n.catalogue import words
from desktop.i18n.dates import date_range
from desktop.richtext.links import safe_link
from desktop.richtext.tree import Run, Tree

if TYPE_CHECKING:
    from desktop.i18n.catalogue import Words

_INNKALLING = "innkalling"


def compose_moetepakke(pakke: MoetepakkeContent, *, created: datetime | None = None) -> Document:
    """Return the whole set of papers of a meeting, in the language of its utvalg."""
    moete = pakke.moete
    _ = words(moete.utvalg.maalform)
    meeting = _("Møte {nummer} i {utvalg}").format(
        nummer=full_number(moete), utvalg=moete.utvalg.navn
    )
    days = date_range([day.dato for day in moete.moetedager], _.maalform)
    blocks = (
        Title(_("Møtepakke")),
        styled("undertittel", f"{meeting}, {days}"),
        TableOfContents(_("Innhold"), _contents(pakke, _)),
        *_innkalling(pakke, _),
        *(block for part in pakke.deler for block in _part(part, pakke, _)),
    )
    return Document(
        title=_("Møtepakke for møte {nummer} i {utvalg}").format(
            nummer=full_number(moete), utvalg=moete.utvalg.navn
        ),
        author=moete.utvalg.sekretariat_navn,
        maalform=document_language(moete.utvalg.maalform),
        blocks=with_unique_ids(blocks),
        subject=_("Møtepakke"),
        keywords=full_number(moete),
        created=created,
        header_text=moete.utvalg.navn,
        footer_text=_("Møtepakke for møte {nummer}").format(nummer=full_number(moete)),
        figures=_figures(pakke),
    )


def _anchor(vedlegg: VedleggContent) -> str:
    return f"vedlegg-{slug(vedlegg.nummer)}"


def _contents(pakke: MoetepakkeContent, _: Words) -> tuple[TocEntry, ...]:
    saker = [TocEntry(numbered_title(sak), sak_anchor(sak), 2) for sak in pakke.moete.saker]
    parts = [
        TocEntry(numbered_vedlegg(part.vedlegg, _), _anchor(part.vedlegg)) for part in pakke.deler
    ]
    return (TocEntry(innkalling_title(pakke.moete, _), _INNKALLING), *saker, *parts)


def _innkalling(pakke: MoetepakkeContent, _: Words) -> tuple[DocBlock, ...]:
    links = {part.vedlegg.nummer: f"#{_anchor(part.vedlegg)}" for part in pakke.deler}
    return (
        _chapter_heading(innkalling_title(pakke.moete, _), _INNKALLING),
        *as_chapter(innkalling_body(pakke.moete, _, links), anchor=None),
    )


def _chapter_heading(text: str, anchor: str) -> DocHeading:
    return DocHeading((Run(text),), 1, anchor=anchor, page_break_before=True)


def _part(part: PakkedelContent, pakke: MoetepakkeContent, _: Words) -> tuple[DocBlock, ...]:
    anchor = _anchor(part.vedlegg)
    heading = _chapter_heading(numbered_vedlegg(part.vedlegg, _), anchor)
    saker = {sak.key: sak for sak in pakke.moete.saker}
    match part.innhold:
        case ToppnotatContent():
            body = toppnotat_body(part.innhold, _)
        case ReferatContent():
            body = referat_body(part.innhold, _)
        case None:
            return (heading, *_title_page(part.vedlegg, saker.get(part.sak_key), _))
    return (heading, *as_chapter(body, anchor=None, prefix=f"{anchor}-"))


def _title_page(vedlegg: VedleggContent, sak: SakContent | None, _: Words) -> tuple[DocBlock, ...]:
    blocks: list[DocBlock] = []
    if sak is not None:
        label = _("Hører til sak")
        link = Run(numbered_title(sak), link=f"#{sak_anchor(sak)}")
        blocks.append(StyledParagraph((Run(f"{label} "), link), "meta"))
    if vedlegg.url:
        address = Run(vedlegg.url, link=safe_link(vedlegg.url))
        label = _("Vedlegget ligger på nettet:")
        text = line(Run(f"{label} "), address)
    elif vedlegg.filnavn:
        text = line(
            Run(_("Vedlegget følger som egen fil: {filnavn}").format(filnavn=vedlegg.filnavn))
        )
    else:
        text = line(Run(_("Vedlegget er ikke med i denne filen.")))
    return (*blocks, TreePart(Tree((text,))))


def _figures(pakke: MoetepakkeContent) -> Mapping[str, FigureFile]:
    figures = dict(pakke.moete.figurer)
    for part in pakke.deler:
        if part.innhold is not None:
            figures.update(part.innhold.figurer)
    return figures
