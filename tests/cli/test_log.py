"""`motebok historikk`, `angre` and `verifiser`: what the change log tells and takes back."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.models import Innspill, Person, Saksreferat, Saksrolle
from desktop.richtext.tree import tree_from_text
from desktop.rules.entity_kinds import Rolle
from desktop.services.dagsorden import postpone_sak
from desktop.services.referater import add_innspill, remove_innspill
from desktop.services.saker import rename_sak, set_roles, write_omtale
from tests.cli import changes
from tests.cli.conftest import Run, names

HEAD = re.compile(r"\d\d\.\d\d\.\d{4} \d\d\.\d\d  .+  \(.+\)")


def _history(run: Run, archive: Path, sak: str = "33/23") -> str:
    answer = run("historikk", "--arkiv", archive, "--sak", sak)
    assert (answer.code, answer.err) == (0, "")
    return answer.out


def _entries(run: Run, archive: Path, sak: str = "33/23") -> list[dict]:
    answer = run("historikk", "--arkiv", archive, "--sak", sak, "--json")
    assert answer.code == 0
    return json.loads(answer.out)


# Historikk


def test_that_the_history_is_read_newest_first_in_whole_words(run: Run, example: Path) -> None:
    text = _history(run, example)
    lines = text.splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    assert all(HEAD.fullmatch(head) for head in heads)
    assert "Ferdigstill innkallingen til møte 4/2023" in heads[0]
    assert "Meld inn sak" in heads[-1]
    assert "    person på saken, rolle: sakseier" in lines
    assert not re.search(r"\w_\w|[0-9a-f]{32}|None|\{\+", text)
    numbers = [entry["nummer"] for entry in _entries(run, example)]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("form", ["33/2023", "sak 33-23", "PS 33/23", "033/23", "2023/33"])
def test_that_a_sak_is_found_by_every_form_of_its_number(
    run: Run, example: Path, form: str
) -> None:
    assert _history(run, example, form) == _history(run, example)


def test_that_a_change_of_words_shows_what_went_and_what_came(run: Run, example: Path) -> None:
    with changes.writing(example) as archive:
        key = changes.sak(archive, "31/23")
        write_omtale(archive, sak_id=key, tree=tree_from_text("Departementet innleder."))
        write_omtale(archive, sak_id=key, tree=tree_from_text("Statsråden innleder."))
        rename_sak(archive, sak_id=key, tittel="Departementet orienterer rådet")
    text = _history(run, example, "31/23")
    assert "tittel: Helse- og omsorgsdepartementet orienterer → Departementet orienterer" in text
    [change] = [line for line in text.splitlines() if "Statsråden" in line]
    assert "Departementet" in change
    assert "(Kari Ås)" in text.splitlines()[0]


def test_that_what_was_taken_away_from_a_sak_stays_in_its_history(run: Run, example: Path) -> None:
    with changes.writing(example) as archive:
        key = changes.sak(archive, "24/23")
        added = add_innspill(archive, sak_id=key, tree=tree_from_text("Et råd som ble trukket."))
        remove_innspill(archive, innspill_id=added.id)
        with archive.read() as session:
            old = session.scalars(
                select(Innspill.id)
                .join(Saksreferat, Saksreferat.id == Innspill.saksreferat_id)
                .where(Saksreferat.sak_id == key)
            ).first()
            roles = select(Saksrolle).where(Saksrolle.sak_id == key, Saksrolle.rolle == "sakseier")
            person = session.get(Person, session.scalars(roles).first().person_id)
            name = f"{person.fornavn} {person.etternavn}"
        remove_innspill(archive, innspill_id=old)
        set_roles(archive, sak_id=key, rolle=Rolle.SAKSEIER, deltar=())
    newest = _entries(run, example, "24/23")[:4]
    told = [
        (entry["handling"], {field["felt"]: field["endring"] for field in entry["felter"]})
        for entry in newest
    ]
    assert [verb for verb, _fields in told] == [
        "set_roles", "remove_innspill", "remove_innspill", "add_innspill",
    ]  # fmt: skip
    assert told[0][1]["fjernet person på saken, person"] == name
    assert told[2][1]["fjernet innspill, tekst"] == "Et råd som ble trukket."
    assert told[3][1]["innspill, tekst"] == "Et råd som ble trukket."


def test_that_the_history_of_one_sak_holds_nothing_of_another(run: Run, example: Path) -> None:
    with changes.writing(example) as archive:
        key = changes.sak(archive, "24/23")
        add_innspill(archive, sak_id=key, tree=tree_from_text("Bare i 24/23"))
    assert "Bare i 24/23" in _history(run, example, "24/23")
    for other in ("23/23", "25/23", "33/23"):
        assert "Bare i 24/23" not in _history(run, example, other)


# Angre


def test_that_undo_says_what_it_took_back_and_leaves_the_archive_whole(
    run: Run, example: Path
) -> None:
    before = run("vis", "--arkiv", example, "--moete", "4/2023").out
    with changes.writing(example) as archive:
        postpone_sak(archive, sak_id=changes.sak(archive, "33/23"))
    assert run("vis", "--arkiv", example, "--moete", "4/2023").out != before
    answer = run("angre", "--arkiv", example)
    assert (answer.code, answer.err) == (0, "")
    when = r"\d\d\.\d\d\.\d{4} kl\. \d\d\.\d\d"
    assert re.fullmatch(rf"Angret: Utsett sak 33/23 \(Kari Ås, {when}\)\n", answer.out)
    assert run("vis", "--arkiv", example, "--moete", "4/2023").out == before
    assert run("verifiser", "--arkiv", example).code == 0
    assert "Angre: Utsett sak 33/23" in _history(run, example).splitlines()[0]
    assert names(example.parent) == {"eksempel.motebok"}


def test_that_a_ferdigstilt_innkalling_is_not_undone_and_is_named(run: Run, example: Path) -> None:
    for _ in range(200):
        before = example.read_bytes()
        answer = run("angre", "--arkiv", example)
        if answer.code:
            break
    assert answer.out == ""
    assert answer.err == (
        "«Ferdigstill innkallingen til møte 4/2023» kan ikke angres. Ingenting er endret.\n"
    )
    assert example.read_bytes() == before
    assert run("verifiser", "--arkiv", example).code == 0


def test_that_an_empty_archive_has_nothing_to_undo(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tomt.motebok"
    with changes.Archive.create(path, bruker="Kari"):
        pass
    answer = run("angre", "--arkiv", path)
    assert (answer.code, answer.err) == (1, "Det er ingenting å angre.\n")


# Verifiser


def test_that_a_whole_archive_is_told_with_the_head_of_its_chain(run: Run, example: Path) -> None:
    answer = run("verifiser", "--arkiv", example)
    assert (answer.code, answer.err) == (0, "")
    first, second = answer.out.splitlines()
    assert re.fullmatch(
        r"Arkivet er helt: \d+ handlinger i loggen, og alt stemmer med den\.", first
    )
    assert re.fullmatch(r"Loggens siste kjedeverdi: [0-9a-f]{64}", second)
    data = json.loads(run("verifiser", "--arkiv", example, "--json").out)
    assert data["feil"] == []
    assert second.endswith(data["kjede"])
    assert f" {data['handlinger']} " in first


@pytest.mark.parametrize(
    ("statement", "code", "said"),
    [
        ("UPDATE sak SET tittel = 'Noe annet' WHERE moetesakssekvensnummer = 33", "rad_endret",
         "Feltet tittel i sak"),
        ("DELETE FROM innspill WHERE nivaa = 1", "rad_mangler", "innspill "),
        ("DELETE FROM endring WHERE handling = 100", "kjede_brutt", "Handling 100"),
        ("UPDATE handling SET verb = 'rename_sak' WHERE nr = 100", "kjede_brutt", "Handling 100"),
        ("UPDATE fil SET innhold = zeroblob(10)", "innhold_skadet", "Filen "),
    ],
)  # fmt: skip
def test_that_what_was_changed_past_the_log_is_listed(
    run: Run, example: Path, statement: str, code: str, said: str
) -> None:
    with sqlite3.connect(example) as database:
        database.execute(statement)
    database.close()
    answer = run("verifiser", "--arkiv", example)
    assert answer.code == 1
    first, *problems = answer.out.splitlines()
    assert first == f"Arkivet har {len(problems)} feil:"
    assert any(problem.strip().startswith(said) for problem in problems)
    found = run("verifiser", "--arkiv", example, "--json")
    assert found.code == 1
    assert code in {problem["kode"] for problem in json.loads(found.out)["feil"]}
