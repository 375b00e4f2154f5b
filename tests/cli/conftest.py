"""The example archive, made once by its own command, and ways to run `motebok`."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run a command in this process."""
    threshold = gc.get_threshold()

    def call(*arguments: object, foreseen: bool = True) -> Answer:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert not (foreseen and "uventet" in said.err)
        return Answer(code, said.out, said.err)

    yield call
    gc.set_threshold(*threshold)


def start(*arguments: object, cwd: Path = ROOT, **options: object) -> subprocess.Popen[str]:
    """Start a command as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.update(options.pop("env", {}))
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "desktop.cli", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        encoding="utf-8",
        **options,
    )


def finish(process: subprocess.Popen[str]) -> Answer:
    out, err = process.communicate(timeout=SECONDS)
    return Answer(process.returncode, out or "", err or "")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Answer]:
    """The folder of the example archive with its documents, and what the command said."""
    folder = tmp_path_factory.mktemp("eksempel")
    answer = finish(start("eksempel", "--ut", folder))
    assert answer.code == 0, answer.err
    return folder, answer


@pytest.fixture
def example(made: tuple[Path, Answer], tmp_path: Path) -> Path:
    """A copy of the example archive, alone in its folder."""
    folder = tmp_path / "arkiv"
    folder.mkdir()
    return Path(shutil.copy(made[0] / "eksempel.motebok", folder))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
