"""Words as the search index knows them: folded, and cut to their Norwegian stems.

Folding leaves out case and accents, but å, æ and ø stay letters of their own: «Ås» is not «as», and
«aa» is not «å». Foreign ä, ö and ü are æ, ø and y, as in lists (see `i18n.sorting`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple

LONGEST_WORD: Final = 64
PART: Final = 3
"""The shortest part of a word that finds it."""

_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_OWN_LETTERS: Final = frozenset("æøå")
_FOREIGN: Final = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y", "đ": "d", "ð": "d", "ŋ": "n"})
_IRREGULAR: Final = {
    "året": "år", "årene": "år", "åra": "år", "årets": "år", "års": "år",
    "rådets": "råd", "sakens": "sak", "sakas": "sak",
}  # fmt: skip
"""Forms that the stemmer leaves apart and that these archives are full of."""
_NYNORSK: Final = re.compile(r"^(.{3,})heit(?:a|ene|er|ar)?s?$")
_REGISTER: Final = re.compile(r"^(.*)regist(?:er|eret|era|ret|re|rene|ra)s?$")
_CACHED: Final = 200_000
_stems: dict[str, str] = {}
_folded: dict[str, str] = {}


class Word(NamedTuple):
    """A word of a text, folded, and where it stands."""

    text: str
    start: int
    end: int


def normal(text: str) -> str:
    """Return a text in the form that positions of words refer to."""
    return unicodedata.normalize("NFC", text)


def fold(word: str) -> str:
    """Return a word in lower case without accents; å, æ and ø stay."""
    found = _folded.get(word)
    if found is None:
        found = _fold(word)
        if len(_folded) >= _CACHED:
            _folded.clear()
        _folded[word] = found
    return found


def _fold(word: str) -> str:
    lower = word.casefold()
    if not lower.isascii():
        lower = unicodedata.normalize("NFC", lower).translate(_FOREIGN)
        lower = "".join(map(_plain, lower))
    return lower[:LONGEST_WORD]


@cache
def _plain(letter: str) -> str:
    if letter in _OWN_LETTERS:
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if part.isalnum())


def words(text: str) -> list[str]:
    """Return the folded words of a text."""
    return [word for found in _WORD.findall(text) if (word := fold(found))]


def placed_words(text: str) -> Iterator[Word]:
    """Yield the words of a text in its `normal` form, with their places."""
    for found in _WORD.finditer(text):
        if word := fold(found[0]):
            yield Word(word, found.start(), found.end())


def stem(word: str) -> str:
    """Return the stem of a folded word: vedtak for vedtaket, sak for sakene and saka."""
    found = _stems.get(word)
    if found is None:
        found = _stem(word)
        if len(_stems) >= _CACHED:
            _stems.clear()
        _stems[word] = found
    return found


def _stem(word: str) -> str:
    if not word.isalpha():
        return word
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    register = _REGISTER.match(word)
    if register:
        return f"{register[1]}register"
    nynorsk = _NYNORSK.match(word)
    return _stemmer()(f"{nynorsk[1]}het" if nynorsk else word) or word


@cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer  # noqa: PLC0415

    found: Callable[[str], str] = snowballstemmer.stemmer("norwegian").stemWord
    return found
