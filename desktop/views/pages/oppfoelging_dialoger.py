"""The dialogs of follow-up: a commitment, a proposal before it is accepted, and a status sak."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from desktop.i18n.dates import long_date
from desktop.i18n.parsing import UnreadableTextError
from desktop.services.koe import utvalg_names
from desktop.services.members_view import organisation_choices, person_choices
from desktop.services.oppfoelging import change_oppfoelging, create_oppfoelging
from desktop.services.oppfoelging_forslag import ForslagRow, Owner, accept_forslag
from desktop.services.oppfoelging_view import CommitmentRow
from desktop.services.statussak import make_statussak, meetings_for_status
from desktop.viewmodels.desk import Desk
from desktop.views.form import Choice, DateField, FormDialog
from desktop.views.parts import column, label
from desktop.views.words import _


class _TaskDialog(FormDialog):
    """What every dialog about a commitment has: the task, whose it is, and by when."""

    def __init__(self, parent: QWidget, desk: Desk, title: str, save: str) -> None:
        super().__init__(parent, title, save, self.act)
        self.setMinimumWidth(560)
        self.desk = desk
        self.task = QPlainTextEdit()
        self.task.setTabChangesFocus(True)
        self.task.setMaximumHeight(96)
        bodies = desk.read(organisation_choices)
        self.body = Choice([(None, ""), *bodies], searchable=True)
        self.person = Choice([(None, ""), *desk.read(person_choices)], searchable=True)
        self.deadline = DateField()

    def add_common(self) -> None:
        """Add the fields, in their order."""
        self.add(_("&Oppgave"), self.task)
        self.add(_("O&rganisasjon"), self.body, _("Skriv noen bokstaver av navnet"))
        self.add(_("&Person"), self.person, _("Skriv noen bokstaver av navnet"))
        self.add(_("&Frist"), self.deadline, _("For eksempel 15.1.24 eller 15. jan"))

    def act(self) -> str:
        """Do it; return the sentence where it is refused."""
        for choice in (self.body, self.person):
            if choice.is_unknown():
                choice.setFocus()
                return _("«{navn}» er ikke i arkivet. Velg i listen.").format(
                    navn=choice.currentText().strip()
                )
        try:
            date = self.deadline.date()
        except UnreadableTextError as error:
            self.deadline.setFocus()
            return str(error)
        text = " ".join(self.task.toPlainText().split())
        if not text:
            self.task.setFocus()
            return _("Skriv hva som skal gjøres.")
        return self.save_task(text, date)

    def save_task(self, text: str, frist: dt.date | None) -> str:
        """Save what is typed; the dialogs know how."""
        return f"{text}{frist}"


class CommitmentDialog(_TaskDialog):
    """Makes a commitment of its own, or changes one. `created` is the key of a new one."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        held: CommitmentRow | None = None,
        utvalg_id: str | None = None,
    ) -> None:
        title = _("Endre oppfølging") if held else _("Ny oppfølging")
        super().__init__(parent, desk, title, _("Lagre") if held else _("Legg til"))
        self.held = held
        self.created = ""
        self.utvalg = Choice(desk.read(utvalg_names))
        self.add_common()
        if held is None:
            self.utvalg.choose(utvalg_id)
            self.add(_("&Utvalg"), self.utvalg)
        else:
            self.task.setPlainText(held.oppgave)
            self.body.choose(held.organisasjon_id)
            self.person.choose(held.person_id)
            self.deadline.set_date(held.frist)
        self.task.setFocus()

    def save_task(self, text: str, frist: dt.date | None) -> str:
        """Make the commitment, or change it."""
        body, person = self.body.key(), self.person.key()
        if self.held is not None:
            return self.desk.do(
                change_oppfoelging,
                oppfoelging_id=self.held.id,
                oppgave=text,
                eier_organisasjon_id=body,
                eier_person_id=person,
                frist=frist,
            ).error
        outcome = self.desk.do(
            create_oppfoelging,
            utvalg_id=self.utvalg.key(),
            oppgave=text,
            eier_organisasjon_id=body,
            eier_person_id=person,
            frist=frist,
        )
        self.created = outcome.value.id if outcome.value else ""
        return outcome.error


class ProposalDialog(_TaskDialog):
    """Changes what is proposed before it is accepted: each owner ticked gets a commitment."""

    def __init__(self, parent: QWidget, desk: Desk, forslag: ForslagRow) -> None:
        super().__init__(parent, desk, _("Endre forslag til oppfølging"), _("Godta"))
        self.forslag = forslag
        self.form.addRow(label(forslag.setning, "stille", wrap=True))
        self.owners = [(QCheckBox(owner.navn), owner) for owner in forslag.eiere]
        self.add_common()
        if self.owners:
            holder = QWidget()
            holder.setLayout(column(*(box for box, _owner in self.owners), spacing=4))
            self.form.insertRow(2, _("Ansvarlige"), holder)
        for box, owner in self.owners:
            box.setChecked(True)
            box.setAccessibleName(_("Ansvarlig: {navn}").format(navn=owner.navn))
        unknown = ", ".join(forslag.andre)
        task = f"{unknown[:1].upper()}{unknown[1:]}: {forslag.oppgave}" if unknown else ""
        self.task.setPlainText(task or forslag.oppgave)
        self.deadline.set_date(forslag.frist)
        self.task.setFocus()

    def save_task(self, text: str, frist: dt.date | None) -> str:
        """Accept the proposal as it is changed."""
        owners = [owner for box, owner in self.owners if box.isChecked()]
        if self.body.key() or self.person.key():
            owners.append(Owner(self.body.key(), self.person.key()))
        return self.desk.do(
            accept_forslag,
            forslag=self.forslag,
            oppgave=text,
            eiere=owners,
            frist=frist,
            fristen_er_endret=True,
        ).error


class StatusDialog(FormDialog):
    """Makes a status sak in a meeting or in the queue. `created` is its key."""

    def __init__(self, parent: QWidget, desk: Desk, utvalg_id: str | None, today: dt.date) -> None:
        super().__init__(parent, _("Lag statussak"), _("Lag statussak"), self._act)
        self.desk, self.today = desk, today
        self.created = ""
        self.moete_id: str | None = None
        self.form.addRow(
            label(
                _(
                    "Saken får et toppnotat der bakgrunnen er tabellen over oppfølging som ikke er "
                    "ferdig."
                ),
                "stille",
                wrap=True,
            )
        )
        self.utvalg = Choice(desk.read(utvalg_names))
        self.utvalg.choose(utvalg_id)
        self.meeting = Choice()
        self.add(_("&Utvalg"), self.utvalg)
        self.add(_("&Møte"), self.meeting)
        self.utvalg.currentIndexChanged.connect(lambda _place: self._offer_meetings())
        self._offer_meetings()

    def _offer_meetings(self) -> None:
        utvalg_id = self.utvalg.key()
        meetings = self.desk.read(lambda s: meetings_for_status(s, utvalg_id)) if utvalg_id else ()
        named = [
            (one.id, " – ".join(part for part in (one.nummer, long_date(one.dato)) if part))
            for one in meetings
        ]
        self.meeting.set_items([*named, (None, _("Ikke i noe møte ennå: sett saken i køen"))])
        ahead = (one.id for one in meetings if one.dato >= self.today)
        last = meetings[-1].id if meetings else None
        self.meeting.choose(next(ahead, last))

    def _act(self) -> str:
        self.moete_id = self.meeting.key()
        outcome = self.desk.do(
            make_statussak,
            utvalg_id=self.utvalg.key(),
            moete_id=self.moete_id,
            today=self.today,
        )
        self.created = outcome.value.id if outcome.value else ""
        return outcome.error
