"""A big text from the clipboard is read in the background, and comes where the cursor was."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor

from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree, paragraph
from desktop.viewmodels.desk import Outcome
from desktop.views.editor.field import TextField
from desktop.views.editor.gated import PASTE_GIVEN_UP

LINE = "Rådet drøftet saken om felles e-helse i kommuner og helseforetak."


def big_html():
    return "".join(f"<p>{LINE} {number}</p>" for number in range(2_000))


def big(html=None):
    mime = QMimeData()
    mime.setHtml(html or big_html())
    return mime


@pytest.fixture
def begun(edit):
    """An editor with the cursor in the middle of its text."""
    edit.set_tree(Tree((paragraph("Før etter"),)))
    cursor = edit.textCursor()
    cursor.setPosition(4)
    edit.setTextCursor(cursor)
    return edit


def lines(edit):
    return plain_text(edit.tree()).split("\n")


def test_that_a_big_text_is_told_of_and_comes_where_the_cursor_was(qtbot, begun):
    told = []
    begun.reading.connect(told.append)
    begun.put_in(big())
    assert told == [True]
    assert lines(begun) == ["Før etter"]
    begun.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.waitUntil(lambda: told == [True, False])
    found = lines(begun)
    assert found[0] == f"Før {LINE} 0"
    assert found[-1] == f"{LINE} 1999etter"
    begun.undo()
    assert lines(begun) == ["Før etter"]


def test_that_what_is_typed_meanwhile_comes_after_it(qtbot, begun):
    begun.put_in(big())
    qtbot.keyClicks(begun, " og")
    qtbot.keyClick(begun, Qt.Key.Key_Backspace)
    assert lines(begun) == ["Før etter"]
    begun.settle()
    assert lines(begun)[-1] == f"{LINE} 1999 oetter"


def test_that_another_text_shown_meanwhile_stays_whole_and_the_user_is_told(qtbot, begun):
    told = []
    begun.refused.connect(told.append)
    begun.put_in(big())
    begun.set_tree(Tree((paragraph("Et annet sted"),)))
    assert told == [PASTE_GIVEN_UP]
    qtbot.wait(50)
    assert lines(begun) == ["Et annet sted"]
    assert not begun.isReadOnly()


def test_that_a_field_left_meanwhile_saves_what_was_pasted(qtbot, desk):
    saved = []

    def save(tree, _paragraph, _typing):
        saved.append(plain_text(tree))
        return Outcome()

    field = TextField(desk, save, "Hensikt")
    qtbot.addWidget(field)
    field.show()
    field.edit.put_in(big())
    assert field.pasting.isVisible()
    assert field.flush()
    assert len(saved[0].split("\n")) == 2_000
    assert not field.pasting.isVisible()


def test_that_a_read_only_text_takes_no_big_text(begun):
    begun.setReadOnly(True)
    begun.put_in(big())
    begun.settle()
    assert lines(begun) == ["Før etter"]
