"""What somebody types in the search box, read: numbers, words, phrases in quotes, and filters.

Whatever is typed means something: signs stand between words, and an unknown filter is words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.rules.errors import RuleError
from desktop.rules.numbering import read_meeting_number, read_sak_reference
from desktop.storage.search_match import Wanted
from desktop.storage.search_words import fold, normal, words

LONGEST_QUERY: Final = 500
MOST_WORDS: Final = 12


class FilterName(StrEnum):
    """What the hits can be narrowed to."""

    UTVALG = "utvalg"
    AAR = "år"
    TYPE = "type"
    EIER = "eier"


_NAMES: Final = {
    "utvalg": FilterName.UTVALG,
    "år": FilterName.AAR,
    "aar": FilterName.AAR,
    "type": FilterName.TYPE,
    "eier": FilterName.EIER,
    "eigar": FilterName.EIER,
    "sakseier": FilterName.EIER,
}
_FILTER: Final = re.compile(r'(?<!\S)([^\W\d_]+):("[^"]*"?|«[^»]*»?|[^\s"«]+|(?=\s|$))')
_QUOTED: Final = re.compile(r'["“”]([^"“”]*)["“”]?|«([^»]*)»?')
_NUMBER: Final = re.compile(
    r"(?<!\S)(?:(sak|møte)\s*(?:nr\.?\s*)?)?"
    r"((?:[a-zæøå]{1,6}\s+)?\d{1,4}\s*[/-]\s*\d{1,4})(?![\d/-]*\S)",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"(?<!\S)(?:(sak)\s*(?:nr\.?\s*)?)?(\d{1,3})(?!\S)", re.IGNORECASE)
_YEARS: Final = re.compile(r"(\d{2}|\d{4})(?:[-–](\d{2}|\d{4}))?")
_CENTURY: Final = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as it was typed, without quotes."""

    name: FilterName
    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that names saker, meetings or both. Without a year it is any year's sak."""

    number: int
    year: int | None
    sak: bool = True
    moete: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed. A hit has all of `sought` and passes all filters."""

    sought: tuple[Wanted, ...] = ()
    filters: tuple[Filter, ...] = ()
    number: Number | None = None

    def __bool__(self) -> bool:
        return bool(self.sought or self.filters or self.number)


def read_query(text: str, *, finished: bool = False) -> Query:
    """Return what a text asks for. `finished` when its last word is not being typed any more."""
    text = normal(text[:LONGEST_QUERY]).replace("\0", " ")
    filters: list[Filter] = []

    def take(found: re.Match[str]) -> str:
        name = _NAMES.get(found[1].casefold())
        if name is None:
            return found[0]
        value = found[2].strip('"«»“” ')
        if value:
            filters.append(Filter(name, value))
        return " "

    rest = _FILTER.sub(take, text)
    phrases: list[Wanted] = []

    def quote(found: re.Match[str]) -> str:
        inside = tuple(words(found[1] or found[2] or ""))[:MOST_WORDS]
        if inside:
            phrases.append(Wanted(inside, quoted=True))
        return " "

    rest = _QUOTED.sub(quote, rest)
    number, rest = _number(rest)
    mentioned = [] if number is None or number.year is None else [_mention(text)]
    sought = [*filter(None, mentioned), *phrases, *_sought(rest, finished=finished)]
    return Query(tuple(sought[:MOST_WORDS]), tuple(filters), number)


def _sought(text: str, *, finished: bool) -> list[Wanted]:
    parts = text.split()
    found = []
    for place, part in enumerate(parts):
        last = place == len(parts) - 1 and text.endswith(part)
        inside = tuple(words(part))[:MOST_WORDS]
        if inside:
            open_end = last and not finished and fold(part[-1]) != ""
            found.append(Wanted(inside, unfinished=open_end))
    return found


def _number(text: str) -> tuple[Number | None, str]:
    """Return the number a text names, and the text with the number as a phrase of its own."""
    found = _NUMBER.search(text)
    if found is not None:
        number = _read_number(found[1] or "", re.sub(r"\s*([/-])\s*", r"\1", found[2]))
        if number is not None:
            return number, f"{text[: found.start()]} {text[found.end() :]}"
    found = _BARE.search(text)
    if found is not None and (found[1] or text.strip() == found[0].strip()):
        return Number(int(found[2]), None), found[2] if found[1] else text
    return None, text


def _mention(text: str) -> Wanted | None:
    """Return the number as texts mention it, so that they are found after the sak itself."""
    found = _NUMBER.search(text)
    inside = tuple(words(found[2])) if found else ()
    return Wanted(inside, quoted=True) if inside else None


def _read_number(kind: str, text: str) -> Number | None:
    meeting = kind.casefold() == "møte"
    sak = None if meeting else read_sak_reference(text)
    moete = None
    try:
        moete = read_meeting_number(text)
    except RuleError:
        if meeting or sak is None:
            return None
    if sak is not None:
        same = moete is not None and (moete.number, moete.year) == (sak.number, sak.year)
        return Number(sak.number, sak.year, moete=same and kind == "")
    assert moete is not None  # noqa: S101
    return Number(moete.number, moete.year, sak=not meeting, moete=True)


def read_years(value: str) -> tuple[int, int] | None:
    """Return the first and the last year that `2023`, `23` or `2021-2023` names, or None."""
    found = _YEARS.fullmatch(value.strip())
    if found is None:
        return None
    first = _full_year(found[1])
    last = _full_year(found[2]) if found[2] else first
    return min(first, last), max(first, last)


def _full_year(text: str) -> int:
    year = int(text)
    return 2000 + year if year < _CENTURY else year
