"""Persons and organisations: two lists that are searched, changed and copied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop.services.members import delete_organisasjon, delete_person
from desktop.services.members_view import (
    OrganisationRow,
    load_organisations,
    load_people,
    name_key,
)
from desktop.services.types import Session
from desktop.viewmodels.desk import Desk, Outcome
from desktop.viewmodels.members import organisations_model, other_names, people_model
from desktop.viewmodels.table import RowsModel
from desktop.views.ordered_table import add_copying, select_place, selected_places, set_widths
from desktop.views.pages.medlemmer_dialoger import OrganisationDialog, PersonDialog, RenameDialog
from desktop.views.pages.medlemmer_navn import NamesDialog
from desktop.views.parted_page import Part
from desktop.views.parts import Notice, action, button, column, label, row, table_view
from desktop.views.words import _


class Searchable(Part):
    """A list with a search above it and buttons below."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        model: RowsModel[Any],
        reading: Callable[[Session], list[Any]],
    ) -> None:
        super().__init__(desk)
        self.reading = reading
        self.notice = Notice()
        self.model = model
        self.rows: list[Any] = []
        self.table = table_view(name, multi=False)
        self.table.setModel(model)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Søk"))
        self.search.setAccessibleName(_("Søk i {liste}").format(liste=name.lower()))
        self.search.setToolTip(_("Ctrl+F"))
        self.search.setClearButtonEnabled(True)
        self.count = label("", "stille")
        self.search.textChanged.connect(lambda _text: self.show_rows())
        self.table.doubleClicked.connect(lambda _index: self.edit())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.enable())
        action(self, _("Søk"), self._search_now, "Ctrl+F")
        action(self.table, _("Endre …"), self.edit, "Return")
        action(self.table, _("Slett"), self.delete, "Delete")
        add_copying(self.table, self.told.emit)

    def lay_out(self, new: QPushButton, *buttons: QPushButton) -> None:
        """Put the search and the buttons around the table."""
        top = row(self.search, self.count, None, new)
        self.search.setMinimumWidth(240)
        self.setLayout(column(top, self.notice, self.table, row(*buttons, None), spacing=10))

    def load(self) -> None:
        """Read the list."""
        self.rows = self.desk.read(self.reading)
        self.show_rows()

    def show_rows(self) -> None:
        """Show the rows that the search finds; the selected one stays selected."""
        held = self.selected()
        wanted = name_key(self.search.text())
        found = [one for one in self.rows if wanted in name_key(self.words(one))]
        top = self.table.verticalScrollBar().value()
        self.model.set_rows(found)
        self.table.verticalScrollBar().setValue(top)
        if held is not None:
            self.select(held.id)
        self.count.setText(self.counted(len(found)))
        self.enable()

    def words(self, one: Any) -> str:  # noqa: ANN401
        """Return what the search looks in."""
        return " ".join(column.text(one) for column in self.model.columns)

    def counted(self, shown: int) -> str:
        """Return how many are shown."""
        return str(shown)

    def selected(self) -> Any:  # noqa: ANN401
        """Return the selected row; None where there is none."""
        places = selected_places(self.table)
        rows = self.model.rows()
        return rows[places[0]] if places and places[0] < len(rows) else None

    def select(self, key: str) -> None:
        """Select a row by its key."""
        keys = [one.id for one in self.model.rows()]
        if key in keys:
            select_place(self.table, keys.index(key))

    def say(self, outcome: Outcome[Any]) -> None:
        """Show what was refused."""
        self.notice.say(outcome.error)

    def edit(self) -> None:
        """Change the selected row."""

    def delete(self) -> None:
        """Delete the selected row."""

    def enable(self) -> None:
        """Enable what can be done with the selected row."""

    def _search_now(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _after(self, dialog: Any, then: Callable[[str], object]) -> None:  # noqa: ANN401
        dialog.accepted.connect(lambda: then(dialog.created))
        dialog.open()


class People(Searchable):
    """Everybody the archive knows."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Personer"), people_model(), load_people)
        set_widths(self.table, {0: 190, 2: 250, 3: 110, 4: 180}, stretch=1)
        self.new_button = button(_("Ny person …"), self.add, main=True, tip=_("Ctrl+N"))
        self.edit_button = button(_("Endre …"), self.edit, tip=_("Enter"))
        self.delete_button = button(_("Slett"), self.delete, tip=_("Delete. Kan angres."))
        action(self, _("Ny person …"), self.add, "Ctrl+N")
        self.lay_out(self.new_button, self.edit_button, self.delete_button)

    def counted(self, shown: int) -> str:
        """Return how many persons are shown."""
        return _.plural("{antall} person", "{antall} personer", shown).format(antall=shown)

    def add(self) -> None:
        """Ask for a new person."""
        if not self.desk.read_only:
            self._after(PersonDialog(self, self.desk), self.select)

    def edit(self) -> None:
        """Change the selected person."""
        chosen = self.selected()
        if chosen is not None and not self.desk.read_only:
            PersonDialog(self, self.desk, chosen).open()

    def delete(self) -> None:
        """Delete the selected person, if nobody refers to them."""
        chosen = self.selected()
        if chosen is not None and not self.desk.read_only:
            self.say(self.desk.do(delete_person, person_id=chosen.id))

    def enable(self) -> None:
        """Enable what can be done with the selected person."""
        can = not self.desk.read_only
        self.new_button.setEnabled(can)
        for one in (self.edit_button, self.delete_button):
            one.setEnabled(can and self.selected() is not None)


class Organisations(Searchable):
    """Every organisation, with its names over time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Organisasjoner"), organisations_model(), load_organisations)
        set_widths(self.table, {0: 260, 1: 110, 3: 90}, stretch=2)
        self.new_button = button(_("Ny organisasjon …"), self.add, main=True, tip=_("Ctrl+N"))
        self.rename_button = button(
            _("Nytt navn …"), self.rename, tip=_("Organisasjonen har byttet navn fra en dato")
        )
        self.edit_button = button(_("Rett navn …"), self.edit, tip=_("Enter"))
        self.delete_button = button(_("Slett"), self.delete, tip=_("Delete. Kan angres."))
        action(self, _("Ny organisasjon …"), self.add, "Ctrl+N")
        self.lay_out(self.new_button, self.rename_button, self.edit_button, self.delete_button)

    def counted(self, shown: int) -> str:
        """Return how many organisations are shown."""
        text = _.plural("{antall} organisasjon", "{antall} organisasjoner", shown)
        return text.format(antall=shown)

    def words(self, one: OrganisationRow) -> str:
        """Return every name the organisation has or had."""
        return f"{one.navn} {one.kortnavn} {other_names(one)}"

    def add(self) -> None:
        """Ask for a new organisation."""
        if not self.desk.read_only:
            self._after(OrganisationDialog(self, self.desk), self.select)

    def edit(self) -> None:
        """Correct the names of the selected organisation."""
        chosen = self.selected()
        if chosen is not None and not self.desk.read_only:
            NamesDialog(self, self.desk, chosen).open()

    def rename(self) -> None:
        """Give the selected organisation a new name from a date."""
        chosen = self.selected()
        if chosen is not None:
            RenameDialog(self, self.desk, chosen).open()

    def delete(self) -> None:
        """Delete the selected organisation, if nobody refers to it."""
        chosen = self.selected()
        if chosen is not None and not self.desk.read_only:
            self.say(self.desk.do(delete_organisasjon, organisasjon_id=chosen.id))

    def enable(self) -> None:
        """Enable what can be done with the selected organisation."""
        can = not self.desk.read_only
        self.new_button.setEnabled(can)
        for one in (self.edit_button, self.rename_button, self.delete_button):
            one.setEnabled(can and self.selected() is not None)
