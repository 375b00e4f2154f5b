"""An archive: the one door to the file, its change log and its locks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy.orm import Session

from desktop.storage.changes import ChangeSet, OperationInfo, RowChange, RowKey
from desktop.storage.driver import archive_errors
from desktop.storage.log import Entry
from desktop.storage.opening import OpenFile, create_file, open_file
from desktop.storage.operation import Operation, Participant, UnitOfWork
from desktop.storage.payload import row_hash
from desktop.storage.reading import Reading
from desktop.storage.search_index import SearchIndex
from desktop.storage.settings import Settings
from desktop.storage.typing_group import OpenGroup, TypingKey

if TYPE_CHECKING:
    from desktop.storage.backup import BackupInfo
    from desktop.storage.search_build import Builder
    from desktop.storage.undo import Undoer
    from desktop.storage.verify import VerifyReport

# What reading does not need is imported where it is used: commands that only look start faster.


class Archive:
    """An open archive. Use `create` or `open`; one thread only.

    Attributes:
        path: Where the file is.
        read_only: Whether it was opened for reading.
        bruker: The name of the user who opened it.
        recovered: The typing that a crash had left unsealed, or None.
        upgraded: The copy made before the archive was upgraded, or None.
    """

    def __init__(self, file: OpenFile) -> None:
        self.path = file.path
        self.read_only = file.read_only
        self.bruker = file.user
        self.recovered = file.recovered
        self.upgraded = file.upgraded
        self._file = file
        self._database = file.database
        self._groups = file.groups
        self._work = UnitOfWork(file.database, file.capture)
        self._index = SearchIndex()
        if not file.read_only:
            self._work.participants.append(self._index.take_part)
        self._reading = Reading(self._database)

    @cached_property
    def _undoer(self) -> Undoer:
        from desktop.storage.undo import Undoer  # noqa: PLC0415

        return Undoer(self._work, self._file.log, self._file.settings.now)

    @classmethod
    def create(cls, path: Path | str, *, bruker: str, settings: Settings | None = None) -> Self:
        """Make a new archive and open it. `bruker` is the user's name, for the log and the lock.

        Raises:
            CannotOpenError: `finnes_fra_foer`, `kan_ikke_aapne` (no such folder),
                `skrivebeskyttet`. LockedError: `laast`. CannotWriteError: `disk_full`, …
        """
        return cls(create_file(Path(path), user=bruker, settings=settings or Settings()))

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        bruker: str,
        read_only: bool = False,
        settings: Settings | None = None,
    ) -> Self:
        """Open an archive; for writing, an older one is upgraded and a crash is tidied up.

        Raises:
            CannotOpenError: `finnes_ikke`, `ikke_motebok`, `nyere_versjon`, `eldre_versjon` (read
                only), `skadet`, `avbrutt_skriving` (read only), `skrivebeskyttet`,
                `oppgradering_feilet`, … LockedError: `laast`.
        """
        settings = settings or Settings()
        return cls(open_file(Path(path), user=bruker, read_only=read_only, settings=settings))

    def close(self) -> None:
        """Seal what was typed and let go of the file. Closing twice is harmless.

        Raises:
            ArchiveError: The typing could not be sealed; the next start does that.
        """
        if self._database.closed:
            return
        try:
            if not self.read_only:
                self._groups.seal()
        finally:
            self._file.let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the archive."""
        self.close()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees one state of the archive and refuses to write.

        Inside an operation it is the operation's own session.
        """
        if self._work.active is not None:
            yield self._work.active.session
            return
        with self._reading.session() as session:
            yield session

    @contextmanager
    def operation(
        self,
        verb: str,
        *,
        params: Mapping[str, str] | None = None,
        angrebar: bool = True,
        av: str | None = None,
    ) -> Iterator[Operation]:
        """Run an operation: all of it is committed and logged, or nothing.

        Inside another operation it joins that one, as a savepoint: the outer verb names them both.
        `av` is the user's name where it is not the one who opened the archive.
        """
        if self._work.active is not None:
            with self._work.join(undoable=angrebar) as outer:
                yield outer
            return
        self._groups.seal()
        operation = Operation(verb, undoable=angrebar)
        operation.describe(**(params or {}))

        def finish(changes: Sequence[RowChange]) -> int:
            return self._log_operation(operation, changes, av or self.bruker)

        with self._work.run(operation, finish):
            yield operation

    @contextmanager
    def typing(
        self,
        verb: str,
        *,
        table: str,
        key: str,
        field: str,
        paragraph: str | None = None,
        params: Mapping[str, str] | None = None,
        av: str | None = None,
    ) -> Iterator[Operation]:
        """Run an autosave: committed at once, logged together with its neighbours when sealed.

        Inside an operation it joins that one.
        """
        if self._work.active is not None:
            with self._work.join(undoable=True) as outer:
                yield outer
            return
        now, place = self._file.settings.now(), TypingKey(table, key, field, paragraph)
        group = self._groups.group_for(
            OpenGroup(verb, place, av or self.bruker, now, now, params or {})
        )
        operation = Operation(verb, undoable=True)

        def finish(changes: Sequence[RowChange]) -> None:
            if not operation.undoable:
                raise RuntimeError("typing cannot hold an operation that is not angrebar")
            self._groups.store(replace(group, params={**group.params, **operation.params}), changes)

        with self._work.run(operation, finish):
            yield operation
        self._groups.autosaved()

    def seal(self) -> ChangeSet | None:
        """Close the open group of typing into one entry of the log, if there is one."""
        return self._groups.seal()

    def seal_if_idle(self, now: datetime | None = None) -> ChangeSet | None:
        """Close the open group if nobody has typed for ten seconds, or it is five minutes old."""
        group = self._groups.current
        if group is None or not group.is_due(now or self._file.settings.clock()):
            return None
        return self._groups.seal()

    def undo(self, operation_id: int | None = None) -> ChangeSet:
        """Undo the newest operation that stands, or a given one.

        Raises:
            CannotUndoError: Nothing is changed; `later` is what stands in the way.
        """
        with archive_errors(self.path):
            self._groups.seal()
            return self._undoer.undo(self.bruker, operation_id)

    def redo(self) -> ChangeSet:
        """Redo what was undone last.

        Raises:
            CannotUndoError: Nothing is changed.
        """
        with archive_errors(self.path):
            self._groups.seal()
            return self._undoer.redo(self.bruker)

    def undo_label(self) -> OperationInfo | None:
        """Return what `undo` would undo, or None if there is nothing or it would refuse."""
        with self.read():
            if self._groups.has_changes():
                return self._groups.info()
            found = self._undoer.undo_candidate()
        return found if found is not None and found.undoable else None

    def redo_label(self) -> OperationInfo | None:
        """Return the undo that `redo` would take back, or None."""
        with self.read():
            return None if self._groups.has_changes() else self._undoer.redo_candidate()

    def history(self, table: str, key: str, *others: RowKey) -> list[OperationInfo]:
        """Return the entries that touched a row, or any of several, the newest first.

        Each entry holds the changes of those rows alone, with full values on both sides. Typing
        in an open group is not in it yet.
        """
        from desktop.storage.history import read_history  # noqa: PLC0415

        with self.read():
            rows = [(table, key), *others]
            return read_history(self._file.log, self._file.capture, rows, self._groups.images())

    def log(self, limit: int = 100) -> list[OperationInfo]:
        """Return the newest entries, without their rows."""
        with self.read():
            return list(islice(self._file.log.infos(), limit))

    def rows_of(self, operation_id: int, *, limit: int | None = None) -> tuple[RowKey, ...]:
        """Return (table, key) of the rows an entry touched; with a limit of the first ones."""
        with self.read():
            return tuple(self._file.log.row_keys(operation_id, limit))

    def logged_rows(self, column: str, value: str) -> list[RowKey]:
        """Return (table, key) of the rows, also deleted ones, that were made with a text there."""
        with self.read():
            return self._file.log.rows_with(column, value)

    def deleted_rows(self, after: int, column: str, value: str) -> list[RowKey]:
        """Return (table, key) of the rows with a text there that went in the entries after one."""
        with self.read():
            return self._file.log.rows_deleted(after, column, value)

    def verify(self, *, known_head: str | None = None) -> VerifyReport:
        """Check the file, the chain and every row; see `verify.verify_archive`."""
        from desktop.storage.verify import verify_archive  # noqa: PLC0415

        with self.read():
            capture = self._file.capture
            return verify_archive(self._database.driver, lambda: capture.schema, known_head)

    @cached_property
    def search_index(self) -> Builder:
        """Building and checking the search index; commits keep it by themselves."""
        from desktop.storage.search_build import Builder  # noqa: PLC0415

        return Builder(self._database, self._index)

    @property
    def head_hash(self) -> str:
        """Return the newest entry's hash in hexadecimal."""
        with self.read():
            return self._file.log.head()[1].hex()

    @property
    def participants(self) -> list[Participant]:
        """Return the functions that take part in every commit, such as the search index's.

        Each gets the connection and the ChangeSet before COMMIT; what it raises undoes all.
        """
        return self._work.participants

    def back_up(self, target: Path | str) -> BackupInfo:
        """Seal what was typed and write a verified copy; see `backup.back_up`."""
        from desktop.storage.backup import back_up  # noqa: PLC0415

        if not self.read_only:
            self._groups.seal()
        return back_up(self._database.driver, Path(target))

    def _log_operation(
        self,
        operation: Operation,
        changes: Sequence[RowChange],
        user: str,
    ) -> int:
        """Write the entry of an operation, and erase what it asked to erase."""
        schema, log = self._file.capture.schema, self._file.log
        entry = Entry(
            verb=operation.verb,
            kind="handling",
            time=self._file.settings.now(),
            user=user,
            params=operation.params,
            undoable=operation.undoable,
            erase=tuple(operation.erased),
            baselines={
                (table, key): None if row is None else row_hash(row)
                for table, key in operation.erased
                for row in [schema.tables[table].read(log.driver, key)]
            },
        )
        number = log.append(entry, changes, schema)
        for name in operation.erased_users:
            log.erase_user(name)
        return number


def backup(archive: Archive | Path | str, target: Path | str) -> BackupInfo:
    """Write a verified copy of an open archive, or of one that nobody has open for writing.

    Raises:
        ArchiveError: `finnes_fra_foer`, `kopi_feilet`, `disk_full`, …
    """
    from desktop.storage.backup import back_up_file  # noqa: PLC0415

    if isinstance(archive, Archive):
        return archive.back_up(target)
    return back_up_file(Path(archive), Path(target))
