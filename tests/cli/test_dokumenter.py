"""`motebok dokumenter`: what is written, what is left alone, and what stops it."""

from __future__ import annotations

import io
import json
import os
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from desktop.documents.template import TemplateError
from desktop.services.dagsorden import postpone_sak
from desktop.services.utvalg import set_template
from desktop.storage.files import store_file
from tests.cli import changes
from tests.cli.conftest import Run, finish, names, start

INNKALLING = "Innkalling 4-2023.docx"
TOPPNOTATER = {f"Toppnotat {number}-23.docx" for number in range(31, 39)}


def _ask(archive: Path, folder: Path, *more: str) -> list[object]:
    return ["dokumenter", "--arkiv", archive, "--moete", "4/2023", "--ut", folder, *more]


def _text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml").decode()


def _edit_by_hand(path: Path) -> bytes:
    document = docx.Document(path)
    document.paragraphs[0].add_run(" – rettet av Kari")
    document.save(path)
    return path.read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "ut"


@pytest.mark.parametrize(
    ("more", "written"),
    [
        (["--type", "innkalling"], {INNKALLING}),
        (["--type", "toppnotat"], TOPPNOTATER),
        (["--type", "moetepakke"], {"Møtepakke 4-2023.docx"}),
        ([], {INNKALLING, *TOPPNOTATER, "Møtepakke 4-2023.docx"}),
        (["--sak", "33/23"], {"Toppnotat 33-23.docx"}),
        (["--sak", "sak 33/2023", "--type", "toppnotat"], {"Toppnotat 33-23.docx"}),
        (["--sak", "33-23"], {"Toppnotat 33-23.docx"}),
        (["--sak", "PS 33/23"], {"Toppnotat 33-23.docx"}),
    ],
)
def test_that_the_documents_asked_for_are_written(
    run: Run, made: object, folder: Path, more: list[str], written: set[str]
) -> None:
    answer = run(*_ask(made[0] / "eksempel.motebok", folder, *more))
    assert (answer.code, answer.err) == (0, "")
    assert names(folder) == written
    assert set(answer.out.splitlines()) == {f"ny         {folder / name}" for name in written}


def test_that_a_held_meeting_has_a_referat_among_its_documents(
    run: Run, made: object, folder: Path
) -> None:
    archive = made[0] / "eksempel.motebok"
    assert run("dokumenter", "--arkiv", archive, "--moete", "3/2023", "--ut", folder).code == 0
    assert any(name.startswith("Referat 3-2023") for name in names(folder))


def test_that_the_answer_can_be_json(run: Run, made: object, folder: Path) -> None:
    archive = made[0] / "eksempel.motebok"
    answer = run(*_ask(archive, folder, "--type", "innkalling", "--json"))
    wanted = {"type": "innkalling", "fil": str(folder / INNKALLING), "status": "new"}
    assert json.loads(answer.out) == [wanted]


def test_that_the_other_maalform_is_written_when_asked_for(
    run: Run, made: object, folder: Path
) -> None:
    archive = made[0] / "eksempel.motebok"
    assert run(*_ask(archive, folder, "--type", "innkalling", "--maalform", "nn")).code == 0
    [path] = folder.iterdir()
    assert "Framlegg til vedtak" in _text(path)
    assert "Forslag til vedtak" not in _text(path)


def test_that_a_document_nobody_touched_is_left_as_it_is_the_next_day(
    run: Run, example: Path, folder: Path
) -> None:
    asked = _ask(example, folder, "--type", "innkalling")
    run(*asked)
    path = folder / INNKALLING
    before, long_ago = path.read_bytes(), 1_000_000_000
    os.utime(path, (long_ago, long_ago))
    answer = run(*asked)
    assert answer.out == f"uendret    {path}\n"
    assert (path.read_bytes(), path.stat().st_mtime) == (before, long_ago)


def test_that_a_document_nobody_touched_is_replaced_when_the_archive_says_more(
    run: Run, example: Path, folder: Path
) -> None:
    asked = _ask(example, folder, "--type", "innkalling")
    run(*asked)
    with changes.writing(example) as archive:
        postpone_sak(archive, sak_id=changes.sak(archive, "33/23"))
    assert run(*asked).out == f"erstattet  {folder / INNKALLING}\n"
    assert names(folder) == {INNKALLING}
    assert "utsatt" in _text(folder / INNKALLING)


def test_that_a_document_edited_by_hand_keeps_its_bytes_and_the_new_one_gets_another_name(
    run: Run, made: object, folder: Path
) -> None:
    asked = _ask(made[0] / "eksempel.motebok", folder, "--type", "innkalling")
    run(*asked)
    edited = _edit_by_hand(folder / INNKALLING)
    answer = run(*asked)
    assert answer.code == 0
    assert answer.out == f"ny         {folder / 'Innkalling 4-2023 (2).docx'}\n"
    assert answer.err == (
        f"«{INNKALLING}» er redigert for hånd og er ikke rørt. "
        "Det nye dokumentet heter «Innkalling 4-2023 (2).docx».\n"
    )
    assert (folder / INNKALLING).read_bytes() == edited
    assert run(*asked).code == 0
    assert names(folder) == {INNKALLING, "Innkalling 4-2023 (2).docx"}


def test_that_a_file_of_somebody_else_is_never_written_over(
    run: Run, made: object, folder: Path
) -> None:
    folder.mkdir()
    (folder / INNKALLING).write_text("Mine notater", encoding="utf-8")
    assert run(*_ask(made[0] / "eksempel.motebok", folder, "--type", "innkalling")).code == 0
    assert (folder / INNKALLING).read_text(encoding="utf-8") == "Mine notater"
    assert "Innkalling 4-2023 (2).docx" in names(folder)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--sak", "20/23"], "Sak 20/23 er ikke på dagsorden i møte 4/2023.\n"),
        (["--sak", "99/23"], "Fant ikke sak 99/23 i Nasjonalt e-helseråd.\n"),
        (["--sak", "tull"], "«tull» er ikke et saksnummer. Skriv det som 33/23.\n"),
        (
            ["--sak", "30/23"],
            "«Orientering fra Direktoratet for e-helse» har ikke noe toppnotat.\n",
        ),
    ],
)
def test_that_a_sak_without_such_a_document_is_named_and_no_folder_is_made(
    run: Run, made: object, folder: Path, more: list[str], said: str
) -> None:
    answer = run(*_ask(made[0] / "eksempel.motebok", folder, *more))
    assert (answer.code, answer.out, answer.err) == (1, "", said)
    assert not folder.exists()


def test_that_a_meeting_without_toppnotater_says_so(run: Run, made: object, folder: Path) -> None:
    archive = made[0] / "eksempel.motebok"
    asked = ["--arkiv", archive, "--moete", "3/2023", "--type", "toppnotat", "--ut", folder]
    answer = run("dokumenter", *asked)
    assert (answer.code, answer.err) == (1, "Møte 3/2023 har ingen slike dokumenter.\n")


def test_that_the_toppnotat_of_a_postponed_sak_is_not_written(
    run: Run, example: Path, folder: Path
) -> None:
    with changes.writing(example) as archive:
        postpone_sak(archive, sak_id=changes.sak(archive, "33/23"))
    answer = run(*_ask(example, folder, "--sak", "33/23"))
    assert answer.code == 1
    assert answer.err == "Sak 33/23 er utsatt, så toppnotatet hører ikke til møtet lenger.\n"


# Where it cannot be written


def test_that_a_file_in_place_of_the_folder_is_refused_and_whole(
    run: Run, made: object, tmp_path: Path
) -> None:
    taken = tmp_path / "fil"
    taken.write_text("viktig", encoding="utf-8")
    for place in (taken, taken / "under"):
        answer = run(*_ask(made[0] / "eksempel.motebok", place, "--type", "innkalling"))
        assert answer.code == 1
        assert "er en fil, ikke en mappe. Velg en annen mappe." in answer.err
    assert taken.read_text(encoding="utf-8") == "viktig"


def test_that_a_read_only_folder_is_told_and_nothing_is_left_there(
    run: Run, made: object, tmp_path: Path
) -> None:
    folder = Path("/sys/kernel") if os.geteuid() == 0 else tmp_path / "laast"
    if os.geteuid():
        folder.mkdir(mode=0o555)
    before = names(folder)
    answer = run(*_ask(made[0] / "eksempel.motebok", folder, "--type", "innkalling"))
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"Det er ikke lov å skrive til {folder / INNKALLING}.")
    assert names(folder) == before


def test_that_a_full_disk_keeps_the_old_file_whole_and_leaves_no_temporary_one(
    made: object, example: Path, run: Run, folder: Path
) -> None:
    run(*_ask(example, folder, "--type", "moetepakke"))
    before = (folder / "Møtepakke 4-2023.docx").read_bytes()
    with changes.writing(example) as archive:
        postpone_sak(archive, sak_id=changes.sak(archive, "38/23"))
    largest = 30_000

    def fill_the_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    answer = finish(start(*_ask(example, folder), preexec_fn=fill_the_disk))
    assert answer.code == 1
    pakke = folder / "Møtepakke 4-2023.docx"
    assert answer.err == (
        f"Disken er full, så {pakke} ble ikke skrevet. Filen som lå der, er hel. "
        "Frigjør plass og prøv igjen.\n"
    )
    assert pakke.read_bytes() == before
    in_place = {line.split(maxsplit=1)[1] for line in answer.out.splitlines()}
    assert in_place == {str(path) for path in folder.iterdir() if path != pakke}
    assert len(in_place) == 8


# Templates


def _packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def _template(change: Callable[[dict[str, bytes]], None] = lambda _parts: None) -> bytes:
    stream = io.BytesIO()
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Brevhode for rådet"
    made.save(stream)
    with zipfile.ZipFile(stream) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    return _packed(parts)


def _without_styles(parts: dict[str, bytes]) -> None:
    styles = parts["word/styles.xml"].decode()
    parts["word/styles.xml"] = styles.replace('w:val="List Number"', 'w:val="Ukjent"').encode()


def _with_macros(parts: dict[str, bytes]) -> None:
    parts["word/vbaProject.bin"] = b"makro"


BAD = {
    "damaged": (_template()[:-900], "Malen er skadet og kan ikke brukes."),
    "foreign": (b"notat", "Malen er ikke et Word-dokument (.docx eller .dotx)."),
    "macros": (_template(_with_macros), "Malen har makroer og blir ikke brukt."),
    "old": (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "Malen er i det gamle Word-formatet"),
}


def test_that_an_own_template_is_used_and_its_missing_styles_are_told(
    run: Run, example: Path, folder: Path
) -> None:
    with changes.writing(example) as archive:
        key = changes.utvalg(archive)
        set_template(archive, utvalg_id=key, navn="mal.docx", data=_template(_without_styles))
    answer = run(*_ask(example, folder, "--type", "toppnotat"))
    assert answer.code == 0
    [said] = answer.err.splitlines()
    assert said.startswith("Word-malen til utvalget mangler disse stilene, så Møteboks egne er")
    assert "List Number" in said
    with zipfile.ZipFile(folder / "Toppnotat 33-23.docx") as package:
        heads = [package.read(name) for name in package.namelist() if "header" in name]
    assert any("Brevhode for rådet".encode() in head for head in heads)


@pytest.mark.parametrize("kind", BAD)
def test_that_a_template_that_cannot_be_used_is_not_taken_in(example: Path, kind: str) -> None:
    with changes.writing(example) as archive, pytest.raises(TemplateError):
        set_template(archive, utvalg_id=changes.utvalg(archive), navn="mal.docx", data=BAD[kind][0])


@pytest.mark.parametrize("kind", BAD)
def test_that_an_archive_with_such_a_template_says_so_and_writes_nothing(
    run: Run, example: Path, folder: Path, kind: str
) -> None:
    data, said = BAD[kind]
    with changes.writing(example) as archive, archive.operation("change_utvalg") as op:
        sha256 = store_file(op.session, data)
        op.session.connection().exec_driver_sql(
            "UPDATE utvalg SET mal_navn = 'mal.docx', mal_sha256 = ?", (sha256,)
        )
    answer = run(*_ask(example, folder))
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(said)
    assert not folder.exists()
