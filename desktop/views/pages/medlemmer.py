"""The page of members: the seats of each utvalg, the persons, and the organisations."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget

from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place, Target
from desktop.viewmodels.tasks import Tasks
from desktop.views.page import Page
from desktop.views.pages.medlemmer_register import Organisations, People
from desktop.views.pages.medlemmer_verv import Seats
from desktop.views.parts import column, label, row
from desktop.views.words import _

_SHOWN = frozenset({"utvalg", "verv", "person", "organisasjon", "organisasjonsnavn"})


class MedlemmerPage(Page):
    """Shows who is member of what, and everybody the archive knows."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences)
        self.seats = Seats(desk)
        self.people = People(desk)
        self.organisations = Organisations(desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Visninger av medlemmer"))
        self.told = label("", "stille")
        for part, name in (
            (self.seats, _("Utvalgets medlemmer")),
            (self.people, _("Personer")),
            (self.organisations, _("Organisasjoner")),
        ):
            self.tabs.addTab(part, name)
            part.told.connect(self.told.setText)
        heading = row(label(_("Medlemmer"), "tittel"), None, self.told)
        self.setLayout(column(heading, self.tabs, margin=18))
        self.tabs.currentChanged.connect(lambda _place: self.told.clear())

    def load(self) -> None:
        """Read everything the page shows."""
        for part in (self.seats, self.people, self.organisations):
            part.load()

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a change touched."""
        if changes.tables & _SHOWN:
            self.load()

    def open(self, target: Target) -> None:
        """Show the members of an utvalg, or a person."""
        key = target.key or ""
        if any(person.id == key for person in self.people.rows):
            self.tabs.setCurrentWidget(self.people)
            self.people.search.clear()
            self.people.select(key)
        elif key:
            self.tabs.setCurrentWidget(self.seats)
            self.seats.choose(key)

    def where(self) -> Target | None:
        """Return the utvalg whose members are shown."""
        return Target(Place.MEDLEMMER, key=self.seats.utvalg.key())
