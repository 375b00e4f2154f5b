"""Replacing everything hit by hit gives the tree that the gate gives, or leaves it to the gate."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.richtext.tree import Footnote, Paragraph, Run, Tree, new_block_id
from desktop.richtext.validate import canonical
from desktop.viewmodels.text.find import Query, replacing_all

WORDS = st.text("aæe\u0301 ok👍-", min_size=1, max_size=8)
RUNS = st.builds(Run, WORDS, bold=st.booleans(), italic=st.booleans())
TEXTS = st.lists(st.lists(RUNS, min_size=1, max_size=4), min_size=1, max_size=4)


def tree_of(texts):
    return canonical(Tree(tuple(Paragraph(tuple(runs), id=new_block_id()) for runs in texts)))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.text("aæok e", min_size=1, max_size=3), st.text("aæo\u0301k👍", max_size=4))
def test_that_hit_by_hit_gives_what_the_gate_gives(edit_of_all, texts, wanted, put):
    edit = edit_of_all
    edit.set_tree(tree_of(texts))
    start = edit.tree()
    edit.change(replacing_all(Query(wanted), put), whole=True)
    by_gate = edit.tree()
    edit.set_tree(start)
    edit.replace_all(Query(wanted), put)
    assert edit.tree() == by_gate
    edit.undo()
    assert edit.tree() == start


@pytest.mark.parametrize("put", ["vedtaket", ""])
def test_that_replacing_all_is_one_step_of_undo_and_spares_footnotes(edit, put):
    note = Footnote(new_block_id(), (Run("Kilde til saken"),))
    edit.set_tree(
        Tree((Paragraph((Run("En sak", bold=True), note, Run(" og en sak")), id=new_block_id()),))
    )
    start = edit.tree()
    assert edit.replace_all(Query("sak"), put)
    inlines = edit.tree().blocks[0].inlines
    assert inlines[0] == Run(f"En {put}", bold=True)
    assert inlines[1] == note
    edit.undo()
    assert edit.tree() == start
