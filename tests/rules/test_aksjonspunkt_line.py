from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.aksjonspunkt_line import Actor, parse_line

TODAY = date(2023, 12, 14)
NEXT = date(2024, 3, 13)
ACTORS = (
    Actor("ks", ("KS", "Kommunesektorens organisasjon"), "organisasjon"),
    Actor("fhi", ("Folkehelseinstituttet", "FHI"), "organisasjon"),
    Actor("hdir", ("Helsedirektoratet", "Hdir"), "organisasjon"),
    Actor("hod", ("Helse- og omsorgsdepartementet", "HOD"), "organisasjon"),
    Actor("dir", ("Direktoratet for e-helse",), "organisasjon"),
    Actor("nhn", ("Norsk helsenett SF", "NHN"), "organisasjon"),
    Actor("kari", ("Kari Nordmann",), "person"),
    Actor("per", ("Per Ås",), "person"),
    Actor("ola1", ("Ola Vik",), "person"),
    Actor("ola2", ("Ola Berg",), "person"),
)


def parsed(text: str):
    return parse_line(text, ACTORS, TODAY, NEXT)


@pytest.mark.parametrize(
    ("text", "actors", "deadline"),
    [
        ("KS sender utkast innen 15. januar", ("ks",), date(2024, 1, 15)),
        ("ks sender utkast innen uke 42", ("ks",), date(2024, 10, 18)),
        ("Kari og KS: lage plan", ("kari", "ks"), None),
        ("FHI og Hdir følger opp til neste møte", ("fhi", "hdir"), NEXT),
        ("KS, FHI og Kari Nordmann avklarer før jul", ("ks", "fhi", "kari"), date(2023, 12, 23)),
        ("KS/FHI: utkast til 15/1-24", ("ks", "fhi"), date(2024, 1, 15)),
        ("Helse- og omsorgsdepartementet svarer i januar", ("hod",), date(2024, 1, 31)),
        ("Direktoratet for e-helse og NHN avklarer", ("dir", "nhn"), None),
        ("- @KS sjekkar innan fredag", ("ks",), date(2023, 12, 15)),
        ("15.1.: KS sender utkast", ("ks",), date(2024, 1, 15)),
        ("Nordmann ringer leverandøren", ("kari",), None),
    ],
)
def test_that_actors_stand_first(text, actors, deadline):
    line = parsed(text)
    assert (line.actors, line.deadline) == (actors, deadline)


@pytest.mark.parametrize(
    ("text", "actors", "deadline"),
    [
        ("Sende utkast (KS)", ("ks",), None),
        ("Sende utkast – KS, frist 15.1.", ("ks",), date(2024, 1, 15)),
        ("Sende ut plan (KS, 15.1.)", ("ks",), date(2024, 1, 15)),
        ("Lage plan, uke 3 (FHI og Hdir)", ("fhi", "hdir"), None),
        ("Ansvarlig: KS, FHI. Frist: 15/1-24", ("ks", "fhi"), date(2024, 1, 15)),
        ("Utkast sendes av KS innen utgangen av mars", ("ks",), date(2024, 3, 31)),
    ],
)
def test_that_actors_can_stand_last_or_after_a_word_that_names_them(text, actors, deadline):
    line = parsed(text)
    assert (line.actors, line.deadline) == (actors, deadline)


@pytest.mark.parametrize(
    "text",
    [
        "Møte med KS avtales",
        "KS sin rapport følges opp",
        "Lese rapporten fra FHI",
        "per i dag er alt klart",
        "Ola sender ut",
        "",
        "   ",
        "KSF sender",
    ],
)
def test_that_a_name_in_passing_binds_nobody(text):
    assert parsed(text).actors == ()


def test_that_a_name_that_is_a_common_word_counts_only_with_its_capital():
    assert parsed("Per sender ut").actors == ("per",)
    assert parsed("per sender ut").actors == ()


def test_that_a_bare_date_counts_where_a_mark_sets_it_off():
    assert parsed("KS sender utkast, 15.1.").deadline == date(2024, 1, 15)
    assert parsed("KS inviterer til møtet 15.1.").deadline is None
    assert parsed("KS: utkast (31.11.)").deadline is None


def test_that_the_text_stays_as_it_was_typed_and_the_spans_say_what_was_understood():
    text = "  KS  og Hdir sender utkast innen 15. januar "
    line = parsed(text)
    assert line.text == text
    assert [text[span.start : span.end] for span in line.spans] == [
        "KS",
        "Hdir",
        "innen 15. januar",
    ]
    assert [(span.kind, span.key) for span in line.spans] == [
        ("aktoer", "ks"),
        ("aktoer", "hdir"),
        ("frist", None),
    ]


PIECES = st.one_of(
    st.sampled_from([name for actor in ACTORS for name in actor.names]),
    st.sampled_from([" og ", ": ", ", ", " (", ")", " – ", "@", "ansvar: ", " sendes av ", "\n"]),
    st.sampled_from(["frist 15.1.", "innen uke 42", "15.1.", "til neste møte", "31.11.", "uke 99"]),
    st.text(),
)


@given(st.lists(PIECES).map("".join), st.dates())
def test_that_any_line_is_taken_and_spans_lie_apart_within_it(text, today):
    line = parse_line(text, ACTORS, today, NEXT)
    assert line.text == text
    ends = [0]
    for span in line.spans:
        assert ends[-1] <= span.start < span.end <= len(text)
        ends.append(span.end)
    assert set(line.actors) == {span.key for span in line.spans if span.kind == "aktoer"}
    assert (line.deadline is None) == all(span.kind != "frist" for span in line.spans)
