"""The filters of a search as conditions of the database, and what to say of those that fit nothing.

A value fits what it is a part of, so that a filter narrows while it is typed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from desktop.i18n.catalogue import words as catalogue
from desktop.i18n.terms import SAKSTYPER
from desktop.services.search_kinds import KIND_NAMES, KIND_OF_TABLE, HitKind
from desktop.services.search_language import Filter, FilterName, Query, read_years
from desktop.storage.search_match import Condition
from desktop.storage.search_schema import YEAR_SHIFT
from desktop.storage.search_words import words

_NOTHING: Final = Condition("0")
_OF_ENTERED: Final = (
    "(+d.tabell = 'vedtak' AND d.noekkel IN (SELECT id FROM vedtak WHERE sak_id IS NULL AND {}))"
)
_OF_COMMITMENTS: Final = (
    "(+d.tabell = 'oppfoelging' AND d.noekkel IN (SELECT id FROM oppfoelging WHERE {where})"
    " OR +d.tabell = 'oppfoelginglogg' AND d.noekkel IN (SELECT l.id FROM oppfoelginglogg l"
    " JOIN oppfoelging o ON o.id = l.oppfoelging_id WHERE o.{where}))"
)


class Hint(NamedTuple):
    """Something to say about a search: a code and the value it is about."""

    code: str
    value: str = ""


class Conditions(NamedTuple):
    """The filters of a search as the database takes them, and as they were understood."""

    conditions: tuple[Condition, ...]
    understood: tuple[Filter, ...]
    hints: tuple[Hint, ...]
    bodies: frozenset[str] | None
    kinds: frozenset[HitKind] | None


def read_filters(driver: sqlite3.Connection, query: Query) -> Conditions:
    """Return the conditions of the filters; one that fits nothing lets nothing through."""
    found: list[Condition] = []
    understood: list[Filter] = []
    hints: list[Hint] = []
    bodies: frozenset[str] | None = None
    kinds: frozenset[HitKind] | None = None
    for one in query.filters:
        match one.name:
            case FilterName.UTVALG:
                bodies = frozenset(_bodies(driver, one.value))
                condition = _of_bodies(bodies)
            case FilterName.AAR:
                condition = _of_years(one.value)
            case FilterName.TYPE:
                condition, kinds = _of_type(one.value)
            case FilterName.EIER:
                condition = _of_owner(driver, one.value)
        if condition is None:
            hints.append(Hint(f"ukjent_{_CODES[one.name]}", one.value))
        else:
            understood.append(one)
        found.append(condition or _NOTHING)
    return Conditions(tuple(found), tuple(understood), tuple(hints), bodies, kinds)


_CODES: Final = {
    FilterName.UTVALG: "utvalg",
    FilterName.AAR: "aar",
    FilterName.TYPE: "type",
    FilterName.EIER: "eier",
}


def _fits(value: Sequence[str], *names: str | None) -> bool:
    """Return whether each word of a value begins, or is within, a word of one of the names."""
    for name in names:
        inside = words(name or "")
        if all(any(part in word for word in inside) for part in value):
            return True
    return False


def _bodies(driver: sqlite3.Connection, value: str) -> list[str]:
    wanted = words(value)
    return [
        key
        for key, *names in driver.execute("SELECT id, navn, kortnavn, bestemt FROM utvalg")
        if _fits(wanted, *names)
    ]


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _of_bodies(keys: frozenset[str]) -> Condition | None:
    if not keys:
        return None
    inside = f"utvalg_id IN ({_marks(keys)})"
    commitments = _OF_COMMITMENTS.format(where=inside)
    sql = f"s.{inside} OR {_OF_ENTERED.format(inside)} OR {commitments}"
    return Condition(sql, (*keys,) * 4)


def _of_years(value: str) -> Condition | None:
    years = read_years(value)
    if years is None:
        return None
    first, last = (year << YEAR_SHIFT for year in (years[0], years[1] + 1))
    return Condition("{id} BETWEEN ? AND ?", (first, last - 1))


def _of_type(value: str) -> tuple[Condition | None, frozenset[HitKind] | None]:
    """Return the condition of a kind of hit, as «vedtak», or of a sakstype, as «beslutning»."""
    wanted = words(value)
    kinds = frozenset(kind for kind, name in KIND_NAMES.items() if _begins(wanted, name))
    if kinds:
        tables = [table for table, kind in KIND_OF_TABLE.items() if kind in kinds]
        return Condition(f"+d.tabell IN ({_marks(tables)})", tuple(tables)), kinds
    types = [
        str(kind)
        for kind, name in SAKSTYPER.items()
        if _begins(wanted, name) or _begins(wanted, catalogue("nn")(name))
    ]
    if not types:
        return None, None
    inside = f"sakstype IN ({_marks(types)})"
    sql = f"s.{inside} OR {_OF_ENTERED.format(inside)}"
    return Condition(sql, (*types, *types)), None


def _begins(wanted: Sequence[str], name: str) -> bool:
    return bool(wanted) and words(name)[0].startswith(wanted[0])


def _of_owner(driver: sqlite3.Connection, value: str) -> Condition | None:
    wanted = words(value)
    bodies = {
        key
        for key, *names in driver.execute(
            "SELECT organisasjon_id, navn, kortnavn FROM organisasjonsnavn"
        )
        if _fits(wanted, *names)
    }
    people = {
        key
        for key, given, family in driver.execute("SELECT id, fornavn, etternavn FROM person")
        if _fits(wanted, f"{given} {family}")
    }
    if not bodies and not people:
        return None
    values = (*bodies, *people)
    owned = f"organisasjon_id IN ({_marks(bodies)}) OR person_id IN ({_marks(people)})"
    held = f"eier_organisasjon_id IN ({_marks(bodies)}) OR eier_person_id IN ({_marks(people)})"
    sql = (
        "+{id} IN (SELECT e.id FROM soek_dok e WHERE e.sak_id IN"  # noqa: S608
        f" (SELECT sak_id FROM saksrolle WHERE rolle = 'sakseier' AND ({owned}))"
        " AND e.tabell NOT IN ('oppfoelging', 'oppfoelginglogg')"
        " UNION SELECT e.id FROM soek_dok e WHERE e.tabell = 'oppfoelging'"
        f" AND e.noekkel IN (SELECT id FROM oppfoelging WHERE {held})"
        " UNION SELECT e.id FROM soek_dok e WHERE e.tabell = 'oppfoelginglogg'"
        " AND e.noekkel IN (SELECT l.id FROM oppfoelginglogg l JOIN oppfoelging o"
        f" ON o.id = l.oppfoelging_id WHERE {held}))"
    )
    return Condition(sql, (*values,) * 3)
