"""What runs in the background, in the status bar: what it is, how far it is, and a way to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QToolButton, QWidget

from desktop.views.parts import label, row
from desktop.views.words import _

if TYPE_CHECKING:
    from desktop.viewmodels.tasks import Task, Tasks


class WorkBar(QWidget):
    """Follows the tasks. Hidden while nothing runs; with several it shows the one that is on."""

    def __init__(self) -> None:
        super().__init__()
        self._tasks: Tasks | None = None
        self.text = label("", "stille")
        self.bar = QProgressBar()
        self.bar.setFixedWidth(120)
        self.bar.setFixedHeight(10)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Framdrift"))
        self.stop = QToolButton()
        self.stop.setText(_("Avbryt"))
        self.stop.setAccessibleName(_("Avbryt arbeidet i bakgrunnen"))
        self.stop.clicked.connect(self._cancel)
        self.setLayout(row(self.text, self.bar, self.stop))
        self.hide()

    def follow(self, tasks: Tasks) -> None:
        """Show what these tasks do."""
        self._tasks = tasks
        tasks.started.connect(self._started)
        tasks.ended.connect(lambda _task: self._show_first())

    def _started(self, task: Task) -> None:
        task.progressed.connect(lambda done, total: self._progressed(task, done, total))
        self._show_first()

    def _show_first(self) -> None:
        running = self._tasks.running() if self._tasks else []
        self.setVisible(bool(running))
        if running:
            self.text.setText(running[0].label)
            self.bar.setRange(0, 0)
            self.stop.setEnabled(not running[0].is_cancelled)

    def _progressed(self, task: Task, done: int, total: int) -> None:
        running = self._tasks.running() if self._tasks else []
        if running and running[0] is task:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _cancel(self) -> None:
        for task in self._tasks.running()[:1] if self._tasks else []:
            task.cancel()
            self.stop.setEnabled(False)
            self.text.setText(_("{arbeid} Avbryter …").format(arbeid=task.label))
