"""What is remembered of texts and blocks changes nothing but the time that it takes."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.richtext import codec
from desktop.richtext.codec import DamagedTextError, InvalidTreeError, dumps, loads, split_blocks
from desktop.richtext.encode import encode_block
from desktop.richtext.remembered import Remembered, RememberedBlocks
from desktop.richtext.tree import Footnote, Paragraph, Run, Tree, new_block_id, paragraph
from desktop.richtext.validate import validate
from tests.trees import trees


def forget():
    codec._TREES._values.clear()
    codec._SPLITS._values.clear()
    codec._BLOCKS._known.clear()


def written_out(tree):
    """Return the stored form as the format is described, with no help of the codec."""
    blocks = [encode_block(block) for block in tree.blocks]
    body = json.dumps(blocks, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    total = sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    return f'{{"versjon":1,"sha256":"{total}","blokker":{body}}}'


@settings(deadline=None, max_examples=60)
@given(trees(), st.data())
def test_that_a_text_of_known_and_new_blocks_is_stored_as_one_of_new_ones(tree, data):
    dumps(tree)
    kept = data.draw(st.lists(st.sampled_from(tree.blocks or (paragraph("ny"),)), unique_by=id))
    other = Tree((*kept, paragraph("ny")))
    if validate(other):
        with pytest.raises(InvalidTreeError):
            dumps(other)
        return
    stored = dumps(other)
    assert stored == written_out(other)
    ids, blocks = split_blocks(stored)
    assert loads(stored, check_rules=False) == other
    forget()
    assert (ids, blocks) == split_blocks(stored)
    assert loads(stored, check_rules=False) == other


def test_that_ids_used_twice_are_refused_also_between_known_blocks():
    note = Footnote("n1", (Run("se"),))
    one, other = Paragraph((Run("a"), note)), Paragraph((Run("b"), note))
    dumps(Tree((one,)))
    dumps(Tree((other,)))
    for tree in (Tree((one, other)), Tree((one, replace(one, inlines=())))):
        with pytest.raises(InvalidTreeError) as refused:
            dumps(tree)
        assert list(refused.value.problems) == validate(tree)


def test_that_an_invalid_block_is_refused_every_time():
    wrong = Tree((Paragraph((Run(""),)),))
    for _time in range(2):
        with pytest.raises(InvalidTreeError):
            dumps(wrong)


def test_that_a_damaged_text_is_refused_though_the_sound_one_is_known():
    stored = dumps(Tree((paragraph("vedtak"),)))
    with pytest.raises(DamagedTextError):
        loads(stored.replace("vedtak", "vedtok"), check_rules=False)


def test_that_rules_are_checked_though_the_text_was_read_without_them():
    wrong = written_out(Tree((Paragraph((Run(""),), id=new_block_id()),)))
    assert loads(wrong, check_rules=False)
    with pytest.raises(InvalidTreeError):
        loads(wrong)


def test_that_the_text_not_asked_for_longest_is_forgotten():
    held = Remembered[int](2)
    held.put("en", 1)
    held.put("to", 2)
    assert held.get("en") == 1
    held.put("tre", 3)
    assert (held.get("en"), held.get("to"), held.get("tre")) == (1, None, 3)


def test_that_a_block_is_known_by_itself_and_not_by_an_equal_one():
    known = RememberedBlocks()
    block = paragraph("vedtak")
    made = known.put(block, "{}")
    assert known.get(block) is made
    assert known.get(replace(block)) is None
