"""What an utvalg is called, how it numbers its saker, and what a new meeting starts with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.i18n.dates import prose_clock
from desktop.i18n.parsing import parse_clock
from desktop.rules.kinds import Maalform
from desktop.rules.numbering import SakNumberPattern
from desktop.services.explain import EXPECTED, explain
from desktop.services.members_view import organisation_choices
from desktop.services.utvalg import LONGEST_COMMENT_DAYS, create_utvalg
from desktop.services.utvalg_settings import UtvalgSettings, change_utvalg
from desktop.viewmodels.desk import Desk
from desktop.views.field import Field
from desktop.views.form import Choice, FormDialog, line, number_field
from desktop.views.parts import column, label, row
from desktop.views.words import _

EXAMPLE_SAK = 28
LANGUAGES = ((Maalform.NB, _("Bokmål")), (Maalform.NN, _("Nynorsk")))


class Body(QWidget):
    """The fields of an utvalg. What is typed counts when the field is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.held: UtvalgSettings | None = None
        self.fields: dict[str, Field] = {}
        self.name = self._line("navn", _("&Navn"), _("Det fulle navnet: Nasjonalt e-helseråd"))
        self.definite = self._line(
            "bestemt",
            _("&I løpende tekst"),
            _("Slik det står i en setning: Prøverådet godkjenner …"),
        )
        self.short = self._line("kortnavn", _("&Kortnavn"), _("I lister og filnavn"))
        self.language = self._choice("maalform", _("&Målform i dokumentene"))
        self.language.set_items(LANGUAGES)
        self.pattern = self._line("moenster", _("&Saksnummer"), "")
        self.example = label("", "stille", wrap=True)
        self.secretariat = self._choice("sekretariat", _("Sek&retariat"))
        self.place = self._line("sted", _("S&ted for møtene"), "")
        self.start = self._line("fra", _("&Fra kl."), "")
        self.end = self._line("til", _("Ti&l kl."), "")
        self.days = number_field(0, 0, LONGEST_COMMENT_DAYS, _("dager"))
        self.fields["frist"] = Field(_("Komment&arfrist for referatet"), self.days)
        self.days.editingFinished.connect(lambda: self.keep("frist"))
        self.pattern.textChanged.connect(lambda _text: self.show_example())
        self._lay_out()

    def _line(self, key: str, name: str, help_text: str) -> QLineEdit:
        made = QLineEdit()
        self.fields[key] = Field(name, made, help_text=help_text)
        made.editingFinished.connect(lambda: self.keep(key))
        return made

    def _choice(self, key: str, name: str) -> Choice:
        made = Choice()
        self.fields[key] = Field(name, made)
        made.activated.connect(lambda _place: self.keep(key))
        return made

    def _lay_out(self) -> None:
        pair = self.fields
        self.fields["moenster"].layout().addWidget(self.example)  # type: ignore[union-attr]
        self.setLayout(
            column(
                label(_("Utvalget"), "undertittel"),
                pair["navn"],
                _side_by_side(pair["bestemt"], pair["kortnavn"]),
                _side_by_side(pair["maalform"], pair["sekretariat"]),
                _side_by_side(pair["moenster"], pair["frist"]),
                _side_by_side(pair["sted"], _side_by_side(pair["fra"], pair["til"])),
                None,
                spacing=14,
            )
        )

    def show_settings(self, held: UtvalgSettings) -> None:
        """Show an utvalg; a field that is being written in is left alone."""
        same = self.held is not None and self.held.id == held.id
        self.held = held
        self.secretariat.set_items([(None, _("Ikke valgt")), *self.desk.read(organisation_choices)])
        texts = {
            self.name: held.navn,
            self.definite: held.bestemt,
            self.short: held.kortnavn,
            self.pattern: held.saksnummermoenster,
            self.place: held.standardsted or "",
            self.start: prose_clock(held.standard_fra) if held.standard_fra else "",
            self.end: prose_clock(held.standard_til) if held.standard_til else "",
        }
        for field, text in texts.items():
            if not (same and (field.hasFocus() or field.property("feil"))):
                field.setText(text)
                field.setCursorPosition(0)
        self.language.choose(held.maalform)
        self.secretariat.choose(held.sekretariat_id)
        if not (same and self.days.hasFocus()):
            self.days.setValue(held.kommentarfrist_dager)
        if not same:
            for shown in self.fields.values():
                shown.say("")
        self.show_example()

    def show_example(self) -> None:
        """Show how a number looks by the pattern that is typed, or what is wrong with it."""
        year = dt.date.today().year  # noqa: DTZ011
        try:
            number = SakNumberPattern(self.pattern.text()).format(year, EXAMPLE_SAK)
        except EXPECTED as error:
            self.fields["moenster"].say(explain(error))
            self.example.hide()
            return
        self.fields["moenster"].say("")
        self.example.setText(
            _("Slik: sak {nummer}. Bruk {felt} for nummer og år.").format(
                nummer=number, felt="{nr}, {nr:03}, {aar}, {aar2}"
            )
        )
        self.example.show()

    def keep(self, key: str) -> None:
        """Take what a field says into the archive, or say in place why not."""
        if self.held is None or self.desk.read_only:
            return
        field = self.fields[key]
        try:
            values = self._values()
        except EXPECTED as error:
            field.say(explain(error))
            return
        outcome = self.desk.do(change_utvalg, utvalg_id=self.held.id, **values)
        field.say(outcome.error)

    def _values(self) -> dict[str, Any]:
        return {
            "navn": self.name.text(),
            "bestemt": self.definite.text(),
            "kortnavn": self.short.text(),
            "maalform": self.language.key(),
            "saksnummermoenster": self.pattern.text(),
            "sekretariat_id": self.secretariat.key(),
            "standardsted": self.place.text(),
            "standard_fra": parse_clock(self.start.text()),
            "standard_til": parse_clock(self.end.text()),
            "kommentarfrist_dager": self.days.value(),
            "husregler": self.held.husregler if self.held else None,
        }


def _side_by_side(*parts: QWidget) -> QWidget:
    holder = QWidget()
    layout = row(*parts, spacing=16)
    for place, part in enumerate(parts):
        layout.setStretch(place, 1)
        layout.setAlignment(part, Qt.AlignmentFlag.AlignTop)
    holder.setLayout(layout)
    return holder


class UtvalgDialog(FormDialog):
    """Asks for a new utvalg. `created` is its key."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, _("Nytt utvalg"), _("Legg til"), self._act)
        self.desk, self.created = desk, ""
        self.name = line()
        self.short = line()
        self.language = Choice(LANGUAGES)
        self.add(_("&Navn"), self.name)
        self.add(_("&Kortnavn"), self.short, _("Tomt: det samme som navnet"))
        self.add(_("&Målform"), self.language, _("Faste poster og fraser får denne målformen"))

    def _act(self) -> str:
        outcome = self.desk.do(
            create_utvalg,
            navn=self.name.text(),
            kortnavn=self.short.text(),
            maalform=self.language.key(),
        )
        self.created = outcome.value.id if outcome.value else ""
        return outcome.error
