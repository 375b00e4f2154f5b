from __future__ import annotations

from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from babel.core import Locale
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n.dates import (
    clock_range,
    column_clock,
    date_range,
    long_date,
    long_date_with_weekday,
    numeric_date,
    prose_clock,
)
from desktop.i18n.lists import join_names
from desktop.i18n.locales import month_names, weekday_names
from desktop.i18n.parsing import UnreadableTextError, parse_clock, parse_date

DAYS = st.dates(date(1980, 1, 1), date(2079, 12, 31))


def test_that_running_text_has_the_month_in_words_and_tables_have_figures():
    assert long_date(date(2023, 12, 14)) == "14. desember 2023"
    assert numeric_date(date(2023, 2, 4)) == "04.02.2023"


def test_that_weekdays_are_those_of_the_language():
    days = [date(2024, 1, day) for day in range(1, 8)]
    assert [long_date_with_weekday(day, "nn").split()[0] for day in days] == [
        "måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"
    ]  # fmt: skip
    assert long_date_with_weekday(days[1], "nb") == "tirsdag 2. januar 2024"


def test_that_a_clock_has_a_colon_in_columns_and_a_point_in_prose():
    assert column_clock(time(9, 5)) == "09:05"
    assert prose_clock(time(9, 5)) == "09.05"


def test_that_a_clock_range_has_an_en_dash_without_spaces():
    assert clock_range(time(10), time(16)) == "kl. 10.00–16.00"
    assert clock_range(time(10), time(16), capitalised=True) == "Kl. 10.00–16.00"


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ([(2023, 12, 14)], "14. desember 2023"),
        ([(2024, 10, 18), (2024, 10, 17)], "17.–18. oktober 2024"),
        ([(2024, 9, 30), (2024, 10, 1)], "30. september–1. oktober 2024"),
        ([(2024, 12, 31), (2025, 1, 1)], "31. desember 2024–1. januar 2025"),
        ([(2023, 10, 3), (2023, 10, 5)], "3. og 5. oktober 2023"),
        ([(2023, 10, 3), (2023, 10, 5), (2023, 10, 9)], "3., 5. og 9. oktober 2023"),
        ([(2023, 10, 3), (2023, 10, 4), (2023, 11, 6)], "3.–4. oktober og 6. november 2023"),
        ([(2023, 12, 29), (2024, 1, 3)], "29. desember 2023 og 3. januar 2024"),
        ([(2023, 10, 3), (2023, 10, 3)], "3. oktober 2023"),
        ([], ""),
    ],
)
def test_that_the_days_of_a_meeting_share_month_and_year(days, shown):
    assert date_range([date(*day) for day in days]) == shown


@given(DAYS, st.integers(0, 40))
def test_that_a_range_of_days_names_its_last_day_in_full(first, length):
    days = [first + timedelta(days=step) for step in range(length + 1)]
    shown = date_range(days)
    assert shown.endswith(long_date(days[-1]))
    assert shown.count("–") == (1 if length else 0)


@pytest.mark.parametrize(
    "text",
    [
        "14.12.23", "14.12.2023", " 14. 12. 2023 ", "14/12/2023", "14-12-23", "14. desember 2023",
        "14 des 2023", "14. DES. 23", "torsdag 14. desember 2023", "Torsd. den 14. desember 2023",
        "2023-12-14",
    ],
)  # fmt: skip
def test_that_a_date_is_read_as_norwegians_write_it(text):
    assert parse_date(text) == date(2023, 12, 14)


@given(DAYS, st.sampled_from(["nb", "nn"]))
def test_that_a_date_that_was_written_is_read_back(day, maalform):
    shown = (
        long_date(day, maalform),
        long_date_with_weekday(day, maalform),
        numeric_date(day),
        day.isoformat(),
    )
    assert {parse_date(text) for text in shown} == {day}


def test_that_a_date_without_year_is_the_one_nearest_to_the_day_given():
    assert parse_date("15. januar", near=date(2023, 11, 20)) == date(2024, 1, 15)
    assert parse_date("14.12.", near=date(2024, 1, 3)) == date(2023, 12, 14)
    assert parse_date("4. okt", near=date(2023, 11, 20)) == date(2023, 10, 4)
    assert parse_date("29. februar", near=date(2023, 11, 1)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31.11.2023", "dato_finnes_ikke"),
        ("29. februar 2023", "dato_finnes_ikke"),
        ("0.1.2023", "dato_finnes_ikke"),
        ("14. des", "dato_uten_aar"),
        ("14. foobar 2023", "dato_uleselig"),
        ("i morgen", "dato_uleselig"),
        ("", "dato_uleselig"),
        ("14.12.202", "dato_uleselig"),
    ],
)
def test_that_what_is_no_date_is_refused_with_its_reason(text, code):
    with pytest.raises(UnreadableTextError) as caught:
        parse_date(text)
    assert caught.value.code == code
    assert text.strip() in str(caught.value)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("kl 10", time(10)), ("Kl. 10.30", time(10, 30)), ("1000", time(10)), ("10.00", time(10)),
        ("10:05", time(10, 5)), ("9", time(9)), ("930", time(9, 30)), ("klokka 0.00", time(0)),
    ],
)  # fmt: skip
def test_that_a_clock_time_is_read_as_norwegians_write_it(text, clock):
    assert parse_clock(text) == clock


@given(st.times().map(lambda clock: clock.replace(second=0, microsecond=0)))
def test_that_a_clock_time_that_was_written_is_read_back(clock):
    assert {parse_clock(text) for text in (column_clock(clock), prose_clock(clock))} == {clock}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("24.00", "klokkeslett_finnes_ikke"),
        ("1075", "klokkeslett_finnes_ikke"),
        ("ti", "klokkeslett_uleselig"),
        ("10.0", "klokkeslett_uleselig"),
        ("", "klokkeslett_uleselig"),
        ("٩", "klokkeslett_uleselig"),
    ],
)
def test_that_what_is_no_clock_time_is_refused_with_its_reason(text, code):
    with pytest.raises(UnreadableTextError) as caught:
        parse_clock(text)
    assert caught.value.code == code


@given(st.text(max_size=25))
def test_that_any_text_is_a_date_and_a_clock_or_refused_as_unreadable(text):
    with suppress(UnreadableTextError):
        assert isinstance(parse_date(text), date)
    with suppress(UnreadableTextError):
        assert isinstance(parse_clock(text), time)


def test_that_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="da"):
        long_date(date(2023, 1, 1), "da")


@pytest.mark.parametrize("maalform", ["nb", "nn"])
def test_that_names_are_joined_with_commas_and_one_og(maalform):
    assert join_names([], maalform) == ""
    assert join_names(["A"], maalform) == "A"
    assert join_names(["A", "B"], maalform) == "A og B"
    assert join_names(["A", "B", "C {0}", "D"], maalform) == "A, B, C {0} og D"


@pytest.mark.parametrize("maalform", ["nb", "nn"])
def test_that_the_names_of_months_and_weekdays_are_babels(maalform):
    locale = Locale.parse(maalform)
    assert month_names(maalform) == dict(locale.months["format"]["wide"])
    assert weekday_names(maalform) == dict(locale.days["format"]["wide"])
