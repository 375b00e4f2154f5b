"""A dialog that tells how something went: a sentence, and where needed a list of lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from desktop.views.parts import button, column, label, row
from desktop.views.words import _


class FindingsDialog(QDialog):
    """Shows a sentence and lines that can be copied; `go_on` is one further step, by its name."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        lines: Sequence[str] = (),
        go_on: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sentence = label(sentence, wrap=True)
        self.sentence.setMinimumWidth(420)
        self.lines = QPlainTextEdit("\n".join(lines))
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setAccessibleName(title)
        self.lines.setVisible(bool(lines))
        copy = button(_("Kopier"), self._copy)
        copy.setVisible(bool(lines))
        close = button(_("Avbryt") if go_on else _("Lukk"), self.reject, main=go_on is None)
        buttons = row(copy, None, close)
        self.step = button(go_on[0], self.accept, main=True) if go_on else close
        if go_on:
            self.accepted.connect(go_on[1])
            buttons.addWidget(self.step)
        self.step.setDefault(True)
        parts = (label(title, "tittel"), self.sentence, self.lines, buttons)
        self.setLayout(column(*parts, margin=20, spacing=12))
        self.step.setFocus()

    def _copy(self) -> None:
        text = f"{self.sentence.text()}\n{self.lines.toPlainText()}"
        QGuiApplication.clipboard().setText(text)
