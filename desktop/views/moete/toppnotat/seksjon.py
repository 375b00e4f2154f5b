"""A section of the note: its heading with what can be done to it, and its text or table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from desktop.services.note_view import NoteSection
from desktop.viewmodels.note_words import PURPOSES
from desktop.views.editor.field import TextField
from desktop.views.editor.text_edit import TextEdit
from desktop.views.moete.dagsorden_personer import small_button
from desktop.views.moete.toppnotat.flytting import DragHandle
from desktop.views.parts import column, label, row
from desktop.views.words import _

Rename = Callable[[str, str], str]
_MOVES = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class OwnHeading(QLineEdit):
    """A heading that can be changed where it stands. Enter goes on to the text."""

    def __init__(self, save: Callable[[str], str]) -> None:
        super().__init__()
        self._save = save
        self._stored = ""
        self.setProperty("rolle", "egen-overskrift")
        self.setAccessibleName(_("Overskrift"))
        self.setPlaceholderText(_("Overskrift"))
        self.editingFinished.connect(self.flush)

    def show_text(self, text: str) -> None:
        """Show the stored heading; what is being typed stays."""
        if text != self._stored or not self.isModified():
            self._stored = text
            self.setText(text)

    def flush(self) -> None:
        """Save what is typed; an empty heading is put back."""
        typed = self.text().strip()
        if typed == self._stored or self.isReadOnly():
            return
        if not typed:
            self.setText(self._stored)
            return
        if not self._save(typed):
            self._stored = typed
            self.setModified(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Give up on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._stored:
            self.setText(self._stored)
        else:
            super().keyPressEvent(event)


class SectionBox(QFrame):
    """A section.

    Signals:
        move_wanted: up (-1) or down (1).
        remove_wanted: the user takes it away.
        left_upwards, left_downwards: the cursor goes out of the text by an arrow key.
    """

    move_wanted = Signal(int)
    remove_wanted = Signal()
    left_upwards = Signal()
    left_downwards = Signal()

    def __init__(self, section: NoteSection, body: QWidget, rename: Rename) -> None:
        super().__init__()
        self.section = section
        self.body = body
        self.field = body if isinstance(body, TextField) else None
        self.problem = label("", "feil", wrap=True)
        self.problem.hide()
        self._make_heading(rename)
        self._make_steps()
        self.extra = row(spacing=2)
        head = row(self.heading, self.extra, self.tools, spacing=4)
        head.setStretch(0, 1)
        layout = column(head, self.problem, body, spacing=2)
        layout.setContentsMargins(0, 14, 0, 0)
        self.setLayout(layout)
        if self.field is not None:
            self._make_text(self.field)
        self.show_section(section)

    def _make_heading(self, rename: Rename) -> None:
        self.own: OwnHeading | None = None
        if self.section.is_own:
            self.own = OwnHeading(partial(self._rename, rename))
            self.own.returnPressed.connect(self.focus_text)
            self.heading: QWidget = self.own
        else:
            self.title = label(self.section.heading, "seksjon", wrap=True)
            self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            self.heading = self.title
        self.heading.setMinimumWidth(120)

    def _rename(self, rename: Rename, text: str) -> str:
        sentence = rename(self.section.id, text)
        self.say(sentence)
        return sentence

    def _make_steps(self) -> None:
        self.handle = DragHandle()
        self.up = small_button(
            "↑", _("Flytt avsnittet opp (Alt+Shift+↑)"), lambda: self.move_wanted.emit(-1)
        )
        self.down = small_button(
            "↓", _("Flytt avsnittet ned (Alt+Shift+↓)"), lambda: self.move_wanted.emit(1)
        )
        self.gone = small_button("×", _("Fjern avsnittet"), self.remove_wanted.emit)
        for one in (self.up, self.down, self.gone):
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tools = QWidget()
        self.tools.setLayout(row(self.handle, self.up, self.down, self.gone, spacing=0))
        self.tools.setStyleSheet("QToolButton { padding: 2px 6px; }")
        policy = self.tools.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.tools.setSizePolicy(policy)
        self.tools.hide()
        self._editable = False

    def _make_text(self, field: TextField) -> None:
        edit = field.edit
        edit.setPlaceholderText(PURPOSES.get(self.section.slag, ""))
        edit.set_growing(True)
        edit.installEventFilter(self)
        self.heading.installEventFilter(self)
        if not self.section.is_own:
            self.title.setBuddy(edit)

    def show_section(self, section: NoteSection) -> None:
        """Show the section as it is stored; what is typed and not saved yet stays."""
        self.section = section
        if self.own is not None:
            self.own.show_text(section.heading)
        else:
            self.title.setText(section.heading)
        name = _("Avsnittet {navn}").format(navn=section.heading)
        self.setAccessibleName(name)
        self.handle.setAccessibleName(
            _("Dra for å flytte avsnittet {navn}").format(navn=section.heading)
        )
        self.gone.setVisible(section.can_be_removed)
        self.gone.setAccessibleName(_("Fjern avsnittet {navn}").format(navn=section.heading))

    def set_editable(self, editable: bool, *, text: bool) -> None:
        """Let the section be moved and named; `text` says the same of its text."""
        self._editable = editable
        if self.own is not None:
            self.own.setReadOnly(not editable)
        if self.field is not None:
            self.field.edit.setReadOnly(not text)
        self._show_tools()

    def set_ends(self, *, first: bool, last: bool) -> None:
        """Know that it is the first or last section."""
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)

    def add_extra(self, made: QWidget) -> None:
        """Put a control on the line of the heading."""
        self.extra.addWidget(made)

    def say(self, sentence: str) -> None:
        """Say what was refused."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def focus_text(self) -> None:
        """Give the keyboard to the text, at its start."""
        target = self.field.edit if self.field is not None else self.body
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> bool:
        """Save what is typed; False where the text was refused."""
        if self.own is not None:
            self.own.flush()
        return self.field is None or self.field.flush()

    def _show_tools(self) -> None:
        wanted = self.handle.is_dragging or self.underMouse() or self._has_focus()
        self.tools.setVisible(self._editable and wanted)

    def _has_focus(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused) and focused.hasFocus()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Offer what can be done to the section."""
        super().enterEvent(event)
        self.tools.setVisible(self._editable)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Be quiet again."""
        super().leaveEvent(event)
        self._show_tools()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the focus, and let arrow keys go from one section to the next."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._show_tools()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if self._moved(event):
                return True
            if isinstance(watched, TextEdit):
                return self._crossed(watched, event)
        return super().eventFilter(watched, event)

    def _moved(self, event: QKeyEvent) -> bool:
        """Move the section; inside a table the editor takes these keys before, for its rows."""
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if way is None or _keys(event) != _MOVES or not self._editable:
            return False
        self.move_wanted.emit(way)
        return True

    def _crossed(self, edit: TextEdit, event: QKeyEvent) -> bool:
        ways = {
            Qt.Key.Key_Up: (QTextCursor.MoveOperation.Up, self.left_upwards),
            Qt.Key.Key_Down: (QTextCursor.MoveOperation.Down, self.left_downwards),
        }
        way = ways.get(Qt.Key(event.key()))
        plain = _keys(event) == Qt.KeyboardModifier.NoModifier
        cursor = edit.textCursor()
        if way is None or not plain or cursor.hasSelection() or cursor.movePosition(way[0]):
            return False
        way[1].emit()
        return True


def _keys(event: QKeyEvent) -> Qt.KeyboardModifier:
    """Return the modifiers of a key; that it stands on the number pad does not matter."""
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def phrase_button(insert: Callable[[str], None]) -> QToolButton:
    """Return the menu of phrases for the proposed vedtak."""
    made = QToolButton()
    made.setText(_("Sett inn frase"))
    made.setAccessibleName(_("Sett inn frase i forslaget til vedtak"))
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(made)
    menu.triggered.connect(lambda step: insert(step.data()))
    made.setMenu(menu)
    return made


def fill_phrases(made: QToolButton, phrases: tuple[str, ...]) -> None:
    """Offer the phrases of the sakstype."""
    menu = made.menu()
    menu.clear()
    for phrase in phrases:
        text = phrase if len(phrase) <= 90 else f"{phrase[:90].rstrip()} …"
        menu.addAction(text.replace("&", "&&")).setData(phrase)
    made.setEnabled(bool(phrases))
    made.setToolTip(
        _("Frasene for sakstypen, med utvalg og dato fylt inn")
        if phrases
        else _("Velg en sakstype i Dagsorden for å få fraser")
    )
