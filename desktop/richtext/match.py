"""Which blocks of two texts belong together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.richtext.plain import block_text
from desktop.richtext.tree import (
    Block,
    Figure,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Table,
    child_blocks,
    walk,
)
from desktop.richtext.words import longest_increasing

_WORD: Final = re.compile(r"\w+")
_LIKE: Final = 0.5
_WINDOW: Final = 20  # how far apart, within a stretch, two blocks may stand and be compared


@dataclass(frozen=True, slots=True)
class Matches:
    """Pairs of positions. `in_place` holds those that have kept their order, the rest moved."""

    new_of_old: Mapping[int, int]
    old_of_new: Mapping[int, int]
    in_place: Sequence[tuple[int, int]]


def match_blocks(old: Sequence[Block], new: Sequence[Block]) -> Matches:
    """Match by id, then by equal content, then by likeness within each stretch in between."""
    pairs: dict[int, int] = {}
    _match_ids(old, new, pairs)
    if len(pairs) < len(new):
        _match_equal(old, new, pairs)
    if len(pairs) < len(new):
        _match_alike(old, new, pairs)
    return Matches({o: n for n, o in pairs.items()}, pairs, _in_place(pairs))


def _match_ids(old: Sequence[Block], new: Sequence[Block], pairs: dict[int, int]) -> None:
    places = {block.id: index for index, block in enumerate(old)}
    for index, block in enumerate(new):
        place = places.get(block.id)
        if place is not None and _family(old[place]) is _family(block):
            pairs[index] = place


def _match_equal(old: Sequence[Block], new: Sequence[Block], pairs: dict[int, int]) -> None:
    taken = set(pairs.values())
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for index, block in enumerate(old):
        if index not in taken:
            waiting[signature(block)].append(index)
    for index, block in enumerate(new):
        if index not in pairs and waiting:
            queue = waiting.get(signature(block))
            if queue:
                pairs[index] = queue.popleft()


def _match_alike(old: Sequence[Block], new: Sequence[Block], pairs: dict[int, int]) -> None:
    """Match what shares most words first; a block is matched once."""
    taken = set(pairs.values())
    candidates = sorted(_candidates(old, new, pairs), reverse=True)
    for _, _, after, before in candidates:
        if after not in pairs and before not in taken:
            pairs[after] = before
            taken.add(before)


def _candidates(
    old: Sequence[Block], new: Sequence[Block], pairs: dict[int, int]
) -> Iterator[tuple[float, int, int, int]]:
    """Yield likeness, closeness, new and old position of comparable blocks."""
    anchors = _in_place(pairs)
    taken = set(pairs.values())
    old_rest = _stretches((i for i in range(len(old)) if i not in taken), [a for a, _ in anchors])
    new_rest = _stretches((i for i in range(len(new)) if i not in pairs), [a for _, a in anchors])
    for stretch in old_rest.keys() & new_rest.keys():
        before = [(index, _family(old[index]), _bag(old[index])) for index in old_rest[stretch]]
        for order, index in enumerate(new_rest[stretch]):
            family, bag = _family(new[index]), _bag(new[index])
            for other, old_family, old_bag in before[max(0, order - _WINDOW) : order + _WINDOW]:
                score = _likeness(old_bag, bag) if family is old_family else 0
                if score >= _LIKE:
                    yield score, -abs(other - index), index, other


def _stretches(indexes: Iterable[int], anchors: Sequence[int]) -> dict[int, list[int]]:
    stretches: defaultdict[int, list[int]] = defaultdict(list)
    for index in indexes:
        stretches[bisect_left(anchors, index)].append(index)
    return stretches


def _in_place(pairs: Mapping[int, int]) -> list[tuple[int, int]]:
    ordered = sorted(pairs.items())
    chain = longest_increasing([before for _, before in ordered])
    return [(ordered[position][1], ordered[position][0]) for position in chain]


def _family(block: Block) -> type[Block]:
    return Paragraph if isinstance(block, Heading) else type(block)


def _bag(block: Block) -> frozenset[str]:
    words = {word for leaf in walk((block,)) for word in _WORD.findall(block_text(leaf))}
    if isinstance(block, Figure):
        words.add(block.file)
    return frozenset(words)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0


def signature(block: Block) -> Hashable:
    """Return a value that is equal for blocks that differ in ids alone."""
    match block:
        case Paragraph():
            return ("p", block.style, _inline_signature(block.inlines))
        case Heading():
            return ("h", block.level, _inline_signature(block.inlines))
        case Figure():
            return ("f", block.file, block.alt_text, block.width_mm)
        case ListBlock():
            shape: Hashable = tuple(len(item.blocks) for item in block.items)
            look: Hashable = (block.kind, block.number_format, block.start)
        case Table():
            shape = tuple(
                tuple((len(cell.blocks), cell.column_span, cell.row_span) for cell in row.cells)
                for row in block.rows
            )
            look = (block.header_rows, block.column_widths)
    return (look, shape, tuple(map(signature, child_blocks(block))))


def _inline_signature(inlines: Sequence[Inline]) -> Hashable:
    return tuple(
        ("n", inline.content) if isinstance(inline, Footnote) else inline for inline in inlines
    )
