"""Verbs for the table of earlier vedtak in a toppnotat, and for taking an older version back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Sak, TidligereVedtak, Toppnotat, Toppnotatseksjon
from desktop.richtext.plain import is_empty
from desktop.richtext.tree import Tree
from desktop.services.access import clean_optional, clean_title, get, label_of_sak, rank_at
from desktop.services.errors import ServiceError
from desktop.services.note_history import NoteVersion, versions_in
from desktop.services.saker import write_forslag
from desktop.services.toppnotater import require_open, sections_of, toppnotat_of
from desktop.services.verbs import operation, writing
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet
from desktop.storage.operation import Operation


def change_cited(
    archive: Archive,
    *,
    rad_id: str,
    sak_tekst: str | None = None,
    tema: str | None = None,
    formulering: Tree | None = None,
) -> ChangeSet:
    """Change a row of earlier vedtak that was typed by hand; None leaves a field as it is.

    Raises:
        ServiceError: `tomt_felt` for an empty `sak_tekst`, `vedtak_staar_i_registeret` for a row
            whose texts are the register's, or `toppnotat_er_sendt`.
    """
    with _changing(archive, "change_cited", rad_id) as (op, row):
        _require_typed(row)
        if sak_tekst is not None:
            row.sak_tekst = clean_title(sak_tekst, "sak_tekst")
        if tema is not None:
            row.tema = clean_optional(tema)
        if formulering is not None:
            row.formulering = formulering
    return op.changes


def write_cited(
    archive: Archive,
    *,
    rad_id: str,
    tree: Tree,
    typing: bool = False,
    paragraph: str | None = None,
) -> ChangeSet:
    """Write the formulering of a row; `typing` joins the open group of the field.

    Raises:
        ServiceError: as `change_cited`.
    """
    with writing(
        archive,
        "change_cited",
        TidligereVedtak,
        rad_id,
        "formulering",
        typing=typing,
        paragraph=paragraph,
    ) as op:
        row = get(op.session, TidligereVedtak, rad_id)
        _describe(op, row)
        _require_typed(row)
        row.formulering = tree
    return op.changes


def move_cited(archive: Archive, *, rad_id: str, index: int) -> ChangeSet:
    """Move a row of earlier vedtak to a place among the others, counted from 0 without it."""
    with _changing(archive, "move_cited", rad_id) as (op, row):
        statement = (
            select(TidligereVedtak)
            .where(TidligereVedtak.toppnotat_id == row.toppnotat_id, TidligereVedtak.id != rad_id)
            .order_by(TidligereVedtak.rekkefoelge, TidligereVedtak.id)
        )
        row.rekkefoelge = rank_at(op.session.scalars(statement).all(), index)
    return op.changes


def restore_toppnotat(archive: Archive, *, sak_id: str, nummer: int) -> ChangeSet:
    """Write the texts of a sak's note and its proposed vedtak as they were after an operation.

    Earlier vedtak, vedlegg and people stay as they are.

    Raises:
        ServiceError: `versjon_finnes_ikke`, `sak_uten_toppnotat` or `toppnotat_er_sendt`, or as
            `write_forslag`.
    """
    archive.seal()
    found = {version.nummer: version for version in versions_in(archive, sak_id=sak_id)}
    if nummer not in found:
        raise ServiceError("versjon_finnes_ikke")
    version = found[nummer]
    with operation(archive, "restore_toppnotat") as op:
        note = toppnotat_of(op.session, sak_id)
        require_open(note)
        sak = get(op.session, Sak, sak_id)
        op.describe(sak=label_of_sak(op.session, sak))
        _restore_sections(op.session, note, version)
        forslag = version.forslag
        if forslag != (sak.forslag_til_vedtak or Tree()):
            write_forslag(archive, sak_id=sak_id, tree=forslag)
    return op.changes


def _restore_sections(session: Session, note: Toppnotat, version: NoteVersion) -> None:
    held = {section.id: section for section in sections_of(session, note.sak_id)}
    for old in version.sections:
        section = held.pop(old.id, None)
        if section is None:
            section = Toppnotatseksjon(id=old.id, toppnotat_id=note.id, slag=old.slag)
        section.overskrift = old.overskrift
        section.innhold = None if is_empty(old.innhold) else old.innhold
        section.rekkefoelge = old.rekkefoelge
        session.add(section)
    for gone in held.values():
        session.delete(gone)


@contextmanager
def _changing(
    archive: Archive, verb: str, rad_id: str
) -> Iterator[tuple[Operation, TidligereVedtak]]:
    with operation(archive, verb) as op:
        row = get(op.session, TidligereVedtak, rad_id)
        _describe(op, row)
        yield op, row


def _describe(op: Operation, row: TidligereVedtak) -> None:
    note = get(op.session, Toppnotat, row.toppnotat_id)
    require_open(note)
    op.describe(sak=label_of_sak(op.session, get(op.session, Sak, note.sak_id)))


def _require_typed(row: TidligereVedtak) -> None:
    if row.vedtak_id is not None:
        raise ServiceError("vedtak_staar_i_registeret")
