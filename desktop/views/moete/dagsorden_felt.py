"""Fields that save what is typed in them after a pause, and when the focus leaves them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree
from desktop.viewmodels.plain_text import is_plain, lines_of, typed_lines, with_lines
from desktop.views.parts import column, label
from desktop.views.words import _

PAUSE_MS: Final = 2_000
LONGEST_MS: Final = 9_000
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class PlainEdit(QPlainTextEdit):
    """Plain text, as high as what stands in it up to a number of lines.

    Signals:
        left: the focus went elsewhere.
        entered: Enter was pressed where the text is one line.
    """

    left = Signal()
    entered = Signal()

    def __init__(self, name: str, *, one_line: bool, least: int, most: int) -> None:
        super().__init__()
        self._one_line = one_line
        self._least = least
        self._most = most
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(5)
        self.textChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """Return the text with no-break spaces as they are, one line per paragraph."""
        raw = self.document().toRawText().replace("\u2028", "\n").replace("\u2029", "\n")
        return " ".join(raw.split("\n")) if self._one_line else raw

    def set_text(self, text: str) -> None:
        """Show a text; the cursor stays where it is."""
        place = self.textCursor().position()
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(text.encode("utf-16-le")) // 2))
        self.setTextCursor(cursor)

    def insert_line(self, text: str) -> None:
        """Put a text on a line of its own, where the cursor is or at the end."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        lead = "\n" if cursor.block().text().strip() else ""
        cursor.insertText(lead + text)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        lines = max(self._least, min(self._most, round(self.document().size().height())))
        margins = 2 * (self.document().documentMargin() + self.frameWidth())
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + margins) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Follow the lines that the width makes."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Let Enter finish a text of one line."""
        if self._one_line and event.key() in _ENTER:
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Paste plain text; into a text of one line, as one line."""
        text = source.text()
        self.insertPlainText(" ".join(text.split()) if self._one_line else text)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Tell that the focus went."""
        super().focusOutEvent(event)
        self.left.emit()


class TypedField(QWidget):
    """A named text that is saved while it is typed.

    `save` gets the key of what is shown and the text, and returns a sentence where it was refused.
    What was refused stays in the field, also when something else has been shown in between.
    """

    def __init__(
        self,
        name: str,
        save: Callable[[str, str], str],
        *,
        one_line: bool = False,
        least: int = 1,
        most: int = 3,
    ) -> None:
        super().__init__()
        self._save = save
        self._key = ""
        self._dirty = False
        self._refused: dict[str, tuple[str, str]] = {}
        self.editor = PlainEdit(name, one_line=one_line, least=least, most=most)
        self.name = label(name, "stille")
        self.name.setBuddy(self.editor)
        self.hint = label("", "stille", wrap=True)
        self.problem = label("", "feil", wrap=True)
        self.hint.hide()
        self.problem.hide()
        self.setLayout(column(self.name, self.editor, self.hint, self.problem, spacing=3))
        self.setFocusProxy(self.editor)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._pause.timeout.connect(self.flush)
        self._longest.timeout.connect(self.flush)
        self.editor.textChanged.connect(self._touched)
        self.editor.left.connect(self.flush)
        self.editor.entered.connect(self.flush)

    @property
    def is_dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self._dirty

    def show_text(self, key: str, text: str) -> None:
        """Show a stored text; what is typed and not saved yet stays."""
        if key != self._key:
            self._change_key(key)
            if key in self._refused:
                return
        elif self._dirty or self._reads_alike(self.editor.text(), text):
            return
        self._put(text)

    def _change_key(self, key: str) -> None:
        if self._dirty and self.flush():
            self._refused[self._key] = (self.editor.text(), self.problem.text())
        self._key, self._dirty = key, False
        text, sentence = self._refused.get(key, ("", ""))
        self._tell(sentence)
        if key in self._refused:
            self._put(text)
            self._dirty = True

    def _put(self, text: str) -> None:
        self.editor.blockSignals(True)
        self.editor.set_text(text)
        self.editor.blockSignals(False)
        self.editor._fit()  # noqa: SLF001

    def _reads_alike(self, typed: str, stored: str) -> bool:
        return typed_lines(typed) == typed_lines(stored)

    def _touched(self) -> None:
        self._dirty = True
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> str:
        """Save what is typed; return the sentence where that was refused."""
        self._pause.stop()
        self._longest.stop()
        if not self._dirty or not self._key:
            return ""
        typed = self.editor.text()
        sentence = self._save(self._key, typed)
        if not sentence:
            self._refused.pop(self._key, None)
            self._dirty = self.editor.text() != typed
        self._tell(sentence)
        return sentence

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)

    def set_editable(self, editable: bool) -> None:
        """Let the text be typed in, or only read."""
        self.editor.setReadOnly(not editable)


class TreeField(TypedField):
    """A text of the archive. What has lists or formatting is shown, and only read: nothing is lost.

    `write` gets the key of what is shown and the tree.
    """

    def __init__(self, name: str, write: Callable[[str, Tree], str]) -> None:
        super().__init__(name, self._write_lines, least=3, most=12)
        self._write = write
        self._tree = Tree()
        self._editable = True

    def show_tree(self, key: str, tree: Tree) -> None:
        """Show a stored text; what is typed and not saved yet stays."""
        plain = is_plain(tree)
        if key != self._key or not self._dirty:
            self.show_text(key, "\n".join(lines_of(tree)) if plain else plain_text(tree))
        self._tree = tree
        self.hint.setText(
            "" if plain else _("Teksten har lister eller formatering og kan bare leses her.")
        )
        self.hint.setVisible(not plain)
        self.editor.setReadOnly(not (plain and self._editable))

    def set_editable(self, editable: bool) -> None:
        """Let the text be typed in where it is plain, or only read."""
        self._editable = editable
        self.editor.setReadOnly(not (editable and is_plain(self._tree)))

    @property
    def can_type(self) -> bool:
        """Whether the text can be typed in."""
        return not self.editor.isReadOnly()

    def _write_lines(self, key: str, text: str) -> str:
        tree = with_lines(self._tree, text)
        sentence = self._write(key, tree)
        if not sentence:
            self._tree = tree
        return sentence
