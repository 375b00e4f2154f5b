"""`motebok dokumenter` for what is made when asked for: lists, extracts and protocols."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run, names

BODY = "Nasjonalt e-helseråd"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "ut"


@pytest.fixture
def ask(run: Run, made: object, folder: Path):
    archive = made[0] / "eksempel.motebok"
    return lambda *more: run("dokumenter", "--arkiv", archive, "--ut", folder, *more)


def text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml").decode()


LISTE = {"Oppfølgingsliste E-helserådet.docx", "Oppfølgingsliste E-helserådet.xlsx"}


@pytest.mark.parametrize(
    ("more", "written"),
    [
        (["--type", "saksliste", "--moete", "4/2023"], {"Saksliste 4-2023.docx"}),
        (["--type", "kjoereplan", "--moete", "4/2023"], {"Kjøreplan 4-2023.docx"}),
        (
            ["--type", "kjoereplan", "--moete", "4/2023", "--maalform", "nn"],
            {"Køyreplan 4-2023.docx"},
        ),
        (["--type", "saerutskrift", "--sak", "31/23"], {"Særutskrift 31-23 foreløpig.docx"}),
        (
            ["--type", "saerutskrift", "--moete", "3/2023", "--sak", "20/23"],
            {"Særutskrift 20-23 foreløpig.docx"},
        ),
        (
            ["--type", "saerutskrift", "--moete", "3/2023"],
            {f"Særutskrift {number}-23 foreløpig.docx" for number in range(17, 28)},
        ),
        (
            ["--type", "vedtaksprotokoll", "--moete", "3/2023"],
            {"Vedtaksprotokoll 3-2023 foreløpig.docx"},
        ),
        (
            ["--type", "vedtaksprotokoll", "--aar", "2023", "--utvalg", BODY],
            {"Vedtaksprotokoll 2023 foreløpig.docx"},
        ),
        (
            ["--type", "vedtaksprotokoll", "--aar", "2022", "--utvalg", "nufa"],
            {"Vedtaksprotokoll 2022.docx"},
        ),
        (["--type", "oppfoelgingsliste", "--utvalg", "E-helserådet"], LISTE),
        (["--type", "oppfoelgingsliste", "--moete", "4/2023"], LISTE),
    ],
)
def test_that_the_document_asked_for_is_written(ask, folder, more, written):
    answer = ask(*more)
    assert (answer.code, answer.err) == (0, "")
    assert names(folder) == written


def test_that_all_documents_are_the_papers_of_the_meeting_as_ever(ask, folder):
    assert ask("--moete", "3/2023").code == 0
    kinds = {name.split()[0] for name in names(folder)}
    assert kinds == {"Innkalling", "Referat", "Møtepakke"}


def test_that_the_protocol_of_a_year_has_what_was_entered_by_hand(ask, folder):
    ask("--type", "vedtaksprotokoll", "--aar", "2022", "--utvalg", "nufa")
    [path] = folder.iterdir()
    assert "Behov for data til kunstig intelligens" in text(path)
    assert "Andre vedtak i registeret" in text(path)


def test_that_the_excel_list_has_the_open_commitments_with_dates(ask, folder):
    ask("--type", "oppfoelgingsliste", "--utvalg", BODY)
    page = openpyxl.load_workbook(folder / "Oppfølgingsliste E-helserådet.xlsx").active
    rows = list(page.iter_rows(min_row=2))
    assert len(rows) == 4
    assert {row[4].data_type for row in rows} == {"d"}
    assert {row[5].value for row in rows} == {"Åpen", "Pågår"}


def test_that_a_list_nobody_touched_is_left_as_it_is(ask, folder):
    ask("--type", "oppfoelgingsliste", "--utvalg", BODY)
    answer = ask("--type", "oppfoelgingsliste", "--utvalg", BODY)
    assert {line.split()[0] for line in answer.out.splitlines()} == {"uendret"}
    assert names(folder) == LISTE


def test_that_the_answer_can_be_json(ask, folder):
    answer = ask("--type", "oppfoelgingsliste", "--utvalg", BODY, "--json")
    told = json.loads(answer.out)
    assert [row["type"] for row in told] == ["oppfoelgingsliste"] * 2
    assert {Path(row["fil"]).name for row in told} == LISTE
    assert {row["status"] for row in told} == {"new"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--type", "saksliste"], "dette mangler: --moete"),
        (["--type", "saerutskrift"], "dette mangler: --moete"),
        (["--type", "vedtaksprotokoll"], "dette mangler: --moete"),
        ([], "dette mangler: --moete"),
        (["--type", "saksliste", "--aar", "2023"], "--aar: kan bare brukes med"),
        (
            ["--type", "vedtaksprotokoll", "--aar", "2023", "--moete", "3/2023"],
            "--aar: kan ikke brukes sammen med --moete",
        ),
        (["--type", "vedtaksprotokoll", "--aar", "0"], "--aar: 0 er ikke et år."),
        (["--type", "vedtaksprotokoll", "--aar", "i fjor"], "--aar: "),
        (
            ["--type", "kjoereplan", "--moete", "4/2023", "--sak", "31/23"],
            "--sak: gjelder toppnotatet og særutskriften",
        ),
    ],
)
def test_that_what_does_not_go_together_is_wrong_use(ask, folder, more, said):
    answer = ask(*more)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert not folder.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--type", "oppfoelgingsliste"], "Arkivet har flere utvalg: Nasjonalt e-helseråd, "),
        (
            ["--type", "oppfoelgingsliste", "--utvalg", "Styret"],
            "Fant ikke utvalget «Styret».",
        ),
        (["--type", "saerutskrift", "--sak", "99/23"], "Fant ikke sak 99/23 i arkivet."),
        (
            ["--type", "saerutskrift", "--moete", "4/2023", "--sak", "20/23"],
            "Sak 20/23 er ikke på dagsorden i møte 4/2023.",
        ),
    ],
)
def test_that_what_is_not_there_is_told_and_no_folder_is_made(ask, folder, more, said):
    answer = ask(*more)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(said)
    assert not folder.exists()
