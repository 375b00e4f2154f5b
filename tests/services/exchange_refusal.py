"""What the tests of refused exchange files share: rows by name, and what an import says of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from desktop.importing.exchange import ImportProblems
from desktop.services.export import export_archive
from desktop.services.importer import import_data
from desktop.storage.archive import Archive
from tests.services.exchange_world import document, new_archive, packed, small_world

Content = dict[str, Any]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    with new_archive(tmp_path_factory.mktemp("fra")) as source:
        small_world().fill(source)
        return export_archive(source)


@pytest.fixture
def content(exported: bytes) -> Content:
    return document(exported)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An empty archive for all tests of refusal: none may leave anything in it."""
    with new_archive(tmp_path_factory.mktemp("til")) as archive:
        before = archive.path.read_bytes()
        yield archive
        assert archive.path.read_bytes() == before


def refused(archive: Archive, data: bytes | Content) -> list[tuple[str, str]]:
    before = archive.path.read_bytes()
    with pytest.raises(ImportProblems) as caught:
        import_data(archive, data if isinstance(data, bytes) else packed(data))
    assert archive.path.read_bytes() == before
    return [(problem.place, problem.message) for problem in caught.value.problems]


def only(archive: Archive, data: bytes | Content) -> tuple[str, str]:
    found = refused(archive, data)
    assert len(found) == 1, found
    return found[0]


def rows(content: Content, table: str) -> list[Content]:
    found: list[Content] = content["tabeller"][table]
    return found


def sak(content: Content, number: int) -> tuple[int, Content]:
    return next(
        (place, row)
        for place, row in enumerate(rows(content, "sak"), 1)
        if row["moetesakssekvensnummer"] == number
    )
