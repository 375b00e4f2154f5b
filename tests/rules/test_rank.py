from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.rank import is_rank, rank_between, ranks


def test_that_the_first_rank_leaves_room_on_both_sides():
    first = rank_between(None, None)
    assert rank_between(None, first) < first < rank_between(first, None)


def test_that_adding_at_an_end_keeps_ranks_short():
    last = first = rank_between(None, None)
    for _ in range(5000):
        last, first = rank_between(last, None), rank_between(None, first)
    assert len(last) <= 5
    assert len(first) <= 5
    assert first < last


def test_that_a_thousand_inserts_at_one_spot_stay_sorted():
    low, high = ranks(2)
    for step in range(1000):
        middle = rank_between(low, high)
        assert low < middle < high
        if step % 2:
            low = middle
        else:
            high = middle
    assert len(middle) < 500


@pytest.mark.parametrize(
    "rank", ["", "n", "n00", "N0", "n0_", "1", "o0", "n0å", "a" + "0" * 13, "na0"]
)
def test_that_a_malformed_rank_is_refused(rank):
    assert not is_rank(rank)
    with pytest.raises(ValueError, match="rank"):
        rank_between(rank, None)


@pytest.mark.parametrize(("a", "b"), [("n1", "n1"), ("n2", "n1")])
def test_that_neighbours_in_the_wrong_order_are_refused(a, b):
    with pytest.raises(ValueError, match="does not come before"):
        rank_between(a, b)


@pytest.mark.parametrize("edge", ["a" + "0" * 12 + "1", "a" + "0" * 13 + "1", "z" + "z" * 13])
def test_that_the_ends_of_the_number_range_still_have_neighbours(edge):
    assert rank_between(None, edge) < edge < rank_between(edge, None)
    assert is_rank(rank_between(None, edge))
    assert is_rank(rank_between(edge, None))


@given(st.integers(0, 200), st.booleans(), st.booleans())
def test_that_ranks_are_ascending_and_lie_between_their_bounds(count, low, high):
    first, last = ranks(2)
    after, before = first if low else None, last if high else None
    made = ranks(count, after, before)
    assert len(made) == count
    assert list(made) == sorted(set(made))
    assert after is None or all(after < rank for rank in made)
    assert before is None or all(rank < before for rank in made)


def test_that_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        ranks(-1)


@given(st.lists(st.integers(0, 10_000), max_size=150))
def test_that_any_sequence_of_insertions_keeps_the_order(positions):
    rows: list[str] = []
    for position in positions:
        at = position % (len(rows) + 1)
        before = rows[at] if at < len(rows) else None
        after = rows[at - 1] if at else None
        rows.insert(at, rank_between(after, before))
    assert rows == sorted(set(rows))
    assert all(is_rank(rank) for rank in rows)
