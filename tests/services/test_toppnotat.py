"""Toppnotater and vedlegg: sections, states, earlier vedtak, typing."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.documents.content import ToppnotatContent
from desktop.models import (
    Sak,
    TidligereVedtak,
    Toppnotat,
    Toppnotatseksjon,
    Vedlegg,
    Vedtak,
)
from desktop.rules.entity_kinds import Rolle, Seksjonslag, Vedleggslag
from desktop.rules.errors import RuleError
from desktop.rules.kinds import Sakstype, Toppnotatstatus
from desktop.rules.states import STEPS, Kind, ToppnotatTilstand
from desktop.services.errors import ServiceError
from desktop.services.gather import Gatherer
from desktop.services.moeter import hold_moete
from desktop.services.saker import (
    STANDARD_SECTIONS,
    Deltar,
    set_roles,
    set_toppnotatstatus,
    write_omtale,
)
from desktop.services.toppnotater import (
    add_section,
    cite_vedtak,
    move_section,
    remove_section,
    rename_section,
    sections_of,
    step_toppnotat,
    uncite_vedtak,
    write_section,
    write_standard_section,
)
from desktop.services.vedlegg import (
    LARGEST_FILE,
    add_file,
    add_link,
    add_referat,
    move_vedlegg,
    remove_vedlegg,
    rename_vedlegg,
)
from desktop.services.vedtak import adopt_vedtak, register_vedtak
from tests.services.hus import Hus, dump, no_note, text, words_of

OCTOBER, DECEMBER = dt.date(2023, 10, 4), dt.date(2023, 12, 14)
TilKvalitet = ToppnotatTilstand.TIL_KVALITETSSIKRING


def refused(code: str):
    return pytest.raises((ServiceError, RuleError), match=code)


def kinds(hus: Hus, sak: str) -> list[Seksjonslag]:
    with hus.archive.read() as session:
        return [section.slag for section in sections_of(session, sak)]


def note_content(hus: Hus, sak: str) -> ToppnotatContent:
    snapshot = hus.moete(placed(hus, sak))
    return Gatherer(snapshot).toppnotat(snapshot.rows.saker[sak])


def placed(hus: Hus, sak: str) -> str:
    return hus.get(Sak, sak).moete_id or ""


def sent(hus: Hus, *, before=lambda _sak: None) -> str:
    """Return a sak whose toppnotat was sent."""
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    before(sak)
    hus.ready(sak)
    hus.send(hus.freeze(moete))
    return sak


def test_that_a_new_toppnotat_has_the_usual_sections_and_is_the_first_vedlegg(hus: Hus):
    sak = hus.report()
    assert kinds(hus, sak) == list(STANDARD_SECTIONS)
    assert [v.slag for v in hus.rows(Vedlegg, sak_id=sak)] == [Vedleggslag.TOPPNOTAT]


def test_that_a_sak_without_toppnotat_has_neither(hus: Hus):
    sak = no_note(hus)
    assert hus.rows(Toppnotat) == hus.rows(Vedlegg) == []
    with refused("sak_uten_toppnotat"):
        write_standard_section(
            hus.archive, sak_id=sak, slag=Seksjonslag.HENSIKT, tree=text("Å enes.")
        )


def test_that_a_written_toppnotat_survives_that_the_sak_shall_have_none_for_a_while(hus: Hus):
    sak = hus.report()
    write_standard_section(hus.archive, sak_id=sak, slag=Seksjonslag.HENSIKT, tree=text("Å enes."))
    link = add_link(hus.archive, sak_id=sak, tittel="Lov", url="https://example.no").id
    set_toppnotatstatus(hus.archive, sak_id=sak, toppnotatstatus=Toppnotatstatus.INGEN)
    assert [v.id for v in hus.rows(Vedlegg, sak_id=sak)] == [link]
    set_toppnotatstatus(hus.archive, sak_id=sak, toppnotatstatus=Toppnotatstatus.SKAL_HA)
    hus.place(sak, hus.plan(OCTOBER))
    snapshot = hus.moete(placed(hus, sak))
    assert [v.slag for v in snapshot.rows.vedlegg[sak]] == [
        Vedleggslag.TOPPNOTAT,
        Vedleggslag.LENKE,
    ]
    assert "Å enes." in [words_of(s.innhold) for s in note_content(hus, sak).seksjoner]


def test_that_sections_move_and_own_headings_are_renamed(hus: Hus):
    sak = hus.report()
    own = add_section(hus.archive, sak_id=sak, overskrift="Økonomi", index=1).id
    assert kinds(hus, sak)[1] is Seksjonslag.EGEN
    move_section(hus.archive, seksjon_id=own, index=99)
    assert kinds(hus, sak)[-1] is Seksjonslag.EGEN
    move_section(hus.archive, seksjon_id=own, index=0)
    assert kinds(hus, sak) == [Seksjonslag.EGEN, *STANDARD_SECTIONS]
    rename_section(hus.archive, seksjon_id=own, overskrift=" Penger ")
    assert hus.get(Toppnotatseksjon, own).overskrift == "Penger"
    with refused("overskrift_er_fast"):
        rename_section(
            hus.archive, seksjon_id=hus.section(sak, Seksjonslag.HENSIKT), overskrift="X"
        )
    with refused("tomt_felt"):
        add_section(hus.archive, sak_id=sak)


def test_that_a_usual_section_is_there_once_and_can_come_back(hus: Hus):
    sak = hus.report()
    with refused("seksjon_finnes"):
        add_section(hus.archive, sak_id=sak, slag=Seksjonslag.DROEFTING)
    remove_section(hus.archive, seksjon_id=hus.section(sak, Seksjonslag.DROEFTING))
    assert Seksjonslag.DROEFTING not in kinds(hus, sak)
    with refused("finnes_ikke_lenger"):
        write_standard_section(
            hus.archive, sak_id=sak, slag=Seksjonslag.DROEFTING, tree=text("Hva?")
        )
    add_section(hus.archive, sak_id=sak, slag=Seksjonslag.DROEFTING, index=3)
    assert kinds(hus, sak) == list(STANDARD_SECTIONS)


@pytest.mark.parametrize(
    "slag", [Seksjonslag.FORSLAG, Seksjonslag.TIDLIGERE_VEDTAK, Seksjonslag.VEDLEGG]
)
def test_that_a_computed_section_has_no_text_of_its_own(hus: Hus, slag: Seksjonslag):
    sak = hus.report()
    with refused("seksjon_er_beregnet"):
        write_section(hus.archive, seksjon_id=hus.section(sak, slag), tree=text("X"))


WAYS = {
    ToppnotatTilstand.UTKAST: (),
    TilKvalitet: (TilKvalitet,),
    ToppnotatTilstand.KLAR: (TilKvalitet, ToppnotatTilstand.KLAR),
    ToppnotatTilstand.SENDT: (TilKvalitet, ToppnotatTilstand.KLAR, ToppnotatTilstand.SENDT),
}


@pytest.mark.parametrize("old", ToppnotatTilstand)
@pytest.mark.parametrize("new", ToppnotatTilstand)
def test_that_a_toppnotat_steps_as_the_table_says(
    hus: Hus, old: ToppnotatTilstand, new: ToppnotatTilstand
):
    sak = hus.report()
    for state in WAYS[old]:
        step_toppnotat(hus.archive, sak_id=sak, tilstand=state)
    code = "tilstand_er_uendret" if old is new else STEPS[Kind.TOPPNOTAT][old][new]
    if code is None:
        step_toppnotat(hus.archive, sak_id=sak, tilstand=new)
    else:
        with refused(code):
            step_toppnotat(hus.archive, sak_id=sak, tilstand=new)
    assert hus.rows(Toppnotat)[0].tilstand is (old if code else new)


def test_that_a_sent_toppnotat_refuses_every_change(hus: Hus):
    keys = {}

    def before(sak: str) -> None:
        keys["own"] = add_section(hus.archive, sak_id=sak, overskrift="X").id
        keys["row"] = cite_vedtak(hus.archive, sak_id=sak, sak_tekst="NUIT 1/22").id

    sak = sent(hus, before=before)
    state, own = dump(hus.archive), keys["own"]
    for change in (
        lambda: write_section(hus.archive, seksjon_id=own, tree=text("Y")),
        lambda: write_section(hus.archive, seksjon_id=own, tree=text("Y"), typing=True),
        lambda: add_section(hus.archive, sak_id=sak, overskrift="Y"),
        lambda: rename_section(hus.archive, seksjon_id=own, overskrift="Y"),
        lambda: move_section(hus.archive, seksjon_id=own, index=0),
        lambda: remove_section(hus.archive, seksjon_id=own),
        lambda: cite_vedtak(hus.archive, sak_id=sak, sak_tekst="NUIT 2/22"),
        lambda: uncite_vedtak(hus.archive, rad_id=keys["row"]),
    ):
        with refused("toppnotat_er_sendt"):
            change()
    assert dump(hus.archive) == state


def test_that_a_row_typed_by_hand_needs_to_say_which_sak(hus: Hus):
    sak = hus.report()
    with refused("vedtak_uten_kilde"):
        cite_vedtak(hus.archive, sak_id=sak, sak_tekst=" ", tema="X")
    row = cite_vedtak(
        hus.archive, sak_id=sak, sak_tekst="NUIT 1/22", tema="Plan", formulering=text("Ja.")
    ).id
    hus.place(sak, hus.plan(OCTOBER))
    earlier = note_content(hus, sak).tidligere_vedtak
    assert [(r.sak, r.tema, words_of(r.formulering)) for r in earlier] == [
        ("NUIT 1/22", "Plan", "Ja.")
    ]
    uncite_vedtak(hus.archive, rad_id=row)
    assert hus.rows(TidligereVedtak) == []


def decided(hus: Hus) -> tuple[str, str]:
    """Return a sak with a vedtak, and the key of that."""
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "Kodeverk", forslag_til_vedtak=text("Rådet støtter planen."))
    hus.hold(moete)
    adopt_vedtak(hus.archive, sak_id=sak)
    return sak, hus.rows(Vedtak, sak_id=sak)[0].id


def earlier_of(hus: Hus, sak: str) -> list[tuple[str, str, str]]:
    rows = note_content(hus, sak).tidligere_vedtak
    return [(row.sak, row.tema, words_of(row.formulering)) for row in rows]


def test_that_a_linked_row_shows_what_the_register_says(hus: Hus):
    old, vedtak = decided(hus)
    sak = hus.placed(hus.plan(DECEMBER), "Ny")
    cite_vedtak(hus.archive, sak_id=sak, vedtak_id=vedtak)
    place = "Sak 3/23 i Nasjonalt prøveråd (4. oktober 2023)"
    assert earlier_of(hus, sak) == [(place, "Kodeverk", "Rådet støtter planen.")]
    adopt_vedtak(hus.archive, sak_id=old, tekst=text("Rådet støtter ikke planen."))
    assert earlier_of(hus, sak) == [(place, "Kodeverk", "Rådet støtter ikke planen.")]


def test_that_a_linked_row_stays_as_sent(hus: Hus):
    old, vedtak = decided(hus)
    moete = hus.plan(DECEMBER)
    sak = hus.placed(moete, "Ny")
    cite_vedtak(hus.archive, sak_id=sak, vedtak_id=vedtak)
    hus.ready(sak)
    utsendelse = hus.freeze(moete)
    hus.send(utsendelse)
    before = earlier_of(hus, sak)
    adopt_vedtak(hus.archive, sak_id=old, tekst=text("Noe annet."))
    assert earlier_of(hus, sak) == before
    with refused("ingenting_nytt"):
        hus.prepare(moete)


def test_that_a_row_from_outside_the_archive_is_named_by_its_reference(hus: Hus):
    vedtak = register_vedtak(
        hus.archive,
        referanse="NUFA 50/23",
        tekst=text("NUFA tar det til orientering."),
        tittel="Plan",
        sakstype=Sakstype.ORIENTERING,
    ).id
    with refused("vedtak_finnes"):
        register_vedtak(hus.archive, referanse="NUFA  50/23", tekst=text("X"))
    sak = hus.placed(hus.plan(OCTOBER), "Ny")
    cite_vedtak(hus.archive, sak_id=sak, vedtak_id=vedtak, tema="Eget tema")
    assert earlier_of(hus, sak) == [("NUFA 50/23", "Eget tema", "NUFA tar det til orientering.")]


def test_that_the_head_of_a_toppnotat_is_computed(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A", forslag_til_vedtak=text("Ja."))
    for rolle, who in (
        (Rolle.SAKSEIER, [Deltar(None, hus.key["direktoratet"])]),
        (Rolle.SAKSBEHANDLER, [Deltar(hus.key["behandler"]), Deltar(hus.key["gjest"])]),
    ):
        set_roles(hus.archive, sak_id=sak, rolle=rolle, deltar=who)
    add_link(hus.archive, sak_id=sak, tittel="Lov", url="https://example.no")
    content = note_content(hus, sak)
    assert (content.moete_short, content.saksnummer, content.dato) == ("1/23", "3/23", OCTOBER)
    assert content.provisional
    assert [p.navn for p in content.fra] == ["Direktoratet for e-helse"]
    assert [(p.navn, p.organisasjon) for p in content.saksbehandlere] == [
        ("Behandler Haug", "Direktoratet for e-helse"),
        ("Gjest Gran", "Kommuneforbundet"),
    ]
    assert words_of(content.forslag) == "Ja."
    assert [(v.nummer, v.tittel) for v in content.vedlegg] == [("1A", "Lov")]


def test_that_typing_is_one_entry_once_it_is_sealed(hus: Hus):
    sak = hus.report()
    section = hus.section(sak, Seksjonslag.BAKGRUNN)
    before, entries = dump(hus.archive), len(hus.verbs())
    for words in ("D", "Da", "Da vi", "Da vi begynte."):
        write_section(hus.archive, seksjon_id=section, tree=text(words), typing=True)
        hus.clock.wait(3)
    assert words_of(hus.get(Toppnotatseksjon, section).innhold) == "Da vi begynte."
    assert len(hus.verbs()) == entries
    hus.archive.seal()
    assert hus.verbs()[entries:] == ["write_section"]
    hus.archive.undo()
    assert dump(hus.archive) == before
    hus.archive.redo()
    assert words_of(hus.get(Toppnotatseksjon, section).innhold) == "Da vi begynte."
    assert hus.archive.verify().ok


def test_that_another_field_or_a_pause_ends_the_typing(hus: Hus):
    sak = hus.report()
    section, other = (
        hus.section(sak, slag) for slag in (Seksjonslag.BAKGRUNN, Seksjonslag.HENSIKT)
    )
    entries = len(hus.verbs())
    write_section(hus.archive, seksjon_id=section, tree=text("En."), typing=True)
    write_section(hus.archive, seksjon_id=other, tree=text("To."), typing=True)
    write_omtale(hus.archive, sak_id=sak, tree=text("Tre."), typing=True)
    hus.clock.wait(11)
    write_omtale(hus.archive, sak_id=sak, tree=text("Fire."), typing=True)
    hus.archive.seal()
    assert hus.verbs()[entries:] == [
        "write_section",
        "write_section",
        "change_sak",
        "change_sak",
    ]


def test_that_undo_takes_back_unsealed_typing_first(hus: Hus):
    sak = hus.report()
    section = hus.section(sak, Seksjonslag.BAKGRUNN)
    write_section(hus.archive, seksjon_id=section, tree=text("En."), typing=True)
    label = hus.archive.undo_label()
    assert label is not None
    assert label.verb == "write_section"
    hus.archive.undo()
    assert hus.get(Toppnotatseksjon, section).innhold is None


@pytest.mark.parametrize("url", ["example.no", "javascript:alert(1)", "file:///etc", "https://"])
def test_that_a_link_is_a_whole_web_address(hus: Hus, url: str):
    with refused("lenke_uten_skjema"):
        add_link(hus.archive, sak_id=hus.report(), tittel="Lov", url=url)


def test_that_a_file_is_not_larger_than_the_archive_can_bear(hus: Hus):
    sak = hus.report()
    with refused("vedlegg_for_stort"):
        add_file(hus.archive, sak_id=sak, filnavn="a.pdf", data=bytes(LARGEST_FILE + 1))
    made = add_file(hus.archive, sak_id=sak, filnavn="Årsrapport 2022.pdf", data=b"tall").id
    assert hus.get(Vedlegg, made).tittel == "Årsrapport 2022"


def test_that_generated_vedlegg_have_computed_titles_and_follow_their_sak(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.report()
    own = hus.rows(Vedlegg, sak_id=sak)[0].id
    with refused("tittel_er_beregnet"):
        rename_vedlegg(hus.archive, vedlegg_id=own, tittel="X")
    with refused("toppnotat_foelger_saken"):
        remove_vedlegg(hus.archive, vedlegg_id=own)
    add_referat(hus.archive, sak_id=sak, moete_id=moete)
    with refused("referat_er_vedlegg_alt"):
        add_referat(hus.archive, sak_id=sak, moete_id=moete)
    with refused("finnes_ikke_lenger"):
        add_referat(hus.archive, sak_id=sak, moete_id="borte")


def test_that_a_referat_of_another_utvalg_is_named_after_that(hus: Hus):
    other = hus.plan(dt.date(2023, 9, 7), utvalg="nynorsk")
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    add_referat(hus.archive, sak_id=sak, moete_id=other)
    snapshot = hus.moete(moete)
    printed = Gatherer(snapshot).sak(snapshot.rows.saker[sak]).vedlegg[-1]
    assert (printed.referat_utvalg, printed.referat_dato) == (
        "Nynorskutvalet",
        dt.date(2023, 9, 7),
    )


def test_that_vedlegg_move_among_those_of_their_sak(hus: Hus):
    moete = hus.plan(OCTOBER)
    sak = hus.placed(moete, "A")
    for title in ("B", "C"):
        add_link(hus.archive, sak_id=sak, tittel=title, url="https://example.no")
    last = hus.moete(moete).rows.vedlegg[sak][-1].id
    move_vedlegg(hus.archive, vedlegg_id=last, index=1)
    assert [v.tittel for v in hus.moete(moete).rows.vedlegg[sak]] == [None, "C", "B"]
    assert hus.vedlegg_numbers(moete) == ["1", "1A", "1B"]


def test_that_a_meeting_held_later_changes_nothing_in_a_sent_toppnotat(hus: Hus):
    sak = sent(hus)
    hold_moete(hus.archive, moete_id=placed(hus, sak))
    with refused("toppnotat_er_sendt"):
        add_section(hus.archive, sak_id=sak, overskrift="Y")
