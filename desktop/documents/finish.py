"""The last step of every composer: each block and footnote of a document gets an id of its own.

A stored text can stand in a document twice (the proposed vedtak in agenda and toppnotat), and
blocks that composers make have no id at first. The first one keeps its id; later ones and those
without get one that follows from their place, so that equal content makes equal documents.
"""

from __future__ import annotations

from dataclasses import replace
from operator import is_
from typing import TypeVar

from desktop.documents.document import (
    DocBlock,
    DocHeading,
    GridRow,
    GridTable,
    HeadRow,
    HeadTable,
    StyledParagraph,
    TreePart,
)
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
    Table,
    Tree,
)

_T = TypeVar("_T")


def with_unique_ids(blocks: tuple[DocBlock, ...]) -> tuple[DocBlock, ...]:
    """Return the blocks with ids that are unique in all of them, blocks and footnotes apart."""
    ids = _Ids()
    return tuple(map(ids.doc_block, blocks))


class _Ids:
    """The ids given so far. A value in which nothing changes is passed on as it is."""

    def __init__(self) -> None:
        self._blocks_taken: set[str] = set()
        self._notes_taken: set[str] = set()
        self._made = 0

    def doc_block(self, block: DocBlock) -> DocBlock:
        match block:
            case StyledParagraph() | DocHeading():
                inlines = self._inlines(block.inlines)
                return block if inlines is block.inlines else replace(block, inlines=inlines)
            case TreePart():
                return self._tree_part(block)
            case HeadTable():
                return HeadTable(tuple(map(self._head_row, block.rows)))
            case GridTable():
                return GridTable(
                    block.header, tuple(map(self._grid_row, block.rows)), block.widths_mm
                )
            case Paragraph() | Heading() | ListBlock() | Table() | Figure():
                return self._block(block)
        return block

    def _tree_part(self, part: TreePart) -> TreePart:
        blocks = self._blocks(part.tree.blocks)
        if blocks is part.tree.blocks:
            return part
        return TreePart(Tree(blocks), part.heading_shift)

    def _head_row(self, row: HeadRow) -> HeadRow:
        return HeadRow(row.label, tuple(map(self._blocks, row.columns)), row.mark)

    def _grid_row(self, row: GridRow) -> GridRow:
        return GridRow(tuple(map(self._blocks, row.cells)), row.muted, row.least_mm)

    def _blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return _same_or_new(blocks, tuple(map(self._block, blocks)))

    def _block(self, block: Block) -> Block:
        name = self._name(block.id, self._blocks_taken)
        match block:
            case Paragraph():
                return self._paragraph(block, name)
            case Heading():
                return replace(block, inlines=self._inlines(block.inlines), id=name)
            case ListBlock():
                return self._list(block, name)
            case Table():
                return replace(block, rows=tuple(map(self._row, block.rows)), id=name)
            case Figure():
                return block if name == block.id else replace(block, id=name)

    def _paragraph(self, block: Paragraph, name: str) -> Paragraph:
        inlines = self._inlines(block.inlines)
        if name == block.id and inlines is block.inlines:
            return block
        return Paragraph(inlines, block.style, name)

    def _list(self, block: ListBlock, name: str) -> ListBlock:
        items = _same_or_new(block.items, tuple(map(self._item, block.items)))
        if name == block.id and items is block.items:
            return block
        return ListBlock(items, block.kind, block.number_format, block.start, name)

    def _item(self, item: ListItem) -> ListItem:
        blocks = self._blocks(item.blocks)
        return item if blocks is item.blocks else ListItem(blocks)

    def _row(self, row: Row) -> Row:
        return Row(tuple(map(self._cell, row.cells)))

    def _cell(self, cell: Cell) -> Cell:
        return Cell(self._blocks(cell.blocks), cell.column_span, cell.row_span)

    def _inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        if not any(isinstance(inline, Footnote) for inline in inlines):
            return inlines
        return tuple(self._note(one) if isinstance(one, Footnote) else one for one in inlines)

    def _note(self, note: Footnote) -> Footnote:
        return Footnote(self._name(note.id, self._notes_taken), note.content)

    def _name(self, wanted: str, taken: set[str]) -> str:
        name = wanted
        while not name or name in taken:
            self._made += 1
            name = f"{wanted}-{self._made}" if wanted else f"d{self._made}"
        taken.add(name)
        return name


def _same_or_new(old: tuple[_T, ...], new: tuple[_T, ...]) -> tuple[_T, ...]:
    """Return the old values themselves where none of them was replaced."""
    return old if all(map(is_, old, new)) else new
