from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from desktop.documents.compose_moetepakke import compose_moetepakke
from desktop.documents.compose_referat import compose_referat
from desktop.documents.content import VedleggContent
from desktop.documents.document import (
    DocHeading,
    StyledParagraph,
    TableOfContents,
    Title,
    TreePart,
    heading_level,
)
from desktop.richtext.tree import Footnote, Heading, Run
from desktop.rules.entity_kinds import Vedleggslag
from tests.documents import samples, samples_nn
from tests.documents.reading import all_inlines, headings, inner_blocks, lines, section_lines


@pytest.fixture(scope="module", params=["nb", "nn"])
def pakke(request):
    content = samples.PAKKE if request.param == "nb" else samples_nn.PAKKE
    return compose_moetepakke(content)


def anchors(document):
    named = (b for b in document.blocks if isinstance(b, Title | DocHeading | StyledParagraph))
    return [block.anchor for block in named if block.anchor]


def contents(document):
    return next(block for block in document.blocks if isinstance(block, TableOfContents))


def test_that_every_vedlegg_starts_on_a_new_page_in_order():
    document = compose_moetepakke(samples.PAKKE)
    chapters = [b for b in document.blocks if isinstance(b, DocHeading) and b.level == 1]
    assert all(chapter.page_break_before for chapter in chapters)
    assert [text for level, text in headings(document) if level == 1] == [
        "Innkalling til møte 4/2023 i Nasjonalt e-helseråd",
        "Vedlegg 1: Referat fra Nasjonalt e-helseråd 4. oktober 2023",
        "Vedlegg 2: Toppnotat Beredskap når nettet svikter",
        "Vedlegg 3: Toppnotat Felles krav til journal i kommunene",
        "Vedlegg 3A: Felles krav til journal",
        "Vedlegg 3B: Tidsplan for utprøving",
    ]


def test_that_the_table_of_contents_names_every_chapter_and_sak(pakke):
    entries = [entry.text for entry in contents(pakke).entries]
    chapters = [text for level, text in headings(pakke) if level == 1]
    assert [text for text in entries if text in chapters] == chapters
    assert len(entries) - len(chapters) == sum(
        entry.level == 2 for entry in contents(pakke).entries
    )


def test_that_every_link_inside_leads_to_an_anchor(pakke):
    known = set(anchors(pakke))
    inside = [
        i.link[1:] for i in all_inlines(pakke) if isinstance(i, Run) and (i.link or "")[:1] == "#"
    ]
    assert inside
    assert set(inside) <= known
    assert {entry.anchor for entry in contents(pakke).entries} <= known


def test_that_anchors_are_unique(pakke):
    assert [name for name, times in Counter(anchors(pakke)).items() if times > 1] == []


def test_that_block_ids_and_footnote_ids_are_unique(pakke):
    blocks = Counter(inner.id for block in pakke.blocks for inner in inner_blocks(block))
    notes = Counter(i.id for i in all_inlines(pakke) if isinstance(i, Footnote))
    assert max(blocks.values()) == 1
    assert "" not in blocks
    assert all(times == 1 for times in notes.values())


def test_that_the_footnotes_of_two_notes_are_both_there():
    document = compose_moetepakke(samples.PAKKE)
    assert sum(isinstance(inline, Footnote) for inline in all_inlines(document)) == 2


def test_that_no_heading_skips_a_level(pakke):
    wanted = []
    for block in pakke.blocks:
        if isinstance(block, DocHeading):
            wanted.append(block.level)
        elif isinstance(block, TreePart):
            shift = block.heading_shift
            wanted += [b.level + shift for b in inner_blocks(block) if isinstance(b, Heading)]
    printed = 0
    for level in wanted:
        assert heading_level(level, printed) == min(level, 4)
        printed = heading_level(level, printed)


def test_that_nothing_is_marked_for_reading_back(pakke):
    assert not any(isinstance(block, DocHeading) and block.mark for block in pakke.blocks)


def test_that_a_generated_part_is_whole():
    document = compose_moetepakke(samples.PAKKE)
    inside = lines(document)
    alone = lines(compose_referat(samples.REFERAT))[1:]
    place = inside.index(alone[0])
    assert inside[place : place + len(alone)] == alone


def test_that_other_vedlegg_are_a_page_with_link_or_name():
    document = compose_moetepakke(samples.PAKKE)
    assert section_lines(document, "Vedlegg 3A") == [
        "Hører til sak 32/23 Felles krav til journal i kommunene",
        "Vedlegget ligger på nettet: https://eksempel.no/krav?a=1&b=2",
    ]
    assert section_lines(document, "Vedlegg 3B")[1] == (
        "Vedlegget følger som egen fil: tidsplan 2024.pdf"
    )


def test_that_a_vedlegg_without_address_or_file_says_that_it_is_missing():
    lost = VedleggContent("9", "Brev", Vedleggslag.FIL)
    part = replace(samples.PAKKE.deler[-1], vedlegg=lost, sak_key="ukjent")
    document = compose_moetepakke(replace(samples.PAKKE, deler=(part,)))
    assert section_lines(document, "Vedlegg 9") == ["Vedlegget er ikke med i denne filen."]


def test_that_the_pictures_of_every_part_come_along():
    assert set(compose_moetepakke(samples.PAKKE).figures) == {samples.PICTURE}


def test_that_equal_content_makes_equal_documents():
    assert compose_moetepakke(samples.PAKKE) == compose_moetepakke(samples.PAKKE)
