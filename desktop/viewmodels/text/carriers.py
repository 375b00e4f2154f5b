"""What carries the text tree in a `QTextDocument`: properties of its formats, and their readings.

Format properties survive undo and redo. A format that is built here from a piece or line is the
one form of it; `looks` reads any format whatever.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextListFormat,
    QTextTableFormat,
)

from desktop.richtext.decode import decode_tree
from desktop.richtext.encode import encode_block
from desktop.richtext.errors import CodecError
from desktop.richtext.links import link_allowed
from desktop.richtext.tree import (
    Figure,
    Footnote,
    LineBreak,
    ListKind,
    NumberFormat,
    Paragraph,
    Run,
)
from desktop.richtext.validate import file_allowed
from desktop.viewmodels.text.lines import Caret, Line, LineKind, ListLook, Piece, TableLines

_FIRST: Final = int(QTextFormat.Property.UserProperty)
BLOCK_ID: Final = _FIRST + 1
KIND: Final = _FIRST + 2
LEVEL: Final = _FIRST + 3  # of a line that goes on with a list item
HEADER: Final = _FIRST + 4  # the line stands in a heading row
LIST_ID: Final = _FIRST + 5
TABLE_ID: Final = _FIRST + 6
COLUMN_WIDTHS: Final = _FIRST + 7
NOTE_ID: Final = _FIRST + 8
NOTE_CONTENT: Final = _FIRST + 9
FIGURE_WIDTH: Final = _FIRST + 10
NOTE_OBJECT: Final = int(QTextFormat.ObjectTypes.UserObject) + 1
_IMAGE_OBJECT: Final = int(QTextFormat.ObjectTypes.ImageObject)

FIGURE_SCHEME: Final = "motebok-figur:"
INDENT: Final = 26.0
_DOTS_PER_MM: Final = 96 / 25.4
_GRID_COLOUR: Final = "#8793a5"
_KINDS: Final[dict[str, LineKind]] = {
    "normal": "normal", "caption": "caption", "h1": "h1", "h2": "h2", "h3": "h3",
    "phantom": "phantom",
}  # fmt: skip
_HEADING_LEVEL: Final = {"h1": 1, "h2": 2, "h3": 3}
_SPACE: Final = {"h1": (12, 4), "h2": (10, 3), "h3": (8, 2), "caption": (2, 8), "phantom": (0, 0)}


@dataclass(frozen=True, slots=True)
class Context:
    """Where a line stands, as far as its look depends on it."""

    in_cell: bool = False
    header: bool = False


ROOT: Final = Context()


@lru_cache(maxsize=512)
def _run_format(bold: bool, italic: bool, superscript: bool, link: str | None) -> QTextCharFormat:
    made = QTextCharFormat()
    if bold:
        made.setFontWeight(QFont.Weight.Bold)
    if italic:
        made.setFontItalic(True)
    if superscript:
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    if link is not None:
        made.setAnchor(True)
        made.setAnchorHref(link)
    return made


def char_format(piece: Piece) -> QTextCharFormat:
    """Return the one format of a piece; a line break has that of plain text."""
    match piece:
        case Run():
            return _run_format(piece.bold, piece.italic, piece.superscript, piece.link)
        case Footnote():
            return _note_format(piece)
        case Figure():
            return _figure_format(piece)
        case LineBreak() | Caret():
            return _run_format(bold=False, italic=False, superscript=False, link=None)


def _note_format(note: Footnote) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setObjectType(NOTE_OBJECT)
    made.setProperty(NOTE_ID, note.id)
    content = encode_block(Paragraph(note.content, id=""))["innhold"]
    made.setProperty(NOTE_CONTENT, json.dumps(content, ensure_ascii=False))
    return made


def _figure_format(figure: Figure) -> QTextImageFormat:
    made = QTextImageFormat()
    made.setName(FIGURE_SCHEME + figure.file)
    made.setProperty(QTextFormat.Property.ImageAltText, figure.alt_text)
    made.setMaximumWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if figure.width_mm is not None:
        made.setProperty(FIGURE_WIDTH, figure.width_mm)
        made.setWidth(figure.width_mm * _DOTS_PER_MM)
    return made


def piece_of(found: QTextCharFormat) -> Piece:
    """Return the piece that a format stands for; that of text is a run without text."""
    kind = found.objectType()
    if kind == NOTE_OBJECT:
        return Footnote(_text(found, NOTE_ID), _note_content(_text(found, NOTE_CONTENT)))
    if kind == _IMAGE_OBJECT:
        figure = _figure(found)
        if figure is not None:
            return figure
    return Run(
        "",
        bold=found.fontWeight() > QFont.Weight.Medium,
        italic=found.fontItalic(),
        superscript=found.verticalAlignment() == QTextCharFormat.VerticalAlignment.AlignSuperScript,
        link=_link(found),
    )


def _link(found: QTextCharFormat) -> str | None:
    link = found.anchorHref() if found.isAnchor() else ""
    return link if link and link_allowed(link) else None


def _figure(found: QTextCharFormat) -> Figure | None:
    image = found.toImageFormat()
    file = image.name().removeprefix(FIGURE_SCHEME)
    if not file_allowed(file):
        return None
    width = found.property(FIGURE_WIDTH)
    alt = found.property(int(QTextFormat.Property.ImageAltText))
    return Figure(
        file,
        alt if isinstance(alt, str) else "",
        width if isinstance(width, int) else None,
        id="",
    )


def _text(found: QTextFormat, name: int) -> str:
    value = found.property(name)
    return value if isinstance(value, str) else ""


@lru_cache(maxsize=512)
def _note_content(text: str) -> tuple[Run | LineBreak, ...]:
    try:
        data: Any = [{"type": "avsnitt", "id": "", "innhold": json.loads(text)}]
        block = decode_tree(data).blocks[0]
    except (CodecError, ValueError):
        return ()
    inlines = block.inlines if isinstance(block, Paragraph) else ()
    return tuple(inline for inline in inlines if not isinstance(inline, Footnote))


def block_format(line: Line, context: Context, list_index: int = -1) -> QTextBlockFormat:
    """Return the one format of a line; `list_index` is the object index of its list."""
    made = QTextBlockFormat()
    if line.id:
        made.setProperty(BLOCK_ID, line.id)
    if line.kind != "normal":
        made.setProperty(KIND, line.kind)
    if line.kind in _HEADING_LEVEL:
        made.setHeadingLevel(_HEADING_LEVEL[line.kind])
    above, below = _SPACE.get(line.kind, (0, 3 if line.level else 8))
    made.setTopMargin(above)
    made.setBottomMargin(0 if context.in_cell else below)
    if context.header:
        made.setProperty(HEADER, 1)
    if line.list is not None:
        made.setObjectIndex(list_index)
    elif line.level:
        made.setProperty(LEVEL, line.level)
        made.setIndent(line.level)
    return made


def line_shape(found: QTextBlockFormat) -> tuple[LineKind, str, int]:
    """Return kind, id and level of continuation of a block's format."""
    kind = _KINDS.get(_text(found, KIND), "normal")
    level = found.property(LEVEL)
    return kind, _text(found, BLOCK_ID), level if isinstance(level, int) else 0


def list_format(look: ListLook, level: int) -> QTextListFormat:
    """Return the one format of a list at a level."""
    made = QTextListFormat()
    made.setProperty(LIST_ID, look.id)
    made.setIndent(level)
    if look.kind == "bullet":
        made.setStyle(_BULLETS[(level - 1) % 3])
        return made
    letter = look.number_format[0] == "a"
    styles = QTextListFormat.Style
    made.setStyle(styles.ListLowerAlpha if letter else styles.ListDecimal)
    made.setNumberSuffix(look.number_format[1])
    made.setStart(look.start)
    return made


_BULLETS: Final = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
)
_NUMBER_FORMATS: Final[dict[tuple[bool, str], NumberFormat]] = {
    (False, "."): "1.", (False, ")"): "1)", (True, "."): "a.", (True, ")"): "a)",
}  # fmt: skip


def list_look(found: QTextListFormat) -> ListLook:
    """Return the list of a format."""
    style = found.style()
    kind: ListKind = "bullet" if style in _BULLETS else "number"
    list_id = _text(found, LIST_ID)
    if kind == "bullet":
        return ListLook(list_id)
    letter = style == QTextListFormat.Style.ListLowerAlpha
    number_format = _NUMBER_FORMATS.get((letter, found.numberSuffix()), "1.")
    return ListLook(list_id, kind, number_format, found.start())


def table_format(table: TableLines, columns: int) -> QTextTableFormat:
    """Return the one format of a table."""
    made = QTextTableFormat()
    made.setProperty(TABLE_ID, table.id)
    made.setBorder(1)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderBrush(QBrush(QColor(_GRID_COLOUR)))
    made.setBorderCollapse(True)
    made.setCellPadding(5)
    made.setCellSpacing(0)
    made.setTopMargin(4)
    made.setBottomMargin(8)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    made.setHeaderRowCount(table.header_rows)
    made.setColumns(columns)
    widths = table.column_widths or (1,) * columns
    if table.column_widths:
        made.setProperty(COLUMN_WIDTHS, " ".join(map(str, table.column_widths)))
    percentage = QTextLength.Type.PercentageLength
    made.setColumnWidthConstraints(
        [QTextLength(percentage, 100 * width / sum(widths)) for width in widths]
    )
    return made


def table_look(found: QTextTableFormat) -> tuple[str, int, tuple[int, ...]]:
    """Return id, heading rows and column widths of a table's format."""
    widths = _text(found, COLUMN_WIDTHS).split()
    numbers = tuple(int(width) for width in widths if width.isdecimal())
    return _text(found, TABLE_ID), found.headerRowCount(), numbers
