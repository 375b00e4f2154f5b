"""The difference between two stretches of text, word by word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

SpanKind = Literal["equal", "insert", "delete"]

# "e-helse", "28/23", "10.00" and "post@ks.no" are one word each; any other mark stands alone.
_TOKEN: Final = re.compile(r"[\w\u0300-\u036f]+(?:[-./:'’@][\w\u0300-\u036f]+)*|\s+|.", re.DOTALL)
_MATCHER_LIMIT: Final = 90_000  # a product of token counts; beyond it difflib takes too long


@dataclass(frozen=True, slots=True)
class Span:
    """Text that both sides have, or only the new one (insert), or only the old one (delete)."""

    kind: SpanKind
    text: str


@dataclass(slots=True)
class _Stretch:
    """Text that is equal, or a change from one text into another."""

    equal: str = ""
    deleted: str = ""
    inserted: str = ""


def diff_words(old: str, new: str) -> tuple[Span, ...]:
    """Return the spans; equal and deleted ones make the old text, equal and inserted the new."""
    if old == new:
        return (Span("equal", old),) if old else ()
    stretches = _stretches(_aligned(_TOKEN.findall(old), _TOKEN.findall(new)))
    return tuple(span for stretch in stretches for span in _spans(stretch))


def longest_increasing(values: Sequence[int]) -> list[int]:
    """Return the positions of a longest increasing subsequence of distinct values."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for position, value in enumerate(values):
        pile = bisect_left(tops, value)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [value]
        piles[pile : pile + 1] = [position]
    chain: list[int] = []
    position = piles[-1] if piles else -1
    while position >= 0:
        chain.append(position)
        position = before[position]
    return chain[::-1]


_Change = tuple[Sequence[str], Sequence[str], bool]


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    """Yield old tokens, new tokens and whether they are equal."""
    head = _common_head(old, new)
    tail = _common_head(old[head:][::-1], new[head:][::-1])
    yield old[:head], new[:head], True
    yield from _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    yield old[len(old) - tail :], new[len(new) - tail :], True


def _common_head(old: Sequence[str], new: Sequence[str]) -> int:
    shared = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        shared += 1
    return shared


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    if not old or not new:
        yield old, new, False
    elif len(old) * len(new) <= _MATCHER_LIMIT:
        # White space never starts a match, so that neighbouring changed words read as one change.
        matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
        for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
            yield old[old_start:old_end], new[new_start:new_end], tag == "equal"
    else:
        yield from _between_anchors(old, new)


def _between_anchors(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    """Split a long text at words that occur once on each side, as a patience diff does."""
    anchors = _anchors(old, new)
    if not anchors:
        yield old, new, False
        return
    old_start = new_start = 0
    for old_end, new_end in [*anchors, (len(old), len(new))]:
        yield from _aligned(old[old_start:old_end], new[new_start:new_end])
        old_start, new_start = old_end, new_end


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the positions before which both sides can be cut; never (0, 0)."""
    in_old, in_new = Counter(old), Counter(new)
    place = {token: index for index, token in enumerate(new) if in_new[token] == 1}
    pairs = [
        (index, place[token])
        for index, token in enumerate(old)
        if in_old[token] == 1 and token in place
    ]
    chain = longest_increasing([after for _, after in pairs])
    return [pairs[position] for position in chain if pairs[position] != (0, 0)]


def _stretches(changes: Iterator[_Change]) -> list[_Stretch]:
    """Join neighbouring changes, and neighbouring equal texts."""
    stretches: list[_Stretch] = []
    for old, new, equal in changes:
        if not old and not new:
            continue
        if not stretches or bool(stretches[-1].equal) is not equal:
            stretches.append(_Stretch())
        last = stretches[-1]
        if equal:
            last.equal += "".join(old)
        else:
            last.deleted += "".join(old)
            last.inserted += "".join(new)
    return stretches


def _spans(stretch: _Stretch) -> Iterator[Span]:
    if stretch.equal:
        yield Span("equal", stretch.equal)
    if stretch.deleted:
        yield Span("delete", stretch.deleted)
    if stretch.inserted:
        yield Span("insert", stretch.inserted)
