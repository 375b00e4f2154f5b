"""The meeting mode used as in a meeting: by keyboard, with the archive and the Word file after."""

import datetime as dt
import io

import pytest
from docx import Document
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QTextEdit

from desktop.models import Aksjonspunkt, Innspill, Sak
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import tree_from_text
from desktop.rules.kinds import Oppmoetestatus
from desktop.rules.states import SakTilstand
from desktop.services.attendance_view import attendance_of
from desktop.services.innkalling import approve_referat, send_referat_to_comment
from desktop.services.minutes_view import Saksmerke, load_sak_minutes
from desktop.services.moeter import hold_moete
from desktop.services.numbers import find_moete_id
from desktop.services.papers import Dokumenttype, write_papers
from desktop.services.papers_chosen import gather_chosen
from desktop.services.saker import rename_sak, write_forslag
from desktop.viewmodels.minutes import SakerModel, is_over, left_text
from desktop.views.moete.referat.attendance_sheet import AttendanceSheet
from desktop.views.moete.referat.tab import ReferatTab

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
KEY, HELD = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT = HELD.ControlModifier, HELD.ShiftModifier, HELD.AltModifier
AFTER = dt.datetime(2023, 12, 20, 9, 0)  # noqa: DTZ001
NEXT, OPPMOETE, LES = (KEY.Key_Return, CTRL), KEY.Key_F7, (KEY.Key_G, CTRL | SHIFT)
INNLEDNING, INNSPILL, OPPSUMMERING = KEY.Key_F2, KEY.Key_F4, KEY.Key_F5
AKSJON, VEDTAK, SOM_FORESLAATT = KEY.Key_F6, KEY.Key_F8, KEY.Key_F9


@pytest.fixture
def moete_id(desk):
    return desk.read(lambda session: find_moete_id(session, "4/2023", utvalg="E-helserådet"))


@pytest.fixture
def tab(qtbot, desk, tasks, preferences, moete_id):
    made = ReferatTab(desk, tasks, preferences)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1000, 620)
    made.show_moete(moete_id)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.list.setFocus()
    return made


def press(qtbot, *keys):
    """Send keys to whatever has the focus, as a keyboard does."""
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(QApplication.focusWidget(), key)
        elif isinstance(key, tuple):
            qtbot.keyClick(QApplication.focusWidget(), *key)
        else:
            qtbot.keyClick(QApplication.focusWidget(), key)


def said(desk, sak_id):
    return desk.read(lambda session: load_sak_minutes(session, sak_id))


def numbers(tab):
    return [sak.number for sak in tab.model.saker()]


def marks(tab):
    return [sak.merke for sak in tab.model.saker()]


def rows(desk, entity, **where):
    return desk.read(lambda session: session.query(entity).filter_by(**where).all())


def docx_lines(desk, moete_id):
    key = (Dokumenttype.REFERAT, None)
    papers = desk.read(lambda session: gather_chosen(session, moete_id, (key,)))
    made = write_papers(papers, created=AFTER)
    document = Document(io.BytesIO(made[0].data))
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]


def test_that_the_model_of_the_saker_is_sound(tab, qtmodeltester):
    qtmodeltester.check(tab.model)
    qtmodeltester.check(SakerModel())


def test_that_a_whole_referat_is_taken_by_keyboard_and_stands_in_the_word_file(
    qtbot, desk, tab, moete_id
):
    desk.do(hold_moete, moete_id=moete_id)
    typed = []
    press(qtbot, KEY.Key_Home)
    for place, sak in enumerate(tab.model.saker()):
        press(qtbot, INNLEDNING, INNLEDNING)
        proposed = said(desk, sak.id).foreslaatt_innledning
        intro = f" Bakgrunnen for sak {place} ble lagt fram."
        press(qtbot, intro, INNSPILL)
        press(qtbot, f"Mellomtittel {place}", (KEY.Key_H, CTRL), KEY.Key_Return)
        press(qtbot, f"Punkt {place} a @ing", KEY.Key_Return, KEY.Key_Return, KEY.Key_Tab)
        press(qtbot, f"Underpunkt {place}", KEY.Key_Return, (KEY.Key_Backtab, SHIFT))
        press(qtbot, f"Punkt {place} b", KEY.Key_Return, f"Avsnitt {place}.", (KEY.Key_J, CTRL))
        press(qtbot, OPPSUMMERING, f"Oppsummert {place}.")
        press(qtbot, AKSJON, f"Følge opp punkt {place}", KEY.Key_Return, SOM_FORESLAATT)
        typed += [
            f"{sak.number} {sak.tittel}",
            f"{proposed}{intro}" if proposed else intro.strip(),
            f"Mellomtittel {place}",
            f"Punkt {place} a",
            f"Underpunkt {place}",
            f"Punkt {place} b",
            f"Avsnitt {place}.",
            f"Oppsummert {place}.",
            f"Følge opp punkt {place}",
        ]
        if sak.sakstype is not None:
            typed.append(plain_text(said(desk, sak.id).forslag))
        press(qtbot, NEXT)
    tab.flush()
    lines = docx_lines(desk, moete_id)
    assert len(tab.model.saker()) == 12
    place = -1
    for text in typed:
        place = next((at for at, line in enumerate(lines) if at > place and text in line), None)
        assert place is not None, text
    assert [line.strip() for line in lines if line.startswith("Punkt 7 a")] == ["Punkt 7 a"]
    decided = [sak for sak in tab.model.saker() if sak.sakstype is not None]
    assert {sak.merke for sak in decided} == {Saksmerke.BEHANDLET}


def test_that_the_arrows_go_from_text_to_text(qtbot, tab):
    panel = tab.panel()
    press(qtbot, INNLEDNING, KEY.Key_Down)
    assert panel.innspill.hasFocus()
    press(qtbot, KEY.Key_Down)
    assert panel.oppsummering.edit.hasFocus()
    press(qtbot, KEY.Key_Down, KEY.Key_Down)
    assert panel.vedtak.field.edit.hasFocus()
    press(qtbot, KEY.Key_Up, KEY.Key_Up, KEY.Key_Up, KEY.Key_Up)
    assert panel.innledning.edit.hasFocus()


def test_that_alt_and_a_digit_jumps_and_the_writing_goes_on_there(qtbot, tab):
    press(qtbot, (KEY.Key_4, ALT))
    assert tab.list.hasFocus()
    assert numbers(tab).index(tab.overview.sak(tab.sak_id).number) == 3
    press(qtbot, INNSPILL, "Bra", (KEY.Key_PageDown, ALT))
    assert tab.panel().isAncestorOf(QApplication.focusWidget())
    press(qtbot, (KEY.Key_PageUp, ALT))
    assert tab.panel().innspill.hasFocus()
    assert plain_text(tab.panel().innspill.lines()[0].tekst) == "Bra"


def test_that_esc_goes_to_the_list_and_does_not_leave_the_meeting(qtbot, tab):
    press(qtbot, INNSPILL, "Bra", KEY.Key_Escape)
    assert tab.list.hasFocus()
    press(qtbot, KEY.Key_Return)
    assert tab.panel().innspill.hasFocus()


def test_that_the_introduction_is_only_offered_where_nothing_is_written(qtbot, desk, tab):
    press(qtbot, (KEY.Key_4, ALT), INNLEDNING)
    panel = tab.panel()
    assert "orienterte om saken." in panel.offer.text()
    press(qtbot, "Selv skrevet.")
    assert panel.offered.isHidden()
    press(qtbot, INNLEDNING)
    tab.flush()
    assert plain_text(said(desk, tab.sak_id).innledning) == "Selv skrevet."


def test_that_typing_is_saved_after_a_pause_without_any_key_for_it(qtbot, desk, tab, monkeypatch):
    press(qtbot, INNSPILL, "Bra plan")
    sak = tab.sak_id
    assert tab.panel().saver.dirty
    qtbot.waitUntil(lambda: bool(said(desk, sak).innspill), timeout=4_000)
    assert not tab.panel().saver.dirty
    assert tab.saved.text().startswith("Lagret kl. ")


def test_that_a_vedtak_is_adopted_in_one_key_and_shows_what_is_changed(qtbot, desk, tab):
    press(qtbot, (KEY.Key_5, ALT), SOM_FORESLAATT)
    panel, sak = tab.panel(), tab.sak_id
    assert said(desk, sak).som_foreslaatt
    assert panel.vedtak.state.text() == "vedtatt som foreslått"
    press(qtbot, VEDTAK, (KEY.Key_End, CTRL), " Saken kommer tilbake.")
    assert panel.vedtak.diff.isVisibleTo(panel)
    assert panel.vedtak.state.text() == "endret fra forslaget"
    assert "Saken kommer tilbake." in panel.vedtak.diff.accessibleDescription()
    assert panel.vedtak.diff.toPlainText().endswith(" Saken kommer tilbake.")
    tab.flush()
    assert said(desk, sak).som_foreslaatt is False
    press(qtbot, KEY.Key_Escape)
    desk.undo()
    desk.undo()
    assert said(desk, sak).som_foreslaatt is None
    assert plain_text(panel.vedtak.field.edit.tree()) == ""


def test_that_eventuelt_has_no_vedtak(qtbot, tab):
    tab.list.go_to(11)
    assert not tab.panel().vedtak.isVisibleTo(tab.panel())
    press(qtbot, VEDTAK, SOM_FORESLAATT)
    assert marks(tab)[11] is Saksmerke.IKKE_BEGYNT


def test_that_a_phrase_of_the_sakstype_goes_into_the_vedtak(qtbot, tab):
    press(qtbot, (KEY.Key_4, ALT), VEDTAK)
    box = tab.panel().vedtak
    first = box.phrases.menu().actions()[0]
    first.trigger()
    assert plain_text(box.field.edit.tree()) == first.text()


def test_that_ctrl_z_in_a_text_is_its_own_and_in_the_list_the_archive_s(qtbot, desk, tab):
    press(qtbot, INNSPILL, "Bra", (KEY.Key_Z, CTRL))
    assert tab.panel().innspill.lines() == ()
    press(qtbot, SOM_FORESLAATT, KEY.Key_Escape)
    assert marks(tab)[0] is Saksmerke.BEHANDLET
    assert desk.undo()
    assert marks(tab)[0] is Saksmerke.IKKE_BEGYNT


def test_that_undoing_typed_lines_in_the_archive_takes_them_from_the_text(qtbot, desk, tab):
    press(qtbot, INNSPILL, "Bra", KEY.Key_Return, "Dyrt", KEY.Key_Escape)
    assert len(rows(desk, Innspill)) >= 2
    assert desk.undo()
    assert tab.panel().innspill.lines() == ()


def test_that_habilitet_and_protokolltilfoersel_are_folded_until_wanted(qtbot, desk, tab):
    panel, sak = tab.panel(), tab.sak_id
    assert not panel.sections
    press(qtbot, (KEY.Key_H, CTRL | SHIFT), "Ola fratrådte.")
    press(qtbot, (KEY.Key_P, CTRL | SHIFT), "KS ba om protokolltilførsel.")
    tab.flush()
    found = said(desk, sak)
    assert plain_text(found.habilitet) == "Ola fratrådte."
    assert plain_text(found.protokolltilfoersel) == "KS ba om protokolltilførsel."


def test_that_aksjonspunkter_are_added_changed_and_removed_by_keyboard(qtbot, desk, tab):
    press(qtbot, AKSJON, "Lage plan", KEY.Key_Return, "Ringe KS", KEY.Key_Return)
    box = tab.panel().actions_box
    assert [row.tekst for row in rows(desk, Aksjonspunkt)][-2:] == ["Lage plan.", "Ringe KS."]
    press(qtbot, KEY.Key_Up, KEY.Key_Up, KEY.Key_Return)
    assert box.input.hasFocus()
    press(qtbot, " for 2024", KEY.Key_Return)
    assert [line.tekst for line in said(desk, tab.sak_id).aksjonspunkter] == [
        "Lage plan for 2024.",
        "Ringe KS.",
    ]
    press(qtbot, KEY.Key_Up, KEY.Key_Delete)
    assert [line.tekst for line in said(desk, tab.sak_id).aksjonspunkter] == ["Lage plan for 2024."]


def test_that_a_long_aksjonspunkt_is_seen_whole(qtbot, tab):
    box = tab.panel().actions_box
    box.input.setText("KS sender et utkast til veileder for deling av journaldata " * 3)
    box.commit()
    item = box.list.item(box.list.count() - 1)
    for width in (1100, 760):
        tab.resize(width, 700)
        qtbot.waitUntil(
            lambda: box.list.visualItemRect(item).bottom() <= box.list.viewport().rect().bottom()
        )
        assert box.list.visualItemRect(item).height() >= 2 * box.list.fontMetrics().height()


def test_that_who_and_when_are_understood_while_an_aksjonspunkt_is_typed(qtbot, desk, tab):
    press(qtbot, AKSJON, "KS sender utkast innen 15. januar")
    box = tab.panel().actions_box
    assert (box.who.text(), box.when.text()) == ("Ansvarlig: KS", "Frist: 15. januar 2024")
    press(qtbot, KEY.Key_Return)
    line = said(desk, tab.sak_id).aksjonspunkter[0]
    assert (line.tekst, line.ansvarlig, line.frist) == (
        "KS sender utkast.",
        "KS",
        dt.date(2024, 1, 15),
    )
    press(qtbot, KEY.Key_Up, KEY.Key_Return)
    assert box.input.text() == "KS sender utkast innen 15.01.2024"
    press(qtbot, KEY.Key_Return)
    assert said(desk, tab.sak_id).aksjonspunkter == (line,)


def test_that_a_line_not_added_yet_is_kept_when_one_goes_on(qtbot, desk, tab):
    sak = tab.sak_id
    press(qtbot, AKSJON, "Lage plan", NEXT)
    assert [line.tekst for line in said(desk, sak).aksjonspunkter] == ["Lage plan."]


def test_that_somebody_comes_and_goes_at_the_sak_that_is_treated(qtbot, desk, tab, moete_id):
    press(qtbot, (KEY.Key_4, ALT), OPPMOETE)
    sheet = tab.sheet
    qtbot.waitUntil(sheet.table.hasFocus)
    first = sheet.table.selected()[0].person_id
    press(qtbot, "k")
    sheet.table.select_person(sheet.model.person_at(3).person_id)
    second = sheet.table.selected()[0].person_id
    press(qtbot, "g")
    found = desk.read(lambda session: attendance_of(session, moete_id))
    assert (found.person(first).fra_sak_id, found.person(second).til_sak_id) == (tab.sak_id,) * 2
    assert found.person(first).status is Oppmoetestatus.TIL_STEDE
    press(qtbot, KEY.Key_Escape)
    qtbot.waitUntil(lambda: not tab.findChildren(AttendanceSheet))
    assert tab.head.attendance.text() == "2 til stede, 17 ikke registrert"


def test_that_a_sak_is_taken_out_of_order_and_back_with_undo(qtbot, desk, tab):
    before = numbers(tab)
    press(qtbot, SOM_FORESLAATT, (KEY.Key_6, ALT))
    menu = tab.acts.menu()
    next(step for step in menu.actions() if step.text() == "&Ta saken nå").trigger()
    assert numbers(tab) == [before[0], before[5], *before[1:5], *before[6:]]
    assert tab.overview.sak(tab.sak_id).number == before[5]
    desk.undo()
    assert numbers(tab) == before


def test_that_the_menu_of_a_sak_opens_with_a_key_and_postpones(qtbot, desk, tab):
    press(qtbot, (KEY.Key_3, ALT), (KEY.Key_Period, CTRL))
    menu = tab.acts.opened
    qtbot.waitUntil(menu.isVisible)
    assert menu.activeAction() is not None
    qtbot.keyClick(menu, KEY.Key_U)
    assert marks(tab)[2] is Saksmerke.UTSATT
    desk.undo()
    assert marks(tab)[2] is Saksmerke.IKKE_BEGYNT


@pytest.mark.parametrize(("paragraphs", "fits"), [(1, True), (2, True), (12, False)])
def test_that_the_difference_is_seen_to_its_end_while_the_vedtak_is_typed(
    qtbot, desk, tab, paragraphs, fits
):
    words = "Utvalget ber om at saken utredes videre og legges fram på nytt i neste møte. " * 3
    proposal = tree_from_text("\n".join([words.strip()] * paragraphs))
    desk.do(write_forslag, sak_id=tab.sak_id, tree=proposal)
    press(qtbot, SOM_FORESLAATT, VEDTAK, (KEY.Key_End, CTRL))
    panel = tab.panel()
    view, diff, edit = panel.viewport(), panel.vedtak.diff, panel.vedtak.field.edit
    for typed in (" Ny", " setning", " som gjør teksten lengre enn en linje", " på slutten"):
        press(qtbot, typed)
        qtbot.wait(30)
        end = diff.mapTo(view, diff.rect().bottomLeft()).y()
        line = edit.cursorRect().translated(edit.viewport().mapTo(view, QPoint(0, 0)))
        assert view.rect().contains(line.center())
        assert (end <= view.height()) is fits
        assert line.top() < 60 or fits


def test_that_a_sak_is_added_in_the_room_with_the_next_number(qtbot, desk, tab):
    press(qtbot, (KEY.Key_3, ALT), (KEY.Key_N, CTRL), "Strømutfall i vest", KEY.Key_Return)
    sak = tab.overview.sak(tab.sak_id)
    assert (sak.number, sak.tittel, tab.model.row_of(sak.id)) == ("40/23", "Strømutfall i vest", 3)
    assert tab.new_sak.isHidden()
    press(qtbot, INNSPILL, "Haster")
    assert plain_text(tab.panel().innspill.lines()[0].tekst) == "Haster"
    tab.flush()
    desk.undo()
    desk.undo()
    assert "40/23" not in numbers(tab)


def test_that_a_meeting_that_is_not_held_says_so_quietly_and_can_be_marked(qtbot, desk, tab):
    assert tab.standing.text().startswith("Møtet er ikke avholdt ennå.")
    press(qtbot, SOM_FORESLAATT)
    sak = tab.sak_id
    qtbot.mouseClick(tab.hold, Qt.MouseButton.LeftButton)
    assert tab.standing_line.isHidden()
    assert rows(desk, Sak, id=sak)[0].tilstand is SakTilstand.BEHANDLET


def test_that_an_approved_referat_can_only_be_read_and_says_why(qtbot, desk, tab, moete_id):
    third = desk.read(lambda session: find_moete_id(session, "3/2023", utvalg="E-helserådet"))
    second = tab.model.saker()[1].id
    assert desk.do(approve_referat, moete_id=third, sak_id=second, now=AFTER)
    tab.show_moete(third)
    assert tab.standing.text() == "Referatet er godkjent i sak 29/23 og kan ikke endres."
    before = said(desk, tab.sak_id)
    panel = tab.panel()
    press(qtbot, INNSPILL, "x", KEY.Key_Return, INNLEDNING, "y", SOM_FORESLAATT)
    tab.flush()
    assert said(desk, tab.sak_id) == before
    assert all(edit.isReadOnly() for edit in panel.findChildren(QTextEdit))
    assert not tab.add.isEnabled()


def test_that_the_read_through_shows_the_referat_and_enter_goes_back_to_the_sak(
    qtbot, desk, tab, moete_id
):
    press(qtbot, (KEY.Key_5, ALT), INNSPILL, "Et innspill til gjennomlesing", LES)
    reading = tab.reading
    qtbot.waitUntil(lambda: "gjennomlesing" in reading.preview.sheet.toPlainText())
    assert tab.is_reading
    cursor = reading.preview.sheet.document().find("gjennomlesing")
    assert reading.sak_at(cursor) == tab.sak_id
    chosen = tab.sak_id
    tab.list.go_to(0)
    reading.preview.sheet.setTextCursor(reading.preview.sheet.document().find("gjennomlesing"))
    reading.preview.sheet.setFocus()
    press(qtbot, KEY.Key_Return)
    assert not tab.is_reading
    assert tab.sak_id == chosen
    assert tab.panel().isAncestorOf(QApplication.focusWidget())


def test_that_the_steps_of_the_referat_are_in_the_read_through(qtbot, desk, tab, moete_id):
    desk.do(hold_moete, moete_id=moete_id)
    press(qtbot, LES)
    panel = tab.reading.panel
    assert panel.state.text() == "Referatet er et utkast"
    desk.do(send_referat_to_comment, moete_id=moete_id, now=AFTER)
    assert panel.state.text() == "Referatet er til kommentar"


def test_that_the_clock_stands_against_the_planned_time_on_the_day_alone(tab):
    sak = tab.model.saker()[3]
    day = sak.dato
    assert left_text(sak, dt.datetime.combine(day, dt.time(10, 30))) == "25 min igjen"
    assert left_text(sak, dt.datetime.combine(day, dt.time(10, 20))) == "begynner om 5 min"
    assert left_text(sak, dt.datetime.combine(day, dt.time(11, 0))) == "5 min over tiden"
    assert left_text(sak, AFTER) == ""
    assert not is_over(sak, dt.datetime.combine(day, dt.time(11, 0)))


def test_that_what_another_tab_changes_is_shown_and_what_is_typed_stays(qtbot, desk, tab):
    press(qtbot, INNSPILL, "Halvferdig")
    desk.do(rename_sak, sak_id=tab.sak_id, tittel="Nytt navn")
    assert "Nytt navn" in tab.panel().title.text()
    assert plain_text(tab.panel().innspill.lines()[0].tekst) == "Halvferdig"
    assert tab.panel().innspill.hasFocus()
