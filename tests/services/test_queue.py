"""The queue, the running order, and what happens to a sak in a meeting."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.models import (
    Dagsordenpost,
    Moete,
    Oppmoete,
    OppmoeteSak,
    Sak,
    Saksrolle,
    Toppnotat,
    Vedlegg,
)
from desktop.rules.entity_kinds import Oppmoeterolle, Postslag, Rolle, Seksjonslag, Vedleggslag
from desktop.rules.errors import RuleError
from desktop.rules.kinds import Toppnotatstatus
from desktop.rules.states import MoeteTilstand, SakTilstand, ToppnotatTilstand
from desktop.services.dagsorden import (
    add_post,
    carry_over_sak,
    move_post,
    place_sak,
    postpone_sak,
    remove_post,
    rename_post,
    return_sak,
    set_time,
    take_up_sak,
    withdraw_sak,
)
from desktop.services.deltakere import set_oppmoete
from desktop.services.errors import ServiceError
from desktop.services.moeter import cancel_moete, close_moete, hold_moete
from desktop.services.saker import (
    Deltar,
    delete_sak,
    order_queue,
    rename_sak,
    report_sak,
    set_roles,
)
from desktop.services.toppnotater import (
    add_section,
    cite_vedtak,
    sections_of,
    write_standard_section,
)
from desktop.services.vedlegg import add_file, add_link, remove_vedlegg
from tests.services.hus import Hus, no_note, text, words_of

OCTOBER, DECEMBER = dt.date(2023, 10, 4), dt.date(2023, 12, 14)


def refused(code: str):
    return pytest.raises((ServiceError, RuleError), match=code)


def test_that_a_reported_sak_goes_last_into_the_queue_of_its_utvalg(hus: Hus):
    for title in ("A", "B"):
        hus.report(title)
    hus.report("Annet", utvalg="nynorsk")
    assert hus.queue() == ["A", "B"]
    assert hus.queue("nynorsk") == ["Annet"]


@pytest.mark.parametrize(
    ("index", "order"), [(0, "CABD"), (1, "ACBD"), (3, "ABDC"), (99, "ABDC"), (-5, "CABD")]
)
def test_that_a_queued_sak_moves_to_its_place(hus: Hus, index: int, order: str):
    keys = {title: hus.report(title) for title in "ABCD"}
    order_queue(hus.archive, sak_id=keys["C"], index=index)
    assert hus.queue() == list(order)


def test_that_rows_that_undo_has_given_one_place_can_still_be_parted(hus: Hus):
    """Undoing a deletion out of turn can bring a row back to a place that was given away."""
    first, second = hus.report("A"), hus.report("B")
    delete_sak(hus.archive, sak_id=second)
    deletion = hus.archive.log(1)[0].operation_id
    hus.report("C")
    hus.archive.undo(deletion)
    order_queue(hus.archive, sak_id=first, index=1)
    assert sorted(hus.queue()) == ["A", "B", "C"]
    assert len({row.koerekkefoelge for row in hus.rows(Sak)}) >= 2


def test_that_titles_are_cleaned_and_never_empty(hus: Hus):
    sak = hus.report("  Felles\tjournal \u00ad\n i  kommunene ")
    assert hus.get(Sak, sak).tittel == "Felles journal i kommunene"
    with refused("tomt_felt"):
        rename_sak(hus.archive, sak_id=sak, tittel=" \u200b ")
    with refused("tall_utenfor_omraade"):
        hus.report("A", prioritet=4)


def test_that_only_a_queued_sak_is_deleted_ordered_or_placed(hus: Hus):
    sak = hus.placed(hus.plan(OCTOBER))
    with refused("sak_er_ikke_i_koeen"):
        delete_sak(hus.archive, sak_id=sak)
    with refused("sak_er_ikke_i_koeen"):
        order_queue(hus.archive, sak_id=sak, index=0)
    with refused("sak_er_ikke_i_koeen"):
        hus.place(sak, hus.plan(DECEMBER))


def test_that_a_deleted_sak_takes_what_hangs_on_it_along(hus: Hus):
    sak = hus.report()
    add_link(hus.archive, sak_id=sak, tittel="Lov", url="https://example.no")
    delete_sak(hus.archive, sak_id=sak)
    assert hus.rows(Sak) == hus.rows(Toppnotat) == hus.rows(Vedlegg) == []


def test_that_a_key_that_is_gone_is_said_so(hus: Hus):
    with refused("finnes_ikke_lenger"):
        delete_sak(hus.archive, sak_id="borte")


def test_that_a_sak_is_placed_at_an_index_or_before_eventuelt(hus: Hus):
    moete = hus.plan(OCTOBER)
    hus.placed(moete, "A")
    hus.placed(moete, "B")
    hus.placed(moete, "C", index=1)
    assert hus.agenda(moete)[1:] == [
        "C",
        "Orientering fra Direktoratet for e-helse",
        "A",
        "B",
        "Eventuelt",
    ]
    assert hus.queue() == []


def test_that_a_sak_goes_last_where_eventuelt_is_not(hus: Hus):
    moete = hus.plan(OCTOBER, dt.date(2023, 10, 5))
    hus.placed(moete, "A", day=0)
    assert hus.agenda(moete)[-2:] == ["A", "Eventuelt"]


def test_that_a_sak_of_another_utvalg_is_refused(hus: Hus):
    sak = hus.report(utvalg="nynorsk")
    moete = hus.plan(OCTOBER)
    with refused("annet_utvalg"):
        hus.place(sak, moete)
    assert hus.queue("nynorsk") == ["Felles journal"]


@pytest.mark.parametrize("minutes", [-1, 24 * 60])
def test_that_a_row_lasts_from_no_minutes_to_less_than_a_day(hus: Hus, minutes: int):
    moete, sak = hus.plan(OCTOBER), hus.report()
    day = hus.days(moete)[0]
    with refused("varighet_utenfor_omraade"):
        place_sak(hus.archive, sak_id=sak, moetedag_id=day, varighet=minutes)
    with refused("varighet_utenfor_omraade"):
        add_post(hus.archive, moetedag_id=day, slag=Postslag.PAUSE, tittel="P", varighet=minutes)
    assert hus.queue() == ["Felles journal"]


def test_that_a_day_never_passes_midnight(hus: Hus):
    moete, sak = hus.plan(OCTOBER), hus.report()
    day = hus.days(moete)[0]
    with refused("doegnet_er_passert"):
        place_sak(hus.archive, sak_id=sak, moetedag_id=day, varighet=20 * 60)
    post = hus.place(sak, moete)
    with refused("doegnet_er_passert"):
        set_time(hus.archive, post_id=post, varighet=30, fast_tid=dt.time(23, 45))
    with refused("klokkeslett_er_ikke_hele_minutter"):
        set_time(hus.archive, post_id=post, varighet=30, fast_tid=dt.time(11, 0, 1))
    set_time(hus.archive, post_id=post, varighet=30, fast_tid=dt.time(11, 0))
    assert hus.moete(moete).clocked[post].start == dt.time(11, 0)


def test_that_pauses_and_points_are_rows_with_titles_of_their_own(hus: Hus):
    moete = hus.plan(OCTOBER)
    day = hus.days(moete)[0]
    pause = add_post(
        hus.archive, moetedag_id=day, slag=Postslag.PAUSE, tittel="Pause", varighet=15, index=1
    ).id
    rename_post(hus.archive, post_id=pause, tittel="Lunsj")
    assert hus.agenda(moete)[1] == "Lunsj"
    with refused("sak_plasseres_fra_koeen"):
        add_post(hus.archive, moetedag_id=day, slag=Postslag.SAK, tittel="X")
    with refused("sak_plasseres_fra_koeen"):
        rename_post(hus.archive, post_id=hus.moete(moete).rows.poster[0].id, tittel="X")
    remove_post(hus.archive, post_id=pause)
    assert "Lunsj" not in hus.agenda(moete)


def test_that_a_row_moves_within_its_meeting_alone(hus: Hus):
    moete = hus.plan(OCTOBER, dt.date(2023, 10, 5))
    sak = hus.placed(moete, "A", day=0)
    post = hus.post_of(sak)
    move_post(hus.archive, post_id=post, index=0)
    assert hus.agenda(moete)[0] == "A"
    second = hus.days(moete)[1]
    move_post(hus.archive, post_id=post, index=0, moetedag_id=second)
    assert hus.get(Dagsordenpost, post).moetedag_id == second
    other = hus.days(hus.plan(DECEMBER))[0]
    with refused("annet_moete"):
        move_post(hus.archive, post_id=post, index=0, moetedag_id=other)


def test_that_moving_changes_one_row_only(hus: Hus):
    moete = hus.plan(OCTOBER)
    post = hus.post_of(hus.placed(moete, "A"))
    changes = move_post(hus.archive, post_id=post, index=0)
    assert changes.keys("dagsordenpost") == {post}
    assert len(changes.changes) == 1


def test_that_a_sak_taken_out_before_its_number_goes_last_into_the_queue(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    hus.report("B")
    for verb in (return_sak, postpone_sak, withdraw_sak):
        verb(hus.archive, sak_id=sak)
        row = hus.get(Sak, sak)
        assert (row.tilstand, row.moete_id) == (SakTilstand.INNMELDT, None)
        assert hus.queue() == ["B", "A"]
        assert hus.rows(Dagsordenpost, sak_id=sak) == []
        hus.place(sak, moete)


def test_that_a_fixed_post_taken_out_vanishes(hus: Hus):
    moete = hus.plan(OCTOBER)
    hus.plan(DECEMBER)
    eventuelt = hus.moete(moete).rows.poster[-1]
    remove_post(hus.archive, post_id=eventuelt.id)
    assert hus.rows(Sak, id=eventuelt.sak_id) == []
    assert "Eventuelt" not in hus.agenda(moete)
    assert hus.queue() == []


def test_that_attendance_forgets_a_sak_that_left_the_meeting(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete)
    set_oppmoete(
        hus.archive,
        moete_id=moete,
        person_id=hus.key["gjest"],
        rolle=Oppmoeterolle.GJEST,
        saker=[sak],
    )
    set_oppmoete(
        hus.archive, moete_id=moete, person_id=hus.key["leder"], fra_sak_id=sak, til_sak_id=sak
    )
    return_sak(hus.archive, sak_id=sak)
    assert hus.rows(OppmoeteSak) == []
    assert {(row.fra_sak_id, row.til_sak_id) for row in hus.rows(Oppmoete)} == {(None, None)}
    hus.archive.undo()
    assert len(hus.rows(OppmoeteSak)) == 1


def test_that_a_numbered_sak_can_only_be_postponed_or_withdrawn(hus: Hus):
    moete = hus.plan(OCTOBER)
    first, second = hus.placed(moete, "A"), hus.placed(moete, "B")
    hus.freeze(moete)
    before = hus.numbers(moete)
    with refused("sak_med_nummer_kan_ikke_til_koeen"):
        return_sak(hus.archive, sak_id=first)
    postpone_sak(hus.archive, sak_id=first)
    withdraw_sak(hus.archive, sak_id=second)
    assert hus.numbers(moete) == before
    assert [hus.get(Sak, key).tilstand for key in (first, second)] == ["utsatt", "trukket"]
    assert len(hus.rows(Dagsordenpost, sak_id=first)) == 1
    with refused("sak_utsatt_kommer_som_ny_sak"):
        withdraw_sak(hus.archive, sak_id=first)


def test_that_a_postponed_sak_takes_no_time(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    hus.freeze(moete)
    last = hus.moete(moete).rows.poster[-1].id
    postpone_sak(hus.archive, sak_id=sak)
    snapshot = hus.moete(moete)
    assert snapshot.clocked[hus.post_of(sak)].start is None
    assert snapshot.clocked[last].start == dt.time(10, 15)
    assert snapshot.changed_times == {hus.post_of(sak), last}


def test_that_cancelling_sends_unnumbered_saker_back_and_postpones_the_others(hus: Hus):
    unsent = hus.plan(OCTOBER)
    hus.placed(unsent, "A")
    cancel_moete(hus.archive, moete_id=unsent)
    assert hus.queue() == ["A"]
    assert hus.agenda(unsent) == []
    sent = hus.plan(DECEMBER)
    numbered = hus.placed(sent, "B")
    hus.freeze(sent)
    late = hus.placed(sent, "C")
    cancel_moete(hus.archive, moete_id=sent)
    assert hus.get(Sak, numbered).tilstand is SakTilstand.UTSATT
    assert hus.get(Sak, late).tilstand is SakTilstand.INNMELDT
    assert hus.queue() == ["A", "C"]
    assert hus.moete(sent).meeting_number() == "1/2023"
    with refused("moete_tar_ikke_nye_saker"):
        hus.place(late, sent)


def test_that_the_running_order_of_a_closed_meeting_stands(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete)
    hus.hold(moete)
    close_moete(hus.archive, moete_id=moete)
    post, day = hus.post_of(sak), hus.days(moete)[0]
    with refused("moete_er_slutt"):
        move_post(hus.archive, post_id=post, index=0)
    with refused("moete_er_slutt"):
        set_time(hus.archive, post_id=post, varighet=5)
    with refused("moete_er_slutt"):
        add_post(hus.archive, moetedag_id=day, slag=Postslag.PAUSE, tittel="Pause")


def test_that_a_meeting_goes_from_planned_to_closed_and_no_other_way(hus: Hus):
    moete = hus.plan(OCTOBER)
    with refused("moete_maa_innkalles_foerst"):
        hold_moete(hus.archive, moete_id=moete)
    with refused("moete_maa_avholdes_foerst"):
        close_moete(hus.archive, moete_id=moete)
    hus.freeze(moete)
    hold_moete(hus.archive, moete_id=moete)
    with refused("moete_avholdt_kan_ikke_avlyses"):
        cancel_moete(hus.archive, moete_id=moete)
    close_moete(hus.archive, moete_id=moete)
    assert hus.get(Moete, moete).tilstand is MoeteTilstand.AVSLUTTET


def returning(hus: Hus) -> tuple[str, str]:
    """Return a postponed sak with people, vedlegg and a toppnotat, and its meeting."""
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "Felles journal", forslag_til_vedtak=text("Ja."), prioritet=2)
    people = [Deltar(hus.key["leder"]), Deltar(None, hus.key["kommunen"])]
    set_roles(hus.archive, sak_id=sak, rolle=Rolle.SAKSEIER, deltar=people)
    add_link(hus.archive, sak_id=sak, tittel="Lov", url="https://example.no/lov")
    gone = add_file(hus.archive, sak_id=sak, filnavn="gammel.pdf", data=b"gammel").id
    remove_vedlegg(hus.archive, vedlegg_id=gone)
    add_file(hus.archive, sak_id=sak, filnavn="tall.pdf", data=b"tall")
    write_standard_section(
        hus.archive, sak_id=sak, slag=Seksjonslag.HENSIKT, tree=text("Å bli enige.")
    )
    add_section(hus.archive, sak_id=sak, overskrift="Økonomi", tree=text("Dyrt."), index=2)
    cite_vedtak(hus.archive, sak_id=sak, sak_tekst="NUIT 3/22", tema="Plan")
    hus.ready(sak)
    hus.send(hus.freeze(moete))
    postpone_sak(hus.archive, sak_id=sak)
    return sak, moete


def test_that_a_matter_that_returns_is_a_new_sak_with_what_the_old_one_had(hus: Hus):
    old, _moete = returning(hus)
    new = carry_over_sak(hus.archive, sak_id=old).id
    row = hus.get(Sak, new)
    assert (row.fortsetter_id, row.tilstand, row.moetesakssekvensnummer) == (
        old,
        SakTilstand.INNMELDT,
        None,
    )
    assert words_of(row.forslag_til_vedtak) == "Ja."
    assert row.prioritet == 2
    roles = {(r.rolle, r.person_id, r.organisasjon_id) for r in hus.rows(Saksrolle, sak_id=new)}
    assert roles == {
        (Rolle.SAKSEIER, hus.key["leder"], hus.key["direktoratet"]),
        (Rolle.SAKSEIER, None, hus.key["kommunen"]),
    }
    attached = sorted(hus.rows(Vedlegg, sak_id=new), key=lambda v: v.rekkefoelge)
    assert [(v.slag, v.tittel, v.nummer) for v in attached] == [
        (Vedleggslag.TOPPNOTAT, None, None),
        (Vedleggslag.LENKE, "Lov", None),
        (Vedleggslag.FIL, "tall", None),
    ]


def test_that_the_old_toppnotat_is_the_draft_of_the_new_one(hus: Hus):
    old, _moete = returning(hus)
    new = carry_over_sak(hus.archive, sak_id=old).id
    assert hus.rows(Toppnotat, sak_id=old)[0].tilstand is ToppnotatTilstand.SENDT
    assert hus.rows(Toppnotat, sak_id=new)[0].tilstand is ToppnotatTilstand.UTKAST
    with hus.archive.read() as session:
        texts = [
            [(s.slag, s.overskrift, words_of(s.innhold)) for s in sections_of(session, key)]
            for key in (old, new)
        ]
    assert texts[0] == texts[1]
    assert (Seksjonslag.EGEN, "Økonomi", "Dyrt.") in texts[1]
    hus.place(new, hus.plan(DECEMBER))
    moete = hus.get(Sak, new).moete_id
    earlier = hus.moete(moete).rows.tidligere_vedtak
    assert [row.sak_tekst for rows in earlier.values() for row in rows] == ["NUIT 3/22"]
    write_standard_section(
        hus.archive, sak_id=new, slag=Seksjonslag.HENSIKT, tree=text("Noe nytt.")
    )
    assert "Å bli enige." in str(texts[0])


def test_that_a_matter_is_carried_over_once_at_a_time(hus: Hus):
    old, moete = returning(hus)
    new = carry_over_sak(hus.archive, sak_id=old).id
    with refused("sak_er_allerede_fort_videre"):
        carry_over_sak(hus.archive, sak_id=old)
    with refused("sak_staar_i_koeen"):
        carry_over_sak(hus.archive, sak_id=new)
    assert hus.get(Sak, old).tilstand is SakTilstand.UTSATT
    assert hus.get(Sak, old).moete_id == moete


def test_that_a_sak_without_toppnotat_is_carried_over_without_one(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = no_note(hus)
    hus.place(sak, moete)
    hus.freeze(moete)
    new = carry_over_sak(hus.archive, sak_id=sak).id
    assert hus.rows(Toppnotat, sak_id=new) == []
    assert hus.get(Sak, new).toppnotatstatus is Toppnotatstatus.IKKE_AKTUELT


def test_that_nobody_stands_twice_on_a_sak(hus: Hus):
    sak = hus.report()
    both = [Deltar(hus.key["leder"]), Deltar(hus.key["leder"], hus.key["kommunen"])]
    with refused("person_to_ganger"):
        set_roles(hus.archive, sak_id=sak, rolle=Rolle.SAKSBEHANDLER, deltar=both)
    with refused("tomt_felt"):
        set_roles(hus.archive, sak_id=sak, rolle=Rolle.SAKSBEHANDLER, deltar=[Deltar()])


def test_that_people_keep_the_order_they_are_given_in(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete)
    names = ["leder", "behandler", "gjest"]
    for order in (names, names[::-1], names[1:]):
        people = [Deltar(hus.key[name]) for name in order]
        set_roles(hus.archive, sak_id=sak, rolle=Rolle.PRESENTATOER, deltar=people)
        rows = hus.moete(moete).rows.roller[sak]
        assert [row.person_id for row in rows] == [hus.key[name] for name in order]


def test_that_taking_up_asks_for_a_called_meeting(hus: Hus):
    sak = hus.placed(hus.plan(OCTOBER))
    with refused("innkalling_er_ikke_ferdigstilt"):
        take_up_sak(hus.archive, sak_id=sak)
    with refused("sak_er_ikke_paa_dagsorden"):
        take_up_sak(hus.archive, sak_id=hus.report("Annen"))


def test_that_an_unknown_continued_sak_is_no_sak(hus: Hus):
    with pytest.raises(Exception, match="FOREIGN KEY"):
        report_sak(hus.archive, utvalg_id=hus.key["raad"], tittel="A", fortsetter_id="borte")
    assert hus.queue() == []
