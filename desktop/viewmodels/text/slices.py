"""A long text in stretches, which put in one after the other give what all of it at once gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QTextCursor

from desktop.richtext.tree import Block, Paragraph, Run
from desktop.viewmodels.text.read import Reader, table_at

_FIRST: Final = 60
_LEAST: Final = 10
_MOST: Final = 2_000
_SLICE_S: Final = 0.012


class Slices:
    """The blocks of a text, which are cut between two paragraphs with text."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = tuple(blocks)
        self._start = 0
        self._count = _FIRST

    @property
    def is_begun(self) -> bool:
        """Whether a stretch was taken."""
        return self._start > 0

    @property
    def is_done(self) -> bool:
        """Whether everything was taken."""
        return self._start >= len(self._blocks)

    def take(self, *, whole: bool) -> tuple[Block, ...]:
        """Return the next stretch, or with `whole` all that is left.

        It is for `edits.insert` where the one before it ends: its first line begins there.
        """
        start, end = self._start, len(self._blocks)
        if not whole:
            places = range(start + self._count, end)
            end = next((place for place in places if self._is_seam(place)), end)
        self._start = end
        taken = self._blocks[start:end]
        return (Paragraph(), *taken) if start else taken

    def adjust(self, seconds: float) -> None:
        """Let the next stretch take a frame of the screen, after how long the last one took."""
        count = self._count * _SLICE_S / max(seconds, 0.000_1)
        self._count = round(min(max(count, _LEAST), _MOST))

    def _is_seam(self, place: int) -> bool:
        return _has_text(self._blocks[place - 1]) and _has_text(self._blocks[place])


def _has_text(block: Block) -> bool:
    return (
        isinstance(block, Paragraph)
        and block.style == "normal"
        and any(isinstance(inline, Run) and inline.text.strip() for inline in block.inlines)
    )


def takes_slices(cursor: QTextCursor, reader: Reader) -> bool:
    """Return whether a text can be put in by stretches at a cursor: its line is a paragraph."""
    if cursor.hasSelection() or table_at(cursor.document(), cursor.position()) is not None:
        return False
    line = reader.line(cursor.block())
    return line.kind == "normal" and line.level == 0 and line.figure is None
