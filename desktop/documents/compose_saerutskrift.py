"""The særutskrift: one sak with its treatment and its vedtak."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.documents.compose_referat import outcome, said_blocks
from desktop.documents.content_lists import SaerutskriftContent
from desktop.documents.document import (
    DocBlock,
    DocHeading,
    Document,
    HeadTable,
    ParagraphRole,
    StyledParagraph,
    Title,
)
from desktop.documents.finish import with_unique_ids
from desktop.documents.parts import (
    broken_lines,
    document_language,
    full_number,
    head_row,
    in_role,
    name_comma_organisation,
    plain,
    sakstype_text,
    styled,
    tree_part,
    vedlegg_line,
)
from desktop.i18n.catalogue import words
from desktop.i18n.dates import date_range
from desktop.i18n.terms import IKKE_UTFYLT
from desktop.richtext.tree import Run, Tree
from desktop.rules.states import ReferatTilstand

if TYPE_CHECKING:
    from desktop.i18n.catalogue import Words


def compose_saerutskrift(
    content: SaerutskriftContent, *, created: datetime | None = None
) -> Document:
    """Return the særutskrift of a sak, in the language of its utvalg."""
    utvalg = content.moete.utvalg
    _ = words(utvalg.maalform)
    number = content.sak.nummer
    name = _("Særutskrift av sak {nummer}").format(nummer=number) if number else _("Særutskrift")
    return Document(
        title=f"{name} {content.sak.tittel}",
        author=utvalg.sekretariat_navn,
        maalform=document_language(utvalg.maalform),
        blocks=with_unique_ids(
            (
                Title(content.sak.tittel),
                styled("undertittel", f"{name}, {utvalg.navn}"),
                *_notes(content, _),
                _head(content, _),
                *_body(content, _),
            )
        ),
        subject=_("Særutskrift"),
        keywords=number,
        created=created,
        header_text=utvalg.navn,
        footer_text=name,
        figures=content.figurer,
    )


def _notes(content: SaerutskriftContent, _: Words) -> tuple[DocBlock, ...]:
    if content.referat is None:
        text = _("Foreløpig: saken er ikke behandlet.")
        if content.sak.provisional:
            text = _("Foreløpig: saken er ikke behandlet, og saksnummeret kan bli endret.")
        return (styled("foreloepig", text),)
    return referat_note(content.referat, content.godkjent_i_sak, _, "undertittel")


def referat_note(
    referat: ReferatTilstand, godkjent_i_sak: str | None, _: Words, role: ParagraphRole
) -> tuple[StyledParagraph, ...]:
    """Return how final the minutes of a meeting are; `role` is that of the approval."""
    if referat is not ReferatTilstand.GODKJENT:
        return (styled("foreloepig", _("Foreløpig: referatet fra møtet er ikke godkjent.")),)
    if godkjent_i_sak:
        text = _("Referatet er godkjent i sak {nummer}.").format(nummer=godkjent_i_sak)
        return (styled(role, text),)
    return ()


def _head(content: SaerutskriftContent, _: Words) -> HeadTable:
    moete, sak = content.moete, content.sak
    days = date_range([day.dato for day in moete.moetedager], _.maalform)
    owners = [name_comma_organisation(person) for person in content.fra]
    caseworkers = [name_comma_organisation(person) for person in content.saksbehandlere]
    values = (
        (_("Møte"), [full_number(moete)]),
        (_("Dato"), [days]),
        (_("Saksnummer"), [sak.nummer]),
        (_("Sakstype"), [sakstype_text(sak.sakstype, _)]),
        (_("Fra"), owners),
        (_("Saksbehandler"), caseworkers),
    )
    rows = (head_row(label, broken_lines(lines)) for label, lines in values if any(lines))
    return HeadTable(tuple(row for found in rows for row in found))


def _body(content: SaerutskriftContent, _: Words) -> tuple[DocBlock, ...]:
    sak, said = content.sak, content.said
    treatment = (*outcome(sak, _), *said_blocks(replace(said, vedtak=None), _))
    parts = (
        (_("Saken"), tree_part(sak.omtale)),
        (_("Vedlegg"), tuple(vedlegg_line(one, _) for one in sak.vedlegg)),
        (_("Forslag til vedtak"), in_role(sak.forslag, "forslag")),
        (_("Behandling i møtet"), treatment),
        (_("Vedtak"), _vedtak(content, _)),
    )
    return tuple(
        block for name, body in parts if body for block in (DocHeading((Run(name),), 1), *body)
    )


def _vedtak(content: SaerutskriftContent, _: Words) -> tuple[DocBlock, ...]:
    found = in_role(content.said.vedtak or Tree(), "vedtak")
    if found or content.referat is None or outcome(content.sak, _):
        return found
    if content.sak.sakstype is None:
        return (plain(_("Saken har ikke noe vedtak.")),)
    return (styled("liten", _(IKKE_UTFYLT)),)
