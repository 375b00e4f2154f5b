"""Follow-up: what is proposed, overdue, due before the next meeting, open and done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from enum import IntEnum
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTabBar, QTableView, QWidget

from desktop.rules.standing import Standing
from desktop.services.oppfoelging import delete_oppfoelging, link_saker
from desktop.services.oppfoelging_forslag import (
    ForslagRow,
    accept_forslag,
    propose_commitments,
    reject_forslag,
)
from desktop.services.oppfoelging_view import (
    CommitmentRow,
    closed_commitments,
    load_commitment,
    open_commitments,
)
from desktop.viewmodels.commitments import (
    STATES,
    CommitmentsModel,
    commitments_as_text,
    proposals_model,
)
from desktop.viewmodels.desk import Desk, Outcome
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.views.form import Choice
from desktop.views.ordered_table import add_copying, select_place, selected_places, set_widths
from desktop.views.pages.oppfoelging_dialoger import (
    CommitmentDialog,
    ProposalDialog,
    StatusDialog,
)
from desktop.views.pages.oppfoelging_panel import FollowUpDetails
from desktop.views.pages.sak_valg import SakDialog
from desktop.views.parted_page import Part
from desktop.views.parts import (
    EmptyPage,
    Notice,
    action,
    button,
    column,
    row,
    side_by_side,
    table_view,
)
from desktop.views.room import RoomyStack, TwoRows
from desktop.views.theme import current_colours
from desktop.views.words import _

_WIDTHS: Final = {1: 126, 2: 94, 3: 64, 4: 106, 5: 96}
_SAK, _STATE, _UTVALG = 3, 4, 5
_LEAST: Final = {_SAK: 400, _STATE: 560}
"""How wide the lists must be for a column that the panel tells of as well."""
_NARROW: Final = 430


class Lists(IntEnum):
    """The lists, in the order they are shown."""

    FORSLAG = 0
    FORFALT = 1
    FOER_MOETET = 2
    AAPNE = 3
    FERDIGE = 4


_NAMES: Final = {
    Lists.FORSLAG: _("Forslag"),
    Lists.FORFALT: _("Forfalt"),
    Lists.FOER_MOETET: _("Før møtet"),
    Lists.AAPNE: _("Åpne"),
    Lists.FERDIGE: _("Ferdige"),
}
_EMPTY: Final = {
    Lists.FORSLAG: (
        _("Ingen forslag"),
        _("Her foreslås oppfølging fra vedtak og aksjonspunkter i de siste møtene."),
    ),
    Lists.FORFALT: (_("Ingenting er forfalt"), _("Alle frister er fremdeles foran oss.")),
    Lists.FOER_MOETET: (
        _("Ingenting har frist før neste møte"),
        _("Her står det som skal være ferdig når utvalget møtes neste gang."),
    ),
    Lists.AAPNE: (
        _("Ingen oppfølging er åpen"),
        _("Godta et forslag, eller legg til noe som skal følges opp."),
    ),
    Lists.FERDIGE: (_("Ingenting er ferdig ennå"), _("Her står det som er ferdig eller bortfalt.")),
}


class FollowUp(Part):
    """Shows the commitments and what is proposed.

    Signals:
        wanted: a Target the user wants to go to.
        vedtak_wanted: the key of a vedtak to show.
    """

    wanted = Signal(object)
    vedtak_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.today: Callable[[], dt.date] = dt.date.today
        self._proposals: tuple[ForslagRow, ...] = ()
        self._open: tuple[CommitmentRow, ...] = ()
        self._closed: tuple[CommitmentRow, ...] | None = None
        self.notice = Notice()
        self._make_lists()
        self._make_filters()
        self._make_buttons()
        self.details = FollowUpDetails(desk)
        self._make_actions()
        self._lay_out()
        self.details.wanted.connect(self.wanted)
        self.details.vedtak_wanted.connect(self.vedtak_wanted)
        self.details.link_wanted.connect(self.link)
        self.details.unlink_wanted.connect(self.unlink)

    def _make_lists(self) -> None:
        self.lists = QTabBar()
        self.lists.setAccessibleName(_("Lister over oppfølging"))
        self.lists.setDrawBase(False)
        self.lists.setExpanding(False)
        self.lists.setUsesScrollButtons(False)
        for name in _NAMES.values():
            self.lists.addTab(name)
        self.lists.setTabToolTip(Lists.FORSLAG, _("Forslag til oppfølging"))
        self.lists.setTabToolTip(Lists.FOER_MOETET, _("Har frist før neste møte"))
        self.lists.currentChanged.connect(lambda _place: self._show_list())
        self.commitments = CommitmentsModel(self)
        self.table = self._table(_("Oppfølging"), self.commitments)
        self.proposals = proposals_model(self)
        self.proposal_table = self._table(_("Forslag til oppfølging"), self.proposals)

    def _table(self, name: str, model: Any) -> QTableView:  # noqa: ANN401
        made = table_view(name)
        made.setModel(model)
        made.setWordWrap(True)
        made.setSortingEnabled(True)
        made.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        set_widths(made, _WIDTHS, stretch=0)
        made.selectionModel().selectionChanged.connect(lambda *_: self._show_selected())
        add_copying(made, self.told.emit)
        return made

    def _make_filters(self) -> None:
        self.utvalg = Choice((), _("Utvalg"))
        self.owner = Choice((), _("Ansvarlig"), searchable=True)
        self.state = Choice((), _("Tilstand"))
        for box in (self.utvalg, self.owner, self.state):
            box.currentIndexChanged.connect(lambda _place: self._show_list())
        states = [(key, _(name)) for key, name in STATES.items()]
        self.state.set_items([(None, _("Alle tilstander")), *states])

    def _make_buttons(self) -> None:
        self.new_button = button(_("Ny oppfølging …"), self.new, tip=_("Ctrl+N"))
        self.status_button = button(
            _("Lag statussak til møte …"), self.make_status, tip=_("Ctrl+Shift+L")
        )
        self.accept_button = button(_("Godta"), self.accept, main=True, tip=_("Enter eller A"))
        self.edit_button = button(_("Endre …"), self.edit, tip=_("E eller F2"))
        self.reject_button = button(_("Avvis"), self.reject, tip=_("X eller Delete. Kan angres."))
        self.delete_button = button(_("Slett"), self.delete, tip=_("Delete. Kan angres."))
        self.update_button = button(_("Oppdater …"), self.update_selected, tip=_("Enter"))

    def _make_actions(self) -> None:
        for keys in ("Return", "A"):
            action(self.proposal_table, _("Godta"), self.accept, keys)
        for keys in ("Delete", "X"):
            action(self.proposal_table, _("Avvis"), self.reject, keys)
        for table in (self.proposal_table, self.table):
            for keys in ("E", "F2"):
                action(table, _("Endre …"), self.edit, keys)
        action(self.table, _("Oppdater …"), self.update_selected, "Return")
        action(self.table, _("Knytt til sak …"), self.link, "K")
        action(self.table, _("Slett"), self.delete, "Delete")
        action(self.table, _("Kopier som tekst"), self.copy_text, "Ctrl+Shift+C")
        action(self, _("Ny oppfølging …"), self.new, "Ctrl+N")
        action(self, _("Lag statussak til møte …"), self.make_status, "Ctrl+Shift+L")
        self.table.doubleClicked.connect(lambda _index: self.edit())
        self.proposal_table.doubleClicked.connect(lambda _index: self.edit())

    def _lay_out(self) -> None:
        self.stack = RoomyStack()
        self.stack.room_changed.connect(self._make_room)
        self.stack.addWidget(self.proposal_table)
        self.stack.addWidget(self.table)
        self._empty = {name: EmptyPage(*texts) for name, texts in _EMPTY.items()}
        for empty in self._empty.values():
            self.stack.addWidget(empty)
        filters = row(self.utvalg, self.owner, self.state, None)
        for place in range(3):
            filters.setStretch(place, 3)
        filters.setStretch(3, 2)
        self._acts = TwoRows(
            row(self.new_button, self.status_button, None),
            row(
                None,
                self.delete_button,
                self.reject_button,
                self.edit_button,
                self.update_button,
                self.accept_button,
            ),
        )
        left = QWidget()
        left.setLayout(column(self.lists, filters, self.notice, self.stack, self._acts, spacing=10))
        self.splitter = side_by_side(left, self.details)
        tables = (self.proposal_table, self.table)
        for one, other in pairwise((self.lists, self.utvalg, self.owner, self.state, *tables)):
            QWidget.setTabOrder(one, other)
        self.setLayout(column(self.splitter))

    def _make_room(self, room: int) -> None:
        """Leave the room to the tasks where there is little; the panel tells the rest."""
        for table in (self.table, self.proposal_table):
            for place, least in _LEAST.items():
                table.setColumnHidden(place, room < least)
        self._acts.fit(room)
        self._fit(narrow=room < _NARROW)

    def _fit(self, *, narrow: bool) -> None:
        """Let every list have its name seen, and every task some lines."""
        style = f"QTabBar::tab {{ padding: 8px {5 if narrow else 10}px; }}"
        if self.lists.styleSheet() != style:
            self.lists.setStyleSheet(style)
            height = (3 if narrow else 2) * self.table.fontMetrics().height() + 14
            for table in (self.table, self.proposal_table):
                table.verticalHeader().setDefaultSectionSize(height)

    def load(self) -> None:
        """Read the commitments and what is proposed."""
        colours = current_colours()
        self.commitments.set_colours(colours.error, colours.warning)
        today = self.today()
        self._proposals = self.desk.read(propose_commitments)
        self._open = self.desk.read(lambda session: open_commitments(session, today=today))
        self._closed = None
        self._offer_filters()
        self._show_list()

    def _offer_filters(self) -> None:
        bodies = {row.utvalg_id: row.utvalg for row in self._proposals}
        bodies |= {row.utvalg_id: row.utvalg for row in self._open}
        self.utvalg.set_items([(None, _("Alle utvalg")), *bodies.items()])
        self.utvalg.setVisible(len(bodies) > 1)
        for table in (self.table, self.proposal_table):
            table.setColumnHidden(_UTVALG, len(bodies) < 2)
        names = {row.organisasjon for row in self._open} | {row.person for row in self._open}
        names |= {owner.navn for row in self._proposals for owner in row.eiere}
        owners = [(name, name) for name in sorted(filter(None, names), key=str.casefold)]
        self.owner.set_items([(None, _("Alle ansvarlige")), *owners])

    def current_list(self) -> Lists:
        """Return which list is shown."""
        return Lists(self.lists.currentIndex())

    def show_list(self, which: Lists) -> None:
        """Show a list."""
        self.lists.setCurrentIndex(which)

    def show_commitment(self, key: str) -> None:
        """Select a commitment, in the list of open ones or of those that are done."""
        for which in (Lists.AAPNE, Lists.FERDIGE):
            places = [place for place, one in enumerate(self._rows(which)) if one.id == key]
            if places:
                for box in (self.utvalg, self.owner, self.state):
                    box.choose(None)
                self.show_list(which)
                shown = [one.id for one in self.commitments.rows()]
                select_place(self.table, shown.index(key) if key in shown else None)
                self.table.setFocus()
                return

    def _rows(self, which: Lists) -> Sequence[CommitmentRow]:
        if which is Lists.FERDIGE:
            if self._closed is None:
                today = self.today()
                self._closed = self.desk.read(lambda s: closed_commitments(s, today=today))
            return self._closed
        stands = {
            Lists.FORFALT: {Standing.FORFALT},
            Lists.FOER_MOETET: {Standing.FOER_MOETET},
        }.get(which, set(Standing))
        return [one for one in self._open if one.stand in stands]

    def _lets_through(self, one: CommitmentRow | ForslagRow) -> bool:
        owner, state = self.owner.key(), self.state.key()
        if isinstance(one, ForslagRow):
            owners = {held.navn for held in one.eiere}
        else:
            owners = {one.organisasjon, one.person}
            if state not in (None, one.tilstand):
                return False
        return self.utvalg.key() in (None, one.utvalg_id) and owner in (None, *owners)

    def _show_list(self) -> None:
        which = self.current_list()
        for place, count in enumerate(self._counts()):
            name = _NAMES[Lists(place)]
            text = f"{name} ({count})" if count else name
            if self.lists.tabText(place) != text:
                self.lists.setTabText(place, text)
        if which is Lists.FORSLAG:
            kept = [one for one in self._proposals if self._lets_through(one)]
            self._put(self.proposal_table, self.proposals, kept, _proposal_key)
            shown = bool(kept)
        else:
            rows = [one for one in self._rows(which) if self._lets_through(one)]
            self._put(self.table, self.commitments, rows, lambda one: one.id)
            shown = bool(rows)
        table = self.proposal_table if which is Lists.FORSLAG else self.table
        self.stack.setCurrentWidget(table if shown else self._empty[which])
        self.state.setEnabled(which is not Lists.FORSLAG)
        self._show_buttons()
        self._show_selected()

    def _counts(self) -> Sequence[int | None]:
        through = [one for one in self._open if self._lets_through(one)]
        return (
            sum(map(self._lets_through, self._proposals)),
            sum(one.stand is Standing.FORFALT for one in through),
            sum(one.stand is Standing.FOER_MOETET for one in through),
            len(through),
            None,
        )

    @staticmethod
    def _put(
        table: QTableView,
        model: Any,  # noqa: ANN401
        rows: Sequence[Any],
        key: Callable[[Any], object],
    ) -> None:
        """Show rows; what was selected stays so, or the row that now stands in its place is."""
        places = selected_places(table)
        held = key(model.row_at(places[0])) if places else None
        top = table.verticalScrollBar().value()
        had_focus = table.hasFocus()
        model.set_rows(rows)
        keys = [key(one) for one in model.rows()]
        if held in keys:
            select_place(table, keys.index(held))
        elif rows:
            select_place(table, min(places[0] if places else 0, len(rows) - 1))
        table.verticalScrollBar().setValue(top)
        if had_focus:
            table.setFocus()

    def _show_buttons(self) -> None:
        proposed = self.current_list() is Lists.FORSLAG
        for one in (self.accept_button, self.reject_button):
            one.setVisible(proposed)
        for one in (self.delete_button, self.update_button):
            one.setVisible(not proposed)

    def selected_proposals(self) -> list[ForslagRow]:
        """Return the proposals that are selected."""
        return [self.proposals.row_at(place) for place in selected_places(self.proposal_table)]

    def selected_commitments(self) -> list[CommitmentRow]:
        """Return the commitments that are selected."""
        return [self.commitments.row_at(place) for place in selected_places(self.table)]

    def _show_selected(self) -> None:
        proposed = self.current_list() is Lists.FORSLAG
        chosen = self.selected_proposals() if proposed else self.selected_commitments()
        writable = not self.desk.read_only
        for one in (self.accept_button, self.reject_button, self.delete_button):
            one.setEnabled(writable and bool(chosen))
        for one in (self.edit_button, self.update_button):
            one.setEnabled(writable and len(chosen) == 1)
        for one in (self.new_button, self.status_button):
            one.setEnabled(writable)
        first = chosen[0] if len(chosen) == 1 else None
        if isinstance(first, ForslagRow):
            self.details.show_proposal(first)
        elif isinstance(first, CommitmentRow):
            key, today = first.id, self.today()
            self.details.show_commitment(
                self.desk.read(lambda session: load_commitment(session, key, today=today)), today
            )
        else:
            self.details.show_nothing()

    def accept(self) -> None:
        """Make commitments of the selected proposals."""
        self._each(accept_forslag, _("Godtatt"))

    def reject(self) -> None:
        """Reject the selected proposals; they are not proposed again."""
        self._each(reject_forslag, _("Avvist"))

    def _each(self, verb: Callable[..., Any], told: str) -> None:
        for forslag in self.selected_proposals():
            outcome: Outcome[Any] = self.desk.do(verb, forslag=forslag)
            self.notice.say(outcome.error)
            if not outcome:
                return
            self.told.emit(_("{hva}: {oppgave}").format(hva=told, oppgave=forslag.oppgave))

    def edit(self) -> None:
        """Change the selected proposal before it is accepted, or the selected commitment."""
        if self.desk.read_only:
            return
        if self.current_list() is Lists.FORSLAG:
            chosen = self.selected_proposals()
            if len(chosen) == 1:
                ProposalDialog(self, self.desk, chosen[0]).open()
            return
        rows = self.selected_commitments()
        if len(rows) == 1:
            CommitmentDialog(self, self.desk, rows[0]).open()

    def update_selected(self) -> None:
        """Put the cursor where one writes how the selected commitment goes."""
        self.details.update_box.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def link(self) -> None:
        """Link the selected commitment to a sak that is found by number or title."""
        rows = self.selected_commitments()
        if len(rows) != 1 or self.desk.read_only:
            return
        held = [sak.id for sak in rows[0].saker]

        def add(sak_id: str) -> str:
            return self._link(rows[0], [*held, sak_id])

        SakDialog(self, self.desk, held, add).open()

    def unlink(self, sak_id: str) -> None:
        """Take away the link of the selected commitment to a sak."""
        rows = self.selected_commitments()
        if len(rows) == 1:
            kept = [sak.id for sak in rows[0].saker if sak.id != sak_id]
            self.notice.say(self._link(rows[0], kept))
            self.table.setFocus()

    def _link(self, one: CommitmentRow, saker: Sequence[str]) -> str:
        return self.desk.do(link_saker, oppfoelging_id=one.id, saker=saker).error

    def delete(self) -> None:
        """Delete the selected commitments with their logs."""
        for one in self.selected_commitments():
            outcome = self.desk.do(delete_oppfoelging, oppfoelging_id=one.id)
            self.notice.say(outcome.error)
            if not outcome:
                return

    def new(self) -> None:
        """Add a commitment that no vedtak says."""
        if self.desk.read_only:
            return
        dialog = CommitmentDialog(self, self.desk, utvalg_id=self.utvalg.key())
        dialog.accepted.connect(lambda: self.show_commitment(dialog.created))
        dialog.open()

    def make_status(self) -> None:
        """Make a sak that tells a meeting how its vedtak are followed up."""
        if self.desk.read_only:
            return
        dialog = StatusDialog(self, self.desk, self.utvalg.key(), self.today())
        dialog.accepted.connect(lambda: self._status_made(dialog))
        dialog.open()

    def _status_made(self, dialog: StatusDialog) -> None:
        if dialog.moete_id is None:
            self.wanted.emit(Target(Place.SAKER, dialog.created, sak_id=dialog.created))
        else:
            self.wanted.emit(Target(Place.MOETER, dialog.moete_id, Tab.TOPPNOTATER, dialog.created))

    def copy_text(self) -> None:
        """Copy the selected commitments, or all that are shown, as clean text."""
        rows = self.selected_commitments() or list(self.commitments.rows())
        if rows:
            QGuiApplication.clipboard().setText(commitments_as_text(rows))
            self.told.emit(_("Oppfølgingen er kopiert som tekst"))


def _proposal_key(one: ForslagRow) -> tuple[str | None, str | None, str]:
    return one.vedtak_id, one.aksjonspunkt_id, one.forslag
