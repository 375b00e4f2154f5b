"""How fast earlier vedtak are proposed for a toppnotat among 20,000 saker.

    .venv/bin/python -m benchmarks.bench_earlier [--saker 20000] [--arkiv FIL]

Floor, in the same run: one bare FTS5 question for the same sak, its three rarest words joined by
OR, ranked, ten rows. Peer: the same words by LIKE over titles and texts in plain sqlite3. Target:
under 200 ms at the 95th percentile.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import select

from benchmarks.twenty_years import make_archive
from desktop.models import Sak
from desktop.services.earlier_vedtak import propose_earlier
from desktop.services.search import driver_of
from desktop.services.vedtak_register import count_vedtak
from desktop.storage.archive import Archive
from desktop.storage.search_schema import is_complete
from desktop.storage.search_words import stem, words

SAMPLE = 40
TARGET_MS = 200


def timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def rarest(driver: sqlite3.Connection, title: str) -> list[str]:
    if not is_complete(driver):
        return sorted({stem(one) for one in words(title)}, key=len)[-3:]
    counted = []
    for word in {stem(one) for one in words(title)}:
        found = driver.execute("SELECT doc FROM soek_stammer WHERE term = ?", (word,)).fetchone()
        if found:
            counted.append((found[0], word))
    return [word for _count, word in sorted(counted)[:3]]


def floor(driver: sqlite3.Connection, sought: list[str]) -> None:
    expression = " OR ".join(f'"{word}"' for word in sought) or '"ingenting"'
    driver.execute(
        "SELECT rowid FROM soek_tekst WHERE soek_tekst MATCH ? ORDER BY rank LIMIT 10",
        (expression,),
    ).fetchall()


def peer(driver: sqlite3.Connection, sought: list[str]) -> None:
    tests = " OR ".join("s.tittel LIKE ? OR v.tekst LIKE ?" for _word in sought) or "0"
    values = [f"%{word}%" for word in sought for _twice in range(2)]
    driver.execute(
        f"SELECT v.rowid FROM vedtak v JOIN sak s ON s.id = v.sak_id WHERE {tests}",
        values,
    ).fetchall()


def measure(path: Path) -> None:
    with Archive.open(path, bruker="måling") as archive, archive.read() as session:
        driver = driver_of(session)
        print(f"{count_vedtak(session)} vedtak, search index complete: {is_complete(driver)}")
        saker = session.execute(
            select(Sak.id, Sak.tittel).where(Sak.moete_id.is_not(None)).limit(SAMPLE * 20)
        ).all()[::20]
        ours, theirs, bare = [], [], []
        for key, title in saker:
            sought = rarest(driver, title)
            propose_earlier(session, key)
            ours.append(timed(lambda key=key: propose_earlier(session, key)))
            theirs.append(timed(lambda sought=sought: peer(driver, sought)))
            bare.append(timed(lambda sought=sought: floor(driver, sought)))
        worst = quantiles(ours, n=20)[-1]
        verdict = "" if worst < TARGET_MS else f"  OVER {TARGET_MS} ms"
        print(f"  propose   median {median(ours):6.1f} ms   95 % {worst:6.1f} ms{verdict}")
        for name, others in (("LIKE", theirs), ("one MATCH", bare)):
            ratio = median(ours) / median(others)
            print(f"  {name:9} median {median(others):6.1f} ms   ratio {ratio:5.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--saker", type=int, default=20_000)
    parser.add_argument("--arkiv", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.arkiv or Path(folder) / "vedtak.motebok"
        if chosen.arkiv is None:
            make_archive(path, saker=chosen.saker, notes=2_000)
        measure(path)


if __name__ == "__main__":
    main()
