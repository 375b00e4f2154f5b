import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.errors import RuleError
from desktop.rules.kinds import Maalform, Sakstype
from desktop.rules.phrases import (
    DEFAULT_PHRASES,
    DEFAULT_POSTS,
    PLACEHOLDERS,
    fill,
    placeholders,
    unfilled,
)

plain = st.text(st.characters(exclude_characters="{}"), max_size=15)
names = st.sampled_from(PLACEHOLDERS)
phrase_parts = st.lists(plain | names.map("{{{}}}".format), max_size=8)


def code_of(call, *args):
    with pytest.raises(RuleError) as caught:
        call(*args)
    return caught.value.code


def test_that_a_phrase_is_filled_and_the_rest_stays_visible():
    phrase = DEFAULT_PHRASES[Maalform.NB][Sakstype.DROEFTING][0]
    text = fill(phrase, {"utvalg": "Nasjonalt e-helseråd"})
    assert text == (
        "Nasjonalt e-helseråd drøftet saken og ba {aktør} ta med seg innspillene gitt i møtet "
        "i det videre arbeidet."
    )
    assert unfilled(text) == ("aktør",)


def test_that_a_blank_value_leaves_the_placeholder():
    assert fill("{utvalg} støtter {tema}.", {"utvalg": " ", "tema": ""}) == (
        "{utvalg} støtter {tema}."
    )


def test_that_braces_in_a_value_are_not_read_again():
    assert fill("{tema} {aktør}", {"tema": "{aktør}", "aktør": r"\1 {"}) == r"{aktør} \1 {"


def test_that_an_unsound_phrase_is_refused():
    assert code_of(fill, "{utvalget} støtter", {}) == "frase_ukjent_plassholder"
    assert code_of(fill, "{} støtter", {}) == "frase_ukjent_plassholder"
    assert code_of(fill, "{utvalg} støtter", {"sted": "Oslo"}) == "frase_ukjent_plassholder"
    for phrase in ("{utvalg støtter", "utvalg} støtter", "{{utvalg}} støtter"):
        assert code_of(fill, phrase, {}) == "frase_klammer"


@given(phrase_parts, st.dictionaries(names, st.text(max_size=15)))
def test_that_filling_replaces_each_known_placeholder_and_nothing_else(parts, values):
    given_values = {f"{{{name}}}": value for name, value in values.items() if value.strip()}
    expected = "".join(given_values.get(part, part) for part in parts)
    assert fill("".join(parts), values) == expected


@given(phrase_parts, st.dictionaries(names, plain))
def test_that_the_unfilled_are_those_without_value(parts, values):
    phrase = "".join(parts)
    left = tuple(n for n in placeholders(phrase) if not values.get(n, "").strip())
    assert unfilled(fill(phrase, values)) == left


@given(st.text("{}aktør "))
def test_that_any_text_can_be_asked_for_what_is_unfilled(text):
    assert set(unfilled(text)) <= {"aktør"}


def test_that_both_languages_have_phrases_for_the_same_sakstyper():
    for sakstype in Sakstype:
        bokmaal, nynorsk = (DEFAULT_PHRASES[form][sakstype] for form in Maalform)
        assert [placeholders(p) for p in bokmaal] == [placeholders(p) for p in nynorsk]
        assert all(p.startswith("{utvalg} ") and p.endswith(".") for p in (*bokmaal, *nynorsk))


def test_that_the_fixed_posts_are_those_of_the_design():
    posts = DEFAULT_POSTS[Maalform.NB]
    assert [(p.kind, p.sakstype, p.minutes, p.placing, p.toppnotatstatus) for p in posts] == [
        ("innkalling", "godkjenning", 5, "foerst", "ikke_aktuelt"),
        ("referat", "godkjenning", 10, "foerst", "ikke_aktuelt"),
        ("orientering", "orientering", 10, "foerst", "ingen"),
        ("eventuelt", None, 10, "sist", "ikke_aktuelt"),
    ]
    values = {
        "utvalg": "Nasjonalt e-helseråd",
        "dato": "4. oktober 2023",
        "sekretariat": "Direktoratet for e-helse",
    }
    assert [fill(post.title, values) for post in posts] == [
        "Godkjenning av innkalling og dagsorden",
        "Godkjenning av referatet fra møtet 4. oktober 2023 i Nasjonalt e-helseråd",
        "Orientering fra Direktoratet for e-helse",
        "Eventuelt",
    ]
    assert [post.forslag and fill(post.forslag, values) for post in posts] == [
        "Nasjonalt e-helseråd godkjenner innkalling og dagsorden.",
        "Nasjonalt e-helseråd godkjenner referatet fra møtet 4. oktober 2023.",
        "Nasjonalt e-helseråd tar sakene til orientering.",
        None,
    ]


def test_that_the_fixed_posts_differ_between_the_languages_in_text_alone():
    for bokmaal, nynorsk in zip(*(DEFAULT_POSTS[form] for form in Maalform), strict=True):
        assert (bokmaal.kind, bokmaal.minutes, bokmaal.placing, bokmaal.sakstype) == (
            nynorsk.kind, nynorsk.minutes, nynorsk.placing, nynorsk.sakstype,
        )  # fmt: skip
        assert placeholders(bokmaal.title) == placeholders(nynorsk.title)
    referat = DEFAULT_POSTS[Maalform.NN][1]
    assert referat.title == "Godkjenning av referatet frå møtet {dato} i {utvalg}"
    assert referat.forslag == "{utvalg} godkjenner referatet frå møtet {dato}."
