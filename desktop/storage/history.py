"""The history of rows: every entry that touched them, with full values on both sides.

The log keeps differences; the values are rebuilt by walking back from the live rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.storage.capture import Capture
from desktop.storage.changes import FieldChange, OperationInfo, Row, RowChange, RowKey
from desktop.storage.log import ChangeLog
from desktop.storage.payload import MismatchError, StoredChange, take_back


class RowHistory:
    """A row walked back in time, one logged change after the other."""

    def __init__(self, row: Row | None) -> None:
        self._row = row
        self._known = True

    def step(self, change: StoredChange) -> RowChange:
        """Go back over a change and return it with its values.

        Where the row is not as the log says, values that only follow from it are unknown.
        """
        if change.erased:
            self._known = False
            return RowChange(change.table, change.key, change.kind, (), erased=True)
        try:
            inverse = take_back(change, self._row) if self._known else None
        except MismatchError:
            inverse = None
        if inverse is None:
            return self._without_walking(change)
        found = RowChange(
            change.table,
            change.key,
            change.kind,
            tuple(FieldChange(item.name, item.after, item.before) for item in inverse.fields),
        )
        self._row = _before(self._row, found)
        return found

    def _without_walking(self, change: StoredChange) -> RowChange:
        """Return what the log alone says, and go on from there if it is a whole row."""
        self._known = change.kind != "update"
        if self._known:
            self._row = (
                {item.name: item.before for item in change.fields}
                if change.kind == "delete"
                else None
            )
        fields = tuple(
            FieldChange(item.name, item.before, item.after, known=item.tree is None)
            for item in change.fields
        )
        return RowChange(change.table, change.key, change.kind, fields)


def _before(row: Row | None, change: RowChange) -> Row | None:
    if change.kind == "insert":
        return None
    before = {item.name: item.before for item in change.fields}
    return before if row is None else {**row, **before}


def read_history(
    log: ChangeLog,
    capture: Capture,
    rows: Iterable[RowKey],
    open_rows: Mapping[RowKey, Row | None],
) -> list[OperationInfo]:
    """Return the entries that touched any of the rows, the newest first, with those rows.

    `open_rows` are the rows of an open group of typing, as they were before it.
    """
    found: dict[int, list[RowChange]] = {}
    for row in dict.fromkeys(rows):
        walk = RowHistory(open_rows[row] if row in open_rows else _live(log, capture, row))
        for number, change in log.row_changes(row):
            found.setdefault(number, []).append(walk.step(change))
    return [
        _with_changes(info, found[number])
        for number in sorted(found, reverse=True)
        if (info := log.info(number)) is not None
    ]


def _live(log: ChangeLog, capture: Capture, row: RowKey) -> Row | None:
    table = capture.schema.tables.get(row[0])
    return None if table is None else table.read(log.driver, row[1])


def _with_changes(info: OperationInfo, changes: list[RowChange]) -> OperationInfo:
    return OperationInfo(
        operation_id=info.operation_id,
        verb=info.verb,
        kind=info.kind,
        time=info.time,
        user=info.user,
        undoable=info.undoable,
        refers_to=info.refers_to,
        params=info.params,
        changes=tuple(changes),
    )
