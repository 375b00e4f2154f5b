"""What the change log needs to know about the tables, read from the file itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from desktop.storage.changes import Row, RowChange
from desktop.storage.pieces import TABLE as PIECES
from desktop.storage.search_schema import PLAIN_TABLES

CONTENT_TABLE = "fil"
CONTENT_COLUMN = "innhold"
LOG_TABLES = frozenset({"handling", "endring", "utfoerer", "skriving", "skrivebilde"})
_NOT_DOMAIN = LOG_TABLES | PLAIN_TABLES | {"alembic_version", PIECES}


class SchemaError(Exception):
    """A table that the change log cannot follow: a mistake in the schema, not of the user."""


@dataclass(frozen=True, slots=True)
class ColumnRules:
    """Which (table, column) hold text trees, and which may never enter the log."""

    trees: frozenset[tuple[str, str]] = frozenset()
    unlogged: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """One domain table. `columns` leaves out the key and the bytes of the content table."""

    name: str
    key: str
    columns: tuple[str, ...]
    logged: tuple[str, ...]
    trees: frozenset[str]
    parents: frozenset[str]

    @property
    def is_content(self) -> bool:
        """Return whether this is the immutable table of file contents."""
        return self.name == CONTENT_TABLE

    def without_unlogged(self, change: RowChange) -> RowChange | None:
        """Return the part of a change that may be logged, or None if there is none."""
        if self.logged == self.columns:
            return change
        fields = tuple(item for item in change.fields if item.name in self.logged)
        if not fields and change.kind == "update":
            return None
        return RowChange(change.table, change.key, change.kind, fields)

    def read(self, driver: sqlite3.Connection, key: str) -> Row | None:
        """Return the logged columns of the live row, or None if there is no such row."""
        columns = ", ".join(quoted(name) for name in self.logged)
        found = driver.execute(
            f"SELECT {columns or 'NULL'} FROM main.{quoted(self.name)}"  # noqa: S608
            f" WHERE {quoted(self.key)} = ?",
            (key,),
        ).fetchone()
        return None if found is None else dict(zip(self.logged, found, strict=False))

    def read_all(self, driver: sqlite3.Connection) -> Iterable[tuple[str, Row]]:
        """Yield the key and the logged columns of every live row."""
        columns = ", ".join(quoted(name) for name in (self.key, *self.logged))
        for found in driver.execute(
            f"SELECT {columns} FROM main.{quoted(self.name)}"  # noqa: S608
        ):
            yield found[0], dict(zip(self.logged, found[1:], strict=True))


@dataclass(frozen=True, slots=True)
class Schema:
    """The domain tables, parents before children as far as the references allow."""

    version: int
    tables: Mapping[str, Table] = field(default_factory=dict)


def quoted(name: str) -> str:
    """Return an identifier in quotes."""
    return '"' + name.replace('"', '""') + '"'


def schema_version(driver: sqlite3.Connection) -> int:
    """Return SQLite's counter of changes to the schema of the archive."""
    version: int = driver.execute("PRAGMA main.schema_version").fetchone()[0]
    return version


def read_schema(driver: sqlite3.Connection, rules: ColumnRules) -> Schema:
    """Return the schema of the archive as it is now.

    Raises:
        SchemaError: A domain table has no single, required TEXT key.
    """
    version = schema_version(driver)
    found = {
        name: _read_table(driver, name, rules)
        for (name,) in driver.execute(
            "SELECT name FROM pragma_table_list"
            " WHERE schema = 'main' AND type = 'table' ORDER BY name"
        ).fetchall()
        if name not in _NOT_DOMAIN and not name.startswith("sqlite_")
    }
    return Schema(version, {name: found[name] for name in _parents_first(found)})


def _read_table(driver: sqlite3.Connection, name: str, rules: ColumnRules) -> Table:
    info = driver.execute(f"PRAGMA main.table_info({quoted(name)})").fetchall()
    keys = [(column[1], column[2], column[3]) for column in info if column[5]]
    if len(keys) != 1 or not _is_text(keys[0][1]) or not keys[0][2]:
        raise SchemaError(f"the table {name} has no single required TEXT key")
    key = keys[0][0]
    columns = tuple(
        column[1]
        for column in info
        if column[1] != key and (name, column[1]) != (CONTENT_TABLE, CONTENT_COLUMN)
    )
    references = driver.execute(f"PRAGMA main.foreign_key_list({quoted(name)})").fetchall()
    return Table(
        name=name,
        key=key,
        columns=columns,
        logged=tuple(column for column in columns if (name, column) not in rules.unlogged),
        trees=frozenset(column for column in columns if (name, column) in rules.trees),
        parents=frozenset(reference[2] for reference in references),
    )


def _is_text(declared: str) -> bool:
    return any(word in declared.upper() for word in ("CHAR", "TEXT", "CLOB"))


def _parents_first(tables: Mapping[str, Table]) -> list[str]:
    """Return the names in an order where parents precede children; a cycle is cut anywhere."""
    graph = {
        name: {parent for parent in table.parents if parent in tables and parent != name}
        for name, table in tables.items()
    }
    while True:
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            child, parent = error.args[1][1], error.args[1][0]
            graph[child].discard(parent)
