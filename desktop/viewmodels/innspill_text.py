"""Innspill in a `QTextDocument`: a block is a line; its format carries key, kind and level.

Block formats survive undo, so that a line that comes back is the line it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextFormat

from desktop.richtext.clean import clean_text
from desktop.richtext.plain import block_text, inline_text
from desktop.richtext.tree import (
    Block,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Tree,
    child_blocks,
)
from desktop.rules.entity_kinds import Innspillslag
from desktop.services.minutes_edit import InnspillLine, new_line_id
from desktop.services.referater import DEEPEST_LEVEL
from desktop.viewmodels.text.carriers import char_format, piece_of
from desktop.viewmodels.text.lines import BREAK

_FIRST: Final = int(QTextFormat.Property.UserProperty) + 0x100
_ID: Final = _FIRST
_KIND: Final = _FIRST + 1
_LEVEL: Final = _FIRST + 2
_SPEAKER: Final = _FIRST + 3
_NAMED: Final = _FIRST + 4

STEP: Final = 26
"""How far a level is indented, in pixels."""

_MARKER: Final = re.compile(r"^(?:[-–—•*·o▪]|\d{1,2}[.)]|[a-zæøå][.)])\s+", re.IGNORECASE)
_LEAD: Final = re.compile(r"^[ \t\u00a0]*")
_SPACES_PER_LEVEL: Final = 4

Flat = tuple[Run | LineBreak, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a line is, besides its words."""

    id: str
    slag: Innspillslag = Innspillslag.PUNKT
    nivaa: int = 0
    innsender_id: str | None = None
    navngis: bool = False

    def fresh(self) -> Shape:
        """Return the shape of a new line after this one: a point, or a paragraph after one."""
        prose = self.slag is Innspillslag.AVSNITT
        return Shape(new_line_id(), self.slag if prose else Innspillslag.PUNKT, self.nivaa)


def shape_of(found: QTextBlockFormat) -> Shape:
    """Return the shape that a block's format carries; "" as key where it carries none."""
    kind, level, speaker = (found.property(name) for name in (_KIND, _LEVEL, _SPEAKER))
    key = found.property(_ID)
    return Shape(
        key if isinstance(key, str) else "",
        Innspillslag(kind) if isinstance(kind, str) and kind else Innspillslag.PUNKT,
        level if isinstance(level, int) else 0,
        speaker if isinstance(speaker, str) and speaker else None,
        bool(found.property(_NAMED)),
    )


def block_format(shape: Shape) -> QTextBlockFormat:
    """Return the one format of a shape."""
    made = QTextBlockFormat()
    made.setProperty(_ID, shape.id)
    made.setProperty(_KIND, shape.slag.value)
    made.setProperty(_LEVEL, shape.nivaa)
    if shape.innsender_id:
        made.setProperty(_SPEAKER, shape.innsender_id)
    if shape.navngis:
        made.setProperty(_NAMED, 1)
    point = shape.slag is Innspillslag.PUNKT
    made.setLeftMargin((shape.nivaa + point) * STEP - (6 if point else 0))
    made.setTopMargin(8 if shape.slag is Innspillslag.MELLOMTITTEL else 1)
    made.setBottomMargin(3)
    return made


def flat_inlines(tree: Tree) -> Flat:
    """Return a text as one line of the editor: further blocks come after line breaks."""
    lines: list[Flat] = []
    for block in tree.blocks:
        lines.extend(_flat(block, ""))
    return joined(lines)


def _flat(block: Block, marker: str) -> Iterator[Flat]:
    if isinstance(block, Paragraph | Heading):
        lead = (Run(marker),) if marker else ()
        yield merged((*lead, *(_flat_inline(inline) for inline in block.inlines)))
        return
    inside = child_blocks(block)
    if not inside:
        yield (Run(clean_text(block_text(block)) or "–"),)
    for child in inside:
        yield from _flat(child, "– " if isinstance(block, ListBlock) else marker)


def _flat_inline(inline: Inline) -> Run | LineBreak:
    return inline if isinstance(inline, Run | LineBreak) else Run(inline_text((inline,)))


def joined(lines: Sequence[Flat]) -> Flat:
    """Return lines as one, with line breaks between."""
    found: list[Run | LineBreak] = []
    for number, line in enumerate(lines):
        found += [LineBreak(), *line] if number else line
    return tuple(found)


def merged(inlines: Iterable[Run | LineBreak]) -> Flat:
    """Return inlines with neighbours of one look as one run, and no empty runs."""
    found: list[Run | LineBreak] = []
    for inline in inlines:
        last = found[-1] if found else None
        if isinstance(inline, LineBreak) or not isinstance(last, Run):
            found.append(inline)
        elif replace(last, text="") == replace(inline, text=""):
            found[-1] = replace(last, text=last.text + inline.text)
        else:
            found.append(inline)
    return tuple(one for one in found if isinstance(one, LineBreak) or one.text)


def read_block(block: QTextBlock) -> Flat:
    """Return the words of a block with their looks, clean."""
    found: list[Run | LineBreak] = []
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        look = piece_of(fragment.charFormat())
        run = look if isinstance(look, Run) else Run("")
        for number, part in enumerate(fragment.text().split(BREAK)):
            if number:
                found.append(LineBreak())
            found.append(replace(run, text=clean_text(part)))
        place += 1
    return merged(found)


def insert_inlines(cursor: QTextCursor, inlines: Iterable[Run | LineBreak]) -> None:
    """Put inlines where a cursor is, each with its look."""
    for inline in inlines:
        text = BREAK if isinstance(inline, LineBreak) else inline.text
        cursor.insertText(text, char_format(inline))


class Trees:
    """Makes trees of lines, and gives a line that reads as before the tree it had."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Flat, Tree]] = {}

    def learn(self, key: str, tree: Tree) -> Flat:
        """Remember the tree of a line, and return what the editor shows of it."""
        flat = merged(flat_inlines(tree))
        self._known[key] = flat, tree
        return flat

    def tree(self, key: str, inlines: Flat) -> Tree:
        """Return the tree of a line; its paragraph keeps its id while the words change."""
        flat, tree = self._known.get(key, ((), Tree()))
        if flat == inlines and (tree or not inlines):
            return tree
        first = tree.blocks[0] if tree else None
        made = Paragraph(inlines)
        if isinstance(first, Paragraph):
            made = replace(made, id=first.id)
        tree = Tree((made,)) if inlines else Tree()
        self._known[key] = inlines, tree
        return tree


def line_of(shape: Shape, tree: Tree) -> InnspillLine:
    """Return a line as the services take it."""
    return InnspillLine(shape.id, shape.slag, shape.nivaa, tree, shape.innsender_id, shape.navngis)


def shape_of_line(line: InnspillLine) -> Shape:
    """Return the shape of a stored line."""
    return Shape(line.id, line.slag, line.nivaa, line.innsender_id, line.navngis)


_OPENING: Final = "([{«–-/"


def automatic(before: str) -> tuple[int, str] | None:
    """Return how many typed characters become what: quotes «so», and " - " a dash.

    `before` is the line up to the cursor, the typed character last.
    """
    if before.endswith('"'):
        last = before[-2:-1]
        opens = not last or last.isspace() or last in _OPENING
        return 1, "«" if opens else "»"
    if before.endswith(" - ") and before.strip() != "-":
        return 2, "– "
    return None


Pasted = tuple[Innspillslag, int, Flat]
"""A line that is being pasted: its kind, its level counted from where it goes, its words."""


def lines_of_text(text: str) -> list[Pasted]:
    """Return the lines of plain text as points; indents are levels, and markers go."""
    found: list[Pasted] = []
    for raw in re.split(r"\r\n|[\n\r\v\f\u0085\u2028\u2029]", text):
        lead = _LEAD.match(raw)
        space = lead.group() if lead else ""
        words = clean_text(raw[len(space) :]).strip()
        if not words:
            continue
        level = space.count("\t") + (len(space) - space.count("\t")) // _SPACES_PER_LEVEL
        words = _MARKER.sub("", words) or words
        found.append((Innspillslag.PUNKT, min(level, DEEPEST_LEVEL), (Run(words),)))
    least = min((level for _kind, level, _words in found), default=0)
    return [(kind, level - least, words) for kind, level, words in found]


def lines_of_blocks(blocks: Iterable[Block]) -> list[Pasted]:
    """Return blocks as lines: items as points at their levels, headings as small headings."""
    found: list[Pasted] = []
    for block in blocks:
        _add_lines(found, block, -1)
    return [line for line in found if inline_text(line[2]).strip()]


def _add_lines(found: list[Pasted], block: Block, level: int) -> None:
    if isinstance(block, Heading):
        found.append((Innspillslag.MELLOMTITTEL, 0, _words(block)))
    elif isinstance(block, Paragraph):
        found.append((Innspillslag.PUNKT, max(0, level), _words(block)))
    elif isinstance(block, ListBlock):
        for item in block.items:
            _add_item(found, item, min(level + 1, DEEPEST_LEVEL))
    else:
        for child in child_blocks(block):
            _add_lines(found, child, level)


def _add_item(found: list[Pasted], item: ListItem, level: int) -> None:
    """Add a point, its further paragraphs, and the points below it."""
    for number, block in enumerate(item.blocks):
        if number and isinstance(block, Paragraph):
            deeper = min(level + 1, DEEPEST_LEVEL)
            found.append((Innspillslag.AVSNITT, deeper, _words(block)))
        else:
            _add_lines(found, block, level)


def _words(block: Paragraph | Heading) -> Flat:
    return merged(_flat_inline(inline) for inline in block.inlines)


def blocks_of_lines(lines: Sequence[Pasted]) -> tuple[Block, ...]:
    """Return lines as blocks: points as nested lists, what stands between them as paragraphs."""
    found: list[Block] = []
    points: list[tuple[int, Flat]] = []
    for kind, level, words in lines:
        if kind is Innspillslag.PUNKT:
            deepest = points[-1][0] + 1 if points else 0
            points.append((min(level, deepest), words))
            continue
        found += _lists(points)
        points = []
        heading = kind is Innspillslag.MELLOMTITTEL
        found.append(Heading(words, 3) if heading else Paragraph(words))
    return (*found, *_lists(points))


def _lists(points: Sequence[tuple[int, Flat]]) -> list[Block]:
    items: list[list[Block]] = []
    below: list[tuple[int, Flat]] = []
    for level, words in points:
        if level:
            below.append((level - 1, words))
            continue
        _close(items, below)
        below = []
        items.append([Paragraph(words)])
    _close(items, below)
    return [ListBlock(tuple(ListItem(tuple(item)) for item in items))] if items else []


def _close(items: list[list[Block]], below: Sequence[tuple[int, Flat]]) -> None:
    if below:
        items[-1] += _lists(below)
