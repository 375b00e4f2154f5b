"""A text tree as the flat sequence of lines that an editor shows.

Every paragraph, heading and figure is a line; a list is told by the levels of its lines; a table
holds the lines of its cells. `entries_of` and `fold` turn one form into the other without loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from desktop.richtext.tree import (
    Block,
    Cell,
    Figure,
    Footnote,
    Heading,
    HeadingLevel,
    LineBreak,
    ListBlock,
    ListItem,
    ListKind,
    NumberFormat,
    Paragraph,
    Row,
    Run,
    Table,
)

LineKind = Literal["normal", "caption", "h1", "h2", "h3", "phantom"]

HEADING_KINDS: Final[dict[LineKind, HeadingLevel]] = {"h1": 1, "h2": 2, "h3": 3}
KIND_OF_HEADING: Final[dict[HeadingLevel, LineKind]] = {1: "h1", 2: "h2", 3: "h3"}
BREAK: Final = "\N{LINE SEPARATOR}"
OBJECT: Final = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Caret:
    """Where the cursor stands among the pieces of a line, or where its selection began."""

    anchor: bool = False


Piece = Run | LineBreak | Footnote | Figure | Caret


@dataclass(frozen=True, slots=True)
class ListLook:
    """The list that an item stands in."""

    id: str
    kind: ListKind = "bullet"
    number_format: NumberFormat = "1."
    start: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `level` is how many lists it stands in; `list` is set on the first of an item.

    A figure is alone in its line. A phantom is an empty line that the widget needs beside a table
    and the tree does not have.
    """

    pieces: tuple[Piece, ...] = ()
    kind: LineKind = "normal"
    id: str = ""
    level: int = 0
    list: ListLook | None = None

    @property
    def figure(self) -> Figure | None:
        """The figure of a line that has one."""
        return next((piece for piece in self.pieces if isinstance(piece, Figure)), None)

    @property
    def is_empty(self) -> bool:
        """Whether the line shows nothing."""
        return all(isinstance(piece, Caret) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class CellLines:
    """The lines of a cell."""

    lines: tuple[Line, ...]
    column_span: int = 1
    row_span: int = 1


@dataclass(frozen=True, slots=True)
class TableLines:
    """A table, with the cells that start in each row."""

    rows: tuple[tuple[CellLines, ...], ...]
    header_rows: int = 1
    column_widths: tuple[int, ...] = ()
    id: str = ""

    def cells(self) -> Iterator[CellLines]:
        """Yield the cells in reading order."""
        for row in self.rows:
            yield from row


Entry = Line | TableLines
PHANTOM: Final = Line(kind="phantom")


def u16(text: str) -> int:
    """Return the length of a text in UTF-16 units, in which Qt counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def piece_length(piece: Piece) -> int:
    """Return how many positions a piece takes."""
    if isinstance(piece, Run):
        return u16(piece.text)
    return 0 if isinstance(piece, Caret) else 1


def piece_text(piece: Piece) -> str:
    """Return the characters that stand for a piece in the document."""
    if isinstance(piece, Run):
        return piece.text
    if isinstance(piece, LineBreak):
        return BREAK
    return "" if isinstance(piece, Caret) else OBJECT


def line_text(pieces: Iterable[Piece]) -> str:
    """Return the characters that stand for pieces in the document."""
    return "".join(map(piece_text, pieces))


def split_pieces(
    pieces: Sequence[Piece], offset: int
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the pieces before and after a position, counted in UTF-16 units."""
    for index, piece in enumerate(pieces):
        length = piece_length(piece)
        if offset < length:
            if offset <= 0 or not isinstance(piece, Run):
                return tuple(pieces[:index]), tuple(pieces[index:])
            head, tail = _split_text(piece.text, offset)
            return (
                (*pieces[:index], *_runs(piece, head)),
                (*_runs(piece, tail), *pieces[index + 1 :]),
            )
        offset -= length
    return tuple(pieces), ()


def _split_text(text: str, offset: int) -> tuple[str, str]:
    if text.isascii():
        return text[:offset], text[offset:]
    units = text.encode("utf-16-le", "surrogatepass")
    if 0xD8 <= units[2 * offset - 1] < 0xDC:
        offset -= 1
    head = units[: 2 * offset].decode("utf-16-le", "surrogatepass")
    return head, text[len(head) :]


def _runs(look: Run, text: str) -> tuple[Run, ...]:
    return (replace(look, text=text),) if text else ()


def with_caret(line: Line, offset: int, caret: Caret) -> Line:
    """Return the line with a caret at a position."""
    head, tail = split_pieces(line.pieces, offset)
    return replace(line, pieces=(*head, caret, *tail))


def without_carets(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces that are text."""
    return tuple(piece for piece in pieces if not isinstance(piece, Caret))


def entries_of(blocks: Iterable[Block]) -> list[Entry]:
    """Return the lines of blocks; phantoms are added by `mend`."""
    entries: list[Entry] = []
    for block in blocks:
        _add(entries, block, 0)
    return entries


def _add(entries: list[Entry], block: Block, level: int) -> None:
    match block:
        case Paragraph():
            entries.append(Line(block.inlines, block.style, block.id, level))
        case Heading():
            entries.append(Line(block.inlines, KIND_OF_HEADING[block.level], block.id))
        case Figure():
            entries.append(Line((block,), "normal", block.id))
        case ListBlock():
            _add_list(entries, block, level + 1)
        case Table():
            entries.append(_table_lines(block))


def _add_list(entries: list[Entry], block: ListBlock, level: int) -> None:
    look = ListLook(block.id, block.kind, block.number_format, block.start)
    for item in block.items:
        first = item.blocks[0]
        if isinstance(first, Paragraph):
            entries.append(Line(first.inlines, first.style, first.id, level, look))
        for inner in item.blocks[1:]:
            _add(entries, inner, level)


def _table_lines(table: Table) -> TableLines:
    rows = tuple(tuple(_cell_lines(cell) for cell in row.cells) for row in table.rows)
    return TableLines(rows, table.header_rows, table.column_widths, table.id)


def _cell_lines(cell: Cell) -> CellLines:
    lines = tuple(entry for entry in entries_of(cell.blocks) if isinstance(entry, Line))
    return CellLines(lines, cell.column_span, cell.row_span)


@dataclass(slots=True)
class _OpenList:
    look: ListLook
    items: list[list[Block]] = field(default_factory=list)

    def block(self) -> ListBlock:
        items = tuple(ListItem(tuple(blocks)) for blocks in self.items)
        look = self.look
        return ListBlock(items, look.kind, look.number_format, look.start, look.id)


def fold(entries: Iterable[Entry]) -> tuple[Block, ...]:
    """Return the blocks of lines that `mend` has been over."""
    folder = _Folder()
    for entry in entries:
        folder.add(entry)
    folder.close(0)
    return tuple(folder.blocks)


class _Folder:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[_OpenList] = []

    def close(self, level: int) -> None:
        while len(self._open) > level:
            block = self._open.pop().block()
            (self._open[-1].items[-1] if self._open else self.blocks).append(block)

    def add(self, entry: Entry) -> None:
        if isinstance(entry, TableLines):
            self.close(0)
            self.blocks.append(_table(entry))
        elif entry.kind != "phantom":
            self.close(entry.level)
            self._add_line(entry)

    def _add_line(self, line: Line) -> None:
        if line.level == 0:
            self.blocks.append(leaf_block(line))
        elif line.list is None:
            self._open[-1].items[-1].append(leaf_block(line))
        else:
            if len(self._open) == line.level and self._open[-1].look.id != line.list.id:
                self.close(line.level - 1)
            if len(self._open) < line.level:
                self._open.append(_OpenList(line.list))
            self._open[-1].items.append([leaf_block(line)])


def leaf_block(line: Line) -> Paragraph | Heading | Figure:
    """Return the block of one mended line."""
    figure = line.figure
    if figure is not None:
        return figure
    inlines = tuple(p for p in line.pieces if isinstance(p, Run | LineBreak | Footnote))
    if line.kind in HEADING_KINDS:
        return Heading(inlines, HEADING_KINDS[line.kind], line.id)
    return Paragraph(inlines, "caption" if line.kind == "caption" else "normal", line.id)


def _table(lines: TableLines) -> Table:
    rows = tuple(
        Row(tuple(Cell(fold(cell.lines), cell.column_span, cell.row_span) for cell in row))
        for row in lines.rows
    )
    return Table(rows, lines.header_rows, lines.column_widths, lines.id)
