"""The one form of every text: what edited lines must be like to be the lines of a valid tree.

`mend` leaves the lines of a valid tree as they are. It cleans text, gives a figure a line of its
own, keeps levels of lists without gaps, gives list halves that were torn apart ids and numbers of
their own, keeps every id unique, and puts phantoms where tables need them and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from desktop.richtext.clean import clean_text
from desktop.richtext.grid import column_count, grid_fault, mend_grid
from desktop.richtext.links import link_allowed
from desktop.richtext.tree import Cell, Figure, Footnote, Paragraph, Row, Run, Table, new_block_id
from desktop.richtext.validate import (
    MAX_FIGURE_WIDTH_MM,
    MAX_LIST_DEPTH,
    MAX_LIST_START,
    block_id_allowed,
    canonical_inlines,
    canonical_note,
    note_id_allowed,
)
from desktop.viewmodels.text.lines import (
    HEADING_KINDS,
    PHANTOM,
    Caret,
    CellLines,
    Entry,
    Line,
    ListLook,
    Piece,
    TableLines,
    line_text,
    u16,
    without_carets,
)

Path = tuple[int, ...]
"""Index of a line, or of table, row, cell and line."""

_WALL: Final = object()


@dataclass(frozen=True, slots=True)
class Mended:
    """Lines in their one form, and where the carets stand: path and offset of each."""

    entries: list[Entry]
    carets: dict[Caret, tuple[Path, int]]


@dataclass(frozen=True, slots=True)
class Edges:
    """Whether the lines begin and end where their text does."""

    start: bool = True
    end: bool = True


def mend(entries: Iterable[Entry], edges: Edges = Edges(), *, in_cell: bool = False) -> Mended:
    """Return the lines in their one form."""
    return _Mender(set(), set()).run(entries, edges, in_cell=in_cell)


@dataclass(slots=True)
class _Cooked:
    """An entry without carets, and the carets that stood in it."""

    entry: Entry
    carets: list[tuple[Caret, Path, int]] = field(default_factory=list)


def with_phantoms(entries: Iterable[Entry]) -> list[Entry]:
    """Return the lines of a whole valid text with the phantoms that a document needs."""
    return [part.entry for part in _with_phantoms([_Cooked(e) for e in entries], Edges())]


@dataclass(slots=True)
class _Open:
    raw: int
    given: str
    look: ListLook
    place: tuple[int, int]
    count: int = 1


@dataclass(slots=True)
class _Lists:
    """Gives every item its level and list as they are read from top to bottom."""

    used: set[str]
    open: list[_Open] = field(default_factory=list)
    closed: dict[tuple[str, tuple[int, int]], int] = field(default_factory=dict)
    opened: int = 0

    def close(self, above: int) -> None:
        while self.open and self.open[-1].raw > above:
            self._close_last()

    def _close_last(self) -> None:
        last = self.open.pop()
        self.closed[last.given, last.place] = last.look.start + last.count

    def place(self, line: Line) -> Line:
        """Return the line with the level and list it has after the lines before it."""
        if line.level <= 0:
            self.close(0)
            return line if line.list is None and line.level == 0 else _unlisted(line)
        kind = "normal" if line.kind in HEADING_KINDS else line.kind
        if line.list is None:
            self.close(line.level)
            level = len(self.open)
            return _changed(line, kind=kind if level else line.kind, level=level)
        look = self._item(line.level, line.list)
        return _changed(line, kind=kind, level=len(self.open), list=look)

    def _item(self, raw: int, given: ListLook) -> ListLook:
        if len(self.open) == MAX_LIST_DEPTH and raw > self.open[-1].raw:
            raw = self.open[-1].raw
            given = replace(self.open[-1].look, id=self.open[-1].given)
        self.close(raw)
        top = self.open[-1] if self.open else None
        if top and top.raw == raw:
            if top.given == given.id:
                top.count += 1
                return top.look
            self._close_last()
        return self._open_list(raw, given)

    def _open_list(self, raw: int, given: ListLook) -> ListLook:
        parent = self.open[-1] if self.open else None
        place = (id(parent.look), parent.count) if parent else (0, 0)
        self.open.append(_Open(raw, given.id, self._new_look(given, place), place))
        return self.open[-1].look

    def _new_look(self, given: ListLook, place: tuple[int, int]) -> ListLook:
        fresh = given.id in self.used or not block_id_allowed(given.id)
        list_id = new_block_id() if fresh else given.id
        self.used.add(list_id)
        if given.kind == "bullet":
            return ListLook(list_id)
        start = given.start
        if fresh and given.id:
            start = self.closed.get((given.id, place), 1)
        start = min(max(start, 0), MAX_LIST_START)
        if list_id == given.id and start == given.start:
            return given
        return replace(given, id=list_id, start=start)


def _unlisted(line: Line) -> Line:
    return replace(line, level=0, list=None)


def _changed(line: Line, **new: object) -> Line:
    if all(getattr(line, name) == value for name, value in new.items()):
        return line
    return replace(line, **new)  # type: ignore[arg-type]


class _Mender:
    def __init__(self, ids: set[str], notes: set[str]) -> None:
        self._ids = ids
        self._notes = notes

    def run(self, entries: Iterable[Entry], edges: Edges, *, in_cell: bool) -> Mended:
        cooked = [part for entry in entries for part in self._cook(entry, in_cell=in_cell)]
        cooked = _with_line(cooked) if in_cell else _with_phantoms(cooked, edges)
        lists = _Lists(self._ids)
        carets: dict[Caret, tuple[Path, int]] = {}
        done: list[Entry] = []
        for index, part in enumerate(cooked):
            for caret, path, offset in part.carets:
                carets[caret] = (index, *path), offset
            done.append(self._finish(part.entry, lists))
        return Mended(done, carets)

    def _finish(self, entry: Entry, lists: _Lists) -> Entry:
        if isinstance(entry, TableLines):
            lists.close(0)
            return entry
        if entry.kind == "phantom":
            lists.close(0)
            return PHANTOM
        placed = lists.place(entry)
        sound = self._sound_id(placed.id)
        if sound == placed.id:
            return placed
        if placed.figure:
            return replace(placed, id=sound, pieces=(replace(placed.figure, id=sound),))
        return replace(placed, id=sound)

    def _sound_id(self, given: str) -> str:
        sound = given
        while sound in self._ids or not block_id_allowed(sound):
            sound = new_block_id()
        self._ids.add(sound)
        return sound

    def _cook(self, entry: Entry, *, in_cell: bool) -> list[_Cooked]:
        if isinstance(entry, Line):
            return self._cook_line(entry, in_cell=in_cell)
        if in_cell:
            lines = [line for cell in entry.cells() for line in cell.lines]
            return [part for line in lines for part in self._cook_line(line, in_cell=True)]
        return [self._cook_table(entry)]

    def _cook_line(self, line: Line, *, in_cell: bool) -> list[_Cooked]:
        if line.kind == "phantom":
            if not in_cell and line.is_empty:
                return [_Cooked(PHANTOM, _carets(line.pieces, ()))]
            line = Line(line.pieces)
        if not any(isinstance(piece, Figure | Caret) for piece in line.pieces):
            return [_Cooked(self._clean(line, line.pieces))]
        return self._split_figures(line)

    def _split_figures(self, line: Line) -> list[_Cooked]:
        """Give each figure a line of its own; an edge of text that is empty makes no line."""
        stretches: list[list[Piece]] = [[]]
        for piece in line.pieces:
            if isinstance(piece, Figure):
                stretches += [[piece], []]
            else:
                stretches[-1].append(piece)
        _move_edge_carets(stretches)
        parts: list[_Cooked] = []
        for stretch in stretches:
            if len(stretches) > 1 and not stretch:
                continue
            parts.append(self._stretch(line, stretch, alone=len(stretches) == 1))
        return parts

    def _stretch(self, line: Line, stretch: list[Piece], *, alone: bool) -> _Cooked:
        figure = next((piece for piece in stretch if isinstance(piece, Figure)), None)
        carets = _carets(stretch, ())
        if figure is not None:
            figure = _sound_figure(figure)
            return _Cooked(Line((figure,), "normal", figure.id), carets)
        cleaned = self._clean(line if alone else replace(line, id=""), without_carets(stretch))
        return _Cooked(cleaned, carets)

    def _clean(self, line: Line, pieces: Sequence[Piece]) -> Line:
        inlines = [piece for piece in pieces if not isinstance(piece, Figure | Caret)]
        kept = tuple(
            self._note(inline)
            if isinstance(inline, Footnote)
            else inline
            if not isinstance(inline, Run) or inline.link is None or link_allowed(inline.link)
            else replace(inline, link=None)
            for inline in inlines
        )
        clean = canonical_inlines(kept)
        return line if clean == line.pieces else replace(line, pieces=clean)

    def _note(self, note: Footnote) -> Footnote:
        sound = note.id
        while sound in self._notes or not note_id_allowed(sound):
            sound = new_block_id()
        self._notes.add(sound)
        content = canonical_note(note.content)
        return note if (sound, content) == (note.id, note.content) else Footnote(sound, content)

    def _cook_table(self, table: TableLines) -> _Cooked:
        carets: list[tuple[Caret, Path, int]] = []
        table = _sound_grid(table)
        rows: list[tuple[CellLines, ...]] = []
        table_id = self._sound_id(table.id)
        for row_index, row in enumerate(table.rows):
            cells: list[CellLines] = []
            for cell_index, cell in enumerate(row):
                inner = self.run(cell.lines, Edges(), in_cell=True)
                for caret, (path, offset) in inner.carets.items():
                    carets.append((caret, (row_index, cell_index, *path), offset))
                lines = tuple(line for line in inner.entries if isinstance(line, Line))
                cells.append(replace(cell, lines=lines))
            rows.append(tuple(cells))
        return _Cooked(replace(table, rows=tuple(rows), id=table_id), carets)


def _carets(pieces: Sequence[Piece], path: Path) -> list[tuple[Caret, Path, int]]:
    found: list[tuple[Caret, Path, int]] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, Caret):
            found.append((piece, path, _clean_length(without_carets(pieces[:index]))))
    return found


def _clean_length(pieces: Sequence[Piece]) -> int:
    texts = [piece for piece in pieces if not isinstance(piece, Figure | Caret)]
    figures = sum(isinstance(piece, Figure) for piece in pieces)
    return figures + u16(line_text(canonical_inlines(texts)))


def _move_edge_carets(stretches: list[list[Piece]]) -> None:
    """Let carets that stand in no text go to the figure beside them."""
    for index, stretch in enumerate(stretches):
        if len(stretches) == 1 or not stretch or without_carets(stretch):
            continue
        if index:
            stretches[index - 1] += stretch
        else:
            stretches[1] = stretch + stretches[1]
        stretches[index] = []


def _sound_figure(figure: Figure) -> Figure:
    width = figure.width_mm
    if width is not None:
        width = min(max(width, 1), MAX_FIGURE_WIDTH_MM)
    alt = clean_text(figure.alt_text)
    if (alt, width) == (figure.alt_text, figure.width_mm):
        return figure
    return replace(figure, alt_text=alt, width_mm=width)


def _with_line(cooked: list[_Cooked]) -> list[_Cooked]:
    return cooked or [_Cooked(Line())]


def _with_phantoms(cooked: list[_Cooked], edges: Edges) -> list[_Cooked]:
    """Put one phantom between two walls (tables and the ends of the text), and no other."""
    done: list[_Cooked] = []
    waiting: list[_Cooked] = []
    wall = edges.start
    for part in cooked:
        if not isinstance(part.entry, TableLines) and part.entry.kind == "phantom":
            waiting.append(part)
            continue
        is_table = isinstance(part.entry, TableLines)
        _close_gap(done, waiting, part, needed=wall and is_table)
        done.append(part)
        wall, waiting = is_table, []
    _close_gap(done, waiting, None, needed=wall and edges.end)
    return done


def _close_gap(
    done: list[_Cooked], waiting: list[_Cooked], after: _Cooked | None, *, needed: bool
) -> None:
    carets = [(caret, (), 0) for part in waiting for caret, _path, _offset in part.carets]
    if needed:
        done.append(_Cooked(PHANTOM, list(carets)))
    elif after is not None and isinstance(after.entry, Line):
        after.carets += carets
    elif done and isinstance(done[-1].entry, Line):
        end = u16(line_text(done[-1].entry.pieces))
        done[-1].carets += [(caret, (), end) for caret, _path, _offset in carets]


def _sound_grid(table: TableLines) -> TableLines:
    rows = tuple(Row(tuple(map(_shell, row))) for row in table.rows)
    if not rows or not rows[0].cells or grid_fault(rows):
        table = _mended_grid(table)
        rows = tuple(Row(tuple(map(_shell, row))) for row in table.rows)
    columns = column_count(Table(rows))
    widths = table.column_widths
    if widths and (len(widths) != columns or min(widths) < 1):
        table = replace(table, column_widths=())
    header = min(max(table.header_rows, 0), len(rows))
    return table if header == table.header_rows else replace(table, header_rows=header)


def _shell(cell: CellLines) -> Cell:
    return Cell((), cell.column_span, cell.row_span)


def _mended_grid(table: TableLines) -> TableLines:
    """Mend the grid with the lines carried along as paragraphs named by their place."""
    lines: dict[str, tuple[Line, ...]] = {}
    rows: list[list[Cell]] = []
    for row in table.rows:
        rows.append([])
        for cell in row:
            token = str(len(lines))
            lines[token] = cell.lines
            rows[-1].append(Cell((Paragraph(id=token),), cell.column_span, cell.row_span))
    mended = mend_grid(rows).rows or (Row((Cell((Paragraph(),)),)),)
    return replace(
        table,
        rows=tuple(
            tuple(
                CellLines(
                    tuple(line for block in cell.blocks for line in lines.get(block.id, ())),
                    cell.column_span,
                    cell.row_span,
                )
                for cell in row.cells
            )
            for row in mended
        ),
    )
