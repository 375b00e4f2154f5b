"""A highlighter that marks what a speller calls wrong, beside the looks that it draws itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from desktop.i18n.spelling import words_in
from desktop.viewmodels.text.lines import u16
from desktop.viewmodels.text.speller import Speller
from desktop.views.theme import current_colours


class SpellingMarks(QSyntaxHighlighter):
    """Marks the misspelt words of one document. `highlightBlock` ends with `mark_spelling`.

    Drawing again makes the document tell `contentsChanged`, although nobody changed a word.

    Attributes:
        is_marking: whether a change that is told just now is such a one.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._speller: Speller | None = None
        self._wrong: QTextCharFormat | None = None
        self.is_marking = False

    @property
    def speller(self) -> Speller | None:
        """What knows misspelt words; the text is looked through again when it is set."""
        return self._speller

    @speller.setter
    def speller(self, speller: Speller | None) -> None:
        if speller is self._speller:
            return
        if self._speller is not None:
            self._speller.learned.disconnect(self._mark_learned)
        if speller is not None:
            speller.learned.connect(self._mark_learned)
        self._speller = speller
        self._draw_again()

    def wrong_word(self, text: str, place: int) -> tuple[int, str] | None:
        """Return where the misspelt word at a place of a line starts, and the word itself."""
        if self._speller is None:
            return None
        for start, word in words_in(text):
            if start <= place <= start + len(word):
                return (start, word) if self._speller.wrong([word]) else None
        return None

    def _mark_learned(self, words: Collection[str]) -> None:
        """Look again at the lines that hold one of the words."""
        with self._marking():
            block = self.document().firstBlock()
            while block.isValid():
                text = block.text()
                if any(word in text for word in words):
                    self.rehighlightBlock(block)
                block = block.next()

    def _draw_again(self) -> None:
        with self._marking():
            self.rehighlight()

    @contextmanager
    def _marking(self) -> Iterator[None]:
        self.is_marking = True
        try:
            yield
        finally:
            self.is_marking = False

    def restyle(self) -> None:
        """Draw again, after the colours or the font changed."""
        self._wrong = None
        self._draw_again()

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        """Mark the misspelt words of a line."""
        self.mark_spelling(text)

    def mark_spelling(self, text: str) -> None:
        """Mark the misspelt words of the line that is drawn now."""
        if self._speller is None:
            return
        words = list(words_in(text))
        wrong = self._speller.wrong([word for _start, word in words]) if words else ()
        if not wrong:
            return
        look = self._wrong_look()
        for start, word in words:
            if word in wrong:
                self.add_look(u16(text[:start]), u16(word), look)

    def add_look(self, start: int, length: int, look: QTextCharFormat) -> None:
        """Add a look to the one that a stretch has (of which the first character tells)."""
        made = QTextCharFormat(self.format(start))
        made.merge(look)
        self.setFormat(start, length, made)

    def _wrong_look(self) -> QTextCharFormat:
        if self._wrong is None:
            self._wrong = QTextCharFormat()
            self._wrong.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
            self._wrong.setUnderlineColor(QColor(current_colours().error))
        return self._wrong
