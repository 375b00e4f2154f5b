"""What a rule of the quality check is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.rules.kontroll.papers import Papers
from desktop.rules.kontroll.types import Finding, Hit, Severity, Source

Check = Callable[[Papers], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id names the sentence and the explanation in the catalogue."""

    id: str
    severity: Severity
    source: Source
    check: Check

    def findings(self, papers: Papers) -> Iterator[Finding]:
        """Yield what the rule has to say about some papers."""
        for hit in self.check(papers):
            yield Finding(self.id, self.severity, hit.place, hit.params, hit.excerpt, hit.subject)
