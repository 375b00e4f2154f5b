"""The referat: head with attendance, running order, and a block for each sak."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.documents.content import (
    AksjonspunktContent,
    GjestContent,
    OppmoeteContent,
    ReferatContent,
    SakContent,
    SaksreferatContent,
)
from desktop.documents.document import DocBlock, DocHeading, Document, HeadRow, HeadTable, Title
from desktop.documents.finish import with_unique_ids
from desktop.documents.innspill import innspill_blocks
from desktop.documents.parts import (
    document_language,
    full_number,
    labelled,
    meeting_rows,
    name_comma_organisation,
    name_with_organisation,
    names_row,
    numbered_title,
    sak_anchor,
    styled,
    text_line,
    tree_part,
)
from desktop.documents.running_order import running_order
from desktop.i18n.catalogue import words
from desktop.i18n.dates import long_date
from desktop.i18n.lists import join_names
from desktop.richtext.tree import ListBlock, ListItem, Run, Tree
from desktop.rules.states import ReferatTilstand, SakTilstand

if TYPE_CHECKING:
    from desktop.i18n.catalogue import Words


def compose_referat(referat: ReferatContent, *, created: datetime | None = None) -> Document:
    """Return the minutes of a meeting, in the language of its utvalg."""
    moete = referat.moete
    _ = words(moete.utvalg.maalform)
    number = full_number(moete)
    return Document(
        title=_("Referat fra møte {nummer} i {utvalg}").format(
            nummer=number, utvalg=moete.utvalg.navn
        ),
        author=moete.utvalg.sekretariat_navn,
        maalform=document_language(moete.utvalg.maalform),
        blocks=with_unique_ids(
            (
                Title(_("Referat fra møte i {utvalg}").format(utvalg=moete.utvalg.navn)),
                *referat_body(referat, _),
            )
        ),
        subject=_("Referat"),
        keywords=number,
        created=created,
        header_text=moete.utvalg.navn,
        footer_text=_("Referat fra møte {nummer}").format(nummer=number),
        figures=referat.figurer,
    )


def referat_body(referat: ReferatContent, _: Words) -> tuple[DocBlock, ...]:
    """Return all but the title."""
    return (
        *_notes(referat, _),
        HeadTable((*meeting_rows(referat.moete, _), *_attendance(referat, _))),
        *running_order(referat.moete, _, times=False),
        *_saker(referat, _),
    )


def _notes(referat: ReferatContent, _: Words) -> tuple[DocBlock, ...]:
    match referat.tilstand:
        case ReferatTilstand.UTKAST:
            return (styled("foreloepig", _("Utkast")),)
        case ReferatTilstand.TIL_KOMMENTAR:
            return (styled("foreloepig", _for_comment(referat.kommentarfrist, _)),)
        case ReferatTilstand.OPPDATERT:
            return (styled("foreloepig", _("Oppdatert etter kommentarer, ikke godkjent")),)
    if referat.godkjent_i_sak:
        text = _("Godkjent i sak {nummer}").format(nummer=referat.godkjent_i_sak)
        return (styled("undertittel", text),)
    return ()


def _for_comment(deadline: date | None, _: Words) -> str:
    if deadline is None:
        return _("Utkast til kommentar")
    day = long_date(deadline, _.maalform)
    return _("Utkast til kommentar. Frist for kommentarer: {dato}").format(dato=day)


def _attendance(referat: ReferatContent, _: Words) -> tuple[HeadRow, ...]:
    present = [name_with_organisation(one.person) + _manner(one, _) for one in referat.til_stede]
    absent = [name_with_organisation(person) for person in referat.ikke_til_stede]
    substitutes = [
        _("{stedfortreder}, for {medlem}").format(
            stedfortreder=name_comma_organisation(one.oppmoete.person), medlem=one.for_navn
        )
        + _manner(one.oppmoete, _)
        for one in referat.stedfortredere
    ]
    secretariat = [
        row
        for group in referat.sekretariat
        for row in names_row(
            group.organisasjon, [one.person.navn + _manner(one, _) for one in group.personer]
        )
    ]
    return (
        *names_row(_("Til stede"), present),
        *names_row(_("Ikke til stede"), absent),
        *names_row(_("Stedfortreder"), substitutes),
        *names_row(_("Andre"), [_guest(guest, _) for guest in referat.andre]),
        *secretariat,
    )


def _manner(one: OppmoeteContent, _: Words) -> str:
    """Return " – digitalt, fra sak 20/23", or nothing for the whole meeting in the room."""
    facts = [_("digitalt")] if one.digitalt else []
    if one.fra_sak and one.til_sak:
        facts.append(
            _("fra sak {foerste} til sak {siste}").format(foerste=one.fra_sak, siste=one.til_sak)
        )
    elif one.fra_sak:
        facts.append(_("fra sak {nummer}").format(nummer=one.fra_sak))
    elif one.til_sak:
        facts.append(_("til sak {nummer}").format(nummer=one.til_sak))
    return f" – {', '.join(facts)}" if facts else ""


def _guest(guest: GjestContent, _: Words) -> str:
    facts = [_("digitalt")] if guest.digitalt else []
    if guest.saker:
        saker = join_names(guest.saker, _.maalform)
        template = _.plural("sak {saker}", "sakene {saker}", len(guest.saker))
        facts.append(template.format(saker=saker))
    manner = f" – {', '.join(facts)}" if facts else ""
    return name_with_organisation(guest.person) + manner


def _saker(referat: ReferatContent, _: Words) -> tuple[DocBlock, ...]:
    said = {one.key: one for one in referat.saker}
    blocks = [block for sak in referat.moete.saker for block in _sak(sak, said.get(sak.key), _)]
    return (DocHeading((Run(_("Saker")),), 1), *blocks) if blocks else ()


def _sak(sak: SakContent, said: SaksreferatContent | None, _: Words) -> tuple[DocBlock, ...]:
    heading = DocHeading((Run(numbered_title(sak)),), 2, anchor=sak_anchor(sak))
    body = said_blocks(said, _) if said is not None else ()
    return (heading, *outcome(sak, _), *body)


def outcome(sak: SakContent, _: Words) -> tuple[DocBlock, ...]:
    """Return that a sak was postponed or withdrawn, or nothing."""
    if sak.tilstand is SakTilstand.UTSATT:
        return (styled("meta", _("Saken ble utsatt.")),)
    if sak.tilstand is SakTilstand.TRUKKET:
        return (styled("meta", _("Saken ble trukket.")),)
    return ()


def said_blocks(said: SaksreferatContent, _: Words) -> tuple[DocBlock, ...]:
    """Return what was said and decided in a sak, in the order of the form."""
    innspill = innspill_blocks(said.innspill)
    return (
        *labelled_plain(_("Habilitet"), said.habilitet),
        *tree_part(said.innledning),
        *((styled("etikett", _("Innspill:")),) if innspill else ()),
        *innspill,
        *tree_part(said.oppsummering),
        *_action_points(said.aksjonspunkter, _),
        *labelled(_("Vedtak"), said.vedtak or Tree(), "vedtak"),
        *labelled_plain(_("Protokolltilførsel"), said.protokolltilfoersel),
    )


def labelled_plain(label: str, tree: Tree) -> tuple[DocBlock, ...]:
    """Return a text under a label on a line of its own, or nothing for an empty one."""
    body = tree_part(tree)
    return (styled("etikett", f"{label}:"), *body) if body else ()


def _action_points(points: tuple[AksjonspunktContent, ...], _: Words) -> tuple[DocBlock, ...]:
    if not points:
        return ()
    items = tuple(ListItem((text_line(_action_point(point, _)),)) for point in points)
    return (styled("etikett", _("Aksjonspunkter:")), *tree_part(Tree((ListBlock(items, id=""),))))


def _action_point(point: AksjonspunktContent, _: Words) -> str:
    facts = []
    if point.ansvarlig:
        facts.append(_("Ansvarlig: {navn}.").format(navn=point.ansvarlig))
    if point.frist is not None:
        facts.append(_("Frist: {dato}.").format(dato=long_date(point.frist, _.maalform)))
    return " ".join((point.tekst, *facts))
