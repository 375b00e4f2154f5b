"""The text tree: every rich text of the archive and of the documents is a value of these types.

A tree is immutable and closed: a construct that is not here cannot be stored, shown or printed.
Blocks carry an id that stays the same while their text changes, so that a change can be stored,
shown and merged block by block. Text inside a tree has been through `clean.clean_text`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

ParagraphStyle = Literal["normal", "caption"]
HeadingLevel = Literal[1, 2, 3]
ListKind = Literal["bullet", "number"]
NumberFormat = Literal["1.", "1)", "a.", "a)"]

_ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
ID_LENGTH = 10


def new_block_id() -> str:
    """Return a random id of ten characters (50 bits), unique within any one text."""
    return "".join([_ID_ALPHABET[byte & 31] for byte in os.urandom(ID_LENGTH)])


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look. `text` is not empty and holds no line break."""

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break inside a paragraph (Shift+Enter in Word)."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote; the mark stands where the footnote stands, the number is computed."""

    id: str
    content: tuple[Run | LineBreak, ...]


Inline = Run | LineBreak | Footnote


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `caption` is the text of a figure or table."""

    inlines: tuple[Inline, ...] = ()
    style: ParagraphStyle = "normal"
    id: str = field(default_factory=new_block_id)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the text. Level 1 is the highest the text can use; documents shift it."""

    inlines: tuple[Inline, ...]
    level: HeadingLevel = 1
    id: str = field(default_factory=new_block_id)


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item: at least one block, the first a paragraph. A nested list is one of its blocks."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list. `start` and `number_format` speak for a numbered list alone.

    A list that continues after a paragraph is a list of its own whose `start` is the next number.
    """

    items: tuple[ListItem, ...]
    kind: ListKind = "bullet"
    number_format: NumberFormat = "1."
    start: int = 1
    id: str = field(default_factory=new_block_id)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: at least one block. Spans count grid columns and rows."""

    blocks: tuple[Block, ...]
    column_span: int = 1
    row_span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the cells that start in it, from left to right."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first `header_rows` rows are headings and repeat on every page.

    `column_widths` are relative weights, one per grid column, or empty for equal widths.
    """

    rows: tuple[Row, ...]
    header_rows: int = 1
    column_widths: tuple[int, ...] = ()
    id: str = field(default_factory=new_block_id)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, alone in its block. `file` is the SHA-256 of its bytes in the archive."""

    file: str
    alt_text: str
    width_mm: int | None = None
    id: str = field(default_factory=new_block_id)


Block = Paragraph | Heading | ListBlock | Table | Figure


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole text. The empty tree has no blocks."""

    blocks: tuple[Block, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blocks)


def child_blocks(block: Block) -> tuple[Block, ...]:
    """Return the blocks directly inside a block, in reading order."""
    if isinstance(block, ListBlock):
        return tuple(child for item in block.items for child in item.blocks)
    if isinstance(block, Table):
        return tuple(child for row in block.rows for cell in row.cells for child in cell.blocks)
    return ()


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block at every depth, in reading order."""
    for block in blocks:
        yield block
        yield from walk(child_blocks(block))


def paragraph(text: str) -> Paragraph:
    """Return a plain paragraph of clean text without line breaks."""
    return Paragraph((Run(text),) if text else ())


def tree_from_text(text: str) -> Tree:
    """Return a tree with one plain paragraph per line that is not blank."""
    return Tree(tuple(paragraph(line.strip()) for line in text.splitlines() if line.strip()))
