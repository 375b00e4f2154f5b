"""The attendance of a meeting as the window shows it: one row per person, in groups."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from desktop.i18n.sorting import sort_key
from desktop.models import Person, Verv
from desktop.rules.entity_kinds import Oppmoeterolle
from desktop.rules.kinds import Funksjon, Oppmoetestatus
from desktop.services.load import MEMBER_SEATS, load_moete, load_organisation_names
from desktop.services.rows import DeltakerRow
from desktop.services.snapshot import MoeteSnapshot, OrganisationNames

PRESENT: Final = frozenset({Oppmoetestatus.TIL_STEDE, Oppmoetestatus.DIGITALT})
SEATED: Final = frozenset({Oppmoeterolle.MEDLEM, Oppmoeterolle.SEKRETARIAT})


class Gruppe(StrEnum):
    """The groups of the attendance, in the order they are shown."""

    MEDLEMMER = "medlemmer"
    STEDFORTREDERE = "stedfortredere"
    ANDRE = "andre"
    SEKRETARIAT = "sekretariat"


_GROUPS: Final = MappingProxyType(
    {
        Oppmoeterolle.MEDLEM: Gruppe.MEDLEMMER,
        Oppmoeterolle.STEDFORTREDER: Gruppe.STEDFORTREDERE,
        Oppmoeterolle.GJEST: Gruppe.ANDRE,
        Oppmoeterolle.SEKRETARIAT: Gruppe.SEKRETARIAT,
    }
)
_SEATS: Final = MappingProxyType(
    {
        **dict.fromkeys(MEMBER_SEATS, Oppmoeterolle.MEDLEM),
        Funksjon.OBSERVATOER: Oppmoeterolle.GJEST,
        Funksjon.SEKRETARIAT: Oppmoeterolle.SEKRETARIAT,
    }
)


class SakChoice(NamedTuple):
    """A sak of the meeting to choose, in agenda order."""

    id: str
    nummer: str
    tittel: str


class AttendanceRow(NamedTuple):
    """A person in the attendance. `stedfortreder` names who is present in a member's stead."""

    person_id: str
    navn: str
    organisasjon_id: str | None
    organisasjon: str
    rolle: Oppmoeterolle
    funksjon: Funksjon | None
    verv_rekkefoelge: str | None
    status: Oppmoetestatus | None
    registrert: bool
    fra_sak_id: str | None
    fra_sak: str
    til_sak_id: str | None
    til_sak: str
    for_id: str | None
    for_navn: str
    stedfortreder: str | None
    sak_ids: tuple[str, ...]
    saker: tuple[str, ...]
    er_moeteleder: bool
    er_referent: bool

    @property
    def gruppe(self) -> Gruppe:
        """The group the person stands in."""
        return _GROUPS[self.rolle]

    @property
    def har_plass(self) -> bool:
        """Whether the person stands in the list by a seat, also when nothing is registered."""
        return self.funksjon is not None and self.rolle is _SEATS.get(self.funksjon)


@dataclass(frozen=True)
class Attendance:
    """Who takes part in a meeting, grouped; members and secretariat in the order of their seats."""

    moete_id: str
    dato: dt.date
    utvalg_id: str
    rows: tuple[AttendanceRow, ...]
    saker: tuple[SakChoice, ...]
    moeteleder_id: str | None
    referent_id: str | None

    @cached_property
    def _by_person(self) -> Mapping[str, AttendanceRow]:
        return {row.person_id: row for row in self.rows}

    def person(self, person_id: str) -> AttendanceRow | None:
        """Return the row of a person, or None."""
        return self._by_person.get(person_id)

    def sak_number(self, sak_id: str) -> str:
        """Return the number of a sak of the meeting; "" for any other."""
        return next((sak.nummer for sak in self.saker if sak.id == sak_id), "")

    def count(self, status: Oppmoetestatus | None) -> int:
        """Return how many members and substitutes have a status; None: not registered."""
        counted = (Oppmoeterolle.MEDLEM, Oppmoeterolle.STEDFORTREDER)
        return Counter(row.status for row in self.rows if row.rolle in counted)[status]


def attendance_of(session: Session, moete_id: str) -> Attendance:
    """Return the attendance of a meeting.

    Raises:
        ServiceError: `ukjent_moete` if there is no such meeting.
    """
    snapshot = load_moete(session, moete_id)
    moete = snapshot.rows.moete
    people = snapshot.rows.deltakere
    stand_ins = {row.for_id: row.navn for row in people if row.for_id and row.status in PRESENT}
    rows = [
        _row(snapshot, row, rolle, stand_ins)
        for row in people
        if (rolle := row.rolle or _seat_role(row)) is not None
    ]
    order = list(Gruppe)
    rows.sort(key=lambda row: (order.index(row.gruppe), row.verv_rekkefoelge or "~"))
    return Attendance(
        moete_id=moete_id,
        dato=snapshot.dato,
        utvalg_id=moete.utvalg_id,
        rows=tuple(rows),
        saker=tuple(
            SakChoice(sak.id, snapshot.sak_number(sak.id), sak.tittel) for sak in snapshot.saker
        ),
        moeteleder_id=moete.moeteleder_id,
        referent_id=moete.referent_id,
    )


def _seat_role(row: DeltakerRow) -> Oppmoeterolle | None:
    """Return as what a person is expected; None for a vara, who comes when somebody cannot."""
    return _SEATS.get(row.funksjon) if row.funksjon else None


def _row(
    snapshot: MoeteSnapshot,
    row: DeltakerRow,
    rolle: Oppmoeterolle,
    stand_ins: Mapping[str, str],
) -> AttendanceRow:
    moete = snapshot.rows.moete
    seated = rolle is _SEATS.get(row.funksjon) if row.funksjon else False
    order = [sak.id for sak in snapshot.saker]
    saker = tuple(sorted((key for key in row.saker if key in order), key=order.index))
    return AttendanceRow(
        person_id=row.person_id,
        navn=row.navn,
        organisasjon_id=row.organisasjon_id,
        organisasjon=snapshot.organisation(row.organisasjon_id),
        rolle=rolle,
        funksjon=row.funksjon,
        verv_rekkefoelge=row.verv_rekkefoelge if seated else None,
        status=row.status,
        registrert=row.oppmoete_id is not None,
        fra_sak_id=row.fra_sak_id,
        fra_sak=snapshot.sak_number(row.fra_sak_id) if row.fra_sak_id else "",
        til_sak_id=row.til_sak_id,
        til_sak=snapshot.sak_number(row.til_sak_id) if row.til_sak_id else "",
        for_id=row.for_id,
        for_navn=row.for_navn if row.for_id else "",
        stedfortreder=stand_ins.get(row.person_id),
        sak_ids=saker,
        saker=tuple(snapshot.sak_number(key) for key in saker),
        er_moeteleder=row.person_id == moete.moeteleder_id,
        er_referent=row.person_id == moete.referent_id,
    )


class Candidate(NamedTuple):
    """A person who can join; `vara_for` are the members whose vara the person is at the date.

    `er_vara` is true for any vara of the utvalg, whoever the seat stands in for.
    """

    person_id: str
    navn: str
    organisasjon_id: str | None
    organisasjon: str
    er_vara: bool
    vara_for: frozenset[str]


class OrganisasjonChoice(NamedTuple):
    """An organisation by the name it has at the meeting's date."""

    id: str
    navn: str


class Candidates(NamedTuple):
    """Who can join a meeting, and for which organisations."""

    personer: tuple[Candidate, ...]
    organisasjoner: tuple[OrganisasjonChoice, ...]


def candidates_for(session: Session, utvalg_id: str, dato: dt.date) -> Candidates:
    """Return every person, varas of the utvalg first, and every organisation."""
    stored = load_organisation_names(session)
    names = OrganisationNames(stored)
    varas = _varas(session, utvalg_id, dato)
    people = session.execute(
        select(Person.id, Person.fornavn, Person.etternavn, Person.organisasjon_id)
    )
    personer = [
        Candidate(
            person_id=key,
            navn=f"{first} {last}".strip(),
            organisasjon_id=(body := _body(varas.get(key), own)),
            organisasjon=names.at(body, dato),
            er_vara=key in varas,
            vara_for=frozenset(seat[1] for seat in varas.get(key, ()) if seat[1]),
        )
        for key, first, last, own in people
    ]
    bodies = {row.organisasjon_id for row in stored}
    organisasjoner = [OrganisasjonChoice(key, names.at(key, dato)) for key in bodies]
    return Candidates(
        tuple(sorted(personer, key=lambda one: (not one.er_vara, sort_key(one.navn)))),
        tuple(sorted(organisasjoner, key=lambda one: sort_key(one.navn))),
    )


_Seat = tuple[str | None, str | None]


def _varas(session: Session, utvalg_id: str, dato: dt.date) -> dict[str, list[_Seat]]:
    """Return (organisation, member stood in for) of the varas' seats, by person."""
    stood_for = aliased(Verv)
    found = session.execute(
        select(Verv.person_id, Verv.organisasjon_id, stood_for.person_id)
        .outerjoin(stood_for, stood_for.id == Verv.vara_for_id)
        .where(
            Verv.utvalg_id == utvalg_id,
            Verv.funksjon == Funksjon.VARA,
            or_(Verv.fra.is_(None), Verv.fra <= dato),
            or_(Verv.til.is_(None), Verv.til >= dato),
        )
        .order_by(Verv.rekkefoelge)
    )
    varas: dict[str, list[_Seat]] = {}
    for person, body, member in found:
        varas.setdefault(person, []).append((body, member))
    return varas


def _body(seats: list[_Seat] | None, own: str | None) -> str | None:
    return (seats[0][0] if seats else None) or own
