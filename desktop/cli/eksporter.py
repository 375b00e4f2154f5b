"""`motebok eksporter`: an archive, or one meeting of it, as an exchange file."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from desktop.cli.norsk import UsageError
from desktop.cli.opening import open_archive
from desktop.services.errors import ServiceError
from desktop.services.exchange_format import FORMAT
from desktop.services.export import write_export

_START = 100


def run(arguments: argparse.Namespace) -> int:
    """Write the file and say how large it is."""
    if arguments.utvalg and not arguments.moete:
        raise UsageError("--utvalg: brukes sammen med --moete")
    path: Path = arguments.ut
    with open_archive(arguments.arkiv, read_only=True) as archive:
        _spare(path)
        size = write_export(archive, path, moete=arguments.moete, utvalg=arguments.utvalg)
        chain = archive.head_hash
    if arguments.json:
        print(json.dumps({"fil": str(path), "byte": size, "kjede": chain}, ensure_ascii=False))
    else:
        print(f"Skrevet: {path} ({max(1, round(size / 1000))} kB)")
        print(f"Loggens siste kjedeverdi: {chain}")
    return 0


def _spare(path: Path) -> None:
    """Refuse to write over what is no exchange file, such as the archive itself.

    Raises:
        ServiceError: `annen_fil_ligger_der`.
    """
    if not path.is_file():
        return
    with path.open("rb") as stream:
        start = stream.read(_START)
    if start and f'"{FORMAT}"'.encode() not in start:
        raise ServiceError("annen_fil_ligger_der", sti=str(path))
