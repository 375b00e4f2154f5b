"""The queue: saker that were reported and wait for a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.i18n.dates import numeric_date
from desktop.models import Moete, Moetedag, Person, Sak, Utvalg
from desktop.rules.kinds import Sakstype, Toppnotatstatus
from desktop.rules.numbering import format_meeting_number
from desktop.rules.states import MoeteTilstand, SakTilstand
from desktop.services.access import clean_optional, clean_title, get, label_of_sak, require_within
from desktop.services.dagsorden import place_sak
from desktop.services.errors import ServiceError
from desktop.services.numbers import meeting_numbers
from desktop.services.rows import full_name
from desktop.services.saker import LOWEST_PRIORITY, delete_sak, follow_toppnotatstatus
from desktop.services.verbs import operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet


class QueueRow(NamedTuple):
    """A sak in the queue."""

    id: str
    utvalg_id: str
    tittel: str
    sakstype: Sakstype | None
    toppnotatstatus: Toppnotatstatus
    innmeldt_av_id: str | None
    innmeldt_av: str
    innmeldt: dt.date | None
    oensket_moete: str | None
    prioritet: int | None


class MeetingChoice(NamedTuple):
    """A day of a meeting that takes new saker; `navn` has number and date."""

    moetedag_id: str
    moete_id: str
    navn: str


def load_queue(session: Session, utvalg_id: str) -> list[QueueRow]:
    """Return the queue of an utvalg in order."""
    found = session.execute(
        select(
            Sak.id,
            Sak.utvalg_id,
            Sak.tittel,
            Sak.sakstype,
            Sak.toppnotatstatus,
            Sak.innmeldt_av_id,
            Person.fornavn,
            Person.etternavn,
            Sak.innmeldt,
            Sak.oensket_moete,
            Sak.prioritet,
        )
        .outerjoin(Person, Person.id == Sak.innmeldt_av_id)
        .where(Sak.utvalg_id == utvalg_id, Sak.tilstand == SakTilstand.INNMELDT)
        .order_by(Sak.koerekkefoelge, Sak.id)
    )
    return [QueueRow(*row[:6], full_name(row.fornavn, row.etternavn), *row[8:]) for row in found]


def count_queues(session: Session) -> dict[str, int]:
    """Return how many saker wait, by utvalg."""
    found = session.execute(
        select(Sak.utvalg_id, func.count())
        .where(Sak.tilstand == SakTilstand.INNMELDT)
        .group_by(Sak.utvalg_id)
    )
    return {row[0]: row[1] for row in found}


def utvalg_names(session: Session) -> list[tuple[str, str]]:
    """Return (key, name) of every utvalg in order."""
    found = session.execute(select(Utvalg.id, Utvalg.navn).order_by(Utvalg.rekkefoelge))
    return [(key, name) for key, name in found]


def meetings_for(session: Session, utvalg_id: str) -> list[MeetingChoice]:
    """Return the days of the meetings of an utvalg that still take saker, the first one first."""
    found = session.execute(
        select(Moetedag.id, Moetedag.moete_id, Moetedag.dato, Moete.aar, Moete.nummer)
        .join(Moete, Moete.id == Moetedag.moete_id)
        .where(
            Moete.utvalg_id == utvalg_id,
            Moete.tilstand.in_((MoeteTilstand.PLANLAGT, MoeteTilstand.INNKALT)),
        )
        .order_by(Moetedag.dato)
    ).all()
    numbers = {
        key: assigned.number
        for year in {row.aar for row in found}
        for key, assigned in meeting_numbers(session, utvalg_id, year).items()
    }
    return [
        MeetingChoice(row.id, row.moete_id, _meeting_name(row.aar, numbers, row.moete_id, row.dato))
        for row in found
    ]


def _meeting_name(aar: int, numbers: dict[str, int], key: str, dato: dt.date) -> str:
    number = numbers.get(key)
    day = numeric_date(dato)
    return f"{format_meeting_number(aar, number)} · {day}" if number else day


def change_queued(
    archive: Archive,
    *,
    sak_id: str,
    tittel: str,
    sakstype: Sakstype | None,
    toppnotatstatus: Toppnotatstatus,
    innmeldt_av_id: str | None,
    innmeldt: dt.date | None,
    oensket_moete: str | None,
    prioritet: int | None,
) -> ChangeSet:
    """Change what was reported about a sak in the queue, in one step.

    Raises:
        ServiceError: `tomt_felt`, `tall_utenfor_omraade` or `sak_er_ikke_i_koeen`.
    """
    require_within("prioritet", prioritet, 1, LOWEST_PRIORITY)
    with operation(archive, "change_sak") as op:
        sak = get(op.session, Sak, sak_id)
        if sak.tilstand is not SakTilstand.INNMELDT:
            raise ServiceError("sak_er_ikke_i_koeen", tittel=sak.tittel)
        op.describe(sak=label_of_sak(op.session, sak))
        sak.tittel = clean_title(tittel)
        sak.sakstype = sakstype
        sak.innmeldt_av_id = innmeldt_av_id
        sak.innmeldt = innmeldt
        sak.oensket_moete = clean_optional(oensket_moete)
        sak.prioritet = prioritet
        if sak.toppnotatstatus is not toppnotatstatus:
            sak.toppnotatstatus = toppnotatstatus
            follow_toppnotatstatus(op.session, sak)
    return op.changes


def place_many(archive: Archive, *, sak_ids: Sequence[str], moetedag_id: str) -> ChangeSet:
    """Put saker of the queue on the running order of a day, in one step that can be undone.

    Raises:
        ServiceError, RuleError: as `place_sak`; then none of them is placed.
    """
    with operation(archive, "place_sak") as op:
        for sak_id in sak_ids:
            place_sak(archive, sak_id=sak_id, moetedag_id=moetedag_id)
    return op.changes


def delete_many(archive: Archive, *, sak_ids: Sequence[str]) -> ChangeSet:
    """Delete saker of the queue, in one step that can be undone.

    Raises:
        ServiceError: as `delete_sak`; then none of them is deleted.
    """
    with operation(archive, "delete_sak") as op:
        for sak_id in sak_ids:
            delete_sak(archive, sak_id=sak_id)
    return op.changes
