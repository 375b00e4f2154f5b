"""Members pasted from Excel or Outlook: what will happen to each row is shown before it does."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.i18n.parsing import UnreadableTextError
from desktop.importing.people import PastedPerson, read_people
from desktop.rules.kinds import Funksjon
from desktop.services.members import Fate, PastedRow, add_members, check_pasted
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.members import FUNCTIONS, pasted_model
from desktop.views.form import Choice, DateField, FormDialog
from desktop.views.ordered_table import set_widths
from desktop.views.parts import label, table_view
from desktop.views.words import _

_TYPING_MS = 200
_SIZE, _MARGIN = QSize(760, 620), QSize(40, 60)


class PasteDialog(FormDialog):
    """Takes a pasted list and gives its people seats, as one step that can be undone."""

    def __init__(self, parent: QWidget, desk: Desk, utvalg_id: str, name: str) -> None:
        super().__init__(parent, _("Lim inn medlemmer"), _("Legg til"), self._act)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _MARGIN))
        self.desk, self.utvalg_id = desk, utvalg_id
        self.people: list[PastedPerson] = []
        help_text = _(
            "Kopier rader med navn, organisasjon og e-post fra Excel, eller adressene fra Outlook, "
            "og lim dem inn her. De blir medlemmer i {utvalg}."
        )
        self.form.addRow(label(help_text.format(utvalg=name), "stille", wrap=True))
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(
            _("Nordmann, Kari <kari@eksempel.no>; Ola Dahl <ola@eksempel.no>")
        )
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(130)
        self.add(_("&Liste"), self.text)
        self.model = pasted_model(self)
        self.table = table_view(_("Hva som skjer med hver rad"))
        self.table.setModel(self.model)
        set_widths(self.table, {0: 170, 1: 170, 2: 180}, stretch=3)
        self.form.addRow(self.table)
        self.summary = label("", "stille", wrap=True)
        self.form.addRow(self.summary)
        self.kind = Choice(FUNCTIONS.items())
        self.kind.choose(Funksjon.MEDLEM)
        self.start = DateField()
        self.add(_("F&unksjon"), self.kind)
        self.add(_("F&ra og med"), self.start)
        self.save.setEnabled(False)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.show_preview)
        self.text.textChanged.connect(self._typing.start)
        clipboard = QGuiApplication.clipboard().text()
        if "@" in clipboard:
            self.text.setPlainText(clipboard)
            self.show_preview()

    def show_preview(self) -> None:
        """Show what will happen to each row."""
        self._typing.stop()
        self.people = read_people(self.text.toPlainText())
        rows = self.desk.read(lambda s: check_pasted(s, self.utvalg_id, self.people))
        self.model.set_rows(rows)
        taken = [row for row in rows if row.is_taken]
        self.save.setEnabled(bool(taken))
        self.summary.setText(_summary(rows) if self.text.toPlainText().strip() else "")

    def _act(self) -> str:
        self.show_preview()
        try:
            start = self.start.date()
        except UnreadableTextError as error:
            return str(error)
        return self.desk.do(
            add_members,
            utvalg_id=self.utvalg_id,
            people=self.people,
            funksjon=self.kind.key(),
            fra=start,
        ).error


def _summary(rows: list[PastedRow]) -> str:
    """Return what the list holds, and what it lacks."""
    taken = [row for row in rows if row.is_taken]
    parts = [
        _.plural("{antall} person legges til", "{antall} personer legges til", len(taken)).format(
            antall=len(taken)
        )
    ]
    skipped = len(rows) - len(taken)
    if skipped:
        over = _.plural("{antall} rad hoppes over", "{antall} rader hoppes over", skipped)
        parts.append(over.format(antall=skipped))
    text = f"{', '.join(parts)}."
    if rows and all(row.fate is Fate.UNREADABLE for row in rows):
        text += " " + _("Fant ingen navn. Hver rad trenger fornavn og etternavn.")
    elif rows and not any(row.person.organisasjon for row in rows):
        text += " " + _("Listen har ingen organisasjoner; de kan fylles inn etterpå.")
    if taken and not any(row.person.epost for row in rows):
        text += " " + _("Listen har ingen e-postadresser; de kan fylles inn etterpå.")
    return text
