"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import Literal

SaveProblem = Literal[
    "disk_full", "read_only", "no_folder", "not_a_folder", "is_folder", "name_too_long", "failed"
]

_NEW_FILE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
_CODES: dict[int, SaveProblem] = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "not_a_folder",
    errno.EISDIR: "is_folder",
    errno.ENAMETOOLONG: "name_too_long",
}


class SaveError(Exception):
    """A file that could not be written. What stood there before is whole.

    `code` says why: the disk is full, the place is read-only (or the file is open in Word), the
    folder is not there or is a file, a folder has the file's name, the name is too long, or another
    failure of the system, which is the cause.
    """

    def __init__(self, code: SaveProblem, path: Path) -> None:
        super().__init__(f"{code}: {path}")
        self.code: SaveProblem = code
        self.path = path


def save_error(error: OSError, path: Path) -> SaveError:
    """Return the reason that the system gave as ours."""
    return SaveError(_CODES.get(error.errno or 0, "failed"), path)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that at every moment the old or the new one is there, whole.

    Raises:
        SaveError: nothing was changed.
    """
    try:
        if path.is_dir():
            raise SaveError("is_folder", path)
        _write_beside(path, data)
    except OSError as error:
        raise save_error(error, path) from error


def _write_beside(path: Path, data: bytes) -> None:
    temporary = path.parent / f".motebok-{os.urandom(8).hex()}.tmp"
    descriptor = os.open(temporary, _NEW_FILE, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileNotFoundError):
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system can (Windows cannot open folders)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
