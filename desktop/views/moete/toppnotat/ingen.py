"""What stands in the place of the note where a sak has none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.rules.kinds import Toppnotatstatus
from desktop.services.note_view import NoteView
from desktop.services.saker import set_toppnotatstatus
from desktop.viewmodels.desk import Desk
from desktop.views.parts import button, column, label, row
from desktop.views.words import _

_TEXTS = {
    Toppnotatstatus.SKAL_HA: _("Toppnotatet er ikke påbegynt."),
    Toppnotatstatus.INGEN: _("Dagsordenen sier «Ingen toppnotat» under denne saken."),
    Toppnotatstatus.IKKE_AKTUELT: _("Denne saken står i dagsordenen uten toppnotat."),
}


class NoNote(QWidget):
    """Says that a sak has no note, and offers to begin one.

    Signals:
        told: a sentence to say.
        begun: the sak has got a note.
        word_wanted: the user wants to read a Word file into the sak.
    """

    told = Signal(str)
    begun = Signal()
    word_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sak_id = ""
        self.title = label("", "undertittel", wrap=True)
        self.text = label("", "stille", wrap=True)
        for one in (self.title, self.text):
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            one.setMaximumWidth(520)
        self.start = button(_("Lag toppnotat"), self._start)
        self.read = button(_("Les inn fra Word …"), self.word_wanted.emit)
        self.choices = QWidget()
        self.choices.setLayout(row(self.start, self.read))
        centred = [row(None, one, None) for one in (self.title, self.text, self.choices)]
        for line in centred:
            line.setStretch(1, 2)
        centred[2].setStretch(1, 0)
        self.setLayout(column(None, *centred, None, None, spacing=12))

    def show_note(self, note: NoteView | None) -> None:
        """Say it of a sak; None where the meeting has no saker."""
        self._sak_id = note.sak.id if note else ""
        self.choices.setVisible(note is not None and not self._desk.read_only)
        if note is None:
            self.title.setText(_("Ingen saker ennå"))
            self.text.setText(
                _("Sett saker på dagsordenen. Her skrives toppnotatene til dem, én sak om gangen.")
            )
            return
        self.title.setText(note.sak.tittel)
        self.text.setText(_TEXTS[note.sak.toppnotatstatus])

    def _start(self) -> None:
        status = Toppnotatstatus.SKAL_HA
        done = self._desk.do(set_toppnotatstatus, sak_id=self._sak_id, toppnotatstatus=status)
        self.told.emit(done.error)
        if done:
            self.begun.emit()
