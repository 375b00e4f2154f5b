"""What says nothing is not printed: blank paragraphs and headings, list items and lists of them."""

from __future__ import annotations

from dataclasses import replace

from desktop.richtext.tree import (
    Block,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Tree,
)


def without_blanks(tree: Tree) -> Tree:
    """Return the text without blocks that show nothing; the empty tree if nothing is left.

    The first paragraph of a list item stays when the item has more, and cells stay as they are.
    """
    blocks = _shown(tree.blocks)
    return tree if blocks == tree.blocks else Tree(blocks)


def _shown(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(shown for block in blocks if (shown := _shown_block(block)) is not None)


def _shown_block(block: Block) -> Block | None:
    match block:
        case Paragraph() | Heading():
            return block if any(map(_is_seen, block.inlines)) else None
        case ListBlock():
            items = tuple(shown for item in block.items if (shown := _shown_item(item)).blocks)
            if items == block.items:
                return block
            return replace(block, items=items) if items else None
    return block


def _shown_item(item: ListItem) -> ListItem:
    first, *rest = item.blocks
    further = _shown(tuple(rest))
    if further:
        return ListItem((first, *further))
    return ListItem(_shown((first,)))


def _is_seen(inline: Inline) -> bool:
    return isinstance(inline, Footnote) or (isinstance(inline, Run) and not inline.text.isspace())
