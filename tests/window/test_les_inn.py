"""Les inn fra Word: the user sees what comes, chooses for each part, and takes it in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree, tree_from_text
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.states import ToppnotatTilstand
from desktop.services.eksempel import EXAMPLE_UTVALG
from desktop.services.load import load_moete
from desktop.services.numbers import find_moete_id
from desktop.services.read_note import PartState
from desktop.services.toppnotater import sections_of, toppnotat_of, write_standard_section
from desktop.views.diff_view import DiffView
from desktop.views.moete.les_inn import open_les_inn
from tests.importing.word import lag
from tests.importing.word.lag import p, word_file
from tests.trees import trees


@pytest.fixture
def sak_id(desk):
    def first(session):
        moete = load_moete(session, find_moete_id(session, "4/2023", utvalg=EXAMPLE_UTVALG))
        return next(sak.id for sak in moete.saker if sak.id in moete.rows.toppnotater)

    found = desk.read(first)
    with desk.archive.operation("change_sak") as op:
        toppnotat_of(op.session, found).tilstand = ToppnotatTilstand.UTKAST
    return found


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def opened(qtbot, window, desk, tasks, sak_id, tmp_path):  # noqa: PLR0917 - fixtures
    def show(data, name="notat.docx"):
        path = tmp_path / name
        path.write_bytes(data)
        dialog = open_les_inn(window, desk, tasks, sak_id, path)
        wait_for(qtbot, dialog)
        return dialog

    return show


def wait_for(qtbot, dialog):
    """Wait until the file is read or refused."""
    qtbot.waitUntil(
        lambda: dialog.stack.currentIndex() == 1 or bool(dialog.error.text()), timeout=10_000
    )


def sections(desk, sak_id):
    def read(session):
        return {
            row.overskrift or row.slag.value: plain_text(row.innhold or Tree())
            for row in sections_of(session, sak_id)
        }

    return desk.read(read)


def lines(dialog):
    return [
        dialog.parts.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(dialog.parts.count())
    ]


def choose(dialog, text):
    """Choose what becomes of the part that is shown, by the keyboard."""
    place = next(i for i in range(dialog.choice.count()) if text in dialog.choice.itemText(i))
    dialog.choice.setFocus()
    dialog.choice.setCurrentIndex(place)


def test_that_every_part_is_listed_with_its_state_and_what_becomes_of_it(opened):
    dialog = opened(lag.med_stiler())
    assert dialog.stack.currentIndex() == 1
    shown = lines(dialog)
    assert "Økonomi, ny, tas inn" in shown
    assert "Bakgrunn, endret, tas inn" in shown
    assert "Plan for innføring" in dialog.remarks.toPlainText()
    assert "Felles språk i pasientjournalen" in dialog.head.text()


def test_that_what_is_chosen_is_taken_in_with_one_key_and_undone_in_one(
    qtbot, opened, desk, sak_id
):
    before = sections(desk, sak_id)
    dialog = opened(lag.med_stiler())
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.take, Qt.Key.Key_Space)
    assert sections(desk, sak_id)["hensikt"] == "Rådet skal vurdere om innføringen kan gå raskere."
    assert desk.undo_text().startswith("Les inn toppnotatet til sak")
    desk.undo()
    assert sections(desk, sak_id) == before


def test_that_a_part_that_is_to_stay_is_left_alone(qtbot, opened, desk, sak_id):
    before = sections(desk, sak_id)
    dialog = opened(lag.med_stiler())
    place = next(i for i, line in enumerate(lines(dialog)) if line.startswith("Bakgrunn"))
    dialog.parts.setFocus()
    dialog.parts.setCurrentRow(place)
    choose(dialog, "Behold")
    assert lines(dialog)[place] == "Bakgrunn, endret, tas ikke inn"
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert sections(desk, sak_id)["bakgrunn"] == before["bakgrunn"]


def test_that_text_without_a_place_is_put_where_the_user_says(qtbot, opened, desk, sak_id):
    before = sections(desk, sak_id)
    dialog = opened(word_file(p("Løs tekst.")))
    assert lines(dialog) == ["Ikke plassert, ikke plassert, tas inn"]
    choose(dialog, "Plasser sist i: Bakgrunn")
    assert "Løs tekst." in dialog.diff.toPlainText()
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    after = sections(desk, sak_id)
    assert after["bakgrunn"].endswith("Løs tekst.") or "Løs tekst." in after["bakgrunn"]
    assert after["hensikt"] == before["hensikt"]


def test_that_a_refused_file_says_why_and_another_can_be_chosen(
    qtbot, opened, monkeypatch, tmp_path
):
    change = '<w:ins w:id="1" w:author="Kari"><w:r><w:t>ny</w:t></w:r></w:ins>'
    dialog = opened(word_file(p("a", inner=change)))
    assert "Godta eller avvis endringene i Word" in dialog.error.text()
    assert dialog.error.y() < dialog.title.geometry().bottom() + 20
    assert not dialog.take.isEnabled()
    assert dialog.stack.currentIndex() == 0
    sound = tmp_path / "rett.docx"
    sound.write_bytes(lag.i_tabell())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(sound), ""))
    qtbot.mouseClick(dialog.other, Qt.MouseButton.LeftButton)
    wait_for(qtbot, dialog)
    assert dialog.error.text() == ""
    assert dialog.take.isEnabled()


def test_that_a_file_that_is_gone_says_so(window, desk, tasks, tmp_path, qtbot):
    dialog = open_les_inn(window, desk, tasks, "sak", tmp_path / "borte.docx")
    wait_for(qtbot, dialog)
    assert "finnes ikke" in dialog.error.text()


def test_that_a_note_that_is_sent_is_refused_in_place(opened, desk, sak_id):
    with desk.archive.operation("change_sak") as op:
        toppnotat_of(op.session, sak_id).tilstand = ToppnotatTilstand.SENDT
    dialog = opened(lag.i_tabell())
    assert "Toppnotatet er sendt" in dialog.error.text()


def test_that_giving_up_the_choice_of_a_file_opens_nothing(window, desk, tasks, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    assert open_les_inn(window, desk, tasks, "x", None) is None


def test_that_an_equal_part_is_not_taken_in(opened, desk, sak_id):
    write_standard_section(
        desk.archive, sak_id=sak_id, slag=Seksjonslag.HENSIKT, tree=tree_from_text("Samme.")
    )
    dialog = opened(word_file(p("Hensikt med saken", style="Overskrift1") + p("Samme.")))
    assert dialog.preview.parts[0].state is PartState.LIK
    assert lines(dialog) == ["Hensikt med saken, lik, tas ikke inn"]
    assert not dialog.take.isEnabled()


def test_that_every_control_has_a_name_and_escape_closes(qtbot, opened):
    dialog = opened(lag.med_stiler())
    controls = (dialog.parts, dialog.choice, dialog.diff, dialog.remarks, dialog.take, dialog.other)
    assert all(control.accessibleName() for control in controls)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


# The difference


def look_of(view, word):
    cursor = view.document().find(word)
    assert not cursor.isNull()
    return cursor.charFormat()


def test_that_what_came_is_underlined_and_what_went_struck_out(qtbot):
    view = DiffView("Forskjell")
    qtbot.addWidget(view)
    view.show_diff(tree_from_text("Rådet drøftet saken."), tree_from_text("Rådet støtter saken."))
    assert look_of(view, "støtter").underlineStyle() is (
        QTextCharFormat.UnderlineStyle.SingleUnderline
    )
    assert look_of(view, "drøftet").fontStrikeOut()
    assert not look_of(view, "Rådet").fontStrikeOut()
    assert view.accessibleDescription() == "Rådet [-drøftet-]{+støtter+} saken."


def test_that_a_difference_is_copied_as_plain_text(qtbot):
    view = DiffView("Forskjell")
    qtbot.addWidget(view)
    view.show_text(tree_from_text("en\nto"))
    cursor = view.textCursor()
    cursor.select(QTextCursor.SelectionType.Document)
    view.setTextCursor(cursor)
    data = view.createMimeDataFromSelection()
    assert data.formats() == ["text/plain"]
    assert data.text() == "en\nto"


def test_that_every_pair_of_texts_can_be_shown(qtbot):
    view = DiffView("Forskjell")
    qtbot.addWidget(view)

    @settings(max_examples=60)
    @given(trees(), trees())
    def show(old, new):
        view.show_diff(old, new)
        shown = "".join(view.toPlainText().split())
        for tree in (old, new):
            for block in tree.blocks:
                for run in getattr(block, "inlines", ()):
                    text = "".join(getattr(run, "text", "").split())
                    assert set(text) <= set(shown)

    show()


def test_that_the_parts_of_a_file_go_to_their_places_in_order(opened):
    dialog = opened(lag.med_stiler())
    targets = [part.target.slag for part in dialog.taken()]
    assert targets[:3] == [Seksjonslag.FORSLAG, Seksjonslag.HENSIKT, Seksjonslag.BAKGRUNN]
