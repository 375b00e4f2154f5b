"""The dialog that corrects the names an organisation has had, and when it had them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from desktop.i18n.parsing import UnreadableTextError
from desktop.services.members import Navn, correct_organisasjon
from desktop.services.members_view import OrganisationRow
from desktop.services.rows import NavnRow
from desktop.viewmodels.desk import Desk
from desktop.views.form import DateField, FormDialog, line
from desktop.views.parts import button, label
from desktop.views.words import _

_MOST_SHOWN = 6


class NameLine:
    """The fields of one name."""

    def __init__(self, number: int, held: NavnRow) -> None:
        self.key = held.id
        self.name, self.short = line(held.navn), line(held.kortnavn)
        self.start, self.end = DateField(held.fra), DateField(held.til)
        self.start.setPlaceholderText(_("fra starten"))
        self.end.setPlaceholderText(_("til nå"))
        self.gone = button(_("Fjern"), lambda: None)
        for field, text in zip(
            self.fields(),
            (_("Navn {nr}"), _("Kortnavn {nr}"), _("Navn {nr} fra"), _("Navn {nr} til")),
            strict=True,
        ):
            field.setAccessibleName(text.format(nr=number))
        self.gone.setAccessibleName(_("Fjern navn {nr}").format(nr=number))

    def fields(self) -> tuple[QWidget, ...]:
        """Return the fields from left to right."""
        return (self.name, self.short, self.start, self.end)

    def value(self) -> Navn:
        """Return what is typed.

        Raises:
            UnreadableTextError: a date cannot be read.
        """
        return Navn(
            self.key, self.name.text(), self.short.text(), self.start.date(), self.end.date()
        )


class NamesDialog(FormDialog):
    """Corrects each name of an organisation: its spelling, and from when to when it held."""

    def __init__(self, parent: QWidget, desk: Desk, held: OrganisationRow) -> None:
        super().__init__(parent, _("Rett navn"), _("Lagre"), self._act)
        self.desk, self.held = desk, held
        self.lines = [NameLine(number, name) for number, name in enumerate(held.navnene, 1)]
        self.setMinimumWidth(720)
        text = _(
            "Retter skrivefeil og datoer overalt. Har organisasjonen byttet navn, velg "
            "«Nytt navn …»."
        )
        self.form.addRow(label(text, "stille", wrap=True))
        self.form.addRow(self._grid())
        for one in self.lines:
            one.gone.clicked.connect(lambda _checked=False, gone=one: self._remove(gone))
        self._enable()
        self.lines[-1].name.setFocus()

    def _grid(self) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for place, name in enumerate((_("Navn"), _("Kortnavn"), _("Fra og med"), _("Til og med"))):
            grid.addWidget(label(name, "stille"), 0, place)
        for number, one in enumerate(self.lines, 1):
            for place, field in enumerate((*one.fields(), one.gone)):
                grid.addWidget(field, number, place)
        for place, share in enumerate((5, 2, 2, 2)):
            grid.setColumnStretch(place, share)
        if len(self.lines) <= _MOST_SHOWN:
            return inner
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        area.setFixedHeight(260)
        return area

    def _remove(self, gone: NameLine) -> None:
        self.lines.remove(gone)
        for field in (*gone.fields(), gone.gone):
            field.hide()
        self.refuse("")
        self._enable()
        self.lines[-1].name.setFocus()

    def _enable(self) -> None:
        for one in self.lines:
            one.gone.setEnabled(len(self.lines) > 1)

    def _act(self) -> str:
        try:
            wanted = [one.value() for one in self.lines]
        except UnreadableTextError as error:
            return str(error)
        return self.desk.do(
            correct_organisasjon, organisasjon_id=self.held.id, navnene=wanted
        ).error
