from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.richtext.diff import TreeDiff, diff, diff_as_text
from desktop.richtext.plain import block_text
from desktop.richtext.tree import (
    Cell,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Run,
    Table,
    Tree,
    child_blocks,
    new_block_id,
    paragraph,
)
from desktop.richtext.validate import canonical
from desktop.richtext.words import Span, diff_words, longest_increasing
from tests.trees import texts, trees

words = st.lists(
    st.sampled_from(["rådet", "ba", "og", "e-helse", " ", " ", "\n", "28/23", ".", "x̌", "👩‍⚕️"]),
    max_size=30,
).map("".join)


def new_ids(block):
    return canonical(Tree((block, block))).blocks[1]


def kinds(old, new):
    return [entry.kind for entry in diff(Tree(tuple(old)), Tree(tuple(new))).entries]


@given(words | texts(), words | texts())
def test_that_the_spans_make_both_texts(old, new):
    spans = diff_words(old, new)
    assert "".join(span.text for span in spans if span.kind != "insert") == old
    assert "".join(span.text for span in spans if span.kind != "delete") == new
    assert all(span.text for span in spans)


@given(words)
def test_that_equal_texts_have_no_changes(text):
    assert {span.kind for span in diff_words(text, text)} <= {"equal"}


@settings(max_examples=20)
@given(st.integers(0, 1000).map(Random))
def test_that_the_spans_of_long_texts_make_both_texts(random):
    pool = [f"ord{number}" for number in range(random.choice([20, 400]))]
    old = random.choices(pool, k=600)
    new = [w for w in old if random.random() < 0.9]
    new[100:100] = random.choices(pool, k=random.randrange(300))
    spans = diff_words(" ".join(old), " ".join(new))
    assert "".join(span.text for span in spans if span.kind != "insert") == " ".join(old)
    assert "".join(span.text for span in spans if span.kind != "delete") == " ".join(new)


def test_that_changes_are_whole_words_and_neighbours_read_as_one():
    assert diff_words("Rådet drøftet saken 28/23.", "Rådet godkjente sak 29/23.") == (
        Span("equal", "Rådet "),
        Span("delete", "drøftet saken 28/23"),
        Span("insert", "godkjente sak 29/23"),
        Span("equal", "."),
    )
    assert diff_words("a b c", "a c") == (
        Span("equal", "a "),
        Span("delete", "b "),
        Span("equal", "c"),
    )


@given(st.permutations(range(12)))
def test_that_the_longest_increasing_positions_increase(values):
    chain = [values[position] for position in longest_increasing(values)]
    assert chain == sorted(chain)
    longest = [1] * len(values)
    for index, value in enumerate(values):
        longest[index] = 1 + max((longest[i] for i in range(index) if values[i] < value), default=0)
    assert len(chain) == max(longest)


def check(entries, old, new):
    """Every block of both sides is there once, and the spans make the texts."""
    assert [e.new for e in entries if e.new] == list(new)
    assert sorted(e.old.id for e in entries if e.old) == sorted(block.id for block in old)
    for entry in entries:
        before = "".join(span.text for span in entry.spans if span.kind != "insert")
        after = "".join(span.text for span in entry.spans if span.kind != "delete")
        assert before == (block_text(entry.old) if entry.old else "")
        assert after == (block_text(entry.new) if entry.new else "")
        if entry.kind == "changed" and isinstance(entry.new, ListBlock | Table):
            check(entry.children, child_blocks(entry.old), child_blocks(entry.new))


@given(trees(), trees())
def test_that_a_diff_of_any_two_texts_holds_all_of_both(old, new):
    result = diff(old, new)
    check(result.entries, old.blocks, new.blocks)
    assert bool(diff_as_text(result)) == bool(result)


@given(trees(max_blocks=5), st.data())
def test_that_a_diff_after_random_edits_holds_all_of_both(old, source):
    blocks = list(old.blocks)
    for _ in range(source.draw(st.integers(1, 4))):
        index = source.draw(st.integers(0, len(blocks)))
        change = source.draw(st.sampled_from(["insert", "delete", "move", "retype", "new id"]))
        if change == "insert" or index == len(blocks):
            blocks.insert(index, Paragraph((Run(source.draw(texts())),)))
        elif change == "delete":
            del blocks[index]
        elif change == "move":
            blocks.append(blocks.pop(index))
        elif change == "new id":
            blocks[index] = new_ids(blocks[index])
        elif isinstance(blocks[index], Paragraph | Heading):
            blocks[index] = replace(blocks[index], inlines=(Run(source.draw(texts())),))
    check(diff(old, Tree(tuple(blocks))).entries, old.blocks, blocks)


@given(trees())
def test_that_a_text_does_not_differ_from_itself(tree):
    result = diff(tree, tree)
    assert not result
    assert {entry.kind for entry in result.entries} <= {"equal"}
    assert diff_as_text(result) == ""


@given(trees())
def test_that_new_ids_alone_are_no_difference(tree):
    copy = Tree(canonical(Tree(tree.blocks + tree.blocks)).blocks[len(tree.blocks) :])
    assert not diff(tree, copy)


def test_that_blocks_are_matched_by_id_even_when_all_words_changed():
    old = paragraph("Rådet drøftet saken.")
    assert kinds([old], [replace(old, inlines=(Run("Noe helt annet"),))]) == ["changed"]


def test_that_blocks_without_common_ids_are_matched_by_likeness():
    kept = paragraph("Rådet drøftet saken og ba om innspill.")
    old = [paragraph("Dette er borte nå."), kept]
    new = [paragraph("Rådet drøftet saken og ba om gode innspill."), paragraph("Helt nytt her.")]
    assert kinds(old, new) == ["removed", "changed", "added"]


def test_that_one_moved_block_is_one_move():
    blocks = [paragraph(text) for text in "abcdef"]
    moved = [*blocks[1:5], blocks[0], blocks[5]]
    assert kinds(blocks, moved) == ["equal"] * 4 + ["moved", "equal"]
    assert diff_as_text(diff(Tree(tuple(blocks)), Tree(tuple(moved)))) == "…\n(flyttet) a\n…"


def test_that_a_paragraph_made_a_heading_has_only_changed_its_look():
    old = paragraph("Bakgrunn")
    (entry,) = diff(Tree((old,)), Tree((Heading(old.inlines, 1, old.id),))).entries
    assert entry.kind == "changed"
    assert entry.only_look
    bold = replace(old, inlines=(Run("Bakgrunn", bold=True),))
    assert diff_as_text(diff(Tree((old,)), Tree((bold,)))) == "(bare utseendet er endret) Bakgrunn"


def test_that_a_list_differs_by_item():
    first, second = ListItem((paragraph("Første punkt"),)), ListItem((paragraph("Andre punkt"),))
    old = ListBlock((first, second))
    added = ListItem((paragraph("Nytt"),))
    changed = replace(second.blocks[0], inlines=(Run("Andre, bedre punkt"),))
    new = replace(old, items=(added, first, ListItem((changed,))))
    (entry,) = diff(Tree((old,)), Tree((new,))).entries
    assert [(child.kind, child.place) for child in entry.children] == [
        ("added", (1,)),
        ("equal", (2,)),
        ("changed", (3,)),
    ]
    assert diff_as_text(diff(Tree((old,)), Tree((new,)))).split("\n") == [
        "Liste:",
        "  (punkt 1) {+Nytt+}",
        "  …",
        "  (punkt 3) Andre{+, bedre+} punkt",
    ]


def test_that_a_table_differs_by_cell():
    cells = [Cell((paragraph(text),)) for text in ("Sak", "Tema", "28/23", "Godkjenning")]
    old = Table((Row(tuple(cells[:2])), Row(tuple(cells[2:]))))
    edited = replace(cells[2], blocks=(replace(cells[2].blocks[0], inlines=(Run("29/23"),)),))
    new = replace(old, rows=(old.rows[0], Row((edited, cells[3]))))
    assert diff_as_text(diff(Tree((old,)), Tree((new,)))).split("\n") == [
        "Tabell:",
        "  …",
        "  (rad 2, celle 1) [-28/23-]{+29/23+}",
        "  …",
    ]


def test_that_added_and_removed_lists_and_figures_are_shown_whole():
    block = ListBlock((ListItem((paragraph("a"),)), ListItem((paragraph("b"),))), "number")
    assert diff_as_text(diff(Tree(), Tree((block,)))) == "Liste:\n  {+1. a+}\n  {+2. b+}"
    figure = Figure("0" * 64, "En graf", id=new_block_id())
    assert diff_as_text(diff(Tree((figure,)), Tree())) == "[-En graf-]"


def test_that_an_empty_paragraph_added_or_removed_is_told_of():
    tree = Tree((Paragraph(),))
    assert diff_as_text(diff(Tree(), tree)) == "(lagt til uten tekst) "
    assert diff_as_text(diff(tree, Tree())) == "(fjernet uten tekst) "


def test_that_a_list_with_another_start_has_only_changed_its_look():
    old = ListBlock((ListItem((paragraph("a"),)),), "number")
    (entry,) = diff(Tree((old,)), Tree((replace(old, start=4),))).entries
    assert entry.only_look
    assert diff_as_text(TreeDiff((entry,))) == "(bare utseendet er endret) Liste:\n  …"
