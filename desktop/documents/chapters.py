"""A document as a chapter of a larger one: headings one level down, anchors kept apart."""

from __future__ import annotations

from dataclasses import replace

from desktop.documents.document import (
    DocBlock,
    DocHeading,
    DocHeadingLevel,
    GridRow,
    GridTable,
    HeadRow,
    HeadTable,
    PageBreak,
    StyledParagraph,
    TableOfContents,
    Title,
    TreePart,
)
from desktop.richtext.tree import (
    Block,
    Cell,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Run,
    Table,
    Tree,
)

BodyBlock = Paragraph | ListBlock | Table | Figure


def as_chapter(
    blocks: tuple[DocBlock, ...], *, anchor: str | None, prefix: str = ""
) -> tuple[DocBlock, ...]:
    """Return the blocks of a document as a chapter of a larger one.

    The title becomes a heading of level 1 on a new page, and every heading moves one level down.
    Marks are dropped (a larger document has the same field many times). Anchors and links to them
    get `prefix` in front, so that chapters cannot collide; `anchor` is the chapter's own.
    """
    return tuple(_in_chapter(block, anchor, prefix) for block in blocks)


def _in_chapter(block: DocBlock, anchor: str | None, prefix: str) -> DocBlock:
    match block:
        case Title():
            return DocHeading((Run(block.text),), 1, anchor=anchor, page_break_before=True)
        case DocHeading():
            return replace(
                block,
                inlines=_prefixed_inlines(block.inlines, prefix),
                level=_one_down(block.level),
                anchor=_prefixed(block.anchor, prefix),
                mark=None,
            )
        case TreePart():
            return TreePart(
                Tree(_prefixed_blocks(block.tree.blocks, prefix)), block.heading_shift + 1
            )
        case Heading():
            return TreePart(Tree((_prefixed_block(block, prefix),)), 1)
        case _:
            return _same_level(block, prefix)


def _same_level(
    block: StyledParagraph | HeadTable | GridTable | TableOfContents | PageBreak | BodyBlock,
    prefix: str,
) -> DocBlock:
    match block:
        case StyledParagraph():
            return _prefixed_paragraph(block, prefix)
        case HeadTable():
            return HeadTable(tuple(_prefixed_head_row(row, prefix) for row in block.rows))
        case GridTable():
            return replace(block, rows=tuple(_prefixed_grid_row(r, prefix) for r in block.rows))
        case TableOfContents():
            entries = tuple(replace(e, anchor=f"{prefix}{e.anchor}") for e in block.entries)
            return replace(block, entries=entries)
        case PageBreak():
            return block
        case _:
            return _prefixed_block(block, prefix)


def _prefixed_paragraph(block: StyledParagraph, prefix: str) -> StyledParagraph:
    inlines = _prefixed_inlines(block.inlines, prefix)
    anchor = _prefixed(block.anchor, prefix)
    if inlines is block.inlines and anchor == block.anchor:
        return block
    return StyledParagraph(inlines, block.role, anchor)


def _one_down(level: DocHeadingLevel) -> DocHeadingLevel:
    deeper: dict[DocHeadingLevel, DocHeadingLevel] = {1: 2, 2: 3, 3: 4, 4: 4}
    return deeper[level]


def _prefixed(anchor: str | None, prefix: str) -> str | None:
    return None if anchor is None else f"{prefix}{anchor}"


def _prefixed_head_row(row: HeadRow, prefix: str) -> HeadRow:
    columns = tuple(_prefixed_blocks(column, prefix) for column in row.columns)
    return HeadRow(row.label, columns)


def _prefixed_grid_row(row: GridRow, prefix: str) -> GridRow:
    return replace(row, cells=tuple(_prefixed_blocks(cell, prefix) for cell in row.cells))


def _prefixed_blocks(blocks: tuple[Block, ...], prefix: str) -> tuple[Block, ...]:
    if not prefix:
        return blocks
    return tuple(_prefixed_block(block, prefix) for block in blocks)


def _prefixed_block(block: Block, prefix: str) -> Block:
    if isinstance(block, ListBlock):
        items = tuple(ListItem(_prefixed_blocks(item.blocks, prefix)) for item in block.items)
        return replace(block, items=items)
    if isinstance(block, Table):
        return replace(block, rows=tuple(_prefixed_row(row, prefix) for row in block.rows))
    if isinstance(block, Figure):
        return block
    inlines = _prefixed_inlines(block.inlines, prefix)
    return block if inlines is block.inlines else replace(block, inlines=inlines)


def _prefixed_row(row: Row, prefix: str) -> Row:
    return Row(tuple(_prefixed_cell(cell, prefix) for cell in row.cells))


def _prefixed_cell(cell: Cell, prefix: str) -> Cell:
    return replace(cell, blocks=_prefixed_blocks(cell.blocks, prefix))


def _prefixed_inlines(inlines: tuple[Inline, ...], prefix: str) -> tuple[Inline, ...]:
    if not prefix or not any(map(_points_inside, inlines)):
        return inlines
    return tuple(_prefixed_inline(inline, prefix) for inline in inlines)


def _points_inside(inline: Inline) -> bool:
    if isinstance(inline, Footnote):
        return any(map(_points_inside, inline.content))
    return isinstance(inline, Run) and inline.link is not None and inline.link.startswith("#")


def _prefixed_inline(inline: Inline, prefix: str) -> Inline:
    if isinstance(inline, Footnote):
        return replace(
            inline, content=tuple(_prefixed_text(part, prefix) for part in inline.content)
        )
    return _prefixed_text(inline, prefix)


def _prefixed_text(part: Run | LineBreak, prefix: str) -> Run | LineBreak:
    if isinstance(part, Run) and part.link and part.link.startswith("#"):
        return replace(part, link=f"#{prefix}{part.link[1:]}")
    return part
