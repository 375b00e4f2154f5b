"""Verbs for attendance as it is taken: several persons at a time, and who joins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Oppmoete, Person
from desktop.rules.entity_kinds import Oppmoeterolle
from desktop.rules.kinds import Oppmoetestatus
from desktop.services.access import get
from desktop.services.attendance_view import (
    PRESENT,
    SEATED,
    Attendance,
    AttendanceRow,
    attendance_of,
)
from desktop.services.deltakere import (
    Oppmoetelinje,
    remove_oppmoete,
    set_many_oppmoeter,
    set_oppmoete,
)
from desktop.services.errors import ServiceError
from desktop.services.utvalg import create_organisasjon, create_person
from desktop.services.verbs import Created, operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet


@dataclass(frozen=True, slots=True)
class NyPerson:
    """A person who is not in the archive yet."""

    fornavn: str
    etternavn: str


@dataclass(frozen=True, slots=True)
class NyOrganisasjon:
    """An organisation that is not in the archive yet."""

    navn: str


def mark_oppmoete(
    archive: Archive,
    *,
    moete_id: str,
    person_ids: Iterable[str],
    status: Oppmoetestatus | None,
) -> ChangeSet:
    """Say how persons of the attendance attend; None says nothing about them any more.

    What else is known of them stays, but somebody absent neither came nor left during the meeting.

    Raises:
        ServiceError: `medlemmet_har_stedfortreder` or `referat_er_godkjent`.
    """
    with operation(archive, "set_oppmoete" if status else "remove_oppmoete") as op:
        if status is None:
            for key in person_ids:
                remove_oppmoete(archive, moete_id=moete_id, person_id=key)
        else:
            known = attendance_of(op.session, moete_id)
            rows = filter(None, map(known.person, dict.fromkeys(person_ids)))
            _mark(archive, moete_id, rows, status)
    return op.changes


def mark_rest_present(archive: Archive, *, moete_id: str) -> ChangeSet:
    """Say that everybody nothing is said about is present; members with a substitute aside.

    Raises:
        ServiceError: `referat_er_godkjent`.
    """
    with operation(archive, "set_oppmoete") as op:
        known = attendance_of(op.session, moete_id)
        rest = [row for row in known.rows if row.status is None and row.stedfortreder is None]
        _mark(archive, moete_id, rest, Oppmoetestatus.TIL_STEDE)
    return op.changes


def _mark(
    archive: Archive, moete_id: str, rows: Iterable[AttendanceRow], status: Oppmoetestatus
) -> None:
    lines = [
        _line(row, status, (row.fra_sak_id, row.til_sak_id) if status in PRESENT else (None, None))
        for row in rows
    ]
    if lines:
        set_many_oppmoeter(archive, moete_id=moete_id, lines=lines)


class Grense(StrEnum):
    """An end of somebody's presence: the sak one came at, or the one one left after."""

    KOM = "kom"
    GIKK = "gikk"


def set_presence(
    archive: Archive,
    *,
    moete_id: str,
    person_ids: Iterable[str],
    grense: Grense,
    sak_id: str | None,
) -> ChangeSet:
    """Say at which sak persons came or after which they left; None: from the start, to the end.

    Who came or left is present; the other end stays as it is.

    Raises:
        ServiceError: `slutter_foer_start`, `sak_i_annet_moete`, `medlemmet_har_stedfortreder` or
            `referat_er_godkjent`.
    """
    with operation(archive, "set_oppmoete") as op:
        known = attendance_of(op.session, moete_id)
        lines = []
        for row in filter(None, map(known.person, dict.fromkeys(person_ids))):
            came = grense is Grense.KOM
            bounds = (sak_id, row.til_sak_id) if came else (row.fra_sak_id, sak_id)
            _check_order(known, *bounds)
            status = row.status if row.status in PRESENT else Oppmoetestatus.TIL_STEDE
            lines.append(_line(row, status, bounds))
        if lines:
            set_many_oppmoeter(archive, moete_id=moete_id, lines=lines)
    return op.changes


def _check_order(known: Attendance, fra_sak_id: str | None, til_sak_id: str | None) -> None:
    order = [sak.id for sak in known.saker]
    if fra_sak_id not in order or til_sak_id not in order:
        return
    if order.index(fra_sak_id) > order.index(til_sak_id):
        names = known.sak_number(fra_sak_id), known.sak_number(til_sak_id)
        raise ServiceError("slutter_foer_start", fra=f"sak {names[0]}", til=f"sak {names[1]}")


def _line(
    row: AttendanceRow, status: Oppmoetestatus | None, bounds: tuple[str | None, str | None]
) -> Oppmoetelinje:
    return Oppmoetelinje(
        person_id=row.person_id,
        rolle=row.rolle,
        status=status,
        organisasjon_id=row.organisasjon_id,
        for_id=row.for_id,
        fra_sak_id=bounds[0],
        til_sak_id=bounds[1],
        rekkefoelge=row.verv_rekkefoelge if row.rolle in SEATED else None,
    )


def add_deltaker(
    archive: Archive,
    *,
    moete_id: str,
    person: str | NyPerson,
    rolle: Oppmoeterolle,
    organisasjon: str | NyOrganisasjon | None = None,
    for_id: str | None = None,
    saker: Sequence[str] = (),
    status: Oppmoetestatus = Oppmoetestatus.TIL_STEDE,
) -> Created:
    """Let a person join a meeting: as a substitute, a guest or of the secretariat.

    A person and an organisation that are new are made in the same operation. A member about whom
    nothing is said is absent once a substitute stands in.

    Raises:
        ServiceError: `deltaker_finnes` for a person who takes part already, and as
            `change_deltaker`.
    """
    with operation(archive, "set_oppmoete") as op:
        body = _organisation(archive, organisasjon)
        person_id = _person(archive, person, body)
        known = attendance_of(op.session, moete_id)
        if known.person(person_id) is not None:
            name = get(op.session, Person, person_id).navn
            raise ServiceError("deltaker_finnes", navn=name)
        return change_deltaker(
            archive,
            moete_id=moete_id,
            person_id=person_id,
            rolle=rolle,
            organisasjon=body,
            for_id=for_id,
            saker=saker,
            status=status,
        )


def change_deltaker(
    archive: Archive,
    *,
    moete_id: str,
    person_id: str,
    rolle: Oppmoeterolle,
    organisasjon: str | NyOrganisasjon | None = None,
    for_id: str | None = None,
    saker: Sequence[str] = (),
    status: Oppmoetestatus | None = Oppmoetestatus.TIL_STEDE,
) -> Created:
    """Say as what, for whom and for which saker a person takes part.

    Raises:
        ServiceError: `medlemmet_har_stedfortreder` where somebody else stands in already, and as
            `set_oppmoete`.
    """
    with operation(archive, "set_oppmoete") as op:
        _check_one_substitute(op.session, moete_id, person_id, for_id)
        known = attendance_of(op.session, moete_id)
        member = known.person(for_id) if for_id else None
        if member is not None and member.status is None:
            _mark(archive, moete_id, [member], Oppmoetestatus.FORFALL)
        row = known.person(person_id)
        return set_oppmoete(
            archive,
            moete_id=moete_id,
            person_id=person_id,
            rolle=rolle,
            status=status,
            organisasjon_id=_organisation(archive, organisasjon),
            for_id=for_id,
            fra_sak_id=row.fra_sak_id if row else None,
            til_sak_id=row.til_sak_id if row else None,
            saker=saker,
        )


def _check_one_substitute(
    session: Session, moete_id: str, person_id: str, for_id: str | None
) -> None:
    if for_id is None:
        return
    other = session.scalar(
        select(Oppmoete.person_id).where(
            Oppmoete.moete_id == moete_id,
            Oppmoete.for_id == for_id,
            Oppmoete.person_id != person_id,
            Oppmoete.status.in_(PRESENT),
        )
    )
    if other is not None:
        raise ServiceError(
            "medlemmet_har_stedfortreder",
            navn=get(session, Person, for_id).navn,
            stedfortreder=get(session, Person, other).navn,
        )


def _organisation(archive: Archive, wanted: str | NyOrganisasjon | None) -> str | None:
    if isinstance(wanted, NyOrganisasjon):
        return create_organisasjon(archive, navn=wanted.navn).id
    return wanted


def _person(archive: Archive, wanted: str | NyPerson, organisasjon_id: str | None) -> str:
    if isinstance(wanted, str):
        return wanted
    return create_person(
        archive,
        fornavn=wanted.fornavn,
        etternavn=wanted.etternavn,
        organisasjon_id=organisasjon_id,
    ).id
