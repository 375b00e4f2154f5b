"""Upgrading an archive: backup first, all or nothing, children and history kept."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import text

from desktop.storage.archive import Archive, backup
from desktop.storage.errors import ArchiveError, CannotOpenError, CannotUndoError
from desktop.storage.migrations import STEPS
from tests.storage.toy import Barn, Forelder, create, dump, raw, toy_settings

V2 = "tests.storage.toy_v2"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    with create(tmp_path / "gammel.motebok") as archive:
        with archive.operation("lag") as operation:
            operation.session.add(
                Forelder(id="f1", navn="a", rekkefoelge="n0", barn=[Barn(id="b1")])
            )
            operation.session.add(Forelder(id="f2", navn="b", rekkefoelge="n1"))
            operation.session.execute(text("INSERT INTO merke VALUES ('m1', 'rød')"))
            operation.session.execute(text("INSERT INTO forelder_merke VALUES ('fm', 'f1', 'm1')"))
        with archive.operation("endre") as operation:
            operation.session.get_one(Forelder, "f2").navn = "c"
    return archive.path


def _upgraded(path: Path) -> Archive:
    return Archive.open(path, bruker="Ola", settings=toy_settings(None, V2))


def test_that_the_steps_form_one_line_without_application_code():
    modules: list[ModuleType] = [import_module(step) for step in STEPS]
    assert [module.revision for module in modules] == [
        f"{number:04d}" for number in range(1, len(STEPS) + 1)
    ]
    assert [module.down_revision for module in modules] == [
        None, *(module.revision for module in modules[:-1]),
    ]  # fmt: skip
    for module in modules:
        assert module.__file__ is not None
        assert "desktop" not in Path(module.__file__).read_text(encoding="utf-8")


def test_that_an_upgrade_keeps_children_and_makes_a_verified_copy(old: Path):
    with _upgraded(old) as archive:
        assert raw(archive).execute("PRAGMA user_version").fetchone() == (2,)
        assert raw(archive).execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert raw(archive).execute("SELECT id, navn, rang FROM forelder").fetchall() == [
            ("f1", "a", "n0"), ("f2", "c", "n1"),
        ]  # fmt: skip
        assert raw(archive).execute("SELECT id, forelder_id FROM barn").fetchall() == [("b1", "f1")]
        assert raw(archive).execute("SELECT farge FROM merke").fetchall() == [("blaa",)]
        assert archive.verify().problems == ()
        assert archive.upgraded is not None
        copy = archive.upgraded.path
    assert copy.name == "gammel før oppgradering fra v1.motebok"
    with Archive.open(copy, bruker="Ola", settings=toy_settings()) as before:
        assert before.head_hash == archive.upgraded.head_hash
        assert before.verify().ok
        assert raw(before).execute("SELECT count(*) FROM barn").fetchone() == (1,)


def test_that_an_upgrade_is_a_barrier_in_the_log(old: Path):
    with _upgraded(old) as archive:
        newest = archive.log()[0]
        assert (newest.kind, newest.params) == ("migrering", {"fra": "1", "til": "2"})
        assert archive.undo_label() is None
        assert archive.redo_label() is None
        for number in (None, 2):
            with pytest.raises(CannotUndoError) as refused:
                archive.undo(number)
            assert refused.value.code == "barriere"
        with archive.operation("ny tid") as operation:
            operation.session.execute(text("UPDATE forelder SET rang = 'n5' WHERE id = 'f1'"))
            operation.session.execute(text("DELETE FROM forelder WHERE id = 'f2'"))
        archive.undo()
        archive.redo()
        assert archive.verify().problems == ()
        raw(archive).execute("PRAGMA query_only=0")
        raw(archive).execute("DROP TRIGGER temp.mb_update_merke")
        raw(archive).execute("UPDATE merke SET farge = 'gul'")
        assert [problem.code for problem in archive.verify().problems] == ["rad_endret"]


def test_that_typing_left_by_a_crash_is_sealed_before_the_upgrade(old: Path, tmp_path: Path):
    archive = Archive.open(old, bruker="Kari", settings=toy_settings())
    with archive.typing("skriv", table="forelder", key="f1", field="navn") as operation:
        operation.session.get_one(Forelder, "f1").navn = "skrevet"
    crashed = tmp_path / "krasj.motebok"
    crashed.write_bytes(old.read_bytes())
    archive.close()
    with _upgraded(crashed) as again:
        assert [info.kind for info in again.log()][:2] == ["migrering", "skriving"]
        assert again.recovered is not None
        assert again.verify().ok


def test_that_a_current_archive_is_opened_without_an_upgrade(old: Path):
    _upgraded(old).close()
    with _upgraded(old) as archive:
        assert archive.upgraded is None
    assert len(list(old.parent.glob("*oppgradering*"))) == 1


def test_that_an_older_archive_is_not_upgraded_by_a_reader(old: Path):
    content = old.read_bytes()
    with pytest.raises(CannotOpenError) as refused:
        Archive.open(old, bruker="Ola", read_only=True, settings=toy_settings(None, V2))
    assert refused.value.code == "eldre_versjon"
    assert old.read_bytes() == content


@pytest.mark.parametrize("step", ["tests.storage.toy_lossy", "tests.storage.toy_breaking"])
def test_that_a_faulty_upgrade_changes_nothing(old: Path, step: str):
    content = old.read_bytes()
    with pytest.raises(ArchiveError) as refused:
        Archive.open(old, bruker="Ola", settings=toy_settings(None, step))
    assert refused.value.code == "oppgradering_feilet"
    assert "{" not in str(refused.value)
    assert Path(str(refused.value.params["kopi"])).exists()
    with Archive.open(old, bruker="Ola", settings=toy_settings()) as archive:
        assert archive.verify().ok
        assert dump(archive)["barn"] != []
    assert sqlite3.connect(old).execute("PRAGMA user_version").fetchone() == (1,)
    assert len(content) == old.stat().st_size


def test_that_a_new_archive_may_be_made_of_several_steps(tmp_path: Path):
    settings = toy_settings(None, V2)
    with Archive.create(tmp_path / "ny.motebok", bruker="Kari", settings=settings) as archive:
        with archive.operation("lag") as operation:
            operation.session.execute(text("INSERT INTO forelder (id, rang) VALUES ('f1', 'n0')"))
        assert archive.verify().ok
        assert archive.upgraded is None


def test_that_a_second_copy_gets_a_name_of_its_own(old: Path):
    taken = old.with_name("gammel før oppgradering fra v1.motebok")
    taken.write_text("noe annet")
    with _upgraded(old) as archive:
        assert archive.upgraded is not None
        assert archive.upgraded.path.name == "gammel før oppgradering fra v1 (2).motebok"
    assert taken.read_text() == "noe annet"


def test_that_a_backup_is_a_whole_archive(archive: Archive, tmp_path: Path):
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1"))
    with archive.typing("skriv", table="forelder", key="f1", field="navn") as operation:
        operation.session.get_one(Forelder, "f1").navn = "x"
    made = backup(archive, tmp_path / "kopi.motebok")
    assert made.head_hash == archive.head_hash
    assert archive.log()[0].kind == "skriving"
    with Archive.open(made.path, bruker="Ola", settings=toy_settings()) as copy:
        assert dump(copy) == dump(archive)
        assert copy.verify(known_head=made.head_hash).ok
    again = backup(made.path, tmp_path / "kopi2.motebok")
    assert again.head_hash == made.head_hash
    for source in (archive, made.path):
        with pytest.raises(CannotOpenError) as refused:
            backup(source, made.path)
        assert refused.value.code == "finnes_fra_foer"
    assert sorted(path.name for path in tmp_path.glob("kopi*")) == [
        "kopi.motebok", "kopi2.motebok",
    ]  # fmt: skip


def test_that_a_backup_of_a_damaged_archive_is_not_kept(old: Path, tmp_path: Path):
    data = bytearray(old.read_bytes())
    place = data.index(b"n1")
    page = place // 4096 * 4096
    data[page : page + 12] = b"\xff" * 12
    old.write_bytes(data)
    with pytest.raises(ArchiveError) as refused:
        backup(old, tmp_path / "kopi.motebok")
    assert refused.value.code in {"kopi_feilet", "skadet"}
    assert list(tmp_path.glob("kopi*")) == []


def test_that_a_missing_archive_cannot_be_copied(tmp_path: Path):
    with pytest.raises(CannotOpenError) as refused:
        backup(tmp_path / "ingen.motebok", tmp_path / "kopi.motebok")
    assert refused.value.code == "finnes_ikke"
