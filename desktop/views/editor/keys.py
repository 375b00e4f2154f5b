"""Keys, dragging and the clipboard of the text editor: what each does to the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent, QKeyEvent, QKeySequence, QTextCursor

from desktop.richtext.tree import LineBreak, Run
from desktop.viewmodels.text import edits, lists, tables
from desktop.viewmodels.text.carriers import char_format
from desktop.viewmodels.text.read import table_of
from desktop.views.editor.gated import GatedEdit

_KEEP: Final = QTextCursor.MoveMode.KeepAnchor
_MOVE: Final = QTextCursor.MoveOperation
_STANDARD: Final = QKeySequence.StandardKey
_DELETIONS: Final = (
    (_STANDARD.DeleteStartOfWord, _MOVE.PreviousWord),
    (_STANDARD.DeleteEndOfWord, _MOVE.NextWord),
    (_STANDARD.DeleteEndOfLine, _MOVE.EndOfLine),
)


def pressed(edit: GatedEdit, event: QKeyEvent) -> bool:
    """Do what a key does to the text; False if it is none of the editor's."""
    if edit.isReadOnly():
        if event.matches(_STANDARD.Copy):
            edit.copy()
            return True
        return False
    return _standard(edit, event) or _structural(edit, event) or _typed(edit, event)


def is_typed_with_altgr(event: QKeyEvent) -> bool:
    """Return whether a key types a sign with AltGr, which Windows tells as Ctrl and Alt."""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return event.modifiers() & both == both and bool(event.text()) and event.text()[0] > " "


def _standard(edit: GatedEdit, event: QKeyEvent) -> bool:
    steps: tuple[tuple[QKeySequence.StandardKey, Callable[[], None]], ...] = (
        (_STANDARD.Undo, edit.undo),
        (_STANDARD.Redo, edit.redo),
        (_STANDARD.Cut, edit.cut),
        (_STANDARD.Copy, edit.copy),
        (_STANDARD.Paste, edit.paste),
    )
    for key, step in steps:
        if event.matches(key):
            step()
            return True
    for key, move in _DELETIONS:
        if event.matches(key):
            _delete_to(edit, move)
            return True
    return bool(event.matches(_STANDARD.DeleteCompleteLine))


def _structural(edit: GatedEdit, event: QKeyEvent) -> bool:
    key, modifiers = event.key(), event.modifiers()
    shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    if modifiers & Qt.KeyboardModifier.AltModifier:
        return False
    if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
        if control:
            return False
        _tab(edit, forward=key == Qt.Key.Key_Tab and not shift)
    elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        _enter(edit, shift=shift, control=control)
    elif key == Qt.Key.Key_Backspace:
        _backspace(edit)
    elif key == Qt.Key.Key_Delete and not shift:
        _delete(edit)
    else:
        return False
    return True


def _typed(edit: GatedEdit, event: QKeyEvent) -> bool:
    """Take the text of a key; Ctrl and Alt together are AltGr on Windows.

    Qt would put in the text of Alt or the Windows key with a letter: it does not get those.
    """
    modifiers = event.modifiers()
    control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
    text = event.text()
    if not text or text[0] == "\x7f" or (text[0] < " " and text[0] != "\t"):
        return False
    if control == alt and not modifiers & Qt.KeyboardModifier.MetaModifier:
        edit.type_text(text)
    return True


def _tab(edit: GatedEdit, *, forward: bool) -> None:
    cursor = edit.textCursor()
    if edit.in_list():
        edit.change(lists.shift_level(1 if forward else -1))
    elif table_of(cursor) is not None:
        if edit.change(tables.go_to_cell(1 if forward else -1), around=True):
            edit.select_cell()
    else:
        edit.leave(forward=forward)


def _enter(edit: GatedEdit, *, shift: bool, control: bool) -> None:
    if shift:
        edit.change(edits.insert_pieces([LineBreak()]))
        return
    look = edit.typing_look()
    in_heading = edit.in_heading()
    edit.change(edits.new_paragraph_in_item if control else edits.new_line)
    kept = Run("", bold=look.bold, italic=look.italic)
    if kept != Run("") and not in_heading and not edit.textCursor().block().text():
        edit.setCurrentCharFormat(char_format(kept))


def _backspace(edit: GatedEdit) -> None:
    cursor = edit.textCursor()
    if cursor.hasSelection():
        edit.change(edits.erase)
    elif cursor.atBlockStart():
        edit.change(edits.backspace)
    else:
        _delete_to(edit, _MOVE.PreviousCharacter)


def _delete(edit: GatedEdit) -> None:
    cursor = edit.textCursor()
    if cursor.hasSelection():
        edit.change(edits.erase)
    elif cursor.atBlockEnd():
        edit.change(edits.delete)
    else:
        _delete_to(edit, _MOVE.NextCharacter)


def _delete_to(edit: GatedEdit, move: QTextCursor.MoveOperation) -> None:
    """Delete to where a move takes the cursor, within its line; at the edge of it, join lines."""
    cursor = edit.textCursor()
    if cursor.hasSelection():
        edit.change(edits.erase)
        return
    start = cursor.position()
    block = cursor.block()
    cursor.movePosition(move, _KEEP)
    inside = block.position() <= cursor.position() < block.position() + block.length()
    if cursor.position() == start or not inside:
        back = cursor.position() < start
        if block.position() == start and back:
            edit.change(edits.backspace)
            return
        if start == block.position() + block.length() - 1:
            if not back:
                edit.change(edits.delete)
            return
        cursor.setPosition(start)
        edge = block.position() if back else block.position() + block.length() - 1
        cursor.setPosition(edge, _KEEP)
    edit.erase_plainly(cursor)


def select_relative(edit: GatedEdit, start: int, length: int) -> None:
    """Select text beside the cursor, as an input method names it, within the line."""
    cursor = edit.textCursor()
    block = cursor.block()
    first, last = block.position(), block.position() + block.length() - 1
    begin = min(max(cursor.position() + start, first), last)
    cursor.setPosition(begin)
    cursor.setPosition(min(max(begin + length, first), last), _KEEP)
    edit.setTextCursor(cursor)


def drag(edit: GatedEdit, move: Callable[[], None]) -> None:
    """Move the mouse; what Qt deletes after a drag to elsewhere is deleted by the gate instead."""
    document = edit.document()
    before, gated = document.revision(), edit.gated
    selection = edit.textCursor()
    first, last = selection.selectionStart(), selection.selectionEnd()
    move()
    if document.revision() != before and edit.gated == gated:
        document.undo()
        selection = edit.textCursor()
        selection.setPosition(first)
        selection.setPosition(last, _KEEP)
        edit.setTextCursor(selection)
        edit.change(edits.erase)


def drop(edit: GatedEdit, event: QDropEvent) -> None:
    """Put in what is dropped. What was dragged from the same text goes from where it was."""
    edit.end_drag()
    source = event.mimeData()
    if edit.isReadOnly() or not edit.canInsertFromMimeData(source):
        event.ignore()
        return
    target = edit.cursorForPosition(event.position().toPoint())
    selection = edit.textCursor()
    own = event.source() in {edit, edit.viewport()}
    inside = selection.selectionStart() <= target.position() <= selection.selectionEnd()
    if own and inside and selection.hasSelection():
        event.ignore()
        return
    event.acceptProposedAction()
    if own and event.dropAction() == Qt.DropAction.MoveAction and selection.hasSelection():
        edit.move_selection(target, source)
        return
    edit.setTextCursor(target)
    edit.put_in(source)
