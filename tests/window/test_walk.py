"""A walk through every page, tab and simple dialog: each control has a name, each word is ours.

The walk runs in a process of its own, where everything the catalogue returns is wrapped in marks:
a text with letters and no mark was never looked up.
"""

# The views are imported after the catalogue is marked.
# ruff: noqa: PLC0415

# ruff: noqa: PLC0415  (the catalogue is marked before the views are imported)
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTableView,
    QTabWidget,
    QTextEdit,
    QToolButton,
    QWidget,
)

from desktop.viewmodels.translator import NorwegianTranslator

ROOT = Path(__file__).parents[2]
MARK = "\u2060"
NAMED = (
    QLineEdit,
    QComboBox,
    QAbstractSpinBox,
    QPlainTextEdit,
    QTextEdit,
    QAbstractItemView,
    QTabWidget,
)
WHOLE = (QComboBox, QAbstractSpinBox, QScrollBar, QTabBar, QHeaderView)

# The menus that offer what the archive holds, by the name of their button.
MENUS_OF_DATA = {"Sett inn frase i forslaget til vedtak": "the utvalg's own phrases"}

# How the numbers of a list look: letters in their order, the same in every language.
SAMPLES = frozenset({"a. b. c.", "a) b) c)"})


def mark_the_catalogue():
    """Wrap everything the catalogue returns."""
    from desktop.i18n.catalogue import Words

    def marking(made):
        def call(*arguments):
            text = made(*arguments)
            return f"{MARK}{text}{MARK}" if text else text

        return call

    for name in ("__call__", "plural", "context"):
        setattr(Words, name, marking(getattr(Words, name)))


def is_inner(widget):
    """Tell whether Qt made a widget as a part of another."""
    if widget.objectName().startswith("qt_") or "Corner" in widget.metaObject().className():
        return True
    if isinstance(widget, QHeaderView):
        return True
    parent = widget.parentWidget()
    if isinstance(widget, QToolButton) and isinstance(parent, QLineEdit):
        return True
    while parent is not None:
        if isinstance(parent, WHOLE):
            return True
        parent = parent.parentWidget()
    return False


class Walk:
    """What was found wrong so far."""

    def __init__(self):
        self.unnamed, self.untranslated, self.seen = set(), set(), set()

    def look(self, root, where):
        """Look at every visible control of a window."""
        QApplication.processEvents()
        buddies = {
            label.buddy()
            for label in root.findChildren(QLabel)
            if label.buddy() is not None and label.text()
        }
        for widget in (root, *root.findChildren(QWidget)):
            if widget.isVisible() and not is_inner(widget):
                self._name(widget, where, buddies)
                self._words(widget, where)
        for menu in root.findChildren(QMenu):
            opener = menu.parentWidget()
            name = opener.accessibleName() if opener is not None else ""
            if name.replace(MARK, "") not in MENUS_OF_DATA:
                self._menu(menu, where)

    def _name(self, widget, where, buddies):
        kind = widget.metaObject().className()
        named = widget.accessibleName() or widget in buddies
        if isinstance(widget, QTabWidget):
            named = named or widget.tabBar().accessibleName()
        if isinstance(widget, QAbstractButton):
            named = named or widget.text()
        elif not isinstance(widget, NAMED):
            return
        self.seen.add(kind)
        if not named:
            self.unnamed.add(f"{where}: {kind} {widget.objectName() or widget.toolTip()}")

    def _words(self, widget, where):
        for text in static_texts(widget):
            self._word(text, where, widget.metaObject().className())
        for action in widget.actions():
            self._word(action.text(), where, "QAction")

    def _menu(self, menu, where):
        for action in menu.actions():
            self._word(action.text(), where, "QMenu")

    def _word(self, text, where, kind):
        if re.search(r"[^\W\d_]", text) and MARK not in text and text not in SAMPLES:
            self.untranslated.add(f"{where}: {kind} «{text}»")


def static_texts(widget):
    """Return the texts of a control that are the program's own."""
    if isinstance(widget, QAbstractButton):
        yield from (widget.text(), widget.toolTip())
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QTabWidget):
        bar = widget.tabBar()
        for place in range(bar.count()):
            yield from (bar.tabText(place), bar.tabToolTip(place))
    elif isinstance(widget, QTableView):
        header, role = widget.horizontalHeader(), 0
        for place in range(header.count()):
            value = widget.model().headerData(place, header.orientation(), role)
            yield str(value or "")
    elif isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        yield widget.placeholderText()
        if not widget.isReadOnly():
            yield widget.toolTip()


def walk_all(archive, folder):
    """Walk through the program; return what was found."""
    mark_the_catalogue()
    from PySide6.QtTest import QTest

    from desktop.app.opening import Opening
    from desktop.viewmodels.preferences import Preferences
    from desktop.viewmodels.targets import Place
    from desktop.views.main_window import MainWindow

    application, walk = QApplication([]), Walk()
    application.installTranslator(NorwegianTranslator(application))
    window = MainWindow(Preferences(folder / "motebok.ini"))
    window.resize(1180, 760)
    window.show()
    opening = Opening(application, window, window.preferences)
    opening.start()
    while getattr(opening, "first_start", None) is None or opening.first_start.page is None:
        QTest.qWait(10)
    walk.look(window, "velkommen")
    assert opening.open(archive)
    for place in Place:
        opening.go(target_of(place))
        page = opening.pages.holders[place].ensure()
        walk_tabs(walk, window, page, place.value)
    walk_settings(walk, window, opening)
    walk_meeting(walk, window, opening, QTest)
    walk_dialogs(walk, window, opening)
    opening.tasks.wait()
    window.close()
    return walk


def target_of(place):
    """Return the target of a page."""
    from desktop.viewmodels.targets import Target

    return Target(place)


def walk_tabs(walk, window, page, where):
    """Look at a page, and at each of its tabs."""
    walk.look(window, where)
    for tabs in page.findChildren(QTabWidget):
        if tabs.isVisible():
            for place in range(tabs.count()):
                tabs.setCurrentIndex(place)
                walk.look(window, f"{where}/{place}")
            tabs.setCurrentIndex(0)


def walk_settings(walk, window, opening):
    """Look at each part of the settings."""
    from desktop.viewmodels.targets import Place

    opening.go(target_of(Place.INNSTILLINGER))
    page = opening.pages.holders[Place.INNSTILLINGER].page
    for place in range(page.list.count()):
        page.list.setCurrentRow(place)
        walk.look(window, f"innstillinger/{place}")


def walk_meeting(walk, window, opening, qtest):
    """Look at the tabs of a meeting."""
    from desktop.viewmodels.targets import Place

    opening.go(target_of(Place.MOETER))
    page = opening.pages.holders[Place.MOETER].page
    page.list.open_current()
    tabs = page.workspace.tabs
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        qtest.qWait(20)
        walk_tabs(walk, window, tabs.currentWidget(), f"møte/{place}")
    tabs.setCurrentIndex(0)
    agenda = page.workspace.tab(page.workspace.current_tab())
    agenda.new_sak.begin()
    walk.look(window, "møte/ny sak")


def walk_dialogs(walk, window, opening):
    """Look at the dialogs that need no more than the open archive."""
    from desktop.services.koe import utvalg_names
    from desktop.views.findings import FindingsDialog
    from desktop.views.moete.plan_dialog import MoeteDialog
    from desktop.views.pages.innstillinger_utvalg import UtvalgDialog
    from desktop.views.pages.medlemmer_dialoger import (
        OrganisationDialog,
        PersonDialog,
        SeatDialog,
    )
    from desktop.views.pages.medlemmer_liminn import PasteDialog
    from desktop.views.pages.saker_dialog import SakDialog
    from desktop.views.restore import RestoreDialog
    from desktop.views.shortcuts import AboutDialog, ShortcutsDialog
    from desktop.views.unexpected import UnexpectedDialog

    desk = opening.desk
    utvalg_id, name = desk.read(utvalg_names)[0]
    for make in (
        lambda: ShortcutsDialog(window),
        lambda: AboutDialog(window),
        lambda: UnexpectedDialog(window, None, "spor"),
        lambda: RestoreDialog(window, opening.tasks, desk.path, desk.path.parent),
        lambda: FindingsDialog(window, f"{MARK}Funn", "Noe", ["en linje"]),
        lambda: MoeteDialog(desk, window, utvalg_id=utvalg_id),
        lambda: UtvalgDialog(window, desk),
        lambda: PersonDialog(window, desk),
        lambda: OrganisationDialog(window, desk),
        lambda: SeatDialog(window, desk, utvalg_id),
        lambda: PasteDialog(window, desk, utvalg_id, name),
        lambda: SakDialog(window, desk, utvalg_id),
    ):
        dialog = make()
        dialog.show()
        walk.look(dialog, dialog.metaObject().className())
        dialog.close()


@pytest.fixture(scope="module")
def walked(example_file, tmp_path_factory):
    folder = tmp_path_factory.mktemp("gang")
    archive = folder / "eksempel.motebok"
    archive.write_bytes(example_file.read_bytes())
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    code = (
        "import runpy, sys; "
        f"found = runpy.run_path({str(Path(__file__))!r}, run_name='walk'); "
        "found['tell'](sys.argv[1])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(archive)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


def tell(archive):
    """Walk, and print what was found."""
    path = Path(archive)
    walk = walk_all(path, path.parent)
    parts = {name: sorted(getattr(walk, name)) for name in ("unnamed", "untranslated", "seen")}
    print(json.dumps(parts))


def test_that_the_walk_meets_the_kinds_of_control_it_judges(walked):
    assert {"QPushButton", "QToolButton", "QLineEdit", "QTableView", "QTabWidget"} <= set(
        walked["seen"]
    )


def test_that_every_visible_control_has_a_name_for_screen_readers(walked):
    assert walked["unnamed"] == []


# The menu «Sett inn frase» lists the utvalg's own phrases: data of the archive.
PHRASES = "QMenu «Nasjonalt e-helseråd godkjenner "


def test_that_every_text_of_a_static_control_is_from_the_catalogue(walked):
    assert [text for text in walked["untranslated"] if PHRASES not in text] == []


NO_BUTTONS = {
    "NoButton",
    "FirstButton",
    "LastButton",
    "Default",
    "Escape",
    "FlagMask",
    "ButtonMask",
}


@pytest.mark.parametrize("box", [QDialogButtonBox, QMessageBox])
def test_that_the_standard_buttons_of_qt_are_norwegian(qapp, qtbot, box):
    translator = NorwegianTranslator()
    qapp.installTranslator(translator)
    try:
        made = box()
        qtbot.addWidget(made)
        shown = {
            kind.name: made.addButton(kind).text().replace("&", "")
            for kind in box.StandardButton
            if kind.name not in NO_BUTTONS
        }
    finally:
        qapp.removeTranslator(translator)
    words = re.compile(
        r"\b(Save|All|Open|Yes|No|to|Abort|Retry|Ignore|Close|Cancel|Discard|Don't|Help|Apply|"
        r"Reset|Restore|Defaults|without|Saving)\b"
    )
    assert len(shown) > 15
    assert {name: text for name, text in shown.items() if words.search(text)} == {}
