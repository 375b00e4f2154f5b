"""The dialog for a sak that is reported, or is in the queue and changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.i18n.parsing import UnreadableTextError
from desktop.i18n.terms import SAKSTYPER
from desktop.rules.kinds import Toppnotatstatus
from desktop.services.koe import QueueRow, change_queued, meetings_for, utvalg_names
from desktop.services.members_view import person_choices
from desktop.services.saker import report_sak
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.queue import PRIORITIES
from desktop.views.form import Choice, DateField, FormDialog, line
from desktop.views.words import _

STATUSES = (
    (Toppnotatstatus.SKAL_HA, _("Skal ha toppnotat")),
    (Toppnotatstatus.INGEN, _("Ingen toppnotat (skrives i dagsorden)")),
    (Toppnotatstatus.IKKE_AKTUELT, _("Ikke aktuelt")),
)


class SakDialog(FormDialog):
    """Reports a sak, or changes one that waits. `created` is the key of the new sak."""

    def __init__(
        self, parent: QWidget, desk: Desk, utvalg_id: str, held: QueueRow | None = None
    ) -> None:
        title = _("Endre sak i køen") if held else _("Meld inn sak")
        super().__init__(parent, title, _("Lagre") if held else _("Meld inn"), self._act)
        self.desk = desk
        self.held = held
        self.created: str | None = None
        self._make_fields(utvalg_id)
        if held:
            self._fill(held)
        self.utvalg.currentIndexChanged.connect(lambda _place: self._offer_meetings())
        self._offer_meetings()
        self.title.setFocus()

    def _make_fields(self, utvalg_id: str) -> None:
        self.title = line()
        self.utvalg = Choice(self.desk.read(utvalg_names))
        self.utvalg.choose(utvalg_id)
        self.utvalg.setEnabled(self.held is None)
        self.kind = Choice(
            [(None, _("Ingen type")), *((key, _(name)) for key, name in SAKSTYPER.items())]
        )
        self.status = Choice(STATUSES)
        self.reporter = Choice([(None, ""), *self.desk.read(person_choices)], searchable=True)
        self.date = DateField(dt.date.today())  # noqa: DTZ011
        self.meeting = Choice()
        self.meeting.setEditable(True)
        self.priority = Choice([(None, _("Ikke satt")), *PRIORITIES.items()])
        for text, field, tip in (
            (_("&Tittel"), self.title, ""),
            (_("&Utvalg"), self.utvalg, ""),
            (_("&Sakstype"), self.kind, ""),
            (_("Topp&notat"), self.status, ""),
            (_("&Innmeldt av"), self.reporter, _("Skriv noen bokstaver av navnet")),
            (_("&Dato"), self.date, _("For eksempel 14.12.23 eller 14. des")),
            (_("Ønsket &møte"), self.meeting, _("Velg et planlagt møte, eller skriv fritt")),
            (_("&Prioritet"), self.priority, ""),
        ):
            self.add(text, field, tip)

    def _offer_meetings(self) -> None:
        typed = self.meeting.currentText()
        utvalg_id = self.utvalg.key()
        meetings = self.desk.read(lambda session: meetings_for(session, utvalg_id))
        names = dict.fromkeys(choice.navn for choice in meetings)
        self.meeting.set_items([(None, ""), *((name, name) for name in names)])
        self.meeting.setEditText(typed)

    def _fill(self, held: QueueRow) -> None:
        self.title.setText(held.tittel)
        self.kind.choose(held.sakstype)
        self.status.choose(held.toppnotatstatus)
        self.reporter.choose(held.innmeldt_av_id)
        self.date.set_date(held.innmeldt)
        self.meeting.setEditText(held.oensket_moete or "")
        self.priority.choose(held.prioritet)

    def _act(self) -> str:
        if self.reporter.is_unknown():
            return _(
                "«{navn}» er ikke i registeret. Velg en person, eller la feltet stå tomt."
            ).format(navn=self.reporter.currentText().strip())
        try:
            values = self._values()
        except UnreadableTextError as error:
            return str(error)
        if self.held:
            return self.desk.do(change_queued, sak_id=self.held.id, **values).error
        outcome = self.desk.do(report_sak, utvalg_id=self.utvalg.key(), **values)
        if outcome.value is not None:
            self.created = outcome.value.id
        return outcome.error

    def _values(self) -> dict[str, Any]:
        return {
            "tittel": self.title.text(),
            "sakstype": self.kind.key(),
            "toppnotatstatus": self.status.key(),
            "innmeldt_av_id": self.reporter.key(),
            "innmeldt": self.date.date(),
            "oensket_moete": self.meeting.currentText(),
            "prioritet": self.priority.key(),
        }
