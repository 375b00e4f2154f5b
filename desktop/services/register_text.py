"""Free text in the register: titles and numbers at once, what the saker say after that.

SQLite's LIKE ignores case for a–z alone. Other letters are asked for as "any letter", and what is
found is then compared without regard to case.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.rules.numbering import read_sak_reference
from desktop.services.access import all_utvalg
from desktop.services.provisional import provisional_numbers

SHORTEST_IN_TEXTS: Final = 2
_STRETCH: Final = 1_500
_ANY = "_"


def match_titles(session: Session, text: str) -> set[int]:
    """Return the row numbers of the saker whose title or number holds a text."""
    wanted = " ".join(text.split())
    found = set(_like(session, "tittel", wanted))
    if found and not wanted.isascii():
        titles = _stored(session, "tittel", found)
        found = {row for row, title in titles if wanted.casefold() in title.casefold()}
    return found | _numbered(session, wanted)


def text_ranges(session: Session) -> list[range]:
    """Return the row numbers of all saker in the stretches that `match_texts` takes."""
    last = session.connection().exec_driver_sql("SELECT max(rowid) FROM sak").scalar() or 0
    return [range(low, low + _STRETCH) for low in range(0, last + 1, _STRETCH)]


def match_texts(session: Session, text: str, rows: range) -> set[int]:
    """Return the row numbers, within a range, of the saker whose omtale holds a text.

    What is stored is JSON; what is found in it is confirmed by its words. Takes some milliseconds
    for a stretch of `text_ranges`.
    """
    wanted = " ".join(text.split())
    found = _like(session, "omtale", wanted, f"rowid BETWEEN {rows.start} AND {rows.stop - 1} AND")
    stored = _stored(session, "omtale", found) if found else ()
    return {row for row, tree in stored if wanted.casefold() in _words_of(tree).casefold()}


def _like(session: Session, column: str, wanted: str, among: str = "") -> list[int]:
    pattern = "".join(map(_letter, wanted))
    if column == "omtale":
        pattern = pattern.replace('"', '\\\\"')  # as JSON has it, and LIKE escapes that
    joined = f"SELECT group_concat(rowid) FROM sak WHERE {among} {column} LIKE ? ESCAPE '\\'"  # noqa: S608
    rows = session.connection().exec_driver_sql(joined, (f"%{pattern}%",)).scalar()
    found: list[int] = json.loads(f"[{rows or ''}]")
    return found


def _stored(session: Session, column: str, rows: Collection[int]) -> Iterable[tuple[int, str]]:
    marks = ",".join(map(str, rows))
    sql = f"SELECT rowid, {column} FROM sak WHERE rowid IN ({marks})"  # noqa: S608
    return [(row, stored) for row, stored in session.connection().exec_driver_sql(sql)]


def _letter(letter: str) -> str:
    if letter in "%_\\":
        return f"\\{letter}"
    return letter if letter.isascii() else _ANY


def _words_of(stored: str) -> str:
    """Return the words of a stored text: the runs of one block after another."""
    parts: list[str] = []
    _collect(json.loads(stored), parts)
    return "".join(parts)


def _collect(node: Any, parts: list[str]) -> None:  # noqa: ANN401
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "tekst" and isinstance(value, str):
                parts.append(value)
            else:
                _collect(value, parts)
        if "id" in node:
            parts.append("\n")
    elif isinstance(node, list):
        for value in node:
            _collect(value, parts)


def _numbered(session: Session, wanted: str) -> set[int]:
    """Return the saker that a number names, provisional ones included; a bare one in any year."""
    connection = session.connection()
    reference = read_sak_reference(wanted)
    if reference is None:
        if not wanted.isdecimal():
            return set()
        fixed = connection.exec_driver_sql(
            "SELECT rowid FROM sak WHERE moetesakssekvensnummer = ? AND moetesaksaar IN"
            " (SELECT DISTINCT aar FROM moete)",
            (int(wanted[:6]),),
        )
        return {row for (row,) in fixed}
    fixed = connection.exec_driver_sql(
        "SELECT rowid FROM sak WHERE moetesaksaar = ? AND moetesakssekvensnummer = ?",
        tuple(reference),
    )
    found = {row for (row,) in fixed}
    for utvalg in all_utvalg(session):
        saker, _meetings = provisional_numbers(session, utvalg.id, reference.year)
        numbered = (key for key, given in saker.items() if given.number == reference.number)
        found |= {row for key in numbered if (row := row_number(session, key)) is not None}
    return found


def row_number(session: Session, sak_id: str) -> int | None:
    """Return SQLite's row number of a sak; None where there is no such sak."""
    found = session.connection().exec_driver_sql("SELECT rowid FROM sak WHERE id = ?", (sak_id,))
    number: int | None = found.scalar()
    return number
