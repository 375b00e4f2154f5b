"""Undo and redo. Both are new entries with the inverse values; nothing in the log is rewritten.

Everything is read from the log, so that a restart changes nothing. The newest mention of an
operation tells whether it stands: itself and a redo say yes, an undo says no.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn

from sqlalchemy.exc import IntegrityError

from desktop.storage.changes import ChangeSet, OperationInfo, RowChange, RowKey, same
from desktop.storage.errors import CannotUndoError
from desktop.storage.log import ChangeLog, Entry
from desktop.storage.operation import Operation, UnitOfWork
from desktop.storage.payload import MismatchError, StoredChange, take_back
from desktop.storage.schema import Schema
from desktop.storage.writing import (
    broken_references,
    put_at_once,
    put_in_order,
    rows_in_the_way,
)

_MADE_BY_USER = ("handling", "skriving")


_Suspect = tuple[RowKey, Collection[str] | None]
"""A row, and the columns that matter; None for the row as such."""


class _InexactError(Exception):
    """What was captured is not the inverse: something else moved with it."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Taking back `entry`; `original` is the user's operation that it is about."""

    entry: OperationInfo
    original: OperationInfo
    kind: Literal["angre", "gjenta"]
    user: str

    @property
    def number(self) -> int:
        """Return the number of the entry."""
        return self.entry.operation_id or 0


class Undoer:
    """Undo and redo for one archive."""

    def __init__(self, work: UnitOfWork, log: ChangeLog, now: Callable[[], str]) -> None:
        self._work = work
        self._log = log
        self._now = now

    def undo_candidate(self) -> OperationInfo | None:
        """Return the newest operation that stands, whether or not it can be undone.

        Operations that only stored files are passed over: there is nothing to take back.
        """
        settled: set[int] = set()
        for info in self._log.infos():
            if info.kind == "angre" and info.refers_to is not None:
                settled.add(info.refers_to)
            elif info.kind == "gjenta" and info.refers_to not in settled:
                return self._log.info(info.refers_to or 0)
            elif info.kind == "migrering" or self._stands(info, settled):
                return info
        return None

    def redo_candidate(self) -> OperationInfo | None:
        """Return the newest undo that can be taken back: no operation of the user came after."""
        redone: set[int] = set()
        for info in self._log.infos():
            if info.kind == "gjenta" and info.refers_to is not None:
                redone.add(info.refers_to)
            elif info.kind == "angre":
                if info.refers_to not in redone:
                    return info
            else:
                return None
        return None

    def undo(self, user: str, number: int | None = None) -> ChangeSet:
        """Undo the newest operation that stands, or the given one.

        Raises:
            CannotUndoError: There is nothing to undo, or something stands in the way.
        """
        info = self.undo_candidate() if number is None else self._specific(number)
        if info is None:
            raise CannotUndoError("ingenting_aa_angre")
        if info.kind == "migrering":
            raise CannotUndoError("barriere", operation=info)
        if not info.undoable or not self._log.has_undoable_rows(info.operation_id or 0):
            raise CannotUndoError("ikke_angrebar", operation=info)
        return self._take_back(_Attempt(info, info, "angre", user))

    def redo(self, user: str) -> ChangeSet:
        """Redo what was undone last.

        Raises:
            CannotUndoError: There is nothing to redo, or something stands in the way.
        """
        undone = self.redo_candidate()
        if undone is None:
            raise CannotUndoError("ingenting_aa_gjenta")
        original = self._log.info(undone.refers_to or 0)
        assert original is not None  # noqa: S101
        return self._take_back(_Attempt(undone, original, "gjenta", user))

    def _stands(self, info: OperationInfo, settled: set[int]) -> bool:
        """Return whether a user's operation is the next in line, among those not settled."""
        number = info.operation_id or 0
        if info.kind not in _MADE_BY_USER or number in settled:
            return False
        return not info.undoable or self._log.has_undoable_rows(number)

    def _specific(self, number: int) -> OperationInfo:
        """Return an operation that stands and lies after the last migration."""
        found = self._log.info(number)
        if found is None or found.kind not in _MADE_BY_USER:
            raise CannotUndoError("ukjent_handling", nummer=number)
        for info in self._log.infos():
            if info.operation_id == number or (info.kind == "gjenta" and info.refers_to == number):
                break
            if info.kind == "angre" and info.refers_to == number:
                raise CannotUndoError("allerede_angret", operation=found)
            if info.kind == "migrering":
                raise CannotUndoError("barriere", operation=found)
        return found

    def _take_back(self, attempt: _Attempt) -> ChangeSet:
        """Apply the inverse of an entry, in order if that can be done, else all at once."""
        try:
            return self._run(attempt, in_order=True)
        except (IntegrityError, _InexactError, sqlite3.IntegrityError):
            return self._run(attempt, in_order=False)

    def _run(self, attempt: _Attempt, *, in_order: bool) -> ChangeSet:
        """Apply the inverse with references enforced, or all at once and check them after.

        The second way is for values that change places under a unique index, and it finds out
        what stands in the way where the first one failed for a reason.
        """
        capture = self._work.capture
        expected: dict[RowKey, RowChange] = {}

        def finish(changes: Sequence[RowChange]) -> int:
            _require_exact(expected, changes)
            return self._log.append(self._entry(attempt), changes, capture.schema)

        operation = Operation(attempt.original.verb, undoable=True)
        with self._work.run(operation, finish, foreign_keys=in_order):
            expected |= self._inverse(attempt, capture.schema)
            if in_order:
                put_in_order(self._log.driver, capture.schema, expected.values())
            else:
                self._put_at_once(attempt, capture.schema, expected.values())
        return operation.changes

    def _put_at_once(
        self, attempt: _Attempt, schema: Schema, changes: Collection[RowChange]
    ) -> None:
        driver = self._log.driver
        try:
            put_at_once(driver, schema, changes)
        except sqlite3.IntegrityError as error:
            self._refuse(attempt, tuple(rows_in_the_way(driver, schema, changes, error)))
        for broken in broken_references(driver, schema, changes):
            self._refuse(attempt, [(broken.child, (broken.column,)), (broken.parent, None)])

    def _inverse(self, attempt: _Attempt, schema: Schema) -> Mapping[RowKey, RowChange]:
        found: dict[RowKey, RowChange] = {}
        for change in self._log.changes(attempt.number):
            if change.erased:
                raise CannotUndoError("slettet_logg", operation=attempt.original)
            table = schema.tables[change.table]
            if table.is_content:
                continue
            row = (change.table, change.key)
            try:
                inverse = take_back(change, table.read(self._log.driver, change.key))
            except MismatchError as error:
                self._refuse(attempt, [(row, (error.field,) if error.field else None)])
            if inverse is not None:
                found[row] = inverse
        return found

    def _entry(self, attempt: _Attempt) -> Entry:
        return Entry(
            verb=attempt.original.verb,
            kind=attempt.kind,
            time=self._now(),
            user=attempt.user,
            params=attempt.original.params,
            refers_to=attempt.original.operation_id,
        )

    def _refuse(self, attempt: _Attempt, suspects: Collection[_Suspect]) -> NoReturn:
        """Refuse, and name the later operation that changed one of the suspects."""
        for row, columns in suspects:
            later = self._later(attempt.number, row, columns)
            if later is not None:
                code = "kan_ikke_angre" if attempt.kind == "angre" else "kan_ikke_gjenta"
                raise CannotUndoError(code, operation=attempt.original, later=later)
        raise CannotUndoError("endret_utenom", operation=attempt.original)

    def _later(
        self, number: int, row: RowKey, columns: Collection[str] | None
    ) -> OperationInfo | None:
        for later, change in self._log.row_changes(row):
            if later <= number:
                return None
            if _touches(change, columns):
                return self._log.info(later)
        return None


def _touches(change: StoredChange, columns: Collection[str] | None) -> bool:
    if columns is None or change.erased or change.kind != "update":
        return True
    return any(item.name in columns for item in change.fields)


def _require_exact(expected: Mapping[RowKey, RowChange], changes: Sequence[RowChange]) -> None:
    captured = {change.row: change for change in changes}
    if captured.keys() != expected.keys() or not all(
        _alike(expected[row], change) for row, change in captured.items()
    ):
        raise _InexactError


def _alike(a: RowChange, b: RowChange) -> bool:
    if a.kind != b.kind or len(a.fields) != len(b.fields):
        return False
    return all(
        (other := b.field(item.name)) is not None
        and same(item.before, other.before)
        and same(item.after, other.after)
        for item in a.fields
    )
