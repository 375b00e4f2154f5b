"""Opening and making the file of an archive, before anything is asked of it."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.storage.capture import Capture
from desktop.storage.driver import archive_errors, damaged
from desktop.storage.engine import Database
from desktop.storage.errors import ArchiveError, CannotOpenError
from desktop.storage.header import FileHeader, check_version, read_header
from desktop.storage.lock import WriteLock
from desktop.storage.log import ChangeLog
from desktop.storage.pieces import tidy_pieces
from desktop.storage.search_schema import has_index
from desktop.storage.settings import Settings
from desktop.storage.typing_group import RecoveredTyping, TypingGroups

if TYPE_CHECKING:
    from desktop.storage.backup import BackupInfo


@dataclass(slots=True)
class OpenFile:
    """The parts of an open archive. `upgraded` is the copy made before an upgrade."""

    path: Path
    user: str
    settings: Settings
    lock: WriteLock | None
    database: Database
    capture: Capture
    log: ChangeLog
    groups: TypingGroups
    recovered: RecoveredTyping | None = None
    upgraded: BackupInfo | None = None

    @property
    def read_only(self) -> bool:
        """Return whether the file was opened for reading."""
        return self.lock is None

    def let_go(self) -> None:
        """Close the file and give back the lock."""
        try:
            self.database.close()
        finally:
            if self.lock is not None:
                self.lock.release()


def create_file(path: Path, *, user: str, settings: Settings) -> OpenFile:
    """Make a new archive.

    Raises:
        CannotOpenError: `finnes_fra_foer`, `kan_ikke_aapne` (no such folder), `skrivebeskyttet`.
        CannotWriteError: `disk_full` and the like; nothing is left behind.
    """
    if path.exists():
        raise CannotOpenError("finnes_fra_foer", sti=str(path))
    lock = WriteLock(path, user=user, since=settings.now())
    try:
        try:
            path.open("xb").close()
        except FileExistsError as error:
            raise CannotOpenError("finnes_fra_foer", sti=str(path)) from error
        try:
            return _parts(path, user, settings, lock, new=True)
        except BaseException:
            path.unlink()
            raise
    except BaseException:
        lock.release()
        raise


def open_file(path: Path, *, user: str, read_only: bool, settings: Settings) -> OpenFile:
    """Open an archive; for writing, an older one is upgraded and typing is recovered.

    Raises:
        ArchiveError: See `Archive.open`.
    """
    known = len(settings.steps)
    header = read_header(path)
    check_version(path, header, known)
    if read_only:
        if header.version < known:
            raise CannotOpenError("eldre_versjon", sti=str(path), versjon=header.version)
        return _parts(path, user, settings, None)
    lock = WriteLock(path, user=user, since=settings.now())
    try:
        parts = _parts(path, user, settings, lock)
    except BaseException:
        lock.release()
        raise
    try:
        _tidy_up(parts)
    except BaseException:
        parts.let_go()
        raise
    _remove_left_behind(path, user, settings.now())
    return parts


def _remove_left_behind(path: Path, user: str, now: str) -> None:
    """Remove the copies of a killed import or restore, unless one is under way by another name."""
    from desktop.storage.backup import IMPORTING, RESTORING, remove_left_behind  # noqa: PLC0415

    real = path.resolve()
    with contextlib.ExitStack() as held, contextlib.suppress(ArchiveError):
        if path.is_symlink():
            held.callback(WriteLock(real, user=user, since=now).release)
        for kind in (IMPORTING, RESTORING):
            remove_left_behind(real, kind)


def _parts(
    path: Path, user: str, settings: Settings, lock: WriteLock | None, *, new: bool = False
) -> OpenFile:
    database = Database(path, mode="ro" if lock is None else "rw")
    try:
        if new:
            from desktop.storage.migrations.runner import create_schema  # noqa: PLC0415

            create_schema(database, settings.steps)
            _install_index(database)
            tidy_pieces(database)
        driver = database.driver
        capture = Capture(driver, settings.column_rules())
        log = ChangeLog(driver, settings.new_id, settings.new_salt)
        groups = TypingGroups(database, capture, log)
        with archive_errors(path):
            _look_inside(path, log, groups)
    except BaseException:
        database.close()
        raise
    return OpenFile(path, user, settings, lock, database, capture, log, groups)


def _look_inside(path: Path, log: ChangeLog, groups: TypingGroups) -> None:
    """Read the schema, the log's head and the open group: a damaged file fails here.

    Raises:
        CannotOpenError: `skadet`.
    """
    try:
        log.head()
        groups.load()
    except sqlite3.OperationalError as error:
        if "no such" not in str(error):
            raise
        raise damaged(path, "en tabell mangler") from error
    except (TypeError, ValueError) as error:
        raise damaged(path, "loggen er ikke lesbar") from error


def _tidy_up(parts: OpenFile) -> None:
    """Seal what a crash left open, then bring the schema up to date."""
    parts.recovered = parts.groups.recover()
    version = parts.database.driver.execute("PRAGMA user_version").fetchone()[0]
    known = len(parts.settings.steps)
    check_version(parts.path, FileHeader(0, version), known)
    if version < known:
        from desktop.storage.migrations.runner import migrate  # noqa: PLC0415

        parts.upgraded = migrate(
            parts.database,
            parts.capture,
            parts.log,
            parts.settings.steps,
            user=parts.user,
            now=parts.settings.now,
        )
    _install_index(parts.database, again=version < known)
    tidy_pieces(parts.database)


def _install_index(database: Database, *, again: bool = False) -> None:
    """Give an archive without a search index an empty one; the window builds it."""
    if again or not has_index(database.driver):
        from desktop.storage.search_build import install  # noqa: PLC0415

        install(database, again=again)
