"""Texts that are plain paragraphs, as lines one can type in."""

from __future__ import annotations

from difflib import SequenceMatcher

from desktop.richtext.clean import clean_lines
from desktop.richtext.plain import inline_text
from desktop.richtext.tree import Block, Paragraph, Run, Tree, paragraph


def is_plain(tree: Tree) -> bool:
    """Tell whether a text is plain paragraphs, so that typing it as lines loses nothing."""
    return all(_is_plain(block) for block in tree.blocks)


def _is_plain(block: Block) -> bool:
    if not isinstance(block, Paragraph) or block.style != "normal":
        return False
    unmarked = all(
        isinstance(inline, Run) and inline == Run(inline.text) for inline in block.inlines
    )
    text = inline_text(block.inlines)
    return unmarked and text == text.strip() != "" and clean_lines(text) == (text,)


def lines_of(tree: Tree) -> list[str]:
    """Return the paragraphs of a plain text."""
    return [inline_text(block.inlines) for block in tree.blocks if isinstance(block, Paragraph)]


def typed_lines(text: str) -> list[str]:
    """Return the paragraphs that typed text makes: clean lines, blank ones left out."""
    return [line.strip() for line in clean_lines(text) if line.strip()]


def with_lines(tree: Tree, text: str) -> Tree:
    """Return a plain text as it reads after typing; paragraphs keep their ids where they can."""
    old, new = list(tree.blocks), typed_lines(text)
    blocks: list[Block] = []
    matcher = SequenceMatcher(None, lines_of(tree), new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            blocks += old[start:end]
            continue
        held = old[start:end]
        for place, line in enumerate(new[new_start:new_end]):
            made = paragraph(line)
            same = held[place] if place < len(held) else None
            blocks.append(Paragraph(made.inlines, id=same.id) if same else made)
    return Tree(tuple(blocks))
