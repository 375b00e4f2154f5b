"""The register of saker: orders, filters and free text, over the whole archive."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.rules.entity_kinds import Rolle
from desktop.rules.kinds import Sakstype, Toppnotatstatus
from desktop.rules.states import SakTilstand
from desktop.services.export import export_archive
from desktop.services.importer import import_data
from desktop.services.numbers import meeting_numbers, sak_numbers
from desktop.services.provisional import provisional_numbers
from desktop.services.register import (
    WITHOUT_TYPE,
    Order,
    RegisterFilter,
    load_choices,
    load_page,
    match_filter,
    order_saker,
)
from desktop.services.register_text import match_texts, match_titles, text_ranges
from desktop.services.saker import Deltar, rename_sak, set_roles
from desktop.storage.archive import Archive
from tests.services.hus import no_note, text


@pytest.fixture
def read(rich):
    """Return a reader of the titles of row numbers in their order."""

    def titles(job):
        with rich.archive.read() as session:
            rows = list(job(session))
            page = load_page(session, rows)
            return [page[row].tittel for row in rows]

    return titles


def texts_with(session, wanted):
    return {row for rows in text_ranges(session) for row in match_texts(session, wanted, rows)}


def rows_of(archive, order=Order.NUMMER, *, descending=False):
    with archive.read() as session:
        rows = order_saker(session, order, descending=descending)
        page = load_page(session, rows)
        return [page[row] for row in rows]


def test_that_every_order_holds_every_sak_once(rich):
    everything = sorted(row.id for row in rows_of(rich.archive))
    assert len(everything) == len(set(everything)) > 10
    for order in Order:
        for descending in (False, True):
            found = rows_of(rich.archive, order, descending=descending)
            assert sorted(row.id for row in found) == everything, order


def test_that_provisional_numbers_follow_the_fixed_ones_and_the_queue_comes_last(rich):
    found = rows_of(rich.archive)
    numbers = [row.nummer for row in found]
    assert numbers[:3] == ["17/23", "18/23", "19/23"]
    kinds = ["kø" if not row.nummer else "f" if row.foreloepig else "fast" for row in found]
    assert kinds == sorted(kinds, key=["fast", "f", "kø"].index)
    assert {"kø", "f", "fast"} == set(kinds)
    newest = rows_of(rich.archive, descending=True)
    assert newest[0].foreloepig
    assert newest[-1].tilstand is SakTilstand.INNMELDT


def test_that_titles_are_in_norwegian_order(hus):
    for title in ("Ås kommune", "ærlig talt", "Zebra", "øst", "alfa", "Aasen", "Beta"):
        no_note(hus, title)
    titles = [row.tittel for row in rows_of(hus.archive, Order.TITTEL)]
    assert titles[:3] == ["alfa", "Beta", "Zebra"]
    assert titles[3:5] == ["ærlig talt", "øst"]
    assert set(titles[5:]) == {"Ås kommune", "Aasen"}


def test_that_a_number_in_a_title_sorts_by_its_size(hus):
    for title in ("Tiltak 10", "Tiltak 9", "Tiltak 100", "Tiltak 9b"):
        no_note(hus, title)
    titles = [row.tittel for row in rows_of(hus.archive, Order.TITTEL)]
    assert titles == ["Tiltak 9", "Tiltak 9b", "Tiltak 10", "Tiltak 100"]


def test_that_the_order_of_titles_follows_a_new_title_and_its_undo(hus):
    first, _second = no_note(hus, "Tiltak 2"), no_note(hus, "Tiltak 10")
    rename_sak(hus.archive, sak_id=first, tittel="Tiltak 11")
    assert [row.tittel for row in rows_of(hus.archive, Order.TITTEL)] == ["Tiltak 10", "Tiltak 11"]
    hus.archive.undo()
    assert [row.tittel for row in rows_of(hus.archive, Order.TITTEL)] == ["Tiltak 2", "Tiltak 10"]


def test_that_titles_of_a_file_are_sorted_as_those_written_here(hus, tmp_path):
    key = no_note(hus, "Tiltak 10")
    no_note(hus, "Tiltak 9")
    data = export_archive(hus.archive)
    with Archive.create(tmp_path / "ny.motebok", bruker="Kari") as other:
        import_data(other, data)
        assert [row.tittel for row in rows_of(other, Order.TITTEL)] == ["Tiltak 9", "Tiltak 10"]
        rename_sak(hus.archive, sak_id=key, tittel="Tiltak 8")
        import_data(other, export_archive(hus.archive))
        assert [row.tittel for row in rows_of(other, Order.TITTEL)] == ["Tiltak 8", "Tiltak 9"]


def test_that_saker_are_sorted_by_the_day_of_their_meeting(rich):
    days = [row.dato for row in rows_of(rich.archive, Order.MOETE)]
    placed = [day for day in days if day]
    assert placed == sorted(placed)
    assert days[len(placed) :] == [None] * (len(days) - len(placed))


def test_that_a_sak_is_sorted_by_its_first_sakseier(rich):
    names = [row.sakseiere for row in rows_of(rich.archive, Order.SAKSEIER)]
    assert [name for name in names if name] == names[: sum(map(bool, names))]
    assert names[0] == "Direktoratet for e-helse"


def test_that_a_year_counts_by_number_and_without_one_by_meeting(rich):
    with rich.archive.read() as session:
        rows = match_filter(session, RegisterFilter(aar=2024))
        page = load_page(session, sorted(rows))
    assert {row.dato.year for row in page.values()} == {2024}
    assert all(row.foreloepig for row in page.values())


@pytest.mark.parametrize(
    ("wanted", "tells"),
    [
        ({"tilstand": "innmeldt"}, lambda row: row.tilstand is SakTilstand.INNMELDT),
        ({"sakstype": "droefting"}, lambda row: row.sakstype is Sakstype.DROEFTING),
        ({"sakstype": WITHOUT_TYPE}, lambda row: row.sakstype is None),
    ],
)
def test_that_a_filter_lets_through_what_it_says_and_nothing_else(rich, wanted, tells):
    with rich.archive.read() as session:
        rows = match_filter(session, RegisterFilter(**wanted))
        page = load_page(session, order_saker(session, Order.NUMMER))
    assert rows
    assert rows == {row for row, shown in page.items() if tells(shown)}


def test_that_a_sakseier_is_found_by_the_organisation_spoken_for(rich, read):
    set_roles(
        rich.archive,
        sak_id=rich.key["waiting"],
        rolle=Rolle.SAKSEIER,
        deltar=[Deltar(organisasjon_id=rich.key["kommunen"])],
    )
    wanted = RegisterFilter(sakseier_id=rich.key["kommunen"])
    assert read(lambda s: match_filter(s, wanted)) == ["Venter"]
    with rich.archive.read() as session:
        assert (rich.key["kommunen"], "Storevik kommune") in load_choices(session).sakseiere


def test_that_no_filter_is_all_saker(rich):
    with rich.archive.read() as session:
        assert match_filter(session, RegisterFilter()) is None


@pytest.mark.parametrize(
    ("text_", "title"),
    [
        ("journalløft", "Journalløft"),
        ("JOURNALLØFT", "Journalløft"),
        ("nalløf", "Journalløft"),
        ("KODEVERK", "Kodeverk"),
    ],
)
def test_that_case_does_not_matter_in_titles(rich, read, text_, title):
    assert set(read(lambda s: match_titles(s, text_))) == {title}


def test_that_a_letter_with_a_ring_is_no_other_letter(hus):
    no_note(hus, "Bør og bår")
    no_note(hus, "Bur")
    with hus.archive.read() as session:
        assert len(match_titles(session, "bør")) == 1
        assert match_titles(session, "bær") == set()


def test_that_a_percent_sign_and_a_line_below_mean_themselves(hus):
    no_note(hus, "100 % digitalt")
    no_note(hus, "fil_navn")
    with hus.archive.read() as session:
        assert len(match_titles(session, "%")) == 1
        assert len(match_titles(session, "l_n")) == 1


def test_that_a_sak_is_found_by_its_number_provisional_ones_too(rich, read):
    with rich.archive.read() as session:
        page = load_page(session, order_saker(session, Order.NUMMER))
    for number in ("18/23", "18/2023", "PS 18/23"):
        assert read(lambda s, n=number: match_titles(s, n)) == [
            next(row.tittel for row in page.values() if row.nummer == "18/23")
        ]
    provisional = next(row for row in page.values() if row.foreloepig)
    with rich.archive.read() as session:
        assert provisional.id in {page[row].id for row in match_titles(session, provisional.nummer)}


def test_that_texts_are_searched_in_words_and_not_in_how_they_are_stored(hus):
    hus.report("Første", omtale=text('Rådet får «Ønskelisten» og en "plan".'))
    hus.report("Andre", omtale=text("Noe annet."))
    with hus.archive.read() as session:
        for wanted in ("ønskelisten", '"plan"', "rådet FÅR"):
            assert len(texts_with(session, wanted)) == 1, wanted
        for stored in ("tekst", "avsnitt", "sha256", "blokker", "versjon"):
            assert texts_with(session, stored) == set(), stored


def test_that_a_page_names_an_organisation_as_it_was_called_then(rich):
    called = next(r for r in rows_of(rich.archive) if r.id == rich.key["called_sak"])
    assert called.dato == dt.date(2023, 12, 14)
    assert called.sakseiere == "Direktoratet for e-helse"


def test_that_a_sak_of_the_queue_has_no_number_and_no_meeting(hus):
    hus.report("Venter", toppnotatstatus=Toppnotatstatus.INGEN)
    (row,) = rows_of(hus.archive)
    assert (row.nummer, row.moete, row.dato, row.moete_id) == ("", "", None, None)


def test_that_provisional_numbers_are_those_of_the_whole_year(rich):
    with rich.archive.read() as session:
        for utvalg in ("raad", "nynorsk"):
            for year in (2022, 2023, 2024):
                place = (session, rich.key[utvalg], year)
                saker, meetings = provisional_numbers(*place)
                every, every_meeting = sak_numbers(*place), meeting_numbers(*place)
                assert {k: n for k, n in every.items() if n.provisional} == dict(saker)
                waiting = {k: n for k, n in every_meeting.items() if n.provisional}
                assert waiting == {k: n for k, n in meetings.items() if n.provisional}
                if utvalg == "raad" and year == 2023:
                    assert saker
