"""The table of earlier vedtak: rows of the register, and rows typed by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.richtext.tree import Tree
from desktop.rules.kinds import Maalform
from desktop.services.note_edit import change_cited, move_cited, write_cited
from desktop.services.note_view import EarlierLine
from desktop.services.toppnotater import cite_vedtak, uncite_vedtak
from desktop.viewmodels.desk import Desk, Outcome
from desktop.views.editor.field import TextField
from desktop.views.moete.dagsorden_felt import TypedField
from desktop.views.moete.dagsorden_personer import small_button
from desktop.views.parts import action, button, column, label, row
from desktop.views.words import _

_WIDTHS = (3, 2)
"""The shares of sak and tema."""


class EarlierRow(QFrame):
    """A row: sak, tema and formulering."""

    def __init__(self, desk: Desk, line: EarlierLine, field: EarlierField) -> None:
        super().__init__()
        self.setObjectName("vedtaksrad")
        self.key = line.id
        self._desk = desk
        self._field = field
        self.sak = TypedField(_("Sak"), self._save_sak, one_line=True, most=4)
        self.tema = TypedField(_("Tema"), self._save_tema, one_line=True, most=4)
        self.formulering = TextField(desk, self._save_formulering, _("Vedtaksformulering"))
        self.formulering.edit.set_growing(True)
        self.formulering.edit.setPlaceholderText(_("Vedtaket, ord for ord"))
        self.formulering.edit.setMinimumHeight(30)
        self.formulering.edit.setProperty("rolle", "felt")
        self.formulering.edit.setFrameShape(QFrame.Shape.StyledPanel)
        self.up = small_button(
            "↑", _("Flytt opp (Alt+pil opp)"), partial(field.move_row, line.id, -1)
        )
        self.down = small_button(
            "↓", _("Flytt ned (Alt+pil ned)"), partial(field.move_row, line.id, 1)
        )
        self.gone = small_button("×", _("Fjern raden"), partial(field.remove_row, line.id))
        self.source = label(_("Fra vedtaksregisteret"), "stille")
        title = label(_("Vedtaksformulering"), "stille")
        title.setBuddy(self.formulering.edit)
        self._tools = QWidget()
        self._tools.setStyleSheet("QToolButton { padding: 2px 6px; }")
        self._tools.setLayout(row(self.up, self.down, self.gone, spacing=0))
        facts = row(column(self.sak, None), column(self.tema, None), spacing=8)
        for place, share in enumerate(_WIDTHS):
            facts.setStretch(place, share)
        over = row(title, None, self._tools, spacing=4)
        layout = column(facts, over, self.formulering, self.source, spacing=3)
        layout.setContentsMargins(0, 8, 0, 6)
        self.setLayout(layout)
        stops = (self.tema.editor, self.formulering.edit, self.up, self.down, self.gone)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        action(self, _("Flytt raden opp"), partial(field.move_row, line.id, -1), "Alt+Up")
        action(self, _("Flytt raden ned"), partial(field.move_row, line.id, 1), "Alt+Down")
        self.show_line(line)

    def show_line(self, line: EarlierLine) -> None:
        """Show the row as it is stored; what is typed and not saved yet stays."""
        self.sak.show_text(line.id, line.sak)
        self.tema.show_text(line.id, line.tema)
        self.formulering.load(line.formulering)
        self._linked = line.linked
        self.source.setVisible(line.linked)
        self.setAccessibleName(_("Tidligere vedtak: {sak}").format(sak=line.sak))

    def set_editable(self, editable: bool, *, first: bool, last: bool) -> None:
        """Let the row be written and moved; one of the register is only moved or removed."""
        typed = editable and not self._linked
        self.sak.set_editable(typed)
        self.tema.set_editable(typed)
        self.formulering.edit.setReadOnly(not typed)
        self._tools.setVisible(editable)
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)
        for one in self.actions():
            one.setEnabled(editable)

    def flush(self) -> None:
        """Save what is typed."""
        self.sak.flush()
        self.tema.flush()
        self.formulering.flush()

    def _save_sak(self, key: str, text: str) -> str:
        return self._desk.do(change_cited, rad_id=key, sak_tekst=text).error

    def _save_tema(self, key: str, text: str) -> str:
        return self._desk.do(change_cited, rad_id=key, tema=text).error

    def _save_formulering(self, tree: Tree, paragraph: str | None, typing: bool) -> Outcome[Any]:
        self._field.saving.emit()
        return self._desk.do(
            write_cited, rad_id=self.key, tree=tree, typing=typing, paragraph=paragraph
        )


class EarlierField(QWidget):
    """The rows, and where one more is added.

    Signals:
        row_made: a row was put in: its text editor is to be followed.
        saving: a text of the table is about to be saved.
    """

    row_made = Signal(object)
    saving = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sak_id = ""
        self._editable = False
        self.rows: list[EarlierRow] = []
        self._holder = QVBoxLayout()
        self._holder.setSpacing(6)
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Sak i et tidligere vedtak"))
        self.line.setPlaceholderText(_("Sak med tidligere vedtak, for eksempel NUIT 50/23"))
        self.line.returnPressed.connect(self.add_typed)
        self.add_button = button(_("Legg til rad"), self.add_typed)
        self.find_button = button(
            _("Finn tidligere vedtak …"),
            self.find_earlier,
            tip=_("Søk i vedtaksregisteret (Ctrl+Shift+T)"),
        )
        action(self, _("Finn tidligere vedtak …"), self.find_earlier, "Ctrl+Shift+T")
        self.sources = QWidget()
        adding = row(self.find_button, self.line, self.add_button, spacing=6)
        adding.setStretch(1, 1)
        self.sources.setLayout(adding)
        self.problem = label("", "feil", wrap=True)
        self.problem.hide()
        layout = column(spacing=6)
        layout.addLayout(self._holder)
        layout.addWidget(self.sources)
        layout.addWidget(self.problem)
        self.setLayout(layout)
        self.setFocusProxy(self.line)

    def show_lines(self, sak_id: str, lines: tuple[EarlierLine, ...], *, editable: bool) -> None:
        """Show the rows of a note; rows that stay keep what is typed in them."""
        self._sak_id, self._editable = sak_id, editable
        held = {one.key: one for one in self.rows}
        self.rows = []
        for place, line in enumerate(lines):
            made = held.pop(line.id, None)
            if made is None:
                made = EarlierRow(self._desk, line, self)
                self.row_made.emit(made)
            else:
                made.show_line(line)
            if self._holder.indexOf(made) != place:
                self._holder.insertWidget(place, made)
            self.rows.append(made)
        for gone in held.values():
            gone.hide()
            gone.setParent(None)
            gone.deleteLater()
        for place, made in enumerate(self.rows):
            made.set_editable(editable, first=place == 0, last=place == len(self.rows) - 1)
        self.sources.setVisible(editable)

    def spell(self, maalform: Maalform) -> None:
        """Mark what is misspelt in a language."""
        for one in self.rows:
            one.formulering.spell(maalform)

    def add_typed(self) -> None:
        """Add a row for the sak that is typed, and go on to its tema."""
        made = self._do(cite_vedtak, sak_id=self._sak_id, sak_tekst=self.line.text())
        if made:
            self.line.clear()
            if self.rows:
                self.rows[-1].tema.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_earlier(self) -> None:
        """Find vedtak of the register to put in the table."""
        if self._editable and self._sak_id:
            from desktop.views.moete.toppnotat.tidligere_dialog import (  # noqa: PLC0415
                EarlierDialog,
            )

            EarlierDialog(self, self._desk, self._sak_id).open()

    def move_row(self, key: str, step: int) -> None:
        """Move a row up (-1) or down (1)."""
        place = [one.key for one in self.rows].index(key) + step
        if self._editable and 0 <= place < len(self.rows):
            self._do(move_cited, rad_id=key, index=place)

    def remove_row(self, key: str) -> None:
        """Take a row away."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._do(uncite_vedtak, rad_id=key)

    def flush(self) -> None:
        """Save what is typed."""
        for one in self.rows:
            one.flush()

    def _do(self, verb: Callable[..., Any], **named: object) -> bool:
        outcome = self._desk.do(verb, **named)
        self.problem.setText(outcome.error)
        self.problem.setVisible(bool(outcome.error))
        return bool(outcome)
