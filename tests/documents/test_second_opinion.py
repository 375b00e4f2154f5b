"""LibreOffice opens every document of the example, and sees what Word is meant to see."""

import datetime as dt
import re
import shutil
import subprocess

import pypdfium2
import pytest

from desktop.rules.kinds import Maalform
from desktop.services.eksempel import EXAMPLE_MEETINGS, EXAMPLE_USER, make_example
from desktop.services.load import load_moete
from desktop.services.numbers import find_moete_id
from desktop.services.papers import (
    document_types,
    further_types,
    gather_papers,
    write_papers,
)
from desktop.storage.archive import Archive
from tests.documents.check_docx import check_docx

CLOCK = [
    "10:00",
    "10:05",
    "10:15",
    "10:25",
    "10:55",
    "11:35",
    "12:05",
    "12:35",
    "13:15",
    "13:30",
    "14:00",
    "14:30",
    "14:45",
    "15:15",
    "15:50",
]
WRITTEN = dt.datetime(2023, 11, 30, 9, 0)  # noqa: DTZ001


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """Write every document of both meetings; return them by name."""
    path = tmp_path_factory.mktemp("arkiv") / "eksempel.motebok"
    found = {}
    with Archive.create(path, bruker=EXAMPLE_USER) as archive:
        make_example(archive)
        with archive.read() as session:
            for number in EXAMPLE_MEETINGS:
                snapshot = load_moete(session, find_moete_id(session, number))
                papers = gather_papers(session, snapshot, document_types(snapshot))
                written = write_papers(papers, created=WRITTEN)
                found |= {paper.filnavn: paper.data for paper in written}
                found |= _further(session, snapshot)
    return found


def _further(session, snapshot):
    """Write what is made when asked for, in both languages; of the særutskrifter one."""
    sak = snapshot.saker[3].id
    found = {}
    for maalform in Maalform:
        types = further_types(snapshot)
        papers = gather_papers(
            session, snapshot, types, sak_id=sak, maalform=maalform, today=dt.date(2023, 11, 30)
        )
        for paper in write_papers(papers, created=WRITTEN):
            if paper.filnavn.endswith(".docx"):
                found[paper.filnavn.replace(".docx", f" {maalform}.docx")] = paper.data
    return found


@pytest.fixture(scope="module")
def pages(documents, tmp_path_factory):
    """Convert the documents to PDF in one go; return the text of each page by document."""
    office = shutil.which("soffice")
    assert office, "LibreOffice mangler: python3 start.py test installerer det på Debian som root"
    folder = tmp_path_factory.mktemp("pdf")
    for name, data in documents.items():
        (folder / name).write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profil"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    command += [str(folder / name) for name in documents]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {
        name: [
            page.get_textpage().get_text_bounded()
            for page in pypdfium2.PdfDocument(folder / name.replace(".docx", ".pdf"))
        ]
        for name in documents
    }


def test_that_the_example_has_all_its_documents(documents):
    toppnotater = [f"Toppnotat {number}-23.docx" for number in range(31, 39)]
    assert sorted(documents) == sorted(
        [
            "Innkalling 3-2023.docx",
            "Innkalling 4-2023.docx",
            "Møtepakke 3-2023.docx",
            "Møtepakke 4-2023.docx",
            "Referat 3-2023 oppdatert.docx",
            *toppnotater,
            *FURTHER,
        ]
    )


FURTHER = [
    f"{name} {maalform}.docx"
    for maalform, names in {
        "nb": (
            "Saksliste 3-2023", "Saksliste 4-2023", "Kjøreplan 3-2023", "Kjøreplan 4-2023",
            "Særutskrift 20-23 foreløpig", "Særutskrift 31-23 foreløpig",
            "Vedtaksprotokoll 3-2023 foreløpig", "Oppfølgingsliste E-helserådet",
        ),
        "nn": (
            "Sakliste 3-2023", "Sakliste 4-2023", "Køyreplan 3-2023", "Køyreplan 4-2023",
            "Særutskrift 20-23 førebels", "Særutskrift 31-23 førebels",
            "Vedtaksprotokoll 3-2023 førebels", "Oppfølgingsliste E-helserådet",
        ),
    }.items()
    for name in names
]  # fmt: skip


def test_that_a_saksliste_is_one_page(pages):
    lists = {name: len(texts) for name, texts in pages.items() if name.startswith("Sak")}
    assert lists == dict.fromkeys(
        (name for name in FURTHER if name.startswith(("Saksliste", "Sakliste"))), 1
    )


def test_that_no_document_has_a_finding(documents):
    assert {name: found for name, data in documents.items() if (found := check_docx(data))} == {}


def test_that_no_page_is_empty(pages):
    heads = re.compile(r"Nasjonalt e-helseråd|side \d+ av \d+")
    empty = [
        (name, number)
        for name, texts in pages.items()
        for number, text in enumerate(texts, 1)
        if len(heads.sub("", text).strip()) < 40
    ]
    assert empty == []


def test_that_every_page_says_which_it_is(pages):
    for name, texts in pages.items():
        for number, text in enumerate(texts, 1):
            assert f"side {number} av {len(texts)}" in text, name


def test_that_the_innkalling_has_the_published_clock_in_order(pages):
    first = pages["Innkalling 4-2023.docx"][0]
    assert re.findall(r"\b\d\d:\d\d\b", first) == CLOCK


def test_that_the_vedlegg_are_numbered_as_published(pages):
    text = "\n".join(pages["Innkalling 4-2023.docx"])
    numbers = re.findall(r"Vedlegg (\d+[A-Z]?):", text)
    assert numbers == ["1", "2", "3", "4", "5", "6", "6A", "7", "8", "9"]


def test_that_the_moetepakke_holds_every_vedlegg(pages):
    text = "\n".join(pages["Møtepakke 4-2023.docx"])
    for number in ["1", "2", "3", "4", "5", "6", "6A", "7", "8", "9"]:
        assert f"Vedlegg {number}: " in text
    assert len(text) > 85_000
