"""Reading a text: its sentences, the part of it that is shown, and what is no running text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from re import Match, Pattern
from typing import Final

from desktop.rules.kontroll.papers import TextBlock
from desktop.rules.kontroll.types import Hit, Place

_ENDS: Final = re.compile(r"(?<=[.!?…:])[ \n]+(?=[«\"(–•]?[A-ZÆØÅ0-9])|\n+")
_ABBREVIATIONS: Final = re.compile(
    r"(?:\b(?:bl\.a|f\.eks|t\.d|m\.a|jf|jfr|ca|kl|nr|pkt|kap|mv|ev|evt|dvs|st|meld|prop|inst|"
    r"hhv|mfl|osv|o\.l|art|tlf|s|d)|\b[A-ZÆØÅ])\.$",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.|mailto:)\S+|\b[\w.+-]{1,80}@\S{1,80}\.\w+"
    r"|\b[\w-]{1,80}(?:\.[\w-]{1,80}){0,6}\.(?:no|com|org|eu|net)\b\S*"
    r"|\b[\w.-]{1,120}\.(?:docx?|pdf|xlsx?|pptx?|html?|json|xml)\b",
    re.IGNORECASE,
)
_BEFORE: Final = 40
_LONGEST: Final = 120


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Return from and to of the sentence that a span lies in."""
    ends, starts = _breaks(text)
    first = starts[bisect_right(starts, start) - 1]
    return first, ends[bisect_left(ends, max(end, first))]


@lru_cache(maxsize=64)
def _breaks(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where sentences end and where they start, in order."""
    ends, starts = [], [0]
    for found in _ENDS.finditer(text):
        before = text[max(0, found.start() - 9) : found.start()]
        if "\n" in found[0] or not _ABBREVIATIONS.search(before):
            ends.append(found.start())
            starts.append(found.end())
    return (*ends, len(text)), tuple(starts)


def hit(block: TextBlock, start: int, end: int, **params: object) -> Hit:
    """Return a hit at a span of a block; it is about the sentence around it."""
    at = block.place
    place = Place(at.kind, at.sak_id, at.row_id, at.block_id, (start, end))
    first, last = sentence_at(block.text, start, end)
    return Hit(place, params, _excerpt(block.text, first, last, start), block.text[first:last])


def whole(block: TextBlock, **params: object) -> Hit:
    """Return a hit about a whole block."""
    return hit(block, 0, len(block.text), **params)


def _excerpt(text: str, first: int, last: int, start: int) -> str:
    begin = first if start - first <= _BEFORE or last - first <= _LONGEST else start - _BEFORE
    end = min(last, begin + _LONGEST)
    if begin > first:
        begin = text.find(" ", begin, start) + 1 or begin
    if end < last:
        end = max(text.rfind(" ", start, end), start) or end
    shown = " ".join(text[begin:end].split())
    return f"{'… ' if begin > first else ''}{shown}{' …' if end < last else ''}"


def matches(block: TextBlock, pattern: Pattern[str]) -> Iterator[Match[str]]:
    """Yield where a pattern stands in a text, addresses and file names aside."""
    found = list(pattern.finditer(block.text))
    if not found:
        return
    foreign = [one.span() for one in _ADDRESS.finditer(block.text)]
    for one in found:
        if not any(start < one.end() and one.start() < end for start, end in foreign):
            yield one


def words_before(text: str, at: int, count: int = 1) -> str:
    """Return the last words before a place, as they stand."""
    return " ".join(text[max(0, at - 60) : at].split()[-count:])
