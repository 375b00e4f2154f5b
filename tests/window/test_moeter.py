"""The page of meetings, its workspace, and the dialog that plans and changes a meeting."""

import datetime as dt

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QDialog
from sqlalchemy import event

from desktop.richtext.tree import tree_from_text
from desktop.rules.kinds import Moeteform
from desktop.rules.states import MoeteTilstand
from desktop.services.minutes_edit import write_vedtak
from desktop.services.minutes_view import load_minutes
from desktop.services.moete_lists import moete_head, moeter_of
from desktop.services.moeter import Dag, plan_moete
from desktop.services.numbers import find_moete_id
from desktop.viewmodels.meetings import DATE_COLUMN, PROVISIONAL_ROLE, MoeteListModel
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.views.moete import workspace
from desktop.views.moete.plan_dialog import MoeteDialog
from desktop.views.moete.tab import MeetingTab
from desktop.views.pages.moeter import MoeterPage

# What the offscreen platform says of every window it shows.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TODAY = dt.date(2023, 11, 1)
TEN, FOUR = dt.time(10), dt.time(16)


class Noted(MeetingTab):
    """A tab that notes what it is told."""

    def __init__(self, *context):
        super().__init__(*context)
        self.shown, self.changes, self.sak_id = [], [], None

    def show_moete(self, moete_id):
        super().show_moete(moete_id)
        self.shown.append(moete_id)

    def refresh(self, changes):
        self.changes.append(changes)

    def show_sak(self, sak_id):
        self.sak_id = sak_id


@pytest.fixture
def page(qtbot, desk, tasks, preferences, monkeypatch):
    tabs = {tab: (tab.value.title(), Noted) for tab in Tab}
    monkeypatch.setattr(workspace.Workspace.__init__, "__defaults__", (tabs,))
    made = MoeterPage(desk, tasks, preferences)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.load()
    made.resize(900, 640)
    made.show()
    return made


def moete(desk, number, utvalg="E-helserådet"):
    return desk.read(lambda session: find_moete_id(session, number, utvalg=utvalg))


def plan(desk, page, *dates, **more):
    days = [Dag(date, TEN, FOUR) for date in dates]
    outcome = desk.do(plan_moete, utvalg_id=page.list.utvalg_id(), dager=days, **more)
    assert outcome, outcome.error
    return outcome.value.id


def head(desk, key):
    return desk.read(lambda session: moete_head(session, key))


def dialog(qtbot, desk, page, **more):
    made = MoeteDialog(desk, page, utvalg_id=page.list.utvalg_id(), today=TODAY, **more)
    qtbot.addWidget(made)
    made.show()
    return made


def typed(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_that_the_model_of_meetings_is_sound(desk, page, qtmodeltester):
    plan(desk, page, dt.date(2023, 12, 20))
    qtmodeltester.check(page.list.model)
    model = MoeteListModel()
    qtmodeltester.check(model)


def test_that_a_number_looks_provisional_until_it_is_fixed(desk, page):
    plan(desk, page, dt.date(2023, 12, 20))
    model = page.list.model
    numbers = [
        (model.index(row, 0).data(), model.index(row, 0).data(PROVISIONAL_ROLE))
        for row in range(model.rowCount())
    ]
    assert numbers == [("3/2023", False), ("4/2023", False), ("5/2023", True)]


def test_that_the_list_of_a_year_takes_as_many_statements_for_many_meetings(desk, page):
    def statements():
        counted = []

        def job(session):
            connection = session.connection()
            event.listen(connection, "before_cursor_execute", lambda *told: counted.append(told))
            return moeter_of(session, page.list.utvalg_id(), 2023)

        desk.read(job)
        return len(counted)

    before = statements()
    for day in range(1, 9):
        plan(desk, page, dt.date(2023, 11, day))
    assert statements() == before == 3


def test_that_enter_opens_the_selected_meeting_and_escape_goes_back(desk, page, qtbot):
    page.list.table.setFocus()
    page.list.table.selectRow(1)
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    assert page.where() == Target(Place.MOETER, moete(desk, "4/2023"), Tab.DAGSORDEN)
    assert page.workspace.name.text() == "Møte 4/2023"
    assert page.workspace.facts.text().startswith("14. desember 2023 kl. 10.00–16.00 · ")
    qtbot.keyClick(page.workspace, Qt.Key.Key_Escape)
    assert page.where() == Target(Place.MOETER)
    assert page.list.current() == moete(desk, "4/2023")


def test_that_sorting_by_date_downwards_puts_the_last_meeting_first(page):
    page.list.table.sortByColumn(DATE_COLUMN, Qt.SortOrder.DescendingOrder)
    assert page.list.model.index(0, 0).data() == "4/2023"


def test_that_the_selection_stays_when_the_list_is_read_again(desk, page):
    page.list.table.selectRow(1)
    plan(desk, page, dt.date(2023, 6, 1))
    assert page.list.selected() == [moete(desk, "4/2023")]


def test_that_a_target_opens_meeting_tab_and_sak(desk, page):
    key = moete(desk, "3/2023")
    page.open(Target(Place.MOETER, key, Tab.DAGSORDEN, "saken"))
    assert page.workspace.tab(Tab.DAGSORDEN).sak_id == "saken"
    page.open(Target(Place.MOETER, key, Tab.DELTAKERE))
    assert page.where() == Target(Place.MOETER, key, Tab.DELTAKERE)


def test_that_the_keyboard_turns_the_tabs_and_reads_each_once(desk, page, qtbot):
    key = moete(desk, "3/2023")
    page.open_moete(key)
    space = page.workspace
    qtbot.keyClick(space, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert space.current_tab() is Tab.TOPPNOTATER
    qtbot.keyClick(space, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert space.current_tab() is Tab.DAGSORDEN
    assert [space.tab(tab).shown for tab in (Tab.DAGSORDEN, Tab.TOPPNOTATER)] == [[key], [key]]


def test_that_only_the_steps_the_rules_allow_are_enabled(desk, page):
    def enabled(number):
        page.open_moete(moete(desk, number))
        return {state for state, step in page.workspace.steps.items() if step.isEnabled()}

    assert enabled("4/2023") == {MoeteTilstand.AVHOLDT, MoeteTilstand.AVLYST}
    assert enabled("3/2023") == {MoeteTilstand.AVSLUTTET}


def test_that_a_step_is_taken_shown_and_undone(desk, page):
    page.open_moete(moete(desk, "4/2023"))
    page.workspace.steps[MoeteTilstand.AVHOLDT].trigger()
    assert page.workspace.state.text() == "Avholdt"
    assert desk.undo()
    assert page.workspace.state.text() == "Innkalt"


def test_that_marking_a_meeting_as_held_treats_the_saker_with_minutes(desk, page, monkeypatch):
    key = moete(desk, "4/2023")
    page.open_moete(key)
    written, other = desk.read(lambda session: load_minutes(session, key)).saker[3:5]
    assert desk.do(write_vedtak, sak_id=written.id, tree=tree_from_text("Vedtatt."))
    flushed = []
    tab = page.workspace.tab(page.workspace.current_tab())
    monkeypatch.setattr(tab, "flush", lambda: flushed.append(1))
    page.workspace.steps[MoeteTilstand.AVHOLDT].trigger()
    assert flushed
    after = desk.read(lambda session: load_minutes(session, key))
    assert after.sak(written.id).behandlet
    assert not after.sak(other.id).behandlet
    assert desk.undo()
    assert desk.read(lambda session: moete_head(session, key)).tilstand is MoeteTilstand.INNKALT
    before = desk.read(lambda session: load_minutes(session, key))
    assert not before.sak(written.id).behandlet


def test_that_a_meeting_whose_planning_is_undone_leaves_the_list_with_a_sentence(desk, page):
    page.open_moete(plan(desk, page, dt.date(2024, 1, 10)))
    assert desk.undo()
    assert page.where() == Target(Place.MOETER)
    assert page.notice.text.text() == "Møtet finnes ikke lenger i arkivet."


def test_that_a_year_without_meetings_says_what_the_page_is_for(page):
    page.list.year.addItem("1999", 1999)
    page.list.year.setCurrentIndex(page.list.year.findData(1999))
    page.list.year.activated.emit(page.list.year.currentIndex())
    assert page.list.stack.currentWidget() is page.list.empty


def test_that_ctrl_n_plans_a_meeting_and_opens_it(desk, page, qtbot):
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    typed(qtbot, page.dialog.days[0].date, "15. februar 2024")
    page.dialog.accept()
    shown = head(desk, page.workspace.moete_id)
    assert [day.dato for day in shown.dager] == [dt.date(2024, 2, 15)]
    assert page.where() == Target(Place.MOETER, shown.id, Tab.DAGSORDEN)


def test_that_the_dialog_proposes_what_was_done_last_time(desk, page, qtbot):
    made = dialog(qtbot, desk, page)
    last = head(desk, moete(desk, "4/2023"))
    assert made.place.text() == last.sted
    assert (made.days[0].start.text(), made.days[0].end.text()) == ("10.00", "16.00")
    assert (made.leader.key(), made.referent.key()) == (last.moeteleder_id, last.referent_id)


@pytest.mark.parametrize("text", ["14.2.24", "14. feb 2024", "14.02.2024", "2024-02-14", "14/2/24"])
def test_that_a_date_is_read_in_any_usual_form_and_the_number_follows(desk, page, qtbot, text):
    made = dialog(qtbot, desk, page)
    typed(qtbot, made.days[0].date, text)
    assert made.days[0].reading().dato == dt.date(2024, 2, 14)
    assert made.number.text() == "1/2024 – foreløpig til innkallingen ferdigstilles"
    assert made.days[0].answer.text() == "onsdag 14. februar 2024"
    assert made.summary.members.text() == "19 medlemmer har verv 14. februar 2024."


def test_that_a_weekend_is_hinted_at_and_not_refused(desk, page, qtbot):
    made = dialog(qtbot, desk, page)
    typed(qtbot, made.days[0].date, "17.2.24")
    assert made.days[0].answer.text() == "lørdag 17. februar 2024 · Dagen er i helgen."
    made.accept()
    assert made.result() == QDialog.DialogCode.Accepted


def test_that_a_wrong_clock_is_answered_in_place_and_nothing_is_lost(desk, page, qtbot):
    made = dialog(qtbot, desk, page)
    typed(qtbot, made.days[0].date, "14.2.24")
    typed(qtbot, made.days[0].start, "25")
    typed(qtbot, made.place, "Bergen")
    made.accept()
    assert made.isVisible()
    assert made.days[0].answer.text() == (
        "Klokkeslettet 25 finnes ikke. Bruk tider fra 00.00 til 23.59."
    )
    assert (made.days[0].start.text(), made.place.text()) == ("25", "Bergen")


def test_that_the_same_day_twice_is_refused_above_the_buttons(desk, page, qtbot):
    made = dialog(qtbot, desk, page)
    typed(qtbot, made.days[0].date, "14.2.24")
    made.append_day()
    assert made.days[1].date.text() == "15.02.2024"
    typed(qtbot, made.days[1].date, "14.2.24")
    made.accept()
    assert made.notice.text.text() == "Møtet har allerede denne datoen. Velg en annen."
    assert made.isVisible()


def test_that_a_leader_who_is_not_in_the_archive_is_answered_in_place(desk, page, qtbot):
    made = dialog(qtbot, desk, page)
    typed(qtbot, made.days[0].date, "14.2.24")
    typed(qtbot, made.leader.lineEdit(), "Ingen Slik")
    made.accept()
    assert made.isVisible()
    assert "«Ingen Slik»" in made.people_answer.text()


def test_that_a_digital_meeting_has_a_link_and_no_place(desk, page, qtbot):
    made = dialog(qtbot, desk, page)
    typed(qtbot, made.days[0].date, "14.2.24")
    made.form.setCurrentIndex(made.form.findData(Moeteform.DIGITALT))
    assert made.link.isVisible()
    assert not made.place.isVisible()
    typed(qtbot, made.link, "https://mote.example/1")
    made.accept()
    planned = head(desk, made.moete_id)
    assert (planned.form, planned.digital_lenke) == (Moeteform.DIGITALT, "https://mote.example/1")


def test_that_fixed_posts_can_be_left_out(desk, page, qtbot):
    made = dialog(qtbot, desk, page)
    typed(qtbot, made.days[0].date, "14.2.24")
    made.summary.posts_wanted.setChecked(False)
    made.accept()
    rows = desk.read(lambda session: moeter_of(session, page.list.utvalg_id(), 2024))
    assert [row.antall_saker for row in rows] == [0]


def test_that_changing_a_meeting_is_one_operation(desk, page, qtbot):
    key = plan(desk, page, dt.date(2024, 2, 14), dt.date(2024, 2, 15), fixed_posts=False)
    before = head(desk, key)
    made = dialog(qtbot, desk, page, head=before)
    typed(qtbot, made.days[0].date, "15.2.24")
    typed(qtbot, made.days[1].date, "16.2.24")
    typed(qtbot, made.place, "Tromsø")
    made.accept()
    after = head(desk, key)
    assert [day.dato.day for day in after.dager] == [15, 16]
    assert after.sted == "Tromsø"
    assert desk.undo()
    assert head(desk, key) == before


def test_that_a_day_without_rows_can_be_removed_and_one_with_rows_not(desk, page, qtbot):
    key = plan(desk, page, dt.date(2024, 2, 14), dt.date(2024, 2, 15))
    made = dialog(qtbot, desk, page, head=head(desk, key))
    made.days[1].remove.click()
    made.accept()
    assert "15. februar 2024 har rader i dagsordenen." in made.notice.text.text()
    assert len(head(desk, key).dager) == 2


def test_that_the_calendar_writes_the_date_it_is_given(desk, page, qtbot):
    made = dialog(qtbot, desk, page)
    made.days[0].open_calendar()
    menu = QApplication.activePopupWidget()
    sheet = menu.actions()[0].defaultWidget()
    sheet.clicked.emit(QDate(2024, 2, 14))
    assert made.days[0].date.text() == "14.02.2024"
