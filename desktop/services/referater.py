"""Verbs for what was said in a sak."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from desktop.models import Aksjonspunkt, Innspill, Referat, Sak, Saksreferat, new_key
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Innspillslag
from desktop.rules.states import ReferatTilstand
from desktop.services.access import (
    clean_title,
    get,
    label_of_sak,
    rank_at,
    require_not_approved,
    require_within,
)
from desktop.services.errors import ServiceError
from desktop.services.verbs import Created, operation, writing
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet
from desktop.storage.operation import Operation

DEEPEST_LEVEL = 8


class Referatfelt(StrEnum):
    """A text of a saksreferat; the values are its columns."""

    INNLEDNING = "innledning"
    OPPSUMMERING = "oppsummering"
    HABILITET = "habilitet"
    PROTOKOLLTILFOERSEL = "protokolltilfoersel"


def referat_of(session: Session, moete_id: str) -> Referat:
    """Return the referat of a meeting, made where there is none yet."""
    found = session.scalar(select(Referat).where(Referat.moete_id == moete_id))
    if found is None:
        found = Referat(id=new_key(), moete_id=moete_id, tilstand=ReferatTilstand.UTKAST)
        session.add(found)
        session.flush()
    return found


def saksreferat_of(op: Operation, sak_id: str) -> Saksreferat:
    """Return the saksreferat of a sak, made where there is none yet; the referat too.

    Raises:
        ServiceError: as `require_referat_open`.
    """
    referat_of(op.session, require_referat_open(op, sak_id))
    found = op.session.scalar(select(Saksreferat).where(Saksreferat.sak_id == sak_id))
    if found is None:
        found = Saksreferat(id=new_key(), sak_id=sak_id)
        op.session.add(found)
        op.session.flush()
    return found


def require_referat_open(op: Operation, sak_id: str) -> str:
    """Return the key of a sak's meeting, and name the sak in the label.

    Raises:
        ServiceError: `referat_er_godkjent` (an approved referat stays as approved), or
            `sak_er_ikke_paa_dagsorden`.
    """
    sak = get(op.session, Sak, sak_id)
    op.describe(sak=label_of_sak(op.session, sak))
    if sak.moete_id is None:
        raise ServiceError("sak_er_ikke_paa_dagsorden", tittel=sak.tittel)
    require_not_approved(op.session, sak.moete_id)
    return sak.moete_id


def write_saksreferat(
    archive: Archive,
    *,
    sak_id: str,
    felt: Referatfelt,
    tree: Tree,
    typing: bool = False,
    paragraph: str | None = None,
) -> ChangeSet:
    """Write one of the texts of a saksreferat; `typing` joins the open group of the field.

    Raises:
        ServiceError: `referat_er_godkjent` or `sak_er_ikke_paa_dagsorden`.
    """
    with writing(
        archive,
        "write_saksreferat",
        Saksreferat,
        sak_id,
        felt.value,
        typing=typing,
        paragraph=paragraph,
    ) as op:
        setattr(saksreferat_of(op, sak_id), felt.value, tree)
    return op.changes


def innspill_in_order(session: Session, saksreferat_id: str) -> list[Innspill]:
    """Return the lines of a saksreferat in order, with their texts."""
    statement = (
        select(Innspill)
        .options(undefer(Innspill.tekst))
        .where(Innspill.saksreferat_id == saksreferat_id)
        .order_by(Innspill.rekkefoelge)
    )
    return list(session.scalars(statement))


def add_innspill(
    archive: Archive,
    *,
    sak_id: str,
    tree: Tree,
    slag: Innspillslag = Innspillslag.PUNKT,
    nivaa: int = 0,
    index: int | None = None,
    innsender_id: str | None = None,
    navngis: bool = False,
) -> Created:
    """Add a line of what was put forward; last where no index is given.

    Raises:
        ServiceError: `referat_er_godkjent`, `sak_er_ikke_paa_dagsorden`, or
            `navngis_uten_innsender` or `tall_utenfor_omraade`.
    """
    require_within("nivå", nivaa, 0, DEEPEST_LEVEL)
    if navngis and innsender_id is None:
        raise ServiceError("navngis_uten_innsender")
    with operation(archive, "add_innspill") as op:
        minutes = saksreferat_of(op, sak_id)
        others = innspill_in_order(op.session, minutes.id)
        row = Innspill(
            id=new_key(),
            saksreferat_id=minutes.id,
            slag=slag,
            nivaa=nivaa,
            tekst=tree,
            innsender_id=innsender_id,
            navngis=navngis,
            rekkefoelge=rank_at(others, len(others) if index is None else index),
        )
        op.session.add(row)
    return Created(row.id)


def _sak_of(session: Session, saksreferat_id: str) -> str:
    return get(session, Saksreferat, saksreferat_id).sak_id


def write_innspill(
    archive: Archive, *, innspill_id: str, tree: Tree, typing: bool = False
) -> ChangeSet:
    """Write the text of a line.

    Raises:
        ServiceError: `referat_er_godkjent`.
    """
    with writing(archive, "change_innspill", Innspill, innspill_id, "tekst", typing=typing) as op:
        row = get(op.session, Innspill, innspill_id)
        require_referat_open(op, _sak_of(op.session, row.saksreferat_id))
        row.tekst = tree
    return op.changes


def shape_innspill(
    archive: Archive, *, innspill_id: str, slag: Innspillslag, nivaa: int
) -> ChangeSet:
    """Make a line a point, a paragraph or a heading, at a level counted from 0.

    Raises:
        ServiceError: `referat_er_godkjent` or `tall_utenfor_omraade`.
    """
    require_within("nivå", nivaa, 0, DEEPEST_LEVEL)
    with operation(archive, "change_innspill") as op:
        row = get(op.session, Innspill, innspill_id)
        require_referat_open(op, _sak_of(op.session, row.saksreferat_id))
        row.slag = slag
        row.nivaa = nivaa
    return op.changes


def move_innspill(archive: Archive, *, innspill_id: str, index: int) -> ChangeSet:
    """Move a line to a place among the others of its sak, counted from 0 without it.

    Raises:
        ServiceError: `referat_er_godkjent`.
    """
    with operation(archive, "move_innspill") as op:
        row = get(op.session, Innspill, innspill_id)
        require_referat_open(op, _sak_of(op.session, row.saksreferat_id))
        others = [
            line
            for line in innspill_in_order(op.session, row.saksreferat_id)
            if line.id != innspill_id
        ]
        row.rekkefoelge = rank_at(others, index)
    return op.changes


def remove_innspill(archive: Archive, *, innspill_id: str) -> ChangeSet:
    """Take a line away.

    Raises:
        ServiceError: `referat_er_godkjent`.
    """
    with operation(archive, "remove_innspill") as op:
        row = get(op.session, Innspill, innspill_id)
        require_referat_open(op, _sak_of(op.session, row.saksreferat_id))
        op.session.delete(row)
    return op.changes


def add_aksjonspunkt(
    archive: Archive,
    *,
    sak_id: str,
    tekst: str,
    ansvarlig_organisasjon_id: str | None = None,
    ansvarlig_person_id: str | None = None,
    frist: dt.date | None = None,
) -> Created:
    """Add something somebody took on.

    Raises:
        ServiceError: `tomt_felt`, `referat_er_godkjent` or `sak_er_ikke_paa_dagsorden`.
    """
    with operation(archive, "add_aksjonspunkt") as op:
        minutes = saksreferat_of(op, sak_id)
        others = list(
            op.session.scalars(
                select(Aksjonspunkt)
                .where(Aksjonspunkt.saksreferat_id == minutes.id)
                .order_by(Aksjonspunkt.rekkefoelge)
            )
        )
        row = Aksjonspunkt(
            id=new_key(),
            saksreferat_id=minutes.id,
            tekst=clean_title(tekst, "tekst"),
            ansvarlig_organisasjon_id=ansvarlig_organisasjon_id,
            ansvarlig_person_id=ansvarlig_person_id,
            frist=frist,
            rekkefoelge=rank_at(others, len(others)),
        )
        op.session.add(row)
    return Created(row.id)


def change_aksjonspunkt(
    archive: Archive,
    *,
    aksjonspunkt_id: str,
    tekst: str,
    ansvarlig_organisasjon_id: str | None,
    ansvarlig_person_id: str | None,
    frist: dt.date | None,
) -> ChangeSet:
    """Change an aksjonspunkt.

    Raises:
        ServiceError: `tomt_felt` or `referat_er_godkjent`.
    """
    with operation(archive, "change_aksjonspunkt") as op:
        row = get(op.session, Aksjonspunkt, aksjonspunkt_id)
        require_referat_open(op, _sak_of(op.session, row.saksreferat_id))
        row.tekst = clean_title(tekst, "tekst")
        row.ansvarlig_organisasjon_id = ansvarlig_organisasjon_id
        row.ansvarlig_person_id = ansvarlig_person_id
        row.frist = frist
    return op.changes


def remove_aksjonspunkt(archive: Archive, *, aksjonspunkt_id: str) -> ChangeSet:
    """Take an aksjonspunkt away.

    Raises:
        ServiceError: `referat_er_godkjent`.
    """
    with operation(archive, "remove_aksjonspunkt") as op:
        row = get(op.session, Aksjonspunkt, aksjonspunkt_id)
        require_referat_open(op, _sak_of(op.session, row.saksreferat_id))
        op.session.delete(row)
    return op.changes
