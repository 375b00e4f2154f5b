from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.rules.relative_dates import find_deadline, read_date

TODAY = date(2023, 12, 14)  # a Thursday in week 50
NEXT = date(2024, 3, 13)
BODY = ("Nasjonalt e-helseråd",)
PHRASES = (
    "innen 15. januar",
    "frist 15.1.",
    "til 15/1",
    "innen uke 42",
    "i veke 3",
    "innan utgangen av mars",
    "i løpet av januar",
    "før 1. februar",
    "før uke 7",
    "før jul",
    "innen fredag",
    "innan tysdag",
    "til neste møte",
    "før neste møte",
    "medio mai",
    "primo juni",
    "i løpet av 1. kvartal",
    "innen 14 dager",
    "om to veker",
    "innen en måned",
    "i løpet av uka",
    "innen utgangen av året",
    "i neste uke",
    "innen den 29.",
    "i morgen",
    "ved årsskiftet",
    "innen 29. februar",
    "i uke 53",
    "i juni",
)


def day(text: str, today: date = TODAY, next_meeting: date | None = NEXT) -> date | None:
    found = find_deadline(text, today=today, next_meeting=next_meeting, body=BODY)
    return found.day if found else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("innen 15. januar", date(2024, 1, 15)),
        ("innan 15. januar 2025", date(2025, 1, 15)),
        ("innen torsdag 15. februar", date(2024, 2, 15)),
        ("frist 15.1.", date(2024, 1, 15)),
        ("frist: 15.01.2024", date(2024, 1, 15)),
        ("med frist innen utgangen av mars", date(2024, 3, 31)),
        ("til 15/1-24", date(2024, 1, 15)),
        ("senest 2024-03-01", date(2024, 3, 1)),
        ("innen 20.12.", date(2023, 12, 20)),
        ("innen 14.12.", TODAY),
        ("innen 13.12.", date(2024, 12, 13)),
        ("innen 10.–12. januar", date(2024, 1, 12)),
    ],
)
def test_that_a_date_without_a_year_is_the_first_one_ahead(text, wanted):
    assert day(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("i uke 42", date(2024, 10, 18)),
        ("innan veke 42", date(2024, 10, 18)),
        ("i uke 50", date(2023, 12, 15)),
        ("i uke 49", date(2024, 12, 6)),
        ("innen uke 1", date(2024, 1, 5)),
        ("i uke 42–43", date(2024, 10, 25)),
        ("i uke 3 2025", date(2025, 1, 17)),
        ("innen mandag i uke 4", date(2024, 1, 22)),
        ("før uke 2", date(2024, 1, 5)),
        ("i neste uke", date(2023, 12, 22)),
        ("i løpet av uka", date(2023, 12, 15)),
    ],
)
def test_that_a_week_is_an_iso_week_and_ends_on_its_friday(text, wanted):
    assert day(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("i løpet av januar", date(2024, 1, 31)),
        ("innen utgangen av februar", date(2024, 2, 29)),
        ("medio mars", date(2024, 3, 15)),
        ("i byrjinga av mars", date(2024, 3, 10)),
        ("ultimo april", date(2024, 4, 30)),
        ("innen 1. kvartal", date(2023, 12, 31) + timedelta(days=91)),
        ("i løpet av andre kvartal 2025", date(2025, 6, 30)),
        ("i løpet av første halvår", date(2024, 6, 30)),
        ("i løpet av 2024", date(2024, 12, 31)),
        ("innen utgangen av 2024", date(2024, 12, 31)),
        ("innen årets slutt", date(2023, 12, 31)),
        ("før jul", date(2023, 12, 23)),
        ("ved årsskiftet", date(2023, 12, 31)),
    ],
)
def test_that_a_period_ends_on_its_last_day(text, wanted):
    assert day(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("før 15. januar", date(2024, 1, 14)),
        ("før mars", date(2024, 2, 29)),
        ("før utgangen av mars", date(2024, 3, 31)),
        ("før neste møte", date(2024, 3, 12)),
    ],
)
def test_that_before_a_day_is_the_day_before_it(text, wanted):
    assert day(text) == wanted


@pytest.mark.parametrize("lead", ["til", "innen", "i", "på", "ved", "innan"])
def test_that_the_next_meeting_is_a_deadline_when_its_day_is_known(lead):
    assert day(f"KS svarer {lead} neste møte") == NEXT
    assert day(f"KS svarer {lead} neste møte i Nasjonalt e-helseråd") == NEXT
    assert day(f"KS svarer {lead} neste møte", next_meeting=None) is None
    assert day(f"KS svarer {lead} neste møte", next_meeting=TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "innen 31.11.",
        "innen 31. november",
        "innen 29. februar 2023",
        "frist 0.1.",
        "innen uke 54",
        "i uke 53 2024",
        "innen 15.13.",
    ],
)
def test_that_what_no_calendar_has_is_no_date(text):
    assert day(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "i møtet 4. oktober 2023",
        "møtet i uke 42",
        "møtet flyttes til 15. januar",
        "fra 1. januar til 15. januar",
        "til neste møte i NUIT",
        "til 3/4 av kommunene",
        "neste fredag",
        "innen 2025",
        "før påske",
        "til våren",
        "etter 15. januar",
        "innen tre virkedager",
        "innen to uker etter høringen",
        "innen rimelig tid",
        "versjon 15.1",
    ],
)
def test_that_a_date_without_a_word_that_binds_is_no_deadline(text):
    assert day(text) is None


def test_that_the_plainest_of_several_deadlines_counts():
    assert day("sender i uke 3 et utkast, frist 1. mars") == date(2024, 3, 1)
    assert day("til neste møte, og senest 15. februar") == date(2024, 2, 15)


def test_that_the_span_holds_the_phrase_with_its_leading_word():
    text = "KS sender utkast innen 15. januar 2024, som avtalt"
    found = find_deadline(text, today=TODAY)
    assert found is not None
    assert text[found.start : found.end] == "innen 15. januar 2024"
    assert not found.relative


def test_that_a_bare_date_is_read_only_where_it_is_asked_for():
    found = read_date("15.1. sendes utkast", today=TODAY)
    assert found is not None
    assert (found.day, found.end) == (date(2024, 1, 15), 5)
    assert day("15.1. sendes utkast") is None


@given(
    st.sampled_from(PHRASES),
    st.dates(date(1990, 1, 1), date(2079, 12, 31)),
    st.integers(-40, 400),
)
def test_that_a_relative_deadline_is_never_in_the_past(phrase, today, ahead):
    meeting = today + timedelta(days=ahead)
    found = find_deadline(phrase, today=today, next_meeting=meeting)
    if found is not None:
        assert found.relative
        assert found.day >= today
        assert phrase[found.start : found.end] == phrase


@example("", list(PHRASES), date.min)
@example(" ", list(PHRASES), date.max)
@example(", ", ["om 99 år", "innen 99 måneder"], date(2189, 12, 31))
@given(st.text(), st.lists(st.sampled_from(PHRASES)), st.dates())
def test_that_any_text_on_any_day_is_taken(text, phrases, today):
    whole = text.join(phrases) + text
    found = find_deadline(whole, today=today, next_meeting=today)
    if found is not None:
        assert 0 <= found.start < found.end <= len(whole)
