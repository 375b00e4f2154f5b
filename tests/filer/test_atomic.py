"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.filer import atomic
from desktop.filer.atomic import SaveError, write_atomically


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.EIO, "failed"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "open", "replace"])
def test_that_a_failure_keeps_the_old_file_whole_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: int, code: str
):
    path = tmp_path / "a.docx"
    path.write_bytes(b"gammelt")

    def fail(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    target = {"fsync": atomic.os, "open": atomic.os, "replace": Path}[step]
    monkeypatch.setattr(target, step, fail)
    with pytest.raises(SaveError) as caught:
        write_atomically(path, b"nytt")
    monkeypatch.undo()
    assert (caught.value.code, caught.value.path) == (code, path)
    assert path.read_bytes() == b"gammelt"
    assert list(tmp_path.iterdir()) == [path]


def test_that_a_full_disk_keeps_the_old_file_whole(tmp_path: Path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"gammelt")
    script = f"""
import resource, signal, sys
from pathlib import Path
from desktop.filer.atomic import SaveError, write_atomically
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
try:
    write_atomically(Path({str(path)!r}), bytes(100_000))
except SaveError as error:
    sys.exit(0 if error.code == "disk_full" else 3)
sys.exit(4)
"""
    done = subprocess.run([sys.executable, "-c", script], check=False, cwd=Path.cwd())
    assert done.returncode == 0
    assert path.read_bytes() == b"gammelt"
    assert list(tmp_path.iterdir()) == [path]


def test_that_each_impossible_place_has_its_own_reason(tmp_path: Path):
    (tmp_path / "fil").write_bytes(b"")
    (tmp_path / "mappe").mkdir()
    for path, code in (
        (tmp_path / "borte" / "a.docx", "no_folder"),
        (tmp_path / "fil" / "a.docx", "not_a_folder"),
        (tmp_path / "mappe", "is_folder"),
        (tmp_path / ("a" * 300), "name_too_long"),
    ):
        with pytest.raises(SaveError) as caught:
            write_atomically(path, b"x")
        assert caught.value.code == code, path


def test_that_a_replaced_file_keeps_its_permissions(tmp_path: Path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"x")
    path.chmod(0o640)
    write_atomically(path, b"y")
    assert path.stat().st_mode & 0o777 == 0o640
