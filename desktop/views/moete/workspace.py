"""The workspace of one meeting: its head line, its steps and its tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.states import MoeteTilstand
from desktop.services.minutes_edit import hold_with_minutes
from desktop.services.moete_lists import MoeteHead, moete_head
from desktop.services.moeter import cancel_moete, close_moete
from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.meetings import STATES, head_texts
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Tab
from desktop.viewmodels.tasks import Tasks
from desktop.views.moete.plan_dialog import MoeteDialog
from desktop.views.moete.tab import MeetingTab
from desktop.views.parts import Notice, action, button, column, icon, label, row
from desktop.views.words import _

_HEAD_TABLES = frozenset({"moete", "moetedag", "utvalg", "nummerserie", "referat"})
MakeTab = Callable[[Desk, Tasks, Preferences], MeetingTab]
Step = Callable[..., ChangeSet]


def _dagsorden(desk: Desk, tasks: Tasks, preferences: Preferences) -> MeetingTab:
    from desktop.views.moete.dagsorden import DagsordenTab  # noqa: PLC0415

    return DagsordenTab(desk, tasks, preferences)


def _toppnotater(desk: Desk, tasks: Tasks, preferences: Preferences) -> MeetingTab:
    from desktop.views.moete.toppnotat.tab import ToppnotaterTab  # noqa: PLC0415

    return ToppnotaterTab(desk, tasks, preferences)


def _deltakere(desk: Desk, tasks: Tasks, preferences: Preferences) -> MeetingTab:
    from desktop.views.moete.deltakere import DeltakereTab  # noqa: PLC0415

    return DeltakereTab(desk, tasks, preferences)


def _referat(desk: Desk, tasks: Tasks, preferences: Preferences) -> MeetingTab:
    from desktop.views.moete.referat.tab import ReferatTab  # noqa: PLC0415

    return ReferatTab(desk, tasks, preferences)


def _dokumenter(desk: Desk, tasks: Tasks, preferences: Preferences) -> MeetingTab:
    from desktop.views.moete.dokumenter import DokumenterTab  # noqa: PLC0415

    return DokumenterTab(desk, tasks, preferences)


def _kontroll(desk: Desk, tasks: Tasks, preferences: Preferences) -> MeetingTab:
    from desktop.views.moete.kontroll import KontrollTab  # noqa: PLC0415

    return KontrollTab(desk, tasks, preferences)


TABS: Final[Mapping[Tab, tuple[str, MakeTab]]] = MappingProxyType(
    {
        Tab.DAGSORDEN: (_("Dagsorden"), _dagsorden),
        Tab.TOPPNOTATER: (_("Toppnotater"), _toppnotater),
        Tab.DELTAKERE: (_("Deltakere"), _deltakere),
        Tab.REFERAT: (_("Referat"), _referat),
        Tab.DOKUMENTER: (_("Dokumenter"), _dokumenter),
        Tab.KONTROLL: (_("Kontroll"), _kontroll),
    }
)
_STEPS: Final = (
    (MoeteTilstand.AVHOLDT, _("Marker som avholdt"), hold_with_minutes),
    (MoeteTilstand.AVSLUTTET, _("Avslutt møtet"), close_moete),
    (MoeteTilstand.AVLYST, _("Avlys møtet"), cancel_moete),
)


class _Elided(QWidget):
    """A quiet line that is cut where there is no room; the whole is its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self._shown = label("", "stille")
        self._shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setLayout(column(self._shown))

    def text(self) -> str:
        """Return the whole text."""
        return self._whole

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cut the text anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self._shown.fontMetrics()
        cut = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self._shown.setText(cut)
        self._shown.setToolTip(self._whole if cut != self._whole else "")
        self._shown.setAccessibleName(self._whole)


class Workspace(QWidget):
    """One meeting with its tabs. A tab is made and read when it is first shown.

    Signals:
        wanted: a Target the user wants to go to.
        left: the user wants back to the list.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        preferences: Preferences,
        tabs: Mapping[Tab, tuple[str, MakeTab]] = TABS,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.moete_id = ""
        self.head: MoeteHead | None = None
        self._context = (desk, tasks, preferences)
        self._makers = tabs
        self._made: dict[Tab, MeetingTab] = {}
        self._holders: dict[Tab, QVBoxLayout] = {}
        self._stale: set[Tab] = set()
        self._make_head()
        self._make_tabs()
        self.notice = Notice()
        layout = column(self._head_line(), self.notice, self.tabs, margin=16, spacing=10)
        self.setLayout(layout)
        self._add_shortcuts()

    def _make_head(self) -> None:
        self.back = QToolButton()
        self.back.setIcon(icon("tilbake"))
        self.back.setIconSize(QSize(20, 20))
        self.back.setAccessibleName(_("Tilbake til møtene"))
        self.back.setToolTip(_("Tilbake til møtene (Esc eller Alt+Venstre)"))
        self.back.clicked.connect(lambda _checked=False: self.left.emit())
        self.name = label("", "tittel")
        self.provisional = label(_("foreløpig nummer"), "foreloepig")
        self.facts = _Elided()
        self.change = button(_("Endre møtet …"), self.change_moete)
        self.change.setToolTip(_("Dager, tid, sted, møteleder og referent (Ctrl+E)"))
        self.state = QPushButton()
        menu = QMenu(self.state)
        self.steps: dict[MoeteTilstand, QAction] = {}
        for state, text, verb in _STEPS:
            step = menu.addAction(text)
            step.triggered.connect(lambda _checked=False, chosen=verb: self._step(chosen))
            self.steps[state] = step
        self.state.setMenu(menu)

    def _head_line(self) -> QWidget:
        line = QWidget()
        names = column(row(self.name, self.provisional, None, spacing=10), self.facts, spacing=2)
        layout = row(self.back, names, self.state, self.change, spacing=10)
        layout.setStretch(1, 1)
        line.setLayout(layout)
        return line

    def _make_tabs(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(_("Deler av møtet"))
        for tab, (name, _make) in self._makers.items():
            page, self._holders[tab] = QWidget(), column()
            page.setLayout(self._holders[tab])
            self.tabs.addTab(page, name)
        self.tabs.currentChanged.connect(lambda _place: self._show_tab())

    def _add_shortcuts(self) -> None:
        action(self, _("Tilbake til møtene"), self.left.emit, "Alt+Left")
        action(self, _("Endre møtet …"), self.change_moete, "Ctrl+E")
        for step, keys in ((1, ("Ctrl+Tab", "Ctrl+PgDown")), (-1, ("Ctrl+Shift+Tab", "Ctrl+PgUp"))):
            text = _("Neste fane") if step > 0 else _("Forrige fane")
            turn = action(self, text, partial(self._turn, step))
            turn.setShortcuts([QKeySequence(key) for key in keys])
            turn.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def open(self, moete_id: str, tab: Tab | None = None, sak_id: str | None = None) -> bool:
        """Show a meeting; False if it is not in the archive."""
        self.notice.hide()
        other = moete_id != self.moete_id
        self.moete_id = moete_id
        if not self._load_head():
            return False
        self._stale = set(self._made)
        wanted = tab or (Tab.DAGSORDEN if other or sak_id else self.current_tab())
        place = list(self._makers).index(wanted)
        if self.tabs.currentIndex() == place:
            self._show_tab()
        else:
            self.tabs.setCurrentIndex(place)
        if sak_id is not None:
            self._made[wanted].show_sak(sak_id)
        return True

    def refresh(self, changes: ChangeSet) -> bool:
        """Read again what a change touched; False if the meeting is gone."""
        if changes.tables & _HEAD_TABLES and not self._load_head():
            return False
        shown = self.current_tab()
        for tab, made in self._made.items():
            if tab is shown and tab not in self._stale:
                made.refresh(changes)
            elif tab is not shown:
                self._stale.add(tab)
        return True

    def current_tab(self) -> Tab:
        """Return the tab that is shown."""
        return list(self._makers)[self.tabs.currentIndex()]

    def tab(self, tab: Tab) -> MeetingTab:
        """Return a tab, made where it was not shown yet."""
        if tab not in self._made:
            made = self._makers[tab][1](*self._context)
            made.wanted.connect(self.wanted)
            self._holders[tab].addWidget(made)
            self._made[tab] = made
            self._stale.add(tab)
        return self._made[tab]

    def take_focus(self) -> None:
        """Give the keyboard to the tab that is shown."""
        self.tab(self.current_tab()).setFocus(Qt.FocusReason.OtherFocusReason)
        focused: QWidget | None = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_part(self, part: str) -> None:
        """Go to a part of what the tab shows."""
        self.tab(self.current_tab()).show_part(part)

    def _show_tab(self) -> None:
        if not self.moete_id:
            return
        tab = self.current_tab()
        made = self.tab(tab)
        if tab in self._stale:
            self._stale.discard(tab)
            made.show_moete(self.moete_id)

    def build_next(self) -> bool:
        """Make a tab nobody has seen; return whether there was one left."""
        unmade = next((tab for tab in self._makers if tab not in self._made), None)
        if unmade is not None:
            self.tab(unmade)
        return unmade is not None

    def _turn(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())
        self.take_focus()

    def _load_head(self) -> bool:
        moete_id = self.moete_id
        self.head = self.desk.read(lambda session: moete_head(session, moete_id))
        if self.head is None:
            return False
        name, facts = head_texts(self.head)
        self.name.setText(name)
        self.facts.set_text(facts)
        self.provisional.setVisible(self.head.foreloepig)
        self._show_state(self.head)
        return True

    def _show_state(self, head: MoeteHead) -> None:
        text = STATES[head.tilstand]
        self.state.setText(text)
        self.state.setAccessibleName(_("Tilstand: {tilstand}").format(tilstand=text))
        self.state.setToolTip(_("Møtets tilstand. Velg det neste som har skjedd."))
        for state, step in self.steps.items():
            step.setEnabled(state in head.steps and not self.desk.read_only)
        self.change.setEnabled(head.kan_endres and not self.desk.read_only)

    def _step(self, verb: Step) -> None:
        for made in self._made.values():
            made.flush()
        self.notice.say(self.desk.do(verb, moete_id=self.moete_id).error)

    def change_moete(self) -> None:
        """Open the dialog that changes days, place and people of the meeting."""
        if self.head is None or not self.change.isEnabled():
            return
        self.dialog = MoeteDialog(self.desk, self, utvalg_id=self.head.utvalg_id, head=self.head)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go back with Esc, where nothing else took it."""
        if event.key() == Qt.Key.Key_Escape and event.type() == QEvent.Type.KeyPress:
            self.left.emit()
        else:
            super().keyPressEvent(event)
