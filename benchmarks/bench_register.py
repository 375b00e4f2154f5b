"""How fast the registers of saker and of vedtak are at 20,000 and 100,000 rows.

    .venv/bin/python -m benchmarks.bench_register [--saker 20000 100000] [--arkiv FIL …]

Peer, in the same run: the same question as one bare SQL query in plain sqlite3, the first hundred
rows and a count. Target: open, sort and filter under 50 ms each, counted with the first screen of
rows. A search in texts goes on after that in short steps: its longest one is printed. One vedtak in
ten of the register is entered by hand.
"""

from __future__ import annotations

import argparse
import gc
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication

from benchmarks.twenty_years import make_archive
from desktop.models import new_key
from desktop.richtext.codec import dumps
from desktop.richtext.tree import tree_from_text
from desktop.services.register import Order, RegisterFilter
from desktop.services.vedtak_order import VedtakOrder
from desktop.services.vedtak_register import Outcome, VedtakFilter
from desktop.storage.archive import Archive
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.register import COLUMNS, RegisterModel, Wanted
from desktop.viewmodels.searched import SearchedModel, WantedRows
from desktop.viewmodels.vedtak_register import COLUMNS as VEDTAK_COLUMNS
from desktop.viewmodels.vedtak_register import VedtakRegisterModel, WantedVedtak

RUNS = 9
SCREEN = 30
TARGET_MS = 50
_FIRST = " LIMIT 100"
_SAKER = "sak.id, sak.tittel FROM sak"
_VEDTAK = (
    "v.id, v.tekst FROM vedtak v LEFT JOIN sak ON sak.id = v.sak_id"
    " LEFT JOIN (SELECT moete_id, min(dato) AS dato FROM moetedag GROUP BY moete_id) d"
    " ON d.moete_id = sak.moete_id"
)
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


_NEWEST = "coalesce(d.dato, v.dato) DESC, sak.moetesaksaar DESC"
_VEDTAK_PEERS = {
    VedtakOrder.SAK: "sak.moetesaksaar, sak.moetesakssekvensnummer, v.referanse",
    VedtakOrder.DATO: _NEWEST,
    VedtakOrder.TITTEL: "coalesce(sak.tittelnoekkel, v.tittel)",
    VedtakOrder.TEKST: "v.tekst",
    VedtakOrder.SAKSTYPE: f"coalesce(sak.sakstype, v.sakstype), {_NEWEST}",
    VedtakOrder.ENDRET: f"v.som_foreslaatt, {_NEWEST}",
    VedtakOrder.UTVALG: f"coalesce(sak.utvalg_id, v.utvalg_id), v.organ, {_NEWEST}",
}
_VEDTAK_FILTERS = (
    ("filter on year", VedtakFilter(aar=2019), "",
     "coalesce(sak.moetesaksaar, substr(v.dato, 1, 4)) = 2019"),
    ("filter on type", VedtakFilter(sakstype="droefting"), "",
     "coalesce(sak.sakstype, v.sakstype) = 'droefting'"),
    ("filter on outcome", VedtakFilter(utfall=Outcome.ENDRET), "",
     "v.sak_id IS NOT NULL AND v.som_foreslaatt = 0"),
    ("search in titles", VedtakFilter(), "samhandling",
     "coalesce(sak.tittel, v.tittel) LIKE '%samhandling%'"),
    ("search without a hit", VedtakFilter(), "finnesikke",
     "coalesce(sak.tittel, v.tittel) LIKE '%finnesikke%'"),
    ("search for a number", VedtakFilter(), "12/19",
     "sak.moetesaksaar = 2019 AND sak.moetesakssekvensnummer = 12"),
)  # fmt: skip


def timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def show_screen(model: SearchedModel[Any, Any, Any]) -> None:
    """Read what the first screen of the table asks for."""
    for row in range(min(SCREEN, model.rowCount())):
        for column in range(model.columnCount()):
            model.index(row, column).data()


def compare(name: str, ours: Callable[[], object], theirs: Callable[[], object]) -> None:
    """Print both medians, taken in turn, and their ratio."""
    ours(), theirs()
    pairs = [(timed(ours), timed(theirs)) for _ in range(RUNS)]
    our, their = median(a for a, _ in pairs), median(b for _, b in pairs)
    verdict = "" if our < TARGET_MS else f"  OVER {TARGET_MS} ms"
    print(f"  {name:26} {our:8.1f} ms   sql {their:8.1f} ms   ratio {our / their:6.2f}{verdict}")


def peer(
    plain: sqlite3.Connection, where: str, order: str, source: str = _SAKER
) -> Callable[[], object]:
    """Return the bare question: the first rows in order, and how many there are."""
    rows = f"SELECT {source} WHERE {where} ORDER BY {order}{_FIRST}"
    count = f"SELECT count(*), {source} WHERE {where}"

    def ask() -> None:
        plain.execute(rows).fetchall()
        plain.execute(count).fetchone()

    return ask


def bench(path: Path) -> None:
    desk = Desk(Archive.open(path, bruker="måling", read_only=True))
    plain = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    bench_saker(desk, plain)
    bench_vedtak(desk, plain)
    desk.close()
    plain.close()


def shown(
    make: Callable[[], SearchedModel[Any, Any, Any]], wanted: WantedRows[Any, Any]
) -> Callable[[], object]:
    """Return showing what is wanted, with its first screen."""

    def job() -> None:
        used = make()
        used.show_wanted(wanted)
        show_screen(used)

    return job


def bench_saker(desk: Desk, plain: sqlite3.Connection) -> None:
    saker = plain.execute("SELECT count(*) FROM sak").fetchone()[0]
    print(f"{saker} saker, medians of {RUNS}")
    first = shown(lambda: RegisterModel(desk), Wanted())
    compare("open", first, peer(plain, "1", _PEERS[Order.NUMMER]))
    opened = RegisterModel(desk)
    gc.collect()  # the models of the measurements above, which a window does not leave behind
    steps = prepared(opened)
    print(f"  prepared while idle: {sum(steps):.0f} ms in steps of at most {max(steps):.1f} ms")
    for place, (name, order) in enumerate(COLUMNS):
        job = sorted_by(opened, place, kept={Order.SAKSEIER})
        compare(f"click on «{name}»", job, peer(plain, "1", _PEERS[order]))
    for name, chosen, text, where in _FILTERS:
        job = shown(lambda: opened, Wanted(chosen, text))
        compare(name, job, peer(plain, where, _PEERS[Order.NUMMER]))
    search_texts(opened, [Wanted(text=word) for word in ("rehabilitering", "finnesikke")])


def bench_vedtak(desk: Desk, plain: sqlite3.Connection) -> None:
    count, entered = plain.execute(
        "SELECT count(*), count(*) - count(sak_id) FROM vedtak"
    ).fetchone()
    print(f"{count} vedtak, {entered} of them entered by hand, medians of {RUNS}")
    first = shown(lambda: VedtakRegisterModel(desk), WantedVedtak())
    compare("open", first, peer(plain, "1", _NEWEST, _VEDTAK))
    opened = VedtakRegisterModel(desk)
    gc.collect()
    opened.reload()
    for place, (name, order) in enumerate(VEDTAK_COLUMNS):
        job = sorted_by(opened, place, kept=set())
        compare(f"click on «{name}»", job, peer(plain, "1", _VEDTAK_PEERS[order], _VEDTAK))
    for name, chosen, text, where in _VEDTAK_FILTERS:
        job = shown(lambda: opened, WantedVedtak(chosen, text))
        compare(name, job, peer(plain, where, _NEWEST, _VEDTAK))
    search_texts(opened, [WantedVedtak(text=word) for word in ("rehabilitering", "finnesikke")])


def enter_vedtak(path: Path) -> None:
    """Enter vedtak by hand, as if pasted from tables of other bodies: one for nine of the saker."""
    plain = sqlite3.connect(path)
    count = plain.execute("SELECT count(*) FROM vedtak").fetchone()[0] // 9
    tree = dumps(tree_from_text("Utvalget støtter forslaget og ber om en plan for innføringen."))
    plain.executemany(
        "INSERT INTO vedtak (id, organ, referanse, tittel, dato, sakstype, tekst)"
        " VALUES (?, ?, ?, ?, ?, 'anbefaling', ?)",
        [
            (new_key(), f"Råd {n % 7}", f"{n % 90 + 1}/{n % 20 + 5:02}", f"Åpne data, del {n}",
             f"20{n % 20 + 5:02}-0{n % 9 + 1}-11", tree)
            for n in range(count)
        ],
    )  # fmt: skip
    plain.commit()
    plain.close()


def prepared(model: RegisterModel) -> list[float]:
    """Open the register and let it prepare itself; return how long each step took."""
    model.reload()
    steps = []
    while model.is_preparing:
        steps.append(timed(model.prepare))
    return steps


def sorted_by(
    model: SearchedModel[Any, Any, Any], column: int, kept: set[object]
) -> Callable[[], object]:
    """Return a click on a heading the first time: only what is prepared is at hand."""

    def job() -> None:
        orders = model._orders  # noqa: SLF001
        for key in [key for key in orders if key[0] not in kept]:
            del orders[key]
        model.sort(column)
        show_screen(model)

    return job


def search_texts(
    model: SearchedModel[Any, Any, Any], wanted: Sequence[WantedRows[Any, Any]]
) -> None:
    """Print how long a search in texts takes to its end, and its longest step."""
    for one in wanted:
        model.show_wanted(one)
        done: list[bool] = []
        told = model.counted.connect(lambda _n, more, done=done: done.append(not more))
        steps = []
        while not any(done):
            steps.append(timed(QCoreApplication.processEvents))
        model.counted.disconnect(told)
        text = f"texts with «{one.text}»"
        print(f"  {text:30} {model.rowCount()} rows in {sum(steps):.0f} ms, "
              f"longest step {max(steps):.1f} ms")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Måler registrene over saker og vedtak.")
    parser.add_argument("--saker", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--arkiv", type=Path, nargs="+")
    wanted = parser.parse_args()
    application = QCoreApplication([])
    with tempfile.TemporaryDirectory() as folder:
        paths = wanted.arkiv or [Path(folder) / f"{count}.motebok" for count in wanted.saker]
        for path, count in zip(paths, wanted.saker, strict=False):
            if not path.exists():
                make_archive(path, saker=count)
                enter_vedtak(path)
            bench(path)
    application.quit()


if __name__ == "__main__":
    main()
