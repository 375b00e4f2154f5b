"""One way through the whole program, from the first start to the updated innkalling."""

import datetime as dt
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.app import opening as opening_module
from desktop.app.opening import Opening
from desktop.rules.kinds import Oppmoetestatus
from desktop.services.agenda_view import Line
from desktop.services.papers_view import read_papers
from desktop.viewmodels.targets import Place, Tab
from desktop.views.main_window import MainWindow
from desktop.views.pages.medlemmer_liminn import PasteDialog
from desktop.views.pages.saker_dialog import SakDialog

from .program import is_open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|This plugin does not support")
SHIFT = Qt.KeyboardModifier.ShiftModifier
MEMBERS = "Kari Nordmann <kari@eksempel.no>; Ola Dahl <ola@eksempel.no>; Eva Berg <eva@eksempel.no>"


@pytest.fixture
def opening(qtbot, qapp, preferences, monkeypatch, tmp_path):
    """Start the program for the first time, in September 2023."""
    (tmp_path / "ut").mkdir()
    preferences.set_text("mapper/dokumenter", str(tmp_path / "ut"))
    monkeypatch.setattr("desktop.views.welcome.documents_folder", lambda: tmp_path)
    clock = SimpleNamespace(datetime=SimpleNamespace(now=lambda: dt.datetime(2023, 9, 1)))  # noqa: DTZ001
    monkeypatch.setattr("desktop.views.welcome.dt", clock)
    monkeypatch.setattr(opening_module, "_DAILY_BACKUP_AFTER_MS", 3_600_000)
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    window.resize(1180, 760)
    window.show()
    made = Opening(qapp, window, preferences)
    made.start()
    qtbot.waitUntil(lambda: is_open(made), timeout=15_000)
    window.activateWindow()
    return made


def click(qtbot, button):
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def press(qtbot, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    qtbot.keyClick(widget, key, modifier)


def retype(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def go_to(opening, qtbot, place):
    number = list(Place).index(place)
    key = Qt.Key(Qt.Key.Key_1 + number)
    qtbot.keyClick(opening.window, key, Qt.KeyboardModifier.ControlModifier)
    assert opening.window.current_place() is place
    return opening.pages.holders[place].ensure()


def make_archive(opening, qtbot):
    page = opening.first_start.page
    for field, text in (
        (page.user, "Kari Prøve"),
        (page.utvalg, "Prøverådet"),
        (page.next_sak, "17"),
        (page.next_moete, "3"),
    ):
        retype(qtbot, field, text)
    press(qtbot, page.next_moete, Qt.Key.Key_Return)
    assert opening.desk is not None


def paste_members(opening, qtbot):
    page = go_to(opening, qtbot, Place.MEDLEMMER)
    QGuiApplication.clipboard().setText(MEMBERS)
    click(qtbot, page.seats.paste_button)
    click(qtbot, page.findChild(PasteDialog).save)
    assert page.seats.model.rowCount() == 3


def plan_meeting(opening, qtbot):
    page = go_to(opening, qtbot, Place.MOETER)
    click(qtbot, page.list.plan)
    retype(qtbot, page.dialog.days[0].date, "4. oktober 2023")
    assert page.dialog.number.text().startswith("3/2023")
    click(qtbot, page.dialog.ok)
    assert page.workspace.name.text() == "Møte 3/2023"
    assert page.workspace.provisional.isVisible()
    return page.workspace


def report_sak(opening, qtbot, title):
    page = go_to(opening, qtbot, Place.SAKER)
    qtbot.keyClick(page, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | SHIFT)
    dialog = page.findChild(SakDialog)
    retype(qtbot, dialog.title, title)
    click(qtbot, dialog.save)
    assert [sak.tittel for sak in page.queue.model.rows()] == [title]


def show_tab(workspace, qtbot, tab):
    bar = workspace.tabs.tabBar()
    place = bar.tabRect(list(Tab).index(tab)).center()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
    return workspace.tab(workspace.current_tab())


def titles(agenda):
    return [line.title for line in agenda.model.lines() if line.kind is Line.POST]


def place_and_order(workspace, qtbot, title):
    agenda = show_tab(workspace, qtbot, Tab.DAGSORDEN)
    agenda.queue.select_keys([agenda.queue_model.rows()[0].sak_id])
    agenda.act_place.trigger()
    before = titles(agenda)
    assert title in before
    press(qtbot, agenda.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    after = titles(agenda)
    assert after.index(title) == before.index(title) - 1
    return agenda, before, after


def add_sak(agenda, qtbot, title):
    click(qtbot, agenda.sak_button)
    qtbot.keyClicks(agenda.new_sak.line, title)
    qtbot.keyClick(agenda.new_sak.line, Qt.Key.Key_Return)
    assert title in titles(agenda)


def take_attendance(workspace, qtbot):
    tab = show_tab(workspace, qtbot, Tab.DELTAKERE)
    wanted = {
        Qt.Key.Key_T: Oppmoetestatus.TIL_STEDE,
        Qt.Key.Key_D: Oppmoetestatus.DIGITALT,
        Qt.Key.Key_F: Oppmoetestatus.FORFALL,
    }
    people = [person.person_id for person in tab.attendance.rows]
    assert len(people) == 3
    for person, key in zip(people, wanted, strict=True):
        tab.table.select_person(person)
        press(qtbot, tab.table, key)
    assert [row.status for row in tab.attendance.rows] == list(wanted.values())


def idle(tab, qtbot):
    qtbot.waitUntil(lambda: not tab.work.busy and not tab.tasks.running(), timeout=10_000)


def write_papers(workspace, qtbot, folder):
    tab = show_tab(workspace, qtbot, Tab.DOKUMENTER)
    idle(tab, qtbot)
    click(qtbot, tab.write)
    idle(tab, qtbot)
    qtbot.waitUntil(lambda: bool(tab.written.model.rows()))
    written = sorted(path.name for path in folder.rglob("*.docx"))
    assert "Innkalling 3-2023 foreløpig.docx" in written
    assert all(path.read_bytes()[:2] == b"PK" for path in folder.rglob("*.docx"))
    return tab


def freeze(tab, qtbot, count):
    idle(tab, qtbot)
    click(qtbot, tab.freeze)
    click(qtbot, tab.sending.dialog.confirm)
    idle(tab, qtbot)
    qtbot.waitUntil(lambda: tab.sent.model.rowCount() == count)


def papers(opening, workspace):
    return opening.desk.read(lambda session: read_papers(session, workspace.moete_id))


def undo_with_the_keyboard(opening, qtbot, widget):
    opening.window.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    qtbot.keyClick(opening.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_that_a_secretary_gets_from_the_first_start_to_an_updated_innkalling(
    opening, qtbot, tmp_path
):
    make_archive(opening, qtbot)
    paste_members(opening, qtbot)
    workspace = plan_meeting(opening, qtbot)
    report_sak(opening, qtbot, "Ny strategi")
    go_to(opening, qtbot, Place.MOETER)
    add_sak(show_tab(workspace, qtbot, Tab.DAGSORDEN), qtbot, "Budsjettet")
    agenda, before, after = place_and_order(workspace, qtbot, "Ny strategi")
    undo_with_the_keyboard(opening, qtbot, agenda.table)
    assert titles(agenda) == before
    press(qtbot, agenda.table, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert titles(agenda) == after
    take_attendance(workspace, qtbot)
    documents = write_papers(workspace, qtbot, tmp_path / "ut")

    freeze(documents, qtbot, 1)
    assert papers(opening, workspace).ferdigstilt
    assert not workspace.provisional.isVisible()
    assert opening.menus.undo.text().startswith("Kan ikke angres")
    assert not opening.menus.undo.isEnabled()
    head = opening.desk.archive.head_hash
    undo_with_the_keyboard(opening, qtbot, documents.sides.tabBar())
    assert opening.desk.archive.head_hash == head

    agenda = show_tab(workspace, qtbot, Tab.DAGSORDEN)
    add_sak(agenda, qtbot, "En sen sak")
    assert opening.menus.undo.isEnabled(), opening.menus.undo.text()
    undo_with_the_keyboard(opening, qtbot, agenda.table)
    assert "En sen sak" not in titles(agenda)
    assert "Ny strategi" in titles(agenda)
    add_sak(agenda, qtbot, "En sen sak")
    freeze(show_tab(workspace, qtbot, Tab.DOKUMENTER), qtbot, 2)
    assert [line.filer[0].filnavn for line in documents.sent.model.rows()] == [
        "Innkalling 3-2023 oppdatert.docx",
        "Innkalling 3-2023.docx",
    ]
    numbers = {line.title: line.number for line in agenda.model.lines() if line.sak_id}
    assert sorted(numbers.values()) == [f"{number}/23" for number in range(17, 23)]
    ours = [numbers[title] for title in ("Ny strategi", "Budsjettet", "Eventuelt", "En sen sak")]
    assert ours == ["19/23", "20/23", "21/23", "22/23"]
    opening.window.close()
