"""The way of a referat: comments, update, approval, publishing."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.models import (
    Referat,
    Utsendelsefil,
)
from desktop.rules.entity_kinds import Utsendelseslag
from desktop.rules.states import ReferatTilstand
from desktop.services.dagsorden import (
    carry_over_sak,
    move_post,
    postpone_sak,
)
from desktop.services.deltakere import remove_oppmoete
from desktop.services.innkalling import (
    approve_referat,
    publish_referat,
    send_referat_to_comment,
    update_referat,
)
from desktop.services.moeter import Dag, close_moete, set_dag
from desktop.services.papers import referat_content
from desktop.services.referater import (
    Referatfelt,
    add_aksjonspunkt,
    add_innspill,
    write_saksreferat,
)
from desktop.services.saker import rename_sak, set_sakstype, write_forslag
from desktop.services.vedtak import adopt_vedtak, mark_treated, remove_vedtak
from desktop.storage.errors import CannotUndoError
from tests.services.holdt import (
    AFTER,
    DECEMBER,
    OCTOBER,
    approved,
    approver,
    attend,
    commented,
    held,
    refused,
)
from tests.services.hus import FOUR, TEN, Hus, no_note, text, words_of


@pytest.mark.parametrize(
    ("sent", "deadline"),
    [
        (dt.datetime(2023, 10, 9, 9), dt.date(2023, 10, 23)),  # noqa: DTZ001
        (dt.datetime(2023, 10, 7, 9), dt.date(2023, 10, 23)),  # noqa: DTZ001
    ],
)
def test_that_the_usual_deadline_is_two_weeks_and_a_working_day(
    hus: Hus, sent: dt.datetime, deadline: dt.date
):
    moete, _sak = held(hus)
    send_referat_to_comment(hus.archive, moete_id=moete, now=sent)
    row = hus.rows(Referat)[0]
    assert (row.tilstand, row.kommentarfrist) == (ReferatTilstand.TIL_KOMMENTAR, deadline)


def test_that_a_deadline_of_ones_own_is_not_passed(hus: Hus):
    moete, _sak = held(hus)
    with refused("frist_er_passert"):
        send_referat_to_comment(
            hus.archive, moete_id=moete, now=AFTER, frist=AFTER.date() - dt.timedelta(days=1)
        )
    send_referat_to_comment(hus.archive, moete_id=moete, now=AFTER, frist=AFTER.date())
    assert hus.rows(Referat)[0].kommentarfrist == AFTER.date()


def test_that_only_the_referat_of_a_held_meeting_goes_out(hus: Hus):
    moete = hus.plan(OCTOBER)
    with refused("moete_er_ikke_avholdt"):
        commented(hus, moete)
    with refused("moete_er_ikke_avholdt"):
        publish_referat(hus.archive, moete_id=moete, dato=OCTOBER, hvor="ehelse.no")


def test_that_a_referat_goes_from_draft_to_approved_with_a_copy_of_each_version(hus: Hus):
    moete, _sak = held(hus)
    with refused("referat_maa_til_kommentar_foerst"):
        update_referat(hus.archive, moete_id=moete, now=AFTER)
    hus.archive.verify()
    commented(hus, moete)
    made = update_referat(
        hus.archive, moete_id=moete, now=AFTER, endringer=text("Sak 1: rettet.")
    ).id
    approve_referat(hus.archive, moete_id=moete, sak_id=approver(hus), now=AFTER)
    assert [slag for slag, _ in hus.sent_kinds(moete)] == [
        Utsendelseslag.GODKJENT_REFERAT,
        Utsendelseslag.INNKALLING,
        Utsendelseslag.OPPDATERT_REFERAT,
        Utsendelseslag.REFERAT_TIL_KOMMENTAR,
    ]
    assert len(hus.rows(Utsendelsefil, utsendelse_id=made)) == 1
    assert words_of(hus.rows(Referat, moete_id=moete)[0].endringer) == "Sak 1: rettet."


def test_that_approving_cannot_be_undone(hus: Hus):
    approved(hus)
    with pytest.raises(CannotUndoError) as error:
        hus.archive.undo()
    assert error.value.params["handling"] == "approve_referat"


def test_that_the_approved_referat_names_the_sak_that_approved_it(hus: Hus):
    moete, _sak = approved(hus)
    with hus.archive.read() as session:
        content = referat_content(session, hus.moete(moete))
    assert content.godkjent_i_sak == "6/23"
    assert content.tilstand is ReferatTilstand.GODKJENT


def test_that_an_approved_referat_stays_as_approved(hus: Hus):
    moete, sak = approved(hus)
    before = hus.verbs()
    a, day = hus.archive, hus.days(moete)[0]
    for change in (
        lambda: write_saksreferat(
            a, sak_id=sak, felt=Referatfelt.INNLEDNING, tree=text("X"), typing=True
        ),
        lambda: add_innspill(a, sak_id=sak, tree=text("X")),
        lambda: add_aksjonspunkt(a, sak_id=sak, tekst="X"),
        lambda: adopt_vedtak(a, sak_id=sak),
        lambda: remove_vedtak(a, sak_id=sak),
        lambda: mark_treated(a, sak_id=sak),
        lambda: attend(hus, moete, "leder"),
        lambda: remove_oppmoete(a, moete_id=moete, person_id=hus.key["leder"]),
        lambda: rename_sak(a, sak_id=sak, tittel="X"),
        lambda: set_sakstype(a, sak_id=sak, sakstype=None),
        lambda: write_forslag(a, sak_id=sak, tree=text("X")),
        lambda: move_post(a, post_id=hus.post_of(sak), index=0),
        lambda: set_dag(a, moete_id=moete, moetedag_id=day, dag=Dag(OCTOBER, TEN, FOUR, "X")),
        lambda: hus.place(no_note(hus), moete),
    ):
        with refused("referat_er_godkjent"):
            change()
    assert [verb for verb in hus.verbs()[len(before) :] if verb != "report_sak"] == []
    close_moete(a, moete_id=moete)


def test_that_only_the_approving_sak_of_a_later_called_meeting_approves(hus: Hus):
    moete, sak = held(hus)
    commented(hus, moete)
    later = hus.plan(DECEMBER)
    post = hus.moete(later).saker[1].id
    other = hus.placed(later, "Noe annet")
    foreign = hus.plan(dt.date(2023, 9, 1), utvalg="nynorsk")
    hus.plan(DECEMBER, utvalg="nynorsk")
    wrong = [sak, other, post, hus.report("I køen"), hus.moete(foreign).saker[0].id]
    for key in wrong:
        with refused("godkjennes_av_senere_moete"):
            approve_referat(hus.archive, moete_id=moete, sak_id=key, now=AFTER)
    hus.freeze(later)
    approve_referat(hus.archive, moete_id=moete, sak_id=post, now=AFTER)
    with refused("tilstand_er_uendret"):
        approve_referat(hus.archive, moete_id=moete, sak_id=post, now=AFTER)


def test_that_an_approval_that_was_postponed_is_made_by_the_sak_that_continues_it(hus: Hus):
    moete, _sak = held(hus)
    commented(hus, moete)
    post = approver(hus)
    postpone_sak(hus.archive, sak_id=post)
    with refused("godkjennes_av_senere_moete"):
        approve_referat(hus.archive, moete_id=moete, sak_id=post, now=AFTER)
    again = carry_over_sak(hus.archive, sak_id=post).id
    third = hus.plan(dt.date(2024, 2, 8))
    hus.place(again, third)
    hus.freeze(third)
    approve_referat(hus.archive, moete_id=moete, sak_id=again, now=AFTER)
    assert hus.rows(Referat, moete_id=moete)[0].godkjent_i_sak_id == again


def test_that_publishing_says_where_and_when(hus: Hus):
    moete, _sak = held(hus)
    publish_referat(hus.archive, moete_id=moete, dato=DECEMBER, hvor=" ehelse.no ")
    row = hus.rows(Referat)[0]
    assert (row.publisert, row.publisert_hvor) == (DECEMBER, "ehelse.no")
    with refused("tomt_felt"):
        publish_referat(hus.archive, moete_id=moete, dato=DECEMBER, hvor=" ")
