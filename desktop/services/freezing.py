"""Fixing numbers: what a meeting is once its innkalling is frozen, and writing that down."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from desktop.models import Dagsordenpost, Moete, Sak, Vedlegg
from desktop.rules.numbering import (
    meeting_number_to_freeze,
    number_to_take_up,
    numbers_to_freeze,
)
from desktop.rules.states import Kind, MoeteTilstand, SakTilstand, require_step
from desktop.rules.vedlegg import VedleggNumber, vedlegg_numbers_to_freeze
from desktop.services.access import get
from desktop.services.fingerprint import fingerprint
from desktop.services.load import load_moete
from desktop.services.moete_rows import MoeteRows
from desktop.services.rows import PlassertRow, SakRow, VedleggRow
from desktop.services.snapshot import MoeteSnapshot


def as_frozen(snapshot: MoeteSnapshot) -> MoeteSnapshot:
    """Return the meeting as it is once its innkalling is frozen: every number fixed.

    Holds for the first innkalling and for an updated one, which numbers the late saker and vedlegg.
    In the first nothing counts as changed; in an updated one, what differs from the one before it.

    Raises:
        RuleError: `moete_avlyst_er_endelig` and its like, for a meeting that is not to be held.
    """
    state = snapshot.rows.moete.tilstand
    if state is not MoeteTilstand.INNKALT:
        require_step(Kind.MOETE, state, MoeteTilstand.INNKALT)
    number = meeting_number_to_freeze(snapshot.meeting_series, snapshot.meetings, snapshot.id)
    fresh = numbers_to_freeze(snapshot.sak_series, snapshot.meetings, snapshot.id)
    attachments = vedlegg_numbers_to_freeze(snapshot.sak_vedlegg)
    rows = snapshot.rows
    if not snapshot.frozen:
        rows = replace(rows, saker={key: _as_said(snapshot, s) for key, s in rows.saker.items()})
    return MoeteSnapshot(
        replace(
            rows,
            moete=rows.moete._replace(nummer=number, tilstand=MoeteTilstand.INNKALT),
            saker={key: _numbered(sak, rows, fresh.get(key)) for key, sak in rows.saker.items()},
            vedlegg={
                key: tuple(_numbered_vedlegg(row, attachments.get(row.id)) for row in group)
                for key, group in rows.vedlegg.items()
            },
            plasserte=tuple(
                _numbered_place(row, snapshot.id, number, fresh) for row in rows.plasserte
            ),
        )
    )


def _as_said(snapshot: MoeteSnapshot, sak: SakRow) -> SakRow:
    return sak._replace(innkalt_avtrykk=fingerprint(snapshot, sak))


def _numbered(sak: SakRow, rows: MoeteRows, number: int | None) -> SakRow:
    if number is None:
        return sak
    return sak._replace(moetesaksaar=rows.moete.aar, moetesakssekvensnummer=number)


def _numbered_vedlegg(row: VedleggRow, number: VedleggNumber | None) -> VedleggRow:
    if number is None:
        return row
    return row._replace(nummer=number.number, bokstav=letter_of(number))


def letter_of(number: VedleggNumber) -> str:
    """Return the letter of a further vedlegg as it is stored: "A", or "" for a sak's first."""
    return str(number).lstrip("0123456789")


def _numbered_place(
    row: PlassertRow, moete_id: str, number: int, fresh: dict[str, int]
) -> PlassertRow:
    if row.moete_id != moete_id:
        return row
    return row._replace(
        moetenummer=number,
        tilstand=MoeteTilstand.INNKALT,
        nummer=fresh.get(row.sak_id or "", row.nummer),
    )


def write_frozen(session: Session, frozen: MoeteSnapshot) -> None:
    """Write down the numbers, clock times and fingerprints of a meeting as `as_frozen` gives it."""
    moete = get(session, Moete, frozen.id)
    moete.nummer = frozen.rows.moete.nummer
    moete.tilstand = frozen.rows.moete.tilstand
    for row in frozen.saker:
        sak = get(session, Sak, row.id)
        sak.moetesaksaar = row.moetesaksaar
        sak.moetesakssekvensnummer = row.moetesakssekvensnummer
        sak.innkalt_avtrykk = fingerprint(frozen, row)
        for attachment in frozen.rows.vedlegg.get(row.id, ()):
            vedlegg = get(session, Vedlegg, attachment.id)
            vedlegg.nummer, vedlegg.bokstav = attachment.nummer, attachment.bokstav
    for post in frozen.rows.poster:
        get(session, Dagsordenpost, post.id).innkalt_tid = frozen.clocked[post.id].start


def take_up_number(session: Session, sak: Sak, moete: Moete) -> None:
    """Give a late sak that the meeting takes up, and its vedlegg, their numbers.

    Raises:
        RuleError: `sak_har_allerede_nummer`, `innkalling_er_ikke_ferdigstilt` and their like.
    """
    snapshot = load_moete(session, moete.id)
    number = number_to_take_up(snapshot.sak_series, snapshot.meetings, sak.id)
    sak.moetesaksaar = moete.aar
    sak.moetesakssekvensnummer = number
    sak.tilstand = SakTilstand.PAA_DAGSORDEN
    for key, assigned in vedlegg_numbers_to_freeze(snapshot.sak_vedlegg, only_sak=sak.id).items():
        vedlegg = get(session, Vedlegg, key)
        vedlegg.nummer, vedlegg.bokstav = assigned.number, letter_of(assigned)
