"""How fast the quality check of a meeting is.

    .venv/bin/python -m benchmarks.bench_kontroll [--ganger 1 4]

Floor, in the same run: loading the meeting with everything on it, which every document and page
does. Target: the check under 300 ms for a full meeting. The window runs it rule by rule: the
longest slice is printed, and must be under 50 ms. `--ganger` makes the texts so many times as long.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sqlalchemy import select

from desktop.models import Toppnotatseksjon
from desktop.richtext.tree import Block, Footnote, Paragraph, Tree
from desktop.rules.kontroll import RULES
from desktop.services.eksempel import make_example
from desktop.services.kontroll import check_meeting
from desktop.services.kontroll_papers import gather_papers_to_check
from desktop.services.load import load_moete
from desktop.services.numbers import find_moete_id
from desktop.storage.archive import Archive

RUNS = 9
TARGET_MS = 300
SLICE_MS = 50
MEETING = "4/2023"


def timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def often(job: Callable[[], object]) -> float:
    job()
    return median(timed(job) for _ in range(RUNS))


def lengthen(archive: Archive, times: int) -> None:
    """Make the sections of every toppnotat so many times as long."""
    with archive.operation("bench") as op:
        for row in op.session.scalars(select(Toppnotatseksjon)):
            if row.innhold:
                row.innhold = Tree(tuple(_copies(row.innhold, times)))


def _copies(tree: Tree, times: int) -> list[Block]:
    plain = [
        one.inlines
        for one in tree.blocks
        if isinstance(one, Paragraph) and not any(isinstance(p, Footnote) for p in one.inlines)
    ]
    return [*tree.blocks, *(Paragraph(inlines) for _ in range(times - 1) for inlines in plain)]


def measure(archive: Archive, times: int) -> bool:
    """Print the measurements of a meeting whose texts are so many times as long."""
    if times > 1:
        lengthen(archive, times)
    with archive.read() as session:
        key = find_moete_id(session, MEETING)
        loading = often(lambda: load_moete(session, key))
        checking = often(lambda: check_meeting(session, key))
        gathering = often(lambda: gather_papers_to_check(session, key))
        papers = gather_papers_to_check(session, key)
        slices = {rule.id: often(lambda rule=rule: list(rule.findings(papers))) for rule in RULES}
    letters = sum(len(block.text) for block in papers.blocks)
    print(f"{MEETING}: {len(papers.saker)} saker, {len(papers.blocks)} blocks, {letters:,} letters")
    print(f"  load the meeting (floor)  {loading:8.1f} ms")
    verdict = "" if checking < TARGET_MS else f"  OVER {TARGET_MS} ms"
    print(
        f"  check it                  {checking:8.1f} ms   ratio {checking / loading:5.1f}{verdict}"
    )
    longest = max(slices, key=slices.__getitem__)
    longest_ms = max(gathering, slices[longest])
    verdict = "" if longest_ms < SLICE_MS else f"  OVER {SLICE_MS} ms"
    print(f"  longest slice             {longest_ms:8.1f} ms   ({longest}){verdict}")
    return checking < TARGET_MS and longest_ms < SLICE_MS


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--ganger", nargs="+", type=int, default=[1, 3])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for times in arguments.ganger:
            path = Path(folder) / f"eksempel-{times}.motebok"
            with Archive.create(path, bruker="Måling") as archive:
                make_example(archive)
                measure(archive, times)


if __name__ == "__main__":
    main()
