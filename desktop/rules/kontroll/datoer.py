"""Dates that the calendar, the meeting or the archive contradicts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desktop.rules.kontroll.dates import MONTHS, WEEKDAYS, FoundDate, a_date, find_dates
from desktop.rules.kontroll.papers import KnownMeeting, Papers, TextBlock
from desktop.rules.kontroll.saksreferanser import SakMention, mentions
from desktop.rules.kontroll.text import hit, sentence_at
from desktop.rules.kontroll.types import MINUTES, Hit, PlaceKind

_NEAR: Final = 60
"""Days from the meeting within which a date without a year is taken to be the nearest one."""

_NO_DATE_AFTER: Final = re.compile(
    r"(?:versjon|kapittel|kap\.|punkt|pkt\.|avsnitt|tabell|figur|artikkel|art\.|§|nr\.|kl\.|krav)\s*$",
    re.IGNORECASE,
)
_DAYS: Final = "|".join(WEEKDAYS)
_MONTH: Final = "|".join(MONTHS)
_WEEKDAY: Final = re.compile(
    rf"\b(?P<ukedag>{_DAYS}),?\s+(?:den\s+)?(?P<day>\d{{1,2}})\.?"
    rf"(?:(?:\s?(?:[–-]|og|til|eller)\s?(?:(?:{_DAYS})\s+(?:den\s+)?)?\d{{1,2}}\.?)?"
    rf"\s?(?P<name>{_MONTH})(?:\s+(?P<long>(?:19|20)\d\d))?\b"
    r"|(?P<number>\d{1,2})\.(?P<short>(?:19|20)\d\d|\d\d)?(?!\d))",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE: Final = re.compile(
    rf"(?:{_DAYS})(?:\s*[–,-]\s*|\s+(?:og|til|eller)\s+)$", re.IGNORECASE
)
_DONE: Final = re.compile(
    r"\b(?:leverte|overleverte|publiserte|offentliggjorde|ferdigstilte|vedtok|fremla|framla|lanserte"
    r"|(?:ble|blei|vart|er|har|hadde)\s+(?:\w+\s+)?(?:levert|overlevert|publisert|offentliggjort"
    r"|ferdigstilt|ferdigstilte|vedtatt|vedteke|lansert|lagt\s+(?:frem|fram)))\b",
    re.IGNORECASE,
)
_BETWEEN_STOPS: Final = re.compile(
    r"[.;:!?]\s|\b(?:som|at|om|skal|vil|innen|innan|frist\w*|senest|seinast|fra|frå|før|etter|til\s+og\s+med|"
    r"gjeldende|gjeldande|\w*møte\w*|\w*konferanse\w*|\w*seminar\w*|\w*samling\w*|høring\w*|høyring\w*|"
    r"per|pr|planlagt|gjelder|gjeld|til)\s*$|\b(?:som|skal|vil|innen|innan|frist\w*|ikke|ikkje)\b",
    re.IGNORECASE,
)
_LONGEST_GAP: Final = 110
_MEETING: Final = re.compile(
    r"\bmøte(?:t)?\s+(?P<nr>\d{1,2})/(?P<aar>(?:20)?\d\d)\b,?\s*\(?(?:den\s+)?", re.IGNORECASE
)


def impossible_date(papers: Papers) -> Iterator[Hit]:
    """Find dates the calendar does not have: 31.11., 31. november, 29. februar 2023."""
    for block in papers.blocks:
        for found in find_dates(block.text):
            if _is_impossible(block.text, found):
                yield hit(block, found.start, found.end, dato=block.text[found.start : found.end])


def _is_impossible(text: str, found: FoundDate) -> bool:
    if _NO_DATE_AFTER.search(text[max(0, found.start - 12) : found.start]):
        return False
    told = text[found.start : found.end]
    named = any(letter.isalpha() for letter in told.replace("og", ""))
    if found.year is not None:
        plausible = named or len(told.rsplit(".", 1)[-1]) == 4
        return plausible and a_date(found.year, found.month, found.day) is None
    if not named and found.day < 29:
        return False
    return found.month <= 12 and found.day > 0 and a_date(2024, found.month, found.day) is None


def wrong_weekday(papers: Papers) -> Iterator[Hit]:
    """Find weekdays that the date named with them did not fall on.

    Without a year the date is the one nearest to the meeting, and only within two months of it.
    """
    for block in papers.blocks:
        for found in _WEEKDAY.finditer(block.text):
            if _WEEKDAY_BEFORE.search(block.text[max(0, found.start() - 16) : found.start()]):
                continue
            day = _dated(found).near(papers.date, _NEAR)
            if day is not None and day.weekday() != WEEKDAYS[found["ukedag"].casefold()]:
                yield hit(block, *found.span(), ukedag=found["ukedag"], dato=day)


def _dated(found: re.Match[str]) -> FoundDate:
    name = found["name"]
    month = MONTHS.index(name.casefold()) + 1 if name else int(found["number"])
    year = found["long"] or found["short"]
    full = int(year) + (2000 if len(year) == 2 else 0) if year else None
    return FoundDate(found.start(), found.end(), int(found["day"]), month, full)


def done_after_meeting(papers: Papers) -> Iterator[Hit]:
    """Find papers that tell of something as done on a day after the meeting they are for.

    A text of the innkalling alone: the referat is written after the meeting.
    """
    for block in papers.blocks:
        if block.place.kind in MINUTES or block.place.kind is PlaceKind.TIDLIGERE_VEDTAK:
            continue
        done = list(_DONE.finditer(block.text))
        if not done:
            continue
        for found in find_dates(block.text):
            day = found.near(papers.date, _NEAR)
            if day is not None and day > papers.date and _is_told_done(block.text, found, done):
                yield hit(block, found.start, found.end, dato=day, moete=papers.date)


def _is_told_done(text: str, date: FoundDate, done: list[re.Match[str]]) -> bool:
    first, last = sentence_at(text, date.start, date.end)
    for verb in done:
        if not first <= verb.start() < last:
            continue
        if verb.end() <= date.start:
            between = text[verb.end() : date.start]
            if len(between) <= _LONGEST_GAP and not _BETWEEN_STOPS.search(between.rstrip()):
                return True
        elif text[date.end : verb.start()].strip() == "" and not text[first : date.start].strip():
            return True
    return False


def contradicts_archive(papers: Papers) -> Iterator[Hit]:
    """Find dates of a sak or a meeting that the archive knows to have been on another day."""
    for block in papers.blocks:
        yield from _wrong_sak_dates(papers, block)
        yield from _wrong_meeting_dates(papers, block)


def _wrong_sak_dates(papers: Papers, block: TextBlock) -> Iterator[Hit]:
    for mention in mentions(papers, block):
        series = papers.series.get((mention.body_id or "", mention.year))
        days = series.saker.get(mention.number, ()) if series else ()
        found = _date_after(block.text, mention) if days else None
        if found is not None and not set(days).intersection(found.days(found.year or 0)):
            yield hit(block, found.start, found.end, hva=f"sak {mention.told}", riktig=days[0])


def _date_after(text: str, mention: SakMention) -> FoundDate | None:
    """Return the date, year said, that stands right after a sak: "(4. oktober 2023)"."""
    for found in find_dates(text[mention.end :]):
        between = text[mention.end : mention.end + found.start]
        plain = re.fullmatch(r",?(?:\s+(?:i|fra|frå)\s+[^.,;()]{3,60}?)?\s*\(?(?:den\s+)?", between)
        if plain is None or found.year is None:
            return None
        return FoundDate(
            mention.end + found.start, mention.end + found.end, found.day, found.month,
            found.year, found.first,
        )  # fmt: skip
    return None


def _wrong_meeting_dates(papers: Papers, block: TextBlock) -> Iterator[Hit]:
    dates = {found.start: found for found in find_dates(block.text)}
    for told in _MEETING.finditer(block.text):
        found = dates.get(told.end())
        year = int(told["aar"]) % 100 + 2000
        known = _own_meeting(papers, year, int(told["nr"]))
        if found is None or known is None:
            continue
        if not set(known.dates).intersection(found.days(found.year or year)):
            yield hit(
                block,
                found.start,
                found.end,
                hva=f"møte {told['nr']}/{year}",
                riktig=known.dates[0],
            )


def _own_meeting(papers: Papers, year: int, number: int) -> KnownMeeting | None:
    for one in papers.meetings:
        if (one.body_id, one.year, one.number) == (papers.utvalg.id, year, number) and one.dates:
            return one
    return None
