"""Members: seats and their order, what can be deleted, and pasted lists."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from desktop.importing.people import read_people
from desktop.models import Organisasjon, Organisasjonsnavn, Person, Verv
from desktop.rules.kinds import Funksjon
from desktop.services.errors import ServiceError
from desktop.services.members import (
    Fate,
    Navn,
    add_members,
    change_verv,
    check_pasted,
    correct_organisasjon,
    delete_organisasjon,
    delete_person,
    move_verv,
)
from desktop.services.members_view import (
    load_organisations,
    load_people,
    load_seats,
    organisation_choices,
    same_person,
)
from desktop.services.utvalg import create_organisasjon, create_person, end_verv, give_verv


def seats(hus):
    with hus.archive.read() as session:
        return load_seats(session, hus.key["raad"])


def names(hus):
    return [seat.navn for seat in seats(hus)]


def refused(job):
    with pytest.raises(ServiceError) as error:
        job()
    return error.value.code, error.value.params


def test_that_a_seat_moves_and_the_others_keep_their_ranks(hus):
    before = {seat.id: hus.get(Verv, seat.id).rekkefoelge for seat in seats(hus)}
    assert names(hus) == ["Leder Berg", "Medlem Dahl", "Sekretaer Foss"]
    move_verv(hus.archive, verv_id=hus.key["verv_sekretaer"], index=0)
    assert names(hus) == ["Sekretaer Foss", "Leder Berg", "Medlem Dahl"]
    after = {seat.id: hus.get(Verv, seat.id).rekkefoelge for seat in seats(hus)}
    assert [key for key in before if before[key] != after[key]] == [hus.key["verv_sekretaer"]]


def seat_values(**more):
    return {
        "organisasjon_id": None,
        "funksjon": Funksjon.MEDLEM,
        "fra": None,
        "til": None,
        "vara_for_id": None,
    } | more


def test_that_only_a_substitute_stands_in_for_somebody(hus):
    verv, leder = hus.key["verv_medlem"], hus.key["verv_leder"]
    change_verv(hus.archive, verv_id=verv, **seat_values(vara_for_id=leder))
    assert hus.get(Verv, verv).vara_for_id is None
    change_verv(hus.archive, verv_id=verv, **seat_values(funksjon=Funksjon.VARA, vara_for_id=leder))
    assert next(seat for seat in seats(hus) if seat.id == verv).vara_for == "Leder Berg"


def test_that_nobody_stands_in_for_their_own_seat(hus):
    verv = hus.key["verv_medlem"]
    values = seat_values(funksjon=Funksjon.VARA, vara_for_id=verv)
    assert refused(lambda: change_verv(hus.archive, verv_id=verv, **values))[0] == (
        "vara_for_seg_selv"
    )


def test_that_two_seats_of_one_kind_may_follow_each_other_but_not_overlap(hus):
    end_verv(hus.archive, verv_id=hus.key["verv_medlem"], til=dt.date(2023, 6, 30))
    later = give_verv(
        hus.archive,
        utvalg_id=hus.key["raad"],
        person_id=hus.key["medlem"],
        organisasjon_id=None,
        fra=dt.date(2023, 7, 1),
    ).id
    values = seat_values(fra=dt.date(2023, 6, 30))
    code, params = refused(lambda: change_verv(hus.archive, verv_id=later, **values))
    assert (code, params["person"]) == ("verv_finnes", "Medlem Dahl")


def test_that_a_person_somebody_refers_to_is_not_deleted(hus):
    code, params = refused(lambda: delete_person(hus.archive, person_id=hus.key["leder"]))
    assert (code, params) == ("er_i_bruk", {"navn": "Leder Berg", "hvor": "verv"})
    delete_person(hus.archive, person_id=hus.key["gjest"])
    assert not hus.rows(Person, id=hus.key["gjest"])


def test_that_an_organisation_is_deleted_with_its_names_when_nobody_uses_it(hus):
    code, params = refused(
        lambda: delete_organisasjon(hus.archive, organisasjon_id=hus.key["kommunen"])
    )
    assert (code, params["hvor"]) == ("er_i_bruk", "personer")
    unused = create_organisasjon(hus.archive, navn="Ubrukt").id
    delete_organisasjon(hus.archive, organisasjon_id=unused)
    assert not hus.rows(Organisasjon, id=unused)
    assert not hus.rows(Organisasjonsnavn, organisasjon_id=unused)


def names_of(hus, key="direktoratet"):
    """Return the names of an organisation as the verb takes them, the oldest first."""
    held = hus.rows(Organisasjonsnavn, organisasjon_id=hus.key[key])
    made = [Navn(row.id, row.navn, row.kortnavn, row.fra, row.til) for row in held]
    return sorted(made, key=lambda name: name.fra or dt.date.min)


def correct(hus, *names):
    correct_organisasjon(hus.archive, organisasjon_id=hus.key["direktoratet"], navnene=list(names))


def test_that_correcting_a_name_leaves_the_other_names_of_the_organisation(hus):
    first, second = names_of(hus)
    correct(hus, replace(first, navn=" Direktoratet for  eHelse ", kortnavn=""), second)
    assert names_of(hus) == [replace(first, navn="Direktoratet for eHelse", kortnavn=None), second]
    hus.archive.undo()
    assert names_of(hus) == [first, second]


def test_that_the_dates_of_an_earlier_name_can_be_corrected(hus):
    first, second = names_of(hus)
    day = dt.date(2022, 6, 30)
    correct(hus, replace(first, til=day), replace(second, fra=day + dt.timedelta(days=1)))
    assert [name.til for name in names_of(hus)] == [day, None]


def test_that_a_name_that_was_never_held_can_be_taken_out(hus):
    first, second = names_of(hus)
    correct(hus, replace(second, fra=None))
    assert [name.navn for name in names_of(hus)] == [second.navn]
    hus.archive.undo()
    assert names_of(hus) == [first, second]


@pytest.mark.parametrize("overlap", [0, 1, 400])
def test_that_two_names_at_the_same_time_are_refused(hus, overlap):
    first, second = names_of(hus)
    later = second.fra + dt.timedelta(days=overlap)
    code, params = refused(lambda: correct(hus, replace(first, til=later), second))
    assert (code, params["navn"]) == ("navn_overlapper", first.navn)
    assert names_of(hus) == [first, second]


def test_that_names_without_limits_or_words_are_refused(hus):
    first, second = names_of(hus)
    assert refused(lambda: correct(hus, replace(first, til=None), second))[0] == "navn_overlapper"
    assert refused(lambda: correct(hus, first, replace(second, fra=None)))[0] == "navn_overlapper"
    assert refused(lambda: correct(hus, replace(first, navn=" "), second))[0] == "tomt_felt"
    assert refused(lambda: correct(hus))[0] == "uten_navn"
    backwards = replace(second, til=second.fra - dt.timedelta(days=1))
    assert refused(lambda: correct(hus, first, backwards))[0] == "slutter_foer_start"
    stranger = names_of(hus, "kommunen")[0]
    assert refused(lambda: correct(hus, stranger))[0] == "finnes_ikke_lenger"


def test_that_two_organisations_of_one_name_are_told_apart(hus):
    create_organisasjon(hus.archive, navn="Helsedirektoratet")
    with hus.archive.read() as session:
        texts = [text for _key, text in organisation_choices(session)]
    assert "Helsedirektoratet (Direktoratet for e-helse)" in texts
    assert "Helsedirektoratet" in texts


LIST = """Navn;Organisasjon;E-post
Ny Nilsen;Storevik kommune;nils@example.no
Uten Epost;Nytt forbund;
Vara Eide;;
Leder Berg;;
Nilsen, Ny;;nils@example.no
1234;;
"""


def test_that_the_preview_says_what_happens_to_each_row(hus):
    with hus.archive.read() as session:
        rows = check_pasted(session, hus.key["raad"], read_people(LIST))
    assert [row.fate for row in rows] == [
        Fate.NEW,
        Fate.NEW,
        Fate.KNOWN,
        Fate.MEMBER,
        Fate.TWICE,
        Fate.UNREADABLE,
    ]
    assert [row.lacks_email for row in rows][:3] == [False, True, False]
    assert [row.is_new_organisation for row in rows][:3] == [False, True, False]


def test_that_a_pasted_list_is_one_step_that_is_undone_whole(hus):
    entries = len(hus.verbs())
    people, organisations = len(hus.rows(Person)), len(hus.rows(Organisasjon))
    add_members(hus.archive, utvalg_id=hus.key["raad"], people=read_people(LIST))
    assert hus.verbs()[entries:] == ["add_members"]
    assert names(hus)[3:] == ["Ny Nilsen", "Uten Epost", "Vara Eide"]
    assert len(hus.rows(Person)) == people + 2
    assert len(hus.rows(Organisasjon)) == organisations + 1
    hus.archive.undo()
    assert (len(hus.rows(Person)), len(hus.rows(Organisasjon))) == (people, organisations)
    assert len(seats(hus)) == 3


def test_that_a_known_person_keeps_the_address_they_have(hus):
    pasted = read_people("Vara Eide <annen@example.no>")
    add_members(hus.archive, utvalg_id=hus.key["raad"], people=pasted)
    assert hus.get(Person, hus.key["vara"]).epost == "vara@example.no"


def test_that_a_list_without_anybody_new_changes_nothing(hus):
    entries = hus.verbs()
    pasted = read_people("Leder Berg\n1234")
    code, _ = refused(lambda: add_members(hus.archive, utvalg_id=hus.key["raad"], people=pasted))
    assert code == "ingen_aa_legge_til"
    assert hus.verbs() == entries


@pytest.mark.parametrize(
    ("given", "family", "address", "twice"),
    [
        ("Leder", "Berg", "", True),
        ("leder ", "BERG", None, True),
        ("Leder", "Berg", "annen@example.no", False),
        ("Helt", "Annen", "LEDER@example.no", True),
        ("Helt", "Annen", "", False),
    ],
)
def test_that_a_person_is_known_again_by_name_or_address(hus, given, family, address, twice):
    with hus.archive.read() as session:
        assert bool(same_person(session, given, family, address, None)) is twice
        assert not same_person(session, "Leder", "Berg", "", hus.key["leder"])


def test_that_people_are_listed_with_the_utvalg_they_sit_in_today(hus):
    end_verv(hus.archive, verv_id=hus.key["verv_medlem"], til=dt.date(2020, 1, 1))
    create_person(hus.archive, fornavn="Åse", etternavn="Aas")
    with hus.archive.read() as session:
        rows = load_people(session)
        organisations = {row.navn: row for row in load_organisations(session)}
    assert rows[-1].navn == "Åse Aas"
    verv = {row.navn: row.verv for row in rows}
    assert (verv["Leder Berg"], verv["Medlem Dahl"]) == ("Rådet", "")
    assert [name.navn for name in organisations["Helsedirektoratet"].navnene] == [
        "Direktoratet for e-helse",
        "Helsedirektoratet",
    ]
