from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.documents.compose_toppnotat import compose_toppnotat
from desktop.documents.content import PersonContent, SeksjonContent, ToppnotatContent
from desktop.documents.document import DocHeading, HeadTable, Title
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Seksjonslag
from tests.documents import samples
from tests.documents.reading import grids, head, headings, lines, roles, section, section_lines


@pytest.fixture(scope="module")
def toppnotat():
    return compose_toppnotat(samples.TOPPNOTAT_31)


def bare(**fields):
    return compose_toppnotat(ToppnotatContent(samples.UTVALG, "", None, "", "Ny sak", **fields))


def marks(document):
    return [block.mark for block in document.blocks if isinstance(block, DocHeading)]


def test_that_the_head_stands_before_the_title(toppnotat):
    assert isinstance(toppnotat.blocks[0], HeadTable)
    assert toppnotat.blocks[1] == Title("Beredskap når nettet svikter")


def test_that_the_head_says_to_whom_when_what_and_from_whom(toppnotat):
    assert head(toppnotat) == {
        "Til": [["Møte 4/23"]],
        "Dato": [["14.12.2023"]],
        "Saksnummer": [["31/23"]],
        "Type": [["Drøfting"]],
        "Fra": [["Marit Hagelund, Direktoratet for e-helse"]],
        "Saksbehandler": [["Trine Bakken, Direktoratet for e-helse\nOlav Rud, Norsk helsenett SF"]],
    }


def test_that_every_value_of_the_head_is_marked_so_that_it_can_be_read_back(toppnotat):
    table = toppnotat.blocks[0]
    assert [row.mark for row in table.rows] == [
        "til", "dato", "saksnummer", "type", "fra", "saksbehandler"
    ]  # fmt: skip
    assert all(len(row.columns) == 1 and len(row.columns[0]) == 1 for row in table.rows)


def test_that_sections_stand_in_their_order_with_proposal_first_and_computed_ones_last(toppnotat):
    assert headings(toppnotat) == [
        (1, "Forslag til vedtak"),
        (1, "Hensikt med saken"),
        (1, "Bakgrunn"),
        (1, "Drøftingsspørsmål"),
        (1, "Videre saksprosess"),
        (1, "Avgrensning"),
        (1, "Vedtak fra tidligere behandlinger i rådsmodellen"),
        (1, "Vedlegg"),
    ]
    assert marks(toppnotat) == [
        "forslag", "hensikt", "bakgrunn", "droefting", "videre", "egen", "tidligere_vedtak",
        "vedlegg",
    ]  # fmt: skip


def test_that_reordered_sections_keep_the_order_they_were_given():
    order = (Seksjonslag.VEDLEGG, Seksjonslag.DROEFTING, Seksjonslag.HENSIKT, Seksjonslag.FORSLAG)
    sections = tuple(SeksjonContent(slag, samples.text("Tekst")) for slag in order)
    document = compose_toppnotat(replace(samples.TOPPNOTAT_31, seksjoner=sections))
    assert marks(document) == ["vedlegg", "droefting", "hensikt", "forslag", "tidligere_vedtak"]


def test_that_the_purpose_comes_after_a_proposal_that_has_a_place():
    sections = (
        SeksjonContent(Seksjonslag.FORSLAG),
        SeksjonContent(Seksjonslag.BAKGRUNN, samples.text("Tekst")),
    )
    assert marks(bare(seksjoner=sections)) == ["forslag", "hensikt", "bakgrunn"]


def test_that_required_sections_are_visible_when_empty_and_others_are_left_out():
    empty = tuple(SeksjonContent(slag) for slag in Seksjonslag)
    document = bare(seksjoner=empty)
    assert headings(document) == [(1, "Hensikt med saken"), (1, "Forslag til vedtak")]
    for title in ("Forslag", "Hensikt"):
        assert roles(section(document, title)) == [("liten", "(Ikke utfylt)")]


def test_that_a_new_note_without_meeting_or_number_has_no_empty_rows():
    assert head(bare(fra=(PersonContent("Ida Moe"),))) == {"Fra": [["Ida Moe"]]}


def test_that_marks_are_unique_when_sections_are_of_the_same_kind():
    own = tuple(
        SeksjonContent(Seksjonslag.EGEN, samples.text("Tekst"), f"Tittel {n}") for n in range(3)
    )
    document = bare(seksjoner=own)
    assert marks(document) == ["forslag", "hensikt", "egen", "egen_2", "egen_3"]


def test_that_a_section_of_its_own_without_heading_prints_its_text_under_the_one_before():
    sections = (
        SeksjonContent(Seksjonslag.HENSIKT, samples.text("Hensikten.")),
        SeksjonContent(Seksjonslag.EGEN, samples.text("Uten tittel."), " "),
    )
    assert section_lines(bare(seksjoner=sections), "Hensikt") == ["Hensikten.", "Uten tittel."]


def test_that_a_heading_can_be_replaced():
    sections = (SeksjonContent(Seksjonslag.HENSIKT, samples.text("Tekst"), "Formål"),)
    document = bare(seksjoner=sections)
    assert (1, "Formål") in headings(document)
    assert "hensikt" in marks(document)


def test_that_earlier_vedtak_are_a_table(toppnotat):
    assert grids(toppnotat) == [
        [
            ["Sak", "Tema", "Vedtaksformulering"],
            [
                "Sak 22/23 i Nasjonalt e-helseråd (4. oktober 2023)",
                "Regler for deling",
                "Nasjonalt e-helseråd ba om en plan for nye regler.",
            ],
            ["NUIT 50/23", "Nødnett", "NUIT støtter at nødnettet utvides."],
        ]
    ]


def test_that_the_proposal_is_the_text_of_the_agenda(toppnotat):
    (shown,) = section_lines(toppnotat, "Forslag til vedtak")
    assert shown == samples.SAKER[3].forslag.blocks[0].inlines[0].text


def test_that_the_title_of_the_file_and_its_foot_name_the_note(toppnotat):
    assert toppnotat.title == "Toppnotat 31/23 Beredskap når nettet svikter"
    assert toppnotat.footer_text == "Toppnotat 31/23 · mb-9f3c"
    assert toppnotat.identity == (("motebok_id", "9f3c"), ("motebok_versjon", "1"))
    assert bare().title == "Toppnotat Ny sak"


def test_that_edits_are_recorded_only_in_a_note_that_goes_out_to_be_worked_on(toppnotat):
    assert not toppnotat.track_changes
    assert compose_toppnotat(samples.TOPPNOTAT_31, track_changes=True).track_changes


def test_that_a_provisional_number_is_said_in_the_head():
    document = compose_toppnotat(replace(samples.TOPPNOTAT_31, provisional=True))
    assert lines(document)[0] == "Foreløpig: saksnummeret kan bli endret."


def test_that_a_note_with_an_empty_proposal_does_not_print_the_one_of_another():
    document = compose_toppnotat(replace(samples.TOPPNOTAT_31, forslag=Tree()))
    assert section_lines(document, "Forslag") == ["(Ikke utfylt)"]
