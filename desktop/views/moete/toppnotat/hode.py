"""The head of the note: the facts the meeting gives, and the people, who are picked here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from desktop.rules.entity_kinds import Rolle
from desktop.services.agenda_view import Part
from desktop.services.note_view import NoteView
from desktop.services.sak_view import load_parts
from desktop.services.saker import Deltar, set_roles
from desktop.viewmodels.desk import Desk
from desktop.views.moete.dagsorden_personer import Candidates, PeopleField
from desktop.views.parts import column, label, row
from desktop.views.words import _

_ROLES = {Rolle.SAKSEIER: _("Fra"), Rolle.SAKSBEHANDLER: _("Saksbehandler")}


class NoteHead(QWidget):
    """Title, facts and people of the note that is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sak_id = ""
        self._candidates = Candidates()
        self._has_people = False
        self.title = label("", "tittel", wrap=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.people = {
            rolle: PeopleField(name, self._candidates, partial(self._save, rolle))
            for rolle, name in _ROLES.items()
        }
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(2)
        self._cells: list[QLabel] = []
        fields = row(*[column(field, None) for field in self.people.values()], spacing=18)
        fields.setStretch(0, 1)
        fields.setStretch(1, 1)
        self.setLayout(column(self.title, self._grid, fields, spacing=10))

    def show_note(self, view: NoteView, *, editable: bool) -> None:
        """Show the head of a note."""
        if not self._has_people:
            self.load_people()
        if view.sak.id != self._sak_id:
            self._sak_id = view.sak.id
            for field in self.people.values():
                field.clear_typed()
        self.title.setText(view.sak.tittel)
        self._show_facts(view.head)
        for rolle, field in self.people.items():
            field.show_parts(view.sak.roller[rolle])
            field.setEnabled(editable)
            field.line.setVisible(editable)

    def load_people(self) -> None:
        """Read again who can be picked."""
        self._candidates.set_parts(self._desk.read(load_parts))
        self._has_people = True

    def _show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Show label and value side by side, two facts on a line."""
        texts = [text for fact in facts for text in fact]
        while len(self._cells) < len(texts):
            place = len(self._cells)
            made = label("", "stille" if place % 2 == 0 else "")
            made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(made, place // 4, place % 4)
            self._cells.append(made)
        for place, cell in enumerate(self._cells):
            cell.setText(texts[place] if place < len(texts) else "")
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)

    def _save(self, rolle: Rolle, parts: Sequence[Part]) -> str:
        if not self._sak_id:
            return ""
        deltar = [Deltar(part.person_id, part.organisasjon_id) for part in parts]
        return self._desk.do(set_roles, sak_id=self._sak_id, rolle=rolle, deltar=deltar).error
