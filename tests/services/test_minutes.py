"""The verbs of the meeting mode: lines kept by their keys, vedtak, saker out of order and new."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.models import Innspill, Sak, Saksreferat, Vedtak
from desktop.richtext.tree import Tree
from desktop.rules.aksjonspunkt_line import Actor
from desktop.rules.entity_kinds import Innspillslag, Rolle
from desktop.rules.kinds import Maalform, Oppmoetestatus
from desktop.rules.states import SakTilstand
from desktop.services.agenda_view import Part
from desktop.services.minutes_actions import LineReader, load_line_reader
from desktop.services.minutes_edit import (
    InnspillLine,
    add_sak_in_room,
    adopt_as_proposed,
    hold_with_minutes,
    new_line_id,
    set_innspill,
    take_sak_now,
    write_vedtak,
)
from desktop.services.minutes_view import (
    Saksmerke,
    load_minutes,
    load_sak_minutes,
    load_speakers,
    presented,
)
from desktop.services.referater import Referatfelt, add_innspill, write_saksreferat
from desktop.services.saker import Deltar, set_roles
from tests.services.holdt import OCTOBER, approved, attend, held, refused
from tests.services.hus import Hus, text, words_of

POINT, PROSE, TITLE = Innspillslag.PUNKT, Innspillslag.AVSNITT, Innspillslag.MELLOMTITTEL
DAY = dt.date(2023, 10, 4)


def point(words: str, key: str | None = None, **more) -> InnspillLine:
    given = {"slag": POINT, "nivaa": 0, **more}
    return InnspillLine(key or new_line_id(), tekst=text(words), **given)


def stored(hus: Hus, sak: str) -> tuple[InnspillLine, ...]:
    with hus.archive.read() as session:
        return load_sak_minutes(session, sak).innspill


def overview(hus: Hus, moete: str):
    with hus.archive.read() as session:
        return load_minutes(session, moete)


def marks(hus: Hus, moete: str) -> list[str]:
    return [sak.merke for sak in overview(hus, moete).saker]


def test_that_lines_are_stored_with_their_keys_order_levels_and_kinds(hus: Hus):
    _moete, sak = held(hus)
    lines = (
        point("Om økonomi", slag=TITLE),
        point("Dyrt."),
        point("Svært.", nivaa=1),
        point("Så."),
    )
    set_innspill(hus.archive, sak_id=sak, lines=lines)
    assert stored(hus, sak) == lines


def test_that_only_the_line_that_differs_is_written(hus: Hus):
    _moete, sak = held(hus)
    lines = [point("En."), point("To."), point("Tre.")]
    set_innspill(hus.archive, sak_id=sak, lines=lines)
    lines[1] = point("To til.", lines[1].id)
    changes = set_innspill(hus.archive, sak_id=sak, lines=lines)
    assert [(row.key, [one.name for one in row.fields]) for row in changes] == [
        (lines[1].id, ["tekst"])
    ]
    assert not set_innspill(hus.archive, sak_id=sak, lines=lines)


def test_that_a_line_that_moves_is_the_only_one_with_another_rank(hus: Hus):
    _moete, sak = held(hus)
    lines = [point(word) for word in ("En.", "To.", "Tre.", "Fire.")]
    set_innspill(hus.archive, sak_id=sak, lines=lines)
    lines.insert(1, lines.pop(3))
    changes = set_innspill(hus.archive, sak_id=sak, lines=lines)
    assert changes.keys("innspill") == {lines[1].id}
    assert stored(hus, sak) == tuple(lines)


LINE = st.tuples(
    st.sampled_from(Innspillslag), st.integers(0, 8), st.text("abc ", max_size=6).map(text)
)
SESSION = st.lists(
    st.lists(st.tuples(st.integers(0, 9), LINE), max_size=8, unique_by=lambda one: one[0]),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(session=SESSION)
def test_that_any_lines_follow_any_others(hus: Hus, session):
    known = hus.rows(Sak, tittel="Felles journal")
    sak = known[0].id if known else held(hus)[1]
    set_innspill(hus.archive, sak_id=sak, lines=[])
    for lines in session:
        wanted = tuple(InnspillLine(f"linje{key}", *line) for key, line in lines)
        set_innspill(hus.archive, sak_id=sak, lines=wanted)
        assert stored(hus, sak) == wanted


def test_that_equal_ranks_left_by_an_undo_are_mended(hus: Hus):
    _moete, sak = held(hus)
    lines = [point("En."), point("To.")]
    set_innspill(hus.archive, sak_id=sak, lines=lines)
    with hus.archive.operation("write_innspill") as op:
        op.session.get_one(Innspill, lines[1].id).rekkefoelge = op.session.get_one(
            Innspill, lines[0].id
        ).rekkefoelge
    lines = [*stored(hus, sak), point("Tre.")]
    set_innspill(hus.archive, sak_id=sak, lines=lines)
    assert [line.id for line in stored(hus, sak)] == [line.id for line in lines]
    assert len({row.rekkefoelge for row in hus.rows(Innspill)}) == 3


def test_that_typing_lines_is_one_entry_and_undone_in_one(hus: Hus):
    _moete, sak = held(hus)
    entries, key = len(hus.verbs()), new_line_id()
    for words in ("V", "Vi må", "Vi må nå"):
        set_innspill(hus.archive, sak_id=sak, lines=[point(words, key)], typing=True, paragraph=key)
    hus.archive.seal()
    assert hus.verbs()[entries:] == ["write_innspill"]
    hus.archive.undo()
    assert stored(hus, sak) == ()


def test_that_a_line_that_was_taken_away_comes_back_with_its_key(hus: Hus):
    _moete, sak = held(hus)
    lines = [point("En."), point("To.")]
    set_innspill(hus.archive, sak_id=sak, lines=lines)
    set_innspill(hus.archive, sak_id=sak, lines=lines[:1])
    set_innspill(hus.archive, sak_id=sak, lines=lines)
    assert stored(hus, sak) == tuple(lines)


def test_that_the_one_who_spoke_is_in_no_entry_of_the_log(hus: Hus):
    _moete, sak = held(hus)
    line, kari = point("Dyrt."), hus.key["medlem"]
    set_innspill(hus.archive, sak_id=sak, lines=[line])
    named = InnspillLine(line.id, POINT, 0, line.tekst, kari)
    entries = len(hus.verbs())
    changes = set_innspill(hus.archive, sak_id=sak, lines=[named], typing=True)
    hus.archive.seal()
    assert changes.keys("innspill") == {line.id}
    assert hus.verbs()[entries:] == []
    assert stored(hus, sak)[0].innsender_id == kari


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([point("En.", navngis=True)], "navngis_uten_innsender"),
        ([point("En.", nivaa=9)], "tall_utenfor_omraade"),
        ([point("En.", "a"), point("To.", "a")], "samme_linje_to_ganger"),
    ],
)
def test_that_lines_that_cannot_be_are_refused(hus: Hus, lines, code):
    _moete, sak = held(hus)
    with refused(code):
        set_innspill(hus.archive, sak_id=sak, lines=lines)
    assert stored(hus, sak) == ()


def test_that_no_lines_make_no_saksreferat(hus: Hus):
    _moete, sak = held(hus)
    assert not set_innspill(hus.archive, sak_id=sak, lines=[])
    assert hus.rows(Saksreferat, sak_id=sak) == []


def test_that_an_approved_referat_takes_no_lines_and_no_vedtak(hus: Hus):
    moete, sak = approved(hus)
    with refused("referat_er_godkjent"):
        set_innspill(hus.archive, sak_id=sak, lines=[point("For sent.")])
    with refused("referat_er_godkjent"):
        write_vedtak(hus.archive, sak_id=sak, tree=text("Nei."))
    seen = overview(hus, moete)
    assert seen.approved
    assert seen.godkjent_i


def test_that_adopting_in_a_held_meeting_treats_the_sak_in_one_operation(hus: Hus):
    moete, sak = held(hus)
    adopt_as_proposed(hus.archive, sak_id=sak)
    assert hus.get(Sak, sak).tilstand is SakTilstand.BEHANDLET
    hus.archive.undo()
    assert hus.get(Sak, sak).tilstand is SakTilstand.PAA_DAGSORDEN
    assert hus.rows(Vedtak, sak_id=sak) == []
    assert Saksmerke.BEHANDLET not in marks(hus, moete)


def test_that_a_vedtak_that_is_emptied_is_taken_away(hus: Hus):
    _moete, sak = held(hus)
    write_vedtak(hus.archive, sak_id=sak, tree=text("Rådet støtter planen."))
    assert hus.rows(Vedtak, sak_id=sak)[0].som_foreslaatt
    write_vedtak(hus.archive, sak_id=sak, tree=text("Rådet støtter planen, men."))
    assert not hus.rows(Vedtak, sak_id=sak)[0].som_foreslaatt
    write_vedtak(hus.archive, sak_id=sak, tree=text("  "))
    assert hus.rows(Vedtak, sak_id=sak) == []


def test_that_in_a_meeting_that_is_going_on_a_vedtak_waits_for_the_meeting_to_be_held(hus: Hus):
    moete = hus.plan(OCTOBER)
    first = hus.placed(moete, "Felles journal", forslag_til_vedtak=text("Ja."))
    second, third = hus.placed(moete, "Kodeverk"), hus.placed(moete, "Strøm")
    hus.freeze(moete)
    adopt_as_proposed(hus.archive, sak_id=first)
    set_innspill(hus.archive, sak_id=second, lines=[point("Bra.")])
    assert hus.get(Sak, first).tilstand is SakTilstand.PAA_DAGSORDEN
    hold_with_minutes(hus.archive, moete_id=moete)
    states = [hus.get(Sak, sak).tilstand for sak in (first, second, third)]
    treated, waiting = SakTilstand.BEHANDLET, SakTilstand.PAA_DAGSORDEN
    assert states == [treated, treated, waiting]


def test_that_the_marks_tell_how_far_the_meeting_has_come(hus: Hus):
    moete = hus.empty_plan(OCTOBER)
    saker = [hus.placed(moete, title, forslag_til_vedtak=text("Ja.")) for title in "ABCD"]
    hus.freeze(moete)
    adopt_as_proposed(hus.archive, sak_id=saker[0])
    add_innspill(hus.archive, sak_id=saker[1], tree=text("Bra."))
    write_saksreferat(
        hus.archive, sak_id=saker[2], felt=Referatfelt.INNLEDNING, tree=Tree((text("x").blocks[0],))
    )
    assert marks(hus, moete) == ["behandlet", "i_gang", "i_gang", "ikke_begynt"]
    write_saksreferat(hus.archive, sak_id=saker[2], felt=Referatfelt.INNLEDNING, tree=Tree())
    assert marks(hus, moete)[2] == "ikke_begynt"


def test_that_a_sak_added_in_the_room_takes_the_next_number_where_it_stands(hus: Hus):
    moete = hus.empty_plan(OCTOBER)
    saker = [hus.placed(moete, title) for title in "AB"]
    hus.freeze(moete)
    made = add_sak_in_room(
        hus.archive, moete_id=moete, tittel="Strøm", innmeldt=DAY, after_sak_id=saker[0]
    )
    found = hus.moete(moete)
    assert [sak.id for sak in found.saker] == [saker[0], made.id, saker[1]]
    numbers = [sak.moetesakssekvensnummer for sak in found.saker]
    assert numbers[1] == numbers[2] + 1
    assert hus.archive.undo_label().params["sak"] == found.sak_number(made.id)


def test_that_a_sak_added_before_the_innkalling_has_no_fixed_number(hus: Hus):
    moete = hus.plan(OCTOBER)
    made = add_sak_in_room(
        hus.archive, moete_id=moete, tittel="Strøm", innmeldt=DAY, after_sak_id=None
    )
    assert hus.get(Sak, made.id).moetesakssekvensnummer is None
    assert [sak.id for sak in hus.moete(moete).saker][-2] == made.id


@pytest.mark.parametrize(
    ("taken", "after", "order"), [(3, 0, "ADBC"), (0, 2, "BCAD"), (2, None, "CABD")]
)
def test_that_a_sak_taken_out_of_order_keeps_its_number(hus: Hus, taken, after, order):
    moete = hus.empty_plan(OCTOBER)
    saker = [hus.placed(moete, title) for title in "ABCD"]
    hus.freeze(moete)
    number = hus.moete(moete).sak_number(saker[taken])
    take_sak_now(
        hus.archive, sak_id=saker[taken], after_sak_id=None if after is None else saker[after]
    )
    assert [sak.tittel for sak in hus.moete(moete).saker] == list(order)
    assert hus.moete(moete).sak_number(saker[taken]) == number


def test_that_the_presenters_are_proposed_as_the_introduction(hus: Hus):
    _moete, sak = held(hus)
    set_roles(
        hus.archive,
        sak_id=sak,
        rolle=Rolle.PRESENTATOER,
        deltar=[Deltar(hus.key["leder"]), Deltar(None, hus.key["kommunen"])],
    )
    with hus.archive.read() as session:
        said = load_sak_minutes(session, sak)
    assert said.foreslaatt_innledning.endswith(" orienterte om saken.")
    assert [part.title in said.foreslaatt_innledning for part in said.presenters] == [True, True]
    assert words_of(said.innledning) == ""


def test_that_the_introduction_is_proposed_in_the_language_of_the_utvalg():
    kari = Part("k", "ks", "Kari Nordmann", "KS")
    assert presented((kari,), Maalform.NN) == "Kari Nordmann (KS) orienterte om saka."
    assert presented((), Maalform.NB) == ""


def test_that_those_who_are_there_are_offered_first_and_the_absent_not_at_all(hus: Hus):
    moete, _sak = held(hus)
    attend(hus, moete, "medlem", status=Oppmoetestatus.DIGITALT)
    attend(hus, moete, "leder", status=Oppmoetestatus.FORFALL)
    with hus.archive.read() as session:
        found = load_speakers(session, moete)
    assert found[0].person_id == hus.key["medlem"]
    assert hus.key["leder"] not in {one.person_id for one in found}


ACTORS = (
    Actor("ks", ("KS", "Kommunesektorens organisasjon"), "organisasjon"),
    Actor("kari", ("Kari Nordmann",), "person"),
)
READER = LineReader(ACTORS, {"ks": "KS", "kari": "Kari Nordmann"}, DAY, dt.date(2023, 12, 14))


@pytest.mark.parametrize(
    ("line", "task", "who", "when"),
    [
        ("KS sender utkast innen 15. januar", "KS sender utkast.", "KS", dt.date(2024, 1, 15)),
        ("KS: sende utkast innen 15.1.", "Sende utkast.", "KS", dt.date(2024, 1, 15)),
        ("sende utkast (KS, 15.1.)", "Sende utkast.", "KS", dt.date(2024, 1, 15)),
        ("Sende utkast – Kari", "Sende utkast.", "Kari Nordmann", None),
        ("utkastet sendes av KS", "Utkastet sendes av KS.", "KS", None),
        ("Kari og KS: lage plan", "Kari og KS: lage plan.", "Kari Nordmann", None),
        ("Hvem ringer?", "Hvem ringer?", "", None),
        ("KS", "KS.", "KS", None),
        ("innen 15. januar", "Innen 15. januar.", "", dt.date(2024, 1, 15)),
        ("  ", "", "", None),
    ],
)
def test_that_an_aksjonspunkt_is_what_is_to_be_done_by_whom_and_when(line, task, who, when):
    found = READER.read(line)
    assert (found.tekst, found.ansvarlig, found.frist) == (task, who, when)


@given(st.text(st.sampled_from("KSa: (),.–1Kari innen 5januar\n"), max_size=40))
def test_that_any_line_can_be_read_and_its_task_is_empty_for_blank_lines_alone(line):
    assert bool(READER.read(line).tekst) == bool(line.strip())


def test_that_the_actors_are_the_archives_and_the_day_is_the_meetings(hus: Hus):
    moete, _sak = held(hus)
    hus.plan(dt.date(2023, 12, 14))
    with hus.archive.read() as session:
        reader = load_line_reader(session, moete)
    assert (reader.today, reader.next_meeting) == (DAY, dt.date(2023, 12, 14))
    assert {actor.key for actor in reader.actors} >= {hus.key["kommunen"], hus.key["leder"]}
    assert reader.names[hus.key["kommunen"]]
