"""A dialog that stands before the window while work needs the archive for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from desktop.views.parts import button, column, label, row
from desktop.views.words import _

if TYPE_CHECKING:
    from desktop.viewmodels.tasks import Task


class WaitingDialog(QDialog):
    """Shows how far a task is. Closing it asks the task to stop; `end` closes it at last."""

    def __init__(self, parent: QWidget, task: Task) -> None:
        super().__init__(parent)
        self._task = task
        self.setWindowTitle("Møtebok")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.sentence = label(task.label, "tittel")
        self.hint = label(_("Arkivet vises igjen når arbeidet er ferdig."), "stille", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(_("Framdrift"))
        self.stop = button(_("Avbryt"), self.reject)
        self.setLayout(
            column(self.sentence, self.hint, self.bar, row(None, self.stop), margin=20, spacing=12)
        )
        self.setMinimumWidth(420)
        task.progressed.connect(self._progressed)

    def reject(self) -> None:
        """Ask the task to stop; the dialog stays until it has."""
        self._task.cancel()
        self.stop.setEnabled(False)
        self.hint.setText(_("Avbryter …"))

    def end(self) -> None:
        """Close, when the task is over."""
        super().reject()

    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
