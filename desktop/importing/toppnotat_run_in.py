"""Headings that stand at the start of their own paragraph: «Hensikt med saken: Rådet skal …»."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from desktop.importing.toppnotat_headings import Known, known_heading
from desktop.richtext.tree import Inline, LineBreak, Paragraph, Run

_LONGEST: Final = 80


class RunIn(NamedTuple):
    """A heading and the paragraph that is left without it."""

    known: Known
    text: str
    block: Paragraph


def run_in(block: Paragraph) -> RunIn | None:
    """Return the heading a paragraph begins with: in bold, or a strong one before a colon."""
    lead: list[Run] = []
    for index, inline in enumerate(block.inlines):
        if not isinstance(inline, Run):
            following = block.inlines[index + 1 :]
            return _found(lead, "", block, following) if isinstance(inline, LineBreak) else None
        head, colon, tail = inline.text.partition(":")
        lead.append(replace(inline, text=head))
        if colon:
            rest: tuple[Inline, ...] = (
                (replace(inline, text=tail.lstrip()),) if tail.strip() else ()
            )
            return _found(lead, ":", block, (*rest, *block.inlines[index + 1 :]))
        if sum(len(run.text) for run in lead) > _LONGEST:
            return None
    return None


def _found(lead: list[Run], colon: str, block: Paragraph, rest: tuple[Inline, ...]) -> RunIn | None:
    text = "".join(run.text for run in lead).strip()
    known = known_heading(text) if text else None
    shown = any(not isinstance(inline, Run) or inline.text.strip() for inline in rest)
    if known is None or not shown:
        return None
    bold = all(run.bold for run in lead if run.text.strip())
    if not bold and not (colon and known.strong):
        return None
    return RunIn(known, text, replace(block, inlines=_trimmed(rest)))


def _trimmed(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    first = inlines[0]
    if isinstance(first, Run):
        rest = first.text.lstrip()
        return (*([replace(first, text=rest)] if rest else []), *inlines[1:])
    return inlines
