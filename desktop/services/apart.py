"""Heavy work on a copy of an archive, in a process of its own.

A thread is not enough for it: reading a large exchange file, or checking a long log, makes millions
of objects, and Python lets no other thread run while it goes through them. The window would stand
still for half a second at a time. The process gets its task by its standard input and answers on
its standard output; it touches no file but those it is given.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from desktop.filer.atomic import write_atomically
from desktop.importing.exchange import ImportProblems
from desktop.services.backups import SUFFIX, hold, keep_mode
from desktop.services.explain import EXPECTED, ApartError, explain
from desktop.services.importer import ImportReport
from desktop.storage.archive import Archive
from desktop.storage.backup import (
    IMPORTING,
    BackupStoppedError,
    back_up_file,
    copy_as_it_is,
    remove_left_behind,
)
from desktop.storage.chain import GENESIS
from desktop.storage.errors import ArchiveError, CannotOpenError
from desktop.storage.lock import WriteLock
from desktop.storage.verify import Problem, VerifyReport

OPTION: Final = "--arbeid"
_ASK_EVERY_S: Final = 0.1
_FOLDER: Final = "motebok-arbeid-"
_COPY: Final = f"kopi{SUFFIX}"
_MADE_BEFORE_LOCKED_S: Final = 60
"""A folder of another program that is younger may be about to be locked by it."""

Progress = Callable[[int, int], bool]
"""Told how many of how many parts are done, of 0 where nobody knows; False stops the work."""


def verify_apart(archive: Path, progress: Progress) -> VerifyReport | None:
    """Check a copy of an archive, which is taken with the damage it has.

    Returns:
        The report, or None if `progress` stopped it.

    Raises:
        ArchiveError: The archive cannot be copied, for another reason than that it is damaged.
        ApartError: The copy cannot be opened, or the process was ended from outside.
    """
    try:
        with _work_folder() as folder:
            copy = folder / _COPY
            copy_as_it_is(archive, copy, progress)
            found = _answer("verify", (copy,), progress)
    except BackupStoppedError:
        return None
    except CannotOpenError as error:
        return _damage(error)
    return found if isinstance(found, VerifyReport) else None


def export_apart(archive: Path, target: Path, progress: Progress) -> int | None:
    """Write the exchange file of an archive; return its size, or None if it was stopped.

    The process writes in a folder of ours: killed, it leaves nothing beside the target.

    Raises:
        ArchiveError: The archive cannot be copied.
        ApartError: The archive cannot be exported, or the process was ended from outside.
        SaveError: The file could not be written; as for the others, what stood there is whole.
    """
    with _work_folder() as folder:
        made = folder / "ut.json"
        size = _on_copy(folder, "export", archive, (made,), progress)
        if not isinstance(size, int) or not progress(0, 0):
            return None
        write_atomically(target, made.read_bytes())
    return size


def check_import_apart(
    archive: Path, file: Path, progress: Progress
) -> ImportReport | ImportProblems | None:
    """Return what an import would do, or the errors of the file; None if it was stopped.

    Raises:
        ArchiveError, ApartError: as `export_apart`.
    """
    with _work_folder() as folder:
        found = _on_copy(folder, "check", archive, (file,), progress)
    return found if isinstance(found, ImportReport | ImportProblems) else None


def import_apart(
    archive: Path, file: Path, *, bruker: str, since: str, progress: Progress
) -> ImportReport | ImportProblems | None:
    """Take an exchange file into an archive that this program has closed.

    It is taken into a copy, which is put in the archive's place when it is whole. Until then the
    archive is untouched, and nobody else can open it for writing. The copy gets the archive's
    permissions; of a link it is the file it leads to that is replaced.

    Args:
        archive: the archive.
        file: the exchange file.
        bruker: the name of the user, for the log and the lock.
        since: the time, for the lock, in UTC as ISO 8601.
        progress: as for `verify_apart`.

    Returns:
        What was done, the errors of the file, or None if it was stopped; the archive is as it was
        then. A report is of what stands in the archive, also where it was stopped too late.

    Raises:
        LockedError: Another program opened it in between.
        ArchiveError, ApartError, OSError: The archive is as it was.
    """
    with hold(archive, bruker=bruker, since=since) as real:
        copy = real.with_name(real.name + IMPORTING)
        remove_left_behind(real, IMPORTING)
        try:
            back_up_file(real, copy, progress)
            found = _answer("import", (copy, file, bruker), progress)
            if isinstance(found, ImportReport) and found:
                if not progress(0, 0):
                    return None
                keep_mode(real, copy)
                copy.replace(real)
        except BackupStoppedError:
            return None
        finally:
            remove_left_behind(real, IMPORTING)
    return found if isinstance(found, ImportReport | ImportProblems) else None


def _on_copy(
    folder: Path, job: str, archive: Path, values: tuple[object, ...], progress: Progress
) -> object:
    copy = folder / _COPY
    try:
        back_up_file(archive, copy, progress)
    except BackupStoppedError:
        return None
    return _answer(job, (copy, *values), progress)


@contextmanager
def _work_folder() -> Iterator[Path]:
    """Make a folder for one job; before that, remove those of programs that were killed."""
    _sweep()
    with (
        tempfile.TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as name,
        contextlib.ExitStack() as held,
    ):
        folder = Path(name)
        with contextlib.suppress(ArchiveError):
            held.callback(_lock(folder).release)
        yield folder


def _lock(folder: Path) -> WriteLock:
    """Take the lock of a work folder, which dies with the program that works there.

    Raises:
        ArchiveError: Another program holds it, or the disk knows no locks.
    """
    return WriteLock(folder / _COPY, user="", since="")


def _sweep() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        with contextlib.suppress(ArchiveError, OSError):
            if not _may_be_left(folder):
                continue
            lock = _lock(folder)
            try:
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                lock.release()
            folder.rmdir()


def _may_be_left(folder: Path) -> bool:
    """Tell whether a folder is this user's own, and old enough to be locked if it is in use."""
    found = folder.lstat()
    own = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    is_folder = folder.is_dir() and not folder.is_symlink()
    return own and is_folder and time.time() - found.st_mtime > _MADE_BEFORE_LOCKED_S


def _damage(error: CannotOpenError) -> VerifyReport:
    """Return the report on an archive too damaged to be opened; raises any other error."""
    if error.code != "skadet":
        raise error
    problem = Problem("uleselig", {"detalj": error.params.get("detalj", "")})
    return VerifyReport((problem,), 0, GENESIS.hex())


def _program() -> list[str]:
    module = [] if getattr(sys, "frozen", False) else ["-P", "-m", "desktop"]
    return [sys.executable, *module]


def _answer(job: str, values: tuple[object, ...], progress: Progress) -> object:
    """Return what a process makes of a job; None if `progress` stopped it."""
    process = subprocess.Popen(  # noqa: S603  (our own program)
        [*_program(), OPTION],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with process:
        task: bytes | None = pickle.dumps((job, values))
        while True:
            try:
                told, _ = process.communicate(task, timeout=_ASK_EVERY_S)
                break
            except subprocess.TimeoutExpired:
                task = None
                if not progress(0, 0):
                    process.kill()
                    process.communicate()
                    return None
            except BaseException:
                process.kill()
                raise
    return _told(told)


def _told(told: bytes) -> object:
    """Return the value of an answer, or raise what it tells."""
    try:
        how, value = pickle.loads(told)  # noqa: S301  (of our own process)
    except (EOFError, pickle.UnpicklingError) as error:
        raise ApartError(
            "Arbeidet i bakgrunnen ble avbrutt utenfra. Arkivet er som før. Prøv igjen."
        ) from error
    if how == "refused":
        raise ApartError(value)
    if how == "crashed":
        raise RuntimeError(value)
    return value


def _verify(copy: Path) -> VerifyReport:
    try:
        with Archive.open(copy, bruker="", read_only=True) as archive:
            return archive.verify()
    except CannotOpenError as error:
        return _damage(error)


def _export(copy: Path, target: Path) -> int:
    from desktop.services.export import write_export  # noqa: PLC0415

    with Archive.open(copy, bruker="", read_only=True) as archive:
        return write_export(archive, target)


def _check(copy: Path, file: Path) -> ImportReport:
    from desktop.services.importer import check_file  # noqa: PLC0415

    with Archive.open(copy, bruker="", read_only=True) as archive:
        return check_file(archive, file)


def _import(copy: Path, file: Path, bruker: str) -> ImportReport:
    from desktop.services.importer import import_file  # noqa: PLC0415

    with Archive.open(copy, bruker=bruker) as archive:
        return import_file(archive, file)


_JOBS: Final[Mapping[str, Callable[..., Any]]] = MappingProxyType(
    {"verify": _verify, "export": _export, "check": _check, "import": _import}
)


def main() -> int:
    """Do the one job that is asked for on the standard input."""
    name, values = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  (of our own program)
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)
    try:
        answer: tuple[str, object] = ("value", _JOBS[name](*values))
    except ImportProblems as problems:
        answer = ("value", problems)
    except EXPECTED as error:
        answer = ("refused", explain(error))
    except Exception:  # noqa: BLE001  (told to the program that asked)
        answer = ("crashed", traceback.format_exc())
    sys.stdout.buffer.write(pickle.dumps(answer))
    return 0
