"""Edits of lists: into and out of one, level, kind, number format and first number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from desktop.richtext.tree import ListKind, NumberFormat, new_block_id
from desktop.richtext.validate import MAX_LIST_DEPTH
from desktop.viewmodels.text.lines import (
    HEADING_KINDS,
    CellLines,
    Entry,
    Line,
    ListLook,
    TableLines,
)
from desktop.viewmodels.text.walk import map_selected, selected_lines, within

Entries = list[Entry]
Edit = Callable[[Entries], Entries | None]
NUMBER_FORMATS: Final[tuple[NumberFormat, ...]] = ("1.", "1)", "a.", "a)")
_INNER: Final[dict[NumberFormat, NumberFormat]] = {"1.": "a.", "1)": "a)", "a.": "1.", "a)": "1)"}


def outdented(entries: Sequence[Entry], index: int) -> Line:
    """Return the line one level further out: an item of the list around its own, or a paragraph."""
    line = entries[index]
    assert isinstance(line, Line)  # noqa: S101 - the callers ask for a line
    if line.level <= 1:
        return replace(line, level=0, list=None)
    around = _look_above(entries, index, line.level - 1)
    return replace(line, level=line.level - 1, list=around or line.list)


def _look_above(entries: Sequence[Entry], index: int, level: int) -> ListLook | None:
    """Return the list at a level that the line at the index could go on with."""
    for entry in reversed(entries[:index]):
        if not isinstance(entry, Line) or entry.level < level:
            return None
        if entry.level == level and entry.list is not None:
            return entry.list
    return None


def _look_below(entries: Sequence[Entry], index: int, level: int) -> ListLook | None:
    for entry in entries[index + 1 :]:
        if not isinstance(entry, Line) or entry.level < level:
            return None
        if entry.level == level:
            return entry.list
    return None


def toggle_list(kind: ListKind, number_format: NumberFormat = "1.", start: int = 1) -> Edit:
    """Return the edit that makes the selected lines such a list, or none if they are one."""

    def edit(entries: Entries) -> Entries | None:
        lines = [line for line in selected_lines(entries) if _can_be_item(line)]
        if not lines:
            return None
        if all(line.list and line.list.kind == kind for line in lines):
            return map_selected(entries, _unlisted)
        known = {line.list.id for line in lines if line.list}
        relooked = _with_looks(
            entries, lambda look: _of_kind(look, kind, number_format) if look.id in known else look
        )
        return _listed(relooked, ListLook(new_block_id(), kind, number_format, start))

    return edit


def _can_be_item(line: Line) -> bool:
    return line.figure is None


def _unlisted(line: Line) -> Line:
    return replace(line, level=0, list=None)


def _of_kind(look: ListLook, kind: ListKind, number_format: NumberFormat) -> ListLook:
    if look.kind == kind:
        return look
    return ListLook(look.id, kind, number_format if kind == "number" else "1.")


def _listed(entries: Entries, look: ListLook) -> Entries:
    """Make items of the selected lines that stand in no list or go on with an item."""
    done = list(entries)
    chosen = {id(line) for line in selected_lines(entries)}
    for index, entry in enumerate(done):
        if isinstance(entry, TableLines):
            done[index] = _listed_cells(entry, look, chosen)
        elif id(entry) in chosen and entry.list is None and _can_be_item(entry):
            done[index] = _as_item(done, index, entry, look)
    return done


def _listed_cells(table: TableLines, look: ListLook, chosen: set[int]) -> TableLines:
    rows: list[tuple[CellLines, ...]] = []
    for row in table.rows:
        cells: list[CellLines] = []
        for cell in row:
            lines: Entries = list(cell.lines)
            own = replace(look, id=new_block_id())
            for index, line in enumerate(cell.lines):
                if id(line) in chosen and line.list is None and _can_be_item(line):
                    lines[index] = _as_item(lines, index, line, own)
            kept = tuple(line for line in lines if isinstance(line, Line))
            cells.append(replace(cell, lines=kept))
        rows.append(tuple(cells))
    return replace(table, rows=tuple(rows))


def _as_item(entries: Sequence[Entry], index: int, line: Line, look: ListLook) -> Line:
    level = max(line.level, 1)
    above = _look_above(entries, index, level)
    same = above and (above.kind, above.number_format) == (look.kind, look.number_format)
    kind = "normal" if line.kind in HEADING_KINDS or line.kind == "phantom" else line.kind
    return replace(line, kind=kind, level=level, list=above if same else look)


def _with_looks(entries: Sequence[Entry], edit: Callable[[ListLook], ListLook]) -> Entries:
    """Return the entries with every list edited, wherever its items stand."""

    def line(old: Line) -> Line:
        return replace(old, list=edit(old.list)) if old.list else old

    def table(old: TableLines) -> TableLines:
        return replace(
            old,
            rows=tuple(
                tuple(replace(cell, lines=tuple(map(line, cell.lines))) for cell in row)
                for row in old.rows
            ),
        )

    return [line(entry) if isinstance(entry, Line) else table(entry) for entry in entries]


def shift_level(by: int) -> Edit:
    """Return the edit that moves the selected items, with what goes on in them, in or out."""

    def edit(entries: Entries) -> Entries | None:
        chosen = {id(line) for line in selected_lines(entries) if line.level}
        return (
            within(entries, lambda lines, _index: _shifted(lines, chosen, by)) if chosen else None
        )

    return edit


def _shifted(entries: Entries, chosen: set[int], by: int) -> Entries | None:
    done = list(entries)
    changed = moving = False
    for index, entry in enumerate(entries):
        if not isinstance(entry, Line) or not entry.level:
            moving = False
        elif entry.list is not None:
            moving = id(entry) in chosen and _can_shift(done, index, by)
            if moving:
                done[index] = _moved_item(done, index, by)
                changed = True
        elif moving:
            done[index] = replace(entry, level=entry.level + by)
    return done if changed else None


def _can_shift(entries: Entries, index: int, by: int) -> bool:
    line = entries[index]
    if not isinstance(line, Line):
        return False
    if by < 0:
        return line.level > 1
    above = entries[index - 1] if index else None
    return line.level < MAX_LIST_DEPTH and isinstance(above, Line) and above.level >= line.level


def _moved_item(entries: Entries, index: int, by: int) -> Entry:
    if by < 0:
        return outdented(entries, index)
    line = entries[index]
    if not isinstance(line, Line) or line.list is None:
        return line
    level = line.level + 1
    joined = _look_above(entries, index, level) or _look_below(entries, index, level)
    return replace(line, level=level, list=joined or _inner_look(line.list))


def _inner_look(look: ListLook) -> ListLook:
    if look.kind == "bullet":
        return ListLook(new_block_id())
    return ListLook(new_block_id(), "number", _INNER[look.number_format])


def set_format(number_format: NumberFormat) -> Edit:
    """Return the edit that numbers the selected lists this way."""

    def edit(entries: Entries) -> Entries | None:
        known = {line.list.id for line in selected_lines(entries) if line.list}
        if not known:
            return toggle_list("number", number_format)(entries)
        return _with_looks(
            entries,
            lambda look: (
                replace(look, kind="number", number_format=number_format)
                if look.id in known
                else look
            ),
        )

    return edit


def set_start(start: int) -> Edit:
    """Return the edit that lets the item at the caret have a number, and begin a list there."""
    return lambda entries: within(entries, lambda lines, index: _started(lines, index, start))


def _started(entries: Entries, index: int, start: int) -> Entries | None:
    line = entries[index]
    if not isinstance(line, Line) or line.list is None or line.list.kind != "number":
        return None
    old, level = line.list, line.level
    first = _look_above(entries, index, level) != old
    look = replace(old, start=start) if first else replace(old, id=new_block_id(), start=start)
    done = list(entries)
    for place in range(index, len(entries)):
        entry = entries[place]
        if not isinstance(entry, Line) or entry.level < level:
            break
        if entry.list and entry.list.id == old.id:
            done[place] = replace(entry, list=look)
    return done


def continue_numbering(entries: Entries) -> Entries | None:
    """Let the list at the caret go on with the number after the numbered list before it."""
    return within(entries, _continued)


def _continued(entries: Entries, index: int) -> Entries | None:
    line = entries[index]
    if not isinstance(line, Line) or line.list is None or line.list.kind != "number":
        return None
    before: ListLook | None = None
    count = 0
    for entry in reversed(entries[:index]):
        look = entry.list if isinstance(entry, Line) else None
        if look is None or look.kind != "number" or look.id == line.list.id:
            continue
        if before is None and isinstance(entry, Line) and entry.level == line.level:
            before = look
        count += before is not None and look.id == before.id
    if before is None:
        return None
    look = replace(line.list, number_format=before.number_format, start=before.start + count)
    return _with_looks(entries, lambda old: look if old.id == look.id else old)
