"""A field that chooses one of many by typing a part of its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter


class Choice(NamedTuple):
    """Something to choose: its key, its name, and what tells it from others of that name."""

    key: str
    name: str
    detail: str = ""

    @property
    def text(self) -> str:
        """What the list shows."""
        return f"{self.name} – {self.detail}" if self.detail else self.name


class Chooser(QComboBox):
    """Chooses one of the choices, or none where the field is empty.

    What is typed is kept, also where it names nothing: `unknown` returns it.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._choices: list[Choice] = []
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(18)
        self.setMaxVisibleItems(14)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        field = self.lineEdit()
        if field is not None:
            field.setAccessibleName(name)
            field.setClearButtonEnabled(True)

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Offer other choices; the one that is chosen stays where it is still among them."""
        key = self.key()
        self._choices = list(choices)
        blocked = self.blockSignals(True)
        self.clear()
        for choice in self._choices:
            self.addItem(choice.text, choice.key)
        self.blockSignals(blocked)
        self.choose(key)

    def choose(self, key: str | None) -> None:
        """Choose by key; None, or a key that is not offered, empties the field."""
        self.setCurrentIndex(self.findData(key) if key is not None else -1)
        if self.currentIndex() < 0:
            self.clearEditText()
        field = self.lineEdit()
        if field is not None:
            field.setCursorPosition(0)

    def key(self) -> str | None:
        """Return the key of what the field names, or None."""
        found = self._named()
        return found.key if found else None

    def unknown(self) -> str:
        """Return what is typed where it names none of the choices, else ""."""
        typed = " ".join(self.currentText().split())
        return "" if self._named() else typed

    def _named(self) -> Choice | None:
        wanted = " ".join(self.currentText().split()).casefold()
        if not wanted:
            return None
        current = self.currentIndex()
        if 0 <= current < len(self._choices) and self._choices[current].text.casefold() == wanted:
            return self._choices[current]
        by_text = [choice for choice in self._choices if choice.text.casefold() == wanted]
        by_name = [choice for choice in self._choices if choice.name.casefold() == wanted]
        found = by_text or by_name
        return found[0] if len(found) == 1 else None

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Let the page scroll under the pointer instead of changing the choice."""
        event.ignore()
