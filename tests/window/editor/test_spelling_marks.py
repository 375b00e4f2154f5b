"""A misspelt word is marked, and its menu offers what was meant."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor

from desktop.richtext.tree import Paragraph, Run, Tree
from desktop.rules.kinds import Maalform
from desktop.viewmodels.desk import Outcome
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.spellers import Spellers
from desktop.viewmodels.text.own_words import OwnWords
from desktop.views.editor.field import TextField

WAVE = QTextCharFormat.UnderlineStyle.SpellCheckUnderline


@pytest.fixture
def field(qtbot, desk, tmp_path):
    desk.spellers = Spellers(desk, OwnWords(Preferences(tmp_path / "motebok.ini")))
    field_of = desk.spellers
    made = TextField(desk, lambda *_: Outcome(), "Tekst")
    qtbot.addWidget(made)
    made.spell(Maalform.NB)
    made.show()
    yield made
    field_of.close()


def marked(edit):
    found = []
    block = edit.document().firstBlock()
    while block.isValid():
        for stretch in block.layout().formats():
            if stretch.format.underlineStyle() == WAVE:
                found += [block.text()[stretch.start : stretch.start + stretch.length]]
        block = block.next()
    return found


def menu_of(qtbot, edit, place):
    cursor = QTextCursor(edit.document())
    cursor.setPosition(place)
    edit.setTextCursor(cursor)
    edit.show_menu(edit.mapToGlobal(edit.cursorRect().center()), edit.cursorRect().center())
    menu = edit.findChildren(type(edit.commands.menu()))[0]
    qtbot.waitUntil(
        lambda: all("Leter" not in one.text() for one in menu.actions()), timeout=10_000
    )
    return menu


def test_that_a_misspelt_word_is_marked_when_the_answer_is_there(qtbot, field):
    field.load(
        Tree((Paragraph((Run("Et 🙂 vedtakk og et vedtak."),)), Paragraph((Run("Vedtak."),))))
    )
    qtbot.waitUntil(lambda: bool(marked(field.edit)), timeout=10_000)
    block = field.edit.document().firstBlock()
    (stretch,) = [f for f in block.layout().formats() if f.format.underlineStyle() == WAVE]
    assert (stretch.start, stretch.length) == (6, 7)  # UTF-16 units: the emoji counts two


def test_that_a_suggestion_takes_the_place_of_the_word_and_can_be_undone(qtbot, field):
    tree = Tree((Paragraph((Run("Et "), Run("vedtakk", bold=True), Run(" her."))),))
    field.load(tree)
    qtbot.waitUntil(lambda: marked(field.edit) == ["vedtakk"], timeout=10_000)
    menu = menu_of(qtbot, field.edit, 5)
    next(one for one in menu.actions() if one.text() == "vedtak").trigger()
    (changed,) = field.edit.tree().blocks
    assert changed.inlines == (Run("Et "), Run("vedtak", bold=True), Run(" her."))
    field.edit.undo()
    assert field.edit.tree() == tree


def test_that_a_word_added_to_the_list_loses_its_mark(qtbot, field):
    field.load(Tree((Paragraph((Run("Kvarkelid er her."),)),)))
    qtbot.waitUntil(lambda: marked(field.edit) == ["Kvarkelid"], timeout=10_000)
    menu = menu_of(qtbot, field.edit, 3)
    next(one for one in menu.actions() if "ordlisten" in one.text()).trigger()
    qtbot.waitUntil(lambda: marked(field.edit) == [])


def test_that_what_is_typed_is_checked_too(qtbot, field):
    field.load(Tree())
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "Rådet drofter saken ")
    qtbot.waitUntil(lambda: marked(field.edit) == ["drofter"], timeout=10_000)
    for _ in range(13):
        qtbot.keyClick(field.edit, Qt.Key.Key_Backspace)
    qtbot.keyClicks(field.edit, "drøfter saken")
    assert marked(field.edit) == []


LONG = Tree(tuple(Paragraph((Run(f"Et vedtakk nummer {place}. "),)) for place in range(1_500)))


def test_that_a_long_text_is_marked_to_its_end_in_some_turns(qtbot, field):
    field.load(Tree((Paragraph((Run("vedtakk"),)),)))
    qtbot.waitUntil(lambda: bool(marked(field.edit)), timeout=10_000)
    field.load(LONG)
    assert len(marked(field.edit)) < 1_500
    qtbot.waitUntil(lambda: len(marked(field.edit)) == 1_500, timeout=10_000)


def test_that_a_key_on_the_way_is_marked_and_the_rest_follows(qtbot, field):
    field.load(Tree((Paragraph((Run("vedtakk"),)),)))
    qtbot.waitUntil(lambda: bool(marked(field.edit)), timeout=10_000)
    field.load(LONG)
    field.edit.setFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(field.edit, "vedtakk ")
    qtbot.waitUntil(lambda: len(marked(field.edit)) == 1_501, timeout=10_000)


def test_that_marks_leave_the_tree_as_it_was(qtbot, field):
    field.load(LONG)
    before = field.edit.tree()
    qtbot.waitUntil(lambda: len(marked(field.edit)) == 1_500, timeout=10_000)
    assert field.edit.tree() is before
    field.edit.moveCursor(QTextCursor.MoveOperation.Start)
    field.edit.type_text("Ny ")
    after = field.edit.tree()
    assert after.blocks[0].inlines[0].text.startswith("Ny Et")
    assert after.blocks[1:] == before.blocks[1:]
