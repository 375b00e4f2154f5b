"""What several documents are made of: names, labels, heads, the running order, vedlegg lines.

Blocks made here have no id of their own (`id=""`); `finish` gives every block one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from desktop.documents.blank import without_blanks
from desktop.documents.content import MoeteContent, PersonContent, SakContent, VedleggContent
from desktop.documents.document import (
    DocBlock,
    HeadRow,
    Maalform,
    ParagraphRole,
    StyledParagraph,
    TreePart,
)
from desktop.i18n import terms
from desktop.i18n.dates import clock_range, date_range, day_and_month, long_date_with_weekday
from desktop.i18n.terms import SAKSTYPER
from desktop.richtext.links import safe_link
from desktop.richtext.tree import Block, Inline, LineBreak, Paragraph, Run, Tree
from desktop.rules.kinds import Maalform as MaalformKind
from desktop.rules.kinds import Moeteform, Sakstype
from desktop.rules.numbering import format_meeting_number
from desktop.rules.states import SakTilstand

if TYPE_CHECKING:
    from desktop.i18n.catalogue import Words

OMTALE_SHIFT = 2
"""Texts stand under the heading of a sak, which has level 2."""


def document_language(maalform: MaalformKind) -> Maalform:
    """Return the language as a `Document` has it."""
    return "nn" if maalform is MaalformKind.NN else "nb"


def line(*inlines: Inline) -> Paragraph:
    """Return a paragraph of a table or list that a composer makes."""
    return Paragraph(inlines, id="")


def text_line(text: str) -> Paragraph:
    """Return a paragraph of plain text that is not empty."""
    return line(Run(text))


def plain(text: str) -> TreePart:
    """Return an ordinary paragraph of plain text that is not empty."""
    return TreePart(Tree((text_line(text),)))


def styled(role: ParagraphRole, text: str) -> StyledParagraph:
    """Return plain text in a role."""
    return StyledParagraph((Run(text),), role)


def slug(text: str) -> str:
    """Return the text as part of an anchor: small letters, digits and hyphens."""
    return re.sub(r"[^0-9a-zæøå]+", "-", text.casefold()).strip("-")


def sak_anchor(sak: SakContent) -> str:
    """Return the anchor of the sak's heading, unique in the meeting."""
    return f"sak-{slug(sak.nummer or sak.key)}"


def full_number(moete: MoeteContent) -> str:
    """Return "4/2023"."""
    return format_meeting_number(moete.aar, moete.nummer)


def name_with_organisation(person: PersonContent) -> str:
    """Return "Erik Hansen (Helse Vest RHF)", the form of attendance."""
    return f"{person.navn} ({person.organisasjon})" if person.organisasjon else person.navn


def name_comma_organisation(person: PersonContent) -> str:
    """Return "Terje Berg, KS", the form of a toppnotat."""
    return f"{person.navn}, {person.organisasjon}" if person.organisasjon else person.navn


def broken_lines(texts: Sequence[str]) -> Paragraph:
    """Return the texts as the lines of one paragraph."""
    inlines: list[Inline] = []
    for text in texts:
        if inlines:
            inlines.append(LineBreak())
        inlines.append(Run(text))
    return line(*inlines)


def head_row(label: str, *lines: Paragraph, mark: str | None = None) -> tuple[HeadRow, ...]:
    """Return a row of a head table, or none where there is nothing to say."""
    return (HeadRow(label, (lines,), mark),) if lines else ()


def names_row(label: str, names: Sequence[str]) -> tuple[HeadRow, ...]:
    """Return a row of names in two columns, read down the first and then down the second."""
    if len(names) < 2:
        return head_row(label, *map(text_line, names))
    half = (len(names) + 1) // 2
    columns = (names[:half], names[half:])
    return (HeadRow(label, tuple(tuple(map(text_line, column)) for column in columns)),)


def meeting_rows(moete: MoeteContent, _: Words) -> tuple[HeadRow, ...]:
    """Return the rows Møte, Dato, Tid and Sted."""
    days = date_range([day.dato for day in moete.moetedager], _.maalform)
    return (
        *head_row(_("Møte"), text_line(full_number(moete))),
        *head_row(_("Dato"), text_line(days)),
        *head_row(_("Tid"), *_times(moete, _)),
        *head_row(_("Sted"), *_places(moete, _)),
    )


def _times(moete: MoeteContent, _: Words) -> list[Paragraph]:
    days = moete.moetedager
    if len(days) == 1:
        return [text_line(clock_range(days[0].fra, days[0].til, capitalised=True))]
    return [
        text_line(f"{day_and_month(day.dato, _.maalform)} {clock_range(day.fra, day.til)}")
        for day in days
    ]


def _places(moete: MoeteContent, _: Words) -> list[Paragraph]:
    with_place = [day for day in moete.moetedager if day.sted]
    places = list(dict.fromkeys(day.sted for day in with_place))
    if len(places) > 1:
        lines = [
            text_line(f"{day_and_month(day.dato, _.maalform)}: {day.sted}") for day in with_place
        ]
    else:
        lines = [text_line(place) for place in places]
    if moete.form is Moeteform.DIGITALT and not lines:
        lines.append(text_line(_("Digitalt møte")))
    if moete.digital_lenke:
        lines.append(line(Run(_("Lenke til digitalt møte"), link=safe_link(moete.digital_lenke))))
    return lines


def sakstype_text(sakstype: Sakstype | None, _: Words) -> str:
    """Return the printed word of a sakstype; "" for none."""
    return _(SAKSTYPER[sakstype]) if sakstype is not None else ""


def sak_marks(sak: SakContent, _: Words, *, changes: bool = True) -> list[str]:
    """Return what is to be said of a sak beside its title: utsatt, trukket, perhaps changed."""
    marks = []
    if sak.tilstand is SakTilstand.UTSATT:
        marks.append(_("utsatt"))
    if sak.tilstand is SakTilstand.TRUKKET:
        marks.append(_("trukket"))
    if changes and sak.endret_etter_innkalling:
        marks.append(_("endret etter innkalling"))
    return marks


def marked_title(sak: SakContent, _: Words, *, changes: bool = True) -> Paragraph:
    """Return the title of a sak with what is to be said of it: "Felles rammer – utsatt"."""
    marks = "".join(f" – {mark}" for mark in sak_marks(sak, _, changes=changes))
    return line(Run(sak.tittel), Run(marks, italic=True)) if marks else text_line(sak.tittel)


def day_title(day: date, _: Words) -> str:
    """Return "Torsdag 17. oktober 2024", the heading of a day of a longer meeting."""
    text = long_date_with_weekday(day, _.maalform)
    return text[:1].upper() + text[1:]


def is_off(sak: SakContent) -> bool:
    """Return whether the meeting does not take the sak up."""
    return sak.tilstand in {SakTilstand.UTSATT, SakTilstand.TRUKKET}


def numbered_title(sak: SakContent) -> str:
    """Return "28/23 Godkjenning av …"."""
    return f"{sak.nummer} {sak.tittel}".strip()


def vedlegg_title(vedlegg: VedleggContent, _: Words) -> str:
    """Return what stands after the number of a vedlegg."""
    return terms.vedlegg_title(
        vedlegg.slag, vedlegg.tittel, vedlegg.referat_utvalg, vedlegg.referat_dato, _
    )


def numbered_vedlegg(vedlegg: VedleggContent, _: Words) -> str:
    """Return "Vedlegg 6A: Felles rammer"."""
    title = vedlegg_title(vedlegg, _)
    return _("Vedlegg {nummer}: {tittel}").format(nummer=vedlegg.nummer, tittel=title)


def vedlegg_line(vedlegg: VedleggContent, _: Words, link: str | None = None) -> StyledParagraph:
    """Return the line of a vedlegg; its title is a link to `link`, else to its own address."""
    number = _("Vedlegg {nummer}: {tittel}").format(nummer=vedlegg.nummer, tittel="")
    target = link or (safe_link(vedlegg.url) if vedlegg.url else None)
    title = Run(vedlegg_title(vedlegg, _), link=target)
    return StyledParagraph((Run(number), title), "vedlegg")


def labelled(
    label: str, tree: Tree, role: ParagraphRole, *, shift: int = OMTALE_SHIFT
) -> tuple[DocBlock, ...]:
    """Return a text that begins with a bold label: "Vedtak: …". Nothing for an empty text.

    Paragraphs have the role. A text that begins with another block has the label on its own line.
    """
    blocks = without_blanks(tree).blocks
    if not blocks:
        return ()
    start: tuple[Inline, ...] = (Run(f"{label}:", bold=True),)
    if isinstance(blocks[0], Paragraph):
        start = (Run(f"{label}: ", bold=True), *blocks[0].inlines)
        blocks = blocks[1:]
    rest = tuple(_in_role(block, role, shift) for block in blocks)
    return (StyledParagraph(start, role), *rest)


def _in_role(block: Block, role: ParagraphRole, shift: int) -> DocBlock:
    if isinstance(block, Paragraph) and block.style == "normal":
        return StyledParagraph(block.inlines, role)
    return TreePart(Tree((block,)), shift)


def in_role(tree: Tree, role: ParagraphRole, *, shift: int = OMTALE_SHIFT) -> tuple[DocBlock, ...]:
    """Return a text whose paragraphs have a role, or nothing for an empty one."""
    return tuple(_in_role(block, role, shift) for block in without_blanks(tree).blocks)


def tree_part(tree: Tree, shift: int = OMTALE_SHIFT) -> tuple[DocBlock, ...]:
    """Return a stored text without blank blocks, or nothing for an empty one."""
    shown = without_blanks(tree)
    return (TreePart(shown, shift),) if shown else ()
