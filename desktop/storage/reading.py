"""Sessions that read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from desktop.storage.driver import archive_errors
from desktop.storage.engine import Database
from desktop.storage.errors import CannotWriteError


class ReadSession(Session):
    """A session that refuses to write what was changed in it."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:  # noqa: ARG002
        """Refuse changes instead of writing them.

        Raises:
            CannotWriteError: `utenfor_handling`.
        """
        self.refuse_changes()

    def refuse_changes(self) -> None:
        """Raise if an entity was added, changed or deleted.

        Raises:
            CannotWriteError: `utenfor_handling`.
        """
        if self.new or self.deleted or any(self.is_modified(entity) for entity in self.dirty):
            raise CannotWriteError("utenfor_handling")


class Reading:
    """Gives sessions that see one state of a database; nested ones see the same."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._readers = 0

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give a session that refuses to write what was changed in it."""
        with archive_errors(self._database.path):
            if self._readers == 0:
                self._database.begin_read()
            self._readers += 1
            session = ReadSession(bind=self._database.connection, autoflush=False)
            try:
                yield session
                session.refuse_changes()
            finally:
                session.close()
                self._readers -= 1
                if self._readers == 0:
                    self._database.rollback()
