"""Vedtak entered in the register by hand or from a pasted table: changed, removed, taken in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.i18n.parsing import UnreadableTextError, parse_date
from desktop.i18n.terms import SAKSTYPER
from desktop.importing.vedtak_table import PastedVedtak, tree_of_lines
from desktop.models import TidligereVedtak, Utvalg, Vedtak
from desktop.richtext.plain import is_empty
from desktop.richtext.tree import Tree
from desktop.rules.kinds import Sakstype
from desktop.services.access import all_utvalg, clean_optional, clean_title, get
from desktop.services.errors import ServiceError
from desktop.services.vedtak import register_vedtak, require_new_reference
from desktop.services.verbs import operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet

_NYNORSK: Final = {"tilråding": Sakstype.ANBEFALING, "avgjerd": Sakstype.BESLUTNING}


def change_registered(
    archive: Archive,
    *,
    vedtak_id: str,
    referanse: str,
    tekst: Tree,
    utvalg_id: str | None,
    organ: str | None,
    tittel: str | None,
    dato: dt.date | None,
    sakstype: Sakstype | None,
) -> ChangeSet:
    """Change a vedtak that was entered in the register; open toppnotater that cite it follow.

    Raises:
        ServiceError: `vedtak_hoerer_til_sak` for a vedtak of a sak, `tomt_felt`, `vedtak_finnes`.
    """
    with operation(archive, "change_registered") as op:
        row = _entered(op.session, vedtak_id)
        name = clean_title(referanse, "referanse")
        _require_text(tekst)
        body = None if utvalg_id else clean_optional(organ)
        require_new_reference(op.session, name, utvalg_id, body, but=vedtak_id)
        row.referanse, row.tekst = name, tekst
        row.utvalg_id, row.organ = utvalg_id, body
        row.tittel, row.dato, row.sakstype = clean_optional(tittel), dato, sakstype
    return op.changes


def remove_registered(archive: Archive, *, vedtak_id: str) -> ChangeSet:
    """Take a vedtak that was entered out of the register.

    Raises:
        ServiceError: `vedtak_hoerer_til_sak`, or `vedtak_er_vist_til` where a toppnotat cites it.
    """
    with operation(archive, "remove_registered") as op:
        row = _entered(op.session, vedtak_id)
        cited = select(TidligereVedtak.id).where(TidligereVedtak.vedtak_id == vedtak_id)
        if op.session.scalar(cited.limit(1)):
            raise ServiceError("vedtak_er_vist_til")
        op.session.delete(row)
    return op.changes


def _entered(session: Session, vedtak_id: str) -> Vedtak:
    row = get(session, Vedtak, vedtak_id)
    if row.sak_id is not None:
        raise ServiceError("vedtak_hoerer_til_sak")
    return row


def _require_text(text: Tree) -> None:
    if is_empty(text):
        raise ServiceError("tomt_felt", felt="vedtaksformulering")


class Fault(StrEnum):
    """Why a pasted row cannot be taken in."""

    UTEN_SAK = "uten_sak"
    UTEN_TEKST = "uten_tekst"
    FINNES = "finnes"
    TO_GANGER = "to_ganger"
    DATO = "dato"


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A pasted row and what will become of it.

    `feil` is why it is left out; `merknad` what was not understood and is left out of the row.
    """

    rad: PastedVedtak
    feil: Fault | None
    utvalg_id: str | None
    organ: str
    dato: dt.date | None
    sakstype: Sakstype | None
    ukjent_type: bool = False

    @property
    def is_taken(self) -> bool:
        """Whether it goes into the register."""
        return self.feil is None


def check_pasted_vedtak(
    session: Session, rows: Sequence[PastedVedtak], *, body: str = ""
) -> list[CheckedRow]:
    """Return what would become of pasted rows.

    Args:
        session: a session that reads.
        rows: the rows as they were read.
        body: whose they are where the row does not say: an utvalg of the archive, or another body.
    """
    held = select(Vedtak.referanse, Vedtak.utvalg_id, Vedtak.organ).where(
        Vedtak.referanse.is_not(None)
    )
    known = {_identity(*row) for row in session.execute(held)}
    names = _bodies(all_utvalg(session))
    seen: set[_Identity] = set()
    checked = []
    for row in rows:
        found = _check(row, body, names, known, seen)
        seen.add(_identity(row.referanse, found.utvalg_id, found.organ))
        checked.append(found)
    return checked


_Identity = tuple[str, str, str]


def _identity(referanse: str | None, utvalg_id: str | None, organ: str | None) -> _Identity:
    return referanse or "", utvalg_id or "", organ or ""


def _bodies(utvalg: Sequence[Utvalg]) -> dict[str, str]:
    return {
        name.casefold(): one.id
        for one in utvalg
        for name in (one.navn, one.bestemt, one.kortnavn)
        if name
    }


def _check(
    row: PastedVedtak,
    body: str,
    names: dict[str, str],
    known: set[_Identity],
    seen: set[_Identity],
) -> CheckedRow:
    organ = row.organ or body
    utvalg = names.get(organ.casefold())
    identity = _identity(row.referanse, utvalg, "" if utvalg else organ)
    fault: Fault | None = None
    date: dt.date | None = None
    try:
        date = parse_date(row.dato) if row.dato else None
    except UnreadableTextError:
        fault = Fault.DATO
    if not row.tekst:
        fault = Fault.UTEN_TEKST
    elif not row.referanse:
        fault = Fault.UTEN_SAK
    elif identity in seen:
        fault = Fault.TO_GANGER
    elif identity in known:
        fault = Fault.FINNES
    kind = sakstype_of(row.sakstype)
    return CheckedRow(
        row,
        fault,
        utvalg,
        "" if utvalg else organ,
        date,
        kind,
        ukjent_type=bool(row.sakstype) and kind is None,
    )


def sakstype_of(text: str) -> Sakstype | None:
    """Return the sakstype that a word names in either language; None for no such."""
    wanted = text.strip().casefold()
    names = {str(word).casefold(): kind for kind, word in SAKSTYPER.items()} | _NYNORSK
    return names.get(wanted)


def take_in_vedtak(archive: Archive, *, rows: Sequence[PastedVedtak], body: str = "") -> ChangeSet:
    """Enter the rows of a pasted table that can be taken, as one operation.

    Raises:
        ServiceError: `ingen_vedtak_aa_ta_inn` where none can.
    """
    with operation(archive, "take_in_vedtak") as op:
        taken = [row for row in check_pasted_vedtak(op.session, rows, body=body) if row.is_taken]
        if not taken:
            raise ServiceError("ingen_vedtak_aa_ta_inn")
        for row in taken:
            register_vedtak(
                archive,
                referanse=row.rad.referanse,
                tekst=tree_of_lines(row.rad.tekst),
                utvalg_id=row.utvalg_id,
                organ=row.organ or None,
                tittel=row.rad.tittel or None,
                dato=row.dato,
                sakstype=row.sakstype,
            )
    return op.changes
