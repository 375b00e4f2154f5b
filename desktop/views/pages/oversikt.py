"""The front page: what comes next, what is missing, what waits, and what was changed last."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QTimer

from desktop.services.front_page import read_front_page
from desktop.services.plain import driver_of
from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.tasks import Tasks
from desktop.views.page import Page
from desktop.views.pages.oversikt_front import Front
from desktop.views.parts import column

_MIDNIGHT_MS = 60_000


class OversiktPage(Page):
    """The front page. `front` is what it shows, also where it was on the screen before."""

    def __init__(
        self, desk: Desk, tasks: Tasks, preferences: Preferences, front: Front | None = None
    ) -> None:
        super().__init__(desk, tasks, preferences)
        self.front = front or Front()
        self._seen_before = front is not None
        self.front.wanted.connect(self.wanted)
        self.setLayout(column(self.front, spacing=0))
        self.front.show()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.load)
        self._day = QTimer(self, interval=_MIDNIGHT_MS)
        self._day.timeout.connect(self._new_day)
        self._day.start()

    def load(self) -> None:
        """Read the front page, and show what is new on it; later, where it just was read."""
        self._soon.stop()
        if self._seen_before:
            self._seen_before = False
            self._soon.start()
            return
        today = _today()
        self.front.show_what(
            self.desk.read(lambda session: read_front_page(driver_of(session), today=today))
        )

    def refresh(self, changes: ChangeSet) -> None:
        """Read again, once the act is over: the list of what was changed follows every change."""
        if changes:
            self._soon.start()

    def _new_day(self) -> None:
        shown = self.front.shown
        if shown is not None and shown.today != _today() and self.isVisible():
            self.load()


def _today() -> dt.date:
    return dt.datetime.now().date()  # noqa: DTZ005  (local)
