"""What the page of meetings reads: the meetings of a year, and the head of one."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Moete, Moetedag, Referat, Utvalg
from desktop.rules.kinds import Moeteform
from desktop.rules.numbering import AssignedNumber, assign_meeting_numbers, format_meeting_number
from desktop.rules.states import Kind, MoeteTilstand, ReferatTilstand, next_states
from desktop.services.errors import ServiceError
from desktop.services.load_agenda import columns_of, load_agenda_rows, load_placed
from desktop.services.numbers import series_of
from desktop.services.rows import DagRow, PlassertRow
from desktop.services.snapshot import (
    OUT_OF_AGENDA,
    MoeteSnapshot,
    meeting_series,
    placed_meetings,
)

_OVER = frozenset({MoeteTilstand.AVSLUTTET, MoeteTilstand.AVLYST})


class UtvalgChoice(NamedTuple):
    """An utvalg to choose."""

    id: str
    navn: str
    kortnavn: str


class MoeteListRow(NamedTuple):
    """A meeting in a list. `nummer` is "4/2023", or "" for one cancelled before it had any."""

    id: str
    aar: int
    nummer: str
    foreloepig: bool
    dager: tuple[DagRow, ...]
    form: Moeteform
    sted: str | None
    tilstand: MoeteTilstand
    antall_saker: int


class MoeteHead(NamedTuple):
    """What stands above the tabs of a meeting, and what may be done with it.

    `steps` are the states that the rules let it step to; `kan_endres` tells whether its days, place
    and people may still be changed.
    """

    id: str
    utvalg_id: str
    utvalg: str
    nummer: str
    foreloepig: bool
    innkalt: bool
    dager: tuple[DagRow, ...]
    form: Moeteform
    sted: str | None
    digital_lenke: str | None
    moeteleder_id: str | None
    referent_id: str | None
    tilstand: MoeteTilstand
    steps: frozenset[str]
    kan_endres: bool


def utvalg_choices(session: Session) -> tuple[UtvalgChoice, ...]:
    """Return every utvalg in order."""
    found = session.execute(
        select(Utvalg.id, Utvalg.navn, Utvalg.kortnavn).order_by(Utvalg.rekkefoelge)
    )
    return tuple(UtvalgChoice(*row) for row in found)


def years_of(session: Session, utvalg_id: str) -> tuple[int, ...]:
    """Return the years in which an utvalg has meetings, the latest first."""
    years = select(Moete.aar).where(Moete.utvalg_id == utvalg_id).distinct()
    return tuple(sorted(session.scalars(years), reverse=True))


def moeter_of(session: Session, utvalg_id: str, aar: int) -> tuple[MoeteListRow, ...]:
    """Return the meetings of an utvalg in a year by first day, in three statements."""
    placed = load_placed(session, utvalg_id, aar)
    series = meeting_series(series_of(session, utvalg_id, aar), placed)
    numbers = assign_meeting_numbers(series, placed_meetings(placed))
    counts = _counts(placed)
    stored = session.execute(
        select(Moete.id, Moete.form, Moete.sted, Moete.tilstand, *columns_of(Moetedag, DagRow))
        .join(Moetedag, Moetedag.moete_id == Moete.id)
        .where(Moete.utvalg_id == utvalg_id, Moete.aar == aar)
        .order_by(Moetedag.dato, Moetedag.fra, Moete.id)
    ).all()
    days: defaultdict[str, list[DagRow]] = defaultdict(list)
    for key, _form, _sted, _tilstand, *dag in stored:
        days[key].append(DagRow(*dag))
    heads = {key: (form, sted, tilstand) for key, form, sted, tilstand, *_dag in stored}
    return tuple(
        MoeteListRow(
            id=key,
            aar=aar,
            nummer=_number_text(aar, numbers.get(key)),
            foreloepig=_is_provisional(numbers.get(key)),
            dager=tuple(days[key]),
            form=form,
            sted=sted,
            tilstand=tilstand,
            antall_saker=counts[key],
        )
        for key, (form, sted, tilstand) in heads.items()
    )


def _counts(placed: list[PlassertRow]) -> Counter[str]:
    """Return how many saker each meeting deals with; postponed and withdrawn ones aside."""
    return Counter(
        row.moete_id for row in placed if row.sak_id and row.saktilstand not in OUT_OF_AGENDA
    )


def _number_text(aar: int, assigned: AssignedNumber | None) -> str:
    return format_meeting_number(aar, assigned.number) if assigned else ""


def _is_provisional(assigned: AssignedNumber | None) -> bool:
    return assigned is not None and assigned.provisional


def moete_head(session: Session, moete_id: str) -> MoeteHead | None:
    """Return the head of a meeting, in five statements; None if there is no such meeting."""
    try:
        snapshot = MoeteSnapshot(load_agenda_rows(session, moete_id))
    except ServiceError:
        return None
    moete, utvalg = snapshot.rows.moete, snapshot.rows.utvalg
    referat = session.scalar(select(Referat.tilstand).where(Referat.moete_id == moete_id))
    return MoeteHead(
        id=moete.id,
        utvalg_id=utvalg.id,
        utvalg=utvalg.navn,
        nummer=snapshot.meeting_number(),
        foreloepig=_is_provisional(snapshot.number),
        innkalt=snapshot.frozen,
        dager=snapshot.rows.dager,
        form=moete.form,
        sted=moete.sted,
        digital_lenke=moete.digital_lenke,
        moeteleder_id=moete.moeteleder_id,
        referent_id=moete.referent_id,
        tilstand=moete.tilstand,
        steps=frozenset(next_states(Kind.MOETE, moete.tilstand)),
        kan_endres=moete.tilstand not in _OVER and referat is not ReferatTilstand.GODKJENT,
    )


def latest_utvalg(session: Session) -> str | None:
    """Return the utvalg that meets next or met last; None while there is no meeting."""
    return session.scalar(
        select(Moete.utvalg_id)
        .join(Moetedag, Moetedag.moete_id == Moete.id)
        .order_by(Moetedag.dato.desc())
        .limit(1)
    )


def busy_on(session: Session, utvalg_id: str, dato: dt.date, moete_id: str | None) -> bool:
    """Tell whether the utvalg has another meeting on a day, cancelled ones aside."""
    found = (
        select(Moetedag.id)
        .join(Moete, Moete.id == Moetedag.moete_id)
        .where(
            Moete.utvalg_id == utvalg_id,
            Moetedag.dato == dato,
            Moete.tilstand != MoeteTilstand.AVLYST,
            Moete.id != (moete_id or ""),
        )
    )
    return session.scalar(found.limit(1)) is not None
