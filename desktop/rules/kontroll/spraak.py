"""Spelling of signs and doubled words, as the language council advises; both målformer alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desktop.rules.kontroll.papers import Papers
from desktop.rules.kontroll.text import hit, matches
from desktop.rules.kontroll.types import Hit

_DOUBLED: Final = re.compile(
    r"(?<![\w'’.-])(?P<ord>[^\W\d_]+)[ \u00a0]+(?P=ord)(?![\w'’-])", re.IGNORECASE
)
# Words that good Norwegian can have twice: "det det gjelder", "som som regel", "står i i dag".
_MAY_DOUBLE_TEXT: Final = """
det den de dei der da då som at for på til med om av over under ut inn opp ned fram frem i hva
er var har hadde kan kunne vil ville skal skulle må måtte bør burde får fikk fekk ble blir blei
vart vert vi du jeg eg han hun ho dere dykk seg oss dem man så her nå no ja nei ha etter fra
frå mot ved hos før gjennom innen innan uten utan mellom rundt siden sidan imot veldig mye meget
svært tusen bla hei gjør gjer går kommer kjem står ser sier seier vet veit noe noko slik andre
sin sitt sine dette denne disse desse hvor kor når hvem kven begge alle samme same
"""
_MAY_DOUBLE: Final = frozenset(_MAY_DOUBLE_TEXT.split())
_STRAIGHT: Final = re.compile(
    r'(?<![\w"«“])"(?=[^\s"])(?P<inni>[^"\n«»]{1,200}?)(?<=[^\s"])"(?![\w"])'
)
_CLOCK: Final = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_YEAR: Final = r"(?:19|20)\d\d"
_MONTHS: Final = (
    "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
)
_UNITS: Final = (
    r"prosent|%|millioner?|millionar|mill\.|milliarder|milliardar|mrd\.|kroner|år|uker|veker|måneder|"
    r"månader|dager|dagar|timer|timar|minutter|minutt|personer|personar|kommuner|kommunar|deltakere|"
    r"deltakarar|ganger|gonger|punkter|punkt|sider|prosjekter|prosjekt"
)
_RANGE: Final = re.compile(
    rf"(?<![\w/–.-])(?:"
    rf"{_CLOCK}\s?-\s?{_CLOCK}"
    rf"|(?P<fra_aar>{_YEAR})\s?-\s?(?P<til_aar>{_YEAR})"
    rf"|\d{{1,2}}\.?\s?-\s?\d{{1,2}}\.\s?(?:{_MONTHS})"
    rf"|\d{{1,2}}\.\s?(?:{_MONTHS})\s?-\s?\d{{1,2}}\.\s?(?:{_MONTHS})"
    rf"|(?P<fra>\d{{1,4}})\s?-\s?(?P<til>\d{{1,4}})(?=\s(?:{_UNITS})(?!\w))"
    rf"|(?<=side )\d{{1,4}}-\d{{1,4}}|(?<=sidene )\d{{1,4}}-\d{{1,4}}|(?<=uke )\d{{1,2}}-\d{{1,2}}"
    rf"|(?<=veke )\d{{1,2}}-\d{{1,2}}|(?<=punkt )\d{{1,2}}-\d{{1,2}}"
    rf")(?![\w/–]|-\w)",
    re.IGNORECASE,
)
_NO_RANGE_BEFORE: Final = re.compile(
    r"(?:§+|sak(?:en|a|er|ene|ane)?|saksnr\.?|ref\.?|tlf\.?|nr\.?|id)\s*$", re.IGNORECASE
)
_COLON: Final = re.compile(
    r"(?:\b(?:kl\.?|klokken|klokka)\s*(?:[01]?\d|2[0-4]):[0-5]\d(?:\s?[–-]\s?(?:[01]?\d|2[0-4]):[0-5]\d)?"
    r"|(?<![\w:./-])(?:[01]?\d|2[0-4]):[0-5]\d\s?[–-]\s?(?:[01]?\d|2[0-4]):[0-5]\d)(?![\w:])",
    re.IGNORECASE,
)


def doubled_word(papers: Papers) -> Iterator[Hit]:
    """Find a word that stands twice in a row, those that may do so aside."""
    for block in papers.blocks:
        for found in matches(block, _DOUBLED):
            word = found["ord"]
            if word.casefold() not in _MAY_DOUBLE and (len(word) > 1 or word in "åÅ"):
                yield hit(block, *found.span(), ord=word)


def straight_quotes(papers: Papers) -> Iterator[Hit]:
    """Find straight quotation marks around words where Norwegian has «»."""
    for block in papers.blocks:
        if '"' not in block.text:
            continue
        for found in matches(block, _STRAIGHT):
            before = block.text[: found.start()]
            if before.count("«") <= before.count("»"):
                yield hit(block, *found.span(), tekst=found["inni"])


def hyphen_in_range(papers: Papers) -> Iterator[Hit]:
    """Find a hyphen where "from … to" has a dash: clock times, years, dates, numbers of things."""
    for block in papers.blocks:
        if "-" not in block.text:
            continue
        for found in matches(block, _RANGE):
            if _NO_RANGE_BEFORE.search(block.text[max(0, found.start() - 12) : found.start()]):
                continue
            if _rises(found):
                right = found[0].replace(" ", "").replace("-", "–")
                yield hit(block, *found.span(), tekst=found[0], riktig=_spaced(found[0], right))


def _rises(found: re.Match[str]) -> bool:
    for first, last in ((found["fra_aar"], found["til_aar"]), (found["fra"], found["til"])):
        if first and last:
            return int(first) < int(last)
    return True


def _spaced(told: str, tight: str) -> str:
    """Return a range with a dash; the spaces of "17. oktober" stay, those around the dash go."""
    first, _hyphen, last = told.partition("-")
    return f"{first.rstrip()}–{last.lstrip()}" if last else tight


def colon_in_clock(papers: Papers) -> Iterator[Hit]:
    """Find clock times with a colon in running text, where the house writes 10.00 (dokumenter)."""
    for block in papers.blocks:
        if block.kind == "tabell" or ":" not in block.text:
            continue
        for found in matches(block, _COLON):
            yield hit(block, *found.span(), tekst=found[0], riktig=_with_points(found[0]))


def _with_points(told: str) -> str:
    return re.sub(r"(\d):(\d)", r"\1.\2", told).replace("-", "–").replace(" – ", "–")
