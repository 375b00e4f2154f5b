from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents.blank import without_blanks
from desktop.documents.document import DocHeading, GridRow, GridTable, HeadRow, HeadTable, TreePart
from desktop.documents.finish import with_unique_ids
from desktop.richtext.tree import (
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Tree,
    walk,
)
from tests.documents.reading import inner_blocks
from tests.trees import trees


def ids(blocks):
    return [inner.id for block in blocks for inner in inner_blocks(block)]


def notes(blocks):
    inner = (one for block in blocks for one in inner_blocks(block))
    texts = (one for one in inner if isinstance(one, Paragraph | Heading))
    return [i.id for text in texts for i in text.inlines if isinstance(i, Footnote)]


@settings(max_examples=40)
@given(trees(), st.integers(1, 3))
def test_that_ids_are_unique_however_often_a_text_stands_in_the_document(tree, times):
    cells = (Paragraph((Run("x"),), id=""), *tree.blocks)
    blocks = with_unique_ids(
        (
            *(TreePart(tree) for _time in range(times)),
            HeadTable((HeadRow("Dato", (cells,)),)),
            GridTable(("a",), (GridRow((cells,)),)),
            *tree.blocks,
        )
    )
    for found in (ids(blocks), notes(blocks)):
        assert [name for name, count in Counter(found).items() if count > 1 or not name] == []
    assert blocks[0] == TreePart(tree)


def test_that_the_footnotes_of_headings_count_too():
    heading = DocHeading((Footnote("n", (Run("x"),)),))
    first, second = with_unique_ids((heading, heading))
    assert (first.inlines[0].id, second.inlines[0].id != "n") == ("n", True)


def item(*blocks):
    return ListItem(blocks)


def said(text):
    return Paragraph((Run(text),), id=text)


BLANK = Paragraph((Run(" "),), id="blank")


def test_that_blank_blocks_at_any_depth_are_left_out():
    inner = ListBlock((item(said("a"), BLANK), item(BLANK)), id="i")
    tree = Tree((BLANK, said("x"), ListBlock((item(BLANK, inner), item(BLANK)), id="o")))
    kept = ListBlock((item(BLANK, ListBlock((item(said("a")),), id="i")),), id="o")
    assert without_blanks(tree) == Tree((said("x"), kept))


def test_that_a_text_of_blanks_alone_is_empty():
    assert not without_blanks(Tree((BLANK, ListBlock((item(BLANK),), id="l"))))


@settings(max_examples=60)
@given(trees())
def test_that_leaving_out_blanks_twice_changes_nothing_more_and_keeps_every_word(tree):
    once = without_blanks(tree)
    assert without_blanks(once) == once
    assert _text(once) == _text(tree)


def _text(tree):
    texts = (b for b in walk(tree.blocks) if isinstance(b, Paragraph | Heading))
    runs = (run.text for text in texts for run in text.inlines if isinstance(run, Run))
    return "".join("".join(runs).split())
