"""The patterns by which a sentence binds somebody; each starts from one verb.

anmodning     "rådet ber KS om å …", "ba KS ta med …", "vil oppfordre KS til å …",
              "ga KS i oppdrag å …", "ber om en status fra KS"
anmodning_at  "rådet ba om at KS …", "vedtok at KS skal …", "forventer at KS …"
bes           "KS bes om å …", "KS ble oppfordret til å …", "KS får i oppdrag å …"
modal         "KS skal …", "til neste møte vil KS …"
egen          "KS følger opp …", "deretter sender KS …"
passiv        "saken følges opp av KS"
innspill      "innspillene tas med …": nobody is named
soesken       "… og FHI om å …", after a request
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from desktop.rules.commitment_sentence import ActorList, Sentence
from desktop.rules.commitment_words import (
    ADVERBS,
    ASKERS,
    AUXILIARIES,
    CARRIED,
    DECIDERS,
    MODALS,
    NEGATIONS,
    PERFECT,
    PREPOSITIONS,
    PRESENT_AUXILIARIES,
    STATES,
    SUBORDINATORS,
    WEAK_MODALS,
    Frame,
)

Pattern = Literal[
    "anmodning", "anmodning_at", "bes", "modal", "egen", "passiv", "innspill", "soesken"
]

_REACH: Final = 26  # tokens between a request and its link
_NEAR: Final = 9
_MARKS: Final = frozenset(",.;:!?()–")


@dataclass(frozen=True, slots=True)
class Found:
    """What a pattern found; all but the flag and the frame are places.

    Attributes:
        begin: where the clause begins; the task before it ends there.
        task: the verb, or the first word, of what is to be done.
        resume: where the search goes on.
        needs_deadline: whether it counts only with a deadline.
        frame: of a request, for "… og FHI om å …".
    """

    pattern: Pattern
    begin: int
    actors: ActorList | None
    task: int
    resume: int
    needs_deadline: bool = False
    frame: Frame | None = None


def next_found(sentence: Sentence, place: int, last: Found | None) -> Found | None:
    """Return what a pattern finds at this place, if one does."""
    if sentence.quoted[place]:
        return None
    word, words = sentence.at(place), sentence.words
    if word in {"og", ","}:
        return _sibling(sentence, place, last)
    if word == "at":
        return _asked_that(sentence, place)
    found: Found | None = None
    if word in words.requests or word in words.request_infinitives:
        found = _request(sentence, place)
    if found is None and (word in words.s_passives or word in AUXILIARIES):
        found = _is_asked(sentence, place)
    if found is None and word in MODALS:
        found = _modal(sentence, place)
    if found is None and (word in words.own_verbs or word in words.timed_verbs):
        found = _own(sentence, place)
    if found is None and (word in words.passives or word in PRESENT_AUXILIARIES):
        found = _passive(sentence, place)
    return found


# -- requests ---------------------------------------------------------------------------------


def _request(sentence: Sentence, verb: int) -> Found | None:
    words = sentence.words
    frame = words.requests.get(sentence.at(verb))
    finite = verb
    if frame is None:
        frame = words.request_infinitives[sentence.at(verb)]
        wanted = _decided(sentence, verb)
        if wanted is None:
            return None
        finite = wanted
    body_end = sentence.body_at(verb + 1)
    inverted = body_end > verb + 1 and not _ends_with_asker(sentence, finite)
    begin = body_end if inverted else verb + 1
    while sentence.at(begin) in ADVERBS:
        begin += 1
    if sentence.at(begin) in NEGATIONS or not _may_ask(sentence, finite, inverted=inverted):
        return None
    if frame.noun and sentence.at(begin) == frame.noun:
        return _noun_from(sentence, verb, begin + 1)
    if frame.noun == "":
        return _noun_from(sentence, verb, begin)
    return _directed(sentence, verb, begin, frame)


def _decided(sentence: Sentence, verb: int) -> int | None:
    """Return the finite verb of "vil be" or "var enige om å be"; None for "bør be"."""
    place = verb - 1
    while sentence.at(place) in ADVERBS:
        place -= 1
    if sentence.at(place) in {"vil", "skal"}:
        return place
    if sentence.at(place) != "å":
        return None
    place -= 2 if sentence.at(place - 1) == "om" else 1
    return place if sentence.at(place) in DECIDERS else None


def _may_ask(sentence: Sentence, verb: int, *, inverted: bool) -> bool:
    """Return whether the utvalg is the one that asks, now and not in a clause about the past."""
    if sentence.at(verb - 1) in PERFECT | AUXILIARIES and sentence.at(verb) not in DECIDERS:
        return False
    if sentence.tells_the_past(verb):
        return False
    start = sentence.clause_start(verb)
    while start < verb and sentence.at(start) in ADVERBS:
        start += 1
    if any(sentence.at(place) in SUBORDINATORS for place in range(max(start, 1), verb)):
        return False
    if start < verb and not inverted and sentence.at(verb) not in DECIDERS:
        return _ends_with_asker(sentence, verb)
    opening = sentence.actors_from(0)
    return opening is None or opening.is_body or opening.end >= verb


def _ends_with_asker(sentence: Sentence, verb: int) -> bool:
    start = sentence.clause_start(verb)
    while verb > start and sentence.at(verb - 1) in ADVERBS:
        verb -= 1
    return any(
        sentence.body_at(place) == verb or (place == verb - 1 and sentence.at(place) in ASKERS)
        for place in range(start, verb)
    )


def _directed(sentence: Sentence, verb: int, begin: int, frame: Frame) -> Found | None:
    """Return "ber KS om å …": who is asked up to the link, and the task after it."""
    lenient = ("å",) not in frame.links
    for place in range(begin + 1, min(begin + _REACH, len(sentence))):
        if sentence.at(place) in {".", ":", "som"} | NEGATIONS:
            break
        task = _linked(sentence, place, frame, bare=frame.bare)
        if task is None:
            continue
        noun = frame.noun is not None and task == place + 1
        actors = _one_asked(sentence, begin, place, lenient=lenient and not noun)
        return _asked(sentence, verb, actors, task, frame)
    known = sentence.actors_from(begin) if frame.bare else None
    if known and _may_be_infinitive(sentence, known.end):
        return _asked(sentence, verb, known, known.end, frame)
    return None


def _one_asked(sentence: Sentence, begin: int, end: int, *, lenient: bool) -> ActorList | None:
    """Return who is asked; a phrase may come first, as in "ber på denne bakgrunn KS"."""
    if sentence.at(begin) not in PREPOSITIONS:
        return sentence.actors(begin, end, lenient=lenient)
    tries = (sentence.actors(place, end) for place in range(begin + 1, end))
    return next((found for found in tries if found), None)


def _asked(
    sentence: Sentence, verb: int, actors: ActorList | None, task: int, frame: Frame
) -> Found | None:
    if actors is None or actors.is_body or task >= len(sentence):
        return None
    if sentence.has_past_mark(verb, actors.start):
        return None
    begin = sentence.clause_start(verb)
    return Found("anmodning", begin, actors, task, task + 1, frame=frame)


def _linked(sentence: Sentence, place: int, frame: Frame, *, bare: bool) -> int | None:
    """Return where the task begins if a link of the frame stands at the place."""
    for link in frame.links:
        if sentence.has(place, link):
            return place + len(link)
    if bare and sentence.at(place) in sentence.words.infinitives:
        return place
    if frame.noun and sentence.at(place) == frame.noun:
        return place + 1 if sentence.at(place + 1) not in {"å", "at", ""} else None
    return None


def _noun_from(sentence: Sentence, verb: int, task: int) -> Found | None:
    """Return "ber om en status fra KS …"."""
    if sentence.at(task) in {"å", "at"} or sentence.at(task) in SUBORDINATORS:
        return None
    for place in range(task + 1, min(task + _REACH, len(sentence) - 1)):
        if sentence.at(place) in _MARKS:
            return None
        if sentence.at(place) in {"fra", "frå"}:
            actors = sentence.actors_from(place + 1)
            if actors and not actors.is_body:
                begin = sentence.clause_start(verb)
                return Found("anmodning", begin, actors, task, actors.end)
    return None


def _asked_that(sentence: Sentence, at: int) -> Found | None:
    """Return "ba om at KS …", "vedtok at KS skal …"."""
    verb = _governor(sentence, at)
    if verb is None or sentence.is_negated(sentence.clause_start(verb), at):
        return None
    if not _may_ask_that(sentence, verb):
        return None
    actors = sentence.actors_from(at + 1)
    if actors is None:
        return None
    place = actors.end
    while sentence.at(place) in ADVERBS:
        place += 1
    task: int | None = place
    if sentence.at(place) in MODALS | WEAK_MODALS:
        task = _infinitive(sentence, place + 1)
    elif sentence.at(place + 1) in NEGATIONS or not sentence.at(place).isalpha():
        return None
    if task is None or sentence.at(task) in PREPOSITIONS or task >= len(sentence):
        return None
    begin = sentence.clause_start(verb)
    return Found("anmodning_at", begin, actors, task, task + 1, needs_deadline=actors.is_body)


def _governor(sentence: Sentence, at: int) -> int | None:
    words = sentence.words
    before = at - 1
    if sentence.at(before) != "om":
        return before if sentence.at(before) in words.governors else None
    asking: tuple[Mapping[str, Frame], ...] = (
        words.requests,
        words.request_infinitives,
        words.participles,
        words.s_passives,
    )
    verb = sentence.at(before - 1)
    return before - 1 if verb in DECIDERS or any(verb in table for table in asking) else None


def _may_ask_that(sentence: Sentence, verb: int) -> bool:
    before = sentence.at(verb - 1)
    decided = sentence.at(verb) in DECIDERS or before in AUXILIARIES
    if (
        before in WEAK_MODALS
        or (before in PERFECT and not decided)
        or sentence.tells_the_past(verb)
    ):
        return False
    start = max(sentence.clause_start(verb), 1)
    if any(sentence.at(place) in SUBORDINATORS for place in range(start, verb)):
        return False
    opening = sentence.actors_from(0)
    return opening is None or opening.is_body


def _sibling(sentence: Sentence, join: int, last: Found | None) -> Found | None:
    """Return "… og FHI om å …" after a request with the same link."""
    if last is None or last.frame is None:
        return None
    for place in range(join + 2, min(join + _NEAR, len(sentence))):
        for link in last.frame.links:
            if len(link) > 1 and sentence.has(place, link):
                actors = sentence.actors(join + 1, place)
                task = place + len(link)
                if actors is None or actors.is_body or task >= len(sentence):
                    return None
                return Found("soesken", join + 1, actors, task, task + 1, frame=last.frame)
    return None


# -- those who are asked come first -----------------------------------------------------------


def _is_asked(sentence: Sentence, verb: int) -> Found | None:
    participle, frame = _passive_request(sentence, verb)
    if frame is None or sentence.has_past_mark(verb, participle) or sentence.tells_the_past(verb):
        return None
    if sentence.is_negated(verb, participle + 2):
        return None
    actors = _subject(sentence, verb)
    if actors is None or actors.is_body:
        return None
    first = max(participle, actors.end - 1) + 1
    for place in range(first, min(first + _NEAR, len(sentence))):
        task = _linked(sentence, place, frame, bare=place == first and frame.bare)
        if task is not None and task < len(sentence):
            begin = min(actors.start, sentence.clause_start(verb))
            return Found("bes", begin, actors, task, task + 1, frame=frame)
    return None


def _passive_request(sentence: Sentence, verb: int) -> tuple[int, Frame | None]:
    """Return the place of the verb that asks, and its frame: "bes", "ble … bedt"."""
    words = sentence.words
    frame = words.s_passives.get(sentence.at(verb))
    if frame:
        return verb, frame
    for place in range(verb + 1, min(verb + _NEAR, len(sentence))):
        if sentence.at(place) in words.participles:
            return place, words.participles[sentence.at(place)]
        if sentence.at(place) in _MARKS:
            break
    return verb, None


def _subject(sentence: Sentence, verb: int) -> ActorList | None:
    """Return the actors before the verb, or after it where something else opens the clause."""
    end = verb
    while end and sentence.at(end - 1) in ADVERBS:
        end -= 1
    for begin in sentence.boundaries(verb):
        found = sentence.actors(begin, end)
        if found:
            return found
    start = sentence.clause_start(verb)
    fronted = sentence.at(start) in PREPOSITIONS or sentence.at(start) in ADVERBS
    if not fronted or start == verb or sentence.has_finite(start, verb):
        return None
    if any(
        sentence.at(place) in SUBORDINATORS - {"da", "då", "når"}
        for place in range(start + 1, verb)
    ):
        return None
    return sentence.actors_from(verb + 1)


def _modal(sentence: Sentence, verb: int) -> Found | None:
    actors = _subject(sentence, verb)
    if actors is None or sentence.at(verb) == "skulle":
        return None
    task = _infinitive(sentence, max(verb + 1, actors.end if actors.start > verb else 0))
    if task is None or sentence.at(task) in STATES:
        return None
    if actors.is_body and sentence.at(task) in sentence.words.request_infinitives:
        return None
    begin = min(actors.start, sentence.clause_start(verb))
    return Found("modal", begin, actors, task, task + 1, needs_deadline=actors.is_body)


def _infinitive(sentence: Sentence, place: int) -> int | None:
    """Return the infinitive that a modal verb at the left takes; None if negated or passive."""
    limit = min(place + _REACH // 2, len(sentence))
    if _may_be_infinitive(sentence, place):
        return None if sentence.at(place).endswith(("es", "ast")) else place
    for at in range(place, limit):
        if sentence.at(at) in NEGATIONS or sentence.at(at) in _MARKS:
            return None
        if sentence.at(at) in sentence.words.infinitives:
            return at
    return None


def _may_be_infinitive(sentence: Sentence, place: int) -> bool:
    word = sentence.at(place)
    if word in sentence.words.infinitives or word in STATES:
        return True
    closed = word in PREPOSITIONS or word in ADVERBS or word in NEGATIONS or word in SUBORDINATORS
    return not closed and word.isalpha() and word.endswith(("e", "a", "å", "es", "ast"))


def _own(sentence: Sentence, verb: int) -> Found | None:
    word, words = sentence.at(verb), sentence.words
    particles = words.own_verbs.get(word, frozenset())
    if particles and not _has_particle(sentence, verb, particles):
        return None
    if sentence.at(verb + 1) in NEGATIONS:
        return None
    actors = _subject(sentence, verb)
    if actors is None:
        return None
    begin = min(actors.start, sentence.clause_start(verb))
    resume = max(verb + 1, actors.end)
    if resume >= len(sentence):
        return None
    timed = word not in words.own_verbs or actors.is_body
    return Found("egen", begin, actors, verb, resume, needs_deadline=timed)


def _has_particle(sentence: Sentence, verb: int, particles: frozenset[str]) -> bool:
    for place in range(verb + 1, min(verb + _NEAR, len(sentence))):
        if sentence.at(place) in particles:
            return True
        if sentence.at(place) in _MARKS:
            return False
    return False


def _passive(sentence: Sentence, verb: int) -> Found | None:
    words = sentence.words
    last = verb
    particles = words.passives.get(sentence.at(verb))
    if particles is None:
        last = verb + 1
        particles = words.passive_participles.get(sentence.at(last))
    if particles is None or (particles and not _has_particle(sentence, last, particles)):
        return None
    begin = sentence.clause_start(verb)
    if sentence.tells_the_past(verb) or sentence.is_negated(begin, last + 2):
        return None
    carried = sentence.at(begin) in CARRIED or sentence.at(begin + 1) in CARRIED
    subordinate = any(sentence.at(place) in SUBORDINATORS for place in range(begin, verb))
    if subordinate and not carried:
        return None
    for place in range(last + 1, min(last + _NEAR, len(sentence) - 1)):
        if sentence.at(place) in _MARKS:
            break
        if sentence.at(place) == "av":
            actors = sentence.actors_from(place + 1)
            if actors and not actors.is_body:
                return Found("passiv", begin, actors, verb, actors.end)
    return Found("innspill", begin, None, verb, last + 1) if carried and particles else None
