"""The one connection of an archive: pragmas, transactions, and SQLite's errors in our words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from json import JSONDecodeError
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import StaticPool

from desktop.storage.errors import ArchiveError, CannotOpenError, CannotWriteError

APPLICATION_ID: Final = int.from_bytes(b"MBOK", "big")
BUSY_SECONDS: Final = 5.0
GUARD_MESSAGE: Final = "motebok:"
_CACHED_STATEMENTS: Final = 512
_PRAGMAS: Final = (
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


class Database:
    """One file, one connection, one transaction at a time.

    Outside a write transaction the connection is `query_only`: whatever forgets the unit of work
    is refused by SQLite itself.
    """

    def __init__(self, path: Path, *, mode: str) -> None:
        """Open the file with `mode` ro, rw or rwc.

        Raises:
            ArchiveError: The file cannot be opened.
        """
        self.path = path
        self.read_only = mode == "ro"
        with archive_errors(path):
            self.driver = connect(path, mode=mode)
            try:
                self._set_pragmas()
                self.engine = self._make_engine()
                self.connection: Connection = self.engine.connect()
            except BaseException:
                self.driver.close()
                raise
        self.writing = False
        self.closed = False
        self._unchecked = False
        self._begin = "BEGIN"
        self._transaction: RootTransaction | None = None

    def begin_read(self) -> None:
        """Begin a transaction that sees one state of the file."""
        self._start("BEGIN")

    def begin_write(self, *, foreign_keys: bool = True) -> None:
        """Begin a write transaction; nobody else can write until it ends.

        Raises:
            CannotWriteError: The archive is read only, or another program is in the way.
        """
        if self.read_only:
            raise CannotWriteError("skrivebeskyttet", sti=str(self.path))
        with archive_errors(self.path):
            self.driver.execute("PRAGMA query_only=0")
            if not foreign_keys:
                self.driver.execute("PRAGMA foreign_keys=0")
                self._unchecked = True
            try:
                self._start("BEGIN IMMEDIATE")
            except BaseException:
                self._after_write()
                raise
        self.writing = True

    @contextmanager
    def writable(self) -> Iterator[None]:
        """Let statements outside a transaction write, as those that install the recording do.

        Raises:
            CannotWriteError: The archive is read only.
        """
        if self.read_only:
            raise CannotWriteError("skrivebeskyttet", sti=str(self.path))
        with archive_errors(self.path):
            self.driver.execute("PRAGMA query_only=0")
            try:
                yield
            finally:
                self.driver.execute("PRAGMA query_only=1")

    def commit(self) -> None:
        """Commit; when that fails, everything of the transaction is undone."""
        transaction = self._transaction
        assert transaction is not None  # noqa: S101
        try:
            with archive_errors(self.path):
                transaction.commit()
        finally:
            self._end()

    def rollback(self) -> None:
        """Undo everything of the transaction. Harmless when there is none."""
        transaction = self._transaction
        if transaction is None:
            return
        try:
            if transaction.is_active:
                with suppress(sqlite3.Error, ArchiveError):
                    transaction.rollback()
        finally:
            self._end()

    def close(self) -> None:
        """Close the connection; an open transaction is rolled back."""
        self.closed = True
        self.rollback()
        self.connection.close()
        self.engine.dispose()
        self.driver.close()

    def _start(self, statement: str) -> None:
        if self._transaction is not None:
            raise RuntimeError("a transaction is open: nothing can be changed while reading")
        self._begin = statement
        self._transaction = self.connection.begin()

    def _end(self) -> None:
        transaction, self._transaction = self._transaction, None
        if transaction is not None:
            transaction.close()
        if self.driver.in_transaction:
            self.driver.execute("ROLLBACK")
        if self.writing:
            self.writing = False
            self._after_write()

    def _after_write(self) -> None:
        if self._unchecked:
            self.driver.execute("PRAGMA foreign_keys=1")
            self._unchecked = False
        self.driver.execute("PRAGMA query_only=1")

    def _set_pragmas(self) -> None:
        for pragma in _PRAGMAS:
            self.driver.execute(f"PRAGMA {pragma}")
        if not self.read_only:
            self.driver.execute("PRAGMA journal_mode=DELETE").fetchone()
        self.driver.execute("PRAGMA query_only=1")

    def _make_engine(self) -> Engine:
        engine = create_engine("sqlite://", creator=lambda: self.driver, poolclass=StaticPool)
        event.listen(engine, "begin", self._on_begin)
        event.listen(engine, "handle_error", self._on_error)
        return engine

    def _on_begin(self, _connection: Connection) -> None:
        with archive_errors(self.path):
            self.driver.execute(self._begin)

    def _on_error(self, context: ExceptionContext) -> None:
        found = translated(context.original_exception, self.path)
        if found is None:
            return
        if found.code == "skrivebeskyttet" and not self.writing:
            found = CannotWriteError("utenfor_handling")
        raise found from context.original_exception
