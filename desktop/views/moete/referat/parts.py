"""What the parts of a sak share: a heading with its key, and a difference shown word by word."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QTextEdit, QVBoxLayout, QWidget

from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree
from desktop.richtext.words import Span, diff_words
from desktop.views.parts import column, label, row
from desktop.views.theme import current_colours
from desktop.views.words import _

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


class WordDiff(QTextEdit):
    """Shows what differs between two texts: what is gone struck through, what is new marked."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Forskjellen fra forslaget"))
        self.setStyleSheet("QTextEdit { background: transparent; }")
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())

    def show_difference(self, old: Tree, new: Tree) -> bool:
        """Show what became of a text; return whether anything did."""
        spans = diff_words(plain_text(old), plain_text(new))
        self.clear()
        cursor = QTextCursor(self.document())
        for span in spans:
            cursor.insertText(span.text, _look(span))
        self.setAccessibleDescription("".join(_spoken(span) for span in spans))
        return any(span.kind != "equal" for span in spans)

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


def _look(span: Span) -> QTextCharFormat:
    colours = current_colours()
    made = QTextCharFormat()
    made.setForeground(QColor(colours.quiet))
    if span.kind == "delete":
        made.setFontStrikeOut(True)
        made.setForeground(QColor(colours.error))
    elif span.kind == "insert":
        made.setForeground(QColor(colours.good))
        made.setFontWeight(QFont.Weight.DemiBold)
    return made


def _spoken(span: Span) -> str:
    if span.kind == "delete":
        return _(" [fjernet: {tekst}] ").format(tekst=span.text)
    if span.kind == "insert":
        return _(" [nytt: {tekst}] ").format(tekst=span.text)
    return span.text


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
