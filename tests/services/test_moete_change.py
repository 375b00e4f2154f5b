"""Days that go, and a meeting that is changed in one gesture."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.kinds import Moeteform
from desktop.services.errors import ServiceError
from desktop.services.moete_change import PlannedDay, _in_safe_order, rework_moete
from desktop.services.moete_lists import moete_head, moeter_of
from desktop.services.moete_proposal import day_facts, frame_of
from desktop.services.moeter import Dag, cancel_moete, remove_dag
from tests.services.hus import FOUR, TEN, Hus

FIRST, SECOND = dt.date(2023, 10, 4), dt.date(2023, 10, 5)
NINE = dt.time(9)


def refused(code: str):
    return pytest.raises(ServiceError, match=code)


def dates(hus: Hus, moete: str) -> list[dt.date]:
    return [day.dato for day in hus.moete(moete).rows.dager]


def rework(hus: Hus, moete: str, *dager: PlannedDay):
    return rework_moete(
        hus.archive,
        moete_id=moete,
        dager=dager,
        form=Moeteform.FYSISK,
        sted="Her",
        digital_lenke=None,
        moeteleder_id=None,
        referent_id=None,
    )


def test_that_an_empty_day_is_removed_and_comes_back_by_undo(hus: Hus):
    moete = hus.empty_plan(FIRST, SECOND)
    remove_dag(hus.archive, moetedag_id=hus.days(moete)[1])
    assert dates(hus, moete) == [FIRST]
    hus.archive.undo()
    assert dates(hus, moete) == [FIRST, SECOND]


def test_that_a_day_with_rows_and_the_only_day_stay(hus: Hus):
    moete = hus.plan(FIRST, SECOND)
    with refused("dag_har_dagsorden"):
        remove_dag(hus.archive, moetedag_id=hus.days(moete)[1])
    alone = hus.empty_plan(dt.date(2023, 11, 1))
    with refused("moete_uten_dag"):
        remove_dag(hus.archive, moetedag_id=hus.days(alone)[0])


def test_that_a_cancelled_meeting_keeps_its_days(hus: Hus):
    moete = hus.empty_plan(FIRST, SECOND)
    cancel_moete(hus.archive, moete_id=moete)
    with refused("moete_er_slutt"):
        remove_dag(hus.archive, moetedag_id=hus.days(moete)[1])


def test_that_removing_the_first_day_moves_a_meeting_to_the_year_of_the_next(hus: Hus):
    moete = hus.empty_plan(dt.date(2023, 12, 31), dt.date(2024, 1, 1))
    remove_dag(hus.archive, moetedag_id=hus.days(moete)[0])
    assert hus.moete(moete).meeting_number() == "1/2024"


def test_that_a_new_day_takes_the_place_of_a_removed_one_with_its_rows(hus: Hus):
    moete = hus.plan(FIRST)
    agenda = hus.agenda(moete)
    rework(hus, moete, PlannedDay(None, Dag(SECOND, TEN, FOUR)))
    assert (dates(hus, moete), hus.agenda(moete)) == ([SECOND], agenda)


def test_that_a_refused_change_of_a_day_changes_nothing_of_the_frame(hus: Hus):
    moete = hus.plan(FIRST, SECOND)
    first = hus.days(moete)[0]
    with refused("dag_har_dagsorden"):
        rework(hus, moete, PlannedDay(first, Dag(dt.date(2023, 10, 9), TEN, FOUR)))
    assert dates(hus, moete) == [FIRST, SECOND]
    assert hus.moete(moete).rows.moete.sted != "Her"


@given(st.lists(st.integers(0, 6), min_size=1, max_size=5, unique=True), st.integers(1, 5))
def test_that_days_moved_alike_never_take_a_date_another_has_yet_to_leave(places, step):
    stored = {f"d{place}": FIRST + dt.timedelta(days=place) for place in places}
    wanted = [
        PlannedDay(key, Dag(date + dt.timedelta(days=step), TEN, FOUR))
        for key, date in stored.items()
    ]
    held = dict(stored)
    for day in _in_safe_order(wanted, stored):
        assert day.dag.dato not in {date for key, date in held.items() if key != day.key}
        held[day.key] = day.dag.dato
    assert held == {day.key: day.dag.dato for day in wanted}


def test_that_the_number_shown_before_planning_is_the_one_the_meeting_gets(hus: Hus):
    hus.empty_plan(dt.date(2023, 12, 1))
    raad = hus.key["raad"]
    with hus.archive.read() as session:
        facts = day_facts(session, raad, FIRST, TEN)
    moete = hus.plan(FIRST)
    assert hus.moete(moete).meeting_number() == facts.nummer
    assert [post.tittel for post in facts.fastposter] == hus.agenda(moete)


def test_that_a_first_meeting_is_proposed_by_the_utvalg_and_the_next_by_the_last(hus: Hus):
    raad = hus.key["raad"]
    with hus.archive.read() as session:
        assert frame_of(session, raad).moeteleder_id is None
    moete = hus.empty_plan(FIRST, sted="Tromsø", form=Moeteform.HYBRID)
    rework(hus, moete, PlannedDay(hus.days(moete)[0], Dag(FIRST, NINE, FOUR)))
    with hus.archive.read() as session:
        frame = frame_of(session, raad)
    assert (frame.fra, frame.til, frame.sted) == (NINE, FOUR, "Her")


def test_that_a_meeting_cancelled_before_it_had_a_number_has_none_in_the_list(hus: Hus):
    moete = hus.empty_plan(FIRST)
    cancel_moete(hus.archive, moete_id=moete)
    with hus.archive.read() as session:
        rows = moeter_of(session, hus.key["raad"], 2023)
        head = moete_head(session, moete)
    assert [(row.nummer, row.foreloepig) for row in rows] == [("", False)]
    assert (head.kan_endres, head.steps) == (False, frozenset())
