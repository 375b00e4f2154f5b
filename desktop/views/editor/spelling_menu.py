"""What the menu of an editor offers for a misspelt word."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from desktop.richtext.tree import Run
from desktop.viewmodels.text import edits
from desktop.viewmodels.text.carriers import piece_of
from desktop.viewmodels.text.lines import u16
from desktop.viewmodels.text.speller import Speller
from desktop.views.editor.gated import GatedEdit
from desktop.views.editor.spelling_marks import SpellingMarks
from desktop.views.words import _

_MOST: Final = 6
Replace = Callable[[QTextCursor, str], object]


def fill(menu: QMenu, edit: QTextEdit, marks: SpellingMarks, replace: Replace) -> None:
    """Put suggestions and «Legg til i ordlisten» first, where the cursor is in a misspelt word.

    Suggestions come from another process: until they are there, a quiet line stands for them.
    `replace` puts a word in place of what its cursor selects.
    """
    speller = marks.speller
    found = _word_at(edit, marks)
    if found is None or speller is None or edit.isReadOnly():
        return
    cursor, word = found
    first = menu.actions()[0]
    waiting = QAction(_("Leter etter forslag …"), menu)
    waiting.setEnabled(False)
    learn = QAction(_("Legg «{ord}» til i ordlisten").format(ord=word), menu)
    learn.triggered.connect(partial(_learn, speller, word))
    line = QAction(menu)
    line.setSeparator(True)
    menu.insertActions(first, [waiting, learn, line])
    alive = [True]
    menu.destroyed.connect(lambda *_gone: alive.clear())
    speller.suggest(
        word, lambda words: _show(menu, waiting, words, partial(replace, cursor)) if alive else None
    )


def _word_at(edit: QTextEdit, marks: SpellingMarks) -> tuple[QTextCursor, str] | None:
    cursor = edit.textCursor()
    if cursor.hasSelection():
        return None
    block = cursor.block()
    text = block.text()
    place = len(text.encode("utf-16-le")[: 2 * cursor.positionInBlock()].decode("utf-16-le"))
    found = marks.wrong_word(text, place)
    if found is None:
        return None
    start, word = found
    first = block.position() + u16(text[:start])
    cursor.setPosition(first)
    cursor.setPosition(first + u16(word), QTextCursor.MoveMode.KeepAnchor)
    return cursor, word


def _show(
    menu: QMenu, waiting: QAction, words: list[str], replace: Callable[[str], object]
) -> None:
    if not words:
        waiting.setText(_("Ingen forslag"))
        return
    for word in words[:_MOST]:
        made = QAction(word, menu)
        font = made.font()
        font.setBold(True)
        made.setFont(font)
        made.triggered.connect(partial(_take, replace, word))
        menu.insertAction(waiting, made)
    menu.removeAction(waiting)


def _take(replace: Callable[[str], object], word: str, *_checked: bool) -> None:
    replace(word)


def replace_in_tree(edit: GatedEdit, cursor: QTextCursor, word: str) -> None:
    """Put a word in place of what a cursor selects in a text of ours, in the look it has."""
    edit.setTextCursor(cursor)
    look = piece_of(cursor.charFormat())
    run = look if isinstance(look, Run) else Run(word)
    edit.change(edits.insert_pieces([Run(word, run.bold, run.italic, run.superscript, run.link)]))


def _learn(speller: Speller, word: str, *_checked: bool) -> None:
    with suppress(OSError):  # it counts until the program ends
        speller.add(word)
