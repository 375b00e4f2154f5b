"""A look into an archive by SQLite alone, before the store that writes in it is loaded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from desktop.storage.driver import archive_errors, connect
from desktop.storage.errors import CannotOpenError
from desktop.storage.header import check_version, read_header
from desktop.storage.migrations import STEPS

_PATIENCE_MS: Final = 200


@contextmanager
def glance(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection that reads one state of a current archive, and does not wait for a lock.

    Raises:
        ArchiveError: It is none, is of another version, is damaged, or cannot be read just now:
            who opens it properly says why.
    """
    header = read_header(path)
    check_version(path, header, len(STEPS))
    if header.version < len(STEPS):
        raise CannotOpenError("eldre_versjon", sti=str(path), versjon=header.version)
    with archive_errors(path):
        driver = connect(path, mode="ro")
        try:
            driver.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")
            driver.execute("PRAGMA trusted_schema=OFF")
            driver.execute("BEGIN")
            yield driver
        finally:
            driver.close()
