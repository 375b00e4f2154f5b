"""What somebody meant to fill in and did not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desktop.rules.kontroll.papers import Papers
from desktop.rules.kontroll.text import hit, matches
from desktop.rules.kontroll.types import Hit

_LEFT: Final = re.compile(
    r"(?<![\w.-])(?:xx?|XX?|dd|DD)\.(?:xx?|XX?|mm|MM)(?:\.(?:(?:xx){1,2}|(?:XX){1,2}|å{2,4}|åååå|ÅÅÅÅ))?\.?(?!\w)"
    r"|\bkl\.?\s+xx\b(?:[.:]xx)?"
    r"|(?<!kapittel )(?<!Kapittel )(?<!artikkel )(?<!Artikkel )(?<!del )(?<!Del )(?<!bind )"
    r"(?<![\w/-])(?:xxx*|XXXX*|XX)(?![\w/.-]|[–-]\w)"
    r"|&&&+|#{3,}|\?{3,}|@{3,}|_{3,}"
    r"|\[\s*(?:(?:fyll|skriv|sett|legg)\s+(?:ut|inn|til)|dato|navn|namn|tekst|sted|stad|tid|beløp|tittel|"
    r"utvalg|aktør|xx+|kommer|kjem|mangler|manglar|sjekk)\b[^\]\n]*\]"
    r"|<\s*(?:fyll|skriv|sett|dato|navn|namn|tekst)\b[^>\n]*>"
    r"|^\s*Skriv inn\b.{0,60}$|\b[Ss]kriv inn (?:tekst|tittel|navn|namn|dato)(?:en)? her\b"
    r"|\bKlikk (?:eller trykk )?her for å\b"
    r"|\{(?:utvalg|dato|aktør|tema|sekretariat)\}"
    r"|\bLorem ipsum\b|\b(?:TODO|TBD|TBC|FIXME)\b|(?<!\w)N\.N\.(?!\w)",
    re.MULTILINE,
)
_TRACE: Final = re.compile(
    r"[xX&#?@_\[<{]|dd\.|DD\.|[Ss]kriv inn|Klikk|Lorem|TODO|TB[DC]|FIXME|N\.N"
)
"""What every placeholder has, and most texts have not."""
_LONGEST_SHOWN: Final = 40


def left_over(papers: Papers) -> Iterator[Hit]:
    """Find left-over placeholders: xx.xx, &&&, [fyll inn], Skriv inn …, {aktør}."""
    for block in papers.blocks:
        if _TRACE.search(block.text) is None:
            continue
        for found in matches(block, _LEFT):
            told = " ".join(found[0].split())
            shown = told if len(told) <= _LONGEST_SHOWN else f"{told[:_LONGEST_SHOWN]}…"
            yield hit(block, *found.span(), tekst=shown)
