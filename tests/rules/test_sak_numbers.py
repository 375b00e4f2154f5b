import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.errors import RuleError
from desktop.rules.numbering import (
    FIRST_YEAR,
    HIGHEST_NUMBER,
    LAST_YEAR,
    MeetingReference,
    SakNumberPattern,
    SakReference,
    format_meeting_number,
    full_year,
    read_meeting_number,
    read_sak_reference,
)

years = st.integers(FIRST_YEAR, LAST_YEAR)
numbers = st.integers(1, HIGHEST_NUMBER)
literals = st.text("PSNUITsak ./-–æøå", max_size=6)
number_fields = st.sampled_from(["{nr}", "{nr:02}", "{nr:03}", "{nr:04}"])
year_fields = st.sampled_from(["{aar}", "{aar2}"])


@st.composite
def patterns(draw):
    fields = draw(st.permutations([draw(number_fields), draw(year_fields)]))
    between = draw(st.text("/-–. ", min_size=1, max_size=3))
    return (draw(literals) + between.join(fields) + draw(literals)).strip()


def code_of(call, *args, **kwargs):
    with pytest.raises(RuleError) as caught:
        call(*args, **kwargs)
    return caught.value.code


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("{nr}/{aar2}", "28/23"),
        ("{nr}/{aar}", "28/2023"),
        ("PS {nr}/{aar2}", "PS 28/23"),
        ("{nr:03}/{aar2}", "028/23"),
        ("{nr}-{aar2}", "28-23"),
        ("{aar}/{nr}", "2023/28"),
    ],
)
def test_that_every_house_form_is_written_and_read_back(pattern, written):
    parsed = SakNumberPattern.parse_pattern(pattern)
    assert parsed.format(2023, 28) == written
    assert parsed.read(written) == SakReference(2023, 28)
    assert read_sak_reference(written) == SakReference(2023, 28)


@given(patterns(), years, numbers)
def test_that_a_pattern_reads_exactly_what_it_writes(pattern, year, number):
    parsed = SakNumberPattern(pattern)
    assert parsed.read(parsed.format(year, number)) == (year, number)


@given(patterns(), years, numbers, st.text("PS0123456789/-– ", max_size=2), st.integers(0, 12))
def test_that_a_strictly_read_text_is_written_the_same(pattern, year, number, other, place):
    parsed = SakNumberPattern(pattern)
    written = parsed.format(year, number)
    changed = written[:place] + other + written[place + len(other) :]
    try:
        back = parsed.format(*parsed.read(changed))
    except RuleError as error:
        back = error.code
    assert back in {changed, "saksnummer_foelger_ikke_moensteret"}
    assert back == written or changed != written


@pytest.mark.parametrize(
    "text", ["28/2023", "028/23", " 28/23", "28/23\n", "0/23", "28/3", "٢٨/23"]
)
def test_that_strict_reading_takes_no_other_form(text):
    assert code_of(SakNumberPattern("{nr}/{aar2}").read, text) == (
        "saksnummer_foelger_ikke_moensteret"
    )


@pytest.mark.parametrize("text", ["28/1979", "28/2080", "0/2023"])
def test_that_strict_reading_keeps_to_the_range(text):
    assert code_of(SakNumberPattern("{nr}/{aar}").read, text) == (
        "saksnummer_foelger_ikke_moensteret"
    )


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{nr}/{aar2", "moenster_klammer"),
        ("{nr}}/{aar2}", "moenster_klammer"),
        ("{nr}/{år}", "moenster_ukjent_felt"),
        ("{nr:05}/{aar}", "moenster_ukjent_felt"),
        ("{}{nr}/{aar}", "moenster_ukjent_felt"),
        ("{aar}", "moenster_trenger_ett_nummer"),
        ("{nr}/{nr:03}/{aar}", "moenster_trenger_ett_nummer"),
        ("", "moenster_trenger_ett_nummer"),
        ("{nr}", "moenster_trenger_ett_aar"),
        ("{nr}/{aar}/{aar2}", "moenster_trenger_ett_aar"),
        ("{nr}{aar2}", "moenster_siffer_ved_felt"),
        ("{nr}1/{aar2}", "moenster_siffer_ved_felt"),
        ("{nr}/{aar2}1", "moenster_siffer_ved_felt"),
        ("1{nr}/{aar2}", "moenster_siffer_ved_felt"),
        ("{nr}/{aar} ", "moenster_ulovlig_tekst"),
        ("{nr}\n/{aar}", "moenster_ulovlig_tekst"),
        ("{nr}/{aar}" + "x" * 40, "moenster_ulovlig_tekst"),
    ],
)
def test_that_an_unsound_pattern_is_refused(pattern, code):
    assert code_of(SakNumberPattern.parse_pattern, pattern) == code


def test_that_writing_keeps_to_the_range():
    pattern = SakNumberPattern("{nr}/{aar2}")
    assert code_of(pattern.format, 1979, 1) == "aar_utenfor_omraade"
    assert code_of(pattern.format, 2080, 1) == "aar_utenfor_omraade"
    assert code_of(pattern.format, 2023, 0) == "nummer_utenfor_omraade"
    assert code_of(pattern.format, 2023, 10_000) == "nummer_utenfor_omraade"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" 28/23 ", (2023, 28)),
        ("Sak 28/23", (2023, 28)),
        ("sak nr. 28/2023", (2023, 28)),
        ("Sak: 012/24", (2024, 12)),
        ("NUIT 50/23", (2023, 50)),
        ("PS\u00a012/23", (2023, 12)),
        ("S-12-23", (2023, 12)),
        ("12-23", (2023, 12)),
        ("12–23", (2023, 12)),
        ("28 / 23", (2023, 28)),
        ("2023/28", (2023, 28)),
        ("2023/028", (2023, 28)),
        ("23/28", (2028, 23)),
        ("7/99", (1999, 7)),
        ("1234/23", (2023, 1234)),
        ("1985/23", (1985, 23)),
    ],
)
def test_that_any_house_form_is_read_leniently(text, expected):
    assert read_sak_reference(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "28", "/23", "28/", "28/5", "28/023", "28/1979", "0/23", "2023/0", "2023/2024",
        "14-12-23", "28/23 og 29/23", "28.23", "12345/23", "²/23", "٢٨/٢٣", "28/23a",
    ],
)  # fmt: skip
def test_that_what_names_no_sak_is_not_read(text):
    assert read_sak_reference(text) is None


@given(st.text())
def test_that_lenient_reading_takes_any_text(text):
    reference = read_sak_reference(text)
    assert reference is None or (
        FIRST_YEAR <= reference.year <= LAST_YEAR and 1 <= reference.number <= HIGHEST_NUMBER
    )


@st.composite
def house_patterns(draw):
    prefix = draw(st.sampled_from(["", "PS ", "Sak ", "NUIT ", "S-"]))
    number = draw(number_fields)
    separator = draw(st.sampled_from("/-–"))
    in_order = [(number, "{aar2}"), (number, "{aar}"), ("{aar}", number)]
    return prefix + separator.join(draw(st.sampled_from(in_order)))


@given(house_patterns(), years, st.integers(1, FIRST_YEAR - 1))
def test_that_the_lenient_reader_agrees_with_every_house_pattern(pattern, year, number):
    parsed = SakNumberPattern(pattern)
    assert read_sak_reference(parsed.format(year, number)) == (year, number)


@given(years)
def test_that_two_digits_name_one_year(year):
    assert full_year(year % 100) == year


@given(years, numbers)
def test_that_a_meeting_number_is_read_back_in_both_forms(year, number):
    assert read_meeting_number(format_meeting_number(year, number)) == (year, number)
    assert read_meeting_number(format_meeting_number(year, number, short=True)) == (year, number)


def test_that_a_meeting_number_is_written_long_and_short():
    assert format_meeting_number(2023, 4) == "4/2023"
    assert format_meeting_number(2023, 4, short=True) == "4/23"
    assert read_meeting_number(" 04 / 23 ") == MeetingReference(2023, 4)


@pytest.mark.parametrize("text", ["", "4", "4/202", "4-2023", "0/2023", "4/1900", "møte 4/2023"])
def test_that_what_is_no_meeting_number_is_refused(text):
    assert code_of(read_meeting_number, text) == "moetenummer_uleselig"


def test_that_a_meeting_number_keeps_to_the_range():
    assert code_of(format_meeting_number, 1900, 4) == "aar_utenfor_omraade"
    assert code_of(format_meeting_number, 2023, 0) == "nummer_utenfor_omraade"
