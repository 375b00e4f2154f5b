"""The names of the bodies, which are proper names: spelled one way and not inflected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from desktop.rules.kontroll.papers import Papers, TextBlock
from desktop.rules.kontroll.text import hit, matches
from desktop.rules.kontroll.types import Hit

_HEADS: Final = (
    r"(?:[\wæøåé-]*?)(?:råd|utvalg|utval|forum|styre|nemnd|nettverk|panel|organ|kollegium|gruppe)"
)
_WORD: Final = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_SHORTEST: Final = 10
_LONG: Final = 18


def inflected_twice(papers: Papers) -> Iterator[Hit]:
    """Find "Nasjonalt e-helserådet": an adjective in the indefinite form with a definite noun."""
    patterns = [(body.navn, _twice(body.navn)) for body in papers.bodies or (papers.utvalg,)]
    for block in papers.blocks:
        for name, pattern in patterns:
            if pattern is not None:
                for found in matches(block, pattern):
                    yield hit(block, *found.span(), funnet=found[0], riktig=name)


@lru_cache(maxsize=256)
def _twice(name: str) -> re.Pattern[str] | None:
    """Return what finds a name with a definite noun; None for a name without such a noun."""
    words = name.split()
    for place, word in enumerate(words[:4]):
        head = re.fullmatch(_HEADS, word, re.IGNORECASE)
        if head is None or place == 0 or words[place - 1].casefold().endswith("e"):
            continue
        stem = re.escape(word)
        forms = rf"(?:{stem}[tn]|{stem[:-1]}a)" if stem.endswith("e") else rf"{stem}(?:et|en|a)"
        start = r"\s+".join(map(re.escape, words[:place]))
        return re.compile(rf"\b{start}\s+{forms}s?\b", re.IGNORECASE)
    return None


def misspelt(papers: Papers) -> Iterator[Hit]:
    """Find names of bodies that are one letter (in long names two) from right, or begin small."""
    names = {
        name
        for body in papers.bodies or (papers.utvalg,)
        for name in body.names
        if len(name) >= _SHORTEST
    }
    right = {form for name in names for form in _right_forms(name)}
    wanted = [(name, name.casefold(), len(name.split())) for name in sorted(names)]
    for block in papers.blocks:
        folded = block.text.casefold()
        near = [one for one in wanted if one[1][:4] in folded or one[1][-4:] in folded]
        if near:
            yield from _misspelt_in(block, near, right)


def _right_forms(name: str) -> set[str]:
    folded = name.casefold()
    forms = {folded, f"{folded}s", folded.removesuffix("et"), folded.removesuffix("et") + "s"}
    return forms | {f"{folded}et", f"{folded}ets", f"{folded}a", f"{folded}en"}


def _misspelt_in(
    block: TextBlock, names: list[tuple[str, str, int]], right: set[str]
) -> Iterator[Hit]:
    words = [found.span() for found in _WORD.finditer(block.text)]
    for name, folded, count in names:
        sizes = (count, count + 1) if count > 1 else (1,)
        for at, (start, _end) in enumerate(words):
            for end in (words[at + size - 1][1] for size in sizes if at + size <= len(words)):
                if abs(end - start - len(name)) > 2:
                    continue
                found = block.text[start:end]
                if _is_slip(found.casefold(), folded, right):
                    yield hit(block, start, end, funnet=found, riktig=name)
                    break


def _is_slip(found: str, name: str, right: set[str]) -> bool:
    if found in right or abs(len(found) - len(name)) > 2:
        return False
    if found.endswith(f" {name}") or found.startswith(f"{name} "):
        return False
    if found[:3] != name[:3] and found[-3:] != name[-3:]:
        return False
    most = 2 if len(name) >= _LONG else 1
    return 0 < distance(found.removesuffix("s") if name[-1] != "s" else found, name, most) <= most


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be put in, taken out, changed or swapped; past `most` more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
