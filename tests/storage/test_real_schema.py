"""The change log on the real entities, and the real archive's form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Table

from desktop.models import Base, unlogged_columns
from desktop.storage.archive import Archive
from desktop.storage.files import store_file
from desktop.storage.log_schema import log_metadata
from tests.storage.frys import statements
from tests.storage.real import FILE, fill, insert_row, key_of, tables, value_of
from tests.storage.toy import raw

Dump = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "ekte.motebok", bruker="Kari") as archive:
        yield archive


def _dump(archive: Archive) -> Dump:
    found: Dump = {}
    for table in tables():
        columns = ", ".join(
            column.name
            for column in table.columns
            if (table.name, column.name) not in unlogged_columns()
        )
        query = f"SELECT {columns} FROM {table.name} ORDER BY id"  # noqa: S608
        found[table.name] = raw(archive).execute(query).fetchall()
    return found


def _cycle(archive: Archive, before: Dump) -> None:
    after = _dump(archive)
    assert after != before
    for _ in range(2):
        archive.undo()
        assert _dump(archive) == before
        archive.redo()
        assert _dump(archive) == after
    assert archive.verify().problems == ()


def test_that_the_migrations_make_the_form_of_the_models(real: Archive):
    found = (
        raw(real)
        .execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND substr(name, 1, 5) <> 'soek_'"
            " AND name <> 'fil_del'"
        )
        .fetchall()
    )
    assert {sql for (sql,) in found} == set(statements())


def test_that_every_table_is_either_the_models_or_the_logs(real: Archive):
    names = {name for (name,) in raw(real).execute("SELECT name FROM pragma_table_list")}
    known = Base.metadata.tables.keys() | log_metadata.tables.keys()
    assert {name for name in names if not name.startswith(("sqlite_", "soek_"))} == {
        *known,
        "fil_del",
    }


def test_that_filling_every_table_can_be_undone(real: Archive):
    before = _dump(real)
    with real.operation("fyll") as operation:
        file = store_file(operation.session, b"1")
        for table in tables():
            insert_row(operation.session, table, 1, file)
    _cycle(real, before)


def test_that_an_edit_of_every_column_of_every_table_can_be_undone(real: Archive):
    fill(real, rows=3)
    before = _dump(real)
    with real.operation("endre alt") as operation:
        file = store_file(operation.session, b"ny")
        for table in tables():
            values = {
                column.name: value_of(column, 2, file)
                for column in table.columns
                if column.name != "id"
                and not any(
                    reference.column.table.name != FILE for reference in column.foreign_keys
                )
            }
            row = table.c.id == key_of(table, 1)
            plain = {name: values[name] for name in values if not _is_unique(table, name)}
            if plain:
                operation.session.execute(table.update().where(row).values(**plain))
    _cycle(real, before)


@pytest.mark.parametrize("name", ["moete", "sak", "utvalg", "toppnotat", "saksreferat", "person"])
def test_that_a_deleted_row_comes_back_with_all_that_fell_with_it(real: Archive, name: str):
    fill(real)
    before = _dump(real)
    table = Base.metadata.tables[name]
    with real.operation("slett") as operation:
        _delete_blockers(operation.session.connection(), table, key_of(table, 1))
        operation.session.execute(table.delete().where(table.c.id == key_of(table, 1)))
    _cycle(real, before)


def _delete_blockers(connection: object, parent: Table, key: str) -> None:
    """Delete, deepest first, the rows that refuse the deletion of a row."""
    for table in tables():
        for column in table.columns:
            for reference in column.foreign_keys:
                if reference.column.table is parent and table is not parent:
                    rows = table.select().where(column == key)
                    for row in connection.execute(rows).all():  # type: ignore[attr-defined]
                        _delete_blockers(connection, table, row.id)
                        connection.execute(table.delete().where(table.c.id == row.id))  # type: ignore[attr-defined]


def _is_unique(table: Table, name: str) -> bool:
    return any(
        name in constraint.columns
        for constraint in table.constraints
        if type(constraint).__name__ == "UniqueConstraint"
    )
