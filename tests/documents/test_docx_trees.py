"""Every tree comes out as a sound Word file with every word, look, link and note of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.documents.blank import without_blanks
from desktop.documents.document import (
    DocHeading,
    FigureFile,
    GridRow,
    GridTable,
    HeadRow,
    HeadTable,
    StyledParagraph,
    Title,
    TreePart,
)
from desktop.documents.docx_writer import write_docx
from desktop.richtext.tree import Figure, Run, Tree, walk
from tests.documents.check_docx import Parts, check_docx, find
from tests.documents.docx_reading import (
    Piece,
    document,
    file_notes,
    file_paragraphs,
    merged,
    tree_notes,
    tree_paragraphs,
)
from tests.documents.samples import picture
from tests.trees import trees

_SLOW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
_ANCHOR = DocHeading((Run("Saken"),), 1, anchor="sak-28")


def _figures(tree: Tree) -> dict[str, FigureFile]:
    return {block.file: picture() for block in walk(tree.blocks) if isinstance(block, Figure)}


def _with_link_targets(paragraphs: list[list[Piece]]) -> list[list[Piece]]:
    """The anchor "sak-28" is written as the bookmark "_a_sak_28"."""
    return [
        merged(p._replace(link="#_a_sak_28") if p.link == "#sak-28" else p for p in pieces)
        for pieces in paragraphs
    ]


@_SLOW
@given(trees())
def test_that_every_word_look_link_and_note_of_a_tree_is_in_the_file(tree: Tree):
    made = write_docx(document(_ANCHOR, TreePart(tree), figures=_figures(tree))).data
    expected = _with_link_targets(tree_paragraphs(tree))
    assert file_paragraphs(made)[1:] == [merged(pieces) for pieces in expected]
    assert file_notes(made) == _with_link_targets(tree_notes(tree))


@_SLOW
@given(trees(), st.sampled_from(["nb", "nn"]), st.integers(0, 3))
def test_that_every_tree_makes_a_sound_and_accessible_file(tree: Tree, maalform: str, shift: int):
    shown = without_blanks(tree)
    cell, rest = shown.blocks[:1], shown.blocks[1:]
    made = write_docx(
        document(
            Title("Prøve"),
            HeadTable((HeadRow("Til", (cell,), mark="til"), HeadRow("Fra", ((), ())))),
            GridTable(("Sak", "Tema"), (GridRow((cell, ()), muted=True),), (1, 3)),
            replace(_ANCHOR, mark="sak"),
            TreePart(Tree(rest), shift),
            StyledParagraph((Run("Vedlegg 1"),), "vedlegg"),
            maalform=maalform,
            figures=_figures(tree),
            header_text="Møte 4/2023",
        )
    ).data
    assert check_docx(made) == []


@given(trees())
@settings(deadline=None, max_examples=20)
def test_that_equal_documents_are_equal_files(tree: Tree):
    first = write_docx(document(TreePart(tree)))
    again = write_docx(document(TreePart(Tree(tuple(tree.blocks)))))
    assert first == again


@given(trees())
@settings(deadline=None, max_examples=30)
def test_that_every_list_has_an_instance_of_its_own_with_its_start(tree: Tree):
    parts = Parts(write_docx(document(TreePart(tree))).data)
    lists = [block for block in walk(tree.blocks) if hasattr(block, "items")]
    used = list(dict.fromkeys(find(parts.document, "//w:numPr/w:numId/@w:val")))
    assert len(used) == len(lists)
    numbering = parts.xml("word/numbering.xml")
    starts = sorted(
        int(value) for value in find(numbering, "w:num/w:lvlOverride/w:startOverride/@w:val")
    )
    assert starts == sorted(block.start for block in lists if block.kind == "number")
