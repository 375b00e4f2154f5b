"""The page of saker: the register and the queue, as a user meets them."""

import datetime as dt

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QDialog

from desktop.richtext.tree import tree_from_text
from desktop.rules.kinds import Toppnotatstatus
from desktop.services.koe import load_queue, meetings_for, utvalg_names
from desktop.services.moeter import Dag, plan_moete
from desktop.services.register import Order, RegisterFilter
from desktop.services.sak_view import load_sak_view
from desktop.services.saker import rename_sak, report_sak
from desktop.viewmodels import register as module
from desktop.viewmodels import windowed
from desktop.viewmodels.queue import queue_model
from desktop.viewmodels.register import COLUMNS, RegisterModel, Wanted
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.views.form import Choice
from desktop.views.ordered_table import select_place, selected_places
from desktop.views.pages.saker import QUEUE, SakerPage
from desktop.views.pages.saker_dialog import SakDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(qtbot, desk, tasks, preferences):
    made = SakerPage(desk, tasks, preferences)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1000, 640)
    made.load()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def register(page):
    return page.register


@pytest.fixture
def queue(page):
    page.tabs.setCurrentWidget(page.queue)
    return page.queue


def titles(register):
    model = register.model
    return [model.row_at(place).tittel for place in range(model.rowCount())]


def queued(queue):
    return [row.tittel for row in queue.model.rows()]


def dialog_of(widget, kind=QDialog):
    return next(one for one in widget.findChildren(kind) if one.isVisible())


def searched(qtbot, register, text):
    register.search.setFocus()
    with qtbot.waitSignal(register.model.counted, check_params_cb=lambda _n, more: not more):
        register.search.selectAll()
        qtbot.keyClicks(register.search, text)


def test_that_the_register_is_a_sound_model(qtmodeltester, desk):
    model = RegisterModel(desk)
    model.show_wanted(Wanted())
    qtmodeltester.check(model)


def test_that_the_queue_is_a_sound_model(qtmodeltester, desk):
    model = queue_model()
    key = desk.read(utvalg_names)[0][0]
    model.set_rows(desk.read(lambda session: load_queue(session, key)))
    assert model.rowCount() > 2
    qtmodeltester.check(model)


def test_that_the_register_reads_the_pages_it_shows_and_no_others(desk, monkeypatch):
    asked = []
    real = module.load_page
    monkeypatch.setattr(windowed, "PAGE", 5)
    monkeypatch.setattr(
        module,
        "load_page",
        lambda session, rows, numbers: asked.append(len(rows)) or real(session, rows, numbers),
    )
    model = RegisterModel(desk)
    model.show_wanted(Wanted())
    assert asked == []
    model.index(6, 0).data()
    model.index(9, 1).data()
    assert asked == [5]


def test_that_the_newest_sak_stands_first(register):
    assert register.model.row_at(0).nummer == "39/23"
    assert register.count.text() == "30 saker"


def test_that_typing_in_the_search_finds_titles_numbers_and_texts(qtbot, register):
    searched(qtbot, register, "journalløft")
    assert "Status og veien videre for felles journalløft" in titles(register)
    searched(qtbot, register, "26/23")
    assert titles(register) == ["Referatform til møtene i Nasjonalt e-helseråd"]
    searched(qtbot, register, "finnes ikke noe sted")
    assert titles(register) == []
    assert register.count.text() == "0 saker"


def test_that_a_word_of_the_omtale_alone_is_found(qtbot, register, desk):
    key = desk.read(utvalg_names)[0][0]
    desk.do(report_sak, utvalg_id=key, tittel="Uten hint", omtale=tree_from_text("Et Ærverdig ord"))
    searched(qtbot, register, "ærverdig")
    assert titles(register) == ["Uten hint"]


def test_that_filters_narrow_the_register_and_nullstill_shows_all_again(qtbot, register):
    everything = titles(register)
    register.kind.setCurrentIndex(register.kind.findText("Godkjenning"))
    register.state.setCurrentIndex(register.state.findText("Behandlet"))
    rows = [register.model.row_at(place) for place in range(register.model.rowCount())]
    assert rows
    assert {row.sakstype.value for row in rows} == {"godkjenning"}
    assert {row.tilstand.value for row in rows} == {"behandlet"}
    qtbot.mouseClick(register.reset, Qt.MouseButton.LeftButton)
    assert titles(register) == everything
    assert not register.reset.isEnabled()


def test_that_a_click_on_a_heading_sorts_and_keeps_the_selected_sak(qtbot, register):
    register.show_sak(register.model.row_at(4).id)
    chosen = register.selected_sak()
    header = register.table.horizontalHeader()
    where = header.viewport().rect().center()
    where.setX(header.sectionViewportPosition(1) + 20)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert register.model.wanted.order is Order.TITTEL
    found = titles(register)
    assert found[0].startswith("Det europeiske")
    assert register.selected_sak() == chosen


def test_that_every_column_sorts_both_ways(register):
    for column in range(len(COLUMNS)):
        for order in Qt.SortOrder:
            register.table.sortByColumn(column, order)
            assert register.model.rowCount() == 30
            assert register.model.wanted.descending == (order == Qt.SortOrder.DescendingOrder)


def test_that_enter_opens_a_sak_in_its_meeting(qtbot, page, register):
    register.table.setFocus()
    select_place(register.table, 2)
    found = register.model.row_at(2)
    with qtbot.waitSignal(page.wanted) as wanted:
        qtbot.keyClick(register.table, Qt.Key.Key_Return)
    assert wanted.args == [
        Target(Place.MOETER, key=found.moete_id, tab=Tab.DAGSORDEN, sak_id=found.id)
    ]


def test_that_enter_on_a_sak_that_waits_shows_it_in_the_queue(qtbot, page, register):
    place = register.model.rowCount() - 1
    select_place(register.table, place)
    found = register.model.row_at(place)
    assert found.moete_id is None
    register.table.setFocus()
    qtbot.keyClick(register.table, Qt.Key.Key_Return)
    assert page.tabs.currentWidget() is page.queue
    chosen = selected_places(page.queue.table)
    assert [page.queue.model.row_at(place).id for place in chosen] == [found.id]


def test_that_ctrl_f_goes_to_the_search_and_enter_back_to_the_saker(qtbot, register):
    register.table.setFocus()
    qtbot.keyClick(register.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is register.search
    qtbot.keyClick(register.search, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is register.table


def test_that_the_selected_rows_are_copied_as_a_table(qtbot, register):
    register.table.setFocus()
    select_place(register.table, 0)
    with qtbot.waitSignal(register.told):
        qtbot.keyClick(register.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:3] == ["Nr.", "Sak", "Type"]
    assert lines[1].split("\t")[:2] == ["39/23", "Eventuelt"]
    assert len(lines) == 2


def test_that_without_a_selection_everything_shown_is_copied(qtbot, register):
    register.table.clearSelection()
    with qtbot.waitSignal(register.told):
        register.copy_table()
    assert len(QApplication.clipboard().text().split("\n")) == 31


def test_that_a_sak_is_copied_as_clean_text(qtbot, register):
    register.show_sak(register.model.row_at(4).id)
    qtbot.mouseClick(register.copy_text, Qt.MouseButton.LeftButton)
    text = QApplication.clipboard().text()
    assert text.startswith("Sak 35/23 Status og veien videre for felles journalløft")
    assert "\t" not in text


def test_that_a_change_elsewhere_is_shown_and_selection_and_scroll_stay(register, desk):
    register.show_sak(register.model.row_at(4).id)
    held = register.model.row_at(4)
    desk.do(rename_sak, sak_id=register.model.row_at(2).id, tittel="Nytt navn")
    assert register.model.row_at(2).tittel == "Nytt navn"
    assert register.selected_sak() == held.id


def test_that_a_sak_that_the_filters_hide_can_still_be_opened(page, register):
    wanted = register.model.row_at(20)
    register.model.show_wanted(Wanted(RegisterFilter(aar=1999)))
    page.open(Target(Place.SAKER, sak_id=wanted.id))
    assert register.selected_sak() == wanted.id
    assert page.where() == Target(Place.SAKER, sak_id=wanted.id)


def test_that_the_next_start_can_show_the_queue_again(page):
    page.open(Target(Place.SAKER, key=QUEUE))
    assert page.where() == Target(Place.SAKER, key=QUEUE)


def test_that_provisional_numbers_look_provisional(register, desk):
    key = desk.read(utvalg_names)[0][0]
    day = Dag(dt.date(2024, 2, 8), dt.time(10), dt.time(16))
    desk.do(plan_moete, utvalg_id=key, dager=[day])
    row = register.model.row_at(0)
    assert row.foreloepig
    assert row.nummer.endswith("/24")
    index = register.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.FontRole).italic()
    assert index.data(Qt.ItemDataRole.ForegroundRole) is not None
    assert "Foreløpig" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_that_a_choice_gives_back_the_very_key_it_was_given(qtbot):
    choice = Choice([(None, "Alle"), *((kind, kind.value) for kind in Toppnotatstatus)])
    qtbot.addWidget(choice)
    choice.choose(Toppnotatstatus.INGEN)
    assert choice.key() is Toppnotatstatus.INGEN
    choice.set_items([(None, "Alle"), (Toppnotatstatus.INGEN, "Ingen")])
    assert choice.key() is Toppnotatstatus.INGEN
    choice.set_items([(None, "Alle")])
    assert choice.key() is None


def test_that_a_sak_that_shall_have_a_toppnotat_gets_one_from_the_dialog(qtbot, queue, desk):
    queue.report()
    dialog = dialog_of(queue, SakDialog)
    dialog.title.setText("Med toppnotat")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    view = desk.read(lambda session: load_sak_view(session, dialog.created))
    assert view.toppnotat is not None


def test_that_a_sak_is_reported_in_one_dialog(qtbot, queue, desk):
    before = queued(queue)
    qtbot.mouseClick(queue.report_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(queue, SakDialog)
    qtbot.keyClicks(dialog.title, "Ny vei for kodeverk")
    dialog.kind.setCurrentIndex(dialog.kind.findText("Drøfting"))
    dialog.reporter.setEditText("Morten Evensen")
    dialog.date.clear()
    qtbot.keyClicks(dialog.date, "14. des 2023")
    dialog.meeting.setEditText("2/2024")
    dialog.priority.setCurrentIndex(dialog.priority.findText("Høy"))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert queued(queue) == [*before, "Ny vei for kodeverk"]
    row = queue.model.rows()[-1]
    assert (row.innmeldt_av, row.innmeldt) == ("Morten Evensen", dt.date(2023, 12, 14))
    assert (row.oensket_moete, row.prioritet) == ("2/2024", 1)
    assert desk.undo_text() == "Meld inn sak"


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("title", "", "tittel kan ikke være tom"),
        ("date", "32. des", "finnes ikke"),
        ("date", "i går", "er ikke en dato"),
        ("reporter", "Helt Ukjent", "er ikke i registeret"),
    ],
)
def test_that_what_is_wrong_is_said_in_the_dialog_and_nothing_typed_is_lost(
    qtbot, queue, field, text, sentence
):
    before = queued(queue)
    queue.report()
    dialog = dialog_of(queue, SakDialog)
    dialog.title.setText("En sak")
    control = getattr(dialog, field)
    (control.setEditText if field == "reporter" else control.setText)(text)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert sentence in dialog.error.text()
    assert dialog.title.text() == ("" if field == "title" else "En sak")
    assert queued(queue) == before
    dialog.reject()


def test_that_a_sak_in_the_queue_is_changed_in_one_step(qtbot, queue, desk):
    queue.table.setFocus()
    select_place(queue.table, 1)
    qtbot.keyClick(queue.table, Qt.Key.Key_Return)
    dialog = dialog_of(queue, SakDialog)
    assert dialog.title.text() == queued(queue)[1]
    dialog.title.setText("Et bedre navn")
    dialog.priority.choose(3)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    row = queue.model.row_at(1)
    assert (row.tittel, row.prioritet) == ("Et bedre navn", 3)
    assert selected_places(queue.table) == [1]
    desk.undo()
    assert queue.model.row_at(1).prioritet == 1


def test_that_alt_and_arrows_move_a_sak_and_it_stays_selected(qtbot, queue, desk):
    before = queued(queue)
    queue.table.setFocus()
    select_place(queue.table, 0)
    qtbot.keyClick(queue.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert queued(queue) == [before[1], before[0], *before[2:]]
    assert selected_places(queue.table) == [1]
    qtbot.keyClick(queue.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert queued(queue) == before
    qtbot.keyClick(queue.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert queued(queue) == before
    assert desk.undo_text() == "Flytt sak i køen"


@pytest.mark.parametrize(("row", "target"), [(3, 2), (-1, 6), (0, None)])
def test_that_a_dropped_sak_goes_where_it_is_dropped(qtbot, queue, row, target):
    before = queued(queue)
    model = queue.model
    data = model.mimeData([model.index(0, 0)])
    taken = model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, QModelIndex())
    assert taken is False
    QApplication.processEvents()
    wanted = before[1:]
    wanted.insert(target or 0, before[0])
    assert queued(queue) == wanted


def test_that_something_else_cannot_be_dropped(queue):
    data = QMimeData()
    data.setText("0")
    before = queued(queue)
    queue.model.dropMimeData(data, Qt.DropAction.MoveAction, 3, 0, QModelIndex())
    QApplication.processEvents()
    assert queued(queue) == before


def test_that_delete_takes_the_selected_saker_and_undo_brings_them_back(qtbot, queue, desk):
    before = queued(queue)
    queue.table.setFocus()
    queue.table.selectAll()
    qtbot.keyClick(queue.table, Qt.Key.Key_Delete)
    assert queued(queue) == []
    assert queue.stack.currentIndex() == 1
    desk.undo()
    assert queued(queue) == before


def test_that_the_selected_saker_are_placed_on_a_planned_meeting_in_one_step(qtbot, queue, desk):
    key = queue.utvalg.key()
    day = Dag(dt.date(2024, 2, 8), dt.time(10), dt.time(16))
    desk.do(plan_moete, utvalg_id=key, dager=[day])
    before = queued(queue)
    select_place(queue.table, 0)
    queue.table.setFocus()
    qtbot.keyClick(queue.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    queue.menu.aboutToShow.emit()
    choices = {act.text(): act for act in queue.menu.actions()}
    assert choices.keys() >= {"1/2024 · 08.02.2024"}
    with qtbot.waitSignal(queue.told):
        choices["1/2024 · 08.02.2024"].trigger()
    assert queued(queue) == before[2:]
    desk.undo()
    assert queued(queue) == before


def test_that_a_meeting_that_takes_no_saker_is_refused_in_place(queue, desk):
    key = queue.utvalg.key()
    names = [choice.navn for choice in desk.read(lambda s: meetings_for(s, key))]
    assert not any(name.startswith("3/2023") for name in names)
    other = desk.read(utvalg_names)[1][0]
    day = Dag(dt.date(2024, 2, 8), dt.time(10), dt.time(16))
    desk.do(plan_moete, utvalg_id=other, dager=[day])
    choice = desk.read(lambda s: meetings_for(s, other))[-1]
    select_place(queue.table, 0)
    queue.place(choice)
    assert queue.notice.isVisible()
    assert "annet utvalg" in queue.notice.text.text()


@pytest.mark.parametrize("descending", [False, True])
def test_that_the_order_prepared_while_idle_is_the_one_that_is_asked_for(desk, descending):
    prepared, fresh = RegisterModel(desk), RegisterModel(desk)
    prepared.reload()
    while prepared.is_preparing:
        prepared.prepare()
    wanted = Wanted(order=Order.SAKSEIER, descending=descending)
    for model in (prepared, fresh):
        model.show_wanted(wanted)
    assert [prepared.row_number(place) for place in range(30)] == [
        fresh.row_number(place) for place in range(30)
    ]
