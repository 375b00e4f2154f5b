"""The innkalling: head, running order, and a block for each sak."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop.documents.content import MoeteContent, SakContent
from desktop.documents.document import (
    DocBlock,
    DocHeading,
    Document,
    HeadTable,
    StyledParagraph,
    Title,
)
from desktop.documents.finish import with_unique_ids
from desktop.documents.parts import (
    document_language,
    full_number,
    labelled,
    meeting_rows,
    name_with_organisation,
    names_row,
    numbered_title,
    sak_anchor,
    sak_marks,
    sakstype_text,
    styled,
    tree_part,
    vedlegg_line,
)
from desktop.documents.running_order import running_order
from desktop.i18n.catalogue import words
from desktop.i18n.dates import long_date
from desktop.richtext.tree import Run
from desktop.rules.kinds import Toppnotatstatus

if TYPE_CHECKING:
    from desktop.i18n.catalogue import Words

Links = Mapping[str, str]
_NO_LINKS: Links = MappingProxyType({})


def compose_innkalling(moete: MoeteContent, *, created: datetime | None = None) -> Document:
    """Return the innkalling of a meeting, in the language of its utvalg."""
    _ = words(moete.utvalg.maalform)
    title = innkalling_title(moete, _)
    return Document(
        title=title,
        author=moete.utvalg.sekretariat_navn,
        maalform=document_language(moete.utvalg.maalform),
        blocks=with_unique_ids(
            (
                Title(_("Møte i {utvalg}").format(utvalg=moete.utvalg.navn)),
                *innkalling_body(moete, _),
            )
        ),
        subject=_("Innkalling"),
        keywords=full_number(moete),
        created=created,
        header_text=moete.utvalg.navn,
        footer_text=_("Innkalling til møte {nummer}").format(nummer=full_number(moete)),
        figures=moete.figurer,
    )


def innkalling_title(moete: MoeteContent, _: Words) -> str:
    """Return "Innkalling til møte 4/2023 i Nasjonalt e-helseråd"."""
    return _("Innkalling til møte {nummer} i {utvalg}").format(
        nummer=full_number(moete), utvalg=moete.utvalg.navn
    )


def innkalling_body(
    moete: MoeteContent, _: Words, vedlegg_links: Links = _NO_LINKS
) -> tuple[DocBlock, ...]:
    """Return all but the title. `vedlegg_links` are addresses for vedlegg by their number."""
    members = [name_with_organisation(person) for person in moete.medlemmer]
    return (
        *_notes(moete, _),
        HeadTable((*meeting_rows(moete, _), *names_row(_("Medlemmer"), members))),
        *running_order(moete, _),
        *_saker(moete, _, vedlegg_links),
    )


def _notes(moete: MoeteContent, _: Words) -> tuple[DocBlock, ...]:
    notes: list[DocBlock] = []
    if moete.provisional:
        notes.append(
            styled(
                "foreloepig",
                _("Foreløpig: saksnumre, vedleggsnumre og klokkeslett kan bli endret."),
            )
        )
    if moete.oppdatert is not None:
        day = long_date(moete.oppdatert, _.maalform)
        notes.append(styled("undertittel", _("Oppdatert innkalling {dato}").format(dato=day)))
    return tuple(notes)


def _saker(moete: MoeteContent, _: Words, links: Links) -> tuple[DocBlock, ...]:
    if not moete.saker:
        return ()
    blocks = [block for sak in moete.saker for block in _sak(sak, _, links)]
    return (DocHeading((Run(_("Saker")),), 1), *blocks)


def _sak(sak: SakContent, _: Words, links: Links) -> tuple[DocBlock, ...]:
    return (
        DocHeading((Run(numbered_title(sak)),), 2, anchor=sak_anchor(sak)),
        *_meta(sak, _),
        *tree_part(sak.omtale),
        *_papers(sak, _, links),
        *labelled(_("Forslag til vedtak"), sak.forslag, "forslag"),
    )


def _meta(sak: SakContent, _: Words) -> tuple[DocBlock, ...]:
    facts = []
    if sak.sakstype is not None:
        sakstype = sakstype_text(sak.sakstype, _)
        facts.append(_("Sakstype: {sakstype}").format(sakstype=sakstype))
    if sak.provisional and sak.nummer:
        facts.append(_("foreløpig nummer"))
    facts += sak_marks(sak, _)
    text = " · ".join(facts)
    return (styled("meta", text[:1].upper() + text[1:]),) if text else ()


def _papers(sak: SakContent, _: Words, links: Links) -> tuple[StyledParagraph, ...]:
    lines = [vedlegg_line(one, _, links.get(one.nummer)) for one in sak.vedlegg]
    if sak.toppnotatstatus is Toppnotatstatus.INGEN:
        lines.insert(0, styled("vedlegg", _("Ingen toppnotat")))
    return tuple(lines)
