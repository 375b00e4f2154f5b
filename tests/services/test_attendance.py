"""Who was there, for whom, and for which saker."""

from __future__ import annotations

import datetime as dt

from desktop.models import (
    Oppmoete,
    OppmoeteSak,
)
from desktop.rules.entity_kinds import Oppmoeterolle
from desktop.rules.kinds import Oppmoetestatus
from desktop.services.deltakere import remove_oppmoete
from desktop.services.gather import Gatherer
from desktop.services.gather_referat import gather_referat
from desktop.services.utvalg import end_verv
from tests.services.holdt import (
    DECEMBER,
    attend,
    held,
    refused,
)
from tests.services.hus import Hus


def test_that_attendance_is_printed_in_its_groups(hus: Hus):
    moete, sak = held(hus)
    first = hus.moete(moete).saker[0].id
    attend(hus, moete, "leder", status=Oppmoetestatus.DIGITALT, fra_sak_id=first, til_sak_id=sak)
    attend(hus, moete, "medlem", status=Oppmoetestatus.FORFALL)
    attend(hus, moete, "vara", rolle=Oppmoeterolle.STEDFORTREDER, for_id=hus.key["medlem"])
    attend(hus, moete, "gjest", rolle=Oppmoeterolle.GJEST, saker=[sak, first])
    attend(hus, moete, "sekretaer", rolle=Oppmoeterolle.SEKRETARIAT)
    content = gather_referat(Gatherer(hus.moete(moete)))
    leader = content.til_stede[0]
    assert (leader.person.navn, leader.digitalt) == ("Leder Berg", True)
    assert (leader.fra_sak, leader.til_sak) == ("1/23", "3/23")
    assert [(p.navn, p.organisasjon) for p in content.ikke_til_stede] == [
        ("Medlem Dahl", "Kommuneforbundet")
    ]
    substitute = content.stedfortredere[0]
    assert substitute.oppmoete.person.navn == "Vara Eide"
    assert substitute.oppmoete.person.organisasjon == "Storevik kommune"
    assert substitute.for_navn == "Medlem Dahl"
    assert [(g.person.navn, g.saker) for g in content.andre] == [("Gjest Gran", ("1/23", "3/23"))]
    assert [(s.organisasjon, len(s.personer)) for s in content.sekretariat] == [
        ("Direktoratet for e-helse", 1)
    ]


def test_that_attendance_said_twice_is_one_row(hus: Hus):
    moete, sak = held(hus)
    guest = Oppmoeterolle.GJEST
    first = attend(hus, moete, "gjest", rolle=guest, saker=[sak, sak])
    second = attend(hus, moete, "gjest", status=Oppmoetestatus.DIGITALT, rolle=guest)
    assert first == second
    assert len(hus.rows(Oppmoete)) == 1
    assert hus.rows(OppmoeteSak) == []
    remove_oppmoete(hus.archive, moete_id=moete, person_id=hus.key["gjest"])
    assert hus.rows(Oppmoete) == []


def test_that_a_substitute_stands_in_for_a_member_who_is_away(hus: Hus):
    moete, _sak = held(hus)
    stand_in = {"rolle": Oppmoeterolle.STEDFORTREDER}
    with refused("stedfortreder_uten_medlem"):
        attend(hus, moete, "vara", **stand_in)
    with refused("stedfortreder_uten_medlem"):
        attend(hus, moete, "vara", for_id=hus.key["medlem"])
    with refused("stedfortreder_for_seg_selv"):
        attend(hus, moete, "vara", for_id=hus.key["vara"], **stand_in)
    attend(hus, moete, "medlem")
    with refused("medlemmet_er_til_stede"):
        attend(hus, moete, "vara", for_id=hus.key["medlem"], **stand_in)
    attend(hus, moete, "medlem", status=Oppmoetestatus.FORFALL)
    attend(hus, moete, "vara", for_id=hus.key["medlem"], **stand_in)
    with refused("medlemmet_har_stedfortreder"):
        attend(hus, moete, "medlem", status=Oppmoetestatus.DIGITALT)


def test_that_a_substitute_names_a_member_whose_seat_has_ended(hus: Hus):
    moete, _sak = held(hus)
    attend(hus, moete, "vara", rolle=Oppmoeterolle.STEDFORTREDER, for_id=hus.key["medlem"])
    end_verv(hus.archive, verv_id=hus.key["verv_medlem"], til=dt.date(2023, 9, 1))
    content = gather_referat(Gatherer(hus.moete(moete)))
    assert content.stedfortredere[0].for_navn == "Medlem Dahl"


def test_that_a_guest_is_bound_to_saker_of_the_meeting(hus: Hus):
    moete, _sak = held(hus)
    other = hus.placed(hus.plan(DECEMBER), "Annen")
    with refused("sak_i_annet_moete"):
        attend(hus, moete, "gjest", rolle=Oppmoeterolle.GJEST, saker=[other])
    with refused("sak_i_annet_moete"):
        attend(hus, moete, "leder", fra_sak_id=other)
    assert hus.rows(Oppmoete) == []
