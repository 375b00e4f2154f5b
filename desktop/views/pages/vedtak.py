"""The page of vedtak and follow-up: the register of all vedtak, and what they bind people to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from desktop.services.oppfoelging_forslag import propose_of_newest
from desktop.services.oppfoelging_view import open_commitments
from desktop.services.types import Session
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import VEDTAK_REGISTER, Place, Target
from desktop.viewmodels.tasks import Tasks
from desktop.views.pages.oppfoelging_liste import FollowUp
from desktop.views.pages.vedtak_dokumenter import DocumentsButton
from desktop.views.pages.vedtak_register import VedtakRegister
from desktop.views.parted_page import Part, PartedPage
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


class VedtakPage(PartedPage):
    """Shows follow-up and the register."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences, _("Visninger av vedtak"))
        self.add_part(FollowUp, _("Oppfølging"), _FOLLOW_UP)
        self.add_part(VedtakRegister, _("Vedtaksregister"), _REGISTER)
        steps: tuple[Callable[[Session], object], ...] = (propose_of_newest, _commitments_now)
        self._warming = iter(steps)
        self.documents = DocumentsButton(desk, tasks, preferences)
        self.documents.told.connect(self.told.setText)
        title = label(_("Vedtak og oppfølging"), "tittel")
        heading = row(title, None, self.told, self.documents, spacing=12)
        self.setLayout(column(heading, self.tabs, margin=18))

    @property
    def register(self) -> VedtakRegister:
        """The register of all vedtak."""
        return self.part(VedtakRegister)

    @property
    def follow_up(self) -> FollowUp:
        """What somebody has to do, and what is proposed."""
        return self.part(FollowUp)

    def build_next(self) -> bool:
        """Make a part nobody has seen, then read a little of what the first part is read by."""
        if super().build_next():
            return True
        step = next(self._warming, None)
        if step is not None:
            self.desk.read(step)
        return step is not None

    def joined(self, part: Part) -> None:
        """Connect a part that was just made."""
        super().joined(part)
        if isinstance(part, VedtakRegister):
            part.wanted.connect(self.wanted)
            part.commitment_wanted.connect(self.show_commitment)
        elif isinstance(part, FollowUp):
            part.wanted.connect(self.wanted)
            part.vedtak_wanted.connect(self.show_vedtak)

    def open(self, target: Target) -> None:
        """Show the register, or a vedtak or commitment by its key."""
        key = target.key or ""
        if key == VEDTAK_REGISTER:
            self.show_part(VedtakRegister)
        elif key.startswith(f"{VEDTAK_REGISTER}:"):
            self.show_vedtak(key.removeprefix(f"{VEDTAK_REGISTER}:"))
        elif key:
            self.show_commitment(key)

    def show_vedtak(self, key: str) -> None:
        """Select a vedtak in the register."""
        self.show_part(VedtakRegister).show_key(key)

    def show_commitment(self, key: str) -> None:
        """Select a commitment."""
        self.show_part(FollowUp).show_commitment(key)

    def where(self) -> Target | None:
        """Return which of the two is shown."""
        return Target(Place.VEDTAK, key=VEDTAK_REGISTER if self.shows(VedtakRegister) else None)


def _commitments_now(session: Session) -> object:
    return open_commitments(session, today=dt.date.today())  # noqa: DTZ011  (local)
