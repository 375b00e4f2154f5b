"""Large files do not stop the window: they are read, attached and opened by others than it."""

import os
import sqlite3
import threading

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMainWindow

from desktop.services import attach
from desktop.services.agenda_view import load_agenda_view, load_queue
from desktop.services.numbers import find_moete_id
from desktop.services.sak_view import load_sak_view, read_attachment
from desktop.services.saker import delete_sak
from desktop.services.search_files import next_unread_file, text_of_file
from desktop.services.utvalg import create_person
from desktop.storage.archive import Archive
from desktop.storage.errors import CannotWriteError
from desktop.viewmodels import attaching
from desktop.views.moete import dagsorden_vedlegg
from desktop.views.moete.dagsorden_vedlegg import AttachmentField
from desktop.views.work import WorkBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
BYTES = os.urandom(6 * 1024 * 1024)


@pytest.fixture
def sak_id(desk):
    moete_id = desk.read(lambda session: find_moete_id(session, "4/2023"))
    utvalg_id = desk.read(lambda session: load_agenda_view(session, moete_id)).utvalg_id
    return desk.read(lambda session: load_queue(session, utvalg_id))[0].sak_id


@pytest.fixture
def field(desk, tasks, sak_id, qtbot):
    made = AttachmentField(desk, tasks)
    made.desk, made.sak_id, made.tasks = desk, sak_id, tasks
    made.holder = QMainWindow()
    made.holder.setCentralWidget(made)
    qtbot.addWidget(made.holder)

    def show(*_changes):
        made.show_sak(desk.read(lambda session: load_sak_view(session, sak_id)))

    desk.changed.connect(show)
    show()
    made.holder.show()
    return made


@pytest.fixture
def large(tmp_path):
    path = tmp_path / "Rapport.pdf"
    path.write_bytes(BYTES)
    return path


class Gate:
    """Holds the writing of a file at its second piece until it is let go."""

    def __init__(self, monkeypatch):
        self.reached, self.open, self.threads = threading.Event(), threading.Event(), set()
        real = attach.stage_file

        def stage(archive, pieces, progress):
            def told(done, total):
                self.threads.add(threading.get_ident())
                if done == 1:
                    self.reached.set()
                    assert self.open.wait(10)
                return progress(done, total)

            return real(archive, pieces, told)

        monkeypatch.setattr(attach, "stage_file", stage)


@pytest.fixture
def gate(monkeypatch):
    return Gate(monkeypatch)


def drop(field, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys)
    field.dropEvent(event)


def attached(archive, sak_id):
    with archive.read() as session:
        found = load_sak_view(session, sak_id).vedlegg
        return [read_attachment(session, one.id) for one in found if one.filnavn]


def pieces_in(path):
    driver = sqlite3.connect(path)
    try:
        return driver.execute("SELECT count(*) FROM fil_del").fetchone()[0]
    finally:
        driver.close()


def test_that_the_window_lives_while_a_large_file_is_written(field, large, gate, qtbot):
    bar = WorkBar()
    qtbot.addWidget(bar)
    bar.follow(field.tasks)
    drop(field, large)
    qtbot.waitUntil(gate.reached.is_set)
    ticks = []
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    qtbot.waitUntil(lambda: len(ticks) > 20)
    assert bar.text.text() == "Legger ved Rapport.pdf …"
    assert bar.bar.maximum() > 1
    assert field.rows.count() == 1
    gate.open.set()
    qtbot.waitUntil(lambda: field.rows.count() == 2)
    assert threading.get_ident() not in gate.threads
    assert attached(field.desk.archive, field.sak_id) == [("Rapport.pdf", BYTES)]
    assert field.desk.archive.verify().ok


def test_that_attaching_is_one_step_to_undo_and_redo(field, large, qtbot):
    drop(field, large)
    qtbot.waitUntil(lambda: field.rows.count() == 2)
    assert field.desk.undo()
    assert attached(field.desk.archive, field.sak_id) == []
    assert field.desk.redo()
    assert attached(field.desk.archive, field.sak_id) == [("Rapport.pdf", BYTES)]


def test_that_the_user_can_write_while_a_file_is_on_its_way(field, large, gate, qtbot):
    drop(field, large)
    qtbot.waitUntil(gate.reached.is_set)
    assert field.desk.do(create_person, fornavn="Underveis", etternavn="Prøve")
    gate.open.set()
    qtbot.waitUntil(lambda: field.rows.count() == 2)
    assert [entry.verb for entry in field.desk.archive.log(2)] == ["add_vedlegg", "create_person"]


def test_that_stopping_leaves_nothing_of_the_file(field, large, gate, qtbot):
    bar = WorkBar()
    qtbot.addWidget(bar)
    bar.follow(field.tasks)
    head = field.desk.archive.head_hash
    drop(field, large)
    qtbot.waitUntil(gate.reached.is_set)
    qtbot.mouseClick(bar.stop, Qt.MouseButton.LeftButton)
    gate.open.set()
    qtbot.waitUntil(lambda: not field.tasks.running())
    assert pieces_in(field.desk.path) == 0
    assert attached(field.desk.archive, field.sak_id) == []
    assert field.desk.archive.head_hash == head


def test_that_a_program_that_closes_meanwhile_attaches_the_file_first(field, large, gate, qtbot):
    drop(field, large)
    qtbot.waitUntil(gate.reached.is_set)
    gate.open.set()
    assert field.tasks.wait()
    field.desk.close()
    with Archive.open(field.desk.path, bruker="Kari") as again:
        assert attached(again, field.sak_id) == [("Rapport.pdf", BYTES)]
        assert again.verify().ok


def test_that_a_file_for_a_sak_that_is_gone_is_refused_and_leaves_nothing(
    field, large, gate, qtbot
):
    drop(field, large)
    qtbot.waitUntil(gate.reached.is_set)
    field.show_sak = lambda *_: None
    field.desk.changed.disconnect()
    assert field.desk.do(delete_sak, sak_id=field.sak_id)
    gate.open.set()
    qtbot.waitUntil(lambda: field.problem.text() != "" and not field.tasks.running())
    assert "finnes ikke lenger" in field.problem.text()
    assert pieces_in(field.desk.path) == 0


def test_that_a_full_disk_is_told_in_place(field, large, qtbot, monkeypatch):
    def full(*_given):
        raise CannotWriteError("disk_full", sti=str(field.desk.path), detalj="")

    monkeypatch.setattr(attach, "stage_file", full)
    drop(field, large)
    qtbot.waitUntil(lambda: field.problem.text() != "")
    assert "full" in field.problem.text()
    assert attached(field.desk.archive, field.sak_id) == []


def test_that_a_large_attachment_is_fetched_by_another_thread(field, large, qtbot, monkeypatch):
    opened, threads = [], []
    real = dagsorden_vedlegg.write_attachment

    def write(*given):
        threads.append(threading.get_ident())
        return real(*given)

    monkeypatch.setattr(dagsorden_vedlegg, "write_attachment", write)
    services = dagsorden_vedlegg.QDesktopServices
    monkeypatch.setattr(services, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    drop(field, large)
    qtbot.waitUntil(lambda: field.rows.count() == 2)
    field.rows.setCurrentRow(1)
    qtbot.keyClick(field.rows, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(opened) == 1)
    with open(opened[0], "rb") as copy:  # noqa: PTH123
        assert copy.read() == BYTES
    assert threading.get_ident() not in threads


def test_that_the_search_reads_a_file_that_lies_in_pieces(field, tmp_path, qtbot):
    path = tmp_path / "notat.txt"
    path.write_text("Nordlysporteføljen " * 40_000)
    field.desk.archive.search_index.build()
    drop(field, path)
    qtbot.waitUntil(lambda: field.rows.count() == 2)
    assert pieces_in(field.desk.path) == 2
    assert "Nordlysporteføljen" in text_of_file(
        field.desk.path, next_unread_file(field.desk.archive)
    )


# An archive that closes while files wait


@pytest.fixture
def held_up(tasks):
    """Other work that holds the thread of the tasks until its event is set."""
    begun, end = threading.Event(), threading.Event()

    def work(_report):
        begun.set()
        assert end.wait(10)

    tasks.start("Annet arbeid …", work)
    yield begun, end
    end.set()


def two_files(tmp_path):
    paths = [tmp_path / "en.txt", tmp_path / "to.txt"]
    for path in paths:
        path.write_text("kort")
    return paths


def test_that_files_that_wait_behind_other_work_are_named_when_the_archive_closes(
    field, held_up, tmp_path, qtbot
):
    told = []
    field.tasks.dropped.connect(told.append)
    begun, end = held_up
    drop(field, *two_files(tmp_path))
    qtbot.waitUntil(begun.is_set)
    field.desk.close()
    assert len(told) == 1
    assert "en.txt, to.txt" in told[0]
    end.set()
    qtbot.waitUntil(lambda: not field.tasks.running())
    with Archive.open(field.desk.path, bruker="Kari") as again:
        assert attached(again, field.sak_id) == []


def test_that_files_that_only_wait_for_each_other_are_attached_when_the_archive_closes(
    field, large, gate, tmp_path, qtbot
):
    told = []
    field.tasks.dropped.connect(told.append)
    drop(field, large, *two_files(tmp_path))
    qtbot.waitUntil(gate.reached.is_set)
    gate.open.set()
    field.desk.close()
    assert told == []
    with Archive.open(field.desk.path, bruker="Kari") as again:
        assert [name for name, _data in attached(again, field.sak_id)] == [
            "Rapport.pdf",
            "en.txt",
            "to.txt",
        ]


def test_that_a_file_that_comes_too_late_is_named_and_never_attached_to_a_closed_archive(
    field, large, gate, qtbot, monkeypatch
):
    told, refused = [], []
    field.tasks.dropped.connect(told.append)
    field.desk.refused.connect(refused.append)
    monkeypatch.setattr(attaching, "_LONGEST_WAIT_S", 0.05)
    drop(field, large)
    qtbot.waitUntil(gate.reached.is_set)
    field.desk.close()
    assert len(told) == 1
    assert "Rapport.pdf" in told[0]
    gate.open.set()
    qtbot.waitUntil(lambda: not field.tasks.running())
    qtbot.wait(20)
    assert refused == []
    assert pieces_in(field.desk.path) == 0


def test_that_a_file_that_fails_while_the_archive_closes_is_named(field, large, qtbot, monkeypatch):
    told, reached, end = [], threading.Event(), threading.Event()
    field.tasks.dropped.connect(told.append)

    def fail(*_given):
        reached.set()
        assert end.wait(10)
        raise CannotWriteError("disk_full", sti="", detalj="")

    monkeypatch.setattr(attach, "stage_file", fail)
    drop(field, large)
    qtbot.waitUntil(reached.is_set)
    threading.Timer(0.05, end.set).start()
    field.desk.close()
    assert len(told) == 1
    assert "Rapport.pdf" in told[0]
