from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n.sorting import sort_key, sort_text

NORWEGIAN = st.text(st.sampled_from("abcyzæøåABCYZÆØÅ 012-"), max_size=8)


def in_order(*texts: str) -> bool:
    shuffled = list(texts)
    random.Random(7).shuffle(shuffled)  # noqa: S311
    return sorted(shuffled, key=sort_key) == list(texts)


def test_that_ae_oe_and_aa_stand_last_in_that_order():
    assert in_order("Asker", "Zakarias", "Ærø", "Østfold", "Ås")


def test_that_double_a_is_the_letter_aa():
    assert in_order("Abel", "Øye", "Aasen", "Åtland")
    assert sort_key("AAs") == sort_key("Ås")


def test_that_swedish_and_german_letters_stand_with_their_norwegian_ones():
    assert sort_key("Bäckström") == sort_key("Bæckstrøm")
    assert sort_key("Müller") == sort_key("Myller")


def test_that_other_accents_are_left_out():
    assert sort_key("André Čáhppe") == sort_key("Andre Cahppe")


def test_that_a_letter_in_two_characters_sorts_as_the_letter():
    assert sort_key("A\N{COMBINING RING ABOVE}s") == sort_key("Ås")


def test_that_numbers_count_as_numbers():
    assert in_order("sak 9/23", "sak 10/23", "sak 028/23", "sak 100/23")
    assert sort_key("sak 028/23") == sort_key("sak 28/23")


def test_that_a_word_stands_before_longer_ones_and_before_its_compounds():
    assert in_order("Helse", "Helse Nord", "Helse Vest", "Helsedirektoratet")


def test_that_very_long_numbers_sort():
    assert in_order("9" * 5000, "1" + "0" * 5000)


@given(NORWEGIAN)
def test_that_case_does_not_matter(text):
    assert sort_key(text.upper()) == sort_key(text.lower()) == sort_key(text)


@given(st.integers(0, 10**12), st.integers(0, 10**12), NORWEGIAN)
def test_that_numbers_after_the_same_text_sort_by_value(one, other, text):
    prefix = f"{text}x"
    keys = [sort_key(f"{prefix}{number}") for number in (one, other)]
    assert (keys[0] < keys[1]) == (one < other)
    assert (keys[0] == keys[1]) == (one == other)


@given(st.text("bcdefghijklmnopqrstuvwxyzæøå", max_size=6), st.text("bcdæøå", max_size=6))
def test_that_words_sort_letter_by_letter_in_the_norwegian_alphabet(one, other):
    alphabet = "abcdefghijklmnopqrstuvwxyzæøå"
    by_hand = [[alphabet.index(letter) for letter in word] for word in (one, other)]
    assert (sort_key(one) < sort_key(other)) == (by_hand[0] < by_hand[1])


@given(st.lists(st.text(max_size=10), max_size=6))
def test_that_any_texts_can_be_sorted(texts):
    keys = sorted(map(sort_key, texts))
    assert all(one <= other for one, other in pairwise(keys))


@given(st.text(max_size=12), st.text(max_size=12))
def test_that_the_key_as_a_text_sorts_as_the_key(one: str, other: str):
    assert (sort_text(one) < sort_text(other)) == (sort_key(one) < sort_key(other))


@given(NORWEGIAN, NORWEGIAN)
def test_that_norwegian_words_sort_by_their_text_too(one: str, other: str):
    assert (sort_text(one) < sort_text(other)) == (sort_key(one) < sort_key(other))


def test_that_a_text_key_knows_the_size_of_a_number():
    assert sort_text("Sak 9") < sort_text("Sak 10") < sort_text("Sak 10a") < sort_text("Saker")
