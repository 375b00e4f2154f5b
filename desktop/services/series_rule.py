"""Where a series of numbers may start: never above a number that is fixed."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models import Moete, Sak
from desktop.services.errors import ServiceError


def lowest_fixed(session: Session, utvalg_id: str) -> tuple[dict[int, int], dict[int, int]]:
    """Return the lowest fixed sak number and meeting number of every year that has one."""
    saker = session.execute(
        select(Sak.moetesaksaar, func.min(Sak.moetesakssekvensnummer))
        .where(Sak.utvalg_id == utvalg_id, Sak.moetesakssekvensnummer.is_not(None))
        .group_by(Sak.moetesaksaar)
    )
    meetings = session.execute(
        select(Moete.aar, func.min(Moete.nummer))
        .where(Moete.utvalg_id == utvalg_id, Moete.nummer.is_not(None))
        .group_by(Moete.aar)
    )
    return (
        {year: number for year, number in saker if year is not None and number is not None},
        {year: number for year, number in meetings if number is not None},
    )


def require_series_below_fixed(
    session: Session, utvalg_id: str, aar: int, foerste_sak: int, foerste_moete: int
) -> None:
    """Refuse a series that starts above a number that is fixed in that year.

    Raises:
        ServiceError: `serie_etter_fast_sak` or `serie_etter_fast_moete`.
    """
    saker, meetings = lowest_fixed(session, utvalg_id)
    sak, moete = saker.get(aar), meetings.get(aar)
    if sak is not None and foerste_sak > sak:
        raise ServiceError("serie_etter_fast_sak", nummer=sak, aar=str(aar))
    if moete is not None and foerste_moete > moete:
        raise ServiceError("serie_etter_fast_moete", nummer=moete, aar=str(aar))
