"""Ferdigstill innkalling, registrer som sendt, and the updated innkalling."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256

import pytest

from desktop.models import Fil, Moete, Mottaker, Toppnotat, Utsendelse, Utsendelsefil
from desktop.richtext.tree import Paragraph, Run, Tree
from desktop.rules.entity_kinds import Postslag, Rolle, Seksjonslag, Utsendelseslag
from desktop.rules.errors import RuleError
from desktop.rules.kinds import Moeteform, Toppnotatstatus
from desktop.rules.states import MoeteTilstand, ToppnotatTilstand
from desktop.services.dagsorden import (
    add_post,
    move_post,
    postpone_sak,
    set_time,
    take_up_sak,
    withdraw_sak,
)
from desktop.services.errors import ServiceError
from desktop.services.gather import Gatherer
from desktop.services.innkalling import (
    INNKALLING_TYPES,
    Recipient,
    finish_innkalling,
    freeze_innkalling,
    register_sent,
)
from desktop.services.missing import Mangel, missing_in
from desktop.services.moeter import Dag, change_moete, hold_moete, set_dag
from desktop.services.overview import read_overview
from desktop.services.papers import Dokumenttype, gather_papers, write_papers
from desktop.services.plain import driver_of
from desktop.services.saker import (
    Deltar,
    rename_sak,
    set_roles,
    set_sakstype,
    set_toppnotatstatus,
    write_forslag,
    write_omtale,
)
from desktop.services.toppnotater import (
    add_section,
    cite_vedtak,
    rename_section,
    step_toppnotat,
    write_standard_section,
)
from desktop.services.utvalg import change_person, end_verv, give_verv
from desktop.services.vedlegg import add_link, remove_vedlegg
from desktop.storage.errors import CannotUndoError
from desktop.storage.files import read_file
from tests.services.hus import FOUR, NOW, TEN, Hus, dump, pretended, text

OCTOBER = dt.date(2023, 10, 4)


def refused(code: str):
    return pytest.raises((ServiceError, RuleError), match=code)


def called(hus: Hus) -> tuple[str, str]:
    """Return a called meeting and a sak of it."""
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "Felles journal", forslag_til_vedtak=text("Ja."))
    hus.freeze(moete)
    return moete, sak


def marked(hus: Hus, moete: str) -> set[str]:
    content = Gatherer(hus.moete(moete)).moete()
    return {sak.tittel for sak in content.saker if sak.endret_etter_innkalling}


def marked_in_papers(hus: Hus, moete: str) -> set[str]:
    """Return what the innkalling that is about to be frozen marks as changed."""
    prepared = hus.prepare(moete)
    content = prepared.papers.papers[0].innhold
    return {sak.tittel for sak in content.saker if sak.endret_etter_innkalling}


def test_that_exactly_the_files_are_stored_that_were_written(hus: Hus):
    moete = hus.plan(OCTOBER)
    hus.placed(moete, "Felles journal")
    prepared = hus.prepare(moete)
    files = write_papers(prepared.papers, created=NOW)
    made = freeze_innkalling(hus.archive, prepared=prepared, files=files, now=NOW)
    rows = sorted(hus.rows(Utsendelsefil, utsendelse_id=made.id), key=lambda row: row.rekkefoelge)
    assert [row.filnavn for row in rows] == [file.filnavn for file in files]
    assert [file.slag for file in files] == [
        Dokumenttype.INNKALLING,
        Dokumenttype.TOPPNOTAT,
        Dokumenttype.MOETEPAKKE,
    ]
    for row, file in zip(rows, files, strict=True):
        assert row.fil_sha256 == sha256(file.data).hexdigest()
        with hus.archive.read() as session:
            assert read_file(session, row.fil_sha256) == file.data
    assert not any("forel" in file.filnavn.casefold() for file in files)


def test_that_documents_before_freezing_are_named_provisional(hus: Hus):
    moete = hus.plan(OCTOBER)
    with hus.archive.read() as session:
        papers = gather_papers(session, hus.moete(moete), INNKALLING_TYPES).papers
    assert all("forel" in paper.filnavn.casefold() for paper in papers)


def test_that_a_change_while_the_papers_were_written_stops_the_freezing(hus: Hus):
    moete = hus.plan(OCTOBER)
    prepared = hus.prepare(moete)
    hus.report("Noe annet")
    before = dump(hus.archive)
    with refused("endret_underveis"):
        freeze_innkalling(hus.archive, prepared=prepared, files=pretended(prepared), now=NOW)
    assert dump(hus.archive) == before


def test_that_typing_while_the_papers_were_written_stops_it_too(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete)
    prepared = hus.prepare(moete)
    write_omtale(hus.archive, sak_id=sak, tree=text("Nytt."), typing=True)
    with refused("endret_underveis"):
        freeze_innkalling(hus.archive, prepared=prepared, files=pretended(prepared), now=NOW)


def test_that_stopped_writing_freezes_nothing(hus: Hus):
    moete = hus.plan(OCTOBER)
    hus.placed(moete)
    prepared = hus.prepare(moete)
    some = write_papers(prepared.papers, created=NOW, progress=lambda _done, _of: False)
    assert len(some) == 1
    with refused("dokumenter_mangler"):
        freeze_innkalling(hus.archive, prepared=prepared, files=some, now=NOW)
    assert hus.get(Moete, moete).tilstand is MoeteTilstand.PLANLAGT


def test_that_preparing_changes_nothing(hus: Hus):
    moete = hus.plan(OCTOBER)
    before, entries = dump(hus.archive), len(hus.verbs())
    prepared = hus.prepare(moete)
    assert prepared.snapshot.frozen
    assert (dump(hus.archive), len(hus.verbs())) == (before, entries)


def test_that_versions_count_up_per_kind(hus: Hus):
    moete, _sak = called(hus)
    for title in ("Sen", "Senere"):
        hus.placed(moete, title)
        hus.freeze(moete)
    assert hus.sent_kinds(moete) == [
        (Utsendelseslag.INNKALLING, 1),
        (Utsendelseslag.OPPDATERT_INNKALLING, 1),
        (Utsendelseslag.OPPDATERT_INNKALLING, 2),
    ]


def test_that_freezing_cannot_be_undone(hus: Hus):
    moete, _sak = called(hus)
    with pytest.raises(CannotUndoError) as error:
        hus.archive.undo()
    assert error.value.params["handling"] == "freeze_innkalling"
    assert hus.archive.undo_label() is None
    assert hus.get(Moete, moete).nummer == 1
    assert hus.archive.log(1)[0].params == {"moete": "1/2023"}


def test_that_an_innkalling_without_news_is_not_updated(hus: Hus):
    moete, sak = called(hus)
    with refused("ingenting_nytt"):
        hus.prepare(moete)
    hus.report("I køen")
    rename_sak(hus.archive, sak_id=sak, tittel="Annet")
    rename_sak(hus.archive, sak_id=sak, tittel="Felles journal")
    with refused("ingenting_nytt"):
        hus.prepare(moete)


def test_that_nothing_is_marked_in_the_first_innkalling(hus: Hus):
    moete = hus.plan(OCTOBER)
    hus.placed(moete)
    assert marked_in_papers(hus, moete) == set()
    hus.freeze(moete)
    assert marked(hus, moete) == set()


def test_that_a_late_sak_is_marked_as_added_until_the_next_innkalling(hus: Hus):
    moete, _sak = called(hus)
    hus.placed(moete, "Sen")
    assert marked(hus, moete) == {"Sen"}
    assert marked_in_papers(hus, moete) == {"Sen"}
    hus.freeze(moete)
    assert marked(hus, moete) == set()


def test_that_a_late_sak_taken_up_is_marked_too(hus: Hus):
    moete, _sak = called(hus)
    late = hus.placed(moete, "Sen")
    hold_moete(hus.archive, moete_id=moete)
    take_up_sak(hus.archive, sak_id=late)
    assert marked(hus, moete) == {"Sen"}


def _vedlegg(h: Hus, sak: str) -> None:
    add_link(h.archive, sak_id=sak, tittel="Lov", url="https://example.no")


def _people(h: Hus, sak: str, rolle: Rolle) -> None:
    set_roles(h.archive, sak_id=sak, rolle=rolle, deltar=[Deltar(h.key["behandler"])])


CHANGES = {
    "tittel": lambda h, sak: rename_sak(h.archive, sak_id=sak, tittel="Ny"),
    "sakstype": lambda h, sak: set_sakstype(h.archive, sak_id=sak, sakstype=None),
    "omtale": lambda h, sak: write_omtale(h.archive, sak_id=sak, tree=text("Ny.")),
    "forslag": lambda h, sak: write_forslag(h.archive, sak_id=sak, tree=text("Nei.")),
    "vedlegg": _vedlegg,
    "toppnotatstatus": lambda h, sak: set_toppnotatstatus(
        h.archive, sak_id=sak, toppnotatstatus=Toppnotatstatus.INGEN
    ),
    "hensikt": lambda h, sak: write_standard_section(
        h.archive, sak_id=sak, slag=Seksjonslag.HENSIKT, tree=text("Ny.")
    ),
    "egen del": lambda h, sak: add_section(h.archive, sak_id=sak, overskrift="Ny", tree=text("Ja")),
    "tidligere vedtak": lambda h, sak: cite_vedtak(h.archive, sak_id=sak, sak_tekst="NUIT 1/22"),
    "sakseier": lambda h, sak: _people(h, sak, Rolle.SAKSEIER),
    "saksbehandler": lambda h, sak: _people(h, sak, Rolle.SAKSBEHANDLER),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_that_what_the_papers_say_marks_the_sak_when_it_changes(hus: Hus, name: str):
    moete, sak = called(hus)
    CHANGES[name](hus, sak)
    assert marked(hus, moete) == {hus.moete(moete).rows.saker[sak].tittel}
    hus.freeze(moete)
    assert marked(hus, moete) == set()
    with refused("ingenting_nytt"):
        hus.prepare(moete)


def test_that_a_withdrawn_vedlegg_marks_its_sak(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    link = add_link(hus.archive, sak_id=sak, tittel="Lov", url="https://example.no").id
    hus.freeze(moete)
    remove_vedlegg(hus.archive, vedlegg_id=link)
    assert marked(hus, moete) == {"A"}


def test_that_what_no_paper_prints_marks_nothing(hus: Hus):
    moete, sak = called(hus)
    _people(hus, sak, Rolle.PRESENTATOER)
    own = Tree((Paragraph((Run("Ja."),)),))
    write_forslag(hus.archive, sak_id=sak, tree=own)
    assert marked(hus, moete) == set()


def test_that_a_new_heading_of_a_section_marks_the_sak(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    own = add_section(hus.archive, sak_id=sak, overskrift="Økonomi", tree=text("Dyrt.")).id
    hus.freeze(moete)
    rename_section(hus.archive, seksjon_id=own, overskrift="Penger")
    assert marked(hus, moete) == {"A"}


@pytest.mark.parametrize("verb", [postpone_sak, withdraw_sak])
def test_that_a_sak_that_went_out_is_news(hus: Hus, verb):
    moete, sak = called(hus)
    verb(hus.archive, sak_id=sak)
    hus.freeze(moete)
    assert hus.sent_kinds(moete)[-1] == (Utsendelseslag.OPPDATERT_INNKALLING, 1)
    with refused("ingenting_nytt"):
        hus.prepare(moete)


def test_that_changed_clock_times_are_marked_and_are_news(hus: Hus):
    moete, sak = called(hus)
    post = hus.post_of(sak)
    set_time(hus.archive, post_id=post, varighet=45)
    last = hus.moete(moete).rows.poster[-1].id
    assert hus.moete(moete).changed_times == {last}
    content = hus.prepare(moete).papers.papers[0].innhold
    assert [p.endret for p in content.moetedager[0].poster] == [False, False, False, True]
    assert content.oppdatert == NOW.date()
    hus.freeze(moete)
    assert hus.moete(moete).changed_times == frozenset()


def test_that_an_updated_innkalling_says_so_in_its_name(hus: Hus):
    moete, _sak = called(hus)
    hus.placed(moete, "Sen")
    names = [paper.filnavn for paper in hus.prepare(moete).papers.papers]
    assert "oppdatert" in names[0]
    assert len(names) == len(set(names)) == 4


def _frame_changes(hus: Hus, moete: str) -> list:
    day = hus.days(moete)[0]
    a, key = hus.archive, hus.key
    return [
        lambda: change_moete(
            a, moete_id=moete, form=Moeteform.FYSISK, sted="Hamar", digital_lenke=None,
            moeteleder_id=None, referent_id=None,
        ),
        lambda: set_dag(
            a, moete_id=moete, moetedag_id=day, dag=Dag(dt.date(2023, 10, 5), TEN, FOUR)
        ),
        lambda: add_post(a, moetedag_id=day, slag=Postslag.PUNKT, tittel="Middag", varighet=60),
        lambda: give_verv(
            a, utvalg_id=key["raad"], person_id=key["gjest"], organisasjon_id=key["forbundet"]
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(4))
def test_that_a_new_place_day_row_or_member_is_news(hus: Hus, number: int):
    moete, _sak = called(hus)
    _frame_changes(hus, moete)[number]()
    hus.freeze(moete)
    assert hus.sent_kinds(moete)[-1] == (Utsendelseslag.OPPDATERT_INNKALLING, 1)


def test_that_a_changed_order_is_news_even_where_the_clock_is_the_same(hus: Hus):
    moete = hus.empty_plan(OCTOBER)
    first, second = hus.placed(moete, "A"), hus.placed(moete, "B")
    for sak in (first, second):
        set_time(hus.archive, post_id=hus.post_of(sak), varighet=0)
    hus.freeze(moete)
    move_post(hus.archive, post_id=hus.post_of(second), index=0)
    assert hus.prepare(moete).slag is Utsendelseslag.OPPDATERT_INNKALLING


def test_that_a_held_meeting_is_not_called_again(hus: Hus):
    moete, _sak = called(hus)
    hold_moete(hus.archive, moete_id=moete)
    with refused("moete_avholdt_har_vaert"):
        hus.prepare(moete)


def test_that_an_unknown_meeting_is_said_so(hus: Hus):
    with refused("ukjent_moete"):
        hus.prepare("borte")


def _on_the_front_page(hus: Hus) -> list[Mangel]:
    """Return what the front page says is missing before the next meetings."""
    with hus.archive.read() as session:
        overview = read_overview(driver_of(session), today=OCTOBER)
    return [
        Mangel(code, sak.sak_id, sak.nummer)
        for utvalg in overview.utvalg
        if utvalg.neste
        for sak in utvalg.neste.mangler
        for code in sak.koder
    ]


def test_that_what_is_missing_is_listed_in_agenda_order(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    assert [(m.kode, m.sak) for m in missing_in(hus.moete(moete))] == [
        ("mangler_forslag_til_vedtak", "3/23"),
        ("toppnotat_er_ikke_klart", "3/23"),
        ("mangler_hensikt", "3/23"),
        ("mangler_sakseier", "3/23"),
    ]
    assert _on_the_front_page(hus) == missing_in(hus.moete(moete))
    write_forslag(hus.archive, sak_id=sak, tree=text("Ja."))
    _people(hus, sak, Rolle.SAKSEIER)
    assert _on_the_front_page(hus) == missing_in(hus.moete(moete)) != []
    write_standard_section(hus.archive, sak_id=sak, slag=Seksjonslag.HENSIKT, tree=text("Å enes."))
    hus.ready(sak)
    assert _on_the_front_page(hus) == missing_in(hus.moete(moete)) == []
    set_time(hus.archive, post_id=hus.post_of(sak), varighet=6 * 60)
    assert [m.kode for m in missing_in(hus.moete(moete))] == ["dagen_gaar_over_tiden"]


def test_that_nothing_is_missing_in_a_sak_that_went_out(hus: Hus):
    moete, sak = called(hus)
    assert missing_in(hus.moete(moete))
    withdraw_sak(hus.archive, sak_id=sak)
    assert missing_in(hus.moete(moete)) == []


def test_that_recipients_keep_the_name_they_were_sent_under(hus: Hus):
    moete, _sak = called(hus)
    sent = hus.rows(Utsendelse, moete_id=moete)[0].id
    person = hus.key["leder"]
    hus.send(sent, Recipient("Leder Berg", "leder@example.no", person), Recipient("Arkivet"))
    change_person(
        hus.archive,
        person_id=person,
        fornavn="Leder",
        etternavn="Nyberg",
        epost="ny@example.no",
        telefon=None,
        organisasjon_id=None,
    )
    rows = sorted(hus.rows(Mottaker), key=lambda row: row.rekkefoelge)
    assert [(row.navn, row.epost, row.person_id) for row in rows] == [
        ("Leder Berg", "leder@example.no", person),
        ("Arkivet", None, None),
    ]
    assert hus.get(Utsendelse, sent).sendt == NOW + dt.timedelta(hours=2)


def test_that_papers_are_sent_once_after_they_were_made_and_to_somebody(hus: Hus):
    moete, _sak = called(hus)
    sent = hus.rows(Utsendelse, moete_id=moete)[0].id
    with refused("ingen_mottakere"):
        register_sent(hus.archive, utsendelse_id=sent, sendt=NOW, mottakere=[])
    early = NOW - dt.timedelta(minutes=1)
    with refused("sendt_foer_laget"):
        register_sent(hus.archive, utsendelse_id=sent, sendt=early, mottakere=[Recipient("Anne")])
    hus.send(sent)
    with refused("allerede_sendt"):
        hus.send(sent)


def test_that_ready_toppnotater_become_sent_and_others_stay(hus: Hus):
    moete = hus.plan(OCTOBER)
    ready, draft = hus.placed(moete, "A"), hus.placed(moete, "B")
    out = hus.placed(moete, "C")
    for sak in (ready, out):
        hus.ready(sak)
    sent = hus.freeze(moete)
    withdraw_sak(hus.archive, sak_id=out)
    hus.send(sent)
    states = {note.sak_id: note.tilstand for note in hus.rows(Toppnotat)}
    assert states == {
        ready: ToppnotatTilstand.SENDT,
        draft: ToppnotatTilstand.UTKAST,
        out: ToppnotatTilstand.KLAR,
    }
    with refused("toppnotat_sendt_kan_ikke_endres"):
        step_toppnotat(hus.archive, sak_id=ready, tilstand=ToppnotatTilstand.UTKAST)


def test_that_finishing_writes_word_files_in_one_go(hus: Hus):
    moete = hus.plan(OCTOBER)
    made = finish_innkalling(hus.archive, moete_id=moete, now=NOW)
    files = hus.rows(Utsendelsefil, utsendelse_id=made.id)
    assert len(files) == 2
    assert all(hus.get(Fil, row.fil_sha256).innhold.startswith(b"PK") for row in files)
    assert hus.archive.verify().ok


def test_that_a_seat_that_ended_before_the_meeting_is_news(hus: Hus):
    moete, _sak = called(hus)
    end_verv(hus.archive, verv_id=hus.key["verv_leder"], til=dt.date(2023, 9, 30))
    assert hus.prepare(moete).slag is Utsendelseslag.OPPDATERT_INNKALLING
