"""A tree as lines that a person can review: one per paragraph, with its marks."""

from desktop.richtext.plain import list_marker
from desktop.richtext.tree import (
    Figure,
    Footnote,
    Heading,
    LineBreak,
    ListBlock,
    Paragraph,
    Table,
)


def outline(blocks, indent=""):
    return "".join(line for block in blocks for line in _block(block, indent))


def _block(block, indent):
    if isinstance(block, Heading):
        yield f"{indent}{'#' * block.level} {_inlines(block.inlines)}\n"
    elif isinstance(block, Paragraph):
        style = "(bildetekst) " if block.style == "caption" else ""
        yield f"{indent}{style}{_inlines(block.inlines)}\n"
    elif isinstance(block, ListBlock):
        for index, item in enumerate(block.items):
            marker = f"{list_marker(block, index)} "
            text = outline(item.blocks, indent + " " * len(marker))
            yield indent + marker + text[len(indent) + len(marker) :]
    elif isinstance(block, Figure):
        yield f"{indent}<figur {block.width_mm} mm: {block.alt_text}>\n"
    elif isinstance(block, Table):
        widths = " ".join(map(str, block.column_widths))
        yield f"{indent}<tabell, {block.header_rows} overskriftsrader, bredder: {widths}>\n"
        for row in block.rows:
            yield f"{indent}| {' | '.join(map(_cell, row.cells))} |\n"


def _cell(cell):
    spans = (
        f"{cell.column_span}x{cell.row_span} "
        if (cell.column_span, cell.row_span) != (1, 1)
        else ""
    )
    return spans + outline(cell.blocks).rstrip("\n").replace("\n", " // ")


def _inlines(inlines):
    return "".join(map(_inline, inlines))


def _inline(inline):
    if isinstance(inline, LineBreak):
        return " ⏎ "
    if isinstance(inline, Footnote):
        return f"[[{_inlines(inline.content)}]]"
    text = inline.text.replace("\N{NO-BREAK SPACE}", "~")
    for mark, applies in (("^", inline.superscript), ("_", inline.italic), ("*", inline.bold)):
        if applies:
            text = f"{mark}{text}{mark}"
    return f"{text}<{inline.link}>" if inline.link else text
