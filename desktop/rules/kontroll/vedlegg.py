"""Vedlegg and links: what the texts name must be there, and what is there must open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desktop.rules.entity_kinds import Vedleggslag
from desktop.rules.kontroll.papers import Papers, SakPapers, TextBlock
from desktop.rules.kontroll.text import hit, matches
from desktop.rules.kontroll.types import Hit, Place, PlaceKind

_NUMBERED: Final = re.compile(
    r"\b[Vv]edlegg(?:et)?\s+(?:nr\.?\s*|nummer\s+)?(?P<nummer>\d{1,3}(?:\s?[A-ZÆØÅ](?!\w))?)(?![\w]|\.\d)"
)
# An annex of something else: "vedlegg 1 til forskriften".
_OF_ELSEWHERE: Final = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:til|i|av|fra|frå)\s+(?!sak(?:en|a)?\b|dagsorden|innkalling|agenda|møtet|"
    r"toppnotat)",
    re.IGNORECASE,
)
_ELSEWHERE_BEFORE: Final = re.compile(
    r"(?:forskrift\w*|forordning\w*|direktiv\w*|lov\w*|rapport\w*|avtale\w*|brev\w*|tildelingsbrev\w*|"
    r"instruks\w*|oppdragsdokument\w*|avtal\w*|kontrakt\w*|§\s?\S+|NOU\s\S+),?\s+(?:sitt\s+)?$",
    re.IGNORECASE,
)
_ENCLOSED: Final = re.compile(
    r"\b(?:(?:er|ligger|ligg|følger|følgjer|følgde|fulgte)\s+(?:også\s+|òg\s+)?"
    r"(?:vedlagt|vedlagte|ved\s+saken|ved\s+saka|som\s+vedlegg|i\s+vedlegg(?:et)?)"
    r"|(?:se|sjå|jf\.?|jfr\.?)\s+(?:eget\s+|eige\s+)?vedlegg(?:et)?(?!\s*\w*\d))\b(?!\s+(?:til|i|av)\s)",
    re.IGNORECASE,
)
_SCHEME: Final = re.compile(r"(?:https?://[^\s/]+\.?|mailto:\S+@|#)", re.IGNORECASE)
_ENCLOSABLE: Final = frozenset({Vedleggslag.FIL, Vedleggslag.LENKE, Vedleggslag.REFERAT})


def unknown_attachment(papers: Papers) -> Iterator[Hit]:
    """Find vedlegg named by a number that no vedlegg of the meeting has."""
    for block in papers.blocks:
        if block.place.kind is PlaceKind.TIDLIGERE_VEDTAK:
            continue
        for found in matches(block, _NUMBERED):
            number = found["nummer"].replace(" ", "")
            if not (number in papers.attachment_numbers or _is_elsewhere(block.text, found)):
                yield hit(block, *found.span(), vedlegg=number)


def _is_elsewhere(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 60) : found.start()]
    after = text[found.end() : found.end() + 60]
    return bool(_OF_ELSEWHERE.match(after) or _ELSEWHERE_BEFORE.search(before))


def nothing_enclosed(papers: Papers) -> Iterator[Hit]:
    """Find texts that say something is enclosed where the sak has no vedlegg but its toppnotat."""
    for sak in papers.saker:
        if sak.out or _has_enclosure(sak):
            continue
        for block in (*sak.omtale, *(one for part in sak.sections for one in part.blocks)):
            for found in matches(block, _ENCLOSED):
                yield hit(block, *found.span(), sak=sak.number)


def _has_enclosure(sak: SakPapers) -> bool:
    return any(one.slag in _ENCLOSABLE and not one.withdrawn for one in sak.attachments)


def lost_file(papers: Papers) -> Iterator[Hit]:
    """Find vedlegg whose file is gone or empty, and figures whose picture is."""
    for sak in papers.saker:
        for one in sak.attachments:
            if one.lost and not one.withdrawn:
                place = Place(PlaceKind.VEDLEGG, sak.key, one.key)
                yield Hit(place, {"tittel": one.title}, one.title)
        for block in sak.blocks():
            if block.lost:
                yield Hit(block.place, {"tittel": block.text}, block.text)


def link_without_scheme(papers: Papers) -> Iterator[Hit]:
    """Find links that do not say how they are opened: nothing but https, http or mailto opens."""
    if papers.digital_lenke and not _SCHEME.match(papers.digital_lenke):
        place = Place(PlaceKind.MOETEDAG, row_id=papers.days[0].key)
        yield Hit(place, {"lenke": papers.digital_lenke}, papers.digital_lenke)
    for sak in papers.saker:
        for one in sak.attachments:
            if one.url and not one.withdrawn and not _SCHEME.match(one.url):
                place = Place(PlaceKind.VEDLEGG, sak.key, one.key)
                yield Hit(place, {"lenke": one.url}, one.url)
    for block in papers.blocks:
        yield from _links_of(block)


def _links_of(block: TextBlock) -> Iterator[Hit]:
    for link in block.links:
        if not _SCHEME.match(link.url):
            yield hit(block, link.start, link.end, lenke=link.url)
