"""How much text is pasted at once, and where a longer one is cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.richtext.grid import mend_grid
from desktop.richtext.tree import (
    Block,
    Figure,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Table,
)

MAX_CHARACTERS: Final = 500_000  # some 170 pages
MAX_PARAGRAPHS: Final = 10_000


def limited(
    blocks: Sequence[Block],
    *,
    characters: int = MAX_CHARACTERS,
    paragraphs: int = MAX_PARAGRAPHS,
) -> tuple[tuple[Block, ...], bool]:
    """Return as much from the beginning as the limits allow, and whether something was cut.

    A list is cut between items, a table between rows; a paragraph that alone is too long is cut
    inside. Paragraphs in cells and items count like others.
    """
    room = _Room(characters, paragraphs)
    return room.blocks(blocks), room.was_cut


@dataclass(slots=True)
class _Room:
    characters: int
    paragraphs: int
    was_cut: bool = False

    def blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        kept: list[Block] = []
        for block in blocks:
            if self.paragraphs <= 0 or self.characters <= 0:
                self.was_cut = True
                break
            fitting = self._block(block)
            if fitting:
                kept.append(fitting)
        return tuple(kept)

    def _block(self, block: Block) -> Block | None:
        match block:
            case Paragraph() | Heading():
                self.paragraphs -= 1
                return replace(block, inlines=self._inlines(block.inlines))
            case Figure():
                self.paragraphs -= 1
                return block
            case ListBlock():
                items = tuple(
                    ListItem(blocks)
                    for blocks in (self.blocks(item.blocks) for item in block.items)
                    if blocks
                )
                return replace(block, items=items) if items else None
            case Table():
                return self._table(block)

    def _inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        size = sum(map(_size, inlines))
        if size <= self.characters:
            self.characters -= size
            return inlines
        self.was_cut = True
        kept: list[Inline] = []
        for inline in inlines:
            if isinstance(inline, Run) and len(inline.text) > self.characters > 0:
                inline = replace(inline, text=inline.text[: self.characters])  # noqa: PLW2901
            if _size(inline) > self.characters:
                break
            self.characters -= _size(inline)
            kept.append(inline)
        self.characters = 0
        return tuple(kept)

    def _table(self, table: Table) -> Table | None:
        rows = 0
        for row in table.rows:
            blocks = [block for cell in row.cells for block in cell.blocks]
            size, count = _measure(blocks)
            if size > self.characters or count > self.paragraphs:
                self.was_cut = True
                self.characters = 0
                break
            self.characters -= size
            self.paragraphs -= count
            rows += 1
        if rows == len(table.rows):
            return table
        mended = mend_grid([row.cells for row in table.rows[:rows]]).rows
        headings = min(table.header_rows, len(mended))
        return replace(table, rows=mended, header_rows=headings) if mended else None


def _measure(blocks: Iterable[Block]) -> tuple[int, int]:
    """Return the characters and paragraphs of blocks."""
    size = count = 0
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            size += sum(map(_size, block.inlines))
            count += 1
        elif isinstance(block, ListBlock):
            for item in block.items:
                inner = _measure(item.blocks)
                size, count = size + inner[0], count + inner[1]
        else:
            count += 1
    return size, count


def _size(inline: Inline) -> int:
    if isinstance(inline, Run):
        return len(inline.text)
    return 1 if isinstance(inline, LineBreak) else 1 + sum(map(_size, inline.content))
