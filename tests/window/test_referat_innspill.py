"""The innspill typed as people talk: every act by key, and the lines that come of it."""

import random

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from desktop.richtext.codec import dumps, loads
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Paragraph, Run, Tree, tree_from_text
from desktop.rules.entity_kinds import Innspillslag
from desktop.services.minutes_edit import InnspillLine
from desktop.services.minutes_view import Speaker
from desktop.viewmodels.innspill_text import lines_of_text
from desktop.views.moete.referat.innspill_edit import InnspillEdit
from desktop.views.moete.referat.speakers import SpeakerList

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
POINT, PROSE, TITLE = Innspillslag.PUNKT, Innspillslag.AVSNITT, Innspillslag.MELLOMTITTEL
KEY, HELD = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT = HELD.ControlModifier, HELD.ShiftModifier, HELD.AltModifier
SPEAKERS = (
    Speaker("kari", "Kari Nordmann", "KS", til_stede=True),
    Speaker("ola", "Ola Dahl", "Helse Sør-Øst", til_stede=True),
    Speaker("per", "Per-Arne Berg", "KS", til_stede=False),
)


@pytest.fixture
def edit(qtbot):
    made = InnspillEdit()
    made.speakers = SpeakerList(made)
    made.speakers.set_speakers(SPEAKERS)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


def seen(edit):
    return [(line.slag, line.nivaa, plain_text(line.tekst)) for line in edit.lines()]


def words(edit):
    return [plain_text(line.tekst) for line in edit.lines()]


def press(qtbot, edit, *keys):
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(edit, key)
        elif isinstance(key, tuple):
            qtbot.keyClick(edit, *key)
        else:
            qtbot.keyClick(edit, key)


def point(text, key="a", **more):
    return InnspillLine(key, more.pop("slag", POINT), more.pop("nivaa", 0), tree_from_text(text))


def test_that_enter_gives_the_next_point_and_tab_a_point_below(qtbot, edit):
    press(qtbot, edit, "Dyrt", KEY.Key_Return, KEY.Key_Tab, "Svært dyrt", KEY.Key_Return)
    press(qtbot, edit, "Og sent", KEY.Key_Return, (KEY.Key_Backtab, SHIFT), "Men bra")
    assert seen(edit) == [
        (POINT, 0, "Dyrt"),
        (POINT, 1, "Svært dyrt"),
        (POINT, 1, "Og sent"),
        (POINT, 0, "Men bra"),
    ]
    assert len({line.id for line in edit.lines()}) == 4


def test_that_a_point_stands_at_most_one_level_below_the_one_above(qtbot, edit):
    press(qtbot, edit, KEY.Key_Tab, "En", KEY.Key_Return, KEY.Key_Tab, KEY.Key_Tab, "To")
    assert seen(edit) == [(POINT, 0, "En"), (POINT, 1, "To")]


def test_that_enter_in_an_empty_point_goes_a_level_up_and_makes_no_blank_lines(qtbot, edit):
    press(qtbot, edit, "En", KEY.Key_Return, KEY.Key_Tab, KEY.Key_Return, KEY.Key_Return, "To")
    assert seen(edit) == [(POINT, 0, "En"), (POINT, 0, "To")]
    assert edit.document().blockCount() == 2


def test_that_backspace_at_a_start_outdents_and_then_joins_the_line_above(qtbot, edit):
    press(qtbot, edit, "En", KEY.Key_Return, KEY.Key_Tab, "To", KEY.Key_Home)
    press(qtbot, edit, KEY.Key_Backspace)
    assert seen(edit) == [(POINT, 0, "En"), (POINT, 0, "To")]
    first = edit.lines()[0].id
    press(qtbot, edit, KEY.Key_Backspace)
    assert seen(edit) == [(POINT, 0, "EnTo")]
    assert edit.lines()[0].id == first


def test_that_backspace_in_an_empty_point_takes_it_away(qtbot, edit):
    press(qtbot, edit, "En", KEY.Key_Return, KEY.Key_Backspace, "!")
    assert seen(edit) == [(POINT, 0, "En!")]


def test_that_enter_inside_a_line_splits_it_and_the_first_half_keeps_the_key(qtbot, edit):
    edit.set_lines([point("Bra plan", "a")])
    press(qtbot, edit, KEY.Key_Home, (KEY.Key_Right, CTRL), KEY.Key_Return)
    assert words(edit) == ["Bra ", "plan"]
    assert edit.lines()[0].id == "a"
    press(qtbot, edit, (KEY.Key_Z, CTRL))
    assert [(line.id, plain_text(line.tekst)) for line in edit.lines()] == [("a", "Bra plan")]


def test_that_enter_at_a_start_pushes_the_line_down_with_its_key(qtbot, edit):
    edit.set_lines([point("Plan", "a")])
    press(qtbot, edit, KEY.Key_Home, KEY.Key_Return, KEY.Key_Up, "Ny")
    assert [plain_text(line.tekst) for line in edit.lines()] == ["Ny", "Plan"]
    assert edit.lines()[1].id == "a"


def test_that_ctrl_h_makes_a_heading_and_the_next_line_is_a_point(qtbot, edit):
    press(qtbot, edit, "Økonomi", (KEY.Key_H, CTRL), KEY.Key_Return, "Dyrt")
    assert seen(edit) == [(TITLE, 0, "Økonomi"), (POINT, 0, "Dyrt")]
    press(qtbot, edit, KEY.Key_Up, (KEY.Key_H, CTRL))
    assert seen(edit)[0] == (POINT, 0, "Økonomi")


def test_that_ctrl_j_makes_a_paragraph_that_goes_on_as_one(qtbot, edit):
    press(qtbot, edit, "Rådet var delt.", (KEY.Key_J, CTRL), KEY.Key_Return, "Så enig.")
    assert seen(edit) == [(PROSE, 0, "Rådet var delt."), (PROSE, 0, "Så enig.")]


def test_that_alt_and_an_arrow_move_a_line_with_its_key_and_the_cursor(qtbot, edit):
    edit.set_lines([point("En", "a"), point("To", "b"), point("Tre", "c")])
    press(qtbot, edit, (KEY.Key_End, CTRL), (KEY.Key_Up, ALT), (KEY.Key_Up, ALT), "!")
    assert [(line.id, plain_text(line.tekst)) for line in edit.lines()] == [
        ("c", "Tre!"),
        ("a", "En"),
        ("b", "To"),
    ]
    press(qtbot, edit, (KEY.Key_Down, ALT))
    assert [line.id for line in edit.lines()] == ["a", "c", "b"]


def test_that_undoing_everything_gives_the_lines_that_were_there(qtbot, edit):
    before = (point("En", "a"), point("To", "b", nivaa=1), point("Tre", "c"))
    edit.set_lines(before)
    press(qtbot, edit, (KEY.Key_End, CTRL), KEY.Key_Return, "Fire", KEY.Key_Tab)
    press(qtbot, edit, (KEY.Key_Up, ALT), (KEY.Key_H, CTRL), KEY.Key_Home, KEY.Key_Backspace)
    press(qtbot, edit, (KEY.Key_A, CTRL), KEY.Key_Delete, "Borte")
    assert words(edit) == ["Borte"]
    while edit.document().isUndoAvailable():
        press(qtbot, edit, (KEY.Key_Z, CTRL))
    assert edit.lines() == before


def test_that_the_looks_of_a_text_stay(qtbot, edit):
    look = Paragraph(
        (Run("Dette er "), Run("viktig", bold=True), Run(" og "), Run("rart", italic=True))
    )
    edit.set_lines([InnspillLine("a", POINT, 0, Tree((look,)))])
    assert edit.lines()[0].tekst == Tree((look,))
    press(qtbot, edit, (KEY.Key_End, CTRL), (KEY.Key_I, CTRL), "!")
    assert edit.lines()[0].tekst.blocks[0].inlines[-1] == Run("!")
    assert edit.lines()[0].tekst.blocks[0].id == look.id


def test_that_several_pasted_lines_become_points_at_their_levels(qtbot, edit):
    press(qtbot, edit, "Først", KEY.Key_Return)
    mime = QMimeData()
    mime.setText("- Om penger\n    - Dyrt\n- Om tid\r\n\n• Sent")
    edit.insertFromMimeData(mime)
    assert seen(edit) == [
        (POINT, 0, "Først"),
        (POINT, 0, "Om penger"),
        (POINT, 1, "Dyrt"),
        (POINT, 0, "Om tid"),
        (POINT, 0, "Sent"),
    ]


def test_that_a_pasted_word_goes_into_the_line(qtbot, edit):
    press(qtbot, edit, "Om og", KEY.Key_Left, KEY.Key_Left)
    mime = QMimeData()
    mime.setText("penger ")
    edit.insertFromMimeData(mime)
    assert words(edit) == ["Om penger og"]


def test_that_a_pasted_list_keeps_its_levels(qtbot, edit):
    mime = QMimeData()
    mime.setHtml("<h2>Økonomi</h2><ul><li>Dyrt<ul><li>Svært</li></ul></li><li>Sent</li></ul>")
    edit.insertFromMimeData(mime)
    assert seen(edit) == [
        (TITLE, 0, "Økonomi"),
        (POINT, 0, "Dyrt"),
        (POINT, 1, "Svært"),
        (POINT, 0, "Sent"),
    ]


def test_that_copied_lines_are_a_list_and_come_back_as_they_were(qtbot, edit):
    edit.set_lines([point("En", "a"), point("To", "b", nivaa=1), point("Tre", "c")])
    press(qtbot, edit, (KEY.Key_A, CTRL), (KEY.Key_C, CTRL))
    assert "To" in QApplication.clipboard().text()
    press(qtbot, edit, (KEY.Key_End, CTRL), KEY.Key_Return, (KEY.Key_V, CTRL))
    assert seen(edit)[3:] == seen(edit)[:3]
    assert len({line.id for line in edit.lines()}) == 6


def test_that_strange_characters_are_cleaned_on_the_way(qtbot, edit):
    mime = QMimeData()
    mime.setText("en\u00adde \ue000lig \u202etekst\nto 👍🏽")
    edit.insertFromMimeData(mime)
    assert words(edit) == ["ende lig tekst", "to 👍🏽"]


def test_that_an_at_sign_offers_those_who_take_part_and_enter_takes_one(qtbot, edit):
    press(qtbot, edit, "Dyrt @kar")
    assert [edit.speakers.list.item(row).text() for row in range(edit.speakers.list.count())] == [
        "Kari Nordmann · KS"
    ]
    press(qtbot, edit, KEY.Key_Return)
    line = edit.lines()[0]
    assert (plain_text(line.tekst), line.innsender_id, line.navngis) == ("Dyrt ", "kari", False)
    assert not edit.speakers.is_open


def test_that_arrows_choose_among_the_offered(qtbot, edit):
    press(qtbot, edit, "@ks", KEY.Key_Down, KEY.Key_Tab, "Sent")
    assert edit.lines()[0].innsender_id == "per"
    assert words(edit) == ["Sent"]


def test_that_an_e_mail_address_offers_nobody_and_esc_keeps_the_at_sign(qtbot, edit):
    press(qtbot, edit, "post@ks")
    assert not edit.speakers.is_open
    press(qtbot, edit, " @ola", KEY.Key_Escape, KEY.Key_Return, "Neste")
    assert words(edit) == ["post@ks @ola", "Neste"]


def test_that_ctrl_m_names_somebody_and_takes_the_name_away(qtbot, edit):
    press(qtbot, edit, "Dyrt", (KEY.Key_M, CTRL), "dahl", KEY.Key_Return)
    assert edit.lines()[0].innsender_id == "ola"
    press(qtbot, edit, (KEY.Key_M, CTRL | SHIFT))
    assert edit.lines()[0].navngis
    press(qtbot, edit, (KEY.Key_M, CTRL), KEY.Key_Up, KEY.Key_Return)
    assert (edit.lines()[0].innsender_id, edit.lines()[0].navngis) == (None, False)


def test_that_the_name_follows_its_line_and_not_the_next_one(qtbot, edit):
    press(qtbot, edit, "Dyrt @kari", KEY.Key_Return, KEY.Key_Return, "Sent", (KEY.Key_Up, ALT))
    assert [(plain_text(one.tekst).strip(), one.innsender_id) for one in edit.lines()] == [
        ("Sent", None),
        ("Dyrt", "kari"),
    ]


def test_that_quotes_and_dashes_become_norwegian_and_one_undo_takes_that_back(qtbot, edit):
    press(qtbot, edit, 'Han sa "ja" - ofte (i "fjor") 10-12')
    assert words(edit) == ["Han sa «ja» – ofte (i «fjor») 10-12"]
    press(qtbot, edit, KEY.Key_Return, '"', (KEY.Key_Z, CTRL))
    assert words(edit)[1] == '"'


def test_that_lines_that_stand_there_already_keep_undo_and_cursor(qtbot, edit):
    press(qtbot, edit, "En", KEY.Key_Return, "To")
    place = edit.textCursor().position()
    edit.set_lines(edit.lines())
    assert edit.textCursor().position() == place
    assert edit.document().isUndoAvailable()


def test_that_a_read_only_text_takes_no_keys(qtbot, edit):
    edit.set_lines([point("En")])
    edit.setReadOnly(True)
    press(qtbot, edit, "x", KEY.Key_Return, KEY.Key_Tab, (KEY.Key_H, CTRL), KEY.Key_Backspace)
    assert seen(edit) == [(POINT, 0, "En")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. En\n2) To", [(0, "En"), (0, "To")]),
        ("\tEn\n\t\tTo", [(0, "En"), (1, "To")]),
        ("2024 var dyrt", [(0, "2024 var dyrt")]),
        ("- ", [(0, "-")]),
        ("  \n\n", []),
    ],
)
def test_that_markers_and_indents_of_plain_text_become_levels(text, lines):
    assert [(level, one[0].text) for _kind, level, one in lines_of_text(text)] == lines


MOVES = (
    "a",
    " ",
    '"',
    "ord",
    "på",
    KEY.Key_Return,
    (KEY.Key_Return, SHIFT),
    KEY.Key_Tab,
    (KEY.Key_Backtab, SHIFT),
    KEY.Key_Backspace,
    KEY.Key_Delete,
    (KEY.Key_Delete, CTRL),
    KEY.Key_Home,
    KEY.Key_End,
    KEY.Key_Up,
    KEY.Key_Down,
    (KEY.Key_Up, SHIFT),
    (KEY.Key_Left, SHIFT),
    (KEY.Key_Up, ALT),
    (KEY.Key_Down, ALT),
    (KEY.Key_H, CTRL),
    (KEY.Key_J, CTRL),
    (KEY.Key_B, CTRL),
    (KEY.Key_C, CTRL),
    (KEY.Key_X, CTRL),
    (KEY.Key_V, CTRL),
    (KEY.Key_M, CTRL | SHIFT),
    (KEY.Key_Z, CTRL),
)


@pytest.mark.parametrize("seed", range(40))
def test_that_any_keys_leave_sound_lines_and_undoing_them_all_gives_the_start(qtbot, edit, seed):
    pick = random.Random(seed)  # noqa: S311
    before = (
        point("Økonomi", "a", slag=TITLE),
        point("Dyrt", "b"),
        point("Svært dyrt", "c", nivaa=1),
        point("Rådet var delt.", "d", slag=PROSE),
    )
    edit.set_lines(before)
    for _step in range(60):
        press(qtbot, edit, pick.choice(MOVES))
        lines = edit.lines()
        assert len({line.id for line in lines}) == len(lines)
        assert all(
            0 <= line.nivaa <= 8 and loads(dumps(line.tekst)) == line.tekst for line in lines
        )

        assert edit.lines() == lines
    while edit.document().isUndoAvailable():
        press(qtbot, edit, (KEY.Key_Z, CTRL))
    assert edit.lines() == before
