import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.richtext.clean import clean_lines, clean_text, is_clean

anything = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Mn"]),
    )
)


@given(anything)
def test_that_cleaning_twice_changes_nothing_more(text):
    once = clean_text(text)
    assert clean_text(once) == once
    assert is_clean(once)


@given(anything)
def test_that_text_is_clean_exactly_when_cleaning_leaves_it(text):
    assert is_clean(text) == (clean_text(text) == text)


@given(anything)
def test_that_clean_text_can_be_stored_as_utf8_and_as_one_line_of_xml(text):
    cleaned = clean_text(text)
    assert cleaned.encode().decode() == cleaned
    assert len(cleaned.splitlines()) <= 1
    assert not {unicodedata.category(c) for c in cleaned} & {"Cc", "Cs", "Co", "Zl", "Zp"}


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Po", "Zs"])))
def test_that_letters_digits_and_spaces_are_only_composed(text):
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("a\tb", "a b"),
        ("a\r\nb\nc\u2028d\u2029e\x0bf\x85g", "a b c d e f g"),
        ("a\x00\x07\x1b\x7f\x9fb", "ab"),
        ("for\N{SOFT HYPHEN}bud\N{ZERO WIDTH SPACE}t\N{ZERO WIDTH NO-BREAK SPACE}", "forbudt"),
        ("\ud800a\udc00", "a"),
        ("\ud83d\ude00", "😀"),
        ("\ufdd0a\ufffe\uffff\U0001ffff\ufffc", "a"),
        ("\uf0b7 punkt \uf0a7 \ue001", "• punkt • "),
        ("\u202eabc\u202c \u2066x\u2069", "abc x"),
        ("A\N{COMBINING RING ABOVE}s", "Ås"),
    ],
)
def test_that_what_cannot_stand_in_a_text_is_replaced_or_removed(dirty, cleaned):
    assert not is_clean(dirty)
    assert clean_text(dirty) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "14.\N{NO-BREAK SPACE}desember",
        "\N{WOMAN}\N{ZERO WIDTH JOINER}❤️",
        "\u200e שלום \u200f",
        "🇳🇴",
    ],
)
def test_that_characters_with_a_meaning_stay(text):
    assert is_clean(text)
    assert clean_text(text) == text


def test_that_lines_are_split_at_every_kind_of_line_end():
    assert clean_lines("a\r\nb\rc\nd\u2028e\u2029f\x0cg") == tuple("abcdefg")
    assert clean_lines("a\n") == ("a", "")
    assert clean_lines("") == ("",)


@given(anything)
def test_that_the_lines_together_are_the_text_with_spaces_between(text):
    assert clean_text(" ".join(clean_lines(text))) == clean_text(text)
