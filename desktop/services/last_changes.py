"""What was changed last, by whom, and what it was about. It is read by SQLite alone."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from desktop.services.operation_words import describe_operation
from desktop.storage.changes import OperationInfo, RowKey
from desktop.storage.log_reader import LogReader

if TYPE_CHECKING:
    from desktop.storage.archive import Archive

_READ: Final = 60
_ROWS: Final = 24
"""How many rows of an entry are asked what they are about: an import has tens of thousands."""

_MEMBERS: Final = frozenset({"organisasjon", "organisasjonsnavn", "person", "verv"})
_FOLLOW_UP: Final = frozenset(
    {"oppfoelging", "oppfoelging_sak", "oppfoelginglogg", "oppfoelgingsavslag"}
)
_SETTINGS: Final = frozenset({"arkiv", "fastpost", "frase", "nummerserie", "utvalg"})
_PARENTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aksjonspunkt": ("saksreferat",),
        "dagsordenpost": ("sak", "moetedag"),
        "innspill": ("saksreferat",),
        "kontrollunntak": ("moete",),
        "moetedag": ("moete",),
        "mottaker": ("utsendelse",),
        "oppfoelging_sak": ("oppfoelging",),
        "oppfoelginglogg": ("oppfoelging",),
        "oppmoete": ("moete",),
        "oppmoete_sak": ("oppmoete",),
        "referat": ("moete",),
        "sak": ("moete",),
        "saksreferat": ("sak",),
        "saksrolle": ("sak",),
        "tidligere_vedtak": ("toppnotat",),
        "toppnotat": ("sak",),
        "toppnotatseksjon": ("toppnotat",),
        "utsendelse": ("moete",),
        "utsendelsefil": ("utsendelse",),
        "vedlegg": ("sak",),
        "vedtak": ("sak",),
    }
)
"""What a row hangs on, by its table: the first one that it has. The column is `TABLE_id`."""

_ROOTS: Final = frozenset({"moete", "oppfoelging"})


class About(NamedTuple):
    """What a change was about, as far as it is still there.

    `sted` is "" for a sak or a meeting. "oppfoelging" and "vedtaksregister" are the two parts of a
    page, and `noekkel` the row there, if it is known; `hva` is what that row says, as it is now.
    """

    moete_id: str | None = None
    sak_id: str | None = None
    sted: str = ""
    noekkel: str | None = None
    hva: str = ""


class Change(NamedTuple):
    """Entries of the log that say the same: local time of the newest, who, and how many."""

    tid: dt.datetime
    av: str
    tekst: str
    antall: int
    om: About


def last_changes(driver: sqlite3.Connection, *, limit: int = 8) -> tuple[Change, ...]:
    """Return what was done last, the newest first; equal neighbours are counted as one."""
    log = LogReader(driver)
    groups = _grouped(islice(log.infos(), _READ))[:limit]
    touched = [_touched(log, group[0]) for group in groups]
    above = _above(driver, {row for rows in touched for row in rows})
    changes = [_change(group, rows, above) for group, rows in zip(groups, touched, strict=True)]
    names = _names(driver, [change.om for change in changes])
    return tuple(
        change._replace(om=change.om._replace(hva=names.get(change.om.noekkel, "")))
        for change in changes
    )


def in_the_way_of_undo(archive: Archive) -> str:
    """Return what was done last, if that cannot be undone; "" where nothing stands in the way."""
    newest = next(iter(archive.log(1)), None)
    return "" if newest is None or newest.undoable else describe_operation(newest)


def _grouped(infos: Iterable[OperationInfo]) -> list[list[OperationInfo]]:
    groups: list[list[OperationInfo]] = []
    for info in infos:
        if groups and _alike(groups[-1][0], info):
            groups[-1].append(info)
        else:
            groups.append([info])
    return groups


def _alike(one: OperationInfo, other: OperationInfo) -> bool:
    same = one.user == other.user and one.time[:10] == other.time[:10]
    return same and describe_operation(one) == describe_operation(other)


def _touched(log: LogReader, info: OperationInfo) -> list[RowKey]:
    return [] if info.operation_id is None else log.row_keys(info.operation_id, _ROWS)


def _change(group: list[OperationInfo], rows: Iterable[RowKey], above: _Above) -> Change:
    newest = group[0]
    return Change(
        tid=dt.datetime.fromisoformat(newest.time).astimezone().replace(tzinfo=None),
        av=newest.user,
        tekst=describe_operation(newest),
        antall=len(group),
        om=_about(rows, above),
    )


def _about(rows: Iterable[RowKey], above: _Above) -> About:
    """Return the first sak or meeting that rows belong to, else the page they stand on."""
    places = [_place(row, above) for row in rows]
    for wanted in (_is_sak_or_moete, _has_row):
        found = next(filter(wanted, places), None)
        if found is not None:
            return found
    return next((place for place in places if place.sted), About())


_TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "oppfoelging": "SELECT id, oppgave FROM oppfoelging",
        "vedtaksregister": "SELECT id, coalesce(tittel, '') FROM vedtak",
    }
)


def _names(driver: sqlite3.Connection, places: Iterable[About]) -> dict[str | None, str]:
    """Return what rows say that no number tells apart, by their keys."""
    keys: dict[str, list[str]] = {}
    for one in places:
        if one.noekkel is not None and one.sted in _TITLES:
            keys.setdefault(one.sted, []).append(one.noekkel)
    return {
        key: text
        for place, wanted in keys.items()
        for key, text in driver.execute(
            f"{_TITLES[place]} WHERE id IN ({', '.join('?' * len(wanted))})", wanted
        )
    }


def _is_sak_or_moete(place: About) -> bool:
    return bool(place.moete_id or place.sak_id)


def _has_row(place: About) -> bool:
    return place.noekkel is not None


_Above = Mapping[RowKey, RowKey | None]
"""What rows hang on. None for what hangs on nothing; a row that is gone is not there."""


def _above(driver: sqlite3.Connection, rows: Iterable[RowKey]) -> _Above:
    """Return what rows hang on, and what that hangs on: a select for each table and step."""
    found: dict[RowKey, RowKey | None] = {}
    step = set(rows)
    while step:
        by_table: dict[str, list[str]] = {}
        for table, key in step:
            by_table.setdefault(table, []).append(key)
        held: dict[RowKey, RowKey | None] = {}
        for table, keys in by_table.items():
            if table in _PARENTS or table in _ROOTS:
                held |= _parents(driver, table, keys)
        found |= held
        step = {row for row in held.values() if row is not None} - found.keys()
    return found


def _parents(
    driver: sqlite3.Connection, table: str, keys: list[str]
) -> dict[RowKey, RowKey | None]:
    parents = _PARENTS.get(table, ())
    columns = ", ".join(("id", *(f"{parent}_id" for parent in parents)))
    sql = f"SELECT {columns} FROM {table} WHERE id IN ({', '.join('?' * len(keys))})"  # noqa: S608
    return {
        (table, key): next(((to, one) for to, one in zip(parents, held, strict=True) if one), None)
        for key, *held in driver.execute(sql, keys)
    }


def _place(row: RowKey, above: _Above) -> About:
    """Return the sak or meeting that a row hangs on, by way of the rows between, or its page."""
    table, key = row
    if table in _MEMBERS:
        return About(sted="medlemmer")
    if table in _SETTINGS:
        return About(sted="innstillinger")
    if table in _FOLLOW_UP:
        up = above.get(row) if table != "oppfoelging" else row
        return About(sted="oppfoelging", noekkel=up[1] if up is not None and up in above else None)
    if table == "vedtak" and row in above and above[row] is None:
        return About(sted="vedtaksregister", noekkel=key)
    sak_id = None
    at: RowKey | None = row
    while at is not None and at in above:
        table, key = at
        if table == "moete":
            return About(key, sak_id)
        sak_id = key if table == "sak" else sak_id
        at = above[at]
    return About(sak_id=sak_id)
