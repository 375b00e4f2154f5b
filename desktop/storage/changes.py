"""What an operation changed: rows and fields, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Value = str | int | float | bytes | None
Row = Mapping[str, Value]
RowKey = tuple[str, str]
ChangeKind = Literal["insert", "update", "delete"]
OperationKind = Literal["handling", "skriving", "angre", "gjenta", "migrering"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field. A tree has its stored JSON on both sides.

    `known` is False in a history where the values cannot be rebuilt any more.
    """

    name: str
    before: Value
    after: Value
    known: bool = True


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row: every field of a row inserted or deleted, the changed fields of an updated one."""

    table: str
    key: str
    kind: ChangeKind
    fields: tuple[FieldChange, ...]
    erased: bool = False

    @property
    def row(self) -> RowKey:
        """Return (table, key)."""
        return self.table, self.key

    def field(self, name: str) -> FieldChange | None:
        """Return the change of one field, or None if it did not change."""
        return next((change for change in self.fields if change.name == name), None)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one committed operation changed.

    `operation_id` is None where nothing was logged yet: no net change, or typing in an open group.
    `erased` are the rows whose values were erased for good.
    """

    operation_id: int | None
    verb: str
    changes: tuple[RowChange, ...] = ()
    erased: frozenset[RowKey] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __iter__(self) -> Iterator[RowChange]:
        return iter(self.changes)

    @property
    def tables(self) -> frozenset[str]:
        """Return the names of the tables touched."""
        return frozenset(change.table for change in self.changes)

    def keys(self, table: str) -> frozenset[str]:
        """Return the keys of the touched rows of a table."""
        return frozenset(change.key for change in self.changes if change.table == table)


@dataclass(frozen=True, slots=True)
class OperationInfo:
    """One entry of the log. `time` is UTC in ISO form; `user` is empty where it was erased.

    `operation_id` is None for typing that is not sealed yet. `refers_to` is the operation an undo
    or redo is about; `verb` and `params` are that operation's.
    """

    operation_id: int | None
    verb: str
    kind: OperationKind
    time: str
    user: str
    undoable: bool
    refers_to: int | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[RowChange, ...] = ()


def same(a: Value, b: Value) -> bool:
    """Return whether two values are stored alike: 1, 1.0 and "1" differ."""
    if type(a) is not type(b):
        return False
    return repr(a) == repr(b) if type(a) is float else a == b


def difference(table: str, key: str, before: Row | None, after: Row | None) -> RowChange | None:
    """Return the net change of a row between two states (None: not there), or None."""
    if before is None:
        if after is None:
            return None
        fields = [FieldChange(name, None, value) for name, value in after.items()]
        return RowChange(table, key, "insert", tuple(fields))
    if after is None:
        fields = [FieldChange(name, value, None) for name, value in before.items()]
        return RowChange(table, key, "delete", tuple(fields))
    fields = [
        FieldChange(name, value, after[name])
        for name, value in before.items()
        if not same(value, after[name])
    ]
    return RowChange(table, key, "update", tuple(fields)) if fields else None
