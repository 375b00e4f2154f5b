"""`motebok kontroll`: what the quality check says of the papers of a meeting."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from desktop.cli.opening import open_reader
from desktop.i18n.catalogue import words
from desktop.i18n.kontroll_messages import PLACES, rule_sentence, rule_source
from desktop.rules.kontroll import BY_ID, Finding
from desktop.services.kontroll import Accepted, Report, check_meeting
from desktop.services.numbers import find_moete_id

CLEAN, HAS_ERRORS = 0, 1
_INDENT = " " * 8


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; 1 where there are errors that nobody has accepted."""
    with open_reader(arguments.arkiv) as archive, archive.read() as session:
        key = find_moete_id(session, arguments.moete, utvalg=arguments.utvalg)
        report = check_meeting(session, key)
    if arguments.json:
        print(json.dumps(_as_data(report), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(report)))
    return HAS_ERRORS if report.errors else CLEAN


def _lines(report: Report) -> Iterator[str]:
    yield f"Møte {report.nummer} i {report.utvalg} – {_counts(report)}"
    for sak_id, group in groupby(report.findings, lambda one: one.place.sak_id):
        yield ""
        yield _heading(report, sak_id)
        for one in group:
            yield from _finding(one)
    if report.accepted:
        yield ""
        yield "Godtatt"
        for accepted in report.accepted:
            yield from _accepted(report, accepted)


def _counts(report: Report) -> str:
    if not report.findings:
        return "ingen merknader"
    errors, hints = len(report.errors), len(report.hints)
    parts = [f"{errors} feil" if errors else "", f"{hints} hint" if hints else ""]
    return ", ".join(filter(None, parts))


def _heading(report: Report, sak_id: str | None) -> str:
    sak = report.saker.get(sak_id or "")
    return f"{sak.nummer}  {sak.tittel}".strip() if sak else "Møtet"


def _finding(one: Finding) -> Iterator[str]:
    yield f"  {one.severity:4}  {rule_sentence(one.rule, one.params)}"
    where = words("nb")(PLACES[one.place.kind.value])
    yield f"{_INDENT}{where}: {one.excerpt}" if one.excerpt else f"{_INDENT}{where}"


def _accepted(report: Report, accepted: Accepted) -> Iterator[str]:
    one = accepted.finding
    sak = report.saker.get(one.place.sak_id or "")
    number = f"{sak.nummer}  " if sak else ""
    yield f"  {number}{rule_sentence(one.rule, one.params)}"
    yield f"{_INDENT}Begrunnelse: {accepted.begrunnelse}"


def _as_data(report: Report) -> dict[str, Any]:
    return {
        "moete": report.nummer,
        "utvalg": report.utvalg,
        "feil": len(report.errors),
        "hint": len(report.hints),
        "merknader": [_finding_data(report, one) for one in report.findings],
        "godtatt": [
            {**_finding_data(report, one.finding), "begrunnelse": one.begrunnelse}
            for one in report.accepted
        ],
    }


def _finding_data(report: Report, one: Finding) -> dict[str, Any]:
    sak = report.saker.get(one.place.sak_id or "")
    first, last = one.place.span or (None, None)
    return {
        "regel": one.rule,
        "alvor": one.severity,
        "setning": rule_sentence(one.rule, one.params),
        "kilde": rule_source(BY_ID[one.rule].source),
        "sak": sak.nummer if sak else None,
        "sted": {
            "slag": one.place.kind,
            "rad": one.place.row_id,
            "blokk": one.place.block_id,
            "fra": first,
            "til": last,
        },
        "utdrag": one.excerpt or None,
    }
