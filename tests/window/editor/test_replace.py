"""Replacing everything hit by hit gives the tree that the gate gives, or leaves it to the gate."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Footnote, LineBreak, Paragraph, Run, Tree, new_block_id
from desktop.richtext.validate import canonical, validate
from desktop.viewmodels.text.find import Query, matches, replacing_all

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


NOTES = st.lists(st.one_of(RUNS, st.just(LineBreak())), min_size=1, max_size=4)
NOTED = st.lists(
    st.lists(
        st.one_of(RUNS, NOTES.map(lambda inside: Footnote(new_block_id(), tuple(inside)))),
        min_size=1,
        max_size=5,
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(NOTED, st.text("aæok e", min_size=1, max_size=3), st.text("aæo\u0301k👍", max_size=4))
def test_that_hit_by_hit_gives_what_the_gate_gives_in_footnotes_too(
    edit_of_all, texts, wanted, put
):
    edit = edit_of_all
    edit.set_tree(tree_of(texts))
    start = edit.tree()
    edit.change(replacing_all(Query(wanted), put), whole=True)
    by_gate = edit.tree()
    edit.set_tree(start)
    edit.replace_all(Query(wanted), put)
    assert edit.tree() == by_gate
    assert validate(edit.tree()) == []
    edit.undo()
    assert edit.tree() == start


PLAIN = st.text("aæÆ ok👍-", min_size=1, max_size=8)
PLAIN_RUNS = st.builds(Run, PLAIN, bold=st.booleans(), italic=st.booleans())
PLAIN_NOTES = st.lists(st.one_of(PLAIN_RUNS, st.just(LineBreak())), max_size=4).map(
    lambda inside: Footnote(new_block_id(), tuple(inside))
)
PLAIN_TEXTS = st.lists(
    st.lists(st.one_of(PLAIN_RUNS, PLAIN_NOTES), min_size=1, max_size=5), min_size=1, max_size=4
)
SOUGHT = st.text("aæÆok -", min_size=1, max_size=3).filter(lambda text: not text.startswith(" "))


@settings(max_examples=200, deadline=None)
@given(
    PLAIN_TEXTS,
    st.builds(Query, SOUGHT, case=st.booleans(), words=st.booleans()),
    st.text("aæk👍 -", max_size=4),
)
def test_that_replacing_all_is_replacing_in_the_plain_text(edit_of_all, texts, query, put):
    edit = edit_of_all
    edit.set_tree(tree_of(texts))
    before = plain_text(edit.tree())
    inside = re.escape(query.text)
    inside = rf"(?<!\w){inside}(?!\w)" if query.words else inside
    flags = 0 if query.case else re.IGNORECASE
    by_hand, count = re.subn(inside, lambda _found: put, before, flags=flags)
    assert len(matches(edit.document(), query)) == count
    edit.replace_all(query, put)
    assert plain_text(edit.tree()) == by_hand


@pytest.mark.parametrize("put", ["vedtaket", ""])
def test_that_replacing_all_is_one_step_of_undo_and_keeps_footnotes_where_they_are(edit, put):
    note = Footnote(new_block_id(), (Run("Kilde til "), Run("saken", italic=True)))
    edit.set_tree(
        Tree((Paragraph((Run("En sak", bold=True), note, Run(" og en sak")), id=new_block_id()),))
    )
    start = edit.tree()
    assert edit.replace_all(Query("sak"), put)
    inlines = edit.tree().blocks[0].inlines
    assert inlines[0] == Run(f"En {put}", bold=True)
    assert inlines[1] == Footnote(note.id, (Run("Kilde til "), Run(f"{put}en", italic=True)))
    edit.undo()
    assert edit.tree() == start


@pytest.mark.parametrize("put", ["vedtaket", ""])
def test_that_a_text_found_in_footnotes_alone_is_replaced_in_one_step(edit, put):
    notes = [Footnote(new_block_id(), (Run(f"{word} kilden"),)) for word in ("Hele", "Halve")]
    text = (Run("Se"), notes[0], Run(" og "), notes[1])
    edit.set_tree(Tree((Paragraph(text, id=new_block_id()),)))
    start = edit.tree()
    assert edit.replace_all(Query("kilden"), put)
    assert plain_text(edit.tree()) == f"Se[1] og [2]\n\n[1] Hele {put}\n[2] Halve {put}"
    edit.undo()
    assert edit.tree() == start
    edit.redo()
    assert plain_text(edit.tree()).endswith(f"Halve {put}")
