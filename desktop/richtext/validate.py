"""The closed schema of a text tree beyond its types, and the canonical form of a tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, get_args

from desktop.richtext.clean import clean_lines, clean_text, is_clean
from desktop.richtext.grid import grid_fault
from desktop.richtext.links import link_allowed
from desktop.richtext.problems import Params, Problem
from desktop.richtext.tree import (
    Block,
    Cell,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    ListItem,
    ListKind,
    NumberFormat,
    Paragraph,
    ParagraphStyle,
    Row,
    Run,
    Table,
    Tree,
    new_block_id,
)

MAX_LIST_DEPTH: Final = 9  # Word's limit
MAX_FIGURE_WIDTH_MM: Final = 500
MAX_LIST_START: Final = 32767  # Word's limit
_BLOCK_ID: Final = re.compile(r"[a-z2-7]{10}")
_NOTE_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,40}")
_FILE: Final = re.compile(r"[0-9a-f]{64}")
_STYLES: Final = get_args(ParagraphStyle)
_KINDS: Final = get_args(ListKind)
_FORMATS: Final = get_args(NumberFormat)


def block_id_allowed(block_id: str) -> bool:
    """Return whether the text has the form of a block id."""
    return _BLOCK_ID.fullmatch(block_id) is not None


def note_id_allowed(note_id: str) -> bool:
    """Return whether the text has the form of a footnote id."""
    return _NOTE_ID.fullmatch(note_id) is not None


def file_allowed(file: str) -> bool:
    """Return whether the text has the form of a SHA-256 in lower-case hexadecimal."""
    return _FILE.fullmatch(file) is not None


def validate(tree: Tree) -> list[Problem]:
    """Return everything wrong with the tree in reading order; a valid tree has no problems."""
    check = _Check()
    check.blocks(tree.blocks, "blokker", 0)
    return check.problems


class _Check:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._block_ids: set[str] = set()
        self._note_ids: set[str] = set()

    def _report(self, path: str, code: str, **params: str | int) -> None:
        self.problems.append(Problem(path, code, params))

    def blocks(self, blocks: Sequence[Block], path: str, depth: int) -> None:
        for index, block in enumerate(blocks):
            self._block(block, f"{path}[{index}]", depth)

    def _block(self, block: Block, path: str, depth: int) -> None:
        self._block_id(block.id, path)
        match block:
            case Paragraph():
                self._choice(block.style, _STYLES, path, "stil")
                self._inlines(block.inlines, path)
            case Heading():
                if block.level not in {1, 2, 3}:
                    self._report(path, "bad_level", level=block.level)
                self._inlines(block.inlines, path)
            case ListBlock():
                self._list(block, path, depth + 1)
            case Table():
                self._table(block, path)
            case Figure():
                self._figure(block, path)

    def _block_id(self, block_id: str, path: str) -> None:
        if not _BLOCK_ID.fullmatch(block_id):
            self._report(path, "bad_id", id=block_id)
        elif block_id in self._block_ids:
            self._report(path, "duplicate_id", id=block_id)
        self._block_ids.add(block_id)

    def _choice(self, value: str, allowed: Sequence[str], path: str, field: str) -> None:
        if value not in allowed:
            self._report(path, "bad_choice", value=value, field=field)

    def _inlines(self, inlines: Sequence[Inline], path: str) -> None:
        before: Inline | None = None
        for index, inline in enumerate(inlines):
            if isinstance(inline, Run):
                self._run(inline, before, path, index)
            elif isinstance(inline, Footnote):
                self._footnote(inline, f"{path}.innhold[{index}]")
            before = inline

    def _run(self, run: Run, before: Inline | None, path: str, index: int) -> None:
        if not run.text:
            self._report(f"{path}.innhold[{index}]", "empty_run")
        elif not is_clean(run.text):
            self._report(f"{path}.innhold[{index}]", "unclean_text")
        if run.link is not None and not link_allowed(run.link):
            self._report(f"{path}.innhold[{index}]", "bad_link", link=run.link)
        if isinstance(before, Run) and same_look(before, run):
            self._report(f"{path}.innhold[{index}]", "unmerged_runs")

    def _footnote(self, note: Footnote, path: str) -> None:
        if not _NOTE_ID.fullmatch(note.id):
            self._report(path, "bad_note_id", id=note.id)
        elif note.id in self._note_ids:
            self._report(path, "duplicate_note_id", id=note.id)
        self._note_ids.add(note.id)
        self._inlines(note.content, path)

    def _list(self, block: ListBlock, path: str, depth: int) -> None:
        if depth > MAX_LIST_DEPTH:
            self._report(path, "too_deep", limit=MAX_LIST_DEPTH)
            return
        self._choice(block.kind, _KINDS, path, "slag")
        self._choice(block.number_format, _FORMATS, path, "format")
        if not 0 <= block.start <= MAX_LIST_START:
            self._report(path, "bad_start", start=block.start)
        if block.kind == "bullet" and (block.number_format, block.start) != ("1.", 1):
            self._report(path, "bullet_numbering")
        if not block.items:
            self._report(path, "empty_list")
        for index, item in enumerate(block.items):
            self._item(item, f"{path}.punkter[{index}]", depth)

    def _item(self, item: ListItem, path: str, depth: int) -> None:
        if not item.blocks:
            self._report(path, "empty_item")
        elif not isinstance(item.blocks[0], Paragraph):
            self._report(path, "item_start")
        for index, block in enumerate(item.blocks):
            where = f"{path}.blokker[{index}]"
            if isinstance(block, Paragraph | ListBlock):
                self._block(block, where, depth)
            else:
                self._report(where, "item_block")

    def _table(self, table: Table, path: str) -> None:
        if not table.rows:
            self._report(path, "empty_table")
            return
        self._grid(table, path)
        for row_index, row in enumerate(table.rows):
            for cell_index, cell in enumerate(row.cells):
                self._cell(cell, f"{path}.rader[{row_index}].celler[{cell_index}]")

    def _grid(self, table: Table, path: str) -> None:
        rows = len(table.rows)
        if not 0 <= table.header_rows <= rows:
            self._report(path, "header_rows", rows=rows, header_rows=table.header_rows)
        fault = grid_fault(table.rows)
        if fault:
            params: Params = {"columns": fault.columns}
            if fault.code == "too_many_columns":
                params = {"columns": fault.columns, "limit": 63}
            self.problems.append(Problem(f"{path}.rader[{fault.row}]", fault.code, params))
            return
        columns = sum(cell.column_span for cell in table.rows[0].cells)
        widths = sum(1 for width in table.column_widths if width > 0)
        if table.column_widths and not widths == len(table.column_widths) == columns:
            self._report(path, "column_widths", columns=columns, widths=widths)

    def _cell(self, cell: Cell, path: str) -> None:
        if not cell.blocks:
            self._report(path, "empty_cell")
        for index, block in enumerate(cell.blocks):
            where = f"{path}.blokker[{index}]"
            if isinstance(block, Table):
                self._report(where, "cell_block")
            else:
                self._block(block, where, 0)

    def _figure(self, figure: Figure, path: str) -> None:
        if not _FILE.fullmatch(figure.file):
            self._report(path, "bad_file")
        if not is_clean(figure.alt_text):
            self._report(path, "unclean_text")
        if figure.width_mm is not None and not 1 <= figure.width_mm <= MAX_FIGURE_WIDTH_MM:
            self._report(path, "bad_width", width=figure.width_mm)


def same_look(one: Run, other: Run) -> bool:
    """Return whether two runs differ in nothing but their text."""
    return (
        one.bold is other.bold
        and one.italic is other.italic
        and one.superscript is other.superscript
        and one.link == other.link
    )


def canonical(tree: Tree, *, new_id: Callable[[], str] = new_block_id) -> Tree:
    """Return the tree with clean text, equal neighbouring runs merged, and every id sound.

    A line end inside a run becomes a line break; an id that is malformed or used before is
    replaced by `new_id`. Faults of structure (grids, list items, links) are left to `validate`.
    """
    return Tree(_Canon(new_id).blocks(tree.blocks))


def canonical_inlines(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return the inlines with clean text, without empty runs, and with equal runs merged."""
    return tuple(_merged(_split(inlines)))


def canonical_note(content: Iterable[Run | LineBreak]) -> tuple[Run | LineBreak, ...]:
    """Return the content of a footnote as `canonical_inlines` would."""
    return tuple(i for i in canonical_inlines(content) if not isinstance(i, Footnote))


def _split(inlines: Iterable[Inline]) -> Iterable[Inline]:
    for inline in inlines:
        if not isinstance(inline, Run) or is_clean(inline.text):
            yield inline
            continue
        for index, line in enumerate(clean_lines(inline.text)):
            if index:
                yield LineBreak()
            yield replace(inline, text=line)


def _merged(inlines: Iterable[Inline]) -> list[Inline]:
    merged: list[Inline] = []
    texts: list[str] = []
    look: Run | None = None
    for inline in inlines:
        if isinstance(inline, Run):
            if not inline.text:
                continue
            if look and same_look(look, inline):
                texts.append(inline.text)
                continue
        _end_run(merged, look, texts)
        look, texts = (inline, [inline.text]) if isinstance(inline, Run) else (None, [])
        if look is None:
            merged.append(inline)
    _end_run(merged, look, texts)
    return merged


def _end_run(merged: list[Inline], look: Run | None, texts: list[str]) -> None:
    """Compose across the seams: a letter and its mark may come from two runs."""
    if look:
        merged.append(look if len(texts) == 1 else replace(look, text=clean_text("".join(texts))))


class _Canon:
    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._block_ids: set[str] = set()
        self._note_ids: set[str] = set()

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        block_id = self._sound(block.id, self._block_ids, _BLOCK_ID)
        match block:
            case Paragraph() | Heading():
                return replace(block, inlines=self._inlines(block.inlines), id=block_id)
            case ListBlock():
                items = tuple(ListItem(self.blocks(item.blocks)) for item in block.items)
                return replace(block, items=items, id=block_id)
            case Table():
                rows = tuple(Row(tuple(map(self._cell, row.cells))) for row in block.rows)
                return replace(block, rows=rows, id=block_id)
            case Figure():
                return replace(block, alt_text=clean_text(block.alt_text), id=block_id)

    def _cell(self, cell: Cell) -> Cell:
        return replace(cell, blocks=self.blocks(cell.blocks))

    def _inlines(self, inlines: Iterable[Inline]) -> tuple[Inline, ...]:
        return tuple(
            self._note(inline) if isinstance(inline, Footnote) else inline
            for inline in canonical_inlines(inlines)
        )

    def _note(self, note: Footnote) -> Footnote:
        note_id = self._sound(note.id, self._note_ids, _NOTE_ID)
        return Footnote(note_id, canonical_note(note.content))

    def _sound(self, given: str, used: set[str], form: re.Pattern[str]) -> str:
        sound = given
        while sound in used or not form.fullmatch(sound):
            sound = self._new_id()
        used.add(sound)
        return sound
