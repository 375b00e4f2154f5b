"""A notice that stands as long as what it says is so, with the step that may end it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from desktop.views.parts import button, label, row


class StandingNotice(QFrame):
    """A sentence above the pages, such as who else has the archive open."""

    def __init__(self, step: str, clicked: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("varsel")
        self.setProperty("staaende", True)
        self.text = label("", wrap=True)
        self.step = button(step, clicked)
        layout = row(self.text, self.step, margin=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence; an empty one ends the notice."""
        self.text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
