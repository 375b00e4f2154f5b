"""Opening and making archives from the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop.storage.errors import ArchiveError, CannotOpenError
from desktop.storage.reader import ArchiveReader

if TYPE_CHECKING:
    from desktop.storage.archive import Archive

T = TypeVar("T")
_UNFINISHED = ".nytt"
_BESIDE = ("", "-journal", "-wal", "-shm", "-laas")


def user_name() -> str:
    """Return who the log says it was."""
    import getpass  # noqa: PLC0415

    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return "ukjent"


def open_reader(path: Path) -> ArchiveReader:
    """Open an archive for reading its rows.

    Raises:
        CannotOpenError: as `ArchiveReader`.
    """
    return _mended(path, lambda: ArchiveReader(path))


def open_archive(path: Path, *, read_only: bool) -> Archive:
    """Open an archive with its log.

    Raises:
        CannotOpenError, LockedError: as `Archive.open`.
    """
    if not read_only:
        return _writer(path)
    from desktop.storage.archive import Archive  # noqa: PLC0415

    return _mended(path, lambda: Archive.open(path, bruker=user_name(), read_only=True))


def make_archive(path: Path, *, user: str, fill: Callable[[Archive], T]) -> T:
    """Make an archive under another name, fill it, and give it its name when it is whole.

    Whatever stops it, no half archive is left at the path. Returns what `fill` returns.

    Raises:
        CannotOpenError: `finnes_fra_foer`, or as `Archive.create`.
        LockedError: Another process is making it.
    """
    from desktop.storage.archive import Archive  # noqa: PLC0415
    from desktop.storage.lock import WriteLock  # noqa: PLC0415

    _refuse_existing(path)
    if not path.parent.is_dir():
        raise CannotOpenError("kan_ikke_aapne", sti=str(path))
    unfinished = path.with_name(f"{path.name}{_UNFINISHED}")
    WriteLock(unfinished, user=user, since="").release()
    _remove(unfinished)
    try:
        with Archive.create(unfinished, bruker=user) as archive:
            result = fill(archive)
        _refuse_existing(path)
        unfinished.rename(path)
    except BaseException:
        _remove(unfinished)
        raise
    return result


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise CannotOpenError("finnes_fra_foer", sti=str(path))


def _remove(unfinished: Path) -> None:
    for ending in _BESIDE:
        unfinished.with_name(f"{unfinished.name}{ending}").unlink(missing_ok=True)


def _writer(path: Path) -> Archive:
    from desktop.storage.archive import Archive  # noqa: PLC0415

    archive = Archive.open(path, bruker=user_name())
    if archive.upgraded is not None:
        copy = archive.upgraded.path
        print(f"Arkivet er oppgradert. En kopi av det gamle ligger i {copy}.", file=sys.stderr)
    return archive


def _mended(path: Path, open_it: Callable[[], T]) -> T:
    """Open a file for reading, after mending what only a writer can: a journal left by a crash.

    Raises:
        CannotOpenError: The first refusal, where the file cannot be written in.
    """
    try:
        return open_it()
    except CannotOpenError as error:
        if error.code != "avbrutt_skriving":
            raise
        try:
            _writer(path).close()
        except ArchiveError:
            raise error from None
    print(
        "Arkivet ble ikke lukket riktig sist. Det halve er tatt bort, og resten er helt.",
        file=sys.stderr,
    )
    return open_it()
