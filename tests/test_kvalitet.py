"""The checks of the house, run with the tests so that nobody has to remember them."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 500
ALLOWED_LONG: dict[str, str] = {}


def run(*command: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_that_ruff_finds_nothing():
    run("ruff", "check", ".")


def test_that_the_code_is_formatted():
    run("ruff", "format", "--check", ".")


def test_that_the_types_are_strict_and_sound():
    run("mypy")


def test_that_imports_only_point_down():
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", python_files("desktop"), ids=lambda p: str(p.relative_to(ROOT)))
def test_that_no_file_is_far_too_long(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_that_rules_richtext_and_filer_import_the_standard_library_alone():
    foreign = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in python_files("desktop/rules", "desktop/richtext", "desktop/filer")
        for name in imported_packages(path)
        if name not in sys.stdlib_module_names and name != "desktop"
    }
    assert foreign == set()


def imported_packages(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    ]
    names += [
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    ]
    return {name.partition(".")[0] for name in names}


def test_that_no_test_is_skipped():
    marks = ("pytest.mark.skip", "pytest.mark.xfail", "pytest.skip(", "importorskip(")
    found = [
        f"{path.relative_to(ROOT)}: {mark}"
        for path in python_files("tests")
        if path != Path(__file__)
        for mark in marks
        if mark in path.read_text(encoding="utf-8")
    ]
    assert found == []
