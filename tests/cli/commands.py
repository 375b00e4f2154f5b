"""The commands that open an archive, each with the least it asks for."""

from __future__ import annotations

from pathlib import Path

READING = ("vis", "soek", "kontroll", "dokumenter", "eksporter", "historikk", "verifiser")
WRITING = ("importer", "angre")


def command(name: str, archive: Path, folder: Path) -> list[str]:
    rest = {
        "vis": ["--moete", "4/2023"],
        "soek": ["journal"],
        "kontroll": ["--moete", "4/2023"],
        "dokumenter": ["--moete", "4/2023", "--type", "innkalling", "--ut", str(folder / "ut")],
        "eksporter": ["--ut", str(folder / "ut.json")],
        "historikk": ["--sak", "33/23"],
        "importer": [str(folder / "inn.json")],
    }
    return [name, "--arkiv", str(archive), *rest.get(name, [])]
