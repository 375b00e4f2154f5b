"""Lines that open what they speak of: a button as wide as its card, with a quieter second line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from desktop.views.parts import column, label, row

LINE_STYLE = """
QPushButton[linje="true"] { background: transparent; border: 1px solid transparent;
    border-radius: 6px; padding: 0; text-align: left; }
QPushButton[linje="true"]:hover:enabled { background: palette(alternate-base);
    border-color: palette(mid); }
QPushButton[linje="true"]:focus { border: 2px solid palette(link); padding: 0; }
"""
"""The look of the lines, set once on what they stand in: a style sheet per line is slow."""


class LineButton(QPushButton):
    """A line of text to press; without an opener it only tells."""

    def __init__(
        self,
        text: str,
        detail: str = "",
        opens: Callable[[], object] | None = None,
        *,
        role: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("linje", True)
        self.setAccessibleName(f"{text}. {detail}" if detail else text)
        self.text_label = _part(text, role)
        texts = column(self.text_label, spacing=1)
        if detail:
            texts.addWidget(_part(detail, "stille"))
        arrow = _part("›" if opens else "", "stille")
        arrow.setWordWrap(False)
        layout = row(texts, arrow, margin=7, spacing=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if opens is None:
            self.setEnabled(False)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(lambda _checked=False: opens())

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of the lines in it."""
        layout = self.layout()
        return layout.totalSizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the height of one line: the layout asks for the height at its width."""
        return QSize(0, self.fontMetrics().height())


def _part(text: str, role: str) -> QLabel:
    made = label(text, role, wrap=True)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made
