from __future__ import annotations

import re
from dataclasses import replace

import pytest
from babel.messages.pofile import read_po

from desktop.documents.compose_innkalling import compose_innkalling
from desktop.documents.compose_moetepakke import compose_moetepakke
from desktop.documents.compose_referat import compose_referat
from desktop.documents.compose_toppnotat import compose_toppnotat
from desktop.documents.html import write_html
from desktop.documents.names import file_name
from desktop.ressurser import resource_path
from desktop.rules.kinds import Maalform
from desktop.rules.states import ReferatTilstand
from desktop.services.papers import compose
from tests.documents import samples, samples_lists, samples_nn
from tests.documents.reading import lines


def documents(sample, notat):
    return {
        "innkalling": compose_innkalling(sample.MOETE),
        "toppnotat": compose_toppnotat(notat),
        "referat": compose_referat(sample.REFERAT),
        "moetepakke": compose_moetepakke(sample.PAKKE),
        **{name: compose(content) for name, content in samples_lists.contents(sample).items()},
    }


BOKMAAL = documents(samples, samples.TOPPNOTAT_31)
NYNORSK = documents(samples_nn, samples_nn.TOPPNOTAT)


def _words(text):
    return set(re.findall(r"[a-zæøå]+", re.sub(r"\{\w*\}", " ", text.casefold())))


IN_BOTH = {"ny"}


def bokmaal_only():
    """The words that the source strings have and no nynorsk string has, those of both aside."""
    with resource_path("i18n/nn/LC_MESSAGES/motebok.po").open("rb") as file:
        catalogue = read_po(file, locale="nn")
    source, target = set(), set()
    for message in catalogue:
        if not message.string:
            continue
        for one in message.id if isinstance(message.id, tuple) else (message.id,):
            source |= _words(one)
        for one in message.string if isinstance(message.string, tuple) else (message.string,):
            target |= _words(one)
    return source - target - IN_BOTH


def test_that_the_list_of_bokmaal_words_catches_what_it_should():
    expected = {"fra", "ikke", "sted", "stede", "forslag", "hensikt", "innspill", "videre", "saken"}
    assert expected <= bokmaal_only()


@pytest.mark.parametrize("name", sorted(NYNORSK))
def test_that_no_bokmaal_word_is_in_a_nynorsk_document(name):
    document = NYNORSK[name]
    said = " ".join(
        (
            *lines(document),
            document.title,
            document.subject,
            document.footer_text,
            write_html(document),
        )
    )
    assert (
        _words(re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<style>.*</style>", "", said)))
        & (bokmaal_only())
        == set()
    )


@pytest.mark.parametrize("tilstand", list(ReferatTilstand))
def test_that_no_bokmaal_word_is_in_a_nynorsk_referat_of_any_state(tilstand):
    content = replace(samples_nn.REFERAT, tilstand=tilstand, godkjent_i_sak="PS 9/24")
    said = " ".join(lines(compose_referat(content)))
    assert _words(said) & bokmaal_only() == set()


@pytest.mark.parametrize("name", sorted(BOKMAAL))
def test_that_the_bokmaal_document_is_as_it_was(name, snapshot):
    assert write_html(BOKMAAL[name], fragment=True) == snapshot


@pytest.mark.parametrize("name", sorted(NYNORSK))
def test_that_the_nynorsk_document_is_as_it_was(name, snapshot):
    assert write_html(NYNORSK[name], fragment=True) == snapshot


@pytest.mark.parametrize(
    ("arguments", "status", "name"),
    [
        (("innkalling", "4/2023", Maalform.NB), "", "Innkalling 4-2023.docx"),
        (("toppnotat", "31/23", Maalform.NB), "foreloepig", "Toppnotat 31-23 foreløpig.docx"),
        (("toppnotat", "31/23", Maalform.NN), "foreloepig", "Toppnotat 31-23 førebels.docx"),
        (("referat", "3/2023", Maalform.NB), "til_kommentar", "Referat 3-2023 til kommentar.docx"),
        (("moetepakke", "4/2023", Maalform.NB), "", "Møtepakke 4-2023.docx"),
        (("toppnotat", "", Maalform.NB), "", "Toppnotat.docx"),
        (("toppnotat", 'a<b>:"c|d?*\n\x00e. ', Maalform.NB), "", "Toppnotat a-b-c-d-e.docx"),
    ],
)
def test_that_a_file_is_named_by_kind_number_and_status(arguments, status, name):
    assert file_name(*arguments, status=status) == name


def test_that_a_file_name_is_never_too_long():
    assert len(file_name("toppnotat", "x" * 500, Maalform.NB)) <= 130
