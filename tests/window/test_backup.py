"""Backup copies: made and proved, the last ten kept, and put in the archive's place again."""

import datetime as dt
import sqlite3
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from desktop.models import Person
from desktop.services.backups import (
    KEPT,
    backup_folder,
    check_copy,
    is_due,
    list_copies,
    make_copy,
    prepare_restore,
    swap_in,
)
from desktop.services.utvalg import create_person
from desktop.storage.archive import Archive
from desktop.storage.errors import ArchiveError, LockedError
from desktop.views.findings import FindingsDialog
from desktop.views.menus import Act
from desktop.views.restore import RestoreDialog, size_text

from .program import start_program  # noqa: F401

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
NOON = dt.datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001  (local)


def people(path):
    with Archive.open(path, bruker="", read_only=True) as archive, archive.read() as session:
        return set(session.scalars(select(Person.fornavn)))


def add_person(path, name):
    with Archive.open(path, bruker="Kari") as archive:
        create_person(archive, fornavn=name, etternavn="Prøve")


def restored(archive, copy, now=NOON):
    return swap_in(archive, prepare_restore(copy, archive), bruker="Kari", now=now)


def test_that_a_copy_of_an_open_archive_is_whole_and_named_by_its_time(desk, tmp_path):
    folder = backup_folder(desk.path)
    made = make_copy(desk.path, folder, now=NOON)
    assert made == tmp_path / "Sikkerhetskopier" / "eksempel 2026-11-21 1200.motebok"
    assert check_copy(made).hel
    assert "Nasjonalt e-helseråd" in check_copy(made).navn
    with Archive.open(made, bruker="", read_only=True) as copy:
        assert copy.head_hash == desk.archive.head_hash


def test_that_two_copies_of_one_minute_both_stand(example, tmp_path):
    make_copy(example, tmp_path / "k", now=NOON)
    second = make_copy(example, tmp_path / "k", now=NOON)
    assert second.name == "eksempel 2026-11-21 1200-2.motebok"
    assert [copy.tid for copy in list_copies(example, tmp_path / "k")] == [NOON, NOON]


def test_that_the_last_ten_are_kept_and_nothing_else_is_touched(example, tmp_path):
    folder = tmp_path / "k"
    folder.mkdir()
    other = Archive.create(folder / "eksempel 2020-01-01 0900.motebok", bruker="Berit")
    other.close()
    (folder / "eksempel notater.motebok").write_text("ikke en kopi")
    for day in range(1, 13):
        make_copy(example, folder, now=NOON.replace(day=day))
    names = {path.name for path in folder.iterdir()}
    assert {"eksempel 2020-01-01 0900.motebok", "eksempel notater.motebok"} < names
    days = [copy.tid.day for copy in list_copies(example, folder) if copy.tid.year == 2026]
    assert days == list(range(12, 12 - KEPT, -1))


def test_that_one_copy_a_day_is_enough(example, tmp_path):
    assert is_due(example, tmp_path / "k", NOON.date())
    make_copy(example, tmp_path / "k", now=NOON)
    assert not is_due(example, tmp_path / "k", NOON.date())
    assert is_due(example, tmp_path / "k", NOON.date() + dt.timedelta(1))


def test_that_a_copy_that_is_stopped_leaves_nothing(example, tmp_path):
    folder = tmp_path / "k"
    assert make_copy(example, folder, now=NOON, progress=lambda _done, _total: False) is None
    assert list(folder.iterdir()) == []


def test_that_the_archive_can_be_written_in_while_it_is_copied(desk, tmp_path):
    """The copy is made a few pages at a time; what is written in between is in it."""
    waits, written = threading.Event(), threading.Event()

    def hold(done, total):
        if 0 < done < total and not waits.is_set():
            waits.set()
            assert written.wait(10)
        return True

    made = []
    thread = threading.Thread(
        target=lambda: made.append(make_copy(desk.path, tmp_path / "k", now=NOON, progress=hold))
    )
    thread.start()
    assert waits.wait(10)
    assert desk.do(create_person, fornavn="Underveis", etternavn="Prøve")
    written.set()
    thread.join(10)
    assert "Underveis" in people(made[0])


def test_that_a_small_archive_is_copied_quickly(example, tmp_path):
    times = []
    for number in range(3):
        before = dt.datetime.now().astimezone()
        make_copy(example, tmp_path / f"k{number}", now=NOON)
        times.append(dt.datetime.now().astimezone() - before)
    assert min(times) < dt.timedelta(milliseconds=250)


def test_that_a_damaged_copy_is_told_and_cannot_be_restored(example, tmp_path):
    copy = make_copy(example, tmp_path / "k", now=NOON)
    data = bytearray(copy.read_bytes())
    data[4096:40960] = b"\xff" * 36864
    copy.write_bytes(data)
    before = example.read_bytes()
    assert not check_copy(copy).hel
    with pytest.raises(ArchiveError):
        restored(example, copy)
    assert example.read_bytes() == before
    assert not check_copy(tmp_path / "finnes ikke.motebok").hel


def test_that_restoring_keeps_the_archive_as_it_was(example, tmp_path):
    copy = make_copy(example, tmp_path / "k", now=NOON)
    add_person(example, "Etterpå")
    kept = restored(example, copy)
    assert kept.name == "eksempel før gjenoppretting 2026-11-21 1200.motebok"
    assert "Etterpå" in people(kept)
    assert "Etterpå" not in people(example)
    with Archive.open(example, bruker="Kari") as archive:
        assert archive.verify().ok


def test_that_the_journal_of_a_crash_goes_with_the_archive_it_belongs_to(example, tmp_path):
    copy = make_copy(example, tmp_path / "k", now=NOON)
    journal = example.with_name(f"{example.name}-journal")
    journal.write_bytes(b"en halv skriving")
    kept = restored(example, copy)
    assert not journal.exists()
    assert kept.with_name(f"{kept.name}-journal").read_bytes() == b"en halv skriving"


def test_that_an_archive_somebody_has_open_is_not_replaced(example, tmp_path):
    copy = make_copy(example, tmp_path / "k", now=NOON)
    prepared = prepare_restore(copy, example)
    before = example.read_bytes()
    with Archive.open(example, bruker="Berit"), pytest.raises(LockedError):
        swap_in(example, prepared, bruker="Kari", now=NOON)
    assert example.read_bytes() == before


def test_that_a_lost_archive_is_restored_without_one_to_keep(example, tmp_path):
    copy = make_copy(example, tmp_path / "k", now=NOON)
    example.unlink()
    assert restored(example, copy) is None
    assert check_copy(example).hel


@pytest.mark.parametrize(
    ("size", "text"), [(900, "1 kB"), (420_000, "420 kB"), (1_781_760, "1,8 MB")]
)
def test_that_sizes_are_read_by_people(size, text):
    assert size_text(size) == text


def wait_for_copy(opening, qtbot, count=1):
    folder = backup_folder(opening.desk.path)
    qtbot.waitUntil(lambda: len(list_copies(opening.desk.path, folder)) == count)
    qtbot.waitUntil(lambda: not opening.tasks.running())


def test_that_the_menu_backs_up_and_says_so(program, example, qtbot):
    opening = program(example)
    opening.menus.actions[Act.BACK_UP].trigger()
    wait_for_copy(opening, qtbot)
    assert opening.window.work.text().startswith("Sikkerhetskopiert kl. ")


def test_that_the_daily_copy_is_made_once(program, example, qtbot):
    opening = program(example)
    opening.acts.back_up_daily()
    wait_for_copy(opening, qtbot)
    opening.acts.back_up_daily()
    assert opening.tasks.running() == []


def test_that_a_chosen_folder_holds_the_copies(program, example, qtbot, tmp_path):
    opening = program(example)
    opening.preferences.set_text("mapper/sikkerhetskopier", str(tmp_path / "annet sted"))
    opening.acts.back_up_now()
    qtbot.waitUntil(lambda: len(list_copies(example, tmp_path / "annet sted")) == 1)


def test_that_a_copy_that_cannot_be_written_is_told(program, example, qtbot, tmp_path):
    opening = program(example)
    (tmp_path / "fil").write_text("")
    opening.preferences.set_text("mapper/sikkerhetskopier", str(tmp_path / "fil"))
    opening.acts.back_up_now()
    qtbot.waitUntil(opening.notice.isVisible)
    assert "det ligger allerede en fil der" in opening.notice.text.text()


def test_that_the_window_restores_a_chosen_copy(program, example, qtbot):
    opening = program(example)
    opening.acts.back_up_now()
    wait_for_copy(opening, qtbot)
    assert opening.desk.do(create_person, fornavn="Etterpå", etternavn="Prøve")
    opening.menus.actions[Act.RESTORE].trigger()
    dialog = opening.window.findChild(RestoreDialog)
    qtbot.waitUntil(lambda: dialog.model.index(0, 2).data() == "hel")
    before = opening.desk
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opening.desk is not None and opening.desk is not before)
    assert "gjenopprettet" in opening.notice.text.text()
    assert "Etterpå" not in people(example)
    assert len(list(example.parent.glob("eksempel før gjenoppretting *.motebok"))) == 1


def test_that_the_list_marks_a_damaged_copy_and_refuses_it(example, tasks, qtbot, tmp_path):
    folder = tmp_path / "k"
    make_copy(example, folder, now=NOON)
    bad = make_copy(example, folder, now=NOON.replace(day=22))
    bad.write_bytes(bad.read_bytes()[:8192])
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = RestoreDialog(parent, tasks, example, folder)
    qtbot.waitUntil(lambda: "skadet" in dialog.model.index(0, 2).data())
    assert not dialog.restore.isEnabled()
    dialog.select(1)
    assert dialog.model.index(1, 2).data() == "hel"
    assert dialog.restore.isEnabled()


def test_that_an_empty_list_of_copies_says_where_it_looked(example, tasks, qtbot, tmp_path):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = RestoreDialog(parent, tasks, example, tmp_path / "k")
    assert dialog.empty.isVisibleTo(dialog)
    assert not dialog.restore.isEnabled()


def test_that_the_list_of_copies_is_a_sound_model(example, tasks, qtbot, qtmodeltester, tmp_path):
    make_copy(example, tmp_path / "k", now=NOON)
    parent = QWidget()
    qtbot.addWidget(parent)
    qtmodeltester.check(RestoreDialog(parent, tasks, example, tmp_path / "k").model)


def test_that_a_damaged_archive_is_restored_from_the_welcome_page(program, example, qtbot):
    make_copy(example, backup_folder(example), now=NOON)
    connection = sqlite3.connect(example)
    connection.close()
    data = bytearray(example.read_bytes())
    data[4096:40960] = b"\xff" * 36864
    example.write_bytes(data)
    opening = program(example)
    qtbot.mouseClick(opening.first_start.page.restore, Qt.MouseButton.LeftButton)
    dialog = opening.window.findChild(RestoreDialog)
    qtbot.waitUntil(lambda: dialog.model.index(0, 2).data() == "hel")
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opening.desk is not None)
    assert not opening.desk.read_only


def test_that_verification_tells_what_it_found(program, example, qtbot):
    opening = program(example)
    opening.menus.actions[Act.VERIFY].trigger()
    qtbot.waitUntil(lambda: opening.window.findChild(FindingsDialog) is not None)
    assert "Arkivet er helt" in opening.window.findChild(FindingsDialog).sentence.text()


def test_that_an_archive_travels_by_an_exchange_file(program, example, qtbot, tmp_path):
    target = tmp_path / "ut.json"
    opening = program(example)
    opening.acts.export_to(target)
    qtbot.waitUntil(lambda: str(target) in opening.notice.text.text(), timeout=15_000)
    empty = tmp_path / "tomt.motebok"
    Archive.create(empty, bruker="Kari").close()
    assert opening.open(empty)
    opening.acts.check_import(target)
    qtbot.waitUntil(lambda: opening.window.findChild(FindingsDialog) is not None)
    dialog = opening.window.findChild(FindingsDialog)
    assert "nye rader" in dialog.sentence.text()
    qtbot.mouseClick(dialog.step, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Filen er lest inn" in opening.notice.text.text(), timeout=15_000)
    assert "Ola" not in people(empty)
    assert len(people(empty)) > 10


def test_that_a_spoilt_exchange_file_lists_its_errors_and_changes_nothing(
    program, example, qtbot, tmp_path
):
    spoilt = tmp_path / "feil.json"
    spoilt.write_text('{"format": "noe annet"}')
    opening = program(example)
    head = opening.desk.archive.head_hash
    opening.acts.check_import(spoilt)
    qtbot.waitUntil(lambda: opening.window.findChild(FindingsDialog) is not None)
    dialog = opening.window.findChild(FindingsDialog)
    assert "arkivet er urørt" in dialog.sentence.text()
    assert dialog.lines.toPlainText()
    assert opening.desk.archive.head_hash == head
