from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.storage.archive import Archive
from desktop.storage.changes import FieldChange, RowChange, Value, difference, same
from desktop.storage.payload import (
    MismatchError,
    StoredChange,
    decode_change,
    encode_change,
    take_back,
    tree_difference,
)
from tests.storage.toy import Barn, Forelder, block_id, raw, tree_text

A, B, C = block_id(1), block_id(2), block_id(3)
TEXTS = [
    tree_text((A, "en"), (B, "to")),
    tree_text((A, "en"), (B, "to!"), (C, "tre")),
    tree_text((C, "tre"), (A, "en")),
    tree_text(),
]


def _edit(archive: Archive, verb: str, **values: object) -> None:
    with archive.operation(verb) as operation:
        found = operation.session.get_one(Forelder, "f1")
        for name, value in values.items():
            setattr(found, name, value)


def test_that_history_shows_every_text_in_full(archive: Archive):
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1", tekst=TEXTS[0]))
    for number, text in enumerate(TEXTS[1:]):
        _edit(archive, f"v{number}", tekst=text)
    history = archive.history("forelder", "f1")
    assert [info.verb for info in history] == ["v2", "v1", "v0", "lag"]
    found = [info.changes[0].field("tekst") for info in history]
    expected = [(None, TEXTS[0]), *pairwise(TEXTS)]
    assert [(field.before, field.after) for field in found if field] == expected[::-1]


def test_that_history_of_several_rows_is_one_story(archive: Archive):
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1", barn=[Barn(id="b1"), Barn(id="b2")]))
    _edit(archive, "endre", navn="x")
    with archive.operation("slett") as operation:
        operation.session.delete(operation.session.get_one(Barn, "b1"))
    archive.undo()
    history = archive.history("forelder", "f1", ("barn", "b1"), ("barn", "b1"))
    assert [(info.kind, info.verb) for info in history] == [
        ("angre", "slett"), ("handling", "slett"), ("handling", "endre"), ("handling", "lag"),
    ]  # fmt: skip
    assert history[0].refers_to == history[1].operation_id
    assert [change.row for change in history[3].changes] == [("forelder", "f1"), ("barn", "b1")]
    assert archive.history("forelder", "finnes ikke") == []


def test_that_history_of_a_deleted_row_reaches_back_to_its_creation(archive: Archive):
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1", tekst=TEXTS[0]))
    _edit(archive, "endre", tekst=TEXTS[1])
    with archive.operation("slett") as operation:
        operation.session.delete(operation.session.get_one(Forelder, "f1"))
    deleted, edited, _ = archive.history("forelder", "f1")
    assert deleted.changes[0].field("tekst") == FieldChange("tekst", TEXTS[1], None)
    assert edited.changes[0].field("tekst") == FieldChange("tekst", TEXTS[0], TEXTS[1])


def test_that_history_says_where_values_cannot_be_rebuilt(archive: Archive):
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1", navn="a", tekst=TEXTS[0]))
    _edit(archive, "endre", navn="b", tekst=TEXTS[1])
    raw(archive).execute("PRAGMA query_only=0")
    raw(archive).execute("DROP TRIGGER temp.mb_update_forelder")
    raw(archive).execute("UPDATE forelder SET tekst = NULL")
    edited, made = archive.history("forelder", "f1")
    assert edited.changes[0].field("navn") == FieldChange("navn", "a", "b")
    tree = edited.changes[0].field("tekst")
    assert tree is not None
    assert not tree.known
    assert made.changes[0].field("tekst") == FieldChange("tekst", None, TEXTS[0])


def test_that_a_small_edit_of_a_long_text_is_a_small_entry():
    long = [(block_id(number), f"avsnitt {number} " * 20) for number in range(100)]
    change = RowChange(
        "forelder",
        "f1",
        "update",
        (
            FieldChange(
                "tekst", tree_text(*long), tree_text(*long[:50], (block_id(999), "ny"), *long[50:])
            ),
        ),
    )
    assert len(encode_change(change, frozenset({"tekst"}))) < 500
    assert len(encode_change(change, frozenset())) > 20_000


VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(codec="utf-8")),
    st.binary(),
)
ROWS = st.fixed_dictionaries({"a": VALUES, "b": VALUES, "c": VALUES})


@given(st.none() | ROWS, st.none() | ROWS)
def test_that_every_logged_change_can_be_taken_back(
    before: dict[str, Value] | None, after: dict[str, Value] | None
):
    change = difference("t", "k", before, after)
    if change is None:
        assert before == after
        return
    inverse = take_back(decode_change(encode_change(change, frozenset({"a"}))), after)
    expected = difference("t", "k", after, before)
    assert repr(inverse) == repr(expected)


PARAGRAPHS = st.lists(
    st.tuples(st.integers(0, 12).map(block_id), st.sampled_from(["", "en", "to «æ»", '"\\'])),
    unique_by=lambda paragraph: paragraph[0],
    max_size=10,
)


@given(PARAGRAPHS, PARAGRAPHS)
def test_that_a_difference_of_trees_gives_the_exact_text_back(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
):
    before, after = tree_text(*old), tree_text(*new)
    change = difference("t", "k", {"a": before}, {"a": after})
    if change is None:
        assert before == after
        return
    assert tree_difference(before, after) is not None
    stored = decode_change(encode_change(change, frozenset({"a"})))
    inverse = take_back(stored, {"a": after})
    assert inverse is not None
    assert inverse.fields == (FieldChange("a", after, before),)


@pytest.mark.parametrize("live", [None, {"a": "x"}, {"a": 1.0}, {"a": b"1"}, {"b": 1}])
def test_that_a_row_that_is_not_the_after_image_is_refused(live: dict[str, Value] | None):
    change = decode_change('["t","k","update",[["a",0,1]]]')
    with pytest.raises(MismatchError):
        take_back(change, live)


def test_that_a_row_that_came_back_is_refused_as_deleted():
    with pytest.raises(MismatchError):
        take_back(StoredChange("t", "k", "delete", ()), {})


@pytest.mark.parametrize(("a", "b"), [(1, 1.0), (1, "1"), ("", None), (b"", ""), (0.0, -0.0)])
def test_that_values_of_different_kinds_differ(a: Value, b: Value):
    assert not same(a, b)
    assert same(a, a)
