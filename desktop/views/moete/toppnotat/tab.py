"""The tab Toppnotater: the saker, the note that is written, and the document it becomes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QToolButton, QWidget

from desktop.documents.document import FigureFile
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.kinds import Toppnotatstatus
from desktop.services.errors import ServiceError
from desktop.services.explain import EXPECTED
from desktop.services.note_view import (
    NoteLine,
    NoteView,
    read_note,
    read_notes,
    read_one_figure,
    words_of,
    written,
)
from desktop.services.saker import set_toppnotatstatus
from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.note_list import NoteListModel
from desktop.viewmodels.note_preview import as_written, figures_of
from desktop.viewmodels.note_words import length_text, missing_text
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.viewmodels.tasks import Tasks
from desktop.views.editor.find_bar import FindBar
from desktop.views.editor.text_edit import TextEdit
from desktop.views.editor.toolbar import FormatBar
from desktop.views.moete.soon import Soon
from desktop.views.moete.tab import MeetingTab
from desktop.views.moete.toppnotat.forhaandsvisning import NotePreview
from desktop.views.moete.toppnotat.ingen import NoNote
from desktop.views.moete.toppnotat.linje import NoteBar
from desktop.views.moete.toppnotat.liste import NoteList
from desktop.views.moete.toppnotat.side import NotePage
from desktop.views.parts import Notice, action, column, label, row
from desktop.views.words import _

_UNTOUCHED: Final = frozenset(
    {"arkiv", "oppfoelging", "utsendelse", "utsendelsefil", "mottaker", "innspill", "saksreferat"}
)
_PEOPLE: Final = frozenset({"person", "organisasjon", "organisasjonsnavn"})
_PAUSE_MS: Final = 350
_WIDE: Final = 900
_LEAST: Final = 480
_LIST_WIDTH: Final = 236
_KIND_WIDTH: Final = 92


class ToppnotaterTab(MeetingTab):
    """The notes of a meeting."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences)
        self._note: NoteView | None = None
        self._ahead: tuple[str, NoteView | None] = "", None
        self._due = Soon(self._show_read, desk, self)
        self._figures: dict[str, FigureFile] = {}
        self._edit: TextEdit | None = None
        self._is_new = True
        self.model = NoteListModel(self)
        self.list = NoteList(self.model)
        self.bar = NoteBar(desk)
        self.format_bar = FormatBar()
        self._page = NotePage(desk, tasks)
        self.find_bar = FindBar(self.page.edits, self._reveal)
        self.preview = NotePreview()
        self.none = NoNote(desk)
        self.notice = Notice()
        self.length = label("", "stille")
        self.missing = label("", "advarsel")
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._after_pause)
        desk.closing.connect(self._soon.stop)
        self._make_layout()
        self._connect()
        self._make_keys()
        self.setFocusProxy(self.list)

    def _make_layout(self) -> None:
        self.list_toggle = self._toggle(_("Saker"), "toppnotater/saker", self.list)
        self.preview_toggle = self._toggle(
            _("Forhåndsvisning"), "toppnotater/forhaandsvisning", self.preview
        )
        self.bar.add_toggles(self.list_toggle, self.preview_toggle)
        foot = row(self.length, self.missing, None, spacing=14)
        foot.setContentsMargins(4, 2, 4, 4)
        written_part = QWidget()
        middle = column(self.page, spacing=4)
        middle.addLayout(foot)
        middle.setStretch(0, 1)
        written_part.setLayout(middle)
        self.sides = QSplitter(Qt.Orientation.Horizontal)
        self.sides.addWidget(written_part)
        self.sides.addWidget(self.preview)
        self.format_bar.setStyleSheet('QToolButton[popupMode="0"] { padding: 4px; }')
        self.format_bar.kind.setMinimumWidth(_KIND_WIDTH)
        self.format_bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.writing = QWidget()
        writing = column(self.format_bar, self.find_bar, self.sides, spacing=4)
        writing.setStretch(2, 1)
        self.writing.setLayout(writing)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.writing)
        self.stack.addWidget(self.none)
        self.whole = QSplitter(Qt.Orientation.Horizontal)
        self.whole.addWidget(self.list)
        self.whole.addWidget(self.stack)
        self._remember(self.sides, "toppnotater/bredde", (3, 2))
        self._remember(self.whole, "toppnotater/venstre", (0, 1))
        layout = column(self.bar, self.notice, self.whole, spacing=6)
        layout.setStretch(2, 1)
        layout.setContentsMargins(0, 8, 0, 0)
        self.setLayout(layout)
        self.setMinimumWidth(_LEAST)

    def _remember(self, splitter: QSplitter, key: str, shares: tuple[int, int]) -> None:
        splitter.setChildrenCollapsible(False)
        for place, share in enumerate(shares):
            splitter.setStretchFactor(place, share)
        splitter.splitterMoved.connect(
            lambda *_args: self.preferences.set_window_state(key, splitter.saveState())
        )

    def _toggle(self, name: str, key: str, pane: QWidget) -> QToolButton:
        made = QToolButton()
        made.setText(name)
        made.setAccessibleName(_("Vis {del_}").format(del_=name.lower()))
        made.setCheckable(True)
        made.setChecked(self.preferences.text(key, "vis") == "vis")
        pane.setVisible(made.isChecked())
        made.toggled.connect(lambda on: self._fold(pane, key, shown=on))
        return made

    def _fold(self, pane: QWidget, key: str, *, shown: bool) -> None:
        pane.setVisible(shown)
        self.preferences.set_text(key, "vis" if shown else "skjul")
        if shown:
            self._show_preview(anew=False)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Give the sides the room they had, once it is known how much there is."""
        super().showEvent(event)
        if self._is_new:
            self._is_new = False
            QTimer.singleShot(0, self, self._share_room)

    def _share_room(self) -> None:
        self._share(self.whole, "toppnotater/venstre", min(_LIST_WIDTH, self.width() // 4))
        self._share(self.sides, "toppnotater/bredde", self.stack.width() * 3 // 5)

    def _share(self, splitter: QSplitter, key: str, first: int) -> None:
        stored = self.preferences.window_state(key)
        if stored.isEmpty() or not splitter.restoreState(stored):
            splitter.setSizes([first, max(1, splitter.width() - first)])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fold the preview away where there is no room for it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        roomy = self.width() >= _WIDE
        self.preview.setVisible(roomy and self.preview_toggle.isChecked())
        self.preview_toggle.setEnabled(roomy)
        self.preview_toggle.setToolTip(
            _("Vis dokumentet ved siden av teksten")
            if roomy
            else _("Vinduet er for smalt til å vise dokumentet ved siden av teksten")
        )

    def _connect(self) -> None:
        self.list.picked.connect(self._picked)
        self.list.entered.connect(self.page.focus_text)
        self.list.dropped.connect(self.read_word)
        self.list.refused.connect(self.notice.say)
        self.list.menu_wanted.connect(self._show_menu)
        self.page.edited.connect(self._soon.start)
        self.page.cursor_moved.connect(self._cursor_moved)
        self.page.told.connect(self.notice.say)
        self.page.documents_wanted.connect(self._want_documents)
        self.preview.clicked.connect(self.page.focus_block)
        self.bar.told.connect(self.notice.say)
        self.bar.word_chosen.connect(lambda path: self.read_word(self.list.current_sak(), path))
        self.bar.history_wanted.connect(self.show_history)
        self.bar.find_wanted.connect(lambda: self.find_bar.open(replace=True))
        self.bar.continued.connect(self._want_sak)
        self.bar.before_step.connect(self.page.flush)
        self.none.told.connect(self.notice.say)
        self.none.begun.connect(self.page.focus_text)
        self.none.word_wanted.connect(self.bar.choose_word)

    def _make_keys(self) -> None:
        action(self, _("Forrige sak"), lambda: self.step(-1), "Alt+PgUp")
        action(self, _("Neste sak"), lambda: self.step(1), "Alt+PgDown")
        action(self, _("Søk i toppnotatet"), lambda: self.find_bar.open(replace=False), "Ctrl+F")
        action(self, _("Søk og erstatt"), lambda: self.find_bar.open(replace=True), "Ctrl+H")
        action(self, _("Neste treff"), lambda: self.find_bar.step(1), "F3")
        action(self, _("Forrige treff"), lambda: self.find_bar.step(-1), "Shift+F3")
        action(self, _("Mellom sakene og teksten"), self._change_side, "F6")

    # Showing

    @property
    def page(self) -> NotePage:
        """The page of the chosen sak. It comes a turn after the choice, or when it is wanted."""
        self._due.now()
        return self._page

    @property
    def note(self) -> NoteView | None:
        """The note of the chosen sak, as it was read last."""
        self._due.now()
        return self._note

    def show_moete(self, moete_id: str) -> None:
        """Show a meeting, or the same one again as it is now."""
        other = moete_id != self.moete_id
        if other:
            self._page.flush()
            self._note = None
            self.notice.say("")
        super().show_moete(moete_id)
        self._load_list()
        if other or not self.list.currentIndex().isValid():
            self.list.choose(self.model.first_with_note())
        if self._note is None or not other:
            self._load_note_soon()

    def _is_shown(self, sak_id: str) -> bool:
        return self._note is not None and self._note.sak.id == sak_id

    def show_sak(self, sak_id: str) -> None:
        """Choose a sak, and go to what its note lacks."""
        row_ = self.model.row_of(sak_id)
        if row_ < 0:
            return
        self.list.choose(row_)
        missing = self.note.line.mangler if self.note else ()
        if "mangler_forslag_til_vedtak" in missing:
            self.page.focus_text(Seksjonslag.FORSLAG)
        elif "mangler_hensikt" in missing:
            self.page.focus_text(Seksjonslag.HENSIKT)
        else:
            self.page.focus_text()

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a change touched; what this page has just saved it knows."""
        if not self.moete_id or changes.tables <= _UNTOUCHED or self.page.is_saving:
            return
        if changes.tables & _PEOPLE:
            self.page.head.load_people()
        self._load_list()
        self._load_note()

    def _load_list(self) -> None:
        moete_id = self.moete_id
        try:
            lines = self.desk.read(lambda session: read_notes(session, moete_id))
        except ServiceError:
            lines = ()
        chosen = self.list.current_sak()
        self.model.set_lines(lines)
        self.list.editable = not self.desk.read_only
        if chosen and self.list.current_sak() != chosen and self.model.row_of(chosen) >= 0:
            self.list.choose(self.model.row_of(chosen))

    def _show_menu(self, place: QPoint) -> None:
        self._due.now()
        self.bar.show_menu(place)

    def _picked(self, sak_id: str) -> None:
        if not self._is_shown(sak_id):
            self.notice.say("")
            self._load_note_soon()

    def _load_note_soon(self) -> None:
        """Show the choice in the list first, then the note; that there is none is shown at once."""
        line = self.model.line_at(self.list.currentIndex().row())
        if line is not None and line.tilstand is not None:
            self._read_ahead()
            self._due.start()
        else:
            self._load_note()

    def _load_note(self) -> None:
        self._due.stop()
        self._read_ahead()
        self._show_read()

    def _read_ahead(self) -> None:
        sak_id = self.list.current_sak()
        self._ahead = sak_id, self._read(sak_id)

    def _show_read(self) -> None:
        if self._ahead[0] != self.list.current_sak():  # another one was chosen meanwhile
            self._read_ahead()
        sak_id, note = self._ahead
        anew = not self._is_shown(sak_id)
        if anew:
            self.page.flush()
            self._edit = None
        self._note = note
        self.bar.show_note(self._note)
        if self._note is None or self._note.content is None:
            self.page.clear()
            self.none.show_note(self._note)
            self.stack.setCurrentWidget(self.none)
            return
        self.page.show_note(self._note, read_only=self.desk.read_only)
        self.stack.setCurrentWidget(self.writing)
        if self._edit is None:
            for edit in self.page.edits()[:1]:
                self.format_bar.follow(edit)
        self.format_bar.setEnabled(not self.desk.read_only and not self._note.locked)
        self.find_bar.refresh()
        self._show_length(self._note.line)
        self._show_preview(anew=anew)

    def _read(self, sak_id: str) -> NoteView | None:
        if not sak_id:
            return None
        try:
            return self.desk.read(lambda session: read_note(session, sak_id))
        except ServiceError:
            return None

    # While it is written

    def _cursor_moved(self, edit: TextEdit) -> None:
        if self._focused() is edit:
            self._edit = edit
            self.format_bar.follow(edit)
            if not self._soon.isActive():
                self._follow()

    def _after_pause(self) -> None:
        note = self.note
        if note is None or note.content is None:
            return
        contents, forslag = self.page.contents(), self.page.forslag()
        sections = [(one.slag, one.innhold) for one in contents]
        count = words_of(forslag, (tree for _slag, tree in sections))
        line = written(note.line, forslag, sections, count)
        self.model.set_line(line)
        self._show_length(line)
        self.find_bar.refresh()
        self._show_preview(anew=False)

    def _show_length(self, line: NoteLine) -> None:
        self.length.setText(length_text(line.ord))
        missing = missing_text(line)
        self.missing.setText(missing[:1].upper() + missing[1:])

    def _show_preview(self, *, anew: bool) -> None:
        note = self.note
        if note is None or note.content is None or not self.preview_toggle.isChecked():
            return
        contents, forslag = self.page.contents(), self.page.forslag()
        figures = self._new_figures(forslag, *(one.innhold for one in contents))
        content = as_written(note.content, forslag=forslag, seksjoner=contents, figures=figures)
        self.preview.show_content(content, anew=anew)
        if not anew:
            self._follow()

    def _follow(self) -> None:
        """Let the preview show what is being written."""
        if self._edit is None or self._edit not in self.page.edits():
            return
        block = self._edit.paragraph_id()
        if block is not None:
            self.preview.follow([block])

    def _new_figures(self, *trees: Tree) -> dict[str, FigureFile]:
        """Return the pictures that came with what is written just now."""
        known = self.note.content.figurer if self.note and self.note.content else {}
        for key in figures_of(*trees) - set(known) - set(self._figures):
            try:
                found = self.desk.read(partial(read_one_figure, sha256=key))
            except EXPECTED:
                continue
            if found is not None:
                self._figures[key] = found
        return self._figures

    def _reveal(self, edit: TextEdit) -> None:
        QTimer.singleShot(0, edit, lambda: self.page.show_cursor(edit))

    def flush(self) -> None:
        """Save what is typed."""
        self._page.flush()

    # What the user does

    def step(self, way: int) -> None:
        """Go to the next (1) or the previous (-1) sak; the keyboard stays in the text."""
        focused = self._focused()
        writing = focused is not None and self.page.isAncestorOf(focused)
        self.list.step(way)
        if writing:
            self.page.focus_text()

    def _focused(self) -> QWidget | None:
        focused: QWidget | None = self.window().focusWidget()
        return focused

    def _change_side(self) -> None:
        if self.list.hasFocus():
            if self._edit is not None and self._edit in self.page.edits():
                self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.page.focus_text()
        else:
            self.list_toggle.setChecked(True)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go from the text to the list with Esc; from the list Esc leaves the meeting."""
        if event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            self.list_toggle.setChecked(True)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def read_word(self, sak_id: str, path: Path) -> None:
        """Read a note that was written in Word into a sak; one without a note gets one."""
        from desktop.views.moete.les_inn import open_les_inn  # noqa: PLC0415

        if not sak_id:
            return
        self.page.flush()
        note = self._read(sak_id)
        had = note.sak.toppnotatstatus if note and note.content is None else None
        if had is not None and not self._set_status(sak_id, Toppnotatstatus.SKAL_HA):
            return
        dialog = open_les_inn(self, self.desk, self.tasks, sak_id, path)
        if had is not None and dialog is not None:
            dialog.rejected.connect(partial(self._set_status, sak_id, had))

    def _set_status(self, sak_id: str, status: Toppnotatstatus) -> bool:
        done = self.desk.do(set_toppnotatstatus, sak_id=sak_id, toppnotatstatus=status)
        self.notice.say(done.error)
        return bool(done)

    def show_history(self) -> None:
        """Show the versions of the note."""
        from desktop.views.moete.toppnotat.historikk import HistoryDialog  # noqa: PLC0415

        if self.note is not None:
            self.page.flush()
            self.history = HistoryDialog(self, self.desk, self.note)
            self.history.open()

    def _want_documents(self) -> None:
        self.wanted.emit(Target(Place.MOETER, key=self.moete_id, tab=Tab.DOKUMENTER))

    def _want_sak(self, sak_id: str) -> None:
        self.wanted.emit(Target(Place.SAKER, sak_id, sak_id=sak_id))
