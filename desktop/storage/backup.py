"""Backup copies: made by SQLite, proved by opening them, and only then given their name."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.storage.chain import GENESIS
from desktop.storage.driver import archive_errors, connect
from desktop.storage.errors import ArchiveError, CannotOpenError, CannotWriteError
from desktop.storage.header import read_header

IMPORTING: Final = ".importeres"
RESTORING: Final = ".gjenopprettes"
"""How the copies are called that stand beside an archive until they take its place."""
UNFINISHED: Final = ".ufullstendig"
_LEFT_BEHIND: Final = ("", "-journal", "-laas", UNFINISHED, f"{UNFINISHED}-journal")
_PAGES_AT_A_TIME: Final = 256

Progress = Callable[[int, int], bool]
"""Told how many of how many pages are copied; False stops the copying."""


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A finished copy. `head_hash` is in hexadecimal; print it where the copy is mentioned."""

    path: Path
    head_hash: str


class BackupStoppedError(Exception):
    """The copying was stopped on request; nothing is left of the copy."""


def back_up_file(source: Path, target: Path, progress: Progress | None = None) -> BackupInfo:
    """Copy an archive through a connection of its own.

    With `progress` a few pages are copied at a time, and the archive is free for others to write in
    between; what they write is in the copy.

    Raises:
        ArchiveError: As `back_up`, or the source cannot be opened.
        BackupStoppedError: `progress` said so.
    """
    read_header(source)
    with archive_errors(source):
        driver = connect(source, mode="ro")
        try:
            return back_up(driver, target, progress)
        finally:
            driver.close()


def copy_as_it_is(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy an archive with whatever damage it has, for somebody who looks for it.

    Raises:
        ArchiveError: The source cannot be opened or read at all, or the disk is full.
        BackupStoppedError: `progress` said so.
    """
    read_header(source)
    with archive_errors(source):
        driver = connect(source, mode="ro")
        try:
            with archive_errors(target):
                _fill(driver, target, progress).close()
        except BaseException:
            _discard(target)
            raise
        finally:
            driver.close()


def remove_left_behind(archive: Path, kind: str) -> None:
    """Remove the copy that a killed program was going to put in an archive's place.

    For whoever holds the archive's lock. What cannot be removed now is tried the next time.
    """
    for end in _LEFT_BEHIND:
        with contextlib.suppress(OSError):
            archive.with_name(archive.name + kind + end).unlink(missing_ok=True)


def back_up(
    driver: sqlite3.Connection, target: Path, progress: Progress | None = None
) -> BackupInfo:
    """Copy an open archive to a file that does not exist yet, readable by those who read it.

    Raises:
        ArchiveError: `finnes_fra_foer`, `kopi_feilet`, `disk_full`, `kan_ikke_aapne`.
        BackupStoppedError: `progress` said so.
    """
    if target.exists():
        raise CannotOpenError("finnes_fra_foer", sti=str(target))
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        _discard(unfinished)
        head = _copy(driver, unfinished, progress)
        _prove(unfinished, head)
        _sync(unfinished)
        _give_name(unfinished, target)
    except BaseException:
        _discard(unfinished)
        raise
    return BackupInfo(target, head)


def head_hash(driver: sqlite3.Connection) -> str:
    """Return the newest entry's hash in hexadecimal, zeros for an empty log."""
    found = driver.execute("SELECT hash FROM handling ORDER BY nr DESC LIMIT 1").fetchone()
    return (GENESIS if found is None else bytes(found[0])).hex()


def _copy(driver: sqlite3.Connection, target: Path, progress: Progress | None) -> str:
    with archive_errors(target):
        copy = _fill(driver, target, progress)
        try:
            return head_hash(copy)
        finally:
            copy.close()


def _fill(
    driver: sqlite3.Connection, target: Path, progress: Progress | None
) -> sqlite3.Connection:
    """Copy all pages into a new file, and return the connection to it."""
    _make_like(driver, target)
    copy = connect(target, mode="rwc")
    try:
        if progress is None:
            driver.backup(copy)
        else:
            driver.backup(copy, pages=_PAGES_AT_A_TIME, progress=_teller(progress))
    except BaseException:
        copy.close()
        raise
    return copy


def _make_like(driver: sqlite3.Connection, target: Path) -> None:
    """Make an empty file that no others can read than those who read the archive."""
    with contextlib.suppress(OSError):
        mode = Path(driver.execute("PRAGMA database_list").fetchone()[2]).stat().st_mode
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode & 0o777 | 0o600))


def _teller(progress: Progress) -> Callable[[int, int, int], None]:
    def tell(_status: int, remaining: int, total: int) -> None:
        if not progress(total - remaining, total):
            raise BackupStoppedError

    return tell


def _prove(copy: Path, head: str) -> None:
    """Open a copy and check it.

    Raises:
        ArchiveError: `kopi_feilet`.
    """
    try:
        read_header(copy)
        driver = connect(copy, mode="ro")
        try:
            detail = driver.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if detail == "ok" and head_hash(driver) != head:
                detail = "loggen slutter på et annet sted"
        finally:
            driver.close()
    except (sqlite3.Error, ArchiveError) as error:
        raise CannotWriteError("kopi_feilet", sti=str(copy), detalj=str(error)) from error
    if detail != "ok":
        raise CannotWriteError("kopi_feilet", sti=str(copy), detalj=detail)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _give_name(unfinished: Path, target: Path) -> None:
    """Give a finished copy its name, but never that of another file."""
    try:
        if os.name == "nt":
            unfinished.rename(target)
        else:
            os.link(unfinished, target)
            unfinished.unlink()
    except FileExistsError as error:
        raise CannotOpenError("finnes_fra_foer", sti=str(target)) from error
    except OSError as error:
        raise CannotWriteError("kopi_feilet", sti=str(target), detalj=str(error)) from error


def _discard(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
