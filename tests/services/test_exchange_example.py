"""The example archive through the exchange: as large and as tangled as a real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.documents.document import Document
from desktop.services.eksempel import make_example
from desktop.services.export import export_archive
from desktop.services.importer import import_data
from desktop.services.load import load_moete
from desktop.services.numbers import find_moete_id
from desktop.services.papers import Dokumenttype, compose, gather_papers
from desktop.storage.archive import Archive
from tests.services.exchange_world import new_archive

OF_A_MEETING = [slag for slag in Dokumenttype if slag is not Dokumenttype.OPPFOELGINGSLISTE]
"""All but the list of commitments, which tells of every meeting of the utvalg."""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with new_archive(tmp_path_factory.mktemp("eksempel")) as archive:
        make_example(archive)
        yield archive


def documents(archive: Archive, moete: str) -> dict[str, Document]:
    with archive.read() as session:
        snapshot = load_moete(session, find_moete_id(session, moete))
        papers = gather_papers(session, snapshot, OF_A_MEETING).papers
    return {paper.filnavn: compose(paper.innhold) for paper in papers}


def test_that_the_example_comes_back_the_same(example: Archive, tmp_path: Path) -> None:
    data = export_archive(example)
    with new_archive(tmp_path) as target:
        import_data(target, data)
        assert export_archive(target) == data
        assert target.verify().problems == ()


@pytest.mark.parametrize("moete", ["3/2023", "4/2023"])
def test_that_the_papers_of_a_meeting_can_be_written_from_its_file_alone(
    example: Archive, tmp_path: Path, moete: str
) -> None:
    data = export_archive(example, moete=moete)
    with new_archive(tmp_path) as target:
        import_data(target, data)
        assert export_archive(target, moete=moete) == data
        assert documents(target, moete) == documents(example, moete)
