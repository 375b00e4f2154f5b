"""Typing: autosaves that share one entry in the log.

Each autosave commits the live row. The open group keeps the before-image of every row it has
touched and nothing else; sealing writes the net difference as one entry. What is in an open group
is saved, but not yet in the chain.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from desktop.storage.capture import Capture
from desktop.storage.changes import ChangeSet, OperationInfo, Row, RowChange, RowKey, difference
from desktop.storage.driver import archive_errors
from desktop.storage.engine import Database
from desktop.storage.log import ChangeLog, Entry
from desktop.storage.payload import canonical, decode_row, encode_row

PAUSE: Final = timedelta(seconds=10)
LONGEST: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class TypingKey:
    """Where somebody types. Another place seals the group."""

    table: str
    key: str
    field: str
    paragraph: str | None = None


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """The open group. Times are UTC in ISO form."""

    verb: str
    place: TypingKey
    user: str
    started: str
    last: str
    params: Mapping[str, str] = field(default_factory=dict)

    def continues(self, other: OpenGroup) -> bool:
        """Return whether an autosave is part of this group."""
        if (self.verb, self.place, self.user) != (other.verb, other.place, other.user):
            return False
        return not self.is_due(datetime.fromisoformat(other.last))

    def is_due(self, now: datetime) -> bool:
        """Return whether a pause, the group's age or a clock set back asks for sealing."""
        pause = now - datetime.fromisoformat(self.last)
        age = now - datetime.fromisoformat(self.started)
        return not timedelta(0) <= pause <= PAUSE or age > LONGEST

    def info(self) -> OperationInfo:
        """Return the group as an operation that has no number yet."""
        return OperationInfo(
            operation_id=None,
            verb=self.verb,
            kind="skriving",
            time=self.last,
            user=self.user,
            undoable=True,
            params=self.params,
        )


@dataclass(frozen=True, slots=True)
class RecoveredTyping:
    """What an unsealed group held when the archive was opened after a crash.

    The text was saved all along; `operation_id` is the entry it was sealed into, None if the
    group had no net change.
    """

    table: str
    key: str
    field: str
    paragraph: str | None
    verb: str
    user: str
    started: str
    last: str
    operation_id: int | None


class TypingGroups:
    """The open group of an archive, if there is one."""

    def __init__(self, database: Database, capture: Capture, log: ChangeLog) -> None:
        self._database = database
        self._capture = capture
        self._log = log
        self.current: OpenGroup | None = None
        self._stored: OpenGroup | None = None

    def load(self) -> None:
        """Read the open group from the file."""
        found = self._database.driver.execute(
            "SELECT verb, parametre, tabell, noekkel, felt, avsnitt, av, startet, sist"
            " FROM skriving"
        ).fetchone()
        self.current = None
        if found is not None:
            verb, params, table, key, name, paragraph, user, started, last = found
            place = TypingKey(table, key, name, paragraph)
            self.current = OpenGroup(verb, place, user, started, last, json.loads(params))

    def images(self) -> dict[RowKey, Row | None]:
        """Return the before-images of the open group; None is a row that was not there."""
        return {
            (table, key): None if text is None else decode_row(text)
            for table, key, text in self._database.driver.execute(
                "SELECT tabell, noekkel, innhold FROM skrivebilde ORDER BY tabell, noekkel"
            )
        }

    def has_changes(self) -> bool:
        """Return whether sealing now would log anything."""
        return self.current is not None and bool(self.net_changes())

    def info(self) -> OperationInfo | None:
        """Return the open group as an operation without a number."""
        return None if self.current is None else self.current.info()

    def net_changes(self) -> list[RowChange]:
        """Return what sealing now would log, parents before children."""
        tables = self._capture.schema.tables
        images = self.images()
        order = {name: position for position, name in enumerate(tables)}
        found = (
            difference(table, key, images[table, key], self._live(table, key))
            for table, key in sorted(images, key=lambda row: (order[row[0]], row[1]))
        )
        return [change for change in found if change is not None]

    def store(self, group: OpenGroup, changes: Sequence[RowChange]) -> None:
        """Write the group and the images it lacks, in the transaction of an autosave."""
        driver = self._database.driver
        if self.current is None:
            place = group.place
            driver.execute(
                "INSERT INTO skriving (id, verb, parametre, tabell, noekkel, felt, avsnitt, av,"
                " startet, sist) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    group.verb,
                    canonical(dict(group.params)),
                    place.table,
                    place.key,
                    place.field,
                    place.paragraph,
                    group.user,
                    group.started,
                    group.last,
                ),
            )
        else:
            driver.execute(
                "UPDATE skriving SET sist = ?, parametre = ?",
                (group.last, canonical(dict(group.params))),
            )
        for change in changes:
            self._store_image(change)
        self._stored = group

    def autosaved(self) -> None:
        """Take note that the transaction of the last autosave was committed."""
        if self._stored is not None:
            self.current, self._stored = self._stored, None

    def group_for(self, autosave: OpenGroup) -> OpenGroup:
        """Return the group an autosave belongs to; an open group that it ends is sealed."""
        self._stored = None
        if self.current is not None and not self.current.continues(autosave):
            self.seal()
        if self.current is None:
            return autosave
        return replace(self.current, last=autosave.last)

    def seal(self) -> ChangeSet | None:
        """Turn the open group into one entry, in a transaction of its own.

        Returns:
            The entry's changes, or None if there was no group or no net change.
        """
        group = self.current
        if group is None:
            return None
        with archive_errors(self._database.path):
            self._database.begin_write()
            try:
                changes = self.net_changes()
                number = self._append(group, changes) if changes else None
                self._database.driver.execute("DELETE FROM skrivebilde")
                self._database.driver.execute("DELETE FROM skriving")
                self._database.commit()
            except BaseException:
                self._database.rollback()
                raise
        self.current = None
        return ChangeSet(number, group.verb, tuple(changes)) if changes else None

    def recover(self) -> RecoveredTyping | None:
        """Seal the group that a crash left open, and tell what it was."""
        group = self.current
        if group is None:
            return None
        sealed = self.seal()
        place = group.place
        return RecoveredTyping(
            table=place.table,
            key=place.key,
            field=place.field,
            paragraph=place.paragraph,
            verb=group.verb,
            user=group.user,
            started=group.started,
            last=group.last,
            operation_id=sealed.operation_id if sealed is not None else None,
        )

    def _append(self, group: OpenGroup, changes: Sequence[RowChange]) -> int:
        entry = Entry(group.verb, "skriving", group.last, group.user, group.params)
        return self._log.append(entry, changes, self._capture.schema)

    def _live(self, table: str, key: str) -> Row | None:
        return self._capture.schema.tables[table].read(self._database.driver, key)

    def _store_image(self, change: RowChange) -> None:
        """Keep how a row was before the autosave, unless the group has touched it before."""
        driver = self._database.driver
        known = driver.execute(
            "SELECT 1 FROM skrivebilde WHERE tabell = ? AND noekkel = ?", change.row
        ).fetchone()
        if known is None:
            before = self._before(change)
            driver.execute(
                "INSERT INTO skrivebilde (tabell, noekkel, innhold) VALUES (?, ?, ?)",
                (*change.row, None if before is None else encode_row(before)),
            )

    def _before(self, change: RowChange) -> Row | None:
        changed = {item.name: item.before for item in change.fields}
        if change.kind == "insert":
            return None
        if change.kind == "delete":
            return changed
        live = self._live(change.table, change.key)
        assert live is not None  # noqa: S101
        return {**live, **changed}
