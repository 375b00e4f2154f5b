"""Writing and reading the entries of the change log."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from desktop.storage.chain import GENESIS, CommittedRow, Header, commitment, operation_hash
from desktop.storage.changes import OperationKind, RowChange, RowKey
from desktop.storage.log_reader import BASELINE, LogReader
from desktop.storage.payload import StoredChange, canonical, decode_change, encode_change
from desktop.storage.schema import Schema

MIGRATION_VERB: Final = "oppgrader"


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation about to be logged.

    Rows in `erase` keep their commitment alone, here and in every earlier entry. `baselines` are
    the hashes of rows (None: not there) from which `verifiser` can start anew.
    """

    verb: str
    kind: OperationKind
    time: str
    user: str
    params: Mapping[str, str] = field(default_factory=dict)
    undoable: bool = True
    refers_to: int | None = None
    erase: Collection[RowKey] = ()
    baselines: Mapping[RowKey, str | None] = field(default_factory=dict)


class ChangeLog(LogReader):
    """The log of one archive, in whatever transaction is open."""

    def __init__(
        self,
        driver: sqlite3.Connection,
        new_id: Callable[[], str],
        new_salt: Callable[[], bytes],
    ) -> None:
        super().__init__(driver)
        self._new_id = new_id
        self._new_salt = new_salt

    def head(self) -> tuple[int, bytes]:
        """Return number and hash of the newest entry, or 0 and zeros."""
        found = self.driver.execute(
            "SELECT nr, hash FROM handling ORDER BY nr DESC LIMIT 1"
        ).fetchone()
        return (0, GENESIS) if found is None else (found[0], bytes(found[1]))

    def changes(self, number: int) -> list[StoredChange]:
        """Return the rows of an entry as they were logged."""
        return [
            _stored(*found)
            for found in self.driver.execute(
                "SELECT tabell, noekkel, slag, innhold FROM endring"
                " WHERE handling = ? AND slag <> ? ORDER BY nr",
                (number, BASELINE),
            )
        ]

    def row_changes(self, row: RowKey) -> Iterator[tuple[int, StoredChange]]:
        """Yield entry numbers and changes of one row, the newest first."""
        for number, *found in self.driver.execute(
            "SELECT handling, tabell, noekkel, slag, innhold FROM endring"
            " WHERE tabell = ? AND noekkel = ? AND slag <> ? ORDER BY handling DESC, nr DESC",
            (*row, BASELINE),
        ):
            yield number, _stored(*found)

    def rows_with(self, column: str, value: str) -> list[RowKey]:
        """Return the rows that were made or deleted with a text in a column, as far as is logged.

        In canonical JSON the pair of name and value cannot stand inside another text.
        """
        found = self.driver.execute(
            "SELECT DISTINCT tabell, noekkel FROM endring"
            " WHERE slag IN ('insert', 'delete') AND instr(innhold, ?) > 0",
            (canonical([column, value]),),
        )
        return [(table, key) for table, key in found]

    def rows_deleted(self, after: int, column: str, value: str) -> list[RowKey]:
        """Return the rows with a text in a column that entries after the given one deleted."""
        found = self.driver.execute(
            "SELECT DISTINCT tabell, noekkel FROM endring"
            " WHERE handling > ? AND slag = 'delete' AND instr(innhold, ?) > 0",
            (after, canonical([column, value])),
        )
        return [(table, key) for table, key in found]

    def has_undoable_rows(self, number: int) -> bool:
        """Return whether an entry changed anything but the immutable contents of files."""
        count = self.driver.execute("SELECT antall FROM handling WHERE nr = ?", (number,))
        return bool(count.fetchone()[0])

    def append(self, entry: Entry, changes: Sequence[RowChange], schema: Schema) -> int:
        """Write an entry and return its number."""
        newest, previous = self.head()
        salt, params = self._new_salt(), canonical(dict(entry.params))
        written = [self._row(change, schema) for change in changes]
        written += [
            self._committed(*row, BASELINE, canonical(digest))
            for row, digest in entry.baselines.items()
        ]
        header = Header(
            number=newest + 1,
            verb=entry.verb,
            kind=entry.kind,
            time=entry.time,
            user=self._user_id(entry.user),
            undoable=entry.undoable,
            refers_to=entry.refers_to,
            count=sum(not schema.tables[change.table].is_content for change in changes),
            params=commitment(salt, params),
        )
        digest = operation_hash(previous, header, [row for row, _, _ in written])
        self._insert(header, salt, params, digest)
        self._insert_rows(header.number, written)
        if entry.erase:
            self._erase(header.number, entry.erase)
        return header.number

    def erase_user(self, name: str) -> None:
        """Remove a user's name; the id in the entries stays."""
        self.driver.execute("UPDATE utfoerer SET navn = NULL WHERE navn = ?", (name,))

    def _row(self, change: RowChange, schema: Schema) -> tuple[CommittedRow, bytes, str]:
        payload = encode_change(change, schema.tables[change.table].trees)
        return self._committed(change.table, change.key, change.kind, payload)

    def _committed(
        self, table: str, key: str, kind: str, payload: str
    ) -> tuple[CommittedRow, bytes, str]:
        salt = self._new_salt()
        return CommittedRow(table, key, kind, commitment(salt, payload)), salt, payload

    def _insert(self, header: Header, salt: bytes, params: str, digest: bytes) -> None:
        self.driver.execute(
            "INSERT INTO handling (nr, verb, slag, tid, av, angrebar, viser_til, antall,"
            " parametre, parametre_salt, parametre_forpliktelse, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                header.number,
                header.verb,
                header.kind,
                header.time,
                header.user,
                int(header.undoable),
                header.refers_to,
                header.count,
                params,
                salt,
                header.params,
                digest,
            ),
        )

    def _insert_rows(self, number: int, written: Iterable[tuple[CommittedRow, bytes, str]]) -> None:
        self.driver.executemany(
            "INSERT INTO endring (handling, nr, tabell, noekkel, slag, salt, innhold,"
            " forpliktelse) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (number, position, row.table, row.key, row.kind, salt, payload, row.commitment)
                for position, (row, salt, payload) in enumerate(written, start=1)
            ],
        )

    def _erase(self, number: int, rows: Collection[RowKey]) -> None:
        """Remove payloads and salts of rows, and the parameters of the entries they are in.

        The baselines of entry `number` itself stay: they are of the rows as they are now.
        """
        for row in rows:
            self.driver.execute(
                "UPDATE handling SET parametre = NULL, parametre_salt = NULL WHERE nr IN"
                " (SELECT handling FROM endring WHERE tabell = ? AND noekkel = ?)",
                row,
            )
            self.driver.execute(
                "UPDATE endring SET innhold = NULL, salt = NULL WHERE tabell = ? AND noekkel = ?"
                " AND NOT (handling = ? AND slag = ?)",
                (*row, number, BASELINE),
            )

    def _user_id(self, name: str) -> str:
        found = self.driver.execute("SELECT id FROM utfoerer WHERE navn = ?", (name,)).fetchone()
        if found is not None:
            return str(found[0])
        made = self._new_id()
        self.driver.execute("INSERT INTO utfoerer (id, navn) VALUES (?, ?)", (made, name))
        return made


def _stored(table: str, key: str, kind: Any, payload: str | None) -> StoredChange:  # noqa: ANN401
    if payload is None:
        return StoredChange(table, key, kind, (), erased=True)
    return decode_change(payload)
