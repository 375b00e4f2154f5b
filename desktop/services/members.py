"""Verbs for members: seats changed and in order, what is not used removed, whole lists taken in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import Table, exists, select
from sqlalchemy.orm import Session

from desktop.importing.people import PastedPerson
from desktop.models import Base, Organisasjon, Organisasjonsnavn, Person, Utvalg, Verv, map_all
from desktop.rules.kinds import Funksjon
from desktop.services.access import (
    clean_optional,
    clean_title,
    get,
    rank_at,
    require_period,
)
from desktop.services.errors import ServiceError
from desktop.services.fastposter import follow_proposals, proposals_of
from desktop.services.members_view import known_organisations, name_key
from desktop.services.rows import full_name
from desktop.services.utvalg import create_organisasjon, create_person, give_verv
from desktop.services.verbs import operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet


def move_verv(archive: Archive, *, verv_id: str, index: int) -> ChangeSet:
    """Move a seat to a place among those of its utvalg, counted from 0 without itself."""
    with operation(archive, "move_verv") as op:
        seat = get(op.session, Verv, verv_id)
        others = op.session.scalars(
            select(Verv)
            .where(Verv.utvalg_id == seat.utvalg_id, Verv.id != verv_id)
            .order_by(Verv.rekkefoelge, Verv.id)
        ).all()
        seat.rekkefoelge = rank_at(others, index)
    return op.changes


def change_verv(
    archive: Archive,
    *,
    verv_id: str,
    organisasjon_id: str | None,
    funksjon: Funksjon,
    fra: dt.date | None,
    til: dt.date | None,
    vara_for_id: str | None,
) -> ChangeSet:
    """Change a seat. Only a substitute stands in for somebody.

    Raises:
        ServiceError: `slutter_foer_start`, `vara_for_seg_selv`, or `verv_finnes` where the person
            has another such seat in the period.
    """
    require_period(fra, til)
    with operation(archive, "change_verv") as op:
        seat = get(op.session, Verv, verv_id)
        if vara_for_id == verv_id:
            raise ServiceError("vara_for_seg_selv")
        _require_free(op.session, seat, funksjon, fra, til)
        seat.organisasjon_id = organisasjon_id
        seat.funksjon = funksjon
        seat.fra, seat.til = fra, til
        seat.vara_for_id = vara_for_id if funksjon is Funksjon.VARA else None
    return op.changes


def _require_free(
    session: Session, seat: Verv, funksjon: Funksjon, fra: dt.date | None, til: dt.date | None
) -> None:
    others = session.scalars(
        select(Verv).where(
            Verv.utvalg_id == seat.utvalg_id,
            Verv.person_id == seat.person_id,
            Verv.funksjon == funksjon,
            Verv.id != seat.id,
        )
    )
    first, last = fra or dt.date.min, til or dt.date.max
    for other in others:
        if (other.fra or dt.date.min) <= last and (other.til or dt.date.max) >= first:
            raise ServiceError("verv_finnes", person=get(session, Person, seat.person_id).navn)


def delete_verv(archive: Archive, *, verv_id: str) -> ChangeSet:
    """Remove a seat that was given by mistake; one that was held is ended instead."""
    with operation(archive, "delete_verv") as op:
        op.session.delete(get(op.session, Verv, verv_id))
    return op.changes


@dataclass(frozen=True, slots=True)
class Navn:
    """A name that an organisation has in a period, with the key of its row."""

    id: str
    navn: str
    kortnavn: str | None
    fra: dt.date | None
    til: dt.date | None


def correct_organisasjon(
    archive: Archive, *, organisasjon_id: str, navnene: Sequence[Navn]
) -> ChangeSet:
    """Correct the names of an organisation and when they held. A name that is left out goes.

    Raises:
        ServiceError: `tomt_felt`, `slutter_foer_start`, `navn_overlapper`, `uten_navn` or
            `finnes_ikke_lenger`.
    """
    _require_one_at_a_time(navnene)
    with operation(archive, "change_organisasjon") as op:
        row = get(op.session, Organisasjon, organisasjon_id)
        served = select(Utvalg).where(Utvalg.sekretariat_id == organisasjon_id)
        proposed = proposals_of(op.session, *op.session.scalars(served).all())
        held = {name.id: name for name in row.navn}
        for wanted in navnene:
            if wanted.id not in held:
                table = Organisasjonsnavn.__tablename__
                raise ServiceError("finnes_ikke_lenger", tabell=table, noekkel=wanted.id)
            _correct(held.pop(wanted.id), wanted)
        for gone in held.values():
            op.session.delete(gone)
        op.session.flush()
        op.session.refresh(row)
        follow_proposals(op.session, proposed)
    return op.changes


def _correct(row: Organisasjonsnavn, wanted: Navn) -> None:
    row.navn = clean_title(wanted.navn, "navn")
    row.kortnavn = clean_optional(wanted.kortnavn)
    row.fra, row.til = wanted.fra, wanted.til


def _require_one_at_a_time(names: Sequence[Navn]) -> None:
    """Refuse names that hold at the same time, and an organisation without any."""
    if not names:
        raise ServiceError("uten_navn")
    for name in names:
        require_period(name.fra, name.til)
    for one, other in pairwise(sorted(names, key=lambda name: name.fra or dt.date.min)):
        if one.til is None or other.fra is None or one.til >= other.fra:
            raise ServiceError("navn_overlapper", navn=one.navn.strip(), annet=other.navn.strip())


def delete_person(archive: Archive, *, person_id: str) -> ChangeSet:
    """Remove a person nobody refers to.

    Raises:
        ServiceError: `er_i_bruk`, with where.
    """
    with operation(archive, "delete_person") as op:
        person = get(op.session, Person, person_id)
        _require_unused(op.session, Person, person_id, person.navn)
        op.session.delete(person)
    return op.changes


def delete_organisasjon(archive: Archive, *, organisasjon_id: str) -> ChangeSet:
    """Remove an organisation nobody refers to, with its names.

    Raises:
        ServiceError: `er_i_bruk`, with where.
    """
    with operation(archive, "delete_organisasjon") as op:
        row = get(op.session, Organisasjon, organisasjon_id)
        name = row.navn[-1].navn if row.navn else ""
        _require_unused(op.session, Organisasjon, organisasjon_id, name)
        op.session.delete(row)
    return op.changes


_OWN_PARTS = frozenset({"organisasjonsnavn"})
_WHERE: Mapping[str, str] = {
    "aksjonspunkt": "aksjonspunkter",
    "innspill": "innspill i referater",
    "moete": "møter",
    "mottaker": "utsendelser",
    "oppfoelging": "oppfølging",
    "oppmoete": "oppmøte",
    "person": "personer",
    "sak": "innmeldte saker",
    "saksrolle": "saker",
    "utvalg": "sekretariatet for et utvalg",
    "verv": "verv",
}


def _require_unused(session: Session, entity: type[Base], key: str, name: str) -> None:
    map_all()
    used = sorted(
        {
            _WHERE.get(table.name, table.name)
            for table in Base.metadata.tables.values()
            if table.name not in _OWN_PARTS and _refers(session, table, entity, key)
        }
    )
    if used:
        raise ServiceError("er_i_bruk", navn=name, hvor=", ".join(used))


def _refers(session: Session, table: Table, entity: type[Base], key: str) -> bool:
    columns = [
        column
        for column in table.columns
        if any(reference.column.table is entity.__table__ for reference in column.foreign_keys)
    ]
    return any(session.scalar(select(exists().where(column == key))) for column in columns)


class Fate(StrEnum):
    """What becomes of a pasted row."""

    NEW = "ny"
    KNOWN = "finnes"
    MEMBER = "medlem"
    TWICE = "to_ganger"
    UNREADABLE = "uleselig"


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A pasted row and what would become of it; `person_id` is that of a known person."""

    person: PastedPerson
    fate: Fate
    person_id: str | None = None
    organisasjon_id: str | None = None

    @property
    def lacks_email(self) -> bool:
        """Whether neither the row nor the archive has an address."""
        return self.fate is Fate.NEW and not self.person.epost

    @property
    def is_new_organisation(self) -> bool:
        """Whether the organisation would be made."""
        return bool(self.person.organisasjon) and self.organisasjon_id is None

    @property
    def is_taken(self) -> bool:
        """Whether the row would give somebody a seat."""
        return self.fate in {Fate.NEW, Fate.KNOWN}


def check_pasted(
    session: Session, utvalg_id: str, people: Sequence[PastedPerson]
) -> list[PastedRow]:
    """Return what would become of pasted people in an utvalg.

    A person is known by the address, else by the name.
    """
    persons = session.scalars(select(Person)).all()
    by_email = {name_key(person.epost): person.id for person in persons if person.epost}
    by_name = {name_key(full_name(p.fornavn, p.etternavn)): p.id for p in persons}
    seated = set(
        session.scalars(
            select(Verv.person_id).where(Verv.utvalg_id == utvalg_id, Verv.til.is_(None))
        )
    )
    organisations = known_organisations(session)
    seen: set[str] = set()
    found = []
    for person in people:
        known = by_email.get(name_key(person.epost)) if person.epost else None
        known = known or by_name.get(name_key(person.navn))
        mark = known or name_key(person.epost or person.navn)
        fate = _fate(person, known, seated, mark in seen)
        if fate is not Fate.UNREADABLE:
            seen.add(mark)
        organisation = organisations.get(name_key(person.organisasjon))
        found.append(PastedRow(person, fate, known, organisation))
    return found


def _fate(
    person: PastedPerson,
    known: str | None,
    seated: set[str],
    seen: bool,
) -> Fate:
    if not person.readable:
        return Fate.UNREADABLE
    if seen:
        return Fate.TWICE
    if known is None:
        return Fate.NEW
    return Fate.MEMBER if known in seated else Fate.KNOWN


def add_members(
    archive: Archive,
    *,
    utvalg_id: str,
    people: Sequence[PastedPerson],
    funksjon: Funksjon = Funksjon.MEDLEM,
    fra: dt.date | None = None,
) -> ChangeSet:
    """Give pasted people seats in an utvalg, in one step: those who are unknown are made first.

    Rows that cannot be read, stand twice, or name a member are left out. A known person who lacks
    an address or an organisation gets the one of the list.

    Raises:
        ServiceError: `ingen_aa_legge_til`, if no row is left.
    """
    with operation(archive, "add_members") as op:
        taken = [row for row in check_pasted(op.session, utvalg_id, people) if row.is_taken]
        if not taken:
            raise ServiceError("ingen_aa_legge_til")
        made: dict[str, str] = {}
        for row in taken:
            organisation = row.organisasjon_id or _made(archive, row.person.organisasjon, made)
            person_id = row.person_id or _new_person(archive, row.person, organisation)
            person = get(op.session, Person, person_id)
            person.epost = person.epost or clean_optional(row.person.epost)
            person.organisasjon_id = person.organisasjon_id or organisation
            give_verv(
                archive,
                utvalg_id=utvalg_id,
                person_id=person_id,
                organisasjon_id=organisation or person.organisasjon_id,
                funksjon=funksjon,
                fra=fra,
            )
    return op.changes


def _made(archive: Archive, name: str, made: dict[str, str]) -> str | None:
    if not name:
        return None
    key = name_key(name)
    if key not in made:
        made[key] = create_organisasjon(archive, navn=name).id
    return made[key]


def _new_person(archive: Archive, person: PastedPerson, organisation: str | None) -> str:
    return create_person(
        archive,
        fornavn=person.fornavn,
        etternavn=person.etternavn,
        epost=person.epost,
        telefon=person.telefon,
        organisasjon_id=organisation,
    ).id
