from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.compose_referat import compose_referat
from desktop.documents.content import InnspillContent, SaksreferatContent
from desktop.documents.document import StyledParagraph, TreePart
from desktop.documents.innspill import innspill_blocks
from desktop.richtext.tree import Heading, ListBlock, Paragraph, Run, Tree
from desktop.rules.entity_kinds import Innspillslag
from desktop.rules.states import ReferatTilstand
from tests.documents import samples
from tests.documents.reading import (
    grids,
    head,
    headings,
    inner_blocks,
    lines,
    lines_of,
    roles,
    section,
    section_lines,
    words_of,
)

PUNKT, AVSNITT, MELLOM = Innspillslag.PUNKT, Innspillslag.AVSNITT, Innspillslag.MELLOMTITTEL


@pytest.fixture(scope="module")
def referat():
    return compose_referat(samples.REFERAT)


def outline(blocks):
    """Lists as nested Python lists of their first lines; other blocks as their text."""
    found = []
    for block in blocks:
        if isinstance(block, StyledParagraph):
            found.append(f"# {words_of(block.inlines)}")
        elif isinstance(block, TreePart):
            found += [_outline(one) for one in block.tree.blocks]
    return found


def _outline(block):
    if isinstance(block, ListBlock):
        return [[_outline(one) for one in item.blocks] for item in block.items]
    return words_of(block.inlines)


def row(slag, words, nivaa=0):
    return InnspillContent(slag, samples.text(words), nivaa)


def test_that_the_head_groups_attendance(referat):
    shown = head(referat)
    assert list(shown) == [
        "Møte", "Dato", "Tid", "Sted", "Til stede", "Ikke til stede", "Stedfortreder", "Andre",
        "Direktoratet for e-helse",
    ]  # fmt: skip
    assert shown["Stedfortreder"] == [["Kim Ødegård, FFO, for Ingrid Øverland – digitalt"]]
    assert shown["Direktoratet for e-helse"] == [["Trine Bakken", "Vibeke Strand"], ["Nora Saure"]]


def test_that_attendance_says_how_and_for_which_saker(referat):
    present = [text for column in head(referat)["Til stede"] for text in column]
    assert present[8:] == [
        "Stein Ove Dahl (Oslo kommune)",
        "Åse Brekke (Kristiansand kommune) – digitalt",
        "Nils Aslak Sara (Nordreisa kommune) – digitalt, fra sak 18/23",
        "Hanne Fjeldstad (Bergen kommune) – til sak 19/23",
        "Lars Myklebust (Trondheim kommune) – fra sak 18/23 til sak 19/23",
    ]


def test_that_guests_are_bound_to_their_saker(referat):
    assert head(referat)["Andre"] == [
        ["Rolf Berg (Norsk helsenett SF) – sak 18/23"],
        ["Mona Li (NAV) – digitalt, sakene 18/23 og 19/23"],
    ]


def test_that_the_running_order_of_a_referat_has_no_times_and_no_pauses(referat):
    (table,) = grids(referat)
    assert table[0] == ["Sak", "Agenda Nasjonalt e-helseråd", "Sakstype"]
    assert [line[0] for line in table[1:]] == ["17/23", "18/23", "19/23", "20/23", "21/23"]
    assert table[4][1] == "Forenklet rapportering – trukket"


def test_that_a_referat_does_not_mark_what_changed_after_the_innkalling():
    saker = tuple(replace(sak, endret_etter_innkalling=True) for sak in samples.REFERAT_MOETE.saker)
    content = replace(samples.REFERAT, moete=replace(samples.REFERAT_MOETE, saker=saker))
    assert not any("endret" in line for line in lines(compose_referat(content)))


def test_that_a_sak_is_told_in_the_order_of_the_form(referat):
    assert section_lines(referat, "18/23") == [
        "Habilitet:",
        "Anders Wiik erklærte seg inhabil og forlot møtet under saken.",
        "Trine Bakken, Direktoratet for e-helse, la frem forslaget. Hun viste til:",
        "målene i strategien",
        "midlene i budsjettet",
        "Innspill:",
        "Listen er lang, og rådet er bekymret for tempoet.",
        "Tiltak som sparer tid for helsepersonell, må gå først.",
        "Legemiddellisten er fortsatt viktigst.",
        "Kommunene venter på leverandørene.",
        "Flere viste til arbeidet i nord.",
        "Kunstig intelligens bør inn i planen.",
        "Andre tema som ble drøftet",
        "Målarkitektur på utvalgte områder.",
        "Det var enighet om å komme tilbake til dette.",
        "Rådet stiller seg bak prioriteringene og ber om en kortere liste.",
        "Aksjonspunkter:",
        (
            "Direktoratet deler sitt innspill med medlemmene. Ansvarlig: Direktoratet for e-helse. "
            "Frist: 1. november 2023."
        ),
        "Medlemmene sender inn sine behov.",
        "Vedtak: Nasjonalt e-helseråd anbefaler tiltakene, med de innspillene som kom i møtet.",
        "Protokolltilførsel:",
        "Legeforeningen ba om å få ført at fastlegene ikke er spurt.",
    ]


def test_that_eventuelt_and_saker_without_innspill_have_no_empty_labels(referat):
    assert section_lines(referat, "21/23") == [
        "Høstmøtet neste år flyttes til uke 42.",
        "Ingen flere saker.",
    ]
    assert [role for role, _text in roles(section(referat, "19/23"))] == ["vedtak"]


def test_that_a_withdrawn_sak_keeps_its_heading_and_says_so(referat):
    assert (2, "20/23 Forenklet rapportering") in headings(referat)
    assert section_lines(referat, "20/23") == ["Saken ble trukket."]


@pytest.mark.parametrize(
    ("tilstand", "fields", "shown"),
    [
        (ReferatTilstand.UTKAST, {}, "Utkast"),
        (
            ReferatTilstand.TIL_KOMMENTAR,
            {},
            "Utkast til kommentar. Frist for kommentarer: 20. oktober 2023",
        ),
        (ReferatTilstand.TIL_KOMMENTAR, {"kommentarfrist": None}, "Utkast til kommentar"),
        (ReferatTilstand.OPPDATERT, {}, "Oppdatert etter kommentarer, ikke godkjent"),
        (ReferatTilstand.GODKJENT, {"godkjent_i_sak": "29/23"}, "Godkjent i sak 29/23"),
    ],
)
def test_that_the_head_says_how_final_the_referat_is(tilstand, fields, shown):
    document = compose_referat(replace(samples.REFERAT, tilstand=tilstand, **fields))
    assert lines(document)[1] == shown


def test_that_an_approved_referat_without_known_sak_has_no_note():
    document = compose_referat(replace(samples.REFERAT, tilstand=ReferatTilstand.GODKJENT))
    assert lines(document)[1] == "Møte"


def test_that_blank_texts_leave_no_labels():
    blank = Tree((Paragraph(()),))
    said = SaksreferatContent(
        "r17",
        blank,
        (InnspillContent(PUNKT, blank),),
        blank,
        habilitet=blank,
        protokolltilfoersel=blank,
        vedtak=blank,
    )
    assert section(compose_referat(replace(samples.REFERAT, saker=(said,))), "17/23") == []


def test_that_points_nest_by_their_level():
    rows = [
        row(PUNKT, "a"),
        row(PUNKT, "b", 1),
        row(PUNKT, "c", 2),
        row(PUNKT, "d", 1),
        row(PUNKT, "e"),
    ]
    assert outline(innspill_blocks(rows)) == [[["a", [["b", [["c"]]], ["d"]]], ["e"]]]


def test_that_a_point_too_deep_goes_below_the_deepest_one_there_is():
    rows = [row(PUNKT, "a", 3), row(PUNKT, "b", 3), row(PUNKT, "c", 2)]
    assert outline(innspill_blocks(rows)) == [[["a", [["b", [["c"]]]]]]]


def test_that_an_outer_paragraph_parts_two_lists():
    rows = [row(PUNKT, "a"), row(AVSNITT, "mellom"), row(PUNKT, "b")]
    assert outline(innspill_blocks(rows)) == [[["a"]], "mellom", [["b"]]]


def test_that_an_inner_paragraph_continues_the_point_above_it():
    rows = [row(PUNKT, "a"), row(AVSNITT, "mer", 1), row(PUNKT, "b", 1), row(AVSNITT, "om b", 2)]
    assert outline(innspill_blocks(rows)) == [[["a", "mer", [["b", "om b"]]]]]


def test_that_a_paragraph_after_sub_points_stands_after_them():
    rows = [row(PUNKT, "a"), row(PUNKT, "b", 1), row(AVSNITT, "om a", 1), row(PUNKT, "c", 1)]
    assert outline(innspill_blocks(rows)) == [[["a", [["b"]], "om a", [["c"]]]]]


def test_that_small_headings_stand_between_the_lists():
    rows = [row(PUNKT, "a"), row(MELLOM, "Andre tema"), row(PUNKT, "b")]
    assert outline(innspill_blocks(rows)) == [[["a"]], "# Andre tema", [["b"]]]


def test_that_a_point_that_begins_with_no_paragraph_stands_between_the_lists():
    odd = InnspillContent(PUNKT, Tree((Heading((Run("Tittel"),), id="h"),)))
    assert outline(innspill_blocks([row(PUNKT, "a"), odd])) == [[["a"]], "Tittel"]


@given(
    st.lists(
        st.builds(
            row,
            st.sampled_from(Innspillslag),
            st.text("abc", min_size=1, max_size=3),
            st.integers(0, 4),
        ),
        max_size=12,
    )
)
def test_that_every_row_is_printed_once_and_in_order(rows):
    printed = []
    for block in innspill_blocks(rows):
        if isinstance(block, StyledParagraph):
            printed.append(words_of(block.inlines))
        else:
            printed += lines_of(block.tree.blocks)
            for inner in inner_blocks(block):
                if isinstance(inner, ListBlock):
                    assert all(isinstance(item.blocks[0], Paragraph) for item in inner.items)
    assert printed == [lines_of(one.innhold.blocks)[0] for one in rows]
