"""Verbs for attendance."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from desktop.models import Moete, Oppmoete, OppmoeteSak, Person, Sak, Verv, new_key
from desktop.rules.entity_kinds import Oppmoeterolle
from desktop.rules.kinds import Oppmoetestatus
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
        Verv.utvalg_id == moete.utvalg_id,
        Verv.person_id == person_id,
        or_(Verv.fra.is_(None), Verv.fra <= day),
        or_(Verv.til.is_(None), Verv.til >= day),
    )
    if rolle in {Oppmoeterolle.MEDLEM, Oppmoeterolle.SEKRETARIAT}:
        seat = session.scalar(seats.order_by(Verv.rekkefoelge))
        if seat is not None:
            return seat
    return get(session, Person, person_id).organisasjon_id


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
