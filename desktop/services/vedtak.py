"""Verbs for vedtak, of saker and in the register."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Moete, Sak, Vedtak, new_key
from desktop.richtext.plain import is_empty
from desktop.richtext.tree import Tree
from desktop.rules.kinds import Sakstype
from desktop.rules.states import SakTilstand, require_sak_step
from desktop.services.access import clean_optional, clean_title, get
from desktop.services.errors import ServiceError
from desktop.services.referater import require_referat_open
from desktop.services.saker import reads_alike, require_not_cited
from desktop.services.verbs import Created, operation, writing
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet


def adopt_vedtak(
    archive: Archive, *, sak_id: str, tekst: Tree | None = None, typing: bool = False
) -> ChangeSet:
    """Adopt the vedtak of a sak: as proposed where no text is given, else as changed.

    A text that reads like the proposal counts as proposed. An empty text is none.

    Raises:
        ServiceError: `mangler_forslag` where there is neither proposal nor text,
            `referat_er_godkjent` or `sak_er_ikke_paa_dagsorden`.
    """
    with writing(archive, "adopt_vedtak", Vedtak, sak_id, "tekst", typing=typing) as op:
        require_referat_open(op, sak_id)
        sak = get(op.session, Sak, sak_id)
        proposal = sak.forslag_til_vedtak or Tree()
        text = proposal if tekst is None else tekst
        if is_empty(text):
            raise ServiceError("mangler_forslag", tittel=sak.tittel)
        row = op.session.scalar(select(Vedtak).where(Vedtak.sak_id == sak_id))
        if row is None:
            row = Vedtak(id=new_key(), sak_id=sak_id, utvalg_id=sak.utvalg_id)
            op.session.add(row)
        row.tekst = text
        row.som_foreslaatt = reads_alike(text, proposal)
    return op.changes


def remove_vedtak(archive: Archive, *, sak_id: str) -> ChangeSet:
    """Take the vedtak of a sak away.

    Raises:
        ServiceError: `referat_er_godkjent`, or `vedtak_er_vist_til` where a toppnotat cites it.
    """
    with operation(archive, "remove_vedtak") as op:
        require_referat_open(op, sak_id)
        row = op.session.scalar(select(Vedtak).where(Vedtak.sak_id == sak_id))
        if row is None:
            return op.changes
        require_not_cited(op.session, sak_id)
        op.session.delete(row)
    return op.changes


def mark_treated(archive: Archive, *, sak_id: str) -> ChangeSet:
    """Say that the meeting dealt with a sak.

    Raises:
        RuleError: `sak_behandles_i_avholdt_moete`, `sak_behandles_med_nummer` and their like.
        ServiceError: `sak_er_ikke_paa_dagsorden`.
    """
    with operation(archive, "mark_treated") as op:
        require_referat_open(op, sak_id)
        sak = get(op.session, Sak, sak_id)
        moete = get(op.session, Moete, sak.moete_id or "")
        numbered = sak.moetesakssekvensnummer is not None
        require_sak_step(
            sak.tilstand, SakTilstand.BEHANDLET, numbered=numbered, moete=moete.tilstand
        )
        sak.tilstand = SakTilstand.BEHANDLET
    return op.changes


def register_vedtak(
    archive: Archive,
    *,
    referanse: str,
    tekst: Tree,
    utvalg_id: str | None = None,
    organ: str | None = None,
    tittel: str | None = None,
    dato: dt.date | None = None,
    sakstype: Sakstype | None = None,
) -> Created:
    """Enter a vedtak from before the archive, or of a body outside it.

    Raises:
        ServiceError: `tomt_felt`, or `vedtak_finnes` for a reference of the body that is registered
            already.
    """
    with operation(archive, "register_vedtak") as op:
        name = clean_title(referanse, "referanse")
        organ = None if utvalg_id else clean_optional(organ)
        require_new_reference(op.session, name, utvalg_id, organ)
        row = Vedtak(
            id=new_key(),
            utvalg_id=utvalg_id,
            organ=organ,
            referanse=name,
            tittel=clean_optional(tittel),
            dato=dato,
            sakstype=sakstype,
            tekst=tekst,
        )
        op.session.add(row)
    return Created(row.id)


def require_new_reference(
    session: Session,
    referanse: str,
    utvalg_id: str | None,
    organ: str | None,
    but: str | None = None,
) -> None:
    """Refuse a reference that the register has for a body, in another row than `but`.

    Raises:
        ServiceError: `vedtak_finnes`.
    """
    same = select(Vedtak.id).where(
        Vedtak.referanse == referanse,
        Vedtak.utvalg_id.is_(utvalg_id) if utvalg_id is None else Vedtak.utvalg_id == utvalg_id,
        Vedtak.organ.is_(organ) if organ is None else Vedtak.organ == organ,
    )
    if any(key != but for key in session.scalars(same)):
        raise ServiceError("vedtak_finnes", referanse=referanse)
