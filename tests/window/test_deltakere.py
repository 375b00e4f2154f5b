"""The attendance, taken with keys and clicks as a secretary does."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QApplication

from desktop.rules.entity_kinds import Oppmoeterolle
from desktop.rules.kinds import Oppmoetestatus
from desktop.services.attendance_marks import Grense, add_deltaker, set_presence
from desktop.services.attendance_view import Gruppe, attendance_of, candidates_for
from desktop.services.numbers import find_moete_id
from desktop.viewmodels.attendance import AttendanceColumn, AttendanceModel, next_status
from desktop.views.moete.deltakere import DeltakereTab

# What the offscreen platform says of every window it shows.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
HERE, DIGITAL, ABSENT = Oppmoetestatus.TIL_STEDE, Oppmoetestatus.DIGITALT, Oppmoetestatus.FORFALL


@pytest.fixture
def moete_id(desk):
    return desk.read(lambda session: find_moete_id(session, "4/2023", utvalg="E-helserådet"))


@pytest.fixture
def tab(qtbot, desk, tasks, preferences, moete_id):
    made = DeltakereTab(desk, tasks, preferences)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1000, 620)
    made.show_moete(moete_id)
    made.show()
    return made


def named(tab, name):
    return next(row for row in tab.attendance.rows if row.navn == name)


def press(qtbot, tab, key, *names):
    tab.table.select_person(named(tab, names[0]).person_id)
    flags = QItemSelectionModel.SelectionFlag
    for name in names[1:]:
        line = tab.model.line_of(named(tab, name).person_id)
        index = tab.model.index(line, 0)
        tab.table.selectionModel().select(index, flags.Select | flags.Rows)
    qtbot.keyClick(tab.table, key)


def write(qtbot, chooser, text):
    chooser.lineEdit().selectAll()
    qtbot.keyClicks(chooser.lineEdit(), text)


def test_that_the_model_of_the_attendance_is_sound(tab, qtmodeltester):
    qtmodeltester.check(tab.model)
    qtmodeltester.check(AttendanceModel())


def test_that_everybody_with_a_seat_stands_in_the_group_of_the_seat_and_varas_wait(tab):
    groups = [row.gruppe for row in tab.attendance.rows]
    assert (groups.count(Gruppe.MEDLEMMER), groups.count(Gruppe.SEKRETARIAT)) == (19, 4)
    assert "Maren Sandvik" not in [row.navn for row in tab.attendance.rows]
    assert tab.counts.text() == "19 ikke registrert"


@pytest.mark.parametrize(("key", "status"), [("T", HERE), ("D", DIGITAL), ("F", ABSENT)])
def test_that_one_key_says_how_a_person_attends(tab, qtbot, key, status):
    press(qtbot, tab, getattr(Qt.Key, f"Key_{key}"), "Ingvild Aasgaard")
    assert named(tab, "Ingvild Aasgaard").status is status
    assert [row.navn for row in tab.table.selected()] == ["Ingvild Aasgaard"]


def test_that_a_key_marks_all_selected_persons_in_one_operation(desk, tab, qtbot):
    names = ("Ingvild Aasgaard", "Marit Elvenes", "Anders Nymoen")
    press(qtbot, tab, Qt.Key.Key_D, *names)
    assert {named(tab, name).status for name in names} == {DIGITAL}
    assert desk.undo()
    assert {named(tab, name).status for name in names} == {None}


def test_that_space_goes_through_the_three_and_delete_clears(tab, qtbot):
    seen = []
    for _turn in range(4):
        press(qtbot, tab, Qt.Key.Key_Space, "Marit Elvenes")
        seen.append(named(tab, "Marit Elvenes").status)
    assert seen == [HERE, DIGITAL, ABSENT, HERE]
    press(qtbot, tab, Qt.Key.Key_Delete, "Marit Elvenes")
    assert named(tab, "Marit Elvenes").status is None
    assert next_status(None) is HERE


def test_that_another_letter_marks_nobody(desk, tab, qtbot):
    press(qtbot, tab, Qt.Key.Key_K, "Marit Elvenes")
    assert named(tab, "Marit Elvenes").status is None


@pytest.mark.parametrize(("part", "status"), [(0, HERE), (1, DIGITAL), (2, ABSENT)])
def test_that_a_click_on_a_word_chooses_it(tab, qtbot, part, status):
    line = tab.model.line_of(named(tab, "Eirik Solbakk").person_id)
    cell = tab.table.visualRect(tab.model.index(line, AttendanceColumn.STATUS))
    place = QPoint(cell.left() + cell.width() * (2 * part + 1) // 6, cell.center().y())
    qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert named(tab, "Eirik Solbakk").status is status


def test_that_all_present_leaves_what_is_said_and_members_with_a_substitute(tab, qtbot):
    press(qtbot, tab, Qt.Key.Key_F, "Silje Haugen")
    press(qtbot, tab, Qt.Key.Key_D, "Bente Moholt")
    qtbot.mouseClick(tab.rest, Qt.MouseButton.LeftButton)
    assert tab.counts.text() == "17 til stede, 1 digitalt, 1 forfall"
    assert not tab.rest.isEnabled()


def test_that_members_stand_in_the_order_of_their_seats_however_they_are_marked(desk, tab, qtbot):
    before = [row.navn for row in tab.attendance.rows]
    for name in ("Morten Evensen", "Eirik Solbakk"):
        press(qtbot, tab, Qt.Key.Key_T, name)
    tab.mark_rest()
    assert [row.navn for row in tab.attendance.rows] == before


def test_that_the_only_vara_of_a_member_is_proposed_as_the_substitute(tab, qtbot):
    member = named(tab, "Silje Haugen")
    tab.table.select_person(member.person_id)
    qtbot.mouseClick(tab.substitute, Qt.MouseButton.LeftButton)
    asked = tab.dialog
    qtbot.mouseClick(asked.save, Qt.MouseButton.LeftButton)
    stand_in = named(tab, "Jon Terje Hovland")
    assert (stand_in.rolle, stand_in.for_navn) == (Oppmoeterolle.STEDFORTREDER, "Silje Haugen")
    assert named(tab, "Silje Haugen").status is ABSENT
    assert tab.model.index(tab.model.line_of(member.person_id), 5).data() == (
        "Stedfortreder: Jon Terje Hovland"
    )


def test_that_s_asks_for_a_substitute_and_a_guest_can_have_none(desk, tab, qtbot, moete_id):
    press(qtbot, tab, Qt.Key.Key_S, "Anders Nymoen")
    assert not hasattr(tab, "dialog")
    press(qtbot, tab, Qt.Key.Key_S, "Silje Haugen")
    assert tab.dialog.member.currentText().startswith("Silje Haugen")
    tab.dialog.reject()


def test_that_a_member_with_a_substitute_is_not_marked_present(desk, tab, qtbot, moete_id):
    member, guest = named(tab, "Silje Haugen"), named(tab, "Anders Nymoen")
    person = next(one for one in _candidates(desk, tab) if one.navn == "Maren Sandvik")
    assert desk.do(
        add_deltaker,
        moete_id=moete_id,
        person=person.person_id,
        rolle=Oppmoeterolle.STEDFORTREDER,
        for_id=member.person_id,
    )
    press(qtbot, tab, Qt.Key.Key_T, "Silje Haugen")
    assert tab.notice.text.text() == (
        "Maren Sandvik er registrert som stedfortreder for Silje Haugen. Endre det først."
    )
    assert named(tab, "Silje Haugen").status is ABSENT
    assert guest.status is None


def _candidates(desk, tab):
    known = tab.attendance
    return desk.read(lambda s: candidates_for(s, known.utvalg_id, known.dato)).personer


def test_that_nobody_comes_in_the_stead_of_a_member_who_is_present(tab, qtbot):
    press(qtbot, tab, Qt.Key.Key_T, "Silje Haugen")
    qtbot.keyClick(tab.table, Qt.Key.Key_S)
    asked = tab.dialog
    write(qtbot, asked.person, "Jon Terje Hovland")
    qtbot.mouseClick(asked.save, Qt.MouseButton.LeftButton)
    assert asked.isVisible()
    assert asked.error.text() == (
        "Silje Haugen er registrert som til stede og trenger ingen stedfortreder. "
        "Endre oppmøtet først."
    )


def test_that_a_person_who_takes_part_already_is_refused_in_the_dialog(tab, qtbot):
    tab.add_guest()
    asked = tab.dialog
    write(qtbot, asked.person, "Marit Elvenes")
    qtbot.mouseClick(asked.save, Qt.MouseButton.LeftButton)
    assert asked.isVisible()
    assert asked.error.text().startswith("Marit Elvenes står allerede blant deltakerne")
    assert asked.person.currentText() == "Marit Elvenes"


def test_that_a_new_person_of_a_new_organisation_joins_as_a_guest_of_two_saker(desk, tab, qtbot):
    tab.add_guest()
    asked = tab.dialog
    write(qtbot, asked.person, "Per Arne Nilsen")
    assert (asked.first_name.text(), asked.last_name.text()) == ("Per Arne", "Nilsen")
    write(qtbot, asked.organisation, "Vestre Viken")
    for place in (3, 4):
        asked.saker.item(place).setCheckState(Qt.CheckState.Checked)
    qtbot.mouseClick(asked.save, Qt.MouseButton.LeftButton)
    guest = named(tab, "Per Arne Nilsen")
    assert (guest.gruppe, guest.organisasjon) == (Gruppe.ANDRE, "Vestre Viken")
    assert guest.saker == ("31/23", "32/23")
    assert desk.undo()
    assert "Per Arne Nilsen" not in [one.navn for one in _candidates(desk, tab)]


def test_that_the_dialog_asks_for_the_member_a_substitute_comes_for(tab, qtbot):
    tab.add_guest()
    asked = tab.dialog
    asked.role.setCurrentIndex(asked.role.findData(Oppmoeterolle.STEDFORTREDER))
    write(qtbot, asked.person, "Stian Bakken")
    qtbot.mouseClick(asked.save, Qt.MouseButton.LeftButton)
    assert asked.error.text() == "Velg medlemmet som stedfortrederen møter for."


def test_that_who_came_late_is_present_from_that_sak(desk, tab, moete_id):
    person = named(tab, "Marit Elvenes")
    index = tab.model.index(tab.model.line_of(person.person_id), AttendanceColumn.KOM)
    tab.table.setCurrentIndex(index)
    tab.table.edit(index)
    editor = tab.table.viewport().findChild(type(tab.leader).__mro__[1])
    editor.setCurrentIndex(4)
    editor.activated.emit(4)
    row = named(tab, "Marit Elvenes")
    assert (row.fra_sak, row.status) == ("31/23", HERE)


def test_that_nobody_leaves_before_coming(desk, tab, moete_id):
    saker, person = tab.attendance.saker, named(tab, "Marit Elvenes")
    keys = {"moete_id": moete_id, "person_ids": [person.person_id]}
    assert desk.do(set_presence, **keys, grense=Grense.KOM, sak_id=saker[5].id)
    outcome = desk.do(set_presence, **keys, grense=Grense.GIKK, sak_id=saker[2].id)
    assert outcome.error == (
        "Slutten (sak 30/23) er ikke etter starten (sak 33/23). Rett en av dem."
    )
    assert named(tab, "Marit Elvenes").til_sak == ""


def test_that_a_sak_of_another_meeting_is_refused(desk, tab, moete_id):
    other = desk.read(lambda s: attendance_of(s, find_moete_id(s, "3/2023", utvalg="E-helserådet")))
    person = named(tab, "Marit Elvenes")
    outcome = desk.do(
        set_presence,
        moete_id=moete_id,
        person_ids=[person.person_id],
        grense=Grense.KOM,
        sak_id=other.saker[0].id,
    )
    assert "ikke på dagsorden i dette møtet" in outcome.error


def test_that_the_leader_of_the_meeting_is_changed_in_place_and_the_rest_kept(desk, tab, qtbot):
    new = named(tab, "Marit Elvenes")
    write(qtbot, tab.leader, "Marit Elvenes")
    qtbot.keyClick(tab.leader.lineEdit(), Qt.Key.Key_Return)
    assert tab.attendance.moeteleder_id == new.person_id
    assert named(tab, "Marit Elvenes").er_moeteleder
    assert tab.attendance.referent_id is not None


def test_that_an_unknown_referent_is_answered_in_place(tab, qtbot):
    before = tab.attendance.referent_id
    write(qtbot, tab.referent, "Ingen Slik")
    qtbot.keyClick(tab.referent.lineEdit(), Qt.Key.Key_Return)
    assert tab.notice.text.text().startswith("«Ingen Slik» er ikke i arkivet.")
    assert tab.attendance.referent_id == before


def test_that_the_selected_lines_are_copied_as_a_table(tab, qtbot):
    press(qtbot, tab, Qt.Key.Key_T, "Ingvild Aasgaard")
    qtbot.keyClick(tab.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:3] == ["Navn", "Organisasjon", "Oppmøte"]
    assert lines[1].split("\t")[:3] == ["Ingvild Aasgaard", "KS", "Til stede"]


def test_that_the_menu_offers_to_remove_a_guest_but_only_to_clear_a_member(desk, tab, moete_id):
    def texts(name):
        tab.table.select_person(named(tab, name).person_id)
        return [action.text().split("\t")[0] for action in tab.menu().actions()]

    new = next(one for one in _candidates(desk, tab) if one.navn == "Trine Solheim")
    desk.do(add_deltaker, moete_id=moete_id, person=new.person_id, rolle=Oppmoeterolle.GJEST)
    assert "Nullstill" in texts("Marit Elvenes")
    assert "Fjern fra møtet" in texts("Trine Solheim")
