"""A text field that keeps itself saved while one writes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n.spelling import SpellingLanguage
from desktop.richtext.tree import Tree
from desktop.rules.kinds import Maalform
from desktop.viewmodels.desk import Desk, Outcome
from desktop.views.editor.text_edit import TextEdit
from desktop.views.parts import Notice, column, label
from desktop.views.words import _

PAUSE_MS: Final = 2_000
LONGEST_MS: Final = 10_000
_AFTER_PASTE_MS: Final = 100
Save = Callable[[Tree, str | None, bool], Outcome[Any]]


class TextField(QWidget):
    """An editor whose text is saved two seconds after the last key, and always within ten.

    A save that is refused shows its sentence above the text, and the text stays.

    Signals:
        saved: the text was saved.
        dirty_changed: whether there is text that is not saved is another.
    """

    saved = Signal()
    dirty_changed = Signal(bool)

    def __init__(self, desk: Desk, save: Save, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._save = save
        self._stored = Tree()
        self._dirty = False
        self._first_edit = 0.0
        self.notice = Notice()
        self.edit = TextEdit()
        self.edit.setAccessibleName(name)
        self.edit.setReadOnly(desk.read_only)
        self.edit.edited.connect(self._edited)
        self.edit.refused.connect(self.notice.say)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)
        self.pasting = label(_("Limer inn …"), "stille")
        self.pasting.hide()
        self.edit.reading.connect(self.pasting.setVisible)
        self.setLayout(column(self.notice, self.pasting, self.edit, spacing=4))
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._save_typing)
        desk.closing.connect(self.flush)

    def serve(self, save: Save, name: str) -> None:
        """Be the field of another text, before that is loaded."""
        self._save = save
        self.edit.setAccessibleName(name)

    @property
    def dirty(self) -> bool:
        """Whether there is text that is not saved."""
        return self._dirty

    def load(self, tree: Tree) -> None:
        """Show a text. One that is shown already keeps its cursor and what can be undone."""
        self._timer.stop()
        self._stored = tree
        if self.edit.tree() != tree:
            self.edit.set_tree(tree)
        self._set_dirty(dirty=False)
        self.notice.say("")

    def spell(self, maalform: Maalform) -> None:
        """Mark what is misspelt in a language."""
        if self._desk.spellers is not None:
            self.edit.speller = self._desk.spellers.of(language_of(maalform))

    def flush(self) -> bool:
        """Save now what is not saved, also what is being pasted; False when it was refused."""
        self.edit.settle()
        return not self._dirty or self._store(typing=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Save when the focus leaves."""
        if watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self._save_typing()
        return False

    def _edited(self) -> None:
        now = time.monotonic()
        if not self._dirty:
            self._first_edit = now
            self._set_dirty(dirty=True)
        left = LONGEST_MS - (now - self._first_edit) * 1000
        self._timer.start(max(0, min(PAUSE_MS, int(left))))

    def _save_typing(self) -> None:
        if self.edit.is_arriving:
            self._timer.start(_AFTER_PASTE_MS)  # half of what is pasted is not saved
        elif self._dirty:
            self._store(typing=True)

    def _store(self, *, typing: bool) -> bool:
        self._timer.stop()
        tree = self.edit.tree()
        if tree == self._stored:
            self._set_dirty(dirty=False)
            return True
        outcome = self._save(tree, self.edit.paragraph_id(), typing)
        if not outcome:
            self.notice.say(outcome.error)
            return False
        self._stored = tree
        self.notice.say("")
        self._set_dirty(dirty=False)
        self.saved.emit()
        return True

    def _set_dirty(self, *, dirty: bool) -> None:
        if dirty != self._dirty:
            self._dirty = dirty
            self.dirty_changed.emit(dirty)


def language_of(maalform: Maalform) -> SpellingLanguage:
    """Return the language that a text of an utvalg is spelled in."""
    return "nn" if maalform is Maalform.NN else "nb"
