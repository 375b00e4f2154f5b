"""The page of members: the seats of each utvalg, the persons, and the organisations."""

from __future__ import annotations

from typing import Final

from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place, Target
from desktop.viewmodels.tasks import Tasks
from desktop.views.pages.medlemmer_register import Organisations, People
from desktop.views.pages.medlemmer_verv import Seats
from desktop.views.parted_page import PartedPage
from desktop.views.parts import column, label, row
from desktop.views.words import _

_SHOWN: Final = frozenset({"utvalg", "verv", "person", "organisasjon", "organisasjonsnavn"})


class MedlemmerPage(PartedPage):
    """Shows who is member of what, and everybody the archive knows."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences, _("Visninger av medlemmer"))
        self.add_part(Seats, _("Utvalgets medlemmer"), _SHOWN)
        self.add_part(People, _("Personer"), _SHOWN)
        self.add_part(Organisations, _("Organisasjoner"), _SHOWN)
        heading = row(label(_("Medlemmer"), "tittel"), None, self.told)
        self.setLayout(column(heading, self.tabs, margin=18))

    @property
    def seats(self) -> Seats:
        """The seats of an utvalg."""
        return self.part(Seats)

    @property
    def people(self) -> People:
        """Everybody the archive knows."""
        return self.part(People)

    @property
    def organisations(self) -> Organisations:
        """Every organisation."""
        return self.part(Organisations)

    def open(self, target: Target) -> None:
        """Show the members of an utvalg, or a person."""
        key = target.key or ""
        if any(person.id == key for person in self.people.rows):
            people = self.show_part(People)
            people.search.clear()
            people.select(key)
        elif key:
            self.show_part(Seats).choose(key)

    def where(self) -> Target | None:
        """Return the utvalg whose members are shown."""
        return Target(Place.MEDLEMMER, key=self.seats.utvalg.key())
