"""Killing a program that writes, again and again, and looking at what it left.

The writer prints a number after each commit. Whatever it printed must be there afterwards.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from desktop.storage.archive import Archive
from tests.storage.toy import Forelder, create, toy_settings

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Outcome:
    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    recovered: int = 0


def write_forever(path: Path, start: int) -> None:
    """Write until killed: operations, typing, undo and redo in turn."""
    archive = Archive.open(path, bruker="Per", settings=toy_settings())
    number = start
    while True:
        number += 1
        if number % 3:
            place = {"table": "forelder", "key": "f1", "field": "navn"}
            with archive.typing("skriv", **place) as operation:
                operation.session.get_one(Forelder, "f1").navn = f"{number:08d}" * 300
                operation.session.flush()
        else:
            with archive.operation("endre") as operation:
                operation.session.get_one(Forelder, "f1").navn = f"{number:08d}" * 300
                operation.session.flush()
                operation.session.execute(
                    text("INSERT INTO node VALUES (:id, :navn, NULL)"),
                    {"id": f"n{number}", "navn": "x" * 3000},
                )
            if number % 2:
                archive.undo()
                archive.redo()
        print(number, flush=True)


def kill_rounds(folder: Path, *, rounds: int, chance: random.Random) -> Outcome:
    path = folder / "drept.motebok"
    with create(path) as archive, archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1", navn="00000000"))
    found = Outcome()
    last = 0
    for _ in range(rounds):
        last = _one_round(path, last, chance, found)
    return found


def _one_round(path: Path, last: int, chance: random.Random, found: Outcome) -> int:
    command = [sys.executable, "-m", "tests.storage.killing", str(path), str(last)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        writer.kill()
        printed = [first, *writer.stdout.read().splitlines()]
    said = [int(line) for line in printed if line.strip()]
    with Archive.open(path, bruker="Kari", settings=toy_settings()) as archive:
        report = archive.verify()
        assert report.ok, report.problems
        found.recovered += archive.recovered is not None
        with archive.read() as session:
            navn = session.get_one(Forelder, "f1").navn
    assert navn is not None
    kept = int(navn[:8])
    found.rounds += 1
    found.acknowledged += len(said)
    found.lost += bool(said) and kept < max(said)
    return max([kept, *said])


if __name__ == "__main__":
    write_forever(Path(sys.argv[1]), int(sys.argv[2]))
