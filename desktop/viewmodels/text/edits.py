"""What keys and pasting do to the lines around the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop.richtext.tree import Block, Figure, Footnote, Inline, LineBreak, Run, new_block_id
from desktop.viewmodels.text.lines import (
    HEADING_KINDS,
    CellLines,
    Entry,
    Line,
    ListLook,
    Piece,
    TableLines,
    entries_of,
    without_carets,
)
from desktop.viewmodels.text.lists import outdented
from desktop.viewmodels.text.walk import (
    ANCHOR,
    HERE,
    Span,
    caret_path,
    span_of,
    with_entry,
    within,
)

Entries = list[Entry]
Edit = Callable[[Entries], Entries | None]


def halves(line: Line) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the pieces of a line before and after the caret."""
    place = line.pieces.index(HERE)
    return without_carets(line.pieces[:place]), without_carets(line.pieces[place + 1 :])


def delete_selection(entries: Entries) -> Entries:
    """Delete what is selected: cells are emptied, a table is deleted with the text around it."""
    span = span_of(entries)
    if span is None or caret_path(entries, ANCHOR) is None:
        return entries
    if span.cells is None:
        return _delete_lines(entries, span)
    table = entries[span.first]
    if not isinstance(table, TableLines):
        return entries
    return with_entry(entries, span.first, _emptied(table, span.cells))


def _emptied(table: TableLines, cells: frozenset[tuple[int, int]]) -> TableLines:
    first = min(cells)
    rows: list[tuple[CellLines, ...]] = []
    for row_index, row in enumerate(table.rows):
        made: list[CellLines] = []
        for cell_index, cell in enumerate(row):
            place = (row_index, cell_index)
            if place not in cells:
                made.append(cell)
            elif len(cells) == 1:
                inner = delete_selection(list(cell.lines))
                made.append(replace(cell, lines=tuple(e for e in inner if isinstance(e, Line))))
            else:
                line = Line((HERE,) if place == first else (), "normal", cell.lines[0].id)
                made.append(replace(cell, lines=(line,)))
        rows.append(tuple(made))
    return replace(table, rows=tuple(rows))


def _delete_lines(entries: Entries, span: Span) -> Entries:
    first, last = entries[span.first], entries[span.last]
    head = _before(first) if isinstance(first, Line) else ()
    tail = _after(last) if isinstance(last, Line) else ()
    shape = first if isinstance(first, Line) else last if isinstance(last, Line) else Line()
    if shape.kind == "phantom" and span.first != span.last and isinstance(last, Line):
        shape = last
    joined = replace(shape, pieces=(*head, HERE, *tail))
    return [*entries[: span.first], joined, *entries[span.last + 1 :]]


def _before(line: Line) -> tuple[Piece, ...]:
    places = [index for index, piece in enumerate(line.pieces) if piece in {HERE, ANCHOR}]
    return line.pieces[: places[0]]


def _after(line: Line) -> tuple[Piece, ...]:
    places = [index for index, piece in enumerate(line.pieces) if piece in {HERE, ANCHOR}]
    return line.pieces[places[-1] + 1 :]


def insert_pieces(pieces: Sequence[Piece]) -> Edit:
    """Return the edit that puts pieces in place of the selection."""

    def here(entries: Entries, index: int) -> Entries:
        line = entries[index]
        if not isinstance(line, Line):
            return entries
        before, after = halves(line)
        return with_entry(entries, index, replace(line, pieces=(*before, *pieces, HERE, *after)))

    return lambda entries: within(delete_selection(entries), here)


def erase(entries: Entries) -> Entries | None:
    """Delete what is selected."""
    return None if caret_path(entries, ANCHOR) is None else delete_selection(entries)


def new_line(entries: Entries) -> Entries | None:
    """Do what Enter does."""
    return within(delete_selection(entries), _split)


def _split(entries: Entries, index: int) -> Entries | None:
    line = entries[index]
    if not isinstance(line, Line):
        return None
    before, after = halves(line)
    if line.kind == "phantom":
        return with_entry(entries, index, Line(), Line((HERE,)))
    if line.figure is not None:
        return _beside_figure(entries, index, line, at_end=bool(before))
    if not before and not after and line.level:
        return _end_item(entries, index, line)
    if after and not before:
        upper = replace(line, pieces=(), id="")
        if line.kind in HEADING_KINDS:
            upper = Line()
        return with_entry(entries, index, upper, replace(line, pieces=(HERE, *after)))
    lower = replace(line, pieces=(HERE, *after), id="")
    if not after:
        lower = replace(lower, kind="normal")
    return with_entry(entries, index, replace(line, pieces=before), lower)


def _beside_figure(entries: Entries, index: int, line: Line, *, at_end: bool) -> Entries:
    plain = replace(line, pieces=without_carets(line.pieces))
    if at_end:
        return with_entry(entries, index, plain, Line((HERE,)))
    return with_entry(entries, index, Line(), line)


def _end_item(entries: Entries, index: int, line: Line) -> Entries:
    """End the item on an empty line of it: out one level, or out of the list."""
    if line.list is None:
        for above in reversed(entries[:index]):
            if isinstance(above, Line) and above.level == line.level and above.list:
                return with_entry(entries, index, replace(line, list=above.list))
    return with_entry(entries, index, outdented(entries, index))


def new_paragraph_in_item(entries: Entries) -> Entries | None:
    """Go on in a new paragraph of the same list item."""

    def here(lines: Entries, index: int) -> Entries | None:
        line = lines[index]
        if not isinstance(line, Line) or not line.level:
            return _split(lines, index)
        before, after = halves(line)
        lower = Line((HERE, *after), "normal", "", line.level)
        return with_entry(lines, index, replace(line, pieces=before), lower)

    return within(delete_selection(entries), here)


def backspace(entries: Entries) -> Entries | None:
    """Do what Backspace does at the start of a line."""
    return within(entries, _join_back)


def _join_back(entries: Entries, index: int) -> Entries | None:
    line = entries[index]
    if not isinstance(line, Line):
        return None
    if line.list is not None:
        return with_entry(entries, index, outdented(entries, index))
    if index:
        return _join_above(entries, index, line, entries[index - 1])
    if line.kind in {"normal", "phantom"} or line.figure:
        return None
    return with_entry(entries, index, replace(line, kind="normal"))


def _join_above(entries: Entries, index: int, line: Line, above: Entry) -> Entries:
    if isinstance(above, TableLines):
        return _back_to_table(entries, index, line, above)
    made = [joined(above, line)]
    if above.figure is not None:
        made = [_ending(above)] if line.is_empty and line.kind != "phantom" else [line]
    elif line.figure is not None and not above.is_empty:
        made = [_ending(above), _bare(line)]
    return [*entries[: index - 1], *made, *entries[index + 1 :]]


def _back_to_table(entries: Entries, index: int, line: Line, table: TableLines) -> Entries:
    """Go into the last cell; an empty line after the table goes, if another one follows it."""
    cells = list(table.rows[-1]) or list(table.rows[0])
    lines = cells[-1].lines
    cells[-1] = replace(cells[-1], lines=(*lines[:-1], _ending(lines[-1])))
    entered = replace(table, rows=(*table.rows[:-1], tuple(cells)))
    follows = index + 1 < len(entries) and isinstance(entries[index + 1], Line)
    kept: Entries = [] if line.is_empty and follows else [_bare(line)]
    return [*entries[: index - 1], entered, *kept, *entries[index + 1 :]]


def _ending(line: Line) -> Line:
    return replace(line, pieces=(*without_carets(line.pieces), HERE))


def _bare(line: Line) -> Line:
    return replace(line, pieces=without_carets(line.pieces))


def joined(above: Line, line: Line) -> Line:
    """Return two lines as one; an empty paragraph leaves its shape to what joins it."""
    if above.is_empty and above.list is None:
        return replace(line, pieces=(*above.pieces, *line.pieces))
    return replace(above, pieces=(*above.pieces, *line.pieces))


def delete(entries: Entries) -> Entries | None:
    """Do what Delete does at the end of a line."""
    return within(entries, _join_next)


def _join_next(entries: Entries, index: int) -> Entries | None:
    line = entries[index]
    if index + 1 >= len(entries) or not isinstance(line, Line) or line.kind == "phantom":
        return None
    below = entries[index + 1]
    if isinstance(below, TableLines) or below.kind == "phantom":
        return None
    rest = entries[index + 2 :]
    if below.figure is not None:
        if line.is_empty and not line.level:
            return [*entries[:index], replace(below, pieces=(HERE, *below.pieces)), *rest]
        return [*entries[: index + 1], *rest]
    if line.figure is not None:
        return [*entries[: index + 1], *rest] if below.is_empty else None
    return [*entries[:index], joined(line, below), *rest]


def insert(blocks: Sequence[Block], *, plain: bool = False) -> Edit:
    """Return the edit that puts blocks, with ids of their own, in place of the selection."""
    given = fresh(entries_of(blocks))
    if plain:
        given = [made for entry in given for made in _plain(entry)]

    def here(entries: Entries, index: int) -> Entries | None:
        line = entries[index]
        if not isinstance(line, Line) or not given:
            return None
        return [*entries[:index], *_put(given, line), *entries[index + 1 :]]

    return lambda entries: within(delete_selection(entries), here)


def _put(given: Sequence[Entry], line: Line) -> Entries:
    before, after = halves(line)
    given = _in_list(given, line) if line.level else list(given)
    first = given[0]
    if line.figure is None and isinstance(first, Line) and _joins(first):
        given[0] = replace(line, pieces=(*before, *first.pieces))
    elif before or (not line.is_empty and line.kind == "phantom"):
        given.insert(0, replace(line, pieces=before))
    elif line.list is not None and isinstance(first, Line) and first.list is not None:
        given[0] = replace(first, id=line.id or first.id)
    elif line.list is not None:
        given.insert(0, replace(line, pieces=()))
    last = given[-1]
    if isinstance(last, Line) and last.figure is None and _takes(last, after, line):
        given[-1] = replace(last, pieces=(*last.pieces, HERE, *after))
    else:
        shape = replace(line, id="", list=None) if before else line
        given.append(replace(shape, pieces=(HERE, *after)))
    return given


def _takes(last: Line, after: Sequence[Piece], line: Line) -> bool:
    """Return whether the text after the cursor goes on in the last line that is put in."""
    if not after:
        return True
    return last.kind == "normal" and (last.level == 0 or line.level > 0) and not _has_figure(after)


def _joins(line: Line) -> bool:
    return line.figure is None and line.kind == "normal" and line.level == 0


def _has_figure(pieces: Sequence[Piece]) -> bool:
    return any(isinstance(piece, Figure) for piece in pieces)


def _in_list(given: Sequence[Entry], line: Line) -> Entries:
    """Let what is put into a list be items of it: paragraphs at its level, lists from there on."""
    done: Entries = []
    top: ListLook | None = None
    for entry in given:
        if not isinstance(entry, Line) or entry.figure or entry.kind in HEADING_KINDS:
            done.append(entry)
        elif entry.level == 0:
            done.append(
                entry
                if not done and entry.kind == "normal"
                else replace(entry, level=line.level, list=line.list)
            )
        else:
            top = top or entry.list
            same = line.list is not None and entry.list == top and entry.level == 1
            look = line.list if same else entry.list
            done.append(replace(entry, level=entry.level + line.level - 1, list=look))
    return done


def fresh(entries: Sequence[Entry]) -> Entries:
    """Return the entries without the ids they had elsewhere."""
    lists: dict[str, str] = {}
    return [_fresh(entry, lists) for entry in entries]


def _fresh(entry: Entry, lists: dict[str, str]) -> Entry:
    if isinstance(entry, Line):
        return _fresh_line(entry, lists)
    return replace(
        entry,
        id="",
        rows=tuple(
            tuple(
                replace(cell, lines=tuple(_fresh_line(line, lists) for line in cell.lines))
                for cell in row
            )
            for row in entry.rows
        ),
    )


def _fresh_line(line: Line, lists: dict[str, str]) -> Line:
    look = line.list
    if look is not None:
        look = replace(look, id=lists.setdefault(look.id, new_block_id()))
    line_id = new_block_id()
    pieces = tuple(_fresh_piece(piece, line_id) for piece in line.pieces)
    return replace(line, id=line_id, list=look, pieces=pieces)


def _fresh_piece(piece: Piece, line_id: str) -> Piece:
    if isinstance(piece, Footnote):
        return replace(piece, id=new_block_id())
    return replace(piece, id=line_id) if isinstance(piece, Figure) else piece


def _plain(entry: Entry) -> Entries:
    """Return an entry as paragraphs without lists, notes and figures."""
    if isinstance(entry, TableLines):
        return [made for cell in entry.cells() for line in cell.lines for made in _plain(line)]
    if entry.figure:
        return []
    pieces = tuple(p for p in entry.pieces if isinstance(p, Run | LineBreak))
    return [Line(pieces, "normal", entry.id)]


def replace_before(count: int, pieces: Sequence[Inline]) -> Edit:
    """Return the edit that replaces the last `count` characters (no more than a run) by pieces."""

    def here(entries: Entries, index: int) -> Entries | None:
        line = entries[index]
        if not isinstance(line, Line):
            return None
        before, after = halves(line)
        last = before[-1] if before else None
        if not isinstance(last, Run) or len(last.text) < count:
            return None
        kept = last.text[: len(last.text) - count]
        styled = tuple(
            replace(last, text=piece.text) if isinstance(piece, Run) else piece for piece in pieces
        )
        made = (*before[:-1], *((replace(last, text=kept),) if kept else ()), *styled, HERE, *after)
        return with_entry(entries, index, replace(line, pieces=made))

    return lambda entries: within(entries, here)
