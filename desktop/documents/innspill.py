"""Rows of innspill as blocks: points become nested lists, with paragraphs and headings between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desktop.documents.blank import without_blanks
from desktop.documents.content import InnspillContent
from desktop.documents.document import DocBlock, StyledParagraph
from desktop.documents.parts import tree_part
from desktop.richtext.tree import Block, Heading, ListBlock, ListItem, Paragraph, Tree
from desktop.rules.entity_kinds import Innspillslag


@dataclass(slots=True)
class _Item:
    """A point while its list is being built; `further` are the points below it."""

    blocks: list[Block]
    further: list[_Item] = field(default_factory=list)


@dataclass(slots=True)
class _Rows:
    """The blocks made so far, and the points of the list that is open."""

    done: list[DocBlock] = field(default_factory=list)
    points: list[_Item] = field(default_factory=list)

    def close(self) -> None:
        if self.points:
            self.done += tree_part(Tree((_list_of(self.points),)))
            self.points = []

    def add_point(self, row: InnspillContent) -> None:
        """Put a point at its level, or at the deepest one that exists above it."""
        siblings = self.points
        for _level in range(row.nivaa):
            if not siblings:
                break
            siblings = siblings[-1].further
        siblings.append(_Item(list(row.innhold.blocks)))

    def add_to_point(self, row: InnspillContent) -> None:
        """Continue the last point of the level above the paragraph's."""
        item = self.points[-1]
        for _level in range(row.nivaa - 1):
            if not item.further:
                break
            item = item.further[-1]
        if item.further:
            self._continue_after(item, row)
        else:
            item.blocks += row.innhold.blocks

    @staticmethod
    def _continue_after(item: _Item, row: InnspillContent) -> None:
        item.blocks += [_list_of(item.further), *row.innhold.blocks]
        item.further = []


def innspill_blocks(rows: Sequence[InnspillContent]) -> tuple[DocBlock, ...]:
    """Return the rows as lists, paragraphs and small headings; rows without text are left out.

    A point that does not begin with a paragraph is no list item; it stands between the lists.
    """
    made = _Rows()
    for row in (replace(one, innhold=without_blanks(one.innhold)) for one in rows):
        if not row.innhold:
            continue
        if row.slag is Innspillslag.PUNKT and isinstance(row.innhold.blocks[0], Paragraph):
            made.add_point(row)
        elif row.slag is Innspillslag.AVSNITT and row.nivaa and made.points:
            made.add_to_point(row)
        else:
            made.close()
            made.done += _between(row)
    made.close()
    return tuple(made.done)


def _between(row: InnspillContent) -> tuple[DocBlock, ...]:
    first = row.innhold.blocks[0]
    if row.slag is Innspillslag.MELLOMTITTEL and isinstance(first, Paragraph | Heading):
        rest = Tree(row.innhold.blocks[1:])
        return (StyledParagraph(first.inlines, "etikett"), *tree_part(rest))
    return tree_part(row.innhold)


def _list_of(items: list[_Item]) -> ListBlock:
    return ListBlock(tuple(ListItem(_all_blocks(item)) for item in items), id="")


def _all_blocks(item: _Item) -> tuple[Block, ...]:
    return (*item.blocks, _list_of(item.further)) if item.further else tuple(item.blocks)
