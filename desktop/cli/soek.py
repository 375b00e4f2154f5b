"""`motebok soek`: finds saker, papers, vedtak, people and vedlegg."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from desktop.cli.opening import open_reader
from desktop.i18n.catalogue import words
from desktop.i18n.dates import numeric_date
from desktop.services.search import Hint, Hit, SearchResult, search
from desktop.services.search_kinds import HINTS, KIND_NAMES

_INDENT = "    "
_CANNOT = frozenset({"uten_register"})


def run(arguments: argparse.Namespace) -> int:
    """Print what a text finds, the best first; 1 where nothing can be searched."""
    text = " ".join(arguments.tekst)
    with open_reader(arguments.arkiv) as archive, archive.read() as session:
        found = search(session, text, limit=arguments.antall, finished=True)
    for hint in found.hints:
        print(_sentence(hint), file=sys.stderr)
    if arguments.json:
        print(json.dumps(_as_data(text, found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(found)))
    return 1 if any(hint.code in _CANNOT for hint in found.hints) else 0


def _sentence(hint: Hint) -> str:
    return words("nb")(HINTS[hint.code]).format(verdi=hint.value)


def _lines(found: SearchResult) -> Iterator[str]:
    yield _count(found)
    for hit in found.hits:
        yield ""
        yield f"{_marked(hit.title, hit.title_marks)}"
        place = (hit.number, hit.utvalg, numeric_date(hit.date) if hit.date else "", hit.where)
        kind = words("nb")(KIND_NAMES[hit.kind])
        yield f"{_INDENT}{' · '.join(filter(None, (kind, *place)))}"
        if hit.excerpt:
            yield f"{_INDENT}{_marked(hit.excerpt, hit.marks)}"


def _count(found: SearchResult) -> str:
    if not found.hits:
        return "Ingen treff."
    if found.total is None:
        return f"De {len(found.hits)} beste treffene:"
    if found.total == 1:
        return "1 treff:"
    if found.total > len(found.hits):
        return f"De {len(found.hits)} beste av {found.total} treff:"
    return f"{found.total} treff:"


def _marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    """Return a text with what was sought in bold, on a terminal."""
    if not sys.stdout.isatty():
        return text
    made, last = [], 0
    for start, end in marks:
        made += [text[last:start], "\x1b[1m", text[start:end], "\x1b[0m"]
        last = end
    return "".join([*made, text[last:]])


def _as_data(text: str, found: SearchResult) -> dict[str, Any]:
    return {
        "soek": text,
        "antall": found.total,
        "filtre": [{"navn": one.name, "verdi": one.value} for one in found.filters],
        "merknader": [
            {"kode": hint.code, "verdi": hint.value, "tekst": _sentence(hint)}
            for hint in found.hints
        ],
        "treff": [_hit_data(hit) for hit in found.hits],
    }


def _hit_data(hit: Hit) -> dict[str, Any]:
    return {
        "slag": hit.kind,
        "id": hit.key,
        "sak_id": hit.sak_id,
        "moete_id": hit.moete_id,
        "nummer": hit.number,
        "utvalg": hit.utvalg,
        "tittel": hit.title,
        "tittelmerker": [list(mark) for mark in hit.title_marks],
        "sted": hit.where,
        "dato": hit.date.isoformat() if hit.date else None,
        "utdrag": hit.excerpt,
        "merker": [list(mark) for mark in hit.marks],
    }
