from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n.messages import MESSAGES, message
from desktop.i18n.rule_messages import RULE_MESSAGES
from desktop.rules.errors import RULES
from desktop.rules.kinds import Sakstype


def test_that_every_rule_has_a_sentence_and_every_sentence_a_rule():
    assert set(RULE_MESSAGES) == set(RULES)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_that_a_sentence_begins_and_ends_as_one(code):
    shown = message(code)
    assert re.match(r"[A-ZÆØÅ«?]", shown)
    assert shown.endswith(".")
    assert "  " not in shown
    assert not re.search(r"\{\{|\}\}", shown)


def test_that_a_code_without_sentence_is_named_in_a_general_one():
    shown = message("helt_ukjent", {"x": 1})
    assert "helt_ukjent" in shown
    assert shown.endswith(".")


def test_that_values_are_put_in_by_name():
    assert "1979" in message("aar_utenfor_omraade", {"year": 1979})
    assert "{nr}" in message("moenster_klammer", {"pattern": "{nr"})


def test_that_a_missing_value_is_shown_as_a_question_mark():
    assert "?" in message("aar_utenfor_omraade")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2023, 12, 14), "14. desember 2023"),
        (time(10, 5), "10.05"),
        (datetime(2023, 12, 14, 9, 30), "14. desember 2023 kl. 09.30"),  # noqa: DTZ001
        (Sakstype.DROEFTING, "droefting"),
        ("to\nlinjer", "to linjer"),
        ("x" * 500, "x" * 200 + "…"),
    ],
)
def test_that_a_value_has_its_norwegian_form(value, shown):
    assert f"«{shown}»" in message("dato_uleselig", {"tekst": value})


@given(st.text(max_size=30), st.sampled_from(["nb", "nn"]))
def test_that_no_value_can_break_or_reach_into_a_sentence(text, maalform):
    shown = message("moetenummer_uleselig", {"text": text, "code": "x"}, maalform)
    assert shown == message("moetenummer_uleselig", {}, maalform).replace(
        "«?»", f"«{' '.join(text.split())}»", 1
    )


def test_that_attributes_and_indexes_of_values_are_never_read():
    assert message("moetenummer_uleselig", {"text": "{text.__class__}"}).startswith(
        "«{text.__class__}»"
    )
