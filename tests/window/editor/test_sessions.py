"""Random sessions of a user; the long ones are in `tests/campaigns/editor.py`."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trees import trees
from tests.window.editor.sessions import Session


@settings(max_examples=40)
@given(start=trees(), other=trees(), seed=st.integers(0, 2**32))
def test_that_no_session_parts_view_and_tree_and_undo_brings_back_the_start(
    edit_of_all, start, other, seed
):
    session = Session(edit_of_all, start, random.Random(seed), [start, other])  # noqa: S311
    session.run(20)
    session.undo_all()
