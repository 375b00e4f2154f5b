"""Verbs for attendance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from desktop.models import Moete, Oppmoete, OppmoeteSak, Person, Sak, Verv, new_key
from desktop.rules.entity_kinds import Oppmoeterolle
from desktop.rules.kinds import Oppmoetestatus
from desktop.rules.rank import rank_between
from desktop.services.access import (
    days_of,
    get,
    label_of_moete,
    rank_after_last,
    require_not_approved,
)
from desktop.services.errors import ServiceError
from desktop.services.verbs import Created, operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet

_PRESENT = frozenset({Oppmoetestatus.TIL_STEDE, Oppmoetestatus.DIGITALT})
_BY_SEAT = frozenset({Oppmoeterolle.MEDLEM, Oppmoeterolle.SEKRETARIAT})


@dataclass(frozen=True, slots=True)
class Oppmoetelinje:
    """What is said of one of several persons; the saker a guest is there for stay as they are.

    Attributes:
        rekkefoelge: the place in the order; None keeps the one there is, else comes last.
    """

    person_id: str
    rolle: Oppmoeterolle
    status: Oppmoetestatus | None
    organisasjon_id: str | None = None
    for_id: str | None = None
    fra_sak_id: str | None = None
    til_sak_id: str | None = None
    rekkefoelge: str | None = None


def set_oppmoete(
    archive: Archive,
    *,
    moete_id: str,
    person_id: str,
    rolle: Oppmoeterolle = Oppmoeterolle.MEDLEM,
    status: Oppmoetestatus | None = Oppmoetestatus.TIL_STEDE,
    organisasjon_id: str | None = None,
    for_id: str | None = None,
    fra_sak_id: str | None = None,
    til_sak_id: str | None = None,
    saker: Sequence[str] = (),
) -> Created:
    """Say how a person attends a meeting; a second call replaces what the first one said.

    Args:
        archive: the archive to change.
        moete_id: the meeting.
        person_id: the person.
        rolle: as what the person takes part.
        status: present, digitally, absent; None while it is not known.
        organisasjon_id: the organisation attended for; if not given, that of the person's seat in
            the utvalg on the day, for a member or the secretariat, else the person's own.
        for_id: the member a stedfortreder stands in for.
        fra_sak_id: the first sak the person was there for, if not from the start.
        til_sak_id: the last one, if not to the end.
        saker: the saker a guest is there for.

    Raises:
        ServiceError: `stedfortreder_uten_medlem`, `stedfortreder_for_seg_selv`,
            `medlemmet_er_til_stede`, `medlemmet_har_stedfortreder`, `sak_i_annet_moete` or
            `referat_er_godkjent`.
    """
    with operation(archive, "set_oppmoete") as op:
        moete = get(op.session, Moete, moete_id)
        op.describe(moete=label_of_moete(moete))
        require_not_approved(op.session, moete_id)
        _check_substitute(op.session, moete_id, person_id, rolle, for_id)
        if status in _PRESENT:
            _check_not_substituted(op.session, moete_id, person_id)
        wanted = [*saker, *(key for key in (fra_sak_id, til_sak_id) if key)]
        _check_saker(op.session, moete_id, wanted)
        row = _row(op.session, moete_id, person_id)
        row.rolle = rolle
        row.status = status
        row.organisasjon_id = organisasjon_id or _organisation(op.session, moete, person_id, rolle)
        row.for_id = for_id
        row.fra_sak_id, row.til_sak_id = fra_sak_id, til_sak_id
        op.session.add(row)
        op.session.flush()
        _set_saker(op.session, row.id, saker)
    return Created(row.id)


def _organisation(
    session: Session, moete: Moete, person_id: str, rolle: Oppmoeterolle
) -> str | None:
    """Return whom a person attends for when nobody has said so."""
    day = days_of(session, moete.id)[0].dato
    seats = select(Verv.organisasjon_id).where(
        Verv.person_id == person_id, *_seated_on(moete.utvalg_id, day)
    )
    if rolle in _BY_SEAT:
        seat = session.scalar(seats.order_by(Verv.rekkefoelge))
        if seat is not None:
            return seat
    return get(session, Person, person_id).organisasjon_id


def _seated_on(utvalg_id: str, day: dt.date) -> tuple[ColumnElement[bool], ...]:
    return (
        Verv.utvalg_id == utvalg_id,
        or_(Verv.fra.is_(None), Verv.fra <= day),
        or_(Verv.til.is_(None), Verv.til >= day),
    )


def _check_not_substituted(session: Session, moete_id: str, person_id: str) -> None:
    substitute = session.scalar(
        select(Oppmoete).where(
            Oppmoete.moete_id == moete_id,
            Oppmoete.for_id == person_id,
            Oppmoete.status.in_(_PRESENT),
        )
    )
    if substitute is not None:
        raise ServiceError(
            "medlemmet_har_stedfortreder",
            navn=get(session, Person, person_id).navn,
            stedfortreder=get(session, Person, substitute.person_id).navn,
        )


def _check_substitute(
    session: Session, moete_id: str, person_id: str, rolle: Oppmoeterolle, for_id: str | None
) -> None:
    if (rolle is Oppmoeterolle.STEDFORTREDER) != (for_id is not None):
        raise ServiceError("stedfortreder_uten_medlem")
    if for_id is None:
        return
    if for_id == person_id:
        raise ServiceError("stedfortreder_for_seg_selv")
    member = session.scalar(
        select(Oppmoete).where(Oppmoete.moete_id == moete_id, Oppmoete.person_id == for_id)
    )
    if member is not None and member.status in _PRESENT:
        raise ServiceError("medlemmet_er_til_stede", navn=get(session, Person, for_id).navn)


def _check_saker(session: Session, moete_id: str, saker: Sequence[str]) -> None:
    for sak_id in saker:
        if get(session, Sak, sak_id).moete_id != moete_id:
            raise ServiceError("sak_i_annet_moete", tittel=get(session, Sak, sak_id).tittel)


def _row(session: Session, moete_id: str, person_id: str) -> Oppmoete:
    found = session.scalar(
        select(Oppmoete).where(Oppmoete.moete_id == moete_id, Oppmoete.person_id == person_id)
    )
    return found or Oppmoete(
        id=new_key(),
        moete_id=moete_id,
        person_id=person_id,
        rekkefoelge=rank_after_last(session, Oppmoete.rekkefoelge, Oppmoete.moete_id == moete_id),
    )


def _set_saker(session: Session, oppmoete_id: str, saker: Sequence[str]) -> None:
    held = set(
        session.scalars(select(OppmoeteSak.sak_id).where(OppmoeteSak.oppmoete_id == oppmoete_id))
    )
    gone = held - set(saker)
    if gone:
        session.execute(
            delete(OppmoeteSak).where(
                OppmoeteSak.oppmoete_id == oppmoete_id, OppmoeteSak.sak_id.in_(gone)
            )
        )
    session.add_all(
        OppmoeteSak(oppmoete_id=oppmoete_id, sak_id=key)
        for key in dict.fromkeys(saker)
        if key not in held
    )


def set_many_oppmoeter(
    archive: Archive, *, moete_id: str, lines: Sequence[Oppmoetelinje]
) -> ChangeSet:
    """Say how several persons attend a meeting, one after the other as `set_oppmoete` does.

    The statements are as many for a hundred persons as for one.

    Raises:
        ServiceError: as `set_oppmoete`.
    """
    with operation(archive, "set_oppmoete") as op:
        moete = get(op.session, Moete, moete_id)
        op.describe(moete=label_of_moete(moete))
        require_not_approved(op.session, moete_id)
        statement = select(Oppmoete).where(Oppmoete.moete_id == moete_id)
        held = {row.person_id: row for row in op.session.scalars(statement)}
        _check_each(op.session, held, lines)
        wanted = {key for line in lines for key in (line.fra_sak_id, line.til_sak_id) if key}
        _check_saker(op.session, moete_id, sorted(wanted))
        bodies = _organisations(
            op.session, moete, [one for one in lines if not one.organisasjon_id]
        )
        last = max((row.rekkefoelge for row in held.values()), default=None)
        for line in lines:
            row = held.get(line.person_id)
            if row is None:
                rank = line.rekkefoelge or rank_between(last, None)
                row = Oppmoete(
                    id=new_key(), moete_id=moete_id, person_id=line.person_id, rekkefoelge=rank
                )
                held[line.person_id] = row
                op.session.add(row)
            _fill(row, line, line.organisasjon_id or bodies.get(line.person_id))
            last = max(last or "", row.rekkefoelge)
    return op.changes


def _fill(row: Oppmoete, line: Oppmoetelinje, organisasjon_id: str | None) -> None:
    row.rolle = line.rolle
    row.status = line.status
    row.organisasjon_id = organisasjon_id
    row.for_id = line.for_id
    row.fra_sak_id, row.til_sak_id = line.fra_sak_id, line.til_sak_id
    row.rekkefoelge = line.rekkefoelge or row.rekkefoelge


def _check_each(
    session: Session, held: Mapping[str, Oppmoete], lines: Iterable[Oppmoetelinje]
) -> None:
    """Check the substitutes as if the lines were said one after the other."""
    present = {key for key, row in held.items() if row.status in _PRESENT}
    stand_ins = {row.person_id: row.for_id for row in held.values() if row.for_id}
    for line in lines:
        if (line.rolle is Oppmoeterolle.STEDFORTREDER) != (line.for_id is not None):
            raise ServiceError("stedfortreder_uten_medlem")
        if line.for_id == line.person_id:
            raise ServiceError("stedfortreder_for_seg_selv")
        if line.for_id in present:
            name = get(session, Person, line.for_id).navn
            raise ServiceError("medlemmet_er_til_stede", navn=name)
        present.discard(line.person_id)
        stand_ins.pop(line.person_id, None)
        if line.status in _PRESENT:
            _check_nobody_for(session, line.person_id, present, stand_ins)
            present.add(line.person_id)
        if line.for_id:
            stand_ins[line.person_id] = line.for_id


def _check_nobody_for(
    session: Session, person_id: str, present: Collection[str], stand_ins: Mapping[str, str]
) -> None:
    for substitute, member in stand_ins.items():
        if member == person_id and substitute in present:
            raise ServiceError(
                "medlemmet_har_stedfortreder",
                navn=get(session, Person, person_id).navn,
                stedfortreder=get(session, Person, substitute).navn,
            )


def _organisations(
    session: Session, moete: Moete, lines: Sequence[Oppmoetelinje]
) -> dict[str, str | None]:
    """Return whom persons attend for when nobody has said so, as `_organisation` does for one."""
    if not lines:
        return {}
    keys = [line.person_id for line in lines]
    own = select(Person.id, Person.organisasjon_id).where(Person.id.in_(keys))
    found: dict[str, str | None] = dict(iter(session.execute(own)))
    day = days_of(session, moete.id)[0].dato
    seats = select(Verv.person_id, Verv.organisasjon_id).where(
        Verv.person_id.in_([line.person_id for line in lines if line.rolle in _BY_SEAT]),
        *_seated_on(moete.utvalg_id, day),
    )
    first: dict[str, str | None] = {}
    for key, body in session.execute(seats.order_by(Verv.rekkefoelge)):
        first.setdefault(key, body)
    return found | {key: body for key, body in first.items() if body is not None}


def remove_oppmoete(archive: Archive, *, moete_id: str, person_id: str) -> ChangeSet:
    """Say nothing about a person's attendance any more.

    Raises:
        ServiceError: `referat_er_godkjent`.
    """
    with operation(archive, "remove_oppmoete") as op:
        op.describe(moete=label_of_moete(get(op.session, Moete, moete_id)))
        require_not_approved(op.session, moete_id)
        row = op.session.scalar(
            select(Oppmoete).where(Oppmoete.moete_id == moete_id, Oppmoete.person_id == person_id)
        )
        if row is not None:
            op.session.delete(row)
    return op.changes
