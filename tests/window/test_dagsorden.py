"""The tab Dagsorden, acted on as a user does."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
)

from desktop.richtext.plain import plain_text
from desktop.richtext.tree import ListBlock, ListItem, Tree, paragraph, tree_from_text
from desktop.rules.entity_kinds import Postslag, Rolle
from desktop.rules.states import SakTilstand
from desktop.services.agenda_view import Line, load_agenda_view, load_queue
from desktop.services.dagsorden import set_time
from desktop.services.load_agenda import load_agenda_rows
from desktop.services.moeter import Dag, cancel_moete, plan_moete
from desktop.services.numbers import find_moete_id
from desktop.services.sak_view import load_sak_view
from desktop.services.saker import write_forslag
from desktop.services.types import Archive
from desktop.viewmodels.agenda import NOTES_ROLE, Col
from desktop.viewmodels.agenda_input import RowTime, UnreadableInputError, read_duration, read_start
from desktop.views.moete.dagsorden import DagsordenTab


@pytest.fixture
def frozen_id(desk):
    return desk.read(lambda session: find_moete_id(session, "4/2023"))


@pytest.fixture
def utvalg_id(desk, frozen_id):
    return desk.read(lambda session: load_agenda_view(session, frozen_id)).utvalg_id


@pytest.fixture
def planned_id(desk, utvalg_id):
    days = [Dag(dt.date(2024, 3, 13), dt.time(10), dt.time(12))]
    return desk.do(plan_moete, utvalg_id=utvalg_id, dager=days).value.id


@pytest.fixture
def two_days_id(desk, utvalg_id):
    days = [
        Dag(dt.date(2024, 3, 13), dt.time(10), dt.time(16)),
        Dag(dt.date(2024, 3, 14), dt.time(9), dt.time(12)),
    ]
    return desk.do(plan_moete, utvalg_id=utvalg_id, dager=days).value.id


@pytest.fixture
def make_tab(desk, tasks, preferences, qtbot):
    windows = []

    def make(moete_id):
        tab = DagsordenTab(desk, tasks, preferences)
        window = QMainWindow()
        window.setCentralWidget(tab)
        window.setMinimumSize(860, 560)
        window.resize(1100, 640)
        qtbot.addWidget(window)
        desk.changed.connect(tab.refresh)
        tab.show_moete(moete_id)
        window.show()
        window.activateWindow()
        tab.table.setFocus()
        qtbot.waitUntil(tab.table.hasFocus)
        windows.append(window)
        return tab

    return make


@pytest.fixture
def planned(make_tab, planned_id):
    return make_tab(planned_id)


@pytest.fixture
def frozen(make_tab, frozen_id):
    return make_tab(frozen_id)


def titles(tab):
    return [line.title for line in tab.model.lines() if line.kind is Line.POST]


def select(tab, *rows):
    model = tab.table.selectionModel()
    tab.table.select_row(rows[0])
    for row in rows[1:]:
        model.select(tab.model.index(row, 0), model.SelectionFlag.Select | model.SelectionFlag.Rows)


def editor(tab, kind=QLineEdit):
    return tab.table.viewport().findChild(kind)


def type_in_cell(tab, qtbot, row, column, text):
    tab.table.select_row(row, column)
    qtbot.keyClick(tab.table, Qt.Key.Key_F2)
    line = editor(tab)
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    return line


def drop(tab, mime, row):
    tab.model.dropMimeData(mime, Qt.DropAction.MoveAction, row, 0, tab.model.index(-1, -1))


def place_first(tab, count=1):
    keys = [row.sak_id for row in tab.queue_model.rows()[:count]]
    tab.queue.select_keys(keys)
    tab.place()
    return keys


def test_that_the_models_keep_qts_promises(planned, qtmodeltester):
    qtmodeltester.check(planned.model)
    qtmodeltester.check(planned.queue_model)


def test_that_the_models_keep_qts_promises_while_rows_come_move_and_go(planned, qtmodeltester):
    qtmodeltester.check(planned.model)
    place_first(planned, 3)
    planned.shift(-1)
    planned.remove()
    assert planned.model.rowCount() == 7


def test_that_enter_in_the_queue_places_the_sak_before_eventuelt(planned, qtbot):
    first = planned.queue_model.row_at(0)
    planned.queue.select_keys([first.sak_id])
    qtbot.keyClick(planned.queue, Qt.Key.Key_Return)
    assert titles(planned)[-2:] == [first.tittel, "Eventuelt"]
    assert planned.queue_model.row_of(first.sak_id) < 0
    assert planned.panel.sak.id == first.sak_id


def test_that_insert_places_several_saker_in_the_order_of_the_queue(planned, qtbot):
    wanted = [row.tittel for row in planned.queue_model.rows()[:2]]
    planned.queue.select_keys([row.sak_id for row in planned.queue_model.rows()[:2]])
    qtbot.keyClick(planned.queue, Qt.Key.Key_Insert)
    assert titles(planned)[-3:] == [*wanted, "Eventuelt"]


def test_that_delete_puts_saker_back_in_the_queue_as_one_step(planned, qtbot, desk):
    keys = place_first(planned, 2)
    rows = [planned.model.row_of_sak(key) for key in keys]
    select(planned, *rows)
    qtbot.keyClick(planned.table, Qt.Key.Key_Delete)
    assert all(planned.queue_model.row_of(key) >= 0 for key in keys)
    assert desk.undo()
    assert [planned.model.row_of_sak(key) for key in keys] == rows


def test_that_alt_up_moves_the_selected_rows_and_numbers_follow(planned, qtbot, desk):
    keys = place_first(planned, 2)
    before = titles(planned)
    rows = [planned.model.row_of_sak(key) for key in keys]
    select(planned, *rows)
    qtbot.keyClick(planned.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [planned.model.row_of_sak(key) for key in keys] == [row - 1 for row in rows]
    numbers = [line.number for line in planned.model.lines() if line.sak_id]
    assert numbers == [f"{n}/24" for n in range(1, len(numbers) + 1)]
    assert len(planned.table.selected_lines()) == 2
    assert desk.undo()
    assert titles(planned) == before


def test_that_rows_at_the_top_stay_there(planned, qtbot):
    before = titles(planned)
    select(planned, 0, 1)
    qtbot.keyClick(planned.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(planned) == before


def test_that_a_row_moves_past_the_end_of_a_day_into_the_next(make_tab, two_days_id, qtbot):
    tab = make_tab(two_days_id)
    last = tab.view.posts(tab.view.days[0].id)[-1]
    tab.table.select_row(tab.model.row_of(last.key))
    qtbot.keyClick(tab.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert tab.view.posts(tab.view.days[1].id)[0].key == last.key
    qtbot.keyClick(tab.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert tab.view.posts(tab.view.days[0].id)[-1].key == last.key


def test_that_several_days_have_headings(make_tab, two_days_id):
    tab = make_tab(two_days_id)
    headings = [
        tab.model.index(row, Col.TID).data()
        for row, line in enumerate(tab.model.lines())
        if line.kind is Line.DAG
    ]
    assert headings == [
        "Onsdag 13. mars 2024, kl. 10.00–16.00",
        "Torsdag 14. mars 2024, kl. 09.00–12.00",
    ]


def test_that_rows_are_dragged_to_another_day(make_tab, two_days_id, qtbot):
    tab = make_tab(two_days_id)
    moved = [line.key for line in tab.view.posts(tab.view.days[0].id)[:2]]
    mime = tab.model.mimeData([tab.model.index(tab.model.row_of(key), 0) for key in moved])
    drop(tab, mime, tab.model.rowCount())
    second = tab.view.days[1].id
    qtbot.waitUntil(lambda: len(tab.view.posts(second)) == 3)
    assert [line.key for line in tab.view.posts(second)][-2:] == moved


def test_that_a_sak_is_dragged_from_the_queue_to_its_place(planned, qtbot):
    first = planned.queue_model.row_at(0)
    drop(planned, planned.queue_model.mimeData([planned.queue_model.index(0, 0)]), 1)
    qtbot.waitUntil(lambda: planned.model.row_of_sak(first.sak_id) == 1)


def test_that_a_sak_is_dragged_out_to_the_queue(planned, qtbot):
    key = place_first(planned)[0]
    mime = planned.model.mimeData([planned.model.index(planned.model.row_of_sak(key), 0)])
    nowhere = planned.queue_model.index(-1, -1)
    planned.queue_model.dropMimeData(mime, Qt.DropAction.MoveAction, -1, -1, nowhere)
    qtbot.waitUntil(lambda: planned.queue_model.row_of(key) >= 0)
    assert planned.model.row_of_sak(key) < 0


def test_that_the_queue_is_ordered_by_dragging(planned, qtbot):
    keys = [row.sak_id for row in planned.queue_model.rows()]
    mime = planned.queue_model.mimeData([planned.queue_model.index(row, 0) for row in (0, 2)])
    nowhere = planned.queue_model.index(-1, -1)
    planned.queue_model.dropMimeData(mime, Qt.DropAction.MoveAction, 5, 0, nowhere)
    wanted = [keys[1], keys[3], keys[4], keys[0], keys[2], *keys[5:]]
    qtbot.waitUntil(lambda: [row.sak_id for row in planned.queue_model.rows()] == wanted)


def test_that_a_frozen_sak_dragged_out_stays_and_the_reason_is_told(frozen):
    line = next(line for line in frozen.model.lines() if line.sak_id)
    frozen.remove_keys([line.key])
    assert "Saken har fått nummer" in frozen.notice.text.text()
    assert frozen.notice.isVisible()
    assert frozen.model.row_of(line.key) >= 0


def test_that_a_typed_duration_moves_the_clock_of_the_rows_after_it(planned, qtbot):
    type_in_cell(planned, qtbot, 0, Col.VARIGHET, "45 min")
    assert planned.model.index(0, Col.VARIGHET).data() == "45 min"
    assert planned.model.index(1, Col.TID).data() == "10:45"
    assert editor(planned) is None or not editor(planned).isVisible()


def test_that_a_typed_clock_time_fixes_the_row_and_the_gap_is_told(planned, qtbot):
    type_in_cell(planned, qtbot, 1, Col.TID, "kl 10.30")
    assert planned.model.line_at(1).fixed == dt.time(10, 30)
    assert planned.model.index(1, Col.TITTEL).data(NOTES_ROLE) == ("25 minutter ledig før",)
    qtbot.wait(10)
    type_in_cell(planned, qtbot, 1, Col.TID, "×")
    assert planned.model.line_at(1).fixed is None


def test_that_what_cannot_be_read_stays_in_the_cell_with_a_sentence(planned, qtbot):
    line = type_in_cell(planned, qtbot, 0, Col.VARIGHET, "en stund")
    assert line.isVisible()
    assert line.text() == "en stund"
    assert "verken en varighet eller et klokkeslett" in planned.notice.text.text()
    line.selectAll()
    qtbot.keyClicks(line, "20")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert planned.model.line_at(0).minutes == 20
    assert not planned.notice.isVisible()


def test_that_a_duration_past_midnight_stays_in_the_cell_with_a_sentence(planned, qtbot):
    line = type_in_cell(planned, qtbot, 0, Col.VARIGHET, "20 timer")
    assert line.isVisible()
    assert "midnatt" in planned.notice.text.text()


def test_that_escape_gives_up_what_was_typed(planned, qtbot):
    line = type_in_cell(planned, qtbot, 0, Col.VARIGHET, "tull")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert planned.model.line_at(0).minutes == 5
    assert not planned.notice.isVisible()


def test_that_an_empty_title_stays_in_the_cell_with_a_sentence(planned, qtbot):
    tab = planned
    tab.add(Postslag.PUNKT)
    qtbot.waitUntil(lambda: editor(tab) is not None)
    line = editor(tab)
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "kan ikke være tomt" in tab.notice.text.text()
    qtbot.keyClicks(line, "Omvisning")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "Omvisning" in titles(tab)


def test_that_the_sakstype_is_chosen_in_the_row(planned, qtbot):
    key = place_first(planned)[0]
    planned.table.select_row(planned.model.row_of_sak(key), Col.SAKSTYPE)
    qtbot.keyClick(planned.table, Qt.Key.Key_Return)
    box = editor(planned, QComboBox)
    box.setCurrentIndex(box.findData("beslutning"))
    box.activated.emit(box.currentIndex())
    assert planned.model.line_at(planned.model.row_of_sak(key)).sakstype == "beslutning"


def test_that_the_days_end_says_how_much_is_left_or_over(planned, desk):
    end = planned.model.index(planned.model.rowCount() - 1, Col.TITTEL)
    assert end.data() == "Slutt – 85 minutter ledig"
    key = planned.model.line_at(0).key
    desk.do(set_time, post_id=key, varighet=102)
    assert end.data() == "Slutt – 12 minutter over"


def test_that_a_new_sak_is_reported_and_placed_at_once(planned, qtbot):
    qtbot.mouseClick(planned.sak_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(planned.new_sak.line, "Nødnett i fjellet")
    qtbot.keyClick(planned.new_sak.line, Qt.Key.Key_Return)
    assert titles(planned)[-2:] == ["Nødnett i fjellet", "Eventuelt"]
    assert planned.panel.sak.tittel == "Nødnett i fjellet"
    assert not planned.new_sak.isVisible()


def test_that_a_new_sak_without_title_is_refused_in_place(planned, qtbot):
    planned.new_sak.begin()
    qtbot.keyClick(planned.new_sak.line, Qt.Key.Key_Return)
    assert "tittel kan ikke være tomt" in planned.notice.text.text()
    assert planned.new_sak.isVisible()


def test_that_a_pause_comes_after_the_current_row(planned, qtbot):
    planned.table.select_row(1)
    qtbot.mouseClick(planned.pause_button, Qt.MouseButton.LeftButton)
    assert titles(planned)[2] == "Pause"
    assert planned.table.current_line().title == "Pause"
    qtbot.keyClick(planned.table, Qt.Key.Key_Delete)
    assert "Pause" not in titles(planned)


def test_that_postponed_saker_stay_struck_out_and_take_no_time(frozen, desk):
    rows = [row for row, line in enumerate(frozen.model.lines()) if line.sak_id][4:6]
    select(frozen, *rows)
    frozen.act_postpone.trigger()
    assert [frozen.model.line_at(row).state for row in rows] == [SakTilstand.UTSATT] * 2
    assert [frozen.model.index(row, Col.TID).data() for row in rows] == ["–", "–"]
    assert "Endret etter innkalling" in frozen.model.index(rows[1] + 1, Col.TITTEL).data(NOTES_ROLE)
    assert desk.undo()
    assert [frozen.model.line_at(row).state for row in rows] == [SakTilstand.PAA_DAGSORDEN] * 2


def test_that_a_late_sak_is_taken_up_and_gets_its_number(frozen):
    assert frozen.add_sak("Sen sak")
    line = frozen.table.current_line()
    assert line.provisional
    assert frozen.model.index(frozen.table.currentIndex().row(), Col.TITTEL).data(NOTES_ROLE) == (
        "Ny etter innkalling",
    )
    assert frozen.act_take_up.isEnabled()
    frozen.act_take_up.trigger()
    assert not frozen.table.current_line().provisional
    assert not frozen.act_take_up.isEnabled()


def test_that_carrying_over_makes_a_sak_in_the_queue(frozen):
    line = next(line for line in frozen.model.lines() if line.number == "33/23")
    frozen.show_sak(line.sak_id)
    before = frozen.queue_model.rowCount()
    frozen.act_carry.trigger()
    assert frozen.queue_model.rowCount() == before + 1
    frozen.act_carry.trigger()
    assert "allerede ført videre" in frozen.notice.text.text()


def test_that_rows_are_copied_as_text_and_table(planned, qtbot):
    select(planned, 0, 1)
    qtbot.keyClick(planned.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    lines = data.text().split("\n")
    assert lines[0].split("\t")[:3] == ["Tid", "Sak", "Tittel"]
    assert lines[1].split("\t")[:2] == ["10:00", "1/24"]
    assert len(lines) == 3
    assert "<td>Godkjenning av innkalling og dagsorden</td>" in data.html()


def test_that_a_sak_is_copied_as_text_for_an_e_mail(frozen):
    line = next(line for line in frozen.model.lines() if line.number == "33/23")
    frozen.show_sak(line.sak_id)
    frozen.act_text.trigger()
    text = QGuiApplication.clipboard().text()
    assert text.startswith(f"Sak 33/23 {line.title}\nType: Drøfting\nFra: ")
    assert "\n\nForslag til vedtak:\n" in text


def test_that_nothing_can_be_changed_in_a_closed_meeting(desk, make_tab, frozen_id):
    tab = make_tab(frozen_id)
    desk.do(cancel_moete, moete_id=frozen_id)
    tab.table.select_row(0)
    assert not tab.act_remove.isEnabled()
    assert not tab.sak_button.isEnabled()
    assert tab.panel.title.editor.isReadOnly()
    assert not tab.model.flags(tab.model.index(0, Col.VARIGHET)) & Qt.ItemFlag.ItemIsEditable


def test_that_everything_the_user_meets_has_a_name(planned):
    place_first(planned)
    kinds = (QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QComboBox)
    nameless = [
        child
        for kind in kinds
        for child in planned.findChildren(kind)
        if child.isVisibleTo(planned) and not child.accessibleName() and child.focusPolicy()
    ]
    assert nameless == []


@pytest.mark.parametrize(
    ("text", "minutes", "fixed"),
    [
        ("30", 30, None),
        ("30 min", 30, None),
        ("1 t 30 min", 90, None),
        ("1,5 timer", 90, None),
        ("1000 min", 1000, None),
        ("", None, None),
        ("×", None, None),
        ("kl 10", 15, dt.time(10)),
        ("1000", 15, dt.time(10)),
        ("10.30", 15, dt.time(10, 30)),
        ("kl. 9:05", 15, dt.time(9, 5)),
    ],
)
def test_that_a_duration_or_a_clock_time_is_read(text, minutes, fixed):
    assert read_duration(text, RowTime(15, None)) == RowTime(minutes, fixed)


@pytest.mark.parametrize(
    ("text", "minutes", "fixed"),
    [
        ("10", 15, dt.time(10)),
        ("930", 15, dt.time(9, 30)),
        ("30 min", 30, dt.time(8)),
        ("", 15, None),
    ],
)
def test_that_a_start_is_read(text, minutes, fixed):
    assert read_start(text, RowTime(15, dt.time(8))) == RowTime(minutes, fixed)


@pytest.mark.parametrize("text", ["abc", "25.00", "10.75", "-5", "1 2 3"])
def test_that_other_text_is_refused_with_a_sentence(text):
    with pytest.raises(UnreadableInputError, match=r"\."):
        read_duration(text, RowTime(15, None))


def test_that_rows_of_the_model_stand_as_the_archive_has_them(planned, desk, planned_id):
    place_first(planned, 3)
    planned.table.select_row(2)
    planned.shift(1)
    stored = desk.read(lambda session: load_agenda_rows(session, planned_id))
    assert [post.id for post in stored.poster] == [
        line.key for line in planned.model.lines() if line.kind is Line.POST
    ]


def test_that_moving_keeps_the_scroll_and_the_selection(frozen, qtbot):
    frozen.table.select_row(8)
    qtbot.wait(20)
    key = frozen.table.current_line().key
    qtbot.keyClick(frozen.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert frozen.table.current_line().key == key
    assert frozen.model.row_of(key) == 9


def test_that_a_click_between_columns_of_a_row_selects_it(planned, qtbot):
    qtbot.wait(20)
    rect = planned.table.visualRect(planned.model.index(1, Col.SAK))
    where = QPoint(rect.center())
    qtbot.mouseClick(planned.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [line.key for line in planned.table.selected_lines()] == [planned.model.line_at(1).key]


def test_that_the_queue_is_the_one_of_the_utvalg(planned, desk, utvalg_id):
    rows = desk.read(lambda session: load_queue(session, utvalg_id))
    assert planned.queue_model.rows() == rows
    assert rows


def test_that_a_list_in_a_text_is_read_only_and_kept(planned, desk):
    key = place_first(planned)[0]
    tree = Tree((ListBlock((ListItem((paragraph("ett"),)), ListItem((paragraph("to"),)))),))
    desk.do(write_forslag, sak_id=key, tree=tree)
    assert planned.panel.forslag.editor.isReadOnly()
    assert planned.panel.forslag.hint.isVisibleTo(planned.panel)
    planned.panel.flush()
    assert desk.read(lambda session: load_sak_view(session, key)).forslag == tree
    desk.do(write_forslag, sak_id=key, tree=tree_from_text("plain"))
    assert not planned.panel.forslag.editor.isReadOnly()
    assert plain_text(planned.panel.sak.forslag) == "plain"


def test_that_the_roles_of_the_panel_are_those_of_the_row(frozen):
    line = next(line for line in frozen.model.lines() if line.number == "33/23")
    frozen.show_sak(line.sak_id)
    assert frozen.panel.sak.roller[Rolle.PRESENTATOER] == line.presenters


def test_that_f2_goes_back_to_the_cell_whose_text_was_refused(planned, qtbot):
    line = type_in_cell(planned, qtbot, 0, Col.VARIGHET, "en stund")
    planned.table.select_row(2)
    planned.table.setFocus()
    qtbot.keyClick(planned.table, Qt.Key.Key_F2)
    assert line.hasFocus()
    assert line.text() == "en stund"


def test_that_what_is_typed_is_saved_when_the_archive_is_closed(planned, desk, example):
    key = place_first(planned)[0]
    planned.panel.omtale.editor.setPlainText("I siste liten")
    desk.close()
    reader = Archive.open(example, bruker="Kari Prøve", read_only=True)
    with reader as archive, archive.read() as session:
        assert plain_text(load_sak_view(session, key).omtale) == "I siste liten"
