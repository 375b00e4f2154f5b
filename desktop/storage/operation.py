"""The unit of work: one transaction, one entry in the log, or nothing at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy.orm import Session

from desktop.storage.capture import Capture
from desktop.storage.changes import ChangeSet, RowChange, RowKey
from desktop.storage.driver import archive_errors
from desktop.storage.engine import Database
from desktop.storage.schema import CONTENT_TABLE, SchemaError

Participant = Callable[[sqlite3.Connection, ChangeSet], None]


Finish = Callable[[Sequence[RowChange]], int | None]
"""Writes the loggable changes of an operation; returns the entry's number, if it made one."""


class Operation:
    """One operation while it runs. `changes` is empty until the outermost operation has ended."""

    def __init__(self, verb: str, *, undoable: bool) -> None:
        self.verb = verb
        self.undoable = undoable
        self.changes = ChangeSet(None, verb)
        self.params: dict[str, str] = {}
        self.erased: dict[RowKey, None] = {}
        self.erased_users: set[str] = set()
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """Return the session to read and write with, while the operation runs."""
        if self._session is None:
            raise RuntimeError("the operation has ended")
        return self._session

    def describe(self, **params: str) -> None:
        """Say what the label of the operation names; what was said first stands.

        The values are kept in the log with the payload of the operation: give numbers, not texts.
        """
        for name, value in params.items():
            self.params.setdefault(name, value)

    def erase(self, rows: Collection[RowKey]) -> None:
        """Erase from the log, when the operation commits, what rows have ever held.

        The values of this operation are erased with the rest. For a row of `fil` the bytes are
        deleted too. An operation that erases is never `angrebar`.
        """
        self.undoable = False
        self.erased |= dict.fromkeys(rows)

    def erase_user(self, name: str) -> None:
        """Erase the name of a user from the log, when the operation commits."""
        self.undoable = False
        self.erased_users.add(name)

    @property
    def erases(self) -> bool:
        """Return whether anything is to be erased from the log."""
        return bool(self.erased or self.erased_users)

    def begin(self, session: Session) -> None:
        """Let the operation use a session."""
        self._session = session

    def end(self) -> None:
        """Let go of the session."""
        self._session = None


class UnitOfWork:
    """Runs operations on the one connection of an archive."""

    def __init__(self, database: Database, capture: Capture) -> None:
        self.database = database
        self.capture = capture
        self.participants: list[Participant] = []
        self.active: Operation | None = None

    @contextmanager
    def run(
        self, operation: Operation, finish: Finish, *, foreign_keys: bool = True
    ) -> Iterator[Operation]:
        """Run an operation; `finish` logs its changes in the same transaction.

        Anything raised, by the caller's block or by the commit, undoes everything.
        """
        with archive_errors(self.database.path):
            self._prepare()
            self.database.begin_write(foreign_keys=foreign_keys)
            self.active = operation
            session = Session(bind=self.database.connection, expire_on_commit=False)
            try:
                self.capture.open()
                operation.begin(session)
                yield operation
                self._complete(operation, session, finish)
            except BaseException:
                session.close()
                self.database.rollback()
                raise
            finally:
                operation.end()
                self.active = None

    @contextmanager
    def join(self, *, undoable: bool) -> Iterator[Operation]:
        """Run a nested operation inside the active one, as a savepoint."""
        outer = self.active
        assert outer is not None  # noqa: S101
        with outer.session.begin_nested():
            yield outer
            if not undoable:
                outer.undoable = False

    def _prepare(self) -> None:
        """Install the recording if the schema is new to this connection."""
        if not self.capture.is_current():
            with self.database.writable():
                self.capture.prepare()

    def _complete(self, operation: Operation, session: Session, finish: Finish) -> None:
        """Commit what an operation did, or roll back if it did nothing."""
        if not self.database.driver.in_transaction:
            raise RuntimeError("the session of an operation may not be rolled back by hand")
        session.flush()
        result = self._close(operation, finish)
        operation.end()
        session.close()
        if result is None:
            self.database.rollback()
        else:
            self.database.commit()
            operation.changes = result

    def _close(self, operation: Operation, finish: Finish) -> ChangeSet | None:
        """Log what happened; return None if nothing did, so that there is nothing to commit."""
        for table, key in operation.erased:
            if table == CONTENT_TABLE:
                self.capture.delete_content(key)
        changes = self.capture.take()
        if not changes and not operation.erases:
            return None
        schema = self.capture.schema
        if any(not isinstance(change.key, str) for change in changes):
            raise SchemaError("a key that is not text was written")
        logged = [
            kept
            for change in changes
            if (kept := schema.tables[change.table].without_unlogged(change)) is not None
        ]
        number = finish(logged) if logged or operation.erases else None
        found = ChangeSet(number, operation.verb, tuple(changes), frozenset(operation.erased))
        for participant in self.participants:
            participant(self.database.driver, found)
        return found
