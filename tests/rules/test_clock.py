from datetime import UTC, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.clock import ClockRow, changed_starts, clock_day, minutes_of, time_of
from desktop.rules.errors import RuleError

DAY = [
    ("28/23", 5, "10:00"), ("29/23", 10, "10:05"), ("30/23", 10, "10:15"), ("31/23", 30, "10:25"),
    ("32/23", 40, "10:55"), ("33/23", 30, "11:35"), ("Lunsj", 30, "12:05"), ("34/23", 40, "12:35"),
    ("Pause", 15, "13:15"), ("35/23", 30, "13:30"), ("36/23", 30, "14:00"),
    ("Pause 2", 15, "14:30"), ("37/23", 30, "14:45"), ("38/23", 35, "15:15"),
    ("39/23", 10, "15:50"),
]  # fmt: skip


def code_of(call, *args, **kwargs):
    with pytest.raises(RuleError) as caught:
        call(*args, **kwargs)
    return caught.value


def starts(day):
    return [row.start for row in day.rows]


def test_that_14_december_2023_runs_as_published():
    day = clock_day(time(10), [ClockRow(key, minutes) for key, minutes, _ in DAY], time(16))
    assert [f"{start:%H:%M}" for start in starts(day)] == [shown for _, _, shown in DAY]
    assert (day.end, day.overrun, day.slack) == (time(16), 0, 0)


def test_that_what_runs_past_a_fixed_time_is_its_overrun():
    day = clock_day(time(9), [ClockRow("a", 75), ClockRow("lunsj", 30, time(10)), ClockRow("b", 5)])
    assert (day.rows[1].overrun, day.rows[1].gap) == (15, 0)
    assert starts(day) == [time(9), time(10), time(10, 30)]


def test_that_idle_time_before_a_fixed_time_is_its_gap():
    day = clock_day(time(9), [ClockRow("a", 45), ClockRow("lunsj", None, time(10)), ClockRow("b")])
    assert (day.rows[1].overrun, day.rows[1].gap) == (0, 15)
    assert starts(day) == [time(9), time(10), time(10)]


def test_that_a_row_without_duration_lasts_no_time():
    day = clock_day(time(9), [ClockRow("a"), ClockRow("b", 10)])
    assert (day.rows[0].end, day.rows[1].start) == (time(9), time(9))


def test_that_a_withdrawn_row_keeps_its_place_and_takes_no_time():
    day = clock_day(
        time(9),
        [ClockRow("a", 10), ClockRow("w", 30, time(12), takes_time=False), ClockRow("b", 5)],
    )
    assert [row.key for row in day.rows] == ["a", "w", "b"]
    assert (day.rows[1].start, day.rows[1].end) == (None, None)
    assert day.rows[2].start == time(9, 10)


def test_that_overrun_and_slack_are_measured_against_the_planned_end():
    rows = [ClockRow("a", 90)]
    assert clock_day(time(9), rows, time(10)).overrun == 30
    assert clock_day(time(9), rows, time(11)).slack == 30
    unplanned = clock_day(time(9), rows)
    assert (unplanned.overrun, unplanned.slack) == (0, 0)


def test_that_an_empty_day_ends_as_it_starts():
    day = clock_day(time(9), [], time(15))
    assert (day.rows, day.end, day.slack) == ((), time(9), 360)


def test_that_the_day_ends_with_its_latest_row_when_fixed_times_go_backwards():
    day = clock_day(time(9), [ClockRow("a", 60, time(12)), ClockRow("b", 10, time(10))])
    assert day.end == time(13)
    assert day.rows[1].overrun == 180


def test_that_a_day_that_passes_midnight_is_an_error():
    error = code_of(clock_day, time(22), [ClockRow("a", 60), ClockRow("b", 61)])
    assert error.code == "doegnet_er_passert"
    assert error.params == {"key": "b", "minutes": 1}
    assert code_of(clock_day, time(23), [ClockRow("a", 60)]).params["minutes"] == 0
    assert clock_day(time(23), [ClockRow("a", 59)]).end == time(23, 59)


def test_that_unsound_times_are_refused():
    assert code_of(clock_day, time(9), [ClockRow("a", -1)]).code == "varighet_er_negativ"
    assert code_of(clock_day, time(9), [], time(8, 59)).code == "slutt_foer_start"
    for unsound in (time(9, 0, 1), time(9, 0, 0, 1), time(9, tzinfo=UTC)):
        assert code_of(clock_day, unsound, []).code == "klokkeslett_er_ikke_hele_minutter"


def test_that_a_start_that_moved_after_sending_is_named():
    sent = {"a": time(9), "b": time(9, 10), "w": time(9, 20)}
    now = clock_day(
        time(9),
        [ClockRow("a", 15), ClockRow("b", 5), ClockRow("w", takes_time=False), ClockRow("n")],
    )
    assert changed_starts(sent, now) == {"b", "w"}


@given(st.integers(0, 24 * 60 - 1))
def test_that_minutes_and_clock_times_are_inverse(minutes):
    assert minutes_of(time_of(minutes)) == minutes


times = st.integers(0, 24 * 60 - 1).map(time_of)
clock_rows = st.builds(
    ClockRow,
    st.uuids().map(str),
    st.none() | st.integers(0, 90),
    st.none() | times,
    st.booleans(),
)


@given(times, st.lists(clock_rows, max_size=15), st.none() | times)
def test_that_every_clocked_day_is_sound(start, rows, end):
    try:
        day = clock_day(start, rows, end)
    except RuleError as error:
        refused = error.code
    else:
        refused = None
    if refused is not None:
        assert refused in {"doegnet_er_passert", "slutt_foer_start"}
        return
    assert [row.key for row in day.rows] == [row.key for row in rows]
    now = minutes_of(start)
    for row, clocked in zip(rows, day.rows, strict=True):
        if clocked.start is None:
            assert not row.takes_time
            continue
        begins, ends = minutes_of(clocked.start), minutes_of(clocked.end)
        assert ends - begins == (row.minutes or 0)
        assert begins == now + clocked.gap - clocked.overrun
        assert row.fixed is None or row.fixed == clocked.start
        assert row.fixed is not None or clocked.gap == clocked.overrun == 0
        assert clocked.gap == 0 or clocked.overrun == 0
        now = ends
    if end is not None:
        assert minutes_of(end) - minutes_of(day.end) == day.slack - day.overrun


@given(times, st.lists(st.integers(0, 40), max_size=15))
def test_that_a_day_without_fixed_times_lasts_the_sum_of_its_rows(start, durations):
    rows = [ClockRow(str(place), minutes) for place, minutes in enumerate(durations)]
    total = minutes_of(start) + sum(durations)
    if total < 24 * 60:
        assert minutes_of(clock_day(start, rows).end) == total
    else:
        error = code_of(clock_day, start, rows)
        assert error.code == "doegnet_er_passert"
