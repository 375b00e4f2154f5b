"""What the parts of a sak share: a heading with its key, and a difference shown word by word."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.richtext.tree import Tree
from desktop.views.diff_view import DiffView
from desktop.views.parts import column, label, row

GAP: Final = 6


class Section(QWidget):
    """A part of the minutes under its heading, with the key that goes there."""

    def __init__(self, title: str, key: str, *content: QWidget) -> None:
        super().__init__()
        self.heading: QLabel = label(title)
        font = self.heading.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.heading.setFont(font)
        self.key = label(key, "stille")
        self.aside = row(spacing=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(row(self.heading, self.key, None, self.aside, spacing=8))
        for part in content:
            layout.addWidget(part)


class GrowingDiff(DiffView):
    """Shows a difference at its whole height, within a page that scrolls."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setStyleSheet("QTextEdit { background: transparent; }")

    def show_diff(self, old: Tree, new: Tree) -> None:
        """Show how the new text differs from the old."""
        super().show_diff(old, new)
        self.document().setDocumentMargin(2)
        self.document().setTextWidth(self.viewport().width())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Follow the height of the text."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size that shows it all."""
        return QSize(300, self._height())

    def _height(self) -> int:
        return round(self.document().size().height()) + 2

    def _fit(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())


def framed(edit: QWidget) -> QFrame:
    """Return a text in the frame that texts have here."""
    frame = _Frame()
    frame.setObjectName("kort")
    frame.setLayout(column(edit, margin=2))
    frame.listen(edit)
    return frame


class _Frame(QFrame):
    """A frame that shows when the text in it has the focus."""

    def listen(self, edit: QWidget) -> None:
        """Follow the focus of the text, also where that is a part of what stands in the frame."""
        text = edit.focusProxy() or edit
        text.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Draw the border anew when the focus comes and goes."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            colour = "palette(link)" if event.type() == QEvent.Type.FocusIn else "palette(mid)"
            self.setStyleSheet(f"QFrame#kort {{ border-color: {colour}; }}")
        return super().eventFilter(watched, event)
