"""A screen that is not there is said in one Norwegian sentence, and never ends in a signal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app.display import ending_in_norwegian, has_display

ROOT = Path(__file__).parents[2]
NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")


def started(home, **named):
    """Start the program with a screen named in the environment."""
    environment = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(
        [sys.executable, "-P", "-m", "desktop"],
        env={**environment, "HOME": str(home), "PYTHONPATH": str(ROOT), **named},
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(
    "named",
    [
        {"DISPLAY": ":4711"},
        {"WAYLAND_DISPLAY": "wayland-4711"},
        {"QT_QPA_PLATFORM": "finnesikke"},
    ],
)
def test_that_a_screen_that_does_not_answer_is_one_norwegian_sentence(tmp_path, named):
    ended = started(tmp_path, **named)
    (line,) = ended.stderr.splitlines()
    name, value = next(iter(named.items()))
    assert line.startswith(f"Møtebok fikk ikke kontakt med skjermen ({name}={value}).")
    assert ended.returncode == 1
    assert ended.stdout == ""


def test_that_no_screen_at_all_is_said_too(tmp_path):
    ended = started(tmp_path)
    (line,) = ended.stderr.splitlines()
    assert line.startswith("Møtebok trenger en skjerm for å vise vinduet.")
    assert ended.returncode == 1


def test_that_what_qt_says_is_passed_on_where_there_is_a_screen(qapp, capsys):
    from PySide6.QtCore import qWarning  # noqa: PLC0415

    assert has_display()
    with ending_in_norwegian():
        qWarning("En liten ting")
    assert capsys.readouterr().err == "Qt: En liten ting\n"
