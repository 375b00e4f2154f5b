"""The order of Norwegian words and numbers, for every list the user sees.

Case does not matter. A run of digits counts as a number, so that sak 9/23 stands before sak 28/23.
The alphabet ends in æ, ø, å; aa is å; ä is æ, ö is ø and ü is y; other accents are left out.
Words stand before longer words that begin with them; spaces and signs stand before digits, and
digits before letters.
"""

from __future__ import annotations

import re
import unicodedata

SortKey = tuple[tuple[int, int, str], ...]

_SIGN, _NUMBER, _LETTER, _OTHER = range(4)
_ALPHABET = {letter: place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyzæøå")}
_FOREIGN = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t"})
_PARTS = re.compile(r"\d+|\D")
_PLAIN = re.compile("[ -~æøå]*")
_DIGITS = re.compile("[0-9]+")
_PLAIN_TEXTS = str.maketrans(
    {chr(code): f" {chr(code)}" for code in range(32, 127) if not chr(code).isalnum()}
    | {"æ": "{", "ø": "|", "å": "}"}
)
"""What `_as_text` makes of the signs and letters of a text with nothing unusual in it."""

_LONGEST_RUN = 1_000


def sort_key(text: str) -> SortKey:
    """Return a key that sorts in Norwegian order; texts that differ in case or accents share it."""
    return _key_of(_folded(text))


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return folded.translate(_FOREIGN).replace("aa", "å")


def _key_of(folded: str) -> SortKey:
    return tuple(key for part in _PARTS.findall(folded) if (key := _part_key(part)) is not None)


def _part_key(part: str) -> tuple[int, int, str] | None:
    if part[0].isdecimal():
        digits = "".join(str(unicodedata.decimal(digit)) for digit in part).lstrip("0")
        return (_NUMBER, len(digits), digits)
    letter = part if part in _ALPHABET else unicodedata.normalize("NFD", part)[0]
    if letter in _ALPHABET:
        return (_LETTER, _ALPHABET[letter], "")
    if unicodedata.combining(letter):
        return None
    return (_OTHER if letter.isalpha() else _SIGN, ord(letter), "")


def sort_text(text: str) -> str:
    """Return `sort_key` as a text, for a database that compares texts by their code points.

    Every part of the key ends where its own signs say, so that texts stand as their keys do.
    """
    folded = _folded(text)
    if _PLAIN.fullmatch(folded):
        return _DIGITS.sub(_number_as_text, folded.translate(_PLAIN_TEXTS))
    return "".join(map(_as_text, _key_of(folded)))


def _number_as_text(found: re.Match[str]) -> str:
    digits = found[0].lstrip("0")
    return _as_text((_NUMBER, len(digits), digits))


def _as_text(part: tuple[int, int, str]) -> str:
    kind, value, digits = part
    if kind == _NUMBER:
        return f"0{chr(ord('0') + min(value, _LONGEST_RUN))}{digits}"
    if kind == _LETTER:
        return chr(ord("a") + value)
    return f"{' ' if kind == _SIGN else '~'}{chr(value)}"
