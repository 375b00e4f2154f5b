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
    found = set(_like(session, "tittel", like_pattern(wanted)))
    if found and not wanted.isascii():
        titles = _stored(session, "tittel", found)
        found = {row for row, title in titles if wanted.casefold() in title.casefold()}
    return found | _numbered(session, wanted)


def text_ranges(session: Session, table: str = "sak") -> list[range]:
    """Return the row numbers of all saker in the stretches that `match_texts` takes."""
    newest = f"SELECT max(rowid) FROM {table}"  # noqa: S608
    last = session.connection().exec_driver_sql(newest).scalar() or 0
    return [range(low, low + _STRETCH) for low in range(0, last + 1, _STRETCH)]


def match_texts(
    session: Session, text: str, rows: range, column: str = "omtale", table: str = "sak"
) -> set[int]:
    """Return the row numbers, within a range, of the saker whose omtale holds a text.

    Or of the rows of another table, whose column holds a tree. What is stored is JSON; what is
    found in it is confirmed by its words. Takes some milliseconds for a stretch of `text_ranges`.
    """
    wanted = " ".join(text.split())
    within = f"rowid BETWEEN {rows.start} AND {rows.stop - 1} AND"
    pattern = like_pattern(wanted).replace('"', '\\\\"')  # as JSON has it, and LIKE escapes that
    found = _like(session, column, pattern, within, table)
    stored = _stored(session, column, found, table) if found else ()
    return {row for row, tree in stored if wanted.casefold() in _words_of(tree).casefold()}


def like_pattern(wanted: str) -> str:
    r"""Return the pattern that finds a text with LIKE … ESCAPE '\'."""
    return "".join(map(_letter, wanted))


def _like(
    session: Session, column: str, pattern: str, among: str = "", table: str = "sak"
) -> list[int]:
    joined = f"SELECT group_concat(rowid) FROM {table} WHERE {among} {column} LIKE ? ESCAPE '\\'"  # noqa: S608
    rows = session.connection().exec_driver_sql(joined, (f"%{pattern}%",)).scalar()
    found: list[int] = json.loads(f"[{rows or ''}]")
    return found


def _stored(
    session: Session, column: str, rows: Collection[int], table: str = "sak"
) -> Iterable[tuple[int, str]]:
    marks = ",".join(map(str, rows))
    sql = f"SELECT rowid, {column} FROM {table} WHERE rowid IN ({marks})"  # noqa: S608
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


def row_number(session: Session, key: str, table: str = "sak") -> int | None:
    """Return SQLite's row number of a sak, or of another row; None where there is none."""
    sql = f"SELECT rowid FROM {table} WHERE id = ?"  # noqa: S608
    found = session.connection().exec_driver_sql(sql, (key,))
    number: int | None = found.scalar()
    return number
