"""What a tree is after Word has held it: the constructs that a Word file carries, in one form."""

from __future__ import annotations

from dataclasses import replace

from desktop.documents.blank import without_blanks
from desktop.documents.document import heading_level
from desktop.documents.inlines import safe_address
from desktop.documents.table_grid import column_widths
from desktop.richtext.grid import column_count
from desktop.richtext.tree import (
    Block,
    Cell,
    Figure,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Run,
    Table,
    Tree,
)
from desktop.richtext.validate import canonical, canonical_inlines, canonical_note

ROOM = 9072


def comparable(tree: Tree, *, shift: int = 0, above: int = 4) -> Tree:
    """Return a tree without what a Word file does not carry: ids, blanks, places, sizes.

    Widths of tables become twips, figures lose width and file, links Word cannot hold are gone.
    A heading is at most one level below the one before it; `above` is the level of the heading of
    the document that stands before the text, `shift` what its own levels are moved by.
    """
    shown = without_blanks(tree)
    ids = iter(range(10**9))
    return canonical(Tree(_Shape(shift, above).blocks(shown.blocks)), new_id=lambda: _id(next(ids)))


def _id(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    made = ""
    for _place in range(10):
        number, digit = divmod(number, 26)
        made += letters[digit]
    return made


def _joined(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Join bulleted lists that follow each other: in Word they look like one."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if (
            isinstance(block, ListBlock)
            and isinstance(last, ListBlock)
            and block.kind == last.kind == "bullet"
        ):
            joined[-1] = replace(last, items=last.items + block.items)
        else:
            joined.append(block)
    return tuple(joined)


class _Shape:
    def __init__(self, shift: int, above: int) -> None:
        self._shift = shift
        self._level = above

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        joined = _joined(blocks)
        return tuple(
            self._block(block, joined[index + 1 : index + 2]) for index, block in enumerate(joined)
        )

    def _block(self, block: Block, following: tuple[Block, ...]) -> Block:
        match block:
            case Paragraph():
                return Paragraph(_inlines(block.inlines), block.style, "")
            case Heading():
                self._level = heading_level(block.level + self._shift, self._level)
                level = min(self._level - self._shift, 3)
                return Heading(_inlines(block.inlines), level, "")
            case ListBlock():
                items = tuple(ListItem(self.blocks(item.blocks)) for item in block.items)
                return replace(block, items=items, id="")
            case Table():
                return self._table(block)
            case Figure():
                alt = block.alt_text.strip()
                caption = following[0] if following else None
                told = _runs(caption) if isinstance(caption, Paragraph) else ""
                return Figure("0" * 64, "" if alt in {"Figur", told} else alt, None, "")

    def _table(self, table: Table) -> Table:
        rows = tuple(Row(tuple(map(self._cell, row.cells))) for row in table.rows)
        widths: tuple[int, ...] = ()
        if table.column_widths:
            made = column_widths(table.column_widths, column_count(table), ROOM)
            widths = () if max(made) - min(made) <= 0.02 * max(made) else made
        return Table(rows, table.header_rows, widths, "")

    def _cell(self, cell: Cell) -> Cell:
        shown = without_blanks(Tree(cell.blocks)).blocks or (Paragraph(),)
        return replace(cell, blocks=self.blocks(shown))


def _runs(caption: Paragraph) -> str:
    if caption.style != "caption":
        return ""
    return "".join(part.text for part in caption.inlines if isinstance(part, Run)).strip()


def _inlines(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return canonical_inlines(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> Inline:
    if isinstance(inline, Footnote):
        return Footnote("", canonical_note(map(_inline, inline.content)))
    if isinstance(inline, Run) and inline.link:
        return replace(inline, link=None if inline.link[0] == "#" else safe_address(inline.link))
    return inline
