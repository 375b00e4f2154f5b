"""The long campaign of the text editor: random trees, and random sessions of a user.

    python tests/campaigns/editor.py --sessions 2000 [--steps 40] [--seed N]

Each session starts from a random tree and does random things (keys, dead keys, pasting, dropping,
commands, undo and redo). After every step view and tree are equal, the codec accepts the tree and
its rendering reads back equal; undoing everything restores the start. Exit 0 when all held; 1 with
the seed and the last steps of every kind of failure.
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from hypothesis import HealthCheck, given, seed, settings
from PySide6.QtWidgets import QApplication

from desktop.richtext.tree import Tree
from desktop.views.editor.text_edit import TextEdit
from tests.trees import trees
from tests.window.editor.sessions import Session


def pool_of(start: int, size: int) -> list[Tree]:
    """Return random trees."""
    pool: list[Tree] = []

    @seed(start)
    @settings(max_examples=size, database=None, suppress_health_check=list(HealthCheck))
    @given(trees())
    def fill(tree: Tree) -> None:
        pool.append(tree)

    fill()
    return pool


def new_edit() -> TextEdit:
    edit = TextEdit()
    edit.resize(500, 400)
    edit.show()
    edit.setFocus()
    return edit


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=500)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    application = QApplication([])
    start = time.perf_counter()
    pool = pool_of(options.seed, 200)
    edit = new_edit()
    failures: Counter[str] = Counter()
    acts: Counter[str] = Counter()
    for number in range(options.seed, options.seed + options.sessions):
        chance = random.Random(number)  # noqa: S311
        session = Session(edit, chance.choice(pool), chance, pool)
        try:
            session.run(options.steps)
            session.undo_all()
        except Exception as error:  # noqa: BLE001
            place = traceback.extract_tb(error.__traceback__)[-1]
            failures[f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"] += 1
            print(f"session {number}: {session.log[-6:]}")
            traceback.print_exc()
            edit = new_edit()
        acts += session.counts
        application.clipboard().clear()
    for name, count in acts.most_common():
        print(f"{count:7} {name}")
    for name, count in failures.most_common():
        print(f"{count:7} FAILED {name}")
    seconds = time.perf_counter() - start
    print(f"{options.sessions} sessions in {seconds:.0f} s, {sum(failures.values())} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
