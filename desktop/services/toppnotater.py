"""Verbs for toppnotater: sections, their order, state, and the table of earlier vedtak."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import (
    Sak,
    TidligereVedtak,
    Toppnotat,
    Toppnotatseksjon,
    Vedtak,
    new_key,
)
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.states import Kind, ToppnotatTilstand, require_step
from desktop.services.access import (
    clean_optional,
    clean_title,
    get,
    label_of_sak,
    rank_after_last,
    rank_at,
)
from desktop.services.errors import ServiceError
from desktop.services.verbs import Created, operation, writing
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet
from desktop.storage.operation import Operation

COMPUTED = frozenset({Seksjonslag.FORSLAG, Seksjonslag.TIDLIGERE_VEDTAK, Seksjonslag.VEDLEGG})


def toppnotat_of(session: Session, sak_id: str) -> Toppnotat:
    """Return the toppnotat of a sak.

    Raises:
        ServiceError: `sak_uten_toppnotat`.
    """
    found = session.scalar(select(Toppnotat).where(Toppnotat.sak_id == sak_id))
    if found is None:
        raise ServiceError("sak_uten_toppnotat", tittel=get(session, Sak, sak_id).tittel)
    return found


def sections_of(session: Session, sak_id: str) -> list[Toppnotatseksjon]:
    """Return the sections of a sak's toppnotat in order.

    Raises:
        ServiceError: `sak_uten_toppnotat`.
    """
    return _sections(session, toppnotat_of(session, sak_id).id)


def require_open(note: Toppnotat) -> None:
    """Refuse to change a note that was sent (design §2 "States")."""
    if note.tilstand is ToppnotatTilstand.SENDT:
        raise ServiceError("toppnotat_er_sendt")


def _sections(session: Session, toppnotat_id: str) -> list[Toppnotatseksjon]:
    statement = (
        select(Toppnotatseksjon)
        .where(Toppnotatseksjon.toppnotat_id == toppnotat_id)
        .order_by(Toppnotatseksjon.rekkefoelge)
    )
    return list(session.scalars(statement))


@contextmanager
def _changing(
    archive: Archive, verb: str, seksjon_id: str
) -> Iterator[tuple[Operation, Toppnotatseksjon]]:
    with operation(archive, verb) as op:
        section = get(op.session, Toppnotatseksjon, seksjon_id)
        _describe(op, get(op.session, Toppnotat, section.toppnotat_id))
        yield op, section


def _describe(op: Operation, note: Toppnotat) -> None:
    require_open(note)
    op.describe(sak=label_of_sak(op.session, get(op.session, Sak, note.sak_id)))


def write_section(
    archive: Archive,
    *,
    seksjon_id: str,
    tree: Tree,
    typing: bool = False,
    paragraph: str | None = None,
) -> ChangeSet:
    """Write the text of a section; `typing` joins the open group of the field.

    Raises:
        ServiceError: `toppnotat_er_sendt`, or `seksjon_er_beregnet` for a section without own text.
    """
    with writing(
        archive,
        "write_section",
        Toppnotatseksjon,
        seksjon_id,
        "innhold",
        typing=typing,
        paragraph=paragraph,
    ) as op:
        section = get(op.session, Toppnotatseksjon, seksjon_id)
        if section.slag in COMPUTED:
            raise ServiceError("seksjon_er_beregnet")
        _describe(op, get(op.session, Toppnotat, section.toppnotat_id))
        section.innhold = tree
    return op.changes


def write_standard_section(
    archive: Archive, *, sak_id: str, slag: Seksjonslag, tree: Tree
) -> ChangeSet:
    """Write a section of a toppnotat that every toppnotat has, found by its kind.

    Raises:
        ServiceError: `sak_uten_toppnotat`, `finnes_ikke_lenger`, or as `write_section`.
    """
    with archive.read() as session:
        sections = _sections(session, toppnotat_of(session, sak_id).id)
        found = next((section.id for section in sections if section.slag is slag), None)
    if found is None:
        raise ServiceError("finnes_ikke_lenger", tabell="toppnotatseksjon", noekkel=slag.value)
    return write_section(archive, seksjon_id=found, tree=tree)


def add_section(
    archive: Archive,
    *,
    sak_id: str,
    slag: Seksjonslag = Seksjonslag.EGEN,
    overskrift: str | None = None,
    tree: Tree | None = None,
    index: int | None = None,
) -> Created:
    """Add a section, with a heading of its own or one of the usual ones that was removed.

    Raises:
        ServiceError: `tomt_felt`, `seksjon_finnes` or `toppnotat_er_sendt`.
    """
    with operation(archive, "add_section") as op:
        note = toppnotat_of(op.session, sak_id)
        _describe(op, note)
        others = _sections(op.session, note.id)
        own = slag is Seksjonslag.EGEN
        if not own and any(other.slag is slag for other in others):
            raise ServiceError("seksjon_finnes")
        section = Toppnotatseksjon(
            id=new_key(),
            toppnotat_id=note.id,
            slag=slag,
            overskrift=clean_title(overskrift or "", "overskrift") if own else None,
            innhold=tree,
            rekkefoelge=rank_at(others, len(others) if index is None else index),
        )
        op.session.add(section)
    return Created(section.id)


def rename_section(archive: Archive, *, seksjon_id: str, overskrift: str) -> ChangeSet:
    """Give a section with a heading of its own another one.

    Raises:
        ServiceError: `tomt_felt`, `overskrift_er_fast` or `toppnotat_er_sendt`.
    """
    with _changing(archive, "write_section", seksjon_id) as (op, section):
        if section.slag is not Seksjonslag.EGEN:
            raise ServiceError("overskrift_er_fast")
        section.overskrift = clean_title(overskrift, "overskrift")
    return op.changes


def move_section(archive: Archive, *, seksjon_id: str, index: int) -> ChangeSet:
    """Move a section to a place among the others, counted from 0 without it."""
    with _changing(archive, "move_section", seksjon_id) as (op, section):
        others = [s for s in _sections(op.session, section.toppnotat_id) if s.id != seksjon_id]
        section.rekkefoelge = rank_at(others, index)
    return op.changes


def remove_section(archive: Archive, *, seksjon_id: str) -> ChangeSet:
    """Take a section away with its text."""
    with _changing(archive, "remove_section", seksjon_id) as (op, section):
        op.session.delete(section)
    return op.changes


def step_toppnotat(archive: Archive, *, sak_id: str, tilstand: ToppnotatTilstand) -> ChangeSet:
    """Take a toppnotat a step on its way.

    Raises:
        RuleError: the rule against the step.
    """
    with operation(archive, "step_toppnotat") as op:
        note = toppnotat_of(op.session, sak_id)
        op.describe(sak=label_of_sak(op.session, get(op.session, Sak, sak_id)))
        require_step(Kind.TOPPNOTAT, note.tilstand, tilstand)
        if tilstand is ToppnotatTilstand.SENDT:
            mark_sent(op.session, note)
        note.tilstand = tilstand
    return op.changes


def mark_sent(session: Session, note: Toppnotat) -> None:
    """Mark a toppnotat as sent: from now on it quotes earlier vedtak as they read that day."""
    note.tilstand = ToppnotatTilstand.SENDT
    linked = select(TidligereVedtak, Vedtak).join(Vedtak, Vedtak.id == TidligereVedtak.vedtak_id)
    for row, vedtak in session.execute(linked.where(TidligereVedtak.toppnotat_id == note.id)):
        row.formulering = row.formulering or vedtak.tekst
        row.tema = row.tema or vedtak.tittel or _title_of(session, vedtak)


def _title_of(session: Session, vedtak: Vedtak) -> str | None:
    return get(session, Sak, vedtak.sak_id).tittel if vedtak.sak_id else None


def copy_toppnotat(session: Session, old_sak_id: str, new_sak_id: str) -> None:
    """Put the texts of one sak's toppnotat into another's as its draft, if both have one."""
    old = session.scalar(select(Toppnotat).where(Toppnotat.sak_id == old_sak_id))
    new = session.scalar(select(Toppnotat).where(Toppnotat.sak_id == new_sak_id))
    if old is None or new is None:
        return
    for section in _sections(session, new.id):
        session.delete(section)
    session.flush()
    for section in _sections(session, old.id):
        session.add(
            Toppnotatseksjon(
                toppnotat_id=new.id,
                slag=section.slag,
                overskrift=section.overskrift,
                innhold=section.innhold,
                rekkefoelge=section.rekkefoelge,
            )
        )
    earlier = select(TidligereVedtak).where(TidligereVedtak.toppnotat_id == old.id)
    for row in session.scalars(earlier).all():
        session.add(
            TidligereVedtak(
                toppnotat_id=new.id,
                vedtak_id=row.vedtak_id,
                sak_tekst=row.sak_tekst,
                tema=row.tema,
                formulering=row.formulering,
                rekkefoelge=row.rekkefoelge,
            )
        )


def cite_vedtak(
    archive: Archive,
    *,
    sak_id: str,
    vedtak_id: str | None = None,
    sak_tekst: str | None = None,
    tema: str | None = None,
    formulering: Tree | None = None,
) -> Created:
    """Add a row to the table of earlier vedtak: one of the register, or typed by hand.

    Raises:
        ServiceError: `vedtak_uten_kilde`, if it is neither; `toppnotat_er_sendt`.
    """
    if vedtak_id is None and not clean_optional(sak_tekst):
        raise ServiceError("vedtak_uten_kilde")
    with operation(archive, "cite_vedtak") as op:
        note = toppnotat_of(op.session, sak_id)
        _describe(op, note)
        row = TidligereVedtak(
            id=new_key(),
            toppnotat_id=note.id,
            vedtak_id=vedtak_id,
            sak_tekst=clean_optional(sak_tekst),
            tema=clean_optional(tema),
            formulering=formulering,
            rekkefoelge=rank_after_last(
                op.session, TidligereVedtak.rekkefoelge, TidligereVedtak.toppnotat_id == note.id
            ),
        )
        op.session.add(row)
    return Created(row.id)


def uncite_vedtak(archive: Archive, *, rad_id: str) -> ChangeSet:
    """Take a row off the table of earlier vedtak."""
    with operation(archive, "uncite_vedtak") as op:
        row = get(op.session, TidligereVedtak, rad_id)
        _describe(op, get(op.session, Toppnotat, row.toppnotat_id))
        op.session.delete(row)
    return op.changes
