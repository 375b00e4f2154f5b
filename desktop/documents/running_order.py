"""The running order: the table Sak · Agenda · Tidspunkt · Sakstype of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.documents.content import MoeteContent, MoetedagContent, PostContent, SakContent
from desktop.documents.document import DocBlock, DocHeading, GridRow, GridTable
from desktop.documents.parts import day_title, is_off, line, marked_title, sakstype_text, text_line
from desktop.i18n.dates import column_clock
from desktop.richtext.tree import Block, Run
from desktop.rules.entity_kinds import Postslag

if TYPE_CHECKING:
    from desktop.i18n.catalogue import Words

_WIDTHS_WITH_TIMES = (18, 86, 25, 31)
_WIDTHS = (18, 111, 31)


def running_order(moete: MoeteContent, _: Words, *, times: bool = True) -> tuple[DocBlock, ...]:
    """Return the running order of each day under its heading.

    Without times, as a referat has it, pauses and marks of what changed stay out. A meeting of
    several days has a heading with the weekday and date before each table.
    """
    saker = {sak.key: sak for sak in moete.saker}
    blocks: list[DocBlock] = []
    for day in moete.moetedager:
        rows = _rows(day, saker, _, times=times)
        if not rows:
            continue
        if len(moete.moetedager) > 1:
            blocks.append(DocHeading((Run(day_title(day.dato, _)),), 2))
        header = _header(moete.utvalg.navn, _, times=times)
        blocks.append(GridTable(header, rows, _WIDTHS_WITH_TIMES if times else _WIDTHS))
    return (DocHeading((Run(_("Dagsorden")),), 1), *blocks) if blocks else ()


def _header(utvalg: str, _: Words, *, times: bool) -> tuple[str, ...]:
    agenda = _("Agenda {utvalg}").format(utvalg=utvalg)
    clock = (_("Tidspunkt"),) if times else ()
    return (_("Sak"), agenda, *clock, _("Sakstype"))


def _rows(
    day: MoetedagContent, saker: dict[str, SakContent], _: Words, *, times: bool
) -> tuple[GridRow, ...]:
    rows = []
    for post in day.poster:
        if not times and post.slag is Postslag.PAUSE:
            continue
        sak = saker[post.sak_key] if post.sak_key is not None else None
        clock = (_clock(post, _),) if times else ()
        if sak is None:
            muted = post.slag is Postslag.PAUSE
            rows.append(GridRow(((), (text_line(post.tittel),), *clock, ()), muted))
        else:
            rows.append(GridRow(_sak_cells(sak, clock, _, changes=times), is_off(sak)))
    return tuple(rows)


def _sak_cells(
    sak: SakContent, clock: tuple[tuple[Block, ...], ...], _: Words, *, changes: bool
) -> tuple[tuple[Block, ...], ...]:
    title = marked_title(sak, _, changes=changes)
    return (_cell(sak.nummer), (title,), *clock, _cell(sakstype_text(sak.sakstype, _)))


def _cell(text: str) -> tuple[Block, ...]:
    return (text_line(text),) if text else ()


def _clock(post: PostContent, _: Words) -> tuple[Block, ...]:
    if post.start is None:
        return ()
    clock = Run(column_clock(post.start))
    if not post.endret:
        return (line(clock),)
    return (line(clock), line(Run(_("(endret)"), italic=True)))
