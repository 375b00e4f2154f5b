"""The saker and meetings that a number in a search names."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Moete, Sak, Utvalg
from desktop.services.provisional import provisional_numbers
from desktop.services.search_filters import Conditions
from desktop.services.search_kinds import HitKind
from desktop.services.search_language import FilterName, Number, Query
from desktop.storage.search_match import Found

_MOST_OF_ANY_YEAR: Final = 8
_MOETE: Final = "moete"


def numbered(session: Session, query: Query, filters: Conditions) -> list[Found]:
    """Return the saker, then the meetings, that the number of a search names.

    Of the filters, utvalg and kind count; with any other the number is text alone.
    """
    number = query.number
    others = {one.name for one in query.filters} - {FilterName.UTVALG, FilterName.TYPE}
    if number is None or others or any(not one.values for one in filters.conditions):
        return []
    kinds = filters.kinds or {HitKind.SAK, HitKind.MOETE}
    found: list[Found] = []
    if number.sak and HitKind.SAK in kinds:
        found += _saker(session, number, filters.bodies)
    if number.moete and HitKind.MOETE in kinds:
        found += _meetings(session, number, filters.bodies)
    return found


def _bodies(session: Session, wanted: frozenset[str] | None) -> list[str]:
    every = session.scalars(select(Utvalg.id).order_by(Utvalg.rekkefoelge)).all()
    return [key for key in every if wanted is None or key in wanted]


def _saker(session: Session, number: Number, wanted: frozenset[str] | None) -> list[Found]:
    bodies = _bodies(session, wanted)
    statement = (
        select(Sak.id)
        .join(Utvalg, Utvalg.id == Sak.utvalg_id)
        .where(Sak.moetesakssekvensnummer == number.number, Sak.utvalg_id.in_(bodies))
    )
    if number.year is None:
        newest = statement.order_by(Sak.moetesaksaar.desc(), Utvalg.rekkefoelge)
        keys = list(session.scalars(newest.limit(_MOST_OF_ANY_YEAR)))
    else:
        fixed = statement.where(Sak.moetesaksaar == number.year).order_by(Utvalg.rekkefoelge)
        keys = list(session.scalars(fixed)) + _provisional(session, number, bodies, place=0)
    return [Found("sak", key, key, 0.0) for key in keys]


def _meetings(session: Session, number: Number, wanted: frozenset[str] | None) -> list[Found]:
    bodies = _bodies(session, wanted)
    fixed = select(Moete.id).where(
        Moete.nummer == number.number, Moete.aar == number.year, Moete.utvalg_id.in_(bodies)
    )
    keys = list(session.scalars(fixed)) + _provisional(session, number, bodies, place=1)
    return [Found(_MOETE, key, None, 0.0) for key in keys]


def _provisional(session: Session, number: Number, bodies: list[str], *, place: int) -> list[str]:
    """Return the saker (place 0) or meetings (1) that have the number provisionally."""
    if number.year is None:
        return []
    return [
        key
        for body in bodies
        for key, assigned in provisional_numbers(session, body, number.year)[place].items()
        if assigned.number == number.number and assigned.provisional
    ]
