"""What of a text is shown of a hit: the stretch with most of what was sought, and where it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from desktop.storage.search_match import Wanted
from desktop.storage.search_words import PART, Word, placed_words, stem

Marks = tuple[tuple[int, int], ...]
LENGTH: Final = 170
_BEFORE: Final = 45
_LONGEST: Final = 40_000
_AROUND: Final = 800
_BREAK: Final = re.compile(r"\s")
ELLIPSIS: Final = "…"
_SHORTEST_STEM: Final = 5


class Excerpt(NamedTuple):
    """A stretch of a text. `marks` are (start, end) in it, in order and apart."""

    text: str
    marks: Marks


def find_marks(text: str, sought: Sequence[Wanted]) -> Marks:
    """Return where in a text what was sought stands."""
    return _marks(list(placed_words(text)), sought)


def excerpt(text: str, sought: Sequence[Wanted], length: int = LENGTH) -> Excerpt:
    """Return the stretch of a text that shows most of what was sought; its beginning without."""
    text = _BREAK.sub(" ", text[:_LONGEST])
    first = _first_place(text, sought)
    start = text.rfind(" ", 0, max(0, first - _BEFORE)) + 1 if first > _BEFORE else 0
    stretch = text[start : start + _AROUND]
    marks = _marks(list(placed_words(stretch)), sought)
    if not marks and first:
        stretch, start = text, 0
        marks = _marks(list(placed_words(text)), sought)
    begin = _best_start(stretch, marks, length)
    return _cut(stretch, marks, (begin, length), cut_before=start > 0 or begin > 0, whole=text)


def _cut(
    text: str, marks: Marks, window: tuple[int, int], *, cut_before: bool, whole: str
) -> Excerpt:
    begin, length = window
    end = min(len(text), begin + length)
    if end < len(text):
        last = text.rfind(" ", begin + length // 2, end)
        end = last if last > 0 else end
    shown = text[begin:end]
    before = f"{ELLIPSIS} " if cut_before else ""
    after = f" {ELLIPSIS}" if not whole.endswith(shown) else ""
    shift = len(before) - begin
    inside = tuple((a + shift, b + shift) for a, b in marks if a >= begin and b <= end)
    return Excerpt(f"{before}{shown}{after}", inside)


def _best_start(text: str, marks: Marks, length: int) -> int:
    """Return where the stretch with most marks begins, at a word."""
    if not marks:
        return 0
    room = length - _BEFORE
    best = max(marks, key=lambda mark: (_count(marks, mark[0], room), -mark[0]))
    if best[0] <= _BEFORE:
        return 0
    return text.rfind(" ", 0, best[0] - _BEFORE + 1) + 1


def _count(marks: Marks, start: int, room: int) -> int:
    return sum(1 for mark in marks if start <= mark[0] and mark[1] <= start + room)


def _first_place(text: str, sought: Sequence[Wanted]) -> int:
    """Return about where the first match is; 0 where that is not known."""
    needles = tuple(dict.fromkeys(
        min(word, stem(word), key=len) for one in sought for word in one.words
    ))  # fmt: skip
    if not needles:
        return 0
    found = _needles(needles).search(text)
    return found.start() if found else 0


@lru_cache(maxsize=64)
def _needles(needles: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, needles)), re.IGNORECASE)


def _marks(found: Sequence[Word], sought: Sequence[Wanted]) -> Marks:
    places: dict[int, int] = {}
    for one in sought:
        tests = _tests(one)
        runs = _runs(found, tests)
        if not runs and not one.quoted:
            whole = [test for test, word in zip(tests, one.words, strict=True) if len(word) > 1]
            for test in whole:
                runs |= _runs(found, [test])
        places |= runs
    return _apart(sorted(places.items()))


def _tests(one: Wanted) -> list[Callable[[str], bool]]:
    """Return what each of the words is found by."""
    last = len(one.words) - 1
    return [
        _test(word, quoted=one.quoted, unfinished=one.unfinished and place == last)
        for place, word in enumerate(one.words)
    ]


def _test(word: str, *, quoted: bool, unfinished: bool) -> Callable[[str], bool]:
    root = stem(word)
    parts = [] if quoted or len(word) < PART else [word]
    if parts and len(root) >= _SHORTEST_STEM:
        parts.append(root)
    beginning = word if unfinished and not parts else None

    def fits(found: str) -> bool:
        return (
            stem(found) == root
            or any(part in found for part in parts)
            or (beginning is not None and found.startswith(beginning))
        )

    return fits


def _runs(found: Sequence[Word], tests: Sequence[Callable[[str], bool]]) -> dict[int, int]:
    """Return where words stand together that fit the tests, one after the other."""
    count = len(tests)
    return {
        found[place].start: found[place + count - 1].end
        for place in range(len(found) - count + 1)
        if all(test(found[place + step].text) for step, test in enumerate(tests))
    }


def _apart(places: Sequence[tuple[int, int]]) -> Marks:
    made: list[tuple[int, int]] = []
    for start, end in places:
        if made and start < made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return tuple(made)
