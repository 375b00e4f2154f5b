"""Numbers that are provisional, without reading the year's fixed ones row by row.

The register shows a few saker of many years. The rules need the highest fixed number of a year and
what has none yet; everything else of the year is left unread.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.models import Moete, Sak
from desktop.rules.numbering import (
    AssignedNumber,
    SeriesState,
    assign_meeting_numbers,
    assign_sak_numbers,
)
from desktop.services.load_agenda import made, placed_statement
from desktop.services.numbers import series_of
from desktop.services.rows import PlassertRow
from desktop.services.snapshot import placed_meetings

Numbers = Mapping[str, AssignedNumber]


def provisional_numbers(session: Session, utvalg_id: str, aar: int) -> tuple[Numbers, Numbers]:
    """Return the numbers of the saker and of the meetings of a year that lack a fixed one, by key.

    They are those that `numbers.sak_numbers` and `numbers.meeting_numbers` give.
    """
    rows = _without_number(session, utvalg_id, aar)
    first = series_of(session, utvalg_id, aar)
    saker = select(func.max(Sak.moetesakssekvensnummer)).where(
        Sak.utvalg_id == utvalg_id, Sak.moetesaksaar == aar
    )
    meetings = select(func.max(Moete.nummer)).where(Moete.utvalg_id == utvalg_id, Moete.aar == aar)
    placed = placed_meetings(rows)
    return (
        assign_sak_numbers(_series(first.foerste_sak, session.scalar(saker)), placed),
        assign_meeting_numbers(_series(first.foerste_moete, session.scalar(meetings)), placed),
    )


def _series(first: int, highest: int | None) -> SeriesState:
    return SeriesState(first, frozenset() if highest is None else frozenset({highest}))


def _without_number(session: Session, utvalg_id: str, aar: int) -> list[PlassertRow]:
    unnumbered = or_(
        Moete.nummer.is_(None), Sak.id.is_not(None) & Sak.moetesakssekvensnummer.is_(None)
    )
    found = session.execute(placed_statement().where(unnumbered), {"utvalg": utvalg_id, "aar": aar})
    return made(PlassertRow, found)
