"""What a sak lacks (dokumenter §2: forslag til vedtak, hensikt and "Fra")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.kontroll.papers import Papers, SakPapers, TextBlock
from desktop.rules.kontroll.types import Hit, Place, PlaceKind


def missing_proposal(papers: Papers) -> Iterator[Hit]:
    """Find saker that ask for something without saying what; Eventuelt asks for nothing."""
    return _lacking(
        papers,
        PlaceKind.FORSLAG,
        lambda sak: sak.sakstype is not None and _empty(sak.forslag),
    )


def missing_purpose(papers: Papers) -> Iterator[Hit]:
    """Find toppnotater that do not say what the sak is for."""
    return _lacking(papers, PlaceKind.TOPPNOTAT, _without_purpose)


def missing_owner(papers: Papers) -> Iterator[Hit]:
    """Find toppnotater that come from nobody."""
    return _lacking(papers, PlaceKind.SAK, lambda sak: sak.has_note and not sak.has_owner)


def missing_vedtak(papers: Papers) -> Iterator[Hit]:
    """Find saker that a held meeting dealt with and that have no vedtak; Eventuelt needs none."""
    for sak in papers.saker:
        needs = papers.held and sak.treated and not sak.out and sak.sakstype is not None
        if needs and _empty(sak.vedtak):
            yield Hit(Place(PlaceKind.VEDTAK, sak.key), {"sak": sak.number})


def _lacking(papers: Papers, kind: PlaceKind, lacks: Callable[[SakPapers], bool]) -> Iterator[Hit]:
    if papers.held:
        return
    for sak in papers.saker:
        if not sak.out and lacks(sak):
            yield Hit(Place(kind, sak.key), {"sak": sak.number})


def _without_purpose(sak: SakPapers) -> bool:
    purpose = [one for one in sak.sections if one.slag is Seksjonslag.HENSIKT]
    return sak.has_note and all(_empty(one.blocks) for one in purpose)


def _empty(blocks: Iterable[TextBlock]) -> bool:
    return not any(block.text.strip() or block.kind == "figur" for block in blocks)
