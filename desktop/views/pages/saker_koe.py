"""The queue: saker that were reported, in the order they shall be taken."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget

from desktop.services.koe import (
    MeetingChoice,
    QueueRow,
    count_queues,
    delete_many,
    load_queue,
    meetings_for,
    place_many,
    utvalg_names,
)
from desktop.services.sak_view import load_sak_view
from desktop.services.saker import order_queue
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.queue import queue_model
from desktop.viewmodels.sak_text import sak_as_text
from desktop.views.form import Choice
from desktop.views.ordered_table import (
    add_copying,
    ordered_table,
    select_place,
    select_places,
    selected_places,
    set_widths,
)
from desktop.views.pages.saker_dialog import SakDialog
from desktop.views.parted_page import Part
from desktop.views.parts import EmptyPage, Notice, action, button, column, label, row
from desktop.views.words import _

_WIDTHS = {1: 110, 2: 160, 3: 100, 4: 150, 5: 90}


class Queue(Part):
    """Shows the queue of an utvalg."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.notice = Notice()
        self.utvalg = Choice((), _("Utvalg"))
        self.utvalg.setMinimumContentsLength(24)
        self.model = queue_model(self)
        self.table = ordered_table(_("Innmeldte saker"), self.model, self.move_row)
        set_widths(self.table, _WIDTHS, stretch=0)
        self.count = label("", "stille")
        self._make_actions()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(
            EmptyPage(
                _("Ingen saker venter"),
                _("Her står saker som er meldt inn og ikke har fått plass på et møte ennå."),
                button(_("Meld inn sak …"), self.report, main=True),
            )
        )
        top = row(self.utvalg, self.count, None, self.report_button)
        bottom = row(self.edit_button, self.delete_button, None, self.place_button)
        self.setLayout(column(top, self.notice, self.stack, bottom, spacing=10))
        self.utvalg.currentIndexChanged.connect(lambda _place: self.show_queue())
        self.table.doubleClicked.connect(lambda _index: self.edit())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())

    def _make_actions(self) -> None:
        self.report_button = button(_("Meld inn sak …"), self.report, main=True, tip=_("Ctrl+N"))
        self.edit_button = button(_("Endre …"), self.edit, tip=_("Enter"))
        self.delete_button = button(_("Slett"), self.delete, tip=_("Delete. Kan angres."))
        self.place_button = QPushButton(_("Sett på møte"))
        self.place_button.setAccessibleName(_("Sett på møte"))
        self.place_button.setToolTip(_("Velg et planlagt møte (Ctrl+M)"))
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.place_button.setMenu(self.menu)
        action(self, _("Meld inn sak …"), self.report, "Ctrl+N")
        action(self, _("Sett på møte"), self.place_button.showMenu, "Ctrl+M")
        action(self.table, _("Endre …"), self.edit, "Return")
        action(self.table, _("Slett"), self.delete, "Delete")
        action(self.table, _("Kopier sak som tekst"), self.copy_sak, "Ctrl+Shift+C")
        add_copying(self.table, self.told.emit)

    def load(self) -> None:
        """Read the utvalg and the queue of the chosen one."""
        names = self.desk.read(utvalg_names)
        counts = self.desk.read(count_queues)
        self.utvalg.set_items([(key, f"{name} ({counts.get(key, 0)})") for key, name in names])
        self.utvalg.setVisible(len(names) > 1)
        self.report_button.setEnabled(bool(names) and not self.desk.read_only)
        self.show_queue()

    def show_queue(self) -> None:
        """Show the queue of the chosen utvalg; the selected saker stay selected."""
        held = {row.id for row in self._selected()}
        utvalg_id = self.utvalg.key()
        rows = self.desk.read(lambda s: load_queue(s, utvalg_id)) if utvalg_id else []
        top = self.table.verticalScrollBar().value()
        self.model.set_rows(rows)
        self.table.verticalScrollBar().setValue(top)
        select_places(self.table, [place for place, found in enumerate(rows) if found.id in held])
        self.stack.setCurrentIndex(0 if rows else 1)
        waiting = _.plural("{antall} sak venter", "{antall} saker venter", len(rows))
        self.count.setText(waiting.format(antall=len(rows)) if rows else "")
        self._enable()

    def show_sak(self, sak_id: str) -> None:
        """Select a sak of the queue, of whichever utvalg."""
        for key, _name in self.desk.read(utvalg_names):
            rows = self.desk.read(partial(load_queue, utvalg_id=key))
            places = [place for place, found in enumerate(rows) if found.id == sak_id]
            if places:
                self.utvalg.choose(key)
                select_place(self.table, places[0])
                self.table.setFocus()
                return

    def _selected(self) -> list[QueueRow]:
        rows = self.model.rows()
        return [rows[place] for place in selected_places(self.table) if place < len(rows)]

    def _enable(self) -> None:
        chosen = 0 if self.desk.read_only else len(self._selected())
        self.edit_button.setEnabled(chosen == 1)
        self.delete_button.setEnabled(chosen > 0)
        self.place_button.setEnabled(chosen > 0)

    def move_row(self, source: int, target: int) -> None:
        """Move a sak to another place in the queue."""
        sak_id = self.model.row_at(source).id
        outcome = self.desk.do(order_queue, sak_id=sak_id, index=target)
        self.notice.say(outcome.error)
        if outcome:
            select_place(self.table, target)

    def report(self) -> None:
        """Ask for a new sak."""
        dialog = SakDialog(self, self.desk, self.utvalg.key())
        dialog.accepted.connect(lambda: self.show_sak(dialog.created or ""))
        dialog.open()

    def edit(self) -> None:
        """Change what was reported of the selected sak."""
        chosen = self._selected()
        if len(chosen) == 1 and not self.desk.read_only:
            SakDialog(self, self.desk, chosen[0].utvalg_id, chosen[0]).open()

    def delete(self) -> None:
        """Delete the selected saker; that can be undone."""
        keys = [found.id for found in self._selected()]
        if keys:
            place = selected_places(self.table)[0]
            outcome = self.desk.do(delete_many, sak_ids=keys)
            self.notice.say(outcome.error)
            select_place(self.table, min(place, self.model.rowCount() - 1))

    def place(self, choice: MeetingChoice) -> None:
        """Put the selected saker on a meeting."""
        keys = [found.id for found in self._selected()]
        outcome = self.desk.do(place_many, sak_ids=keys, moetedag_id=choice.moetedag_id)
        self.notice.say(outcome.error)
        if outcome:
            placed = _.plural(
                "{antall} sak er satt på møte {moete}",
                "{antall} saker er satt på møte {moete}",
                len(keys),
            )
            self.told.emit(placed.format(antall=len(keys), moete=choice.navn))

    def _fill_menu(self) -> None:
        self.menu.clear()
        utvalg_id = self.utvalg.key()
        choices = self.desk.read(lambda session: meetings_for(session, utvalg_id))
        for choice in choices:
            self.menu.addAction(choice.navn).triggered.connect(partial(self._place, choice))
        if not choices:
            self.menu.addAction(_("Ingen planlagte møter")).setEnabled(False)

    def _place(self, choice: MeetingChoice, _checked: bool = False) -> None:
        self.place(choice)

    def copy_sak(self) -> None:
        """Copy the selected sak as clean text."""
        chosen = self._selected()
        if len(chosen) == 1:
            view = self.desk.read(lambda session: load_sak_view(session, chosen[0].id))
            QGuiApplication.clipboard().setText(sak_as_text(view))
            self.told.emit(_("Saken er kopiert som tekst"))
