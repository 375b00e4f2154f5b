"""What the tab Toppnotater reads, the table of earlier vedtak, and the versions of a note."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from desktop.models import Sak
from desktop.rules.entity_kinds import Rolle, Seksjonslag
from desktop.rules.kinds import Sakstype
from desktop.rules.states import ToppnotatTilstand
from desktop.services.errors import ServiceError
from desktop.services.note_edit import change_cited, move_cited, restore_toppnotat, write_cited
from desktop.services.note_history import versions_in
from desktop.services.note_view import read_note, read_notes, reading_minutes, written
from desktop.services.saker import Deltar, set_roles, set_sakstype, write_forslag
from desktop.services.toppnotater import (
    add_section,
    cite_vedtak,
    move_section,
    remove_section,
    rename_section,
    sections_of,
    step_toppnotat,
    write_section,
    write_standard_section,
)
from desktop.services.vedtak import register_vedtak
from tests.services.hus import Hus, dump, no_note, text, words_of

OCTOBER = dt.date(2023, 10, 4)


def refused(code: str):
    return pytest.raises(ServiceError, match=code)


@pytest.fixture
def sak(hus: Hus) -> str:
    return hus.placed(hus.plan(OCTOBER), "Deling av data", sakstype=Sakstype.DROEFTING)


def note(hus: Hus, sak: str):
    with hus.archive.read() as session:
        return read_note(session, sak)


def lines(hus: Hus, sak: str):
    moete = hus.get(Sak, sak).moete_id
    with hus.archive.read() as session:
        return {line.sak_id: line for line in read_notes(session, moete)}


def section_id(hus: Hus, sak: str, slag: Seksjonslag) -> str:
    with hus.archive.read() as session:
        return next(one.id for one in sections_of(session, sak) if one.slag is slag)


def write(hus: Hus, sak: str, slag: Seksjonslag, words: str) -> None:
    write_standard_section(hus.archive, sak_id=sak, slag=slag, tree=text(words))


def test_that_the_list_tells_state_words_and_what_is_missing(hus: Hus, sak: str):
    line = lines(hus, sak)[sak]
    assert line.tilstand is ToppnotatTilstand.UTKAST
    assert line.ord == 0
    assert {"mangler_forslag_til_vedtak", "mangler_hensikt", "mangler_sakseier"} < {*line.mangler}
    write(hus, sak, Seksjonslag.HENSIKT, "Å enes om deling.")
    write_forslag(hus.archive, sak_id=sak, tree=text("Rådet drøftet saken."))
    line = lines(hus, sak)[sak]
    assert line.ord == 4 + 3
    assert line.mangler == ("toppnotat_er_ikke_klart", "mangler_sakseier")


def test_that_a_line_follows_what_is_written_as_the_archive_will_tell_it(hus: Hus, sak: str):
    before = lines(hus, sak)[sak]
    purpose, forslag = text("Å enes."), text("Rådet drøftet saken.")
    ahead = written(before, forslag, [(Seksjonslag.HENSIKT, purpose)], 5)
    write(hus, sak, Seksjonslag.HENSIKT, "Å enes.")
    write_forslag(hus.archive, sak_id=sak, tree=forslag)
    assert ahead == lines(hus, sak)[sak]
    assert written(ahead, text(""), [(Seksjonslag.HENSIKT, text(""))], 0) == before


def test_that_a_sak_without_note_has_a_line_without_state(hus: Hus):
    sak = no_note(hus)
    hus.place(sak, hus.plan(OCTOBER))
    assert lines(hus, sak)[sak].tilstand is None
    view = note(hus, sak)
    assert (view.sections, view.content, view.locked) == ((), None, "")


def test_that_a_note_has_its_head_and_headings_and_sections_in_order(hus: Hus, sak: str):
    own = add_section(hus.archive, sak_id=sak, overskrift="Økonomi", index=2).id
    view = note(hus, sak)
    assert [label for label, _value in view.head] == ["Til", "Dato", "Saksnummer", "Type"]
    assert dict(view.head)["Dato"] == "04.10.2023"
    assert view.sections[2].heading == "Økonomi"
    assert view.sections[2].is_own
    assert view.sections[2].id == own
    assert view.sections[0].heading == "Forslag til vedtak"
    assert view.missing_sections == ()
    remove_section(hus.archive, seksjon_id=section_id(hus, sak, Seksjonslag.VIDERE))
    assert note(hus, sak).missing_sections == (Seksjonslag.VIDERE,)


def test_that_a_sent_note_says_why_it_is_locked(hus: Hus, sak: str):
    assert note(hus, sak).locked == ""
    for step in (
        ToppnotatTilstand.TIL_KVALITETSSIKRING,
        ToppnotatTilstand.KLAR,
        ToppnotatTilstand.SENDT,
    ):
        assert note(hus, sak).refused[step] == ""
        step_toppnotat(hus.archive, sak_id=sak, tilstand=step)
    view = note(hus, sak)
    assert "sendt" in view.locked
    assert view.forslag_locked == view.locked
    assert all(view.refused.values())


def test_that_reading_takes_at_least_a_minute():
    assert reading_minutes(0) == 1
    assert reading_minutes(2200) == 10


def cited(hus: Hus, sak: str, *names: str) -> list[str]:
    return [cite_vedtak(hus.archive, sak_id=sak, sak_tekst=name).id for name in names]


def test_that_a_row_typed_by_hand_is_changed_field_by_field(hus: Hus, sak: str):
    (row,) = cited(hus, sak, "NUIT 50/23")
    change_cited(hus.archive, rad_id=row, sak_tekst="NUIT 51/23")
    change_cited(hus.archive, rad_id=row, tema="  Deling  ")
    write_cited(hus.archive, rad_id=row, tree=text("NUIT støtter."), typing=True, paragraph="a")
    (line,) = note(hus, sak).earlier
    assert (line.sak, line.tema, words_of(line.formulering)) == (
        "NUIT 51/23",
        "Deling",
        "NUIT støtter.",
    )
    with refused("tomt_felt"):
        change_cited(hus.archive, rad_id=row, sak_tekst=" ")


def test_that_earlier_vedtak_are_ordered_and_it_is_undone_on_its_own(hus: Hus, sak: str):
    one, two, three = cited(hus, sak, "1", "2", "3")
    before = dump(hus.archive)
    move_cited(hus.archive, rad_id=three, index=0)
    assert [line.id for line in note(hus, sak).earlier] == [three, one, two]
    hus.archive.undo()
    assert dump(hus.archive) == before


def test_that_the_texts_of_the_register_are_not_changed_in_a_note(hus: Hus, sak: str):
    vedtak = register_vedtak(
        hus.archive,
        utvalg_id=hus.key["raad"],
        organ="NUIT",
        referanse="50/23",
        dato=OCTOBER,
        tekst=text("NUIT støtter."),
    ).id
    row = cite_vedtak(hus.archive, sak_id=sak, vedtak_id=vedtak).id
    assert note(hus, sak).earlier[0].linked
    with refused("vedtak_staar_i_registeret"):
        change_cited(hus.archive, rad_id=row, tema="Annet")
    with refused("vedtak_staar_i_registeret"):
        write_cited(hus.archive, rad_id=row, tree=text("Annet"))


def test_that_earlier_vedtak_of_a_sent_note_stay(hus: Hus, sak: str):
    (row,) = cited(hus, sak, "NUIT 50/23")
    for step in (
        ToppnotatTilstand.TIL_KVALITETSSIKRING,
        ToppnotatTilstand.KLAR,
        ToppnotatTilstand.SENDT,
    ):
        step_toppnotat(hus.archive, sak_id=sak, tilstand=step)
    for act in (
        lambda: change_cited(hus.archive, rad_id=row, tema="X"),
        lambda: write_cited(hus.archive, rad_id=row, tree=text("X")),
        lambda: move_cited(hus.archive, rad_id=row, index=0),
        lambda: restore_toppnotat(hus.archive, sak_id=sak, nummer=_oldest(hus, sak)),
    ):
        with refused("toppnotat_er_sendt"):
            act()


def _oldest(hus: Hus, sak: str) -> int:
    return versions_in(hus.archive, sak_id=sak)[-1].nummer or 0


def test_that_a_version_tells_when_who_and_which_parts(hus: Hus, sak: str):
    write(hus, sak, Seksjonslag.HENSIKT, "Å enes.")
    hus.clock.wait(60)
    write_forslag(hus.archive, sak_id=sak, tree=text("Rådet drøftet saken."))
    newest, older, *_rest = versions_in(hus.archive, sak_id=sak)
    assert newest.deler == ("Forslag til vedtak",)
    assert older.deler == ("Hensikt med saken",)
    assert newest.av == "Kari"
    assert newest.tid - older.tid == dt.timedelta(seconds=60)
    assert words_of(newest.whole) == "Forslag til vedtak\nRådet drøftet saken.\n" + words_of(
        older.whole
    )


def test_that_what_does_not_touch_the_texts_makes_no_version(hus: Hus, sak: str):
    before = versions_in(hus.archive, sak_id=sak)
    set_sakstype(hus.archive, sak_id=sak, sakstype=Sakstype.ORIENTERING)
    set_roles(
        hus.archive,
        sak_id=sak,
        rolle=Rolle.SAKSEIER,
        deltar=[Deltar(organisasjon_id=hus.key["direktoratet"])],
    )
    assert versions_in(hus.archive, sak_id=sak) == before


def test_that_typing_makes_one_version_per_pause(hus: Hus, sak: str):
    key = section_id(hus, sak, Seksjonslag.BAKGRUNN)
    for words in ("N", "Nytt", "Nytt her"):
        write_section(hus.archive, seksjon_id=key, tree=text(words), typing=True, paragraph="a")
    (newest, *_rest) = versions_in(hus.archive, sak_id=sak)
    assert words_of(newest.whole) == "Bakgrunn\nNytt her"


def test_that_an_old_version_is_taken_back_and_that_is_undone(hus: Hus, sak: str):
    write(hus, sak, Seksjonslag.HENSIKT, "Å enes.")
    write_forslag(hus.archive, sak_id=sak, tree=text("Rådet drøftet saken."))
    own = add_section(hus.archive, sak_id=sak, overskrift="Økonomi", tree=text("Dyrt.")).id
    wanted = versions_in(hus.archive, sak_id=sak)[0]
    texts = dump(hus.archive)
    rename_section(hus.archive, seksjon_id=own, overskrift="Kostnader")
    move_section(hus.archive, seksjon_id=own, index=0)
    remove_section(hus.archive, seksjon_id=section_id(hus, sak, Seksjonslag.HENSIKT))
    remove_section(hus.archive, seksjon_id=own)
    add_section(hus.archive, sak_id=sak, overskrift="Ny")
    write_forslag(hus.archive, sak_id=sak, tree=text("Annet."))
    later = dump(hus.archive)
    restore_toppnotat(hus.archive, sak_id=sak, nummer=wanted.nummer)
    assert dump(hus.archive) == texts
    assert versions_in(hus.archive, sak_id=sak)[0].whole == wanted.whole
    hus.archive.undo()
    assert dump(hus.archive) == later


def test_that_a_version_that_is_not_there_is_refused(hus: Hus, sak: str):
    before = dump(hus.archive)
    with refused("versjon_finnes_ikke"):
        restore_toppnotat(hus.archive, sak_id=sak, nummer=999_999)
    assert dump(hus.archive) == before


def test_that_a_section_that_was_removed_is_in_the_older_versions(hus: Hus, sak: str):
    own = add_section(hus.archive, sak_id=sak, overskrift="Økonomi", tree=text("Dyrt.")).id
    remove_section(hus.archive, seksjon_id=own)
    newest, older, *_rest = versions_in(hus.archive, sak_id=sak)
    assert newest.deler == ("Økonomi",)
    assert "Økonomi\nDyrt." in words_of(older.whole)
    assert "Økonomi" not in words_of(newest.whole)


OF_TEXTS = frozenset(
    {
        "add_section",
        "change_sak",
        "move_section",
        "remove_section",
        "restore_toppnotat",
        "write_section",
    }
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["skriv", "forslag", "ny", "fjern", "flytt", "navn", "angre", "tilbake"]),
        st.integers(0, 6),
    ),
    max_size=12,
)


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_that_every_version_is_the_note_as_it_was(hus: Hus, steps):
    sak = hus.placed(hus.empty_plan(OCTOBER), "Sak")
    seen = {}
    for number, (what, place) in enumerate(steps):
        _act(hus, sak, what, place, number)
        newest = versions_in(hus.archive, sak_id=sak)[0]
        seen[newest.nummer] = _texts(hus, sak)
    for version in versions_in(hus.archive, sak_id=sak):
        if version.nummer in seen:
            said = [
                (one.id, one.slag, one.overskrift, words_of(one.innhold))
                for one in version.sections
            ]
            assert (said, words_of(version.forslag)) == seen[version.nummer]


def _texts(hus: Hus, sak: str):
    with hus.archive.read() as session:
        said = [
            (one.id, one.slag, one.overskrift, words_of(one.innhold))
            for one in sections_of(session, sak)
        ]
    return said, words_of(hus.get(Sak, sak).forslag_til_vedtak)


def _act(hus: Hus, sak: str, what: str, place: int, number: int) -> None:
    with hus.archive.read() as session:
        held = [(one.id, one.slag) for one in sections_of(session, sak)]
    key, slag = held[place % len(held)] if held else ("", None)
    versions = versions_in(hus.archive, sak_id=sak)
    match what:
        case "skriv" if slag in {Seksjonslag.HENSIKT, Seksjonslag.BAKGRUNN, Seksjonslag.EGEN}:
            write_section(hus.archive, seksjon_id=key, tree=text(f"Tekst {number}"))
        case "forslag":
            write_forslag(hus.archive, sak_id=sak, tree=text(f"Forslag {number}"))
        case "ny":
            add_section(hus.archive, sak_id=sak, overskrift=f"Del {number}", index=place)
        case "fjern" if held:
            remove_section(hus.archive, seksjon_id=key)
        case "flytt" if held:
            move_section(hus.archive, seksjon_id=key, index=number % 5)
        case "navn" if slag is Seksjonslag.EGEN:
            rename_section(hus.archive, seksjon_id=key, overskrift=f"Navn {number}")
        case "angre" if (label := hus.archive.undo_label()) and label.verb in OF_TEXTS:
            hus.archive.undo()
        case "tilbake":
            chosen = versions[place % len(versions)]
            restore_toppnotat(hus.archive, sak_id=sak, nummer=chosen.nummer)
