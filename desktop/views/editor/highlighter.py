"""The looks that the document's formats do not hold: headings, captions, links, misspelt words."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextDocument

from desktop.viewmodels.text.carriers import HEADER, line_shape
from desktop.views.editor.spelling_marks import SpellingMarks
from desktop.views.theme import current_colours

_SCALE: Final = {"h1": 1.45, "h2": 1.22, "h3": 1.08}


class TreeHighlighter(SpellingMarks):
    """Draws the looks of one document, and marks what its speller calls wrong."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self._size = 0.0

    def restyle(self) -> None:
        """Draw again, after the colours or the font changed."""
        self._formats.clear()
        super().restyle()

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        """Set the looks of a line."""
        if not text:
            return
        block = self.currentBlock()
        found = block.blockFormat()
        kind = line_shape(found)[0]
        if kind in _SCALE or kind == "caption":
            self.setFormat(0, block.length(), self._format(kind))
        elif found.hasProperty(HEADER):
            self.setFormat(0, block.length(), self._format("header"))
        self._links()
        self.mark_spelling(text)

    def _links(self) -> None:
        block = self.currentBlock()
        place = block.begin()
        while not place.atEnd():
            fragment = place.fragment()
            if fragment.charFormat().isAnchor():
                start = fragment.position() - block.position()
                self.add_look(start, fragment.length(), self._format("link"))
            place += 1

    def _format(self, name: str) -> QTextCharFormat:
        size = self.document().defaultFont().pointSizeF()
        if size != self._size:
            self._size = size
            self._formats.clear()
        made = self._formats.get(name)
        if made is None:
            made = self._formats[name] = _look(name, size)
        return made


def _look(name: str, size: float) -> QTextCharFormat:
    made = QTextCharFormat()
    colours = current_colours()
    if name in _SCALE:
        made.setFontWeight(QFont.Weight.DemiBold)
        made.setFontPointSize(size * _SCALE[name])
    elif name == "caption":
        made.setForeground(QColor(colours.quiet))
        made.setFontPointSize(size * 0.92)
    elif name == "header":
        made.setFontWeight(QFont.Weight.DemiBold)
    else:
        made.setForeground(QColor(colours.accent))
        made.setFontUnderline(True)
    return made
