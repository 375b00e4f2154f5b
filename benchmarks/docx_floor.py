"""The floor for writing a Word file: the same content by raw lxml and zipfile.

Every paragraph, run, list item, table, link and footnote of a `Document` is written with its style
id, in one pass, into a minimal package: no template, no look-ups, no checks, no spans, no marks.
What a writer adds to this is the price of its care.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

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
from desktop.richtext.tree import (
    Block,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    Paragraph,
    Run,
    Table,
)

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NSMAP = {"w": _W, "r": _R}


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"


_P, _PPR, _PSTYLE, _NUMPR, _ILVL, _NUMID = map(_w, ("p", "pPr", "pStyle", "numPr", "ilvl", "numId"))
_RUN, _RPR, _T, _BR, _B, _I, _VERT = map(_w, ("r", "rPr", "t", "br", "b", "i", "vertAlign"))
_TBL, _TR, _TC, _TCPR, _TCW, _TBLPR, _TBLW, _GRID, _COL = map(
    _w, ("tbl", "tr", "tc", "tcPr", "tcW", "tblPr", "tblW", "tblGrid", "gridCol")
)
_VAL, _WIDTH, _TYPE = _w("val"), _w("w"), _w("type")
_LINK, _RID, _REFERENCE, _ID = _w("hyperlink"), f"{{{_R}}}id", _w("footnoteReference"), _w("id")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_sub = etree.SubElement


class _Floor:
    def __init__(self) -> None:
        self.root = etree.Element(_w("document"), nsmap=_NSMAP)
        self.body = _sub(self.root, _w("body"))
        self.links: list[str] = []
        self.notes = etree.Element(_w("footnotes"), nsmap=_NSMAP)
        self.numbers: list[tuple[str, int]] = []

    def paragraph(
        self,
        parent: etree._Element,
        style: str,
        inlines: tuple[Inline, ...],
        number: tuple[int, int] | None = None,
    ) -> None:
        paragraph = _sub(parent, _P)
        properties = _sub(paragraph, _PPR)
        _sub(properties, _PSTYLE).set(_VAL, style)
        if number:
            numbering = _sub(properties, _NUMPR)
            _sub(numbering, _ILVL).set(_VAL, str(number[0]))
            _sub(numbering, _NUMID).set(_VAL, str(number[1]))
        self.inlines(paragraph, inlines)

    def inlines(self, parent: etree._Element, inlines: tuple[Inline, ...]) -> None:
        for inline in inlines:
            if isinstance(inline, Run):
                self.run(parent, inline)
            elif isinstance(inline, LineBreak):
                _sub(_sub(parent, _RUN), _BR)
            else:
                self.note(parent, inline)

    def run(self, parent: etree._Element, run: Run) -> None:
        if run.link:
            self.links.append(run.link)
            parent = _sub(parent, _LINK)
            parent.set(_RID, f"rId{len(self.links)}")
        element = _sub(parent, _RUN)
        if run.bold or run.italic or run.superscript:
            look = _sub(element, _RPR)
            if run.bold:
                _sub(look, _B)
            if run.italic:
                _sub(look, _I)
            if run.superscript:
                _sub(look, _VERT).set(_VAL, "superscript")
        text = _sub(element, _T)
        text.set(_SPACE, "preserve")
        text.text = run.text

    def note(self, parent: etree._Element, note: Footnote) -> None:
        number = str(len(self.notes) + 1)
        _sub(_sub(parent, _RUN), _REFERENCE).set(_ID, number)
        footnote = _sub(self.notes, _w("footnote"))
        footnote.set(_ID, number)
        self.paragraph(footnote, "FootnoteText", note.content)

    def blocks(self, parent: etree._Element, blocks: tuple[Block, ...], level: int = -1) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self.paragraph(parent, "ListContinue" if level >= 0 else "Normal", block.inlines)
            elif isinstance(block, Heading):
                self.paragraph(parent, f"Heading{block.level + 1}", block.inlines)
            elif isinstance(block, ListBlock):
                self.list(parent, block, level + 1)
            elif isinstance(block, Table):
                self.table(parent, [[cell.blocks for cell in row.cells] for row in block.rows])

    def list(self, parent: etree._Element, block: ListBlock, level: int) -> None:
        self.numbers.append((block.number_format, block.start))
        style = "ListBullet" if block.kind == "bullet" else "ListNumber"
        number = len(self.numbers)
        for item in block.items:
            self.paragraph(parent, style, item.blocks[0].inlines, (level, number))
            self.blocks(parent, item.blocks[1:], level)

    def table(self, parent: etree._Element, rows: Sequence[Sequence[tuple[Block, ...]]]) -> None:
        table = _sub(parent, _TBL)
        properties = _sub(table, _TBLPR)
        _sub(properties, _TBLW).set(_TYPE, "auto")
        grid = _sub(table, _GRID)
        for _ in range(max(map(len, rows), default=0)):
            _sub(grid, _COL).set(_WIDTH, "3000")
        for row in rows:
            line = _sub(table, _TR)
            for blocks in row:
                cell = _sub(line, _TC)
                width = _sub(_sub(cell, _TCPR), _TCW)
                width.set(_WIDTH, "3000")
                width.set(_TYPE, "dxa")
                self.blocks(cell, blocks)
                if not blocks:
                    _sub(cell, _P)

    def text(self, style: str, text: str) -> None:
        self.paragraph(self.body, style, (Run(text),))

    def block(self, block: DocBlock) -> None:
        match block:
            case Title():
                self.text("Title", block.text)
            case DocHeading():
                self.paragraph(self.body, f"Heading{block.level}", block.inlines)
            case StyledParagraph():
                self.paragraph(self.body, "Normal", block.inlines)
            case TreePart():
                self.blocks(self.body, block.tree.blocks)
            case TableOfContents():
                for entry in block.entries:
                    self.text("TOC1", entry.text)
            case HeadTable():
                rows = [[(_line(row.label),), *row.columns] for row in block.rows]
                self.table(self.body, rows)
            case GridTable():
                header = [(_line(text),) for text in block.header]
                self.table(self.body, [header, *(row.cells for row in block.rows)])
            case Paragraph() | ListBlock() | Table() | Heading():
                self.blocks(self.body, (block,))


def _line(text: str) -> Paragraph:
    return Paragraph((Run(text),), id="")


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def write_floor(document: Document, path: Path, statics: dict[str, bytes]) -> None:
    """Write the content of a document to a file; `statics` are parts made beforehand."""
    floor = _Floor()
    for block in document.blocks:
        floor.block(block)
    _sub(floor.body, _w("sectPr"))
    relations = etree.Element(f"{{{_PACKAGE}/relationships}}Relationships")
    for number, link in enumerate(floor.links, 1):
        item = _sub(relations, "Relationship", Id=f"rId{number}", Type=f"{_R}/hyperlink")
        item.set("Target", link)
        item.set("TargetMode", "External")
    numbering = etree.Element(_w("numbering"), nsmap=_NSMAP)
    for number in range(1, len(floor.numbers) + 1):
        instance = _sub(numbering, _w("num"))
        instance.set(_NUMID, str(number))
        _sub(instance, _w("abstractNumId")).set(_VAL, "0")
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, data in statics.items():
                archive.writestr(part, data)
            archive.writestr("word/document.xml", _bytes(floor.root))
            archive.writestr("word/_rels/document.xml.rels", _bytes(relations))
            archive.writestr("word/numbering.xml", _bytes(numbering))
            archive.writestr("word/footnotes.xml", _bytes(floor.notes))
        stream.flush()
        os.fsync(stream.fileno())
    Path(name).replace(path)
