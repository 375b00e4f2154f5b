"""The register of vedtak: every one of the archive, and those that were entered from elsewhere.

Read as the register of saker is (see `services.register`), and for a great part by it: an order is
a list of SQLite's row numbers (`vedtak_order`), a filter a set of them; a row is read when shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy.orm import Session

from desktop.i18n.sorting import sort_key
from desktop.rules.kinds import Sakstype
from desktop.rules.numbering import SakNumberPattern
from desktop.services.register import RegisterFilter, match_filter
from desktop.services.register_text import like_pattern, match_titles
from desktop.services.vedtak_order import VedtakRows, numbers
from desktop.storage.search_texts import tree_text

OUTSIDE: Final = "organ:"
"""What the key of a body outside the archive begins with, among the utvalg of the filters."""


class Outcome(StrEnum):
    """Whether a vedtak became what was proposed."""

    SOM_FORESLAATT = "som_foreslaatt"
    ENDRET = "endret"
    FOERT_INN = "foert_inn"
    """It was entered by hand, so that nobody knows."""


@dataclass(frozen=True, slots=True)
class VedtakFilter:
    """Which vedtak are wanted; None is any. `utvalg_id` may be `OUTSIDE` and the name of a body."""

    utvalg_id: str | None = None
    aar: int | None = None
    sakstype: str | None = None
    utfall: Outcome | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, name) is not None for name in self.__slots__)


class VedtakRegisterRow(NamedTuple):
    """A vedtak as the register shows it.

    `sak` is its number, or the reference it was entered with; `fortsetter` and `fortsatt_i` are the
    numbers of the saker before and after its own in their chain, "" where there are none.
    """

    id: str
    sak_id: str | None
    moete_id: str | None
    sak: str
    tittel: str
    dato: dt.date | None
    sakstype: Sakstype | None
    utvalg: str
    tekst: str
    utfall: Outcome
    fortsetter: str
    fortsatt_i: str

    @property
    def is_entered(self) -> bool:
        """Whether it was entered by hand."""
        return self.sak_id is None


class VedtakChoices(NamedTuple):
    """What the filters offer: (key, name) of bodies, those of the archive first; and the years."""

    utvalg: tuple[tuple[str, str], ...]
    aar: tuple[int, ...]


def count_vedtak(session: Session) -> int:
    """Return how many vedtak there are."""
    found: int = session.connection().exec_driver_sql("SELECT count(*) FROM vedtak").scalar_one()
    return found


def match_vedtak_filter(
    session: Session, wanted: VedtakFilter, known: VedtakRows | None = None
) -> set[int] | None:
    """Return the row numbers of the vedtak a filter lets through; None for all of them.

    A vedtak counts in the year of its sak's number, an entered one in that of its date.
    """
    if not wanted:
        return None
    found = _of_saker(session, wanted, known or VedtakRows())
    tests, values = _entered_tests(wanted)
    found |= _rows(session, " AND ".join(("sak_id IS NULL", *tests)), values)
    return found if wanted.utfall is None else found & _rows(session, _OUTCOMES[wanted.utfall])


def _of_saker(session: Session, wanted: VedtakFilter, known: VedtakRows) -> set[int]:
    """Return the vedtak of the saker that the register of saker would show."""
    own = known.of_saker(session)
    if wanted.utvalg_id is not None and wanted.utvalg_id.startswith(OUTSIDE):
        return set()
    as_saker = RegisterFilter(wanted.aar, wanted.utvalg_id, wanted.sakstype)
    saker = match_filter(session, as_saker)
    return set(own.values() if saker is None else (own[sak] for sak in saker if sak in own))


def _entered_tests(wanted: VedtakFilter) -> tuple[list[str], dict[str, object]]:
    tests: list[str] = []
    values: dict[str, object] = {}
    if wanted.utvalg_id is not None and wanted.utvalg_id.startswith(OUTSIDE):
        tests.append("utvalg_id IS NULL AND organ = :organ")
        values["organ"] = wanted.utvalg_id.removeprefix(OUTSIDE)
    elif wanted.utvalg_id is not None:
        tests.append("utvalg_id = :utvalg")
        values["utvalg"] = wanted.utvalg_id
    if wanted.aar is not None:
        tests.append("CAST(substr(dato, 1, 4) AS INTEGER) = :aar")
        values["aar"] = wanted.aar
    if wanted.sakstype is not None:
        tests.append("sakstype = :sakstype")
        values["sakstype"] = str(wanted.sakstype)
    return tests, values


def _rows(session: Session, where: str, values: Mapping[str, object] | None = None) -> set[int]:
    sql = f"SELECT group_concat(rowid) FROM vedtak WHERE {where}"  # noqa: S608
    found = session.connection().exec_driver_sql(sql, dict(values or {}) or None)
    return set(numbers(found.scalar()))


_OUTCOMES: Final = {
    Outcome.SOM_FORESLAATT: "sak_id IS NOT NULL AND som_foreslaatt = 1",
    Outcome.ENDRET: "sak_id IS NOT NULL AND som_foreslaatt IS NOT 1",
    Outcome.FOERT_INN: "sak_id IS NULL",
}


def match_vedtak_titles(session: Session, text: str, known: VedtakRows | None = None) -> set[int]:
    """Return the row numbers of the vedtak whose title, body, reference or number hold a text."""
    own = (known or VedtakRows()).of_saker(session)
    found = {own[sak] for sak in match_titles(session, text) if sak in own}
    wanted = " ".join(text.split())
    parts = [f"coalesce({name}, '')" for name in ("tittel", "organ", "referanse")]
    tests = " OR ".join(f"{part} LIKE :like ESCAPE '\\'" for part in parts)
    entered = session.connection().exec_driver_sql(
        f"SELECT rowid, {' || char(10) || '.join(parts)} FROM vedtak"  # noqa: S608
        f" WHERE sak_id IS NULL AND ({tests})",
        {"like": f"%{like_pattern(wanted)}%"},
    )
    return found | {row for row, held in entered if wanted.casefold() in held.casefold()}


_COLUMNS: Final = (
    "v.rowid, v.id, v.sak_id, s.moete_id, s.moetesaksaar, s.moetesakssekvensnummer, v.referanse,"
    " coalesce(s.tittel, v.tittel, ''), iif(v.sak_id IS NULL, v.dato, (SELECT min(dato)"
    " FROM moetedag WHERE moete_id = s.moete_id)), coalesce(s.sakstype, v.sakstype), u.kortnavn,"
    " v.organ, v.tekst, v.som_foreslaatt, u.saksnummermoenster, p.moetesaksaar,"
    " p.moetesakssekvensnummer, n.moetesaksaar, n.moetesakssekvensnummer"
)
_PAGE_FROM: Final = (
    "FROM vedtak v LEFT JOIN sak s ON s.id = v.sak_id"
    " LEFT JOIN utvalg u ON u.id = coalesce(s.utvalg_id, v.utvalg_id)"
    " LEFT JOIN sak p ON p.id = s.fortsetter_id"
    " LEFT JOIN sak n ON n.id = (SELECT min(id) FROM sak WHERE fortsetter_id = s.id)"
)


def load_vedtak_page(session: Session, rows: Sequence[int]) -> dict[int, VedtakRegisterRow]:
    """Return what the register shows of some vedtak, by row number."""
    among = ",".join(map(str, rows))
    sql = f"SELECT {_COLUMNS} {_PAGE_FROM} WHERE v.rowid IN ({among})"
    return {row[0]: _row(row) for row in session.connection().exec_driver_sql(sql)}


def _row(row: Any) -> VedtakRegisterRow:  # noqa: ANN401
    (_, key, sak_id, moete_id, year, number, reference, title, date, kind, body, organ, text,
     as_proposed, pattern, before_year, before, after_year, after) = row  # fmt: skip
    numbers = SakNumberPattern(pattern) if pattern else None

    def told(aar: int | None, nummer: int | None) -> str:
        return numbers.format(aar, nummer) if numbers and aar and nummer else ""

    if sak_id is None:
        outcome = Outcome.FOERT_INN
    else:
        outcome = Outcome.SOM_FORESLAATT if as_proposed else Outcome.ENDRET
    return VedtakRegisterRow(
        id=key,
        sak_id=sak_id,
        moete_id=moete_id,
        sak=reference or told(year, number),
        tittel=title,
        dato=dt.date.fromisoformat(date) if date else None,
        sakstype=Sakstype(kind) if kind else None,
        utvalg=body or organ or "",
        tekst=" ".join(tree_text(text).split()),
        utfall=outcome,
        fortsetter=told(before_year, before),
        fortsatt_i=told(after_year, after),
    )


def load_vedtak_choices(session: Session) -> VedtakChoices:
    """Return what the filters of the register offer."""
    connection = session.connection()
    bodies = connection.exec_driver_sql("SELECT id, kortnavn FROM utvalg ORDER BY rekkefoelge")
    outside = connection.exec_driver_sql(
        "SELECT DISTINCT organ FROM vedtak WHERE utvalg_id IS NULL AND sak_id IS NULL"
        " AND organ IS NOT NULL"
    ).scalars()
    years = connection.exec_driver_sql(
        "SELECT DISTINCT aar FROM moete UNION SELECT DISTINCT CAST(substr(dato, 1, 4) AS INTEGER)"
        " FROM vedtak WHERE dato IS NOT NULL"
    ).scalars()
    return VedtakChoices(
        (
            *((key, name) for key, name in bodies),
            *((OUTSIDE + name, name) for name in sorted(outside, key=sort_key)),
        ),
        tuple(sorted(years, reverse=True)),
    )
