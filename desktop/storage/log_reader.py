"""Reading who did what from the change log, without what was changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Final

from desktop.storage.changes import OperationInfo, RowKey

BASELINE: Final = "grunn"
_INFO: Final = (
    "SELECT h.nr, h.verb, h.slag, h.tid, u.navn, h.angrebar, h.viser_til, h.parametre"
    " FROM handling h LEFT JOIN utfoerer u ON u.id = h.av"
)
_NEWEST: Final = 2**63 - 1


class LogReader:
    """The entries of the log of one archive, in whatever transaction is open."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self.driver = driver

    def info(self, number: int) -> OperationInfo | None:
        """Return an entry without its rows, or None if there is no such entry."""
        found = self.driver.execute(f"{_INFO} WHERE h.nr = ?", (number,)).fetchone()
        return None if found is None else _info(found)

    def infos(self, *, below: int | None = None) -> Iterator[OperationInfo]:
        """Yield the entries, the newest first."""
        limit = _NEWEST if below is None else below
        for found in self.driver.execute(f"{_INFO} WHERE h.nr < ? ORDER BY h.nr DESC", (limit,)):
            yield _info(found)

    def row_keys(self, number: int, limit: int | None) -> list[RowKey]:
        """Return the first rows of an entry, without what was changed in them."""
        return [
            (table, key)
            for table, key in self.driver.execute(
                "SELECT tabell, noekkel FROM endring WHERE handling = ? AND slag <> ?"
                " ORDER BY nr LIMIT ?",
                (number, BASELINE, -1 if limit is None else limit),
            )
        ]


def _info(found: Sequence[Any]) -> OperationInfo:
    number, verb, kind, time, user, undoable, refers_to, params = found
    return OperationInfo(
        operation_id=number,
        verb=verb,
        kind=kind,
        time=time,
        user=user or "",
        undoable=bool(undoable),
        refers_to=refers_to,
        params=json.loads(params) if params is not None else {},
    )
