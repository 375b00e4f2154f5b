"""Find and replace over the sections of a note, and its history."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from sqlalchemy import select

from desktop.models import Moete
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Cell as TableCell
from desktop.richtext.tree import (
    Footnote,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Table,
    Tree,
    paragraph,
    tree_from_text,
)
from desktop.richtext.tree import Row as TableRow
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.states import ToppnotatTilstand
from desktop.services.saker import write_forslag
from desktop.services.toppnotater import step_toppnotat, write_standard_section
from desktop.views.editor.text_edit import TextEdit
from desktop.views.moete.toppnotat.historikk import HistoryDialog
from desktop.views.moete.toppnotat.tab import ToppnotaterTab


@pytest.fixture
def tab(qtbot, desk, tasks, preferences):
    made = ToppnotaterTab(desk, tasks, preferences)
    qtbot.addWidget(made)
    made.resize(1200, 720)
    made.show()
    found = select(Moete.id).where(Moete.nummer == 4)
    made.show_moete(desk.read(lambda session: session.scalar(found)))
    sak_id = made.list.current_sak()
    desk.do(write_forslag, sak_id=sak_id, tree=tree_from_text("Rådet tar saken til orientering."))
    for slag, words in (
        (Seksjonslag.HENSIKT, "Saken er kort. En annen SAK."),
        (Seksjonslag.BAKGRUNN, "Her er saken igjen.\nOg saksgangen."),
    ):
        desk.do(write_standard_section, sak_id=sak_id, slag=slag, tree=tree_from_text(words))
    desk.changed.connect(made.refresh)
    made.show_moete(made.moete_id)
    return made


def texts(tab):
    return [plain_text(edit.tree()) for edit in tab.page.edits()][:3]


def look_for(qtbot, tab, words, *, replace=False):
    tab.find_bar.open(replace=replace)
    tab.find_bar.line.clear()
    qtbot.keyClicks(tab.find_bar.line, words)
    tab.find_bar.refresh()


def test_that_hits_are_counted_over_all_sections_and_walked_round(qtbot, tab):
    look_for(qtbot, tab, "sak")
    assert tab.find_bar.count.text() == "5 treff"
    seen = []
    for number in range(1, 7):
        qtbot.keyClick(tab.find_bar.line, Qt.Key.Key_Return)
        assert tab.find_bar.count.text() == f"{(number - 1) % 5 + 1} av 5"
        edits = tab.page.edits()
        (here,) = [e for e in edits if e.textCursor().hasSelection() and e.property("funnet")]
        seen.append((edits.index(here), here.textCursor().selectionStart()))
    assert seen[:5] == sorted(seen[:5])
    assert seen[5] == seen[0]
    qtbot.keyClick(tab.find_bar.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert tab.find_bar.count.text() == "5 av 5"


def test_that_case_and_whole_words_narrow_the_search(qtbot, tab):
    look_for(qtbot, tab, "SAK")
    tab.find_bar.case.setChecked(True)
    assert tab.find_bar.count.text() == "1 treff"
    tab.find_bar.case.setChecked(False)
    tab.find_bar.words.setChecked(True)
    assert tab.find_bar.count.text() == "1 treff"
    tab.find_bar.line.setText("finnes ikke")
    tab.find_bar.refresh()
    assert tab.find_bar.count.text() == "Ingen treff"


def test_that_one_hit_is_replaced_and_the_next_is_shown(qtbot, tab):
    look_for(qtbot, tab, "saken", replace=True)
    tab.find_bar.replacement.setText("notatet")
    tab.find_bar.step(1)
    tab.find_bar.replace_one()
    assert texts(tab)[0] == "Rådet tar notatet til orientering."
    assert texts(tab)[1].startswith("Saken")
    assert tab.find_bar.count.text() == "1 av 2"


def test_that_all_hits_are_replaced_and_each_field_undoes_it_in_one_step(qtbot, tab):
    before = texts(tab)
    look_for(qtbot, tab, "sak", replace=True)
    tab.find_bar.replacement.setText("emne")
    qtbot.mouseClick(tab.find_bar.every, Qt.MouseButton.LeftButton)
    assert tab.find_bar.count.text() == "5 erstattet"
    assert texts(tab) == [
        "Rådet tar emneen til orientering.",
        "emneen er kort. En annen emne.",
        "Her er emneen igjen.\nOg emnesgangen.",
    ]
    for edit in tab.page.edits()[:3]:
        edit.undo()
    assert texts(tab) == before


def test_that_what_is_replaced_is_saved(qtbot, tab, desk):
    look_for(qtbot, tab, "saken", replace=True)
    tab.find_bar.replacement.setText("notatet")
    tab.find_bar.replace_all()
    tab.page.flush()
    sak_id = tab.list.current_sak()
    tab._load_note()
    assert plain_text(tab.note.sak.forslag) == "Rådet tar notatet til orientering."
    assert tab.note.sak.id == sak_id


def test_that_looks_lists_tables_and_footnotes_survive_replacing(qtbot):
    bold = Paragraph(
        (Run("En "), Run("sak", bold=True), Footnote("n1", (Run("Kilde"),)), Run(" her"))
    )
    listed = ListBlock((ListItem((paragraph("sak i liste"),)),))
    table = Table((TableRow((TableCell((paragraph("sak i tabell"),)),)),), 0)
    edit = TextEdit()
    qtbot.addWidget(edit)
    edit.set_tree(Tree((bold, listed, table)))
    from desktop.viewmodels.text.find import Query, replacing_all  # noqa: PLC0415

    assert edit.change(replacing_all(Query("sak"), "ting"), whole=True)
    changed, new_list, new_table = edit.tree().blocks
    assert changed.inlines[1] == Run("ting", bold=True)
    assert changed.inlines[2] == bold.inlines[2]
    assert new_list.items[0].blocks[0].inlines == (Run("ting i liste"),)
    assert new_table.rows[0].cells[0].blocks[0].inlines == (Run("ting i tabell"),)


@pytest.fixture
def noted(tab, desk):
    """The note with footnotes in its second section, after one in the first paragraph."""
    words = [Footnote(f"n{at}", (Run(text),)) for at, text in enumerate(NOTE_TEXTS)]
    blocks = (
        Paragraph((Run("Saken"), words[0], Run(" og kilden"), words[1], Run("."))),
        Paragraph((Run("Slutt"), words[2])),
    )
    sak_id = tab.list.current_sak()
    tab.page.flush()
    desk.do(write_standard_section, sak_id=sak_id, slag=Seksjonslag.HENSIKT, tree=Tree(blocks))
    return tab


NOTE_TEXTS = ("Ingenting her", "Se kilden, den andre kilden", "Kilden igjen")


def note_texts(tab):
    found = [plain_text(edit.tree()) for edit in tab.page.edits()][1]
    return found.split("\n\n")[1].splitlines()


def test_that_a_hit_in_a_footnote_is_shown_with_the_footnote(qtbot, noted):
    bar = noted.find_bar
    look_for(qtbot, noted, "kilden")
    assert bar.count.text() == "4 treff"
    seen = []
    for _step in range(5):
        qtbot.keyClick(bar.line, Qt.Key.Key_Return)
        place = bar.note_text.selectionStart() if bar.noted.isVisible() else None
        seen.append((bar.count.text(), bar.where.text() if place is not None else "", place))
    assert seen == [
        ("1 av 4", "", None),
        ("2 av 4", "I fotnote 2:", 3),
        ("3 av 4", "I fotnote 2:", 21),
        ("4 av 4", "I fotnote 3:", 0),
        ("1 av 4", "", None),
    ]
    bar.step(-1)
    assert bar.note_text.text() == NOTE_TEXTS[2]
    assert bar.note_text.accessibleName() == "I fotnote 3"
    edit = noted.page.edits()[1]
    assert edit.textCursor().selectedText() == "\ufffc"
    assert edit.note_here().id == "n2"
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    bar.open(replace=False)
    assert not bar.noted.isVisible()


def test_that_one_hit_in_a_footnote_is_replaced_and_the_next_is_shown(qtbot, noted):
    bar = noted.find_bar
    look_for(qtbot, noted, "kilden", replace=True)
    bar.replacement.setText("kilden min")
    bar.step(1)
    bar.step(1)
    for expected in (
        ("3 av 4", "Se kilden min, den andre kilden"),
        ("4 av 4", "Kilden igjen"),
    ):
        bar.replace_one()
        assert (bar.count.text(), bar.note_text.text()) == expected
    assert note_texts(noted)[1] == "[2] Se kilden min, den andre kilden min"
    noted.page.edits()[1].undo()
    assert note_texts(noted)[1] == "[2] Se kilden min, den andre kilden"


def test_that_replacing_all_counts_footnotes_and_saves_them(qtbot, noted, desk):
    bar = noted.find_bar
    look_for(qtbot, noted, "kilden", replace=True)
    bar.replacement.setText("boken")
    qtbot.mouseClick(bar.every, Qt.MouseButton.LeftButton)
    assert bar.count.text() == "4 erstattet"
    assert note_texts(noted) == [
        "[1] Ingenting her",
        "[2] Se boken, den andre boken",
        "[3] boken igjen",
    ]
    noted.page.flush()
    noted._load_note()
    stored = next(one for one in noted.note.sections if one.slag is Seksjonslag.HENSIKT)
    assert "[2] Se boken, den andre boken" in plain_text(stored.innhold)
    noted.page.edits()[1].undo()
    assert note_texts(noted)[1] == "[2] Se kilden, den andre kilden"


def test_that_esc_closes_the_search_and_leaves_no_marks(qtbot, tab):
    look_for(qtbot, tab, "saken")
    assert tab.page.edits()[0].extraSelections()
    qtbot.keyClick(tab.find_bar.line, Qt.Key.Key_Escape)
    assert not tab.find_bar.isVisible()
    assert not any(edit.extraSelections() for edit in tab.page.edits())


def test_that_the_search_begins_with_what_is_selected(qtbot, tab):
    edit = tab.page.edits()[1]
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    cursor = edit.textCursor()
    cursor.setPosition(0)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    qtbot.keyClick(tab, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert tab.find_bar.line.text() == "Saken"


# History


@pytest.fixture
def history(qtbot, tab):
    tab.show_history()
    yield tab.history
    tab.history.close()


def test_that_the_history_tells_when_who_and_what(history):
    assert isinstance(history, HistoryDialog)
    first = history.list.item(0).text()
    assert "Kari Prøve" in first
    assert "Bakgrunn" in first
    assert "Hensikt med saken" in history.list.item(1).text()
    assert "Saken er kort" not in history.diff.toPlainText()
    assert "Her er saken igjen." in history.diff.toPlainText()


def test_that_any_two_versions_are_compared(history):
    history.list.setCurrentRow(2)
    place = history.against.findData(0)
    history.against.setCurrentIndex(place)
    history._show()
    said = history.diff.toPlainText()
    assert "Saken er kort" in said
    assert "Her er saken igjen." in said
    history.against.setCurrentIndex(history.against.findData(-2))
    history._show()
    assert "Rådet tar saken til orientering." in history.diff.toPlainText()


def test_that_one_goes_back_to_a_version_and_can_undo_that(qtbot, history, tab, desk):
    after = texts(tab)
    history.list.setCurrentRow(3)
    qtbot.mouseClick(history.back, Qt.MouseButton.LeftButton)
    assert "Ctrl+Z" in history.notice.text.text()
    assert texts(tab) != after
    assert history.list.item(0).text().count("\n") == 1
    desk.undo()
    assert texts(tab) == after


def test_that_going_back_to_what_the_text_is_already_says_so(qtbot, history, tab, desk):
    history.list.setCurrentRow(2)
    qtbot.mouseClick(history.back, Qt.MouseButton.LeftButton)
    assert "Ctrl+Z" in history.notice.text.text()
    label, now = desk.undo_text(), texts(tab)
    history.list.setCurrentRow(3)
    qtbot.mouseClick(history.back, Qt.MouseButton.LeftButton)
    assert history.notice.text.text().endswith("Ingenting er endret.")
    assert (desk.undo_text(), texts(tab)) == (label, now)


def test_that_the_newest_version_is_nothing_to_go_back_to(history):
    assert not history.back.isEnabled()
    history.list.setCurrentRow(1)
    assert history.back.isEnabled()


def test_that_a_sent_note_has_a_history_and_no_way_back(qtbot, tab, desk):
    desk.do(step_toppnotat, sak_id=tab.list.current_sak(), tilstand=ToppnotatTilstand.SENDT)
    tab.show_history()
    tab.history.list.setCurrentRow(2)
    assert not tab.history.back.isEnabled()
    tab.history.close()
