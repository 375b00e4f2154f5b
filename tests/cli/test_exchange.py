"""`motebok eksporter` and `importer`: through a file and back, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, names

SEVERAL = 4


def _export(run: Run, archive: Path, file: Path, *more: str) -> bytes:
    answer = run("eksporter", "--arkiv", archive, "--ut", file, *more)
    assert (answer.code, answer.err) == (0, "")
    return file.read_bytes()


@pytest.fixture
def exported(run: Run, example: Path, tmp_path: Path) -> Path:
    file = tmp_path / "ut.json"
    _export(run, example, file)
    return file


def test_that_export_import_export_is_identical(run: Run, exported: Path, tmp_path: Path) -> None:
    new = tmp_path / "nytt.motebok"
    answer = run("importer", "--arkiv", new, "--nytt", exported)
    assert answer.code == 0
    assert answer.out.startswith("Lest inn: ")
    assert answer.out.endswith(" nye rader, 0 endrede og 0 som var like fra før.\n")
    assert _export(run, new, tmp_path / "igjen.json") == exported.read_bytes()
    assert run("verifiser", "--arkiv", new).out.startswith("Arkivet er helt: 1 handling i loggen")


def test_that_the_export_says_where_it_is_and_how_the_log_ends(
    run: Run, example: Path, tmp_path: Path
) -> None:
    head = json.loads(run("verifiser", "--arkiv", example, "--json").out)["kjede"]
    answer = run("eksporter", "--arkiv", example, "--ut", tmp_path / "u.json")
    first, second = answer.out.splitlines()
    assert first.startswith(f"Skrevet: {tmp_path / 'u.json'} (")
    assert second == f"Loggens siste kjedeverdi: {head}"
    told = json.loads(
        run("eksporter", "--arkiv", example, "--ut", tmp_path / "u.json", "--json").out
    )
    assert told == {
        "fil": str(tmp_path / "u.json"), "byte": (tmp_path / "u.json").stat().st_size,
        "kjede": head,
    }  # fmt: skip


def test_that_one_meeting_is_less_than_the_archive_and_reads_in_alone(
    run: Run, example: Path, exported: Path, tmp_path: Path
) -> None:
    one = tmp_path / "ett.json"
    assert len(_export(run, example, one, "--moete", "4/2023")) < exported.stat().st_size
    new = tmp_path / "ett.motebok"
    assert run("importer", "--arkiv", new, "--nytt", one).code == 0
    wanted = run("vis", "--arkiv", example, "--moete", "4/2023").out
    assert run("vis", "--arkiv", new, "--moete", "4/2023").out == wanted


def test_that_an_import_of_what_is_known_changes_nothing(
    run: Run, example: Path, exported: Path
) -> None:
    before = example.read_bytes()
    answer = run("importer", "--arkiv", example, exported)
    assert answer.code == 0
    assert answer.out == "Alt i filen står i arkivet fra før. Ingenting er endret.\n"
    assert example.read_bytes() == before
    data = json.loads(run("importer", "--arkiv", example, exported, "--json").out)
    assert (data["nye"], data["endrede"]) == ({}, {})
    assert data["uendrede"]["moete"] == 2


def test_that_an_import_can_be_undone(run: Run, example: Path, exported: Path) -> None:
    content = json.loads(exported.read_text(encoding="utf-8"))
    content["tabeller"]["arkiv"][0]["navn"] = "Rådets arkiv"
    exported.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    data = json.loads(run("importer", "--arkiv", example, exported, "--json").out)
    assert data["endrede"] == {"arkiv": 1}
    assert run("angre", "--arkiv", example).out.startswith("Angret: Importer til arkivet (")
    assert run("verifiser", "--arkiv", example).code == 0


def _spoil(exported: Path) -> None:
    content = json.loads(exported.read_text(encoding="utf-8"))
    saker = content["tabeller"]["sak"]
    numbered = [sak for sak in saker if "moetesakssekvensnummer" in sak]
    numbered[0]["moetesakssekvensnummer"] = numbered[1]["moetesakssekvensnummer"]
    numbered[2]["sakstype"] = "samtale"
    numbered[3]["tittel"] = 7
    content["tabeller"]["moete"][0]["aar"] = "i fjor"
    exported.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")


def test_that_every_error_of_a_file_is_listed_and_nothing_is_taken_in(
    run: Run, example: Path, exported: Path, tmp_path: Path
) -> None:
    _spoil(exported)
    before = example.read_bytes()
    answer = run("importer", "--arkiv", example, exported)
    assert (answer.code, answer.out) == (1, "")
    first, *problems = answer.err.splitlines()
    assert first == "Filen ble ikke lest inn. Arkivet er urørt. Dette må rettes:"
    assert len(problems) >= SEVERAL
    assert all(problem.startswith("  ") and ": " in problem for problem in problems)
    assert any("samtale" in problem for problem in problems)
    assert example.read_bytes() == before
    told = json.loads(run("importer", "--arkiv", example, exported, "--json").out)
    assert len(told["feil"]) == len(problems)
    new = tmp_path / "nytt.motebok"
    assert run("importer", "--arkiv", new, "--nytt", exported).code == 1
    assert not [name for name in names(tmp_path) if "nytt.motebok" in name]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ""),
        (b"{", ""),
        (b"\xff\xfe", "UTF-8"),
        (b"[1, 2]", "er ikke en utvekslingsfil"),
        (b'{"format": "motebok-utveksling", "versjon": 99}', "Oppdater Møtebok."),
        (b"[" * 100_000, ""),
    ],
)
def test_that_what_is_no_exchange_file_is_refused(
    run: Run, example: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "inn.json"
    file.write_bytes(content)
    before = example.read_bytes()
    answer = run("importer", "--arkiv", example, file)
    assert answer.code == 1
    assert said in answer.err
    assert len(answer.err.splitlines()) > 1
    assert example.read_bytes() == before


def test_that_a_missing_exchange_file_is_named(run: Run, example: Path, tmp_path: Path) -> None:
    for place in (tmp_path / "borte.json", tmp_path):
        answer = run("importer", "--arkiv", example, place)
        assert answer.code == 1
        assert f"{place}: Det finnes ingen slik fil." in answer.err


def test_that_a_new_archive_is_not_made_over_one_that_is_there(
    run: Run, example: Path, exported: Path
) -> None:
    before = example.read_bytes()
    answer = run("importer", "--arkiv", example, "--nytt", exported)
    assert answer.code == 1
    assert answer.err.startswith(f"Det ligger allerede en fil på {example}.")
    assert example.read_bytes() == before


def test_that_an_export_goes_over_an_export_but_over_no_other_file(
    run: Run, example: Path, exported: Path, tmp_path: Path
) -> None:
    first = exported.read_bytes()
    assert _export(run, example, exported) == first
    notes = tmp_path / "notat.json"
    notes.write_text('{"mitt": "notat"}', encoding="utf-8")
    for place in (example, notes):
        before = place.read_bytes()
        answer = run("eksporter", "--arkiv", example, "--ut", place)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.startswith(f"{place} er ikke en utvekslingsfil fra Møtebok")
        assert place.read_bytes() == before


def test_that_an_export_without_a_place_to_be_says_why(
    run: Run, example: Path, tmp_path: Path
) -> None:
    folder = run("eksporter", "--arkiv", example, "--ut", tmp_path)
    assert (folder.code, folder.err) == (1, f"{tmp_path} er en mappe. Velg et annet navn.\n")
    missing = run("eksporter", "--arkiv", example, "--ut", tmp_path / "borte" / "u.json")
    assert missing.code == 1
    assert "finnes ikke. Ingenting er skrevet der." in missing.err
