"""The same content by docxtpl, in our own styles: one template, loops over paragraphs and tables.

It does what docxtpl can: every text in its style, with bold, italic, superscript, breaks and links,
lists by the styles of their kind and level, tables with the paragraphs of their cells, pictures.
It has nothing for footnotes (their text stands inline), numbers that start again, merged cells,
links within the document, and marks; those are left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, RichText

from desktop.documents import style_names as names
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
from desktop.documents.look import style_id
from desktop.documents.template import own_template
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
)

Part = dict[str, object]


def make_template(path: Path) -> None:
    """Write the template: each part of the content is a paragraph, a picture or a table."""
    made = docx.Document(io.BytesIO(own_template()))
    for paragraph in made.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001
    made.add_paragraph("{%p for part in parts %}")
    made.add_paragraph("{%p if part.rows %}")
    table = made.add_table(3, 3, "Møtebok tabell")
    table.cell(0, 0).text = "{%tr for row in part.rows %}"
    table.cell(1, 0).text = "{%tc for cell in row %}"
    middle = table.cell(1, 1)
    middle.text = "{%p for line in cell %}"
    _styled(middle.add_paragraph("{{r line.text }}"), "{{ line.style }}")
    middle.add_paragraph("{%p endfor %}")
    table.cell(1, 2).text = "{%tc endfor %}"
    table.cell(2, 0).text = "{%tr endfor %}"
    made.add_paragraph("{%p elif part.picture %}")
    made.add_paragraph("{{ part.picture }}")
    made.add_paragraph("{%p else %}")
    _styled(made.add_paragraph("{{r part.text }}"), "{{ part.style }}")
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p endfor %}")
    made.save(str(path))


def _styled(paragraph: docx.text.paragraph.Paragraph, expression: str) -> None:
    """Let the template compute the style, which Word shows as a name it does not know."""
    paragraph.style = "Title"
    paragraph._p.pPr.pStyle.set(qn("w:val"), expression)  # noqa: SLF001


class _Context:
    """Makes the parts of one document for one rendering."""

    def __init__(self, rival: DocxTemplate, document: Document) -> None:
        self._rival = rival
        self._document = document

    def parts(self) -> list[Part]:
        return [part for block in self._document.blocks for part in self._parts(block)]

    def _parts(self, block: DocBlock) -> Iterator[Part]:
        match block:
            case Title():
                yield self._plain(names.TITLE, block.text)
            case DocHeading():
                yield self._text(names.HEADINGS[block.level - 1], block.inlines)
            case StyledParagraph():
                yield self._text(names.ROLES[block.role], block.inlines)
            case TreePart():
                yield from self._blocks(block.tree.blocks, shift=block.heading_shift)
            case TableOfContents():
                yield self._plain(names.TOC_HEADING, block.title)
                yield from (self._plain(names.TOC[0], entry.text) for entry in block.entries)
            case HeadTable() | GridTable():
                yield {"rows": list(self._rows(block))}
            case Paragraph() | Heading() | ListBlock() | Table() | Figure():
                yield from self._blocks((block,))

    def _rows(self, table: HeadTable | GridTable | Table) -> Iterator[list[list[Part]]]:
        match table:
            case HeadTable():
                for row in table.rows:
                    label = [self._plain(names.TABLE_LABEL, row.label)]
                    yield [label, *map(self._cell, row.columns)]
            case GridTable():
                yield [[self._plain(names.TABLE_HEADER, text)] for text in table.header]
                for line in table.rows:
                    yield [self._cell(blocks, muted=line.muted) for blocks in line.cells]
            case Table():
                for index, cells in enumerate(table.rows):
                    header = index < table.header_rows
                    yield [self._table_cell(cell, header=header) for cell in cells.cells]

    def _table_cell(self, cell: Cell, *, header: bool) -> list[Part]:
        style = names.TABLE_HEADER if header else names.TABLE_TEXT
        return list(self._blocks(cell.blocks, style=style))

    def _cell(self, blocks: tuple[Block, ...], *, muted: bool = False) -> list[Part]:
        style = names.TABLE_MUTED if muted else names.TABLE_TEXT
        return list(self._blocks(blocks, style=style)) or [self._plain(style, "")]

    def _blocks(
        self, blocks: tuple[Block, ...], *, style: str = names.NORMAL, shift: int = 0
    ) -> Iterator[Part]:
        for block in blocks:
            match block:
                case ListBlock():
                    yield from self._list(block, 0)
                case Paragraph():
                    caption = block.style == "caption"
                    yield self._text(names.CAPTION if caption else style, block.inlines)
                case Heading():
                    level = min(block.level + shift, len(names.HEADINGS))
                    yield self._text(names.HEADINGS[level - 1], block.inlines)
                case Figure():
                    picture = io.BytesIO(self._document.figures[block.file].data)
                    width = Mm(block.width_mm or 100)
                    yield {"picture": InlineImage(self._rival, picture, width=width)}
                case Table():
                    yield {"rows": list(self._rows(block))}

    def _list(self, block: ListBlock, level: int) -> Iterator[Part]:
        kind = names.BULLETS if block.kind == "bullet" else names.NUMBERS
        for item in block.items:
            first, *others = item.blocks
            yield self._text(names.level_style(kind, level), getattr(first, "inlines", ()))
            for other in others:
                if isinstance(other, ListBlock):
                    yield from self._list(other, level + 1)
                else:
                    going_on = names.level_style(names.CONTINUES, level)
                    yield from self._blocks((other,), style=going_on)

    def _plain(self, style: str, text: str) -> Part:
        return self._text(style, (Run(text),) if text else ())

    def _text(self, style: str, inlines: tuple[Inline, ...]) -> Part:
        text = RichText()
        for inline in inlines:
            match inline:
                case Run():
                    link = inline.link if inline.link and not inline.link.startswith("#") else None
                    text.add(
                        inline.text,
                        bold=inline.bold,
                        italic=inline.italic,
                        superscript=inline.superscript,
                        url_id=self._rival.build_url_id(link) if link else None,
                    )
                case LineBreak():
                    text.add("\n")
                case Footnote():
                    text.add("".join(part.text for part in inline.content if isinstance(part, Run)))
        return {"style": style_id(style), "text": text}


def render(template: Path, document: Document, path: Path) -> None:
    """Fill the template with a document and save it."""
    rival = DocxTemplate(str(template))
    rival.render({"parts": _Context(rival, document).parts()})
    rival.save(str(path))
