from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.storage.archive import Archive
from tests.storage.toy import Clock, create, without_waiting


@pytest.fixture
def real_disk() -> None:
    """Ask for commits that wait for the disk, as the program's do."""


@pytest.fixture(autouse=True)
def _quick_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commits not wait for the disk: what they write is the same."""
    if "real_disk" not in request.fixturenames:
        without_waiting(monkeypatch.setattr)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(_quick_disk: None, tmp_path: Path, clock: Clock) -> Iterator[Archive]:
    made = create(tmp_path / "prøve.motebok", clock)
    yield made
    made.close()
