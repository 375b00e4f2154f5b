"""The running order against the clock (design §3 "One clock, one series")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from desktop.rules.clock import minutes_of
from desktop.rules.entity_kinds import Postslag
from desktop.rules.kontroll.papers import AgendaRow, Day, Papers
from desktop.rules.kontroll.types import Hit, Place, PlaceKind

LONGEST_SITTING = 180
"""Minutes without a pause."""


def day_overrun(papers: Papers) -> Iterator[Hit]:
    """Find days whose running order goes past their planned end."""
    for day in _ahead(papers):
        if day.overrun:
            place = Place(PlaceKind.MOETEDAG, row_id=day.key)
            yield Hit(place, {"minutter": day.overrun, "slutt": day.til, "dato": day.dato})


def row_overrun(papers: Papers) -> Iterator[Hit]:
    """Find rows with a fixed time that the rows before them run past."""
    for row in _rows(papers):
        if row.overrun:
            yield Hit(_place(row), {"post": row.title, "minutter": row.overrun, "tid": row.start})


def gap(papers: Papers) -> Iterator[Hit]:
    """Find idle minutes before a row with a fixed time."""
    for row in _rows(papers):
        if row.gap:
            yield Hit(_place(row), {"post": row.title, "minutter": row.gap, "tid": row.start})


def long_sitting(papers: Papers) -> Iterator[Hit]:
    """Find more than three hours on end without a pause; idle time before a row is one."""
    for day in _ahead(papers):
        sitting: AgendaRow | None = None
        for row in day.rows:
            if row.start is None or row.end is None:
                continue
            if row.slag is Postslag.PAUSE:
                sitting = None
                continue
            if sitting is None or row.gap or sitting.start is None:
                sitting = row
            if _minutes(sitting.start, row.end) > LONGEST_SITTING:
                yield Hit(_place(row), {"fra": sitting.start, "til": row.end, "dato": day.dato})
                break


def _minutes(start: dt.time | None, end: dt.time) -> int:
    return 0 if start is None else minutes_of(end) - minutes_of(start)


def _ahead(papers: Papers) -> tuple[Day, ...]:
    return () if papers.held else papers.days


def _rows(papers: Papers) -> Iterator[AgendaRow]:
    for day in _ahead(papers):
        yield from day.rows


def _place(row: AgendaRow) -> Place:
    return Place(PlaceKind.POST, row.sak_id, row.key)
