"""A full disk and a killed program: what was committed stands, what was not is gone."""

from __future__ import annotations

import random
import resource
from pathlib import Path

import pytest

from desktop.storage.archive import Archive
from desktop.storage.errors import ArchiveError
from tests.storage.killing import kill_rounds
from tests.storage.toy import Forelder, create, dump, raw, toy_settings


@pytest.mark.parametrize("way", ["operation", "typing", "seal"])
def test_that_a_full_disk_loses_nothing(archive: Archive, way: str):
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1", navn="a"))
    place = {"table": "forelder", "key": "f1", "field": "navn"}
    if way == "seal":
        with archive.typing("skriv", **place) as operation:
            operation.session.get_one(Forelder, "f1").navn = "x" * 50_000
    before, entries = dump(archive), archive.log()
    pages = raw(archive).execute("PRAGMA page_count").fetchone()[0]
    raw(archive).execute(f"PRAGMA max_page_count={pages + 1}")
    with pytest.raises(ArchiveError) as refused:  # noqa: PT012
        if way == "seal":
            archive.seal()
        elif way == "typing":
            with archive.typing("skriv", **place) as operation:
                operation.session.get_one(Forelder, "f1").navn = "x" * 50_000
        else:
            with archive.operation("endre") as operation:
                operation.session.get_one(Forelder, "f1").navn = "x" * 50_000
    assert refused.value.code == "disk_full"
    assert (dump(archive), archive.log()) == (before, entries)
    assert archive.verify().ok
    raw(archive).execute(f"PRAGMA max_page_count={pages + 1000}")
    with archive.operation("endre") as operation:
        operation.session.get_one(Forelder, "f1").navn = "y" * 50_000
    assert archive.verify().ok


def test_that_closing_on_a_full_disk_lets_go_of_the_file(tmp_path: Path):
    archive = create(tmp_path / "a.motebok")
    with archive.typing("skriv", table="forelder", key="f1", field="navn") as operation:
        operation.session.add(Forelder(id="f1", navn="x" * 50_000))
    pages = raw(archive).execute("PRAGMA page_count").fetchone()[0]
    raw(archive).execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(ArchiveError):
        archive.close()
    with Archive.open(archive.path, bruker="Ola", settings=toy_settings()) as again:
        assert again.recovered is not None
        assert again.verify().ok


def test_that_a_file_that_may_not_grow_loses_nothing(archive: Archive):
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1", navn="a"))
    before = dump(archive)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (archive.path.stat().st_size, hard))
    try:
        with pytest.raises(ArchiveError) as refused, archive.operation("endre") as operation:
            operation.session.get_one(Forelder, "f1").navn = "x" * 200_000
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refused.value.code in {"disk_full", "lese_skrivefeil"}
    assert dump(archive) == before
    assert archive.verify().ok


def test_that_a_killed_program_leaves_a_sound_archive(tmp_path: Path):
    found = kill_rounds(tmp_path, rounds=3, chance=random.Random(4))  # noqa: S311
    assert found.acknowledged > 0
    assert found.lost == 0
