"""What the page of members shows: seats, persons and organisations."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from desktop.i18n.sorting import sort_key
from desktop.models import Organisasjon, Organisasjonsnavn, Person, Utvalg, Verv
from desktop.rules.kinds import Funksjon
from desktop.services.load import load_organisation_names
from desktop.services.rows import NavnRow, full_name
from desktop.services.snapshot import OrganisationNames


class SeatRow(NamedTuple):
    """A person's seat in an utvalg. `vara_for` is the name of the one a substitute stands for."""

    id: str
    utvalg_id: str
    person_id: str
    navn: str
    epost: str
    organisasjon_id: str | None
    organisasjon: str
    funksjon: Funksjon
    fra: dt.date | None
    til: dt.date | None
    vara_for_id: str | None
    vara_for: str

    def is_over(self, today: dt.date) -> bool:
        """Tell whether the seat has ended."""
        return self.til is not None and self.til < today


class PersonRow(NamedTuple):
    """A person; `verv` are the short names of the utvalg where the person has a seat today."""

    id: str
    fornavn: str
    etternavn: str
    epost: str | None
    telefon: str | None
    organisasjon_id: str | None
    organisasjon: str
    verv: str

    @property
    def navn(self) -> str:
        """Given name, family name."""
        return full_name(self.fornavn, self.etternavn)


class OrganisationRow(NamedTuple):
    """An organisation by the name it has today, with every name it has had."""

    id: str
    navn: str
    kortnavn: str
    navnene: tuple[NavnRow, ...]
    personer: int


def _today() -> dt.date:
    return dt.date.today()  # noqa: DTZ011


def load_seats(session: Session, utvalg_id: str) -> list[SeatRow]:
    """Return the seats of an utvalg in order, those that have ended too."""
    stood_for, member = aliased(Verv), aliased(Person)
    found = session.execute(
        select(
            Verv,
            Person.fornavn,
            Person.etternavn,
            Person.epost,
            member.fornavn.label("medlem_fornavn"),
            member.etternavn.label("medlem_etternavn"),
        )
        .join(Person, Person.id == Verv.person_id)
        .outerjoin(stood_for, stood_for.id == Verv.vara_for_id)
        .outerjoin(member, member.id == stood_for.person_id)
        .where(Verv.utvalg_id == utvalg_id)
        .order_by(Verv.rekkefoelge, Verv.id)
    )
    names = OrganisationNames(load_organisation_names(session))
    today = _today()
    return [
        SeatRow(
            id=row.Verv.id,
            utvalg_id=utvalg_id,
            person_id=row.Verv.person_id,
            navn=full_name(row.fornavn, row.etternavn),
            epost=row.epost or "",
            organisasjon_id=row.Verv.organisasjon_id,
            organisasjon=names.at(row.Verv.organisasjon_id, min(row.Verv.til or today, today)),
            funksjon=row.Verv.funksjon,
            fra=row.Verv.fra,
            til=row.Verv.til,
            vara_for_id=row.Verv.vara_for_id,
            vara_for=full_name(row.medlem_fornavn, row.medlem_etternavn),
        )
        for row in found
    ]


def load_people(session: Session) -> list[PersonRow]:
    """Return every person, by family name."""
    names = OrganisationNames(load_organisation_names(session))
    today = _today()
    seats: dict[str, list[str]] = {}
    held = session.execute(
        select(Verv.person_id, Utvalg.kortnavn, Verv.fra, Verv.til)
        .join(Utvalg, Utvalg.id == Verv.utvalg_id)
        .order_by(Utvalg.rekkefoelge)
    )
    for person_id, body, fra, til in held:
        named = seats.setdefault(person_id, [])
        if (fra is None or fra <= today) and (til is None or til >= today) and body not in named:
            named.append(body)
    rows = [
        PersonRow(
            person.id,
            person.fornavn,
            person.etternavn,
            person.epost,
            person.telefon,
            person.organisasjon_id,
            names.at(person.organisasjon_id, today),
            ", ".join(seats.get(person.id, [])),
        )
        for person in session.scalars(select(Person))
    ]
    return sorted(rows, key=lambda row: (sort_key(row.etternavn), sort_key(row.fornavn)))


def load_organisations(session: Session) -> list[OrganisationRow]:
    """Return every organisation, by the name it has today."""
    rows = load_organisation_names(session)
    names = OrganisationNames(rows)
    by_key: dict[str, list[NavnRow]] = {}
    for row in rows:
        by_key.setdefault(row.organisasjon_id, []).append(row)
    counted = select(Person.organisasjon_id, func.count()).group_by(Person.organisasjon_id)
    people = {key: count for key, count in session.execute(counted) if key}
    today = _today()
    found = [
        OrganisationRow(
            key,
            names.at(key, today),
            names.at(key, today, short=True),
            tuple(sorted(by_key.get(key, ()), key=lambda name: name.fra or dt.date.min)),
            people.get(key, 0),
        )
        for key in session.scalars(select(Organisasjon.id))
    ]
    return sorted(found, key=lambda row: sort_key(row.navn))


def person_choices(session: Session) -> list[tuple[str, str]]:
    """Return (key, name) of every person, with the organisation where two share a name."""
    people = load_people(session)
    names = [person.navn for person in people]
    return [
        (
            person.id,
            f"{person.navn} ({person.organisasjon or person.epost or len(names)})"
            if names.count(person.navn) > 1
            else person.navn,
        )
        for person in people
    ]


def organisation_choices(session: Session) -> list[tuple[str, str]]:
    """Return (key, name of today) of every organisation."""
    rows = load_organisations(session)
    names = [row.navn for row in rows]
    return [(row.id, _told_apart(row) if names.count(row.navn) > 1 else row.navn) for row in rows]


def _told_apart(row: OrganisationRow) -> str:
    others = [name.navn for name in row.navnene if name.navn != row.navn]
    more = others[0] if others else row.kortnavn if row.kortnavn != row.navn else ""
    return f"{row.navn} ({more})" if more else row.navn


def member_seats(session: Session, utvalg_id: str) -> list[tuple[str, str]]:
    """Return (key, name) of the seats of an utvalg that somebody can be substitute for."""
    return [
        (seat.id, seat.navn)
        for seat in load_seats(session, utvalg_id)
        if seat.funksjon in {Funksjon.LEDER, Funksjon.MEDLEM, Funksjon.OBSERVATOER}
    ]


def name_key(text: str) -> str:
    """Return what two spellings of one name share."""
    return " ".join(text.casefold().split())


def same_person(
    session: Session, fornavn: str, etternavn: str, epost: str | None, own_id: str | None
) -> str:
    """Return the name of somebody else who seems to be the same person; "" for nobody.

    That is who has the same address, or the same name without an address that tells them apart.
    """
    address, name = name_key(epost or ""), name_key(full_name(fornavn, etternavn))
    for person in session.scalars(select(Person).where(Person.id != (own_id or ""))):
        theirs = name_key(person.epost or "")
        same_name = name_key(person.navn) == name
        if (address and theirs == address) or (same_name and not (address and theirs)):
            return person.navn
    return ""


def known_organisations(session: Session) -> dict[str, str]:
    """Return the keys of organisations by every name and short name they have or had."""
    names = session.scalars(select(Organisasjonsnavn).order_by(Organisasjonsnavn.fra)).all()
    found: dict[str, str] = {}
    for row in names:
        for name in (row.kortnavn, row.navn):
            if name:
                found[name_key(name)] = row.organisasjon_id
    return found
