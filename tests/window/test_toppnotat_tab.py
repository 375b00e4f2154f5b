"""The tab Toppnotater, used as a secretary uses it."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from desktop.models import Moete
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree, tree_from_text
from desktop.rules.entity_kinds import Rolle, Seksjonslag
from desktop.rules.states import ToppnotatTilstand
from desktop.services.note_view import read_note
from desktop.services.saker import write_forslag
from desktop.services.toppnotater import step_toppnotat, write_section, write_standard_section
from desktop.services.types import ChangeSet, RowChange
from desktop.storage.archive import Archive
from desktop.viewmodels.desk import Desk, Outcome
from desktop.viewmodels.targets import Place, Tab
from desktop.views.moete.dagsorden import DagsordenTab
from desktop.views.moete.toppnotat.tab import ToppnotaterTab

HENSIKT, FORSLAG, BAKGRUNN = Seksjonslag.HENSIKT, Seksjonslag.FORSLAG, Seksjonslag.BAKGRUNN


def open_tab(qtbot, desk, tasks, preferences, size=(1200, 720)):
    made = ToppnotaterTab(desk, tasks, preferences)
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    made.show_moete(meeting(desk))
    return made


def meeting(desk, number=4):
    found = select(Moete.id).where(Moete.nummer == number)
    return desk.read(lambda session: session.scalar(found))


@pytest.fixture
def tab(qtbot, desk, tasks, preferences):
    return open_tab(qtbot, desk, tasks, preferences)


def choose(tab, number):
    row = next(at for at, line in enumerate(tab.model.lines()) if line.nummer == number)
    tab.list.choose(row)
    return tab.model.line_at(row)


def box(tab, slag, nth=0):
    return [one for one in tab.page.boxes if one.section.slag is slag][nth]


def edit_of(tab, slag, nth=0):
    return box(tab, slag, nth).field.edit


def type_at_end(qtbot, edit, words):
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(edit, words)


def stored(desk, tab):
    sak_id = tab.list.current_sak()
    return desk.read(lambda session: read_note(session, sak_id))


def text_in(desk, tab, slag):
    note = stored(desk, tab)
    return plain_text(next(one.innhold for one in note.sections if one.slag is slag))


def test_that_the_first_sak_with_a_note_is_shown_with_its_state_and_length(tab):
    assert tab.note.line.nummer == "31/23"
    assert tab.bar.number.text() == "Sak 31/23"
    assert tab.bar.state.text() == "Klart, ikke sendt"
    assert "ord" in tab.length.text()
    assert "minutt" in tab.length.text()
    assert [one.section.slag for one in tab.page.boxes][:3] == [FORSLAG, HENSIKT, BAKGRUNN]
    assert tab.page.head.title.text() == tab.note.sak.tittel


def test_that_what_is_typed_is_saved_and_the_list_counts_it(qtbot, tab, desk):
    before = tab.note.line.ord
    edit = edit_of(tab, HENSIKT)
    type_at_end(qtbot, edit, " Tre nye ord")
    assert "Tre nye ord" not in text_in(desk, tab, HENSIKT)
    box(tab, HENSIKT).field.flush()
    assert text_in(desk, tab, HENSIKT).endswith("Tre nye ord")
    qtbot.waitUntil(lambda: tab.model.line_at(3).ord == before + 3)


def test_that_nothing_is_read_after_the_archive_is_closed(qtbot, tab, monkeypatch):
    pauses = []
    monkeypatch.setattr(tab, "_show_preview", lambda *, anew: pauses.append(anew))
    type_at_end(qtbot, edit_of(tab, HENSIKT), "x")
    tab.desk.closing.emit()
    qtbot.wait(450)
    assert not pauses


def test_that_saving_what_is_typed_reads_nothing_again(qtbot, tab, monkeypatch):
    reads = []
    monkeypatch.setattr(tab, "_load_note", lambda: reads.append(1))
    type_at_end(qtbot, edit_of(tab, HENSIKT), "x")
    tab.desk.changed.connect(tab.refresh)
    tab.page.flush()
    assert not reads


def test_that_the_next_sak_is_a_key_away_and_what_was_typed_is_saved(qtbot, tab, desk):
    first = tab.list.current_sak()
    type_at_end(qtbot, edit_of(tab, HENSIKT), " Ferdig")
    qtbot.keyClick(tab, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert tab.note.line.nummer == "32/23"
    assert isinstance(tab.window().focusWidget(), type(edit_of(tab, HENSIKT)))
    qtbot.keyClick(tab, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    assert tab.list.current_sak() == first
    assert text_in(desk, tab, HENSIKT).endswith("Ferdig")


def test_that_arrows_go_from_one_section_to_the_next(qtbot, tab):
    edit = edit_of(tab, FORSLAG)
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert tab.window().focusWidget() is edit_of(tab, HENSIKT)
    assert edit_of(tab, HENSIKT).textCursor().atStart()
    qtbot.keyClick(edit_of(tab, HENSIKT), Qt.Key.Key_Up)
    assert tab.window().focusWidget() is edit


def test_that_what_another_place_writes_is_shown_and_the_cursor_stays(qtbot, tab, desk):
    desk.changed.connect(tab.refresh)
    edit = edit_of(tab, BAKGRUNN)
    edit.setFocus()
    cursor = edit.textCursor()
    cursor.setPosition(12)
    edit.setTextCursor(cursor)
    sak_id = tab.list.current_sak()
    desk.do(write_standard_section, sak_id=sak_id, slag=HENSIKT, tree=tree_from_text("Skrevet om."))
    assert plain_text(edit_of(tab, HENSIKT).tree()) == "Skrevet om."
    assert edit.textCursor().position() == 12
    desk.undo()
    assert plain_text(edit_of(tab, HENSIKT).tree()) != "Skrevet om."


def test_that_a_sak_without_note_offers_to_begin_one(qtbot, tab, desk):
    desk.changed.connect(tab.refresh)
    choose(tab, "30/23")
    assert tab.stack.currentWidget() is tab.none
    assert "Ingen toppnotat" in tab.none.text.text()
    qtbot.mouseClick(tab.none.start, Qt.MouseButton.LeftButton)
    assert tab.stack.currentWidget() is tab.writing
    assert tab.note.line.tilstand is ToppnotatTilstand.UTKAST
    assert "mangler hensikt" in tab.missing.text().lower()


def test_that_the_phrases_of_the_sakstype_go_into_the_proposal(qtbot, tab, desk):
    choose(tab, "32/23")
    sak_id = tab.list.current_sak()
    desk.do(write_forslag, sak_id=sak_id, tree=Tree())
    tab.show_moete(tab.moete_id)
    menu = tab.page.phrases.menu()
    phrase = menu.actions()[0].data()
    menu.actions()[0].trigger()
    menu.actions()[0].trigger()
    tab.page.flush()
    assert plain_text(stored(desk, tab).sak.forslag) == f"{phrase}\n{phrase}"
    assert "{utvalg}" not in phrase


def test_that_a_note_goes_through_its_states_and_back(qtbot, tab, desk):
    desk.changed.connect(tab.refresh)
    choose(tab, "31/23")
    tab.bar.steps[ToppnotatTilstand.UTKAST].trigger()
    assert tab.bar.state.text() == "Utkast"
    assert tab.bar.next.text() == "Send til kvalitetssikring"
    qtbot.mouseClick(tab.bar.next, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tab.bar.next, Qt.MouseButton.LeftButton)
    assert tab.model.line_at(3).tilstand is ToppnotatTilstand.KLAR
    assert not tab.bar.next.isVisible()
    refused = tab.bar.steps[ToppnotatTilstand.TIL_KVALITETSSIKRING]
    assert not refused.isEnabled()
    assert "tilbake til utkast" in refused.toolTip()


def test_that_a_sent_note_is_read_and_the_way_out_is_told(qtbot, tab, desk):
    desk.changed.connect(tab.refresh)
    tab.bar.steps[ToppnotatTilstand.SENDT].trigger()
    assert tab.bar.lock.isVisible()
    assert "ny sak" in tab.bar.reason.text()
    assert all(edit.isReadOnly() for edit in tab.page.edits())
    assert not tab.page.add_button.isVisible()
    with qtbot.waitSignal(tab.wanted) as told:
        qtbot.mouseClick(tab.bar.carry, Qt.MouseButton.LeftButton)
    assert told.args[0].place is Place.SAKER
    desk.undo()
    desk.undo()
    assert not tab.bar.lock.isVisible()
    assert not edit_of(tab, HENSIKT).isReadOnly()


def test_that_sections_are_added_named_moved_and_removed_and_it_is_undone(qtbot, tab, desk):
    desk.changed.connect(tab.refresh)
    edit_of(tab, BAKGRUNN).setFocus()
    tab.page.add(Seksjonslag.EGEN)
    own = box(tab, Seksjonslag.EGEN)
    at = tab.page.boxes.index(own)
    assert tab.page.boxes[at - 1].section.slag is BAKGRUNN
    assert own.own.hasFocus() or tab.window().focusWidget() is own.own
    own.own.selectAll()
    qtbot.keyClicks(own.own, "Økonomi")
    qtbot.keyClick(own.own, Qt.Key.Key_Return)
    assert [one.heading for one in stored(desk, tab).sections if one.is_own] == ["Økonomi"]
    type_at_end(qtbot, own.field.edit, "Det koster.")
    qtbot.waitUntil(lambda: not own.field.edit.commands.row_up.isEnabled())
    qtbot.keyClick(
        own.field.edit,
        Qt.Key.Key_Up,
        Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert tab.page.boxes.index(own) == at - 1
    assert plain_text(own.field.edit.tree()) == "Det koster."
    own.remove_wanted.emit()
    assert own not in tab.page.boxes
    assert "Ctrl+Z" in tab.notice.text.text()
    desk.undo()
    assert plain_text(edit_of(tab, Seksjonslag.EGEN).tree()) == "Det koster."


def test_that_a_usual_section_that_was_removed_can_be_added_again(tab, desk):
    desk.changed.connect(tab.refresh)
    box(tab, Seksjonslag.VIDERE).remove_wanted.emit()
    offered = [step.text() for step in tab.page.add_button.menu().actions()]
    assert offered == ["Egen overskrift", "Videre saksprosess"]
    tab.page.add_button.menu().actions()[1].trigger()
    assert any(one.section.slag is Seksjonslag.VIDERE for one in tab.page.boxes)


def test_that_an_empty_section_says_what_it_is_for(tab, desk):
    desk.changed.connect(tab.refresh)
    edit = edit_of(tab, HENSIKT)
    assert "hvorfor" in edit.placeholderText()
    desk.do(write_standard_section, sak_id=tab.list.current_sak(), slag=HENSIKT, tree=Tree())
    assert "Mangler hensikt" in tab.missing.text()


def test_that_earlier_vedtak_are_typed_ordered_and_removed(qtbot, tab, desk):
    desk.changed.connect(tab.refresh)
    field = box(tab, Seksjonslag.TIDLIGERE_VEDTAK).body
    had = len(field.rows)
    qtbot.keyClicks(field.line, "NUIT 50/23")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    row = field.rows[-1]
    assert field.line.text() == ""
    qtbot.keyClicks(row.tema.editor, "Deling av data")
    row.tema.flush()
    type_at_end(qtbot, row.formulering.edit, "NUIT støtter saken.")
    row.flush()
    line = stored(desk, tab).earlier[-1]
    assert (line.sak, line.tema) == ("NUIT 50/23", "Deling av data")
    assert plain_text(line.formulering) == "NUIT støtter saken."
    qtbot.keyClicks(field.line, "NUFA 7/23")
    qtbot.mouseClick(field.add_button, Qt.MouseButton.LeftButton)
    field.move_row(row.key, 1)
    assert [one.key for one in field.rows][-1] == row.key
    assert plain_text(row.formulering.edit.tree()) == "NUIT støtter saken."
    row.gone.click()
    assert len(field.rows) == had + 1
    desk.undo()
    assert len(field.rows) == had + 2


def test_that_an_empty_row_is_refused_in_place(qtbot, tab):
    field = box(tab, Seksjonslag.TIDLIGERE_VEDTAK).body
    qtbot.mouseClick(field.add_button, Qt.MouseButton.LeftButton)
    assert field.problem.isVisible()


def test_that_people_are_picked_in_the_head(qtbot, tab, desk):
    desk.changed.connect(tab.refresh)
    people = tab.page.head.people[Rolle.SAKSBEHANDLER]
    people.rows.setCurrentRow(0)
    before = [part.full for part in stored(desk, tab).sak.roller[Rolle.SAKSBEHANDLER]]
    people.gone.click()
    after = [part.full for part in stored(desk, tab).sak.roller[Rolle.SAKSBEHANDLER]]
    assert after == before[1:]
    qtbot.keyClicks(people.line, before[0])
    qtbot.keyClick(people.line, Qt.Key.Key_Return)
    assert stored(desk, tab).sak.roller[Rolle.SAKSBEHANDLER][-1].full == before[0]


def drop(tab, paths, row):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = tab.list.visualRect(tab.model.index(row)).center()
    given = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    seen = []
    both = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    for event in (
        QDragEnterEvent(place, both, *given),
        QDragMoveEvent(place, both, *given),
        QDropEvent(QPointF(place), both, *given),
    ):
        event.setDropAction(Qt.DropAction.MoveAction)
        QApplication.sendEvent(tab.list.viewport(), event)
        assert event.isAccepted()
        assert event.dropAction() is Qt.DropAction.CopyAction
        seen.append(tab.list.drop_row)
    assert seen == [-1, row, -1]


def test_that_a_word_file_dropped_on_a_sak_is_read_into_it(tab, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(
        "desktop.views.moete.les_inn.open_les_inn", lambda *arguments: opened.append(arguments)
    )
    drop(tab, [tmp_path / "notat.docx"], 5)
    assert opened[0][3:] == (tab.model.line_at(5).sak_id, tmp_path / "notat.docx")
    assert tab.note.line.nummer == tab.model.line_at(5).nummer
    drop(tab, [tmp_path / "bilde.png"], 5)
    assert len(opened) == 1
    assert "Word-dokument" in tab.notice.text.text()


def test_that_the_list_is_left_and_reached_by_f6(qtbot, tab):
    tab.list.setFocus()
    qtbot.keyClick(tab, Qt.Key.Key_F6)
    assert tab.window().focusWidget() in tab.page.edits()
    qtbot.keyClick(tab, Qt.Key.Key_F6)
    assert tab.window().focusWidget() is tab.list


def test_that_going_to_a_sak_goes_to_what_its_note_lacks(tab, desk):
    desk.changed.connect(tab.refresh)
    line = choose(tab, "33/23")
    desk.do(write_standard_section, sak_id=line.sak_id, slag=HENSIKT, tree=Tree())
    choose(tab, "31/23")
    tab.show_sak(line.sak_id)
    assert tab.note.line.nummer == "33/23"
    assert tab.window().focusWidget() is edit_of(tab, HENSIKT)


def test_that_an_archive_opened_for_reading_is_only_read(qtbot, example, tasks, preferences):
    desk = Desk(Archive.open(example, bruker="Kari", read_only=True))
    tab = open_tab(qtbot, desk, tasks, preferences)
    assert all(edit.isReadOnly() for edit in tab.page.edits())
    assert not tab.bar.next.isVisible()
    assert not tab.page.add_button.isVisible()
    assert not tab.bar.read.isEnabled()
    assert not any(step.isEnabled() for step in tab.bar.steps.values())
    assert not box(tab, Seksjonslag.TIDLIGERE_VEDTAK).body.sources.isVisible()
    assert not tab.page.head.people[Rolle.SAKSEIER].isEnabled()
    choose(tab, "30/23")
    assert not tab.none.start.isVisible()
    desk.close()


def test_that_a_meeting_without_saker_says_what_the_tab_is_for(qtbot, tab):
    tab.model.set_lines(())
    tab._load_note()
    assert tab.stack.currentWidget() is tab.none
    assert "dagsorden" in tab.none.text.text().lower()


def test_that_the_preview_shows_what_is_written_and_follows_it(qtbot, tab):
    sheet = tab.preview.view.sheet
    qtbot.waitUntil(lambda: sheet.is_settled and "Bakgrunn" in sheet.text())
    edit = edit_of(tab, Seksjonslag.VIDERE)
    type_at_end(qtbot, edit, " Dette er nytt.")
    qtbot.waitUntil(lambda: "Dette er nytt." in sheet.text())
    bar = tab.preview.view.verticalScrollBar()
    qtbot.waitUntil(lambda: sheet.is_settled)
    span = sheet.span_of(edit.paragraph_id())
    room = tab.preview.view.viewport().height()
    qtbot.waitUntil(lambda: span[1] - room <= bar.value() <= span[0])


def test_that_a_click_in_the_preview_goes_to_the_text(qtbot, tab):
    sheet = tab.preview.view.sheet
    qtbot.waitUntil(lambda: sheet.is_settled and "Bakgrunn" in sheet.text())
    wanted = edit_of(tab, HENSIKT).tree().blocks[0].id
    top, bottom = sheet.span_of(wanted)
    place = QPoint(tab.preview.view.viewport().width() // 2, round((top + bottom) / 2) + 8)
    qtbot.mouseClick(tab.preview.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tab.window().focusWidget() is edit_of(tab, HENSIKT)


def test_that_folded_sides_stay_folded(qtbot, tab, desk, tasks, preferences):
    tab.preview_toggle.click()
    tab.list_toggle.click()
    other = open_tab(qtbot, desk, tasks, preferences)
    assert not other.preview.isVisible()
    assert not other.list.isVisible()
    other.preview_toggle.click()
    qtbot.waitUntil(lambda: "Bakgrunn" in other.preview.view.sheet.text())


def test_that_a_narrow_window_folds_the_preview_away(qtbot, desk, tasks, preferences):
    narrow = open_tab(qtbot, desk, tasks, preferences, (700, 600))
    assert not narrow.preview.isVisible()
    assert not narrow.preview_toggle.isEnabled()
    narrow.resize(1200, 700)
    QApplication.processEvents()
    assert narrow.preview.isVisible()


def test_that_documents_are_a_step_away(qtbot, tab):
    with qtbot.waitSignal(tab.wanted) as told:
        tab.page.documents_wanted.emit()
    assert told.args[0].tab is Tab.DOKUMENTER


def test_that_closing_the_archive_saves_what_is_typed(qtbot, example, tasks, preferences):
    desk = Desk(Archive.open(example, bruker="Kari"))
    tab = open_tab(qtbot, desk, tasks, preferences)
    type_at_end(qtbot, edit_of(tab, HENSIKT), " Sist skrevet")
    desk.close()
    again = Desk(Archive.open(example, bruker="Kari"))
    assert "Sist skrevet" in text_in(again, tab, HENSIKT)
    again.close()


def test_that_a_step_that_is_refused_is_told_above_the_page(tab, desk):
    sak_id = tab.list.current_sak()
    desk.do(step_toppnotat, sak_id=sak_id, tilstand=ToppnotatTilstand.SENDT)
    tab.bar.step(ToppnotatTilstand.UTKAST)
    assert "sendt" in tab.notice.text.text()


def test_that_a_text_that_is_refused_is_there_again_when_its_sak_is(qtbot, tab, desk, monkeypatch):
    number = tab.note.line.nummer
    type_at_end(qtbot, edit_of(tab, HENSIKT), " Ikke mist dette")
    true_do = desk.do

    def refusing(verb, /, **named):
        if verb is write_section:
            return Outcome(error="Disken er full. Teksten står i feltet.")
        return true_do(verb, **named)

    monkeypatch.setattr(desk, "do", refusing)
    choose(tab, "32/23")
    monkeypatch.undo()
    choose(tab, number)
    assert plain_text(edit_of(tab, HENSIKT).tree()).endswith("Ikke mist dette")
    tab.page.flush()
    assert text_in(desk, tab, HENSIKT).endswith("Ikke mist dette")


def test_that_what_is_typed_stays_when_something_else_in_the_note_changes(qtbot, tab, desk):
    desk.changed.connect(tab.refresh)
    type_at_end(qtbot, edit_of(tab, HENSIKT), " Ikke lagret ennå")
    assert box(tab, HENSIKT).field.dirty
    tab.refresh(ChangeSet(1, "set_roles", (RowChange("saksrolle", "x", "insert", ()),)))
    assert plain_text(edit_of(tab, HENSIKT).tree()).endswith("Ikke lagret ennå")


def test_that_the_undo_of_the_field_takes_back_what_was_typed_in_it(qtbot, tab):
    edit = edit_of(tab, HENSIKT)
    before = plain_text(edit.tree())
    type_at_end(qtbot, edit, "xyz")
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert plain_text(edit.tree()) == before
    qtbot.keyClick(edit, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert plain_text(edit.tree()).endswith("xyz")


def test_that_the_panel_of_the_agenda_opens_the_note(qtbot, desk, tasks, preferences):
    agenda = DagsordenTab(desk, tasks, preferences)
    qtbot.addWidget(agenda)
    agenda.show()
    agenda.show_moete(meeting(desk))
    line = next(line for line in agenda.view.lines if line.number == "31/23")
    agenda.show_sak(line.sak_id)
    with qtbot.waitSignal(agenda.wanted) as told:
        qtbot.mouseClick(agenda.panel.open_note, Qt.MouseButton.LeftButton)
    target = told.args[0]
    assert (target.place, target.tab, target.sak_id) == (
        Place.MOETER,
        Tab.TOPPNOTATER,
        line.sak_id,
    )
    without = next(line for line in agenda.view.lines if line.number == "30/23")
    agenda.show_sak(without.sak_id)
    assert not agenda.panel.open_note.isVisible()
