"""What a person who knows Word expects of the keys."""

from typing import ClassVar

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget

from desktop.richtext.plain import plain_text
from desktop.richtext.tree import (
    Figure,
    Footnote,
    Heading,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Tree,
    paragraph,
)
from desktop.viewmodels.text.clipboard import mime_of
from desktop.viewmodels.text.read import read_tree
from desktop.views.editor import insertions
from desktop.views.editor.text_edit import TextEdit
from tests.window.editor.sessions import Drop, press

ENTER, TAB, BACK, DELETE = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
)
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def type_all(edit, *parts):
    """Type texts and press keys; a pair is a key with its modifiers."""
    for part in parts:
        if isinstance(part, str):
            for sign in part:
                press(edit, sign)
        elif isinstance(part, tuple):
            QTest.keyClick(edit, part[0], part[1])
        else:
            QTest.keyClick(edit, part)


def text(edit):
    assert edit.tree() == read_tree(edit.document())
    return plain_text(edit.tree())


def at(edit, position, end=None):
    cursor = edit.textCursor()
    cursor.setPosition(position)
    if end is not None:
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


def test_that_typing_makes_a_paragraph_with_an_id(edit):
    assert edit.tree() == Tree()
    type_all(edit, "Rådet")
    (block,) = edit.tree().blocks
    assert block.inlines == (Run("Rådet"),)
    assert edit.paragraph_id() == block.id


def test_that_enter_keeps_the_id_of_the_text_before_and_gives_the_rest_another(edit):
    edit.set_tree(Tree((paragraph("en to"),)))
    first = edit.tree().blocks[0].id
    at(edit, 2)
    type_all(edit, ENTER)
    above, below = edit.tree().blocks
    assert (above.id, below.id != first) == (first, True)
    assert text(edit) == "en\n to"


def test_that_typing_is_one_step_of_undo(edit):
    type_all(edit, "mange ord etter hverandre")
    edit.undo()
    edit.undo()
    assert edit.tree() == Tree()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('Han sa "ja" nå', "Han sa «ja» nå"),
        ('("x")', "(«x»)"),
        ("ord - ord", "ord – ord"),
        ("e-helse", "e-helse"),
        ("kl. 10 - 12", "kl. 10 – 12"),
    ],
)
def test_that_quotes_and_dashes_set_themselves(edit, typed, shown):
    type_all(edit, typed)
    assert text(edit) == shown


def test_that_undo_right_after_takes_back_just_the_replacement(edit):
    type_all(edit, 'Han sa "')
    assert text(edit) == "Han sa «"
    edit.undo()
    assert text(edit) == 'Han sa "'


def test_that_quotes_stay_as_typed_when_that_is_chosen(edit):
    edit.smart = False
    type_all(edit, '"a - b"')
    assert text(edit) == '"a - b"'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("- en", "• en"), ("* en", "• en"), ("1. en", "1. en"), ("a) en", "a) en"),
     ("15. januar", "15. januar")],
)  # fmt: skip
def test_that_a_list_begins_by_its_sign(edit, typed, shown):
    type_all(edit, typed)
    assert text(edit) == shown
    is_list = isinstance(edit.tree().blocks[0], ListBlock)
    assert is_list is (typed != "15. januar")


def test_that_undo_takes_back_an_automatic_list(edit):
    type_all(edit, "- ")
    assert isinstance(edit.tree().blocks[0], ListBlock)
    edit.undo()
    assert text(edit) == "- "


def test_that_tab_and_shift_tab_change_the_level(edit):
    type_all(edit, "- en", ENTER, "to", TAB, ENTER, "tre", (Qt.Key.Key_Backtab, SHIFT))
    assert text(edit) == "• en\n  • to\n• tre"


def test_that_enter_on_an_empty_item_goes_out_a_level_and_then_ends_the_list(edit):
    type_all(edit, "- en", ENTER, TAB, "to", ENTER, ENTER, "tre", ENTER, ENTER, "fire")
    assert text(edit) == "• en\n  • to\n• tre\nfire"


def test_that_backspace_at_the_start_of_an_item_goes_out_and_then_makes_a_paragraph(edit):
    type_all(edit, "- en", ENTER, TAB, "to", Qt.Key.Key_Home, BACK)
    assert text(edit) == "• en\n• to"
    type_all(edit, BACK)
    assert text(edit) == "• en\nto"
    type_all(edit, BACK)
    assert text(edit) == "• ento"


def test_that_an_interrupted_list_goes_on_with_the_next_number(edit):
    type_all(edit, "1. en", ENTER, "to", ENTER, "tre", Qt.Key.Key_Up, Qt.Key.Key_Home, BACK)
    assert text(edit) == "1. en\nto\n2. tre"


def test_that_control_enter_goes_on_in_the_same_item(edit):
    type_all(edit, "- en", (ENTER, CTRL), "mer", ENTER, ENTER, "to")
    (block,) = edit.tree().blocks
    assert [len(item.blocks) for item in block.items] == [2, 1]


def test_that_enter_after_a_heading_gives_a_paragraph(edit):
    type_all(edit, "Bakgrunn", (Qt.Key.Key_1, CTRL | ALT), ENTER, "tekst")
    heading, below = edit.tree().blocks
    assert isinstance(heading, Heading)
    assert below.inlines == (Run("tekst"),)
    assert isinstance(below, Paragraph)


def test_that_shift_enter_breaks_the_line(edit):
    type_all(edit, "en", (ENTER, SHIFT), "to")
    assert edit.tree().blocks[0].inlines == (Run("en"), LineBreak(), Run("to"))


def test_that_tab_outside_lists_and_tables_leaves_the_field(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    line = QVBoxLayout(page)
    edit, other = TextEdit(), QLineEdit()
    line.addWidget(edit)
    line.addWidget(other)
    page.show()
    edit.setFocus()
    QTest.keyClick(edit, TAB)
    assert page.focusWidget() is other
    assert edit.tree() == Tree()


def test_that_bold_is_on_for_what_is_typed_next_and_off_again(edit):
    type_all(edit, "a ", (Qt.Key.Key_B, CTRL), "b", (Qt.Key.Key_B, CTRL), " c")
    assert edit.tree().blocks[0].inlines == (Run("a "), Run("b", bold=True), Run(" c"))


def test_that_bold_of_a_selection_is_taken_away_when_all_of_it_is_bold(edit):
    edit.set_tree(Tree((Paragraph((Run("a"), Run("b", bold=True))),)))
    at(edit, 0, 2)
    type_all(edit, (Qt.Key.Key_B, CTRL))
    assert edit.tree().blocks[0].inlines == (Run("ab", bold=True),)
    type_all(edit, (Qt.Key.Key_B, CTRL))
    assert edit.tree().blocks[0].inlines == (Run("ab"),)


def test_that_typing_after_a_link_is_outside_it_and_inside_it_within(edit):
    link = "https://eksempel.no/"
    edit.set_tree(Tree((Paragraph((Run("ab", link=link),)),)))
    at(edit, 2)
    type_all(edit, "x")
    at(edit, 1)
    type_all(edit, "y")
    assert edit.tree().blocks[0].inlines == (Run("ayb", link=link), Run("x"))


def test_that_a_mark_typed_after_its_letter_joins_it(edit):
    type_all(edit, "e\N{COMBINING ACUTE ACCENT}")
    assert edit.tree().blocks[0].inlines == (Run("é"),)


def test_that_dead_keys_and_input_methods_pass_the_gate(edit):
    type_all(edit, "kaf")
    edit.inputMethodEvent(QInputMethodEvent("´", []))
    event = QInputMethodEvent("", [])
    event.setCommitString("é")
    edit.inputMethodEvent(event)
    assert text(edit) == "kafé"
    event = QInputMethodEvent("", [])
    event.setCommitString("e\N{SOFT HYPHEN}", -1, 1)
    edit.inputMethodEvent(event)
    assert text(edit) == "kafe"


def test_that_a_figure_stays_alone_in_its_line(edit):
    figure = Figure("0" * 64, "kart")
    edit.set_tree(Tree((figure,)))
    at(edit, 1)
    type_all(edit, "x")
    assert edit.tree().blocks[0] == figure
    assert text(edit) == "[Figur: kart]\nx"


def test_that_backspace_after_a_figure_removes_it_and_an_empty_line_goes_first(edit):
    edit.set_tree(Tree((Figure("0" * 64, "kart"), Paragraph())))
    at(edit, 2)
    type_all(edit, BACK)
    assert len(edit.tree().blocks) == 1
    type_all(edit, BACK)
    assert edit.tree().blocks[0] == Paragraph((), id=edit.tree().blocks[0].id)


def test_that_delete_joins_the_next_line_and_keeps_the_first_ones_shape(edit):
    edit.set_tree(Tree((Heading((Run("a"),), 2), paragraph("b"))))
    at(edit, 1)
    type_all(edit, DELETE)
    (block,) = edit.tree().blocks
    assert (block.level, block.inlines) == (2, (Run("ab"),))


def test_that_control_backspace_deletes_a_word(edit):
    type_all(edit, "en to tre", (BACK, CTRL))
    assert text(edit) == "en to "


def test_that_deleting_a_selection_over_a_list_leaves_a_sound_text(edit):
    inner = ListBlock((ListItem((paragraph("b"),)), ListItem((paragraph("c"),))))
    edit.set_tree(Tree((paragraph("a1"), ListBlock((ListItem((paragraph("x"), inner)),)))))
    at(edit, 1, 6)
    type_all(edit, DELETE)
    assert text(edit) == "a\n• c"


def test_that_a_pasted_paragraph_becomes_part_of_the_line(edit):
    type_all(edit, "en tre")
    at(edit, 3)
    mime = QMimeData()
    mime.setText("to")
    edit.insertFromMimeData(mime)
    assert text(edit) == "en totre"
    assert len(edit.tree().blocks) == 1


def test_that_a_list_pasted_into_a_list_is_part_of_it(edit):
    edit.set_tree(Tree((ListBlock((ListItem((paragraph("a"),)), ListItem((paragraph("b"),)))),)))
    edit.selectAll()
    edit.copy()
    type_all(edit, Qt.Key.Key_Down, (Qt.Key.Key_End, CTRL), ENTER, TAB)
    edit.paste()
    assert text(edit) == "• a\n• b\n  • a\n  • b"


def test_that_what_is_dragged_moves_as_one_step(edit):
    type_all(edit, "en to tre")
    at(edit, 0, 3)
    place = QTextCursor(edit.document())
    place.setPosition(9)
    point = edit.cursorRect(place).center()
    mime = edit.createMimeDataFromSelection()
    edit.dropEvent(Drop(edit, QPointF(point), Qt.DropAction.MoveAction, mime))
    assert text(edit) == "to treen "
    edit.undo()
    assert text(edit) == "en to tre"


def test_that_a_plain_field_takes_paragraphs_alone(edit):
    edit.set_plain(True)
    mime = mime_of(Tree((Heading((Run("H"),)), ListBlock((ListItem((paragraph("p"),)),)))))
    edit.insertFromMimeData(mime)
    type_all(edit, ENTER, "- x")
    assert all(type(block) is Paragraph for block in edit.tree().blocks)
    assert not edit.commands.heading1.isEnabled()


def test_that_nothing_changes_a_text_that_is_only_read(edit):
    tree = Tree((paragraph("fast"),))
    edit.set_tree(tree)
    edit.setReadOnly(True)
    type_all(edit, "x", ENTER, BACK, (Qt.Key.Key_V, CTRL), (Qt.Key.Key_Z, CTRL))
    edit.commands.heading1.trigger()
    edit.insert(tree.blocks)
    event = QInputMethodEvent("", [])
    event.setCommitString("é")
    edit.inputMethodEvent(event)
    assert edit.tree() == tree


def test_that_footnotes_are_put_in_changed_and_removed(edit):
    type_all(edit, "tekst")
    dialog = insertions.ask_note(edit)
    dialog.text.setPlainText("en\nto")
    dialog.answer.click()
    note = edit.tree().blocks[0].inlines[1]
    assert isinstance(note, Footnote)
    assert note.content == (Run("en"), LineBreak(), Run("to"))
    dialog = insertions.ask_note(edit)
    assert dialog.text.toPlainText() == "en\nto"
    dialog.text.setPlainText("ny")
    dialog.answer.click()
    assert edit.tree().blocks[0].inlines[1] == Footnote(note.id, (Run("ny"),))
    insertions.remove_note(edit)
    assert edit.tree().blocks[0].inlines == (Run("tekst"),)


def test_that_a_link_is_set_and_an_address_without_sense_is_refused(edit):
    type_all(edit, "les her")
    at(edit, 4, 7)
    dialog = insertions.ask_link(edit)
    dialog.address.setText("file:///etc/passwd")
    dialog.answer.click()
    assert dialog.field.error.text()
    dialog.address.setText("eksempel.no")
    dialog.answer.click()
    assert edit.tree().blocks[0].inlines[1] == Run("her", link="https://eksempel.no")


def test_that_only_figures_of_ours_are_loaded(edit, tmp_path):
    kind = QTextDocument.ResourceType.ImageResource.value
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    path = tmp_path / "bilde.png"
    assert image.save(str(path))
    edit.figure = lambda _file: path.read_bytes()
    assert edit.loadResource(kind, f"file://{path}").isNull()
    assert edit.loadResource(kind, "//server/deling/bilde.png").isNull()
    assert edit.loadResource(kind, "motebok-figur:" + "0" * 64).width() == 4


def test_that_an_image_is_asked_about_and_a_broken_one_is_refused(edit, tmp_path):
    said = []
    edit.refused.connect(said.append)
    edit.picked_image = lambda _data: "a" * 64
    broken = tmp_path / "x.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nno")
    assert insertions.insert_figure_file(edit, broken) is None
    assert "skadet" in said[0]
    sound = tmp_path / "y.png"
    assert QImage(4, 4, QImage.Format.Format_RGB32).save(str(sound))
    dialog = insertions.insert_figure_file(edit, sound)
    dialog.answer.click()
    assert dialog.field.error.text()
    dialog.alt_text.setText("Et kart")
    dialog.answer.click()
    (figure,) = (block for block in edit.tree().blocks if isinstance(block, Figure))
    assert (figure.file, figure.alt_text) == ("a" * 64, "Et kart")


def test_that_undo_and_redo_tell_that_the_text_was_edited(edit, qtbot):
    type_all(edit, "x")
    with qtbot.waitSignal(edit.edited):
        edit.undo()
    with qtbot.waitSignal(edit.edited):
        edit.redo()


def test_that_key_releases_and_lone_modifiers_change_nothing(edit):
    QTest.keyClick(edit, Qt.Key.Key_Shift)
    QTest.keyClick(edit, Qt.Key.Key_A, ALT)
    assert edit.tree() == Tree()


def test_that_the_editors_keys_win_over_the_windows(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    edit = TextEdit()
    window.setCentralWidget(edit)
    asked = []
    new = QAction("Nytt arkiv", window)
    new.setShortcut(QKeySequence("Ctrl+Shift+N"))
    new.triggered.connect(lambda: asked.append("arkiv"))
    window.addAction(new)
    window.show()
    window.activateWindow()
    edit.setFocus()
    type_all(edit, "x", (Qt.Key.Key_N, CTRL | SHIFT))
    assert text(edit) == "1. x"
    assert asked == []


def test_that_altgr_types_its_sign(edit):
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_At, CTRL | ALT, "@")
    QApplication.sendEvent(edit, event)
    assert text(edit) == "@"
    type_all(edit, (Qt.Key.Key_2, CTRL | ALT))
    assert edit.tree().blocks[0].level == 2


def test_that_misspelt_words_are_asked_of_the_speller(edit):
    class Speller(QObject):
        learned = Signal(object)
        asked: ClassVar[list[str]] = []

        def wrong(self, words):
            self.asked += words
            return {"feill"}

    edit.speller = Speller()
    type_all(edit, "en feill")
    assert Speller.asked[-2:] == ["en", "feill"]
    looks = edit.document().begin().layout().formats()
    assert [(look.start, look.length) for look in looks] == [(3, 5)]
