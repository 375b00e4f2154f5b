"""What is shown of the documents that a search found: titles, places, dates and excerpts."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from desktop.i18n.catalogue import N_
from desktop.i18n.catalogue import words as catalogue
from desktop.i18n.dates import numeric_date
from desktop.i18n.terms import SEKSJONER
from desktop.models import Moete, Moetedag, Sak, Utvalg
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.numbering import SakNumberPattern, format_meeting_number
from desktop.services.rows import full_name
from desktop.services.search_excerpt import Excerpt, Marks, excerpt, find_marks
from desktop.services.search_kinds import KIND_OF_TABLE, HitKind
from desktop.storage.search_match import Found, Wanted
from desktop.storage.search_texts import SOURCES, Texts, texts_of

_MOETE: Final = "moete"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found.

    Attributes:
        kind: what it is.
        key: its key: of the sak, person, organisation, meeting, or of the row itself.
        sak_id: the sak it belongs to, if any.
        moete_id: the meeting it is opened in, if any.
        number: the sak's or meeting's number as its utvalg writes it; "" where there is none.
        utvalg: the short name of the utvalg; "" where there is none.
        title: the sak's title, or the name.
        title_marks: (start, end) in the title of what was sought.
        where: which part it is, as a heading, a file's name or a deadline; "" where that says
            nothing.
        date: the meeting's first day, else when the sak was reported or the vedtak made.
        excerpt: a stretch of the text; "" where the title says it all.
        marks: (start, end) in the excerpt of what was sought.
    """

    kind: HitKind
    key: str
    sak_id: str | None
    moete_id: str | None
    number: str
    utvalg: str
    title: str
    title_marks: Marks
    where: str
    date: dt.date | None
    excerpt: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class _Sak:
    title: str = ""
    number: str = ""
    utvalg: str = ""
    moete_id: str | None = None
    date: dt.date | None = None


def load_hits(session: Session, found: Sequence[Found], sought: Sequence[Wanted]) -> list[Hit]:
    """Return what is shown of each, in their order; what is gone is left out."""
    driver = cast("sqlite3.Connection", session.connection().connection.driver_connection)
    rows = _rows(driver, found)
    saker = _saker(session, {one.sak_id for one in found if one.sak_id})
    _tell_commitments(driver, rows)
    hits: list[Hit] = []
    for one in found:
        if one.table == _MOETE:
            hits += _meeting(session, one.key)
            continue
        row = rows.get((one.table, one.key))
        if row is not None:
            sak = saker.get(one.sak_id or "", _Sak())
            hits.append(_hit(driver, one, row, sak, sought))
    return hits


def _rows(
    driver: sqlite3.Connection, found: Iterable[Found]
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows found, by table and key, each table in one statement."""
    by_table: dict[str, list[str]] = {}
    for one in found:
        if one.table in SOURCES:
            by_table.setdefault(one.table, []).append(one.key)
    rows = {}
    for table, keys in by_table.items():
        columns = ("id", *SOURCES[table].columns, *_EXTRA.get(table, ()))
        marks = ", ".join("?" * len(keys))
        for values in driver.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE id IN ({marks})",  # noqa: S608
            keys,
        ):
            rows[table, values[0]] = dict(zip(columns, values, strict=True))
    return rows


_EXTRA: Final[Mapping[str, tuple[str, ...]]] = {
    "toppnotatseksjon": ("slag",),
    "organisasjonsnavn": ("organisasjon_id",),
    "oppfoelginglogg": ("oppfoelging_id", "dato"),
    "vedtak": ("dato", "utvalg_id"),
    "referat": ("moete_id",),
}
_KEYS: Final = {"organisasjonsnavn": "organisasjon_id", "oppfoelginglogg": "oppfoelging_id"}


def _hit(
    driver: sqlite3.Connection,
    one: Found,
    row: Mapping[str, Any],
    sak: _Sak,
    sought: Sequence[Wanted],
) -> Hit:
    texts = texts_of(driver, one.table, row)
    title = _title(one.table, row, sak, texts)
    shown = _excerpt(one.table, texts, title, sought)
    date = sak.date
    if date is None and isinstance(row.get("dato"), str):
        date = dt.date.fromisoformat(row["dato"])
    return Hit(
        kind=KIND_OF_TABLE[one.table],
        key=str(row[_KEYS.get(one.table, "id")]),
        sak_id=one.sak_id,
        moete_id=sak.moete_id or row.get("moete_id"),
        number=sak.number or (row.get("referanse") or "" if one.table == "vedtak" else ""),
        utvalg=sak.utvalg or row.get("organ") or "",
        title=title,
        title_marks=find_marks(title, sought),
        where=sak.title if one.table == "vedlegg" else _where(one.table, row),
        date=date,
        excerpt=shown.text,
        marks=shown.marks,
    )


_OF_COMMITMENT: Final = frozenset({"oppfoelging", "oppfoelginglogg"})


def _tell_commitments(
    driver: sqlite3.Connection, rows: Mapping[tuple[str, str], dict[str, Any]]
) -> None:
    """Add to the rows of commitments, and of their logs, the task, the utvalg and the deadline."""
    told = [row for (table, _key), row in rows.items() if table in _OF_COMMITMENT]
    keys = {str(row.get("oppfoelging_id", row["id"])) for row in told}
    marks = ", ".join("?" * len(keys))
    sql = (
        "SELECT o.id, o.oppgave, u.kortnavn, o.frist FROM oppfoelging o"  # noqa: S608
        f" JOIN utvalg u ON u.id = o.utvalg_id WHERE o.id IN ({marks})"
    )
    held = {key: values for key, *values in driver.execute(sql, tuple(keys))} if keys else {}
    for row in told:
        row["oppgave"], row["organ"], row["frist"] = held[row.get("oppfoelging_id", row["id"])]


def _title(table: str, row: Mapping[str, Any], sak: _Sak, texts: Texts) -> str:
    if table in _OF_COMMITMENT:
        return str(row["oppgave"])
    if table == "person":
        return full_name(row["fornavn"], row["etternavn"])
    if table == "organisasjonsnavn":
        return str(row["navn"])
    if table == "vedlegg":
        return _name_of_file(row)
    if sak.title:
        return sak.title
    first = texts.title or texts.decision or texts.text
    return first.partition("\n")[0][:160]


def _where(table: str, row: Mapping[str, Any]) -> str:
    if table == "toppnotatseksjon":
        heading = row["overskrift"] or SEKSJONER.get(Seksjonslag(row["slag"]), "")
        return catalogue("nb")(heading) if heading else ""
    if table in _OF_COMMITMENT and row["frist"]:
        deadline = numeric_date(dt.date.fromisoformat(row["frist"]))
        return catalogue("nb")(N_("Frist: {dato}")).format(dato=deadline)
    return ""


def _name_of_file(row: Mapping[str, Any]) -> str:
    return str(row["tittel"] or row["filnavn"] or row["url"] or "")


def _excerpt(table: str, texts: Texts, title: str, sought: Sequence[Wanted]) -> Excerpt:
    """Return a stretch of the first text that has what was sought; else of the first there is."""
    parts = [part for part in (texts.decision, texts.text) if part]
    if table == "vedlegg":
        parts = [text for text in parts if "\n" in text or "://" not in text]
    shown = [excerpt(part, sought) for part in parts if part != title]
    return next((one for one in shown if one.marks), shown[0] if shown else Excerpt("", ()))


def _saker(session: Session, keys: set[str]) -> dict[str, _Sak]:
    first_day = (
        select(func.min(Moetedag.dato)).where(Moetedag.moete_id == Sak.moete_id).scalar_subquery()
    )
    found = session.execute(
        select(
            Sak.id,
            Sak.tittel,
            Sak.moetesaksaar,
            Sak.moetesakssekvensnummer,
            Sak.moete_id,
            Sak.innmeldt,
            Utvalg.kortnavn,
            Utvalg.saksnummermoenster,
            Utvalg.id,
            Moete.aar,
            first_day,
        )
        .join(Utvalg, Utvalg.id == Sak.utvalg_id)
        .outerjoin(Moete, Moete.id == Sak.moete_id)
        .where(Sak.id.in_(bindparam("keys", expanding=True))),
        {"keys": sorted(keys)},
    ).all()
    numbers = _provisional(session, {(row[8], row[9]) for row in found if not row[3] and row[9]})
    return {row[0]: _sak(row, numbers) for row in found}


def _provisional(session: Session, places: Iterable[tuple[str, int]]) -> dict[str, int]:
    from desktop.services.provisional import provisional_numbers  # noqa: PLC0415

    return {
        key: assigned.number
        for utvalg_id, year in sorted(places)
        for key, assigned in provisional_numbers(session, utvalg_id, year)[0].items()
    }


def _sak(row: Any, numbers: Mapping[str, int]) -> _Sak:  # noqa: ANN401
    key, title, year, number, moete_id, reported, short, pattern, _body, of_meeting, day = row
    shown = number or numbers.get(key)
    at = year or of_meeting
    return _Sak(
        title=title,
        number=SakNumberPattern(pattern).format(at, shown) if shown and at else "",
        utvalg=short,
        moete_id=moete_id,
        date=day or reported,
    )


def _meeting(session: Session, key: str) -> list[Hit]:
    from desktop.services.provisional import provisional_numbers  # noqa: PLC0415

    row = session.execute(
        select(Moete.aar, Moete.nummer, Utvalg.id, Utvalg.kortnavn, Utvalg.navn, Moete.sted)
        .join(Utvalg, Utvalg.id == Moete.utvalg_id)
        .where(Moete.id == key)
    ).one_or_none()
    if row is None:
        return []
    year, number, body, short, name, place = row
    if number is None:
        assigned = provisional_numbers(session, body, year)[1].get(key)
        number = assigned.number if assigned else None
    first = session.scalar(select(func.min(Moetedag.dato)).where(Moetedag.moete_id == key))
    shown = format_meeting_number(year, number) if number else ""
    return [
        Hit(HitKind.MOETE, key, None, key, shown, short, name, (), place or "", first, "", ())
    ]  # fmt: skip
