"""Making the schema of a new archive, and bringing an older one up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from desktop.storage.backup import BackupInfo, back_up
from desktop.storage.capture import Capture
from desktop.storage.changes import RowKey
from desktop.storage.driver import APPLICATION_ID
from desktop.storage.engine import Database
from desktop.storage.errors import ArchiveError, CannotOpenError
from desktop.storage.log import MIGRATION_VERB, ChangeLog, Entry
from desktop.storage.payload import row_hash
from desktop.storage.schema import Schema, quoted
from desktop.storage.writing import broken_in_table

_SECOND_COPY: Final = 2


class _RefusedError(Exception):
    """A migrated archive does not hold what it should."""


def create_schema(database: Database, steps: Sequence[str]) -> None:
    """Make the tables of a new, empty file and mark it as an archive."""
    database.begin_write(foreign_keys=False)
    try:
        for step in steps:
            _run_step(database, import_module(step))
        _mark(database.driver, len(steps))
        database.commit()
    except BaseException:
        database.rollback()
        raise


def migrate(
    database: Database,
    capture: Capture,
    log: ChangeLog,
    steps: Sequence[str],
    *,
    user: str,
    now: Callable[[], str],
) -> BackupInfo:
    """Bring an older archive up to date, after a verified backup beside it.

    Raises:
        ArchiveError: `oppgradering_feilet`, with the archive as it was; or the backup failed.
    """
    version = _version(database.driver)
    copy = back_up(database.driver, _free_name(database.path, version))
    before = _row_counts(database.driver, capture.schema)
    try:
        database.begin_write(foreign_keys=False)
        for step in steps[version:]:
            module = import_module(step)
            _run_step(database, module)
            before = _expected_counts(before, module)
        _check(database.driver, capture.schema, before)
        params = {"fra": str(version), "til": str(len(steps))}
        entry = Entry(
            verb=MIGRATION_VERB,
            kind="migrering",
            time=now(),
            user=user,
            params=params,
            undoable=False,
            baselines=baselines(database.driver, capture.schema),
        )
        log.append(entry, (), capture.schema)
        _mark(database.driver, len(steps))
        database.commit()
    except ArchiveError:
        database.rollback()
        raise
    except Exception as error:
        database.rollback()
        raise CannotOpenError(
            "oppgradering_feilet",
            sti=str(database.path),
            versjon=len(steps),
            kopi=str(copy.path),
            detalj=str(error),
        ) from error
    return copy


def baselines(driver: sqlite3.Connection, schema: Schema) -> dict[RowKey, str | None]:
    """Return the hash of every live row."""
    return {
        (table.name, key): row_hash(row)
        for table in schema.tables.values()
        for key, row in table.read_all(driver)
    }


def _run_step(database: Database, module: ModuleType) -> None:
    statements: Sequence[str] | None = getattr(module, "DDL", None)
    if statements is not None:
        for statement in statements:
            database.driver.execute(statement)
        return
    from alembic.migration import MigrationContext  # noqa: PLC0415
    from alembic.operations import Operations  # noqa: PLC0415

    context = MigrationContext.configure(database.connection)
    with Operations.context(context):
        module.upgrade()


def _expected_counts(counts: dict[str, int], module: ModuleType) -> dict[str, int]:
    """Return the row counts a step should leave; `ROW_CHANGES` names tables that may differ."""
    exempt = getattr(module, "ROW_CHANGES", ())
    return {name: count for name, count in counts.items() if name not in exempt}


def _row_counts(driver: sqlite3.Connection, schema: Schema) -> dict[str, int]:
    return {
        name: driver.execute(f"SELECT count(*) FROM main.{quoted(name)}").fetchone()[0]  # noqa: S608
        for name in schema.tables
    }


def _check(driver: sqlite3.Connection, schema: Schema, expected: dict[str, int]) -> None:
    for table in schema.tables.values():
        for broken in broken_in_table(driver, table):
            child, parent = " ".join(broken.child), " ".join(broken.parent)
            raise _RefusedError(f"{child} viser til {parent}, som ikke finnes")
    counts = _row_counts(driver, schema)
    for name, count in expected.items():
        if counts.get(name) != count:
            raise _RefusedError(f"{name} hadde {count} rader og har nå {counts.get(name, 0)}")


def _mark(driver: sqlite3.Connection, version: int) -> None:
    driver.execute(f"PRAGMA application_id={APPLICATION_ID}")
    driver.execute(f"PRAGMA user_version={version}")


def _version(driver: sqlite3.Connection) -> int:
    version: int = driver.execute("PRAGMA user_version").fetchone()[0]
    return version


def _free_name(archive: Path, version: int) -> Path:
    """Return a name for the copy that is not taken: «navn før oppgradering fra v1.motebok»."""
    stem = f"{archive.stem} før oppgradering fra v{version}"
    path = archive.with_name(stem + archive.suffix)
    number = _SECOND_COPY
    while path.exists():
        path = archive.with_name(f"{stem} ({number}){archive.suffix}")
        number += 1
    return path
