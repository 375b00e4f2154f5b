"""The vedtaksprotokoll: all vedtak of a meeting, or of a year by meeting."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.documents.compose_saerutskrift import referat_note
from desktop.documents.content_lists import (
    VedtakContent,
    VedtaksmoeteContent,
    VedtaksprotokollContent,
)
from desktop.documents.document import DocBlock, DocHeading, DocHeadingLevel, Document, Title
from desktop.documents.finish import with_unique_ids
from desktop.documents.parts import (
    document_language,
    in_role,
    plain,
    sakstype_text,
    slug,
    styled,
)
from desktop.i18n.catalogue import words
from desktop.i18n.dates import date_range, numeric_date
from desktop.richtext.tree import Run

if TYPE_CHECKING:
    from desktop.i18n.catalogue import Words


def compose_vedtaksprotokoll(
    content: VedtaksprotokollContent, *, created: datetime | None = None
) -> Document:
    """Return the protocol of the vedtak, in the language of the utvalg."""
    utvalg = content.utvalg
    _ = words(utvalg.maalform)
    if content.aar is None:
        period = content.moeter[0].nummer
        name = _("Vedtaksprotokoll for møte {nummer}").format(nummer=period)
        body = _meeting_body(content, _)
    else:
        period = str(content.aar)
        name = _("Vedtaksprotokoll for {aar}").format(aar=period)
        body = _year_body(content, _)
    return Document(
        title=_("{hva} i {utvalg}").format(hva=name, utvalg=utvalg.navn),
        author=utvalg.sekretariat_navn,
        maalform=document_language(utvalg.maalform),
        blocks=with_unique_ids((Title(_("Vedtaksprotokoll")), *body)),
        subject=_("Vedtaksprotokoll"),
        keywords=period,
        created=created,
        header_text=utvalg.navn,
        footer_text=name,
        figures=content.figurer,
    )


def _meeting_body(content: VedtaksprotokollContent, _: Words) -> tuple[DocBlock, ...]:
    meeting = content.moeter[0]
    of = _("Møte {nummer} i {utvalg}").format(nummer=meeting.nummer, utvalg=content.utvalg.navn)
    return (
        styled("undertittel", f"{of}, {date_range(meeting.dager, _.maalform)}"),
        *_state(meeting, _),
        *_vedtak(meeting.vedtak, _, 1),
        *(() if meeting.vedtak else _nothing(_)),
    )


def _year_body(content: VedtaksprotokollContent, _: Words) -> tuple[DocBlock, ...]:
    blocks: list[DocBlock] = [styled("undertittel", f"{content.utvalg.navn} {content.aar}")]
    for meeting in content.moeter:
        title = _("Møte {nummer}, {dato}").format(
            nummer=meeting.nummer, dato=date_range(meeting.dager, _.maalform)
        )
        blocks.append(DocHeading((Run(title),), 1, anchor=f"moete-{slug(meeting.nummer)}"))
        blocks += (*_state(meeting, _), *_vedtak(meeting.vedtak, _, 2))
    if content.registrerte:
        blocks.append(DocHeading((Run(_("Andre vedtak i registeret")),), 1))
        blocks += _vedtak(content.registrerte, _, 2)
    if not content.moeter and not content.registrerte:
        blocks += _nothing(_)
    return tuple(blocks)


def _nothing(_: Words) -> tuple[DocBlock, ...]:
    return (plain(_("Det er ikke ført inn noen vedtak.")),)


def _state(meeting: VedtaksmoeteContent, _: Words) -> tuple[DocBlock, ...]:
    if meeting.referat is None:
        return (styled("foreloepig", _("Foreløpig: møtet er ikke avholdt.")),)
    return referat_note(meeting.referat, meeting.godkjent_i_sak, _, "meta")


def _vedtak(
    found: tuple[VedtakContent, ...], _: Words, level: DocHeadingLevel
) -> tuple[DocBlock, ...]:
    return tuple(block for one in found for block in _one(one, _, level))


def _one(vedtak: VedtakContent, _: Words, level: DocHeadingLevel) -> tuple[DocBlock, ...]:
    facts = [sakstype_text(vedtak.sakstype, _)]
    if vedtak.dato is not None:
        facts.append(numeric_date(vedtak.dato))
    if vedtak.som_foreslaatt is not None:
        facts.append(_("vedtatt som foreslått") if vedtak.som_foreslaatt else _("vedtatt endret"))
    meta = " · ".join(filter(None, facts))
    heading = f"{vedtak.nummer} {vedtak.tittel}".strip()
    return (
        DocHeading((Run(heading),), level, anchor=f"vedtak-{slug(vedtak.key)}"),
        *((styled("meta", meta[:1].upper() + meta[1:]),) if meta else ()),
        *in_role(vedtak.tekst, "vedtak"),
    )
