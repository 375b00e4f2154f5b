"""An editor that has the focus."""

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.views.editor.text_edit import TextEdit


@pytest.fixture
def edit(qtbot):
    made = TextEdit()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    made.setFocus()
    yield made
    QGuiApplication.clipboard().clear()


@pytest.fixture(scope="module")
def edit_of_all(qapp):
    """One editor for all examples of a property."""
    made = TextEdit()
    made.resize(500, 400)
    made.show()
    made.setFocus()
    yield made
    made.close()
    QGuiApplication.clipboard().clear()
