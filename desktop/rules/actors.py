"""Who can take something on: organisations and persons of the archive, found in text by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from desktop.rules.sentences import TOKEN

# Short names that are also common words count only as they are written in the archive.
_COMMON: Final = frozenset(
    {"per", "bo", "tor", "ask", "unn", "dag", "bjørn", "stein", "odd", "liv", "siv", "ei", "alf"}
    | {"ha", "nå", "no", "so", "i", "på", "til", "av", "og", "om", "en", "et", "at", "som", "med"}
    | {
        "for",
        "fra",
        "den",
        "det",
        "de",
        "vi",
        "du",
        "ta",
        "se",
        "si",
        "gå",
        "få",
        "la",
        "be",
        "bør",
    }
    | {"kan", "må", "vil", "skal", "har", "er", "var", "ber"}
)


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation or a person that text can name.

    Attributes:
        key: what identifies it in the archive.
        names: all names it goes by, also former and short ones. A person's given name, and family
            name, count too where only one person has it.
    """

    key: str
    names: tuple[str, ...]
    kind: Literal["organisasjon", "person"]


@dataclass(frozen=True, slots=True)
class ActorSpan:
    """An actor's name in a text, from `start` to `end`."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    folded: tuple[str, ...]
    key: str


class ActorNames:
    """The names of actors, ready for finding the longest one that begins at a place in a text.

    Capitals are of no account, except for names that are common words ("Per"). A name that two
    actors share is nobody's.
    """

    def __init__(self, actors: Sequence[Actor]) -> None:
        owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
        written: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
        for name in _names(actors):
            owners[name.folded].add(name.key)
            written[name.folded].append(name)
        self._by_first: dict[str, list[_Name]] = defaultdict(list)
        for folded, names in written.items():
            if len(owners[folded]) == 1:
                self._by_first[folded[0]].extend(names)
        for found in self._by_first.values():
            found.sort(key=lambda name: len(name.words), reverse=True)

    def at(self, words: Sequence[str], place: int) -> tuple[str, int] | None:
        """Return the key of the longest name that begins at `place`, and its number of words."""
        for name in self._by_first.get(words[place].casefold(), ()):
            size = len(name.words)
            heard = words[place : place + size]
            if tuple(word.casefold() for word in heard) != name.folded:
                continue
            if size > 1 or name.folded[0] not in _COMMON or heard[0] == name.words[0]:
                return name.key, size
        return None


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name, as they are compared."""
    return tuple(TOKEN.findall(name))


def _names(actors: Sequence[Actor]) -> list[_Name]:
    full = [
        _Name(words, tuple(word.casefold() for word in words), actor.key)
        for actor in actors
        for words in map(name_words, actor.names)
        if words
    ]
    taken = {name.folded for name in full}
    persons = {actor.key for actor in actors if actor.kind == "person"}
    parts = [
        _Name((word,), (word.casefold(),), name.key)
        for name in full
        if name.key in persons and len(name.words) > 1
        for word in (name.words[0], name.words[-1])
    ]
    return full + [part for part in parts if part.folded not in taken]
