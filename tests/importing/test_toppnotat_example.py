"""What Møtebok writes it reads back: every toppnotat of the example archive, in both languages."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import pytest

from desktop.documents.compose_toppnotat import compose_toppnotat
from desktop.documents.content import ToppnotatContent
from desktop.documents.docx_writer import write_docx
from desktop.importing.toppnotat_docx import ReadNote, read_toppnotat
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.kinds import Maalform
from desktop.services.eksempel import EXAMPLE_USER, EXAMPLE_UTVALG, make_example
from desktop.services.load import load_moete
from desktop.services.numbers import find_moete_id
from desktop.services.papers import Dokumenttype, gather_papers
from desktop.storage.archive import Archive
from tests.documents import samples
from tests.importing.docx_trees import comparable

COMPUTED = {Seksjonslag.FORSLAG, Seksjonslag.TIDLIGERE_VEDTAK, Seksjonslag.VEDLEGG}


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> list[ToppnotatContent]:
    path = tmp_path_factory.mktemp("eksempel") / "eksempel.motebok"
    with Archive.create(path, bruker=EXAMPLE_USER) as archive:
        make_example(archive)
        with archive.read() as session:
            snapshot = load_moete(session, find_moete_id(session, "4/2023", utvalg=EXAMPLE_UTVALG))
            papers = gather_papers(session, snapshot, [Dokumenttype.TOPPNOTAT]).papers
    found = [paper.innhold for paper in papers if isinstance(paper.innhold, ToppnotatContent)]
    return [*found, samples.TOPPNOTAT_31]


def in_language(content: ToppnotatContent, maalform: Maalform) -> ToppnotatContent:
    return replace(content, utvalg=replace(content.utvalg, maalform=maalform))


def stored(content: ToppnotatContent) -> list[tuple[Seksjonslag, Tree]]:
    """The texts of the note that are printed, the proposal first where it has no place."""
    found = [
        (one.slag, content.forslag if one.slag is Seksjonslag.FORSLAG else one.innhold)
        for one in content.seksjoner
        if one.slag is Seksjonslag.FORSLAG or one.slag not in COMPUTED
    ]
    if Seksjonslag.FORSLAG not in dict(found):
        found.insert(0, (Seksjonslag.FORSLAG, content.forslag))
    return [(slag, shaped(tree)) for slag, tree in found if shaped(tree)]


def shaped(tree: Tree) -> Tree:
    return comparable(tree, shift=1, above=1)


def read(note: ReadNote) -> list[tuple[Seksjonslag, Tree]]:
    return [(one.slag, shaped(one.tree)) for one in note.sections]


@pytest.mark.parametrize("maalform", list(Maalform))
def test_that_every_toppnotat_of_the_example_comes_back_as_it_is_stored(
    contents: list[ToppnotatContent], maalform: Maalform
):
    assert len(contents) >= 7
    for content in contents:
        note = read_toppnotat(write_docx(compose_toppnotat(in_language(content, maalform))).data)
        assert read(note) == stored(content)
        assert note.unplaced == Tree()
        assert note.head["saksnummer"] == (content.saksnummer,)
        assert note.head["tittel"] == (content.tittel,)
        assert dict(content.identity).items() <= note.identity.items()


@pytest.mark.parametrize("maalform", list(Maalform))
def test_that_rows_of_earlier_vedtak_and_vedlegg_come_back_as_such(
    contents: list[ToppnotatContent], maalform: Maalform
):
    for content in contents:
        note = read_toppnotat(write_docx(compose_toppnotat(in_language(content, maalform))).data)
        assert [(row.sak, row.tema, plain_text(row.formulering)) for row in note.earlier] == [
            (row.sak, row.tema, plain_text(row.formulering)) for row in content.tidligere_vedtak
        ]
        assert len(note.attachments) == len(content.vedlegg)
        for vedlegg, line in zip(content.vedlegg, note.attachments, strict=True):
            assert line.startswith(f"Vedlegg {vedlegg.nummer}:")


def test_that_a_toppnotat_of_samples_has_every_construct_in_it(contents: list[ToppnotatContent]):
    note = read_toppnotat(write_docx(compose_toppnotat(contents[-1])).data)
    assert note.earlier
    assert note.attachments
    assert {slag for slag, _tree in read(note)} >= {Seksjonslag.EGEN, Seksjonslag.DROEFTING}


def test_that_a_toppnotat_saved_by_libreoffice_comes_back_as_it_is_stored(
    contents: list[ToppnotatContent], tmp_path
):
    office = shutil.which("soffice")
    if office is None:
        assert all(content.seksjoner for content in contents[:-1])
        return
    for number, content in enumerate(contents):
        made = write_docx(compose_toppnotat(content)).data
        (tmp_path / f"{number}.docx").write_bytes(made)
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profil",
         "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "lagret"),
         *[str(tmp_path / f"{number}.docx") for number in range(len(contents))]],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for number, content in enumerate(contents):
        note = read_toppnotat((tmp_path / "lagret" / f"{number}.docx").read_bytes())
        assert [slag for slag, _tree in read(note)] == [slag for slag, _tree in stored(content)]
        assert [words(tree) for _slag, tree in read(note)] == [
            words(tree) for _slag, tree in stored(content)
        ]
        assert note.unplaced == Tree()


def words(tree: Tree) -> list[str]:
    """The lines of a text with their list marks; footnotes are numbered as they come."""
    return plain_text(tree).split("\n")
