"""`motebok importer`: an exchange file into an archive, all of it or nothing."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from functools import partial

from desktop.cli.opening import make_archive, open_archive, user_name
from desktop.importing.exchange import ImportProblems
from desktop.services.importer import ImportReport, import_file


def run(arguments: argparse.Namespace) -> int:
    """Read the file in and say what it changed."""
    try:
        report = _import(arguments)
    except ImportProblems as error:
        if not arguments.json:
            raise
        problems = [{"sted": one.place, "tekst": one.message} for one in error.problems]
        print(json.dumps({"feil": problems}, ensure_ascii=False, indent=2))
        return 1
    if arguments.json:
        print(json.dumps(_as_data(report), ensure_ascii=False, indent=2))
    elif report:
        new, changed, same = map(_sum, (report.new, report.changed, report.unchanged))
        print(f"Lest inn: {new} nye rader, {changed} endrede og {same} som var like fra før.")
    else:
        print("Alt i filen står i arkivet fra før. Ingenting er endret.")
    return 0


def _import(arguments: argparse.Namespace) -> ImportReport:
    read_in = partial(import_file, path=arguments.fil)
    if arguments.nytt:
        return make_archive(arguments.arkiv, user=user_name(), fill=read_in)
    with open_archive(arguments.arkiv, read_only=False) as archive:
        return read_in(archive)


def _sum(rows: Mapping[str, int]) -> int:
    return sum(rows.values())


def _as_data(report: ImportReport) -> dict[str, Mapping[str, int]]:
    return {
        "nye": dict(report.new),
        "endrede": dict(report.changed),
        "uendrede": dict(report.unchanged),
    }
