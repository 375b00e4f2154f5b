"""The page of saker: the register of all of them, and the queue."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget

from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place, Target
from desktop.viewmodels.tasks import Tasks
from desktop.views.page import Page
from desktop.views.pages.saker_koe import Queue
from desktop.views.pages.saker_register import Register
from desktop.views.parts import action, column, label, row
from desktop.views.words import _

QUEUE = "koe"
_SHOWN = frozenset(
    {
        "sak",
        "saksrolle",
        "moete",
        "moetedag",
        "dagsordenpost",
        "utvalg",
        "nummerserie",
        "organisasjonsnavn",
        "person",
    }
)


class SakerPage(Page):
    """Shows the register and the queue."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences)
        self.register = Register(desk)
        self.queue = Queue(desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Visninger av saker"))
        self.tabs.addTab(self.register, _("Register"))
        self.tabs.addTab(self.queue, _("Kø"))
        self.told = label("", "stille")
        self.setLayout(
            column(row(label(_("Saker"), "tittel"), None, self.told), self.tabs, margin=18)
        )
        self.register.wanted.connect(self.wanted)
        self.register.queued.connect(self._show_queued)
        self.register.told.connect(self.told.setText)
        self.queue.told.connect(self.told.setText)
        self.tabs.currentChanged.connect(lambda _place: self.told.clear())
        action(self, _("Meld inn sak …"), self._report, "Ctrl+Shift+M")

    def load(self) -> None:
        """Read everything the page shows."""
        self.register.load()
        self.queue.load()

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a change touched."""
        if changes.tables & _SHOWN:
            self.load()

    def open(self, target: Target) -> None:
        """Show the queue, or a sak."""
        if target.key == QUEUE:
            self.tabs.setCurrentWidget(self.queue)
        elif target.sak_id or target.key:
            self.tabs.setCurrentWidget(self.register)
            self.register.show_sak(target.sak_id or target.key or "")

    def where(self) -> Target | None:
        """Return the queue, or the sak that is selected."""
        if self.tabs.currentWidget() is self.queue:
            return Target(Place.SAKER, key=QUEUE)
        return Target(Place.SAKER, sak_id=self.register.selected_sak())

    def _show_queued(self, sak_id: str) -> None:
        self.tabs.setCurrentWidget(self.queue)
        self.queue.show_sak(sak_id)

    def _report(self) -> None:
        self.tabs.setCurrentWidget(self.queue)
        self.queue.report()
