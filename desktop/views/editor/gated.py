"""A text edit whose every change passes one gate and leaves a valid tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Signal
from PySide6.QtGui import QDragLeaveEvent, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.richtext.clean import clean_lines
from desktop.richtext.plain import word_count
from desktop.richtext.tree import Block, LineBreak, Run, Tree
from desktop.viewmodels.text import edits
from desktop.viewmodels.text.cache import TreeCache
from desktop.viewmodels.text.carriers import char_format, piece_of
from desktop.viewmodels.text.change import Changer
from desktop.viewmodels.text.clipboard import Pasted, mime_of, payload_of, read, with_images
from desktop.viewmodels.text.edits import Edit
from desktop.viewmodels.text.find import Query, replace_plainly, replacing_all
from desktop.viewmodels.text.lines import OBJECT, Piece
from desktop.viewmodels.text.read import Reader
from desktop.viewmodels.text.render import render
from desktop.viewmodels.text.selection import tree_of_selection
from desktop.viewmodels.text.slices import Slices, takes_slices
from desktop.viewmodels.text.typing import automatic, joins_plainly, leaves_plainly
from desktop.views.editor.around import Around
from desktop.views.editor.arrival import Arrival
from desktop.views.words import _

NO_PICTURES: Final = _("Bilder kan ikke settes inn her.")
PASTE_GIVEN_UP: Final = _(
    "Teksten ble endret et annet sted mens det ble limt inn. Lim inn en gang til, og skriv det "
    "du skrev imens, på nytt."
)


class GatedEdit(Around):
    """Shows a tree and changes it by edits of its lines; `TextEdit` brings keys and mouse to it.

    Attributes:
        figure: Returns the bytes of a figure's file by its SHA-256.
        picked_image: Stores the bytes of an image and returns their SHA-256, or None if refused.
        smart: Whether quotes, dashes and lists are set while one types.

    Signals:
        edited: the user changed something, undo and redo included.
        refused: a Norwegian sentence about what could not be put in.
        pictured: a picture was put in, which needs an alternative text.
        reading: whether a big text from the clipboard is being read; it comes where the cursor
            was, and what is typed meanwhile comes after it.
    """

    edited = Signal()
    refused = Signal(str)
    pictured = Signal()
    reading = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure: Callable[[str], bytes | None] = _no_figure
        self.picked_image: Callable[[bytes], str | None] | None = None
        self.smart = True
        self.plain = False
        self.gated = 0
        self._arrival: Arrival | None = None
        self._is_putting = False
        self.reader = Reader(self.document())
        self.cache = TreeCache(self.reader)
        self._changer = Changer(self.document(), self.reader)

    def set_tree(self, tree: Tree) -> None:
        """Show a tree; what could be undone is forgotten, and what is being pasted given up."""
        if self._arrival is not None:
            self._end_arrival()
            self.refused.emit(PASTE_GIVEN_UP)
        entries = render(tree, self.document())
        self.reader.forget()
        self.cache.know(tree, entries)

    def tree(self) -> Tree:
        """Return the tree that is shown. Costs what was changed since it was asked for last."""
        return self.cache.tree()

    def words(self) -> int:
        """Return the number of words."""
        return word_count(self.tree())

    def paragraph_id(self) -> str | None:
        """Return the id of the block that the cursor is in."""
        return self.reader.shape(self.textCursor().block())[1] or None

    def change(
        self, edit: Edit, *, whole: bool = False, around: bool = False, join: bool = False
    ) -> bool:
        """Do an edit at the cursor as one step of undo; False when there was nothing to do.

        `whole`, `around` and `join` are those of `Changer.change`.
        """
        if self.isReadOnly():
            return False
        cursor = self.textCursor()
        before = self.document().revision()
        self.gated += 1
        if not self._changer.change(cursor, edit, whole=whole, around=around, join=join):
            return False
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        if self.document().revision() != before:
            self.edited.emit()
        return True

    def replace_all(self, query: Query, text: str) -> bool:
        """Put a text in place of everything that is found, as one step of undo."""
        if self.isReadOnly():
            return False
        self.gated += 1
        if replace_plainly(self.document(), query, text):
            self.edited.emit()
            return True
        return self.change(replacing_all(query, text), whole=True)

    def insert(self, blocks: Sequence[Block], *, join: bool = False) -> None:
        """Put blocks in place of the selection, with ids of their own."""
        if blocks:
            self.change(edits.insert(blocks, plain=self.plain), join=join)

    def type_text(self, text: str) -> None:
        """Put typed text in place of the selection, in the look of the place."""
        if self.isReadOnly():
            return
        lines = clean_lines(text)
        if not any(lines):
            return
        look = self.typing_look()
        cursor = self.textCursor()
        if len(lines) == 1 and joins_plainly(cursor, lines[0], self.reader):
            cursor.insertText(lines[0], char_format(Run(lines[0], *_look(look))))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
            self.edited.emit()
        else:
            self.change(edits.insert_pieces(_typed(lines, look)))
        if self.smart and len(text) == 1:
            edit = automatic(self.textCursor(), text, self.reader, lists=not self.plain)
            if edit is not None:
                self.change(edit)

    def erase_plainly(self, selected: QTextCursor) -> None:
        """Delete a stretch of a line; single characters become one step of undo with others."""
        if self.isReadOnly():
            return
        if not leaves_plainly(selected):
            self.setTextCursor(selected)
            self.change(edits.erase)
            return
        if abs(selected.position() - selected.anchor()) == 1:
            back = selected.position() < selected.anchor()
            selected.setPosition(selected.anchor())
            if back:
                selected.deletePreviousChar()
            else:
                selected.deleteChar()
        else:
            selected.removeSelectedText()
        self.setTextCursor(selected)
        self.ensureCursorVisible()
        self.edited.emit()

    def move_selection(self, target: QTextCursor, source: QMimeData) -> None:
        """Move what is selected, as one step of undo."""
        erased = self.change(edits.erase)
        self.setTextCursor(target)
        self.put_in(source, join=erased)

    def typing_look(self) -> Run:
        """Return the look that typed text gets; a link is only continued inside it."""
        look = piece_of(self.currentCharFormat())
        if not isinstance(look, Run):
            return Run("")
        cursor = self.textCursor()
        if look.link is not None:
            ahead = QTextCursor(cursor)
            ahead.setPosition(cursor.selectionEnd())
            inside = not ahead.atBlockEnd() and not cursor.atBlockStart()
            ahead.movePosition(QTextCursor.MoveOperation.NextCharacter)
            after = piece_of(ahead.charFormat()) if inside else None
            if not isinstance(after, Run) or after.link != look.link:
                return Run("", look.bold, look.italic, look.superscript)
        return look

    def undo(self) -> None:
        """Undo in the field."""
        self._travel(super().undo)

    def redo(self) -> None:
        """Redo in the field."""
        self._travel(super().redo)

    def _travel(self, step: Callable[[], None]) -> None:
        if self.isReadOnly():
            return
        before = self.document().revision()
        step()
        if self.document().revision() != before:
            self.cache.forget()
            self.edited.emit()

    def leave(self, *, forward: bool) -> None:
        """Move the focus to the next or previous control."""
        QWidget.focusNextPrevChild(self, forward)

    def end_drag(self) -> None:
        """Take away Qt's mark of where something would be dropped."""
        super().dragLeaveEvent(QDragLeaveEvent())

    def selected_tree(self) -> Tree:
        """Return what is selected."""
        return tree_of_selection(self.textCursor(), self._changer)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """Return what is selected, written from the tree."""
        return mime_of(self.selected_tree(), figure=self.figure)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        """Tell whether there is anything that can be put in."""
        return bool(source.formats()) and not self.isReadOnly()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Put what is on the clipboard in place of the selection."""
        self.put_in(source)

    def put_in(self, source: QMimeData, *, join: bool = False) -> None:
        """Put data in place of the selection; with `join` it is one step with the one before."""
        if self.isReadOnly():
            return
        payload = payload_of(source)
        if payload.is_big and not payload.tree and not join:
            self._arrival = Arrival(payload, self.textCursor(), self)
            self._arrival.arrived.connect(self._put_more)
            self.reading.emit(True)
        else:
            has_file = partial(_is_there, self)
            self._put(read(payload, has_file=has_file), join=join)

    @property
    def is_arriving(self) -> bool:
        """Whether a big text is being read or put in, so that the tree is not what it will be."""
        return self._arrival is not None

    def settle(self) -> None:
        """Put in now what is being pasted, and then what was typed meanwhile."""
        if self._arrival is not None:
            self._put_arrived(self._arrival, whole=True)

    def _put_more(self) -> None:
        """Put in a stretch of what was read; the next one follows in the next turn."""
        if self._arrival is not None:
            self._put_arrived(self._arrival, whole=False)

    def _put_arrived(self, arrival: Arrival, *, whole: bool) -> None:
        pasted = arrival.wait()
        self._is_putting = True
        try:
            if arrival.made is None:
                arrival.made = self._with_images(pasted)
            slices = arrival.slices = arrival.slices or Slices(arrival.made.blocks)
            self._put_slice(arrival, slices, whole=whole)
        except BaseException:
            self._end_arrival()
            raise
        finally:
            self._is_putting = False
        if not slices.is_done:
            arrival.go_on_soon()
            return
        self._end_arrival()
        self._tell_of(arrival.made, was_picture=pasted.image is not None)
        arrival.give_back(partial(QCoreApplication.sendEvent, self), self.type_text)

    def _put_slice(self, arrival: Arrival, slices: Slices, *, whole: bool) -> None:
        began = perf_counter()
        join = slices.is_begun
        self.setTextCursor(arrival.cursor)
        if not join and arrival.cursor.hasSelection():
            join = self.change(edits.erase)
        whole = whole or not takes_slices(self.textCursor(), self.reader)
        self.insert(slices.take(whole=whole), join=join)
        arrival.cursor = self.textCursor()
        self.tree()  # what was put in is read now, not all of it at last
        slices.adjust(perf_counter() - began)

    def _end_arrival(self) -> None:
        if self._arrival is not None:
            self._arrival.end()
            self._arrival = None
            self.reading.emit(False)

    def isReadOnly(self) -> bool:  # noqa: N802
        """Return whether nothing can be changed, as while a big text is being read."""
        return (self._arrival is not None and not self._is_putting) or super().isReadOnly()

    def event(self, event: QEvent) -> bool:
        """Keep what is typed while a big text is being read."""
        if self._arrival is not None and self._arrival.holds(event):
            return True
        return super().event(event)

    def _put(self, pasted: Pasted, *, join: bool) -> None:
        made = self._with_images(pasted)
        self.insert(made.blocks, join=join)
        self._tell_of(made, was_picture=pasted.image is not None)

    def _with_images(self, pasted: Pasted) -> Pasted:
        return with_images(pasted, None if self.plain else self.picked_image)

    def _tell_of(self, made: Pasted, *, was_picture: bool) -> None:
        if was_picture and made.blocks:
            self.pictured.emit()
        elif was_picture:
            self.refused.emit(NO_PICTURES)
        if made.notes:
            self.refused.emit(" ".join(made.notes))

    def copy(self) -> None:
        """Copy what is selected."""
        if self.textCursor().hasSelection():
            QGuiApplication.clipboard().setMimeData(self.createMimeDataFromSelection())

    def cut(self) -> None:
        """Copy what is selected and delete it."""
        if self.textCursor().hasSelection() and not self.isReadOnly():
            self.copy()
            self.change(edits.erase)

    def paste(self) -> None:
        """Paste from the clipboard."""
        source: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if source and self.canInsertFromMimeData(source):
            self.put_in(source)


def _is_there(edit: GatedEdit, file: str) -> bool:
    return edit.figure(file) is not None


def _no_figure(_file: str) -> bytes | None:
    return None


def _look(look: Run) -> tuple[bool, bool, bool, str | None]:
    return look.bold, look.italic, look.superscript, look.link


def _typed(lines: Sequence[str], look: Run) -> list[Piece]:
    pieces: list[Piece] = []
    for index, line in enumerate(lines):
        if index:
            pieces.append(LineBreak())
        if line.replace(OBJECT, ""):
            pieces.append(Run(line, *_look(look)))
    return pieces
