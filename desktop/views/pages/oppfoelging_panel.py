"""The side panel of follow-up: a commitment with its log, or a proposal and where it was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QWidget

from desktop.i18n.dates import long_date, numeric_date
from desktop.i18n.parsing import UnreadableTextError
from desktop.services.oppfoelging import update_oppfoelging
from desktop.services.oppfoelging_forslag import ForslagRow
from desktop.services.oppfoelging_view import CommitmentView, SakLink
from desktop.viewmodels.commitments import STATES, state_text
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.views.form import Choice, DateField
from desktop.views.lines import LINE_STYLE, LineButton
from desktop.views.parts import button, column, label, row
from desktop.views.words import _


class QuickUpdate(QFrame):
    """A line that says how a commitment goes: the day, what happened, and the state."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("kort")
        self.desk = desk
        self._view: CommitmentView | None = None
        self.date = DateField()
        self.date.setAccessibleName(_("Dato for oppdateringen"))
        self.date.setMaximumWidth(110)
        self.state = Choice((), _("Ny tilstand"))
        self.text = QLineEdit()
        self.text.setAccessibleName(_("Hva som har skjedd"))
        self.text.setPlaceholderText(_("Hva har skjedd?"))
        self.text.returnPressed.connect(self.save)
        self.ok = button(_("Oppdater"), self.save, main=True, tip=_("Enter i tekstfeltet"))
        self.problem = label("", "feil", wrap=True)
        self.problem.hide()
        when = row(self.date, self.state, spacing=6)
        when.setStretch(1, 1)
        self.setLayout(
            column(
                label(_("Oppdater …"), "stille"),
                self.text,
                when,
                self.problem,
                row(None, self.ok),
                margin=12,
                spacing=6,
            )
        )

    def show_view(self, view: CommitmentView | None, today: dt.date) -> None:
        """Serve a commitment; what is typed for one stays while that one is shown."""
        other = view is None or self._view is None or view.rad.id != self._view.rad.id
        self._view = view
        if other:
            self.text.clear()
            self.problem.hide()
        if other or not self.text.text():
            self.date.set_date(today)
        if view is not None:
            steps = [(step, _(STATES[step])) for step in view.neste]
            same = _("Fortsatt {tilstand}").format(tilstand=_(STATES[view.rad.tilstand]).lower())
            self.state.set_items([(None, same), *steps])
            if other:
                self.state.choose(None)
        self.setEnabled(view is not None and not self.desk.read_only)

    def save(self) -> None:
        """Put the update in the log; say in place why not, where it is refused."""
        if self._view is None:
            return
        error = self._save(self._view.rad.id)
        self.problem.setText(error)
        self.problem.setVisible(bool(error))

    def _save(self, key: str) -> str:
        try:
            date = self.date.date()
        except UnreadableTextError as unreadable:
            return str(unreadable)
        if date is None:
            self.date.setFocus()
            return _("Skriv hvilken dato det gjelder.")
        state = self.state.key()
        text = self.text.text().strip() or (_(STATES[state]) if state else "")
        if not text:
            self.text.setFocus()
            return _("Skriv hva som har skjedd, eller velg en ny tilstand.")
        held = self.text.text()
        self.text.clear()
        error = self.desk.do(
            update_oppfoelging, oppfoelging_id=key, dato=date, tekst=text, tilstand=state
        ).error
        if error:
            self.text.setText(held)
        return error


class FollowUpDetails(QWidget):
    """Shows a commitment, or a proposal.

    Signals:
        wanted: a Target the user wants to go to.
        vedtak_wanted: the key of a vedtak.
        link_wanted: the commitment shall be linked to one more sak.
        unlink_wanted: the key of a sak that it shall no longer be linked to.
    """

    wanted = Signal(object)
    vedtak_wanted = Signal(str)
    link_wanted = Signal()
    unlink_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setMinimumWidth(270)
        self._read_only = desk.read_only
        self.update_box = QuickUpdate(desk)
        self.area = QScrollArea()
        self.area.setAccessibleName(_("Om oppfølgingen"))
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(self.area, self.update_box, spacing=10))
        self._shown: object = self
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say what the panel is for."""
        self.update_box.hide()
        if self._shown is not None:
            self._shown = None
            self._put(iter((label(_("Velg en rad."), "stille"),)))

    def show_commitment(self, view: CommitmentView, today: dt.date) -> None:
        """Show a commitment with its log."""
        self.update_box.show()
        self.update_box.show_view(view, today)
        if view != self._shown:
            self._shown = view
            self._put(self._commitment(view))

    def show_proposal(self, forslag: ForslagRow) -> None:
        """Show where a proposal was read."""
        self.update_box.hide()
        if forslag != self._shown:
            self._shown = forslag
            self._put(self._proposal(forslag))

    def _put(self, parts: Iterator[QWidget]) -> None:
        card = QFrame()
        card.setObjectName("kort")
        card.setStyleSheet(LINE_STYLE)
        layout = column(*parts, margin=14, spacing=6)
        layout.addStretch(1)
        card.setLayout(layout)
        self.area.setWidget(card)

    def _commitment(self, view: CommitmentView) -> Iterator[QWidget]:
        one = view.rad
        yield label(one.oppgave, "undertittel", wrap=True)
        yield label(one.eier or _("Ingen er ansvarlig"), wrap=True)
        deadline = long_date(one.frist) if one.frist else _("ingen frist")
        yield label(
            _("Frist: {frist} · {tilstand}").format(frist=deadline, tilstand=state_text(one)),
            "advarsel" if " · " in state_text(one) else "stille",
            wrap=True,
        )
        if one.saker or not self._read_only:
            yield _heading(_("Saker"))
        for sak in one.saker:
            yield self._sak(sak) if self._read_only else self._linked(sak)
        if not self._read_only:
            yield _left(button(_("Knytt til sak …"), self.link_wanted.emit, tip=_("K i listen")))
        vedtak_id = one.vedtak_id
        if vedtak_id is not None:
            yield LineButton(_("Vedtaket"), "", lambda: self.vedtak_wanted.emit(vedtak_id))
        yield _heading(_("Logg"))
        if not view.logg:
            yield label(_("Ingen oppdateringer ennå."), "stille")
        for entry in view.logg:
            head = f"{numeric_date(entry.dato)} · {_(STATES[entry.tilstand])}"
            yield label(head, "stille")
            body = label(entry.tekst, wrap=True)
            body.setAccessibleName(f"{head}: {entry.tekst}")
            yield body

    def _sak(self, sak: SakLink) -> LineButton:
        text = f"{sak.nummer} {sak.tittel}".strip()
        target = (
            Target(Place.MOETER, sak.moete_id, Tab.REFERAT, sak.id)
            if sak.moete_id
            else Target(Place.SAKER, sak.id, sak_id=sak.id)
        )
        return LineButton(text, "", lambda: self.wanted.emit(target))

    def _linked(self, sak: SakLink) -> QWidget:
        """Return a sak with the button that takes the link away."""
        remove = button("×", lambda: self.unlink_wanted.emit(sak.id))
        what = _("Fjern koblingen til {sak}").format(sak=sak.nummer or sak.tittel)
        remove.setAccessibleName(what)
        remove.setToolTip(_("{hva}. Kan angres.").format(hva=what))
        remove.setStyleSheet("padding: 0;")
        remove.setFixedSize(QSize(1, 1) * remove.fontMetrics().height() * 2)
        held = QWidget()
        layout = row(self._sak(sak), remove, spacing=4)
        layout.setStretch(0, 1)
        held.setLayout(layout)
        return held

    def _proposal(self, forslag: ForslagRow) -> Iterator[QWidget]:
        yield label(forslag.oppgave, "undertittel", wrap=True)
        yield label(forslag.hvem or _("Ingen er nevnt"), wrap=True)
        if len(forslag.eiere) > 1:
            yield label(
                _("Blir {antall} oppfølginger, én for hver ansvarlig.").format(
                    antall=len(forslag.eiere)
                ),
                "stille",
                wrap=True,
            )
        if forslag.frist is not None:
            yield label(_("Frist: {frist}").format(frist=long_date(forslag.frist)), "stille")
        source = _("Fra vedtaket") if forslag.vedtak_id is not None else _("Fra aksjonspunktet")
        yield _heading(source)
        yield label(forslag.setning, wrap=True)
        yield _heading(_("Sak"))
        yield self._sak(SakLink(forslag.sak_id, forslag.sak, forslag.sak_tittel, forslag.moete_id))


def _left(widget: QWidget) -> QWidget:
    held = QWidget()
    held.setLayout(row(widget, None))
    return held


def _heading(text: str) -> QWidget:
    made = label(text, "stille")
    made.setContentsMargins(0, 8, 0, 0)
    return made
