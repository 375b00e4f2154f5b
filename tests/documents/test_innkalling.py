from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from desktop.documents.compose_innkalling import compose_innkalling
from desktop.documents.content import MoetedagContent, PostContent, SakContent, VedleggContent
from desktop.documents.document import GridTable
from desktop.richtext.tree import Paragraph, Run, Tree
from desktop.rules.entity_kinds import Postslag, Vedleggslag
from desktop.rules.kinds import Moeteform, Sakstype, Toppnotatstatus
from desktop.rules.states import SakTilstand
from tests.documents import samples, samples_nn
from tests.documents.reading import (
    all_inlines,
    grids,
    head,
    headings,
    lines,
    roles,
    section,
    section_lines,
)


@pytest.fixture(scope="module")
def innkalling():
    return compose_innkalling(samples.MOETE)


def one_sak(**fields):
    sak = SakContent("x", "1/24", "Prøvesak", **fields)
    post = PostContent(Postslag.SAK, time(10), sak_key="x")
    day = replace(samples.DAY, poster=(post,))
    return compose_innkalling(replace(samples.MOETE, saker=(sak,), moetedager=(day,)))


def test_that_the_head_says_meeting_date_time_and_place(innkalling):
    shown = head(innkalling)
    assert list(shown) == ["Møte", "Dato", "Tid", "Sted", "Medlemmer"]
    assert shown["Møte"] == [["4/2023"]]
    assert shown["Dato"] == [["14. desember 2023"]]
    assert shown["Tid"] == [["Kl. 10.00–16.00"]]
    assert shown["Sted"] == [
        ["Helsehuset, Storgata 1, Oslo. Møterom 4117", "Lenke til digitalt møte"]
    ]


def test_that_members_stand_in_two_columns_read_down(innkalling):
    left, right = head(innkalling)["Medlemmer"]
    assert (len(left), len(right)) == (10, 9)
    assert left[0] == "Ragnhild Solem (Helse Vest RHF)"
    assert right[0] == "Nils Aslak Sara (Nordreisa kommune)"


def test_that_the_running_order_has_a_row_for_each_post_with_its_clock(innkalling):
    (table,) = grids(innkalling)
    assert table[0] == ["Sak", "Agenda Nasjonalt e-helseråd", "Tidspunkt", "Sakstype"]
    assert table[1] == ["28/23", "Godkjenning av innkalling og dagsorden", "10:00", "Godkjenning"]
    assert len(table) == 1 + len(samples.DAY.poster)


def test_that_pauses_and_free_points_have_a_time_and_no_number(innkalling):
    (table,) = grids(innkalling)
    assert ["", "Lunsj", "11:30", ""] in table
    assert ["", "Omvisning i simuleringssenteret", "14:00", ""] in table


def test_that_eventuelt_has_no_sakstype_in_the_running_order_and_an_empty_block(innkalling):
    (table,) = grids(innkalling)
    assert table[-1] == ["34/23", "Eventuelt", "15:50", ""]
    assert section(innkalling, "34/23") == []


def test_that_pauses_and_saker_that_are_off_are_quiet(innkalling):
    table = next(block for block in innkalling.blocks if isinstance(block, GridTable))
    muted = [
        row[1] for row, made in zip(grids(innkalling)[0][1:], table.rows, strict=True) if made.muted
    ]
    assert muted == ["Lunsj", "Opplæring i digital hjemmeoppfølging – utsatt"]


@pytest.mark.parametrize(
    ("tilstand", "word"), [(SakTilstand.UTSATT, "utsatt"), (SakTilstand.TRUKKET, "trukket")]
)
def test_that_a_sak_that_is_off_says_so_in_row_and_block(tilstand, word):
    document = one_sak(tilstand=tilstand, sakstype=Sakstype.DROEFTING)
    assert grids(document)[0][1][:2] == ["1/24", f"Prøvesak – {word}"]
    assert section_lines(document, "1/24") == [f"Sakstype: Drøfting · {word}"]


def test_that_changes_after_the_innkalling_are_marked(innkalling):
    row = grids(innkalling)[0][6]
    assert row[1] == "Felles krav til journal i kommunene – endret etter innkalling"
    assert row[2] == "12:15 (endret)"
    assert "Sakstype: Anbefaling · endret etter innkalling" in section_lines(innkalling, "32/23")


def test_that_every_sak_is_a_heading_2_under_saker(innkalling):
    shown = headings(innkalling)
    assert shown[:2] == [(1, "Dagsorden"), (1, "Saker")]
    assert shown[2] == (2, "28/23 Godkjenning av innkalling og dagsorden")
    assert len(shown) == 2 + len(samples.SAKER)


def test_that_a_block_says_sakstype_omtale_vedlegg_and_proposal_in_this_order(innkalling):
    assert section_lines(innkalling, "31/23") == [
        "Sakstype: Drøfting",
        "Sykehus og kommuner har ulike planer for dager uten nett. Rådet bes om å:",
        "peke på det som haster mest",
        "si hvem som bør samordne planene",
        "Vedlegg 2: Toppnotat Beredskap når nettet svikter",
        (
            "Forslag til vedtak: Nasjonalt e-helseråd drøftet saken og ba Direktoratet for e-helse "
            "ta med seg innspillene gitt i møtet i det videre arbeidet."
        ),
    ]


def test_that_ingen_toppnotat_is_printed_only_where_the_status_says_so():
    printed = {
        status: "Ingen toppnotat" in lines(one_sak(toppnotatstatus=status))
        for status in Toppnotatstatus
    }
    assert printed == {
        Toppnotatstatus.INGEN: True,
        Toppnotatstatus.SKAL_HA: False,
        Toppnotatstatus.IKKE_AKTUELT: False,
    }


def test_that_a_vedlegg_with_an_address_is_a_link(innkalling):
    links = {i.text: i.link for i in all_inlines(innkalling) if isinstance(i, Run) and i.link}
    assert links["Felles krav til journal"] == "https://eksempel.no/krav?a=1&b=2"
    assert "Tidsplan for utprøving" not in links


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\x"])
def test_that_an_address_that_is_not_of_the_web_is_no_link(url):
    document = one_sak(vedlegg=(VedleggContent("1", "Fil", Vedleggslag.LENKE, url=url),))
    assert not any(
        isinstance(inline, Run) and inline.link and inline.text == "Fil"
        for inline in all_inlines(document)
    )
    assert "Vedlegg 1: Fil" in lines(document)


def test_that_a_referat_as_vedlegg_is_named_by_body_and_date(innkalling):
    assert "Vedlegg 1: Referat fra Nasjonalt e-helseråd 4. oktober 2023" in lines(innkalling)


def test_that_a_proposal_of_several_blocks_has_its_label_once(innkalling):
    blocks = section(innkalling, "32/23")
    assert [one for one in roles(blocks) if one[0] == "forslag"] == [
        ("forslag", "Forslag til vedtak: Nasjonalt e-helseråd støtter utkastet."),
        ("forslag", "KS oppdaterer kravene én gang i året:"),
    ]
    assert "om våren for små kommuner" in section_lines(innkalling, "32/23")


def test_that_a_proposal_that_begins_with_a_list_has_its_label_on_a_line_of_its_own():
    document = one_sak(forslag=Tree((samples.bullets("Rådet støtter planen"),)))
    assert section_lines(document, "1/24") == ["Forslag til vedtak:", "Rådet støtter planen"]


def test_that_blank_texts_print_nothing():
    blank = Tree((Paragraph(()), Paragraph((Run("  "),))))
    assert section(one_sak(forslag=blank, omtale=blank), "1/24") == []


def test_that_a_provisional_innkalling_says_so_in_its_head():
    provisional = compose_innkalling(replace(samples.MOETE, provisional=True))
    note = "Foreløpig: saksnumre, vedleggsnumre og klokkeslett kan bli endret."
    assert roles(list(provisional.blocks))[0] == ("foreloepig", note)
    assert note not in lines(compose_innkalling(samples.MOETE))


def test_that_a_late_sak_has_a_provisional_number():
    assert section_lines(one_sak(provisional=True), "1/24") == ["Foreløpig nummer"]


def test_that_an_updated_innkalling_says_when():
    document = compose_innkalling(replace(samples.MOETE, oppdatert=date(2023, 12, 8)))
    assert "Oppdatert innkalling 8. desember 2023" in lines(document)


def test_that_two_days_have_a_running_order_each():
    document = compose_innkalling(samples_nn.MOETE)
    assert len(grids(document)) == 2
    assert headings(document)[:4] == [
        (1, "Dagsorden"),
        (2, "Måndag 30. september 2024"),
        (2, "Tysdag 1. oktober 2024"),
        (1, "Saker"),
    ]
    assert head(document)["Dato"] == [["30. september–1. oktober 2024"]]
    assert head(document)["Tid"] == [
        ["30. september kl. 10.00–15.00", "1. oktober kl. 09.00–12.00"]
    ]


def test_that_two_days_at_one_place_name_it_once():
    days = [
        MoetedagContent(date(2024, 10, 17 + step), time(9), time(15), "Bodø") for step in (0, 1)
    ]
    document = compose_innkalling(
        replace(samples.MOETE, moetedager=tuple(days), digital_lenke=None)
    )
    assert head(document)["Sted"] == [["Bodø"]]


def test_that_two_days_at_two_places_say_where_each_is():
    days = [
        MoetedagContent(date(2024, 10, 17), time(9), time(15), "Bodø"),
        MoetedagContent(date(2024, 10, 18), time(9), time(15), "Fauske"),
    ]
    document = compose_innkalling(
        replace(samples.MOETE, moetedager=tuple(days), digital_lenke=None)
    )
    assert head(document)["Sted"] == [["17. oktober: Bodø", "18. oktober: Fauske"]]


def test_that_a_digital_meeting_without_place_says_so():
    day = replace(samples.DAY, sted="")
    moete = replace(samples.MOETE, form=Moeteform.DIGITALT, moetedager=(day,), digital_lenke=None)
    assert head(compose_innkalling(moete))["Sted"] == [["Digitalt møte"]]


def test_that_a_meeting_with_nothing_in_it_has_no_empty_headings_or_rows():
    day = MoetedagContent(date(2024, 1, 9), time(9), time(10))
    moete = replace(samples.MOETE, moetedager=(day,), saker=(), medlemmer=(), digital_lenke=None)
    document = compose_innkalling(moete)
    assert headings(document) == []
    assert list(head(document)) == ["Møte", "Dato", "Tid"]


def test_that_the_properties_name_meeting_author_language_and_time(innkalling):
    created = datetime(2023, 12, 1, 9, 0)  # noqa: DTZ001
    document = compose_innkalling(samples.MOETE, created=created)
    assert document.title == "Innkalling til møte 4/2023 i Nasjonalt e-helseråd"
    assert (document.author, document.maalform) == ("Direktoratet for e-helse", "nb")
    assert (document.subject, document.keywords) == ("Innkalling", "4/2023")
    assert document.created == created
    assert innkalling.created is None
    assert compose_innkalling(samples_nn.MOETE).maalform == "nn"
