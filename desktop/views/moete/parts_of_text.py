"""Finding a part of the papers in a tab: the block or line of text that a finding points to."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QTextEdit, QWidget

from desktop.viewmodels.innspill_text import shape_of
from desktop.viewmodels.text.find import place_of

_BREATH: Final = 120
"""Pixels to be seen above and below the place."""


def go_to_text(page: QWidget, part: str) -> bool:
    """Give the keyboard to the editor that shows a block or line, with the cursor at it."""
    for edit in page.findChildren(QTextEdit):
        found = place_of(edit.document(), {part}) if edit.isVisible() else None
        if found is not None:
            _put_cursor(edit, found)
            return True
    for lines in page.findChildren(QPlainTextEdit):
        found = _line_place(lines.document().begin(), part) if lines.isVisible() else None
        if found is not None:
            _put_cursor(lines, found)
            return True
    return False


def _line_place(block: QTextBlock, part: str) -> int | None:
    while block.isValid():
        if shape_of(block.blockFormat()).id == part:
            return block.position()
        block = block.next()
    return None


def _put_cursor(edit: QTextEdit | QPlainTextEdit, place: int) -> None:
    edit.setFocus(Qt.FocusReason.OtherFocusReason)
    cursor: QTextCursor = edit.textCursor()
    cursor.setPosition(place)
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()
    _scroll_page(edit)


def _scroll_page(edit: QTextEdit | QPlainTextEdit) -> None:
    """Scroll the page that an editor stands in, so that its cursor is seen."""
    parent = edit.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    page = parent.widget() if parent is not None else None
    if parent is not None and page is not None:
        spot = edit.viewport().mapTo(page, edit.cursorRect().center())
        parent.ensureVisible(spot.x(), spot.y(), 0, _BREATH)
