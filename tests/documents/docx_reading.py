"""Reads text and looks back from a Word file, to compare with the tree they were written from."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from desktop.documents.document import DocBlock, Document
from desktop.documents.docx_writer import write_docx
from desktop.documents.inlines import safe_address
from desktop.richtext.tree import (
    Block,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    Tree,
    walk,
)
from tests.documents.check_docx import Parts, find, style_name

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {"tab": "\t", "softHyphen": "\u00ad", "noBreakHyphen": "\u2011", "br": "\n"}


class Piece(NamedTuple):
    """Neighbouring characters of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    link: str | None = None


def document(*blocks: DocBlock, **fields: object) -> Document:
    """Return a small document of blocks."""
    values = {"title": "Prøve", "author": "Sekretariatet", "maalform": "nb", **fields}
    return Document(blocks=blocks, **values)


def body_of(*blocks: DocBlock, **fields: object) -> etree._Element:
    """Return the body that blocks are written as."""
    return find(Parts(write_docx(document(*blocks, **fields)).data).document, "w:body")[0]


def tree_paragraphs(tree: Tree) -> list[list[Piece]]:
    """Return the pieces of every paragraph that a tree is printed as, figures as their text."""
    return [_expected(block) for block in walk(tree.blocks) if _is_printed(block)]


def tree_notes(tree: Tree) -> list[list[Piece]]:
    """Return the pieces of every footnote."""
    return [
        merged(map(_piece, inline.content))
        for block in walk(tree.blocks)
        if isinstance(block, Paragraph | Heading)
        for inline in block.inlines
        if isinstance(inline, Footnote)
    ]


def _is_printed(block: Block) -> bool:
    return isinstance(block, Paragraph | Heading | Figure)


def _expected(block: Block) -> list[Piece]:
    if isinstance(block, Figure):
        return [Piece("figure")]
    return merged(map(_piece, block.inlines))


def _piece(inline: Inline) -> Piece:
    if isinstance(inline, LineBreak):
        return Piece("\n")
    if isinstance(inline, Footnote):
        return Piece("*")
    link = inline.link
    if link is not None and not link.startswith("#"):
        link = safe_address(link)
    return Piece(inline.text, inline.bold, inline.italic, inline.superscript, link)


def merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces with neighbours of one look joined."""
    return [
        Piece("".join(piece.text for piece in group), *look)
        for look, group in itertools.groupby(pieces, key=lambda piece: piece[1:])
    ]


def file_paragraphs(data: bytes) -> list[list[Piece]]:
    """Return the pieces of every paragraph of the body but those that hold tables apart."""
    parts = Parts(data)
    anchors = {name: f"#{name}" for name in find(parts.document, "//w:bookmarkStart/@w:name")}
    return [
        merged(_pieces(parts, "word/document.xml", paragraph, anchors))
        for paragraph in find(parts.document, "//w:body//w:p")
        if style_name(parts, paragraph) != "Tabellskille"
        and not find(paragraph, "parent::w:tc/w:tcPr/w:vMerge[@w:val='continue']")
    ]


def file_notes(data: bytes) -> list[list[Piece]]:
    """Return the pieces of every footnote, without its mark and the space after it."""
    parts = Parts(data)
    notes = find(parts.xml("word/footnotes.xml"), "w:footnote[not(@w:type)]")
    anchors = {name: f"#{name}" for name in find(parts.document, "//w:bookmarkStart/@w:name")}
    read = []
    for note in notes:
        runs = list(_pieces(parts, "word/footnotes.xml", note[0], anchors))
        assert runs[:2] == [Piece("*"), Piece(" ")]
        read.append(merged(runs[2:]))
    return read


def _pieces(
    parts: Parts, name: str, paragraph: etree._Element, anchors: dict[str, str]
) -> Iterator[Piece]:
    for run in find(paragraph, ".//w:r"):
        if find(run, "w:drawing"):
            yield Piece("figure")
            continue
        if find(run, "w:footnoteReference | w:footnoteRef"):
            yield Piece("*")
            continue
        text = "".join(_sign(node) for node in run)
        bold, italic = bool(find(run, "w:rPr/w:b")), bool(find(run, "w:rPr/w:i"))
        superscript = bool(find(run, "w:rPr/w:vertAlign[@w:val='superscript']"))
        yield Piece(text, bold, italic, superscript, _link(parts, name, run, anchors))


def _sign(node: etree._Element) -> str:
    name = node.tag.removeprefix(_W)
    return (node.text or "") if name == "t" else _SIGNS.get(name, "")


def _link(parts: Parts, name: str, run: etree._Element, anchors: dict[str, str]) -> str | None:
    parent = run.getparent()
    if parent.tag != f"{_W}hyperlink":
        return None
    anchor = parent.get(f"{_W}anchor")
    if anchor is not None:
        return anchors[anchor]
    identifier = find(parent, "@r:id")[0]
    return parts.relations(name)[identifier].get("Target")
