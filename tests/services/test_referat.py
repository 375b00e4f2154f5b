"""What was said and decided in a sak."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from desktop.models import (
    Aksjonspunkt,
    Innspill,
    Referat,
    Sak,
    Saksreferat,
    Vedtak,
)
from desktop.richtext.tree import Paragraph, Run, Tree
from desktop.rules.entity_kinds import Innspillslag
from desktop.rules.states import SakTilstand
from desktop.services.dagsorden import (
    return_sak,
    withdraw_sak,
)
from desktop.services.gather import Gatherer
from desktop.services.gather_referat import gather_referat
from desktop.services.innkalling import (
    approve_referat,
)
from desktop.services.moeter import hold_moete
from desktop.services.referater import (
    Referatfelt,
    add_aksjonspunkt,
    add_innspill,
    change_aksjonspunkt,
    move_innspill,
    remove_aksjonspunkt,
    remove_innspill,
    shape_innspill,
    write_innspill,
    write_saksreferat,
)
from desktop.services.saker import delete_sak, write_forslag
from desktop.services.toppnotater import cite_vedtak, uncite_vedtak
from desktop.services.utvalg import create_person
from desktop.services.vedtak import adopt_vedtak, mark_treated, remove_vedtak
from tests.services.holdt import (
    AFTER,
    OCTOBER,
    approver,
    commented,
    held,
    refused,
)
from tests.services.hus import NOW, Hus, text, words_of


def minutes(hus: Hus, moete: str, sak: str):
    content = gather_referat(Gatherer(hus.moete(moete)))
    return next(one for one in content.saker if one.key == sak)


def lines(hus: Hus, moete: str, sak: str) -> list[tuple[str, int, str]]:
    said = minutes(hus, moete, sak).innspill
    return [(line.slag, line.nivaa, words_of(line.innhold)) for line in said]


def test_that_the_texts_of_a_saksreferat_are_written_each_in_its_place(hus: Hus):
    moete, sak = held(hus)
    for felt in Referatfelt:
        write_saksreferat(hus.archive, sak_id=sak, felt=felt, tree=text(felt.value))
    said = minutes(hus, moete, sak)
    assert [words_of(getattr(said, felt.value)) for felt in Referatfelt] == list(Referatfelt)
    assert len(hus.rows(Saksreferat, sak_id=sak)) == 1


def test_that_typing_in_a_saksreferat_is_one_entry(hus: Hus):
    _moete, sak = held(hus)
    entries = len(hus.verbs())
    for words in ("H", "Hun", "Hun la fram."):
        write_saksreferat(
            hus.archive, sak_id=sak, felt=Referatfelt.INNLEDNING, tree=text(words), typing=True
        )
        hus.clock.wait(2)
    hus.archive.seal()
    assert hus.verbs()[entries:] == ["write_saksreferat"]
    hus.archive.undo()
    assert hus.rows(Saksreferat, sak_id=sak) == []


def test_that_a_sak_in_the_queue_has_no_referat(hus: Hus):
    sak = hus.report()
    for call in (
        lambda: write_saksreferat(
            hus.archive, sak_id=sak, felt=Referatfelt.INNLEDNING, tree=text("X")
        ),
        lambda: add_innspill(hus.archive, sak_id=sak, tree=text("X")),
        lambda: adopt_vedtak(hus.archive, sak_id=sak, tekst=text("X")),
        lambda: mark_treated(hus.archive, sak_id=sak),
    ):
        with refused("sak_er_ikke_paa_dagsorden"):
            call()
    assert hus.rows(Referat) == []


def test_that_innspill_keep_order_kind_and_level(hus: Hus):
    moete, sak = held(hus)
    keys = [add_innspill(hus.archive, sak_id=sak, tree=text(word)).id for word in "ABC"]
    first = add_innspill(hus.archive, sak_id=sak, tree=text("Ø"), index=0, nivaa=1).id
    move_innspill(hus.archive, innspill_id=keys[2], index=1)
    shape_innspill(hus.archive, innspill_id=keys[0], slag=Innspillslag.MELLOMTITTEL, nivaa=0)
    assert lines(hus, moete, sak) == [
        ("punkt", 1, "Ø"),
        ("punkt", 0, "C"),
        ("mellomtittel", 0, "A"),
        ("punkt", 0, "B"),
    ]
    remove_innspill(hus.archive, innspill_id=first)
    write_innspill(hus.archive, innspill_id=keys[1], tree=text("BB"))
    assert [said for _, _, said in lines(hus, moete, sak)] == ["C", "A", "BB"]


@pytest.mark.parametrize("level", [-1, 9])
def test_that_levels_are_those_a_list_can_have(hus: Hus, level: int):
    _moete, sak = held(hus)
    with refused("tall_utenfor_omraade"):
        add_innspill(hus.archive, sak_id=sak, tree=text("A"), nivaa=level)
    line = add_innspill(hus.archive, sak_id=sak, tree=text("A"), nivaa=8).id
    with refused("tall_utenfor_omraade"):
        shape_innspill(hus.archive, innspill_id=line, slag=Innspillslag.PUNKT, nivaa=level)


def speaker(hus: Hus) -> str:
    return create_person(hus.archive, fornavn="Siri", etternavn="Utenfra").id


def test_that_a_speaker_is_printed_only_where_they_asked_for_it(hus: Hus):
    moete, sak = held(hus)
    person = speaker(hus)
    for wants in (False, True):
        add_innspill(hus.archive, sak_id=sak, tree=text("Bra."), innsender_id=person, navngis=wants)
    said = [words_of(line.innhold) for line in minutes(hus, moete, sak).innspill]
    assert said == ["Bra.", "Siri Utenfra: Bra."]
    with refused("navngis_uten_innsender"):
        add_innspill(hus.archive, sak_id=sak, tree=text("Bra."), navngis=True)


def everywhere(path: Path, key: str) -> int:
    """Return how often a key stands in the bytes of the archive's file."""
    return path.read_bytes().count(key.encode())


def logged(hus: Hus, key: str) -> list[str]:
    """Return the tables other than the domain's whose rows hold a key, in any form."""
    driver = hus.archive._database.driver
    names = [row[0] for row in driver.execute("SELECT name FROM sqlite_schema WHERE type='table'")]
    found = []
    for name in names:
        rows = driver.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
        text_of = [
            value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
            for row in rows
            for value in row
        ]
        if any(key in value for value in text_of):
            found.append(name)
    return sorted(found)


def test_that_who_said_what_is_never_in_the_log(hus: Hus):
    moete, sak = held(hus)
    person = speaker(hus)
    before = logged(hus, person)
    path = hus.archive.path
    count = everywhere(path, person)
    line = add_innspill(hus.archive, sak_id=sak, tree=text("Bra."), innsender_id=person).id
    write_innspill(hus.archive, innspill_id=line, tree=text("Bra plan."), typing=True)
    assert logged(hus, person) == sorted([*before, "innspill"])
    shape_innspill(hus.archive, innspill_id=line, slag=Innspillslag.AVSNITT, nivaa=0)
    commented(hus, moete)
    approve_referat(hus.archive, moete_id=moete, sak_id=approver(hus), now=AFTER)
    assert logged(hus, person) == before
    assert everywhere(path, person) == count
    assert hus.archive.verify().ok


def test_that_approval_forgets_speakers_except_those_who_wanted_to_be_named(hus: Hus):
    moete, sak = held(hus)
    person = speaker(hus)
    for wants in (False, True):
        add_innspill(hus.archive, sak_id=sak, tree=text("Bra."), innsender_id=person, navngis=wants)
    commented(hus, moete)
    approve_referat(hus.archive, moete_id=moete, sak_id=approver(hus), now=AFTER)
    kept = sorted((row.navngis, row.innsender_id) for row in hus.rows(Innspill))
    assert kept == [(False, None), (True, person)]
    assert lines(hus, moete, sak)[1] == ("punkt", 0, "Siri Utenfra: Bra.")


def test_that_aksjonspunkter_say_who_and_when(hus: Hus):
    moete, sak = held(hus)
    person, frist = speaker(hus), dt.date(2023, 11, 1)
    first = add_aksjonspunkt(
        hus.archive, sak_id=sak, tekst="Ringe", ansvarlig_person_id=person, frist=frist
    ).id
    add_aksjonspunkt(
        hus.archive,
        sak_id=sak,
        tekst="Skrive",
        ansvarlig_organisasjon_id=hus.key["direktoratet"],
    )
    points = minutes(hus, moete, sak).aksjonspunkter
    assert [(p.tekst, p.ansvarlig, p.frist) for p in points] == [
        ("Ringe", "Siri Utenfra", frist),
        ("Skrive", "Direktoratet for e-helse", None),
    ]
    change_aksjonspunkt(
        hus.archive,
        aksjonspunkt_id=first,
        tekst="Ringe to ganger",
        ansvarlig_organisasjon_id=None,
        ansvarlig_person_id=None,
        frist=None,
    )
    assert minutes(hus, moete, sak).aksjonspunkter[0].ansvarlig == ""
    remove_aksjonspunkt(hus.archive, aksjonspunkt_id=first)
    assert [row.tekst for row in hus.rows(Aksjonspunkt)] == ["Skrive"]
    with refused("tomt_felt"):
        add_aksjonspunkt(hus.archive, sak_id=sak, tekst=" ")


def vedtak_of(hus: Hus, sak: str) -> Vedtak:
    return hus.rows(Vedtak, sak_id=sak)[0]


def test_that_a_vedtak_is_adopted_as_proposed_or_changed(hus: Hus):
    _moete, sak = held(hus)
    adopt_vedtak(hus.archive, sak_id=sak)
    assert words_of(vedtak_of(hus, sak).tekst) == "Rådet støtter planen."
    assert vedtak_of(hus, sak).som_foreslaatt is True
    adopt_vedtak(hus.archive, sak_id=sak, tekst=text("Rådet støtter ikke planen."))
    assert vedtak_of(hus, sak).som_foreslaatt is False
    same = Tree((Paragraph((Run("Rådet "), Run("støtter", bold=True), Run(" planen."))),))
    adopt_vedtak(hus.archive, sak_id=sak, tekst=same)
    assert vedtak_of(hus, sak).som_foreslaatt is True
    assert len(hus.rows(Vedtak)) == 1


def test_that_a_changed_proposal_is_compared_anew(hus: Hus):
    _moete, sak = held(hus)
    adopt_vedtak(hus.archive, sak_id=sak)
    write_forslag(hus.archive, sak_id=sak, tree=text("Rådet vil vente."))
    assert vedtak_of(hus, sak).som_foreslaatt is False
    assert words_of(vedtak_of(hus, sak).tekst) == "Rådet støtter planen."


def test_that_no_text_is_no_vedtak(hus: Hus):
    moete, sak = held(hus)
    with refused("mangler_forslag"):
        adopt_vedtak(hus.archive, sak_id=sak, tekst=Tree())
    with refused("mangler_forslag"):
        adopt_vedtak(hus.archive, sak_id=sak, tekst=text(" "))
    eventuelt = hus.moete(moete).saker[-1].id
    with refused("mangler_forslag"):
        adopt_vedtak(hus.archive, sak_id=eventuelt)
    assert hus.rows(Vedtak) == []


def test_that_a_vedtak_can_be_taken_away_unless_it_is_cited(hus: Hus):
    _moete, sak = held(hus)
    adopt_vedtak(hus.archive, sak_id=sak)
    row = cite_vedtak(hus.archive, sak_id=hus.report("Ny"), vedtak_id=vedtak_of(hus, sak).id).id
    with refused("vedtak_er_vist_til"):
        remove_vedtak(hus.archive, sak_id=sak)
    uncite_vedtak(hus.archive, rad_id=row)
    remove_vedtak(hus.archive, sak_id=sak)
    assert hus.rows(Vedtak) == []
    entries = hus.verbs()
    remove_vedtak(hus.archive, sak_id=sak)
    assert hus.verbs() == entries


def test_that_a_sak_is_dealt_with_in_a_held_meeting_and_with_a_number(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    with refused("sak_behandles_i_avholdt_moete"):
        mark_treated(hus.archive, sak_id=sak)
    hus.hold(moete)
    late = hus.placed(moete, "Sen")
    with refused("sak_behandles_med_nummer"):
        mark_treated(hus.archive, sak_id=late)
    mark_treated(hus.archive, sak_id=sak)
    assert hus.get(Sak, sak).tilstand is SakTilstand.BEHANDLET
    with refused("sak_behandlet_er_endelig"):
        withdraw_sak(hus.archive, sak_id=sak)


def test_that_minutes_can_be_prepared_before_the_meeting(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    write_saksreferat(hus.archive, sak_id=sak, felt=Referatfelt.INNLEDNING, tree=text("Utkast."))
    hus.freeze(moete, NOW)
    hold_moete(hus.archive, moete_id=moete)
    assert words_of(minutes(hus, moete, sak).innledning) == "Utkast."


def test_that_a_fixed_post_whose_vedtak_is_cited_stays(hus: Hus):
    sak = hus.moete(hus.plan(OCTOBER)).saker[0].id
    adopt_vedtak(hus.archive, sak_id=sak)
    cite_vedtak(hus.archive, sak_id=hus.report("Ny"), vedtak_id=vedtak_of(hus, sak).id)
    with refused("vedtak_er_vist_til"):
        return_sak(hus.archive, sak_id=sak)
    assert hus.get(Sak, sak).tilstand is SakTilstand.PAA_DAGSORDEN


def test_that_a_queued_sak_whose_vedtak_is_cited_stays(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    adopt_vedtak(hus.archive, sak_id=sak, tekst=text("Ja."))
    return_sak(hus.archive, sak_id=sak)
    cite_vedtak(hus.archive, sak_id=hus.report("Ny"), vedtak_id=vedtak_of(hus, sak).id)
    with refused("vedtak_er_vist_til"):
        delete_sak(hus.archive, sak_id=sak)
