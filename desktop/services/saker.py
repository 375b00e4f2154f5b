"""Verbs for saker: the queue, the running order, postponing, withdrawing, carrying over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import (
    Person,
    Sak,
    Saksrolle,
    TidligereVedtak,
    Toppnotat,
    Toppnotatseksjon,
    Vedlegg,
    Vedtak,
    new_key,
)
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Rolle, Seksjonslag, Vedleggslag
from desktop.rules.kinds import Sakstype, Toppnotatstatus
from desktop.rules.rank import ranks
from desktop.rules.states import SakTilstand, ToppnotatTilstand
from desktop.services.access import (
    clean_optional,
    clean_title,
    get,
    label_of_sak,
    rank_after_last,
    rank_at,
    require_not_approved,
    require_within,
)
from desktop.services.errors import ServiceError
from desktop.services.verbs import Created, operation, writing
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet
from desktop.storage.operation import Operation

LOWEST_PRIORITY = 3

STANDARD_SECTIONS = (
    Seksjonslag.FORSLAG,
    Seksjonslag.HENSIKT,
    Seksjonslag.BAKGRUNN,
    Seksjonslag.DROEFTING,
    Seksjonslag.VIDERE,
    Seksjonslag.TIDLIGERE_VEDTAK,
    Seksjonslag.VEDLEGG,
)


@dataclass(frozen=True, slots=True)
class Deltar:
    """Somebody with a part in a sak: a person, with the organisation spoken for, or that alone."""

    person_id: str | None = None
    organisasjon_id: str | None = None


def report_sak(
    archive: Archive,
    *,
    utvalg_id: str,
    tittel: str,
    sakstype: Sakstype | None = None,
    omtale: Tree | None = None,
    forslag_til_vedtak: Tree | None = None,
    toppnotatstatus: Toppnotatstatus = Toppnotatstatus.SKAL_HA,
    innmeldt_av_id: str | None = None,
    innmeldt: dt.date | None = None,
    oensket_moete: str | None = None,
    prioritet: int | None = None,
    fortsetter_id: str | None = None,
) -> Created:
    """Report a matter: it goes last into the queue of the utvalg.

    Raises:
        ServiceError: `tomt_felt` or `tall_utenfor_omraade`.
    """
    require_within("prioritet", prioritet, 1, LOWEST_PRIORITY)
    with operation(archive, "report_sak") as op:
        queue = rank_after_last(op.session, _QUEUE, Sak.utvalg_id == utvalg_id)
        sak = Sak(
            id=new_key(),
            utvalg_id=utvalg_id,
            tittel=clean_title(tittel),
            sakstype=sakstype,
            omtale=omtale,
            forslag_til_vedtak=forslag_til_vedtak,
            tilstand=SakTilstand.INNMELDT,
            toppnotatstatus=toppnotatstatus,
            innmeldt_av_id=innmeldt_av_id,
            innmeldt=innmeldt,
            oensket_moete=clean_optional(oensket_moete),
            prioritet=prioritet,
            fortsetter_id=fortsetter_id,
            koerekkefoelge=queue,
        )
        op.session.add(sak)
        op.session.flush()
        follow_toppnotatstatus(op.session, sak)
    return Created(sak.id)


_QUEUE = Sak.koerekkefoelge


def follow_toppnotatstatus(session: Session, sak: Sak) -> None:
    """See that a sak that shall have a toppnotat has one, with its vedlegg; and no other sak.

    A toppnotat that comes back after its number was fixed gets that number again.
    """
    note = session.scalar(select(Toppnotat).where(Toppnotat.sak_id == sak.id))
    own = session.scalar(
        select(Vedlegg).where(Vedlegg.sak_id == sak.id, Vedlegg.slag == Vedleggslag.TOPPNOTAT)
    )
    if sak.toppnotatstatus is Toppnotatstatus.SKAL_HA:
        if note is None:
            session.add(_empty_toppnotat(session, sak))
        if own is None:
            first = rank_at(vedlegg_in_order(session, sak.id), 0)
            session.add(Vedlegg(sak_id=sak.id, slag=Vedleggslag.TOPPNOTAT, rekkefoelge=first))
        else:
            own.trukket = False
        return
    if own is not None:
        drop_vedlegg(session, own)


def _empty_toppnotat(session: Session, sak: Sak) -> Toppnotat:
    note = Toppnotat(id=new_key(), sak_id=sak.id, tilstand=ToppnotatTilstand.UTKAST)
    for kind, rank in zip(STANDARD_SECTIONS, ranks(len(STANDARD_SECTIONS)), strict=True):
        session.add(Toppnotatseksjon(toppnotat_id=note.id, slag=kind, rekkefoelge=rank))
    return note


def vedlegg_in_order(session: Session, sak_id: str) -> list[Vedlegg]:
    """Return the vedlegg of a sak in order, withdrawn ones too."""
    statement = select(Vedlegg).where(Vedlegg.sak_id == sak_id).order_by(Vedlegg.rekkefoelge)
    return list(session.scalars(statement))


def drop_vedlegg(session: Session, vedlegg: Vedlegg) -> None:
    """Take a vedlegg away; one whose number is fixed stays as withdrawn: it is not reused."""
    if vedlegg.nummer is None:
        session.delete(vedlegg)
    else:
        vedlegg.trukket = True


def rename_sak(archive: Archive, *, sak_id: str, tittel: str) -> ChangeSet:
    """Give a sak another title.

    Raises:
        ServiceError: `tomt_felt` or `referat_er_godkjent`.
    """
    with _changing_printed(archive, sak_id) as (op, sak):
        sak.tittel = clean_title(tittel)
    return op.changes


def set_sakstype(archive: Archive, *, sak_id: str, sakstype: Sakstype | None) -> ChangeSet:
    """Say what the utvalg is asked to do; None for Eventuelt.

    Raises:
        ServiceError: `referat_er_godkjent`.
    """
    with _changing_printed(archive, sak_id) as (op, sak):
        sak.sakstype = sakstype
    return op.changes


def set_arkivreferanse(archive: Archive, *, sak_id: str, arkivreferanse: str | None) -> ChangeSet:
    """Say where the sak is in the organisation's own archive."""
    with _changing(archive, sak_id) as (op, sak):
        sak.arkivreferanse = clean_optional(arkivreferanse)
    return op.changes


def set_toppnotatstatus(
    archive: Archive, *, sak_id: str, toppnotatstatus: Toppnotatstatus
) -> ChangeSet:
    """Say whether the sak shall have a toppnotat; its vedlegg comes and goes with that.

    A toppnotat that is written is kept, also while the sak shall have none.
    """
    with _changing(archive, sak_id) as (op, sak):
        sak.toppnotatstatus = toppnotatstatus
        follow_toppnotatstatus(op.session, sak)
    return op.changes


def write_omtale(archive: Archive, *, sak_id: str, tree: Tree, typing: bool = False) -> ChangeSet:
    """Write what the agenda says about a sak; `typing` joins the open group of the field."""
    with writing(archive, "change_sak", Sak, sak_id, "omtale", typing=typing) as op:
        sak = get(op.session, Sak, sak_id)
        op.describe(sak=label_of_sak(op.session, sak))
        sak.omtale = tree
    return op.changes


def write_forslag(
    archive: Archive,
    *,
    sak_id: str,
    tree: Tree,
    typing: bool = False,
    paragraph: str | None = None,
) -> ChangeSet:
    """Write the proposed vedtak of a sak; `typing` joins the open group of the field.

    A vedtak that is adopted is compared with the proposal anew.

    Raises:
        ServiceError: `referat_er_godkjent`.
    """
    with writing(
        archive,
        "change_sak",
        Sak,
        sak_id,
        "forslag_til_vedtak",
        typing=typing,
        paragraph=paragraph,
    ) as op:
        sak = get(op.session, Sak, sak_id)
        op.describe(sak=label_of_sak(op.session, sak))
        _require_not_approved(op.session, sak)
        sak.forslag_til_vedtak = tree
        adopted = op.session.scalar(select(Vedtak).where(Vedtak.sak_id == sak_id))
        if adopted is not None:
            adopted.som_foreslaatt = reads_alike(adopted.tekst, tree)
    return op.changes


def reads_alike(tree: Tree, other: Tree) -> bool:
    """Tell whether two texts have the same words."""
    return plain_text(tree) == plain_text(other)


def set_roles(
    archive: Archive, *, sak_id: str, rolle: Rolle, deltar: Sequence[Deltar]
) -> ChangeSet:
    """Say who is sakseier, saksbehandler or presenter of a sak, in order.

    Raises:
        ServiceError: `person_to_ganger`, or `tomt_felt` for a part that is nobody's.
    """
    if any(part == Deltar() for part in deltar):
        raise ServiceError("tomt_felt", felt="person")
    who = [part.person_id or part.organisasjon_id for part in deltar]
    if len(set(who)) < len(who):
        raise ServiceError("person_to_ganger")
    with operation(archive, "set_roles") as op:
        sak = get(op.session, Sak, sak_id)
        op.describe(sak=label_of_sak(op.session, sak))
        held = select(Saksrolle).where(Saksrolle.sak_id == sak_id, Saksrolle.rolle == rolle)
        rows = {row.person_id or row.organisasjon_id: row for row in op.session.scalars(held)}
        for part, rank in zip(deltar, ranks(len(deltar)), strict=True):
            row = rows.pop(part.person_id or part.organisasjon_id, None)
            if row is None:
                row = Saksrolle(sak_id=sak_id, rolle=rolle, person_id=part.person_id)
            row.organisasjon_id = part.organisasjon_id or _organisation_of(op.session, part)
            row.rekkefoelge = rank
            op.session.add(row)
        for gone in rows.values():
            op.session.delete(gone)
    return op.changes


def _organisation_of(session: Session, part: Deltar) -> str | None:
    return get(session, Person, part.person_id).organisasjon_id if part.person_id else None


def order_queue(archive: Archive, *, sak_id: str, index: int) -> ChangeSet:
    """Move a sak of the queue to a place in it, counted from 0 without the sak itself."""
    with operation(archive, "order_queue") as op:
        sak = get(op.session, Sak, sak_id)
        _require_queued(sak)
        others = op.session.scalars(
            select(Sak)
            .where(Sak.utvalg_id == sak.utvalg_id, Sak.id != sak_id, _QUEUE.is_not(None))
            .order_by(_QUEUE)
        ).all()
        sak.koerekkefoelge = rank_at([_Queued(o.koerekkefoelge or "") for o in others], index)
    return op.changes


@dataclass(slots=True)
class _Queued:
    rekkefoelge: str


def _require_queued(sak: Sak) -> None:
    if sak.tilstand is not SakTilstand.INNMELDT:
        raise ServiceError("sak_er_ikke_i_koeen", tittel=sak.tittel)


def delete_sak(archive: Archive, *, sak_id: str) -> ChangeSet:
    """Delete a sak that is in the queue, with its toppnotat and vedlegg.

    Raises:
        ServiceError: `sak_er_ikke_i_koeen`, or `vedtak_er_vist_til`.
    """
    with operation(archive, "delete_sak") as op:
        sak = get(op.session, Sak, sak_id)
        _require_queued(sak)
        require_not_cited(op.session, sak_id)
        op.session.delete(sak)
    return op.changes


def require_not_cited(session: Session, sak_id: str) -> None:
    """Refuse to take away a vedtak that a toppnotat shows.

    Raises:
        ServiceError: `vedtak_er_vist_til`.
    """
    cited = select(TidligereVedtak.id).join(Vedtak, Vedtak.id == TidligereVedtak.vedtak_id)
    if session.scalar(cited.where(Vedtak.sak_id == sak_id)):
        raise ServiceError("vedtak_er_vist_til")


@contextmanager
def _changing(archive: Archive, sak_id: str) -> Iterator[tuple[Operation, Sak]]:
    with operation(archive, "change_sak") as op:
        sak = get(op.session, Sak, sak_id)
        op.describe(sak=label_of_sak(op.session, sak))
        yield op, sak


@contextmanager
def _changing_printed(archive: Archive, sak_id: str) -> Iterator[tuple[Operation, Sak]]:
    """Change what the referat prints of a sak, unless the referat is approved."""
    with _changing(archive, sak_id) as (op, sak):
        _require_not_approved(op.session, sak)
        yield op, sak


def _require_not_approved(session: Session, sak: Sak) -> None:
    if sak.moete_id is not None:
        require_not_approved(session, sak.moete_id)
