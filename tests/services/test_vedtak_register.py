"""The register of vedtak: what stands in it, in what order, and how it is filled."""

import datetime as dt

import pytest

from desktop.importing.vedtak_table import read_vedtak_table
from desktop.models import TidligereVedtak, Vedtak
from desktop.rules.kinds import Sakstype
from desktop.services.errors import ServiceError
from desktop.services.toppnotater import cite_vedtak
from desktop.services.vedtak import register_vedtak
from desktop.services.vedtak_entry import (
    Fault,
    change_registered,
    check_pasted_vedtak,
    remove_registered,
    take_in_vedtak,
)
from desktop.services.vedtak_order import VedtakOrder, order_vedtak
from desktop.services.vedtak_register import (
    OUTSIDE,
    Outcome,
    VedtakFilter,
    load_vedtak_choices,
    load_vedtak_page,
    match_vedtak_filter,
    match_vedtak_titles,
)
from desktop.services.vedtak_view import load_vedtak
from tests.services.hus import text

TABLE = (
    "Sak\tTema\tVedtak\tDato\tType\n"
    "1/22\tEn\tRådet støtter planen.\t1.2.2022\tAnbefaling\n"
    "2/22\tTo\tRådet drøftet saken.\t31.11.2022\tDrøfting\n"
    "3/22\tTre\t\t\t\n"
    "\tFire\tRådet sa ja.\t\t\n"
    "1/22\tEn igjen\tRådet støtter planen.\t\t\n"
    "5/22\tFem\tRådet sa nei.\t3. mars 2022\tNoe annet\n"
)


def rows(hus, order=VedtakOrder.DATO, *, wanted=None, descending=False):
    with hus.archive.read() as session:
        ordered = order_vedtak(session, order, descending=descending)
        kept = match_vedtak_filter(session, wanted or VedtakFilter())
        page = load_vedtak_page(session, ordered)
        return [page[row] for row in ordered if kept is None or row in kept]


def entered(hus, referanse="50/23", **more):
    more.setdefault("tekst", text("NUIT støtter tiltakene."))
    return register_vedtak(hus.archive, referanse=referanse, **more).id


def test_that_every_vedtak_of_every_sak_stands_there_with_its_number_and_outcome(rich):
    held = {row.sak: row for row in rows(rich) if not row.is_entered}
    assert held
    for row in held.values():
        assert row.dato == dt.date(2023, 10, 4)
        assert row.utfall in {Outcome.SOM_FORESLAATT, Outcome.ENDRET}
        assert row.tekst


def test_that_entered_vedtak_stand_among_the_others_by_date(rich):
    entered(rich, dato=dt.date(2020, 5, 1), tittel="Gammel", organ="NUIT")
    found = rows(rich)
    assert found[0].tittel == "Gammel" or found[0].dato is None
    assert found[-1].dato is not None
    dates = [row.dato for row in found if row.dato]
    assert dates == sorted(dates)


def test_that_every_order_holds_every_vedtak_once(rich):
    entered(rich, organ="NUIT")
    expected = sorted(row.id for row in rows(rich))
    for order in VedtakOrder:
        assert sorted(row.id for row in rows(rich, order)) == expected
        up = [row.id for row in rows(rich, order)]
        assert [row.id for row in rows(rich, order, descending=True)] == up[::-1]


def test_that_filters_narrow_by_body_year_type_and_outcome(rich):
    mine = entered(
        rich, organ="Ytre utvalg", dato=dt.date(2019, 1, 1), sakstype=Sakstype.BESLUTNING
    )
    for wanted in (
        VedtakFilter(utvalg_id=f"{OUTSIDE}Ytre utvalg"),
        VedtakFilter(aar=2019),
        VedtakFilter(sakstype="beslutning", utfall=Outcome.FOERT_INN),
    ):
        assert [row.id for row in rows(rich, wanted=wanted)] == [mine]
    in_archive = rows(rich, wanted=VedtakFilter(utvalg_id=rich.key["raad"], aar=2023))
    assert in_archive
    assert mine not in {row.id for row in in_archive}
    with rich.archive.read() as session:
        choices = load_vedtak_choices(session)
    assert (f"{OUTSIDE}Ytre utvalg", "Ytre utvalg") in choices.utvalg
    assert 2019 in choices.aar


def test_that_a_number_and_a_word_of_the_title_find_a_vedtak(rich):
    mine = entered(rich, organ="NUIT", tittel="Ærlig varsel")
    some = next(row for row in rows(rich) if not row.is_entered)
    with rich.archive.read() as session:

        def found(typed):
            return {
                row.id for row in load_vedtak_page(
                    session, sorted(match_vedtak_titles(session, typed))).values()
            }  # fmt: skip

        assert mine in found("ærlig")
        assert mine in found("50/23")
        assert some.id in found(some.sak)
        assert found("finnes%ikke_") == set()


def test_that_two_bodies_can_have_the_same_reference_but_one_body_cannot(hus):
    entered(hus, organ="NUIT")
    entered(hus, organ="NUFA")
    with pytest.raises(ServiceError) as refused:
        entered(hus, organ="NUIT")
    assert refused.value.code == "vedtak_finnes"


def change(hus, key, **more):
    values = {
        "referanse": "50/23", "tekst": text("Ja."), "utvalg_id": None, "organ": "NUIT",
        "tittel": None, "dato": None, "sakstype": None,
    }  # fmt: skip
    return change_registered(hus.archive, vedtak_id=key, **{**values, **more})


def test_that_an_entered_vedtak_is_changed_and_removed_and_both_can_be_undone(hus):
    key = entered(hus, organ="NUIT")
    change(hus, key, tittel="Ny tittel")
    assert hus.get(Vedtak, key).tittel == "Ny tittel"
    remove_registered(hus.archive, vedtak_id=key)
    assert hus.rows(Vedtak, id=key) == []
    hus.archive.undo()
    hus.archive.undo()
    assert hus.get(Vedtak, key).tittel is None


def test_that_a_vedtak_of_a_sak_is_not_changed_in_the_register(rich):
    key = next(row.id for row in rows(rich) if not row.is_entered)
    for act in (lambda: change(rich, key), lambda: remove_registered(rich.archive, vedtak_id=key)):
        with pytest.raises(ServiceError) as refused:
            act()
        assert refused.value.code == "vedtak_hoerer_til_sak"


def test_that_an_entered_vedtak_that_is_cited_is_not_removed(hus):
    key = entered(hus)
    sak = hus.report()
    cite_vedtak(hus.archive, sak_id=sak, vedtak_id=key)
    with pytest.raises(ServiceError) as refused:
        remove_registered(hus.archive, vedtak_id=key)
    assert refused.value.code == "vedtak_er_vist_til"
    assert hus.rows(TidligereVedtak, vedtak_id=key)


def test_that_each_pasted_row_is_told_what_becomes_of_it(hus):
    pasted = read_vedtak_table(TABLE).rader
    with hus.archive.read() as session:
        checked = check_pasted_vedtak(session, pasted, body="NUIT")
    assert [row.feil for row in checked] == [
        None, Fault.DATO, Fault.UTEN_TEKST, Fault.UTEN_SAK, Fault.TO_GANGER, None,
    ]  # fmt: skip
    assert checked[0].sakstype is Sakstype.ANBEFALING
    assert checked[-1].ukjent_type


def test_that_a_pasted_table_is_taken_in_as_one_step(hus):
    take_in_vedtak(hus.archive, rows=read_vedtak_table(TABLE).rader, body="NUIT")
    taken = {row.referanse: row for row in hus.rows(Vedtak)}
    assert set(taken) == {"1/22", "5/22"}
    assert (taken["1/22"].organ, taken["1/22"].dato) == ("NUIT", dt.date(2022, 2, 1))
    assert hus.verbs()[-1] == "take_in_vedtak"
    with pytest.raises(ServiceError) as refused:
        take_in_vedtak(hus.archive, rows=read_vedtak_table(TABLE).rader[:1], body="NUIT")
    assert refused.value.code == "ingen_vedtak_aa_ta_inn"
    hus.archive.undo()
    assert hus.rows(Vedtak) == []


def test_that_a_body_of_the_archive_is_known_by_any_of_its_names(hus):
    with hus.archive.read() as session:
        choices = load_vedtak_choices(session)
    key, short = choices.utvalg[0]
    take_in_vedtak(
        hus.archive, rows=read_vedtak_table("Sak\tVedtak\n9/20\tJa.").rader, body=short.upper()
    )
    assert hus.rows(Vedtak)[0].utvalg_id == key


def test_that_the_view_tells_the_chain_of_the_sak(rich):
    first = next(row for row in rows(rich) if not row.is_entered)
    later = rich.report("Videre", fortsetter_id=first.sak_id)
    with rich.archive.read() as session:
        view = load_vedtak(session, first.id)
    assert [link.sak_id for link in view.kjede] == [first.sak_id, later]
    assert view.kjede[0].vedtak_id == first.id
    assert view.kjede[1].vedtak_id is None
