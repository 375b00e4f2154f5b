"""Who is there: nobody twice, nobody for nobody, nobody for a sak that is not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from desktop.rules.entity_kinds import Oppmoeterolle
from desktop.rules.kinds import Oppmoetestatus
from desktop.rules.kontroll.papers import Attendee, Papers
from desktop.rules.kontroll.types import Hit, Place, PlaceKind


def present_and_absent(papers: Papers) -> Iterator[Hit]:
    """Find persons who are said to be both there and away.

    One person entered twice, an absent member who came or left at a sak or was named for an
    innspill, and a member who is there the whole time with a substitute.
    """
    by_name: defaultdict[str, list[Attendee]] = defaultdict(list)
    for one in papers.attendees:
        by_name[one.navn.casefold()].append(one)
    substituted = {one.for_id for one in papers.attendees if one.present and one.for_id}
    spoke = _named_speakers(papers)
    for one in papers.attendees:
        away = one.status is Oppmoetestatus.FORFALL
        twice = away and any(other.present for other in by_name[one.navn.casefold()])
        acted = away and (one.in_part or one.person_id in spoke)
        doubled = one.present and not one.in_part and one.person_id in substituted
        if (twice or acted or doubled) and not (doubled and _comes_in_part(papers, one)):
            yield Hit(_place(one), {"navn": one.navn}, one.navn)


def _comes_in_part(papers: Papers, member: Attendee) -> bool:
    return any(one.in_part for one in papers.attendees if one.for_id == member.person_id)


def _named_speakers(papers: Papers) -> frozenset[str]:
    lines = (line for sak in papers.saker if sak.minutes for line in sak.minutes.innspill)
    return frozenset(line.speaker for line in lines if line.named and line.speaker)


def substitute_for_nobody(papers: Papers) -> Iterator[Hit]:
    """Find substitutes who stand in for nobody, or for somebody who is no member that day."""
    members = {one.person_id for one in papers.attendees if one.is_member}
    for one in papers.attendees:
        if one.rolle is Oppmoeterolle.STEDFORTREDER and one.for_id not in members:
            yield Hit(_place(one), {"navn": one.navn}, one.navn)


def guest_without_sak(papers: Papers) -> Iterator[Hit]:
    """Find guests, and people who came or left, bound to a sak that is not dealt with here."""
    here = {sak.key for sak in papers.saker if not sak.out}
    for one in papers.attendees:
        bound = [*one.saker, *(key for key in (one.fra_sak, one.til_sak) if key)]
        if one.status is not Oppmoetestatus.FORFALL and any(key not in here for key in bound):
            yield Hit(_place(one), {"navn": one.navn}, one.navn)


def _place(one: Attendee) -> Place:
    return Place(PlaceKind.DELTAKER, row_id=one.person_id)
