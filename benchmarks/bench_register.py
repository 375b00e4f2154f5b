"""How fast the register of saker is at 20,000 and 100,000 rows: open, sort, filter.

    .venv/bin/python -m benchmarks.bench_register [--saker 20000 100000] [--arkiv FIL …]

Peer, in the same run: the same question as one bare SQL query in plain sqlite3, the first hundred
rows and a count. Target: open, sort and filter under 50 ms each, counted with the first screen of
rows. A search in texts goes on after that in short steps: its longest one is printed.
"""

from __future__ import annotations

import argparse
import gc
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication

from benchmarks.twenty_years import make_archive
from desktop.services.register import Order, RegisterFilter
from desktop.storage.archive import Archive
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.register import COLUMNS, RegisterModel, Wanted

RUNS = 9
SCREEN = 30
TARGET_MS = 50
_FIRST = " LIMIT 100"
_OWNER = (
    "(SELECT n.navn FROM saksrolle r JOIN organisasjonsnavn n"
    " ON n.organisasjon_id = r.organisasjon_id WHERE r.sak_id = sak.id LIMIT 1)"
)
_DAY = "(SELECT min(dato) FROM moetedag d WHERE d.moete_id = sak.moete_id)"
_PEERS = {
    Order.NUMMER: "moetesaksaar DESC, moetesakssekvensnummer DESC",
    Order.TITTEL: "tittelnoekkel",
    Order.SAKSTYPE: "sakstype, moetesaksaar",
    Order.SAKSEIER: _OWNER,
    Order.MOETE: _DAY,
    Order.TILSTAND: "tilstand, moetesaksaar",
    Order.UTVALG: "utvalg_id, moetesaksaar",
}
_FILTERS = (
    ("filter on year", RegisterFilter(aar=2019), "", "moetesaksaar = 2019"),
    ("filter on state", RegisterFilter(tilstand="behandlet"), "", "tilstand = 'behandlet'"),
    ("filter on type", RegisterFilter(sakstype="droefting"), "", "sakstype = 'droefting'"),
    ("search in titles", RegisterFilter(), "samhandling", "tittel LIKE '%samhandling%'"),
    ("search without a hit", RegisterFilter(), "finnesikke", "tittel LIKE '%finnesikke%'"),
    ("search for a number", RegisterFilter(), "12/19",
     "moetesaksaar = 2019 AND moetesakssekvensnummer = 12"),
)  # fmt: skip


def timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def show_screen(model: RegisterModel) -> None:
    """Read what the first screen of the table asks for."""
    for row in range(min(SCREEN, model.rowCount())):
        for column in range(len(COLUMNS)):
            model.index(row, column).data()


def compare(name: str, ours: Callable[[], object], theirs: Callable[[], object]) -> None:
    """Print both medians, taken in turn, and their ratio."""
    ours(), theirs()
    pairs = [(timed(ours), timed(theirs)) for _ in range(RUNS)]
    our, their = median(a for a, _ in pairs), median(b for _, b in pairs)
    verdict = "" if our < TARGET_MS else f"  OVER {TARGET_MS} ms"
    print(f"  {name:26} {our:8.1f} ms   sql {their:8.1f} ms   ratio {our / their:6.2f}{verdict}")


def peer(plain: sqlite3.Connection, where: str, order: str) -> Callable[[], object]:
    """Return the bare question: the first rows in order, and how many there are."""
    rows = f"SELECT id, tittel FROM sak WHERE {where} ORDER BY {order}{_FIRST}"
    count = f"SELECT count(*) FROM sak WHERE {where}"

    def ask() -> None:
        plain.execute(rows).fetchall()
        plain.execute(count).fetchone()

    return ask


def bench(path: Path) -> None:
    desk = Desk(Archive.open(path, bruker="måling", read_only=True))
    plain = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    saker = plain.execute("SELECT count(*) FROM sak").fetchone()[0]
    print(f"{saker} saker, medians of {RUNS}")

    def shown(wanted: Wanted, model: RegisterModel | None = None) -> Callable[[], object]:
        def job() -> None:
            used = model or RegisterModel(desk)
            used.show_wanted(wanted)
            show_screen(used)

        return job

    compare("open", shown(Wanted()), peer(plain, "1", _PEERS[Order.NUMMER]))
    opened = RegisterModel(desk)
    gc.collect()  # the models of the measurements above, which a window does not leave behind
    steps = prepared(opened)
    print(f"  prepared while idle: {sum(steps):.0f} ms in steps of at most {max(steps):.1f} ms")
    for place, (name, order) in enumerate(COLUMNS):
        job = sorted_by(opened, place)
        compare(f"click on «{name}»", job, peer(plain, "1", _PEERS[order]))
    for name, chosen, text, where in _FILTERS:
        job = shown(Wanted(chosen, text), opened)
        compare(name, job, peer(plain, where, _PEERS[Order.NUMMER]))
    search_texts(opened)
    desk.close()
    plain.close()


def prepared(model: RegisterModel) -> list[float]:
    """Open the register and let it prepare itself; return how long each step took."""
    model.reload()
    steps = []
    while model.is_preparing:
        steps.append(timed(model.prepare))
    return steps


def sorted_by(model: RegisterModel, column: int) -> Callable[[], object]:
    """Return a click on a heading the first time: only what is prepared while idle is at hand."""

    def job() -> None:
        orders = model._orders  # noqa: SLF001
        for key in [key for key in orders if key[0] is not Order.SAKSEIER]:
            del orders[key]
        model.sort(column)
        show_screen(model)

    return job


def search_texts(model: RegisterModel) -> None:
    """Print how long a search in texts takes to its end, and its longest step."""
    for word in ("rehabilitering", "finnesikke"):
        model.show_wanted(Wanted(text=word))
        done: list[bool] = []
        told = model.counted.connect(lambda _n, more, done=done: done.append(not more))
        steps = []
        while not any(done):
            steps.append(timed(QCoreApplication.processEvents))
        model.counted.disconnect(told)
        text = f"texts with «{word}»"
        print(f"  {text:30} {model.rowCount()} rows in {sum(steps):.0f} ms, "
              f"longest step {max(steps):.1f} ms")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Måler registeret over saker.")
    parser.add_argument("--saker", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--arkiv", type=Path, nargs="+")
    wanted = parser.parse_args()
    application = QCoreApplication([])
    with tempfile.TemporaryDirectory() as folder:
        paths = wanted.arkiv or [Path(folder) / f"{count}.motebok" for count in wanted.saker]
        for path, count in zip(paths, wanted.saker, strict=False):
            if not path.exists():
                make_archive(path, saker=count)
            bench(path)
    application.quit()


if __name__ == "__main__":
    main()
