"""Planning a meeting: fixed posts, members at the date, days."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.models import Moete, Vedlegg
from desktop.rules.entity_kinds import Fastpostslag, Vedleggslag
from desktop.rules.errors import RuleError
from desktop.rules.kinds import Funksjon, Sakstype
from desktop.services.dagsorden import move_post
from desktop.services.errors import ServiceError
from desktop.services.gather import Gatherer
from desktop.services.load import load_moete
from desktop.services.moeter import (
    Dag,
    cancel_moete,
    change_moete,
    plan_moete,
    remove_dag,
    set_dag,
)
from desktop.services.saker import rename_sak
from desktop.services.utvalg import (
    change_person,
    create_organisasjon,
    create_utvalg,
    end_verv,
    give_verv,
    name_arkiv,
    rename_organisasjon,
    set_series,
)
from desktop.storage.archive import Archive
from tests.services.hus import FOUR, NEW_YEAR, TEN, Hus, words_of

OCTOBER, DECEMBER = dt.date(2023, 10, 4), dt.date(2023, 12, 14)


def members(hus: Hus, moete: str) -> list[tuple[str, str]]:
    content = Gatherer(hus.moete(moete)).moete()
    return [(person.navn, person.organisasjon) for person in content.medlemmer]


def refused(code: str):
    return pytest.raises(ServiceError, match=code)


def test_that_the_first_meeting_gets_the_fixed_posts_but_no_referat_to_approve(hus: Hus):
    assert hus.agenda(hus.plan(OCTOBER)) == [
        "Godkjenning av innkalling og dagsorden",
        "Orientering fra Direktoratet for e-helse",
        "Eventuelt",
    ]


def test_that_the_next_meeting_approves_the_referat_of_the_one_before(hus: Hus):
    first = hus.plan(OCTOBER)
    second = hus.plan(DECEMBER)
    snapshot = hus.moete(second)
    approval = snapshot.saker[1]
    assert approval.tittel == (
        "Godkjenning av referatet fra møtet 4. oktober 2023 i Nasjonalt prøveråd"
    )
    assert words_of(approval.forslag_til_vedtak) == (
        "Prøverådet godkjenner referatet fra møtet 4. oktober 2023."
    )
    assert approval.fastpostslag is Fastpostslag.REFERAT
    attached = snapshot.rows.vedlegg[approval.id]
    assert [(v.slag, v.referat_moete_id) for v in attached] == [(Vedleggslag.REFERAT, first)]
    printed = Gatherer(snapshot).sak(approval).vedlegg[0]
    assert (printed.nummer, printed.referat_utvalg, printed.referat_dato) == (
        "1",
        "Nasjonalt prøveråd",
        OCTOBER,
    )


def test_that_phrases_and_types_of_fixed_posts_follow_the_utvalg(hus: Hus):
    snapshot = hus.moete(hus.plan(OCTOBER))
    assert [sak.sakstype for sak in snapshot.saker] == [
        Sakstype.GODKJENNING,
        Sakstype.ORIENTERING,
        None,
    ]
    assert [words_of(sak.forslag_til_vedtak) for sak in snapshot.saker] == [
        "Prøverådet godkjenner innkalling og dagsorden.",
        "Prøverådet tar sakene til orientering.",
        "",
    ]
    assert [post.varighet for post in snapshot.rows.poster] == [5, 10, 10]


def test_that_a_nynorsk_utvalg_plans_in_nynorsk(hus: Hus):
    hus.plan(dt.date(2023, 5, 2), utvalg="nynorsk")
    snapshot = hus.moete(hus.plan(OCTOBER, utvalg="nynorsk"))
    assert [sak.tittel for sak in snapshot.saker] == [
        "Godkjenning av innkalling og dagsorden",
        "Godkjenning av referatet frå møtet 2. mai 2023 i Nynorskutvalet",
        "Orientering frå Direktoratet for e-helse",
        "Eventuelt",
    ]
    assert words_of(snapshot.saker[2].forslag_til_vedtak) == "Utvalet tek sakene til orientering."


def test_that_the_previous_meeting_is_of_the_same_utvalg_and_not_cancelled(hus: Hus):
    hus.plan(OCTOBER, utvalg="nynorsk")
    cancelled = hus.plan(dt.date(2023, 11, 1))
    cancel_moete(hus.archive, moete_id=cancelled)
    assert "Godkjenning av referatet" not in " ".join(hus.agenda(hus.plan(DECEMBER)))


def test_that_the_secretariat_has_the_name_of_the_meetings_date(hus: Hus):
    assert "Orientering fra Helsedirektoratet" in hus.agenda(hus.plan(NEW_YEAR))


def test_that_a_fixed_post_follows_the_date_of_the_previous_meeting(hus: Hus):
    first, second = hus.plan(OCTOBER), hus.plan(DECEMBER)
    moved = Dag(dt.date(2023, 10, 18), TEN, FOUR)
    set_dag(hus.archive, moete_id=first, moetedag_id=hus.days(first)[0], dag=moved)
    approval = hus.moete(second).saker[1]
    assert approval.tittel.startswith("Godkjenning av referatet fra møtet 18. oktober 2023")
    assert "18. oktober 2023" in words_of(approval.forslag_til_vedtak)


def test_that_a_meeting_planned_in_between_becomes_the_previous_one(hus: Hus):
    first, second = hus.plan(OCTOBER), hus.plan(DECEMBER)
    between = hus.plan(dt.date(2023, 11, 8))
    snapshot = hus.moete(second)
    approval = snapshot.saker[1]
    assert "8. november 2023" in approval.tittel
    assert [v.referat_moete_id for v in snapshot.rows.vedlegg[approval.id]] == [between]
    cancel_moete(hus.archive, moete_id=between)
    snapshot = hus.moete(second)
    assert "4. oktober 2023" in snapshot.saker[1].tittel
    assert [v.referat_moete_id for v in snapshot.rows.vedlegg[approval.id]] == [first]


def test_that_a_title_the_secretary_wrote_is_left_alone(hus: Hus):
    first, second = hus.plan(OCTOBER), hus.plan(DECEMBER)
    rename_sak(hus.archive, sak_id=hus.moete(second).saker[1].id, tittel="Forrige referat")
    moved = Dag(dt.date(2023, 10, 18), TEN, FOUR)
    set_dag(hus.archive, moete_id=first, moetedag_id=hus.days(first)[0], dag=moved)
    assert hus.agenda(second)[1] == "Forrige referat"


def test_that_a_called_meeting_keeps_its_titles(hus: Hus):
    first, second = hus.plan(OCTOBER), hus.plan(DECEMBER)
    hus.freeze(second)
    moved = Dag(dt.date(2023, 10, 18), TEN, FOUR)
    set_dag(hus.archive, moete_id=first, moetedag_id=hus.days(first)[0], dag=moved)
    assert "4. oktober 2023" in hus.agenda(second)[1]


def test_that_a_new_name_of_the_secretariat_reaches_unsent_meetings(hus: Hus):
    sent, unsent = hus.plan(dt.date(2024, 2, 8)), hus.plan(dt.date(2024, 3, 8))
    hus.freeze(sent)
    rename_organisasjon(
        hus.archive,
        organisasjon_id=hus.key["direktoratet"],
        navn="E-etaten",
        fra=dt.date(2024, 2, 1),
    )
    assert "Orientering fra Helsedirektoratet" in hus.agenda(sent)
    assert "Orientering fra E-etaten" in hus.agenda(unsent)


def test_that_members_are_those_with_a_seat_on_the_day(hus: Hus):
    give_verv(
        hus.archive,
        utvalg_id=hus.key["raad"],
        person_id=hus.key["vara"],
        organisasjon_id=hus.key["kommunen"],
        fra=dt.date(2023, 11, 1),
    )
    end_verv(hus.archive, verv_id=hus.key["verv_medlem"], til=dt.date(2023, 10, 4))
    assert members(hus, hus.plan(OCTOBER)) == [
        ("Leder Berg", "Direktoratet for e-helse"),
        ("Medlem Dahl", "Kommuneforbundet"),
    ]
    assert members(hus, hus.plan(DECEMBER)) == [
        ("Leder Berg", "Direktoratet for e-helse"),
        ("Vara Eide", "Storevik kommune"),
    ]


def test_that_an_organisation_has_the_name_of_the_day(hus: Hus):
    eve = hus.plan(dt.date(2023, 12, 31))
    day = hus.plan(NEW_YEAR)
    assert members(hus, eve)[0] == ("Leder Berg", "Direktoratet for e-helse")
    assert members(hus, day)[0] == ("Leder Berg", "Helsedirektoratet")


def test_that_a_person_with_two_seats_is_a_member_once(hus: Hus):
    for funksjon in (Funksjon.OBSERVATOER, Funksjon.MEDLEM):
        give_verv(
            hus.archive,
            utvalg_id=hus.key["raad"],
            person_id=hus.key["gjest"],
            organisasjon_id=hus.key["forbundet"],
            funksjon=funksjon,
        )
    assert len(members(hus, hus.plan(OCTOBER))) == 3
    assert [name for name, _ in members(hus, hus.plan(DECEMBER))].count("Gjest Gran") == 1


def test_that_days_are_sorted_and_eventuelt_stands_last_on_the_last_day(hus: Hus):
    second, first = dt.date(2023, 10, 5), dt.date(2023, 10, 4)
    moete = hus.plan(second, first)
    snapshot = hus.moete(moete)
    assert [dag.dato for dag in snapshot.rows.dager] == [first, second]
    titles = [[p.sak_id for p in snapshot.posts_of(dag)] for dag in snapshot.rows.dager]
    assert [len(day) for day in titles] == [2, 1]
    assert hus.agenda(moete)[-1] == "Eventuelt"


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("moete_uten_dag", []),
        ("dag_to_ganger", [Dag(OCTOBER, TEN, FOUR), Dag(OCTOBER, FOUR, dt.time(18))]),
        ("slutter_foer_start", [Dag(OCTOBER, FOUR, TEN)]),
        ("slutter_foer_start", [Dag(OCTOBER, TEN, TEN)]),
    ],
)
def test_that_days_that_cannot_be_are_refused(hus: Hus, code: str, days: list[Dag]):
    with refused(code):
        plan_moete(hus.archive, utvalg_id=hus.key["raad"], dager=days)
    assert hus.rows(Moete) == []


def test_that_a_year_or_a_clock_time_no_document_can_print_is_refused(hus: Hus):
    with pytest.raises(RuleError, match="aar_utenfor_omraade"):
        hus.plan(dt.date(2123, 1, 1))
    seconds = [Dag(OCTOBER, dt.time(10, 0, 5), FOUR)]
    with pytest.raises(RuleError, match="klokkeslett_er_ikke_hele_minutter"):
        plan_moete(hus.archive, utvalg_id=hus.key["raad"], dager=seconds)


def test_that_the_usual_place_is_proposed(hus: Hus):
    assert hus.get(Moete, hus.plan(OCTOBER)).sted == "Storgata 1"
    assert hus.get(Moete, hus.plan(DECEMBER, sted="Hamar")).sted == "Hamar"


def test_that_the_year_moves_with_the_first_day_while_unsent(hus: Hus):
    moete = hus.plan(DECEMBER)
    day = hus.days(moete)[0]
    set_dag(hus.archive, moete_id=moete, moetedag_id=day, dag=Dag(NEW_YEAR, TEN, FOUR))
    assert hus.get(Moete, moete).aar == 2024
    assert hus.moete(moete).meeting_number() == "1/2024"
    set_dag(hus.archive, moete_id=moete, dag=Dag(DECEMBER, TEN, FOUR))
    assert hus.get(Moete, moete).aar == 2023


def test_that_the_year_stays_once_the_numbers_are_fixed(hus: Hus):
    moete = hus.plan(DECEMBER)
    hus.freeze(moete)
    day = hus.days(moete)[0]
    with refused("innkalt_moete_skifter_ikke_aar"):
        set_dag(hus.archive, moete_id=moete, moetedag_id=day, dag=Dag(NEW_YEAR, TEN, FOUR))
    later = Dag(dt.date(2023, 12, 20), TEN, FOUR)
    set_dag(hus.archive, moete_id=moete, moetedag_id=day, dag=later)
    assert hus.moete(moete).dato == dt.date(2023, 12, 20)


def test_that_a_day_cannot_take_the_date_of_another_or_belong_to_another_meeting(hus: Hus):
    moete, other = hus.plan(OCTOBER, DECEMBER), hus.plan(NEW_YEAR)
    first = hus.days(moete)[0]
    with refused("dag_to_ganger"):
        set_dag(hus.archive, moete_id=moete, moetedag_id=first, dag=Dag(DECEMBER, TEN, FOUR))
    with refused("annet_moete"):
        set_dag(hus.archive, moete_id=other, moetedag_id=first, dag=Dag(OCTOBER, TEN, FOUR))


def test_that_only_an_empty_day_of_an_unsent_meeting_is_removed(hus: Hus):
    moete = hus.plan(DECEMBER, NEW_YEAR)
    first, last = hus.days(moete)
    with refused("dag_har_dagsorden"):
        remove_dag(hus.archive, moetedag_id=first)
    for post in hus.moete(moete).rows.poster:
        move_post(hus.archive, post_id=post.id, index=9, moetedag_id=last)
    remove_dag(hus.archive, moetedag_id=first)
    assert hus.get(Moete, moete).aar == 2024
    assert hus.moete(moete).meeting_number() == "1/2024"
    with refused("moete_uten_dag"):
        remove_dag(hus.archive, moetedag_id=last)
    set_dag(hus.archive, moete_id=moete, dag=Dag(dt.date(2024, 1, 2), TEN, FOUR))
    hus.freeze(moete)
    with refused("innkalt_moete_beholder_dager"):
        remove_dag(hus.archive, moetedag_id=hus.days(moete)[1])


def test_that_a_cancelled_meeting_is_not_changed_any_more(hus: Hus):
    moete = hus.plan(OCTOBER)
    cancel_moete(hus.archive, moete_id=moete)
    row = hus.get(Moete, moete)
    with refused("moete_er_slutt"):
        change_moete(
            hus.archive,
            moete_id=moete,
            form=row.form,
            sted="Hamar",
            digital_lenke=None,
            moeteleder_id=None,
            referent_id=None,
        )
    with refused("moete_er_slutt"):
        set_dag(hus.archive, moete_id=moete, dag=Dag(DECEMBER, TEN, FOUR))


def test_that_names_of_an_organisation_follow_each_other(hus: Hus):
    with refused("navn_foer_siste_navn"):
        rename_organisasjon(
            hus.archive, organisasjon_id=hus.key["direktoratet"], navn="X", fra=NEW_YEAR
        )
    with refused("slutter_foer_start"):
        create_organisasjon(hus.archive, navn="X", fra=NEW_YEAR, til=OCTOBER)


def test_that_a_seat_is_given_once_in_a_period(hus: Hus):
    seat = {
        "utvalg_id": hus.key["raad"],
        "person_id": hus.key["medlem"],
        "organisasjon_id": None,
    }
    with refused("verv_finnes"):
        give_verv(hus.archive, **seat, fra=DECEMBER)
    with refused("slutter_foer_start"):
        give_verv(hus.archive, **seat, fra=DECEMBER, til=OCTOBER)
    end_verv(hus.archive, verv_id=hus.key["verv_medlem"], til=OCTOBER)
    assert give_verv(hus.archive, **seat, fra=DECEMBER).id


def test_that_what_an_utvalg_cannot_have_is_refused(hus: Hus):
    with refused("navn_er_i_bruk"):
        create_utvalg(hus.archive, navn=" Nasjonalt  prøveråd ")
    with refused("tall_utenfor_omraade"):
        create_utvalg(hus.archive, navn="Nytt", kommentarfrist_dager=-1)
    with pytest.raises(RuleError, match="moenster_trenger_ett_aar"):
        create_utvalg(hus.archive, navn="Nytt", saksnummermoenster="{nr}")
    with pytest.raises(RuleError, match="nummer_utenfor_omraade"):
        set_series(hus.archive, utvalg_id=hus.key["raad"], aar=2023, foerste_sak=0)
    with refused("arkivet_har_navn"):
        name_arkiv(hus.archive, navn="Et annet", opprettet=OCTOBER)


def test_that_a_person_has_a_first_and_a_last_name(hus: Hus):
    with refused("tomt_felt"):
        change_person(
            hus.archive,
            person_id=hus.key["gjest"],
            fornavn="Gry",
            etternavn="\u00a0",
            epost=None,
            telefon=None,
            organisasjon_id=None,
        )


def test_that_a_referat_of_a_meeting_that_is_gone_is_not_a_vedlegg(hus: Hus):
    hus.plan(OCTOBER)
    assert hus.rows(Vedlegg, slag=Vedleggslag.REFERAT) == []


def test_that_a_utvalg_without_secretariat_gets_no_placeholder_in_a_title(tmp_path):
    with Archive.create(tmp_path / "nytt.motebok", bruker="Kari") as archive:
        utvalg = create_utvalg(archive, navn="Rådet")
        day = Dag(dt.date(2024, 3, 14), dt.time(10), dt.time(12))
        moete = plan_moete(archive, utvalg_id=utvalg.id, dager=[day])
        with archive.read() as session:
            titles = [sak.tittel for sak in load_moete(session, moete.id).saker]
    assert "Orientering fra sekretariatet" in titles
