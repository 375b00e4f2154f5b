"""The kjøreplan: what the chair has before them, with clock, presenters and room for notes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desktop.documents.blank import without_blanks
from desktop.documents.content import PersonContent, SakContent
from desktop.documents.content_lists import KjoereplanContent, KjoerepostContent
from desktop.documents.document import (
    DocBlock,
    DocHeading,
    Document,
    GridRow,
    GridTable,
    HeadRow,
    HeadTable,
    Title,
)
from desktop.documents.finish import with_unique_ids
from desktop.documents.parts import (
    day_title,
    document_language,
    full_number,
    head_row,
    is_off,
    line,
    meeting_rows,
    name_with_organisation,
    names_row,
    sak_marks,
    sakstype_text,
    styled,
    text_line,
)
from desktop.i18n.catalogue import words
from desktop.i18n.dates import column_clock
from desktop.i18n.lists import join_names
from desktop.richtext.tree import Block, Run
from desktop.rules.entity_kinds import Postslag

if TYPE_CHECKING:
    from desktop.i18n.catalogue import Words

_WIDTHS = (16, 52, 52, 40)
_NOTES_MM = 20
"""Room for two or three lines by hand beside every sak."""


def compose_kjoereplan(content: KjoereplanContent, *, created: datetime | None = None) -> Document:
    """Return the plan of the chair, in the language of the utvalg."""
    moete = content.moete
    _ = words(moete.utvalg.maalform)
    number = full_number(moete)
    meeting = _("Møte {nummer} i {utvalg}").format(nummer=number, utvalg=moete.utvalg.navn)
    return Document(
        title=_("Kjøreplan for møte {nummer} i {utvalg}").format(
            nummer=number, utvalg=moete.utvalg.navn
        ),
        author=moete.utvalg.sekretariat_navn,
        maalform=document_language(moete.utvalg.maalform),
        blocks=with_unique_ids(
            (
                Title(_("Kjøreplan for møteleder")),
                styled("undertittel", meeting),
                *_provisional(content, _),
                HeadTable((*meeting_rows(moete, _)[1:], *_people(content, _))),
                *_days(content, _),
            )
        ),
        subject=_("Kjøreplan"),
        keywords=number,
        created=created,
        header_text=moete.utvalg.navn,
        footer_text=_("Kjøreplan for møte {nummer}").format(nummer=number),
        figures=moete.figurer,
    )


def _provisional(content: KjoereplanContent, _: Words) -> tuple[DocBlock, ...]:
    if not content.moete.provisional:
        return ()
    return (styled("foreloepig", _("Foreløpig: saksnumre og klokkeslett kan bli endret.")),)


def _people(content: KjoereplanContent, _: Words) -> tuple[HeadRow, ...]:
    def row(label: str, person: PersonContent | None) -> tuple[HeadRow, ...]:
        return head_row(label, text_line(name_with_organisation(person))) if person else ()

    return (
        *row(_("Møteleder"), content.moeteleder),
        *row(_("Referent"), content.referent),
        *names_row(_("Meldt forfall"), [name_with_organisation(one) for one in content.forfall]),
    )


def _days(content: KjoereplanContent, _: Words) -> tuple[DocBlock, ...]:
    saker = {sak.key: sak for sak in content.moete.saker}
    several = len(content.moete.moetedager) > 1
    header = (_("Tid"), _("Sak"), _("Forslag til vedtak"), _("Notater"))
    blocks: list[DocBlock] = [DocHeading((Run(_("Dagsorden")),), 1)]
    for day, posts in zip(content.moete.moetedager, content.dager, strict=True):
        if not posts:
            continue
        if several:
            blocks.append(DocHeading((Run(day_title(day.dato, _)),), 2))
        rows = tuple(_row(post, saker.get(post.sak_key or ""), _) for post in posts)
        blocks.append(GridTable(header, rows, _WIDTHS))
    return tuple(blocks) if len(blocks) > 1 else ()


def _row(post: KjoerepostContent, sak: SakContent | None, _: Words) -> GridRow:
    if sak is None:
        return _row_without_sak(post, _)
    if is_off(sak):
        return GridRow(((), _sak(post, sak, _), (), ()), muted=True)
    forslag = without_blanks(sak.forslag).blocks
    return GridRow((_clock(post, _), _sak(post, sak, _), forslag, ()), least_mm=_NOTES_MM)


def _row_without_sak(post: KjoerepostContent, _: Words) -> GridRow:
    if post.slag is not Postslag.PAUSE:
        cells = (_clock(post, _), (text_line(post.tittel),), (), ())
        return GridRow(cells, least_mm=_NOTES_MM)
    start = (text_line(column_clock(post.start)),) if post.start else ()
    title = ", ".join((post.tittel, *_length(post, _)))
    return GridRow((start, (text_line(title),), (), ()), muted=True)


def _clock(post: KjoerepostContent, _: Words) -> tuple[Block, ...]:
    if post.start is None:
        return ()
    start = line(Run(column_clock(post.start), bold=True))
    return (start, *map(text_line, _length(post, _)))


def _length(post: KjoerepostContent, _: Words) -> tuple[str, ...]:
    minutes = _minutes(post)
    return (_("{antall} min").format(antall=minutes),) if minutes else ()


def _minutes(post: KjoerepostContent) -> int:
    if post.start is None or post.slutt is None:
        return 0
    day = date.min
    length = datetime.combine(day, post.slutt) - datetime.combine(day, post.start)
    return length // timedelta(minutes=1)


def _sak(post: KjoerepostContent, sak: SakContent, _: Words) -> tuple[Block, ...]:
    marks = ", ".join(sak_marks(sak, _))
    title = [Run(f"{sak.nummer} {sak.tittel}".strip(), bold=True)]
    if marks:
        title.append(Run(f" – {marks}", italic=True))
    facts = [sakstype_text(sak.sakstype, _)]
    if post.presentatoerer:
        facts.append(_named(_("Innleder: {navn}"), post.presentatoerer, _))
    if post.gjester:
        facts.append(_named(_("Gjest: {navn}"), post.gjester, _))
    told = " · ".join(filter(None, facts))
    return (line(*title), text_line(told)) if told else (line(*title),)


def _named(template: str, people: tuple[PersonContent, ...], _: Words) -> str:
    names = [name_with_organisation(person) for person in people]
    return template.format(navn=join_names(names, _.maalform))
