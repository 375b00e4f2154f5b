"""A field keeps itself saved, and the bar acts on the field that is written in."""

import pytest

from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree, paragraph
from desktop.viewmodels.desk import Outcome
from desktop.views.editor import field as field_module
from desktop.views.editor.field import TextField
from desktop.views.editor.text_edit import TextEdit
from desktop.views.editor.toolbar import FormatBar
from tests.window.editor.test_typing import ENTER, type_all


@pytest.fixture
def saves():
    return []


@pytest.fixture
def field(qtbot, desk, saves, monkeypatch):
    monkeypatch.setattr(field_module, "PAUSE_MS", 60)
    monkeypatch.setattr(field_module, "LONGEST_MS", 300)

    def save(tree, paragraph_id, typing):
        saves.append((plain_text(tree), paragraph_id, typing))
        return Outcome()

    made = TextField(desk, save, "Hensikt")
    qtbot.addWidget(made)
    made.show()
    made.edit.setFocus()
    return made


def test_that_the_text_is_saved_after_a_pause_with_its_paragraph(field, saves, qtbot):
    type_all(field.edit, "en", ENTER, "to")
    assert field.dirty
    assert saves == []
    qtbot.waitUntil(lambda: bool(saves))
    assert saves == [("en\nto", field.edit.paragraph_id(), True)]
    assert not field.dirty


def test_that_a_text_is_saved_while_one_writes_without_a_pause(field, saves, qtbot):
    for _key in range(40):
        type_all(field.edit, "x")
        qtbot.wait(20)
        if saves:
            break
    assert saves
    assert saves[0][0].strip("x") == ""


def test_that_what_is_typed_is_saved_when_the_archive_is_let_go_of(field, saves, desk):
    type_all(field.edit, "siste ord")
    desk.closing.emit()
    assert saves[0][0] == "siste ord"


def test_that_a_refused_save_says_why_and_keeps_the_text(qtbot, desk):
    outcomes = [Outcome(error="Noen andre har skrevet her."), Outcome()]
    made = TextField(desk, lambda *_given: outcomes.pop(0), "Hensikt")
    qtbot.addWidget(made)
    made.show()
    type_all(made.edit, "tekst")
    assert not made.flush()
    assert made.notice.text.text() == "Noen andre har skrevet her."
    assert made.dirty
    assert plain_text(made.edit.tree()) == "tekst"
    assert made.flush()
    assert not made.dirty
    assert made.notice.isHidden()


def test_that_loading_the_same_text_keeps_the_cursor_and_what_can_be_undone(field):
    type_all(field.edit, "en to")
    place = field.edit.textCursor().position()
    field.load(field.edit.tree())
    assert field.edit.textCursor().position() == place
    assert field.edit.document().isUndoAvailable()
    field.load(Tree((paragraph("annet"),)))
    assert plain_text(field.edit.tree()) == "annet"
    assert not field.edit.document().isUndoAvailable()


def test_that_a_text_as_it_was_saved_is_not_saved_again(field, saves):
    field.load(Tree((paragraph("a"),)))
    type_all(field.edit, "x")
    field.edit.undo()
    assert field.flush()
    assert saves == []


def test_that_the_field_grows_with_its_text(qtbot):
    edit = TextEdit()
    qtbot.addWidget(edit)
    edit.set_growing(True)
    edit.resize(400, edit.height())
    edit.show()
    before = edit.height()
    type_all(edit, *["linje", ENTER] * 12)
    assert edit.height() > before


def test_that_the_bar_follows_the_editor_and_shows_its_state(qtbot):
    bar, one, other = FormatBar(), TextEdit(), TextEdit()
    for widget in (bar, one, other):
        qtbot.addWidget(widget)
        widget.show()
    assert not bar.isEnabled()
    one.setFocus()
    bar.follow(one)
    bar.buttons["list_bullet"].click()
    type_all(one, "x")
    bar.follow(other)
    bar.buttons["bold"].click()
    type_all(other, "y")
    assert plain_text(one.tree()) == "• x"
    assert other.tree().blocks[0].inlines[0].bold
    one.commands.refresh()
    bar.follow(one)
    assert bar.buttons["list_bullet"].isChecked()
    assert not bar.buttons["bold"].isChecked()


def test_that_the_bar_makes_a_heading_of_the_line(qtbot):
    bar, edit = FormatBar(), TextEdit()
    for widget in (bar, edit):
        qtbot.addWidget(widget)
        widget.show()
    edit.setFocus()
    bar.follow(edit)
    type_all(edit, "Bakgrunn")
    bar.kind.setCurrentIndex(2)
    bar.kind.activated.emit(2)
    assert edit.tree().blocks[0].level == 2


def test_that_every_button_has_a_name_and_a_shortcut_is_told(qtbot):
    bar, edit = FormatBar(), TextEdit()
    for widget in (bar, edit):
        qtbot.addWidget(widget)
    bar.follow(edit)
    assert all(made.accessibleName() for made in bar.buttons.values())
    assert "Ctrl" in bar.buttons["bold"].toolTip()
