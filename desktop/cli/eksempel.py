"""`motebok eksempel`: the example archive and the documents of both its meetings."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from desktop.cli.dokumenter import gather, make_folder, reporting, write
from desktop.cli.opening import make_archive, open_archive
from desktop.services.eksempel import (
    EXAMPLE_MEETINGS,
    EXAMPLE_USER,
    EXAMPLE_UTVALG,
    is_example,
    make_example,
)
from desktop.services.errors import ServiceError
from desktop.storage.archive import Archive

_FILE_NAME = "eksempel.motebok"


def run(arguments: argparse.Namespace) -> int:
    """Make the archive where it is not there, and write the documents."""
    path = arguments.arkiv or arguments.ut / _FILE_NAME
    make_folder(arguments.ut)
    archive = _reopen(path) if path.exists() else _make(path)
    with archive:
        papers = [gather(archive, number, utvalg=EXAMPLE_UTVALG) for number in EXAMPLE_MEETINGS]
    with reporting(as_json=arguments.json) as report:
        for one in papers:
            write(one, arguments.ut, report)
    return 0


def _make(path: Path) -> Archive:
    print(f"Lager eksempelarkivet {path} …", file=sys.stderr)
    fill = partial(make_example, progress=lambda step: print(f"  {step}", file=sys.stderr))
    make_archive(path, user=EXAMPLE_USER, fill=fill)
    return open_archive(path, read_only=True)


def _reopen(path: Path) -> Archive:
    """Open the example that is there.

    Raises:
        ServiceError: `ikke_eksempelarkivet`, for any other archive.
    """
    archive = open_archive(path, read_only=True)
    with archive.read() as session:
        known = is_example(session)
    if not known:
        archive.close()
        raise ServiceError("ikke_eksempelarkivet", sti=str(path))
    print(f"Bruker eksempelarkivet {path}, som finnes fra før.", file=sys.stderr)
    return archive
