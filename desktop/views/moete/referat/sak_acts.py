"""What can be done with a sak in the room: taken now, moved, postponed, withdrawn, added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.services.agenda_edit import shift_posts
from desktop.services.agenda_view import load_agenda_view
from desktop.services.dagsorden import postpone_sak, take_up_sak, withdraw_sak
from desktop.services.minutes_edit import add_sak_in_room, take_sak_now
from desktop.services.minutes_view import MinuteSak, MinutesOverview, Saksmerke
from desktop.services.vedtak import mark_treated
from desktop.viewmodels.desk import Desk
from desktop.views.words import _

_WAITING = frozenset({Saksmerke.IKKE_BEGYNT, Saksmerke.I_GANG})


class SakActs(QObject):
    """The acts on the sak that is chosen. Each can be undone with Ctrl+Z in the list.

    Signals:
        told: a sentence where an act was refused, "" where it went well.
        made: the key of a sak that was added.
    """

    told = Signal(str)
    made = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parent = parent
        self.overview: MinutesOverview | None = None
        self.sak_id = ""

    def _sak(self) -> MinuteSak | None:
        return self.overview.sak(self.sak_id) if self.overview else None

    def menu(self) -> QMenu:
        """Return the menu of the sak that is chosen."""
        menu = QMenu(self._parent)
        sak = self._sak()
        writable = sak is not None and not self._desk.read_only
        writable = writable and self.overview is not None and not self.overview.approved
        waiting = writable and sak is not None and sak.merke in _WAITING
        treatable = writable and sak is not None and not sak.behandlet
        steps: tuple[tuple[str, Callable[[], object], bool] | None, ...] = (
            (_("&Ta saken nå"), self.take_now, bool(waiting)),
            (_("Flytt &opp"), lambda: self.shift(-1), bool(writable)),
            (_("Flytt &ned"), lambda: self.shift(1), bool(writable)),
            None,
            (_("&Marker som behandlet"), self.treat, bool(treatable)),
            (_("&Utsett saken"), self.postpone, bool(waiting)),
            (_("T&rekk saken"), self.withdraw, bool(waiting)),
            (_("&Gi nummer nå"), self.take_up, bool(waiting and sak and sak.provisional)),
        )
        for step in steps:
            if step is None:
                menu.addSeparator()
                continue
            text, act, on = step
            made = menu.addAction(text)
            made.setEnabled(on)
            made.triggered.connect(lambda _checked=False, act=act: act())
        return menu

    def show_menu(self, place: QPoint) -> None:
        """Open the menu at a place of the screen."""
        self.opened = self.menu()
        self.opened.aboutToHide.connect(self.opened.deleteLater)
        self.opened.popup(place)
        enabled = [step for step in self.opened.actions() if step.isEnabled()]
        if enabled:
            self.opened.setActiveAction(enabled[0])

    def take_now(self) -> None:
        """Take the sak out of order: after the last one that the meeting has come to."""
        sak, overview = self._sak(), self.overview
        if sak is None or overview is None:
            return
        begun = [
            one.id
            for one in overview.saker
            if one.id != sak.id and one.merke is not Saksmerke.IKKE_BEGYNT
        ]
        after = begun[-1] if begun else None
        self._say(self._desk.do(take_sak_now, sak_id=sak.id, after_sak_id=after).error)

    def shift(self, step: Literal[-1, 1]) -> None:
        """Move the sak's row a place up or down."""
        overview = self.overview
        if overview is None:
            return
        key, moete_id = self.sak_id, overview.moete_id
        agenda = self._desk.read(lambda session: load_agenda_view(session, moete_id))
        line = agenda.line_of(key)
        if line is not None:
            done = self._desk.do(shift_posts, moete_id=moete_id, post_ids=[line.key], step=step)
            self._say(done.error)

    def treat(self) -> None:
        """Say that the meeting dealt with the sak."""
        self._say(self._desk.do(mark_treated, sak_id=self.sak_id).error)

    def postpone(self) -> None:
        """Postpone the sak."""
        self._say(self._desk.do(postpone_sak, sak_id=self.sak_id).error)

    def withdraw(self) -> None:
        """Withdraw the sak."""
        self._say(self._desk.do(withdraw_sak, sak_id=self.sak_id).error)

    def take_up(self) -> None:
        """Let a late sak take the next number."""
        self._say(self._desk.do(take_up_sak, sak_id=self.sak_id).error)

    def add(self, title: str) -> bool:
        """Report a new sak after the one that is chosen; False where it was refused."""
        overview = self.overview
        if overview is None:
            return False
        outcome = self._desk.do(
            add_sak_in_room,
            moete_id=overview.moete_id,
            tittel=title,
            innmeldt=dt.datetime.now().date(),  # noqa: DTZ005
            after_sak_id=self.sak_id or None,
        )
        self._say(outcome.error)
        if outcome.value is not None:
            self.made.emit(outcome.value.id)
        return bool(outcome)

    def _say(self, sentence: str) -> None:
        self.told.emit(sentence)
