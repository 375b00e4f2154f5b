"""The head of a toppnotat that somebody wrote: a table or lines before the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from desktop.importing.docx_flow import ReadBlock
from desktop.importing.docx_tables import with_rows
from desktop.importing.toppnotat_headings import HEAD_LABELS, known_heading
from desktop.richtext.plain import inline_text, plain_text
from desktop.richtext.tree import Block, Cell, Heading, Paragraph, Row, Table, Tree
from desktop.rules.entity_kinds import Seksjonslag

_LABELS: Final = "|".join(sorted(map(re.escape, HEAD_LABELS), key=len, reverse=True))
_LINE: Final = re.compile(rf"\s*({_LABELS})(?:\s*:\s*|\s+)(\S.*)", re.IGNORECASE)
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class TableSection:
    """A section that stands in a row of a table: its heading left, its text right."""

    slag: Seksjonslag
    heading: str
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class ReadHead:
    """The facts of the head, sections that were rows of it, and the blocks that remain."""

    facts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sections: list[TableSection] = field(default_factory=list)
    rest: tuple[ReadBlock, ...] = ()


def read_head(blocks: tuple[ReadBlock, ...], is_section: Callable[[str], bool]) -> ReadHead:
    """Return what stands in the head; only what comes before the first section is looked at."""
    head = ReadHead()
    first = next((i for i, one in enumerate(blocks) if _begins(one, is_section)), len(blocks))
    leading, following = blocks[:first], blocks[first:]
    lines = _facts_in_lines(leading)
    rest: list[ReadBlock] = []
    for one in leading:
        if isinstance(one.block, Table):
            rest += _table(one, one.block, head)
        elif len(lines) >= _FEWEST and isinstance(one.block, Paragraph):
            rest += _paragraph(one, one.block, head)
        else:
            rest.append(one)
    head.rest = (*rest, *following)
    return head


def _begins(one: ReadBlock, is_section: Callable[[str], bool]) -> bool:
    if not isinstance(one.block, Heading | Paragraph):
        return False
    return is_section(inline_text(one.block.inlines))


def _lines(block: Paragraph) -> list[str]:
    return inline_text(block.inlines).split("\n")


def _facts_in_lines(blocks: Iterable[ReadBlock]) -> set[str]:
    return {
        HEAD_LABELS[found[1].casefold()]
        for one in blocks
        if isinstance(one.block, Paragraph)
        for line in _lines(one.block)
        if (found := _LINE.fullmatch(line))
    }


def _paragraph(one: ReadBlock, block: Paragraph, head: ReadHead) -> Iterator[ReadBlock]:
    found = [_LINE.fullmatch(line) for line in _lines(block)]
    if not all(found):
        yield one
        return
    for match in filter(None, found):
        _note(head.facts, match[1], [match[2].strip()])


def _note(facts: dict[str, tuple[str, ...]], label: str, lines: Iterable[str]) -> None:
    name = HEAD_LABELS[_label(label)]
    given = tuple(line.strip() for line in lines if line.strip())
    if given:
        facts[name] = (*facts.get(name, ()), *given)


def _label(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" :")


def _table(one: ReadBlock, table: Table, head: ReadHead) -> Iterator[ReadBlock]:
    """Take the rows that say facts or hold a section; the rest stays a table."""
    known = sum(1 for row in table.rows if _pairs(row) or _section(row))
    if known < _FEWEST:
        yield one
        return
    left: list[Row] = []
    for row in table.rows:
        pairs, section = _pairs(row), _section(row)
        if pairs:
            for label, value in pairs:
                _note(head.facts, label, plain_text(Tree(value.blocks)).split("\n"))
        elif section is not None:
            head.sections.append(section)
        elif any(_text(cell) for cell in row.cells):
            left.append(row)
    remaining = with_rows(table, tuple(left))
    if remaining is not None:
        yield ReadBlock(remaining, one.facts)


def _pairs(row: Row) -> list[tuple[str, Cell]]:
    """Return label and value, one or more times in a row; nothing where they are not all that."""
    cells = row.cells
    if len(cells) < 2:
        return []
    if len(cells) % 2 or any(_label(_text(cell)) not in HEAD_LABELS for cell in cells[::2]):
        labelled = _label(_text(cells[0])) in HEAD_LABELS
        blank = not any(_text(cell) for cell in cells[2:])
        return [(_text(cells[0]), cells[1])] if labelled and blank else []
    return [(_text(cells[i]), cells[i + 1]) for i in range(0, len(cells), 2)]


def _section(row: Row) -> TableSection | None:
    if len(row.cells) != 2:
        return None
    heading = _text(row.cells[0])
    known = known_heading(heading)
    if known is None:
        return None
    return TableSection(known.slag, heading, row.cells[1].blocks)


def _text(cell: Cell) -> str:
    return " ".join(plain_text(Tree(cell.blocks)).split())
