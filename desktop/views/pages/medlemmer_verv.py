"""The members of an utvalg: who has a seat, for whom, and in what order they are printed."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QCheckBox, QStackedWidget

from desktop.services.koe import utvalg_names
from desktop.services.members import delete_verv, move_verv
from desktop.services.members_view import SeatRow, load_seats
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.members import seats_model
from desktop.views.form import Choice
from desktop.views.ordered_table import (
    add_copying,
    ordered_table,
    select_place,
    select_places,
    selected_places,
    set_widths,
)
from desktop.views.pages.medlemmer_dialoger import EndDialog, SeatDialog
from desktop.views.pages.medlemmer_liminn import PasteDialog
from desktop.views.parted_page import Part
from desktop.views.parts import EmptyPage, Notice, action, button, column, label, row
from desktop.views.words import _

_WIDTHS = {0: 190, 1: 160, 3: 250, 4: 170}


class Seats(Part):
    """Shows the seats of an utvalg."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.notice = Notice()
        self.utvalg = Choice((), _("Utvalg"))
        self.utvalg.setMinimumContentsLength(12)
        self.utvalg.setMaximumWidth(320)
        self.ended = QCheckBox(_("Vis &avsluttede verv"))
        self.ended.setAccessibleName(_("Vis avsluttede verv"))
        self.count = label("", "stille")
        self.model = seats_model(self)
        self.table = ordered_table(_("Medlemmer"), self.model, self.move_row)
        set_widths(self.table, _WIDTHS, stretch=2)
        self._make_buttons()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(
            EmptyPage(
                _("Ingen medlemmer ennå"),
                _("Lim inn listen fra Excel eller Outlook, eller legg til ett og ett medlem."),
                button(_("Lim inn medlemmer …"), self.paste, main=True),
            )
        )
        top = row(self.utvalg, self.ended, None, self.paste_button, self.add_button)
        top.setStretch(0, 9)
        bottom = row(self.edit_button, self.end_button, self.remove_button, None, self.count)
        self.setLayout(column(top, self.notice, self.stack, bottom, spacing=10))
        self.utvalg.currentIndexChanged.connect(lambda _place: self.show_seats())
        self.ended.toggled.connect(lambda _on: self.show_seats())
        self.table.doubleClicked.connect(lambda _index: self.edit())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())

    def _make_buttons(self) -> None:
        self.paste_button = button(_("Lim inn medlemmer …"), self.paste, tip=_("Ctrl+Shift+V"))
        self.add_button = button(_("Nytt medlem …"), self.add, main=True, tip=_("Ctrl+N"))
        self.edit_button = button(_("Endre verv …"), self.edit, tip=_("Enter"))
        self.end_button = button(_("Avslutt verv …"), self.end)
        self.remove_button = button(
            _("Fjern verv"), self.remove, tip=_("For et verv som ble gitt ved en feil. Kan angres.")
        )
        action(self, _("Nytt medlem …"), self.add, "Ctrl+N")
        action(self, _("Lim inn medlemmer …"), self.paste, "Ctrl+Shift+V")
        action(self.table, _("Endre verv …"), self.edit, "Return")
        action(self.table, _("Fjern verv"), self.remove, "Delete")
        add_copying(self.table, self.told.emit)

    def load(self) -> None:
        """Read the utvalg and the seats of the chosen one."""
        names = self.desk.read(utvalg_names)
        self.utvalg.set_items(names)
        self.utvalg.setVisible(len(names) > 1)
        can = bool(names) and not self.desk.read_only
        self.add_button.setEnabled(can)
        self.paste_button.setEnabled(can)
        self.show_seats()

    def show_seats(self) -> None:
        """Show the seats of the chosen utvalg; what is selected stays so."""
        held = {seat.id for seat in self._selected()}
        utvalg_id = self.utvalg.key()
        seats = self.desk.read(lambda s: load_seats(s, utvalg_id)) if utvalg_id else []
        today = dt.date.today()  # noqa: DTZ011
        ended = sum(seat.is_over(today) for seat in seats)
        shown = [seat for seat in seats if self.ended.isChecked() or not seat.is_over(today)]
        top = self.table.verticalScrollBar().value()
        self.model.set_rows(shown)
        self.table.verticalScrollBar().setValue(top)
        select_places(self.table, [place for place, seat in enumerate(shown) if seat.id in held])
        self.ended.setVisible(bool(ended))
        self.stack.setCurrentIndex(0 if shown or ended else 1)
        self.count.setText(_("{antall} verv").format(antall=len(shown)) if shown else "")
        self._enable()

    def choose(self, utvalg_id: str) -> None:
        """Show the seats of an utvalg."""
        self.utvalg.choose(utvalg_id)

    def _selected(self) -> list[SeatRow]:
        rows = self.model.rows()
        return [rows[place] for place in selected_places(self.table) if place < len(rows)]

    def _enable(self) -> None:
        chosen = 0 if self.desk.read_only else len(self._selected())
        self.edit_button.setEnabled(chosen == 1)
        self.end_button.setEnabled(chosen == 1)
        self.remove_button.setEnabled(chosen == 1)

    def move_row(self, source: int, target: int) -> None:
        """Move a member to another place; seats that are hidden keep theirs."""
        rows = list(self.model.rows())
        moved = rows.pop(source)
        rows.insert(target, moved)
        seats = self.desk.read(lambda s: load_seats(s, moved.utvalg_id))
        others = [seat.id for seat in seats if seat.id != moved.id]
        if target + 1 < len(rows):
            index = others.index(rows[target + 1].id)
        else:
            index = others.index(rows[target - 1].id) + 1
        outcome = self.desk.do(move_verv, verv_id=moved.id, index=index)
        self.notice.say(outcome.error)
        if outcome:
            select_place(self.table, target)

    def add(self) -> None:
        """Ask for a new member."""
        if self.utvalg.key() and not self.desk.read_only:
            SeatDialog(self, self.desk, self.utvalg.key()).open()

    def paste(self) -> None:
        """Ask for a list of members."""
        if self.utvalg.key() and not self.desk.read_only:
            key, name = self.utvalg.key(), self.utvalg.currentText()
            PasteDialog(self, self.desk, key, name).open()

    def edit(self) -> None:
        """Change the selected seat."""
        chosen = self._selected()
        if len(chosen) == 1 and not self.desk.read_only:
            SeatDialog(self, self.desk, chosen[0].utvalg_id, chosen[0]).open()

    def end(self) -> None:
        """End the selected seat."""
        chosen = self._selected()
        if len(chosen) == 1:
            EndDialog(self, self.desk, chosen[0]).open()

    def remove(self) -> None:
        """Remove the selected seat; that can be undone."""
        chosen = self._selected()
        if len(chosen) == 1 and not self.desk.read_only:
            self.notice.say(self.desk.do(delete_verv, verv_id=chosen[0].id).error)
