"""Verbs for the vedlegg of a sak."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Moete, Sak, Vedlegg, new_key
from desktop.rules.entity_kinds import Vedleggslag
from desktop.services.access import (
    clean_optional,
    clean_title,
    get,
    label_of_sak,
    rank_after_last,
    rank_at,
)
from desktop.services.errors import ServiceError
from desktop.services.saker import drop_vedlegg, vedlegg_in_order
from desktop.services.verbs import Created, operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet
from desktop.storage.files import name_staged, store_file
from desktop.storage.pieces import StagedFile

LARGEST_FILE = 50 * 1024 * 1024
_LINK_SCHEMES = frozenset({"http", "https"})


def add_file(
    archive: Archive, *, sak_id: str, filnavn: str, data: bytes, tittel: str | None = None
) -> Created:
    """Attach a file; its bytes go into the archive. The title is the file's name if none is given.

    Raises:
        ServiceError: `vedlegg_for_stort`, over 50 MB: the archive is copied whole at every backup.
    """
    if len(data) > LARGEST_FILE:
        raise ServiceError(
            "vedlegg_for_stort", filnavn=filnavn, megabyte=round(len(data) / 1024 / 1024)
        )
    row = _file_row(sak_id, filnavn, tittel)
    return _add(archive, sak_id, lambda session: store_file(session, data), row)


def add_staged_file(
    archive: Archive, *, sak_id: str, filnavn: str, staged: StagedFile, tittel: str | None = None
) -> Created:
    """Attach a file whose bytes `attach.prepare_file` has written: a short operation however large.

    Raises:
        ArchiveError: `ukjent_fil`, if the bytes are not there.
    """
    row = _file_row(sak_id, filnavn, tittel)
    return _add(archive, sak_id, lambda session: name_staged(session, staged), row)


def _file_row(sak_id: str, filnavn: str, tittel: str | None) -> Vedlegg:
    return Vedlegg(
        id=new_key(),
        sak_id=sak_id,
        slag=Vedleggslag.FIL,
        tittel=clean_optional(tittel) or clean_title(filnavn.rpartition(".")[0] or filnavn),
        filnavn=clean_title(filnavn, "filnavn"),
    )


def add_link(archive: Archive, *, sak_id: str, tittel: str, url: str) -> Created:
    """Attach a link.

    Raises:
        ServiceError: `lenke_uten_skjema`, if it is not a http or https address.
    """
    address = url.strip()
    parts = urlsplit(address)
    if parts.scheme not in _LINK_SCHEMES or not parts.netloc:
        raise ServiceError("lenke_uten_skjema", url=address)
    return _add(
        archive,
        sak_id,
        None,
        Vedlegg(
            id=new_key(),
            sak_id=sak_id,
            slag=Vedleggslag.LENKE,
            tittel=clean_title(tittel),
            url=address,
        ),
    )


def add_referat(archive: Archive, *, sak_id: str, moete_id: str) -> Created:
    """Attach the referat of another meeting.

    Raises:
        ServiceError: `referat_er_vedlegg_alt`, if the sak has it already; `finnes_ikke_lenger`.
    """
    with archive.read() as session:
        get(session, Moete, moete_id)
        has_it = select(Vedlegg.id).where(
            Vedlegg.sak_id == sak_id,
            Vedlegg.referat_moete_id == moete_id,
            Vedlegg.trukket.is_(False),
        )
        if session.scalar(has_it):
            raise ServiceError("referat_er_vedlegg_alt")
    return _add(
        archive,
        sak_id,
        None,
        Vedlegg(id=new_key(), sak_id=sak_id, slag=Vedleggslag.REFERAT, referat_moete_id=moete_id),
    )


def _add(
    archive: Archive, sak_id: str, store: Callable[[Session], str] | None, row: Vedlegg
) -> Created:
    with operation(archive, "add_vedlegg") as op:
        sak = get(op.session, Sak, sak_id)
        op.describe(sak=label_of_sak(op.session, sak))
        if store is not None:
            row.fil_sha256 = store(op.session)
        row.rekkefoelge = rank_after_last(op.session, Vedlegg.rekkefoelge, Vedlegg.sak_id == sak_id)
        op.session.add(row)
    return Created(row.id)


def rename_vedlegg(archive: Archive, *, vedlegg_id: str, tittel: str) -> ChangeSet:
    """Give a file or link another title.

    Raises:
        ServiceError: `tomt_felt`, or `tittel_er_beregnet` for a generated document.
    """
    with operation(archive, "change_vedlegg") as op:
        row = get(op.session, Vedlegg, vedlegg_id)
        op.describe(sak=label_of_sak(op.session, get(op.session, Sak, row.sak_id)))
        if row.slag in {Vedleggslag.TOPPNOTAT, Vedleggslag.REFERAT}:
            raise ServiceError("tittel_er_beregnet")
        row.tittel = clean_title(tittel)
    return op.changes


def move_vedlegg(archive: Archive, *, vedlegg_id: str, index: int) -> ChangeSet:
    """Move a vedlegg to a place among the others of its sak; a fixed number goes with it."""
    with operation(archive, "change_vedlegg") as op:
        row = get(op.session, Vedlegg, vedlegg_id)
        op.describe(sak=label_of_sak(op.session, get(op.session, Sak, row.sak_id)))
        others = [v for v in vedlegg_in_order(op.session, row.sak_id) if v.id != vedlegg_id]
        row.rekkefoelge = rank_at(others, index)
    return op.changes


def remove_vedlegg(archive: Archive, *, vedlegg_id: str) -> ChangeSet:
    """Take a vedlegg away. One whose number is fixed stays, withdrawn, so that it is not reused.

    Raises:
        ServiceError: `toppnotat_foelger_saken`, for the sak's own toppnotat.
    """
    with operation(archive, "remove_vedlegg") as op:
        row = get(op.session, Vedlegg, vedlegg_id)
        op.describe(sak=label_of_sak(op.session, get(op.session, Sak, row.sak_id)))
        if row.slag is Vedleggslag.TOPPNOTAT:
            raise ServiceError("toppnotat_foelger_saken")
        drop_vedlegg(op.session, row)
    return op.changes
