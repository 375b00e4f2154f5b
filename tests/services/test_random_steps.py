"""Random steps over the verbs: numbers stay sound, and undo leads all the way back."""

from __future__ import annotations

import pytest

from desktop.storage.errors import CannotUndoError
from tests.services.hus import Hus, differences, dump
from tests.services.steps import Invariants, Steps

STEPS = 180


def walk(hus: Hus, seed: int, *, freezing: bool) -> Steps:
    steps, invariants = Steps(hus, seed, freezing=freezing), Invariants(hus)
    for number in range(STEPS):
        steps.step()
        if number % 5 == 0:
            invariants.check()
    invariants.check()
    return steps


def undo_until_refused(hus: Hus) -> str:
    while True:
        try:
            hus.archive.undo()
        except CannotUndoError as error:
            return error.code


@pytest.mark.parametrize("seed", [1, 2])
def test_that_random_steps_can_be_undone_all_the_way_back_and_redone(hus: Hus, seed: int):
    before, start = dump(hus.archive), len(hus.verbs())
    steps = walk(hus, seed, freezing=False)
    hus.archive.seal()
    after = dump(hus.archive)
    undone = 0
    while len(hus.archive.log(10_000)) - undone > start:
        hus.archive.undo()
        undone += 2
    assert differences(before, dump(hus.archive)) == {}
    while hus.archive.redo_label() is not None:
        hus.archive.redo()
    assert differences(after, dump(hus.archive)) == {}
    assert hus.archive.verify().problems == ()
    assert len(steps.taken) > 25


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_that_numbers_stay_sound_when_meetings_are_called_and_held(hus: Hus, seed: int):
    steps = walk(hus, seed, freezing=True)
    assert steps.taken["freeze"] >= 3
    assert hus.archive.verify().problems == ()
    assert undo_until_refused(hus) == "ikke_angrebar"
    Invariants(hus).check()
    assert hus.archive.verify().problems == ()
