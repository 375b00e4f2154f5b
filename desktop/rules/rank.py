"""Ranks: short texts whose alphabetical order is the order of rows.

A row that moves gets a new rank between its new neighbours and no other row changes. A rank is a
whole number followed by a fraction, both written with the digits 0-9a-z, so that plain binary
comparison (Python's and SQLite's) sorts them and letter case does not matter. The first letter
says how many digits the whole number has, which keeps ranks short when rows are added at an end.
"""

from __future__ import annotations

from collections.abc import Sequence

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)
_ZERO = _DIGITS[0]
_LAST = _DIGITS[-1]
# Heads n..z carry 1..13 digits and count up from zero; heads m..a carry 1..13 and count down.
_FIRST_POSITIVE = "n"
_SMALLEST = "a" + _ZERO * 13
_MIDDLE = _FIRST_POSITIVE + _ZERO


def rank_between(a: str | None, b: str | None) -> str:
    """Return a rank after `a` and before `b`; None stands for the end of the list.

    Raises:
        ValueError: a rank is malformed, or `a` does not come before `b`.
    """
    if a is not None and b is not None and a >= b:
        raise ValueError(f"the rank {a!r} does not come before {b!r}")
    if a is None:
        return _MIDDLE if b is None else _before(*_split(b))
    whole, fraction = _split(a)
    if b is None:
        return _next_whole(whole) or whole + _fraction_between(fraction, None)
    upper_whole, upper_fraction = _split(b)
    if whole == upper_whole:
        return whole + _fraction_between(fraction, upper_fraction)
    following = _next_whole(whole)
    if following is not None and following < b:
        return following
    return whole + _fraction_between(fraction, None)


def ranks(count: int, after: str | None = None, before: str | None = None) -> tuple[str, ...]:
    """Return `count` ascending ranks between two ranks, as short as they can be made evenly.

    Raises:
        ValueError: `count` is negative, or as `rank_between`.
    """
    if count < 0:
        raise ValueError("a count of ranks cannot be negative")
    if before is None:
        return _ascending(count, after)
    return tuple(_spread(count, after, before))


def is_rank(text: str) -> bool:
    """Return whether a text is a well-formed rank."""
    try:
        _split(text)
    except ValueError:
        return False
    return True


def _ascending(count: int, after: str | None) -> tuple[str, ...]:
    found: list[str] = []
    for _ in range(count):
        after = rank_between(after, None)
        found.append(after)
    return tuple(found)


def _spread(count: int, after: str | None, before: str | None) -> Sequence[str]:
    if count == 0:
        return []
    middle = rank_between(after, before)
    left = (count - 1) // 2
    return [*_spread(left, after, middle), middle, *_spread(count - 1 - left, middle, before)]


def _whole_length(head: str) -> int:
    """Return how many digits follow a head letter."""
    if "n" <= head <= "z":
        return ord(head) - ord("n") + 1
    if "a" <= head <= "m":
        return ord("m") - ord(head) + 1
    raise ValueError(f"a rank cannot begin with {head!r}")


def _split(rank: str) -> tuple[str, str]:
    """Return the whole number, with its head, and the fraction of a rank."""
    length = 1 + _whole_length(rank[:1])
    whole, fraction = rank[:length], rank[length:]
    if (
        len(whole) != length
        or rank == _SMALLEST
        or fraction.endswith(_ZERO)
        or any(digit not in _DIGITS for digit in rank)
    ):
        raise ValueError(f"{rank!r} is not a rank")
    return whole, fraction


def _before(whole: str, fraction: str) -> str:
    if whole == _SMALLEST:
        return whole + _fraction_between("", fraction)
    if fraction:
        return whole
    previous = _previous_whole(whole)
    return previous + _fraction_between("", None) if previous == _SMALLEST else previous


def _value(whole: str) -> int:
    return int(whole[1:], _BASE)


def _write(head: str, value: int) -> str:
    digits = ""
    for _ in range(_whole_length(head)):
        value, digit = divmod(value, _BASE)
        digits = _DIGITS[digit] + digits
    return head + digits


def _next_whole(whole: str) -> str | None:
    """Return the next whole number, or None after the greatest."""
    head, value = whole[0], _value(whole) + 1
    if value < _BASE ** _whole_length(head):
        return _write(head, value)
    return None if head == "z" else _write(chr(ord(head) + 1), 0)


def _previous_whole(whole: str) -> str:
    head, value = whole[0], _value(whole) - 1
    if value >= 0:
        return _write(head, value)
    head = chr(ord(head) - 1)
    return _write(head, _BASE ** _whole_length(head) - 1)


def _fraction_between(a: str, b: str | None) -> str:
    """Return digits after `a` and before `b` (None: before one), not ending in zero."""
    prefix = ""
    while True:
        low = _DIGITS.index(a[0]) if a else 0
        high = _BASE if b is None else _DIGITS.index(b[0])
        if high - low > 1:
            return prefix + _DIGITS[(low + high) // 2]
        if high == low:
            a, b = a[1:], b[1:] if b else b
        elif b is not None and len(b) > 1:
            return prefix + b[0]
        else:
            a, b = a[1:], None
        prefix += _DIGITS[low]
