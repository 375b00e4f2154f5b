"""Random sessions of a user in the editor, and what must hold after every step of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import (
    QDropEvent,
    QInputMethodEvent,
    QKeyEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.richtext.codec import dumps
from desktop.richtext.tree import Figure, Footnote, Run, Tree, new_block_id
from desktop.viewmodels.text import edits, lists, shapes, tables
from desktop.viewmodels.text.lines import fold
from desktop.viewmodels.text.read import read_tree
from desktop.viewmodels.text.render import render
from desktop.views.editor.text_edit import TextEdit

_TEXTS = [
    "a", "b", " ", "Rådet", "- ", "* ", "1. ", "a) ", '"', "ord - ord", "é", "e\u0301", "\u0301",
    "👩‍⚕️", "🇳🇴", "x\u2028y", "\xa0", "\t", "\ufffc", "\u202e", "linje\nto", "שלום",
]  # fmt: skip
_KEYS = [
    Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Left, Qt.Key.Key_Right,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
]  # fmt: skip
_MODIFIERS = [
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
]  # fmt: skip
_TABLE_COMMANDS = [
    "row_above", "row_below", "column_before", "column_after", "row_up", "row_down",
    "column_left", "column_right", "header_row", "merge_cells", "split_cell", "remove_row",
    "remove_column", "remove_table",
]  # fmt: skip
_COMMANDS = [
    "bold", "italic", "superscript", "clear", "paragraph", "heading1", "heading2", "heading3",
    "caption", "list_bullet", "list_number", "indent", "outdent", "continue_numbering",
    "remove_note",
]  # fmt: skip


class Session:
    """One user in one editor, led by a random generator."""

    def __init__(self, edit: TextEdit, start: Tree, chance: random.Random, pool: list[Tree]):
        self.edit = edit
        self.chance = chance
        self.pool = pool
        self.start = start
        self.log: list[str] = []
        self.counts: Counter[str] = Counter()
        edit.set_tree(start)
        self.acts: list[tuple[int, Callable[[], str]]] = [
            (10, self.key), (10, self.type), (8, self.place), (6, self.select), (6, self.command),
            (5, self.table_command), (4, self.undo), (3, self.redo), (3, self.dead_key),
            (2, self.paste), (2, self.drop), (2, self.copy_and_paste), (1, self.cut),
            (1, self.insert_table), (2, self.note), (1, self.figure), (2, self.list_look),
            (1, self.link),
        ]  # fmt: skip

    def run(self, steps: int) -> None:
        for _step in range(steps):
            weights = [weight for weight, _act in self.acts]
            act = self.chance.choices([act for _weight, act in self.acts], weights)[0]
            self.counts[act.__name__] += 1
            self.log.append(act.__name__)
            self.log[-1] = f"{act.__name__} {act()}"
            self.check()

    def check(self) -> None:
        """View and tree are equal, the codec accepts the tree, and rendering it gives it back."""
        shown = read_tree(self.edit.document())
        assert self.edit.tree() == shown
        dumps(shown)
        anew = QTextDocument()
        render(shown, anew)
        assert read_tree(anew) == shown

    def undo_all(self) -> None:
        """Undoing everything restores the start; redoing everything restores the end."""
        while self.edit.document().isRedoAvailable():
            self.edit.redo()
        end = self.edit.tree()
        while self.edit.document().isUndoAvailable():
            self.edit.undo()
            dumps(read_tree(self.edit.document()))
        assert self.edit.tree() == read_tree(self.edit.document()) == self.start
        while self.edit.document().isRedoAvailable():
            self.edit.redo()
        assert self.edit.tree() == read_tree(self.edit.document()) == end

    def _position(self) -> int:
        return self.chance.randrange(self.edit.document().characterCount())

    def key(self) -> str:
        key, modifier = self.chance.choice(_KEYS), self.chance.choice(_MODIFIERS)
        QTest.keyClick(self.edit, key, modifier)
        return f"{key.name} {modifier.name}"

    def type(self) -> str:
        text = self.chance.choice(_TEXTS)
        for sign in text:
            press(self.edit, sign)
        return repr(text)

    def place(self) -> str:
        cursor = self.edit.textCursor()
        cursor.setPosition(self._position())
        self.edit.setTextCursor(cursor)
        return str(cursor.position())

    def select(self) -> str:
        cursor = self.edit.textCursor()
        if self.chance.random() < 0.1:
            self.edit.selectAll()
            return "all"
        cursor.setPosition(self._position())
        near = self.chance.random() < 0.6
        last = self.edit.document().characterCount() - 1
        other = self._position()
        if near:
            other = min(max(cursor.position() + self.chance.randrange(-12, 13), 0), last)
        cursor.setPosition(other, QTextCursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)
        return f"{cursor.anchor()} {cursor.position()}"

    def command(self) -> str:
        name = self.chance.choice(_COMMANDS)
        getattr(self.edit.commands, name).trigger()
        return name

    def table_command(self) -> str:
        name = self.chance.choice(_TABLE_COMMANDS)
        self.edit.commands.refresh()
        getattr(self.edit.commands, name).trigger()
        return name

    def list_look(self) -> str:
        if self.chance.random() < 0.5:
            number_format = self.chance.choice(lists.NUMBER_FORMATS)
            self.edit.change(lists.set_format(number_format))
            return number_format
        start = self.chance.choice([0, 1, 5, 32767])
        self.edit.change(lists.set_start(start))
        return str(start)

    def undo(self) -> str:
        count = self.chance.randrange(1, 4)
        for _time in range(count):
            self.edit.undo()
        return str(count)

    def redo(self) -> str:
        self.edit.redo()
        return ""

    def dead_key(self) -> str:
        event = QInputMethodEvent("´", [])
        self.edit.inputMethodEvent(event)
        self.check()
        event = QInputMethodEvent("", [])
        text = self.chance.choice(["é", "ñ", "", "\u0301", "日本"])
        if self.chance.random() < 0.3:
            event.setCommitString(text, self.chance.randrange(-3, 1), self.chance.randrange(3))
        else:
            event.setCommitString(text)
        self.edit.inputMethodEvent(event)
        return text

    def _mime(self) -> QMimeData:
        other = TextEdit()
        other.set_tree(self.chance.choice(self.pool))
        other.selectAll()
        return other.createMimeDataFromSelection()

    def paste(self) -> str:
        if self.chance.random() < 0.5:
            mime = QMimeData()
            mime.setText("En linje\n\tto  linjer\u2029tre")
            self.edit.insertFromMimeData(mime)
            return "text"
        self.edit.insertFromMimeData(self._mime())
        return "tree"

    def copy_and_paste(self) -> str:
        self.edit.copy()
        self.place()
        self.edit.paste()
        return ""

    def cut(self) -> str:
        self.edit.cut()
        return ""

    def drop(self) -> str:
        place = self.edit.cursorRect(self._cursor_at(self._position())).center()
        mime = self.edit.createMimeDataFromSelection()
        action = self.chance.choice([Qt.DropAction.MoveAction, Qt.DropAction.CopyAction])
        event = Drop(
            self.edit if self.chance.random() < 0.7 else None, QPointF(place), action, mime
        )
        self.edit.dropEvent(event)
        return f"{action.name} {place.x()} {place.y()}"

    def _cursor_at(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self.edit.document())
        cursor.setPosition(position)
        return cursor

    def insert_table(self) -> str:
        rows, columns = self.chance.randrange(1, 4), self.chance.randrange(1, 4)
        self.edit.insert(fold([tables.empty_table(rows, columns)]))
        return f"{rows} {columns}"

    def note(self) -> str:
        note = self.edit.note_here()
        if note is not None and self.edit.select_note(note.id):
            self.edit.change(shapes.set_note(note.id, (Run("ny"),)))
            return "edit"
        self.edit.change(edits.insert_pieces([Footnote(new_block_id(), (Run("note"),))]))
        return "insert"

    def figure(self) -> str:
        if self.edit.figure_here() is not None:
            self.edit.change(shapes.set_figure("annen", 40))
            return "edit"
        self.edit.insert([Figure("0" * 64, "bilde", 30)])
        return "insert"

    def link(self) -> str:
        self.edit.select_link()
        self.edit.change(shapes.set_link(self.chance.choice(["https://eksempel.no/", None])))
        return ""


class Drop(QDropEvent):
    """A drop whose source is told, as Qt does while it drags."""

    def __init__(self, source, place, action, mime):
        super().__init__(
            place, action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        self._source = source
        self._mime = mime
        self.setDropAction(action)

    def source(self):
        return self._source


def press(edit: TextEdit, text: str) -> None:
    """Press a key that gives a text. QTest knows Latin keys alone."""
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, none, text))
