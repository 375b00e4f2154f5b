"""Commitments in the text of a vedtak: who is to do what, and by when.

Each sentence is read word by word. A verb of the vocabulary (`desktop.rules.commitment_words`)
makes one of the patterns try; it has to find the utvalg as the one that asks, somebody who is
asked, and what follows the verb in its frame. Then the task reaches to the next commitment of the
sentence or to its end.

Nothing is proposed from questions and conditions, from what is negated, quoted, only told ("ble
orientert om at …") or placed in the past ("ba i forrige møte om …"), from "kan" and "bør", and from
what the utvalg does itself, unless it says by when.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from desktop.rules.actors import Actor, ActorNames
from desktop.rules.commitment_patterns import Found, Pattern, next_found
from desktop.rules.commitment_sentence import Sentence
from desktop.rules.commitment_words import VOCABULARIES
from desktop.rules.kinds import Maalform
from desktop.rules.relative_dates import Deadline, find_deadline
from desktop.rules.sentences import sentences, tokens_of

_CLOSING: Final = frozenset(".!?;,:–-")
_CONNECTING: Final = frozenset({"og", "men", "samt", "eller"})
_LONGEST_SENTENCE: Final = 400  # tokens; what is longer is no sentence of a vedtak


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that somebody is to do, as a sentence says it.

    Attributes:
        actors: keys of those who are to do it and whom the archive knows.
        others: the names, as written, of those it does not know; the utvalg itself too.
        actor_text: all of them as the sentence has them; empty if it names nobody.
        task: what is to be done, from the verb on, deadline included.
        deadline: the last day, or None.
        span: where the task stands in the text, from the verb to its end; where the verb comes
            before its actor, the actor stands within it and is not part of `task`.
        actor_span: where the actors stand, or None.
        deadline_span: where the deadline stands, or None.
        pattern: which pattern found it.
        sentence: the whole sentence.
    """

    actors: tuple[str, ...]
    others: tuple[str, ...]
    actor_text: str
    task: str
    deadline: date | None
    span: tuple[int, int]
    actor_span: tuple[int, int] | None
    deadline_span: tuple[int, int] | None
    pattern: Pattern
    sentence: str


@dataclass(frozen=True, slots=True)
class _Context:
    text: str
    body: tuple[str, ...]
    decided: date
    next_meeting: date | None


def recognise(
    text: str,
    *,
    actors: Sequence[Actor] | ActorNames,
    body: Sequence[str],
    decided: date,
    next_meeting: date | None = None,
    language: Maalform = Maalform.NB,
) -> tuple[Proposal, ...]:
    """Return what the text binds somebody to, in the order of the text; takes any text.

    Args:
        text: a vedtak, also several sentences.
        actors: whom the archive knows; `actor_names` of them, where many texts are read.
        body: the names of the utvalg itself; "rådet", "utvalget" and the like count without.
        decided: the day of the vedtak, from which deadlines count.
        next_meeting: what "neste møte" means, if known.
        language: the one to try first; the other is tried where it finds nothing.
    """
    names = actors if isinstance(actors, ActorNames) else actor_names(tuple(actors))
    context = _Context(text, tuple(body), decided, next_meeting)
    tokens = tokens_of(text)
    for one in (language, *(other for other in Maalform if other is not language)):
        found = tuple(
            proposal
            for part in sentences(tokens)
            if len(part) <= _LONGEST_SENTENCE
            for proposal in _read(Sentence(part, names, body, VOCABULARIES[one]), context)
        )
        if found:
            return found
    return ()


@lru_cache(maxsize=4)
def actor_names(actors: tuple[Actor, ...]) -> ActorNames:
    """Return the names of actors, ready to be found; those of the same actors are the same."""
    return ActorNames(actors)


def _read(sentence: Sentence, context: _Context) -> Iterator[Proposal]:
    if sentence.binds_nobody():
        return
    founds = list(_all_found(sentence))
    for index, found in enumerate(founds):
        limit = founds[index + 1].begin if index + 1 < len(founds) else len(sentence)
        proposal = _proposal(sentence, found, _task_end(sentence, found, limit), context)
        if proposal:
            yield proposal


def _all_found(sentence: Sentence) -> Iterator[Found]:
    """Yield what the patterns find, from left to right."""
    place = 0
    last: Found | None = None
    while place < len(sentence):
        found = next_found(sentence, place, last)
        if found and (last is None or found.begin > last.task):
            yield found
            last = found
            place = found.resume
        else:
            place += 1


def _task_end(sentence: Sentence, found: Found, limit: int) -> int:
    """Return the end of the task: before the next one, or before what the utvalg goes on to do."""
    for place in range(found.resume, limit - 1):
        goes_on = sentence.at(place) in _CONNECTING and sentence.goes_on_with_body(place + 1)
        if goes_on and not sentence.quoted[place]:
            limit = place
            break
    while limit > found.task + 1 and (
        sentence.at(limit - 1) in _CLOSING or sentence.at(limit - 1) in _CONNECTING
    ):
        limit -= 1
    return limit


def _proposal(sentence: Sentence, found: Found, end: int, context: _Context) -> Proposal | None:
    tokens = sentence.tokens
    span = tokens[found.task].start, tokens[end - 1].end
    deadline = _deadline(context, *span) or _deadline(context, tokens[found.begin].start, span[1])
    if found.needs_deadline and deadline is None:
        return None
    who = found.actors
    return Proposal(
        actors=who.keys if who else (),
        others=who.others if who else (),
        actor_text=sentence.text(who.start, who.end) if who else "",
        task=_task_text(sentence, found, end),
        deadline=deadline.day if deadline else None,
        span=span,
        actor_span=(tokens[who.start].start, tokens[who.end - 1].end) if who else None,
        deadline_span=(deadline.start, deadline.end) if deadline else None,
        pattern=found.pattern,
        sentence=context.text[tokens[0].start : tokens[-1].end],
    )


def _task_text(sentence: Sentence, found: Found, end: int) -> str:
    who = found.actors
    if who and found.task < who.start and who.end < end and found.pattern != "passiv":
        return f"{sentence.text(found.task, who.start)} {sentence.text(who.end, end)}"
    return sentence.text(found.task, end)


def _deadline(context: _Context, start: int, end: int) -> Deadline | None:
    found = find_deadline(
        context.text[start:end],
        today=context.decided,
        next_meeting=context.next_meeting,
        body=context.body,
    )
    return found.shifted(start) if found else None
