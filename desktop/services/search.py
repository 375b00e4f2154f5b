"""Search: saker, toppnotater, referater, innspill, vedtak, people, organisations and vedlegg."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final, cast

from sqlalchemy.orm import Session

from desktop.services.search_filters import Conditions, Hint, read_filters
from desktop.services.search_hits import Hit, load_hits
from desktop.services.search_kinds import KIND_OF_TABLE, ONE_PER_SAK, HitKind
from desktop.services.search_language import Filter, FilterName, Query, read_query
from desktop.services.search_numbers import numbered
from desktop.storage.search_index import is_damage
from desktop.storage.search_match import Condition, Found, Matcher
from desktop.storage.search_schema import has_index, is_complete

__all__ = ["Filter", "FilterName", "Hint", "Hit", "HitKind", "SearchResult", "search"]

LIMIT: Final = 20
_MOST_INNSPILL: Final = 3
_MOST_LISTED: Final = 400


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found, the best first.

    `total` is how many hits there are; None where there are more than were counted. `filters` are
    those that were understood. `hints` are codes: `ukjent_utvalg`, `ukjent_aar`, `ukjent_type` and
    `ukjent_eier` with the value; `ufullstendig` (the index is not complete), `uten_register` (there
    is none) and `avbrutt` (time ran out: there may be better hits).
    """

    hits: tuple[Hit, ...] = ()
    total: int | None = 0
    filters: tuple[Filter, ...] = ()
    hints: tuple[Hint, ...] = ()


def search(
    session: Session,
    text: str,
    *,
    limit: int = LIMIT,
    milliseconds: float | None = None,
    finished: bool = False,
) -> SearchResult:
    """Return what a text finds, whatever it is.

    Args:
        session: a session that reads.
        text: what was typed; see `search_language`.
        limit: how many hits at most.
        milliseconds: how long the index may be asked; None for as long as it takes.
        finished: whether the last word is whole, so that its beginning is not enough.
    """
    begun = perf_counter()
    query = read_query(text, finished=finished)
    driver = driver_of(session)
    if not query or limit <= 0:
        return SearchResult()
    if not has_index(driver):
        return SearchResult(hints=(Hint("uten_register"),))
    filters = read_filters(driver, query)
    first = numbered(session, query, filters)
    left = None if milliseconds is None else milliseconds - 1000 * (perf_counter() - begun)
    try:
        conditions = _conditions(query, filters)
        matched = Matcher(driver, left).match(query.sought, conditions, _MOST_LISTED)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        hits = load_hits(session, first[:limit], query.sought)
        return SearchResult(tuple(hits), None, hints=(Hint("uten_register"),))
    known = {found.key for found in first}
    rest = _grouped([found for found in matched.found if found.key not in known])
    hits = load_hits(session, [*first, *rest][:limit], query.sought)
    uncounted = matched.bounded or matched.interrupted
    hints = [*filters.hints]
    if matched.interrupted:
        hints.append(Hint("avbrutt"))
    if not is_complete(driver):
        hints.append(Hint("ufullstendig"))
    total = None if uncounted else len(first) + len(rest)
    return SearchResult(tuple(hits), total, filters.understood, tuple(hints))


def driver_of(session: Session) -> sqlite3.Connection:
    """Return SQLite's own connection below a session."""
    found: Any = session.connection().connection.driver_connection
    return cast("sqlite3.Connection", found)


def _conditions(query: Query, filters: Conditions) -> tuple[Condition, ...]:
    """Return the conditions; filters without words list saker, unless they name another kind."""
    if query.sought or filters.kinds:
        return filters.conditions
    return (*filters.conditions, Condition("+d.tabell = 'sak'"))


def _grouped(found: list[Found]) -> list[Found]:
    """Return what is shown: one hit for a document of several rows, and not all of one debate."""
    kept: list[Found] = []
    counts: dict[tuple[HitKind, str], int] = {}
    for one in found:
        kind = KIND_OF_TABLE[one.table]
        place = (kind, one.sak_id or one.key)
        counts[place] = counts.get(place, 0) + 1
        most = 1 if kind in ONE_PER_SAK else _MOST_INNSPILL if kind is HitKind.INNSPILL else None
        if most is None or counts[place] <= most:
            kept.append(one)
    return kept
