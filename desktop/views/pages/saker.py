"""The page of saker: the register of all of them, and the queue."""

from __future__ import annotations

from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place, Target
from desktop.viewmodels.tasks import Tasks
from desktop.views.pages.saker_koe import Queue
from desktop.views.pages.saker_register import Register
from desktop.views.parted_page import Part, PartedPage
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


class SakerPage(PartedPage):
    """Shows the register and the queue."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences, _("Visninger av saker"))
        self.add_part(Register, _("Register"), _SHOWN)
        self.add_part(Queue, _("Kø"), _SHOWN)
        heading = row(label(_("Saker"), "tittel"), None, self.told)
        self.setLayout(column(heading, self.tabs, margin=18))
        action(self, _("Meld inn sak …"), self._report, "Ctrl+Shift+M")

    @property
    def register(self) -> Register:
        """The register of all saker."""
        return self.part(Register)

    @property
    def queue(self) -> Queue:
        """The saker that wait for a meeting."""
        return self.part(Queue)

    def joined(self, part: Part) -> None:
        """Connect a part that was just made."""
        super().joined(part)
        if isinstance(part, Register):
            part.wanted.connect(self.wanted)
            part.queued.connect(self._show_queued)

    def open(self, target: Target) -> None:
        """Show the queue, or a sak."""
        if target.key == QUEUE:
            self.show_part(Queue)
        elif target.sak_id or target.key:
            self.show_part(Register).show_sak(target.sak_id or target.key or "")

    def where(self) -> Target | None:
        """Return the queue, or the sak that is selected."""
        if self.shows(Queue):
            return Target(Place.SAKER, key=QUEUE)
        return Target(Place.SAKER, sak_id=self.register.selected_sak())

    def _show_queued(self, sak_id: str) -> None:
        self.show_part(Queue).show_sak(sak_id)

    def _report(self) -> None:
        self.show_part(Queue).report()
