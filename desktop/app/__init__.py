"""Composes the program: the window first, the store behind it, then the pages."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.translator import NorwegianTranslator
from desktop.views.main_window import MainWindow, simple_page
from desktop.views.theme import apply_theme
from desktop.views.words import _

NO_DISPLAY = 1


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window.

    Returns:
        The exit code: 1 where there is no display to show it on.
    """
    arguments = _arguments(argv)
    if not has_display():
        print(
            "Møtebok trenger en skjerm for å vise vinduet. Logg inn på en maskin med skjerm, eller "
            "bruk kommandoene: python3 start.py --help",
            file=sys.stderr,
        )
        return NO_DISPLAY
    application = QApplication(["motebok"])
    application.setApplicationName("Møtebok")
    preferences = Preferences()
    translator = NorwegianTranslator(application)
    application.installTranslator(translator)
    apply_theme(application, preferences.appearance())
    window = MainWindow(preferences)
    window.show_alone(simple_page(_("Åpner arkivet …")))
    window.show()
    from desktop.app.opening import Opening  # noqa: PLC0415

    opening = Opening(application, window, preferences, arguments.arkiv)
    opening.start()
    return application.exec()


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="motebok", description="Åpner vinduet til Møtebok.")
    parser.add_argument("--arkiv", type=Path, metavar="FIL", help="arkivfilen (*.motebok)")
    return parser.parse_args(argv)


def has_display() -> bool:
    """Tell whether there is somewhere to show a window."""
    if sys.platform in {"win32", "darwin"}:
        return True
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in wanted)
