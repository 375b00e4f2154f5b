"""One series: provisional until the innkalling is frozen, fixed for good after."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.models import Dagsordenpost, Moete, Sak, Vedlegg
from desktop.rules.errors import RuleError
from desktop.rules.kinds import Toppnotatstatus
from desktop.services.dagsorden import move_post, postpone_sak, take_up_sak, withdraw_sak
from desktop.services.errors import ServiceError
from desktop.services.gather import Gatherer
from desktop.services.moeter import cancel_moete, hold_moete
from desktop.services.numbers import find_moete_id, find_sak_id
from desktop.services.saker import set_toppnotatstatus
from desktop.services.vedlegg import add_file, add_link, move_vedlegg, remove_vedlegg
from tests.services.hus import Hus, make_series, no_note

OCTOBER, DECEMBER = dt.date(2023, 10, 4), dt.date(2023, 12, 14)


def refused(code: str):
    return pytest.raises((ServiceError, RuleError), match=code)


def fixed(hus: Hus, moete: str) -> list[int | None]:
    return [sak.moetesakssekvensnummer for sak in hus.moete(moete).saker]


def test_that_numbers_are_provisional_and_follow_the_order_before_freezing(hus: Hus):
    make_series(hus)
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    snapshot = hus.moete(moete)
    assert hus.numbers(moete) == ["17/23", "18/23", "19/23", "20/23"]
    assert snapshot.sak_number(sak) == "19/23"
    assert snapshot.meeting_number() == "3/2023"
    assert fixed(hus, moete) == [None] * 4
    content = Gatherer(snapshot).moete()
    assert content.provisional
    assert all(one.provisional for one in content.saker)
    move_post(hus.archive, post_id=hus.post_of(sak), index=0)
    assert hus.moete(moete).sak_number(sak) == "17/23"


def test_that_two_unsent_meetings_number_on_in_date_order(hus: Hus):
    make_series(hus)
    later, earlier = hus.empty_plan(DECEMBER), hus.empty_plan(OCTOBER)
    hus.placed(later, "C")
    hus.placed(earlier, "A")
    hus.placed(earlier, "B")
    assert hus.numbers(earlier) == ["17/23", "18/23"]
    assert hus.numbers(later) == ["19/23"]
    assert hus.moete(later).meeting_number() == "4/2023"


def test_that_a_new_year_starts_anew(hus: Hus):
    make_series(hus)
    hus.placed(hus.empty_plan(DECEMBER), "A")
    moete = hus.empty_plan(dt.date(2024, 1, 10))
    hus.placed(moete, "B")
    assert hus.numbers(moete) == ["1/24"]
    assert hus.moete(moete).meeting_number(short=True) == "1/24"


def test_that_each_utvalg_has_its_own_series(hus: Hus):
    moete = hus.empty_plan(OCTOBER, utvalg="nynorsk")
    hus.placed(moete, "A", utvalg="nynorsk")
    hus.placed(hus.empty_plan(OCTOBER), "B")
    assert hus.numbers(moete) == ["1/23"]


def test_that_freezing_fixes_meeting_saker_vedlegg_and_clock(hus: Hus):
    make_series(hus)
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    add_link(hus.archive, sak_id=sak, tittel="Lov", url="https://example.no")
    hus.freeze(moete)
    row = hus.get(Moete, moete)
    assert (row.nummer, row.tilstand) == (3, "innkalt")
    assert fixed(hus, moete) == [17, 18, 19, 20]
    assert {s.moetesaksaar for s in hus.moete(moete).saker} == {2023}
    attached = sorted(hus.rows(Vedlegg, sak_id=sak), key=lambda v: v.rekkefoelge)
    assert [(v.nummer, v.bokstav) for v in attached] == [(1, ""), (1, "A")]
    posts = hus.moete(moete).rows.poster
    assert [p.innkalt_tid for p in posts] == [
        dt.time(10, 0),
        dt.time(10, 5),
        dt.time(10, 15),
        dt.time(10, 45),
    ]
    assert not Gatherer(hus.moete(moete)).moete().provisional


def test_that_what_freezes_first_is_numbered_first(hus: Hus):
    make_series(hus)
    earlier, later = hus.empty_plan(OCTOBER), hus.empty_plan(DECEMBER)
    hus.placed(earlier, "A")
    hus.placed(later, "B")
    hus.freeze(later)
    assert hus.numbers(later) == ["17/23"]
    assert hus.numbers(earlier) == ["18/23"]
    assert hus.moete(earlier).meeting_number() == "4/2023"


def test_that_a_late_sak_is_provisional_and_gets_the_next_number_at_the_updated_innkalling(
    hus: Hus,
):
    moete = hus.plan(OCTOBER)
    hus.freeze(moete)
    late = hus.placed(moete, "Sen", index=0)
    assert hus.numbers(moete) == ["4/23", "1/23", "2/23", "3/23"]
    assert fixed(hus, moete)[0] is None
    hus.freeze(moete)
    assert fixed(hus, moete) == [4, 1, 2, 3]
    assert hus.get(Dagsordenpost, hus.post_of(late)).innkalt_tid == dt.time(10, 0)


def test_that_a_late_sak_stands_before_the_unsent_meetings_in_the_series(hus: Hus):
    first, second = hus.empty_plan(OCTOBER), hus.empty_plan(DECEMBER)
    hus.placed(first, "A")
    hus.placed(second, "B")
    hus.freeze(first)
    hus.placed(first, "Sen")
    assert hus.numbers(first) == ["1/23", "2/23"]
    assert hus.numbers(second) == ["3/23"]


def test_that_a_late_sak_taken_up_takes_the_next_number_of_the_year(hus: Hus):
    first, second = hus.empty_plan(OCTOBER), hus.empty_plan(DECEMBER)
    hus.placed(first, "A")
    hus.freeze(first)
    hus.placed(second, "B")
    hus.freeze(second)
    hold_moete(hus.archive, moete_id=first)
    late = hus.placed(first, "Sen")
    other = hus.placed(first, "Senere")
    add_link(hus.archive, sak_id=late, tittel="Lov", url="https://example.no")
    take_up_sak(hus.archive, sak_id=other)
    take_up_sak(hus.archive, sak_id=late)
    assert fixed(hus, first) == [1, 4, 3]
    assert hus.vedlegg_numbers(first) == ["1", "3", "3A", "2"]
    with refused("sak_har_allerede_nummer"):
        take_up_sak(hus.archive, sak_id=late)


def test_that_a_postponed_or_withdrawn_sak_keeps_number_row_and_vedlegg(hus: Hus):
    moete = hus.plan(OCTOBER)
    one, two = hus.placed(moete, "A"), hus.placed(moete, "B")
    hus.freeze(moete)
    before = hus.numbers(moete), hus.vedlegg_numbers(moete), hus.agenda(moete)
    postpone_sak(hus.archive, sak_id=one)
    withdraw_sak(hus.archive, sak_id=two)
    assert (hus.numbers(moete), hus.vedlegg_numbers(moete), hus.agenda(moete)) == before
    late = hus.placed(moete, "Sen")
    hus.freeze(moete)
    assert hus.get(Sak, late).moetesakssekvensnummer == 6
    assert fixed(hus, moete) == [1, 2, 3, 4, 6, 5]


def test_that_a_cancelled_meeting_keeps_its_number_once_it_is_called(hus: Hus):
    first, second = hus.plan(OCTOBER), hus.plan(DECEMBER)
    hus.freeze(first)
    cancel_moete(hus.archive, moete_id=first)
    assert hus.moete(first).meeting_number() == "1/2023"
    assert hus.moete(second).meeting_number() == "2/2023"
    with refused("moete_avlyst_er_endelig"):
        hus.prepare(first)


def test_that_a_meeting_cancelled_before_has_no_number(hus: Hus):
    first, second = hus.plan(OCTOBER), hus.plan(DECEMBER)
    cancel_moete(hus.archive, moete_id=first)
    assert hus.moete(first).meeting_number() == ""
    assert hus.moete(second).meeting_number() == "1/2023"


def lettered(hus: Hus) -> tuple[str, str, list[str]]:
    moete = hus.empty_plan(OCTOBER)
    sak = hus.placed(moete, "A")
    files = [
        add_file(hus.archive, sak_id=sak, filnavn=f"{n}.pdf", data=b"%d" % n).id for n in range(2)
    ]
    return moete, sak, files


def test_that_a_vedlegg_withdrawn_after_freezing_keeps_its_number(hus: Hus):
    moete, sak, files = lettered(hus)
    hus.freeze(moete)
    assert hus.vedlegg_numbers(moete) == ["1", "1A", "1B"]
    remove_vedlegg(hus.archive, vedlegg_id=files[1])
    row = hus.get(Vedlegg, files[1])
    assert (row.trukket, row.nummer, row.bokstav) == (True, 1, "B")
    printed = Gatherer(hus.moete(moete)).sak(hus.moete(moete).rows.saker[sak]).vedlegg
    assert [v.nummer for v in printed] == ["1", "1A"]


def test_that_letters_are_not_reused(hus: Hus):
    moete, sak, files = lettered(hus)
    hus.freeze(moete)
    remove_vedlegg(hus.archive, vedlegg_id=files[1])
    late = add_link(hus.archive, sak_id=sak, tittel="Lov", url="https://example.no").id
    move_vedlegg(hus.archive, vedlegg_id=late, index=0)
    assert str(hus.moete(moete).vedlegg_numbers[late].number) == "1C"
    assert hus.get(Vedlegg, late).nummer is None
    hus.freeze(moete)
    assert (hus.get(Vedlegg, late).nummer, hus.get(Vedlegg, late).bokstav) == (1, "C")


def test_that_a_vedlegg_removed_before_freezing_is_gone(hus: Hus):
    moete, _sak, files = lettered(hus)
    remove_vedlegg(hus.archive, vedlegg_id=files[0])
    assert hus.rows(Vedlegg, id=files[0]) == []
    assert hus.vedlegg_numbers(moete) == ["1", "1A"]


def test_that_a_toppnotat_that_comes_back_has_its_number_again(hus: Hus):
    moete, sak, _files = lettered(hus)
    hus.freeze(moete)
    for status in (Toppnotatstatus.INGEN, Toppnotatstatus.SKAL_HA):
        set_toppnotatstatus(hus.archive, sak_id=sak, toppnotatstatus=status)
    own = [v for v in hus.rows(Vedlegg, sak_id=sak) if v.slag == "toppnotat"]
    assert [(v.nummer, v.bokstav, v.trukket) for v in own] == [(1, "", False)]


def test_that_saker_without_vedlegg_use_no_vedlegg_number(hus: Hus):
    moete = hus.empty_plan(OCTOBER)
    hus.place(no_note(hus), moete)
    hus.placed(moete, "A")
    hus.placed(moete, "B")
    assert hus.vedlegg_numbers(moete) == ["1", "2"]


def test_that_meetings_and_saker_are_found_by_number(hus: Hus):
    make_series(hus)
    moete = hus.plan(OCTOBER)
    sak = hus.moete(moete).saker[0].id
    with hus.archive.read() as session:
        assert find_moete_id(session, "3/2023") == find_moete_id(session, "3/23") == moete
        assert find_sak_id(session, "PS 17/23", utvalg="rådet") == sak
        for call, code in (
            (lambda: find_moete_id(session, "9/2023"), "ukjent_moete_nummer"),
            (lambda: find_moete_id(session, "ni"), "moetenummer_uleselig"),
            (lambda: find_sak_id(session, "99/23"), "ukjent_sak_nummer"),
            (lambda: find_sak_id(session, "sak"), "saksnummer_uleselig"),
            (lambda: find_sak_id(session, "1/23", utvalg="Ukjent"), "ukjent_utvalg"),
        ):
            with refused(code):
                call()


def test_that_a_number_of_two_utvalg_must_be_told_apart(hus: Hus):
    moete = hus.plan(OCTOBER)
    other = hus.plan(OCTOBER, utvalg="nynorsk")
    with hus.archive.read() as session:
        with refused("moete_i_flere_utvalg"):
            find_moete_id(session, "1/2023")
        with refused("sak_i_flere_utvalg"):
            find_sak_id(session, "1/23")
        assert find_moete_id(session, "1/2023", utvalg="Nynorskutvalet") == other
        assert find_moete_id(session, "1/2023", utvalg="Rådet") == moete
