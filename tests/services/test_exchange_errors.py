"""Files that are not imported: every error at once, each with its place, and nothing changed."""

# ruff: noqa: F811  (fixtures are asked for by name)

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from desktop.importing import exchange_json
from desktop.importing.exchange import ImportProblems
from desktop.importing.exchange_json import MAX_BYTES, MAX_DEPTH
from desktop.services.importer import import_data, import_file
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


def test_that_every_error_of_a_file_is_told_at_once_with_its_place(
    empty: Archive, content: Content
) -> None:
    place, row = sak(content, 28)
    row["sakstype"] = "vedtakssak"
    row["omtale"]["blokker"][0]["innhold"][0] = {"tekst": "Om", "fet": "ja"}
    row["fargekode"] = "rød"
    del rows(content, "utvalg")[0]["navn"]
    rows(content, "moetedag")[0]["dato"] = "2023-02-30"
    rows(content, "moetedag")[1]["fra"] = "kl. 10"
    rows(content, "innspill")[0]["nivaa"] = "2"
    rows(content, "verv")[0]["person_id"] = "0" * 32
    content["tabeller"]["saker"] = []
    content["filer"][0]["innhold"] = b64encode(b"noe annet").decode()
    content["filer"][1]["innhold"] = "ikke base64!"
    here = f"tabeller → sak → rad {place} (28/23 «Gjennomgang 28»)"
    found = refused(empty, content)
    known = "godkjenning, orientering, droefting, anbefaling, beslutning"
    unknown = f"«vedtakssak» er ikke en kjent sakstype. De kjente er {known}."
    assert (f"{here} → sakstype", unknown) in found
    assert (f"{here} → fargekode", "Feltet er ukjent.") in found
    assert ("tabeller → saker", "Tabellen er ukjent. Mente du «sak»?") in found
    places = [place for place, _ in found]
    assert len(found) == 11, found
    assert any(place.startswith("tabeller → utvalg → rad 1") for place in places)
    assert "tabeller → moetedag → rad 1 («2023-02-30») → dato" in places
    assert any(place.endswith("→ fra") for place in places)
    assert any(place.endswith("→ nivaa") for place in places)
    assert any(place.endswith("→ person_id") for place in places)
    assert {"filer → rad 1 → stoerrelse", "filer → rad 1 → sha256"} <= set(places)
    assert "filer → rad 2 → innhold" in places


def test_that_errors_come_in_the_order_of_the_file(empty: Archive, content: Content) -> None:
    rows(content, "utvalg")[0]["kommentarfrist_dager"] = -1
    rows(content, "sak")[3]["tittel"] = ""
    rows(content, "sak")[1]["tittel"] = 7
    rows(content, "arkiv")[0]["opprettet"] = "i går"
    tables = [place.split(" → ")[1:3] for place, _ in refused(empty, content)]
    assert [table for table, _ in tables] == ["arkiv", "utvalg", "sak", "sak"]
    assert tables[2][1].startswith("rad 2")


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("", "linje 1, tegn 1", "Her skulle det stått en verdi"),
        ('{"format":\n "a" "b"}', "linje 2, tegn 6", "komma"),
        ('{"format": "a",}', "linje 1, tegn 16", "feltnavn"),
        ('{"a": "b', "linje 1, tegn 7", "avsluttet"),
        ("{} {}", "linje 1, tegn 4", "fortsetter"),
        ("[" * 100_000, "hele filen", "nivåer"),
        ('{"a":' * 100_000, "hele filen", "nivåer"),
    ],
)
def test_that_a_file_that_is_no_json_is_refused_with_line_and_column(
    empty: Archive, text: str, place: str, says: str
) -> None:
    where, why = only(empty, text.encode())
    assert where == place
    assert says in why


def test_that_a_file_that_is_not_utf8_is_refused_with_its_line(empty: Archive) -> None:
    where, why = only(empty, '{"format":\n"blåbær"}'.encode("latin-1"))
    assert where == "linje 2"
    assert "UTF-8" in why


def test_that_a_byte_order_mark_is_no_error(tmp_path: Path, exported: bytes) -> None:
    with new_archive(tmp_path) as archive:
        assert import_data(archive, b"\xef\xbb\xbf" + exported)


@pytest.mark.parametrize("text", ["[]", "null", "7", '"tekst"', "{}", '{"format": "annet"}'])
def test_that_another_format_is_refused(empty: Archive, text: str) -> None:
    assert "ikke en utvekslingsfil" in only(empty, text.encode())[1]


def test_that_a_newer_version_is_refused_without_further_errors(
    empty: Archive, content: Content
) -> None:
    content["versjon"] = 2
    content["tabeller"]["ny_tabell"] = [{}]
    assert only(empty, content) == (
        "versjon",
        "Filen har versjon 2, og dette programmet leser til og med versjon 1. Oppdater Møtebok.",
    )


@pytest.mark.parametrize("version", [None, "1", True, 0, 1.0])
def test_that_a_file_without_a_sound_version_is_refused(
    empty: Archive, content: Content, version: object
) -> None:
    content["versjon"] = version
    assert only(empty, content)[0] == "versjon"


def test_that_a_missing_or_unreadable_file_is_refused(empty: Archive, tmp_path: Path) -> None:
    for path in (tmp_path / "mangler.json", tmp_path, Path("/dev/null")):
        with pytest.raises(ImportProblems) as caught:
            import_file(empty, path)
        assert str(path) in str(caught.value)


def test_that_a_file_over_the_limit_is_refused_before_it_is_parsed(
    empty: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_json, "MAX_BYTES", 1000)
    assert "MB" in only(empty, b" " * 1001)[1]
    path = tmp_path / "stor.json"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 10)
    with pytest.raises(ImportProblems, match="MB"):
        import_file(empty, path)


def test_that_a_file_with_too_many_values_is_refused(
    empty: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_json, "MAX_VALUES", 1000)
    assert "millioner" in only(empty, b"[" + b"1," * 1000 + b"1]")[1]


def nested(levels: int) -> Any:
    value: Any = "bunn"
    for _ in range(levels):
        value = [value]
    return value


def test_that_what_lies_too_deep_is_told_with_its_place(empty: Archive, content: Content) -> None:
    place, row = sak(content, 28)
    row["omtale"]["blokker"] = nested(MAX_DEPTH + 50)
    where, why = only(empty, content)
    assert where.startswith(f"tabeller → sak → rad {place} (28/23 «Gjennomgang 28») → omtale")
    assert "nivåer" in why


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1.5", "2e3", "1e999", "9" * 19, "9" * 5000]
)
def test_that_numbers_that_are_no_whole_numbers_are_told_with_their_place(
    empty: Archive, content: Content, number: str
) -> None:
    rows(content, "utvalg")[0]["kommentarfrist_dager"] = "her"
    shown = number if len(number) <= 30 else f"{number[:30]}…"
    assert only(empty, packed(content).replace(b'"her"', number.encode())) == (
        "tabeller → utvalg → rad 1 («Nasjonalt e-helseråd») → kommentarfrist_dager",
        f"{shown} kan ikke brukes. Tall skal være hele tall med høyst 18 siffer.",
    )


def test_that_a_field_said_twice_is_an_error(empty: Archive, exported: bytes) -> None:
    data = exported.replace(b'"bestemt":', b'"bestemt": "x", "bestemt":', 1)
    where, why = only(empty, data)
    assert where == "tabeller → utvalg → rad 1 («Nasjonalt e-helseråd») → bestemt"
    assert "flere ganger" in why


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\\ud800", "surrogat"),
        ("a\\u0000b", "U+0000"),
        ("a\\u0007b", "U+0007"),
        ("a\\nb", "linjeskift"),
        ("a\\u202eb", "U+202E"),
        ("a\\ufffeb", "U+FFFE"),
    ],
)
def test_that_text_that_cannot_be_stored_is_an_error(
    empty: Archive, exported: bytes, text: str, says: str
) -> None:
    data = exported.replace(b'"Gjennomgang 28"', f'"{text}"'.encode())
    where, why = only(empty, data)
    assert where.endswith("→ tittel")
    assert says in why


def test_that_a_raw_control_character_is_told_with_its_place(
    empty: Archive, exported: bytes
) -> None:
    where, why = only(empty, exported.replace(b"Gjennomgang 28", b"Gjennom\x01gang"))
    assert where.endswith("→ tittel")
    assert "U+0001" in why


def test_that_letters_may_be_composed_as_macos_does(tmp_path: Path, exported: bytes) -> None:
    data = exported.replace(b'"Gjennomgang 28"', '"A\u030as"'.encode())
    with new_archive(tmp_path) as archive:
        assert import_data(archive, data)
