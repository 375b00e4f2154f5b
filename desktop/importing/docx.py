"""A Word file as blocks of the text tree, with what is needed to recognise its parts.

Nothing of the file is thrown away in silence: what a text cannot hold is changed by rule or left
out, and told as a remark. A file whose text is not settled (tracked changes) is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from desktop.importing.docx_errors import DocxError
from desktop.importing.docx_fields import Fields
from desktop.importing.docx_figures import Pictures
from desktop.importing.docx_flow import Facts, Flow, ListPlace, ReadBlock, blocks_of, shows
from desktop.importing.docx_inlines import (
    Box,
    InlineReader,
    NoteContent,
    PageBreak,
    Piece,
    ReadParagraph,
    Story,
    alternatives,
    control_names,
    is_placeholder,
)
from desktop.importing.docx_numbering import Numbering
from desktop.importing.docx_package import DocxPackage, open_docx
from desktop.importing.docx_remarks import Remark, Remarks, clipped
from desktop.importing.docx_styles import (
    Indent,
    NumberingOf,
    ParagraphLook,
    Styles,
    indent_of,
    numbering_of,
    outline_level,
)
from desktop.importing.docx_tables import read_table, without_tables
from desktop.importing.docx_xml import Element, child, local_name, number, value, w
from desktop.richtext.plain import inline_text
from desktop.richtext.tree import (
    Block,
    Figure,
    Footnote,
    Heading,
    HeadingLevel,
    Inline,
    LineBreak,
    Paragraph,
    Run,
)
from desktop.richtext.validate import canonical_inlines, canonical_note

_REVISIONS: Final = tuple(
    w(name)
    for name in (
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "cellIns",
        "cellDel",
        "cellMerge",
        "rPrChange",
        "pPrChange",
        "numberingChange",
    )
)
_MOST_NAMES: Final = 3
_LONGEST_COMMENT: Final = 2000
_TRANSPARENT: Final = frozenset({"sdtContent", "customXml", "smartTag", "ins", "moveTo", "body"})
_LEVELS: Final[Mapping[int, HeadingLevel]] = {1: 1, 2: 2}


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A whole document.

    Attributes:
        blocks: What stands in it, in order.
        images: The bytes of its figures, by SHA-256.
        identity: What the file says it is; see `DocxPackage.identity`.
    """

    blocks: tuple[ReadBlock, ...]
    images: Mapping[str, bytes] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    identity: Mapping[str, str] = field(default_factory=dict)


def read_docx(
    data: bytes, *, is_heading: Callable[[str], bool] = lambda _text: False
) -> ReadDocument:
    """Return what a Word file says.

    Args:
        data: the bytes of the file.
        is_heading: tells of a text whether it is a heading where it stands bold in a list of
            headings that are numbered by hand.

    Raises:
        DocxError: the file is refused; nothing of it is used.
    """
    package = open_docx(data)
    _require_settled(package)
    try:
        return _Reader(package, is_heading).run()
    except RecursionError as error:
        raise DocxError("too_complex") from error


def _require_settled(package: DocxPackage) -> None:
    """Refuse a file with tracked changes: which of its texts is meant, is for people to say."""
    roots = [package.document, *(package.roots.get(n) for n in ("footnotes", "endnotes"))]
    found = [mark for root in roots if root is not None for mark in root.iter(*_REVISIONS)]
    if not found:
        return
    authors = dict.fromkeys(filter(None, (mark.get(w("author")) for mark in found)))
    names = [clipped(name, 60) for name in list(authors)[:_MOST_NAMES]]
    more = " med flere" if len(authors) > _MOST_NAMES else ""
    who = f"{', '.join(names)}{more}" if names else "ukjent"
    raise DocxError("tracked_changes", antall=len(found), hvem=who)


class _Reader:
    def __init__(self, package: DocxPackage, is_heading: Callable[[str], bool]) -> None:
        self._package = package
        self._is_heading = is_heading
        self._remarks = Remarks()
        self._styles = Styles(package.roots.get("styles"))
        self._numbering = Numbering(package.roots.get("numbering"), self._styles)
        self._pictures = Pictures(package.parts, self._remarks)
        self._inlines = InlineReader(self._styles, self._pictures, self._remarks)
        self._notes = {
            kind: _notes(package.roots.get(f"{kind}s"), kind) for kind in ("footnote", "endnote")
        }
        self._tags: list[str] = []

    def run(self) -> ReadDocument:
        body = self._package.body
        story = Story(self._package.relations["document"], Fields(body), self._note)
        flow = Flow(self._remarks)
        self._blocks(body, flow, story)
        blocks = flow.finish()
        self._comments()
        return ReadDocument(
            blocks, self._pictures.files, self._remarks.all(), self._package.identity
        )

    # Blocks

    def _blocks(self, parent: Element, flow: Flow, story: Story, *, in_cell: bool = False) -> None:
        for element in parent.iterchildren("{*}*"):
            self._element(element, flow, story, in_cell=in_cell)

    def _element(self, element: Element, flow: Flow, story: Story, *, in_cell: bool) -> None:
        match local_name(element):
            case "p" if element.tag == w("p"):
                self._paragraph(element, flow, story, in_cell=in_cell)
            case "tbl":
                self._table(element, flow, story, in_cell=in_cell)
            case "sdt":
                self._control(element, flow, story, in_cell=in_cell)
            case "AlternateContent":
                for chosen in alternatives(element):
                    self._element(chosen, flow, story, in_cell=in_cell)
            case "altChunk" | "subDoc":
                self._remarks.say("embedded_left_out")
            case "oMathPara" | "oMath":
                self._loose(element, flow, story)
            case name if name in _TRANSPARENT:
                self._blocks(element, flow, story, in_cell=in_cell)

    def _control(self, control: Element, flow: Flow, story: Story, *, in_cell: bool) -> None:
        gallery = value(control, "sdtPr", "docPartObj", "docPartGallery")
        if gallery == "Table of Contents":
            self._remarks.say("contents_left_out")
            for mark in control.iter(w("fldChar")):
                story.fields.mark(mark.get(w("fldCharType")))
            return
        content = child(control, "sdtContent")
        if content is None or is_placeholder(control):
            return
        names = control_names(control)
        self._tags += names
        self._blocks(content, flow, story, in_cell=in_cell)
        del self._tags[len(self._tags) - len(names) :]

    def _loose(self, element: Element, flow: Flow, story: Story) -> None:
        paragraph = element.makeelement(w("p"))
        paragraph.append(element)
        self._paragraph(paragraph, flow, story, in_cell=False)

    def _table(self, table: Element, flow: Flow, story: Story, *, in_cell: bool) -> None:
        def read_cell(cell: Element) -> tuple[Block, ...]:
            inner = Flow(self._remarks)
            self._blocks(cell, inner, story, in_cell=True)
            return blocks_of(inner.finish())

        found = read_table(table, read_cell, self._styles, self._remarks)
        if found is None:
            return
        if not in_cell:
            flow.block(found, Facts(tags=tuple(self._tags)))
            return
        self._remarks.say("table_in_cell")
        for block in without_tables(found):
            flow.block(block)

    # Paragraphs

    def _paragraph(self, element: Element, flow: Flow, story: Story, *, in_cell: bool) -> None:
        properties = child(element, "pPr")
        style = self._styles.paragraph(value(properties, "pStyle"))
        in_contents = story.fields.in_contents
        read = self._inlines.read(element, story, style.run)
        if style.kind == "contents" or (in_contents and story.fields.in_contents):
            self._remarks.say("contents_left_out")
            return
        made = _Made(read, style, properties)
        place = self._place(made)
        for index, part in enumerate(_parts(read.pieces)):
            if isinstance(part, Figure):
                flow.block(part)
            elif isinstance(part, Box):
                self._box(part, flow, story, in_cell=in_cell)
            elif shows(part) or (place is not None and index == 0):
                self._text(part, made, place if index == 0 else None, flow)

    def _text(
        self, inlines: tuple[Inline, ...], made: _Made, place: ListPlace | None, flow: Flow
    ) -> None:
        facts = made.facts(tuple(self._tags))
        if made.level:
            heading = _LEVELS.get(made.level, 3)
            flow.block(Heading(inlines, heading), facts)
        elif place is not None and not (facts.bold and self._is_heading(inline_text(inlines))):
            flow.item(inlines, place)
        else:
            caption = made.style.kind == "caption"
            block = Paragraph(inlines, "caption" if caption else "normal")
            flow.paragraph(block, facts, self._indent(made).left or 0)

    def _box(self, box: Box, flow: Flow, story: Story, *, in_cell: bool) -> None:
        inner = Flow(self._remarks)
        self._blocks(box.content, inner, story, in_cell=in_cell)
        read = inner.finish()
        text = " ".join(str(part) for part in box.content.itertext(w("t")))
        if read:
            self._remarks.say("textbox", text=clipped(text))
        for one in read:
            flow.block(one.block, one.facts)

    # Lists

    def _place(self, made: _Made) -> ListPlace | None:
        given = made.numbering
        if given is None or made.level:
            self._count_heading(made)
            return None
        list_id, level = self._numbering.place(given, made.style.id)
        look = self._numbering.level(list_id, level)
        if look is None:
            return None
        count = self._numbering.count(list_id, level)
        if look.changed:
            self._remarks.say("number_format")
        return ListPlace(
            list_id=list_id,
            level=level,
            family=look.family,
            kind=look.kind,
            number_format=look.number_format,
            value=count,
            own_start=look.own_start,
            left=self._indent(made).left or 0,
        )

    def _count_heading(self, made: _Made) -> None:
        """Let a numbered heading count, as it may share its list with paragraphs."""
        if made.numbering is not None:
            list_id, level = self._numbering.place(made.numbering, made.style.id)
            self._numbering.count(list_id, level)

    def _indent(self, made: _Made) -> Indent:
        """Return the indentation; a list given directly goes before the style's own."""
        own, style = indent_of(made.properties), made.style.indent
        given = made.numbering
        if given is None:
            return own.over(style)
        list_id, level = self._numbering.place(given, made.style.id)
        look = self._numbering.level(list_id, level)
        listed = look.indent if look else Indent()
        if numbering_of(made.properties) is None:
            return own.over(style).over(listed)
        return own.over(listed).over(style)

    # Notes and comments

    def _note(self, kind: str, identifier: str) -> NoteContent | None:
        element = self._notes.get(kind, {}).get(identifier)
        if element is None:
            return None
        story = Story(self._package.relations.get(f"{kind}s", {}), Fields(element))
        content: list[Run | LineBreak] = []
        for number_, paragraph in enumerate(element.iter(w("p"))):
            if number_:
                content.append(LineBreak())
            style = self._styles.paragraph(value(paragraph, "pPr", "pStyle"))
            pieces = self._inlines.read(paragraph, story, style.run).pieces
            if any(isinstance(piece, Figure) for piece in pieces):
                self._remarks.say("image_in_note")
            line = [piece for piece in pieces if isinstance(piece, Run | LineBreak)]
            content += line if number_ else _after_mark(line, paragraph)
        return canonical_note(content)

    def _comments(self) -> None:
        root = self._package.roots.get("comments")
        for comment in root.iterchildren(w("comment")) if root is not None else ():
            lines = [
                "".join(str(part) for part in paragraph.itertext(w("t")))
                for paragraph in comment.iter(w("p"))
            ]
            text = clipped(" ".join(lines), _LONGEST_COMMENT)
            who = clipped(comment.get(w("author"), "")) or "ukjent"
            if text:
                self._remarks.say("comment", hvem=who, text=text)


@dataclass(frozen=True, slots=True)
class _Made:
    """A paragraph with what its properties and style say."""

    read: ReadParagraph
    style: ParagraphLook
    properties: Element | None

    @property
    def level(self) -> int | None:
        """The level of a heading, from 1; None for any other paragraph."""
        own = outline_level(self.properties)
        return self.style.level if own is None else own or None

    @property
    def numbering(self) -> NumberingOf | None:
        own = numbering_of(self.properties)
        if own is None:
            # A style can give the list, and the paragraph its level alone.
            level = number(value(self.properties, "numPr", "ilvl"))
            style = self.style.numbering
            given = style if style is None or level is None else replace_level(style, level)
        else:
            given = own
        return None if given is None or given.list_id == "0" else given

    def facts(self, tags: tuple[str, ...]) -> Facts:
        return Facts(
            style=self.style.name,
            tags=(*tags, *self.read.tags),
            bookmarks=tuple(self.read.bookmarks),
            level=self.level,
            bold=self.read.bold,
            title=self.style.kind == "title",
        )


def replace_level(given: NumberingOf, level: int) -> NumberingOf:
    """Return the same list at another level."""
    return NumberingOf(given.list_id, level)


def _notes(root: Element | None, kind: str) -> dict[str, Element]:
    """Return the notes of a part by id, without the lines that separate them from the text."""
    if root is None:
        return {}
    return {
        note.get(w("id"), ""): note
        for note in root.iterchildren(w(kind))
        if note.get(w("type"), "normal") == "normal"
    }


def _after_mark(line: list[Run | LineBreak], paragraph: Element) -> list[Run | LineBreak]:
    """Return a note's first line without the one space that parts it from its number."""
    marked = next(paragraph.iter(w("footnoteRef"), w("endnoteRef")), None) is not None
    if marked and line and isinstance(line[0], Run) and line[0].text[:1] in {" ", "\t", "\xa0"}:
        rest = line[0].text[1:]
        return [*([replace(line[0], text=rest)] if rest else []), *line[1:]]
    return line


def _parts(pieces: Iterable[Piece]) -> list[tuple[Inline, ...] | Figure | Box]:
    """Split a paragraph where a picture or a text box stands; the first part is always text."""
    parts: list[tuple[Inline, ...] | Figure | Box] = []
    line: list[Inline] = []
    boxes: list[Box] = []
    paged = False
    for piece in pieces:
        if isinstance(piece, Figure):
            parts += [canonical_inlines(line), piece]
            line, paged = [], False
        elif isinstance(piece, Box):
            boxes.append(piece)
        elif isinstance(piece, PageBreak):
            paged = bool(line)
        else:
            if paged and isinstance(piece, Run | Footnote):
                line.append(LineBreak())
            paged = False
            line.append(piece)
    return [*parts, canonical_inlines(line), *boxes]


__all__ = ["ReadBlock", "ReadDocument", "read_docx"]
