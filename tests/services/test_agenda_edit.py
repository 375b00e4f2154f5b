"""Moving several rows of a running order at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models import Dagsordenpost
from desktop.services.agenda_edit import _shifted


@st.composite
def orders(draw):
    sizes = draw(st.lists(st.integers(0, 5), min_size=1, max_size=3))
    order = {
        f"dag{day}": [Dagsordenpost(id=f"{day}.{row}") for row in range(size)]
        for day, size in enumerate(sizes)
    }
    keys = [post.id for posts in order.values() for post in posts]
    return order, draw(st.sets(st.sampled_from(keys)) if keys else st.just(set()))


def flat(order):
    return [item for key, posts in order.items() for item in (key, *(post.id for post in posts))]


@pytest.mark.parametrize("step", [-1, 1])
@given(made=orders())
def test_that_a_shift_keeps_every_row_and_the_order_of_the_others(step, made):
    order, chosen = made
    before, after = flat(order), flat(_shifted(order, chosen, step))
    assert sorted(after) == sorted(before)
    assert [key for key in after if key not in chosen] == [k for k in before if k not in chosen]
    assert [key for key in after if key in chosen] == [k for k in before if k in chosen]


@pytest.mark.parametrize("step", [-1, 1])
@given(made=orders())
def test_that_a_shift_moves_a_row_one_place_and_never_the_wrong_way(step, made):
    order, chosen = made
    before, after = flat(order), flat(_shifted(order, chosen, step))
    assert all(after.index(key) - before.index(key) in {0, step} for key in chosen)


@pytest.mark.parametrize("step", [-1, 1])
@given(made=orders())
def test_that_a_row_with_room_before_it_moves(step, made):
    order, chosen = made
    before, after = flat(order), flat(_shifted(order, chosen, step))
    for key in chosen:
        place = before.index(key) + step
        if 0 < place < len(before) and before[place] not in chosen:
            assert after.index(key) == place
