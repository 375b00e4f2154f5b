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
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from desktop.importing.exchange import ImportProblems
from desktop.services.backups import SUFFIX
from desktop.services.explain import EXPECTED, ApartError, explain
from desktop.services.importer import ImportReport
from desktop.storage.archive import Archive
from desktop.storage.backup import BackupStoppedError, back_up_file
from desktop.storage.lock import WriteLock
from desktop.storage.verify import VerifyReport

OPTION: Final = "--arbeid"
_ASK_EVERY_S: Final = 0.1
_UNFINISHED: Final = ".importeres"
_LEFT_BEHIND: Final = ("", "-journal", "-laas")

Progress = Callable[[int, int], bool]
"""Told how many of how many parts are done, of 0 where nobody knows; False stops the work."""


def verify_apart(archive: Path, progress: Progress) -> VerifyReport | None:
    """Check a copy of an archive.

    Returns:
        The report, or None if `progress` stopped it.

    Raises:
        ArchiveError: The archive cannot be copied.
        ApartError: The copy cannot be opened, or the process was ended from outside.
    """
    found = _on_copy("verify", archive, (), progress)
    return found if isinstance(found, VerifyReport) else None


def export_apart(archive: Path, target: Path, progress: Progress) -> int | None:
    """Write the exchange file of an archive; return its size, or None if it was stopped.

    Raises:
        ArchiveError, ApartError: as `verify_apart`; what stood at the target is whole.
    """
    found = _on_copy("export", archive, (target,), progress)
    return found if isinstance(found, int) else None


def check_import_apart(
    archive: Path, file: Path, progress: Progress
) -> ImportReport | ImportProblems | None:
    """Return what an import would do, or the errors of the file; None if it was stopped.

    Raises:
        ArchiveError, ApartError: as `verify_apart`.
    """
    found = _on_copy("check", archive, (file,), progress)
    return found if isinstance(found, ImportReport | ImportProblems) else None


def import_apart(
    archive: Path, file: Path, *, bruker: str, since: str, progress: Progress
) -> ImportReport | ImportProblems | None:
    """Take an exchange file into an archive that this program has closed.

    It is taken into a copy, which is put in the archive's place when it is whole. Until then the
    archive is untouched, and nobody else can open it for writing.

    Args:
        archive: the archive.
        file: the exchange file.
        bruker: the name of the user, for the log and the lock.
        since: the time, for the lock, in UTC as ISO 8601.
        progress: as for `verify_apart`.

    Returns:
        What was done, the errors of the file, or None if it was stopped.

    Raises:
        LockedError: Another program opened it in between.
        ArchiveError, ApartError, OSError: The archive is as it was.
    """
    copy = archive.with_name(archive.name + _UNFINISHED)
    lock = WriteLock(archive, user=bruker, since=since)
    try:
        _remove(copy)
        back_up_file(archive, copy, progress)
        found = _answer("import", (copy, file, bruker), progress)
        if isinstance(found, ImportReport) and found:
            copy.replace(archive)
    except BackupStoppedError:
        return None
    finally:
        _remove(copy)
        lock.release()
    return found if isinstance(found, ImportReport | ImportProblems) else None


def _on_copy(job: str, archive: Path, values: tuple[object, ...], progress: Progress) -> object:
    with tempfile.TemporaryDirectory(prefix="motebok-") as folder:
        copy = Path(folder) / f"kopi{SUFFIX}"
        try:
            back_up_file(archive, copy, progress)
        except BackupStoppedError:
            return None
        return _answer(job, (copy, *values), progress)


def _remove(copy: Path) -> None:
    for end in _LEFT_BEHIND:
        copy.with_name(copy.name + end).unlink(missing_ok=True)


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
    with Archive.open(copy, bruker="", read_only=True) as archive:
        return archive.verify()


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
