"""The versions of a note: when, who and what; two of them compared; and the way back to one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QWidget,
)

from desktop.i18n.dates import long_date, prose_clock
from desktop.richtext.tree import Tree
from desktop.services.note_edit import restore_toppnotat
from desktop.services.note_history import NoteVersion, compared, versions_in
from desktop.services.note_view import NoteView
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.note_words import version_parts
from desktop.views.diff_view import DiffView
from desktop.views.parts import Notice, button, column, label, row
from desktop.views.words import _

_BEFORE = -1
_WHOLE = -2


class HistoryDialog(QDialog):
    """Lists the versions of a note, the newest first, and shows what one changed."""

    def __init__(self, parent: QWidget, desk: Desk, note: NoteView) -> None:
        super().__init__(parent)
        self._desk = desk
        self._note = note
        self.versions: tuple[NoteVersion, ...] = ()
        self.setWindowTitle(_("Historikk"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = parent.window().size()
        self.resize(min(980, room.width() - 60), min(640, room.height() - 40))
        self.notice = Notice()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Versjoner av toppnotatet"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.against = QComboBox()
        self.against.setAccessibleName(_("Vis"))
        self.against.activated.connect(lambda _place: self._show())
        self.diff = DiffView(_("Forskjellen mellom versjonene"))
        self.back = button(_("Gå tilbake til denne"), self.restore)
        self.back.setToolTip(_("Skriver avsnittene og forslaget slik de var. Det kan angres."))
        self._lay_out()
        self.load()

    def _lay_out(self) -> None:
        shows = label(_("Vis"), "stille")
        shows.setBuddy(self.against)
        head = row(shows, self.against, None, spacing=8)
        right = QWidget()
        layout = column(head, self.diff, spacing=6)
        layout.setStretch(1, 1)
        right.setLayout(layout)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self.list)
        sides.addWidget(right)
        sides.setStretchFactor(1, 1)
        sides.setSizes([300, 660])
        sides.setChildrenCollapsible(False)
        close = button(_("Lukk"), self.accept, main=True)
        title = label(self._note.sak.tittel, "undertittel", wrap=True)
        whole = column(title, self.notice, sides, row(self.back, None, close), margin=16)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def load(self) -> None:
        """Read the versions, and show the newest."""
        self.versions = versions_in(self._desk.archive, sak_id=self._note.sak.id)
        self.list.clear()
        for version in self.versions:
            item = QListWidgetItem(_line(version))
            item.setToolTip(version.hva)
            self.list.addItem(item)
        self._fill_against()
        self.list.setCurrentRow(0)
        self._show()

    def _fill_against(self) -> None:
        self.against.clear()
        self.against.addItem(_("Det denne endret"), _BEFORE)
        self.against.addItem(_("Hele teksten"), _WHOLE)
        for place, version in enumerate(self.versions):
            name = _("Forskjellen til nå") if place == 0 else _when(version)
            text = name if place == 0 else _("Forskjellen til {naar}").format(naar=name)
            self.against.addItem(text, place)

    def current(self) -> NoteVersion | None:
        """Return the version that is chosen."""
        place = self.list.currentRow()
        return self.versions[place] if 0 <= place < len(self.versions) else None

    def _show(self) -> None:
        version, place = self.current(), self.list.currentRow()
        self.back.setEnabled(self._may_go_back(version, place))
        if version is None:
            self.diff.show_text(Tree())
            return
        against = self.against.currentData()
        if against == _WHOLE:
            self.diff.show_text(version.whole)
        elif against == _BEFORE:
            older = self.versions[place + 1] if place + 1 < len(self.versions) else None
            self.diff.show_diff(*compared(older, version))
        else:
            first, last = max(place, against), min(place, against)
            self.diff.show_diff(*compared(self.versions[first], self.versions[last]))

    def _may_go_back(self, version: NoteVersion | None, place: int) -> bool:
        if version is None or version.nummer is None or place == 0:
            return False
        return not (self._desk.read_only or self._note.locked or self._note.forslag_locked)

    def restore(self) -> None:
        """Write the texts as they were in the chosen version."""
        version = self.current()
        if version is None or version.nummer is None:
            return
        done = self._desk.do(restore_toppnotat, sak_id=self._note.sak.id, nummer=version.nummer)
        text = (
            _("Teksten er som {naar}. Ctrl+Z angrer.")
            if done.value
            else _("Teksten er allerede som {naar}. Ingenting er endret.")
        )
        self.notice.say(done.error or text.format(naar=_when(version)))
        if done:
            self.load()


def _when(version: NoteVersion) -> str:
    clock = prose_clock(version.tid.time())
    return _("{dato} kl. {tid}").format(dato=long_date(version.tid.date()), tid=clock)


def _line(version: NoteVersion) -> str:
    who = version.av or _("navnet er slettet")
    return _("{naar}, {hvem}\n{hva}").format(
        naar=_when(version), hvem=who, hva=version_parts(version)
    )
