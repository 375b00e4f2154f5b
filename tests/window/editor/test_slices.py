"""A long text is put in by stretches: with the result of all at once, as one step, never half."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.richtext.codec import dumps
from desktop.richtext.encode import encode_block
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Heading, Paragraph, Run, Tree, paragraph
from desktop.richtext.validate import canonical
from desktop.viewmodels.desk import Outcome
from desktop.viewmodels.text.change import Changer
from desktop.viewmodels.text.edits import insert
from desktop.viewmodels.text.read import read_tree
from desktop.viewmodels.text.render import render
from desktop.viewmodels.text.slices import Slices, takes_slices
from desktop.views.editor.field import TextField
from tests.trees import trees

LINE = "Rådet drøftet saken om felles e-helse i kommuner og helseforetak."


def big(count=2_000):
    mime = QMimeData()
    mime.setHtml("".join(f"<p>{LINE} {number}</p>" for number in range(count)))
    return mime


def content(tree):
    """Return a tree as data without what is made anew for everything that is put in."""

    def bare(node):
        if isinstance(node, list):
            return [bare(one) for one in node]
        if isinstance(node, dict):
            return {name: bare(value) for name, value in node.items() if name not in _OWN}
        return node

    return [bare(encode_block(block)) for block in tree.blocks]


_OWN = {"id", "fotnote"}


def put_in(start, place, blocks, *, whole):
    document = QTextDocument()
    render(start, document)
    cursor = QTextCursor(document)
    cursor.setPosition(min(place, document.characterCount() - 1))
    changer, slices = Changer(document), Slices(blocks)
    whole = whole or not takes_slices(cursor, changer.reader)
    while not slices.is_done:
        join = slices.is_begun
        slices.adjust(1e9)  # as short stretches as there are
        changer.change(cursor, insert(slices.take(whole=whole)), join=join)
    return document, cursor


STARTS = st.one_of(
    trees(max_blocks=3), st.sampled_from([Tree(), Tree((paragraph("Før etter"),))])
).filter(lambda tree: len(json.dumps(content(tree))) < 4_000)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(STARTS, st.integers(0, 40), st.lists(trees(max_blocks=2), min_size=1, max_size=5))
def test_that_stretches_give_what_all_at_once_gives(qapp, start, place, parts):
    run = tuple(paragraph(f"{LINE} {number}") for number in range(25))
    found = tuple(block for part in parts for block in (*run, *part.blocks, *run))
    blocks = canonical(Tree(found)).blocks
    whole, at_once = put_in(start, place, blocks, whole=True)
    sliced, by_parts = put_in(start, place, blocks, whole=False)
    assert content(read_tree(sliced)) == content(read_tree(whole))
    assert by_parts.position() == at_once.position()
    dumps(read_tree(sliced))
    before = content(read_tree_of(start))
    sliced.undo()
    assert content(read_tree(sliced)) == before


def read_tree_of(tree):
    document = QTextDocument()
    render(tree, document)
    return read_tree(document)


def test_that_a_long_text_is_cut_between_paragraphs_with_text_alone(qapp):
    blocks = [Heading((Run("Bakgrunn"),)), Paragraph(), paragraph("en"), paragraph("to")] * 40
    slices, taken = Slices(blocks), []
    while not slices.is_done:
        slices.adjust(1e9)
        taken.append(slices.take(whole=False))
    assert len(taken) > 2
    assert all(part[0] == Paragraph(id=part[0].id) for part in taken[1:])
    assert [block for place, part in enumerate(taken) for block in part[place > 0 :]] == blocks
    assert all(part[-1] == blocks[2] for part in taken[:-1])


@pytest.fixture
def saved():
    return []


@pytest.fixture
def field(qtbot, desk, saved):
    def save(tree, _paragraph, _typing):
        saved.append(plain_text(tree))
        return Outcome()

    made = TextField(desk, save, "Hensikt")
    qtbot.addWidget(made)
    made.show()
    made.load(Tree((paragraph("Før etter"),)))
    return made


def begin(qtbot, field):
    """Let the first stretch be put in, and no more."""
    field.edit.put_in(big())
    field.edit._arrival.wait()
    field.edit._put_more()
    found = plain_text(field.edit.tree()).split("\n")
    assert 1 < len(found) < 2_000
    return found


def test_that_half_of_what_is_pasted_is_not_saved(qtbot, field, saved):
    begin(qtbot, field)
    field._save_typing()
    assert saved == []
    qtbot.waitUntil(lambda: not field.edit.is_arriving)
    qtbot.waitUntil(lambda: bool(saved))
    assert [len(text.split("\n")) for text in saved] == [2_000]


def test_that_a_text_left_on_the_way_is_whole_at_once(qtbot, field, saved):
    begin(qtbot, field)
    assert field.flush()
    assert not field.edit.is_arriving
    assert not field.edit.isReadOnly()
    assert len(saved[-1].split("\n")) == 2_000
    qtbot.wait(30)
    assert len(plain_text(field.edit.tree()).split("\n")) == 2_000


def test_that_nothing_is_undone_or_typed_between_two_stretches(qtbot, field):
    found = begin(qtbot, field)
    field.edit.undo()
    qtbot.keyClicks(field.edit, "til slutt ")
    assert plain_text(field.edit.tree()).split("\n") == found
    qtbot.waitUntil(lambda: not field.edit.is_arriving)
    assert plain_text(field.edit.tree()).endswith("1999til slutt ")


def test_that_another_text_shown_between_two_stretches_stays_as_it_is(qtbot, field):
    begin(qtbot, field)
    field.edit.set_tree(Tree((paragraph("Et annet sted"),)))
    qtbot.wait(30)
    assert plain_text(field.edit.tree()) == "Et annet sted"
    assert not field.edit.isReadOnly()


def test_that_a_selection_and_all_of_a_long_text_are_one_step_of_undo(qtbot, field):
    field.edit.selectAll()
    field.edit.put_in(big())
    qtbot.waitUntil(lambda: not field.edit.is_arriving)
    assert len(plain_text(field.edit.tree()).split("\n")) == 2_000
    field.edit.undo()
    assert plain_text(field.edit.tree()) == "Før etter"
