"""Earlier vedtak: what is proposed for a toppnotat, and that its rows follow the register."""

import datetime as dt

from desktop.models import Sak, TidligereVedtak
from desktop.rules.states import ToppnotatTilstand
from desktop.services.earlier_vedtak import (
    chain_of,
    cite_several,
    propose_earlier,
    search_earlier,
)
from desktop.services.note_edit import move_cited
from desktop.services.toppnotater import cite_vedtak, step_toppnotat, uncite_vedtak
from desktop.services.vedtak import adopt_vedtak, register_vedtak
from desktop.services.vedtak_entry import change_registered
from tests.services.hus import text, words_of


def entered(hus, referanse, tittel, tekst="NUIT støtter tiltakene."):
    return register_vedtak(
        hus.archive, referanse=referanse, organ="NUIT", tittel=tittel, tekst=text(tekst),
        dato=dt.date(2022, 1, 1),
    ).id  # fmt: skip


def proposed(hus, sak):
    with hus.archive.read() as session:
        return propose_earlier(session, sak)


def cited(hus, sak, moete):
    snapshot = hus.moete(moete)
    note = snapshot.rows.toppnotater[sak]
    return snapshot.rows.tidligere_vedtak.get(note.id, ())


def test_that_what_resembles_the_sak_is_proposed_and_the_rest_is_not(hus):
    like = entered(hus, "1/22", "Legemiddelliste for sykehjem", "NUIT støtter sykehjemmene.")
    entered(hus, "2/22", "Budsjett for reiser", "NUIT tar budsjettet til orientering.")
    entered(hus, "3/22", "Felles legemiddelliste og sykehjem")
    sak = hus.report("Pasientens legemiddelliste på sykehjemmene")
    found = [one.vedtak.id for one in proposed(hus, sak)]
    assert like in found
    assert {one.vedtak.sak for one in proposed(hus, sak)} == {"1/22", "3/22"}


def test_that_the_chain_of_the_sak_comes_first(hus):
    moete = hus.empty_plan()
    first = hus.placed(moete, "Felles journal, første runde")
    hus.hold(moete)
    adopt_vedtak(hus.archive, sak_id=first, tekst=text("Rådet støtter planen."))
    for number in range(4):
        entered(hus, f"{number}/22", "Felles journal")
    sak = hus.report("Felles journal, andre runde", fortsetter_id=first)
    found = proposed(hus, sak)
    assert found[0].samme_kjede
    assert found[0].vedtak.sak_id == first
    with hus.archive.read() as session:
        assert chain_of(session, sak) == (first, sak)


def test_that_a_chain_that_runs_in_a_circle_ends(hus):
    first = hus.report("En")
    second = hus.report("To", fortsetter_id=first)
    with hus.archive.operation("change_sak") as op:
        op.session.get_one(Sak, first).fortsetter_id = second
    with hus.archive.read() as session:
        assert set(chain_of(session, first)) == {first, second}


def test_that_what_is_cited_is_not_proposed_but_found_by_the_search_as_cited(hus):
    key = entered(hus, "1/22", "Legemiddelliste for sykehjem")
    entered(hus, "2/22", "Legemiddelliste for sykehjem igjen")
    sak = hus.report("Legemiddelliste for sykehjem")
    cite_vedtak(hus.archive, sak_id=sak, vedtak_id=key)
    assert key not in {one.vedtak.id for one in proposed(hus, sak)}
    with hus.archive.read() as session:
        found = {one.vedtak.id: one.sitert for one in search_earlier(session, sak, "legemiddel")}
    assert found[key]
    assert list(found.values()).count(False) == 1


def test_that_the_search_takes_anything(hus):
    sak = hus.report()
    with hus.archive.read() as session:
        for typed in ('"', "12/24", "% _ '", "NEAR(a b)", "år:2020", "å" * 400):
            assert search_earlier(session, sak, typed) == ()


def test_that_several_are_cited_in_their_order_as_one_step_and_can_be_moved(hus):
    moete = hus.empty_plan()
    sak = hus.placed(moete)
    keys = [entered(hus, f"{number}/22", f"Tema {number}") for number in range(3)]
    cite_several(hus.archive, sak_id=sak, vedtak=[keys[2], keys[0], keys[1]])
    assert [row.vedtak_id for row in cited(hus, sak, moete)] == [keys[2], keys[0], keys[1]]
    move_cited(hus.archive, rad_id=cited(hus, sak, moete)[2].id, index=0)
    assert [row.vedtak_id for row in cited(hus, sak, moete)] == [keys[1], keys[2], keys[0]]
    uncite_vedtak(hus.archive, rad_id=cited(hus, sak, moete)[0].id)
    for _step in range(3):
        hus.archive.undo()
    assert cited(hus, sak, moete) == ()


def test_that_a_corrected_vedtak_is_corrected_in_the_note_until_that_is_sent(hus):
    moete = hus.empty_plan()
    sak = hus.placed(moete)
    key = entered(hus, "1/22", "Tema")
    cite_several(hus.archive, sak_id=sak, vedtak=[key])

    def correct(tekst):
        change_registered(
            hus.archive, vedtak_id=key, referanse="1/22", tekst=text(tekst), utvalg_id=None,
            organ="NUIT", tittel="Tema", dato=None, sakstype=None,
        )  # fmt: skip

    correct("Rettet.")
    row = cited(hus, sak, moete)[0]
    assert words_of(row.formulering or row.tekst) == "Rettet."
    hus.ready(sak)
    step_toppnotat(hus.archive, sak_id=sak, tilstand=ToppnotatTilstand.SENDT)
    correct("Rettet for sent.")
    row = cited(hus, sak, moete)[0]
    assert words_of(row.formulering or row.tekst) == "Rettet."
    assert hus.rows(TidligereVedtak)[0].vedtak_id == key
