"""Every form an archive was ever released in opens, is upgraded and verifies clean."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.storage.archive import Archive
from desktop.storage.migrations import STEPS
from tests.storage.toy import raw

RELEASED = sorted((Path(__file__).with_name("arkiv")).glob("v*.motebok"))


def _form(archive: Archive) -> set[str]:
    found = raw(archive).execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {sql for (sql,) in found}


def test_that_every_version_has_its_archive():
    assert [path.stem for path in RELEASED] == [f"v{number + 1}" for number in range(len(STEPS))]


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.stem)
def test_that_a_released_archive_is_opened_and_verifies_clean(tmp_path: Path, path: Path):
    copy = Path(shutil.copy(path, tmp_path))
    with (
        Archive.open(copy, bruker="Ola") as archive,
        Archive.create(tmp_path / "ny.motebok", bruker="Ola") as new,
    ):
        report = archive.verify()
        assert report.problems == ()
        assert report.operations >= 5
        assert _form(archive) == _form(new)
        if path == RELEASED[-1]:
            archive.undo()
            assert archive.verify().ok
