"""Rows that the archive could not hold or may not take in: what is told, and where."""

# ruff: noqa: F811  (fixtures are asked for by name)

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, Enum

from desktop.importing.exchange import ImportProblems
from desktop.models import Base
from desktop.services.exchange_check import CONSTRAINT_SENTENCES
from desktop.services.exchange_format import formats
from desktop.services.importer import import_data
from desktop.storage.archive import Archive
from tests.services.exchange_refusal import (  # noqa: F401
    Content,
    content,
    empty,
    exported,
    only,
    refused,
    rows,
    sak,
)
from tests.services.exchange_world import new_archive, packed


def test_that_errors_of_a_text_name_their_blocks(empty: Archive, content: Content) -> None:
    _, row = sak(content, 28)
    blocks = row["omtale"]["blokker"]
    blocks += [{"type": "bilde"}, {"type": "avsnitt", "id": "aaaaaaaaaa", "innhold": "tekst"}]
    found = refused(empty, content)
    assert [place.rpartition(" → ")[2] for place, _ in found] == [
        "blokker[1].type",
        "blokker[2].innhold",
    ]
    assert found[0][1] == "Blokktypen «bilde» er ukjent."


def test_that_rules_of_a_text_name_their_blocks(empty: Archive, content: Content) -> None:
    _, row = sak(content, 28)
    block = row["omtale"]["blokker"][0]
    bad = {"type": "avsnitt", "id": "for-kort", "innhold": [{"tekst": "a\u0007"}]}
    row["omtale"]["blokker"] += [block, bad]
    assert [place.rpartition(" → ")[2] for place, _ in refused(empty, content)] == [
        "blokker[1]",
        "blokker[2]",
        "blokker[2].innhold[0]",
    ]


def test_that_a_text_of_a_newer_version_is_refused(empty: Archive, content: Content) -> None:
    sak(content, 28)[1]["omtale"]["versjon"] = 9
    assert "nyere versjon" in only(empty, content)[1]


def test_that_a_picture_that_is_nowhere_is_an_error(empty: Archive, content: Content) -> None:
    figure = {"type": "figur", "id": "aaaaaaaaaa", "fil": "ab" * 32, "alt": "Kart"}
    sak(content, 28)[1]["omtale"]["blokker"].append(figure)
    assert "En figur viser til filen abababababab…" in only(empty, content)[1]


def test_that_null_is_told_to_be_left_out(empty: Archive, content: Content) -> None:
    sak(content, 28)[1]["arkivreferanse"] = None
    assert only(empty, content)[1] == "Feltet er null. Et tomt felt skal utelates."


Change = Callable[[Content], object]


def _twice(table: str) -> Change:
    return lambda content: rows(content, table).append(dict(rows(content, table)[0]))


def _copy(table: str, **values: object) -> Change:
    """Add a row with a key of its own that says the same as another."""
    return lambda content: rows(content, table).append(
        {**rows(content, table)[0], "id": "c" * 32, **values}
    )


def _set(table: str, **values: object) -> Change:
    return lambda content: rows(content, table)[0].update(values)


def _numbered(content: Content, *numbers: tuple[int, str]) -> None:
    """Give the first sak of 4/2023, and the second, vedlegg with these numbers."""
    rows(content, "vedlegg").clear()
    base = {"slag": "toppnotat", "trukket": False, "rekkefoelge": "n0"}
    for place, (number, letter) in enumerate(numbers):
        owner = sak(content, 28 + place % 2)[1]["id"]
        rows(content, "vedlegg").append(
            {**base, "id": f"{place:032x}", "sak_id": owner, "nummer": number, "bokstav": letter}
        )


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        (_twice("person"), "id", "den samme nøkkelen"),
        (_copy("person", id="Kari"), "id", "32 heksadesimale tegn"),
        (_copy("utvalg"), "navn", "Navnet brukes allerede av rad"),
        (_copy("nummerserie"), "aar", "Bare én rad kan ha disse verdiene i utvalg_id og aar"),
        (_copy("referat"), "moete_id", "Bare én rad kan ha disse verdiene i moete_id"),
        (_set("utvalg", saksnummermoenster="{nr}"), "saksnummermoenster", "{aar}"),
        (_set("utvalg", rekkefoelge="n00"), "rekkefoelge", "ikke en plass i en rekkefølge"),
        (_set("utvalg", rekkefoelge="Ø"), "rekkefoelge", "har feil form"),
        (_set("utvalg", mal_sha256="ab" * 32), "mal_sha256", "verken er i filen eller"),
        (_set("moetedag", til="09:59"), "til", "slutter før den begynner"),
        (_set("moetedag", fra="25:00"), "fra", "et klokkeslett"),
        (_set("moetedag", dato="14.12.2023"), "dato", "en dato"),
        (_set("utsendelse", laget="2023-12-14T09:00:00Z"), "laget", "lokalt klokkeslett"),
        (_set("utsendelse", laget="2023-12-32T09:00:00"), "laget", "finnes ikke"),
        (_set("utsendelsefil", filnavn="../passord"), "filnavn", "ikke et filnavn"),
        (_set("moete", aar=23), "aar", "fra 1980 til 2079"),
        (_set("moete", nummer=0), "nummer", "fra 1 til 9999"),
        (_set("sak", prioritet=4), "prioritet", "fra 1 til 3"),
        (_set("sak", tittel=["a"]), "tittel", "en tekst, ikke en liste"),
        (_set("innspill", navngis=1), "navngis", "true eller false, ikke tallet 1"),
        (_set("innspill", innsender_id="a" * 32), "innsender_id", "«navngis»"),
        (_set("vedlegg", slag="lenke"), "url", "må ha en url"),
        (_set("vedlegg", slag="lenke", url="javascript:alert(1)"), "url", "https://"),
        (_set("vedlegg", slag="lenke", url="http://["), "url", "https://"),
        (_set("vedlegg", slag="fil"), "fil_sha256", "må ha en fil"),
        (_set("vedlegg", bokstav="?"), "bokstav", "?"),
        (_set("dagsordenpost", slag="pause"), "sak_id", "ingen annen rad"),
        (_set("toppnotatseksjon", slag="egen"), "overskrift", "må ha overskrift"),
        (lambda c: [rows(c, "vedtak")[0].pop(name, None) for name in ("sak_id", "referanse")],
         "referanse", "en sak eller en referanse"),
        (lambda c: sak(c, 28)[1].update(moetesakssekvensnummer=29), "nummer", "allerede gitt til"),
        (lambda c: _numbered(c, (6, ""), (6, "")), "nummer", "allerede gitt til rad 1"),
        (lambda c: _numbered(c, (6, ""), (6, "A")), "nummer", "hører til en annen sak"),
        (lambda c: _numbered(c, (6, ""), (7, ""), (8, "")), "nummer", "har allerede nummer 6"),
        (lambda c: rows(c, "frase").append({
            "id": "d" * 32, "utvalg_id": rows(c, "utvalg")[0]["id"], "sakstype": "droefting",
            "tekst": "{utvalg} og {oops}", "rekkefoelge": "n0"}), "tekst", "et felt som ikke"),
        (lambda c: rows(c, "arkiv").append(
            {"id": "e" * 32, "navn": "To", "opprettet": "2023-01-01"}), "arkiv", "høyst 1 rad"),
    ],
)  # fmt: skip
def test_that_a_broken_rule_is_the_one_error_told(
    empty: Archive, content: Content, change: Change, field: str, says: str
) -> None:
    change(content)
    where, why = only(empty, content)
    assert where.endswith(field)
    assert says in why


def test_that_two_meetings_cannot_have_one_number(empty: Archive, content: Content) -> None:
    for moete in rows(content, "moete"):
        moete["nummer"] = 3
    where, why = only(empty, content)
    assert where == "tabeller → moete → rad 2 (3/2023) → nummer"
    assert why == "Møtenummeret er allerede gitt til rad 1 (3/2023)."


def test_that_a_meeting_needs_a_day(empty: Archive, content: Content) -> None:
    moete = rows(content, "moete")[0]["id"]
    content["tabeller"]["moetedag"] = [
        row for row in rows(content, "moetedag") if row["moete_id"] != moete
    ]
    messages = {why for _, why in refused(empty, content)}
    assert "Møtet har ingen møtedag." in messages


def test_that_a_sak_stands_in_the_meeting_and_utvalg_it_says(
    empty: Archive, content: Content
) -> None:
    _, row = sak(content, 28)
    _, other = sak(content, 17)
    row["moete_id"] = other["moete_id"]
    utvalg = {**rows(content, "utvalg")[0], "id": "b" * 32, "navn": "Et annet"}
    rows(content, "utvalg").append(utvalg)
    sak(content, 29)[1]["utvalg_id"] = "b" * 32
    messages = [why for _, why in refused(empty, content)]
    assert "Saken hører ikke til det møtet som raden i dagsordenen står i." in messages
    assert "Saken hører til et annet utvalg enn møtet." in messages


def test_that_a_number_needs_a_year_and_a_meeting(empty: Archive, content: Content) -> None:
    del sak(content, 28)[1]["moetesaksaar"]
    assert "både år og nummer" in only(empty, content)[1]


def test_that_a_broken_row_does_not_make_those_that_refer_to_it_broken(
    empty: Archive, content: Content
) -> None:
    rows(content, "person")[0]["epost"] = 7
    where, _ = only(empty, content)
    assert where.endswith("→ epost")


def test_that_every_rule_of_the_archive_has_its_sentence_or_its_bounds() -> None:
    enums = {
        f"ck_{table.name}_{column.type.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Enum)
    }
    for table in Base.metadata.tables.values():
        bounded = (
            {field.name for field in formats()[table.name].fields}
            if (table.name in formats())
            else set()
        )
        for constraint in table.constraints:
            name = str(constraint.name)
            if not isinstance(constraint, CheckConstraint) or name in enums:
                continue
            in_schema = any(
                str(constraint.sqltext).startswith((f"{field} >=", f"{field} BETWEEN"))
                for field in bounded
            )
            assert in_schema or name in CONSTRAINT_SENTENCES, name


def test_that_only_the_first_thousand_errors_are_listed(empty: Archive, content: Content) -> None:
    content["tabeller"]["person"] = [{"id": f"{number:032x}"} for number in range(3000)]
    found = refused(empty, content)
    assert len(found) == 1001
    assert "1000" in found[-1][1]


@pytest.fixture
def filled(tmp_path: Path, exported: bytes) -> Iterator[Archive]:
    with new_archive(tmp_path, "fylt") as archive:
        import_data(archive, exported)
        yield archive


@pytest.mark.parametrize("gone", [False, True])
@pytest.mark.parametrize(
    ("table", "field"),
    [("moete", "nummer"), ("sak", "moetesakssekvensnummer"), ("vedlegg", "nummer")],
)
def test_that_a_fixed_number_never_changes(
    filled: Archive, content: Content, table: str, field: str, gone: bool
) -> None:
    row = rows(content, table)[0]
    if gone:
        del row[field]
    else:
        row[field] = 99
    found = refused(filled, content)
    place = [where for where, why in found if "kan ikke endres eller fjernes" in why]
    assert len(place) == 1
    assert place[0].endswith(f"→ {field}")


def test_that_a_number_of_the_archive_cannot_be_given_to_another_row(
    filled: Archive, content: Content
) -> None:
    _, row = sak(content, 28)
    new = {**row, "id": "9" * 32}
    content["tabeller"]["sak"] = [new]
    where, why = only(filled, content)
    assert where == "tabeller → sak → rad 1 (28/23 «Gjennomgang 28») → moetesakssekvensnummer"
    assert why == ("Saksnummeret er allerede gitt til en rad i arkivet (28/23 «Gjennomgang 28»).")


def test_that_a_file_may_refer_to_rows_the_archive_has(filled: Archive, content: Content) -> None:
    sak_id, person_id = rows(content, "sak")[0]["id"], rows(content, "person")[0]["id"]
    content["tabeller"] = {}
    del content["filer"]
    content["tabeller"]["saksrolle"] = [
        {"id": "7" * 32, "sak_id": sak_id, "rolle": "sakseier", "person_id": person_id,
         "rekkefoelge": "n0"}
    ]  # fmt: skip
    assert import_data(filled, packed(content)).new == {"saksrolle": 1}


def test_that_a_template_that_word_could_not_use_is_an_error(
    empty: Archive, content: Content
) -> None:
    content["tabeller"]["utvalg"][0]["mal_sha256"] = content["filer"][0]["sha256"]
    where, why = only(empty, content)
    assert where.endswith("→ mal_sha256")
    assert why == "Filen kan ikke brukes som Word-mal."


def test_that_a_problem_reads_as_one_line(empty: Archive, content: Content) -> None:
    rows(content, "person")[0]["fornavn"] = "a\nb" * 100
    with pytest.raises(ImportProblems) as caught:
        import_data(empty, json.dumps(content).encode())
    assert str(caught.value).count("\n") == 0
