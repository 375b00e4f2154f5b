"""`motebok eksempel`: the example archive and its documents, once and again."""

from __future__ import annotations

import getpass
import json
import signal
import sqlite3
from pathlib import Path

import pytest

from desktop.cli import eksempel
from desktop.cli.opening import make_archive
from desktop.storage.archive import Archive
from desktop.storage.errors import LockedError
from desktop.storage.lock import WriteLock
from tests.cli.conftest import Answer, Run, finish, names, start

DOCUMENTS = {
    "Innkalling 3-2023.docx", "Møtepakke 3-2023.docx", "Innkalling 4-2023.docx",
    "Møtepakke 4-2023.docx", *(f"Toppnotat {number}-23.docx" for number in range(31, 39)),
}  # fmt: skip


def test_that_it_makes_the_archive_and_the_documents_of_both_meetings(
    made: tuple[Path, Answer],
) -> None:
    folder, answer = made
    [referat] = names(folder) - DOCUMENTS - {"eksempel.motebok"}
    assert referat.startswith("Referat 3-2023")
    assert len(answer.out.splitlines()) == len(DOCUMENTS) + 1
    assert all(line.startswith("ny ") for line in answer.out.splitlines())
    assert answer.err.startswith(f"Lager eksempelarkivet {folder / 'eksempel.motebok'} …\n")


def test_that_a_second_run_uses_the_archive_that_is_there(
    made: tuple[Path, Answer], run: Run
) -> None:
    archive = made[0] / "eksempel.motebok"
    before = archive.read_bytes()
    answer = run("eksempel", "--ut", made[0], "--json")
    assert answer.code == 0
    assert answer.err == f"Bruker eksempelarkivet {archive}, som finnes fra før.\n"
    assert {row["status"] for row in json.loads(answer.out)} == {"unchanged"}
    assert archive.read_bytes() == before


def test_that_the_archive_can_lie_elsewhere(run: Run, example: Path, tmp_path: Path) -> None:
    answer = run("eksempel", "--arkiv", example, "--ut", tmp_path / "nye" / "ut")
    assert answer.code == 0
    assert names(tmp_path / "nye" / "ut") > DOCUMENTS
    assert "eksempel.motebok" not in names(tmp_path / "nye" / "ut")


def test_that_another_archive_of_that_name_is_refused_and_untouched(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "eksempel.motebok"
    Archive.create(path, bruker="Kari").close()
    before = path.read_bytes()
    answer = run("eksempel", "--ut", tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"{path} er et annet arkiv enn eksempelet og er ikke rørt.")
    assert path.read_bytes() == before
    assert names(tmp_path) == {"eksempel.motebok"}


def test_that_a_foreign_file_of_that_name_is_refused_and_untouched(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "eksempel.motebok"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert "er ikke et Møtebok-arkiv" in run("eksempel", "--ut", tmp_path).err
    assert path.read_bytes() == b"\x89PNG\r\n\x1a\n"


def test_that_a_folder_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "borte" / "e.motebok"
    answer = run("eksempel", "--arkiv", path, "--ut", tmp_path / "ut")
    assert answer.code == 1
    assert f"Arkivet {path} lar seg ikke åpne. Se om mappen finnes" in answer.err


def test_that_the_example_knows_nothing_of_the_machine_it_was_made_on(
    made: tuple[Path, Answer],
) -> None:
    data = (made[0] / "eksempel.motebok").read_bytes()
    assert str(Path.home()).encode() not in data
    with sqlite3.connect(made[0] / "eksempel.motebok") as database:
        users = {name for (name,) in database.execute("SELECT navn FROM utfoerer")}
    database.close()
    assert users == {"Eksempelsekretær"}
    assert getpass.getuser() not in users


def test_that_a_run_killed_halfway_leaves_no_half_archive_and_the_next_one_cleans_up(
    tmp_path: Path, run: Run
) -> None:
    process = start("eksempel", "--ut", tmp_path)
    for line in process.stderr:
        if "Møte 3/2023" in line:
            break
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert "eksempel.motebok" not in names(tmp_path)
    assert "eksempel.motebok.nytt" in names(tmp_path)
    assert run("eksempel", "--ut", tmp_path).code == 0
    assert names(tmp_path) >= {"eksempel.motebok", *DOCUMENTS}
    assert not [name for name in names(tmp_path) if ".nytt" in name]
    assert run("verifiser", "--arkiv", tmp_path / "eksempel.motebok").code == 0


def test_that_ctrl_c_stops_it_with_130_and_leaves_nothing(tmp_path: Path) -> None:
    process = start("eksempel", "--ut", tmp_path)
    for line in process.stderr:
        if "Møte 3/2023" in line:
            break
    process.send_signal(signal.SIGINT)
    answer = finish(process)
    assert answer.code == 130
    assert answer.err.endswith("Avbrutt. Det som er lagret, er i behold.\n")
    assert "Traceback" not in answer.err
    assert names(tmp_path) == set()


def test_that_two_runs_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "eksempel.motebok"
    lock = WriteLock(tmp_path / "eksempel.motebok.nytt", user="Kari", since="")
    (tmp_path / "eksempel.motebok.nytt").write_bytes(b"halvferdig")
    try:
        with pytest.raises(LockedError):
            make_archive(path, user="Ola", fill=lambda _archive: None)
        assert (tmp_path / "eksempel.motebok.nytt").read_bytes() == b"halvferdig"
    finally:
        lock.release()


def test_that_a_failure_while_making_it_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_archive: Archive, **_options: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "x"))

    monkeypatch.setattr(eksempel, "make_example", fail)
    answer = run("eksempel", "--ut", tmp_path)
    assert answer.code == 1
    assert answer.err.endswith(f"Filen {tmp_path / 'x'} kan ikke brukes (disken er full).\n")
    assert names(tmp_path) == set()
