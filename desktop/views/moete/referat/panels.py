"""The panels of a meeting's saker; the next one is made while nobody waits for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.viewmodels.desk import Desk
from desktop.views.moete.referat.panel import SakPanel

_IDLE_MS: Final = 30
_AHEAD: Final = 2


class Panels(QObject):
    """Holds a panel per sak that was shown, and knows which of them show what was stored before.

    Making a panel is the dearest part of showing a sak for the first time. Some are always made in
    advance, each step in a turn of its own of the event loop.
    """

    def __init__(self, desk: Desk, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._desk, self._pages = desk, pages
        self._made: dict[str, SakPanel] = {}
        self._stale: set[str] = set()
        self._spare: list[SakPanel] = []
        self._unplaced: SakPanel | None = None
        self._unpolished: list[QWidget] = []
        self._idle = QTimer(self, interval=_IDLE_MS, singleShot=True)
        self._idle.timeout.connect(self._prepare)
        desk.closing.connect(self._idle.stop)

    def prepare(self) -> None:
        """Make the next panel when there is time for it."""
        self._idle.start()

    def _prepare(self) -> None:
        """Take one step: make a panel, place it, or give it its looks."""
        if self._unpolished:
            for part in self._unpolished:
                part.ensurePolished()
            self._unpolished = []
        elif self._unplaced is not None:
            made, self._unplaced = self._unplaced, None
            self._pages.addWidget(made)
            self._spare.append(made)
            self._unpolished = made.findChildren(QWidget)
        elif len(self._spare) < _AHEAD:
            self._unplaced = SakPanel(self._desk, "")
        else:
            return
        self._idle.start()

    def find(self, sak_id: str) -> SakPanel | None:
        """Return the panel of a sak, if it was shown."""
        return self._made.get(sak_id)

    def of(self, sak_id: str) -> SakPanel:
        """Return the panel of a sak, made where it was not shown yet; it then shows nothing."""
        found = self._made.get(sak_id)
        if found is None:
            self._unpolished = []
            found = self._spare.pop(0) if self._spare else self._make()
            found.set_sak(sak_id)
            self._made[sak_id] = found
            self._stale.add(sak_id)
            self.prepare()
        return found

    def _make(self) -> SakPanel:
        made, self._unplaced = self._unplaced or SakPanel(self._desk, ""), None
        self._pages.addWidget(made)
        return made

    def take_stale(self, sak_id: str) -> bool:
        """Tell whether a panel shows what was stored before; the next time it does not."""
        stale = sak_id in self._stale
        self._stale.discard(sak_id)
        return stale

    @property
    def is_saving(self) -> bool:
        """Whether a change that is told just now is what was typed in one of the panels."""
        return any(panel.saving for panel in self._made.values())

    def all_stale(self) -> None:
        """Know that everything may have changed, but what a panel saves just now."""
        self._stale |= {key for key, panel in self._made.items() if not panel.saving}

    def flush(self) -> None:
        """Save what is typed."""
        for panel in self._made.values():
            panel.flush()

    def keep(self, known: Collection[str]) -> None:
        """Let go of the panels of saker that are gone."""
        for key in [key for key in self._made if key not in known]:
            panel = self._made.pop(key)
            self._pages.removeWidget(panel)
            panel.deleteLater()
