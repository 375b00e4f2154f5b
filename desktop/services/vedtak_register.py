"""The register of vedtak: every one of the archive, and those that were entered from elsewhere.

Read as the register of saker is (see `services.register`): an order is a list of SQLite's row
numbers, a filter a set of them, and a row is read when it is shown.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy.orm import Session

from desktop.i18n.sorting import sort_key, sort_text
from desktop.rules.kinds import Sakstype
from desktop.rules.numbering import SakNumberPattern, read_sak_reference
from desktop.services.register_text import like_pattern
from desktop.storage.search_texts import tree_text

OUTSIDE: Final = "organ:"
"""What the key of a body outside the archive begins with, among the utvalg of the filters."""

_DAYS: Final = "(SELECT moete_id, min(dato) AS dato FROM moetedag GROUP BY moete_id)"
_FROM: Final = (
    f"FROM vedtak v LEFT JOIN sak s ON s.id = v.sak_id LEFT JOIN {_DAYS} d"
    " ON d.moete_id = s.moete_id"
)
_DATE: Final = "coalesce(v.dato, d.dato)"
_NEWEST_LAST: Final = f"{_DATE}, s.moetesaksaar, s.moetesakssekvensnummer, v.referanse, v.rowid"
_BODY: Final = "coalesce(s.utvalg_id, v.utvalg_id)"
_KIND: Final = "coalesce(s.sakstype, v.sakstype)"


class VedtakOrder(Enum):
    """What the register can be sorted by."""

    DATO = "dato"
    SAK = "sak"
    TITTEL = "tittel"
    TEKST = "tekst"
    SAKSTYPE = "sakstype"
    UTVALG = "utvalg"
    ENDRET = "endret"


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


def _numbers(session: Session, sql: str, values: Mapping[str, object] | None = None) -> list[int]:
    joined = f"SELECT group_concat(rad) FROM ({sql})"  # noqa: S608
    text = session.connection().exec_driver_sql(joined, dict(values or {}) or None).scalar()
    found: list[int] = json.loads(f"[{text or ''}]")
    return found


def count_vedtak(session: Session) -> int:
    """Return how many vedtak there are."""
    found: int = session.connection().exec_driver_sql("SELECT count(*) FROM vedtak").scalar_one()
    return found


def order_vedtak(session: Session, order: VedtakOrder, *, descending: bool = False) -> list[int]:
    """Return the row numbers of all vedtak in an order; equal ones stand by their dates."""
    if order in _SORTED_HERE:
        rows = _sorted_here(session, order)
    else:
        first = _SORTED_THERE[order]
        rows = _numbers(session, f"SELECT v.rowid AS rad {_FROM} ORDER BY {first} {_NEWEST_LAST}")
    return rows[::-1] if descending else rows


_SORTED_HERE: Final = frozenset({VedtakOrder.TITTEL, VedtakOrder.SAK, VedtakOrder.UTVALG})
_SORTED_THERE: Final = {
    VedtakOrder.DATO: "",
    VedtakOrder.TEKST: 'substr(v.tekst, instr(v.tekst, \'"tekst":"\') + 9, 60),',
    VedtakOrder.SAKSTYPE: f"{_KIND} IS NULL, {_KIND},",
    VedtakOrder.ENDRET: "v.som_foreslaatt IS NULL, v.som_foreslaatt,",
}


def _sorted_here(session: Session, order: VedtakOrder) -> list[int]:
    """Return an order by what SQLite cannot compare: names, titles, and numbers as text."""
    found = session.connection().exec_driver_sql(
        "SELECT v.rowid, s.tittelnoekkel, v.tittel, s.moetesaksaar, s.moetesakssekvensnummer,"
        f" v.referanse, u.rekkefoelge, v.organ {_FROM}"
        f" LEFT JOIN utvalg u ON u.id = {_BODY} ORDER BY {_NEWEST_LAST}"
    )
    keys = {
        VedtakOrder.TITTEL: lambda row: row[1] or sort_text(row[2] or ""),
        VedtakOrder.UTVALG: lambda row: (row[6] is None, row[6] or "", sort_text(row[7] or "")),
        VedtakOrder.SAK: _number_key,
    }
    return [row[0] for row in sorted(found.all(), key=keys[order])]


def _number_key(row: Any) -> tuple[int, int, str]:  # noqa: ANN401
    year, number, reference = row[3], row[4], row[5]
    if number is None:
        read = read_sak_reference(reference or "")
        year, number = (read.year, read.number) if read else (0, 0)
    return year or 0, number, reference or ""


def match_vedtak_filter(session: Session, wanted: VedtakFilter) -> set[int] | None:
    """Return the row numbers of the vedtak a filter lets through; None for all of them.

    A vedtak counts in the year of its sak's number, an entered one in that of its date.
    """
    if not wanted:
        return None
    tests: list[str] = []
    values: dict[str, object] = {}
    if wanted.utvalg_id is not None and wanted.utvalg_id.startswith(OUTSIDE):
        tests.append(f"{_BODY} IS NULL AND v.organ = :organ")
        values["organ"] = wanted.utvalg_id.removeprefix(OUTSIDE)
    elif wanted.utvalg_id is not None:
        tests.append(f"{_BODY} = :utvalg")
        values["utvalg"] = wanted.utvalg_id
    if wanted.aar is not None:
        tests.append(f"coalesce(s.moetesaksaar, CAST(substr({_DATE}, 1, 4) AS INTEGER)) = :aar")
        values["aar"] = wanted.aar
    if wanted.sakstype is not None:
        tests.append(f"{_KIND} = :sakstype")
        values["sakstype"] = str(wanted.sakstype)
    if wanted.utfall is not None:
        tests.append(_OUTCOMES[wanted.utfall])
    sql = f"SELECT v.rowid AS rad {_FROM} WHERE {' AND '.join(tests)}"
    return set(_numbers(session, sql, values))


_OUTCOMES: Final = {
    Outcome.SOM_FORESLAATT: "v.sak_id IS NOT NULL AND v.som_foreslaatt = 1",
    Outcome.ENDRET: "v.sak_id IS NOT NULL AND v.som_foreslaatt IS NOT 1",
    Outcome.FOERT_INN: "v.sak_id IS NULL",
}


def match_vedtak_titles(session: Session, text: str) -> set[int]:
    """Return the row numbers of the vedtak whose title, body, reference or number hold a text."""
    wanted = " ".join(text.split())
    parts = [f"coalesce({name}, '')" for name in ("s.tittel", "v.tittel", "v.organ", "v.referanse")]
    tests = " OR ".join(f"{part} LIKE :like ESCAPE '\\'" for part in parts)
    found = session.connection().exec_driver_sql(
        f"SELECT v.rowid, {' || char(10) || '.join(parts)} {_FROM} WHERE {tests}",
        {"like": f"%{like_pattern(wanted)}%"},
    )
    rows = {row for row, held in found if wanted.casefold() in held.casefold()}
    reference = read_sak_reference(wanted)
    if reference is None:
        return rows
    numbered = (
        f"SELECT v.rowid AS rad {_FROM} WHERE s.moetesaksaar = :aar"
        " AND s.moetesakssekvensnummer = :nummer"
    )
    return rows | set(
        _numbers(session, numbered, {"aar": reference.year, "nummer": reference.number})
    )


_COLUMNS: Final = (
    "v.rowid, v.id, v.sak_id, s.moete_id, s.moetesaksaar, s.moetesakssekvensnummer, v.referanse,"
    " coalesce(s.tittel, v.tittel, ''), coalesce(v.dato, (SELECT min(dato) FROM moetedag"
    " WHERE moete_id = s.moete_id)), coalesce(s.sakstype, v.sakstype), u.kortnavn,"
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
