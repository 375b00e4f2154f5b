"""Exchange files, checks and exports of a whole archive are made by others than the window."""

import sqlite3

import pytest
from PySide6.QtCore import Qt, QTimer
from sqlalchemy import select

from desktop.app import archive_acts
from desktop.models import Person
from desktop.services import apart
from desktop.services.importer import ImportReport
from desktop.storage.archive import Archive
from desktop.views.findings import FindingsDialog
from desktop.views.waiting import WaitingDialog

from .program import start_program  # noqa: F401

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LONG = 20_000


def names(path):
    with Archive.open(path, bruker="", read_only=True) as archive, archive.read() as session:
        return set(session.scalars(select(Person.fornavn)))


@pytest.fixture
def exchange_file(example, tmp_path):
    target = tmp_path / "ut.json"
    assert apart.export_apart(example, target, lambda _done, _total: True)
    return target


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "tomt.motebok"
    Archive.create(path, bruker="Kari").close()
    return path


def begin_import(program, empty, exchange_file, qtbot):
    """Check the file, and go on to take it in; return the program."""
    opening = program(empty)
    opening.acts.check_import(exchange_file)
    qtbot.waitUntil(lambda: opening.window.findChild(FindingsDialog) is not None, timeout=LONG)
    dialog = opening.window.findChild(FindingsDialog)
    qtbot.mouseClick(dialog.step, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opening.window.findChild(WaitingDialog) is not None)
    return opening


def test_that_an_exchange_file_is_taken_in_while_the_window_lives(
    program, empty, exchange_file, qtbot
):
    opening = begin_import(program, empty, exchange_file, qtbot)
    dialog = opening.window.findChild(WaitingDialog)
    assert dialog.isModal()
    ticks = []
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: ticks.append(opening.desk))
    timer.start()
    qtbot.waitUntil(lambda: opening.desk is not None, timeout=LONG)
    assert ticks.count(None) > 20
    assert "Filen er lest inn" in opening.notice.text.text()
    assert len(names(empty)) > 10
    assert [entry.verb for entry in opening.desk.archive.log(1)] == ["import_arkiv"]
    assert opening.desk.undo()
    assert opening.desk.archive.verify().ok
    assert sorted(path.name for path in empty.parent.glob("tomt.motebok*")) == [
        "tomt.motebok",
        "tomt.motebok-laas",
    ]


def test_that_stopping_an_import_leaves_the_archive_as_it_was(program, empty, exchange_file, qtbot):
    before = empty.read_bytes()
    opening = begin_import(program, empty, exchange_file, qtbot)
    dialog = opening.window.findChild(WaitingDialog)
    qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opening.desk is not None, timeout=LONG)
    assert "Arkivet er som før" in opening.notice.text.text()
    assert empty.read_bytes() == before


def test_that_an_import_that_was_stopped_too_late_is_told_as_done(
    program, empty, exchange_file, qtbot, monkeypatch
):
    real = archive_acts.import_apart

    def late(*given, **named):
        found = real(*given, **named)
        opening.tasks.running()[0].cancel()
        return found

    monkeypatch.setattr(archive_acts, "import_apart", late)
    opening = program(empty)
    opening.acts.take_in(exchange_file)
    qtbot.waitUntil(lambda: opening.desk is not None, timeout=LONG)
    assert len(names(empty)) > 10
    assert "Filen er lest inn" in opening.notice.text.text()


def test_that_a_restore_that_was_stopped_too_late_leaves_no_copy(
    program, example, empty, qtbot, monkeypatch
):
    real = archive_acts.prepare_restore

    def late(*given):
        found = real(*given)
        opening.tasks.running()[0].cancel()
        return found

    monkeypatch.setattr(archive_acts, "prepare_restore", late)
    opening = program(empty)
    opening.acts.restore(empty, example)
    qtbot.waitUntil(lambda: not opening.tasks.running(), timeout=LONG)
    assert opening.desk is not None
    assert list(empty.parent.glob("*.gjenopprettes")) == []


def test_that_an_export_that_was_stopped_too_late_is_told_as_written(
    program, empty, tmp_path, qtbot, monkeypatch
):
    def late(_archive, _target, _report):
        opening.tasks.running()[0].cancel()
        return 100

    monkeypatch.setattr(archive_acts, "export_apart", late)
    opening = program(empty)
    opening.acts.export_to(tmp_path / "ut2.json")
    qtbot.waitUntil(lambda: "ut2.json" in opening.notice.text.text(), timeout=LONG)


def test_that_the_window_reports_the_damage_of_the_archive_it_verifies(program, example, qtbot):
    opening = program(example)
    pages = example.stat().st_size // 4096
    with example.open("rb+") as file:
        file.seek((pages - 2) * 4096)
        file.write(b"\xff" * 4096)
    opening.acts.verify()
    qtbot.waitUntil(lambda: opening.window.findChild(FindingsDialog) is not None, timeout=LONG)
    dialog = opening.window.findChild(FindingsDialog)
    assert "Arkivet har feil" in dialog.sentence.text()
    assert dialog.lines.toPlainText()


def test_that_a_program_that_closes_during_an_import_leaves_the_archive_as_it_was(
    program, empty, exchange_file, qtbot
):
    before = empty.read_bytes()
    opening = begin_import(program, empty, exchange_file, qtbot)
    assert opening.window.close()
    qtbot.waitUntil(lambda: not opening.tasks.running())
    qtbot.wait(50)
    assert opening.desk is None
    assert empty.read_bytes() == before
    assert [path.name for path in empty.parent.glob("tomt.motebok*")] == ["tomt.motebok"]


def test_that_the_window_names_what_was_dropped_beside_what_it_says(
    program, empty, exchange_file, qtbot
):
    opening = begin_import(program, empty, exchange_file, qtbot)
    opening.tasks.dropped.emit("En fil ble ikke med.")
    qtbot.waitUntil(lambda: opening.desk is not None, timeout=LONG)
    qtbot.wait(20)
    assert "Filen er lest inn" in opening.notice.text.text()
    assert "En fil ble ikke med." in opening.notice.text.text()
    assert opening.open(empty)
    opening.tasks.dropped.emit("En til ble ikke med.")
    qtbot.waitUntil(lambda: opening.notice.text.text() == "En til ble ikke med.")


def test_that_what_is_heavy_runs_in_another_process(example, tmp_path, exchange_file, monkeypatch):
    def here(*_given):
        raise AssertionError

    for name in ("_verify", "_export", "_check", "_import"):
        monkeypatch.setattr(apart, name, here)
    assert apart.verify_apart(example, lambda *_: True).ok
    found = apart.check_import_apart(example, exchange_file, lambda *_: True)
    assert isinstance(found, ImportReport)
    assert not found


def test_that_a_refusal_of_the_process_is_told_by_its_sentence(example, tmp_path):
    driver = sqlite3.connect(example)
    driver.execute("PRAGMA user_version=99")
    driver.close()
    with pytest.raises(apart.ApartError) as refused:
        apart.export_apart(example, tmp_path / "ut.json", lambda *_: True)
    assert "nyere" in str(refused.value)
    assert apart.explain(refused.value) == str(refused.value)


def test_that_a_process_that_is_killed_is_told(example, monkeypatch):
    monkeypatch.setattr(apart, "_program", lambda: [apart.sys.executable, "-c", "0"])
    with pytest.raises(apart.ApartError, match="avbrutt utenfra"):
        apart.verify_apart(example, lambda *_: True)
