"""The line above the note: which sak it is, the state of its note, and what can be done."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.states import ToppnotatTilstand
from desktop.services.dagsorden import carry_over_sak
from desktop.services.note_view import NoteView
from desktop.services.toppnotater import step_toppnotat
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.note_words import STEPS, state_text
from desktop.views.moete.toppnotat.liste import mark_colour
from desktop.views.parts import button, label, row
from desktop.views.words import _

_SENT: Final = _("Toppnotatet er merket som sendt. Ctrl+Z angrer.")


class NoteBar(QWidget):
    """Shows the state of a note and takes it further.

    Signals:
        told: a sentence to say.
        word_chosen: the path of a Word file to read into the sak.
        history_wanted, find_wanted: the user asks for them.
        continued: the key of the new sak that continues this one.
        before_step: a step is about to be taken.
    """

    told = Signal(str)
    word_chosen = Signal(object)
    history_wanted = Signal()
    find_wanted = Signal()
    continued = Signal(str)
    before_step = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._note: NoteView | None = None
        self.number = label("", "undertittel")
        self.state = label("", "tilstand")
        self.next = QPushButton()
        self.next.setProperty("hoved", True)
        self.next.clicked.connect(lambda _checked=False: self._go_on())
        self._next: ToppnotatTilstand | None = None
        self.send = button(STEPS[ToppnotatTilstand.SENDT], self._mark_sent)
        self.send.setToolTip(
            _("Notatet merkes som sendt når møtepakken sendes. Er det sendt alene, merk det her.")
        )
        self.more = QToolButton()
        self.more.setText(_("Handlinger"))
        self.more.setAccessibleName(_("Handlinger for toppnotatet"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._make_menu()
        self.lock = QFrame()
        self.lock.setObjectName("varsel")
        self.reason = label("", wrap=True)
        self.carry = button(_("Før saken videre"), self._carry_over)
        self.carry.setToolTip(_("Lag en ny sak i køen som fortsetter denne, med teksten herfra"))
        inside = row(self.reason, self.carry, margin=8)
        inside.setStretch(0, 1)
        self.lock.setLayout(inside)
        self.lock.hide()
        self._line = row(self.number, self.state, None, self.more, self.send, self.next, spacing=8)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._line)
        layout.addWidget(self.lock)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _make_menu(self) -> None:
        menu = QMenu(self.more)
        menu.setToolTipsVisible(True)
        self.read = menu.addAction(_("Les inn fra Word …"))
        self.read.triggered.connect(lambda _checked=False: self.choose_word())
        self.history = menu.addAction(_("Historikk …"))
        self.history.triggered.connect(lambda _checked=False: self.history_wanted.emit())
        self.search = menu.addAction(_("Søk og erstatt …"))
        self.search.triggered.connect(lambda _checked=False: self.find_wanted.emit())
        menu.addSeparator()
        self.steps = {}
        for state, text in STEPS.items():
            step = menu.addAction(text)
            step.triggered.connect(partial(self._step_from_menu, state))
            self.steps[state] = step
        self.more.setMenu(menu)

    def add_toggles(self, first: QWidget, last: QWidget) -> None:
        """Put the buttons that fold the sides at the two ends of the line."""
        self._line.insertWidget(0, first)
        self._line.addWidget(last)

    def show_note(self, note: NoteView | None) -> None:
        """Show another note, or the same one as it is now; None where there is no sak."""
        self._note = note
        line = note.line if note else None
        number = _("Sak {nummer}").format(nummer=line.nummer) if line and line.nummer else ""
        self.number.setText(number)
        self.number.setToolTip(_("Foreløpig nummer") if line and line.foreloepig else "")
        self.state.setText(state_text(line) if line else "")
        self._colour_state()
        self.state.setVisible(line is not None)
        self._show_steps(note)
        locked = note.locked if note else ""
        self.reason.setText(locked)
        self.lock.setVisible(bool(locked))
        self.carry.setVisible(not self._desk.read_only)

    def _colour_state(self) -> None:
        colour = mark_colour(self._note.line.tilstand if self._note else None)
        self.state.setStyleSheet(f"QLabel {{ border: 1px solid {colour}; }}")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow another appearance."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour_state()

    def _show_steps(self, note: NoteView | None) -> None:
        has_note = note is not None and note.content is not None
        may = has_note and not self._desk.read_only
        self.more.setEnabled(has_note)
        self.read.setEnabled(may and note is not None and not note.locked)
        for state, step in self.steps.items():
            refused = note.refused.get(state) if note else None
            step.setVisible(refused is not None)
            step.setEnabled(may and refused == "")
            step.setToolTip(refused or "")
        sendable = note is not None and note.refused.get(ToppnotatTilstand.SENDT) == ""
        self.send.setVisible(may and sendable)
        self._next = note.next_step if note else None
        self.next.setVisible(may and self._next is not None)
        if self._next is not None:
            self.next.setText(STEPS[self._next])
            self.next.setAccessibleName(STEPS[self._next])

    def _go_on(self) -> None:
        if self._next is not None:
            self.step(self._next)

    def _mark_sent(self) -> None:
        self.step(ToppnotatTilstand.SENDT)

    def _step_from_menu(self, state: ToppnotatTilstand, _checked: bool = False) -> None:
        self.step(state)

    def step(self, state: ToppnotatTilstand) -> None:
        """Take the note a step on its way."""
        if self._note is not None:
            self.before_step.emit()
            sak_id = self._note.sak.id
            done = self._desk.do(step_toppnotat, sak_id=sak_id, tilstand=state)
            self.told.emit(done.error or (_SENT if state is ToppnotatTilstand.SENDT else ""))

    def show_menu(self, place: QPoint) -> None:
        """Show what can be done to the note, at a place of the screen."""
        if self.more.isEnabled():
            self.more.menu().popup(place)

    def _carry_over(self) -> None:
        if self._note is not None:
            done = self._desk.do(carry_over_sak, sak_id=self._note.sak.id)
            self.told.emit(done.error)
            if done.value is not None:
                self.continued.emit(done.value.id)

    def choose_word(self) -> None:
        """Let the user choose a Word file to read into the sak."""
        dialog = QFileDialog(self, _("Les inn fra Word"))
        dialog.setNameFilter(_("Word-dokumenter (*.docx)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.word_chosen.emit(Path(name)))
        dialog.open()
