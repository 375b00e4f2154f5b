"""The settings of an utvalg: what the page of settings shows, and the verbs that change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Fastpost, Frase, Moete, Nummerserie, Utvalg
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Fastpostslag, Plassering
from desktop.rules.kinds import Maalform, Sakstype, Toppnotatstatus
from desktop.rules.numbering import SakNumberPattern
from desktop.rules.phrases import placeholders
from desktop.rules.rank import ranks
from desktop.services.access import (
    clean_optional,
    clean_title,
    get,
    require_times,
    require_within,
)
from desktop.services.errors import ServiceError
from desktop.services.fastposter import follow_proposals, proposals_of
from desktop.services.series_rule import lowest_fixed
from desktop.services.utvalg import LONGEST_COMMENT_DAYS
from desktop.services.verbs import operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet
from desktop.storage.files import read_file

LONGEST_POST = 24 * 60 - 1


class FastpostRow(NamedTuple):
    """A fixed post; `id` is None for one that is not stored yet."""

    id: str | None
    slag: Fastpostslag
    tittel: str
    sakstype: Sakstype | None
    varighet: int
    plassering: Plassering
    toppnotatstatus: Toppnotatstatus
    frase: str | None


class FraseRow(NamedTuple):
    """A phrase for the vedtak of a sakstype; `id` is None for one that is not stored yet."""

    id: str | None
    sakstype: Sakstype
    tekst: str


class SerieRow(NamedTuple):
    """Where the numbers of a year start, and the lowest ones that are fixed, if any."""

    aar: int
    foerste_sak: int
    foerste_moete: int
    fast_sak: int | None
    fast_moete: int | None


class UtvalgSettings(NamedTuple):
    """An utvalg with its lists."""

    id: str
    navn: str
    bestemt: str
    kortnavn: str
    maalform: Maalform
    saksnummermoenster: str
    sekretariat_id: str | None
    standardsted: str | None
    standard_fra: dt.time | None
    standard_til: dt.time | None
    kommentarfrist_dager: int
    husregler: Tree | None
    mal_navn: str | None
    fastposter: tuple[FastpostRow, ...]
    fraser: tuple[FraseRow, ...]
    serier: tuple[SerieRow, ...]


def load_settings(session: Session, utvalg_id: str) -> UtvalgSettings:
    """Return the settings of an utvalg.

    Raises:
        ServiceError: `finnes_ikke_lenger`.
    """
    row = get(session, Utvalg, utvalg_id)
    own = {name: getattr(row, name) for name in UtvalgSettings._fields[:13]}
    return UtvalgSettings(
        **own,
        fastposter=tuple(
            FastpostRow(*(getattr(post, name) for name in FastpostRow._fields))
            for post in row.fastposter
        ),
        fraser=tuple(FraseRow(phrase.id, phrase.sakstype, phrase.tekst) for phrase in row.fraser),
        serier=tuple(_series(session, utvalg_id)),
    )


def _series(session: Session, utvalg_id: str) -> list[SerieRow]:
    """Return the years that have a series, a fixed number, or a meeting, newest first."""
    fixed_saker, fixed_meetings = lowest_fixed(session, utvalg_id)
    stored = {
        row.aar: row
        for row in session.scalars(select(Nummerserie).where(Nummerserie.utvalg_id == utvalg_id))
    }
    met = set(session.scalars(select(Moete.aar).where(Moete.utvalg_id == utvalg_id)))
    return [
        SerieRow(
            year,
            stored[year].foerste_sak if year in stored else 1,
            stored[year].foerste_moete if year in stored else 1,
            fixed_saker.get(year),
            fixed_meetings.get(year),
        )
        for year in sorted({*stored, *met, *fixed_saker}, reverse=True)
    ]


def change_utvalg(
    archive: Archive,
    *,
    utvalg_id: str,
    navn: str,
    bestemt: str,
    kortnavn: str,
    maalform: Maalform,
    saksnummermoenster: str,
    sekretariat_id: str | None,
    standardsted: str | None,
    standard_fra: dt.time,
    standard_til: dt.time,
    kommentarfrist_dager: int,
    husregler: Tree | None,
) -> ChangeSet:
    """Change an utvalg. Unsent meetings follow a new name where they still say the old one.

    Raises:
        ServiceError: `tomt_felt`, `navn_er_i_bruk`, `slutter_foer_start` or `tall_utenfor_omraade`.
        RuleError: a code `moenster_…`.
    """
    SakNumberPattern(saksnummermoenster)
    require_within("kommentarfrist", kommentarfrist_dager, 0, LONGEST_COMMENT_DAYS)
    require_times(standard_fra, standard_til)
    with operation(archive, "change_utvalg") as op:
        utvalg = get(op.session, Utvalg, utvalg_id)
        name = clean_title(navn, "navn")
        others = select(Utvalg.id).where(Utvalg.navn == name, Utvalg.id != utvalg_id)
        if op.session.scalar(others):
            raise ServiceError("navn_er_i_bruk", navn=name)
        proposed = proposals_of(op.session, utvalg)
        utvalg.navn = name
        utvalg.bestemt = clean_optional(bestemt) or name
        utvalg.kortnavn = clean_optional(kortnavn) or name
        utvalg.maalform = maalform
        utvalg.saksnummermoenster = saksnummermoenster
        utvalg.sekretariat_id = sekretariat_id
        utvalg.standardsted = clean_optional(standardsted)
        utvalg.standard_fra, utvalg.standard_til = standard_fra, standard_til
        utvalg.kommentarfrist_dager = kommentarfrist_dager
        utvalg.husregler = husregler or None
        follow_proposals(op.session, proposed)
    return op.changes


def set_husregler(archive: Archive, *, utvalg_id: str, husregler: Tree) -> ChangeSet:
    """Give an utvalg these house rules; an empty text is none."""
    with operation(archive, "change_utvalg") as op:
        get(op.session, Utvalg, utvalg_id).husregler = husregler or None
    return op.changes


def set_fastposter(
    archive: Archive, *, utvalg_id: str, fastposter: Sequence[FastpostRow]
) -> ChangeSet:
    """Give an utvalg these fixed posts, in this order. Meetings that are planned keep theirs.

    Raises:
        ServiceError: `tomt_felt` or `tall_utenfor_omraade`.
        RuleError: a code `frase_…`.
    """
    for post in fastposter:
        placeholders(post.tittel)
        placeholders(post.frase or "")
        require_within("varighet", post.varighet, 0, LONGEST_POST)
    with operation(archive, "set_fastposter") as op:
        utvalg = get(op.session, Utvalg, utvalg_id)
        proposed = proposals_of(op.session, utvalg)
        held = {row.id: row for row in utvalg.fastposter}
        kept = []
        for post, rank in zip(fastposter, _ranks(held, fastposter), strict=True):
            row = held.get(post.id or "") or Fastpost(utvalg_id=utvalg_id)
            row.slag, row.tittel = post.slag, clean_title(post.tittel)
            row.sakstype, row.varighet = post.sakstype, post.varighet
            row.plassering, row.toppnotatstatus = post.plassering, post.toppnotatstatus
            row.frase = clean_optional(post.frase)
            row.rekkefoelge = rank
            kept.append(row)
        utvalg.fastposter = kept
        follow_proposals(op.session, proposed)
    return op.changes


def set_fraser(archive: Archive, *, utvalg_id: str, fraser: Sequence[FraseRow]) -> ChangeSet:
    """Give an utvalg these phrases for vedtak, in this order.

    Raises:
        ServiceError: `tomt_felt`.
        RuleError: a code `frase_…`.
    """
    for phrase in fraser:
        placeholders(phrase.tekst)
    with operation(archive, "set_fraser") as op:
        utvalg = get(op.session, Utvalg, utvalg_id)
        held = {row.id: row for row in utvalg.fraser}
        kept = []
        for phrase, rank in zip(fraser, _ranks(held, fraser), strict=True):
            row = held.get(phrase.id or "") or Frase(utvalg_id=utvalg_id)
            row.sakstype, row.tekst = phrase.sakstype, clean_title(phrase.tekst, "frase")
            row.rekkefoelge = rank
            kept.append(row)
        utvalg.fraser = kept
    return op.changes


def _ranks(
    held: dict[str, Fastpost] | dict[str, Frase], rows: Sequence[FastpostRow | FraseRow]
) -> Sequence[str]:
    """Return the ranks the rows have already where they stand in that order, else new ones."""
    stored = [held[row.id].rekkefoelge for row in rows if row.id is not None and row.id in held]
    in_order = len(stored) == len(rows) and all(a < b for a, b in pairwise(stored))
    return stored if in_order else ranks(len(rows))


def template_of(session: Session, utvalg_id: str) -> bytes | None:
    """Return the utvalg's own Word template, if it has one."""
    key = get(session, Utvalg, utvalg_id).mal_sha256
    return read_file(session, key) if key is not None else None


def missing_styles(template: bytes) -> tuple[str, ...]:
    """Return the names of our styles that a Word template lacks; documents take them from ours.

    Touches no database: it may run in the background.

    Raises:
        TemplateError: the template cannot be used.
    """
    from desktop.documents import style_names  # noqa: PLC0415
    from desktop.documents.make_shell import make_shell  # noqa: PLC0415
    from desktop.documents.ooxml import LANGUAGES  # noqa: PLC0415

    borrowed = make_shell(template, LANGUAGES[Maalform.NB]).borrowed
    names = (
        style_names.TITLE,
        *style_names.HEADINGS[:3],
        *style_names.ROLES.values(),
        style_names.TABLE,
        style_names.TABLE_HEADER,
        style_names.TABLE_TEXT,
    )
    return tuple(name for name in names if name.casefold() in borrowed)
