"""The page of meetings: the list of a year, and the workspace of one meeting."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QStackedWidget

from desktop.services.agenda_view import warming_steps
from desktop.services.moete_lists import moete_head
from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.viewmodels.tasks import Tasks
from desktop.views.moete.meeting_list import MeetingList
from desktop.views.moete.plan_dialog import MoeteDialog
from desktop.views.moete.workspace import Workspace
from desktop.views.page import Page
from desktop.views.parts import Notice, action, column
from desktop.views.words import _

_LISTED = frozenset(
    {"moete", "moetedag", "sak", "dagsordenpost", "utvalg", "nummerserie", "organisasjonsnavn"}
)


class MoeterPage(Page):
    """Shows the meetings of a year; a meeting that is opened takes the whole page."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences)
        self.list = MeetingList(desk, preferences)
        self.workspace = Workspace(desk, tasks, preferences)
        self.notice = Notice()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.workspace)
        self.setLayout(column(self.notice, self.stack, spacing=0))
        self._list_is_old = False
        self._warming = warming_steps()
        self.list.opened.connect(self.open_moete)
        self.list.planned.connect(self.plan)
        self.list.settings_wanted.connect(lambda: self.wanted.emit(Target(Place.INNSTILLINGER)))
        self.workspace.left.connect(self.show_list)
        self.workspace.wanted.connect(self.wanted)
        action(self.list, _("Planlegg møte"), self.plan, "Ctrl+N")

    def load(self) -> None:
        """Read the list, and the meeting that is shown."""
        self.list.load()
        self._list_is_old = False
        if self._shows_moete():
            self.open_moete(self.workspace.moete_id)

    def build_next(self) -> bool:
        """Build a tab of a meeting before one is opened, then ask what a meeting is read by."""
        if self.workspace.build_next():
            return True
        step = next(self._warming, None)
        if step is not None:
            self.desk.read(step)
        return step is not None

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a change touched."""
        if not changes:
            return
        if self._shows_moete():
            self._list_is_old = self._list_is_old or bool(changes.tables & _LISTED)
            if not self.workspace.refresh(changes):
                self.show_list()
                self.notice.say(_("Møtet finnes ikke lenger i arkivet."))
        elif changes.tables & _LISTED:
            self.list.load()

    def open(self, target: Target) -> None:
        """Open the meeting of a target, on its tab and sak; without a key the list."""
        if target.key is None:
            self.show_list()
        else:
            self.open_moete(target.key, target.tab, target.sak_id)
        if target.part is not None and self._shows_moete():
            self.workspace.show_part(target.part)

    def where(self) -> Target | None:
        """Return the meeting and the tab that are shown."""
        if not self._shows_moete():
            return Target(Place.MOETER)
        return Target(Place.MOETER, self.workspace.moete_id, self.workspace.current_tab())

    def open_moete(self, moete_id: str, tab: Tab | None = None, sak_id: str | None = None) -> None:
        """Show the workspace of a meeting; one that is gone is told instead."""
        self.notice.hide()
        if self.workspace.open(moete_id, tab, sak_id):
            self.stack.setCurrentWidget(self.workspace)
            self.workspace.take_focus()
        else:
            self.show_list()
            self.notice.say(_("Møtet finnes ikke lenger i arkivet."))

    def show_list(self) -> None:
        """Show the list again, with the meeting one comes from selected."""
        self.notice.hide()
        came_from = self.workspace.moete_id if self._shows_moete() else ""
        self.stack.setCurrentWidget(self.list)
        if self._list_is_old or not self.list.utvalg.count():
            self.list.load()
            self._list_is_old = False
        head = self.desk.read(lambda session: moete_head(session, came_from)) if came_from else None
        if head is not None:
            self.list.show_meeting(head.utvalg_id, head.dager[0].dato.year, head.id)
        self.list.table.setFocus()

    def plan(self) -> None:
        """Open the dialog that plans a meeting of the chosen utvalg."""
        if self.desk.read_only or not self.list.utvalg.count():
            return
        self.dialog = MoeteDialog(self.desk, self, utvalg_id=self._utvalg_in_sight())
        self.dialog.finished.connect(self._planned)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _planned(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted and self.dialog.moete_id:
            self.open_moete(self.dialog.moete_id, Tab.DAGSORDEN)

    def _utvalg_in_sight(self) -> str:
        head = self.workspace.head
        return head.utvalg_id if self._shows_moete() and head else self.list.utvalg_id()

    def _shows_moete(self) -> bool:
        return self.stack.currentWidget() is self.workspace
