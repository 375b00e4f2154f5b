from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage.random_steps import run


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_that_random_steps_can_be_undone_and_redone(tmp_path: Path, seed: int):
    counts = run(tmp_path, 300, seed, verify_every=50)
    assert counts["undo"] > 20
    assert counts["redo"] > 10
    assert counts["undo_some"] > 5
