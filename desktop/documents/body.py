"""The body of a document as WordprocessingML, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.documents import style_names as names
from desktop.documents.document import (
    DocHeading,
    GridTable,
    HeadTable,
    PageBreak,
    StyledParagraph,
    TableOfContents,
    Title,
    TreePart,
    heading_level,
)
from desktop.documents.inlines import InlineWriter
from desktop.documents.place import Place
from desktop.documents.tables import TableWriter
from desktop.richtext.tree import Figure, Footnote, Heading, ListBlock, Paragraph, Run, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.documents.document import DocBlock, Document, TocEntry
    from desktop.documents.inlines import Bookmarks, Footnotes
    from desktop.documents.media import Media
    from desktop.documents.numbering import Numbering
    from desktop.documents.relations import Relations
    from desktop.documents.styles import StyleSheet, UsedStyles
    from desktop.richtext.tree import Block, Inline

AFTER_TABLE = '<w:spacing w:before="160"/>'
TITLE_AFTER_TABLE = '<w:spacing w:before="400"/>'


class BodyParts(NamedTuple):
    """What the body writer fills while it writes."""

    sheet: StyleSheet
    styles: UsedStyles
    numbering: Numbering
    relations: Relations
    bookmarks: Bookmarks
    footnotes: Footnotes
    media: Media


class BodyWriter:
    """Writes the blocks of one document in order; it remembers what the block before was."""

    def __init__(self, document: Document, parts: BodyParts, room: int) -> None:
        self._document = document
        self._parts = parts
        self._styles = parts.styles
        self._room = room
        self._inlines = InlineWriter(
            parts.styles, parts.relations, parts.bookmarks, parts.footnotes
        )
        self._tables = TableWriter(self, parts.styles)
        self._level = 0
        self._marks: set[str] = set()
        self._break_page = False
        self.after_table = False
        self.fields: dict[str, int] = {}
        self._writers: dict[type, Callable[..., str]] = {
            Title: self._title,
            DocHeading: self._doc_heading,
            StyledParagraph: self._styled,
            HeadTable: self._head_table,
            GridTable: self._grid_table,
            TableOfContents: self._contents,
            TreePart: self._tree_part,
        }

    def write(self) -> Iterator[str]:
        """Yield the content of `w:body`, except the section properties."""
        for block in self._document.blocks:
            yield self._doc_block(block)
        if self.after_table:
            yield self.separator()

    def _doc_block(self, block: DocBlock) -> str:
        if isinstance(block, PageBreak):
            self._break_page = True
            return ""
        writer = self._writers.get(type(block))
        if writer is not None:
            return writer(block)
        return self.blocks((block,), Place(self._room))  # type: ignore[arg-type]

    # Paragraphs

    def paragraph(
        self, style: str, content: str, *, before: str = "", after: str = "", spaced: bool = True
    ) -> str:
        """Return a paragraph in a style.

        `before` holds properties that the schema wants between style and spacing, `after` those
        from indentation on. A waiting page break, or a table just before, shows in the paragraph.
        """
        properties = "" if style == names.NORMAL else f'<w:pStyle w:val="{self._styles[style]}"/>'
        properties = f"{properties}{before}"
        if self._break_page or self.after_table:
            properties = self._after_break(properties, spaced=spaced)
        properties = f"{properties}{after}"
        if properties:
            return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"
        return f"<w:p>{content}</w:p>"

    def _after_break(self, properties: str, *, spaced: bool) -> str:
        if self._break_page:
            self._break_page = False
            head, numbering, rest = properties.partition("<w:numPr>")
            properties = f"{head}<w:pageBreakBefore/>{numbering}{rest}"
        elif self.after_table and spaced:
            properties += AFTER_TABLE
        self.after_table = False
        return properties

    def separator(self) -> str:
        """Return the low paragraph that keeps two tables apart, or that ends a cell or the body."""
        return self.paragraph(names.SEPARATOR, "", spaced=False)

    def before_table(self) -> str:
        """Return what must stand between a table and a table or page break before it."""
        return self.separator() if self.after_table or self._break_page else ""

    # Blocks of a finished document

    def _title(self, block: Title) -> str:
        content = self._inlines.write((Run(block.text),) if block.text else ())
        content = self._parts.bookmarks.place(content, block.anchor)
        room = TITLE_AFTER_TABLE if self.after_table else ""
        return self.paragraph(names.TITLE, content, after=room, spaced=False)

    def _doc_heading(self, block: DocHeading) -> str:
        self._break_page = self._break_page or block.page_break_before
        content = self._inlines.write(block.inlines)
        level = self._next_level(block.level)
        style = names.HEADINGS[level - 1]
        if block.mark is None:
            content = self._parts.bookmarks.place(content, block.anchor)
            return self.paragraph(style, content, spaced=False)
        self.fields[block.mark] = level
        content = self._parts.bookmarks.place(self.marked(content, block.mark), block.anchor)
        self._styles[style]
        field_style = f"{names.FIELD_PREFIX}{block.mark}"
        self._styles[field_style] = self._parts.sheet.field_style_id(block.mark)
        return self.paragraph(field_style, content, spaced=False)

    def marked(self, content: str, mark: str) -> str:
        """Return inline content that a reader of the file can find again.

        A bookmark within one paragraph survives every editor, the content control's tag most. A
        mark that was placed before is not placed again.
        """
        if mark in self._marks:
            return content
        self._marks.add(mark)
        control = (
            f'<w:sdt><w:sdtPr><w:alias w:val="{mark}"/><w:tag w:val="{mark}"/>'
            f'<w:id w:val="{len(self._marks)}"/></w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )
        return self._parts.bookmarks.around(control, f"_mb_{mark}")

    def _next_level(self, wanted: int) -> int:
        self._level = heading_level(wanted, self._level)
        return self._level

    def _styled(self, block: StyledParagraph) -> str:
        content = self._inlines.write(block.inlines)
        return self.paragraph(
            names.ROLES[block.role], self._parts.bookmarks.place(content, block.anchor)
        )

    def _head_table(self, block: HeadTable) -> str:
        return self._tables.head_table(block, Place(self._room))

    def _grid_table(self, block: GridTable) -> str:
        return self._tables.grid_table(block, Place(self._room))

    def _contents(self, block: TableOfContents) -> str:
        title = self._inlines.write((Run(block.title),))
        heading = self.paragraph(names.TOC_HEADING, title, spaced=False)
        return heading + "".join(self._contents_line(entry) for entry in block.entries)

    def _contents_line(self, entry: TocEntry) -> str:
        text = self._inlines.write((Run(entry.text),))
        name = self._parts.bookmarks.name_of(entry.anchor)
        if name:
            text = f'<w:hyperlink w:anchor="{name}" w:history="1">{text}</w:hyperlink>'
        return self.paragraph(names.level_style(names.TOC, entry.level - 1), text)

    def _tree_part(self, block: TreePart) -> str:
        return self.blocks(block.tree.blocks, Place(self._room, shift=block.heading_shift))

    # Blocks of the text tree

    def blocks(self, blocks: tuple[Block, ...], place: Place) -> str:
        """Return blocks of the text tree at a place."""
        parts = []
        for index, block in enumerate(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            parts.append(self._block(block, following, place))
        return "".join(parts)

    def _block(self, block: Block, following: Block | None, place: Place) -> str:
        if isinstance(block, Paragraph):
            return self._plain_paragraph(block, following, place)
        if isinstance(block, ListBlock):
            return self._list(block, place)
        if isinstance(block, Heading):
            return self._heading(block, place)
        if isinstance(block, Table):
            return self._tables.tree_table(block, place)
        return self._figure(block, following, place)

    def _plain_paragraph(self, block: Paragraph, following: Block | None, place: Place) -> str:
        content = self._inlines.write(block.inlines)
        indent = f'<w:ind w:left="{place.indent}" w:firstLine="0"/>' if place.level >= 0 else ""
        if block.style == "caption":
            keep = "<w:keepNext/>" if isinstance(following, Table) else ""
            return self.paragraph(names.CAPTION, content, before=keep, after=indent)
        if place.level >= 0:
            style = names.level_style(names.CONTINUES, place.level)
            return self.paragraph(style, content, after=indent)
        if place.mark and following is None:
            content = self.marked(content, place.mark)
        return self.paragraph(place.style, content)

    def _heading(self, block: Heading, place: Place) -> str:
        if not any(_is_seen(inline) for inline in block.inlines):
            return self._plain_paragraph(Paragraph(block.inlines, id=""), None, place)
        level = self._next_level(block.level + place.shift)
        indent = f'<w:ind w:left="{place.indent}"/>' if place.level >= 0 else ""
        content = self._inlines.write(block.inlines)
        return self.paragraph(names.HEADINGS[level - 1], content, after=indent, spaced=False)

    def _list(self, block: ListBlock, place: Place) -> str:
        inner = place.deeper()
        level = inner.level
        number = self._parts.numbering.instance(block, level)
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        family = names.BULLETS if block.kind == "bullet" else names.NUMBERS
        style = names.level_style(family, level)
        parts = []
        for item in block.items:
            first = item.blocks[0] if item.blocks else None
            starts = isinstance(first, Paragraph)
            inlines: tuple[Inline, ...] = first.inlines if isinstance(first, Paragraph) else ()
            parts.append(self.paragraph(style, self._inlines.write(inlines), before=numbering))
            parts.append(self.blocks(item.blocks[1:] if starts else item.blocks, inner))
        written = "".join(parts)
        return _with_room_after(written) if place.level < 0 else written

    def _figure(self, block: Figure, following: Block | None, place: Place) -> str:
        room = place.room - place.indent
        described = self._description(block, following)
        drawing = self._parts.media.drawing(block, described, room)
        keep = ""
        if isinstance(following, Paragraph) and following.style == "caption":
            keep = "<w:keepNext/>"
        indent = f'<w:ind w:left="{place.indent}"/>' if place.level >= 0 else ""
        if drawing is None:
            drawing = self._inlines.write((Run(f"[{described}]", italic=True),))
        return self.paragraph(names.FIGURE, drawing, before=keep, after=indent)

    def _description(self, block: Figure, following: Block | None) -> str:
        if block.alt_text.strip():
            return block.alt_text
        if isinstance(following, Paragraph) and following.style == "caption":
            text = "".join(part.text for part in following.inlines if isinstance(part, Run))
            return text.strip() or "Figur"
        return "Figur"


def _is_seen(inline: Inline) -> bool:
    return isinstance(inline, Footnote) or (isinstance(inline, Run) and not inline.text.isspace())


def _with_room_after(items: str) -> str:
    """Return a whole list whose last paragraph keeps the distance of a plain paragraph."""
    start = items.rfind("<w:p><w:pPr>")
    end = items.find("</w:pPr>", start)
    properties = items[start:end]
    if start < 0 or "<w:spacing" in properties:
        return items
    indent = properties.find("<w:ind ")
    position = end if indent < 0 else start + indent
    return f'{items[:position]}<w:spacing w:after="120"/>{items[position:]}'
