"""A page of several parts, of which one is shown at a time."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.tasks import Tasks
from desktop.views.page import Page
from desktop.views.parts import label


class Part(QWidget):
    """A part of a page: `Part(desk)`, which shows nothing before it is loaded.

    Signals:
        told: something to say in passing.
    """

    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def load(self) -> None:
        """Read everything the part shows."""


P = TypeVar("P", bound=Part)


class _Kind(NamedTuple):
    kind: type[Part]
    name: str
    tables: frozenset[str]


class PartedPage(Page):
    """A page with a tab for each part. A part is made and read when it is shown or asked for."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences, tabs_name: str) -> None:
        super().__init__(desk, tasks, preferences)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(tabs_name)
        self.told = label("", "stille")
        self._kinds: list[_Kind] = []
        self._made: dict[type[Part], Part] = {}
        self._stale: set[type[Part]] = set()
        self.tabs.currentChanged.connect(lambda _place: self._turned())

    def add_part(self, kind: type[Part], name: str, tables: frozenset[str]) -> None:
        """Add a tab for a kind of part, which shows what is in some tables."""
        self._kinds.append(_Kind(kind, name, tables))
        self.tabs.addTab(QWidget(), name)

    def joined(self, part: Part) -> None:
        """Connect a part that was just made."""
        part.told.connect(self.told.setText)

    def part(self, kind: type[P]) -> P:
        """Return a part, made, and as the archive is where the page has been read at all."""
        if kind not in self._made:
            self._make(kind)
        if kind in self._stale:
            self._stale.discard(kind)
            try:
                self._made[kind].load()
            except BaseException:
                self._stale.add(kind)
                raise
        part = self._made[kind]
        assert isinstance(part, kind)  # noqa: S101
        return part

    def show_part(self, kind: type[P]) -> P:
        """Show a part, and return it."""
        self.tabs.setCurrentIndex(self._place(kind))
        return self.part(kind)

    def shows(self, kind: type[Part]) -> bool:
        """Tell whether a part is the one that is shown."""
        return self.tabs.currentIndex() == self._place(kind)

    def load(self) -> None:
        """Read everything that is shown; the other parts are read when they are."""
        self._stale = {one.kind for one in self._kinds}
        self._freshen()

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a change touched."""
        self._stale |= {one.kind for one in self._kinds if changes.tables & one.tables}
        self._freshen()

    def build_next(self) -> bool:
        """Make a part nobody has seen."""
        unmade = next((one.kind for one in self._kinds if one.kind not in self._made), None)
        if unmade is not None:
            self._make(unmade)
        return unmade is not None

    def _place(self, kind: type[Part]) -> int:
        return [one.kind for one in self._kinds].index(kind)

    def _make(self, kind: type[Part]) -> None:
        place = self._place(kind)
        part = self._made[kind] = kind(self.desk)
        current, blocked = self.tabs.currentIndex(), self.tabs.blockSignals(True)
        empty = self.tabs.widget(place)
        self.tabs.removeTab(place)
        if empty is not None:
            empty.deleteLater()
        self.tabs.insertTab(place, part, self._kinds[place].name)
        self.tabs.setCurrentIndex(current)
        self.tabs.blockSignals(blocked)
        self.joined(part)

    def _freshen(self) -> None:
        """Read what is shown, if it is no longer as the archive is."""
        self.part(self._kinds[self.tabs.currentIndex()].kind)

    def _turned(self) -> None:
        self.told.clear()
        if self._kinds:
            self._freshen()
