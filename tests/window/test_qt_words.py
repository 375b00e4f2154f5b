"""What Qt itself says, in Norwegian: its file dialog, its menus, and the names of the keys."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QLabel,
    QLineEdit,
    QTextEdit,
    QTreeView,
    QWidget,
)

from desktop.viewmodels.translator import NorwegianTranslator

ENGLISH = re.compile(
    r"\b(Look|in:|Files? of|name|Date|Modified|Size|Kind|Recent|Places|Computer|Folder|Directory|"
    r"Show|hidden|files|Rename|Delete|Back|Forward|Parent|New|List|Detail|View|Open|Save|Choose|"
    r"Cancel|Sidebar|Places|Scroll|here|Top|Bottom|Page|Undo|Redo|Cut|Copy|Paste|Select|All)\b",
    re.IGNORECASE,
)
CONTEXTS = {
    "QFileDialog": (
        "Look in:",
        "Files of type:",
        "Recent Places",
        "Show &hidden files",
        "List of places and bookmarks",
        "%1 already exists.\nDo you want to replace it?",
        "%1\nFile not found.\nPlease verify the correct file name was given.",
        "%1\nDirectory not found.\nPlease verify the correct directory name was given.",
        "Are you sure you want to delete '%1'?",
        "'%1' is write protected.\nDo you want to delete it anyway?",
        "Could not delete directory.",
    ),
    "QFileSystemModel": ("Date Modified", "Size", "Computer", "Invalid filename"),
    "QScrollBar": ("Scroll here", "Top", "Bottom", "Page up", "Left edge", "Scroll right"),
    "QAccessibleActionInterface": ("Press", "ShowMenu", "Toggles the state", "Next Page"),
}


@pytest.fixture
def norwegian(qapp):
    translator = NorwegianTranslator()
    qapp.installTranslator(translator)
    yield translator
    qapp.removeTranslator(translator)


def said_by(root: QWidget) -> set[str]:
    """Return every text, tooltip, action and name of a widget and of what is in it."""
    said: set[str] = set()
    for widget in [root, *root.findChildren(QWidget)]:
        said |= {widget.toolTip(), widget.accessibleName()}
        if isinstance(widget, QAbstractButton | QLabel):
            said.add(widget.text())
        said |= {step.text() for step in widget.actions()}
    said |= {step.text() for step in root.findChildren(QAction)}
    return {one.replace("&", "").strip() for one in said if one.strip()}


@pytest.mark.parametrize(
    "mode", [QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave]
)
def test_that_the_file_dialog_of_qt_says_nothing_in_english(qtbot, norwegian, mode, tmp_path):
    dialog = QFileDialog(None, "Velg fil", str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    dialog.ensurePolished()
    said = said_by(dialog)
    header = dialog.findChild(QTreeView).model()
    said |= {
        str(header.headerData(place, Qt.Orientation.Horizontal))
        for place in range(header.columnCount())
    }
    assert {"Søk i:", "Filtype:", "Navn", "Størrelse", "Endret"} <= said
    assert {one for one in said if ENGLISH.search(one)} == set()


@pytest.mark.parametrize(
    ("context", "text"), [(where, one) for where, texts in CONTEXTS.items() for one in texts]
)
def test_that_what_qt_says_is_translated_with_what_it_fills_in(norwegian, context, text):
    answer = norwegian.translate(context, text)
    assert answer != text
    assert answer.count("%1") == text.count("%1")
    assert answer.count("\n") == text.count("\n")


@pytest.mark.parametrize("field", [QLineEdit, QTextEdit])
def test_that_the_menu_of_a_text_field_is_norwegian(qtbot, norwegian, field):
    made = field()
    qtbot.addWidget(made)
    menu = made.createStandardContextMenu()
    assert {one for one in said_by(menu) if ENGLISH.search(one)} == set()


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("Alt+Up", "Alt+↑"),
        ("Alt+Down", "Alt+↓"),
        ("Del", "Delete"),
        ("Ctrl+Space", "Ctrl+Mellomrom"),
        ("Ctrl+Shift+S", "Ctrl+Shift+S"),
        ("Return", "↵ Enter"),
    ],
)
def test_that_keys_are_named_as_on_a_norwegian_keyboard(norwegian, keys, shown):
    assert QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) == shown


@pytest.mark.parametrize("keys", ["Ctrl+Return", "Ctrl+Enter", "Delete", "Alt+Up", "Alt+PgDown"])
def test_that_a_key_is_the_same_key_whatever_it_is_called(norwegian, qapp, keys):
    named = QKeySequence(keys)
    qapp.removeTranslator(norwegian)
    assert named == QKeySequence(keys)


def test_that_a_word_that_is_not_known_is_never_blank(norwegian):
    assert norwegian.translate("QDialog", "Something new in Qt") == "Something new in Qt"
