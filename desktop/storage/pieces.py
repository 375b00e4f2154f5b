"""The contents of large files: written a piece at a time, beside the program's own connection.

A commit of a whole large file keeps everybody else out for as long as the disk takes. So a thread
writes it first in pieces, each a short transaction of its own on a connection of its own; then the
one row of `fil` that names it is written, and logged, with the operation that attaches it. Pieces
without that row are nothing: the next start removes them.

The table is no part of the log. Its bytes are held to the SHA-256 of the row in `fil`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from desktop.storage.driver import archive_errors, connect_for_pieces
from desktop.storage.engine import Database

TABLE: Final = "fil_del"
PIECE_BYTES: Final = 512 * 1024
_CREATE: Final = (
    "CREATE TABLE IF NOT EXISTS fil_del (sha256 TEXT NOT NULL, nr INTEGER NOT NULL,"
    " innhold BLOB NOT NULL, PRIMARY KEY (sha256, nr))"
)
_NAMED: Final = "SELECT 1 FROM fil WHERE sha256 = ?"
_LENGTH: Final = "SELECT ifnull(sum(length(innhold)), 0) FROM fil_del WHERE sha256 = ?"
_LOOSE: Final = "SELECT rowid FROM fil_del WHERE sha256 NOT IN (SELECT sha256 FROM fil)"

Progress = Callable[[int, int], bool]
"""Told how many of how many pieces are written; False stops the writing."""


class StagedFile(NamedTuple):
    """A file whose bytes are in the archive already, but that nothing names yet."""

    sha256: str
    size: int


def stage_file(archive: Path, pieces: Sequence[bytes], progress: Progress) -> StagedFile | None:
    """Write the bytes of a file into an archive that this program has open for writing.

    May run in any thread. The pieces are short, so that none of the steps with one holds up other
    threads: copying a whole large file would, as Python lets nobody else run meanwhile.

    Returns:
        What `files.name_staged` needs, or None if `progress` stopped it; nothing is left then.

    Raises:
        ArchiveError: `disk_full`, `opptatt`, …; nothing is left.
    """
    digest = sha256()
    for piece in pieces:
        digest.update(piece)
    staged = StagedFile(digest.hexdigest(), sum(map(len, pieces)))
    with archive_errors(archive):
        driver = connect_for_pieces(archive)
        try:
            if _is_there(driver, staged) or _write(driver, staged.sha256, pieces, progress):
                return staged
        finally:
            driver.close()
    return None


def discard_staged(archive: Path, digest: str) -> None:
    """Remove the pieces of a file that nothing came to name."""
    with archive_errors(archive):
        driver = connect_for_pieces(archive)
        try:
            _remove(driver, digest)
        finally:
            driver.close()


def read_pieces(driver: sqlite3.Connection, digest: str) -> Iterator[bytes]:
    """Yield the bytes of a file that lies in pieces, in order."""
    found = driver.execute("SELECT innhold FROM fil_del WHERE sha256 = ? ORDER BY nr", (digest,))
    for (piece,) in found:
        yield piece


def length_of_pieces(driver: sqlite3.Connection, digest: str) -> int:
    """Return how many bytes of a file lie in pieces."""
    length: int = driver.execute(_LENGTH, (digest,)).fetchone()[0]
    return length


def has_pieces(driver: sqlite3.Connection) -> bool:
    """Return whether the file has the table: one made before it was invented has not."""
    found = driver.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchone()
    return found is not None


def tidy_pieces(database: Database) -> None:
    """Make the table where there is none, and remove what a crash left that nothing names."""
    driver = database.driver
    if driver.execute("SELECT 1 FROM sqlite_master WHERE name = 'fil'").fetchone() is None:
        return
    if has_pieces(driver) and driver.execute(f"{_LOOSE} LIMIT 1").fetchone() is None:
        return
    database.begin_write()
    try:
        driver.execute(_CREATE)
        driver.execute(f"DELETE FROM fil_del WHERE rowid IN ({_LOOSE})")  # noqa: S608
        database.commit()
    except BaseException:
        database.rollback()
        raise


def _is_there(driver: sqlite3.Connection, staged: StagedFile) -> bool:
    if driver.execute(_NAMED, (staged.sha256,)).fetchone():
        return True
    return 0 < staged.size == length_of_pieces(driver, staged.sha256)


def _write(
    driver: sqlite3.Connection, digest: str, pieces: Sequence[bytes], progress: Progress
) -> bool:
    """Write the pieces; False, with nothing left of them, if that was stopped."""
    _remove(driver, digest)
    try:
        for number, piece in enumerate(pieces):
            if not progress(number, len(pieces)):
                _remove(driver, digest)
                return False
            _in_turn(driver, "INSERT INTO fil_del VALUES (?, ?, ?)", (digest, number, piece))
    except sqlite3.Error:
        _remove(driver, digest)
        raise
    return True


def _remove(driver: sqlite3.Connection, digest: str) -> None:
    """Remove the pieces of a file that no row names."""
    for (row,) in driver.execute(f"{_LOOSE} AND sha256 = ?", (digest,)).fetchall():
        _in_turn(driver, f"DELETE FROM fil_del WHERE rowid IN ({_LOOSE}) AND rowid = ?", (row,))  # noqa: S608


def _in_turn(driver: sqlite3.Connection, statement: str, values: tuple[object, ...]) -> None:
    """Commit one statement, and stand back as long as it took: the user's own writing waits."""
    before = time.perf_counter()
    driver.execute("BEGIN IMMEDIATE")
    try:
        driver.execute(statement, values)
        driver.execute("COMMIT")
    except BaseException:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        raise
    time.sleep(time.perf_counter() - before)
