"""A `Document` as HTML: one file without scripts and without anything to fetch."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from desktop.documents.document import (
    DocBlock,
    DocHeading,
    Document,
    GridRow,
    GridTable,
    HeadRow,
    HeadTable,
    PageBreak,
    StyledParagraph,
    TableOfContents,
    Title,
    TreePart,
    heading_level,
)
from desktop.documents.html_blocks import HtmlBlocks, attribute
from desktop.documents.html_css import CSS
from desktop.i18n.catalogue import words
from desktop.richtext.tree import Block, Figure, Footnote, Heading, Tree

if TYPE_CHECKING:
    from desktop.i18n.catalogue import Words

_IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif"})


def write_html(document: Document, *, fragment: bool = False) -> str:
    """Return the document as a whole page, or its `<main>` alone for a page with its own head."""
    main = "\n".join(
        (f"<main{attribute('lang', document.maalform)}>", *html_parts(document), "</main>\n")
    )
    if fragment:
        return main
    return (
        f"<!DOCTYPE html>\n<html{attribute('lang', document.maalform)}>\n<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n"
        f"<meta{attribute('name', 'author')}{attribute('content', document.author)}>\n"
        f"<style>{CSS}</style>\n</head>\n<body>\n{main}</body>\n</html>\n"
    )


def html_parts(document: Document) -> tuple[str, ...]:
    """Return the inside of `<main>`: an element or more per block, then the notes and the foot."""
    body, rest = html_by_block(document)
    return tuple(filter(None, (*body, *rest)))


def html_by_block(document: Document) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the HTML of each block, "" for one that prints nothing, and that of notes and foot."""
    printer = _DocumentHtml(document, words(document.maalform))
    body = tuple(map(printer.doc_block, document.blocks))
    foot = f"<footer>{escape(document.footer_text)}</footer>" if document.footer_text else ""
    return body, (printer.endnotes(), foot)


class _DocumentHtml(HtmlBlocks):
    """Prints the blocks of one document; gathers its footnotes on the way.

    The title is `h1`, and a heading of level 1 is `h2`.
    """

    def __init__(self, document: Document, _: Words) -> None:
        self._figures = document.figures
        self._words = _
        self._anchors = _anchors(document.blocks)
        self._notes: list[Footnote] = []
        self._level = 0
        self._shift = 0

    def doc_block(self, block: DocBlock) -> str:
        match block:
            case Title() | DocHeading() | StyledParagraph():
                return self._named_text(block)
            case HeadTable():
                return self._head_table(block)
            case GridTable():
                return self._grid(block)
            case TableOfContents():
                return self._contents(block)
            case PageBreak():
                return '<div class="ny-side"></div>'
            case _:
                return self._part(
                    block if isinstance(block, TreePart) else TreePart(Tree((block,)), 0)
                )

    def _named_text(self, block: Title | DocHeading | StyledParagraph) -> str:
        name = _name(block.anchor)
        match block:
            case Title():
                return f"<h1{name}>{escape(block.text)}</h1>"
            case DocHeading():
                look = ' class="ny-side"' if block.page_break_before else ""
                return self._heading(block.level, look + name, block)
            case StyledParagraph():
                inside = self.inlines(block.inlines)
                return f"<p{attribute('class', block.role)}{name}>{inside}</p>"

    def endnotes(self) -> str:
        """Return the footnotes met so far, each with a link back to its place."""
        if not self._notes:
            return ""
        _ = self._words
        title, back = _("Fotnoter"), _("Tilbake til teksten")
        items = "".join(
            f'<li id="fotnote-{number}"><p>{self.inlines(note.content)} '
            f'<a href="#fotnote-{number}-sted"{attribute("aria-label", back)}>↩</a></p></li>'
            for number, note in enumerate(self._notes, 1)
        )
        return (
            f'<section class="fotnoter"{attribute("aria-label", title)}><ol>{items}</ol></section>'
        )

    def identity(self, block: Block) -> str:  # noqa: ARG002
        return ""

    def heading(self, heading: Heading) -> str:
        return self._heading(heading.level + self._shift, "", heading)

    def figure(self, figure: Figure) -> str:
        file = self._figures.get(figure.file)
        if file is None or file.media_type not in _IMAGE_TYPES:
            return f"<p>{escape(figure.alt_text, quote=False)}</p>" if figure.alt_text else ""
        source = f"data:{file.media_type};base64,{b64encode(file.data).decode('ascii')}"
        width = attribute("style", f"width:{figure.width_mm}mm") if figure.width_mm else ""
        image = f"<img{attribute('src', source)}{attribute('alt', figure.alt_text)}{width}>"
        return f"<figure>{image}</figure>"

    def footnote(self, note: Footnote) -> str:
        self._notes.append(note)
        number = len(self._notes)
        _ = self._words
        label = _("Fotnote {nummer}").format(nummer=number)
        return (
            f'<sup><a id="fotnote-{number}-sted" href="#fotnote-{number}"'
            f"{attribute('aria-label', label)}>{number}</a></sup>"
        )

    def link(self, target: str) -> str | None:
        if not target.startswith("#"):
            return super().link(target)
        return f"#{_html_id(target[1:])}" if target[1:] in self._anchors else None

    def _heading(self, wanted: int, attributes: str, heading: DocHeading | Heading) -> str:
        self._level = heading_level(wanted, self._level)
        tag = f"h{self._level + 1}"
        return f"<{tag}{attributes}>{self.inlines(heading.inlines)}</{tag}>"

    def _part(self, part: TreePart) -> str:
        self._shift = part.heading_shift
        html = self.blocks(part.tree.blocks)
        self._shift = 0
        return html

    def _head_table(self, table: HeadTable) -> str:
        columns = max((len(row.columns) for row in table.rows), default=1)
        rows = "".join(self._head_row(row, columns) for row in table.rows)
        return f'<table class="hode"><tbody>{rows}</tbody></table>'

    def _head_row(self, row: HeadRow, columns: int) -> str:
        missing = columns - len(row.columns)
        span = attribute("colspan", missing + 1) if missing else ""
        cells = [f"<td>{self.blocks(column)}</td>" for column in row.columns[:-1]]
        cells += [f"<td{span}>{self.blocks(column)}</td>" for column in row.columns[-1:]]
        return f'<tr><th scope="row">{escape(row.label)}</th>{"".join(cells)}</tr>'

    def _grid(self, table: GridTable) -> str:
        head = "".join(f'<th scope="col">{escape(text)}</th>' for text in table.header)
        rows = "".join(map(self._grid_row, table.rows))
        return (
            f"<table>{_column_widths(table.widths_mm)}<thead><tr>{head}</tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )

    def _grid_row(self, row: GridRow) -> str:
        cells = "".join(f"<td>{self.blocks(cell)}</td>" for cell in row.cells)
        look = ' class="dempet"' if row.muted else ""
        height = f' style="height:{row.least_mm}mm"' if row.least_mm else ""
        return f"<tr{look}{height}>{cells}</tr>"

    def _contents(self, contents: TableOfContents) -> str:
        items = "".join(
            f'<li class="nivaa{entry.level}"><a href="#{escape(_html_id(entry.anchor))}">'
            f"{escape(entry.text)}</a></li>"
            for entry in contents.entries
        )
        name = attribute("aria-label", contents.title)
        title = f'<p class="etikett">{escape(contents.title)}</p>'
        return f"<nav{name}>{title}<ul>{items}</ul></nav>"


def _column_widths(widths: tuple[int, ...]) -> str:
    if not widths:
        return ""
    columns = "".join(f'<col style="width:{100 * one / sum(widths):.3g}%">' for one in widths)
    return f"<colgroup>{columns}</colgroup>"


def _anchors(blocks: Iterable[DocBlock]) -> frozenset[str]:
    named = (one for one in blocks if isinstance(one, Title | DocHeading | StyledParagraph))
    return frozenset(block.anchor for block in named if block.anchor)


def _name(anchor: str | None) -> str:
    return attribute("id", _html_id(anchor)) if anchor else ""


def _html_id(anchor: str) -> str:
    """Return an anchor as an id: it may hold anything but white space."""
    return re.sub(r"\s+", "-", anchor)
