"""Whether there is a screen to show the window on, and one Norwegian sentence where there is none.

Qt says in English why it has no screen, and ends the program with a signal. What it says before
there is an application is therefore held back, and its last word is exchanged for ours.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

NO_DISPLAY: Final = 1
_WANTED: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_LIBRARY: Final = "xcb-cursor"
_INSTEAD: Final = "bruk kommandoene: python3 start.py --help"


def has_display() -> bool:
    """Tell whether somebody named a screen to show a window on."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in _WANTED)


def say_no_display() -> int:
    """Say that no screen is named; return the exit code."""
    print(_sentence("", ""), file=sys.stderr)
    return NO_DISPLAY


def _named() -> str:
    """Return what names the screen, as it stands in the environment; "" for nothing."""
    return next((f"{name}={os.environ[name]}" for name in _WANTED if os.environ.get(name)), "")


def _sentence(named: str, said: str) -> str:
    """Return what to say of the screen that is named, by what Qt said about it."""
    if not named:
        return (
            "Møtebok trenger en skjerm for å vise vinduet. Logg inn på en maskin med skjerm, eller "
            f"{_INSTEAD}"
        )
    if _LIBRARY in said and "could not connect" not in said:
        return (
            "Møtebok mangler et bibliotek for å vise vinduet. Installer pakken libxcb-cursor0, "
            f"eller {_INSTEAD}"
        )
    return (
        f"Møtebok fikk ikke kontakt med skjermen ({named}). Se til at den er på og tilgjengelig "
        f"for deg, eller {_INSTEAD}"
    )


@contextmanager
def ending_in_norwegian() -> Iterator[None]:
    """Hold back what Qt says; where it would abort, say why and leave with `NO_DISPLAY`."""
    said: list[str] = []
    named = _named()

    def hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        said.append(text)
        if kind is QtMsgType.QtFatalMsg:
            print(_sentence(named, "\n".join(said)), file=sys.stderr, flush=True)
            os._exit(NO_DISPLAY)

    if not os.environ.get("XDG_RUNTIME_DIR") and "/" not in os.environ.get("WAYLAND_DISPLAY", "/"):
        del os.environ["WAYLAND_DISPLAY"]  # Wayland says in English that it needs the folder
    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
    for text in said:
        print(f"Qt: {text}", file=sys.stderr)
