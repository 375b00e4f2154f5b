"""Norwegian spelling: which words a text holds, which are wrong, and what was meant.

The dictionaries are Hunspell's for bokmål and nynorsk. They know few compounds, and Norwegian makes
new ones all the time, so a word of two known parts passes as well (`_is_compound`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from desktop.ressurser import resource_path

SpellingLanguage = Literal["nb", "nn"]

_FILES: Final = {"nb": "nb_NO", "nn": "nn_NO"}
_LETTER: Final = r"[^\W\d_¹²³\u2070-\u209c]"
_WORD: Final = re.compile(rf"{_LETTER}+(?:[-\u2011'’\u00ad]{_LETTER}+)*-?")
_ABBREVIATION: Final = 4
_NO_PROSE: Final = re.compile(
    r"\S+@\S+|(?:https?://|www\.)\S+|\S*[\\/]\S*\.\w{2,4}\b|\w*\d[\w./-]*", re.IGNORECASE
)
_NO_PROSE_SIGN: Final = re.compile(r"[@/\\\d]|www\.", re.IGNORECASE)
"""What is in all that `_NO_PROSE` finds, and is looked for much faster."""

_SHORTEST_PART: Final = 4
_SHORTEST: Final = 3
_LONGEST: Final = 60
_MOST_SUGGESTIONS: Final = 6
# A first part in the definite form or the plural is two words written together, not a compound.
_INFLECTED: Final = re.compile(r"(?:ene|ane|et|en|er|ar|a)$")
# These are joined with an s, or they are misspelled: informasjonssikkerhet, virksomhetsarkitektur.
_NEEDS_JOINT: Final = re.compile(r"(?:sjon|het|heit|skap|dom|tet)$")
_SHORT_FIRST: Final = frozenset(
    ["dag", "fag", "års", "lag", "liv", "lov", "mål", "råd", "rom", "sak", "tid", "vei", "veg"]
)
_SHORT_LAST: Final = frozenset(
    ["bok", "dag", "krav", "lag", "lov", "løp", "mål", "råd", "rom", "sak", "tap", "tid"]
)
# Loan words keep their vowel, and the word lists lack their endings: arenaene, risikoer, tempoet.
_LOAN: Final = re.compile(r"(\w{2,}[aeiou])(?:en|et|er|ene|ane|ar|ets|ens|enes)")
_NO_LAST_PART: Final = frozenset(
    [
        "blir",
        "eller",
        "etter",
        "fordi",
        "gjennom",
        "hadde",
        "heller",
        "hvis",
        "ikke",
        "ikkje",
        "kunne",
        "like",
        "mellom",
        "møtet",
        "også",
        "over",
        "siden",
        "sidan",
        "skal",
        "skulle",
        "slik",
        "under",
        "ville",
        "være",
        "vere",
    ]
)


def words_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words to check with their places; addresses, numbers and codes are left out."""
    has_sign = _NO_PROSE_SIGN.search(text) is not None
    skipped = [match.span() for match in _NO_PROSE.finditer(text)] if has_sign else []
    place = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while place < len(skipped) and skipped[place][1] <= start:
            place += 1
        if place < len(skipped) and skipped[place][0] < end:
            continue
        if len(match[0]) > 1 and not (end - start <= _ABBREVIATION and text[end : end + 1] == "."):
            yield start, match[0]


def bare(word: str) -> str:
    """Return a word without soft hyphens, with the plain hyphen and apostrophe.

    The first half of "innførings- og driftskostnader" loses its hyphen and its joining s.
    """
    plain = word.replace("\u00ad", "").replace("\u2011", "-").replace("’", "'")
    half = plain.removesuffix("-")
    joined = half != plain and half.endswith("s") and not half.endswith("ss")
    return half[:-1] if joined else half


class Dictionary:
    """The words of one language. Not for several threads, and it holds the interpreter's lock."""

    def __init__(self, language: SpellingLanguage) -> None:
        """Read the dictionary, which takes a third of a second.

        Raises:
            MissingResourceError: if the word lists are not there.
        """
        from hunspell import Hunspell  # noqa: PLC0415

        name = _FILES[language]
        folder = resource_path(f"ordlister/{name}.dic").parent
        self._hunspell = Hunspell(name, hunspell_data_dir=str(folder))
        for word in (folder / f"tillegg_{language}.txt").read_text("utf-8").split():
            self._hunspell.add(word)
        self._seen: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Tell whether a word is spelled as it shall be; HelseCERT, RHFene and KS are names."""
        plain = bare(word)
        if len(plain) > _LONGEST or any(letter.isupper() for letter in plain[1:]):
            return True
        return self._spell(plain) or self._knows_parts(plain) or self._is_formed(plain.lower())

    def wrong(self, words: Iterable[str]) -> list[str]:
        """Return those among words that are not known."""
        return [word for word in words if not self.knows(word)]

    def suggest(self, word: str) -> list[str]:
        """Return what may have been meant, the likeliest first; none for a very long word."""
        plain = bare(word)
        if len(plain) > _LONGEST:
            return []
        found: Iterable[str] = self._hunspell.suggest(plain)
        return list(dict.fromkeys(found))[:_MOST_SUGGESTIONS]

    def _spell(self, word: str) -> bool:
        known = self._seen.get(word)
        if known is None:
            try:
                known = bool(self._hunspell.spell(word))
            except UnicodeError:  # a letter that the dictionary's encoding does not have
                known = False
            self._seen[word] = known
        return known

    def _knows_parts(self, word: str) -> bool:
        parts = word.split("-")
        return len(parts) > 1 and all(
            len(part) == 1 or part.isupper() or self._spell(part) or self._is_formed(part.lower())
            for part in parts
        )

    def _is_formed(self, word: str) -> bool:
        loan = _LOAN.fullmatch(word)
        return bool(loan and self._spell(loan[1])) or self._is_compound(word)

    def _is_compound(self, word: str) -> bool:
        for cut in range(_SHORTEST, len(word) - _SHORTEST + 1):
            first, last = word[:cut], word[cut:]
            if self._can_end(last) and self._can_begin(first):
                return True
        return False

    def _can_end(self, part: str) -> bool:
        if len(part) < _SHORTEST_PART:
            return part in _SHORT_LAST
        loan = _LOAN.fullmatch(part)
        known = self._spell(part) or bool(loan and self._spell(loan[1]))
        return known and part not in _NO_LAST_PART

    def _can_begin(self, part: str) -> bool:
        if len(part) < _SHORTEST_PART:
            return part in _SHORT_FIRST
        if self._spell(part) and not _NEEDS_JOINT.search(part):
            stem = _INFLECTED.sub("", part)
            return stem == part or not (self._spell(stem) or self._spell(stem + "e"))
        noun = part[:-1]
        long_enough = len(noun) >= _SHORTEST_PART or noun in _SHORT_FIRST
        return part[-1] == "s" and long_enough and self._spell(noun)
