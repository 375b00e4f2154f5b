"""The tree of a document that is being edited: only what was touched is read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextTable

from desktop.richtext.tree import Block, Tree
from desktop.viewmodels.text.lines import Entry, Line, fold
from desktop.viewmodels.text.mend import Edges, mend
from desktop.viewmodels.text.read import Place, Reader, places_between


@dataclass(slots=True)
class _Chunk:
    """A stretch of top lines that makes whole blocks; None when it must be read again."""

    length: int
    blocks: tuple[Block, ...] | None


class TreeCache:
    """Keeps the tree of a document. Blocks that were not touched are the same objects as before.

    Attributes:
        is_painted: Tells whether a change that the document tells of is one of its look alone.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.is_painted: Callable[[], bool] = lambda: False
        self._chunks: list[_Chunk] = []
        self._tree: Tree | None = None
        self._known: dict[str, Block] = {}
        reader.document.contentsChange.connect(self.touch)

    def forget(self) -> None:
        """Read all again when next asked: Qt does not always tell how far an undo reached."""
        if self._tree is not None:
            self._known = {block.id: block for block in self._tree.blocks}
        self._chunks = [_Chunk(self._reader.document.characterCount(), None)]
        self._tree = None

    def know(self, tree: Tree, entries: Sequence[Entry]) -> None:
        """Know the tree that was just shown, and the lines that it has in the document."""
        document = self._reader.document
        lengths = [
            _length(place) for place in places_between(document, 0, document.characterCount())
        ]
        self._chunks = _grouped(entries, lengths, {block.id: block for block in tree.blocks})
        self._tree = tree

    def touch(self, position: int, removed: int, added: int) -> None:
        """Note that a stretch of the document was changed."""
        if removed == added and self.is_painted():
            return
        self._tree = None
        first = last = -1
        start = 0
        for index, chunk in enumerate(self._chunks):
            end = start + chunk.length
            if first < 0 and position < end:
                first = index
            if first >= 0:
                last = index
                if position + removed < end:
                    break
            start = end
        if first < 0:
            self.forget()
            return
        length = sum(chunk.length for chunk in self._chunks[first : last + 1])
        self._chunks[first : last + 1] = [_Chunk(length + added - removed, None)]

    def tree(self) -> Tree:
        """Return the tree that the document shows."""
        if self._tree is None:
            if (
                sum(chunk.length for chunk in self._chunks)
                != self._reader.document.characterCount()
            ):
                self.forget()
            while any(chunk.blocks is None for chunk in self._chunks):
                self._read_one()
            self._tree = Tree(
                tuple(block for chunk in self._chunks for block in chunk.blocks or ())
            )
        return self._tree

    def _read_one(self) -> None:
        """Read the first stretch that was touched, with the blocks beside it."""
        first = next(i for i, chunk in enumerate(self._chunks) if chunk.blocks is None)
        last = first
        while last + 1 < len(self._chunks) and self._chunks[last + 1].blocks is None:
            last += 1
        first, last = self._with_neighbours(first, last)
        start = sum(chunk.length for chunk in self._chunks[:first])
        length = sum(chunk.length for chunk in self._chunks[first : last + 1])
        known = self._known | {
            block.id: block
            for chunk in self._chunks[first : last + 1]
            for block in chunk.blocks or ()
        }
        edges = Edges(first == 0, last == len(self._chunks) - 1)
        made = self._chunks_of(start, length, edges, known)
        if made is None:
            self._read_all()
        else:
            self._chunks[first : last + 1] = made

    def _with_neighbours(self, first: int, last: int) -> tuple[int, int]:
        """Return the chunks as far as the next ones on each side that hold a block."""
        first, last = first - 1, last + 1
        while first > 0 and not self._chunks[first].blocks:
            first -= 1
        while last < len(self._chunks) and not self._chunks[last].blocks:
            last += 1
        return max(first, 0), min(last, len(self._chunks) - 1)

    def _read_all(self) -> None:
        count = self._reader.document.characterCount()
        made = self._chunks_of(0, count, Edges(), self._known)
        self._chunks = made or [_Chunk(count, self._reader.tree().blocks)]

    def _chunks_of(
        self, start: int, length: int, edges: Edges, known: dict[str, Block]
    ) -> list[_Chunk] | None:
        """Return the chunks of a stretch; None when it is no whole lines."""
        entries, places = self._reader.entries(start, start + length - 1)
        lengths = [_length(place) for place in places]
        if sum(lengths) != length or mend(entries, edges).entries != entries:
            return None
        return _grouped(entries, lengths, known)


def _grouped(
    entries: Sequence[Entry], lengths: Sequence[int], known: dict[str, Block]
) -> list[_Chunk]:
    """Return the stretches of lines that make whole blocks."""
    chunks: list[_Chunk] = []
    group: list[Entry] = []
    size = 0
    for index, entry in enumerate(entries):
        group.append(entry)
        size += lengths[index]
        below = entries[index + 1] if index + 1 < len(entries) else None
        if isinstance(below, Line) and below.level:
            continue
        blocks = tuple(_same(block, known) for block in fold(group))
        chunks.append(_Chunk(size, blocks))
        group, size = [], 0
    return chunks


def _same(block: Block, known: dict[str, Block]) -> Block:
    old = known.get(block.id)
    return old if old == block else block


def _length(place: Place) -> int:
    if isinstance(place, QTextTable):
        return place.lastPosition() - place.firstPosition() + 1
    return place.length()
