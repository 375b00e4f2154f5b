"""Making, opening, locking and refusing archives."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.storage import lock
from desktop.storage.archive import Archive
from desktop.storage.errors import CODES, ArchiveError, CannotOpenError, LockedError
from tests.storage.toy import Forelder, create, raw, toy_settings


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _fingerprint(path: Path) -> tuple[str, list[str]]:
    return sha256(path.read_bytes()).hexdigest(), _names(path.parent)


def _refused(path: Path, *, read_only: bool = False) -> ArchiveError:
    with pytest.raises(CannotOpenError) as refused:
        Archive.open(path, bruker="Ola", read_only=read_only, settings=toy_settings())
    message = str(refused.value)
    assert message.endswith(".")
    assert "{" not in message
    assert "?" not in message
    return refused.value


def _closed(tmp_path: Path) -> Path:
    with create(tmp_path / "a.motebok") as archive, archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1"))
    return archive.path


def test_that_every_code_has_a_sentence():
    for code in CODES:
        assert str(ArchiveError(code, sti="a.motebok")).endswith(".")


def test_that_the_pragmas_of_the_design_are_set(real_disk: None, archive: Archive):
    wanted = {
        "foreign_keys": 1,
        "journal_mode": "delete",
        "synchronous": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "recursive_triggers": 1,
        "query_only": 1,
        "application_id": int.from_bytes(b"MBOK", "big"),
        "user_version": 1,
    }
    found = {name: raw(archive).execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    assert found == wanted
    with archive.operation("endre"):
        assert raw(archive).execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_that_an_existing_file_is_never_overwritten(tmp_path: Path):
    path = tmp_path / "viktig.motebok"
    path.write_text("viktig")
    with pytest.raises(CannotOpenError) as refused:
        create(path)
    assert refused.value.code == "finnes_fra_foer"
    assert path.read_text() == "viktig"
    assert _names(tmp_path) == ["viktig.motebok"]


def test_that_a_failed_creation_leaves_nothing(tmp_path: Path):
    settings = toy_settings(None, "tests.storage.toy_lossy", "finnes.ikke")
    with pytest.raises(ModuleNotFoundError):
        Archive.create(tmp_path / "a.motebok", bruker="Kari", settings=settings)
    assert _names(tmp_path) == []


def test_that_a_missing_folder_is_told(tmp_path: Path):
    with pytest.raises(CannotOpenError) as refused:
        create(tmp_path / "ingen" / "a.motebok")
    assert refused.value.code == "kan_ikke_aapne"


def test_that_a_missing_archive_is_told(tmp_path: Path):
    assert _refused(tmp_path / "a.motebok").code == "finnes_ikke"
    assert _names(tmp_path) == []


@pytest.mark.parametrize("content", [b"", b"hei", b"PK\x03\x04" * 500, b"SQLite format 3\0" * 40])
@pytest.mark.parametrize("read_only", [False, True])
def test_that_a_foreign_file_is_refused_untouched(tmp_path: Path, content: bytes, read_only: bool):
    path = tmp_path / "fremmed.motebok"
    path.write_bytes(content)
    before = _fingerprint(path)
    assert _refused(path, read_only=read_only).code == "ikke_motebok"
    assert _fingerprint(path) == before


def test_that_another_programs_database_is_refused_untouched(tmp_path: Path):
    path = tmp_path / "fremmed.motebok"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t (a)")
    other.close()
    before = _fingerprint(path)
    assert _refused(path).code == "ikke_motebok"
    assert _fingerprint(path) == before


def test_that_a_folder_is_no_archive(tmp_path: Path):
    assert _refused(tmp_path).code == "ikke_motebok"


@pytest.mark.parametrize("read_only", [False, True])
def test_that_a_newer_archive_is_refused_with_its_bytes_unchanged(tmp_path: Path, read_only: bool):
    path = _closed(tmp_path)
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version=2")
    newer.close()
    before = _fingerprint(path)
    refused = _refused(path, read_only=read_only)
    assert (refused.code, refused.params["versjon"], refused.params["kjent"]) == (
        "nyere_versjon", 2, 1,
    )  # fmt: skip
    assert _fingerprint(path) == before


def test_that_a_newer_archive_with_a_crashed_writer_is_refused_untouched(tmp_path: Path):
    path = _closed(tmp_path)
    _leave_hot_journal(path, "UPDATE forelder SET navn = 'x'")
    data = path.read_bytes()
    path.write_bytes(data[:60] + (2).to_bytes(4, "big") + data[64:])
    before = _fingerprint(path)
    assert _refused(path).code == "nyere_versjon"
    assert _fingerprint(path) == before


def test_that_an_archive_without_a_version_is_damaged(tmp_path: Path):
    path = _closed(tmp_path)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version=0")
    other.close()
    assert _refused(path).code == "skadet"


@pytest.mark.parametrize("read_only", [False, True])
def test_that_a_file_without_its_end_is_damaged(tmp_path: Path, read_only: bool):
    path = _closed(tmp_path)
    path.write_bytes(path.read_bytes()[:8192])
    before = _fingerprint(path)
    assert _refused(path, read_only=read_only).code == "skadet"
    assert _fingerprint(path) == before


def test_that_a_file_with_a_ruined_schema_is_damaged(tmp_path: Path):
    path = _closed(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * 3996 + data[4096:])
    assert _refused(path).code == "skadet"


def test_that_a_file_without_a_log_is_damaged(tmp_path: Path):
    path = _closed(tmp_path)
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE handling")
    other.close()
    assert _refused(path).code == "skadet"


def test_that_a_crash_in_the_middle_of_a_write_is_rolled_back(tmp_path: Path):
    path = _closed(tmp_path)
    _leave_hot_journal(path, "UPDATE forelder SET navn = 'halvferdig'")
    assert _refused(path, read_only=True).code == "avbrutt_skriving"
    with Archive.open(path, bruker="Ola", settings=toy_settings()) as archive:
        with archive.read() as session:
            assert session.get_one(Forelder, "f1").navn is None
        assert archive.verify().ok


def _leave_hot_journal(path: Path, statement: str) -> None:
    """Die in the middle of a transaction whose pages have reached the file."""
    program = (
        "import os, sqlite3, sys\n"
        "driver = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "driver.execute('PRAGMA cache_size=1')\n"
        "driver.execute('BEGIN EXCLUSIVE')\n"
        "driver.execute(sys.argv[2])\n"
        "driver.execute('CREATE TABLE fyll (a)')\n"
        "driver.executemany('INSERT INTO fyll VALUES (?)', [('x' * 3000,)] * 200)\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path), statement], check=False)
    assert path.with_name(path.name + "-journal").exists()


def test_that_a_second_writer_is_told_who_writes(archive: Archive):
    refused = _refused(archive.path)
    assert isinstance(refused, LockedError)
    assert refused.code == "laast"
    assert refused.params["hvem"] == "Kari"
    assert refused.params["pid"] == os.getpid()
    assert str(refused.params["siden"]).startswith("2023-09-14T08:00")
    assert "Kari" in str(refused)


def test_that_a_second_program_may_read(archive: Archive):
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1"))
    reader = Archive.open(archive.path, bruker="Ola", read_only=True, settings=toy_settings())
    with reader.read() as session:
        assert session.get_one(Forelder, "f1").navn is None
    with archive.operation("endre") as operation:
        operation.session.get_one(Forelder, "f1").navn = "ny"
    with reader.read() as session:
        assert session.get_one(Forelder, "f1").navn == "ny"
    with pytest.raises(ArchiveError) as refused, reader.operation("endre"):
        pass
    assert refused.value.code == "skrivebeskyttet"
    assert reader.verify().ok
    assert reader.read_only
    reader.close()


def test_that_a_reader_in_the_way_of_a_commit_loses_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
):
    raw(archive).execute("PRAGMA busy_timeout=50")
    reader = Archive.open(archive.path, bruker="Ola", read_only=True, settings=toy_settings())
    with reader.read() as session:
        session.execute(text("SELECT * FROM forelder"))
        with pytest.raises(ArchiveError) as refused, archive.operation("lag") as operation:
            operation.session.add(Forelder(id="f1"))
        assert refused.value.code == "opptatt"
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1"))
    assert archive.verify().ok
    reader.close()


def test_that_closing_gives_the_lock_back(archive: Archive):
    beside = lock.lock_path(archive.path)
    assert json.loads(beside.read_text())["hvem"] == "Kari"
    archive.close()
    archive.close()
    assert not beside.exists()
    Archive.open(archive.path, bruker="Ola", settings=toy_settings()).close()


def test_that_a_lock_left_by_a_dead_program_locks_nothing(tmp_path: Path):
    path = _closed(tmp_path)
    lock.lock_path(path).write_text('{"hvem": "Per", "pid": 1}')
    with Archive.open(path, bruker="Ola", settings=toy_settings()):
        assert lock.read_holder(path)["hvem"] == "Ola"


def test_that_an_unreadable_lock_file_still_gives_an_answer(tmp_path: Path):
    assert lock.read_holder(tmp_path / "a.motebok")["hvem"] == "en annen"
    lock.lock_path(tmp_path / "a.motebok").write_text("[1]")
    assert lock.read_holder(tmp_path / "a.motebok")["hvem"] == "en annen"


def test_that_a_forked_child_does_not_keep_the_lock(tmp_path: Path):
    program = (
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from desktop.storage.lock import WriteLock\n"
        "held = WriteLock(Path(sys.argv[1]), user='Per', since='nå')\n"
        "if os.fork() == 0:\n"
        "    time.sleep(30)\n"
        "time.sleep(0.3)\n"
        "os._exit(0)\n"
    )
    path = tmp_path / "a.motebok"
    subprocess.run([sys.executable, "-W", "ignore", "-c", program, str(path)], check=True)
    lock.WriteLock(path, user="Ola", since="nå").release()


def test_that_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = _closed(tmp_path)

    def deny(*_arguments: object, **_options: object) -> int:
        raise PermissionError

    monkeypatch.setattr(lock.os, "open", deny)
    assert _refused(path).code == "skrivebeskyttet"
    with Archive.open(path, bruker="Ola", read_only=True, settings=toy_settings()) as reader:
        assert reader.verify().ok


def test_that_a_disk_without_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = _closed(tmp_path)

    def deny(_descriptor: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(lock, "_lock", deny)
    assert _refused(path).code == "kan_ikke_laase"


def test_that_opening_needs_neither_alembic_nor_qt(tmp_path: Path):
    path = _closed(tmp_path)
    program = (
        "import sys\n"
        "from desktop.storage.archive import Archive\n"
        "from tests.storage.toy import toy_settings\n"
        "Archive.open(sys.argv[1], bruker='Ola', settings=toy_settings()).close()\n"
        "Archive.create(sys.argv[1] + '2', bruker='Ola').close()\n"
        "assert not {'alembic', 'mako', 'PySide6', 'docx'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True)
