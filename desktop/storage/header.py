"""What a file says about itself before anything in it is trusted."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.storage.driver import APPLICATION_ID, connect, translated
from desktop.storage.errors import CannotOpenError

_MAGIC: Final = b"SQLite format 3\0"
_HEADER_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class FileHeader:
    """The marks of a Møtebok archive. `version` is the number of its last migration."""

    application_id: int
    version: int


def read_header(path: Path) -> FileHeader:
    """Return the marks of a file without changing a byte of it.

    Raises:
        CannotOpenError: `finnes_ikke`, `ikke_motebok`, `kan_ikke_aapne` or `skadet`.
    """
    if not path.exists():
        raise CannotOpenError("finnes_ikke", sti=str(path))
    if not path.is_file():
        raise CannotOpenError("ikke_motebok", sti=str(path))
    try:
        header = _ask_sqlite(path)
    except sqlite3.Error as error:
        header = _read_bytes(path, error)
    if header.application_id != APPLICATION_ID:
        raise CannotOpenError("ikke_motebok", sti=str(path))
    return header


def check_version(path: Path, header: FileHeader, known: int) -> None:
    """Refuse an archive that a newer program made.

    Raises:
        CannotOpenError: `nyere_versjon`, or `skadet` where there is no version at all.
    """
    if header.version > known:
        raise CannotOpenError("nyere_versjon", sti=str(path), versjon=header.version, kjent=known)
    if header.version < 1:
        raise CannotOpenError("skadet", sti=str(path), detalj="arkivet ble aldri laget ferdig")


def _ask_sqlite(path: Path) -> FileHeader:
    """Read through SQLite: to open and close the file ourselves would drop SQLite's locks on it."""
    driver = connect(path, mode="ro")
    try:
        values = [
            driver.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version")
        ]
    finally:
        driver.close()
    return FileHeader(*values)


def _read_bytes(path: Path, error: sqlite3.Error) -> FileHeader:
    """Read the header where SQLite cannot: a crashed writer left a journal, or it is no archive."""
    try:
        with path.open("rb") as file:
            data = file.read(_HEADER_LENGTH)
    except OSError as unreadable:
        raise CannotOpenError("kan_ikke_aapne", sti=str(path)) from unreadable
    if len(data) < _HEADER_LENGTH or not data.startswith(_MAGIC):
        raise CannotOpenError("ikke_motebok", sti=str(path)) from error
    header = FileHeader(
        application_id=int.from_bytes(data[68:72], "big"),
        version=int.from_bytes(data[60:64], "big"),
    )
    found = translated(error, path)
    if header.application_id == APPLICATION_ID and found is not None and found.code == "skadet":
        raise found from error
    return header
