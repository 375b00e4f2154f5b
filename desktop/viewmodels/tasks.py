"""Long work in the background: one job after the other, with progress, and it can be cancelled.

A job gets frozen content and touches no database. It runs in a thread of a pool; what it returns,
raises and reports comes back to the GUI thread as signals.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from desktop.services.explain import EXPECTED, explain

Progress = Callable[[int, int], bool]
Job = Callable[[Progress], Any]


class Task(QObject):
    """A job that runs.

    Attributes:
        label: what it does, in Norwegian.
        stops_at_close: whether it is stopped when the program closes, or finished first.
        result: what the job returned, also where it was finished in the moment it was stopped;
            None until then.

    Signals:
        progressed: how many of how many parts are done.
        finished: what the job returned.
        failed: the sentence about what went wrong.
        crashed: the traceback of an error nobody expected.
        cancelled: the job was stopped by the user; `result` says whether it was too late.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(str)
    crashed = Signal(str)
    cancelled = Signal()

    def __init__(self, label: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.stops_at_close = True
        self.result: Any = None
        self._stopped = Event()

    def cancel(self) -> None:
        """Ask the job to stop at its next part."""
        self._stopped.set()

    def report(self, done: int, total: int) -> bool:
        """Tell how far the job is; False when it shall stop. Called from the job's thread."""
        self.progressed.emit(done, total)
        return not self._stopped.is_set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the job was asked to stop."""
        return self._stopped.is_set()


class _Runner(QRunnable):
    def __init__(self, task: Task, job: Job) -> None:
        super().__init__()
        self._task = task
        self._job = job

    def run(self) -> None:
        """Run the job in the pool's thread."""
        try:
            result = self._job(self._task.report)
        except EXPECTED as error:
            self._task.failed.emit(explain(error))
        except Exception:  # noqa: BLE001
            self._task.crashed.emit(traceback.format_exc())
        else:
            self._task.result = result
            if self._task.is_cancelled:
                self._task.cancelled.emit()
            else:
                self._task.finished.emit(result)


class Tasks(QObject):
    """Starts tasks and knows which one runs.

    Signals:
        started: the Task.
        ended: the Task, however it ended.
        dropped: a sentence about work that was given up when the page it was for had gone.
    """

    started = Signal(object)
    ended = Signal(object)
    dropped = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: list[Task] = []

    def start(self, label: str, job: Job) -> Task:
        """Return the task of a job, which starts when the event loop turns: connect to it first.

        `label` says in Norwegian what is being done.
        """
        task = Task(label, self)
        for signal in (task.finished, task.failed, task.crashed, task.cancelled):
            signal.connect(lambda *_: self._end(task))
        self._running.append(task)
        self.started.emit(task)
        runner = _Runner(task, job)
        QTimer.singleShot(0, self, lambda: self._pool.start(runner))
        return task

    def running(self) -> list[Task]:
        """Return the tasks that are not over."""
        return list(self._running)

    def wait(self, milliseconds: int = 30_000) -> bool:
        """Wait until all jobs are over, as when the program closes; False if they take longer.

        They are stopped, but for those that shall be finished.
        """
        for task in self._running:
            if task.stops_at_close:
                task.cancel()
        return self._pool.waitForDone(milliseconds)

    def _end(self, task: Task) -> None:
        if task in self._running:
            self._running.remove(task)
            self.ended.emit(task)
