"""Hostile clipboards are pasted in a program of its own, and nothing they point to is touched."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.window.hostile_clipboards import HTML, OTHERS

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("paste_program.py")
# Everything that names a file or reaches a network; Qt's own calls included.
TRACED = "trace=%file,socket,connect,sendto,sendmsg,bind"


@pytest.fixture(scope="module")
def pasted(tmp_path_factory):
    """Paste them all once; return what the program printed, what strace saw, who knocked."""
    folder = tmp_path_factory.mktemp("utklipp")
    log = folder / "strace.txt"
    tracer = ["strace", "-f", "-qq", "-e", TRACED, "-o", str(log)] if shutil.which("strace") else []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        result = subprocess.run(
            [*tracer, sys.executable, str(PROGRAM), str(folder), str(port)],
            env=environment, capture_output=True, text=True, check=False, timeout=120, cwd=folder,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        try:
            knocked = server.accept()
        except BlockingIOError:
            knocked = None
    trace = log.read_text(errors="replace").splitlines() if tracer else None
    return json.loads(result.stdout.splitlines()[-1]), trace, knocked


def between_marks(trace):
    begin = next(number for number, line in enumerate(trace) if "/begynner" in line)
    end = next(number for number, line in enumerate(trace) if "/ferdig" in line)
    return [line for line in trace[begin + 1 : end] if "/begynner" not in line]


def test_that_there_are_more_than_thirty_hostile_clipboards():
    assert len(HTML) >= 30
    assert len(OTHERS) >= 5


def test_that_every_one_of_them_gave_its_text(pasted):
    texts = pasted[0]["tekster"]
    assert texts.keys() == HTML.keys() | OTHERS.keys()
    assert all(re.search("[xad]", texts[name]) for name in HTML)


def test_that_python_opened_nothing_while_pasting(pasted):
    assert pasted[0]["sett"] == []


def test_that_nobody_reached_the_network(pasted):
    assert pasted[2] is None


def test_that_no_file_and_no_socket_was_touched_by_qt_either(pasted):
    trace = pasted[1]
    # Without strace the other tests must speak for themselves.
    touched = between_marks(trace) if trace is not None else []
    assert touched == []


def test_that_the_watcher_sees_a_stock_editor_open_the_picture(pasted):
    trace = pasted[1]
    if trace is None:
        assert shutil.which("strace") is None
        return
    end = next(number for number, line in enumerate(trace) if "/ferdig" in line)
    assert any("bilde.png" in line for line in trace[end:])
