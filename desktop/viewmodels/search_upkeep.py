"""Builds the search index while the program is idle, and reads attached files into it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.i18n.catalogue import words
from desktop.services.explain import EXPECTED
from desktop.services.search_files import (
    UnreadFile,
    next_unread_file,
    store_file_text,
    text_of_file,
)
from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.tasks import Progress, Tasks

_EVERY_MS, _SLICE_MS = 80, 15.0
_LATER_MS: Final = 1_500
_ = words("nb")


class SearchUpkeep(QObject):
    """Keeps the index of one archive whole, for as long as its desk is open.

    Signals:
        built: the index is complete, and every attached file was read.
    """

    built = Signal()

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__(desk)
        self._desk, self._tasks = desk, tasks
        self._reading = False
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._work)
        if not desk.read_only:
            desk.changed.connect(self._note)
            desk.closing.connect(self.stop)
            QTimer.singleShot(_LATER_MS, self, self._timer.start)

    def stop(self) -> None:
        """Let go of the archive; the next start goes on."""
        self._timer.stop()

    def _note(self, changes: ChangeSet) -> None:
        if "vedlegg" in changes.tables and not self._timer.isActive():
            QTimer.singleShot(_LATER_MS, self, self._timer.start)

    def _work(self) -> None:
        """Do a little: a slice of the index, or the next file."""
        if self._reading:
            return
        archive = self._desk.archive
        try:
            if not archive.search_index.build_slice(_SLICE_MS).complete:
                return
            found = next_unread_file(archive)
        except EXPECTED:
            return
        if found is None:
            self._timer.stop()
            self.built.emit()
        else:
            self._read(found)

    def _read(self, file: UnreadFile) -> None:
        self._reading = True

        path = self._desk.path

        def job(_progress: Progress) -> str | None:
            return text_of_file(path, file)

        task = self._tasks.start(_("Leser vedlegg for søket"), job)
        task.finished.connect(lambda text: self._store(file, text))
        for over in (task.failed, task.crashed):
            over.connect(lambda _what: self._store(file, None))
        task.cancelled.connect(self._given_up)

    def _given_up(self) -> None:
        self._reading = False
        self._timer.stop()

    def _store(self, file: UnreadFile, text: str | None) -> None:
        self._reading = False
        try:
            store_file_text(self._desk.archive, sha256=file.sha256, text=text)
        except EXPECTED:
            self._timer.stop()
