"""The Excel file of the open commitments: typed cells, nothing that runs, ready to print."""

from __future__ import annotations

import io
import string
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator

from desktop.documents.compose_oppfoelgingsark import compose_oppfoelgingsark
from desktop.documents.content_lists import OppfoelgingContent
from desktop.documents.own_file import is_untouched, says_the_same
from desktop.documents.save import save_document
from desktop.documents.sheet import Sheet, SheetColumn, SheetRow
from desktop.documents.xlsx_writer import write_xlsx
from tests.documents import samples, samples_lists, samples_nn

CREATED = datetime(2023, 12, 1, 9, 0)  # noqa: DTZ001
LISTE = samples_lists.oppfoelgingsliste(samples.MOETE)
LISTA = samples_lists.oppfoelgingsliste(samples_nn.MOETE)
EVIL = (
    '=cmd|"/c calc"!A1', "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1",
    "'=1+1", '=HYPERLINK("http://x")', "{=1}", "%0A=1", "#REF!", "TRUE", "1e5", "2023-12-01",
    "_x003D_1+1", "＝1+1",
)  # fmt: skip


def sheet(*cells, **fields):
    values = {"title": "Prøve", "name": "Ark", "author": "Sekretariatet", "maalform": "nb"}
    columns = tuple(SheetColumn(f"Felt {number}", 12) for number in range(len(cells)))
    return Sheet(columns=columns, rows=(SheetRow(cells),), **{**values, **fields})


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def assert_is_text(data, count):
    """Nothing but text in the cells of the second row, and quoted, so that editing keeps it so."""
    root = etree.fromstring(parts_of(data)["xl/worksheets/sheet1.xml"])
    assert root.findall(".//{*}f") == []
    cells = [cell for row in root.findall(".//{*}row")[1:] for cell in row if len(cell)]
    assert len(cells) == count
    assert {cell.get("t") for cell in cells} <= {"inlineStr", "s"}
    styles = etree.fromstring(parts_of(data)["xl/styles.xml"]).findall(".//{*}cellXfs/{*}xf")
    assert all(styles[int(cell.get("s"))].get("quotePrefix") in {"1", "true"} for cell in cells)


@pytest.mark.parametrize("text", EVIL)
def test_that_no_text_becomes_a_formula(text):
    data = write_xlsx(sheet(text))
    assert_is_text(data, 1)
    cell = etree.fromstring(parts_of(data)["xl/worksheets/sheet1.xml"]).findall(".//{*}is")[-1]
    shown = text.replace("\r", "\n").replace("_x003D_", "_x005F_x003D_")
    assert "".join(cell.itertext()) == shown


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.sampled_from(["", *"=+-@\t\r|"]))
def test_that_any_text_stays_text_and_keeps_its_words(text, sign):
    data = write_xlsx(sheet(f"{sign}{text}x"))
    assert_is_text(data, 1)
    kept = set(string.ascii_letters + string.digits + "æøå=+-@")
    value = str(opened(data)["A2"].value)
    assert [c for c in value.replace("_x005F_", "_") if c in kept] == [
        c for c in f"{sign}{text}x" if c in kept
    ]


def test_that_the_owner_and_the_task_of_a_commitment_cannot_run():
    row = OppfoelgingContent("=1+1", "+KS", "@Kari", ("-22/23",), siste="=WEBSERVICE()")
    made = compose_oppfoelgingsark(replace(LISTE, rader=(row,)))
    assert_is_text(write_xlsx(made), 6)


def test_that_a_deadline_is_a_date_in_norwegian_form():
    page = opened(write_xlsx(compose_oppfoelgingsark(LISTE)))
    cell = page["E2"]
    assert cell.value == datetime(2023, 11, 30)  # noqa: DTZ001
    assert (cell.is_date, cell.data_type, cell.number_format) == (True, "d", "dd.mm.yyyy")
    assert page["E4"].value is None


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31)])
def test_that_a_day_before_the_calendar_of_excel_is_written_as_text(day):
    assert opened(write_xlsx(sheet(day)))["A2"].value == day.isoformat()


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_that_every_day_of_its_calendar_comes_back(day):
    assert opened(write_xlsx(sheet(day)))["A2"].value.date() == day


@pytest.mark.parametrize(
    ("content", "header"),
    [
        (LISTE, ["Ansvarlig", "Person", "Oppgave", "Sak", "Frist", "Status", "Merknad",
                 "Siste nytt", "Oppdatert"]),
        (LISTA, ["Ansvarleg", "Person", "Oppgåve", "Sak", "Frist", "Status", "Merknad",
                 "Siste nytt", "Oppdatert"]),
    ],
)  # fmt: skip
def test_that_the_columns_are_named_in_the_language_of_the_utvalg(content, header):
    rows = list(opened(write_xlsx(compose_oppfoelgingsark(content))).values)
    assert list(rows[0]) == header
    assert rows[3][0] == ("Uten ansvarlig" if content is LISTE else "Utan ansvarleg")


def test_that_what_stands_out_says_so_in_words_too():
    page = opened(write_xlsx(compose_oppfoelgingsark(LISTE)))
    assert [page[f"G{line}"].value for line in (2, 3, 4)] == [
        "Over fristen", "Frist før neste møte", None,
    ]  # fmt: skip
    fills = [page[f"A{line}"].fill.fgColor.rgb for line in (2, 3, 4)]
    assert len(set(fills)) == 3


def test_that_the_sheet_can_be_sorted_scrolled_and_printed():
    page = opened(write_xlsx(compose_oppfoelgingsark(LISTE)))
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:I4")
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.oddFooter.right.text == "side &P av &N"
    assert page.column_dimensions["C"].width > page.column_dimensions["D"].width
    assert page.title == "Oppfølgingsliste"


def test_that_an_ampersand_in_a_name_is_no_code_of_the_page_head():
    data = parts_of(write_xlsx(sheet("a", header_text="Olje & energi &D")))
    assert b"Olje &amp;&amp; energi &amp;&amp;D" in data["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(("content", "language"), [(LISTE, "nb-NO"), (LISTA, "nn-NO")])
def test_that_the_properties_are_ours(content, language):
    data = write_xlsx(compose_oppfoelgingsark(content, created=CREATED))
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    utvalg = content.utvalg
    assert properties.title == f"Oppfølgingsliste for {utvalg.navn}"
    assert properties.creator == properties.lastModifiedBy == utvalg.sekretariat_navn
    assert properties.language == language
    assert properties.created.date() == CREATED.date()
    assert not any(b"openpyxl" in part.lower() for part in parts_of(data).values())


def test_that_an_utvalg_without_a_secretariat_is_itself_the_author():
    utvalg = replace(LISTE.utvalg, sekretariat_navn="")
    assert compose_oppfoelgingsark(replace(LISTE, utvalg=utvalg)).author == utvalg.navn


def test_that_equal_lists_give_equal_bytes_with_our_seal(tmp_path):
    made = compose_oppfoelgingsark(LISTE, created=CREATED)
    data = write_xlsx(made)
    assert write_xlsx(made) == data
    assert is_untouched(data)
    later = write_xlsx(replace(made, created=CREATED.replace(hour=10)))
    assert says_the_same(data, later)
    assert save_document(tmp_path, "a.xlsx", data).status == "new"
    assert save_document(tmp_path, "a.xlsx", later).status == "unchanged"
    other = write_xlsx(replace(made, rows=made.rows[:1], created=CREATED))
    assert save_document(tmp_path, "a.xlsx", other).status == "replaced"


def test_that_a_sheet_somebody_filled_in_is_left_alone(tmp_path):
    data = write_xlsx(compose_oppfoelgingsark(LISTE))
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.active["J2"] = "ringt"
    book.save(tmp_path / "a.xlsx")
    assert save_document(tmp_path, "a.xlsx", data).path.name == "a (2).xlsx"


@pytest.mark.parametrize("rows", [LISTE.rader, ()])
def test_that_the_validator_finds_no_error(tmp_path, rows):
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_xlsx(compose_oppfoelgingsark(replace(LISTE, rader=rows))))
    found = OpenXmlValidator().validate(path).errors
    # It would rather have the texts in one shared part; Excel reads both.
    assert [one.description for one in found if one.id != "Excel_InlineStrCells"] == []


def test_that_the_parts_are_as_before(snapshot):
    parts = parts_of(write_xlsx(compose_oppfoelgingsark(LISTE, created=CREATED)))
    shown = {
        name: parts[name].decode()
        for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml")
    }
    assert shown == snapshot
