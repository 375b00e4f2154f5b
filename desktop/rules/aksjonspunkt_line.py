"""An aksjonspunkt typed in one line: who it binds and by when; the text stays as it was typed.

Actors stand first ("KS sender …", "Kari og KS: …", "@KS …"), last in brackets or after a dash
("… (KS)", "… – FHI"), after "ansvar:" or after "av" ("sendes av KS"). A deadline is found as in
running text; a bare date counts first or last in the line, set off by a mark: "15.1.: …",
"… (15.1.)", "…, uke 3".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from desktop.rules.actors import Actor, ActorNames, ActorSpan
from desktop.rules.relative_dates import Deadline, find_deadline, read_date
from desktop.rules.sentences import TOKEN

__all__ = ["Actor", "LineSpan", "ParsedLine", "parse_line"]


@dataclass(frozen=True, slots=True)
class LineSpan:
    """A stretch of the line that was understood; `key` is the actor's, None for a deadline."""

    kind: Literal["aktoer", "frist"]
    start: int
    end: int
    key: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """What a line says.

    Attributes:
        text: the line as typed.
        actors: keys in the order they are named, each once.
        deadline: the last day, or None.
        spans: where actors and deadline stand, in order; they do not overlap.
    """

    text: str
    actors: tuple[str, ...]
    deadline: date | None
    spans: tuple[LineSpan, ...]


_LONGEST_END: Final = 200  # characters in which a line can end with date and actors
_JOINS: Final = frozenset({"og", "samt", "&", "+", ",", "/"})
_SKIPPED_FIRST: Final = frozenset({"@", "-", "–", "•", "*", "→", ">", "(", "["})
_AGENT: Final = re.compile(
    r"(?:\bansvar(?:leg|lig)?(?:\s+for\s+oppfølging(?:a|en)?)?\s*[:=]?\s+|(?<=s)\s+av\s+|\bast\s+av\s+|@)",
    re.IGNORECASE,
)
_LAST: Final = re.compile(r"[(\[]\s*|(?<=\s)[–—-]+\s*|→\s*|[,;:.]\s+")
_BARE_LAST: Final = re.compile(r"(?:[(\[]|(?<=\s)[–—-]|[,;:→])\s*")


def parse_line(
    text: str, actors: Sequence[Actor], today: date, next_meeting: date | None = None
) -> ParsedLine:
    """Return what the line says; takes any text.

    Args:
        text: the line.
        actors: whom it can name.
        today: the day from which the deadline counts.
        next_meeting: what "neste møte" means, if known.
    """
    deadline = find_deadline(text, today=today, next_meeting=next_meeting) or _bare(text, today)
    spans = _actors(text, _names(tuple(actors)), deadline)
    marks = [LineSpan("aktoer", span.start, span.end, span.key) for span in spans]
    if deadline:
        marks.append(LineSpan("frist", deadline.start, deadline.end))
    return ParsedLine(
        text,
        tuple(dict.fromkeys(span.key for span in spans)),
        deadline.day if deadline else None,
        tuple(sorted(marks, key=lambda mark: mark.start)),
    )


@lru_cache(maxsize=4)
def _names(actors: tuple[Actor, ...]) -> ActorNames:
    return ActorNames(actors)


def _bare(text: str, today: date) -> Deadline | None:
    """Return a date without leading word, set off at the line's end or beginning."""
    for mark in reversed(list(_BARE_LAST.finditer(text, max(0, len(text) - _LONGEST_END)))):
        found = _date_at(text, mark.end(), today)
        if found and not text[found.end :].strip(" .)]!\t"):
            return found
    first = len(text) - len(text.lstrip())
    found = _date_at(text, first, today)
    after = text[found.end :].lstrip() if found else ""
    return found if found and after[:1] in {":", "–", "-", ","} else None


def _date_at(text: str, place: int, today: date) -> Deadline | None:
    found = read_date(text[place:], today=today)
    return found.shifted(place) if found else None


def _actors(text: str, names: ActorNames, deadline: Deadline | None) -> list[ActorSpan]:
    tokens = list(TOKEN.finditer(text))
    spans = {span.start: span for span in _head(tokens, names, deadline)}
    places = [match.end() for match in _AGENT.finditer(text)]
    for place in places:
        spans.update((span.start, span) for span in _list_at(tokens, place, names))
    if not spans:
        spans.update((span.start, span) for span in _tail(text, tokens, names, deadline))
    return [spans[start] for start in sorted(spans) if not _inside(spans[start], deadline)]


def _inside(span: ActorSpan, deadline: Deadline | None) -> bool:
    return deadline is not None and span.start < deadline.end and span.end > deadline.start


def _head(
    tokens: Sequence[re.Match[str]], names: ActorNames, deadline: Deadline | None
) -> list[ActorSpan]:
    """Return the list that the line begins with, or that follows a deadline it begins with."""
    place = 0
    while place < len(tokens) and (
        tokens[place][0] in _SKIPPED_FIRST
        or (deadline and deadline.start <= tokens[place].start() < deadline.end)
        or (
            place
            and deadline
            and deadline.start <= tokens[0].start()
            and tokens[place][0] in ":,–-"
        )
    ):
        place += 1
    found = _list_at(tokens, tokens[place].start(), names) if place < len(tokens) else []
    after = next((token for token in tokens if found and token.start() >= found[-1].end), None)
    return (
        [] if after is not None and after[0].casefold() in {"sin", "si", "sitt", "sine"} else found
    )


def _list_at(tokens: Sequence[re.Match[str]], start: int, names: ActorNames) -> list[ActorSpan]:
    """Return the actors of the list that begins at an offset; unknown ones are passed over."""
    words = [token[0] for token in tokens]
    place = next((at for at, token in enumerate(tokens) if token.start() >= start), len(tokens))
    found: list[ActorSpan] = []
    while place < len(tokens):
        known = names.at(words, place)
        if known:
            key, size = known
            found.append(ActorSpan(key, tokens[place].start(), tokens[place + size - 1].end()))
            place += size
        elif _is_other_name(words, place):
            place += 1
        else:
            break
        joined = place
        while joined < len(tokens) and words[joined].casefold() in _JOINS:
            joined += 1
        if joined == place:
            break
        place = joined
    return found


def _is_other_name(words: Sequence[str], place: int) -> bool:
    """Return whether one capitalised word stands where a list goes on ("Ola og KS: …")."""
    following = words[place + 1].casefold() if place + 1 < len(words) else ""
    return words[place][:1].isupper() and following in {"og", "samt", "&", "/"}


def _tail(
    text: str, tokens: Sequence[re.Match[str]], names: ActorNames, deadline: Deadline | None
) -> Iterator[ActorSpan]:
    """Yield the list that the line ends with, in brackets or after a mark, deadline apart."""
    for mark in _LAST.finditer(text, max(0, len(text) - _LONGEST_END)):
        found = _list_at(tokens, mark.end(), names)
        if not found:
            continue
        rest = text[found[-1].end :]
        if deadline and deadline.start >= found[-1].end:
            rest = text[found[-1].end : deadline.start] + text[deadline.end :]
        if not rest.strip(" .,;:()[]–-\t"):
            yield from found
            return
