"""A fresh council for each test of the verbs: a copy of one that is made once per run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.services.eksempel import make_example
from desktop.storage.archive import Archive
from tests.services.hus import Clock, Hus, make_hus, settings
from tests.services.rikt import make_rich


@dataclass(frozen=True)
class Template:
    """An archive made once; every test gets a copy of its file."""

    path: Path
    keys: dict[str, str]

    def copy(self, path: Path) -> Hus:
        shutil.copyfile(self.path, path)
        clock = Clock()
        archive = Archive.open(path, bruker="Kari", settings=settings(clock))
        return Hus(archive, clock, dict(self.keys))


@pytest.fixture(scope="session")
def hus_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    hus = make_hus(tmp_path_factory.mktemp("hus") / "hus.motebok")
    hus.archive.close()
    return Template(hus.archive.path, hus.key)


@pytest.fixture(scope="session")
def rich_template(tmp_path_factory: pytest.TempPathFactory, hus_template: Template) -> Template:
    hus = hus_template.copy(tmp_path_factory.mktemp("rikt") / "rikt.motebok")
    make_rich(hus)
    hus.archive.close()
    return Template(hus.archive.path, hus.key)


@pytest.fixture(scope="session")
def example_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("eksempel") / "eksempel.motebok"
    with Archive.create(path, bruker="Eksempelsekretær", settings=settings(Clock())) as archive:
        make_example(archive)
    return path


@pytest.fixture
def hus(hus_template: Template, tmp_path: Path) -> Iterator[Hus]:
    """A council with people and seats, and no meeting yet."""
    made = hus_template.copy(tmp_path / "hus.motebok")
    yield made
    made.archive.close()


@pytest.fixture
def rich(rich_template: Template, tmp_path: Path) -> Iterator[Hus]:
    """A council with a held, a called and a planned meeting, and a queue."""
    made = rich_template.copy(tmp_path / "rikt.motebok")
    yield made
    made.archive.close()


@pytest.fixture
def example(example_path: Path, tmp_path: Path) -> Iterator[Archive]:
    """The example archive, in a copy that can be changed."""
    path = tmp_path / "eksempel.motebok"
    shutil.copyfile(example_path, path)
    with Archive.open(path, bruker="Kari", settings=settings(Clock())) as archive:
        yield archive
