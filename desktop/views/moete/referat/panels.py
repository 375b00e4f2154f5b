"""The panels of a meeting's saker; the next one is made while nobody waits for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.viewmodels.desk import Desk
from desktop.views.moete.referat.panel import SakPanel

_IDLE_MS: Final = 30


class Panels(QObject):
    """Holds a panel per sak that was shown, and knows which of them show what was stored before.

    Making a panel is the dearest part of showing a sak for the first time. One is always made in
    advance, in turns of the event loop that have nothing else to do.
    """

    def __init__(self, desk: Desk, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._desk, self._pages = desk, pages
        self._made: dict[str, SakPanel] = {}
        self._stale: set[str] = set()
        self._spare: SakPanel | None = None
        self._unpolished: list[QWidget] = []
        self._idle = QTimer(self, interval=_IDLE_MS, singleShot=True)
        self._idle.timeout.connect(self._prepare)
        desk.closing.connect(self._idle.stop)

    def prepare(self) -> None:
        """Make the next panel when there is time for it."""
        self._idle.start()

    def _prepare(self) -> None:
        if self._spare is None:
            self._spare = SakPanel(self._desk, "")
            self._pages.addWidget(self._spare)
            self._unpolished = self._spare.findChildren(QWidget)
            self._idle.start()
            return
        for part in self._unpolished:
            part.ensurePolished()
        self._unpolished = []

    def find(self, sak_id: str) -> SakPanel | None:
        """Return the panel of a sak, if it was shown."""
        return self._made.get(sak_id)

    def of(self, sak_id: str) -> SakPanel:
        """Return the panel of a sak, made where it was not shown yet; it then shows nothing."""
        found = self._made.get(sak_id)
        if found is None:
            found, self._spare = self._spare, None
            self._unpolished = []
            if found is None:
                found = SakPanel(self._desk, sak_id)
                self._pages.addWidget(found)
            found.set_sak(sak_id)
            self._made[sak_id] = found
            self._stale.add(sak_id)
            self.prepare()
        return found

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
