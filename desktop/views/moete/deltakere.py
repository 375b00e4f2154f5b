"""The tab where attendance is taken."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from desktop.rules.entity_kinds import Oppmoeterolle
from desktop.rules.kinds import Oppmoetestatus
from desktop.services.attendance_marks import Grense, mark_oppmoete, mark_rest_present, set_presence
from desktop.services.attendance_view import Attendance, AttendanceRow, attendance_of
from desktop.services.moete_lists import moete_head
from desktop.services.moete_proposal import person_choices
from desktop.services.moeter import change_moete
from desktop.services.types import ChangeSet
from desktop.viewmodels.attendance import (
    STATUSES,
    AttendanceColumn,
    AttendanceModel,
    counts_text,
)
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.tasks import Tasks
from desktop.views.moete.attendance_table import KEYS, AttendanceTable
from desktop.views.moete.choosers import Choice, Chooser
from desktop.views.moete.deltaker_dialog import DeltakerDialog
from desktop.views.moete.tab import MeetingTab
from desktop.views.parts import Notice, action, button, column, label, row
from desktop.views.words import _

_TABLES = frozenset(
    {
        "moete",
        "moetedag",
        "oppmoete",
        "oppmoete_sak",
        "person",
        "verv",
        "organisasjon",
        "organisasjonsnavn",
        "sak",
        "dagsordenpost",
        "utvalg",
        "nummerserie",
    }
)
_PEOPLE = frozenset({"person", "verv", "organisasjon", "organisasjonsnavn", "moetedag", "moete"})


class DeltakereTab(MeetingTab):
    """Shows who takes part in a meeting and takes down how."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences)
        self.attendance: Attendance | None = None
        self._offered_for = ""
        self.model = AttendanceModel(self)
        self.table = AttendanceTable(self.model)
        self.table.marked.connect(self._mark)
        self.table.bounded.connect(self._bound)
        self.table.opened.connect(self._open_person)
        self.table.substituted.connect(self.substitute_selected)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_possible())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.notice = Notice()
        self.counts = label("", "undertittel", wrap=True)
        self.counts.setToolTip(_("Medlemmer og stedfortredere"))
        self._make_buttons()
        self._make_choosers()
        hint = label(
            _(
                "T til stede · D digitalt · F forfall · S stedfortreder · Mellomrom bytter · "
                "Delete nullstiller · Enter for mer · F2 under «Kom ved» og «Gikk etter» velger sak"
            ),
            "stille",
            wrap=True,
        )
        head = row(self.counts, *self.buttons)
        head.setStretch(0, 1)
        layout = column(head, self._people_line(), self.notice, self.table, hint, spacing=10)
        layout.setContentsMargins(0, 10, 0, 0)
        self.setLayout(layout)
        self.setFocusProxy(self.table)
        self._add_shortcuts()

    def _make_buttons(self) -> None:
        self.rest = button(
            _("Alle til stede"),
            self.mark_rest,
            tip=_("Alle som ikke er registrert, er til stede (Ctrl+Shift+T)"),
        )
        self.substitute = button(
            _("Stedfortreder …"),
            self.add_substitute,
            tip=_("Stedfortreder for medlemmet som er valgt (S i listen)"),
        )
        self.guest = button(
            _("Legg til deltaker …"),
            self.add_guest,
            tip=_("Gjest, sekretariat eller stedfortreder (Ctrl+N)"),
        )
        self.buttons: tuple[QPushButton, ...] = (self.rest, self.substitute, self.guest)

    def _make_choosers(self) -> None:
        self.leader = Chooser(_("Møteleder"))
        self.referent = Chooser(_("Referent"))
        for chooser in (self.leader, self.referent):
            chooser.activated.connect(lambda _place: self._people_chosen())
            field = chooser.lineEdit()
            if field is not None:
                field.editingFinished.connect(self._people_chosen)

    def _people_line(self) -> QWidget:
        line, leader, referent = QWidget(), QLabel(_("&Møteleder")), QLabel(_("&Referent"))
        leader.setBuddy(self.leader)
        referent.setBuddy(self.referent)
        layout = row(leader, self.leader, referent, self.referent, margin=0)
        layout.setStretch(1, 1)
        layout.setStretch(3, 1)
        line.setLayout(layout)
        line.setMaximumWidth(820)
        return line

    def _add_shortcuts(self) -> None:
        action(self, _("Alle til stede"), self.mark_rest, "Ctrl+Shift+T")
        action(self, _("Legg til deltaker …"), self.add_guest, "Ctrl+N")

    def show_moete(self, moete_id: str) -> None:
        """Show the attendance of a meeting."""
        if moete_id != self.moete_id:
            self.notice.hide()
            self._offered_for = ""
        super().show_moete(moete_id)
        self.attendance = self.desk.read(lambda session: attendance_of(session, moete_id))
        self.table.show_attendance(self.attendance)
        self.counts.setText(counts_text(self.attendance))
        self._show_people(self.attendance)
        self._show_possible()

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a change touched."""
        if changes.tables & _PEOPLE:
            self._offered_for = ""
        if self.moete_id and changes.tables & _TABLES:
            self.show_moete(self.moete_id)

    def _show_people(self, attendance: Attendance) -> None:
        if self._offered_for != attendance.moete_id:
            self._offered_for = attendance.moete_id
            utvalg_id, dato = attendance.utvalg_id, attendance.dato
            people = self.desk.read(lambda session: person_choices(session, utvalg_id, dato))
            choices = [Choice(one.id, one.navn, one.organisasjon) for one in people]
            for chooser in (self.leader, self.referent):
                chooser.set_choices(choices)
        self.leader.choose(attendance.moeteleder_id)
        self.referent.choose(attendance.referent_id)

    def _show_possible(self) -> None:
        """Enable what can be done with what is selected."""
        writable = not self.desk.read_only
        rows = self.attendance.rows if self.attendance else ()
        self.rest.setEnabled(
            writable and any(one.status is None and not one.stedfortreder for one in rows)
        )
        selected = self.table.selected()
        alone = len(selected) == 1 and selected[0].rolle is Oppmoeterolle.MEDLEM
        self.substitute.setEnabled(writable and alone and not selected[0].stedfortreder)
        self.guest.setEnabled(writable)
        for chooser in (self.leader, self.referent):
            chooser.setEnabled(writable)

    def _mark(self, keys: list[str], status: Oppmoetestatus | None) -> None:
        outcome = self.desk.do(
            mark_oppmoete, moete_id=self.moete_id, person_ids=keys, status=status
        )
        self.notice.say(outcome.error)

    def mark_rest(self) -> None:
        """Say that everybody who is not registered is present."""
        self.notice.say(self.desk.do(mark_rest_present, moete_id=self.moete_id).error)

    def _bound(self, person_id: str, which: int, sak_id: str | None) -> None:
        """Say at which sak the person came or left; with the person, everybody selected."""
        selected = [one.person_id for one in self.table.selected()]
        outcome = self.desk.do(
            set_presence,
            moete_id=self.moete_id,
            person_ids=selected if person_id in selected else [person_id],
            grense=Grense.KOM if which == AttendanceColumn.KOM else Grense.GIKK,
            sak_id=sak_id,
        )
        self.notice.say(outcome.error)

    def _people_chosen(self) -> None:
        """Change who leads and who writes, where that is another than before."""
        known = self.attendance
        unknown = self.leader.unknown() or self.referent.unknown()
        if known is None or unknown:
            told = _("«{navn}» er ikke i arkivet. Velg en person i listen.")
            self.notice.say(told.format(navn=unknown) if unknown else "")
            return
        wanted = self.leader.key(), self.referent.key()
        if wanted == (known.moeteleder_id, known.referent_id):
            return
        moete_id = self.moete_id
        head = self.desk.read(lambda session: moete_head(session, moete_id))
        if head is None:
            return
        outcome = self.desk.do(
            change_moete,
            moete_id=moete_id,
            form=head.form,
            sted=head.sted,
            digital_lenke=head.digital_lenke,
            moeteleder_id=wanted[0],
            referent_id=wanted[1],
        )
        self.notice.say(outcome.error)
        if not outcome:
            self._show_people(known)

    def show_part(self, part: str) -> None:
        """Select a person."""
        line = self.model.line_of(part)
        if line >= 0:
            self.table.selectRow(line)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def substitute_selected(self) -> None:
        """Ask who comes in the stead of the selected member, where there is one that can have."""
        if self.substitute.isEnabled():
            self.add_substitute()

    def add_substitute(self) -> None:
        """Ask who comes in the stead of the selected member."""
        selected = self.table.selected()
        member = selected[0].person_id if selected and self.substitute.isEnabled() else None
        self._open_dialog(rolle=Oppmoeterolle.STEDFORTREDER, for_id=member)

    def add_guest(self) -> None:
        """Ask who takes part besides the members."""
        self._open_dialog(rolle=Oppmoeterolle.GJEST)

    def _open_person(self, person_id: str) -> None:
        known = self.attendance.person(person_id) if self.attendance else None
        if known is None:
            return
        if known.rolle is Oppmoeterolle.MEDLEM:
            if not known.stedfortreder:
                self._open_dialog(rolle=Oppmoeterolle.STEDFORTREDER, for_id=person_id)
        else:
            self._open_dialog(changing=known)

    def _open_dialog(
        self,
        *,
        rolle: Oppmoeterolle = Oppmoeterolle.GJEST,
        for_id: str | None = None,
        changing: AttendanceRow | None = None,
    ) -> None:
        if self.attendance is None or self.desk.read_only:
            return
        self.dialog = DeltakerDialog(
            self.desk, self, self.attendance, rolle=rolle, for_id=for_id, changing=changing
        )
        self.dialog.open()

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.viewport().mapToGlobal(place))

    def menu(self) -> QMenu:
        """Return the menu of what can be done with the selected persons."""
        menu, selected = QMenu(self), self.table.selected()
        writable = bool(selected) and not self.desk.read_only
        for key, status in KEYS.items():
            text = f"{STATUSES[status]}\t{chr(key)}"
            self._add(menu, text, partial(self.table.mark_selected, status), on=writable)
        clear = _("Nullstill")
        if selected and all(not one.har_plass for one in selected):
            clear = _("Fjern fra møtet")
        self._add(menu, f"{clear}\tDel", partial(self.table.mark_selected, None), on=writable)
        menu.addSeparator()
        self._add_sak_menu(menu, _("Kom ved sak"), AttendanceColumn.KOM, on=writable)
        self._add_sak_menu(menu, _("Gikk etter sak"), AttendanceColumn.GIKK, on=writable)
        menu.addSeparator()
        one = selected[0] if len(selected) == 1 else None
        stand_in = self.substitute.isEnabled()
        self._add(menu, _("Stedfortreder …") + "\tS", self.add_substitute, on=stand_in)
        changeable = writable and one is not None and one.rolle is not Oppmoeterolle.MEDLEM
        self._add(menu, _("Endre deltaker …"), self._open_selected, on=changeable)
        menu.addSeparator()
        self._add(menu, _("Kopier som tabell") + "\tCtrl+C", self.table.copy, on=bool(selected))
        return menu

    def _add_sak_menu(self, menu: QMenu, text: str, which: AttendanceColumn, *, on: bool) -> None:
        part = menu.addMenu(text)
        part.setEnabled(on)
        whole = _("Fra starten") if which is AttendanceColumn.KOM else _("Til slutten")
        saker = self.attendance.saker if self.attendance else ()
        choices = [(whole, None), *((f"{sak.nummer}  {sak.tittel}", sak.id) for sak in saker)]
        for name, sak_id in choices:
            self._add(part, name, partial(self._bound_selected, which, sak_id), on=True)

    @staticmethod
    def _add(menu: QMenu, text: str, triggered: Callable[[], object], *, on: bool) -> None:
        made = menu.addAction(text.replace("&", "&&"))
        made.setEnabled(on)
        made.triggered.connect(lambda _checked=False: triggered())

    def _bound_selected(self, which: AttendanceColumn, sak_id: str | None) -> None:
        selected = self.table.selected()
        if selected:
            self._bound(selected[0].person_id, which, sak_id)

    def _open_selected(self) -> None:
        for one in self.table.selected()[:1]:
            self._open_person(one.person_id)
