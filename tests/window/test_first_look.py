"""The front page before the archive is open: it is what the open archive shows, or nothing."""

import datetime as dt
import sqlite3
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.app import opening as opening_module
from desktop.app.first_look import FirstLook, first_look, look
from desktop.app.opening import Opening
from desktop.app.whereabouts import remember_place
from desktop.services.front_page import read_front_page
from desktop.services.overview import _agenda
from desktop.services.plain import driver_of
from desktop.services.snapshot import load_agenda
from desktop.services.utvalg import create_person
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.views.lines import LineButton
from desktop.views.main_window import MainWindow

from .program import start_program  # noqa: F401

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_that_the_first_look_shows_what_the_open_archive_shows(example, desk):
    assert desk.path == example
    today = dt.datetime.now().astimezone().date()
    expected = desk.read(lambda session: read_front_page(driver_of(session), today=today))
    assert expected.overview.utvalg
    assert expected.changes
    assert look(example) == expected


def test_that_what_sqlite_reads_of_an_agenda_is_what_the_entities_say(desk):
    def compare(session):
        driver = driver_of(session)
        found = [key for (key,) in driver.execute("SELECT id FROM moete")]
        for key in found:
            plain, mapped = _agenda(driver, key), load_agenda(session, key)
            assert plain.rows == replace(mapped.rows, vedlegg={})
        return found

    assert desk.read(compare)


def _nothing(path):
    path.unlink()


def _no_archive(path):
    path.write_bytes(b"noe annet" * 400)


def _newer(path):
    with sqlite3.connect(path) as driver:
        driver.execute("PRAGMA user_version = 99")


def _damaged(path):
    data = bytearray(path.read_bytes())
    data[4096:40960] = b"\xff" * 36864
    path.write_bytes(data)


def _strange_date(path):
    with sqlite3.connect(path) as driver:
        driver.execute("PRAGMA ignore_check_constraints = 1")
        driver.execute("UPDATE moetedag SET dato = 'i morgen'")


def _number_for_a_date(path):
    with sqlite3.connect(path) as driver:
        driver.execute("UPDATE oppfoelging SET frist = 3")


def _strange_log(path):
    with sqlite3.connect(path) as driver:
        driver.execute("UPDATE handling SET parametre = '[1]'")


@pytest.mark.parametrize("spoil", [_number_for_a_date, _strange_log])
def test_that_whatever_goes_wrong_at_a_glance_the_program_goes_on(example, spoil, qapp, qtbot):
    spoil(example)
    begun = FirstLook(qapp, example)
    with qtbot.waitSignal(begun.done, timeout=15_000) as told:
        begun.start()
    assert told.args == [None]


@pytest.mark.parametrize("spoil", [_nothing, _no_archive, _newer, _damaged, _strange_date])
def test_that_what_cannot_be_read_at_a_glance_is_left_to_the_opening(example, spoil):
    spoil(example)
    assert look(example) is None


def test_that_a_file_that_somebody_writes_in_is_not_waited_for(example):
    driver = sqlite3.connect(example)
    driver.execute("BEGIN EXCLUSIVE")
    assert look(example) is None
    driver.close()


def test_that_there_is_no_first_look_where_another_page_was_left(example, preferences, qapp):
    remember_place(preferences, example, Target(Place.MOETER, "m1", Tab.DAGSORDEN), 0)
    assert first_look(qapp, preferences, example) is None
    assert first_look(qapp, preferences, None) is None


@pytest.fixture
def waiting(qapp, qtbot, preferences, example, monkeypatch):
    """The program with the front page on the screen, and the store not loaded yet."""
    monkeypatch.setattr(opening_module, "_DAILY_BACKUP_AFTER_MS", 3_600_000)
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    opening = Opening(qapp, window, preferences, example)
    started = []
    with monkeypatch.context() as patch:
        patch.setattr(opening._loader, "start", lambda: started.append(True))
        opening.start(first_look(window, preferences, example))
        qtbot.waitUntil(lambda: bool(started), timeout=15_000)
    return opening


def test_that_the_front_page_stands_before_the_archive_is_open(waiting, qtbot):
    opening = waiting
    front = opening.front
    assert opening.desk is None
    assert front.isVisible()
    assert "Nasjonalt e-helseråd" in front.title.text()
    assert opening.window.navigation.currentItem().text() == "Oversikt"
    opening._loader.start()
    qtbot.waitUntil(lambda: opening.desk is not None, timeout=15_000)
    page = opening.pages.holders[Place.OVERSIKT].page
    assert page.front is front
    assert front.isVisible()
    assert opening.desk.do(create_person, fornavn="Ola", etternavn="Prøve")
    qtbot.waitUntil(lambda: "Legg til person" in _last_line(front))


def _last_line(front):
    cards = front.findChildren(LineButton)
    return " ".join(line.accessibleName() for line in cards)


def test_that_what_is_clicked_before_the_archive_is_open_opens_then(waiting, qtbot):
    opening = waiting
    line = next(one for one in opening.front.findChildren(LineButton) if one.isEnabled())
    with qtbot.waitSignal(opening.front.wanted) as told:
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    target = told.args[0]
    assert target.place is not Place.OVERSIKT
    opening._loader.start()
    qtbot.waitUntil(lambda: opening.desk is not None, timeout=15_000)
    assert opening.window.current_place() is target.place


def test_that_an_archive_that_went_meanwhile_leaves_no_front_page(waiting, qtbot, example):
    opening = waiting
    example.unlink()
    opening._loader.start()
    qtbot.waitUntil(lambda: "first_start" in vars(opening) and opening.first_start.page is not None)
    assert opening.window.stack.currentWidget() is opening.first_start.page
    assert opening.front is None
