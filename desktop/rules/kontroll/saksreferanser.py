"""Saker that texts refer to: whether they exist, and whether they are written as the house does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from desktop.rules.errors import RuleError
from desktop.rules.kontroll.papers import Body, Papers, TextBlock
from desktop.rules.kontroll.text import hit, matches, sentence_at, words_before
from desktop.rules.kontroll.types import Hit, PlaceKind
from desktop.rules.numbering import FIRST_YEAR, full_year

_REF: Final = r"(?P<nr>\d{1,4})(?P<skille>\s?[/–‑-]\s?)(?P<aar>\d{4}|\d\d)(?![\d/–-]|[.:,]\d|\s?%)"
_FIRST: Final = re.compile(
    rf"(?<![\w-])(?P<ord>sak(?:en|a|er|ene|ane)?|saksnummer|saksnr\.?)\s+{_REF}", re.IGNORECASE
)
_NEXT: Final = re.compile(rf"\s*(?:,|og|samt|til|[–-])\s*{_REF}")
_AFTER: Final = re.compile(
    r"\s*(?:[«\"][^»\"]*[»\"]\s*)?,?\s*\(?\s*(?:(?:i|fra|frå|hos|ved|for)\s+)?(?P<hvem>\S.{0,79})",
    re.DOTALL,
)
_IN: Final = re.compile(r"\s*(?:[«\"][^»\"]*[»\"]\s*)?,?\s*\(?\s*(?:i|fra|frå|hos|ved|for)\s+")
_OTHER_BODY: Final = re.compile(
    r"\b(?:\w*styre(?:t|sak|saken|saka|møte|møtet)?|bystyre\w*|kommunestyre\w*|formannskap\w*|"
    r"fylkesting\w*|fylkesutvalg\w*|Stortinget|storting\w*|nemnd\w*|komité\w*|komite\w*)\b",
    re.IGNORECASE,
)
_PLURAL: Final = ("er", "ene", "ane")
_OLD_YEARS: Final = 3
"""With a hyphen, "sak 12-14" is two saker; "sak 12-23" is one where 23 is a year not long ago."""


@dataclass(frozen=True, slots=True)
class SakMention:
    """A sak that a text refers to, and whose it is; None where that is not known."""

    start: int
    end: int
    told: str
    year: int
    number: int
    body_id: str | None
    plural: bool = False


def mentions(papers: Papers, block: TextBlock) -> Iterator[SakMention]:
    """Yield the saker that a text refers to, as "sak 22/23" or one of several."""
    for first in matches(block, _FIRST):
        plural = first["ord"].casefold().endswith(_PLURAL)
        found: re.Match[str] | None = first
        start = first.start("nr")
        row: list[re.Match[str]] = []
        while found is not None:
            row.append(found)
            found = _NEXT.match(block.text, found.end())
        body = _body_of(papers, block, first.start(), row[-1].end())
        for one in row:
            year = _year(papers, one, plural=plural)
            if year is not None:
                start = one.start("nr")
                told = block.text[start : one.end()]
                yield SakMention(start, one.end(), told, year, int(one["nr"]), body, plural)


def _year(papers: Papers, found: re.Match[str], *, plural: bool) -> int | None:
    """Return the year; None where the text names something else than one sak."""
    digits = found["aar"]
    year = int(digits) if len(digits) == 4 else full_year(int(digits))
    if int(found["nr"]) >= FIRST_YEAR or int(found["nr"]) == 0:
        return None
    if not FIRST_YEAR <= year <= papers.aar + 1:
        return None
    if found["skille"].strip() == "/":
        return year
    recent = papers.aar - _OLD_YEARS < year <= papers.aar
    return year if recent and not plural else None


def _body_of(papers: Papers, block: TextBlock, start: int, end: int) -> str | None:
    """Return whose saker a text names: the own body unless it points to another one."""
    text = block.text
    first, last = sentence_at(text, start, end)
    after = _AFTER.match(text, end, last)
    if after is not None:
        named = _named_body(papers, after["hvem"])
        if named is not None:
            return named.id
        if _IN.match(text, end, last) and _is_foreign(after["hvem"]):
            return None
    before = words_before(text, start)
    if (
        before
        and start > first
        and before[:1].isupper()
        and not text[:start].rstrip().endswith((".", ":"))
    ):
        named = _ending_body(papers, text[first:start])
        if named is not None:
            return named.id
        if not _is_opening(text, first, start):
            return None
    others = tuple(
        name for one in papers.bodies if one.id != papers.utvalg.id for name in one.names
    )
    return None if _names_another(text[first:last], others) else papers.utvalg.id


@lru_cache(maxsize=64)
def _names_another(sentence: str, others: tuple[str, ...]) -> bool:
    """Tell whether a sentence names another body, of the archive or of another kind."""
    if any(re.search(rf"\b{re.escape(name)}\b", sentence) for name in others):
        return True
    return _OTHER_BODY.search(sentence) is not None


def _is_opening(text: str, first: int, start: int) -> bool:
    """Tell whether the only word before a sak is the one that opens the sentence."""
    words = text[first:start].split()
    return len(words) == 1 and (len(words[0]) == 1 or not words[0].isupper())


def _named_body(papers: Papers, text: str) -> Body | None:
    folded = text.casefold()
    for body in (papers.utvalg, *papers.bodies):
        if any(folded.startswith(name.casefold()) for name in body.names):
            return body
    return None


def _ending_body(papers: Papers, text: str) -> Body | None:
    folded = text.casefold().rstrip()
    for body in (papers.utvalg, *papers.bodies):
        if any(folded.endswith(name.casefold()) for name in body.names):
            return body
    return None


def _is_foreign(who: str) -> bool:
    return who[:1].isupper() or _OTHER_BODY.match(who) is not None


def unknown_sak(papers: Papers) -> Iterator[Hit]:
    """Find saker that are not in a series whose numbers the archive has.

    Before the number the series begins with, and in a series without numbers, a sak is unknown and
    not wrong.
    """
    for block in papers.blocks:
        for one in mentions(papers, block):
            series = papers.series.get((one.body_id or "", one.year))
            if series is None or not series.saker or one.number < series.first:
                continue
            if one.number not in series.saker:
                yield hit(block, one.start, one.end, sak=one.told)


def sak_form(papers: Papers) -> Iterator[Hit]:
    """Find own saker that are not written in the house's form: "sak 12-23" for 12/23."""
    for block in papers.blocks:
        if block.place.kind is PlaceKind.TIDLIGERE_VEDTAK:
            continue
        for one in mentions(papers, block):
            if one.body_id != papers.utvalg.id:
                continue
            right = _formatted(papers, one)
            if right and one.told != right and not right.endswith(f" {one.told}"):
                yield hit(block, one.start, one.end, sak=one.told, riktig=right)


def _formatted(papers: Papers, one: SakMention) -> str:
    try:
        return papers.pattern.format(one.year, one.number)
    except RuleError:
        return ""
