"""The search: what is found, in what order, and that anything typed is safe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desktop.importing.file_text import file_text
from desktop.models import Sak, Vedlegg, Vedtak
from desktop.richtext.tree import tree_from_text
from desktop.rules.entity_kinds import Vedleggslag
from desktop.services.eksempel import EXAMPLE_USER, make_example
from desktop.services.oppfoelging import (
    change_oppfoelging,
    create_oppfoelging,
    update_oppfoelging,
)
from desktop.services.search import Hit, SearchResult, search
from desktop.services.search_excerpt import LENGTH, excerpt, find_marks
from desktop.services.search_files import read_attached_files
from desktop.services.search_kinds import HINTS, HitKind
from desktop.services.search_language import FilterName, Number, read_query, read_years
from desktop.services.vedtak import adopt_vedtak
from desktop.storage.archive import Archive
from desktop.storage.files import store_file
from desktop.storage.search_build import differences
from desktop.storage.search_match import Wanted
from tests.services.hus import Hus

QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("søk") / "eksempel.motebok"
    with Archive.create(path, bruker=EXAMPLE_USER) as archive:
        make_example(archive)
        yield archive


def find(archive: Archive, text: str, **options: object) -> SearchResult:
    with archive.read() as session:
        return search(session, text, **options)  # type: ignore[arg-type]


def first(archive: Archive, text: str) -> Hit:
    return find(archive, text).hits[0]


def bold(hit: Hit) -> list[str]:
    return [hit.excerpt[start:end] for start, end in hit.marks]


@pytest.mark.parametrize(
    "text", ["33/23", "sak 33-23", "sak 33/2023", "Sak nr. 33/23", "33 / 23", "sak 33", " 33/23 "]
)
def test_that_a_number_finds_its_sak_first(example: Archive, text: str):
    hit = first(example, text)
    assert (hit.kind, hit.number) == (HitKind.SAK, "33/23")


def test_that_a_meeting_is_found_by_its_number(example: Archive):
    hit = first(example, "møte 4/2023")
    assert (hit.kind, hit.number, hit.date) == (HitKind.MOETE, "4/2023", dt.date(2023, 12, 14))
    kinds = [hit.kind for hit in find(example, "4/2023").hits]
    assert HitKind.MOETE in kinds


def test_that_the_forms_of_a_word_find_the_same(example: Archive):
    found = [
        {(hit.kind, hit.key) for hit in find(example, word, limit=500, finished=True).hits}
        for word in ("vedtak", "vedtaket", "vedtakene")
    ]
    assert found[0] >= found[1] == found[2] != set()


@pytest.mark.parametrize("part", ["journal", "ourna", "løft", "nalløf", "jou"])
def test_that_any_part_of_three_letters_finds_a_compound(example: Archive, part: str):
    titles = {hit.title for hit in find(example, part, limit=500).hits}
    assert "Felles journalløft for kommuner" in titles


def test_that_the_beginning_of_a_word_is_enough_while_it_is_typed(example: Archive):
    for end in range(2, len("journalløft") + 1):
        found = find(example, "journalløft"[:end], limit=500)
        assert "Felles journalløft for kommuner" in {hit.title for hit in found.hits}, end
    assert find(example, "ka", finished=True).hits == ()


def test_that_a_with_a_ring_is_never_an_a(example: Archive):
    assert find(example, "råd").hits
    words = {word for hit in find(example, "rad", limit=500).hits for word in bold(hit)}
    assert not any("råd" in word.lower() for word in words)


def test_that_a_hit_in_a_title_comes_before_one_in_text(example: Archive):
    hits = find(example, "taushetspliktreglene").hits
    assert hits[0].kind is HitKind.SAK
    assert hits[0].title_marks


def test_that_a_phrase_wants_its_words_in_order(example: Archive):
    assert find(example, '"felles journalløft"').hits
    assert find(example, '"journalløft felles"').hits == ()
    assert find(example, "journalløft felles").hits


def test_that_words_spread_over_the_texts_of_a_sak_find_it(example: Archive):
    numbers = {hit.number for hit in find(example, "taushetspliktreglene dataansvarlige").hits}
    assert "33/23" in numbers


def test_that_the_excerpt_shows_what_was_sought(example: Archive):
    hits = [hit for hit in find(example, "dataansvarlige").hits if hit.excerpt]
    assert hits
    for hit in hits:
        assert len(hit.excerpt) <= LENGTH + 8
        assert any("dataansvarlig" in word.lower() for word in bold(hit)) or hit.title_marks


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("type:vedtak rådet", {HitKind.VEDTAK}),
        ("type:toppnotat data", {HitKind.TOPPNOTAT}),
        ("type:person kari OR", set()),
        ("type:innspill", {HitKind.INNSPILL}),
    ],
)
def test_that_a_type_narrows_to_a_kind(example: Archive, text: str, kinds: set[HitKind]):
    assert {hit.kind for hit in find(example, text).hits} == kinds


def test_that_filters_narrow_what_is_found(example: Archive):
    every = find(example, "data", limit=500).total or 0
    owned = find(example, 'eier:"Direktoratet for e-helse" data', limit=500).total or 0
    assert 0 < owned < every
    assert find(example, "år:2022 journal").hits == ()
    assert find(example, "år:2022-2023 journal").hits
    assert find(example, "utvalg:e-helse journal").hits
    listed = find(example, "type:drøfting", limit=500).hits
    assert {hit.kind for hit in listed} == {HitKind.SAK}
    assert find(example, "type:DRØ", limit=500).hits == listed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("utvalg:finnesikke x", "ukjent_utvalg"),
        ("år:snart x", "ukjent_aar"),
        ("type:hest x", "ukjent_type"),
        ("eier:finnesikke x", "ukjent_eier"),
    ],
)
def test_that_a_filter_that_fits_nothing_says_so(example: Archive, text: str, code: str):
    found = find(example, text)
    assert found.hits == ()
    assert [hint.code for hint in found.hints] == [code]
    assert HINTS[code].format(verdi=found.hints[0].value)


def test_that_filters_are_read_with_quotes_and_norwegian_letters():
    query = read_query('Utvalg:"e-helse råd" ÅR:23 eier:«Helse Sør» http://x.no kl:12 ord')
    assert [(one.name, one.value) for one in query.filters] == [
        (FilterName.UTVALG, "e-helse råd"),
        (FilterName.AAR, "23"),
        (FilterName.EIER, "Helse Sør"),
    ]
    assert Wanted(("http", "x", "no")) in query.sought
    assert read_years("23") == read_years("2023") == (2023, 2023)
    assert read_years("2021-23") == (2021, 2023)
    assert read_years("i fjor") is None


def test_that_a_number_is_read_in_the_houses_forms():
    assert read_query("28/23").number == Number(28, 2023, moete=True)
    assert read_query("sak 28-23").number == Number(28, 2023)
    assert read_query("møte 4/2023").number == Number(4, 2023, sak=False, moete=True)
    assert read_query("sak 7").number == Number(7, None)
    assert read_query("tiltak 2024").number is None
    assert read_query("1/2/3").number is None


@QUIET
@given(st.text(max_size=60))
def test_that_anything_typed_is_safe(example: Archive, text: str):
    found = find(example, text)
    assert len(found.hits) <= 20
    for hit in found.hits:
        _require_marks(hit.title, hit.title_marks)
        _require_marks(hit.excerpt, hit.marks)


@QUIET
@given(
    st.lists(
        st.sampled_from(
            ['"', "'", "*", "(", ")", "NEAR(", " OR ", " AND ", " NOT ", ":", "^", "{", "}", "-",
             "+", "tittel:", "utvalg:", "år:", "type:", "eier:", "28/23", "sak ", "«", "»", "%",
             "_", "\\", "\0", ";--", "å", "data", "e-helse", "\ud800", "…", "a" * 300]
        ),
        max_size=12,
    ).map("".join)
)  # fmt: skip
def test_that_the_signs_of_query_languages_are_only_signs(example: Archive, text: str):
    for finished in (False, True):
        assert len(find(example, text, finished=finished).hits) <= 20
        assert find(example, text, milliseconds=0.0).hits is not None


def _require_marks(text: str, marks: tuple[tuple[int, int], ...]) -> None:
    last = 0
    for start, end in marks:
        assert last <= start < end <= len(text)
        last = end


@given(
    st.text(alphabet="aå bc\n-é", max_size=900),
    st.lists(st.text(alphabet="aåbc", min_size=1, max_size=4), min_size=1, max_size=3),
)
def test_that_marks_lie_in_the_excerpt_and_apart(text: str, typed: list[str]):
    sought = [Wanted((word,), unfinished=True) for word in typed]
    shown = excerpt(text, sought)
    _require_marks(shown.text, shown.marks)
    _require_marks(text, find_marks(text, sought))
    assert len(shown.text) <= LENGTH + 8
    assert bool(shown.marks) or not find_marks(text, sought) or len(text) > LENGTH


def test_that_time_that_runs_out_is_told(example: Archive, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("desktop.storage.search_match._STEPS", 1)
    found = find(example, "data helse", milliseconds=0.0)
    assert [hint.code for hint in found.hints] == ["avbrutt"]
    assert find(example, "data").hits


def test_that_a_person_is_found_by_a_part_of_the_name(example: Archive):
    hits = find(example, "nymoen").hits
    assert (hits[0].kind, hits[0].title) == (HitKind.PERSON, "Anders Nymoen")


def commitments(archive: Archive, text: str) -> set[str]:
    hits = find(archive, f"type:oppfølging {text}", limit=500).hits
    assert {hit.kind for hit in hits} <= {HitKind.OPPFOELGING}
    return {hit.title for hit in hits}


def test_that_filters_find_commitments_by_their_utvalg_year_and_owner(hus: Hus):
    archive, owner = hus.archive, hus.key["kommunen"]
    moete = hus.plan(dt.date(2023, 10, 4))
    sak = hus.placed(moete)
    hus.hold(moete)
    adopt_vedtak(archive, sak_id=sak, tekst=tree_from_text("Rådet ba om en plan."))
    with archive.read() as session:
        vedtak = session.scalars(select(Vedtak.id)).one()
        number = session.get_one(Sak, sak).moetesakssekvensnummer
    of_sak = create_oppfoelging(
        archive, utvalg_id=hus.key["raad"], oppgave="Lage en plan", vedtak_id=vedtak,
        frist=dt.date(2025, 3, 1),
    ).id  # fmt: skip
    own = create_oppfoelging(
        archive, utvalg_id=hus.key["nynorsk"], oppgave="Bestille lokaler",
        frist=dt.date(2024, 1, 15), eier_organisasjon_id=owner,
    ).id  # fmt: skip
    update_oppfoelging(archive, oppfoelging_id=own, dato=dt.date(2023, 12, 1), tekst="Ringt huset")
    assert commitments(archive, "utvalg:rådet") == {"Lage en plan"}
    assert commitments(archive, "utvalg:nynorsk") == {"Bestille lokaler"}
    assert commitments(archive, "år:2023") == {"Lage en plan"}
    assert commitments(archive, "år:2024") == {"Bestille lokaler"}
    assert commitments(archive, "år:2024 ringt") == {"Bestille lokaler"}
    assert commitments(archive, "utvalg:nynorsk ringt eier:kommune") == {"Bestille lokaler"}
    hit = next(hit for hit in find(archive, "ringt huset").hits)
    assert (hit.key, hit.utvalg, hit.where) == (own, "Nynorskutvalet", "Frist: 15.01.2024")
    assert hit.excerpt == "Ringt huset"
    plan = next(hit for hit in find(archive, "type:oppfølging plan").hits)
    assert (plan.key, plan.sak_id) == (of_sak, sak)
    assert plan.number.startswith(f"{number}/")
    change = {"oppgave": "Bestille lokaler", "eier_organisasjon_id": None, "eier_person_id": None}
    change_oppfoelging(archive, oppfoelging_id=own, frist=dt.date(2026, 1, 15), **change)
    assert commitments(archive, "år:2024 ringt") == set()
    assert commitments(archive, "år:2026 ringt") == {"Bestille lokaler"}
    assert list(differences(archive._database.driver)) == []


def test_that_who_gave_an_innspill_is_not_found_by_it(example: Archive):
    for hit in find(example, "type:innspill nymoen").hits:
        assert "nymoen" in hit.excerpt.lower()


def test_that_the_text_of_an_attached_file_is_found(hus: Hus):
    archive = hus.archive
    sak = hus.report("Vedlagt")
    with archive.operation("legg_ved") as op:
        digest = store_file(op.session, "Om blåbærsyltetøy og kvalitet.".encode("cp1252"))
        broken = store_file(op.session, b"%PDF-1.4 slett ikke")
        for name, key in (("notat.txt", digest), ("ødelagt.pdf", broken)):
            op.session.add(
                Vedlegg(
                    sak_id=sak, slag=Vedleggslag.FIL, tittel=name, filnavn=name, fil_sha256=key,
                    rekkefoelge="n0",
                )
            )  # fmt: skip
    assert find(archive, "syltetøy").hits == ()
    assert read_attached_files(archive) == 2
    hit = first(archive, "syltetøy")
    assert (hit.kind, hit.sak_id, bold(hit)) == (HitKind.VEDLEGG, sak, ["blåbærsyltetøy"])
    assert read_attached_files(archive) == 0
    assert archive.verify().ok


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xfe"]))
def test_that_a_bad_file_has_no_text_and_stops_nothing(data: bytes, head: bytes):
    found = file_text(head + data)
    assert found is None or isinstance(found, str)


def test_that_a_file_without_an_index_is_told(tmp_path: Path):
    with Archive.create(tmp_path / "ny.motebok", bruker="Kari") as archive:
        driver = archive._database.driver
        driver.execute("PRAGMA query_only=0")
        driver.execute("DROP TABLE soek_tilstand")
        found = find(archive, "noe")
        assert [hint.code for hint in found.hints] == ["uten_register"]


def test_that_a_commitment_follows_its_vedtak_to_another_sak(hus: Hus):
    archive = hus.archive
    moete = hus.plan(dt.date(2023, 10, 4))
    old, new = hus.placed(moete, "Den første"), hus.placed(moete, "Den andre")
    hus.hold(moete)
    adopt_vedtak(archive, sak_id=old, tekst=tree_from_text("Rådet ba om en plan."))
    with archive.read() as session:
        vedtak = session.scalars(select(Vedtak.id)).one()
    made = create_oppfoelging(
        archive, utvalg_id=hus.key["raad"], oppgave="Lage en plan", vedtak_id=vedtak
    ).id
    update_oppfoelging(archive, oppfoelging_id=made, dato=dt.date(2023, 12, 1), tekst="Ringt huset")
    assert {hit.sak_id for hit in find(archive, "type:oppfølging plan").hits} == {old}
    with archive.operation("flytt") as operation:
        operation.session.get_one(Vedtak, vedtak).sak_id = new
    assert {hit.sak_id for hit in find(archive, "type:oppfølging plan").hits} == {new}
    assert list(differences(archive._database.driver)) == []
