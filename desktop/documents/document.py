"""A whole document as a value: what the composers make, and what every writer prints.

A `Document` is complete: a writer needs nothing but it (and, for Word, a template). Rich text
inside it is made of the blocks of `desktop.richtext.tree`; the further blocks of this module say
what only a finished document has: a title, a head table, a running order, marked headings.

Rules that every writer keeps
- Document headings have level 1 to 4 (`MAX_HEADING_LEVEL`). A heading is never more than one level
  below the heading before it: writers ask `heading_level`.
- An anchor is any short text that is unique in the document; a `Run.link` of `"#" + anchor` points
  to it. A link to an anchor that the document does not have is printed as plain text.
- A figure whose file is not in `Document.figures` is printed as its alternative text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from desktop.richtext.tree import Block, Inline, Tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Maalform = Literal["nb", "nn"]
DocHeadingLevel = Literal[1, 2, 3, 4]
ParagraphRole = Literal[
    "foreloepig", "undertittel", "forslag", "vedtak", "vedlegg", "etikett", "meta", "liten"
]

MAX_HEADING_LEVEL = 4


@dataclass(frozen=True, slots=True)
class FigureFile:
    """The bytes of a picture. `media_type` is image/png, image/jpeg or image/gif."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the document (Word style Title). A document has one, as its first block or so.

    A chapter of a document that holds several (a møtepakke) is a `DocHeading` of level 1 with
    `page_break_before`: see `chapters.as_chapter`.
    """

    text: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class StyledParagraph:
    """A paragraph with a part to play.

    `foreloepig`: the note that numbers are not fixed. `undertittel`: a line under the title.
    `forslag`, `vedtak`: the text of a proposed and of an adopted decision (set off by a rule).
    `vedlegg`: one line of a list of attachments. `etikett`: a short bold label such as "Innspill:",
    kept with the next paragraph. `meta`: sakstype and the like under a heading. `liten`: small
    print.
    """

    inlines: tuple[Inline, ...]
    role: ParagraphRole
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class DocHeading:
    """A heading of the document itself.

    `mark` names the field whose text follows (`"hensikt"`): the Word file carries it through
    editing as a bookmark and a content control around the heading, so that the text can be read
    back. A mark is unique in the document: ASCII letters, digits and underscores, at most 30.
    """

    inlines: tuple[Inline, ...]
    level: DocHeadingLevel = 1
    anchor: str | None = None
    page_break_before: bool = False
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One row of a head table: a label and its value in one or more columns of blocks.

    A `mark` identifies the value as `DocHeading.mark` does a heading; it is carried when the value
    is one column with one paragraph.
    """

    label: str
    columns: tuple[tuple[Block, ...], ...]
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class HeadTable:
    """The head of a document. Labels are row headers; there is no header row."""

    rows: tuple[HeadRow, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a grid. `muted` rows (pauses, withdrawn saker) are printed quietly.

    `least_mm` is the least height of a row that leaves room to write in.
    """

    cells: tuple[tuple[Block, ...], ...]
    muted: bool = False
    least_mm: int = 0


@dataclass(frozen=True, slots=True)
class GridTable:
    """A table of facts, such as the running order. The header row repeats; rows stay whole.

    Every row has as many cells as `header`. `widths_mm` are scaled to the width of the text (160 mm
    on our own A4); empty means equal widths.
    """

    header: tuple[str, ...]
    rows: tuple[GridRow, ...]
    widths_mm: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page. Nothing is printed for it at the end of a document."""


@dataclass(frozen=True, slots=True)
class TocEntry:
    """One line of a table of contents: a link to an anchor of the document."""

    text: str
    anchor: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """A table of contents that is right as written: entries link to anchors, no fields to update.

    `title` is printed in the style of a table of contents heading and is no heading of the
    document.
    """

    title: str
    entries: tuple[TocEntry, ...]


@dataclass(frozen=True, slots=True)
class TreePart:
    """A stored text inside a document. Its heading level 1 becomes level `1 + heading_shift`."""

    tree: Tree
    heading_shift: int = 1


DocBlock = (
    Block
    | Title
    | StyledParagraph
    | DocHeading
    | HeadTable
    | GridTable
    | PageBreak
    | TableOfContents
    | TreePart
)


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document.

    `created` is local time without a zone, given by the caller; without it the file names no time.
    `identity` becomes custom document properties (text), by which a file that comes back is known;
    the value of its first pair is the core property identifier as well.
    `header_text` and `footer_text` stand in the page head and foot of our own template; the foot
    also has "side 2 av 6". A template of an utvalg keeps its own head and foot.
    `track_changes` makes Word record every edit as a change with its author.
    """

    title: str
    author: str
    maalform: Maalform
    blocks: tuple[DocBlock, ...]
    subject: str = ""
    keywords: str = ""
    created: datetime | None = None
    header_text: str = ""
    footer_text: str = ""
    identity: tuple[tuple[str, str], ...] = ()
    figures: Mapping[str, FigureFile] = field(default_factory=dict)
    track_changes: bool = False


def heading_level(wanted: int, previous: int) -> int:
    """Return the level a heading is printed at; `previous` is the last printed level, 0 at first.

    Skipping a level hides structure from screen readers (WCAG 2.1, technique G141), so a heading
    that asks for a deeper level than the next one gets the next one.
    """
    return max(1, min(wanted, previous + 1, MAX_HEADING_LEVEL))
