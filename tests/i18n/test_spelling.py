"""Spelling: the words of a text, what is wrong, what may have been meant."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n.spelling import Dictionary, bare, words_in
from desktop.i18n.spelling_server import serve


@pytest.fixture(scope="module")
def bokmaal() -> Dictionary:
    return Dictionary("nb")


@pytest.fixture(scope="module")
def nynorsk() -> Dictionary:
    return Dictionary("nn")


@pytest.mark.parametrize(
    "word",
    [
        "vedtak", "noen", "Nasjonalt", "HelseCERT", "RHFene", "KS", "e-helse", "e-helserådet",
        "pasientjournalløsning", "innføringsløp", "styringsråd", "arenaene", "tempoet",
        "legemiddellista", "innførings-", "prosess-", "helse\u00adfelles\u00adskap",
        "pre\u2011hospital", "FHI’s",
    ],
)  # fmt: skip
def test_that_a_rightly_spelled_word_is_known(bokmaal, word):
    assert bokmaal.knows(word)


@pytest.mark.parametrize(
    "word",
    ["vedtakk", "kunstigg", "helsedataa", "rådetskal", "portefølgestyring", "saksbehandlerern",
     "samfunnsmessige", "e-hesløsninger", "møtetskal", "tjenestoområder"],
)  # fmt: skip
def test_that_a_misspelled_word_is_found(bokmaal, word):
    assert not bokmaal.knows(word)


def test_that_each_language_has_its_own_words(bokmaal, nynorsk):
    assert nynorsk.wrong(["ikkje", "frå", "innspela", "vidare", "saksgang"]) == []
    assert bokmaal.wrong(["ikkje", "korleis", "fra"]) == ["ikkje", "korleis"]
    assert nynorsk.wrong(["hvordan", "korleis"]) == ["hvordan"]


def test_that_the_meant_word_is_suggested_first(bokmaal):
    assert bokmaal.suggest("kunstigg")[0] == "kunstig"
    assert bokmaal.suggest("x" * 200) == []


def test_that_addresses_numbers_and_codes_are_not_checked():
    text = "Se https://ehelse.no/xyzt, post@xyzt.no, sak 28/23, C:\\mappe\\fil.docx, 4K og MP3."
    assert [word for _, word in words_in(text)] == ["Se", "sak", "og"]


def test_that_a_short_abbreviation_with_a_full_stop_is_not_checked():
    words = [word for _, word in words_in("Bl.a. evt. kap. fire, jf. vedtaket.")]
    assert words == ["fire", "vedtaket"]


@given(st.text(max_size=200))
def test_that_every_word_stands_where_it_is_said_to_stand(text):
    for place, word in words_in(text):
        assert text[place : place + len(word)] == word


@given(st.text(max_size=40))
def test_that_any_text_can_be_asked_about(text):
    dictionary = _SHARED
    assert dictionary.knows(text) in (True, False)
    assert bare(bare(text)) == bare(text) or text.endswith("-")


_SHARED = Dictionary("nb")


def test_that_the_process_answers_line_by_line_and_passes_over_what_is_no_question():
    questions = io.BytesIO(
        b'{"nr": 1, "ord": ["vedtak", "vedtakk", 7]}\n'
        b"ikke json\n[1]\n"
        b'{"nr": 2, "forslag": "vedtakk"}\n'
    )
    answers = io.BytesIO()
    assert serve("nb", questions, answers) == 0
    first, second = map(json.loads, answers.getvalue().splitlines())
    assert first == {"nr": 1, "feil": ["vedtakk"]}
    assert second["nr"] == 2
    assert "vedtak" in second["forslag"]
