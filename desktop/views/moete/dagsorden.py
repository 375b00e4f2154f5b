"""The tab Dagsorden: the running order, the queue under it, and the sak that is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.rules.entity_kinds import Postslag
from desktop.rules.kinds import Sakstype
from desktop.rules.states import SakTilstand
from desktop.services.agenda_edit import (
    SakVerb,
    for_saker,
    move_posts,
    order_saker,
    place_saker,
    remove_posts,
    report_and_place,
    shift_posts,
)
from desktop.services.agenda_view import AgendaLine, AgendaView, load_agenda_view, load_queue
from desktop.services.dagsorden import (
    add_post,
    carry_over_sak,
    postpone_sak,
    rename_post,
    set_time,
    take_up_sak,
    withdraw_sak,
)
from desktop.services.errors import ServiceError
from desktop.services.sak_view import load_sak_view
from desktop.services.saker import rename_sak, set_sakstype
from desktop.services.types import ChangeSet
from desktop.viewmodels.agenda import AgendaModel, Col
from desktop.viewmodels.agenda_input import RowTime, UnreadableInputError, read_duration, read_start
from desktop.viewmodels.agenda_queue import AgendaQueueModel
from desktop.viewmodels.desk import Desk, Outcome
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.sak_text import sak_as_text
from desktop.viewmodels.table import Index
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.viewmodels.tasks import Tasks
from desktop.views.moete.dagsorden_delegates import AgendaDelegate
from desktop.views.moete.dagsorden_linje import NewSakLine, split, step_button
from desktop.views.moete.dagsorden_panel import SakPanel
from desktop.views.moete.dagsorden_tabeller import AgendaTable, QueueTable, copy_rows
from desktop.views.moete.soon import Soon
from desktop.views.moete.tab import MeetingTab
from desktop.views.parts import Notice, action, column, row
from desktop.views.words import _

_MINUTES_OF_PAUSE = 15
_UNTOUCHED = frozenset({"arkiv", "oppfoelging", "utsendelse", "utsendelsefil", "mottaker"})


class DagsordenTab(MeetingTab):
    """The running order of a meeting, edited in place."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences)
        self.view: AgendaView | None = None
        self.model = AgendaModel(self)
        self.queue_model = AgendaQueueModel(self)
        self.notice = Notice()
        self.table = AgendaTable(self.model)
        self.table.setItemDelegate(AgendaDelegate(self.commit, self.notice.say, self.table))
        self.queue = QueueTable(self.queue_model)
        self._panel = SakPanel(desk, tasks)
        self._panel_due = Soon(self._show_panel, desk, self)
        self.new_sak = NewSakLine(self.add_sak, self._focus_table)
        self._shown_sak: str | None = None
        self._make_actions()
        self._make_layout()
        self._connect()
        self.setFocusProxy(self.table)

    def _make_actions(self) -> None:
        table, queue = self.table, self.queue
        self.act_edit = action(table, _("Endre (F2)"), table.begin_edit)
        self.act_up = action(table, _("Flytt opp"), lambda: self.shift(-1), "Alt+Up")
        self.act_down = action(table, _("Flytt ned"), lambda: self.shift(1), "Alt+Down")
        self.act_remove = action(table, _("Ta av dagsorden"), self.remove, "Delete")
        self.act_copy = action(table, _("Kopier rader"), self.copy, "Ctrl+C")
        self.act_text = action(table, _("Kopier saken som tekst"), self.copy_text, "Ctrl+Shift+C")
        self.act_postpone = action(table, _("Utsett"), lambda: self.each(postpone_sak))
        self.act_withdraw = action(table, _("Trekk"), lambda: self.each(withdraw_sak))
        self.act_carry = action(table, _("Før videre som ny sak"), self.carry_over)
        self.act_take_up = action(table, _("Ta opp sen sak"), lambda: self.each(take_up_sak))
        self.act_sak = action(self, _("Ny sak"), self.new_sak.begin, "Ctrl+N")
        self.act_pause = action(self, _("Pause"), lambda: self.add(Postslag.PAUSE), "Ctrl+Shift+P")
        self.act_point = action(
            self, _("Fritt punkt"), lambda: self.add(Postslag.PUNKT), "Ctrl+Shift+F"
        )
        self.act_place = action(queue, _("Sett på dagsorden"), self.place)
        action(queue, _("Kopier rader"), lambda: copy_rows(queue, _rows(queue)), "Ctrl+C")
        action(queue, _("Kopier saken som tekst"), self.copy_text, "Ctrl+Shift+C")
        queue.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(
            lambda place: self._menu().popup(table.viewport().mapToGlobal(place))
        )

    def _menu(self) -> QMenu:
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_menu(menu)
        return menu

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addActions([self.act_edit, self.act_up, self.act_down, self.act_remove])
        menu.addSeparator()
        menu.addActions([self.act_postpone, self.act_withdraw, self.act_carry, self.act_take_up])
        menu.addSeparator()
        menu.addActions([self.act_sak, self.act_pause, self.act_point])
        menu.addSeparator()
        menu.addActions([self.act_copy, self.act_text])

    def _make_layout(self) -> None:
        self.sak_button = step_button(self.act_sak, main=True)
        self.pause_button = step_button(self.act_pause)
        self.point_button = step_button(self.act_point)
        self.more = QToolButton()
        self.more.setText(_("Handlinger"))
        self.more.setAccessibleName(_("Handlinger for valgte rader"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self._fill_menu(self.more.menu())
        self.queue_toggle = self._toggle(_("Køen"), "dagsorden/koe", self.queue)
        self.panel_toggle = self._toggle(_("Saken"), "dagsorden/sak", self.panel)
        bar = row(
            self.sak_button,
            self.pause_button,
            self.point_button,
            self.more,
            None,
            self.queue_toggle,
            self.panel_toggle,
        )
        left = split(
            self.preferences,
            Qt.Orientation.Vertical,
            "hoeyde",
            (self.table, self.queue),
            (400, 170),
        )
        self.sides = split(
            self.preferences, Qt.Orientation.Horizontal, "bredde", (left, self.panel), (700, 310)
        )
        layout = column(bar, self.new_sak, self.notice, self.sides)
        layout.setStretch(3, 1)
        layout.setContentsMargins(0, 10, 0, 0)
        self.setLayout(layout)

    def _toggle(self, name: str, key: str, pane: QWidget) -> QToolButton:
        made = QToolButton()
        made.setText(name)
        made.setAccessibleName(_("Vis {del_}").format(del_=name.lower()))
        made.setCheckable(True)
        shown = self.preferences.text(key, "vis") == "vis"
        made.setChecked(shown)
        if not shown:
            pane.hide()
        made.toggled.connect(pane.setVisible)
        made.toggled.connect(lambda on: self.preferences.set_text(key, "vis" if on else "skjul"))
        return made

    def _connect(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        self.model.posts_dropped.connect(self.move_posts, queued)
        self.model.saker_dropped.connect(self.place_at, queued)
        self.queue_model.posts_dropped.connect(self.remove_keys, queued)
        self.queue_model.saker_dropped.connect(self.order_queue, queued)
        self.table.picked.connect(self._picked)
        self.table.edit_wanted.connect(self._edit_people)
        self.queue.picked.connect(self._picked_in_queue)
        self.queue.place_wanted.connect(self.place)
        self.panel.documents_wanted.connect(self._want_documents)
        self.panel.note_wanted.connect(self._want_note)

    @property
    def panel(self) -> SakPanel:
        """The panel of the chosen sak. It follows a turn after the choice, or when it is wanted."""
        self._panel_due.now()
        return self._panel

    def show_moete(self, moete_id: str) -> None:
        """Show a meeting, or the same one again as it is now."""
        other = moete_id != self.moete_id
        super().show_moete(moete_id)
        if other:
            self._panel.flush()
            self.notice.say("")
            self.model.set_view(None)
            self._shown_sak = None
        self._load()
        if other and self.model.rowCount():
            self._choose(self.view.lines[0].key if self.view else "")

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a change touched."""
        if not self.moete_id or changes.tables <= _UNTOUCHED:
            return
        self._panel.refresh(changes)
        self._load()

    def show_sak(self, sak_id: str) -> None:
        """Select a sak, on the agenda or in the queue."""
        at = self.model.row_of_sak(sak_id)
        if at >= 0:
            self.table.select_row(at)
        elif self.queue_model.row_of(sak_id) >= 0:
            self.queue_toggle.setChecked(True)
            self.queue.select_keys([sak_id])

    def _load(self) -> None:
        try:
            view = self.desk.read(lambda session: load_agenda_view(session, self.moete_id))
        except ServiceError:
            self.view = None
            self.model.set_view(None)
            self.panel.show_sak(None, editable=False)
            return
        rows = self.desk.read(lambda session: load_queue(session, view.utvalg_id))
        self.view = view
        editable = view.is_open and not self.desk.read_only
        self.model.editable = self.queue_model.editable = editable
        self.model.set_view(view)
        if rows != self.queue_model.rows():
            chosen = self.queue.selected_keys()
            self.queue_model.set_rows(rows)
            self.queue.select_keys(chosen)
        self.queue_toggle.setText(_("Køen ({antall})").format(antall=len(rows)))
        self._panel_due.start()
        self._show_actions()

    @property
    def editable(self) -> bool:
        """Whether the running order can be changed."""
        return self.model.editable

    # What is chosen

    def _choose(self, key: str) -> None:
        at = self.model.row_of(key)
        if at >= 0 and not self.model.flags(self.model.index(at, 0)) & Qt.ItemFlag.ItemIsSelectable:
            at += 1
        if at < self.model.rowCount():
            self.table.select_row(at)

    def _picked(self) -> None:
        line = self.table.current_line()
        if line is not None:
            self.queue.clearSelection()
            self._shown_sak = line.sak_id
            self._panel_due.start()
        self._show_actions()

    def _picked_in_queue(self) -> None:
        keys = self.queue.selected_keys()
        if keys:
            self.table.clearSelection()
            self._shown_sak = keys[0]
            self._panel_due.start()
        self._show_actions()

    def _show_panel(self) -> None:
        self._panel.show_sak(self._shown_sak, editable=self.editable)

    def _show_actions(self) -> None:
        lines = self.table.selected_lines()
        saker = [line for line in lines if line.sak_id]
        on_agenda = bool(saker) and all(line.state is SakTilstand.PAA_DAGSORDEN for line in saker)
        frozen = self.view is not None and self.view.frozen
        for step, possible in (
            (self.act_edit, bool(lines)),
            (self.act_up, bool(lines)),
            (self.act_down, bool(lines)),
            (self.act_remove, bool(lines)),
            (self.act_postpone, on_agenda),
            (self.act_withdraw, on_agenda),
            (self.act_take_up, frozen and on_agenda and all(s.provisional for s in saker)),
            (self.act_place, bool(self.queue.selected_keys())),
        ):
            step.setEnabled(possible and self.editable)
        self.act_carry.setEnabled(bool(saker) and not self.desk.read_only)
        for step in (self.act_sak, self.act_pause, self.act_point):
            step.setEnabled(self.editable)
        self.act_copy.setEnabled(bool(lines))
        self.act_text.setEnabled(self._shown_sak is not None)

    # What the user does

    def _done(self, outcome: Outcome[Any]) -> bool:
        self.notice.say(outcome.error)
        return bool(outcome)

    def commit(self, index: Index, text: str) -> str:
        """Do what was typed in a cell; return the sentence where that is refused."""
        line, at = self.model.line_at(index.row()), Col(index.column())
        if at in {Col.TID, Col.VARIGHET}:
            return self._set_time(line, at, text)
        if at is Col.SAKSTYPE and line.sak_id:
            kind = Sakstype(text) if text else None
            return self.desk.do(set_sakstype, sak_id=line.sak_id, sakstype=kind).error
        if line.sak_id:
            return self.desk.do(rename_sak, sak_id=line.sak_id, tittel=text).error
        return self.desk.do(rename_post, post_id=line.key, tittel=text).error

    def _set_time(self, line: AgendaLine, at: Col, text: str) -> str:
        held = RowTime(line.minutes, line.fixed)
        try:
            wanted = (read_start if at is Col.TID else read_duration)(text, held)
        except UnreadableInputError as error:
            return str(error)
        if wanted == held:
            return ""
        return self.desk.do(
            set_time, post_id=line.key, varighet=wanted.minutes, fast_tid=wanted.fixed
        ).error

    def shift(self, step: Literal[-1, 1]) -> None:
        """Move the selected rows one place up (-1) or down (1)."""
        keys = [line.key for line in self.table.selected_lines()]
        if keys and self.editable and not self.table.is_typing():
            outcome = self.desk.do(shift_posts, moete_id=self.moete_id, post_ids=keys, step=step)
            self._done(outcome)
            self.table.show_current()

    def move_posts(self, keys: Sequence[str], moetedag_id: str, index: int) -> None:
        """Move rows that were dropped."""
        self._done(
            self.desk.do(move_posts, post_ids=list(keys), moetedag_id=moetedag_id, index=index)
        )

    def remove(self) -> None:
        """Take the selected rows off: saker to the queue."""
        if not self.table.is_typing():
            self.remove_keys([line.key for line in self.table.selected_lines()])

    def remove_keys(self, keys: Sequence[str]) -> None:
        """Take rows off the agenda; the one after them becomes current."""
        if not keys or not self.editable:
            return
        at = min(self.model.row_of(key) for key in keys)
        if self._done(self.desk.do(remove_posts, post_ids=list(keys))):
            self._choose(self._key_near(at))

    def _key_near(self, at: int) -> str:
        lines = self.model.lines()
        posts = [(abs(row - at), line.key) for row, line in enumerate(lines) if line.slag]
        return min(posts)[1] if posts else ""

    def place(self) -> None:
        """Put the selected saker of the queue on the agenda, before Eventuelt."""
        keys = self.queue.selected_keys()
        if keys and self.editable:
            self._place(keys, self._day(), None)

    def place_at(self, keys: Sequence[str], moetedag_id: str, index: int) -> None:
        """Put saker of the queue where they were dropped."""
        self._place(list(keys), moetedag_id, index)

    def _place(self, keys: Sequence[str], moetedag_id: str, index: int | None) -> None:
        outcome = self.desk.do(
            place_saker, sak_ids=list(keys), moetedag_id=moetedag_id, index=index
        )
        if self._done(outcome):
            self.show_sak(keys[0])

    def _day(self) -> str:
        """Return the day of the current row, else the last day of the meeting."""
        line = self.table.current_line()
        if line is not None:
            return line.dag.id
        return self.view.days[-1].id if self.view and self.view.days else ""

    def order_queue(self, keys: Sequence[str], index: int) -> None:
        """Order the queue as it was dragged."""
        self._done(self.desk.do(order_saker, sak_ids=list(keys), index=index))

    def each(self, verb: SakVerb) -> None:
        """Do something with each of the selected saker."""
        keys = [line.sak_id for line in self.table.selected_lines() if line.sak_id]
        if keys:
            self._done(self.desk.do(for_saker, verb=verb, sak_ids=keys))

    def carry_over(self) -> None:
        """Make new saker in the queue that continue the selected ones."""
        self.each(carry_over_sak)
        self.queue_toggle.setChecked(True)

    def add_sak(self, title: str) -> bool:
        """Report a sak and place it before Eventuelt; False where that is refused."""
        today = dt.datetime.now().date()  # noqa: DTZ005
        outcome = self.desk.do(
            report_and_place, moetedag_id=self._day(), tittel=title, innmeldt=today
        )
        if not self._done(outcome) or outcome.value is None:
            return False
        self.show_sak(outcome.value.id)
        return True

    def add(self, slag: Postslag) -> None:
        """Put a pause or a free point after the current row, and let its title be typed."""
        line = self.table.current_line()
        at = self.model.row_of(line.key) + 1 if line else self.model.rowCount()
        moetedag_id, index = self.model.place_at(at)
        outcome = self.desk.do(
            add_post,
            moetedag_id=moetedag_id,
            slag=slag,
            tittel=_("Pause") if slag is Postslag.PAUSE else _("Nytt punkt"),
            varighet=_MINUTES_OF_PAUSE,
            index=index,
        )
        if self._done(outcome) and outcome.value is not None:
            self._choose(outcome.value.id)
            self._focus_table()
            if slag is Postslag.PUNKT:
                QTimer.singleShot(0, lambda: self.table.begin_edit(Col.TITTEL))

    def copy(self) -> None:
        """Copy the selected rows as a table."""
        copy_rows(self.table, _rows(self.table))

    def copy_text(self) -> None:
        """Copy the sak that is shown as clean text for an e-mail."""
        sak_id = self._shown_sak
        if sak_id is not None:
            sak = self.desk.read(lambda session: load_sak_view(session, sak_id))
            QGuiApplication.clipboard().setText(sak_as_text(sak))

    def _edit_people(self, place: Col) -> None:
        self.panel_toggle.setChecked(True)
        self.panel.focus_people(place)

    def _focus_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _want_note(self, sak_id: str) -> None:
        self.wanted.emit(Target(Place.MOETER, self.moete_id, Tab.TOPPNOTATER, sak_id))

    def _want_documents(self) -> None:
        self.wanted.emit(Target(Place.MOETER, key=self.moete_id, tab=Tab.DOKUMENTER))


def _rows(table: AgendaTable | QueueTable) -> list[int]:
    return sorted(index.row() for index in table.selectionModel().selectedRows())
