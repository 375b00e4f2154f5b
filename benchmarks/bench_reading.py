"""How fast an archive is read: a meeting with everything on it, and `motebok vis`.

    .venv/bin/python -m benchmarks.bench_reading

Peers, measured in turn in the same run: the same SQL in plain sqlite3 (target: at most 12 times its
time, in at most 12 statements), and `python -c "import sqlalchemy.orm"` as a whole process (target:
`vis` at most 1.6 times that).
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sqlalchemy import event

from desktop.services.eksempel import EXAMPLE_MEETINGS, EXAMPLE_USER, make_example
from desktop.services.load import load_moete
from desktop.services.numbers import find_moete_id
from desktop.storage.archive import Archive

LOADS, PROCESSES = 60, 9
Statement = tuple[str, tuple[object, ...]]


def timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def in_turn(first: Callable[[], object], second: Callable[[], object], runs: int) -> list[float]:
    """Return first/second pair by pair, after a warm-up, with the medians printed."""
    first(), second()
    pairs = [(timed(first), timed(second)) for _ in range(runs)]
    print(f"  {median(a for a, _ in pairs) * 1000:9.2f} ms", end="")
    print(f"  {median(b for _, b in pairs) * 1000:9.2f} ms", end="")
    return [a / b for a, b in pairs]


def bench_load(path: Path, number: str) -> None:
    with Archive.open(path, bruker="måling", read_only=True) as archive:
        with archive.read() as session:
            key = find_moete_id(session, number)
        statements = recorded(archive, key)
        plain = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

        def ours() -> None:
            with archive.read() as session:
                load_moete(session, key)

        def theirs() -> None:
            for sql, parameters in statements:
                plain.execute(sql, parameters).fetchall()

        print(f"load {number}: {len(statements)} statements (target 12)")
        ratios = in_turn(ours, theirs, LOADS)
        print(f"  ratio {median(ratios):.1f} (target 12)")


def recorded(archive: Archive, key: str) -> list[Statement]:
    """Return the statements that loading a meeting sends, as they are sent."""
    found: list[Statement] = []

    def listen(_c, _cursor, sql, parameters, _context, _many) -> None:  # noqa: ANN001
        found.append((sql, tuple(parameters)))

    with archive.read() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", listen)
        load_moete(session, key)
        event.remove(connection, "before_cursor_execute", listen)
    return found


def bench_vis(path: Path) -> None:
    def run(*arguments: str) -> Callable[[], object]:
        command = [sys.executable, "-P", *arguments]
        return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    vis = run("-m", "desktop.cli", "vis", "--arkiv", str(path), "--moete", "4/2023")
    print("motebok vis against import sqlalchemy.orm, whole processes")
    ratios = in_turn(vis, run("-c", "import sqlalchemy.orm"), PROCESSES)
    print(f"  ratio {median(ratios):.2f} (target 1.6)")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "eksempel.motebok"
        with Archive.create(path, bruker=EXAMPLE_USER) as archive:
            make_example(archive)
        for number in EXAMPLE_MEETINGS:
            bench_load(path, number)
        bench_vis(path)


if __name__ == "__main__":
    main()
