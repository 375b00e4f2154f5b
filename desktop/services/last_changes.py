"""What was changed last, by whom, and what it was about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import (
    Base,
    Entity,
    Moete,
    Moetedag,
    Oppfoelging,
    OppfoelgingSak,
    Oppmoete,
    Sak,
    Saksreferat,
    Toppnotat,
    Utsendelse,
)
from desktop.services.history import describe_operation
from desktop.storage.archive import Archive
from desktop.storage.changes import OperationInfo, RowKey

_READ: Final = 60
_ROWS: Final = 24
"""How many rows of an entry are asked what they are about: an import has tens of thousands."""

_MEMBERS: Final = frozenset({"organisasjon", "organisasjonsnavn", "person", "verv"})
_SETTINGS: Final = frozenset({"arkiv", "fastpost", "frase", "nummerserie", "utvalg"})
_PARENTS: Final[tuple[tuple[str, type[Entity]], ...]] = (
    ("sak_id", Sak),
    ("toppnotat_id", Toppnotat),
    ("saksreferat_id", Saksreferat),
    ("moetedag_id", Moetedag),
    ("utsendelse_id", Utsendelse),
    ("oppmoete_id", Oppmoete),
    ("oppfoelging_id", Oppfoelging),
)


class About(NamedTuple):
    """What a change was about, as far as it is still there. `sted` is "" for a sak or a meeting."""

    moete_id: str | None = None
    sak_id: str | None = None
    sted: str = ""


class Change(NamedTuple):
    """Entries of the log that say the same: local time of the newest, who, and how many."""

    tid: dt.datetime
    av: str
    tekst: str
    antall: int
    om: About


def last_changes(archive: Archive, *, limit: int = 8) -> tuple[Change, ...]:
    """Return what was done last, the newest first; equal neighbours are counted as one."""
    with archive.read() as session:
        groups = _grouped(archive.log(_READ))[:limit]
        return tuple(_change(archive, session, group) for group in groups)


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


def _change(archive: Archive, session: Session, group: list[OperationInfo]) -> Change:
    newest = group[0]
    rows = () if newest.operation_id is None else archive.rows_of(newest.operation_id, limit=_ROWS)
    return Change(
        tid=dt.datetime.fromisoformat(newest.time).astimezone().replace(tzinfo=None),
        av=newest.user,
        tekst=describe_operation(newest),
        antall=len(group),
        om=_about(session, rows),
    )


def _about(session: Session, rows: Iterable[RowKey]) -> About:
    """Return the first sak or meeting that rows belong to, else the page they stand on."""
    places = []
    for table, key in rows:
        found = _sak_or_moete(session, table, key)
        if found.moete_id or found.sak_id:
            return found
        places.append(found)
    return next((place for place in places if place.sted), About())


def _sak_or_moete(session: Session, table: str, key: str) -> About:
    if table in _MEMBERS:
        return About(sted="medlemmer")
    if table in _SETTINGS:
        return About(sted="innstillinger")
    entity = _entities().get(table)
    return _climb(session, session.get(entity, key)) if entity is not None else About()


def _climb(session: Session, row: object | None) -> About:
    """Return the sak or meeting that a row hangs on, by way of the rows between."""
    if isinstance(row, Sak):
        return About(row.moete_id, row.id)
    if isinstance(row, Oppfoelging):
        about = select(OppfoelgingSak.sak_id).where(OppfoelgingSak.oppfoelging_id == row.id)
        return _climb(session, session.get(Sak, session.scalar(about.limit(1)) or ""))
    for column, parent in _PARENTS:
        key = getattr(row, column, None)
        if key:
            return _climb(session, session.get(parent, key))
    return About(moete_id=row.id if isinstance(row, Moete) else getattr(row, "moete_id", None))


def _entities() -> dict[str, type[Base]]:
    return {str(mapper.class_.__tablename__): mapper.class_ for mapper in Base.registry.mappers}
