"""The page of vedtak and follow-up: the register of all vedtak, and what they bind people to."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget

from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import VEDTAK_REGISTER, Place, Target
from desktop.viewmodels.tasks import Tasks
from desktop.views.page import Page
from desktop.views.pages.oppfoelging_liste import FollowUp
from desktop.views.pages.vedtak_dokumenter import DocumentsButton
from desktop.views.pages.vedtak_register import VedtakRegister
from desktop.views.parts import column, label, row
from desktop.views.words import _

_COMMON = frozenset({"sak", "moete", "moetedag", "utvalg", "vedtak"})
_REGISTER = _COMMON | {"tidligere_vedtak", "oppfoelging", "oppfoelginglogg"}
_FOLLOW_UP = _COMMON | {
    "aksjonspunkt",
    "oppfoelging",
    "oppfoelging_sak",
    "oppfoelginglogg",
    "oppfoelgingsavslag",
    "organisasjonsnavn",
    "person",
}


class VedtakPage(Page):
    """Shows follow-up and the register. What is not shown is read when it is."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences)
        self.register = VedtakRegister(desk)
        self.follow_up = FollowUp(desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Visninger av vedtak"))
        self.tabs.addTab(self.follow_up, _("Oppfølging"))
        self.tabs.addTab(self.register, _("Vedtaksregister"))
        self.told = label("", "stille")
        self.documents = DocumentsButton(desk, tasks, preferences)
        self.documents.told.connect(self.told.setText)
        title = label(_("Vedtak og oppfølging"), "tittel")
        heading = row(title, None, self.told, self.documents, spacing=12)
        self.setLayout(column(heading, self.tabs, margin=18))
        self._stale = {self.register, self.follow_up}
        for part in (self.register, self.follow_up):
            part.wanted.connect(self.wanted)
            part.told.connect(self.told.setText)
        self.register.commitment_wanted.connect(self.show_commitment)
        self.follow_up.vedtak_wanted.connect(self.show_vedtak)
        self.tabs.currentChanged.connect(lambda _place: self._turned())

    def load(self) -> None:
        """Read everything the page shows."""
        self._stale = {self.register, self.follow_up}
        self._freshen()

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a change touched."""
        if changes.tables & _REGISTER:
            self._stale.add(self.register)
        if changes.tables & _FOLLOW_UP:
            self._stale.add(self.follow_up)
        self._freshen()

    def _freshen(self) -> None:
        """Read what is shown, if it is no longer as the archive is."""
        part = self.register if self.tabs.currentWidget() is self.register else self.follow_up
        if part in self._stale:
            self._stale.discard(part)
            part.load()

    def _turned(self) -> None:
        self.told.clear()
        self._freshen()

    def open(self, target: Target) -> None:
        """Show the register, or a vedtak or commitment by its key."""
        key = target.key or ""
        if key == VEDTAK_REGISTER:
            self.tabs.setCurrentWidget(self.register)
        elif key.startswith(f"{VEDTAK_REGISTER}:"):
            self.show_vedtak(key.removeprefix(f"{VEDTAK_REGISTER}:"))
        elif key:
            self.show_commitment(key)

    def show_vedtak(self, key: str) -> None:
        """Select a vedtak in the register."""
        self.tabs.setCurrentWidget(self.register)
        self._freshen()
        self.register.show_key(key)

    def show_commitment(self, key: str) -> None:
        """Select a commitment."""
        self.tabs.setCurrentWidget(self.follow_up)
        self._freshen()
        self.follow_up.show_commitment(key)

    def where(self) -> Target | None:
        """Return which of the two is shown."""
        shown = self.tabs.currentWidget() is self.register
        return Target(Place.VEDTAK, key=VEDTAK_REGISTER if shown else None)
