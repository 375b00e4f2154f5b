"""The dialog that lets somebody join a meeting, or changes as what somebody takes part."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.rules.entity_kinds import Oppmoeterolle
from desktop.rules.kinds import Oppmoetestatus
from desktop.services.attendance_marks import (
    NyOrganisasjon,
    NyPerson,
    add_deltaker,
    change_deltaker,
)
from desktop.services.attendance_view import (
    Attendance,
    AttendanceRow,
    Candidate,
    candidates_for,
)
from desktop.viewmodels.desk import Desk
from desktop.views.form import FormDialog
from desktop.views.moete.attendance_delegates import shortened
from desktop.views.moete.choosers import Choice, Chooser
from desktop.views.parts import label, row
from desktop.views.words import _

ROLES: Final = MappingProxyType(
    {
        Oppmoeterolle.STEDFORTREDER: _("Stedfortreder for et medlem"),
        Oppmoeterolle.GJEST: _("Gjest"),
        Oppmoeterolle.SEKRETARIAT: _("Sekretariat"),
    }
)


class DeltakerDialog(FormDialog):
    """Asks who takes part, as what, for whom and for which saker.

    A name that is not in the archive makes a new person, and a name of an organisation likewise.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        attendance: Attendance,
        *,
        rolle: Oppmoeterolle = Oppmoeterolle.GJEST,
        for_id: str | None = None,
        changing: AttendanceRow | None = None,
    ) -> None:
        title = _("Endre deltaker") if changing else _("Legg til deltaker")
        save = _("Lagre endringene") if changing else _("Legg til")
        super().__init__(parent, title, save)
        self.submit = self._save
        self.setMinimumWidth(520)
        self.desk = desk
        self.attendance = attendance
        self.changing = changing
        utvalg_id, dato = attendance.utvalg_id, attendance.dato
        found = desk.read(lambda session: candidates_for(session, utvalg_id, dato))
        self._people = {one.person_id: one for one in found.personer}
        self._organisations = [Choice(one.id, one.navn) for one in found.organisasjoner]
        self._make_fields()
        self._start(changing.rolle if changing else rolle, for_id)

    def _make_fields(self) -> None:
        self.role = QComboBox()
        for rolle, text in ROLES.items():
            self.role.addItem(text, rolle)
        self.member = QComboBox()
        self.person = Chooser(_("Person"))
        self.first_name, self.last_name = QLineEdit(), QLineEdit()
        self.first_name.setAccessibleName(_("Fornavn"))
        self.first_name.setPlaceholderText(_("Fornavn"))
        self.last_name.setAccessibleName(_("Etternavn"))
        self.last_name.setPlaceholderText(_("Etternavn"))
        self.new_person = QWidget()
        self.new_person.setLayout(row(self.first_name, self.last_name))
        self.organisation = Chooser(_("Organisasjon"))
        self.new_organisation = label("", "stille", wrap=True)
        self.saker = QListWidget()
        self.saker.setMinimumHeight(150)
        self.saker.setToolTip(_("Mellomrom krysser av. Uten kryss er gjesten med hele møtet."))
        self.add(_("Deltar &som"), self.role)
        self.add(_("For &medlem"), self.member)
        self.add(_("&Person"), self.person)
        self.add(_("Ny person"), self.new_person)
        self.add(_("&Organisasjon"), self.organisation)
        self.form.addRow("", self.new_organisation)
        self.add(_("Med på &saker"), self.saker)
        self._fill_members()
        self._fill_saker()
        self.organisation.set_choices(self._organisations)

    def _fill_members(self) -> None:
        self.member.addItem(_("Velg medlem"), None)
        for one in self.attendance.rows:
            if one.rolle is Oppmoeterolle.MEDLEM:
                self.member.addItem(f"{one.navn} – {one.organisasjon}", one.person_id)

    def _fill_saker(self) -> None:
        held = self.changing.sak_ids if self.changing else ()
        for sak in self.attendance.saker:
            item = QListWidgetItem(f"{sak.nummer}  {shortened(sak.tittel)}")
            item.setData(Qt.ItemDataRole.UserRole, sak.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setSizeHint(QSize(0, 26))
            checked = sak.id in held
            item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
            self.saker.addItem(item)

    def _start(self, rolle: Oppmoeterolle, for_id: str | None) -> None:
        self.role.setCurrentIndex(max(0, self.role.findData(rolle)))
        wanted = self.changing.for_id if self.changing else for_id
        self.member.setCurrentIndex(max(0, self.member.findData(wanted)))
        self._offer_people()
        if self.changing is not None:
            self.person.choose(self.changing.person_id)
            self.person.setEnabled(False)
            self.organisation.choose(self.changing.organisasjon_id)
        self.role.currentIndexChanged.connect(lambda _place: self._role_chosen())
        self.member.currentIndexChanged.connect(lambda _place: self._offer_people())
        self.person.currentTextChanged.connect(lambda _text: self._person_named())
        self.organisation.currentTextChanged.connect(lambda _text: self._show_rows())
        if self.changing is None:
            self._person_named()
        self._show_rows()
        (self.role if self.changing else self.person).setFocus()

    def rolle(self) -> Oppmoeterolle:
        """Return as what the person takes part."""
        return Oppmoeterolle(self.role.currentData())

    def _role_chosen(self) -> None:
        self._offer_people()
        self._show_rows()

    def _offer_people(self) -> None:
        """Offer everybody; varas of the member first, and the only one of them is proposed."""
        stands_in = self.rolle() is Oppmoeterolle.STEDFORTREDER
        member = self.member.currentData() if stands_in else None
        own = [one for one in self._people.values() if member and member in one.vara_for]
        rest = [one for one in self._people.values() if one not in own]
        typed, key = self.person.unknown(), self.person.key()
        self.person.set_choices([_choice(one) for one in (*own, *rest)])
        if typed:
            self.person.setEditText(typed)
        elif key is None and self.changing is None and len(own) == 1:
            self.person.choose(own[0].person_id)
        self._propose_organisation()

    def _person_named(self) -> None:
        typed = self.person.unknown()
        first, _space, last = typed.rpartition(" ")
        self.first_name.setText(first)
        self.last_name.setText(last)
        self._propose_organisation()
        self._show_rows()

    def _propose_organisation(self) -> None:
        if self.changing is not None:
            return
        key = self.person.key()
        if key is not None:
            self.organisation.choose(self._people[key].organisasjon_id)
            return
        member = self.attendance.person(str(self.member.currentData() or ""))
        stands_in = self.rolle() is Oppmoeterolle.STEDFORTREDER
        if member is not None and stands_in and not self.organisation.currentText():
            self.organisation.choose(member.organisasjon_id)

    def _show_rows(self) -> None:
        rolle, unknown = self.rolle(), self.organisation.unknown()
        self.form.setRowVisible(self.member, rolle is Oppmoeterolle.STEDFORTREDER)
        self.form.setRowVisible(self.saker, rolle is Oppmoeterolle.GJEST)
        self.form.setRowVisible(self.new_person, bool(self.person.unknown()))
        self.form.setRowVisible(self.new_organisation, bool(unknown))
        self.new_organisation.setText(
            _("«{navn}» er ikke i arkivet og blir lagt til.").format(navn=unknown)
        )

    def _person(self) -> str | NyPerson:
        key = self.person.key()
        return key or NyPerson(self.first_name.text().strip(), self.last_name.text().strip())

    def _organisation(self) -> str | NyOrganisasjon | None:
        unknown = self.organisation.unknown()
        return NyOrganisasjon(unknown) if unknown else self.organisation.key()

    def _checked(self) -> list[str]:
        items = [self.saker.item(place) for place in range(self.saker.count())]
        checked = [one for one in items if one.checkState() is Qt.CheckState.Checked]
        return [str(one.data(Qt.ItemDataRole.UserRole)) for one in checked]

    def _save(self) -> str:
        if objection := self._objection():
            return objection
        rolle = self.rolle()
        stands_in = rolle is Oppmoeterolle.STEDFORTREDER
        for_id = self.member.currentData() if stands_in else None
        saker = self._checked() if rolle is Oppmoeterolle.GJEST else []
        if self.changing is None:
            return self.desk.do(
                add_deltaker,
                moete_id=self.attendance.moete_id,
                person=self._person(),
                rolle=rolle,
                organisasjon=self._organisation(),
                for_id=for_id,
                saker=saker,
            ).error
        return self.desk.do(
            change_deltaker,
            moete_id=self.attendance.moete_id,
            person_id=self.changing.person_id,
            rolle=rolle,
            organisasjon=self._organisation(),
            for_id=for_id,
            saker=saker,
            status=self.changing.status or Oppmoetestatus.TIL_STEDE,
        ).error

    def _objection(self) -> str:
        """Return what is missing, or "" ; the field that is meant gets the focus."""
        new = self.person.unknown()
        if not new and self.person.key() is None:
            self.person.setFocus()
            return _("Velg en person, eller skriv fornavn og etternavn på en ny.")
        if new and not (self.first_name.text().strip() and self.last_name.text().strip()):
            self.first_name.setFocus()
            return _("Skriv både fornavn og etternavn på den nye personen.")
        if self.rolle() is Oppmoeterolle.STEDFORTREDER and self.member.currentData() is None:
            self.member.setFocus()
            return _("Velg medlemmet som stedfortrederen møter for.")
        return ""


def _choice(one: Candidate) -> Choice:
    detail = one.organisasjon
    if one.er_vara:
        detail = _("{organisasjon}, vara").format(organisasjon=detail)
    return Choice(one.person_id, one.navn, detail)
