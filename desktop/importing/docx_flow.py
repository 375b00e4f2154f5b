"""Paragraphs in a row become blocks: list paragraphs are gathered into nested lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from desktop.importing.docx_remarks import Remarks
from desktop.richtext.tree import (
    Block,
    Figure,
    Inline,
    ListBlock,
    ListItem,
    ListKind,
    NumberFormat,
    Paragraph,
    Run,
)
from desktop.richtext.validate import MAX_LIST_DEPTH

NO_ALT_TEXT: Final = "Figur"
_TOLERANCE: Final = 60  # twips by which indentations may differ and still be the same
_DEEPER: Final = 180  # twips by which a list is indented to lie inside another one


@dataclass(frozen=True, slots=True)
class Facts:
    """By what a block of the top level can be recognised.

    Attributes:
        style: The name of its paragraph style, casefolded.
        tags: Tags and aliases of the content controls around it or in it.
        bookmarks: The bookmarks that begin in it.
        level: The level of a heading as Word has it, from 1.
        bold: All its text is bold, be it by style.
        title: It is the title of the document.
    """

    style: str = ""
    tags: tuple[str, ...] = ()
    bookmarks: tuple[str, ...] = ()
    level: int | None = None
    bold: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block of the top level with its facts."""

    block: Block
    facts: Facts = Facts()


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a list paragraph stands: its list, level, number and look, and its indentation."""

    list_id: str
    level: int
    family: str
    kind: ListKind
    number_format: NumberFormat
    value: int
    own_start: bool
    left: int


@dataclass(slots=True)
class _List:
    place: ListPlace
    items: list[list[Block | _List]] = field(default_factory=list)

    def frozen(self) -> ListBlock:
        items = tuple(ListItem(tuple(map(_frozen, item))) for item in self.items)
        if self.place.kind == "bullet":
            return ListBlock(items)
        return ListBlock(items, "number", self.place.number_format, self.place.value)

    def takes(self, place: ListPlace) -> bool:
        """Return whether a paragraph at the same level is the next item of this list."""
        mine = self.place
        if (mine.kind, mine.number_format) != (place.kind, place.number_format):
            return False
        follows = place.kind == "bullet" or place.value == mine.value + len(self.items)
        if mine.list_id == place.list_id:
            return follows
        # Other programs split one list into several that share a count.
        return mine.family == place.family and follows and not place.own_start


def _frozen(part: Block | _List) -> Block:
    return part.frozen() if isinstance(part, _List) else part


@dataclass(slots=True)
class Flow:
    """The blocks of the text, a cell or a text box, as they are read."""

    remarks: Remarks
    _parts: list[ReadBlock | _List] = field(default_factory=list)
    _open: list[_List] = field(default_factory=list)

    def item(self, inlines: Sequence[Inline], place: ListPlace) -> None:
        """Add a list item."""
        self._make_room(place)
        if self._open and self._same_level(self._open[-1], place):
            if self._open[-1].takes(place):
                self._open[-1].items.append([Paragraph(tuple(inlines))])
                return
            self._open.pop()
        if len(self._open) == MAX_LIST_DEPTH:
            self.remarks.say("list_too_deep", limit=MAX_LIST_DEPTH)
            self._open[-1].items[-1].append(Paragraph(tuple(inlines)))
            return
        made = _List(place, [[Paragraph(tuple(inlines))]])
        if self._open:
            self._open[-1].items[-1].append(made)
        else:
            self._parts.append(made)
        self._open.append(made)

    def paragraph(self, block: Paragraph, facts: Facts, left: int) -> None:
        """Add a paragraph; one that is indented as the text of an item continues that item."""
        while self._open and self._open[-1].place.left > left + _TOLERANCE:
            self._open.pop()
        if self._open and left > 0:
            self._open[-1].items[-1].append(block)
        else:
            self.block(block, facts)

    def block(self, block: Block, facts: Facts | None = None) -> None:
        """Add a block that belongs to no list."""
        self._open.clear()
        self._parts.append(ReadBlock(block, facts or Facts()))

    def finish(self) -> tuple[ReadBlock, ...]:
        """Return the blocks."""
        read = [
            ReadBlock(part.frozen()) if isinstance(part, _List) else part for part in self._parts
        ]
        for index, one in enumerate(read):
            following = read[index + 1].block if index + 1 < len(read) else None
            if isinstance(one.block, Figure) and _is_stopgap(one.block.alt_text, following):
                read[index] = replace(one, block=replace(one.block, alt_text=""))
        return tuple(read)

    def _make_room(self, place: ListPlace) -> None:
        """Close the lists that a list paragraph stands outside of."""
        own = [index for index, one in enumerate(self._open) if one.place.list_id == place.list_id]
        known = [index for index in own if self._open[index].place.level <= place.level]
        if own and known:
            deeper = self._open[known[-1]].place.level < place.level
            keep = known[-1] + 1
            while deeper and keep < len(self._open) and _is_outside(self._open[keep], place):
                keep += 1
            del self._open[keep:]
        elif own:
            del self._open[own[0] + 1 :]
        else:
            while self._open and not self._reaches(self._open[-1], place):
                self._open.pop()

    @staticmethod
    def _reaches(one: _List, place: ListPlace) -> bool:
        """Return whether a paragraph of another list stands at or inside the level of this one."""
        return place.left >= one.place.left - _TOLERANCE

    @staticmethod
    def _same_level(one: _List, place: ListPlace) -> bool:
        if one.place.list_id == place.list_id:
            return one.place.level >= place.level
        return place.left < one.place.left + _DEEPER


def _is_stopgap(alt_text: str, following: Block | None) -> bool:
    """Return whether an alternative text is what our own documents put where there is none."""
    if not isinstance(following, Paragraph) or following.style != "caption":
        return alt_text == NO_ALT_TEXT
    runs = (inline.text for inline in following.inlines if isinstance(inline, Run))
    return alt_text in {NO_ALT_TEXT, "".join(runs).strip()}


def _is_outside(one: _List, place: ListPlace) -> bool:
    return one.place.left + _DEEPER <= place.left


def blocks_of(read: Iterable[ReadBlock]) -> tuple[Block, ...]:
    """Return the blocks without their facts."""
    return tuple(one.block for one in read)


def shows(inlines: Iterable[Inline]) -> bool:
    """Return whether a reader sees anything of the inlines."""
    return any(
        bool(inline.text.strip()) if isinstance(inline, Run) else hasattr(inline, "content")
        for inline in inlines
    )
