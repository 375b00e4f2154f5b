"""The open archive as the window sees it: what can be done, what changed, what can be undone."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services.explain import EXPECTED, explain
from desktop.services.operation_words import describe_operation
from desktop.services.types import Archive, ChangeSet, Session

if TYPE_CHECKING:
    from desktop.viewmodels.text.speller import SpellerSource

P = ParamSpec("P")
T = TypeVar("T")
_SEAL_EVERY_MS = 2_000


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of a verb: its value, or a Norwegian sentence that says why nothing was done."""

    value: T | None = None
    error: str = ""

    def __bool__(self) -> bool:
        return not self.error


class Desk(QObject):
    """The archive that is open. Lives on the GUI thread, as every access to the database does.

    Attributes:
        spellers: the spelling of its texts; None where nothing is spelled.

    Signals:
        changed: a ChangeSet, after every commit, undo and redo.
        saved: local date and time of a commit.
        refused: the sentence of a verb that was refused.
        undo_changed: what can be undone or redone is another.
        closing: the archive is about to be let go of; what is typed is saved now.
    """

    changed = Signal(object)
    saved = Signal(object)
    refused = Signal(str)
    undo_changed = Signal()
    closing = Signal()

    def __init__(self, archive: Archive, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.archive = archive
        self.spellers: SpellerSource | None = None
        self._pending: list[ChangeSet] = []
        archive.participants.append(self._note)
        self._sealer = QTimer(self, interval=_SEAL_EVERY_MS)
        self._sealer.timeout.connect(self._seal)
        if not archive.read_only:
            self._sealer.start()

    @property
    def path(self) -> Path:
        """The archive file."""
        return self.archive.path

    @property
    def read_only(self) -> bool:
        """Whether another program writes in the archive, so that this one only reads."""
        return self.archive.read_only

    def do(
        self,
        verb: Callable[Concatenate[Archive, P], T],
        /,
        *arguments: P.args,
        **named: P.kwargs,
    ) -> Outcome[T]:
        """Do a verb of the services, and tell everybody what changed.

        What a rule, a service or the archive refuses comes back as a sentence, and is told by
        `refused`; nothing is changed then.
        """
        return self._run(lambda: verb(self.archive, *arguments, **named))

    def read(self, job: Callable[[Session], T]) -> T:
        """Return what a job reads in one state of the archive."""
        with self.archive.read() as session:
            return job(session)

    def undo(self) -> Outcome[ChangeSet]:
        """Undo the newest operation that stands."""
        return self._run(self.archive.undo)

    def redo(self) -> Outcome[ChangeSet]:
        """Redo what was undone last."""
        return self._run(self.archive.redo)

    def undo_text(self) -> str:
        """Return what `undo` would undo, as a phrase; "" where there is nothing."""
        found = None if self.read_only else self.archive.undo_label()
        return describe_operation(found) if found else ""

    def redo_text(self) -> str:
        """Return what `redo` would redo, as a phrase; "" where there is nothing."""
        found = None if self.read_only else self.archive.redo_label()
        return describe_operation(replace(found, kind="handling")) if found else ""

    def close(self) -> None:
        """Seal what was typed and let go of the file."""
        self.closing.emit()
        self._sealer.stop()
        self.archive.close()

    def _run(self, job: Callable[[], T]) -> Outcome[T]:
        self._pending.clear()
        try:
            value = job()
        except EXPECTED as error:
            sentence = explain(error)
            self.refused.emit(sentence)
            return Outcome(error=sentence)
        self._tell()
        return Outcome(value)

    def _seal(self) -> None:
        if self.archive.seal_if_idle() is not None:
            self.undo_changed.emit()

    def _note(self, _connection: sqlite3.Connection, changes: ChangeSet) -> None:
        self._pending.append(changes)

    def _tell(self) -> None:
        told, self._pending = self._pending, []
        for changes in told:
            self.changed.emit(changes)
        if told:
            self.saved.emit(dt.datetime.now())  # noqa: DTZ005
            self.undo_changed.emit()


def first_error(*outcomes: Outcome[Any]) -> str:
    """Return the first sentence among outcomes; "" where all went well."""
    return next((outcome.error for outcome in outcomes if outcome.error), "")
