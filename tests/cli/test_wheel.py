"""The wheel: what is in it, and that it runs from nothing but itself and its dependencies."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hjul")
    build = [sys.executable, "-P", "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path) -> Path:
    folder = wheel.parent / "pakket ut"
    with zipfile.ZipFile(wheel) as package:
        package.extractall(folder)
    return folder


def _run(unpacked: Path, arguments: Sequence[object]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "desktop.cli", *map(str, arguments)],
        cwd=unpacked.parent,
        env={**os.environ, "PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_that_the_wheel_holds_the_program_its_resources_and_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        held = set(package.namelist())
    [info] = {name.partition("/")[0] for name in held if ".dist-info/" in name}
    assert {name.partition("/")[0] for name in held} == {"desktop", info}
    assert f"{info}/licenses/LICENSE" in held
    assert {
        "desktop/_resources/maler/motebok.docx",
        "desktop/_resources/i18n/nn/LC_MESSAGES/motebok.mo",
        "desktop/_resources/eksempel/moete-4-2023.toml",
        "desktop/cli/__main__.py",
    } <= held
    assert not [name for name in held if name.endswith((".pyc", ".motebok"))]
    resources = {
        path.relative_to(ROOT / "resources").as_posix()
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and path.name != ".gitkeep"
    }
    assert resources <= {name.removeprefix("desktop/_resources/") for name in held}


def test_that_the_wheel_names_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        [entry] = [name for name in package.namelist() if name.endswith("entry_points.txt")]
        text = package.read(entry).decode()
    assert "motebok = desktop.cli:main" in text


def test_that_the_wheel_makes_and_shows_the_example_by_itself(unpacked: Path) -> None:
    where = "import desktop, desktop.ressurser as r; print(desktop.__file__, r.resource_root())"
    found = subprocess.run(
        [sys.executable, "-P", "-c", where],
        cwd=unpacked.parent,
        env={**os.environ, "PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    package = unpacked / "desktop"
    assert found == f"{package / '__init__.py'} {package / '_resources'}\n"
    made = _run(unpacked, ["eksempel", "--ut", unpacked.parent / "ut"])
    assert made.returncode == 0, made.stderr
    assert len(made.stdout.splitlines()) == 13
    archive = unpacked.parent / "ut" / "eksempel.motebok"
    shown = _run(unpacked, ["vis", "--arkiv", archive, "--moete", "4/2023"])
    assert shown.returncode == 0
    assert "16:00            Slutt" in shown.stdout
