"""Sections of a note moved with the mouse, and a note marked as sent where one looks for it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from desktop.models import Moete
from desktop.richtext.plain import plain_text
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.states import ToppnotatTilstand
from desktop.services.note_view import read_note
from desktop.storage.archive import Archive
from desktop.viewmodels.desk import Desk
from desktop.views.moete.toppnotat.tab import ToppnotaterTab

LEFT, ESC = Qt.MouseButton.LeftButton, Qt.Key.Key_Escape
HENSIKT = Seksjonslag.HENSIKT


@pytest.fixture
def tab(qtbot, desk, tasks, preferences):
    made = ToppnotaterTab(desk, tasks, preferences)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1200, 720)
    made.show()
    found = select(Moete.id).where(Moete.nummer == 4)
    made.show_moete(desk.read(lambda session: session.scalar(found)))
    qtbot.waitUntil(lambda: bool(made.page.boxes))
    qtbot.wait(30)
    return made


def kinds(tab):
    return [one.section.slag for one in tab.page.boxes]


def stored_kinds(desk, tab):
    sak_id = tab.list.current_sak()
    return [one.slag for one in desk.read(lambda session: read_note(session, sak_id)).sections]


class Mouse:
    """The mouse over a window, as the platform tells of it."""

    def __init__(self, widget):
        self.window = widget.window().windowHandle()
        self.place = QPoint()

    def to(self, widget, spot):
        self.place = widget.mapTo(widget.window(), spot)
        QTest.mouseMove(self.window, self.place)

    def press(self):
        QTest.mousePress(self.window, LEFT, Qt.KeyboardModifier.NoModifier, self.place)

    def release(self):
        QTest.mouseRelease(self.window, LEFT, Qt.KeyboardModifier.NoModifier, self.place)


@pytest.fixture
def mouse(tab):
    return Mouse(tab)


def take(mouse, box):
    """Go to the handle of a section, and press."""
    mouse.to(box.heading, QPoint(30, box.heading.height() // 2))
    assert box.handle.isVisible()
    mouse.to(box.handle, box.handle.rect().center())
    mouse.press()


def above(box):
    return QPoint(box.width() // 2, 3)


def test_that_a_section_is_dragged_to_where_the_line_is_shown_and_it_is_one_act(
    qtbot, tab, desk, mouse
):
    first, second, third = tab.page.boxes[:3]
    before = kinds(tab)
    take(mouse, third)
    mouse.to(first, above(first))
    line = tab.page.mover.line
    assert line.isVisible()
    assert abs(line.geometry().center().y() - first.geometry().top()) < 8
    mouse.to(second, above(second))
    assert abs(line.geometry().center().y() - second.geometry().top()) < 8
    assert kinds(tab) == before
    mouse.release()
    assert not line.isVisible()
    after = [before[0], before[2], before[1], *before[3:]]
    assert kinds(tab) == after == stored_kinds(desk, tab)
    desk.undo()
    assert kinds(tab) == before == stored_kinds(desk, tab)


def test_that_what_is_typed_goes_with_the_section_that_is_dragged(qtbot, tab, desk, mouse):
    box = next(one for one in tab.page.boxes if one.section.slag is HENSIKT)
    box.field.edit.setFocus()
    box.field.edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(box.field.edit, " Nytt.")
    take(mouse, box)
    mouse.to(tab.page.boxes[0], above(tab.page.boxes[0]))
    mouse.release()
    assert tab.page.boxes[0] is box
    assert plain_text(box.field.edit.tree()).endswith(" Nytt.")


@pytest.mark.parametrize("way", ["esc", "short", "same"])
def test_that_a_drag_that_leads_nowhere_changes_nothing(qtbot, tab, desk, mouse, way):
    first, second = tab.page.boxes[:2]
    before, label = kinds(tab), desk.undo_text()
    take(mouse, second)
    if way == "short":
        mouse.to(second.handle, second.handle.rect().center() + QPoint(2, 2))
    else:
        mouse.to(first, above(first))
        assert tab.page.mover.line.isVisible()
    if way == "same":
        mouse.to(second, above(second))
    if way == "esc":
        qtbot.keyClick(QApplication.focusWidget() or tab, ESC)
        assert not tab.page.mover.line.isVisible()
    mouse.release()
    assert not tab.page.mover.line.isVisible()
    assert kinds(tab) == before
    assert desk.undo_text() == label


def test_that_the_page_scrolls_while_a_section_is_dragged_to_its_edge(qtbot, tab, mouse):
    bar = tab.page.verticalScrollBar()
    take(mouse, tab.page.boxes[0])
    view = tab.page.viewport()
    mouse.to(view, QPoint(100, view.height() - 10))
    qtbot.waitUntil(lambda: bar.value() == bar.maximum(), timeout=5000)
    assert tab.page.mover.line.isVisible()
    mouse.to(view, QPoint(100, 5))
    qtbot.waitUntil(lambda: bar.value() == 0, timeout=5000)
    mouse.release()


def test_that_the_handle_has_a_name_and_is_no_stop_for_the_keyboard(tab):
    box = tab.page.boxes[1]
    assert box.handle.accessibleName() == f"Dra for å flytte avsnittet {box.section.heading}"
    assert "Alt+Shift" in box.handle.toolTip()
    assert box.handle.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_that_a_locked_note_has_no_handles(qtbot, tab, mouse):
    tab.bar.send.click()
    mouse.to(tab.page.boxes[0].heading, QPoint(30, 8))
    assert not any(box.handle.isVisible() for box in tab.page.boxes)


def test_that_a_note_that_is_ready_is_marked_as_sent_beside_its_state(qtbot, tab, desk):
    bar = tab.bar
    assert bar.state.text() == "Klart, ikke sendt"
    assert "møtepakken" in bar.send.toolTip()
    qtbot.mouseClick(bar.send, LEFT)
    assert tab.notice.text.text() == "Toppnotatet er merket som sendt. Ctrl+Z angrer."
    assert bar.state.text() == "Sendt"
    assert not bar.send.isVisible()
    assert tab.model.line_at(tab.list.currentIndex().row()).tilstand is ToppnotatTilstand.SENDT
    desk.undo()
    assert bar.state.text() == "Klart, ikke sendt"
    assert bar.send.isVisible()


def test_that_only_a_note_that_is_ready_can_be_marked_as_sent(qtbot, tab):
    tab.bar.steps[ToppnotatTilstand.UTKAST].trigger()
    assert not tab.bar.send.isVisible()
    assert tab.bar.next.isVisible()


def test_that_the_list_of_notes_tells_who_waits_to_be_sent_and_has_the_menu(qtbot, tab):
    row = tab.list.currentIndex().row()
    said = tab.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Klart, ikke sendt" in said
    where = tab.list.visualRect(tab.list.currentIndex()).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, where, tab.list.viewport().mapToGlobal(where)
    )
    QApplication.sendEvent(tab.list.viewport(), event)
    menu = tab.bar.more.menu()
    assert menu.isVisible()
    assert tab.bar.steps[ToppnotatTilstand.SENDT].isEnabled()
    menu.close()


def test_that_nothing_is_marked_in_an_archive_opened_for_reading(
    qtbot, example, tasks, preferences
):
    desk = Desk(Archive.open(example, bruker="Kari", read_only=True))
    made = ToppnotaterTab(desk, tasks, preferences)
    qtbot.addWidget(made)
    made.show()
    found = select(Moete.id).where(Moete.nummer == 4)
    made.show_moete(desk.read(lambda session: session.scalar(found)))
    assert made.note is not None
    assert not made.bar.send.isVisible()
