"""Composes the program: the window first, the store behind it, then the pages."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.app.display import ending_in_norwegian, has_display, say_no_display
from desktop.app.first_paint import FirstPaint
from desktop.viewmodels.preferences import Preferences
from desktop.views.main_window import MainWindow
from desktop.views.theme import apply_theme


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window.

    Returns:
        The exit code: 1 where there is no display to show it on.
    """
    archive = _archive(argv)
    if not has_display():
        return say_no_display()
    with ending_in_norwegian():
        application = QApplication(["motebok"])
    application.setApplicationName("Møtebok")
    preferences = Preferences()
    apply_theme(application, preferences.appearance())
    window = MainWindow(preferences)
    if not (archive or preferences.recent()):
        window.hide_navigation()
    first_paint = FirstPaint(window)

    def open_archive() -> None:
        from desktop.app.first_look import first_look  # noqa: PLC0415

        look = first_look(window, preferences, archive)  # a thread reads while this goes on
        from desktop.app.opening import Opening  # noqa: PLC0415
        from desktop.viewmodels.translator import NorwegianTranslator  # noqa: PLC0415

        application.installTranslator(NorwegianTranslator(application))
        Opening(application, window, preferences, archive).start(look)

    first_paint.passed.connect(open_archive)
    window.show()
    return application.exec()


def _archive(argv: Sequence[str] | None) -> Path | None:
    """Return the archive that is asked for; argparse is loaded only for what is not plain."""
    given = list(sys.argv[1:] if argv is None else argv)
    if not given:
        return None
    if len(given) == 2 and given[0] == "--arkiv":
        return Path(given[1])
    import argparse  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="motebok", description="Åpner vinduet til Møtebok.")
    parser.add_argument("--arkiv", type=Path, metavar="FIL", help="arkivfilen (*.motebok)")
    asked_for: Path | None = parser.parse_args(given).arkiv
    return asked_for
