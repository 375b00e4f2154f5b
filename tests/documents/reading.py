"""Reading composed documents in tests: their words, headings and tables."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.documents.document import (
    DocBlock,
    DocHeading,
    Document,
    GridTable,
    HeadTable,
    StyledParagraph,
    TableOfContents,
    Title,
    TreePart,
)
from desktop.richtext.tree import Block, Footnote, Heading, Inline, Paragraph, Run, walk


def words_of(inlines: tuple[Inline, ...]) -> str:
    parts = []
    for inline in inlines:
        if isinstance(inline, Run):
            parts.append(inline.text)
        elif isinstance(inline, Footnote):
            parts.append(f"[{words_of(inline.content)}]")
        else:
            parts.append("\n")
    return "".join(parts)


def inner_blocks(block: DocBlock) -> tuple[Block, ...]:
    """Every tree block inside a block of a document, at every depth."""
    match block:
        case TreePart():
            found = block.tree.blocks
        case HeadTable():
            found = tuple(b for row in block.rows for column in row.columns for b in column)
        case GridTable():
            found = tuple(b for row in block.rows for cell in row.cells for b in cell)
        case Title() | DocHeading() | StyledParagraph() | TableOfContents():
            found = ()
        case _:
            found = (block,)
    return tuple(walk(found))


def lines_of(blocks: tuple[Block, ...]) -> list[str]:
    return [words_of(b.inlines) for b in walk(blocks) if isinstance(b, Paragraph | Heading)]


def lines(document: Document) -> list[str]:
    return [text for block in document.blocks for text in _lines(block)]


def _lines(block: DocBlock) -> Iterator[str]:
    match block:
        case Title():
            yield block.text
        case DocHeading() | StyledParagraph():
            yield words_of(block.inlines)
        case TableOfContents():
            yield block.title
            yield from (entry.text for entry in block.entries)
        case HeadTable():
            for row in block.rows:
                yield row.label
                yield from lines_of(sum(row.columns, ()))
        case GridTable():
            yield from block.header
            for row in block.rows:
                yield from lines_of(sum(row.cells, ()))
        case TreePart():
            yield from lines_of(block.tree.blocks)


def all_inlines(document: Document) -> list[Inline]:
    found: list[Inline] = []
    for block in document.blocks:
        if isinstance(block, DocHeading | StyledParagraph):
            found += block.inlines
        for inner in inner_blocks(block):
            if isinstance(inner, Paragraph | Heading):
                found += inner.inlines
    return found


def headings(document: Document) -> list[tuple[int, str]]:
    return [(b.level, words_of(b.inlines)) for b in document.blocks if isinstance(b, DocHeading)]


def section(document: Document, title: str) -> list[DocBlock]:
    """The blocks under a heading whose text begins so, up to the next document heading."""
    found: list[DocBlock] = []
    inside = False
    for block in document.blocks:
        if isinstance(block, DocHeading):
            inside = words_of(block.inlines).startswith(title)
        elif inside:
            found.append(block)
    return found


def section_lines(document: Document, title: str) -> list[str]:
    return [text for block in section(document, title) for text in _lines(block)]


def head(document: Document) -> dict[str, list[list[str]]]:
    """The head table: each label with the lines of its columns."""
    table = next(block for block in document.blocks if isinstance(block, HeadTable))
    return {row.label: [lines_of(column) for column in row.columns] for row in table.rows}


def grids(document: Document) -> list[list[list[str]]]:
    """Every grid: its header and rows, each cell as one text."""
    return [
        [list(b.header), *([" ".join(lines_of(cell)) for cell in row.cells] for row in b.rows)]
        for b in document.blocks
        if isinstance(b, GridTable)
    ]


def roles(blocks: list[DocBlock]) -> list[tuple[str, str]]:
    return [(b.role, words_of(b.inlines)) for b in blocks if isinstance(b, StyledParagraph)]
