"""`motebok historikk`: what was changed in a sak, when, and by whom."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from desktop.cli.opening import open_archive
from desktop.services.history import HistoryEntry, history_of_sak
from desktop.services.numbers import find_sak_id


def run(arguments: argparse.Namespace) -> int:
    """Print the history of a sak, the newest entry first."""
    with open_archive(arguments.arkiv, read_only=True) as archive:
        with archive.read() as session:
            sak_id = find_sak_id(session, arguments.sak, utvalg=arguments.utvalg)
        entries = history_of_sak(archive, sak_id=sak_id)
    if arguments.json:
        print(json.dumps([_as_data(entry) for entry in entries], ensure_ascii=False, indent=2))
    else:
        for entry in entries:
            print("\n".join(_lines(entry)))
    return 0


def _lines(entry: HistoryEntry) -> Iterator[str]:
    yield f"{entry.tid:%d.%m.%Y %H.%M}  {entry.tekst}  ({entry.av or 'navn slettet'})"
    for field in entry.felter:
        text = field.tekst.replace("\n", "\n      ")
        yield f"    {field.navn}: {text}" if text else f"    {field.navn}"


def _as_data(entry: HistoryEntry) -> dict[str, object]:
    return {
        "nummer": entry.nummer,
        "tid": entry.tid.isoformat(timespec="seconds"),
        "av": entry.av,
        "handling": entry.handling,
        "tekst": entry.tekst,
        "felter": [{"felt": field.navn, "endring": field.tekst} for field in entry.felter],
    }
