from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.errors import RuleError
from desktop.rules.numbering import (
    AssignedNumber,
    PlacedMeeting,
    PlacedSak,
    SeriesState,
    assign_meeting_numbers,
    assign_sak_numbers,
    meeting_number_to_freeze,
    next_number,
    number_to_take_up,
    numbers_to_freeze,
    unsent_before,
)

OCTOBER = date(2023, 10, 4)
DECEMBER = date(2023, 12, 14)


def saker(*keys, **fixed):
    return tuple(PlacedSak(key, fixed.get(key)) for key in keys)


def shown(assigned):
    return {key: (value.number, value.provisional) for key, value in assigned.items()}


def code_of(call, *args):
    with pytest.raises(RuleError) as caught:
        call(*args)
    return caught.value.code


def test_that_a_series_that_starts_at_17_gives_17_first():
    meeting = PlacedMeeting("m3", OCTOBER, saker=saker("a", "b"))
    assert next_number(SeriesState(first=17)) == 17
    assert numbers_to_freeze(SeriesState(first=17), [meeting], "m3") == {"a": 17, "b": 18}


def test_that_the_next_number_is_the_highest_fixed_plus_one_and_gaps_stay():
    assert next_number(SeriesState(first=17, fixed=frozenset({17, 20}))) == 21


def test_that_a_first_number_above_all_fixed_ones_counts():
    assert next_number(SeriesState(first=17, fixed=frozenset({3}))) == 17


def test_that_a_new_year_starts_its_own_series():
    meeting = PlacedMeeting("m1", date(2024, 2, 1), saker=saker("a"))
    assert shown(assign_sak_numbers(SeriesState(), [meeting])) == {"a": (1, True)}


def test_that_unsent_meetings_number_on_from_each_other_in_date_order():
    december = PlacedMeeting("a-dec", DECEMBER, saker=saker("c", "d"))
    october = PlacedMeeting("z-oct", OCTOBER, saker=saker("a", "b"))
    assert shown(assign_sak_numbers(SeriesState(17), [december, october])) == {
        "a": (17, True),
        "b": (18, True),
        "c": (19, True),
        "d": (20, True),
    }


def test_that_two_meetings_of_one_day_go_by_start_time():
    late = PlacedMeeting("a", OCTOBER, saker=saker("x"), start=time(14))
    early = PlacedMeeting("b", OCTOBER, saker=saker("y"), start=time(9))
    assert shown(assign_sak_numbers(SeriesState(), [late, early])) == {
        "y": (1, True),
        "x": (2, True),
    }


def test_that_fixed_numbers_stay_when_the_agenda_is_reordered():
    meeting = PlacedMeeting("m", OCTOBER, True, saker("b", "a", a=17, b=18))
    assert shown(assign_sak_numbers(SeriesState(17), [meeting])) == {
        "a": (17, False),
        "b": (18, False),
    }


def test_that_a_late_sak_goes_before_the_saker_of_unsent_meetings():
    sent = PlacedMeeting("m4", DECEMBER, True, saker("late", "a", a=28))
    unsent = PlacedMeeting("m3", OCTOBER, saker=saker("b"))
    assert shown(assign_sak_numbers(SeriesState(), [unsent, sent])) == {
        "a": (28, False),
        "late": (29, True),
        "b": (30, True),
    }


def test_that_late_saker_go_by_meeting_date_and_agenda_order():
    first = PlacedMeeting("m3", OCTOBER, True, saker("x", "a", "y", a=1))
    second = PlacedMeeting("m4", DECEMBER, True, saker("z", "b", b=2))
    assert shown(assign_sak_numbers(SeriesState(), [second, first])) == {
        "a": (1, False),
        "b": (2, False),
        "x": (3, True),
        "y": (4, True),
        "z": (5, True),
    }


def test_that_a_withdrawn_sak_keeps_its_number():
    withdrawn = PlacedSak("a", 28, counts=False)
    meeting = PlacedMeeting("m", DECEMBER, True, (withdrawn, PlacedSak("late")))
    assert shown(assign_sak_numbers(SeriesState(), [meeting])) == {
        "a": (28, False),
        "late": (29, True),
    }


def test_that_a_late_sak_that_is_withdrawn_takes_no_number():
    meeting = PlacedMeeting("m", DECEMBER, True, (PlacedSak("a", 28), PlacedSak("b", counts=False)))
    assert shown(assign_sak_numbers(SeriesState(), [meeting])) == {"a": (28, False)}
    assert numbers_to_freeze(SeriesState(), [meeting], "m") == {}


def test_that_a_cancelled_meeting_keeps_its_numbers_and_gives_none():
    meeting = PlacedMeeting("m", DECEMBER, True, saker("a", "late", a=28), fixed=4, counts=False)
    later = PlacedMeeting("n", DECEMBER, saker=saker("b"))
    assert shown(assign_sak_numbers(SeriesState(), [meeting, later])) == {
        "a": (28, False),
        "b": (29, True),
    }
    assert shown(assign_meeting_numbers(SeriesState(), [meeting, later])) == {
        "m": (4, False),
        "n": (5, True),
    }
    assert code_of(numbers_to_freeze, SeriesState(), [meeting], "m") == (
        "moete_avlyst_faar_ikke_nummer"
    )
    assert code_of(meeting_number_to_freeze, SeriesState(), [meeting], "m") == (
        "moete_avlyst_faar_ikke_nummer"
    )


def test_that_a_meeting_cancelled_before_it_was_sent_uses_no_number():
    cancelled = PlacedMeeting("c", OCTOBER, saker=saker("a"), counts=False)
    later = PlacedMeeting("n", DECEMBER, saker=saker("b"))
    assert shown(assign_meeting_numbers(SeriesState(), [cancelled, later])) == {"n": (1, True)}
    assert shown(assign_sak_numbers(SeriesState(), [cancelled, later])) == {"b": (1, True)}
    assert unsent_before([cancelled, later], "n") == ()


def test_that_what_freezes_first_is_numbered_first():
    october = PlacedMeeting("oct", OCTOBER, saker=saker("a"))
    december = PlacedMeeting("dec", DECEMBER, saker=saker("b"))
    meetings = [october, december]
    assert numbers_to_freeze(SeriesState(17), meetings, "dec") == {"b": 17}
    assert meeting_number_to_freeze(SeriesState(), meetings, "dec") == 1
    assert unsent_before(meetings, "dec") == ("oct",)
    assert unsent_before(meetings, "oct") == ()


def test_that_an_updated_innkalling_numbers_the_late_saker_of_its_meeting_alone():
    sent = PlacedMeeting("m", DECEMBER, True, saker("x", "a", "y", a=28))
    other = PlacedMeeting("o", OCTOBER, True, saker("z"))
    assert numbers_to_freeze(SeriesState(), [sent, other], "m") == {"x": 29, "y": 30}


def test_that_a_late_sak_taken_up_takes_the_next_number_wherever_it_stands():
    sent = PlacedMeeting("m", DECEMBER, True, saker("x", "a", "y", a=28))
    other = PlacedMeeting("o", date(2023, 12, 20), True, saker("b", b=29))
    assert number_to_take_up(SeriesState(), [sent, other], "y") == 30


def test_that_only_a_waiting_sak_of_a_sent_meeting_is_taken_up():
    def taking(meeting):
        return code_of(number_to_take_up, SeriesState(), [meeting], "a")

    sent = PlacedMeeting("m", DECEMBER, True, saker("a"))
    assert taking(replace(sent, saker=saker("a", a=3))) == "sak_har_allerede_nummer"
    assert taking(replace(sent, frozen=False)) == "innkalling_er_ikke_ferdigstilt"
    assert taking(replace(sent, counts=False)) == "sak_uten_plass_tas_ikke_opp"
    withdrawn = (PlacedSak("a", counts=False),)
    assert taking(replace(sent, saker=withdrawn)) == "sak_uten_plass_tas_ikke_opp"


def test_that_meetings_are_numbered_in_date_order_after_the_fixed_ones():
    meetings = [
        PlacedMeeting("c", date(2023, 12, 14)),
        PlacedMeeting("a", date(2023, 3, 1), True, fixed=1),
        PlacedMeeting("b", date(2023, 2, 1)),
    ]
    assert shown(assign_meeting_numbers(SeriesState(), meetings)) == {
        "a": (1, False),
        "b": (2, True),
        "c": (3, True),
    }
    assert meeting_number_to_freeze(SeriesState(), meetings, "a") == 1
    assert meeting_number_to_freeze(SeriesState(), meetings, "c") == 2


def test_that_a_series_that_is_unsound_is_refused():
    assert code_of(SeriesState, 0) == "serie_starter_for_lavt"
    assert code_of(SeriesState, 1, frozenset({0})) == "nummer_utenfor_omraade"
    twice = PlacedMeeting("m", OCTOBER, True, saker("a", "b", a=1, b=1))
    assert code_of(assign_sak_numbers, SeriesState(), [twice]) == "nummer_gitt_to_ganger"
    one = PlacedMeeting("m", OCTOBER, saker=saker("a", "a"))
    assert code_of(assign_sak_numbers, SeriesState(), [one]) == "plassert_to_ganger"
    assert code_of(numbers_to_freeze, SeriesState(), [one, one], "m") == "plassert_to_ganger"


@st.composite
def years_of_meetings(draw):
    """Draw a sound year: unique keys, unique fixed numbers."""
    free = iter(draw(st.permutations(range(1, 40))))
    keys = iter(range(1000))
    meetings = []
    for place in range(draw(st.integers(0, 5))):
        frozen = draw(st.booleans())
        rows = tuple(
            PlacedSak(
                f"s{next(keys)}",
                next(free) if frozen and draw(st.booleans()) else None,
                draw(st.booleans()),
            )
            for _ in range(draw(st.integers(0, 5)))
        )
        day = draw(st.dates(date(2023, 1, 1), date(2023, 1, 5)))
        meetings.append(PlacedMeeting(f"m{place}", day, frozen, rows, counts=draw(st.booleans())))
    gone = draw(st.frozensets(st.integers(1, 40), max_size=4))
    return SeriesState(draw(st.integers(1, 30)), gone), tuple(meetings)


@given(years_of_meetings(), st.randoms(use_true_random=False))
def test_that_the_order_in_which_meetings_are_given_does_not_matter(year, random):
    series, meetings = year
    shuffled = random.sample(meetings, len(meetings))
    assert assign_sak_numbers(series, shuffled) == assign_sak_numbers(series, meetings)
    assert assign_meeting_numbers(series, shuffled) == assign_meeting_numbers(series, meetings)


@given(years_of_meetings())
def test_that_provisional_numbers_follow_the_highest_fixed_without_gaps(year):
    series, meetings = year
    assigned = assign_sak_numbers(series, meetings)
    fixed = series.fixed | {n.number for n in assigned.values() if not n.provisional}
    provisional = sorted(n.number for n in assigned.values() if n.provisional)
    start = max([series.first, *(number + 1 for number in fixed)])
    assert provisional == list(range(start, start + len(provisional)))


@given(years_of_meetings())
def test_that_freezing_all_in_order_gives_the_provisional_numbers(year):
    series, meetings = year
    promised = assign_sak_numbers(series, meetings)
    order = sorted(meetings, key=lambda m: (not m.frozen, m.date, m.key))
    for meeting in order:
        if not meeting.counts:
            continue
        given_now = numbers_to_freeze(series, meetings, meeting.key)
        meetings = tuple(
            replace(
                other,
                frozen=True,
                saker=tuple(replace(s, fixed=given_now.get(s.key, s.fixed)) for s in other.saker),
            )
            if other.key == meeting.key
            else other
            for other in meetings
        )
    final = assign_sak_numbers(series, meetings)
    assert final == {key: AssignedNumber(n.number, False) for key, n in promised.items()}
