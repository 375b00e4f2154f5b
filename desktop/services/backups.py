"""Backup copies of an archive: made, kept, listed, checked, and put in its place again.

Everything here reads and writes files through connections of its own, so that it can run in the
background; only `swap_in` needs the archive closed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from desktop.storage.backup import RESTORING, UNFINISHED, BackupStoppedError, back_up_file
from desktop.storage.driver import connect
from desktop.storage.errors import ArchiveError
from desktop.storage.header import read_header
from desktop.storage.lock import WriteLock

KEPT: Final = 10
FOLDER: Final = "Sikkerhetskopier"
SUFFIX: Final = ".motebok"
_STAMP: Final = re.compile(r"(?P<stamp>\d{4}-\d{2}-\d{2} \d{4})(?:-\d+)?", re.ASCII)
_JOURNAL: Final = "-journal"
_LONGEST_COPYING: Final = dt.timedelta(days=1)

Progress = Callable[[int, int], bool]


class BackupCopy(NamedTuple):
    """A copy: where it is, when it was made (local time), and its size in bytes."""

    path: Path
    tid: dt.datetime
    stoerrelse: int


class CopyState(NamedTuple):
    """What opening a copy showed: whether it is whole, and what its archive is called."""

    hel: bool
    navn: str
    detalj: str = ""


@contextmanager
def hold(archive: Path, *, bruker: str, since: str) -> Iterator[Path]:
    """Hold the lock of an archive that nobody has open, and give the file it really is.

    Others look for the lock beside the name they open it by; that of a link and that of the file
    are both held.

    Raises:
        LockedError: Somebody has the archive open.
    """
    real = archive.resolve()
    with contextlib.ExitStack() as held:
        for name in (archive, real) if archive.is_symlink() else (archive,):
            held.callback(WriteLock(name, user=bruker, since=since).release)
        yield real


def keep_mode(archive: Path, copy: Path) -> None:
    """Let those read and write a copy that may do so with the archive it will replace."""
    with contextlib.suppress(FileNotFoundError):
        copy.chmod(archive.stat().st_mode & 0o777)


def backup_folder(archive: Path, chosen: Path | None = None) -> Path:
    """Return where the copies of an archive lie: the chosen folder, else one beside it."""
    return chosen or archive.parent / FOLDER


def list_copies(archive: Path, folder: Path) -> list[BackupCopy]:
    """Return the copies of an archive in a folder, the newest first."""
    found = []
    for path in folder.glob(f"*{SUFFIX}") if folder.is_dir() else ():
        made = _made(archive, path)
        if made is not None:
            with contextlib.suppress(OSError):
                found.append(BackupCopy(path, made, path.stat().st_size))
    return sorted(found, key=lambda copy: (copy.tid, copy.path.name), reverse=True)


def is_due(archive: Path, folder: Path, today: dt.date) -> bool:
    """Tell whether no copy was made today."""
    return all(copy.tid.date() != today for copy in list_copies(archive, folder))


def make_copy(
    archive: Path, folder: Path, *, now: dt.datetime, progress: Progress | None = None
) -> Path | None:
    """Write a verified copy of an archive, and remove its copies beyond the last ten.

    Returns:
        The copy, or None if `progress` stopped the copying; nothing is left of it then.

    Args:
        archive: the archive, which may be open.
        folder: made if it is not there.
        now: local time; it names the copy.
        progress: as for `storage.backup.back_up_file`.

    Raises:
        ArchiveError: `kopi_feilet`, `disk_full`, …; no half copy is left.
        OSError: The folder cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = _free_name(folder, f"{archive.stem} {now:%Y-%m-%d %H%M}")
    try:
        made = back_up_file(archive, target, progress)
    except BackupStoppedError:
        return None
    _remove_old(archive, folder)
    _remove_unfinished(archive, folder, now)
    return made.path


def check_copy(copy: Path) -> CopyState:
    """Open a copy, let SQLite check it, and read the name of its archive."""
    try:
        read_header(copy)
        driver = connect(copy, mode="ro")
        try:
            detail = str(driver.execute("PRAGMA integrity_check(1)").fetchone()[0])
            named = driver.execute("SELECT navn FROM arkiv").fetchone()
        finally:
            driver.close()
    except (sqlite3.Error, ArchiveError) as error:
        return CopyState(hel=False, navn="", detalj=str(error))
    return CopyState(
        hel=detail == "ok",
        navn=str(named[0]) if named else "",
        detalj="" if detail == "ok" else detail,
    )


def prepare_restore(copy: Path, archive: Path, progress: Progress | None = None) -> Path | None:
    """Put a verified copy of a backup beside the archive it shall replace.

    Returns:
        Where it lies, or None if `progress` stopped the copying.

    Raises:
        ArchiveError: The backup is damaged or the disk is full; the archive is untouched.
    """
    real = archive.resolve()
    prepared = real.with_name(real.name + RESTORING)
    prepared.unlink(missing_ok=True)
    try:
        back_up_file(copy, prepared, progress)
    except BackupStoppedError:
        return None
    keep_mode(real, prepared)
    return prepared


def swap_in(archive: Path, prepared: Path, *, bruker: str, now: dt.datetime) -> Path | None:
    """Put what was prepared in the place of an archive that nobody has open.

    Returns:
        Where the archive as it was is kept, or None if there was none.

    Raises:
        LockedError: Somebody has the archive open; nothing is changed.
        OSError: The files could not be renamed; the archive is as it was.
    """
    with hold(archive, bruker=bruker, since=now.astimezone(dt.UTC).isoformat()) as real:
        kept = _put_away(real, now)
        try:
            prepared.rename(real)
        except OSError:
            if kept is not None:
                _rename_with_journal(kept, real)
            raise
    return kept


def _made(archive: Path, path: Path) -> dt.datetime | None:
    """Return when a copy of the archive was made by its name, or None for any other file."""
    head = f"{archive.stem} "
    found = _STAMP.fullmatch(path.stem.removeprefix(head)) if path.stem.startswith(head) else None
    if found is None:
        return None
    try:
        return dt.datetime.strptime(found["stamp"], "%Y-%m-%d %H%M")  # noqa: DTZ007  (local)
    except ValueError:
        return None


def _free_name(folder: Path, stem: str) -> Path:
    target, number = folder / f"{stem}{SUFFIX}", 2
    while target.exists():
        target, number = folder / f"{stem}-{number}{SUFFIX}", number + 1
    return target


def _remove_old(archive: Path, folder: Path) -> None:
    """Remove the oldest copies of this very archive; another one may have the same file name."""
    key = _archive_key(archive)
    own = [copy for copy in list_copies(archive, folder) if _archive_key(copy.path) == key]
    for copy in own[KEPT:]:
        with contextlib.suppress(OSError):
            copy.path.unlink()


def _remove_unfinished(archive: Path, folder: Path, now: dt.datetime) -> None:
    """Remove the half copies that a killed program left; one that is being made now stays."""
    for path in folder.glob(f"*{SUFFIX}{UNFINISHED}"):
        made = _made(archive, path.with_suffix(""))
        if made is not None and now - made > _LONGEST_COPYING:
            for left in (path, path.with_name(path.name + _JOURNAL)):
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)


def _archive_key(path: Path) -> str | None:
    try:
        driver = connect(path, mode="ro")
        try:
            found = driver.execute("SELECT id FROM arkiv").fetchone()
        finally:
            driver.close()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else ""


def _put_away(archive: Path, now: dt.datetime) -> Path | None:
    if not archive.exists():
        return None
    kept = _free_name(archive.parent, f"{archive.stem} før gjenoppretting {now:%Y-%m-%d %H%M}")
    _rename_with_journal(archive, kept)
    return kept


def _rename_with_journal(source: Path, target: Path) -> None:
    """Rename an archive with the journal of a crash: SQLite would roll that back into another."""
    source.rename(target)
    journal = source.with_name(source.name + _JOURNAL)
    if journal.exists():
        journal.rename(target.with_name(target.name + _JOURNAL))
