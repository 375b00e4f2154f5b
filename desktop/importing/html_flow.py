"""Where blocks and inlines gather while HTML is read, and what each container may hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from desktop.richtext.tree import (
    Block,
    Figure,
    Footnote,
    Heading,
    HeadingLevel,
    Inline,
    LineBreak,
    ListBlock,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
    child_blocks,
    new_block_id,
)
from desktop.richtext.validate import canonical_inlines

SpaceMode = Literal["collapse", "written", "pre"]
Container = Literal["top", "item", "cell", "note"]
Report = Callable[[str], None]
LeafKind = ParagraphStyle | HeadingLevel

_ANY_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_BROKEN_SPACE: Final = re.compile(r"[ \t\r\n\f]*[\t\r\n\f][ \t\r\n\f]*")
_LINE_END: Final = re.compile(r"\r\n|[\r\n]")

# In gathered text "\n" stands for white space that shows as one space, or none at an edge.
_SOFT: Final = "\n"


class Inlines:
    """The inlines of one paragraph, with white space as HTML shows it."""

    def __init__(self) -> None:
        self._pieces: list[Run | LineBreak | Footnote | None] = []

    def text(self, text: str, look: Run, mode: SpaceMode) -> None:
        """Add text; `written` keeps plain spaces as they are, `pre` keeps line ends as well."""
        if mode == "pre":
            for index, line in enumerate(_LINE_END.split(text)):
                if index:
                    self._pieces.append(LineBreak())
                self._pieces.append(replace(look, text=line))
            return
        space = _ANY_SPACE if mode == "collapse" else _BROKEN_SPACE
        self._pieces.append(replace(look, text=space.sub(_SOFT, text)))

    def add(self, inline: LineBreak | Footnote) -> None:
        """Add a line break or footnote."""
        self._pieces.append(inline)

    def separate(self) -> None:
        """Begin a new line if something stands before and something follows."""
        self._pieces.append(None)

    def take(self) -> tuple[Inline, ...]:
        """Return what has gathered, and begin anew."""
        shown = _Shown()
        for piece in self._pieces:
            shown.add(piece)
        self._pieces = []
        return canonical_inlines(shown.inlines)


@dataclass(slots=True)
class _Shown:
    inlines: list[Inline] = field(default_factory=list)
    _space: Run | None = None
    _line_start: bool = True
    _separated: bool = False

    def add(self, piece: Run | LineBreak | Footnote | None) -> None:
        if piece is None:
            self._space, self._separated = None, bool(self.inlines)
        elif isinstance(piece, Run):
            self._run(piece)
        elif isinstance(piece, LineBreak):
            self._lead(keep_space=False)
            self.inlines.append(piece)
            self._line_start = True
        else:
            self._lead()
            self.inlines.append(piece)

    def _run(self, run: Run) -> None:
        inner = run.text.strip(_SOFT)
        if run.text.startswith(_SOFT):
            self._spaced(run)
        if inner:
            self._lead()
            self.inlines.append(replace(run, text=inner.replace(_SOFT, " ")))
            if run.text.endswith(_SOFT):
                self._spaced(run)

    def _spaced(self, run: Run) -> None:
        if self._space is None:
            self._space = replace(run, text=" ")

    def _lead(self, *, keep_space: bool = True) -> None:
        if self._separated:
            self.inlines.append(LineBreak())
            self._line_start = True
        if self._space and keep_space and not self._line_start:
            self.inlines.append(self._space)
        self._space, self._separated, self._line_start = None, False, False


@dataclass(slots=True)
class Leaf:
    """What the text that gathers will become. The id belongs to its first block alone."""

    kind: LeafKind = "normal"
    id: str | None = None

    def block(self, inlines: tuple[Inline, ...]) -> Paragraph | Heading:
        """Return the block of the inlines."""
        block_id = self.id or new_block_id()
        if isinstance(self.kind, int):
            return Heading(inlines, self.kind, block_id)
        return Paragraph(inlines, self.kind, block_id)


@dataclass(slots=True)
class Flow:
    """The blocks of the text, a list item or a cell, as they are read.

    What the container may not hold is changed or moved rather than lost: a heading in a list item
    becomes a paragraph, a table in a cell its paragraphs, and tables and figures in a list item
    are `lifted` to stand after the list.
    """

    container: Container
    report: Report
    depth: int = 0
    leaf: Leaf = field(default_factory=Leaf)
    blocks: list[Block] = field(default_factory=list)
    lifted: list[Block] = field(default_factory=list)
    inlines: Inlines = field(default_factory=Inlines)

    def flush(self) -> None:
        """End the paragraph that gathers; an empty one stays only if it has an id."""
        if self.container == "note":
            self.inlines.separate()
            return
        inlines = self.inlines.take()
        if self.leaf.id or any(map(_shows, inlines)):
            self.add(self.leaf.block(inlines))
            self.leaf.id = None

    def add(self, block: Block) -> None:
        """Add a block in the form that the container may hold."""
        if self.container == "item":
            self._add_to_item(block)
        elif self.container == "cell" and isinstance(block, Table):
            self.report("table_in_cell")
            for child in child_blocks(block):
                self.add(child)
        else:
            self.blocks.append(block)

    def _add_to_item(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.report("heading_in_list")
            self.blocks.append(Paragraph(block.inlines, "normal", block.id))
        elif isinstance(block, Table | Figure):
            self.report("lifted_from_list")
            self.lifted.append(block)
        else:
            if isinstance(block, ListBlock) and not self.blocks:
                self.blocks.append(Paragraph())
            self.blocks.append(block)

    def finish(self) -> tuple[Block, ...]:
        """Return the blocks; an item or cell has at least a paragraph."""
        self.flush()
        if not self.blocks and self.container != "top":
            self.blocks.append(Paragraph())
        return tuple(self.blocks)


def _shows(inline: Inline) -> bool:
    if isinstance(inline, Run):
        return bool(inline.text.strip())
    return isinstance(inline, Footnote)
