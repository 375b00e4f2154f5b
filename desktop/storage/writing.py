"""Putting rows back: the statements of undo and redo, and why they can fail."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from desktop.storage.changes import Row, RowChange, RowKey, Value
from desktop.storage.schema import Schema, Table, quoted

_UNIQUE: Final = re.compile(r"UNIQUE constraint failed: (.+)")


def put_in_order(
    driver: sqlite3.Connection, schema: Schema, changes: Collection[RowChange]
) -> None:
    """Apply changes with references enforced: parents in first, children out first.

    Raises:
        sqlite3.IntegrityError: A unique value is taken on the way, or a reference forbids it.
    """
    driver.execute("PRAGMA defer_foreign_keys=ON")
    ordered = _parents_first(schema, changes)
    for change in ordered:
        if change.kind == "insert":
            _insert(driver, schema.tables[change.table], change.key, _after(change))
    for change in ordered:
        if change.kind == "update":
            _update(driver, schema.tables[change.table], change)
    for change in reversed(ordered):
        if change.kind == "delete":
            _delete(driver, schema.tables[change.table], change.key)


def put_at_once(driver: sqlite3.Connection, schema: Schema, changes: Collection[RowChange]) -> None:
    """Apply changes as if all rows changed at the same moment. Needs references switched off.

    Raises:
        sqlite3.IntegrityError: A unique value belongs to a row outside the changes.
    """
    rows = [
        (schema.tables[change.table], change, _whole_after(driver, schema, change))
        for change in changes
    ]
    for table, change, _ in rows:
        if change.kind != "insert":
            _delete(driver, table, change.key)
    for table, change, row in rows:
        if row is not None:
            _insert(driver, table, change.key, row)


@dataclass(frozen=True, slots=True)
class BrokenReference:
    """A row whose column names a parent that is not there."""

    child: RowKey
    column: str
    parent: RowKey


def broken_references(
    driver: sqlite3.Connection, schema: Schema, changes: Collection[RowChange]
) -> Iterator[BrokenReference]:
    """Yield every broken reference to or from the changed tables."""
    touched = {change.table for change in changes}
    for table in schema.tables.values():
        if table.name in touched or table.parents & touched:
            yield from broken_in_table(driver, table)


def broken_in_table(driver: sqlite3.Connection, table: Table) -> Iterator[BrokenReference]:
    """Yield every broken reference of one table."""
    found = driver.execute(f"PRAGMA main.foreign_key_check({quoted(table.name)})").fetchall()
    if not found:
        return
    columns = {
        reference[0]: reference[3]
        for reference in driver.execute(f"PRAGMA main.foreign_key_list({quoted(table.name)})")
    }
    for _, rowid, parent, reference in found:
        key, value = driver.execute(
            f"SELECT {quoted(table.key)}, {quoted(columns[reference])}"  # noqa: S608
            f" FROM main.{quoted(table.name)} WHERE rowid = ?",
            (rowid,),
        ).fetchone()
        yield BrokenReference((table.name, key), columns[reference], (parent, str(value)))


def rows_in_the_way(
    driver: sqlite3.Connection,
    schema: Schema,
    changes: Collection[RowChange],
    error: BaseException,
) -> Iterator[tuple[RowKey, Collection[str]]]:
    """Yield the rows, and their columns, that hold the values a failed statement wanted."""
    matched = _UNIQUE.search(str(error))
    if matched is None:
        return
    names = [name.strip().rpartition(".") for name in matched[1].split(",")]
    table, columns = schema.tables.get(names[0][0]), [name[2] for name in names]
    if table is None or not set(columns) <= set(table.columns):
        return
    test = " AND ".join(f"{quoted(column)} IS ?" for column in columns)
    for change in changes:
        wanted = _whole_after(driver, schema, change) if change.table == table.name else None
        if wanted is not None:
            yield from (
                ((table.name, key), columns)
                for (key,) in driver.execute(
                    f"SELECT {quoted(table.key)} FROM main.{quoted(table.name)}"  # noqa: S608
                    f" WHERE {test} AND {quoted(table.key)} <> ?",
                    (*(wanted[column] for column in columns), change.key),
                )
            )


def _parents_first(schema: Schema, changes: Collection[RowChange]) -> list[RowChange]:
    order = {name: position for position, name in enumerate(schema.tables)}
    return sorted(changes, key=lambda change: order[change.table])


def _after(change: RowChange) -> dict[str, Value]:
    return {item.name: item.after for item in change.fields}


def _whole_after(driver: sqlite3.Connection, schema: Schema, change: RowChange) -> Row | None:
    """Return the row a change leaves, with the columns it does not mention; None if it is gone."""
    table = schema.tables[change.table]
    nothing = dict.fromkeys(table.columns)
    if change.kind == "delete":
        return None
    if change.kind == "insert":
        return {**nothing, **_after(change)}
    columns = ", ".join(quoted(name) for name in table.columns)
    live = driver.execute(
        f"SELECT {columns} FROM main.{quoted(table.name)}"  # noqa: S608
        f" WHERE {quoted(table.key)} = ?",
        (change.key,),
    ).fetchone()
    values = nothing if live is None else dict(zip(table.columns, live, strict=True))
    return {**values, **_after(change)}


def _insert(driver: sqlite3.Connection, table: Table, key: str, row: Row) -> None:
    names = ", ".join(quoted(name) for name in (table.key, *row))
    marks = ", ".join("?" * (len(row) + 1))
    driver.execute(
        f"INSERT INTO main.{quoted(table.name)} ({names}) VALUES ({marks})",  # noqa: S608
        (key, *row.values()),
    )


def _update(driver: sqlite3.Connection, table: Table, change: RowChange) -> None:
    after = _after(change)
    assignments = ", ".join(f"{quoted(name)} = ?" for name in after)
    driver.execute(
        f"UPDATE main.{quoted(table.name)} SET {assignments}"  # noqa: S608
        f" WHERE {quoted(table.key)} = ?",
        (*after.values(), change.key),
    )


def _delete(driver: sqlite3.Connection, table: Table, key: str) -> None:
    driver.execute(
        f"DELETE FROM main.{quoted(table.name)} WHERE {quoted(table.key)} = ?",  # noqa: S608
        (key,),
    )
