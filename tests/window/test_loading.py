"""What is imported where: the store in a thread, the window in turns of the event loop."""

import subprocess
import sys

from desktop.app.loading import FIRST, store_modules, window_modules

_WITHOUT_QT = """
import sys
from importlib import import_module
for name in sys.argv[1:]:
    import_module(name)
print(*(name for name in sys.modules if name.startswith("PySide6")))
"""
_LEFT_OVER = """
import sys
from importlib import import_module
from desktop.app.loading import FIRST, store_modules, window_modules
for name in (*FIRST, *store_modules()):
    import_module(name)
known = set(sys.modules)
for name in window_modules():
    import_module(name)
ours = ("desktop.app", "desktop.quick", "desktop.viewmodels", "desktop.views")
print(*(name for name in set(sys.modules) - known
        if name.startswith("desktop.") and not name.startswith(ours)))
print("desktop.views.pages.saker" in sys.modules)
"""


def _told(code, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_that_the_thread_imports_nothing_of_qt():
    first_look = ("desktop.services.front_page", "desktop.storage.glance")
    assert _told(_WITHOUT_QT, *first_look, *FIRST, *store_modules()).strip() == ""


def test_that_the_window_finds_all_it_needs_of_the_store_imported():
    left_over, has_pages = _told(_LEFT_OVER).splitlines()
    assert has_pages == "True"
    assert left_over.split() == []


def test_that_the_first_look_needs_no_sqlalchemy():
    code = _WITHOUT_QT.replace("PySide6", "sqlalchemy")
    assert _told(code, "desktop.services.front_page", "desktop.storage.glance").strip() == ""


def test_that_every_module_of_the_window_is_imported_in_a_turn():
    names = list(window_modules())
    assert len(names) == len(set(names)) > 90
