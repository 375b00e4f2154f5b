"""`motebok soek`: what is found, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli import changes
from tests.cli.conftest import Run


def _data(run: Run, archive: Path, *text: str) -> dict:
    answer = run("soek", "--arkiv", archive, *text, "--json")
    assert (answer.code, answer.err) == (0, "")
    return json.loads(answer.out)


def test_that_a_sak_is_found_by_its_number(run: Run, example: Path) -> None:
    hit = _data(run, example, "sak", "33-23")["treff"][0]
    assert (hit["slag"], hit["nummer"], hit["utvalg"]) == ("sak", "33/23", "E-helserådet")
    assert hit["dato"] == "2023-12-14"


def test_that_the_json_has_the_form_that_is_documented(run: Run, example: Path) -> None:
    data = _data(run, example, "år:2023", "journal", "--antall", "3")
    assert set(data) == {"soek", "antall", "filtre", "merknader", "treff"}
    assert data["soek"] == "år:2023 journal"
    assert data["filtre"] == [{"navn": "år", "verdi": "2023"}]
    assert len(data["treff"]) == 3 <= data["antall"]
    assert set(data["treff"][0]) == {
        "slag", "id", "sak_id", "moete_id", "nummer", "utvalg", "tittel", "tittelmerker", "sted",
        "dato", "utdrag", "merker",
    }  # fmt: skip
    marked = [
        hit["utdrag"][start:end].lower() for hit in data["treff"] for start, end in hit["merker"]
    ] + [hit["tittel"][a:b].lower() for hit in data["treff"] for a, b in hit["tittelmerker"]]
    assert marked
    assert all("journal" in word for word in marked)


def test_that_the_text_says_the_same_as_the_json(run: Run, example: Path) -> None:
    answer = run("soek", "--arkiv", example, "journalløft")
    data = _data(run, example, "journalløft")
    assert answer.out.splitlines()[0] == f"{data['antall']} treff:"
    for hit in data["treff"]:
        assert hit["tittel"] in answer.out
        assert hit["utdrag"] in answer.out
    assert "\x1b" not in answer.out


def test_that_nothing_found_is_said(run: Run, example: Path) -> None:
    answer = run("soek", "--arkiv", example, "zzzzz")
    assert (answer.code, answer.out) == (0, "Ingen treff.\n")


def test_that_a_filter_that_fits_nothing_is_told(run: Run, example: Path) -> None:
    answer = run("soek", "--arkiv", example, "utvalg:finnesikke", "journal")
    assert answer.err == "Ingen utvalg heter noe med «finnesikke».\n"
    assert answer.out == "Ingen treff.\n"


@pytest.mark.parametrize("count", ["0", "-1", "mange", "1001"])
def test_that_a_number_of_hits_that_is_none_is_refused(run: Run, example: Path, count: str) -> None:
    answer = run("soek", "--arkiv", example, f"--antall={count}", "x")
    assert answer.code == 2
    assert f"«{count}» er ikke et tall fra 1 til 1000" in answer.err


def test_that_searching_changes_nothing(run: Run, example: Path) -> None:
    before = example.read_bytes()
    _data(run, example, "journal")
    assert example.read_bytes() == before


def test_that_an_archive_without_an_index_says_what_to_do(run: Run, example: Path) -> None:
    with changes.writing(example) as archive:
        driver = archive._database.driver
        driver.execute("PRAGMA query_only=0")
        driver.execute("DROP TABLE soek_tilstand")
    answer = run("soek", "--arkiv", example, "journal")
    assert answer.code == 1
    assert answer.err.startswith("Arkivet har ikke noe søkeregister ennå.")
