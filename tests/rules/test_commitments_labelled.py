"""The labelled sentences stay as well recognised as when the grammar was written."""

import importlib.util
import sys
from pathlib import Path

import pytest

PLACE = Path(__file__).resolve().parents[2] / "benchmarks" / "bench_recogniser.py"
SPEC = importlib.util.spec_from_file_location("bench_recogniser", PLACE)
assert SPEC is not None
assert SPEC.loader is not None
bench = importlib.util.module_from_spec(SPEC)


@pytest.fixture(scope="module")
def counts():
    sys.modules[SPEC.name] = bench  # dataclasses look their module up
    SPEC.loader.exec_module(bench)
    data = bench.load()
    actors = bench.actors_of(data)
    total = {}
    for row in data["setninger"]:
        count = bench.counted(row, bench.run(data, row, actors))
        for key in (row["del"], (row["del"], row["maalform"])):
            total.setdefault(key, bench.Count()).add(count)
    return total


def test_that_the_set_is_large_and_has_near_misses_in_both_languages(counts):
    assert counts["utvikling"].sentences + counts["holdt_av"].sentences >= 160
    for part in ("utvikling", "holdt_av"):
        for language in ("nb", "nn"):
            count = counts[part, language]
            assert count.sentences >= 35
            assert 0.45 <= count.labelled / count.sentences <= 0.65


@pytest.mark.parametrize("part", ["utvikling", "holdt_av"])
def test_that_proposals_are_nearly_always_right_and_seldom_missing(counts, part):
    count = counts[part]
    assert count.right / count.proposed >= 0.97
    assert count.right / count.labelled >= 0.94
    assert count.actors / count.right >= 0.95
    assert count.right_deadlines / count.proposed_deadlines >= 0.97
    assert count.right_deadlines / count.labelled_deadlines >= 0.9
