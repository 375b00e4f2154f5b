"""Run the numbering state machine for a given number of steps.

    python tests/campaigns/numbering.py --steps 10000 [--seed N]

Prints the steps run, how often each act came up, and the result. Exit 0 when every invariant held
after every step; 1, after the shortest failing sequence, when one did not.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
import traceback
from pathlib import Path

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "rules")]

from numbering_machine import NumberingMachine  # noqa: E402

EXAMPLES_PER_BATCH = 20
BATCH = settings(
    max_examples=EXAMPLES_PER_BATCH,
    stateful_step_count=50,
    database=None,
    deadline=None,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)


def run(steps: int, first_seed: int) -> None:
    """Run batches, each with its own seed, until so many steps have been run."""
    batch = 0
    while NumberingMachine.acts.total() < steps:
        machine = type("NumberingBatch", (NumberingMachine,), {})
        run_state_machine_as_test(seed(first_seed + batch)(machine), settings=BATCH)
        batch += 1


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=None)
    arguments = parser.parse_args()
    first_seed = secrets.randbits(32) if arguments.seed is None else arguments.seed
    started = time.perf_counter()
    try:
        run(arguments.steps, first_seed)
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        held = False
    else:
        held = True
    for act, times in sorted(NumberingMachine.acts.items()):
        print(f"{times:7}  {act}")
    seconds = time.perf_counter() - started
    print(f"{NumberingMachine.acts.total():7}  steps in {seconds:.1f} s, seed {first_seed}")
    print("every invariant held" if held else "FAILED: the sequence is above")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
