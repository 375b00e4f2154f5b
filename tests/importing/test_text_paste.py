"""Plain text from the clipboard: paragraphs, lists, tables, divided words."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.importing.text_paste import read_text
from desktop.richtext.codec import dumps, loads
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import ListBlock, Paragraph, Run, Tree
from desktop.richtext.validate import canonical, validate
from tests.importing.klipp_outline import outline

_LINES = [
    "tekst", "- punkt", "• punkt", "  - inni", "\t• tabulert", "1. en", "2. to", "3) tre", "a) a",
    "b) b", "    fortsetter", "", "x\ty", "x\ty\tz", "\t", "\uf0b7 privat", "•", "saks-",
    "framlegg", "bløt\xad", "1. januar", "\u200b", "\u202esnudd", "\ufdd0", "\ud800", "a\u2029b",
    "c\vd", "\r", "👩‍⚕️ emoji", "- " * 5, "99999. x", "z. z",
]  # fmt: skip


def shown(text):
    return outline(read_text(text).tree.blocks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\n\n  c  \r", "a\nb\nc\n"),
        ("- en\n- to\n  - inni\n- tre\nute", "• en\n• to\n  • inni\n• tre\nute\n"),
        ("• en\n  fortsetter\n• to", "• en\n  fortsetter\n• to\n"),
        ("– en\n* to\n\uf0b7\ttre", "• en\n• to\n• tre\n"),
        ("•\nTekst på neste linje", "• Tekst på neste linje\n"),
        ("1. en\n2. to\n\n3. tre", "1. en\n2. to\n3. tre\n"),
        ("1. alene", "1. alene\n"),
        ("4) fire\n5) fem", "4) fire\n5) fem\n"),
        ("1) en\n   a) under\n   b) under\n2) to", "1) en\n   a) under\n   b) under\n2) to\n"),
        ("Navn\tAntall\nKari\t3",
         "<tabell, 0 overskriftsrader, bredder: >\n| Navn | Antall |\n| Kari | 3 |\n"),
        ("en\tlinje", "en linje\n"),
        ("\tinnrykk\n\tinnrykk", "innrykk\ninnrykk\n"),
        ("gjennom\xad\nført", "gjennomført\n"),
        ("saks-\nframlegg og saksframlegg", "saksframlegg og saksframlegg\n"),
        ("e-\nhelse", "e-\nhelse\n"),
        ("kort- og\nlang", "kort- og\nlang\n"),
        ("ord\vbrudd\u2028til\u2029avsnitt", "ord ⏎ brudd ⏎ til\navsnitt\n"),
        ("https://a.no/x ", "https://a.no/x<https://a.no/x>\n"),
        ("javascript:x", "javascript:x\n"),
        ("se https://a.no/x", "se https://a.no/x\n"),
        ("mel\u200blom\ue000 \ufeffbla\u202e", "mellom bla\n"),
        ("\u200b\n \n", ""),
    ],
)  # fmt: skip
def test_that_plain_text_becomes_what_it_looks_like(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    ["1. januar 2024 begynte det", "2. februar", "12. desember møtte rådet", "x) alene",
     "- ", "–", "---"]
)  # fmt: skip
def test_that_dates_dashes_and_single_letters_are_no_lists(text):
    assert not any(isinstance(block, ListBlock) for block in read_text(text).tree.blocks)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(_LINES), max_size=25).map("\n".join))
def test_that_any_lines_become_a_sound_tree(text):
    tree = read_text(text).tree
    assert validate(tree) == []
    assert canonical(tree) == tree
    assert loads(dumps(tree)) == tree


@settings(max_examples=100)
@given(st.text())
def test_that_any_text_becomes_a_sound_tree(text):
    assert validate(read_text(text).tree) == []


@settings(max_examples=100)
@given(
    st.lists(
        st.lists(st.sampled_from(["rad", "ås", "sak to"]), min_size=1, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_that_lists_as_we_print_them_are_read_back(items):
    text = "\n".join(
        f"{number}. {item[0]}" + "".join(f"\n   • {one}" for one in item[1:])
        for number, item in enumerate(items, 1)
    )
    assert plain_text(read_text(text).tree) == text


@pytest.mark.parametrize(
    "line",
    ["\ta\n", "a\tb\n", "- x\n", "   - x\n- y\n", "1. x\n", "a-\n", "a\xad\n", "•\n",
     "\n", "x" * 1000]
)  # fmt: skip
def test_that_megabytes_are_cut_in_the_time_their_length_takes(line):
    began = time.process_time()
    result = read_text(line * (1_500_000 // len(line)))
    assert time.process_time() - began < 3
    assert result.was_cut
    assert validate(result.tree) == []


def test_that_short_text_is_not_cut():
    assert read_text("kort").was_cut is False
    assert outline(read_text("kort").tree.blocks) == outline(
        Tree((Paragraph((Run("kort"),)),)).blocks
    )
