"""A text tree as plain text, and how many words it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from desktop.richtext.grid import column_count, placed_cells
from desktop.richtext.tree import (
    Block,
    Cell,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    Paragraph,
    Run,
    Table,
    Tree,
    walk,
)

BULLET: Final = "•"


def plain_text(tree: Tree) -> str:
    """Return the text with one line per paragraph, for the clipboard and the command line.

    List items have their marker and are indented by its width; a table is one line per row with a
    tab between grid columns (a merged cell leaves the columns it covers empty); footnotes are
    numbered `[1]` and follow after a blank line.
    """
    writer = _Plain()
    lines = writer.blocks(tree.blocks)
    if writer.notes:
        lines.append("")
        lines.extend(f"[{number}] {note}" for number, note in enumerate(writer.notes, 1))
    return "\n".join(lines)


def block_text(block: Block) -> str:
    r"""Return the text of a paragraph or heading, with line breaks as `\n` and footnotes in place.

    A figure has its alternative text; a list or table has no text of its own, only its blocks have.
    """
    if isinstance(block, Paragraph | Heading):
        return inline_text(block.inlines)
    return block.alt_text if isinstance(block, Figure) else ""


def inline_text(inlines: Iterable[Inline]) -> str:
    r"""Return the text of inlines, with line breaks as `\n` and footnotes as `[fotnote: …]`."""
    return "".join(map(_inline_text, inlines))


def _inline_text(inline: Inline) -> str:
    if isinstance(inline, Run):
        return inline.text
    if isinstance(inline, LineBreak):
        return "\n"
    return f"[fotnote: {inline_text(inline.content)}]"


def list_marker(block: ListBlock, index: int) -> str:
    """Return the marker of the item with this index (from 0): "•", "3." or "c)".

    After z follow aa, bb … as in Word.
    """
    if block.kind == "bullet":
        return BULLET
    number = block.start + index
    sign, end = block.number_format
    return f"{_letters(number) if sign == 'a' else number}{end}"


def _letters(number: int) -> str:
    if number < 1:
        return str(number)
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


def word_count(tree: Tree) -> int:
    """Return the number of words, those of tables and footnotes included.

    A word stands between white space and has a letter or digit: "e-helse" and "10.00–16.00" are
    one word each, a free-standing "–" none. List markers and alternative texts do not count.
    """
    return sum(_words(text) for block in walk(tree.blocks) for text in _stretches(block))


def is_empty(tree: Tree) -> bool:
    """Return whether a reader would see nothing: no visible character and no figure."""
    return not any(
        isinstance(block, Figure) or any(text.strip() for text in _stretches(block))
        for block in walk(tree.blocks)
    )


def _stretches(block: Block) -> Iterator[str]:
    """Yield the texts of a leaf block that do not run into each other."""
    if not isinstance(block, Paragraph | Heading):
        return
    running: list[str] = []
    for inline in block.inlines:
        if isinstance(inline, Footnote):
            yield "".join(map(_inline_text, inline.content))
        else:
            running.append(_inline_text(inline))
    yield "".join(running)


@lru_cache(maxsize=4_096)  # while one writes, all paragraphs but one are as they were
def _words(text: str) -> int:
    return sum(1 for word in text.split() if word.isalnum() or any(map(str.isalnum, word)))


class _Plain:
    """Writes lines and gathers the footnotes on its way."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def blocks(self, blocks: Iterable[Block]) -> list[str]:
        return [line for block in blocks for line in self._block(block)]

    def _block(self, block: Block) -> list[str]:
        match block:
            case Paragraph() | Heading():
                return self._inlines(block.inlines).split("\n")
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case Figure():
                return [f"[Figur: {block.alt_text}]" if block.alt_text else "[Figur]"]

    def _inlines(self, inlines: Iterable[Inline]) -> str:
        return "".join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> str:
        if not isinstance(inline, Footnote):
            return _inline_text(inline)
        self.notes.append(" ".join(inline_text(inline.content).split("\n")))
        return f"[{len(self.notes)}]"

    def _list(self, block: ListBlock) -> list[str]:
        lines: list[str] = []
        for index, item in enumerate(block.items):
            marker = f"{list_marker(block, index)} "
            inner = self.blocks(item.blocks)
            lines.append(marker + inner[0])
            lines.extend(" " * len(marker) + line for line in inner[1:])
        return lines

    def _table(self, table: Table) -> list[str]:
        columns = column_count(table)
        grid = [[""] * columns for _ in table.rows]
        for row, column, cell in placed_cells(table):
            grid[row][column] = self._cell(cell)
        return ["\t".join(line) for line in grid]

    def _cell(self, cell: Cell) -> str:
        return " ".join(line.strip() for line in self.blocks(cell.blocks))
