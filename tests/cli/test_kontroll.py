"""`motebok kontroll`: what was found as text and as JSON, and the exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from jsonschema import Draft202012Validator
from sqlalchemy import delete

from desktop.models import Saksrolle
from desktop.richtext.tree import tree_from_text
from desktop.rules.kontroll import PlaceKind, Severity
from desktop.services.kontroll import accept_finding, check_meeting
from desktop.services.numbers import find_moete_id
from desktop.services.saker import write_omtale
from desktop.storage.archive import Archive
from tests.cli import changes
from tests.cli.conftest import Run

SCHEMA = Path(__file__).parents[2] / "docs" / "kontroll.schema.json"
COMMAND = ("kontroll", "--moete", "4/2023", "--arkiv")


def plant(example: Path, text: str) -> None:
    with changes.writing(example) as archive:
        write_omtale(archive, sak_id=changes.sak(archive, "33/23"), tree=tree_from_text(text))


def test_that_clean_papers_have_no_remarks(run: Run, example: Path) -> None:
    answer = run(*COMMAND, example)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "Møte 4/2023 i Nasjonalt e-helseråd – ingen merknader\n"


def test_that_errors_are_told_by_sak_and_end_with_one(run: Run, example: Path) -> None:
    plant(example, "Se sak 45/23.")
    answer = run(*COMMAND, example)
    assert (answer.code, answer.err) == (1, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Møte 4/2023 i Nasjonalt e-helseråd – 1 feil"
    assert lines[2].startswith("33/23  Gjennomgang av taushetspliktreglene")
    assert lines[3:] == [
        "  feil  Sak 45/23 finnes ikke i arkivet.",
        "        Omtalen: Se sak 45/23.",
    ]


def test_that_hints_alone_end_with_zero(run: Run, example: Path) -> None:
    plant(example, "Møtet er kl. 10:00.")
    answer = run(*COMMAND, example)
    assert answer.code == 0
    assert "1 hint" in answer.out


def test_that_the_json_says_the_same_as_the_text(run: Run, example: Path) -> None:
    plant(example, "Se sak 45/23. Møtet er kl. 10:00.")
    answer = run(*COMMAND, example, "--json")
    data = json.loads(answer.out)
    assert answer.code == 1
    assert (data["moete"], data["feil"], data["hint"], data["godtatt"]) == ("4/2023", 1, 1, [])
    first, second = data["merknader"]
    assert (first["regel"], first["alvor"], first["sak"]) == ("ukjent_sak", "feil", "33/23")
    assert first["setning"] == "Sak 45/23 finnes ikke i arkivet."
    assert (first["sted"]["slag"], first["sted"]["fra"], first["sted"]["til"]) == ("omtale", 7, 12)
    assert first["utdrag"] == "Se sak 45/23."
    assert (second["regel"], second["alvor"]) == ("kolon_i_klokkeslett", "hint")
    assert set(first) == {"regel", "alvor", "setning", "kilde", "sak", "sted", "utdrag"}


def test_that_what_was_let_stand_is_told_with_its_reason(run: Run, example: Path) -> None:
    plant(example, "Se sak 45/23.")
    with changes.writing(example) as archive:
        with archive.read() as session:
            key = find_moete_id(session, "4/2023")
            one = check_meeting(session, key).findings[0]
        accept_finding(
            archive, moete_id=key, regel=one.rule, sted=one.place.key,
            avtrykk=one.fingerprint, begrunnelse="Saken er i et annet arkiv",
        )  # fmt: skip
    answer = run(*COMMAND, example)
    assert answer.code == 0
    assert "ingen merknader" in answer.out
    assert answer.out.splitlines()[-1] == "        Begrunnelse: Saken er i et annet arkiv"
    data = json.loads(run(*COMMAND, example, "--json").out)
    assert [one["begrunnelse"] for one in data["godtatt"]] == ["Saken er i et annet arkiv"]


def answers(run: Run, example: Path) -> Iterator[dict[str, object]]:
    """Yield what is printed of clean papers, of papers with slips, and of one that was accepted."""
    yield json.loads(run(*COMMAND, example, "--json").out)
    plant(example, "Se sak 45/23 og sak 46/23. Møtet er kl. 10:00.")
    yield json.loads(run(*COMMAND, example, "--json").out)
    with changes.writing(example) as archive:
        with archive.read() as session:
            key = find_moete_id(session, "4/2023")
            one = check_meeting(session, key).findings[0]
        accept_finding(
            archive, moete_id=key, regel=one.rule, sted=one.place.key,
            avtrykk=one.fingerprint, begrunnelse="Saken er i et annet arkiv",
        )  # fmt: skip
        remove_owners(archive, changes.sak(archive, "33/23"))
    yield json.loads(run(*COMMAND, example, "--json").out)


def remove_owners(archive: Archive, sak_id: str) -> None:
    """Leave a sak without sakseier, which is said of the sak and not of a text."""
    with archive.operation("prøve") as op:
        op.session.execute(delete(Saksrolle).where(Saksrolle.sak_id == sak_id))


def test_that_the_json_is_what_the_schema_in_docs_describes(run: Run, example: Path) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    told = list(answers(run, example))
    for answer in told:
        Draft202012Validator(schema).validate(answer)
    clean, slips, accepted = told
    assert clean["merknader"] == []
    assert len(slips["merknader"]) >= 3
    assert len(accepted["godtatt"]) == 1
    assert {one["sted"]["fra"] is None for one in accepted["merknader"]} == {True, False}
    for gone in ("regel", "sted"):
        broken = {**slips, "merknader": [dict(slips["merknader"][0])]}
        del broken["merknader"][0][gone]
        assert not Draft202012Validator(schema).is_valid(broken)
    assert not Draft202012Validator(schema).is_valid({**slips, "mer": 1})


def test_that_the_schema_names_every_kind_of_place_and_every_severity() -> None:
    parts = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    assert parts["sted"]["properties"]["slag"]["enum"] == list(PlaceKind)
    assert parts["merknad"]["properties"]["alvor"]["enum"] == list(Severity)


def test_that_a_meeting_that_is_not_there_is_told_on_the_error_stream(
    run: Run, example: Path
) -> None:
    answer = run("kontroll", "--moete", "9/2023", "--arkiv", example)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Fant ikke møte 9/2023")
