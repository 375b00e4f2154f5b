"""What is decided and what was put forward: the council's own rules (sak 26/23)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desktop.rules.entity_kinds import Innspillslag
from desktop.rules.kontroll.papers import Line, Minutes, Papers, SakPapers, TextBlock
from desktop.rules.kontroll.text import hit, sentence_at
from desktop.rules.kontroll.types import Hit

_COMMON: Final = ("rådet", "utvalget", "utvalet", "styret", "nemnda", "nemnden", "forumet")
_PUT_OFF: Final = re.compile(
    r"sak(?:en|a|ene|ane)\s+(?:ble\s+|blei\s+|vart\s+|blir\s+)?"
    r"(?:utsettes|utsatt|utsett|utsetjast|trekkes|trukket|trekt|trekkjast|sendes|sendt)",
    re.IGNORECASE,
)
_START: Final = re.compile(r"[\s«\"(]*(?:\d{1,2}[.)]\s+|[a-z]\)\s+)?")
_INPUT: Final = r"innsp(?:ill|el)(?:ene|a|et)?\b"
_TAKES_ALONG: Final = re.compile(
    rf"\b(?:ta|tar|tok|tatt|tas|tek|teke|takast|bringe|bringer)\s+med\s+(?:seg\s+)?(?:\w+\s+){{0,3}}{_INPUT}"
    rf"|\b{_INPUT}(?:\s+\w+){{0,8}}\s+(?:tas|tar|takast|blir\s+tatt|blir\s+teke|vert\s+teke|tek|tok)\s+"
    rf"(?:\w+\s+){{0,2}}med\b"
    rf"|\b(?:ta|tar|tok|tek)\s+(?:\w+\s+){{0,2}}{_INPUT}\s+med\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"\w+(?:[-–.'’]\w+)*")
_SAYS: Final = re.compile(
    r"(?:\s+(?:RHF|SF|HF|AS))?(?:,[^,.;:]{2,60},)?\s*(?::|\s(?:"
    r"mente|meinte|mener|meiner|sa|sier|seier|påpekte|påpeker|påpeika|peikte|pekte|understreket|"
    r"understreka|understreker|understrekar|kommenterte|kommenterer|kommenterar|uttalte|uttrykte|"
    r"fremhevet|framhevet|framheva|advarte|åtvara|spurte|foreslo|etterlyste|støttet|støtta|bekreftet|"
    r"stadfesta|oppfordret|oppfordrer|oppmoda|oppmodar|minnet|minte|presiserte|tilføyde|innvendte|"
    r"trakk\s+(?:frem|fram)|drog\s+fram|la\s+til|la\s+vekt|gav?\s+uttrykk|tok\s+til\s+orde|tok\s+opp|"
    r"(?:var|er)\s+(?:enig|einig|bekymret|bekymra|opptatt|oppteken)"
    r")\b)"
)


def begins_with_body(papers: Papers) -> Iterator[Hit]:
    """Find proposals and vedtak whose first sentence does not say who decides (dokumenter §3b)."""
    own = tuple(name.casefold() for name in papers.utvalg.names) + _COMMON
    for sak in papers.saker:
        if sak.out:
            continue
        for blocks in (sak.forslag, sak.vedtak):
            first = next((one for one in blocks if one.text.strip()), None)
            if first is not None and not _says_who(first.text, own):
                yield hit(first, *sentence_at(first.text, 0, 1), utvalg=papers.utvalg.bestemt)


def _says_who(text: str, own: tuple[str, ...]) -> bool:
    opening = _START.match(text)
    begins = text[opening.end() if opening else 0 :].casefold()
    return begins.startswith((*own, "{")) or _PUT_OFF.match(begins) is not None


def input_without_summary(papers: Papers) -> Iterator[Hit]:
    """Find vedtak that take input along where the referat does not sum it up (sak 26/23)."""
    for sak in papers.saker:
        if sak.out or sak.minutes is None or _sums_up(sak.minutes):
            continue
        for block in sak.vedtak:
            found = _TAKES_ALONG.search(block.text)
            if found is not None:
                yield hit(block, *found.span(), sak=sak.number)
                break


def _sums_up(minutes: Minutes) -> bool:
    if any(block.text.strip() for block in minutes.oppsummering):
        return True
    headings = (line for line in minutes.innspill if line.slag is Innspillslag.MELLOMTITTEL)
    told = (block.text.casefold() for line in headings for block in line.blocks)
    return any("oppsummer" in text for text in told)


def named_actor(papers: Papers) -> Iterator[Hit]:
    """Find innspill that say who spoke where nobody asked to be named (sak 26/23).

    The name of whoever owns or presents the sak is no innspill: they answer for it.
    """
    for sak in papers.saker:
        if sak.minutes is None:
            continue
        for line in sak.minutes.innspill:
            if not line.named and line.slag is not Innspillslag.MELLOMTITTEL:
                yield from _speakers(papers, sak, line)


def _speakers(papers: Papers, sak: SakPapers, line: Line) -> Iterator[Hit]:
    for block in line.blocks:
        for start, end, key in _named(papers, block):
            if key not in sak.owners and _SAYS.match(block.text, end):
                yield hit(block, start, end, navn=block.text[start:end])
                break


def _named(papers: Papers, block: TextBlock) -> Iterator[tuple[int, int, str]]:
    found = list(_WORD.finditer(block.text))
    words = [one[0] for one in found]
    for at, one in enumerate(found):
        if one[0][:1].isupper() and (actor := papers.names.at(words, at)) is not None:
            key, size = actor
            yield one.start(), found[at + size - 1].end(), key
