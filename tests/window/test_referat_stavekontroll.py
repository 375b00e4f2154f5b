"""Spelling in the meeting mode: marked while people talk, mended with the menu key."""

import pytest
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu

from desktop.models import Sak
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import tree_from_text
from desktop.rules.entity_kinds import Innspillslag
from desktop.rules.kinds import Maalform
from desktop.services.minutes_edit import InnspillLine, new_line_id, set_innspill
from desktop.services.minutes_view import load_sak_minutes
from desktop.services.numbers import find_moete_id
from desktop.services.referater import Referatfelt
from desktop.services.utvalg_settings import UtvalgSettings, change_utvalg, load_settings
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.spellers import Spellers
from desktop.viewmodels.text.own_words import OwnWords
from desktop.views.moete.referat.tab import ReferatTab

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
WAVE = QTextCharFormat.UnderlineStyle.SpellCheckUnderline


@pytest.fixture
def panel(qtbot, desk, tasks, preferences, tmp_path):
    desk.spellers = Spellers(desk, OwnWords(Preferences(tmp_path / "ord.ini")))
    tab = ReferatTab(desk, tasks, preferences)
    qtbot.addWidget(tab)
    desk.changed.connect(tab.refresh)
    moete = desk.read(lambda session: find_moete_id(session, "4/2023", utvalg="E-helserådet"))
    tab.show_moete(moete)
    tab.show()
    tab.jump(4)
    yield tab.panel()
    desk.spellers.close()


def marked(edit):
    found = []
    block = edit.document().firstBlock()
    while block.isValid():
        found += [
            block.text()[stretch.start : stretch.start + stretch.length]
            for stretch in block.layout().formats()
            if stretch.format.underlineStyle() == WAVE
        ]
        block = block.next()
    return found


def menu_at(qtbot, edit, place):
    cursor = QTextCursor(edit.document())
    cursor.setPosition(place)
    edit.setTextCursor(cursor)
    edit.show_menu(edit.mapToGlobal(edit.cursorRect().center()))
    menu = edit.findChildren(QMenu)[-1]
    qtbot.waitUntil(
        lambda: all("Leter" not in one.text() for one in menu.actions()), timeout=10_000
    )
    return menu


def test_that_a_misspelt_word_in_an_innspill_is_marked_and_mended_from_the_menu(qtbot, panel):
    edit = panel.innspill
    edit.setFocus()
    qtbot.keyClicks(edit, "Et vedtakk ble nevnt")
    qtbot.waitUntil(lambda: marked(edit) == ["vedtakk"], timeout=10_000)
    menu = menu_at(qtbot, edit, 5)
    next(one for one in menu.actions() if one.text() == "vedtak").trigger()
    menu.close()
    assert [plain_text(line.tekst) for line in edit.lines()] == ["Et vedtak ble nevnt"]
    assert marked(edit) == []
    edit.undo()
    assert plain_text(edit.lines()[0].tekst) == "Et vedtakk ble nevnt"


def test_that_a_small_heading_keeps_its_look_under_the_mark(qtbot, panel):
    edit = panel.innspill
    edit.setFocus()
    qtbot.keyClicks(edit, "Om vedtakk")
    edit.acts.turn_into(type(edit.shape().slag).MELLOMTITTEL)
    qtbot.waitUntil(lambda: "vedtakk" in marked(edit), timeout=10_000)
    looks = edit.document().firstBlock().layout().formats()
    assert all(look.format.fontWeight() > 500 for look in looks)


def test_that_every_text_of_a_sak_is_spelled_in_the_language_of_its_utvalg(desk, panel):
    panel.open_folded(Referatfelt.HABILITET)
    texts = [field.edit for field in panel._fields()]
    assert len(texts) == 4
    spellers = {edit.speller.language for edit in texts}
    assert spellers == {panel.innspill.highlighter.speller.language} == {"nb"}
    assert panel.said.maalform is Maalform.NB


def test_that_marking_is_no_writing(qtbot, desk, panel):
    line = InnspillLine(new_line_id(), Innspillslag.PUNKT, 0, tree_from_text("Et vedtakk til"))
    assert desk.do(set_innspill, sak_id=panel.sak_id, lines=(line,))
    edited = []
    panel.innspill.edited.connect(lambda: edited.append(1))
    qtbot.waitUntil(lambda: marked(panel.innspill) == ["vedtakk"], timeout=10_000)
    panel.innspill.highlighter.restyle()
    panel.innspill.highlighter.speller = None
    assert edited == []
    assert not panel.dirty


def test_that_innspill_that_are_stored_stand_when_the_meeting_is_opened_again(
    qtbot, desk, tasks, preferences, panel
):
    line = InnspillLine(new_line_id(), Innspillslag.PUNKT, 0, tree_from_text("Et vedtakk til"))
    assert desk.do(set_innspill, sak_id=panel.sak_id, lines=(line,))
    again = ReferatTab(desk, tasks, preferences)
    qtbot.addWidget(again)
    again.show_moete(panel.window().moete_id)
    again.show()
    again.jump(4)
    qtbot.waitUntil(lambda: marked(again.panel().innspill) == ["vedtakk"], timeout=10_000)
    assert not again.panel().dirty
    again.panel().flush()
    stored = desk.read(lambda session: load_sak_minutes(session, panel.sak_id))
    assert stored.innspill == again.panel().innspill.lines() == (line,)


def test_that_the_texts_follow_when_the_utvalg_gets_another_language(desk, panel):
    held = desk.read(lambda session: load_settings(session, utvalg_of(session, panel.sak_id)))
    values = {name: getattr(held, name) for name in UtvalgSettings._fields[1:12]}
    values["maalform"] = Maalform.NN
    assert desk.do(change_utvalg, utvalg_id=held.id, **values)
    assert panel.innspill.highlighter.speller.language == "nn"
    assert panel.vedtak.field.edit.speller.language == "nn"


def utvalg_of(session, sak_id):
    return session.get(Sak, sak_id).utvalg_id


def test_that_the_placeholder_of_the_vedtak_mentions_f9_only_where_there_is_a_proposal(
    qtbot, desk, panel
):
    assert "F9" in panel.vedtak.field.edit.placeholderText()
    tab = panel.window()
    tab.acts.add("Hastesak")
    assert tab.panel() is not panel
    assert tab.panel().vedtak.field.edit.placeholderText() == "Skriv vedtaket."
