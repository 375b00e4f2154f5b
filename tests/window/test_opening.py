"""Opening archives: what is shown, what is told, and where one left off."""

import datetime as dt
import shutil
import sqlite3
import sys

import pytest
from PySide6.QtCore import Qt

from desktop.app.pages import Pages
from desktop.models import Person
from desktop.services.errors import ServiceError
from desktop.services.utvalg import change_person, create_person, name_arkiv
from desktop.storage.archive import Archive
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.views.main_window import MainWindow
from desktop.views.unexpected import UnexpectedDialog

from .program import start_program  # noqa: F401

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def add_person(opening, name="Ola"):
    made = opening.desk.do(create_person, fornavn=name, etternavn="Prøve")
    assert made
    return made.value.id


def test_that_the_archive_asked_for_is_shown_with_its_name(program, example):
    opening = program(example)
    assert opening.desk.path == example.absolute()
    assert opening.window.current_place() is Place.OVERSIKT
    assert "Nasjonalt e-helseråd" in opening.window.windowTitle()
    assert "Nasjonalt e-helseråd" in opening.window.archive_name.text()
    assert not opening.standing.isVisible()


def test_that_the_first_start_shows_the_welcome_page(program):
    opening = program()
    assert opening.desk is None
    assert opening.window.stack.currentWidget() is opening.first_start.page
    assert opening.window.navigation.isHidden()


def test_that_the_next_start_shows_where_one_left_off(program, example, qtbot, tmp_path):
    first = program(example)
    first.go(Target(Place.MOETER, "m1", Tab.DELTAKERE, "s1"))
    page = first.pages.holders[Place.MOETER].page
    qtbot.waitUntil(lambda: page.text.verticalScrollBar().maximum() > 120)
    page.text.verticalScrollBar().setValue(120)
    first.window.close()
    assert Preferences(tmp_path / "motebok.ini").recent() == [example.absolute()]
    again = program()
    assert again.desk.path == example.absolute()
    assert again.window.current_place() is Place.MOETER
    found = again.pages.holders[Place.MOETER].page
    assert found.target == Target(Place.MOETER, "m1", Tab.DELTAKERE, "s1")
    qtbot.waitUntil(lambda: found.text.verticalScrollBar().value() == 120)


def test_that_an_archive_in_use_is_read_and_the_notice_says_who_has_it(program, example):
    since = f"{dt.datetime.now().astimezone():%d.%m.%Y kl. }"
    with Archive.open(example, bruker="Berit Annen"):
        opening = program(example)
        assert opening.desk.read_only
        assert opening.standing.isVisible()
        assert "Berit Annen" in opening.standing.text.text()
        assert since in opening.standing.text.text()
        refused = opening.desk.do(create_person, fornavn="Ola", etternavn="Prøve")
        assert not refused
    opening.standing.step.click()
    assert not opening.desk.read_only
    assert not opening.standing.isVisible()


def damage(path):
    data = bytearray(path.read_bytes())
    data[4096:40960] = b"\xff" * 36864
    path.write_bytes(data)


def make_newer(path):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=999")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (damage, "skadet"),
        (make_newer, "nyere"),
        (lambda path: path.write_text("Dette er et brev."), "ikke et Møtebok-arkiv"),
    ],
)
def test_that_an_archive_that_cannot_be_opened_is_left_untouched(program, example, spoil, word):
    spoil(example)
    before = example.read_bytes()
    opening = program(example)
    assert opening.desk is None
    assert word in opening.first_start.page.notice.text.text()
    assert example.read_bytes() == before
    assert opening.first_start.page.restore.isVisible() == (spoil is damage)


def test_that_an_archive_that_is_gone_is_named_on_the_welcome_page(program, tmp_path):
    opening = program(tmp_path / "borte.motebok")
    assert "borte.motebok" in opening.first_start.page.notice.text.text()


def test_that_typing_rescued_after_a_crash_is_told(program, example, tmp_path):
    crashed = tmp_path / "krasjet.motebok"
    with Archive.open(example, bruker="Kari") as archive:
        made = create_person(archive, fornavn="Ola", etternavn="Prøve")
        with archive.typing("change_person", table="person", key=made.id, field="fornavn") as op:
            op.session.get(Person, made.id).fornavn = "Olav"
        shutil.copy(example, crashed)
    opening = program(crashed)
    assert "i behold" in opening.notice.text.text()
    assert opening.notice.isVisible()


def test_that_only_the_page_that_is_seen_is_read_again_at_once(program, example):
    opening = program(example)
    opening.go(Target(Place.SAKER))
    saker = opening.pages.holders[Place.SAKER]
    opening.go(Target(Place.MEDLEMMER))
    members = opening.pages.holders[Place.MEDLEMMER]
    add_person(opening)
    add_person(opening, "Eva")
    assert len(members.page.changes) == 2
    assert saker.page.changes == []
    opening.go(Target(Place.SAKER))
    assert len(saker.page.changes) == 1
    assert len(saker.page.changes[0].keys("person")) == 2
    assert saker.page.loads == 1


def test_that_a_page_is_not_built_before_it_is_shown(program, example):
    opening = program(example)
    assert opening.pages.holders[Place.MOETER].page is None
    opening.close_archive()
    assert opening.window.pages == {}


def test_that_saving_is_told_after_the_commit(program, example):
    opening = program(example)
    assert opening.window.saved.text() == ""
    add_person(opening)
    assert opening.window.saved.text().startswith("Lagret kl. ")


def test_that_the_menu_names_what_undo_takes_back(program, example, qtbot):
    opening = program(example)
    add_person(opening)
    assert opening.menus.undo.text() == "&Angre: Legg til person"
    opening.window.activateWindow()
    qtbot.keyClick(opening.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert opening.menus.redo.text() == "&Gjenta: Legg til person"
    qtbot.keyClick(opening.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert opening.menus.undo.text() == "&Angre: Legg til person"


def test_that_undo_in_a_text_field_is_the_fields_own(program, example, qtbot):
    opening = program(example)
    add_person(opening)
    head = opening.desk.archive.head_hash
    opening.go(Target(Place.SAKER))
    line = opening.pages.holders[Place.SAKER].page.line
    opening.window.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "tekst")
    assert opening.menus.undo.text() == "&Angre i feltet"
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == ""
    qtbot.keyClick(line, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == "tekst"
    assert opening.desk.archive.head_hash == head


def test_that_what_cannot_be_undone_is_named_with_the_reason(program, tmp_path, qtbot):
    path = tmp_path / "tomt.motebok"
    with Archive.create(path, bruker="Kari") as archive:
        name_arkiv(archive, navn="Tomt", opprettet=dt.date(2026, 1, 1))
    opening = program(path)
    qtbot.waitUntil(lambda: "Opprett arkivet" in opening.menus.undo.text())
    assert opening.menus.undo.text().startswith("Kan ikke angres")
    assert not opening.menus.undo.isEnabled()
    assert opening.menus.redo.text() == "Ingenting å gjenta"


def test_that_a_refused_undo_says_why_above_the_page(program, example):
    opening = program(example)
    key = add_person(opening)
    opening.menus.undo_wanted.emit()
    assert not opening.notice.isVisible()
    opening.desk.redo()
    first = opening.desk.archive.log(1)[0]
    named = {"etternavn": "Prøve", "epost": None, "telefon": None, "organisasjon_id": None}
    assert opening.desk.do(change_person, person_id=key, fornavn="Olav", **named)
    opening.desk.undo = lambda: opening.desk._run(
        lambda: opening.desk.archive.undo(first.refers_to)
    )
    opening.menus.undo_wanted.emit()
    assert "kan ikke angres" in opening.notice.text.text()


def test_that_background_work_is_shown_and_can_be_stopped(program, example, qtbot):
    opening = program(example)
    steps = []

    def job(report):
        while report(len(steps), 100):
            steps.append(1)
            if len(steps) > 5_000_000:
                break

    task = opening.tasks.start("Lager dokumenter …", job)
    assert opening.work.isVisible()
    assert opening.work.text.text() == "Lager dokumenter …"
    with qtbot.waitSignal(task.cancelled, timeout=5_000):
        opening.work.stop.click()
    qtbot.waitUntil(lambda: not opening.work.isVisible())


def test_that_closing_gives_the_lock_back(program, example):
    opening = program(example)
    opening.window.close()
    with Archive.open(example, bruker="Berit") as archive:
        assert not archive.read_only


def test_that_a_page_that_is_gone_falls_back_to_the_front_page(program, example, monkeypatch):
    first = program(example)
    first.go(Target(Place.MOETER, "borte", Tab.DAGSORDEN))
    first.window.close()

    def gone(self, target):
        raise ServiceError("ukjent_moete", moete=target.key)

    monkeypatch.setattr(sys.modules["motebok_stub_pages"].StubPage, "open", gone)
    again = program()
    assert again.window.current_place() is Place.OVERSIKT


def test_that_a_job_that_crashes_ends_in_a_report_whoever_started_it(program, example, qtbot):
    opening = program(example)

    secret = "arkivet i sto som det"[::-1]

    def crash(_report):
        raise ZeroDivisionError(secret)

    opening.tasks.start("Regner …", crash)
    qtbot.waitUntil(lambda: bool(opening.window.findChildren(UnexpectedDialog)))
    dialog = opening.window.findChildren(UnexpectedDialog)[0]
    assert dialog.isVisible()
    assert "ZeroDivisionError" in dialog.report.toPlainText()
    assert secret not in dialog.report.toPlainText()
    assert "er i behold" in dialog.kept.text()
    dialog.accept()
    qtbot.waitUntil(lambda: not opening.tasks.running())
    assert opening.desk is not None


def test_that_the_keys_go_to_the_list_of_a_page_that_is_gone_to(qtbot, desk, tasks, preferences):
    window = MainWindow(preferences)
    window.furnish()
    qtbot.addWidget(window)
    pages = Pages(desk, tasks, preferences)
    window.show_pages(pages.holders, "Arkiv")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(Target(Place.MOETER))
    page = pages.holders[Place.MOETER].page
    qtbot.waitUntil(page.list.table.hasFocus)
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    assert page.stack.currentWidget() is page.workspace
    pages.close()
