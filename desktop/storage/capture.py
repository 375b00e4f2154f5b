"""Recording what a transaction does to the domain tables, whoever does it.

TEMP triggers keep the first before-image of every touched row in untyped TEMP tables; at the end
the images are compared with the live rows. This sees cascades, bulk statements and raw SQL. The
triggers refuse writes while the recording is not open.

`INSERT … WHERE NOT EXISTS` keeps the first image: `OR IGNORE` would be overruled by an `OR REPLACE`
in the outer statement. The triggers are AFTER triggers, so that the rows an `INSERT OR REPLACE`
pushes out are recorded before the row that replaces them.
"""

from __future__ import annotations

import sqlite3

from desktop.storage.changes import RowChange, difference
from desktop.storage.driver import GUARD_MESSAGE
from desktop.storage.pieces import has_pieces
from desktop.storage.schema import ColumnRules, Schema, Table, quoted, read_schema, schema_version

_STATE = "mb_tilstand"
_CLOSED, _OPEN, _ERASING = 0, 1, 2


class Capture:
    """The recording of one connection. Nothing is created before the first operation."""

    def __init__(self, driver: sqlite3.Connection, rules: ColumnRules) -> None:
        self._driver = driver
        self._rules = rules
        self._schema: Schema | None = None
        self._installed: Schema | None = None
        self._touched_query = ""

    @property
    def schema(self) -> Schema:
        """Return the schema of the archive as it is now."""
        if self._schema is None or self._schema.version != schema_version(self._driver):
            self._schema = read_schema(self._driver, self._rules)
        return self._schema

    def is_current(self) -> bool:
        """Return whether the recording is installed and fits the schema as it is now."""
        return self._installed is not None and self._installed.version == schema_version(
            self._driver
        )

    def prepare(self) -> None:
        """Make the recording fit the schema. Needs a connection that may write, no transaction."""
        schema = self.schema
        self._driver.execute("BEGIN")
        try:
            self._remove()
            self._create(schema)
            self._driver.execute("COMMIT")
        except BaseException:
            if self._driver.in_transaction:
                self._driver.execute("ROLLBACK")
            raise
        self._installed = schema
        self._touched_query = " UNION ALL ".join(
            f"SELECT {_literal(name)} WHERE EXISTS (SELECT 1 FROM temp.{_images(name)})"  # noqa: S608
            for name in schema.tables
        )

    def open(self) -> None:
        """Let writes through and record them, until `take` or the end of the transaction."""
        self._set_state(_OPEN)

    def delete_content(self, key: str) -> None:
        """Delete a row of the immutable table of file contents, for good."""
        table = self.schema.tables["fil"]
        self._set_state(_ERASING)
        self._driver.execute(
            f"DELETE FROM main.{quoted(table.name)} WHERE {quoted(table.key)} = ?",  # noqa: S608
            (key,),
        )
        if has_pieces(self._driver):
            self._driver.execute("DELETE FROM main.fil_del WHERE sha256 = ?", (key,))
        self._set_state(_OPEN)

    def take(self) -> list[RowChange]:
        """Close the recording, empty it, and return the net changes.

        Parents come before children, and rows of a table by key.
        """
        schema = self._current()
        found: list[RowChange] = []
        for (name,) in self._driver.execute(self._touched_query).fetchall():
            found += self._net(schema.tables[name])
            self._driver.execute(f"DELETE FROM temp.{_images(name)}")  # noqa: S608
        self._set_state(_CLOSED)
        return found

    def _current(self) -> Schema:
        if self._installed is None or not self.is_current():
            raise RuntimeError("an operation may not change the schema")
        return self._installed

    def _set_state(self, state: int) -> None:
        self._driver.execute(f"UPDATE temp.{_STATE} SET aapen = {state}")  # noqa: S608

    def _remove(self) -> None:
        """Drop what an earlier schema left, triggers before the tables they write in."""
        for kind in ("trigger", "table"):
            names = self._driver.execute(
                "SELECT name FROM temp.sqlite_master WHERE type = ? AND substr(name, 1, 3) = 'mb_'",
                (kind,),
            ).fetchall()
            for (name,) in names:
                self._driver.execute(f"DROP {kind} temp.{quoted(name)}")

    def _create(self, schema: Schema) -> None:
        self._driver.execute(f"CREATE TEMP TABLE {_STATE} (aapen)")
        self._driver.execute(f"INSERT INTO temp.{_STATE} VALUES ({_CLOSED})")  # noqa: S608
        for table in schema.tables.values():
            for statement in _statements(table):
                self._driver.execute(statement)

    def _net(self, table: Table) -> list[RowChange]:
        width = len(table.columns)
        images = "".join(f", b.c{position}" for position in range(width))
        live = "".join(f", l.{quoted(name)}" for name in table.columns)
        rows = self._driver.execute(
            f"SELECT b.k, b.fantes, l.{quoted(table.key)} IS NOT NULL{images}{live}"  # noqa: S608
            f" FROM temp.{_images(table.name)} b"
            f" LEFT JOIN main.{quoted(table.name)} l ON l.{quoted(table.key)} = b.k ORDER BY b.k"
        )
        found = []
        for key, existed, exists, *values in rows:
            before = dict(zip(table.columns, values[:width], strict=True)) if existed else None
            after = dict(zip(table.columns, values[width:], strict=True)) if exists else None
            change = difference(table.name, key, before, after)
            if change is not None:
                found.append(change)
        return found


def _images(name: str) -> str:
    return quoted(f"mb_b_{name}")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _guard(code: str, state: int = _OPEN) -> str:
    return (
        f"SELECT RAISE(ABORT, '{GUARD_MESSAGE}{code}')"  # noqa: S608
        f" WHERE (SELECT aapen FROM {_STATE}) IS NOT {state};"
    )


def _statements(table: Table) -> list[str]:
    """Return the TEMP table and the triggers of one domain table."""
    name, key, images = quoted(table.name), quoted(table.key), _images(table.name)
    columns = "".join(f", c{position}" for position in range(len(table.columns)))
    old = "".join(f", OLD.{quoted(column)}" for column in table.columns)
    keep_old = (
        f"INSERT INTO {images} SELECT OLD.{key}, 1{old}"  # noqa: S608
        f" WHERE NOT EXISTS (SELECT 1 FROM {images} WHERE k = OLD.{key});"
    )
    mark_new = (
        f"INSERT INTO {images} (k, fantes) SELECT NEW.{key}, 0"  # noqa: S608
        f" WHERE NOT EXISTS (SELECT 1 FROM {images} WHERE k = NEW.{key});"
    )
    outside = _guard("utenfor_handling")
    bodies = {
        "INSERT": outside + mark_new,
        "UPDATE": outside + keep_old + mark_new,
        "DELETE": outside + keep_old,
    }
    if table.is_content:
        bodies["UPDATE"] = f"SELECT RAISE(ABORT, '{GUARD_MESSAGE}uforanderlig_fil');"
        bodies["DELETE"] = _guard("uforanderlig_fil", _ERASING) + keep_old
    made = [f"CREATE TEMP TABLE {images} (k PRIMARY KEY NOT NULL, fantes{columns}) WITHOUT ROWID"]
    for verb, body in bodies.items():
        trigger = quoted(f"mb_{verb.lower()}_{table.name}")
        made.append(f"CREATE TEMP TRIGGER {trigger} AFTER {verb} ON main.{name} BEGIN {body} END")
    return made
