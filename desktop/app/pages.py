"""The pages of an open archive: each built when it is first shown, read again when it changed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QVBoxLayout, QWidget

from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place, Target
from desktop.views.pace import BETWEEN_MS

if TYPE_CHECKING:
    from desktop.services.types import ChangeSet
    from desktop.viewmodels.desk import Desk
    from desktop.viewmodels.tasks import Tasks
    from desktop.views.page import Page
    from desktop.views.pages.oversikt_front import Front

PAGES: Final[Mapping[Place, tuple[str, str]]] = MappingProxyType(
    {
        Place.OVERSIKT: ("desktop.views.pages.oversikt", "OversiktPage"),
        Place.MOETER: ("desktop.views.pages.moeter", "MoeterPage"),
        Place.SAKER: ("desktop.views.pages.saker", "SakerPage"),
        Place.VEDTAK: ("desktop.views.pages.vedtak", "VedtakPage"),
        Place.MEDLEMMER: ("desktop.views.pages.medlemmer", "MedlemmerPage"),
        Place.INNSTILLINGER: ("desktop.views.pages.innstillinger", "InnstillingerPage"),
    }
)


class PageHolder(QWidget):
    """Stands for a page until it is wanted.

    Signals:
        wanted: as the page's.
    """

    wanted = Signal(object)

    def __init__(self, place: Place, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__()
        self.place = place
        self.page: Page | None = None
        self._loaded = False
        self._with: tuple[object, ...] = (desk, tasks, preferences)
        self._waiting: list[ChangeSet] = []
        self._scroll_wanted: int | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def take(self, front: Front) -> None:
        """Build the page around what is on the screen already."""
        self._with = (*self._with, front)

    def build(self) -> Page:
        """Return the page, built; it may have read nothing yet."""
        if self.page is None:
            module, name = PAGES[self.place]
            page: Page = getattr(import_module(module), name)(*self._with)
            page.wanted.connect(self.wanted)
            self._layout.addWidget(page)
            page.show()
            self.page = page
        return self.page

    def ensure(self) -> Page:
        """Return the page, built, and as the archive is now."""
        page = self.build()
        waiting, self._waiting = self._waiting, []
        if not self._loaded:
            self._loaded = True
            page.load()
        elif waiting:
            page.refresh(_merged(waiting))
        return page

    def note(self, changes: ChangeSet) -> None:
        """Read again what a change touched: at once while the page is seen, else when it is."""
        if not self._loaded:
            return
        self._waiting.append(changes)
        if self.isVisible():
            self.ensure()

    def open(self, target: Target) -> None:
        """Show what a target names."""
        self.ensure().open(target)

    def where(self) -> Target:
        """Return what the page shows."""
        found = self.page.where() if self.page is not None and self._loaded else None
        return found or Target(self.place)

    def scroll_value(self) -> int:
        """Return how far the largest part of the page is scrolled, in the bar's units."""
        area = self._largest_area()
        return area.verticalScrollBar().value() if area is not None else 0

    def scroll_to(self, value: int) -> None:
        """Scroll the largest part of the page, as soon as it is long enough."""
        area = self._largest_area()
        if area is None:
            return
        bar = area.verticalScrollBar()
        self._scroll_wanted = value
        self._scroll_if_long(bar)
        bar.rangeChanged.connect(lambda *_: self._scroll_if_long(bar))

    def _scroll_if_long(self, bar: QScrollBar) -> None:
        wanted = self._scroll_wanted
        if wanted is not None and bar.maximum() >= wanted:
            self._scroll_wanted = None
            bar.setValue(wanted)

    def _largest_area(self) -> QAbstractScrollArea | None:
        areas = [area for area in self.findChildren(QAbstractScrollArea) if area.isVisible()]
        return max(areas, key=lambda area: area.width() * area.height(), default=None)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Be the page as it is now whenever it comes to be seen."""
        self.ensure()
        super().showEvent(event)


class Pages(QObject):
    """The pages of one open archive.

    Attributes:
        is_built: whether every page and its parts are made.

    Signals:
        wanted: a Target somebody wants to go to.
        built: every page and its parts are made.
    """

    wanted = Signal(object)
    built = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, preferences: Preferences, front: Front | None = None
    ) -> None:
        super().__init__()
        self.holders = {place: PageHolder(place, desk, tasks, preferences) for place in PAGES}
        if front is not None:
            self.holders[Place.OVERSIKT].take(front)
        for holder in self.holders.values():
            holder.wanted.connect(self.wanted)
            desk.changed.connect(holder.note)
        self.is_built = False
        self._builder = QTimer(self, singleShot=True, interval=BETWEEN_MS)
        self._builder.timeout.connect(self._build_next)

    def build_all(self) -> None:
        """Build the pages nobody has seen, and their parts, one in each turn of the event loop.

        What fails is told once: it is tried again when it is wanted.
        """
        self._builder.start()

    def _build_next(self) -> None:
        unbuilt = next((one for one in self.holders.values() if one.page is None), None)
        if unbuilt is not None:
            unbuilt.build()
        elif not any(holder.build().build_next() for holder in self.holders.values()):
            self.is_built = True
            self.built.emit()
            return
        self._builder.start()

    def close(self) -> None:
        """Let go of the pages."""
        self._builder.stop()
        for holder in self.holders.values():
            holder.hide()
            holder.deleteLater()


def _merged(changes: list[ChangeSet]) -> ChangeSet:
    if len(changes) == 1:
        return changes[0]
    from desktop.services.types import ChangeSet  # noqa: PLC0415

    rows = tuple(row for one in changes for row in one.changes)
    return ChangeSet(None, changes[-1].verb, rows)
