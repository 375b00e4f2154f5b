"""SQLite itself: connections, pragmas, and its errors in our words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path
from typing import Final

from desktop.storage.errors import ArchiveError, CannotOpenError, CannotWriteError

APPLICATION_ID: Final = int.from_bytes(b"MBOK", "big")
BUSY_SECONDS: Final = 5.0
GUARD_MESSAGE: Final = "motebok:"
_CACHED_STATEMENTS: Final = 512
PRAGMAS: Final = (
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "synchronous=FULL",
)
_CODES: Final[dict[int, tuple[type[ArchiveError], str]]] = {
    sqlite3.SQLITE_FULL: (CannotWriteError, "disk_full"),
    sqlite3.SQLITE_BUSY: (CannotWriteError, "opptatt"),
    sqlite3.SQLITE_LOCKED: (CannotWriteError, "opptatt"),
    sqlite3.SQLITE_IOERR: (CannotWriteError, "lese_skrivefeil"),
    sqlite3.SQLITE_READONLY: (CannotWriteError, "skrivebeskyttet"),
    sqlite3.SQLITE_READONLY_DBMOVED: (CannotWriteError, "flyttet"),
    sqlite3.SQLITE_READONLY_ROLLBACK: (CannotOpenError, "avbrutt_skriving"),
    sqlite3.SQLITE_CORRUPT: (CannotOpenError, "skadet"),
    sqlite3.SQLITE_NOTADB: (CannotOpenError, "skadet"),
    sqlite3.SQLITE_CANTOPEN: (CannotOpenError, "kan_ikke_aapne"),
}
_DETAILS: Final = {
    sqlite3.SQLITE_CORRUPT: "innholdet henger ikke sammen",
    sqlite3.SQLITE_NOTADB: "det er ingen database lenger",
}
_UNREADABLE: Final = (LookupError, UnicodeDecodeError, JSONDecodeError)
"""What SQLAlchemy, sqlite3 and the log say of a value that no program wrote."""
_NO_TEXT: Final = "Could not decode to UTF-8"
_NO_SUCH: Final = ("no such table", "no such column")


def connect(path: Path, *, mode: str) -> sqlite3.Connection:
    """Open a file by SQLite with `mode` ro, rw or rwc, without any pragma set."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        cached_statements=_CACHED_STATEMENTS,
    )


def connect_for_pieces(path: Path) -> sqlite3.Connection:
    """Open a second connection of this program, to write what no log follows."""
    driver = connect(path, mode="rw")
    for pragma in PRAGMAS:
        driver.execute(f"PRAGMA {pragma}")
    return driver


def translated(error: BaseException, path: Path) -> ArchiveError | None:
    """Return what an SQLite error means to a user, or None for a constraint or a mistake."""
    if not isinstance(error, sqlite3.Error):
        return None
    message = str(error)
    if message.startswith(GUARD_MESSAGE):
        return CannotWriteError(message.removeprefix(GUARD_MESSAGE))
    if message.startswith(_NO_TEXT):
        return damaged(path, "en tekst er ikke lesbar")
    if message.startswith(_NO_SUCH):
        return damaged(path, "en tabell mangler eller er en annen")
    extended: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    kind, code = _CODES.get(extended) or _CODES.get(extended & 0xFF) or (ArchiveError, "")
    detail = _DETAILS.get(extended & 0xFF, message)
    return kind(code, sti=str(path), detalj=detail) if code else None


def damaged(path: Path, detail: str) -> CannotOpenError:
    """Return the error for an archive that holds what no program wrote there."""
    return CannotOpenError("skadet", sti=str(path), detalj=detail)


@contextmanager
def archive_errors(path: Path) -> Iterator[None]:
    """Raise SQLite's errors as archive errors, where they are any, and unreadable values too."""
    try:
        yield
    except sqlite3.Error as error:
        found = translated(error, path)
        if found is None:
            raise
        raise found from error
    except (LookupError, ValueError) as error:
        if type(error) not in _UNREADABLE:
            raise
        raise damaged(path, "en verdi er ikke lesbar") from error
