"""Exchange files as JSON: read within bounds, with the place of everything that is not allowed.

Limits, so that no file can exhaust the machine: 200 MB, since a file is read whole and takes up to
eight times its size in memory; three million values, since each takes about a hundred bytes however
short it is written; a hundred levels, where the deepest text needs about sixty.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

MAX_BYTES: Final = 200_000_000
MAX_VALUES: Final = 3_000_000
MAX_DEPTH: Final = 100
MOST_FINDINGS: Final = 1000
_LONGEST_INTEGER: Final = 18
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_JSON_ERRORS: Final = (
    ("Expecting property name", "Her skulle det stått et feltnavn i anførselstegn."),
    ("Expecting ',' delimiter", "Her skulle det stått et komma eller slutten på listen."),
    ("Expecting ':' delimiter", "Her skulle det stått et kolon etter feltnavnet."),
    ("Expecting value", "Her skulle det stått en verdi."),
    ("Illegal trailing comma", "Her står det et komma for mye."),
    ("Extra data", "Filen fortsetter etter at innholdet er slutt."),
    ("Unterminated string", "Teksten som begynner her, blir aldri avsluttet."),
    ("Invalid \\", "Teksten har en omvendt skråstrek som ikke betyr noe i JSON."),
)
_WHOLE_FILE: Final = "hele filen"

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """An error at a place: object keys and list indexes from 0, as a JSON pointer has them.

    `inside` is the place in the text that stands there, as `richtext` names it.
    """

    path: Path
    message: str
    inside: str = ""


class UnreadableError(Exception):
    """The file could not be read as JSON at all: where, and why as a Norwegian sentence."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(place, message)
        self.place = place
        self.message = message


@dataclass(frozen=True, slots=True)
class _Odd:
    """A number that the format has no use for, as it was written."""

    text: str


class _Repeated(dict[str, Any]):
    """An object that says a key more than once; the last value counts."""

    keys_twice: tuple[str, ...] = ()


def count_values(data: bytes) -> int:
    """Return a number of values that the file has at most."""
    return data.count(b",") + data.count(b"{") + data.count(b"[")


def parse(data: bytes) -> tuple[object, list[Finding]]:
    """Return the content of a file, and what is not allowed in it whatever the schema says.

    What lies too deep is emptied. At most `MOST_FINDINGS` are looked for.

    Raises:
        UnreadableError: The file is too large or no JSON.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            _WHOLE_FILE,
            f"Filen er større enn {MAX_BYTES // 1_000_000} MB, og det er for mye å lese på én "
            "gang. Eksporter ett møte om gangen.",
        )
    if count_values(data) > MAX_VALUES:
        raise UnreadableError(
            _WHOLE_FILE,
            "Filen har mer enn tre millioner verdier, og det er for mye å lese på én gang. "
            "Eksporter ett møte om gangen.",
        )
    document = _loaded(_text(data))
    return document, list(islice(_walk(document), MOST_FINDINGS))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            f"linje {line}", "Filen er ikke skrevet i UTF-8. Lagre den på nytt som UTF-8."
        ) from error


def _loaded(text: str) -> object:
    try:
        return json.loads(
            text,
            strict=False,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_Odd,
            parse_constant=_Odd,
        )
    except json.JSONDecodeError as error:
        reason = next((ours for theirs, ours in _JSON_ERRORS if error.msg.startswith(theirs)), "")
        raise UnreadableError(
            f"linje {error.lineno}, tegn {error.colno}",
            f"Filen er ikke gyldig JSON. {reason}".rstrip(),
        ) from error
    except RecursionError as error:
        raise UnreadableError(
            _WHOLE_FILE, f"Filen har flere enn {MAX_DEPTH} nivåer inni hverandre."
        ) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeated = _Repeated(found)
    repeated.keys_twice = tuple(
        key for key, count in Counter(key for key, _ in pairs).items() if count > 1
    )
    return repeated


def _integer(text: str) -> int | _Odd:
    return int(text) if len(text) <= _LONGEST_INTEGER else _Odd(text)


def _walk(document: object) -> Iterator[Finding]:
    waiting: list[tuple[Path, object]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict | list):
            if len(path) >= MAX_DEPTH:
                value.clear()  # so that nobody has to go deeper
                yield Finding(path, f"Her er det flere enn {MAX_DEPTH} nivåer inni hverandre.")
                continue
            yield from _object_findings(path, value)
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += reversed([((*path, key), child) for key, child in pairs])
        elif isinstance(value, _Odd):
            yield Finding(path, _odd_message(value))
        elif isinstance(value, str) and _SURROGATE.search(value):
            yield Finding(path, "Teksten har et halvt tegn (en løs surrogat) som ikke kan lagres.")


def _object_findings(path: Path, value: object) -> Iterator[Finding]:
    if isinstance(value, _Repeated):
        for key in value.keys_twice:
            yield Finding((*path, key), "Feltet står flere ganger i det samme objektet.")
    if isinstance(value, dict) and any(map(_SURROGATE.search, value)):
        yield Finding(path, "Et feltnavn har et halvt tegn (en løs surrogat).")


def _odd_message(odd: _Odd) -> str:
    shown = odd.text if len(odd.text) <= 30 else f"{odd.text[:30]}…"
    return f"{shown} kan ikke brukes. Tall skal være hele tall med høyst {_LONGEST_INTEGER} siffer."
