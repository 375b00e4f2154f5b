"""`motebok` as a process: what it loads, how it ends, and what it says of the unexpected."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli import vis
from desktop.cli.main import main as command_line
from desktop.cli.opening import user_name
from tests.cli.commands import command
from tests.cli.conftest import ROOT, Answer, finish, start

_LOADED = """
import sys
from desktop.cli.main import main
code = main(sys.argv[1:])
sys.stdout.flush()
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""
HEAVY = ("docx", "lxml", "PySide6", "shiboken6", "alembic", "openpyxl", "jsonschema", "babel")


@pytest.mark.parametrize("name", ["vis", "historikk", "verifiser", "angre", "eksporter"])
def test_that_a_command_loads_neither_word_nor_window_nor_migrations(
    example: Path, name: str
) -> None:
    arguments = command(name, example, example.parent)
    run = subprocess.run(
        [sys.executable, "-P", "-X", "utf8", "-c", _LOADED, *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    loaded = {module.partition(".")[0] for module in run.stderr.splitlines()}
    assert "sqlalchemy" in loaded
    assert loaded.isdisjoint(HEAVY), loaded & set(HEAVY)


def test_that_help_loads_no_database() -> None:
    code = (
        "import sys; from desktop.cli.main import make_parser; make_parser().format_help();"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_that_a_reader_who_leaves_early_is_no_error(made: tuple[Path, Answer]) -> None:
    archive = made[0] / "eksempel.motebok"
    process = start("historikk", "--arkiv", archive, "--sak", "20/23")
    process.stdout.close()
    process.stdout = None
    answer = finish(process)
    assert answer.err == ""
    assert answer.code == 1


@pytest.mark.parametrize("arguments", [["--help"], ["vis", "--moete", "4/2023"]])
def test_that_an_answer_that_cannot_be_written_is_told(
    made: tuple[Path, Answer], arguments: list[str]
) -> None:
    if arguments[0] == "vis":
        arguments = [*arguments, "--arkiv", str(made[0] / "eksempel.motebok")]
    with Path("/dev/full").open("w") as full:
        answer = finish(start(*arguments, stdout=full))
    assert answer.code in {0, 1}
    assert "Exception" not in answer.err
    assert "No space" not in answer.err
    assert arguments[0] == "--help" or "disken er full" in answer.err


def test_that_a_closed_output_is_no_error(made: tuple[Path, Answer]) -> None:
    code = (
        "import sys; from desktop.cli.main import main\n"
        "sys.stdout = None\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    arguments = ["vis", "--arkiv", str(made[0] / "eksempel.motebok"), "--moete", "4/2023"]
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, b"")


def test_that_norwegian_letters_come_out_whatever_the_locale(made: tuple[Path, Answer]) -> None:
    archive = made[0] / "eksempel.motebok"
    arguments = ["vis", "--arkiv", archive, "--moete", "4/2023"]
    answer = finish(start(*arguments, env={"LC_ALL": "C", "PYTHONUTF8": "0"}))
    assert answer.code == 0
    assert "Møte 4/2023 i Nasjonalt e-helseråd" in answer.out


def test_that_a_path_with_odd_letters_is_used_and_told(
    made: tuple[Path, Answer], tmp_path: Path
) -> None:
    folder = tmp_path / "Årsmøte «æøå» 100 % #1?"
    archive = made[0] / "eksempel.motebok"
    arguments = ["--moete", "4/2023", "--type", "innkalling", "--ut", folder]
    answer = finish(start("dokumenter", "--arkiv", archive, *arguments))
    assert answer.code == 0
    assert str(folder / "Innkalling 4-2023.docx") in answer.out
    copy = folder / "arkiv æ?#%.motebok"
    copy.write_bytes(archive.read_bytes())
    assert finish(start("vis", "--arkiv", copy, "--moete", "4/2023")).code == 0


def _break(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    def fail(_arguments: object) -> int:
        raise ZeroDivisionError("første linje\nandre linje")

    monkeypatch.setattr(vis, "run", fail)
    return ["vis", "--arkiv", "a", "--moete", "4/2023"]


def test_that_the_unexpected_is_one_norwegian_message_and_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MOTEBOK_FEILSOEK", raising=False)
    assert command_line(_break(monkeypatch)) == 1
    said = capsys.readouterr().err
    assert said.startswith("Noe uventet gikk galt, og kommandoen ble ikke fullført.")
    assert said.endswith("ZeroDivisionError: første linje\n")
    assert "Traceback" not in said


def test_that_the_traceback_is_shown_to_whoever_asks_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MOTEBOK_FEILSOEK", "1")
    with pytest.raises(ZeroDivisionError):
        command_line(_break(monkeypatch))


def test_that_ctrl_c_is_130_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = _break(monkeypatch)

    def interrupt(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(vis, "run", interrupt)
    assert command_line(arguments) == 130
    assert capsys.readouterr().err == "Avbrutt. Det som er lagret, er i behold.\n"


def test_that_a_user_without_a_name_is_called_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError("no user")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert user_name() == "ukjent"
