"""A text that comes back from Word, made comparable with the text it is to replace.

Word carries neither ids nor relative widths. Blocks that belong together keep the id they had, so
that history shows what changed, and what only went through another measure keeps its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from desktop.richtext.match import match_blocks
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
    child_blocks,
)
from desktop.richtext.validate import canonical

_NEAR: Final = 0.01  # of the width of a table
_NEAR_MM: Final = 1


def settled(old: Tree, new: Tree) -> Tree:
    """Return the new text with the ids, widths and sizes of the old one where they still hold."""
    return canonical(Tree(_blocks(old.blocks, new.blocks)))


def _blocks(old: tuple[Block, ...], new: tuple[Block, ...]) -> tuple[Block, ...]:
    origins = match_blocks(old, new).old_of_new
    return tuple(
        _block(old[origins[index]], block) if index in origins else block
        for index, block in enumerate(new)
    )


def _block(old: Block, new: Block) -> Block:
    match new:
        case Paragraph() | Heading():
            held = old.inlines if isinstance(old, Paragraph | Heading) else ()
            return replace(new, id=old.id, inlines=_notes(held, new.inlines))
        case ListBlock():
            return _list(old, new)
        case Table():
            return _table(old, new)
        case Figure():
            return _figure(old, new)


def _notes(old: tuple[Inline, ...], new: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Give footnotes the ids they had, in order."""
    ids = iter([inline.id for inline in old if isinstance(inline, Footnote)])
    return tuple(
        replace(inline, id=next(ids, inline.id)) if isinstance(inline, Footnote) else inline
        for inline in new
    )


def _list(old: Block, new: ListBlock) -> ListBlock:
    children = iter(_blocks(child_blocks(old), child_blocks(new)))
    items = tuple(ListItem(tuple(next(children) for _ in item.blocks)) for item in new.items)
    return replace(new, id=old.id, items=items)


def _table(old: Block, new: Table) -> Table:
    children = iter(_blocks(child_blocks(old), child_blocks(new)))
    rows = tuple(
        Row(tuple(_cell(cell, tuple(next(children) for _ in cell.blocks)) for cell in row.cells))
        for row in new.rows
    )
    widths = new.column_widths
    if isinstance(old, Table) and _same_widths(old.column_widths, widths):
        widths = old.column_widths
    return replace(new, id=old.id, rows=rows, column_widths=widths)


def _cell(cell: Cell, blocks: tuple[Block, ...]) -> Cell:
    return replace(cell, blocks=blocks)


def _same_widths(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    if len(one) != len(other):
        # Equal widths are written as widths in the one and left out in the other.
        given = one or other
        return not (one and other) and max(given) - min(given) <= _NEAR * sum(given)
    return all(abs(a / sum(one) - b / sum(other)) <= _NEAR for a, b in zip(one, other, strict=True))


def _figure(old: Block, new: Figure) -> Figure:
    if not isinstance(old, Figure):
        return replace(new, id=old.id)
    width = new.width_mm
    unknown = old.width_mm is None or width is None
    if old.file == new.file and (unknown or abs((old.width_mm or 0) - (width or 0)) <= _NEAR_MM):
        width = old.width_mm
    return replace(new, id=old.id, width_mm=width)
