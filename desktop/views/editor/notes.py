"""The marks of footnotes in the text: small raised numbers in reading order."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
)

from desktop.richtext.tree import Footnote, Heading, Paragraph, walk
from desktop.viewmodels.text.carriers import NOTE_ID, NOTE_OBJECT
from desktop.viewmodels.text.lines import OBJECT
from desktop.views.editor.gated import GatedEdit
from desktop.views.theme import current_colours

NOTE_TYPE: Final = NOTE_OBJECT
_SHORT: Final = 4


class NoteObject(QPyTextObject):
    """Draws the marks of one editor's footnotes."""

    def __init__(self, edit: GatedEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._numbers: dict[str, int] | None = None
        edit.document().contentsChange.connect(self._touched)

    def forget(self) -> None:
        """Count again when next drawn."""
        self._numbers = None

    def _touched(self, position: int, removed: int, added: int) -> None:
        if self._numbers is None:
            return
        document = self._edit.document()
        typed = range(position, position + added)
        if removed or added > _SHORT or any(document.characterAt(p) == OBJECT for p in typed):
            self._numbers = None

    def number(self, note_id: str) -> int:
        """Return the number of a footnote, from 1; 0 for one that is not in the text."""
        if self._numbers is None:
            self._numbers = {}
            for block in walk(self._edit.tree().blocks):
                if isinstance(block, Paragraph | Heading):
                    for inline in block.inlines:
                        if isinstance(inline, Footnote):
                            self._numbers[inline.id] = len(self._numbers) + 1
        return self._numbers.get(note_id, 0)

    def _font(self, document: QTextDocument) -> QFont:
        font = QFont(document.defaultFont())
        font.setPointSizeF(font.pointSizeF() * 0.72)
        return font

    def intrinsicSize(  # noqa: N802
        self,
        document: QTextDocument,
        _position: int,
        _format: QTextFormat,
    ) -> QSizeF:
        """Return room for the number, raised."""
        metrics = QFontMetricsF(self._font(document))
        full = QFontMetricsF(document.defaultFont())
        return QSizeF(metrics.horizontalAdvance("0") * 1.6 + 1, full.ascent())

    def drawObject(  # noqa: N802
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,
        _position: int,
        look: QTextFormat,
    ) -> None:
        """Draw the number."""
        font = self._font(document)
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(current_colours().accent))
        place = QPointF(rect.left() + 1, rect.top() + QFontMetricsF(font).ascent())
        painter.drawText(place, str(self.number(str(look.property(NOTE_ID)))))
        painter.restore()
