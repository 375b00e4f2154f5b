"""Vedlegg numbers of one meeting (design §3 "One clock, one series").

A sak's first vedlegg takes the next number of the meeting, its further ones the same number with
A, B, …, Z, AA, …: `6`, `6A`, `6B`.

Invariants:

- A fixed number is returned as it is, wherever its sak stands now.
- A sak that has a fixed vedlegg keeps its number for all later ones: they take the letter after the
  highest one fixed. A sak without one takes the number after the highest fixed of the meeting, in
  agenda order. Nothing is reused: `SakVedlegg.gone` holds the numbers fixed for vedlegg that have
  been taken away since.
- Vedlegg of a sak that does not count (withdrawn or postponed) get no new numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from desktop.rules.errors import RuleError
from desktop.rules.numbering import require_single

_WRITTEN = re.compile(r"([1-9][0-9]{0,3})([A-Z]{0,3})")
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class VedleggNumber(NamedTuple):
    """A vedlegg number; they sort as they are printed.

    Attributes:
        number: the number its sak has in the meeting, from 1.
        further: 0 for the sak's first vedlegg, 1 for A, 26 for Z, 27 for AA.
    """

    number: int
    further: int = 0

    def __str__(self) -> str:
        return f"{self.number}{_letters(self.further)}"


class AssignedVedlegg(NamedTuple):
    """A vedlegg's number; provisional until it is frozen."""

    number: VedleggNumber
    provisional: bool


@dataclass(frozen=True, slots=True)
class PlacedVedlegg:
    """A vedlegg of a sak that is numbered in the agenda."""

    key: str
    fixed: VedleggNumber | None = None


@dataclass(frozen=True, slots=True)
class SakVedlegg:
    """The vedlegg of one sak, in order.

    Attributes:
        sak: the sak's key.
        gone: numbers once fixed for vedlegg of this sak that are no longer there.
        counts: false when the sak is withdrawn or postponed.
    """

    sak: str
    vedlegg: tuple[PlacedVedlegg, ...] = ()
    gone: frozenset[VedleggNumber] = frozenset()
    counts: bool = True

    def taken(self) -> frozenset[VedleggNumber]:
        """Return every number ever fixed for a vedlegg of this sak."""
        return self.gone.union(v.fixed for v in self.vedlegg if v.fixed is not None)

    def waiting(self) -> tuple[PlacedVedlegg, ...]:
        """Return the vedlegg that are to get a number."""
        return tuple(v for v in self.vedlegg if v.fixed is None) if self.counts else ()


def _letters(further: int) -> str:
    """Return "" for 0, A for 1, Z for 26, AA for 27 (as spreadsheet columns)."""
    letters = ""
    while further:
        further, place = divmod(further - 1, len(_ALPHABET))
        letters = _ALPHABET[place] + letters
    return letters


def parse_vedlegg_number(text: str) -> VedleggNumber:
    """Return the number that `6` or `6A` writes; small letters and space around are allowed.

    Raises:
        RuleError: `vedleggsnummer_uleselig`.
    """
    found = _WRITTEN.fullmatch(text.strip().upper())
    if found is None:
        raise RuleError("vedleggsnummer_uleselig", text=text)
    further = 0
    for letter in found[2]:
        further = further * len(_ALPHABET) + _ALPHABET.index(letter) + 1
    return VedleggNumber(int(found[1]), further)


def assign_vedlegg_numbers(saker: Iterable[SakVedlegg]) -> dict[str, AssignedVedlegg]:
    """Return the number of every vedlegg that has or would take one, by its key.

    Args:
        saker: the saker of one meeting in agenda order.

    Raises:
        RuleError: `plassert_to_ganger`, `vedlegg_gitt_to_ganger`, `vedleggsnummer_i_to_saker` or
            `sak_har_to_vedleggsnumre`.
    """
    listed = list(saker)
    fixed = {
        vedlegg.key: AssignedVedlegg(vedlegg.fixed, provisional=False)
        for sak in listed
        for vedlegg in sak.vedlegg
        if vedlegg.fixed is not None
    }
    return fixed | {
        key: AssignedVedlegg(number, provisional=True)
        for key, number in vedlegg_numbers_to_freeze(listed).items()
    }


def vedlegg_numbers_to_freeze(
    saker: Iterable[SakVedlegg], *, only_sak: str | None = None
) -> dict[str, VedleggNumber]:
    """Return the numbers that become fixed when the innkalling of the meeting is frozen.

    Args:
        saker: the saker of one meeting in agenda order.
        only_sak: number only this sak's vedlegg, when the meeting takes up a late sak.

    Raises:
        RuleError: as `assign_vedlegg_numbers`.
    """
    listed = list(saker)
    own_numbers = _own_numbers(listed)
    highest = max(own_numbers.values(), default=0)
    assigned: dict[str, VedleggNumber] = {}
    for sak in listed:
        waiting = sak.waiting()
        if not waiting or only_sak not in {None, sak.sak}:
            continue
        number = own_numbers.get(sak.sak)
        if number is None:
            number = highest = highest + 1
        further = max((taken.further for taken in sak.taken()), default=-1) + 1
        for place, vedlegg in enumerate(waiting, further):
            assigned[vedlegg.key] = VedleggNumber(number, place)
    return assigned


def _own_numbers(saker: Sequence[SakVedlegg]) -> dict[str, int]:
    """Return the fixed number of each sak that has one, after checking that they are sound."""
    require_single([sak.sak for sak in saker])
    require_single([vedlegg.key for sak in saker for vedlegg in sak.vedlegg])
    _require_unique([number for sak in saker for number in _all_fixed(sak)])
    own: dict[str, int] = {}
    for sak in saker:
        numbers = {taken.number for taken in sak.taken()}
        if len(numbers) > 1:
            raise RuleError("sak_har_to_vedleggsnumre", sak=sak.sak, numbers=sorted(numbers))
        if numbers:
            own[sak.sak] = numbers.pop()
    for number, times in Counter(own.values()).items():
        if times > 1:
            raise RuleError("vedleggsnummer_i_to_saker", number=number)
    return own


def _all_fixed(sak: SakVedlegg) -> list[VedleggNumber]:
    return [*sak.gone, *(v.fixed for v in sak.vedlegg if v.fixed is not None)]


def _require_unique(numbers: Sequence[VedleggNumber]) -> None:
    for number, times in Counter(numbers).items():
        if times > 1:
            raise RuleError("vedlegg_gitt_to_ganger", number=str(number))
