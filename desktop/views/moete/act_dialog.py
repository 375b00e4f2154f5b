"""A dialog that asks before an act: what is refused is told in it, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.i18n.dates import numeric_date
from desktop.i18n.parsing import UnreadableTextError, parse_date
from desktop.views.field import Field
from desktop.views.parts import button, label, row
from desktop.views.words import _

WIDTH: Final = 560


class ActDialog(QDialog):
    """Asks for what an act needs, and does it. It stays open until the act is done or given up."""

    def __init__(self, parent: QWidget, title: str, act: str, *, intro: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH)
        self.intro = label(intro, wrap=True)
        self.error = label("", "feil", wrap=True)
        self.error.hide()
        self.confirm = button(act, self._act, main=True)
        self.confirm.setDefault(True)
        self.cancel = button(_("Avbryt"), self.reject)
        self.content = QVBoxLayout()
        self.content.setSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(label(title, "undertittel", wrap=True))
        layout.addWidget(self.intro)
        layout.addLayout(self.content)
        layout.addStretch(1)
        layout.addWidget(self.error)
        layout.addLayout(row(None, self.cancel, self.confirm))

    def say(self, error: str) -> None:
        """Show why the act was refused; "" shows nothing."""
        self.error.setText(error)
        self.error.setAccessibleName(error)
        self.error.setVisible(bool(error))

    def do(self) -> str | None:
        """Do the act: "" when it is done, a sentence when it is refused, None when fields say.

        A dialog that only asks has nothing to do.
        """
        return ""

    def _act(self) -> None:
        self.say("")
        refused = self.do()
        if refused == "":
            self.accept()
        elif refused:
            self.say(refused)


class DateField(Field):
    """A date, typed in any usual Norwegian form."""

    def __init__(self, name: str, value: dt.date, *, help_text: str = "") -> None:
        self.line = QLineEdit(numeric_date(value))
        super().__init__(name, self.line, help_text=help_text)
        self._near = value
        self.line.editingFinished.connect(self._tidy)

    def date(self) -> dt.date | None:
        """Return the date, or None after saying below the field why it is none."""
        try:
            return parse_date(self.line.text(), near=self._near)
        except UnreadableTextError as error:
            self.say(str(error))
            return None

    def _tidy(self) -> None:
        found = self.date()
        if found is not None:
            self.say("")
            self.line.setText(numeric_date(found))
