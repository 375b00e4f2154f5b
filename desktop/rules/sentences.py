"""Text as words and marks with their places, and the sentences they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

# "e-helse", "Helse-", "15.1" and "bl.a" are one word each; any other mark stands alone.
TOKEN: Final = re.compile(r"\w+(?:[-–.'’]\w+)*-?|[^\w\s]|\n")
_ENDS: Final = frozenset(".!?")
_CLOSING: Final = frozenset("»\"”’')]")
# After these a full stop ends no sentence.
_ABBREVIATIONS: Final = frozenset(
    {"meld", "st", "prop", "innst", "nr", "kl", "jf", "jfr", "ca", "dr", "prof", "bl.a", "f.eks"}
    | {
        "pkt",
        "kap",
        "adm",
        "dir",
        "mill",
        "mrd",
        "inkl",
        "ekskl",
        "evt",
        "ev",
        "vedr",
        "tlf",
        "d.v.s",
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark; `low` is how it is compared."""

    text: str
    low: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Return the words and marks of a text; line breaks are marks."""
    return [
        Token(found[0], found[0].casefold(), found.start(), found.end())
        for found in TOKEN.finditer(text)
    ]


def sentences(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the sentences, each with its closing mark; semicolons and line breaks end one too."""
    current: list[Token] = []
    for index, token in enumerate(tokens):
        if token.text != "\n":
            current.append(token)
        if current and _ends(tokens, index):
            yield current
            current = []
    if current:
        yield current


def _ends(tokens: Sequence[Token], index: int) -> bool:
    mark = tokens[index].text
    if mark in {"\n", ";"}:
        return True
    if mark not in _ENDS:
        return False
    after = index + 1
    while after < len(tokens) and tokens[after].text in _CLOSING:
        after += 1
    if after >= len(tokens):
        return True
    if mark == "." and index and tokens[index - 1].low in _ABBREVIATIONS:
        return False
    following = tokens[after].text
    return not (following[0].islower() or following[0].isdigit() or following[0] in ",;:)")
