"""The dialogs of the page of members: persons, organisations and seats."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QWidget

from desktop.i18n.parsing import UnreadableTextError
from desktop.rules.kinds import Funksjon
from desktop.services.members import change_verv
from desktop.services.members_view import (
    OrganisationRow,
    PersonRow,
    SeatRow,
    member_seats,
    organisation_choices,
    person_choices,
    same_person,
)
from desktop.services.utvalg import (
    change_person,
    create_organisasjon,
    create_person,
    end_verv,
    give_verv,
    rename_organisasjon,
)
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.members import FUNCTIONS, period
from desktop.views.form import Choice, DateField, FormDialog, line
from desktop.views.parts import label
from desktop.views.words import _

_DATE_TIP = _("For eksempel 14.12.23 eller 14. des. Tomt er uten grense.")


def _unknown(choice: Choice) -> str:
    name = choice.currentText().strip()
    return _("«{navn}» er ikke i registeret. Velg fra listen, eller legg til først.").format(
        navn=name
    )


class PersonDialog(FormDialog):
    """Makes or changes a person. `created` is the key of a new one."""

    def __init__(self, parent: QWidget, desk: Desk, held: PersonRow | None = None) -> None:
        title = _("Endre person") if held else _("Ny person")
        super().__init__(parent, title, _("Lagre"), self._act)
        self.desk, self.held, self.created = desk, held, ""
        self.given = line(held.fornavn if held else "")
        self.family = line(held.etternavn if held else "")
        self.email = line(held.epost if held else "", hint=_("navn@eksempel.no"))
        self.phone = line(held.telefon if held else "")
        self.organisation = Choice([(None, ""), *desk.read(organisation_choices)], searchable=True)
        self.organisation.choose(held.organisasjon_id if held else None)
        self.add(_("&Fornavn"), self.given)
        self.add(_("&Etternavn"), self.family)
        self.add(_("E-&post"), self.email)
        self.add(_("&Telefon"), self.phone)
        self.add(_("&Organisasjon"), self.organisation, _("Skriv noen bokstaver av navnet"))

    def _act(self) -> str:
        if self.organisation.is_unknown():
            return _unknown(self.organisation)
        values = {
            "fornavn": self.given.text(),
            "etternavn": self.family.text(),
            "epost": self.email.text(),
            "telefon": self.phone.text(),
        }
        organisation = self.organisation.key()
        own = self.held.id if self.held else None
        twice = self.desk.read(
            lambda session: same_person(
                session, values["fornavn"], values["etternavn"], values["epost"], own
            )
        )
        if twice:
            text = _("{navn} finnes allerede. Skriv en annen e-postadresse hvis det er en annen.")
            return text.format(navn=twice)
        if self.held:
            return self.desk.do(
                change_person, person_id=self.held.id, organisasjon_id=organisation, **values
            ).error
        outcome = self.desk.do(create_person, organisasjon_id=organisation, **values)
        self.created = outcome.value.id if outcome.value else ""
        return outcome.error


class OrganisationDialog(FormDialog):
    """Makes an organisation. `created` is its key."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, _("Ny organisasjon"), _("Lagre"), self._act)
        self.desk, self.created = desk, ""
        self.name, self.short = line(), line()
        self.add(_("&Navn"), self.name)
        self.add(_("&Kortnavn"), self.short, _("Brukes der det er trangt"))

    def _act(self) -> str:
        outcome = self.desk.do(
            create_organisasjon, navn=self.name.text(), kortnavn=self.short.text()
        )
        self.created = outcome.value.id if outcome.value else ""
        return outcome.error


class RenameDialog(FormDialog):
    """Gives an organisation a new name from a date; older papers keep the old one."""

    def __init__(self, parent: QWidget, desk: Desk, held: OrganisationRow) -> None:
        super().__init__(parent, _("Nytt navn"), _("Lagre"), self._act)
        self.desk, self.held = desk, held
        names = [
            f"{name.navn} ({period(name.fra, name.til) or _('hele tiden')})"
            for name in held.navnene
        ]
        self.form.addRow(label("\n".join(names), "stille", wrap=True))
        self.name = line()
        self.short = line()
        self.start = DateField(dt.date.today())  # noqa: DTZ011
        self.add(_("&Nytt navn"), self.name)
        self.add(_("&Kortnavn"), self.short)
        self.add(
            _("Gjelder &fra"), self.start, _("Dokumenter fra før denne datoen beholder navnet")
        )

    def _act(self) -> str:
        try:
            start = self.start.date()
        except UnreadableTextError as error:
            return str(error)
        if start is None:
            return _("Skriv datoen det nye navnet gjelder fra.")
        return self.desk.do(
            rename_organisasjon,
            organisasjon_id=self.held.id,
            navn=self.name.text(),
            kortnavn=self.short.text(),
            fra=start,
        ).error


class SeatDialog(FormDialog):
    """Gives a person a seat, or changes one."""

    def __init__(
        self, parent: QWidget, desk: Desk, utvalg_id: str, held: SeatRow | None = None
    ) -> None:
        title = _("Endre verv") if held else _("Nytt medlem")
        super().__init__(parent, title, _("Lagre"), self._act)
        self.desk, self.utvalg_id, self.held = desk, utvalg_id, held
        self.person = Choice([(None, ""), *desk.read(person_choices)], searchable=True)
        self.kind = Choice(FUNCTIONS.items())
        self.organisation = Choice([(None, ""), *desk.read(organisation_choices)], searchable=True)
        others = desk.read(lambda session: member_seats(session, utvalg_id))
        own = held.id if held else None
        self.stands_for = Choice(
            [(None, _("Ingen bestemt")), *((key, name) for key, name in others if key != own)]
        )
        self.start, self.end = DateField(), DateField()
        self.add(_("&Person"), self.person, _("Skriv noen bokstaver av navnet"))
        self.add(_("F&unksjon"), self.kind)
        self.add(_("&Representerer"), self.organisation, _("Organisasjonen personen møter for"))
        self.add(_("Vara &for"), self.stands_for)
        self.add(_("F&ra og med"), self.start, _DATE_TIP)
        self.add(_("&Til og med"), self.end, _DATE_TIP)
        self.kind.choose(Funksjon.MEDLEM)
        if held:
            self._fill(held)
        self.kind.currentIndexChanged.connect(lambda _place: self._enable())
        self.person.currentIndexChanged.connect(lambda _place: self._propose_organisation())
        self._enable()

    def _fill(self, held: SeatRow) -> None:
        self.person.choose(held.person_id)
        self.person.setEnabled(False)
        self.kind.choose(held.funksjon)
        self.organisation.choose(held.organisasjon_id)
        self.stands_for.choose(held.vara_for_id)
        self.start.set_date(held.fra)
        self.end.set_date(held.til)

    def _enable(self) -> None:
        self.stands_for.setEnabled(self.kind.key() is Funksjon.VARA)

    def _propose_organisation(self) -> None:
        from desktop.services.members_view import load_people  # noqa: PLC0415

        people = {person.id: person for person in self.desk.read(load_people)}
        found = people.get(self.person.key() or "")
        if found and self.organisation.key() is None:
            self.organisation.choose(found.organisasjon_id)

    def _act(self) -> str:
        for choice in (self.person, self.organisation):
            if choice.is_unknown():
                return _unknown(choice)
        if self.person.key() is None:
            return _("Velg en person.")
        is_vara = self.kind.key() is Funksjon.VARA
        try:
            values = {
                "organisasjon_id": self.organisation.key(),
                "funksjon": self.kind.key(),
                "fra": self.start.date(),
                "til": self.end.date(),
                "vara_for_id": self.stands_for.key() if is_vara else None,
            }
        except UnreadableTextError as error:
            return str(error)
        if self.held:
            return self.desk.do(change_verv, verv_id=self.held.id, **values).error
        return self.desk.do(
            give_verv, utvalg_id=self.utvalg_id, person_id=self.person.key(), **values
        ).error


class EndDialog(FormDialog):
    """Ends a seat."""

    def __init__(self, parent: QWidget, desk: Desk, held: SeatRow) -> None:
        super().__init__(parent, _("Avslutt verv"), _("Avslutt verv"), self._act)
        self.desk, self.held = desk, held
        text = _("{navn} beholdes i referater og dokumenter fra tiden som medlem.")
        self.form.addRow(label(text.format(navn=held.navn), "stille", wrap=True))
        self.end = DateField(held.til or dt.date.today())  # noqa: DTZ011
        self.add(_("&Siste dag"), self.end)

    def _act(self) -> str:
        try:
            end = self.end.date()
        except UnreadableTextError as error:
            return str(error)
        if end is None:
            return _("Skriv den siste dagen.")
        return self.desk.do(end_verv, verv_id=self.held.id, til=end).error
