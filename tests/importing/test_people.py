"""Lists of people pasted from Excel and Outlook."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importing.people import LONGEST, read_people, split_name


def told(text):
    return [(one.navn, one.organisasjon, one.epost) for one in read_people(text)]


KARI = ("Kari Nordmann", "Oslo kommune", "kari@example.no")


@pytest.mark.parametrize(
    "text",
    [
        "Kari Nordmann\tOslo kommune\tkari@example.no",
        "Nordmann, Kari\tOslo kommune\tkari@example.no",
        "Kari Nordmann;Oslo kommune;kari@example.no",
        "Kari Nordmann,Oslo kommune,kari@example.no",
        "kari@example.no\tKari Nordmann\tOslo kommune",
        "Navn\tOrganisasjon\tE-post\nKari Nordmann\tOslo kommune\tkari@example.no",
        "E-post;Etternavn;Fornavn;Virksomhet\nkari@example.no;Nordmann;Kari;Oslo kommune",
        "Kari Nordmann (Oslo kommune) <kari@example.no>",
        "Nordmann, Kari [Oslo kommune] <kari@example.no>;",
        '"Kari Nordmann"\t"Oslo kommune"\t"kari@example.no"',
        "\r\nKari Nordmann\tOslo kommune\tkari@example.no\r\n\r\n",
    ],
)
def test_that_every_usual_form_names_the_same_person(text):
    assert told(text) == [KARI]


def test_that_an_address_list_of_outlook_is_parted_at_semicolons_and_after_brackets():
    people = "Nordmann, Kari <kari@example.no>; Ola Dahl <ola@example.no>, Åse Ås <ase@example.no>"
    assert [name for name, _o, _e in told(people)] == ["Kari Nordmann", "Ola Dahl", "Åse Ås"]


def test_that_columns_may_be_missing():
    assert told("Navn\nKari Nordmann\nOla Dahl") == [
        ("Kari Nordmann", "", ""),
        ("Ola Dahl", "", ""),
    ]
    assert told("Kari Nordmann\tkari@example.no") == [("Kari Nordmann", "", "kari@example.no")]


@pytest.mark.parametrize("text", ["1234", "Kari", "@", "Kari Nordmann\tkari@", ";;", "<>@<>"])
def test_that_a_row_without_both_names_or_with_a_broken_address_is_unreadable(text):
    assert not any(one.readable for one in read_people(text))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Kari Nordmann", ("Kari", "Nordmann")),
        ("Nordmann, Kari Anne", ("Kari Anne", "Nordmann")),
        ("Kari  Anne Nordmann", ("Kari Anne", "Nordmann")),
        ("Nordmann", ("", "Nordmann")),
        ("", ("", "")),
    ],
)
def test_that_the_last_word_is_the_family_name_unless_a_comma_says_otherwise(name, parts):
    assert split_name(name) == parts


@given(st.text(alphabet="aÅø @.<>;,\t\n\"'()", max_size=200))
def test_that_any_text_is_read_without_an_error(text):
    people = read_people(text)
    assert len(people) <= LONGEST
    assert all("@" in one.epost for one in people if one.readable and one.epost)
