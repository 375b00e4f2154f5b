"""The long campaign of the change log.

    python tests/campaigns/changelog.py --steps 25000 [--seed N]
    python tests/campaigns/changelog.py --kills 200 [--seed N]

Random steps run beside a model; killed writers must leave a sound archive that holds everything
they had reported as saved. Exit 0 when nothing was found.
"""

from __future__ import annotations

import argparse
import random
import secrets
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.storage.killing import kill_rounds
from tests.storage.random_steps import run
from tests.storage.toy import without_waiting


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        if options.kills:
            chance = random.Random(options.seed)  # noqa: S311
            print(kill_rounds(Path(folder), rounds=options.kills, chance=chance))
        if options.steps:
            without_waiting(setattr)
            for name, count in run(Path(folder), options.steps, options.seed).most_common():
                print(f"{count:7} {name}")
    print(f"{time.perf_counter() - start:.0f} s, no finding")
    return 0


if __name__ == "__main__":
    sys.exit(main())
