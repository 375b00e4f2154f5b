from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.deadlines import days_left, deadline_after, is_overdue, is_working_day
from desktop.rules.errors import RuleError

FRIDAY = date(2023, 12, 15)
days = st.dates(date(2000, 1, 1), date(2079, 12, 31))


def test_that_a_deadline_moves_off_the_weekend():
    assert deadline_after(FRIDAY, 0) == FRIDAY
    assert deadline_after(FRIDAY, 1) == date(2023, 12, 18)
    assert deadline_after(FRIDAY, 2) == date(2023, 12, 18)


def test_that_a_deadline_moves_off_holidays():
    holidays = {date(2023, 12, 25), date(2023, 12, 26)}
    assert deadline_after(FRIDAY, 8, holidays) == date(2023, 12, 27)


@pytest.mark.parametrize(
    ("start", "ahead", "code"),
    [
        (FRIDAY, -1, "frist_dager_er_negativt"),
        (date.max, 1, "frist_utenfor_kalenderen"),
        (FRIDAY, 10**12, "frist_utenfor_kalenderen"),
    ],
)
def test_that_an_impossible_deadline_is_refused(start, ahead, code):
    with pytest.raises(RuleError) as caught:
        deadline_after(start, ahead)
    assert caught.value.code == code


@given(days, st.integers(0, 400), st.frozensets(days, max_size=5))
def test_that_a_deadline_is_the_first_working_day_from_there(start, ahead, holidays):
    deadline = deadline_after(start, ahead, holidays)
    assert is_working_day(deadline, holidays)
    asked = start + timedelta(days=ahead)
    skipped = [asked + timedelta(days=n) for n in range((deadline - asked).days)]
    assert not any(is_working_day(day, holidays) for day in skipped)


def test_that_a_deadline_holds_to_the_end_of_its_day():
    assert not is_overdue(FRIDAY, FRIDAY)
    assert is_overdue(FRIDAY, FRIDAY + timedelta(days=1))
    assert not is_overdue(FRIDAY, FRIDAY + timedelta(days=1), done=True)
    assert not is_overdue(None, FRIDAY)


@given(days, days)
def test_that_overdue_means_less_than_no_days_left(deadline, today):
    assert is_overdue(deadline, today) == (days_left(deadline, today) < 0)
