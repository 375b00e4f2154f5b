"""Tables of vedtak as they are pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importing.html_paste import read_pasted
from desktop.importing.vedtak_table import MOST_ROWS, read_vedtak_table, tree_of_lines
from desktop.richtext.plain import plain_text

EXCEL = (
    "Møtedato\tSaksnr.\tTittel\tVedtak\tAnsvarlig\n"
    '16.11.2023\t50/23\tKI\t"NUIT støtter tiltakene.\nDe følges opp i mai."\tx\n'
    "01.06.2023\t27/23\tPorteføljen\tNUIT tar saken til orientering.\t\n"
)


def test_that_the_columns_are_found_by_their_headings_in_any_order():
    found = read_vedtak_table(EXCEL)
    first, second = found.rader
    assert (first.referanse, first.tittel, first.dato) == ("50/23", "KI", "16.11.2023")
    assert first.tekst == "NUIT støtter tiltakene.\nDe følges opp i mai."
    assert second.linje == 3
    assert found.mangler == ("organ", "sakstype")
    assert found.ukjente == ("Ansvarlig",)


def test_that_the_councils_own_table_is_read_from_word_with_paragraphs_in_a_cell():
    html = (
        "<table><tr><th>Sak</th><th>Tema</th><th>Vedtaksformulering</th></tr>"
        "<tr><td>NUIT 50/23</td><td>KI</td><td><p>Første.</p><p>Andre.</p></td></tr></table>"
    )
    found = read_vedtak_table("NUIT 50/23\tKI\tFørste.\nAndre.", read_pasted(html).tree)
    assert [(row.referanse, row.tittel, row.tekst) for row in found.rader] == [
        ("NUIT 50/23", "KI", "Første.\nAndre.")
    ]


def test_that_cells_without_headings_are_sak_tema_and_vedtak():
    found = read_vedtak_table("3/22\tBehov\tNUFA tar saken til orientering.")
    row = found.rader[0]
    assert (row.referanse, row.tittel, row.tekst) == (
        "3/22", "Behov", "NUFA tar saken til orientering.",
    )  # fmt: skip
    assert found.mangler == ("dato", "organ", "sakstype")


def test_that_nynorsk_headings_are_known():
    found = read_vedtak_table("Sak;Utval;Vedtak\n1/22;X;Ja.".replace("Utval;", "Utvalg;"))
    assert found.rader[0].organ == "X"


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_that_nothing_pasted_is_no_row(text):
    assert read_vedtak_table(text).rader == ()


def test_that_a_table_beyond_the_limit_is_cut_and_says_so():
    found = read_vedtak_table("Sak\tVedtak\n" + "1/22\tJa.\n" * (MOST_ROWS + 3))
    assert len(found.rader) == MOST_ROWS
    assert found.avkortet


@given(st.text(alphabet=st.sampled_from('Sak\t\n";a\r x«'), max_size=80))
def test_that_any_text_is_read_without_failing(text):
    for row in read_vedtak_table(text).rader:
        assert "\t" not in row.referanse
        assert plain_text(tree_of_lines(row.tekst)) == row.tekst
