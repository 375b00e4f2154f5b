"""One sentence of a vedtak, with what the patterns of commitments ask about it.

Places are positions in the sentence's tokens; an end is the position after the last token.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from desktop.rules.actors import ActorNames, name_words
from desktop.rules.commitment_words import (
    ACTOR_ENDINGS,
    ACTOR_WORDS,
    BODY_WORDS,
    CONDITIONS,
    MODALS,
    NEGATIONS,
    NO_ACTOR_ENDINGS,
    PAST_MARKS,
    PREPOSITIONS,
    SUBORDINATORS,
    WEAK_MODALS,
    Vocabulary,
)
from desktop.rules.sentences import Token

_JOINS: Final = frozenset({",", "og", "samt", "/", "&"})
_BOUNDARIES: Final = frozenset({",", ":", "–", "-", "og", "men", "samt", "(", ")"})
_DETERMINERS: Final = frozenset({"de", "den", "det", "dei", "alle", "begge", "øvrige", "andre"})
_PLACES: Final = frozenset({"i", "på", "av", "fra", "frå", "hos", "ved"})
_NEAR_WORDS: Final = frozenset({"dette", "sektoren", "saken", "saka", "prosjektet", "programmet"})
_PARTNER: Final = frozenset({"samarbeid", "samråd", "dialog", "samspill", "samspel"})
_LONGEST_LIST: Final = 40  # tokens of a list of actors; enough for eight long names
_LONGEST_NAME: Final = 7


@dataclass(frozen=True, slots=True)
class ActorList:
    """Actors as they stand in a sentence, from `start` to `end`.

    Attributes:
        keys: those that the archive knows.
        others: the text of those it does not.
        is_body: whether the utvalg itself is meant.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    others: tuple[str, ...]
    is_body: bool = False


class Sentence:
    """A sentence with its words, and what stands where in it."""

    def __init__(
        self, tokens: Sequence[Token], names: ActorNames, body: Sequence[str], words: Vocabulary
    ) -> None:
        self.tokens = tokens
        self.words = words
        self.low = [token.low for token in tokens]
        self.written = [token.text for token in tokens]
        self._names = names
        self._body = [tuple(word.casefold() for word in name_words(name)) for name in body]
        self.quoted = _quoted(self.written)
        self._finite = list(accumulate((self._is_finite(word) for word in self.low), initial=0))

    def __len__(self) -> int:
        return len(self.tokens)

    def at(self, place: int) -> str:
        """Return the word at a place, or nothing outside the sentence."""
        return self.low[place] if 0 <= place < len(self.low) else ""

    def has(self, place: int, words: Sequence[str]) -> bool:
        """Return whether these words stand at the place."""
        return tuple(self.low[place : place + len(words)]) == tuple(words)

    def binds_nobody(self) -> bool:
        """Return whether the whole sentence is a question or a condition."""
        first = self.at(0)
        return (
            self.at(len(self) - 1) == "?"
            or first in CONDITIONS
            or first in MODALS
            or (first == "om" and "," in self.low)
        )

    # -- clauses ------------------------------------------------------------------------------

    def boundaries(self, place: int) -> Iterator[int]:
        """Yield where a clause that holds `place` can begin, the longest first."""
        yield 0
        for index in range(max(0, place - _LONGEST_LIST), place):
            if self.low[index] in _BOUNDARIES:
                begin = index + 1
                if self.at(begin) in {"og", "men", "samt"}:
                    begin += 1
                if begin < place and self.has_finite(0, index):
                    yield begin

    def clause_start(self, place: int) -> int:
        """Return where the clause with the verb at `place` begins."""
        for index in range(place - 1, -1, -1):
            if self.low[index] in {",", ":", "–", "(", ")"}:
                return index + 1
            if self.low[index] in {"og", "men", "samt"} and self.has_finite(0, index):
                return index + 1
        return 0

    def has_finite(self, start: int, end: int) -> bool:
        """Return whether a finite verb stands between the two places."""
        return self._finite[end] > self._finite[start]

    def is_finite(self, place: int) -> bool:
        """Return whether a finite verb stands at the place."""
        return self.has_finite(place, place + 1)

    def _is_finite(self, word: str) -> bool:
        words = self.words
        return (
            word in words.finite
            or word in words.requests
            or word in words.own_verbs
            or word in words.timed_verbs
            or word in words.s_passives
            or word in words.passives
        )

    def tells_the_past(self, place: int) -> bool:
        """Return whether the clause of the verb is placed in the past, as by "i forrige møte"."""
        start = self.clause_start(place)
        return self.has_past_mark(start, place) or self._past_in_front()

    def has_past_mark(self, start: int, end: int) -> bool:
        """Return whether "forrige", "tidligere", "sak 4/23" and the like stand there."""
        return any(
            self.low[place] in PAST_MARKS
            or (self.low[place] == "sak" and self.at(place + 1)[:1].isdigit())
            for place in range(start, end)
        )

    def _past_in_front(self) -> bool:
        first = next((place for place in range(len(self)) if self.is_finite(place)), 0)
        return self.at(0) in PREPOSITIONS | PAST_MARKS and self.has_past_mark(0, first)

    def is_negated(self, start: int, end: int) -> bool:
        """Return whether "ikke" stands there."""
        return any(word in NEGATIONS for word in self.low[start:end])

    def goes_on_with_body(self, place: int) -> bool:
        """Return whether the utvalg's own act follows, as in "… og støttet planen"."""
        return self.at(place) in self.words.finite and self.at(place) not in MODALS

    # -- who ----------------------------------------------------------------------------------

    def body_at(self, place: int) -> int:
        """Return the end of the utvalg's name that begins at the place; the place if none does."""
        for name in self._body:
            if name and tuple(self.low[place : place + len(name)]) == name:
                return place + len(name)
        return place + 1 if self.at(place) in BODY_WORDS else place

    def actors(self, start: int, end: int, *, lenient: bool = False) -> ActorList | None:
        """Return the list of actors that fills these places, or None if something else does.

        Args:
            start: where it begins.
            end: where it ends.
            lenient: take any noun phrase, as where a request has to be directed at somebody.
        """
        if end <= start or end - start > _LONGEST_LIST:
            return None
        if self.body_at(start) == end and self._names.at(self.written, start) is None:
            return ActorList(start, end, (), (self.text(start, end),), is_body=True)
        keys: dict[str, None] = {}
        others: dict[str, None] = {}
        place = start
        while place < end:
            element = self._element(place, end, lenient=lenient)
            if element is None:
                return None
            key, stop = element
            (others if key is None else keys)[key or self.text(place, stop)] = None
            place = self._next_element(stop, end)
            if place == stop < end or (place == end > stop):
                return None
        return ActorList(start, end, tuple(keys), tuple(others))

    def _element(self, place: int, end: int, *, lenient: bool) -> tuple[str | None, int] | None:
        """Return the key, if known, and the end of the actor that begins at the place."""
        known = self._names.at(self.written, place)
        if known:
            stop = self._after_partner(place + known[1], end)
            return (known[0], stop) if stop <= end else None
        stop = self._join(place, end)
        return (None, stop) if self._is_other_actor(place, stop, lenient=lenient) else None

    def _next_element(self, place: int, end: int) -> int:
        while place < end and self.low[place] in _JOINS:
            place += 1
        return place

    def actors_from(self, start: int) -> ActorList | None:
        """Return the longest list of actors that begins at the place."""
        reach = min(len(self), start + _LONGEST_LIST)
        for end in range(reach, start, -1):
            if self._may_end(end) and (found := self.actors(start, end)):
                return found
        return None

    def _may_end(self, end: int) -> bool:
        return self.low[end - 1] not in _JOINS and self.low[end - 1] not in {".", "!"}

    def _join(self, start: int, end: int) -> int:
        for place in range(start + 1, end):
            if self.low[place] in _JOINS:
                return place
        return end

    def _after_partner(self, place: int, end: int) -> int:
        """Skip "i samarbeid med X", "ved X" and "sentralt" after a known name."""
        if self.at(place) == "ved" or (self.at(place) == "i" and self.at(place + 1) in _PARTNER):
            return self._join(place, end)
        return place

    def _is_other_actor(self, start: int, end: int, *, lenient: bool) -> bool:
        words = self.low[start:end]
        if words[0] in PREPOSITIONS or words[0] in SUBORDINATORS or words[0] in {"seg", "det"}:
            return False
        if any(word in SUBORDINATORS or word in MODALS | WEAK_MODALS for word in words):
            return False
        if not any(word[0].isalpha() for word in words):
            return False
        if lenient:
            return len(words) <= _LONGEST_LIST // 2
        return len(words) <= _LONGEST_NAME and self._reads_as_actor(start, end)

    def _holds_known(self, start: int, end: int) -> bool:
        return any(self._names.at(self.written, place) for place in range(start, end))

    def _reads_as_actor(self, start: int, end: int) -> bool:
        if self.has_finite(start, end) or self._holds_known(start, end):
            return False
        while start < end - 1 and self.low[start] in _DETERMINERS:
            start += 1
        head = next((place for place in range(start, end) if self.low[place] in PREPOSITIONS), end)
        if head == start or not self._belongs(head, end):
            return False
        if is_actor_word(self.low[head - 1]):
            return True
        names = [place for place in range(start, head) if self.written[place][0].isupper()]
        if head != end or not names or names[0] != start:
            return False
        last = self.written[head - 1]
        return len(names) > 1 or (last.isupper() and len(last) > 1) or start > 0

    def _belongs(self, place: int, end: int) -> bool:
        """Return whether a phrase belongs to the actor, as "for standarder", "i Vestland"."""
        if place >= end or self.low[place] == "for":
            return True
        following = self.written[place + 1] if place + 1 < end else ""
        return self.low[place] in _PLACES and (
            following[:1].isupper() or (following in _NEAR_WORDS and place + 2 == end)
        )

    # -- text ---------------------------------------------------------------------------------

    def text(self, start: int, end: int) -> str:
        """Return the words from `start` to `end` as they were written, single-spaced."""
        pieces = self.written[start:end]
        spaces = [
            " " if self.tokens[place].end < self.tokens[place + 1].start else ""
            for place in range(start, end - 1)
        ]
        return "".join(piece + space for piece, space in zip(pieces, [*spaces, ""], strict=True))


def is_actor_word(word: str) -> bool:
    """Return whether a word is one by which an actor goes, as "sekretariatet"."""
    if word.endswith(NO_ACTOR_ENDINGS):
        return False
    return word in ACTOR_WORDS or word.endswith(ACTOR_ENDINGS)


def _quoted(words: Sequence[str]) -> list[bool]:
    """Return for each word whether it stands within «»."""
    inside = False
    result: list[bool] = []
    for word in words:
        inside = (inside or word == "«") and word != "»"
        result.append(inside)
    return result if not inside else [False] * len(words)
