"""Work on a copy of an archive: what the archive keeps, and that nothing is left of the copy."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.filer.atomic import SaveError
from desktop.importing.exchange import ImportProblems
from desktop.services import apart, backups
from desktop.services.importer import ImportReport, import_file
from desktop.storage.archive import Archive
from desktop.storage.errors import CannotOpenError, LockedError
from desktop.storage.lock import WriteLock, lock_path
from desktop.storage.verify import VerifyReport

SINCE = "2026-11-21T12:00:00+00:00"
NOON = dt.datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001  (local)


def on(_done: int, _total: int) -> bool:
    return True


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Do the jobs in this process, and give them a folder of their own for what is temporary."""
    place = tmp_path_factory.mktemp("midlertidig")
    monkeypatch.setattr(tempfile, "tempdir", str(place))

    def answer(job: str, values: tuple[object, ...], _progress: apart.Progress) -> object:
        try:
            return apart._JOBS[job](*values)
        except ImportProblems as problems:
            return problems

    monkeypatch.setattr(apart, "_answer", answer)
    return place


@pytest.fixture
def archive(example_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(example_path, tmp_path / "raad.motebok"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "tomt.motebok"
    Archive.create(path, bruker="Kari").close()
    return path


@pytest.fixture
def exchange_file(archive: Path, tmp_path: Path) -> Path:
    target = tmp_path / "ut.json"
    assert apart.export_apart(archive, target, on)
    return target


def take_in(
    archive: Path, file: Path, progress: apart.Progress = on
) -> ImportReport | ImportProblems | None:
    return apart.import_apart(archive, file, bruker="Kari", since=SINCE, progress=progress)


def operations(path: Path) -> int:
    with Archive.open(path, bruker="", read_only=True) as archive:
        return len(archive.log())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# What an import keeps


@pytest.mark.parametrize("mode", [0o600, 0o660])
def test_that_an_import_keeps_the_permissions_of_the_archive(
    empty: Path, exchange_file: Path, mode: int
):
    empty.chmod(mode)
    assert take_in(empty, exchange_file)
    assert stat.S_IMODE(empty.stat().st_mode) == mode
    assert operations(empty) == 1


def test_that_an_import_through_a_link_reaches_the_file_and_leaves_the_link(
    empty: Path, exchange_file: Path, tmp_path: Path
):
    (tmp_path / "andre").mkdir()
    link = tmp_path / "andre" / "snarvei.motebok"
    link.symlink_to(empty)
    assert take_in(link, exchange_file)
    assert link.is_symlink()
    assert not empty.is_symlink()
    assert operations(empty) == 1
    assert names(tmp_path / "andre") == ["snarvei.motebok"]


@pytest.mark.parametrize("held", ["tomt.motebok", "snarvei.motebok"])
def test_that_an_import_through_a_link_waits_for_who_has_opened_either(
    empty: Path, exchange_file: Path, tmp_path: Path, held: str
):
    link = tmp_path / "snarvei.motebok"
    link.symlink_to(empty)
    before = empty.read_bytes()
    lock = WriteLock(tmp_path / held, user="Ola", since=SINCE)
    try:
        with pytest.raises(LockedError):
            take_in(link, exchange_file)
    finally:
        lock.release()
    assert empty.read_bytes() == before
    assert take_in(link, exchange_file)


def test_that_a_copy_is_for_no_more_eyes_than_the_archive(
    empty: Path, exchange_file: Path, monkeypatch: pytest.MonkeyPatch
):
    empty.chmod(0o600)
    seen: list[int] = []

    def look(copy: Path, file: Path, bruker: str) -> ImportReport:
        seen.append(stat.S_IMODE(copy.stat().st_mode))
        with Archive.open(copy, bruker=bruker) as archive:
            return import_file(archive, file)

    monkeypatch.setattr(apart, "_JOBS", {"import": look})
    assert take_in(empty, exchange_file)
    assert seen == [0o600]


# How an import ends


def test_that_a_copy_that_cannot_be_removed_hides_no_report_and_holds_no_lock(
    empty: Path, exchange_file: Path, monkeypatch: pytest.MonkeyPatch
):
    real = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.name.startswith("tomt.motebok.importeres") and operations(empty):
            raise PermissionError(13, "nei", str(path))
        real(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    assert isinstance(take_in(empty, exchange_file), ImportReport)
    WriteLock(empty, user="Ola", since=SINCE).release()


def test_that_stopping_at_the_last_moment_leaves_the_archive_as_it_was(
    empty: Path, exchange_file: Path, monkeypatch: pytest.MonkeyPatch
):
    before, stopped = empty.read_bytes(), []
    real = apart._answer

    def answer(job: str, values: tuple[object, ...], progress: apart.Progress) -> object:
        found = real(job, values, progress)
        stopped.append(job)
        return found

    monkeypatch.setattr(apart, "_answer", answer)
    assert take_in(empty, exchange_file, lambda *_: not stopped) is None
    assert stopped == ["import"]
    assert empty.read_bytes() == before
    assert not lock_path(empty).exists()


# A damaged archive


def spoil(path: Path, start: int, length: int) -> None:
    data = bytearray(path.read_bytes())
    data[start : start + length] = b"\xff" * length
    path.write_bytes(data)


def zero_a_page(path: Path) -> None:
    place = random.Random(1).randrange(40, path.stat().st_size // 4096 - 1)  # noqa: S311
    spoil(path, place * 4096, 4096)


@pytest.mark.parametrize(
    "damage",
    [
        zero_a_page,
        lambda path: spoil(path, 100, 3996),
        lambda path: spoil(path, 4096, 36864),
        lambda path: path.write_bytes(path.read_bytes()[: 20 * 4096]),
    ],
    ids=["a page", "the schema", "many pages", "no end"],
)
def test_that_verifying_a_damaged_archive_reports_the_damage(
    archive: Path, damage: Callable[[Path], object], here: Path
):
    damage(archive)
    report = apart.verify_apart(archive, on)
    assert isinstance(report, VerifyReport)
    assert not report.ok
    assert "Sikkerhetskopien" not in " ".join(map(str, report.problems))
    assert names(here) == []


def test_that_verifying_finds_a_sound_archive_sound(archive: Path, here: Path):
    report = apart.verify_apart(archive, on)
    assert report is not None
    assert report.ok
    assert apart.verify_apart(archive, lambda *_: False) is None
    assert names(here) == []


def test_that_what_is_no_archive_is_refused_rather_than_reported(tmp_path: Path):
    with pytest.raises(CannotOpenError) as refused:
        apart.verify_apart(tmp_path / "borte.motebok", on)
    assert refused.value.code == "finnes_ikke"


# What is left


def test_that_an_export_that_is_killed_leaves_nothing_beside_the_target(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "mappe" / "ut.json"
    target.parent.mkdir()
    target.write_text("den gamle")
    touched: list[list[str]] = []

    def killed(_job: str, values: tuple[object, ...], _progress: apart.Progress) -> object:
        assert target.parent not in {Path(str(value)).parent for value in values}
        Path(str(values[1])).with_name(".motebok-1.tmp").write_text("halv")
        touched.append(names(target.parent))
        raise apart.ApartError("avbrutt")

    monkeypatch.setattr(apart, "_answer", killed)
    with pytest.raises(apart.ApartError):
        apart.export_apart(archive, target, on)
    assert touched == [["ut.json"]]
    assert names(target.parent) == ["ut.json"]
    assert target.read_text() == "den gamle"


def test_that_an_export_that_cannot_be_placed_is_told_and_leaves_nothing(
    archive: Path, tmp_path: Path, here: Path
):
    with pytest.raises(SaveError, match="no_folder"):
        apart.export_apart(archive, tmp_path / "borte" / "ut.json", on)
    assert names(here) == []


def left(place: Path, name: str, seconds: int) -> Path:
    folder = place / name
    folder.mkdir()
    (folder / "kopi.motebok").write_bytes(b"hemmelig")
    then = time.time() - seconds
    os.utime(folder, (then, then))
    return folder


def test_that_folders_of_killed_work_are_removed_by_the_next(archive: Path, here: Path):
    left(here, "motebok-arbeid-1", 600)
    assert apart.verify_apart(archive, on)
    assert names(here) == []


def test_that_only_folders_of_ours_that_nobody_uses_are_removed(archive: Path, here: Path):
    left(here, "motebok-abc", 600)
    left(here, "motebok-arbeid-ny", 5)
    used = left(here, "motebok-arbeid-brukt", 600)
    outside = left(here, "noe-annet", 600)
    (here / "motebok-arbeid-lenke").symlink_to(outside, target_is_directory=True)
    lock = WriteLock(used / "kopi.motebok", user="", since="")
    os.utime(used, (1, 1))
    try:
        assert apart.verify_apart(archive, on)
        assert (used / "kopi.motebok").read_bytes() == b"hemmelig"
    finally:
        lock.release()
    assert (outside / "kopi.motebok").exists()
    assert names(here) == [
        "motebok-abc",
        "motebok-arbeid-brukt",
        "motebok-arbeid-lenke",
        "motebok-arbeid-ny",
        "noe-annet",
    ]


def test_that_folders_of_other_users_are_left_alone(
    archive: Path, here: Path, monkeypatch: pytest.MonkeyPatch
):
    left(here, "motebok-arbeid-1", 600)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert apart.verify_apart(archive, on)
    assert names(here) == ["motebok-arbeid-1"]


def test_that_work_under_way_holds_its_folder_against_others(archive: Path, here: Path):
    running: list[str] = []

    def look(_done: int, _total: int) -> bool:
        folder = next(here.iterdir())
        os.utime(folder, (1, 1))
        apart._sweep()
        running.extend(names(folder))
        return True

    report = apart.verify_apart(archive, look)
    assert report is not None
    assert report.ok
    assert "kopi.motebok" in running


def test_that_a_killed_program_leaves_no_copy_after_the_next_opening(
    archive: Path, exchange_file: Path, tmp_path: Path
):
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from desktop.services import apart\n"
        "apart._answer = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "apart.import_apart(Path(sys.argv[1]), Path(sys.argv[2]), bruker='', since='',\n"
        "    progress=lambda *_: True)\n"
    )
    command = [sys.executable, "-c", code, str(archive), str(exchange_file)]
    assert subprocess.run(command, check=False).returncode < 0
    assert "raad.motebok.importeres" in names(tmp_path)
    Archive.open(archive, bruker="Kari").close()
    assert names(tmp_path) == ["raad.motebok", "ut.json"]


# The copies of a restore, which go the same way


def test_that_a_restore_keeps_the_link_and_the_permissions(archive: Path, tmp_path: Path):
    copy = tmp_path / "eldre.motebok"
    shutil.copy(archive, copy)
    copy.chmod(0o644)
    archive.chmod(0o600)
    link = tmp_path / "snarvei.motebok"
    link.symlink_to(archive)
    prepared = backups.prepare_restore(copy, link)
    assert prepared is not None
    kept = backups.swap_in(link, prepared, bruker="Kari", now=NOON)
    assert link.is_symlink()
    assert kept is not None
    assert not kept.is_symlink()
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert operations(link) == operations(kept)


def test_that_half_copies_of_a_killed_program_go_with_the_next_copy(archive: Path, tmp_path: Path):
    folder = tmp_path / "k"
    folder.mkdir()
    old, new = "raad 2026-11-18 1200.motebok", "raad 2026-11-21 1155.motebok"
    for name in (old, new, "annet 2026-11-18 1200.motebok"):
        (folder / f"{name}.ufullstendig").write_bytes(b"halv")
    assert backups.make_copy(archive, folder, now=NOON)
    assert names(folder) == [
        "annet 2026-11-18 1200.motebok.ufullstendig",
        f"{new}.ufullstendig",
        "raad 2026-11-21 1200.motebok",
    ]
