"""The page of members: seats, persons, organisations, and lists that are pasted."""

import datetime as dt

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from desktop.importing.people import read_people
from desktop.rules.kinds import Funksjon
from desktop.services.koe import utvalg_names
from desktop.services.members import check_pasted
from desktop.services.members_view import load_organisations, load_people, load_seats
from desktop.services.utvalg import create_utvalg
from desktop.viewmodels.members import (
    organisations_model,
    pasted_model,
    people_model,
    period,
    seats_model,
)
from desktop.viewmodels.targets import Place, Target
from desktop.views.ordered_table import select_place, selected_places
from desktop.views.pages.medlemmer import MedlemmerPage
from desktop.views.pages.medlemmer_dialoger import (
    EndDialog,
    OrganisationDialog,
    PersonDialog,
    RenameDialog,
    SeatDialog,
)
from desktop.views.pages.medlemmer_liminn import PasteDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LIST = """Navn\tOrganisasjon\tE-post
Nordmann, Kari\tStorevik kommune\tkari@eksempel.no
Ola Dahl\tHelsedirektoratet\t
1234\t\t
"""


@pytest.fixture
def page(qtbot, desk, tasks, preferences):
    QApplication.clipboard().clear()
    made = MedlemmerPage(desk, tasks, preferences)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1000, 640)
    made.load()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def seats(page):
    return page.seats


@pytest.fixture
def people(page):
    page.tabs.setCurrentWidget(page.people)
    return page.people


@pytest.fixture
def organisations(page):
    page.tabs.setCurrentWidget(page.organisations)
    return page.organisations


def names(part):
    return [row.navn for row in part.model.rows()]


def place_of(part, name):
    return names(part).index(name)


def dialog_of(widget, kind):
    return next(one for one in widget.findChildren(kind) if one.isVisible())


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("kind", ["seats", "people", "organisations", "pasted"])
def test_that_every_list_is_a_sound_model(qtmodeltester, desk, kind):
    key = desk.read(utvalg_names)[0][0]
    make, read = {
        "seats": (seats_model, lambda s: load_seats(s, key)),
        "people": (people_model, load_people),
        "organisations": (organisations_model, load_organisations),
        "pasted": (pasted_model, lambda s: check_pasted(s, key, read_people(LIST))),
    }[kind]
    model = make()
    model.set_rows(desk.read(read))
    assert model.rowCount() >= 3
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("fra", "til", "text"),
    [
        (None, None, ""),
        (dt.date(2023, 1, 1), None, "fra 01.01.2023"),
        (None, dt.date(2023, 12, 31), "til 31.12.2023"),
        (dt.date(2023, 1, 1), dt.date(2023, 12, 31), "01.01.2023–31.12.2023"),
    ],
)
def test_that_a_period_is_told_by_the_ends_it_has(fra, til, text):
    assert period(fra, til) == text


def test_that_seats_that_ended_are_hidden_until_asked_for(qtbot, seats):
    shown = len(names(seats))
    seats.ended.setChecked(True)
    assert len(names(seats)) > shown
    assert any(seat.til for seat in seats.model.rows())


def test_that_a_member_is_given_a_seat_and_the_organisation_is_proposed(qtbot, seats, desk):
    press(qtbot, seats.add_button)
    dialog = dialog_of(seats, SeatDialog)
    person = next(p for p in desk.read(load_people) if not p.verv and p.organisasjon_id)
    dialog.person.choose(person.id)
    assert dialog.organisation.key() == person.organisasjon_id
    dialog.kind.choose(Funksjon.OBSERVATOER)
    qtbot.keyClicks(dialog.start, "1.1.24")
    press(qtbot, dialog.save)
    seat = next(seat for seat in seats.model.rows() if seat.person_id == person.id)
    assert (seat.funksjon, seat.fra) == (Funksjon.OBSERVATOER, dt.date(2024, 1, 1))
    assert desk.undo_text() == "Gi verv"


def test_that_a_person_twice_is_answered_in_the_dialog(qtbot, seats):
    held = seats.model.row_at(0)
    seats.add()
    dialog = dialog_of(seats, SeatDialog)
    dialog.person.choose(held.person_id)
    dialog.kind.choose(held.funksjon)
    press(qtbot, dialog.save)
    assert dialog.isVisible()
    assert f"{held.navn} har allerede dette vervet" in dialog.error.text()
    dialog.reject()


def test_that_nobody_at_all_is_no_member(qtbot, seats):
    before = names(seats)
    seats.add()
    dialog = dialog_of(seats, SeatDialog)
    press(qtbot, dialog.save)
    assert dialog.error.text() == "Velg en person."
    dialog.person.setEditText("Helt Ukjent")
    press(qtbot, dialog.save)
    assert "Helt Ukjent" in dialog.error.text()
    assert dialog.person.currentText() == "Helt Ukjent"
    dialog.reject()
    assert names(seats) == before


def test_that_a_seat_becomes_one_of_a_substitute_for_a_member(qtbot, seats):
    seats.table.setFocus()
    select_place(seats.table, 3)
    chosen, member = seats.model.row_at(3), seats.model.row_at(0)
    qtbot.keyClick(seats.table, Qt.Key.Key_Return)
    dialog = dialog_of(seats, SeatDialog)
    assert not dialog.stands_for.isEnabled()
    dialog.kind.choose(Funksjon.VARA)
    assert dialog.stands_for.isEnabled()
    dialog.stands_for.choose(member.id)
    press(qtbot, dialog.save)
    assert seats.model.index(3, 1).data() == f"Vara for {member.navn}"
    assert [seats.model.row_at(p).id for p in selected_places(seats.table)] == [chosen.id]


def test_that_a_seat_ends_on_a_day_and_leaves_the_list(qtbot, seats, desk):
    held = seats.model.row_at(2)
    select_place(seats.table, 2)
    press(qtbot, seats.end_button)
    dialog = dialog_of(seats, EndDialog)
    dialog.end.setText("31. desember 2023")
    press(qtbot, dialog.save)
    assert held.id not in [seat.id for seat in seats.model.rows()]
    desk.undo()
    assert seats.model.row_at(2) == held


def test_that_a_seat_cannot_end_before_it_started(qtbot, seats):
    select_place(seats.table, 2)
    seats.end()
    dialog = dialog_of(seats, EndDialog)
    dialog.end.setText("1.1.1999")
    press(qtbot, dialog.save)
    assert "er ikke etter starten" in dialog.error.text()
    dialog.end.setText("31.2.2024")
    press(qtbot, dialog.save)
    assert "finnes ikke" in dialog.error.text()
    assert dialog.end.property("feil")
    dialog.reject()


def test_that_a_seat_is_removed_and_undo_gives_it_back(qtbot, seats, desk):
    before = names(seats)
    seats.table.setFocus()
    select_place(seats.table, 1)
    qtbot.keyClick(seats.table, Qt.Key.Key_Delete)
    assert names(seats) == before[:1] + before[2:]
    desk.undo()
    assert names(seats) == before


def test_that_alt_and_arrows_move_a_member_past_seats_that_are_hidden(qtbot, seats, desk):
    select_place(seats.table, 1)
    seats.end()
    dialog = dialog_of(seats, EndDialog)
    dialog.end.setText("1.2.2024")
    press(qtbot, dialog.save)
    before = names(seats)
    seats.table.setFocus()
    select_place(seats.table, 0)
    qtbot.keyClick(seats.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(seats) == [before[1], before[0], *before[2:]]
    assert selected_places(seats.table) == [1]
    last = len(before) - 1
    select_place(seats.table, last - 1)
    qtbot.keyClick(seats.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(seats)[last] == before[last - 1]


def test_that_a_member_is_dragged_to_another_place(seats):
    before = names(seats)
    model = seats.model
    data = model.mimeData([model.index(4, 0)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    QApplication.processEvents()
    assert names(seats)[1] == before[4]
    assert sorted(names(seats)) == sorted(before)


def test_that_a_pasted_list_is_shown_row_by_row_and_taken_in_one_step(qtbot, seats, desk):
    before = names(seats)
    QApplication.clipboard().setText(LIST)
    press(qtbot, seats.paste_button)
    dialog = dialog_of(seats, PasteDialog)
    model = dialog.model
    assert [model.index(row, 3).data() for row in range(3)] == [
        "Ny person",
        "Ny person, mangler e-post",
        "Uleselig: hoppes over",
    ]
    assert model.index(0, 1).data() == "Storevik kommune (ny)"
    assert dialog.summary.text() == "2 personer legges til, 1 rad hoppes over."
    press(qtbot, dialog.save)
    assert names(seats) == [*before, "Kari Nordmann", "Ola Dahl"]
    assert desk.undo_text() == "Lim inn medlemmer"
    desk.undo()
    assert names(seats) == before


def test_that_a_list_without_names_or_addresses_is_answered_in_the_dialog(qtbot, seats):
    seats.paste()
    dialog = dialog_of(seats, PasteDialog)
    assert not dialog.save.isEnabled()
    dialog.text.setPlainText("Navn\nKari Nordmann")
    dialog.show_preview()
    assert "ingen organisasjoner" in dialog.summary.text()
    assert "ingen e-postadresser" in dialog.summary.text()
    assert dialog.save.isEnabled()
    dialog.text.setPlainText("123\n456")
    dialog.show_preview()
    assert "Fant ingen navn" in dialog.summary.text()
    assert not dialog.save.isEnabled()
    dialog.reject()


def test_that_members_pasted_again_are_skipped(qtbot, seats):
    held = seats.model.row_at(0)
    seats.paste()
    dialog = dialog_of(seats, PasteDialog)
    dialog.text.setPlainText(f"{held.navn} <{held.epost}>")
    dialog.show_preview()
    assert dialog.model.index(0, 3).data() == "Er medlem fra før: hoppes over"
    assert not dialog.save.isEnabled()
    dialog.reject()


def test_that_an_utvalg_without_members_offers_the_first_step(qtbot, seats, desk):
    made = desk.do(create_utvalg, navn="Tomt utvalg").value
    seats.choose(made.id)
    assert seats.stack.currentIndex() == 1
    assert seats.paste_button.isEnabled()


def test_that_persons_are_searched_in_every_column(qtbot, people):
    qtbot.keyClicks(people.search, "folkehelseinst")
    assert names(people)
    assert {row.organisasjon for row in people.model.rows()} == {"Folkehelseinstituttet"}
    people.search.setText("finnes ikke")
    assert people.count.text() == "0 personer"


def test_that_a_new_person_is_made_and_selected(qtbot, people):
    press(qtbot, people.new_button)
    dialog = dialog_of(people, PersonDialog)
    qtbot.keyClicks(dialog.given, "Åse")
    qtbot.keyClicks(dialog.family, "Ås")
    dialog.organisation.setEditText("KS")
    press(qtbot, dialog.save)
    assert people.selected().navn == "Åse Ås"
    assert people.selected().organisasjon == "KS"


def test_that_a_person_who_is_there_already_is_answered_in_the_dialog(qtbot, people):
    held = people.rows[0]
    people.add()
    dialog = dialog_of(people, PersonDialog)
    dialog.given.setText(held.fornavn)
    dialog.family.setText(held.etternavn)
    press(qtbot, dialog.save)
    assert f"{held.navn} finnes allerede" in dialog.error.text()
    qtbot.keyClicks(dialog.email, "en.helt.annen@eksempel.no")
    press(qtbot, dialog.save)
    assert names(people).count(held.navn) == 2


def test_that_a_person_needs_both_names(qtbot, people):
    people.add()
    dialog = dialog_of(people, PersonDialog)
    qtbot.keyClicks(dialog.given, "Kari")
    press(qtbot, dialog.save)
    assert "etternavn kan ikke være tom" in dialog.error.text()
    assert dialog.given.text() == "Kari"
    dialog.reject()


def test_that_a_person_is_changed_and_the_seats_follow(qtbot, page, people, desk):
    name = page.seats.model.row_at(0).navn
    people.table.setFocus()
    select_place(people.table, place_of(people, name))
    qtbot.keyClick(people.table, Qt.Key.Key_Return)
    dialog = dialog_of(people, PersonDialog)
    dialog.family.setText("Nyttnavn")
    dialog.phone.setText("22 33 44 55")
    press(qtbot, dialog.save)
    assert page.seats.model.row_at(0).navn.endswith("Nyttnavn")
    assert people.selected().telefon == "22 33 44 55"
    assert desk.undo_text() == "Endre person"


def test_that_a_person_in_use_is_not_deleted_and_it_says_where(qtbot, page, people):
    name = page.seats.model.row_at(0).navn
    people.table.setFocus()
    select_place(people.table, place_of(people, name))
    qtbot.keyClick(people.table, Qt.Key.Key_Delete)
    assert people.notice.isVisible()
    assert "er i bruk" in people.notice.text.text()
    assert "verv" in people.notice.text.text()
    assert name in names(people)


def test_that_an_unused_person_is_deleted_and_undo_brings_them_back(qtbot, people, desk):
    people.add()
    dialog = dialog_of(people, PersonDialog)
    dialog.given.setText("Feil")
    dialog.family.setText("Person")
    press(qtbot, dialog.save)
    press(qtbot, people.delete_button)
    assert "Feil Person" not in names(people)
    desk.undo()
    assert "Feil Person" in names(people)


def test_that_an_organisation_has_a_new_name_from_a_date_and_keeps_the_old_one(
    qtbot, organisations
):
    select_place(organisations.table, place_of(organisations, "KS"))
    press(qtbot, organisations.rename_button)
    dialog = dialog_of(organisations, RenameDialog)
    qtbot.keyClicks(dialog.name, "Kommunesektorens forbund")
    dialog.start.setText("1.1.2024")
    press(qtbot, dialog.save)
    row = organisations.selected()
    assert row.navn == "Kommunesektorens forbund"
    assert [name.navn for name in row.navnene] == ["KS", "Kommunesektorens forbund"]
    column = organisations.model.index(place_of(organisations, row.navn), 2)
    assert column.data() == "KS (til 31.12.2023)"


def test_that_a_new_name_from_before_the_last_one_is_refused_in_the_dialog(qtbot, organisations):
    place = next(
        place for place, row in enumerate(organisations.model.rows()) if len(row.navnene) > 1
    )
    select_place(organisations.table, place)
    organisations.rename()
    dialog = dialog_of(organisations, RenameDialog)
    dialog.name.setText("Enda et navn")
    dialog.start.setText("1.1.2020")
    press(qtbot, dialog.save)
    assert "må gjelde fra en senere dato" in dialog.error.text()
    dialog.start.clear()
    press(qtbot, dialog.save)
    assert "Skriv datoen" in dialog.error.text()
    dialog.reject()


def test_that_an_organisation_is_made_and_deleted(qtbot, organisations):
    press(qtbot, organisations.new_button)
    dialog = dialog_of(organisations, OrganisationDialog)
    press(qtbot, dialog.save)
    assert "kan ikke være tom" in dialog.error.text()
    qtbot.keyClicks(dialog.name, "Ørje forbund")
    press(qtbot, dialog.save)
    assert organisations.selected().navn == "Ørje forbund"
    press(qtbot, organisations.delete_button)
    assert "Ørje forbund" not in names(organisations)


def test_that_a_list_is_copied_as_a_table(qtbot, people):
    people.table.setFocus()
    select_place(people.table, 0)
    qtbot.keyClick(people.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, line = QApplication.clipboard().text().split("\n")
    assert head.split("\t") == ["Navn", "Organisasjon", "E-post", "Telefon", "Verv"]
    assert line.split("\t")[0] == names(people)[0]


def test_that_the_page_opens_a_person_or_the_members_of_an_utvalg(page, desk):
    person = page.people.rows[5]
    page.open(Target(Place.MEDLEMMER, key=person.id))
    assert page.tabs.currentWidget() is page.people
    assert page.people.selected().id == person.id
    second = desk.read(utvalg_names)[1][0]
    page.open(Target(Place.MEDLEMMER, key=second))
    assert page.tabs.currentWidget() is page.seats
    assert page.where() == Target(Place.MEDLEMMER, key=second)
