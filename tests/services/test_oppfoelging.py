"""Commitments: proposed from vedtak and aksjonspunkter, followed up, told to the next meeting."""

import datetime as dt

import pytest

from desktop.i18n.catalogue import words
from desktop.models import Oppfoelging, OppfoelgingSak, Oppfoelgingsavslag, Sak, Toppnotatseksjon
from desktop.richtext.tree import Table, Tree
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.standing import Standing
from desktop.rules.states import OppfoelgingTilstand, SakTilstand
from desktop.services.errors import ServiceError
from desktop.services.moeter import Dag
from desktop.services.oppfoelging import (
    change_oppfoelging,
    create_oppfoelging,
    delete_oppfoelging,
    link_saker,
    update_oppfoelging,
)
from desktop.services.oppfoelging_forslag import (
    Owner,
    accept_forslag,
    propose_commitments,
    reject_forslag,
)
from desktop.services.oppfoelging_view import (
    closed_commitments,
    load_commitment,
    open_commitments,
)
from desktop.services.referater import add_aksjonspunkt, change_aksjonspunkt
from desktop.services.statussak import (
    make_statussak,
    meetings_for_status,
    plan_with_statussak,
    status_offer,
    status_table,
)
from desktop.services.utvalg import create_organisasjon
from desktop.services.vedtak import adopt_vedtak
from tests.services.hus import FOUR, TEN, text, words_of

MEETING = dt.date(2023, 10, 4)
SPOKEN = "Rådet drøftet saken og ba {} ta med seg innspillene innen 15. november 2023."


@pytest.fixture
def held(hus):
    """Return a sak of a held meeting, whose vedtak can be adopted."""
    for name in ("Fylkeslegen", "Kystverket"):
        hus.key[name] = create_organisasjon(hus.archive, navn=name).id
    moete = hus.empty_plan(MEETING)
    hus.key["moete"] = moete
    hus.key["sak"] = hus.placed(moete)
    hus.key["other"] = hus.placed(moete, "Annen sak")
    hus.hold(moete)
    return hus


def speak(hus, actors="Fylkeslegen", sak="sak"):
    adopt_vedtak(hus.archive, sak_id=hus.key[sak], tekst=text(SPOKEN.format(actors)))


def proposals(hus, **more):
    with hus.archive.read() as session:
        return propose_commitments(session, **more)


def open_ones(hus, today=MEETING):
    with hus.archive.read() as session:
        return open_commitments(session, today=today)


def test_that_a_spoken_vedtak_is_proposed_with_actor_task_and_deadline(held):
    speak(held)
    (found,) = proposals(held)
    assert [owner.organisasjon_id for owner in found.eiere] == [held.key["Fylkeslegen"]]
    assert found.oppgave.startswith("Ta med seg innspillene")
    assert found.frist == dt.date(2023, 11, 15)
    assert found.setning[slice(*found.utdrag)].startswith("ta med seg")
    assert found.sak_id == held.key["sak"]


def test_that_an_aksjonspunkt_is_proposed_as_it_is(held):
    add_aksjonspunkt(
        held.archive, sak_id=held.key["other"], tekst="Kystverket sender notatet.",
        ansvarlig_organisasjon_id=held.key["Kystverket"], frist=dt.date(2023, 11, 1),
    )  # fmt: skip
    (found,) = proposals(held)
    assert (found.oppgave, found.hvem) == ("Kystverket sender notatet.", "Kystverket")
    assert found.vedtak_id is None


def test_that_accepting_makes_one_commitment_for_each_actor(held):
    speak(held, "Fylkeslegen og Kystverket")
    (found,) = proposals(held)
    accept_forslag(held.archive, forslag=found)
    assert {row.eier for row in open_ones(held)} == {"Fylkeslegen", "Kystverket"}
    assert {row.frist for row in open_ones(held)} == {dt.date(2023, 11, 15)}
    assert {row.saker[0].id for row in open_ones(held)} == {held.key["sak"]}
    assert proposals(held) == ()
    held.archive.undo()
    assert open_ones(held) == ()
    assert proposals(held) == (found,)


def test_that_an_actor_the_archive_does_not_know_stands_in_the_task(held):
    speak(held, "hver kommune")
    (found,) = proposals(held)
    accept_forslag(held.archive, forslag=found)
    assert open_ones(held)[0].oppgave.startswith("Hver kommune: Ta med seg")
    assert open_ones(held)[0].eier == ""


def test_that_a_changed_proposal_is_accepted_as_it_was_changed(held):
    speak(held)
    (found,) = proposals(held)
    accept_forslag(
        held.archive, forslag=found, oppgave="Ringe", eiere=[Owner(held.key["Kystverket"])],
        frist=None, fristen_er_endret=True,
    )  # fmt: skip
    (row,) = open_ones(held)
    assert (row.oppgave, row.eier, row.frist) == ("Ringe", "Kystverket", None)
    assert proposals(held) == ()


def test_that_a_rejected_proposal_does_not_come_back_and_can_be_undone(held):
    speak(held)
    (found,) = proposals(held)
    reject_forslag(held.archive, forslag=found)
    assert proposals(held) == ()
    assert len(held.rows(Oppfoelgingsavslag)) == 1
    held.archive.undo()
    assert proposals(held) == (found,)


def test_that_a_small_correction_does_not_bring_a_rejected_proposal_back(held):
    speak(held)
    reject_forslag(held.archive, forslag=proposals(held)[0])
    corrected = SPOKEN.replace("innspillene", "innspillene fra møtet")
    adopt_vedtak(held.archive, sak_id=held.key["sak"], tekst=text(corrected.format("Fylkeslegen")))
    assert proposals(held) == ()
    other = "Rådet ba Fylkeslegen legge frem et helt annet budsjett for neste år."
    adopt_vedtak(held.archive, sak_id=held.key["sak"], tekst=text(other))
    assert len(proposals(held)) == 1


def test_that_an_accepted_aksjonspunkt_is_not_proposed_again_when_its_words_change(held):
    point = add_aksjonspunkt(held.archive, sak_id=held.key["sak"], tekst="Sende notat.").id
    accept_forslag(held.archive, forslag=proposals(held)[0])
    change_aksjonspunkt(
        held.archive, aksjonspunkt_id=point, tekst="Noe ganske annerledes her.",
        ansvarlig_organisasjon_id=None, ansvarlig_person_id=None, frist=None,
    )  # fmt: skip
    assert proposals(held) == ()


def test_that_a_proposal_is_dealt_with_once(held):
    speak(held)
    (found,) = proposals(held)
    accept_forslag(held.archive, forslag=found)
    for verb in (accept_forslag, reject_forslag):
        with pytest.raises(ServiceError) as refused:
            verb(held.archive, forslag=found)
        assert refused.value.code == "forslag_er_behandlet"


def test_that_next_meeting_in_a_vedtak_means_the_next_meeting_of_the_utvalg(held):
    held.plan(dt.date(2023, 12, 14))
    spoken = "Rådet ber Fylkeslegen om å sende en plan innen neste møte."
    adopt_vedtak(held.archive, sak_id=held.key["sak"], tekst=text(spoken))
    assert proposals(held)[0].frist == dt.date(2023, 12, 14)


def made(hus, oppgave="Ringe", **more):
    return create_oppfoelging(hus.archive, utvalg_id=hus.key["raad"], oppgave=oppgave, **more).id


def test_that_overdue_and_due_before_the_next_meeting_stand_first(held):
    held.plan(dt.date(2023, 12, 14))
    made(held, "Uten frist")
    made(held, "Senere", frist=dt.date(2024, 3, 1))
    made(held, "Før møtet", frist=dt.date(2023, 12, 10))
    made(held, "Forfalt", frist=dt.date(2023, 11, 1))
    found = open_ones(held, today=dt.date(2023, 12, 1))
    assert [(row.oppgave, row.stand) for row in found] == [
        ("Forfalt", Standing.FORFALT),
        ("Før møtet", Standing.FOER_MOETET),
        ("Senere", Standing.AAPEN),
        ("Uten frist", Standing.AAPEN),
    ]


def test_that_the_log_tells_the_way_and_what_can_come_next(held):
    key = made(held)
    for day, state in ((5, None), (9, OppfoelgingTilstand.PAAGAAR)):
        update_oppfoelging(
            held.archive, oppfoelging_id=key, dato=dt.date(2023, 11, day), tekst=f"Dag {day}",
            tilstand=state,
        )  # fmt: skip
    with held.archive.read() as session:
        view = load_commitment(session, key)
    assert [entry.tekst for entry in view.logg] == ["Dag 9", "Dag 5"]
    assert view.rad.siste == view.logg[0]
    assert view.neste == (OppfoelgingTilstand.FERDIG, OppfoelgingTilstand.BORTFALT)
    update_oppfoelging(
        held.archive, oppfoelging_id=key, dato=dt.date(2023, 12, 1), tekst="Ferdig",
        tilstand=OppfoelgingTilstand.FERDIG,
    )  # fmt: skip
    assert open_ones(held) == ()
    with held.archive.read() as session:
        assert [row.id for row in closed_commitments(session)] == [key]


def test_that_a_commitment_is_changed_linked_and_deleted_and_each_is_undone(held):
    key = made(held)
    change_oppfoelging(
        held.archive, oppfoelging_id=key, oppgave="Skrive", eier_person_id=None,
        eier_organisasjon_id=held.key["Kystverket"], frist=MEETING,
    )  # fmt: skip
    link_saker(held.archive, oppfoelging_id=key, saker=[held.key["sak"], held.key["other"]])
    link_saker(held.archive, oppfoelging_id=key, saker=[held.key["other"]])
    (row,) = open_ones(held)
    assert (row.oppgave, row.eier, row.frist) == ("Skrive", "Kystverket", MEETING)
    assert [sak.id for sak in row.saker] == [held.key["other"]]
    delete_oppfoelging(held.archive, oppfoelging_id=key)
    assert held.rows(Oppfoelging) == []
    for _step in range(4):
        held.archive.undo()
    assert open_ones(held)[0].oppgave == "Ringe"
    assert held.rows(OppfoelgingSak) == []


def status_tables(hus, sak_id):
    section = hus.section(sak_id, Seksjonslag.BAKGRUNN)
    tree = hus.get(Toppnotatseksjon, section).innhold
    return [block for block in tree.blocks if isinstance(block, Table)]


def test_that_a_status_sak_has_the_open_commitments_as_its_table_in_one_step(held):
    made(held, "Sende plan", frist=dt.date(2023, 12, 1), saker=[held.key["sak"]])
    following = held.empty_plan(dt.date(2023, 12, 14))
    before = len(held.verbs())
    sak = make_statussak(held.archive, utvalg_id=held.key["raad"], moete_id=following).id
    assert held.verbs()[before:] == ["make_statussak"]
    assert held.get(Sak, sak).tilstand is SakTilstand.PAA_DAGSORDEN
    assert held.agenda(following) == ["Status på oppfølging av vedtak"]
    (table,) = status_tables(held, sak)
    told = [words_of_cell(cell) for cell in table.rows[1].cells]
    assert told[0] == "Sende plan"
    assert told[2] == "01.12.2023"
    assert sak in {link.sak_id for link in held.rows(OppfoelgingSak)}
    held.archive.undo()
    assert held.rows(Sak, id=sak) == []
    assert held.agenda(following) == []


def test_that_dates_and_long_names_have_room_in_the_table_of_a_status_sak():
    _task, owner, deadline, sak, _state = widths = status_table((), words("nb")).column_widths
    assert sum(widths) == 100
    assert owner >= 25  # "omsorgsdepartementet"
    assert deadline >= 14  # "30.11.2023"
    assert sak >= 10  # "23/23,"


def words_of_cell(cell):
    return words_of(Tree(cell.blocks))


def test_that_a_status_sak_without_a_meeting_waits_in_the_queue(held):
    made(held)
    make_statussak(held.archive, utvalg_id=held.key["raad"])
    assert held.queue()[-1] == "Status på oppfølging av vedtak"


def test_that_a_status_sak_is_offered_only_where_something_is_open_and_none_waits(held):
    def offered():
        with held.archive.read() as session:
            return status_offer(session, held.key["raad"])

    assert offered() == 0
    with pytest.raises(ServiceError) as refused:
        make_statussak(held.archive, utvalg_id=held.key["raad"])
    assert refused.value.code == "ingen_aapne_oppfoelginger"
    made(held)
    assert offered() == 1
    make_statussak(held.archive, utvalg_id=held.key["raad"])
    assert offered() == 0


def test_that_a_planned_meeting_can_bring_the_status_sak_in_the_same_step(held):
    made(held)
    planned = plan_with_statussak(
        held.archive, utvalg_id=held.key["raad"], dager=[Dag(dt.date(2023, 12, 14), TEN, FOUR)],
        fixed_posts=False,
    ).id  # fmt: skip
    assert held.agenda(planned) == ["Status på oppfølging av vedtak"]
    with held.archive.read() as session:
        assert [one.id for one in meetings_for_status(session, held.key["raad"])] == [planned]
    held.archive.undo()
    with held.archive.read() as session:
        assert meetings_for_status(session, held.key["raad"]) == ()
    assert held.queue() == []
