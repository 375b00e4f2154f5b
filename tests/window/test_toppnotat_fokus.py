"""The keyboard in the tab Toppnotater: where it is after each act, and what it can reach."""

import pytest
from docx import Document
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QToolTip

from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Footnote, Paragraph, Run, Tree
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.kinds import Toppnotatstatus
from desktop.services.note_view import read_note
from desktop.services.numbers import find_moete_id
from desktop.viewmodels.preferences import Appearance
from desktop.views.moete.les_inn import LesInnDialog
from desktop.views.moete.toppnotat.tab import ToppnotaterTab
from desktop.views.moete.toppnotat.tidligere import EarlierField
from desktop.views.theme import apply_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def tab(qtbot, desk, tasks, preferences):
    made = ToppnotaterTab(desk, tasks, preferences)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1200, 720)
    made.show()
    made.show_moete(
        desk.read(lambda session: find_moete_id(session, "4/2023", utvalg="E-helserådet"))
    )
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def choose(tab, number):
    lines = tab.model.lines()
    tab.list.choose(next(at for at, line in enumerate(lines) if line.nummer == number))
    return tab.list.current_sak()


def edit_of(tab, slag):
    return next(one for one in tab.page.boxes if one.section.slag is slag).field.edit


def focused():
    return QApplication.focusWidget()


def test_that_esc_goes_from_the_text_to_the_list_and_not_out_of_the_meeting(qtbot, tab):
    edit = edit_of(tab, Seksjonslag.BAKGRUNN)
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert focused() is tab.list
    qtbot.keyClick(tab.list, Qt.Key.Key_F6)
    assert focused() in tab.page.edits()


def test_that_a_search_that_found_nothing_gives_the_keyboard_back_where_it_was(qtbot, tab):
    edit = edit_of(tab, Seksjonslag.BAKGRUNN)
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(edit, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(focused(), "finnes ikke i noe notat")
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is edit
    assert edit.textCursor().atEnd()


def test_that_a_note_that_is_begun_with_the_keyboard_can_be_written_at_once(qtbot, tab):
    choose(tab, "30/23")
    tab.none.start.setFocus()
    qtbot.keyClick(tab.none.start, Qt.Key.Key_Space)
    assert focused() in tab.page.edits()


def word_file(folder):
    document = Document()
    document.add_heading("Bakgrunn", 1)
    document.add_paragraph("Lest inn fra Word.")
    path = folder / "notat.docx"
    document.save(path)
    return path


def status(desk, sak_id):
    return desk.read(lambda session: read_note(session, sak_id)).sak.toppnotatstatus


@pytest.mark.parametrize("number", ["30/23", "28/23"])
def test_that_a_word_file_can_be_read_into_a_sak_that_has_no_note(
    qtbot, tab, desk, tmp_path, number
):
    sak_id = choose(tab, number)
    before = status(desk, sak_id)
    tab.read_word(sak_id, word_file(tmp_path))
    (dialog,) = tab.findChildren(LesInnDialog)
    qtbot.waitUntil(dialog.take.isEnabled)
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert before is not Toppnotatstatus.SKAL_HA
    assert status(desk, sak_id) is Toppnotatstatus.SKAL_HA
    assert plain_text(edit_of(tab, Seksjonslag.BAKGRUNN).tree()) == "Lest inn fra Word."


def test_that_a_sak_stays_without_a_note_when_the_reading_is_given_up(qtbot, tab, desk, tmp_path):
    sak_id = choose(tab, "30/23")
    before = status(desk, sak_id)
    tab.read_word(sak_id, word_file(tmp_path))
    (dialog,) = tab.findChildren(LesInnDialog)
    qtbot.waitUntil(dialog.take.isEnabled)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert status(desk, sak_id) is before
    assert tab.stack.currentWidget() is tab.none


def test_that_the_menu_key_reaches_table_figure_and_footnote(tab):
    commands = edit_of(tab, Seksjonslag.BAKGRUNN).commands
    offered = commands.menu().actions()
    assert {commands.insert_table, commands.insert_figure, commands.insert_note} <= set(offered)


def test_that_the_mark_of_a_footnote_tells_its_text_and_never_as_markup(qtbot, tab):
    edit = edit_of(tab, Seksjonslag.BAKGRUNN)
    note = Footnote("n1", (Run("Se <b>rapporten</b>"),))
    edit.set_tree(Tree((Paragraph((Run("Tekst"), note, Run(" og mer"))),)))
    cursor = QTextCursor(edit.document())
    cursor.setPosition(5)
    edit.setTextCursor(cursor)
    place = edit.cursorRect().center() + QPoint(2, 0)
    assert edit.note_at(place) == note
    assert edit.note_at(place + QPoint(60, 0)) is None
    spot = edit.viewport().mapToGlobal(place)
    QApplication.sendEvent(edit.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, place, spot))
    assert QToolTip.text() == "<qt>Se &lt;b&gt;rapporten&lt;/b&gt;</qt>"
    QToolTip.hideText()


def test_that_the_colour_of_the_state_follows_the_appearance(qapp, tab):
    style = qapp.styleSheet(), qapp.palette()
    try:
        apply_theme(qapp, Appearance.LIGHT)
        light = tab.bar.state.styleSheet()
        apply_theme(qapp, Appearance.DARK)
        assert tab.bar.state.styleSheet() != light
    finally:
        qapp.setProperty("moerk", None)
        qapp.setStyleSheet(style[0])
        qapp.setPalette(style[1])


def test_that_every_text_of_a_note_has_the_same_size(qapp, tab):
    sheet = qapp.styleSheet()
    try:
        apply_theme(qapp, Appearance.LIGHT)
        for number in ("31/23", "34/23"):
            choose(tab, number)
            sizes = {edit.font().pointSizeF() for edit in tab.page.edits()}
            assert len(sizes) == 1
            assert sizes.pop() > tab.font().pointSizeF()
    finally:
        qapp.setProperty("moerk", None)
        qapp.setStyleSheet(sheet)


def test_that_tab_goes_from_the_tema_of_an_earlier_vedtak_to_its_words(qtbot, tab):
    choose(tab, "34/23")
    earlier = next(one.body for one in tab.page.boxes if isinstance(one.body, EarlierField))
    earlier.line.setText("NUIT 50/23")
    qtbot.keyClick(earlier.line, Qt.Key.Key_Return)
    (made,) = earlier.rows
    stops = (made.formulering.edit, made.up, made.down, made.gone)
    met, at = [], made.tema.editor
    while len(met) < len(stops):
        at = at.nextInFocusChain()
        assert at is not made.tema.editor
        met += [at] if at in stops else []
    assert tuple(met) == stops
