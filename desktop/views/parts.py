"""Small widgets that every page uses. Text is plain everywhere: nothing typed becomes markup."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QWidget,
)

from desktop.views.layouts import column, icon, row
from desktop.views.words import _

__all__ = [
    "EmptyPage",
    "Notice",
    "action",
    "button",
    "column",
    "icon",
    "label",
    "row",
    "side_by_side",
    "table_view",
]


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label of plain text. `role` is one of those in `theme`."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("rolle", role)
    return made


def button(
    text: str, clicked: Callable[[], object], *, main: bool = False, tip: str = ""
) -> QPushButton:
    """Return a button; `main` is the one of a page or dialog that most people want."""
    made = QPushButton(text)
    made.setAccessibleName(text.replace("&", ""))
    made.clicked.connect(lambda _checked=False: clicked())
    if main:
        made.setProperty("hoved", True)
    if tip:
        made.setToolTip(tip)
    return made


def action(
    parent: QWidget, text: str, triggered: Callable[[], object], shortcut: str = ""
) -> QAction:
    """Return an action of a widget, with its shortcut, that works while the widget has focus."""
    made = QAction(text, parent)
    made.triggered.connect(lambda _checked=False: triggered())
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    parent.addAction(made)
    return made


def table_view(name: str, *, multi: bool = True) -> QTableView:
    """Return a table as the window has them: whole rows, sortable, named for screen readers."""
    made = QTableView()
    made.setAccessibleName(name)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(
        QAbstractItemView.SelectionMode.ExtendedSelection
        if multi
        else QAbstractItemView.SelectionMode.SingleSelection
    )
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setShowGrid(False)
    made.setAlternatingRowColors(True)
    made.setWordWrap(False)
    made.setTabKeyNavigation(False)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(30)
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
    made.horizontalHeader().setStretchLastSection(True)
    made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    made.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    return made


def side_by_side(main: QWidget, side: QWidget) -> QSplitter:
    """Return a widget with a panel to its right; the user can give either more room."""
    made = QSplitter(Qt.Orientation.Horizontal)
    made.addWidget(main)
    made.addWidget(side)
    made.setStretchFactor(0, 1)
    made.setSizes([860, 300])
    made.setChildrenCollapsible(False)
    made.setHandleWidth(12)
    made.setStyleSheet("QSplitter::handle { background: transparent; }")
    return made


class Notice(QFrame):
    """A sentence in place, about what was refused or must be known; it can be closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("varsel")
        self.text = label("", wrap=True)
        close = button(_("Lukk"), self.hide)
        layout = row(self.text, close, margin=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence; an empty one hides the notice."""
        self.text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class EmptyPage(QWidget):
    """What a page shows while it has nothing: what it is for, and the first step."""

    def __init__(self, title: str, text: str, step: QPushButton | None = None) -> None:
        super().__init__()
        heading, body = label(title, "undertittel"), label(text, "stille", wrap=True)
        for part in (heading, body):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        body.setMaximumWidth(460)
        steps = row(None, step, None) if step else row(None)
        middle = row(None, body, None)
        middle.setStretch(1, 100)
        self.setLayout(column(None, heading, middle, steps, None, spacing=12))
