"""The whole program in a test: the window, the pages of a stub, and a way to wait for it."""

import importlib.util
import sys
from pathlib import Path
from types import MappingProxyType

import pytest

from desktop.app import opening as opening_module
from desktop.app import pages as pages_module
from desktop.app.first_look import first_look
from desktop.app.opening import Opening
from desktop.viewmodels.targets import Place
from desktop.views.main_window import MainWindow

STUBS = "motebok_stub_pages"


def stub_the_pages(monkeypatch):
    """Put stubs in the place of every page but the front page."""
    spec = importlib.util.spec_from_file_location(STUBS, Path(__file__).with_name("stub_pages.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, STUBS, module)
    held = dict.fromkeys(Place, (STUBS, "StubPage"))
    held[Place.OVERSIKT] = pages_module.PAGES[Place.OVERSIKT]
    monkeypatch.setattr(pages_module, "PAGES", MappingProxyType(held))


@pytest.fixture(name="program")
def start_program(qtbot, qapp, preferences, monkeypatch, tmp_path):
    """Start the program; called with a path or None, it returns the Opening when it has opened."""
    stub_the_pages(monkeypatch)
    monkeypatch.setattr("desktop.views.welcome.documents_folder", lambda: tmp_path / "Dokumenter")
    monkeypatch.setattr(
        "desktop.app.first_start.documents_folder", lambda: tmp_path / "Dokumenter", raising=False
    )
    monkeypatch.setattr(opening_module, "_DAILY_BACKUP_AFTER_MS", 3_600_000)

    def start(path=None):
        window = MainWindow(preferences)
        qtbot.addWidget(window)
        window.resize(1024, 700)
        window.show()
        opening = Opening(qapp, window, preferences, path)
        opening.start(first_look(window, preferences, path))
        qtbot.waitUntil(lambda: is_open(opening), timeout=15_000)
        return opening

    return start


def is_open(opening):
    first_start = getattr(opening, "first_start", None)
    return opening.desk is not None or (first_start is not None and first_start.page is not None)
