"""Plain text from the clipboard as a text tree: paragraphs by line, lists and tables where sure.

- "• " and its like, "- ", "* " and "– " at a line's start make a bulleted list; "1. ", "1) " and,
  from two in a row on, "a. " and "a) " a numbered one ("1. januar" is a date). Deeper indents
  nest, and indented lines without a marker continue their item, as `plain_text` prints them.
- Two lines or more with the same number of tabs are a table; other tabs are spaces.
- A word divided at a line's end is joined where that is sure: at a soft hyphen, or where the whole
  word also stands elsewhere in the text. A bullet alone on its line begins the next line.
- A single address is a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop.i18n.calendar_names import MONTHS
from desktop.importing.html_paste import Read
from desktop.importing.paste_limit import MAX_CHARACTERS, MAX_PARAGRAPHS, limited
from desktop.richtext.clean import clean_text
from desktop.richtext.grid import MAX_COLUMNS
from desktop.richtext.links import link_allowed
from desktop.richtext.tree import (
    Block,
    Cell,
    LineBreak,
    ListBlock,
    ListItem,
    ListKind,
    NumberFormat,
    Paragraph,
    Row,
    Run,
    Table,
    Tree,
)
from desktop.richtext.validate import MAX_LIST_DEPTH, MAX_LIST_START, canonical, canonical_inlines

_LINE: Final = re.compile("\r\n|[\n\r\f\x1c-\x1e\x85\u2029]")
_SOFT_LINE: Final = re.compile("[\v\u2028]")
_BULLETS: Final = "•·▪◦‣●○■□*–-\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf071\uf06e\uf02d"
_BULLET: Final = re.compile(rf"([{re.escape(_BULLETS)}])[ \t\xa0]+")
_LONE_BULLETS: Final = frozenset(_BULLETS) - {"*", "–", "-"}
_NUMBER: Final = re.compile(r"([0-9]{1,4}|[a-z])([.)])[ \t\xa0]+")
_MONTHS: Final = frozenset(name for names in MONTHS.values() for name in names)
_DIVIDED: Final = re.compile(r"([^\W\d_]{2,})-$")
_GOES_ON: Final = re.compile(r"([^\W\d_]{2,})")
_TAB_WIDTH: Final = 4
_MAX_LINES: Final = 2 * MAX_PARAGRAPHS  # two lines may be one paragraph


@dataclass(slots=True)
class _Line:
    """A line that shows: how far in it stands, its marker if it has one, and its text."""

    text: str
    indent: int
    kind: ListKind | None = None
    number_format: NumberFormat = "1."
    number: int = 1
    width: int = 0


@dataclass(slots=True)
class _List:
    """A list that can still get items, and where its items and their text stand."""

    line: _Line
    next: int
    items: list[list[Block | _List]] = field(default_factory=list)

    def block(self) -> ListBlock:
        items = tuple(
            ListItem(tuple(one.block() if isinstance(one, _List) else one for one in item))
            for item in self.items
        )
        if self.line.kind == "number":
            return ListBlock(items, "number", self.line.number_format, self.line.number)
        return ListBlock(items)


def read_text(text: str) -> Read:
    """Return the tree of any text. Pure: it may run in any thread."""
    was_cut = len(text) > 2 * MAX_CHARACTERS
    if was_cut:
        text = text[: 2 * MAX_CHARACTERS]
    alone = text.strip()
    if link_allowed(alone) and not alone.startswith("#"):
        return Read(Tree((Paragraph((Run(alone, link=alone),)),)))
    lines = _LINE.split(text)
    full = [number for number, line in enumerate(lines) if line.strip()]
    if len(full) > _MAX_LINES:
        lines, was_cut = lines[: full[_MAX_LINES]], True
    blocks, cut = limited(tuple(_blocks(_joined(lines))))
    return Read(canonical(Tree(blocks)), (), was_cut or cut)


def _joined(lines: Sequence[str]) -> list[str]:
    """Join words divided at the ends of lines where that is sure, and bullets with their text."""
    ends = ("-", "\xad", *_LONE_BULLETS)
    if not any(line.rstrip().endswith(ends) for line in lines):
        return list(lines)
    words = {word.casefold() for line in lines for word in re.findall(r"[^\W\d_]{4,}", line)}
    joined: list[str] = []
    for line in lines:
        before = joined[-1].rstrip() if joined else ""
        if before.endswith("\xad") and line.strip():
            joined[-1] = before[:-1] + line.lstrip()
            continue
        if before.lstrip() in _LONE_BULLETS and line.strip():
            joined[-1] = f"{before} {line.lstrip()}"
            continue
        start, end = _DIVIDED.search(before), _GOES_ON.match(line)
        if start and end and end[1][0].islower() and (start[1] + end[1]).casefold() in words:
            joined[-1] = before[:-1] + line
        else:
            joined.append(line)
    return joined


def _blocks(rows: Sequence[str]) -> Iterator[Block]:
    index = 0
    no_table_before = 0
    lists = _Lists()
    while index < len(rows):
        end = _alike(rows, index) if index >= no_table_before else index
        if end > index and _is_table(rows[index:end]):
            yield from lists.finish()
            yield _table(rows[index:end])
            index = end
            continue
        no_table_before = max(no_table_before, end)
        line = _line(rows, index)
        index += 1
        if line and not lists.take(line):
            yield from lists.finish()
            if not lists.take(line):
                yield _paragraph(line.text)
    yield from lists.finish()


class _Lists:
    """The list that gathers, with the lists open in it."""

    def __init__(self) -> None:
        self._open: list[_List] = []

    def finish(self) -> Iterator[Block]:
        if self._open:
            yield self._open[0].block()
        self._open = []

    def take(self, line: _Line) -> bool:
        """Add a line to the list, or return that it belongs to no list that is open."""
        if line.kind is None:
            return self._continue(line)
        while len(self._open) > 1 and self._open[-1].line.indent > line.indent:
            self._open.pop()
        top = self._open[-1] if self._open else None
        if top and line.indent > top.line.indent and len(self._open) < MAX_LIST_DEPTH:
            self._open.append(_List(line, line.number))
            top.items[-1].append(self._open[-1])
        elif top is None:
            self._open.append(_List(line, line.number))
        elif not _same(top, line):
            if len(self._open) == 1:
                return False
            self._open[-1] = _List(line, line.number)
            self._open[-2].items[-1].append(self._open[-1])
        self._open[-1].items.append([_paragraph(line.text)])
        self._open[-1].next += 1
        return True

    def _continue(self, line: _Line) -> bool:
        while self._open and line.indent < self._open[-1].line.indent + 1:
            if len(self._open) == 1:
                return False
            self._open.pop()
        if not self._open:
            return False
        self._open[-1].items[-1].append(_paragraph(line.text))
        return True


def _same(top: _List, line: _Line) -> bool:
    if top.line.kind != line.kind:
        return False
    return line.kind == "bullet" or (
        top.line.number_format == line.number_format and top.next == line.number
    )


def _line(rows: Sequence[str], index: int) -> _Line | None:
    row = rows[index]
    text = row.strip()
    if not clean_text(text).strip():
        return None
    lead = row[: len(row) - len(row.lstrip())]
    line = _Line(text, sum(_TAB_WIDTH if one == "\t" else 1 for one in lead))
    bullet = _BULLET.match(text)
    number = _NUMBER.match(text)
    if bullet:
        line.kind, line.text = "bullet", text[bullet.end() :]
    elif number and _counts(rows, index, number):
        line.kind, line.text = "number", text[number.end() :]
        line.number, line.number_format = _value(number[1]), _format(number)
    return line


def _counts(rows: Sequence[str], index: int, found: re.Match[str]) -> bool:
    """Whether a number at a line's start numbers an item: it begins with one, or goes on."""
    rest = rows[index].strip()[found.end() :]
    value, form = _value(found[1]), _format(found)
    if rest.split(maxsplit=1)[:1] and rest.split(maxsplit=1)[0].strip(".,").lower() in _MONTHS:
        return False
    if value > MAX_LIST_START:
        return False
    if (value, form[0]) == (1, "1"):
        return True
    return any(
        _format(other) == form and _value(other[1]) == value + step
        for step in (1, -1)
        for other in _neighbours(rows, index, step)
    )


def _neighbours(rows: Sequence[str], index: int, step: int) -> Iterator[re.Match[str]]:
    """Yield the numbers at the starts of the nearest lines."""
    place = index + step
    for _ in range(8):
        if not 0 <= place < len(rows):
            return
        found = _NUMBER.match(rows[place].strip())
        if found:
            yield found
        place += step


def _value(sign: str) -> int:
    return int(sign) if sign.isdigit() else ord(sign) - ord("a") + 1


def _format(found: re.Match[str]) -> NumberFormat:
    if found[1].isdigit():
        return "1)" if found[2] == ")" else "1."
    return "a)" if found[2] == ")" else "a."


def _alike(rows: Sequence[str], start: int) -> int:
    """Return where the lines with as many tabs as this one end."""
    tabs = rows[start].count("\t")
    end = start
    if 0 < tabs < MAX_COLUMNS:
        while end < len(rows) and rows[end].count("\t") == tabs and not _is_item(rows, end):
            end += 1
    return end


def _is_table(rows: Sequence[str]) -> bool:
    cells = [row.split("\t") for row in rows]
    has_first = any(row[0].strip() for row in cells)
    return len(cells) > 1 and has_first and any(any(map(str.strip, row[1:])) for row in cells)


def _is_item(rows: Sequence[str], index: int) -> bool:
    text = rows[index].strip()
    found = _BULLET.match(text) or _NUMBER.match(text)
    return bool(found and "\t" in found[0])


def _table(rows: Sequence[str]) -> Table:
    cells = [[Cell((_paragraph(cell.strip()),)) for cell in row.split("\t")] for row in rows]
    return Table(tuple(Row(tuple(row)) for row in cells), header_rows=0)


def _paragraph(text: str) -> Paragraph:
    inlines: list[Run | LineBreak] = []
    for index, part in enumerate(_SOFT_LINE.split(text)):
        if index:
            inlines.append(LineBreak())
        inlines.append(Run(" ".join(filter(None, re.split("[ \t]+", part)))))
    return Paragraph(canonical_inlines(inlines))
