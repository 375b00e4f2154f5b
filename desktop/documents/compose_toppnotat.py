"""The toppnotat: head, the title of the sak, and its sections in their order."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.documents.content import SeksjonContent, ToppnotatContent
from desktop.documents.document import (
    DocBlock,
    DocHeading,
    Document,
    GridRow,
    GridTable,
    HeadTable,
    Title,
)
from desktop.documents.finish import with_unique_ids
from desktop.documents.parts import (
    broken_lines,
    document_language,
    head_row,
    name_comma_organisation,
    sakstype_text,
    styled,
    text_line,
    tree_part,
    vedlegg_line,
)
from desktop.i18n.catalogue import words
from desktop.i18n.dates import numeric_date
from desktop.i18n.terms import IKKE_UTFYLT, SEKSJONER, TOPPNOTATHODE
from desktop.richtext.tree import Paragraph, Run
from desktop.rules.entity_kinds import Seksjonslag

if TYPE_CHECKING:
    from desktop.i18n.catalogue import Words

_REQUIRED = (Seksjonslag.FORSLAG, Seksjonslag.HENSIKT)
_AT_THE_END = (Seksjonslag.TIDLIGERE_VEDTAK, Seksjonslag.VEDLEGG)
_VEDTAK_WIDTHS = (45, 40, 75)


def compose_toppnotat(
    toppnotat: ToppnotatContent, *, created: datetime | None = None, track_changes: bool = False
) -> Document:
    """Return the note, in the language of its utvalg.

    With `track_changes`, for a note that goes out to be worked on, Word records every edit.
    """
    _ = words(toppnotat.utvalg.maalform)
    head, *sections = toppnotat_body(toppnotat, _)
    name = " ".join(filter(None, (_("Toppnotat"), toppnotat.saksnummer)))
    return Document(
        title=f"{name} {toppnotat.tittel}",
        author=toppnotat.utvalg.sekretariat_navn,
        maalform=document_language(toppnotat.utvalg.maalform),
        blocks=with_unique_ids(
            (*_notes(toppnotat, _), head, Title(toppnotat.tittel), *sections),
        ),
        subject=_("Toppnotat"),
        keywords=toppnotat.saksnummer,
        created=created,
        header_text=toppnotat.utvalg.navn,
        footer_text=" · ".join(filter(None, (name, toppnotat.referanse))),
        identity=toppnotat.identity,
        figures=toppnotat.figurer,
        track_changes=track_changes,
    )


def toppnotat_body(toppnotat: ToppnotatContent, _: Words) -> tuple[DocBlock, ...]:
    """Return the head table and the sections, without the title."""
    names = Counter[str]()
    blocks: list[DocBlock] = [_head(toppnotat, _)]
    for section in _ordered(toppnotat.seksjoner):
        body = _section_body(section, toppnotat, _)
        heading = (section.overskrift or _(SEKSJONER.get(section.slag, ""))).strip()
        if not body:
            continue
        names[section.slag] += 1
        if heading:
            mark = f"{section.slag.value}{_later(names[section.slag])}"
            blocks.append(DocHeading((Run(heading),), 1, mark=mark))
        blocks += body
    return tuple(blocks)


def _later(count: int) -> str:
    return f"_{count}" if count > 1 else ""


def _notes(toppnotat: ToppnotatContent, _: Words) -> tuple[DocBlock, ...]:
    if not toppnotat.provisional:
        return ()
    return (styled("foreloepig", _("Foreløpig: saksnummeret kan bli endret.")),)


def _head(toppnotat: ToppnotatContent, _: Words) -> HeadTable:
    number = toppnotat.moete_short
    values = {
        "til": [_("Møte {nummer}").format(nummer=number)] if number else [],
        "dato": [numeric_date(toppnotat.dato)] if toppnotat.dato else [],
        "saksnummer": [toppnotat.saksnummer],
        "type": [sakstype_text(toppnotat.sakstype, _)],
        "fra": [name_comma_organisation(person) for person in toppnotat.fra],
        "saksbehandler": [name_comma_organisation(person) for person in toppnotat.saksbehandlere],
    }
    return HeadTable(
        tuple(
            row
            for mark, lines in values.items()
            if any(lines)
            for row in head_row(_(TOPPNOTATHODE[mark]), broken_lines(lines), mark=mark)
        )
    )


def _ordered(sections: tuple[SeksjonContent, ...]) -> tuple[SeksjonContent, ...]:
    """Return the sections, with those that print without having a place of their own."""
    present = {section.slag for section in sections}
    first = [SeksjonContent(slag) for slag in _REQUIRED if slag not in present]
    last = [SeksjonContent(slag) for slag in _AT_THE_END if slag not in present]
    if Seksjonslag.FORSLAG in present and first:
        place = next(i for i, one in enumerate(sections) if one.slag is Seksjonslag.FORSLAG) + 1
        return (*sections[:place], *first, *sections[place:], *last)
    return (*first, *sections, *last)


def _section_body(
    section: SeksjonContent, toppnotat: ToppnotatContent, _: Words
) -> tuple[DocBlock, ...]:
    match section.slag:
        case Seksjonslag.TIDLIGERE_VEDTAK:
            return _earlier_vedtak(toppnotat, _)
        case Seksjonslag.VEDLEGG:
            return tuple(vedlegg_line(one, _) for one in toppnotat.vedlegg)
        case Seksjonslag.FORSLAG:
            body = tree_part(toppnotat.forslag, 1)
        case _:
            body = tree_part(section.innhold, 1)
    if not body and section.slag in _REQUIRED:
        return (styled("liten", _(IKKE_UTFYLT)),)
    return body


def _earlier_vedtak(toppnotat: ToppnotatContent, _: Words) -> tuple[DocBlock, ...]:
    if not toppnotat.tidligere_vedtak:
        return ()
    rows = tuple(
        GridRow((_cell(row.sak), _cell(row.tema), row.formulering.blocks))
        for row in toppnotat.tidligere_vedtak
    )
    header = (_("Sak"), _("Tema"), _("Vedtaksformulering"))
    return (GridTable(header, rows, _VEDTAK_WIDTHS),)


def _cell(text: str) -> tuple[Paragraph, ...]:
    return (text_line(text),) if text else ()
