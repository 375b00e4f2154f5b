"""The further documents: what they say, and that their Word files are sound."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.documents.content_lists import SakslisteContent, VedtaksprotokollContent
from desktop.documents.document import GridTable, Title
from desktop.documents.docx_writer import write_docx
from desktop.documents.html import write_html
from desktop.documents.names import file_name
from desktop.richtext.tree import Tree
from desktop.rules.kinds import Maalform
from desktop.rules.standing import Standing
from desktop.rules.states import ReferatTilstand, SakTilstand
from desktop.services.papers import compose
from tests.documents import samples, samples_lists, samples_nn
from tests.documents.check_docx import Parts, check_docx, find
from tests.documents.reading import grids, head, headings, lines, roles, section_lines

NAMES = sorted(samples_lists.contents(samples))
KJOEREPLAN = samples_lists.kjoereplan(samples.MOETE)
LISTE = samples_lists.oppfoelgingsliste(samples.MOETE)


def composed(name, sample=samples):
    return compose(samples_lists.contents(sample)[name])


@pytest.mark.parametrize("sample", [samples, samples_nn], ids=["nb", "nn"])
@pytest.mark.parametrize("name", NAMES)
def test_that_the_word_file_has_no_finding(name, sample):
    assert check_docx(write_docx(composed(name, sample)).data) == []


@pytest.mark.parametrize("name", NAMES)
def test_that_equal_contents_give_equal_files(name):
    assert write_docx(composed(name)).data == write_docx(composed(name)).data


@pytest.mark.parametrize("name", NAMES)
def test_that_the_word_file_is_written_as_before(name, snapshot):
    parts = Parts(write_docx(composed(name)).data)
    shown = {part: parts.raw[part].decode() for part in ("word/document.xml", "docProps/core.xml")}
    assert shown == snapshot


def test_that_every_kind_has_its_name_in_both_languages():
    kinds = ("saksliste", "saerutskrift", "vedtaksprotokoll", "kjoereplan", "oppfoelgingsliste")
    named = {kind: [file_name(kind, "", one) for one in Maalform] for kind in kinds}
    assert named == {
        "saksliste": ["Saksliste.docx", "Sakliste.docx"],
        "saerutskrift": ["Særutskrift.docx", "Særutskrift.docx"],
        "vedtaksprotokoll": ["Vedtaksprotokoll.docx", "Vedtaksprotokoll.docx"],
        "kjoereplan": ["Kjøreplan.docx", "Køyreplan.docx"],
        "oppfoelgingsliste": ["Oppfølgingsliste.docx", "Oppfølgingsliste.docx"],
    }


# Saksliste


def test_that_the_saksliste_has_every_sak_and_nothing_else():
    [table] = grids(composed("saksliste"))
    assert table[0] == ["Sak", "Tittel", "Sakstype"]
    assert [row[0] for row in table[1:]] == [sak.nummer for sak in samples.MOETE.saker]


def test_that_a_postponed_sak_stands_quietly_in_the_saksliste():
    first, *rest = samples.MOETE.saker
    saker = (replace(first, tilstand=SakTilstand.UTSATT), *rest)
    document = compose(SakslisteContent(replace(samples.MOETE, saker=saker)))
    [table] = [block for block in document.blocks if isinstance(block, GridTable)]
    assert [row.muted for row in table.rows] == [
        sak.tilstand in {SakTilstand.UTSATT, SakTilstand.TRUKKET} for sak in saker
    ]
    assert grids(document)[0][1][1].endswith(" – utsatt")


@pytest.mark.parametrize("name", ["saksliste", "kjoereplan"])
def test_that_it_says_foreloepig_only_before_the_numbers_are_fixed(name):
    for provisional in (True, False):
        content = samples_lists.contents(samples)[name]
        moete = replace(content.moete, provisional=provisional)
        said = [role for role, _text in roles(compose(replace(content, moete=moete)).blocks)]
        assert ("foreloepig" in said) is provisional


def test_that_a_meeting_of_two_days_has_a_list_for_each():
    day = samples.MOETE.moetedager[0]
    half = len(day.poster) // 2
    later = replace(day, dato=day.dato.replace(day=15), poster=day.poster[half:])
    moete = replace(samples.MOETE, moetedager=(replace(day, poster=day.poster[:half]), later))
    document = compose(SakslisteContent(moete))
    assert headings(document) == [(1, "Torsdag 14. desember 2023"), (1, "Fredag 15. desember 2023")]
    listed = [row[0] for table in grids(document) for row in table[1:]]
    assert listed == [sak.nummer for sak in samples.MOETE.saker]


# Kjøreplan


def test_that_the_kjoereplan_has_clock_sak_presenter_and_proposal():
    document = compose(KJOEREPLAN)
    [table] = grids(document)
    assert table[0] == ["Tid", "Sak", "Forslag til vedtak", "Notater"]
    row = next(row for row in table if "31/23" in row[1])
    assert row[0] == "10:25 10 min"
    assert "Innleder: Kari Vik (KS) og Per Aas" in row[1]
    assert row[2]
    assert head(document)["Møteleder"] == [["Kari Vik (KS)"]]


def test_that_there_is_room_for_notes_beside_every_sak_and_none_beside_a_pause():
    [table] = [block for block in compose(KJOEREPLAN).blocks if isinstance(block, GridTable)]
    assert all(row.cells[3] == () for row in table.rows)
    assert all((row.least_mm == 0) is row.muted for row in table.rows)
    assert {row.muted for row in table.rows} == {True, False}


def test_that_the_room_for_notes_is_in_the_word_file_and_in_html():
    document = compose(KJOEREPLAN)
    rows = find(Parts(write_docx(document).data).document, "//w:tr[w:trPr/w:trHeight]")
    assert len(rows) == len(samples.MOETE.saker)
    assert write_html(document).count("height:20mm") == len(samples.MOETE.saker)


def test_that_a_withdrawn_sak_has_no_time_and_no_room_in_the_kjoereplan():
    posts = [replace(post, start=None, slutt=None) for post in KJOEREPLAN.dager[0][:1]]
    first, *rest = samples.MOETE.saker
    moete = replace(samples.MOETE, saker=(replace(first, tilstand=SakTilstand.TRUKKET), *rest))
    plan = replace(KJOEREPLAN, moete=moete, dager=((*posts, *KJOEREPLAN.dager[0][1:]),))
    row = grids(compose(plan))[0][1]
    assert (row[0], row[2]) == ("", "")
    assert " – trukket" in row[1]


# Særutskrift


def test_that_the_saerutskrift_tells_one_sak_to_its_vedtak():
    document = composed("saerutskrift")
    assert [name for _level, name in headings(document)][-2:] == ["Behandling i møtet", "Vedtak"]
    assert section_lines(document, "Vedtak") == [
        "Nasjonalt e-helseråd anbefaler tiltakene, med de innspillene som kom i møtet."
    ]
    assert [block.text for block in document.blocks if isinstance(block, Title)]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (None, "Foreløpig: saken er ikke behandlet."),
        (ReferatTilstand.UTKAST, "Foreløpig: referatet fra møtet er ikke godkjent."),
        (ReferatTilstand.OPPDATERT, "Foreløpig: referatet fra møtet er ikke godkjent."),
        (ReferatTilstand.GODKJENT, "Referatet er godkjent i sak 29/23."),
    ],
)
def test_that_the_saerutskrift_says_how_final_it_is(state, said):
    content = replace(samples_lists.saerutskrift(samples.REFERAT, state), godkjent_i_sak="29/23")
    assert said in lines(compose(content))


def test_that_a_treated_sak_without_a_vedtak_says_so():
    content = samples_lists.saerutskrift(samples.REFERAT)
    without = replace(content, said=replace(content.said, vedtak=None))
    assert section_lines(compose(without), "Vedtak") == ["(Ikke utfylt)"]
    eventuelt = replace(without, sak=replace(content.sak, sakstype=None))
    assert section_lines(compose(eventuelt), "Vedtak") == ["Saken har ikke noe vedtak."]
    postponed = replace(without, sak=replace(content.sak, tilstand=SakTilstand.UTSATT))
    assert section_lines(compose(postponed), "Vedtak") == []


# Vedtaksprotokoll


def test_that_the_protocol_has_every_vedtak_with_how_it_was_adopted():
    meeting = samples_lists.vedtaksmoete(samples.REFERAT)
    document = composed("vedtaksprotokoll")
    assert [name for _level, name in headings(document)] == [
        f"{one.nummer} {one.tittel}" for one in meeting.vedtak
    ]
    assert sum(role == "vedtak" for role, _text in roles(document.blocks)) == len(meeting.vedtak)
    assert any(text.endswith("vedtatt som foreslått") for text in lines(document))


def test_that_the_protocol_of_a_year_has_a_chapter_for_each_meeting():
    meeting = samples_lists.vedtaksmoete(samples.REFERAT)
    second = replace(meeting, nummer="4/2023", referat=ReferatTilstand.UTKAST)
    other = samples_lists.entered(samples.REFERAT)
    vedtak = tuple(replace(one, key=f"4-{one.key}") for one in meeting.vedtak)
    content = VedtaksprotokollContent(
        samples.UTVALG, (meeting, replace(second, vedtak=vedtak)), 2023, (other,)
    )
    document = compose(content)
    chapters = [name for level, name in headings(document) if level == 1]
    assert [name.split(",")[0] for name in chapters] == [
        "Møte 3/2023", "Møte 4/2023", "Andre vedtak i registeret",
    ]  # fmt: skip
    assert "Orientering · 05.01.2023" in lines(document)
    assert document.title == "Vedtaksprotokoll for 2023 i Nasjonalt e-helseråd"
    assert check_docx(write_docx(document).data) == []


def test_that_a_year_without_vedtak_says_so():
    document = compose(VedtaksprotokollContent(samples.UTVALG, (), 2020))
    assert lines(document)[-1] == "Det er ikke ført inn noen vedtak."
    assert check_docx(write_docx(document).data) == []


def test_that_a_vedtak_of_no_words_prints_no_empty_paragraph():
    meeting = samples_lists.vedtaksmoete(samples.REFERAT)
    empty = replace(meeting, vedtak=(replace(meeting.vedtak[0], tekst=Tree()),))
    assert (
        check_docx(write_docx(compose(VedtaksprotokollContent(samples.UTVALG, (empty,)))).data)
        == []
    )


# Oppfølgingsliste


def test_that_the_list_has_a_table_for_each_owner():
    document = compose(LISTE)
    assert headings(document) == [(1, "KS"), (1, "Uten ansvarlig")]
    first, second = grids(document)
    assert first[0] == ["Oppgave", "Sak", "Frist", "Status"]
    assert first[1] == [
        "Lage en plan for opplæringen. Ansvarlig: Kari Vik 20.11.2023: Planen er sendt.",
        "22/23 31/23", "30.11.2023", "Pågår over fristen",
    ]  # fmt: skip
    assert first[2][3] == "Åpen frist før neste møte"
    assert second[1] == ["Svare på brevet fra rådet.", "", "", "Åpen"]


def test_that_the_list_says_how_much_is_open_and_late():
    assert lines(compose(LISTE))[2] == (
        "Per 1. desember 2023 · 3 åpne · 1 over fristen · 1 med frist før neste møte"
        " · neste møte 4/2023 14. desember 2023"
    )
    quiet = replace(LISTE.rader[0], stand=Standing.AAPEN)
    alone = replace(LISTE, rader=(quiet,), neste_moete=None)
    assert lines(compose(alone))[2] == "Per 1. desember 2023 · 1 åpen"


def test_that_an_empty_list_says_so():
    document = compose(replace(LISTE, rader=()))
    assert lines(document)[-1] == "Ingen åpne oppfølginger."
    assert check_docx(write_docx(document).data) == []
