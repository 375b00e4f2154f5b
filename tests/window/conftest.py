"""A desk on a copy of the example archive, for tests that act as a user."""

import shutil

import pytest

from desktop.services.eksempel import EXAMPLE_USER, make_example
from desktop.storage.archive import Archive
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.tasks import Tasks


@pytest.fixture(scope="session")
def example_file(tmp_path_factory):
    """Make the example once; every test gets a copy."""
    path = tmp_path_factory.mktemp("eksempel") / "eksempel.motebok"
    with Archive.create(path, bruker=EXAMPLE_USER) as archive:
        make_example(archive)
    return path


@pytest.fixture
def example(example_file, tmp_path):
    return shutil.copy(example_file, tmp_path / "eksempel.motebok")


@pytest.fixture
def desk(example, qapp):
    made = Desk(Archive.open(example, bruker="Kari Prøve"))
    yield made
    made.close()


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.wait()


@pytest.fixture
def preferences(tmp_path):
    return Preferences(tmp_path / "motebok.ini")
