"""What was worked out of texts and blocks a moment ago: while one writes, most is as before."""

from __future__ import annotations

from threading import Lock
from typing import Final, Generic, NamedTuple, TypeVar

from desktop.richtext.tree import Block, Footnote, Heading, Paragraph, walk

T = TypeVar("T")
_MOST_BLOCKS: Final = 4_096


class Remembered(Generic[T]):
    """The values of the texts that were asked for last. For any thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[str, T] = {}
        self._lock = Lock()

    def get(self, text: str) -> T | None:
        """Return the value of a text, or None where it is not remembered."""
        with self._lock:
            value = self._values.pop(text, None)
            if value is not None:
                self._values[text] = value
        return value

    def put(self, text: str, value: T) -> None:
        """Remember the value of a text; the one that was not asked for longest is forgotten."""
        with self._lock:
            self._values.pop(text, None)
            self._values[text] = value
            if len(self._values) > self._most:
                del self._values[next(iter(self._values))]


class StoredBlock(NamedTuple):
    """A block that is valid by itself: its canonical JSON, and the ids that no other may have."""

    text: str
    block_ids: tuple[str, ...]
    note_ids: tuple[str, ...]


class RememberedBlocks:
    """The stored form of blocks, by the object itself: a block never changes. For any thread."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Block, StoredBlock]] = {}

    def get(self, block: Block) -> StoredBlock | None:
        """Return the stored form of a block, or None where it is not remembered."""
        found = self._known.get(id(block))
        return found[1] if found is not None and found[0] is block else None

    def put(self, block: Block, text: str) -> StoredBlock:
        """Remember the JSON of a block, which is valid by itself, and return its stored form."""
        inside = tuple(walk((block,)))
        texts = (one for one in inside if isinstance(one, Paragraph | Heading))
        notes = (note.id for one in texts for note in one.inlines if isinstance(note, Footnote))
        made = StoredBlock(text, tuple(one.id for one in inside), tuple(notes))
        if len(self._known) >= _MOST_BLOCKS:
            self._known.clear()
        self._known[id(block)] = (block, made)
        return made
