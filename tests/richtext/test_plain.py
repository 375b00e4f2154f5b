import pytest
from hypothesis import given

from desktop.richtext.plain import is_empty, list_marker, plain_text, word_count
from desktop.richtext.tree import (
    Cell,
    Figure,
    Footnote,
    Heading,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Run,
    Table,
    Tree,
    paragraph,
    tree_from_text,
    walk,
)
from tests.trees import trees


def row(*texts):
    return Row(tuple(Cell((paragraph(text),)) for text in texts))


def test_that_lists_have_markers_and_nested_blocks_are_indented():
    inner = ListBlock((ListItem((paragraph("under"),)),))
    items = (ListItem((paragraph("en"), paragraph("mer"), inner)), ListItem((paragraph("to"),)))
    tree = Tree((ListBlock(items, "number", "a)", 2),))
    assert plain_text(tree).split("\n") == ["b) en", "   mer", "   • under", "c) to"]


def test_that_a_table_is_rows_with_tabs_and_merged_cells_leave_gaps():
    head = Row((Cell((paragraph("Sak"),), 1, 2), Cell((paragraph("Tema"), paragraph("x")), 2)))
    table = Table((head, row("a", "b"), row("1", "2", "3")))
    assert plain_text(Tree((table,))).split("\n") == ["Sak\tTema x\t", "\ta\tb", "1\t2\t3"]


def test_that_footnotes_are_numbered_and_listed_at_the_end():
    note = Footnote("n", (Run("Se"), LineBreak(), Run("loven")))
    tree = Tree(
        (
            Heading((Run("Tittel"), note)),
            Paragraph((Run("a"), LineBreak(), Run("b"), Footnote("m", (Run("To"),)))),
            Figure("0" * 64, "En graf"),
        )
    )
    assert plain_text(tree) == "Tittel[1]\na\nb[2]\n[Figur: En graf]\n\n[1] Se loven\n[2] To"


@pytest.mark.parametrize(
    ("number_format", "start", "index", "marker"),
    [("1.", 1, 0, "1."), ("1)", 0, 0, "0)"), ("a.", 1, 25, "z."), ("a)", 27, 1, "bb)")],
)
def test_that_markers_follow_format_and_start(number_format, start, index, marker):
    block = ListBlock((ListItem((Paragraph(),)),), "number", number_format, start)
    assert list_marker(block, index) == marker


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("e-helse", 1),
        ("Rådet drøftet – som ventet – saken.", 5),
        ("kl.\N{NO-BREAK SPACE}10.00–16.00", 2),
        ("«sitat» … !  og/eller", 2),
        ("sak 28/23", 2),
        ("👍 bra", 1),
    ],
)
def test_that_words_are_counted_as_a_norwegian_writer_counts(text, count):
    assert word_count(tree_from_text(text)) == count


def test_that_a_word_with_two_looks_and_a_note_is_one_word():
    note = Footnote("n", (Run("to ord"),))
    tree = Tree((Paragraph((Run("av"), Run("gjørelse", bold=True), note, Run("n"))),))
    assert word_count(tree) == 3
    assert word_count(Tree((Paragraph((Run("a"), LineBreak(), Run("b"))),))) == 2


def test_that_tables_and_lists_count_but_markers_and_alternative_texts_do_not():
    block = ListBlock((ListItem((paragraph("et punkt"),)),), "number")
    tree = Tree((block, Table((row("a", "b c"),)), Figure("0" * 64, "tre ord her")))
    assert word_count(tree) == 5


def test_that_a_text_without_anything_to_see_is_empty():
    blank = Paragraph((Run("\N{NO-BREAK SPACE} "), LineBreak(), Footnote("n", ())))
    assert is_empty(Tree())
    assert is_empty(Tree((blank, Table((row("", ""),)), ListBlock((ListItem((Paragraph(),)),)))))
    assert not is_empty(Tree((Figure("0" * 64, ""),)))
    assert not is_empty(Tree((Table((row("", "–"),)),)))
    assert not is_empty(Tree((Paragraph((Footnote("n", (Run("x"),)),)),)))


@given(trees())
def test_that_every_text_of_a_tree_is_in_its_plain_text(tree):
    text = plain_text(tree)
    for block in walk(tree.blocks):
        if isinstance(block, Paragraph | Heading):
            for inline in block.inlines:
                if isinstance(inline, Run):
                    assert inline.text.strip() in text


@given(trees())
def test_that_an_empty_text_has_no_words(tree):
    assert not is_empty(tree) or word_count(tree) == 0
