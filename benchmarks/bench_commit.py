"""The cost of the change log: a commit of one changed paragraph, with and without it.

Floor: the same row updated with the same text in plain sqlite3, same pragmas, same schema. The
limit is three times the floor. Both take turns in one run, so that the disk is equally busy. The
search index is left out but for the last line; bench_search measures what it adds.

    python benchmarks/bench_commit.py [--rounds 300]
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import text

from desktop.models import Sak, Toppnotat, Toppnotatseksjon, Utvalg
from desktop.richtext.codec import dumps
from desktop.richtext.tree import Paragraph, Run, Tree
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.kinds import Maalform, Toppnotatstatus
from desktop.rules.states import SakTilstand, ToppnotatTilstand
from desktop.services.toppnotater import write_section
from desktop.storage.archive import Archive
from desktop.storage.driver import connect

Commit = Callable[[int], float]
UPDATE = text("UPDATE toppnotatseksjon SET innhold = :text WHERE id = 's'")
LIMIT = 3.0
SIZE = 30_000
WORDS = ["rådet", "tok", "saken", "til", "orientering", "og", "ba", "om", "en", "plan", "før"]
PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=DELETE",
    "synchronous=FULL",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "recursive_triggers=ON",
)


def long_tree() -> Tree:
    chance = random.Random(1)  # noqa: S311
    blocks: list[Paragraph] = []
    while sum(len(block.inlines[0].text) for block in blocks) < SIZE:  # type: ignore[union-attr]
        blocks.append(Paragraph((Run(" ".join(chance.choices(WORDS, k=40))),)))
    return Tree(tuple(blocks))


def edited(tree: Tree, step: int) -> Tree:
    place = step % len(tree.blocks)
    block = Paragraph((Run(f"Endret avsnitt {step}"),), id=tree.blocks[place].id)
    return replace(tree, blocks=(*tree.blocks[:place], block, *tree.blocks[place + 1 :]))


def make(path: Path, tree: Tree) -> Archive:
    """Return an archive with one section of a toppnotat that holds the tree."""
    archive = Archive.create(path, bruker="Kari")
    with archive.operation("lag") as operation:
        utvalg = Utvalg(
            navn="u",
            bestemt="u",
            kortnavn="u",
            maalform=Maalform.NB,
            saksnummermoenster="n",
            kommentarfrist_dager=7,
            rekkefoelge="n0",
        )
        operation.session.add(utvalg)
        operation.session.flush()
        sak = Sak(
            utvalg_id=utvalg.id,
            tittel="t",
            tilstand=SakTilstand.INNMELDT,
            toppnotatstatus=Toppnotatstatus.SKAL_HA,
        )
        operation.session.add(sak)
        operation.session.flush()
        note = Toppnotat(sak_id=sak.id, tilstand=ToppnotatTilstand.UTKAST)
        operation.session.add(note)
        operation.session.flush()
        operation.session.add(
            Toppnotatseksjon(
                id="s",
                toppnotat_id=note.id,
                slag=Seksjonslag.BAKGRUNN,
                innhold=tree,
                rekkefoelge="n0",
            )
        )
    return archive


def entity(archive: Archive, tree: Tree) -> Commit:
    """The way of the services: load the entity, set the tree, commit."""

    def commit(step: int) -> float:
        value = edited(tree, step)
        start = perf_counter()
        with archive.operation("skriv_seksjon") as operation:
            operation.session.get_one(Toppnotatseksjon, "s").innhold = value
        return perf_counter() - start

    return commit


def verb(archive: Archive, tree: Tree) -> Commit:
    """The verb as the window calls it, the checking and writing out of the tree included."""

    def commit(step: int) -> float:
        value = edited(tree, step)
        start = perf_counter()
        write_section(archive, seksjon_id="s", tree=value)
        return perf_counter() - start

    return commit


def statement(archive: Archive, tree: Tree) -> Commit:
    """One UPDATE of the stored text: the commit alone, without reading and checking the tree."""

    def commit(step: int) -> float:
        value = dumps(edited(tree, step))
        start = perf_counter()
        with archive.operation("skriv_seksjon") as operation:
            operation.session.execute(UPDATE, {"text": value})
        return perf_counter() - start

    return commit


def typing(archive: Archive, tree: Tree) -> Commit:
    """An autosave: as `statement`, into an open group."""
    place = {"table": "toppnotatseksjon", "key": "s", "field": "innhold"}

    def commit(step: int) -> float:
        value = dumps(edited(tree, step))
        start = perf_counter()
        with archive.typing("skriv_seksjon", **place) as operation:
            operation.session.execute(UPDATE, {"text": value})
        return perf_counter() - start

    return commit


def floor(path: Path, tree: Tree) -> Commit:
    """The same UPDATE in plain sqlite3."""
    driver = connect(path, mode="rw")
    for pragma in PRAGMAS:
        driver.execute(f"PRAGMA {pragma}").fetchone()

    def commit(step: int) -> float:
        value = dumps(edited(tree, step))
        start = perf_counter()
        driver.execute("BEGIN IMMEDIATE")
        driver.execute("UPDATE toppnotatseksjon SET innhold = ? WHERE id = 's'", (value,))
        driver.execute("COMMIT")
        return perf_counter() - start

    return commit


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="on the disk to measure; default: temporary")
    options = parser.parse_args()
    tree = long_tree()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        archives = [make(folder / f"{number}.motebok", tree) for number in range(6)]
        archives.pop().close()
        for archive in archives[:4]:
            archive.participants.clear()
        ways: dict[str, Commit] = {
            "sqlite3": floor(folder / "5.motebok", tree),
            "log": statement(archives[0], tree),
            "log, entity": entity(archives[1], tree),
            "log, verb": verb(archives[3], tree),
            "log, typing": typing(archives[2], tree),
            "log, verb, index": verb(archives[4], tree),
        }
        times: dict[str, list[float]] = {way: [] for way in ways}
        for step in range(options.rounds):
            for way, commit in ways.items():
                times[way].append(commit(step))
        for archive in archives:
            archive.close()
    medians = {way: statistics.median(found[10:]) * 1000 for way, found in times.items()}
    print(f"tree of {len(dumps(tree)) / 1024:.0f} KB, {options.rounds} rounds, medians")
    for way, median in medians.items():
        print(f"{way:16} {median:7.3f} ms {median / medians['sqlite3']:6.2f} x")
    ratio = medians["log"] / medians["sqlite3"]
    print(f"limit {LIMIT:.1f} x: {'kept' if ratio <= LIMIT else 'BROKEN'}")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
