"""The line above the running order: its buttons, and where the title of a new sak is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSplitter, QWidget

from desktop.viewmodels.preferences import Preferences
from desktop.views.parts import button, label, row
from desktop.views.words import _


class NewSakLine(QWidget):
    """Where the title of a new sak is typed. Enter reports and places it; Esc gives up."""

    def __init__(self, add: Callable[[str], bool], leave: Callable[[], object]) -> None:
        super().__init__()
        self._add = add
        self._leave = leave
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Tittel på saken"))
        self.line.setAccessibleName(_("Tittel på den nye saken"))
        self.line.returnPressed.connect(self._accept)
        title = label(_("Ny sak"), "stille")
        title.setBuddy(self.line)
        self.setLayout(
            row(title, self.line, button(_("Legg til"), self._accept), button(_("Lukk"), self.end))
        )
        self.hide()

    def begin(self) -> None:
        """Ask for a title."""
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Stop asking; what is typed is there the next time."""
        self.hide()
        self._leave()

    def _accept(self) -> None:
        if self._add(self.line.text()):
            self.line.clear()
            self.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Give up on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)


def step_button(step: QAction, *, main: bool = False) -> QWidget:
    """Return a button that follows an action, with its shortcut in the tooltip."""
    shortcut = step.shortcut().toString()
    made = button(step.text(), step.trigger, main=main, tip=f"{step.text()} ({shortcut})")
    step.changed.connect(lambda: made.setEnabled(step.isEnabled()))
    return made


def split(
    preferences: Preferences,
    way: Qt.Orientation,
    key: str,
    parts: tuple[QWidget, QWidget],
    sizes: tuple[int, int],
) -> QSplitter:
    """Return two parts that share the room as they were left; room to spare goes to the first."""
    made = QSplitter(way)
    for part in parts:
        made.addWidget(part)
    made.setStretchFactor(0, 1)
    made.setChildrenCollapsible(False)
    made.setSizes(list(sizes))
    stored = preferences.window_state(f"dagsorden/{key}")
    if not stored.isEmpty():
        made.restoreState(stored)
    made.splitterMoved.connect(
        lambda *_args: preferences.set_window_state(f"dagsorden/{key}", made.saveState())
    )
    return made
