"""The approval of the previous meeting's referat (dokumenter §1: its date, and it as a vedlegg)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from desktop.rules.entity_kinds import Fastpostslag, Vedleggslag
from desktop.rules.kontroll.dates import FoundDate, find_dates
from desktop.rules.kontroll.papers import Papers, SakPapers, TextBlock
from desktop.rules.kontroll.text import hit
from desktop.rules.kontroll.types import Hit, Place, PlaceKind

_TITLE: Final = re.compile(r"\s*godkjenning av referat(?:et|er)?\b", re.IGNORECASE)
_REFERAT: Final = re.compile(
    r"referat(?:et)?\s+(?:fra|frå)\s+(?:møtet|møte)\s+(?:den\s+)?", re.IGNORECASE
)
_CARRIERS: Final = frozenset({Vedleggslag.REFERAT, Vedleggslag.FIL, Vedleggslag.LENKE})


def wrong_date(papers: Papers) -> Iterator[Hit]:
    """Find a date in the approval that is not the day of the meeting whose referat it is.

    The referat attached decides; without one, an earlier meeting of the archive must have been on
    that day. Before the first meeting the archive knows, a date is unknown and not wrong.
    """
    for sak in _approvals(papers):
        right = _dates_of_referat(sak) or _earlier_days(papers)
        if not right:
            continue
        for block in (sak.heading, *sak.forslag, *sak.vedtak):
            yield from _wrong_in(block, right, attached=bool(_dates_of_referat(sak)))


def _wrong_in(block: TextBlock, right: frozenset[dt.date], *, attached: bool) -> Iterator[Hit]:
    for found in _meeting_dates(block.text):
        days = found.days(found.year if found.year is not None else max(right).year)
        if not days or right.intersection(days):
            continue
        if not attached and days[0] < min(right):
            continue
        yield hit(block, found.start, found.end, riktig=max(right), dato=_told(block, found))


def _told(block: TextBlock, found: FoundDate) -> str:
    return block.text[found.start : found.end]


def _meeting_dates(text: str) -> Iterator[FoundDate]:
    """Yield the dates that stand right after "referatet fra møtet"."""
    ends = {found.end() for found in _REFERAT.finditer(text)}
    return (found for found in find_dates(text) if found.start in ends)


def without_referat(papers: Papers) -> Iterator[Hit]:
    """Find an approval without the referat, where the archive has the meeting it is from."""
    if papers.held:
        return
    for sak in _approvals(papers):
        attached = any(one.slag in _CARRIERS and not one.withdrawn for one in sak.attachments)
        if not attached and papers.earlier_meetings():
            yield Hit(Place(PlaceKind.VEDLEGG, sak.key), {"sak": sak.number})


def _approvals(papers: Papers) -> Iterator[SakPapers]:
    for sak in papers.saker:
        if sak.out:
            continue
        if sak.fastpost is Fastpostslag.REFERAT or _TITLE.match(sak.title):
            yield sak


def _dates_of_referat(sak: SakPapers) -> frozenset[dt.date]:
    return frozenset(day for one in sak.attachments if not one.withdrawn for day in one.dates)


def _earlier_days(papers: Papers) -> frozenset[dt.date]:
    return frozenset(day for one in papers.earlier_meetings() for day in one.dates)
