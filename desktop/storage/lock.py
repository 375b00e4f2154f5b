"""One writer at a time: an OS lock that dies with its process.

The lock is on a file beside the archive, which also says, readable for others, who holds it. On
Windows a locked range cannot be read, so there the lock lies far behind the text.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import sys
from pathlib import Path
from typing import Final

from desktop.storage.errors import CannotOpenError, LockedError

SUFFIX: Final = "-laas"
_FAR_BEHIND: Final = 0x4000_0000
_HELD: Final[set[int]] = set()
_BUSY: Final = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR_BEHIND, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _remove_and_close(path: Path, descriptor: int) -> None:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            path.unlink()

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _remove_and_close(path: Path, descriptor: int) -> None:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(descriptor)

    def _close_in_child() -> None:
        """Let go of the parent's locks in a forked child, or they would outlive the parent."""
        for descriptor in _HELD:
            with contextlib.suppress(OSError):
                os.close(descriptor)
        _HELD.clear()

    os.register_at_fork(after_in_child=_close_in_child)


class WriteLock:
    """The right to write in an archive, held from construction until `release`."""

    def __init__(self, archive: Path, *, user: str, since: str) -> None:
        """Take the lock.

        Raises:
            LockedError: Another program holds it.
            CannotOpenError: The folder cannot be written in, or the disk knows no locks.
        """
        self.path = lock_path(archive)
        self._archive = archive
        self._descriptor = self._take()
        self._write({"hvem": user, "siden": since, "maskin": platform.node(), "pid": os.getpid()})

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor in _HELD:
            _HELD.discard(self._descriptor)
            _remove_and_close(self.path, self._descriptor)

    def _take(self) -> int:
        while True:
            descriptor = self._open()
            try:
                _lock(descriptor)
            except OSError as error:
                os.close(descriptor)
                raise self._refusal(error) from error
            if _is_same_file(descriptor, self.path):
                _HELD.add(descriptor)
                return descriptor
            os.close(descriptor)

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError as error:
            raise CannotOpenError("kan_ikke_aapne", sti=str(self._archive)) from error
        except OSError as error:
            raise CannotOpenError("skrivebeskyttet", sti=str(self._archive)) from error

    def _refusal(self, error: OSError) -> CannotOpenError:
        if error.errno not in _BUSY:
            return CannotOpenError("kan_ikke_laase", sti=str(self._archive), detalj=str(error))
        return LockedError("laast", sti=str(self._archive), **read_holder(self._archive))

    def _write(self, holder: dict[str, object]) -> None:
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, json.dumps(holder, ensure_ascii=False).encode())


def lock_path(archive: Path) -> Path:
    """Return where the lock of an archive lies."""
    return archive.with_name(archive.name + SUFFIX)


def read_holder(archive: Path) -> dict[str, object]:
    """Return `hvem`, `siden`, `maskin` and `pid` of the lock, as far as they can be read."""
    unknown: dict[str, object] = {
        "hvem": "en annen",
        "maskin": "ukjent maskin",
        "siden": "et ukjent tidspunkt",
    }
    try:
        data = json.loads(lock_path(archive).read_bytes())
    except (OSError, ValueError):
        return unknown
    return {**unknown, **data} if isinstance(data, dict) else unknown


def _is_same_file(descriptor: int, path: Path) -> bool:
    """Return whether the locked file is still the one at the path: a holder removes it."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    here = os.fstat(descriptor)
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)
