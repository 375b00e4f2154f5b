"""Toppnotater as caseworkers write them are read into their sections, and nothing is lost."""

from __future__ import annotations

import pytest

from desktop.importing.docx_errors import DocxError
from desktop.importing.toppnotat_docx import read_toppnotat
from desktop.importing.toppnotat_headings import known_heading
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Figure, Heading, ListBlock, Table, Tree
from desktop.richtext.validate import validate
from desktop.rules.entity_kinds import Seksjonslag
from tests.importing.word import lag
from tests.importing.word.lag import item, p, word_file

S = Seksjonslag
BACKGROUND = """Forskere søker i dag om data hvert sted for seg.
Hva er gjort
Et forprosjekt er levert."""


def sections(data: bytes) -> list[tuple[Seksjonslag, str, str]]:
    return [
        (one.slag, one.overskrift, plain_text(one.tree)) for one in read_toppnotat(data).sections
    ]


def slags(data: bytes) -> list[Seksjonslag]:
    return [one.slag for one in read_toppnotat(data).sections]


def h1(text: str) -> str:
    return p(text, style="Overskrift1")


def h2(text: str) -> str:
    return p(text, style="Overskrift2")


def test_that_headings_in_word_styles_make_sections():
    note = read_toppnotat(lag.med_stiler())
    assert [(one.slag, one.overskrift) for one in note.sections] == [
        (S.FORSLAG, "Forslag til vedtak"),
        (S.HENSIKT, "Hensikt"),
        (S.BAKGRUNN, "Bakgrunn for saken"),
        (S.EGEN, "Økonomi"),
        (S.DROEFTING, "Spørsmål til drøfting"),
        (S.VIDERE, "Videre prosess"),
    ]
    assert not note.unplaced
    assert note.attachments == ("Plan for innføring",)


def test_that_the_background_keeps_its_list_table_figure_and_subheading():
    note = read_toppnotat(lag.med_stiler())
    tree = note.sections[2].tree
    kinds = [type(block) for block in tree.blocks]
    assert {ListBlock, Heading, Table, Figure} <= set(kinds)
    heading = next(block for block in tree.blocks if isinstance(block, Heading))
    assert heading.level == 1
    table = next(block for block in tree.blocks if isinstance(block, Table))
    assert table.header_rows == 1
    figure = next(block for block in tree.blocks if isinstance(block, Figure))
    assert figure.width_mm == 80
    assert figure.file in note.images
    assert tree.blocks[kinds.index(Figure) + 1].style == "caption"


def test_that_the_head_table_is_read_as_facts():
    head = read_toppnotat(lag.med_stiler()).head
    assert head["saksnummer"] == ("04/24",)
    assert head["saksbehandler"] == (
        "Trine Bakken, Helsedirektoratet",
        "Olav Rud, Norsk helsenett SF",
    )
    assert head["tittel"] == ("Felles språk i pasientjournalen",)


def test_that_bold_lines_are_headings_where_no_styles_are_used():
    data = lag.med_fet_skrift()
    assert sections(data) == [
        (S.FORSLAG, "Forslag til vedtak", "Rådet tar saken til orientering."),
        (S.HENSIKT, "Hensikten med saken", "Gi rådet oversikt.\nFå innspill tidlig."),
        (
            S.BAKGRUNN,
            "Bakgrunn",
            BACKGROUND,
        ),
        (S.VIDERE, "Videre saksprosess", "Høring i mai."),
    ]
    note = read_toppnotat(data)
    assert note.head["saksnummer"] == ("05/24",)
    assert plain_text(note.unplaced) == "Toppnotat om datadeling for forskning."
    assert isinstance(note.sections[2].tree.blocks[1], Heading)


def test_that_nynorsk_headings_in_styles_of_ones_own_make_sections():
    note = read_toppnotat(lag.paa_nynorsk())
    assert [one.slag for one in note.sections] == [S.FORSLAG, S.HENSIKT, S.BAKGRUNN, S.VIDERE]
    assert note.head["tittel"] == ("Betre samhandling i vest",)
    assert plain_text(note.unplaced) == "Utarbeidd av fylket."
    assert [(row.sak, row.tema) for row in note.earlier] == [("NUIT 50/23", "Samhandling")]


def test_that_a_note_in_a_table_is_read_row_by_row():
    note = read_toppnotat(lag.i_tabell())
    assert [one.slag for one in note.sections] == [S.FORSLAG, S.HENSIKT, S.BAKGRUNN, S.VIDERE]
    assert note.head == {"saksnummer": ("06/24",), "fra": ("KS",)}
    assert not note.unplaced


@pytest.mark.parametrize(
    ("text", "slag"),
    [
        ("Forslag til vedtak", S.FORSLAG),
        ("FRAMLEGG TIL VEDTAK:", S.FORSLAG),
        ("3.1 Vedtaksforslag", S.FORSLAG),
        ("Hensikt\N{NO-BREAK SPACE}med saken", S.HENSIKT),
        ("a) Formål", S.HENSIKT),
        ("Føremålet med saka", S.HENSIKT),
        ("Bakgrunn for saka", S.BAKGRUNN),
        ("Spørsmål til drøfting i rådet", S.DROEFTING),
        ("Drøftingsspørsmål:", S.DROEFTING),
        ("Vidare saksgang", S.VIDERE),
        ("Vedtak fra tidligere behandlinger i rådsmodellen", S.TIDLIGERE_VEDTAK),
        ("Vedlegg", S.VEDLEGG),
    ],
)
def test_that_the_usual_variants_of_a_heading_are_known(text: str, slag: Seksjonslag):
    found = known_heading(text)
    assert found is not None
    assert found.slag is slag


@pytest.mark.parametrize("text", ["Bakgrunnsmateriale", "Vedlegg 6A: Rammer", "Økonomi", "i", ""])
def test_that_other_texts_are_no_known_heading(text: str):
    assert known_heading(text) is None


def test_that_a_heading_on_the_level_of_the_sections_is_a_section_of_its_own():
    data = word_file(h1("Bakgrunn") + p("a") + h2("Del") + p("b") + h1("Risiko") + p("c"))
    assert sections(data) == [(S.BAKGRUNN, "Bakgrunn", "a\nDel\nb"), (S.EGEN, "Risiko", "c")]


def test_that_a_weak_heading_below_a_section_is_a_subheading():
    data = word_file(h1("Bakgrunn") + p("a") + h2("Formål") + p("b"))
    assert slags(data) == [S.BAKGRUNN]


def test_that_a_strong_heading_begins_its_section_at_any_level():
    data = word_file(h1("Bakgrunn") + p("a") + h2("Drøftingsspørsmål") + p("b"))
    assert slags(data) == [S.BAKGRUNN, S.DROEFTING]


def test_that_a_second_section_of_a_kind_is_kept_as_its_own_and_told():
    note = read_toppnotat(word_file(h1("Bakgrunn") + p("a") + h1("Bakgrunn") + p("b")))
    assert [one.slag for one in note.sections] == [S.BAKGRUNN, S.EGEN]
    assert [remark.code for remark in note.remarks] == ["duplicate_section"]


def test_that_a_bold_numbered_line_that_names_a_section_is_its_heading():
    body = (
        item("Forslag til vedtak", 2, bold=True) + p("a") + item("Bakgrunn", 2, bold=True) + p("b")
    )
    assert slags(word_file(body)) == [S.FORSLAG, S.BAKGRUNN]


def test_that_a_point_of_a_list_that_names_a_section_stays_a_point():
    data = word_file(h1("Videre saksprosess") + item("Bakgrunn") + item("Vedlegg"))
    assert sections(data) == [(S.VIDERE, "Videre saksprosess", "• Bakgrunn\n• Vedlegg")]


def test_that_text_without_any_heading_is_unplaced_and_kept():
    note = read_toppnotat(word_file(p("Bare tekst.") + item("punkt")))
    assert note.sections == ()
    assert plain_text(note.unplaced) == "Bare tekst.\n• punkt"


def test_that_a_section_not_filled_in_is_left_out():
    data = word_file(h1("Hensikt med saken") + p("(Ikke utfylt)") + h1("Bakgrunn") + p("a"))
    assert slags(data) == [S.BAKGRUNN]


def test_that_a_heading_split_by_enter_in_its_control_gives_its_rest_to_the_text():
    control = (
        '<w:bookmarkStart w:id="1" w:name="_mb_hensikt"/><w:r><w:t>Hensikt med saken</w:t><w:br/>'
        "<w:t>Ny tekst.</w:t></w:r>"
    )
    data = word_file(p(style="Overskrift1", inner=control))
    assert sections(data) == [(S.HENSIKT, "Hensikt med saken", "Ny tekst.")]


def test_that_a_marked_heading_is_known_though_its_text_was_rewritten():
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="bakgrunn"/></w:sdtPr><w:sdtContent><w:r>'
        "<w:t>Hvorfor nå</w:t></w:r></w:sdtContent></w:sdt>"
    )
    assert sections(word_file(p(style="Overskrift1", inner=control) + p("a"))) == [
        (S.BAKGRUNN, "Hvorfor nå", "a")
    ]


def test_that_a_long_text_under_vedlegg_is_kept_as_a_section():
    note = read_toppnotat(word_file(h1("Bakgrunn") + p("a") + h1("Vedlegg") + p("x" * 400)))
    assert [(one.slag, one.overskrift) for one in note.sections][1] == (S.EGEN, "Vedlegg")


def test_that_an_empty_document_is_refused():
    with pytest.raises(DocxError) as refused:
        read_toppnotat(word_file(p()))
    assert refused.value.code == "empty"


@pytest.mark.parametrize("name", list(lag.saksbehandlerfiler()))
def test_that_what_is_read_can_be_stored(name: str):
    note = read_toppnotat(lag.saksbehandlerfiler()[name]())
    for tree in (*(one.tree for one in note.sections), note.unplaced):
        assert validate(tree) == []
    assert note.sections
    assert isinstance(note.unplaced, Tree)
