"""A field of a form: its label, its help, and what is wrong with what was typed, right below it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop.views.parts import column, label, row


class Field(QWidget):
    """A labelled control. `beside` stands to the right of it."""

    def __init__(
        self, name: str, control: QWidget, *, help_text: str = "", beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self.control = control
        self.name = label(name)
        self.name.setBuddy(control)
        control.setAccessibleName(name.replace("&", ""))
        control.setAccessibleDescription(help_text)
        self.help = label(help_text, "stille", wrap=True)
        self.help.setVisible(bool(help_text))
        self.error: QLabel = label("", "feil", wrap=True)
        self.error.hide()
        line = row(control, beside) if beside else row(control)
        line.setStretch(0, 1)
        self.setLayout(column(self.name, line, self.error, self.help, spacing=3))
        if isinstance(control, QLineEdit):
            control.textEdited.connect(lambda _text: self.say(""))

    def say(self, error: str) -> None:
        """Show what is wrong, or with "" that nothing is."""
        self.error.setText(error)
        self.error.setVisible(bool(error))
        self.control.setProperty("feil", bool(error))
        self.control.style().polish(self.control)
        self.control.setAccessibleDescription(error or self.help.text())
