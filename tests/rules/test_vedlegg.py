from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.errors import RuleError
from desktop.rules.vedlegg import (
    PlacedVedlegg,
    SakVedlegg,
    VedleggNumber,
    assign_vedlegg_numbers,
    parse_vedlegg_number,
    vedlegg_numbers_to_freeze,
)


def sak(key, *vedlegg, **fixed):
    rows = tuple(
        PlacedVedlegg(v, parse_vedlegg_number(fixed[v]) if v in fixed else None) for v in vedlegg
    )
    return SakVedlegg(key, rows)


def shown(assigned):
    return {key: (str(value.number), value.provisional) for key, value in assigned.items()}


def code_of(call, *args, **kwargs):
    with pytest.raises(RuleError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def test_that_the_vedlegg_of_14_december_2023_are_numbered_as_published():
    agenda = [
        sak("28"), sak("29", "v29"), sak("30"), sak("31", "v31"), sak("32", "v32"),
        sak("33", "v33"), sak("34", "v34"), sak("35", "v35", "v35x"), sak("36", "v36"),
        sak("37", "v37"), sak("38", "v38"), sak("39"),
    ]  # fmt: skip
    numbers = {key: str(number) for key, number in vedlegg_numbers_to_freeze(agenda).items()}
    assert numbers == {
        "v29": "1", "v31": "2", "v32": "3", "v33": "4", "v34": "5", "v35": "6", "v35x": "6A",
        "v36": "7", "v37": "8", "v38": "9",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("further", "text"),
    [(0, "6"), (1, "6A"), (26, "6Z"), (27, "6AA"), (52, "6AZ"), (53, "6BA"), (702, "6ZZ")],
)
def test_that_further_vedlegg_are_lettered_past_z(further, text):
    assert str(VedleggNumber(6, further)) == text
    assert parse_vedlegg_number(text) == VedleggNumber(6, further)


@given(st.integers(1, 9999), st.integers(0, 18_278))
def test_that_a_vedlegg_number_is_read_back(number, further):
    written = VedleggNumber(number, further)
    assert parse_vedlegg_number(f" {str(written).lower()} ") == written


@pytest.mark.parametrize("text", ["", "A", "0", "06", "6 A", "6Æ", "6A1", "6.A", "-6"])
def test_that_what_is_no_vedlegg_number_is_refused(text):
    assert code_of(parse_vedlegg_number, text) == "vedleggsnummer_uleselig"


def test_that_a_new_vedlegg_of_a_numbered_sak_takes_the_next_letter():
    agenda = [sak("a", "a1", "a2", "new", a1="1", a2="1A"), sak("b", "b1", b1="2")]
    assert shown(assign_vedlegg_numbers(agenda)) == {
        "a1": ("1", False),
        "a2": ("1A", False),
        "b1": ("2", False),
        "new": ("1B", True),
    }


def test_that_the_first_late_vedlegg_of_a_sak_takes_the_number_after_the_highest():
    agenda = [sak("late", "x", "y"), sak("b", "b1", b1="2")]
    assert shown(assign_vedlegg_numbers(agenda)) == {
        "b1": ("2", False),
        "x": ("3", True),
        "y": ("3A", True),
    }


def test_that_the_number_of_a_vedlegg_taken_away_is_not_reused():
    gone = frozenset({VedleggNumber(5, 2), VedleggNumber(5)})
    agenda = [replace(sak("a", "new"), gone=gone), sak("b", "other")]
    assert shown(assign_vedlegg_numbers(agenda)) == {"new": ("5C", True), "other": ("6", True)}


def test_that_a_withdrawn_sak_keeps_its_vedlegg_numbers_and_gets_no_more():
    agenda = [replace(sak("a", "a1", "a2", a1="4"), counts=False), sak("b", "b1")]
    assert shown(assign_vedlegg_numbers(agenda)) == {"a1": ("4", False), "b1": ("5", True)}


def test_that_taking_up_one_late_sak_numbers_its_vedlegg_alone():
    agenda = [sak("x", "x1"), sak("y", "y1", "y2"), sak("b", "b1", b1="9")]
    assert vedlegg_numbers_to_freeze(agenda, only_sak="y") == {
        "y1": VedleggNumber(10),
        "y2": VedleggNumber(10, 1),
    }


def test_that_unsound_vedlegg_are_refused():
    twice = [sak("a", "v", "w", v="1", w="1")]
    assert code_of(assign_vedlegg_numbers, twice) == "vedlegg_gitt_to_ganger"
    shared = [sak("a", "v", v="1"), sak("b", "w", w="1A")]
    assert code_of(assign_vedlegg_numbers, shared) == "vedleggsnummer_i_to_saker"
    two = [sak("a", "v", "w", v="1", w="2")]
    assert code_of(assign_vedlegg_numbers, two) == "sak_har_to_vedleggsnumre"
    assert code_of(assign_vedlegg_numbers, [sak("a", "v", "v")]) == "plassert_to_ganger"
    assert code_of(assign_vedlegg_numbers, [sak("a"), sak("a")]) == "plassert_to_ganger"


sizes = st.lists(st.integers(0, 30), max_size=12)


def agenda_of(counts):
    return [
        sak(f"s{place}", *(f"s{place}v{n}" for n in range(count)))
        for place, count in enumerate(counts)
    ]


@given(sizes)
def test_that_first_numbers_count_up_in_agenda_order(counts):
    numbers = list(vedlegg_numbers_to_freeze(agenda_of(counts)).values())
    assert numbers == sorted(numbers)
    firsts = [number.number for number in numbers if number.further == 0]
    assert firsts == list(range(1, sum(count > 0 for count in counts) + 1))


@given(sizes, sizes, st.randoms(use_true_random=False))
def test_that_frozen_vedlegg_numbers_survive_late_vedlegg_and_reordering(counts, extra, random):
    agenda = agenda_of(counts)
    frozen = vedlegg_numbers_to_freeze(agenda)
    later = [
        replace(
            row,
            vedlegg=(
                *(PlacedVedlegg(f"{row.sak}late{n}") for n in range(more)),
                *(PlacedVedlegg(v.key, frozen[v.key]) for v in row.vedlegg),
            ),
        )
        for row, more in zip(agenda, [*extra, *[0] * len(agenda)], strict=False)
    ]
    random.shuffle(later)
    assigned = assign_vedlegg_numbers(later)
    assert {key: assigned[key].number for key in frozen} == frozen
    every = [value.number for value in assigned.values()]
    assert len(set(every)) == len(every)
    for row in later:
        assert len({assigned[v.key].number.number for v in row.vedlegg}) <= 1
