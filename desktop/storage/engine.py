"""The one connection of an archive, and its transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import StaticPool

from desktop.storage.driver import PRAGMAS, archive_errors, connect, translated
from desktop.storage.errors import ArchiveError, CannotWriteError


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
        for pragma in PRAGMAS:
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
