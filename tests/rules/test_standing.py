"""How urgent a commitment is."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.standing import Standing, standing
from desktop.rules.states import OppfoelgingTilstand

TODAY, MEETING = dt.date(2023, 12, 1), dt.date(2023, 12, 14)
DATES = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        (dt.date(2023, 11, 30), Standing.FORFALT),
        (TODAY, Standing.FOER_MOETET),
        (MEETING, Standing.FOER_MOETET),
        (dt.date(2023, 12, 15), Standing.AAPEN),
        (None, Standing.AAPEN),
    ],
)
def test_that_a_deadline_counts_to_the_end_of_its_day_and_of_the_meetings(deadline, expected):
    found = standing(OppfoelgingTilstand.PAAGAAR, deadline, today=TODAY, next_meeting=MEETING)
    assert found is expected


def test_that_without_a_next_meeting_nothing_is_due_before_it():
    found = standing(OppfoelgingTilstand.AAPEN, MEETING, today=TODAY, next_meeting=None)
    assert found is Standing.AAPEN


@given(
    st.sampled_from([OppfoelgingTilstand.FERDIG, OppfoelgingTilstand.BORTFALT]),
    st.none() | DATES,
    DATES,
    st.none() | DATES,
)
def test_that_what_is_over_is_never_urgent(state, deadline, today, meeting):
    assert standing(state, deadline, today=today, next_meeting=meeting) is Standing.FERDIG


@given(DATES, DATES, st.none() | DATES)
def test_that_a_later_deadline_is_never_more_urgent(deadline, today, meeting):
    def at(day):
        return standing(OppfoelgingTilstand.AAPEN, day, today=today, next_meeting=meeting)

    assert at(deadline) <= at(deadline + dt.timedelta(days=1))
