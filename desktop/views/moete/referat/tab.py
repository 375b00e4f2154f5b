"""The tab Referat: the saker at the left, what is written about one at the right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget, QWidget

from desktop.services.attendance_view import attendance_of
from desktop.services.minutes_actions import load_line_reader
from desktop.services.minutes_edit import hold_with_minutes
from desktop.services.minutes_view import (
    MinutesOverview,
    Saksmerke,
    load_minutes,
    load_sak_minutes,
    speakers_of,
)
from desktop.services.referater import Referatfelt
from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.minutes import (
    JUMPS,
    PEOPLE_TABLES,
    SAK_TABLES,
    SakerModel,
    count_text,
    standing_text,
)
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.tasks import Tasks
from desktop.views.moete.referat.attendance_sheet import AttendanceSheet
from desktop.views.moete.referat.head import Head
from desktop.views.moete.referat.keys import KeySheet
from desktop.views.moete.referat.panel import Context, SakPanel
from desktop.views.moete.referat.panels import Panels
from desktop.views.moete.referat.read_through import ReadThrough
from desktop.views.moete.referat.sak_acts import SakActs
from desktop.views.moete.referat.saker_list import SakerList
from desktop.views.moete.soon import Soon
from desktop.views.moete.tab import MeetingTab
from desktop.views.parts import EmptyPage, Notice, action, button, column, label, row
from desktop.views.words import _

_LEFT: Final = 268
_TICK_MS: Final = 10_000
_DONE: Final = frozenset({Saksmerke.BEHANDLET, Saksmerke.UTSATT, Saksmerke.TRUKKET})


class ReferatTab(MeetingTab):
    """Takes the minutes of a meeting while people talk."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences)
        self.overview: MinutesOverview | None = None
        self.context: Context | None = None
        self.model = SakerModel(self)
        self.list = SakerList(self.model)
        self.acts = SakActs(desk, self)
        self.notice = Notice()
        self.head = Head()
        self.saved = label("", "stille")
        self._make_left()
        self._make_right()
        self._lay_out()
        self._connect()
        self._add_shortcuts()

    # Making

    def _make_left(self) -> None:
        self.new_sak = QLineEdit()
        self.new_sak.setAccessibleName(_("Tittel på ny sak i møtet"))
        self.new_sak.setPlaceholderText(_("Tittel – Enter legger til, Esc lukker"))
        self.new_sak.hide()
        self.new_sak.returnPressed.connect(self._add_sak)
        self.add = button(
            _("Ny sak …"),
            self.ask_new_sak,
            tip=_("Ny sak i møtet, etter den som er valgt (Ctrl+N)"),
        )
        self.more = button(
            _("Saken …"),
            self.show_menu,
            tip=_("Ta nå, utsett, trekk, marker som behandlet (Ctrl+.)"),
        )

    def _make_right(self) -> None:
        self.standing = label("", "stille", wrap=True)
        self.hold = button(
            _("Marker som avholdt"),
            self.mark_held,
            tip=_("Møtet er avholdt; sakene det er skrevet om, er behandlet"),
        )
        self.standing_line = QWidget()
        line = row(self.standing, self.hold, spacing=10)
        line.setStretch(0, 1)
        line.setContentsMargins(18, 0, 18, 0)
        self.standing_line.setLayout(line)
        self.pages = QStackedWidget()
        self.empty = EmptyPage(
            _("Ingen saker i møtet"),
            _("Referatet skrives sak for sak. Sett saker på dagsordenen, eller legg til en her."),
        )
        self.waiting = QWidget()
        for page in (self.waiting, self.empty):
            self.pages.addWidget(page)
        self.panels = Panels(self.desk, self.pages)
        self.panels.prepare()
        self._soon = Soon(self._show_panel, self.desk, self)
        self._list_soon = Soon(self._load, self.desk, self)
        self.reading: ReadThrough | None = None

    def _lay_out(self) -> None:
        left = QWidget()
        left.setLayout(
            column(self.list, self.new_sak, row(self.add, self.more, None), self.saved, spacing=8)
        )
        self.writing = QWidget()
        self.writing.setLayout(column(self.standing_line, self.pages, spacing=6))
        self.right = QStackedWidget()
        self.right.addWidget(self.writing)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.right)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([_LEFT, 3 * _LEFT])
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        layout = column(self.head, self.notice, self.splitter, spacing=8)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self.write)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda place: self.acts.show_menu(self.list.viewport().mapToGlobal(place))
        )
        self.acts.told.connect(self.notice.say)
        self.acts.made.connect(self.show_sak)
        self.desk.saved.connect(self._tell_saved)
        self.head.attendance_wanted.connect(self.open_attendance)
        self.head.reading_wanted.connect(self.toggle_read)
        self.head.keys_wanted.connect(self.show_keys)
        self.ticker = QTimer(self, interval=_TICK_MS)
        self.ticker.timeout.connect(self.tick)

    def _add_shortcuts(self) -> None:
        steps: tuple[tuple[str, Callable[[], object], str], ...] = (
            (_("Neste sak"), partial(self.go, 1), "Alt+PgDown"),
            (_("Neste sak"), partial(self.go, 1), "Ctrl+Return"),
            (_("Neste sak"), partial(self.go, 1), "Ctrl+Enter"),
            (_("Forrige sak"), partial(self.go, -1), "Alt+PgUp"),
            (_("Innledning"), partial(self._in, SakPanel.go_to_introduction), "F2"),
            (_("Innspill"), partial(self._in, lambda panel: panel.go_to(panel.innspill)), "F4"),
            (_("Oppsummering"), partial(self._in, SakPanel.go_to_summary), "F5"),
            (_("Aksjonspunkt"), partial(self._in, SakPanel.go_to_actions), "F6"),
            (_("Oppmøte"), self.open_attendance, "F7"),
            (_("Vedtak"), partial(self._in, SakPanel.go_to_vedtak), "F8"),
            (_("Fraser for vedtaket"), partial(self._in, SakPanel.show_phrases), "Ctrl+F8"),
            (_("Vedtatt som foreslått"), partial(self._in, SakPanel.adopt_proposal), "F9"),
            (_("Habilitet"), partial(self._open_folded, Referatfelt.HABILITET), "Ctrl+Shift+H"),
            (
                _("Protokolltilførsel"),
                partial(self._open_folded, Referatfelt.PROTOKOLLTILFOERSEL),
                "Ctrl+Shift+P",
            ),
            (_("Meny for saken"), self.show_menu, "Ctrl+."),
            (_("Ny sak i møtet"), self.ask_new_sak, "Ctrl+N"),
            (_("Les gjennom"), self.toggle_read, "Ctrl+Shift+G"),
            (_("Taster i referatet"), self.show_keys, "Shift+F1"),
        )
        for text, act, keys in steps:
            action(self, text, act, keys)
        for place, digit in enumerate(JUMPS):
            text = _("Sak nummer {plass} i listen").format(plass=digit)
            action(self, text, partial(self.jump, place), f"Alt+{digit}")

    # Reading

    def show_moete(self, moete_id: str) -> None:
        """Show the saker of a meeting, or the same one anew."""
        other = moete_id != self.moete_id
        if other:
            self.flush()
            self.panels.keep(())
            self.pages.setCurrentWidget(self.waiting)
            self.notice.hide()
            self.right.setCurrentWidget(self.writing)
        super().show_moete(moete_id)
        self._load_context()
        self._load()
        self.panels.all_stale()
        if other:
            self._choose_first()
        self._soon.start()
        self._show_reading()

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a change touched; what is being typed stays."""
        if not self.moete_id:
            return
        if self.panels.is_saving:
            self._list_soon.start()
            return
        if changes.tables & PEOPLE_TABLES:
            self._load_context()
        if changes.tables & (SAK_TABLES | PEOPLE_TABLES):
            self._load()
            self.panels.all_stale()
            self._show_panel()
            self._show_reading()

    def _load(self) -> None:
        moete_id = self.moete_id
        chosen = self.sak_id
        self._list_soon.stop()
        self.overview = self.desk.read(lambda session: load_minutes(session, moete_id))
        self.acts.overview = self.overview
        blocked = self.list.blockSignals(True)
        self.model.set_saker(self.overview.saker)
        self.list.go_to(max(0, self.model.row_of(chosen)))
        self.list.blockSignals(blocked)
        self.panels.keep({sak.id for sak in self.overview.saker})
        self._show_standing(self.overview)
        self.tick()

    def _load_context(self) -> None:
        moete_id = self.moete_id
        found = self.desk.read(lambda session: attendance_of(session, moete_id))
        self.head.show_attendance(found)
        self._speakers = speakers_of(found)
        self._reader = self.desk.read(lambda session: load_line_reader(session, moete_id))

    def _show_standing(self, overview: MinutesOverview) -> None:
        text = standing_text(overview)
        self.standing.setText(text)
        self.standing_line.setVisible(bool(text) and bool(overview.saker))
        self.hold.setVisible(overview.can_be_held and not self.desk.read_only)
        writable = not self.desk.read_only and not overview.approved
        self.add.setEnabled(writable)
        self.more.setEnabled(writable and bool(overview.saker))
        self.context = Context(self._speakers, self._reader, writable)
        self.head.count.setText(count_text(overview.saker))

    def _choose_first(self) -> None:
        """Choose the sak that the meeting has come to."""
        saker = self.model.saker()
        rows = [place for place, sak in enumerate(saker) if sak.merke not in _DONE]
        if saker:
            self.list.go_to(rows[0] if rows else 0)

    @property
    def sak_id(self) -> str:
        """The key of the sak that is shown."""
        index = self.list.currentIndex()
        saker = self.model.saker()
        return saker[index.row()].id if 0 <= index.row() < len(saker) else ""

    def panel(self) -> SakPanel | None:
        """Return what is written about the sak that is shown."""
        self._soon.now()
        return self.panels.find(self.sak_id)

    def _choose(self, sak_id: str) -> None:
        old = self.pages.currentWidget()
        if isinstance(old, SakPanel) and old.sak_id != sak_id:
            old.leave()
        self._show_panel()
        if self.is_reading and self.reading is not None:
            self.reading.go_to(sak_id)

    def _show_panel(self) -> None:
        self._soon.stop()
        key, overview, context = self.sak_id, self.overview, self.context
        sak = overview.sak(key) if overview else None
        self.acts.sak_id = key
        if sak is None or context is None:
            self.pages.setCurrentWidget(self.empty)
            return
        panel = self.panels.of(key)
        if self.panels.take_stale(key):
            said = self.desk.read(lambda session: load_sak_minutes(session, key))
            panel.show_sak(sak, said, context)
        self.pages.setCurrentWidget(panel)
        self.tick()

    def show_sak(self, sak_id: str) -> None:
        """Choose a sak."""
        self.list.go_to(self.model.row_of(sak_id))

    # Going about

    def go(self, step: int) -> None:
        """Go to the next sak (1) or the one before (-1)."""
        self._to_row(self.list.currentIndex().row() + step)

    def jump(self, place: int) -> None:
        """Go to a sak by its place in the list."""
        self._to_row(place)

    def _to_row(self, place: int) -> None:
        if not 0 <= place < self.model.rowCount():
            return
        panel = self.panel()
        writing = panel is not None and panel.isAncestorOf(self._focused())
        self.list.go_to(place)
        if writing:
            self.write()

    def _focused(self) -> QWidget:
        found: QWidget | None = self.focusWidget()
        return self if found is None else found

    def write(self) -> None:
        """Go to where the writing of the sak goes on."""
        self.show_writing()
        panel = self.panel()
        if panel is not None:
            panel.go_on()

    def _in(self, act: Callable[[SakPanel], object]) -> None:
        self.show_writing()
        panel = self.panel()
        if panel is not None:
            act(panel)

    def _open_folded(self, felt: Referatfelt) -> None:
        self._in(lambda panel: panel.open_folded(felt))

    def show_menu(self) -> None:
        """Open the menu of the sak, beside it in the list."""
        rect = self.list.visualRect(self.list.currentIndex())
        self.acts.show_menu(self.list.viewport().mapToGlobal(rect.bottomLeft() + QPoint(24, 0)))

    def show_keys(self) -> None:
        """Show the keys."""
        self.key_sheet = KeySheet(self)
        self.key_sheet.open()

    def open_attendance(self) -> None:
        """Take the attendance beside the minutes."""
        if self.overview is None:
            return
        self.sheet = AttendanceSheet(self.desk, self, moete_id=self.moete_id, sak_id=self.sak_id)
        self.sheet.open()

    def ask_new_sak(self) -> None:
        """Ask for the title of a sak that the meeting adds."""
        if self.add.isEnabled():
            self.new_sak.show()
            self.new_sak.setFocus()

    def _add_sak(self) -> None:
        if self.acts.add(self.new_sak.text()):
            self.new_sak.clear()
            self.new_sak.hide()
            self.list.setFocus()

    def mark_held(self) -> None:
        """Say that the meeting was held."""
        self.flush()
        self.notice.say(self.desk.do(hold_with_minutes, moete_id=self.moete_id).error)

    # Reading through

    @property
    def is_reading(self) -> bool:
        """Whether the whole referat is shown."""
        return self.reading is not None and self.right.currentWidget() is self.reading

    def toggle_read(self) -> None:
        """Show the whole referat, or go back to writing."""
        if self.is_reading:
            self.write()
            return
        self.flush()
        if self.reading is None:
            self.reading = ReadThrough(self.desk, self.tasks)
            self.reading.wanted.connect(self._write_in)
            self.reading.left.connect(self.write)
            self.right.addWidget(self.reading)
        self.right.setCurrentWidget(self.reading)
        self.reading.show_moete(self.moete_id, self.sak_id)
        self.reading.setFocus()

    def show_writing(self) -> None:
        """Show what is written about one sak."""
        self.right.setCurrentWidget(self.writing)

    def _write_in(self, sak_id: str) -> None:
        self.show_sak(sak_id)
        self.write()

    def _show_reading(self) -> None:
        if self.is_reading and self.reading is not None:
            self.reading.show_moete(self.moete_id)

    # Keeping

    def flush(self) -> None:
        """Save what is typed."""
        self.panels.flush()

    def _tell_saved(self, when: dt.datetime) -> None:
        self.saved.setText(_("Lagret kl. {tid}").format(tid=f"{when:%H.%M}"))

    def tick(self) -> None:
        """Show what the clock is, and how the sak stands against its time."""
        sak = self.overview.sak(self.sak_id) if self.overview else None
        self.head.show_time(sak, dt.datetime.now())  # noqa: DTZ005
        self.list.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Let the clock go."""
        super().showEvent(event)
        self.ticker.start()
        self.tick()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Save what is typed, and let the clock stand."""
        super().hideEvent(event)
        self.ticker.stop()
        self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go from the text to the list with Esc; from the list Esc leaves the meeting."""
        if event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            if self.is_reading:
                self.write()
                return
            self.new_sak.hide()
            self.list.setFocus()
            return
        super().keyPressEvent(event)
