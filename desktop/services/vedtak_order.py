"""The orders of the register of vedtak, by way of the saker, whose indexes know theirs.

A vedtak of a sak sorts by what stands on the sak, and one entered by hand by what stands on itself.
Reading a vedtak's sak with it costs three times as much as to pair them once by row number and to
read of each table what an index or the first bytes of its rows hold.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.i18n.sorting import sort_text
from desktop.rules.kinds import Sakstype
from desktop.rules.numbering import read_sak_reference

_KINDS: Final = {str(kind): place for place, kind in enumerate(Sakstype)}
_ALIKE: Final = (("aa", "}"), ("æ", "{"), ("ø", "|"), ("å", "}"), ("ä", "{"), ("ö", "|"))
"""What stands in the place of letters, so that texts sort by code points: æ, ø, å after z."""
_BEGINNING: Final = 'substr(tekst, instr(tekst, \'"tekst":"\') + 9, 60)'
_PAIRS: Final = (
    "SELECT group_concat(s.rowid), group_concat(v.rowid)"
    " FROM sak s CROSS JOIN vedtak v ON v.sak_id = s.id"
)
_OF_SAKER: Final = {
    "sak": "SELECT rowid AS rad, ifnull(moetesaksaar, 0) * 1000000"
    " + ifnull(moetesakssekvensnummer, 0) AS verdi FROM sak",
    "tittel": "SELECT rowid AS rad, tittelnoekkel AS verdi FROM sak ORDER BY tittelnoekkel",
    "sakstype": "SELECT rowid AS rad, sakstype AS verdi FROM sak",
    "utvalg": "SELECT rowid AS rad, utvalg_id AS verdi FROM sak",
}


class VedtakOrder(Enum):
    """What the register can be sorted by."""

    DATO = "dato"
    SAK = "sak"
    TITTEL = "tittel"
    TEKST = "tekst"
    SAKSTYPE = "sakstype"
    UTVALG = "utvalg"
    ENDRET = "endret"


class VedtakRows:
    """The row numbers of all vedtak in one state of the archive; what was read once is kept."""

    def __init__(self) -> None:
        self._of_saker: dict[int, int] | None = None
        self._by_date: list[int] | None = None

    def of_saker(self, session: Session) -> Mapping[int, int]:
        """Return the vedtak of saker, by the row numbers of their saker."""
        if self._of_saker is None:
            saker, vedtak = session.connection().exec_driver_sql(_PAIRS).one()
            self._of_saker = dict(zip(numbers(saker), numbers(vedtak), strict=True))
        return self._of_saker

    def by_date(self, session: Session) -> list[int]:
        """Return all vedtak, the oldest first; of one day, those that were entered come first."""
        if self._by_date is None:
            days: dict[str, list[int]] = {}
            for row, day, *_rest in _entered(session):
                days.setdefault(day or "", []).append(row)
            own = self.of_saker(session)
            for day, saker in _saker_of_days(session):
                days.setdefault(day or "", []).extend(own[sak] for sak in saker if sak in own)
            self._by_date = [row for _day, rows in sorted(days.items()) for row in rows]
        return self._by_date


def order_vedtak(
    session: Session,
    order: VedtakOrder,
    *,
    descending: bool = False,
    known: VedtakRows | None = None,
) -> list[int]:
    """Return the row numbers of all vedtak in an order; equal ones stand by their dates.

    `known` keeps what was read for other orders of the same state of the archive.
    """
    known = known or VedtakRows()
    rows = known.by_date(session)
    if order is not VedtakOrder.DATO:
        keys = _keys(session, order, known)
        rows = sorted(rows, key=keys.__getitem__)
    return rows[::-1] if descending else rows


def _keys(session: Session, order: VedtakOrder, known: VedtakRows) -> Mapping[int, Any]:
    if order is VedtakOrder.TEKST:
        return _text_keys(session)
    if order is VedtakOrder.ENDRET:
        return _outcome_keys(session)
    own, places = known.of_saker(session), _places(session)
    saker, values = _columns(session, _OF_SAKER[order.value])
    if order is VedtakOrder.SAKSTYPE:
        values = [_KINDS.get(value, len(_KINDS)) for value in values]
    elif order is VedtakOrder.UTVALG:
        values = [places[value] for value in values]
    keys = {own[sak]: value for sak, value in zip(saker, values, strict=True) if sak in own}
    for row in _entered(session):
        keys[row[0]] = _entered_key(row, order, places)
    return keys


def _entered_key(row: Any, order: VedtakOrder, places: Mapping[str, str]) -> Any:  # noqa: ANN401
    _row, _day, title, reference, kind, body, organ = row
    if order is VedtakOrder.TITTEL:
        return sort_text(title or "")
    if order is VedtakOrder.SAKSTYPE:
        return _KINDS.get(kind, len(_KINDS))
    if order is VedtakOrder.UTVALG:
        return places[body] if body else _body_key(organ or "")
    read = read_sak_reference(reference or "")
    return read.year * 1_000_000 + read.number if read else 0


@lru_cache(maxsize=1_000)
def _body_key(organ: str) -> str:
    return f"~{sort_text(organ)}"


def _text_keys(session: Session) -> Mapping[int, str]:
    """Return the beginnings of all texts as keys: all at once, for each alone would take long."""
    found = session.connection().exec_driver_sql(
        f"SELECT group_concat(rowid), group_concat({_BEGINNING}, char(10)) FROM vedtak"  # noqa: S608
    )
    rows, texts = found.one()
    folded = (texts or "").lower()
    for letter, place in _ALIKE:
        folded = folded.replace(letter, place)
    return dict(zip(numbers(rows), folded.split("\n"), strict=False))


def _outcome_keys(session: Session) -> Mapping[int, int]:
    rows, values = _columns(
        session,
        "SELECT rowid AS rad, CASE WHEN sak_id IS NULL THEN 2 ELSE ifnull(som_foreslaatt, 0) END"
        " AS verdi FROM vedtak",
    )
    return dict(zip(rows, values, strict=True))


def _columns(session: Session, sql: str) -> tuple[list[int], list[Any]]:
    """Return the two columns of a select; as two texts they come four times as fast as in rows."""
    both = f"SELECT group_concat(rad), json_group_array(verdi) FROM ({sql})"  # noqa: S608
    rows, values = session.connection().exec_driver_sql(both).one()
    return numbers(rows), json.loads(values)


def numbers(joined: str | None) -> list[int]:
    """Return the row numbers that `group_concat` has joined."""
    found: list[int] = json.loads(f"[{joined or ''}]")
    return found


def _entered(session: Session) -> list[Any]:
    """Return (row, date, title, reference, type, utvalg, body) of the entered ones, by row."""
    found = session.connection().exec_driver_sql(
        "SELECT rowid, dato, tittel, referanse, sakstype, utvalg_id, organ FROM vedtak"
        " WHERE sak_id IS NULL ORDER BY rowid"
    )
    return list(found)


def _saker_of_days(session: Session) -> list[tuple[str | None, list[int]]]:
    """Return the row numbers of saker by the first day of their meeting, in number order."""
    connection = session.connection()
    days: dict[str, str] = dict(
        connection.exec_driver_sql(
            "SELECT moete_id, min(dato) FROM moetedag GROUP BY moete_id"
        ).all()
    )
    saker = connection.exec_driver_sql(
        "SELECT moete_id, group_concat(rowid) FROM sak INDEXED BY ix_sak_moete_id GROUP BY moete_id"
    )
    return [(days.get(key), numbers(rows)) for key, rows in saker]


def _places(session: Session) -> Mapping[str, str]:
    """Return the places of the utvalg, as keys that stand before the names of other bodies."""
    keys = session.connection().exec_driver_sql("SELECT id FROM utvalg ORDER BY rekkefoelge")
    return {key: f"{place:06}" for place, key in enumerate(keys.scalars())}
