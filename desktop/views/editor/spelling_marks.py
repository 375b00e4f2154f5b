"""A highlighter that marks what a speller calls wrong, beside the looks that it draws itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import lru_cache
from math import inf
from time import perf_counter
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QColor,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from desktop.i18n.spelling import words_in
from desktop.viewmodels.text.lines import u16
from desktop.viewmodels.text.speller import Speller
from desktop.views.theme import current_colours

_SLICE_S: Final = 0.006
_PAUSE_S: Final = 0.002
"""Without a line for so long, the next one belongs to another drawing."""

_FEW: Final = 3


class SpellingMarks(QSyntaxHighlighter):
    """Marks the misspelt words of one document. `highlightBlock` ends with `mark_spelling`.

    The spelling of a long text takes a few milliseconds of each turn of the event loop: what is
    left when they are gone is put off. Drawing again makes the document tell `contentsChange` and
    `contentsChanged`, although nobody changed a word.

    Attributes:
        is_marking: whether a change that is told just now is such a one.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._speller: Speller | None = None
        self._wrong: QTextCharFormat | None = None
        self.is_marking = False
        self._marked = self._until = 0.0
        self._rest: tuple[QTextCursor, QTextCursor] | None = None
        self._learned: list[Collection[str]] = []
        self._seeking = QTextCursor(document)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._go_on)

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
        """Look again, in the next turns, at the lines that hold one of the words."""
        self._learned.append(words)
        self._seeking = QTextCursor(self.document())
        self._soon.start()

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
        """Mark the misspelt words of the line that is drawn now, or later in a long text."""
        if self._speller is None:
            return
        now = perf_counter()
        if now - self._marked > _PAUSE_S:
            self._until = now + _SLICE_S
        if now > self._until:
            self._put_off(self.currentBlock())
            return
        words = _placed(text)
        wrong = self._speller.wrong([word for _start, word in words]) if words else ()
        if wrong:
            look = self._wrong_look()
            for start, word in words:
                if word in wrong:
                    self.add_look(u16(text[:start]), u16(word), look)
        self._marked = perf_counter()

    def _put_off(self, block: QTextBlock) -> None:
        """Let a line be among those that the next turns look at."""
        self._soon.start()
        position = block.position()
        if self._rest is None:
            self._rest = QTextCursor(block), QTextCursor(block)
        first, last = self._rest
        if position < first.position():
            first.setPosition(position)
        if position > last.position():
            last.setPosition(position)

    def _go_on(self) -> None:
        """Look at what was put off, and for words that were learned, for some milliseconds."""
        end = perf_counter() + _SLICE_S
        self._until = inf
        with self._marking():
            done = self._look_at_rest(end) and self._look_for_learned(end)
        self._marked = self._until = 0.0
        if not done:
            self._soon.start()

    def _look_at_rest(self, end: float) -> bool:
        """Look at the lines that were put off; False when there was no time for all."""
        if self._rest is None:
            return True
        first, last = self._rest
        block = first.block()
        while block.isValid() and block.position() <= last.position():
            self.rehighlightBlock(block)
            block = block.next()
            if perf_counter() > end and block.isValid():
                first.setPosition(block.position())
                return False
        self._rest = None
        return True

    def _look_for_learned(self, end: float) -> bool:
        """Look again at the lines with words that were learned; False as `_look_at_rest`."""
        if not self._learned:
            return True
        block = self._seeking.block()
        while block.isValid():
            text = block.text()
            if any(_holds(text, words) for words in self._learned):
                self.rehighlightBlock(block)
            block = block.next()
            if perf_counter() > end and block.isValid():
                self._seeking.setPosition(block.position())
                return False
        self._learned.clear()
        return True

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


@lru_cache(maxsize=2_048)
def _placed(text: str) -> tuple[tuple[int, str], ...]:
    """Return the words of a line; while one writes, all lines but one are as they were."""
    return tuple(words_in(text))


def _holds(text: str, words: Collection[str]) -> bool:
    """Return whether a line holds one of some words; of a few, also as a part of another word."""
    if len(words) <= _FEW:
        return any(word in text for word in words)
    return any(word in words for _start, word in _placed(text))
