"""Files on their way into the archive: read and written in the background, then attached.

What was begun is finished, also when the program closes meanwhile: the bytes are short of nothing
but the row that names them. Files that other work holds up then are named to the user instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.i18n.catalogue import words
from desktop.services.attach import PreparedFile, attach_file, forget_file, prepare_file
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.tasks import Progress, Task, Tasks

_LONGEST_WAIT_S: Final = 10.0
_LONGEST_TO_BEGIN_S: Final = 0.25
_ = words("nb")


class _Arrival:
    """One file on its way. The event is set when its job is over, whatever became of it."""

    def __init__(self, sak_id: str, path: Path) -> None:
        self.sak_id, self.path = sak_id, path
        self.begun, self.over = Event(), Event()
        self.file: PreparedFile | None = None

    def prepare(self, archive: Path, report: Progress) -> PreparedFile | None:
        """Read the file and write its bytes. Runs in the job's thread."""
        self.begun.set()
        try:
            self.file = prepare_file(archive, self.path, report)
        finally:
            self.over.set()
        return self.file


class Attaching(QObject):
    """Attaches files to saker of the archive that is open.

    Signals:
        attached: the key of the sak.
        refused: the key of the sak, and the sentence that says why a file was not attached.
    """

    attached = Signal(str)
    refused = Signal(str, str)

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__(desk)
        self._desk, self._tasks = desk, tasks
        self._waiting: dict[_Arrival, Task] = {}
        desk.closing.connect(self._finish)

    def add(self, sak_id: str, paths: Iterable[Path]) -> None:
        """Attach files to a sak, one after the other, in the background."""
        for path in paths:
            arrival = _Arrival(sak_id, path)
            text = _("Legger ved {fil} …").format(fil=path.name)
            task = self._tasks.start(text, partial(arrival.prepare, self._desk.path))
            task.stops_at_close = False
            self._waiting[arrival] = task
            task.finished.connect(lambda _file, arrival=arrival: self._arrived(arrival))
            task.failed.connect(partial(self._failed, arrival))
            task.crashed.connect(lambda _text, arrival=arrival: self._waiting.pop(arrival, None))
            task.cancelled.connect(partial(self._cancelled, arrival))

    def _arrived(self, arrival: _Arrival) -> None:
        if self._waiting.pop(arrival, None) is None or arrival.file is None:
            return
        file = arrival.file
        outcome = self._desk.do(attach_file, sak_id=arrival.sak_id, file=file)
        if outcome:
            self.attached.emit(arrival.sak_id)
        else:
            self._forget(file)
            self.refused.emit(arrival.sak_id, outcome.error)

    def _failed(self, arrival: _Arrival, sentence: str) -> None:
        if self._waiting.pop(arrival, None) is not None:
            self.refused.emit(arrival.sak_id, sentence)

    def _cancelled(self, arrival: _Arrival) -> None:
        """Take out again what was finished in the same moment as it was stopped."""
        if self._waiting.pop(arrival, None) is not None and arrival.file is not None:
            self._forget(arrival.file)

    def _forget(self, file: PreparedFile) -> None:
        if file.staged is not None:
            path = self._desk.path
            self._tasks.start(_("Rydder …"), lambda _report: forget_file(path, file))

    def _finish(self) -> None:
        """Wait for the files that are being written, and attach what has come, before it closes.

        What does not come in time is given up and told: nobody is there to take it later.
        """
        end = monotonic() + _LONGEST_WAIT_S
        given_up: list[str] = []
        for arrival, task in list(self._waiting.items()):
            if not task.is_cancelled:
                if not given_up and _comes(arrival, end) and arrival.file is not None:
                    self._arrived(arrival)
                    continue
                given_up.append(arrival.path.name)
                task.cancel()
            self._waiting.pop(arrival, None)
        if given_up:
            self._tasks.dropped.emit(_not_attached(given_up))


def _comes(arrival: _Arrival, end: float) -> bool:
    """Wait until a file is ready; not for one that stands behind other work."""
    return arrival.begun.wait(_LONGEST_TO_BEGIN_S) and arrival.over.wait(_time_to(end))


def _time_to(end: float) -> float:
    return max(0.0, end - monotonic())


def _not_attached(names: list[str]) -> str:
    sentence = _.plural(
        "Arkivet ble lukket før {filer} var lagt ved. Filen er ikke med i saken; legg den ved på "
        "nytt.",
        "Arkivet ble lukket før disse filene var lagt ved: {filer}. De er ikke med i saken; legg "
        "dem ved på nytt.",
        len(names),
    )
    return sentence.format(filer=", ".join(names))
