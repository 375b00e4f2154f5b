"""Reading the agenda of a meeting: what numbers and clock need, and what is shown with them.

Only the entities of the agenda are mapped for this, and statements name their tables: a command
that shows a running order starts without paying for the rest of the archive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import ColumnElement, Row, Select, Table, and_, bindparam, func, null, select
from sqlalchemy.orm import Session

from desktop.models.base import Base
from desktop.models.moete import Dagsordenpost, Moete, Moetedag
from desktop.models.sak import Sak, Vedlegg
from desktop.models.utvalg import Nummerserie, Utvalg
from desktop.services.errors import ServiceError
from desktop.services.moete_rows import MoeteRows, Series
from desktop.services.rows import (
    DagRow,
    MoeteRow,
    PlassertRow,
    PostRow,
    SakRow,
    UtvalgRow,
    VedleggRow,
)

R = TypeVar("R")
TEXTS_OF_SAK = frozenset({"omtale", "forslag_til_vedtak"})


def load_agenda_rows(session: Session, moete_id: str) -> MoeteRows:
    """Return a meeting with its running order, saker and vedlegg, in four statements.

    Raises:
        ServiceError: `ukjent_moete` if there is no such meeting.
    """
    found = read_moete(session, moete_id, _agenda_moete())
    moete, utvalg, serie, _ = found[0]
    poster = _agenda_poster().read(session, {"moete": moete_id})
    return MoeteRows(
        moete=moete,
        utvalg=utvalg,
        serie=serie or Series(),
        dager=tuple(row[3] for row in found if row[3]),
        poster=tuple(row[0] for row in poster),
        saker={row[1].id: row[1] for row in poster if row[1]},
        vedlegg=grouped("sak_id", read_vedlegg(session, moete_id)),
        plasserte=tuple(load_placed(session, moete.utvalg_id, moete.aar)),
    )


def table_of(entity: type[Base]) -> Table:
    """Return the table of an entity."""
    return cast("Table", entity.__table__)


def columns_of(
    entity: type[Base], row: type[Any], *, without: frozenset[str] = frozenset()
) -> tuple[ColumnElement[Any], ...]:
    """Return the columns of an entity that carry the names of a row's fields, in their order.

    Those in `without` are read as NULL.
    """
    columns = table_of(entity).c
    names = [name for name in row._fields if name in columns]
    return tuple(null().label(name) if name in without else columns[name] for name in names)


def grouped(field: str, rows: Iterable[R]) -> dict[str, tuple[R, ...]]:
    """Return rows by the value of a field, in their order."""
    groups: defaultdict[str, list[R]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, field)].append(row)
    return {key: tuple(group) for key, group in groups.items()}


def made(row_type: Callable[..., R], rows: Iterable[Row[Any]]) -> list[R]:
    """Return result rows as rows of a type."""
    return [row_type(*row) for row in rows]


class Joined(NamedTuple):
    """A further table of a select: its entity, the row made of it, and what joins it (outer)."""

    entity: type[Base]
    row: type[Any]
    on: ColumnElement[bool]


class Reading:
    """A select over joined tables, and how its result rows are cut into the rows they hold."""

    def __init__(
        self, *parts: tuple[type[Base], type[Any]], without: frozenset[str] = frozenset()
    ) -> None:
        self.columns: list[ColumnElement[Any]] = []
        self._cuts: list[tuple[type[Any], int, int]] = []
        self.statement = select()
        for entity, row_type in parts:
            start = len(self.columns)
            self.columns += columns_of(entity, row_type, without=without)
            self._cuts.append((row_type, start, len(self.columns)))

    def read(self, session: Session, parameters: Mapping[str, object]) -> list[list[Any]]:
        """Return, for each result row, one row per part: None for an outer join without a match."""
        return [self._cut(row) for row in session.execute(self.statement, parameters)]

    def _cut(self, row: Row[Any]) -> list[Any]:
        return [
            row_type(*row[start:end]) if row[start] is not None else None
            for row_type, start, end in self._cuts
        ]


def moete_reading(*more: Joined) -> Reading:
    """Return the reading of (meeting, utvalg, series, day, …) of the meeting `moete`, by day."""
    reading = Reading(
        (Moete, MoeteRow),
        (Utvalg, UtvalgRow),
        (Nummerserie, Series),
        (Moetedag, DagRow),
        *((one.entity, one.row) for one in more),
    )
    moete, utvalg, dag = table_of(Moete), table_of(Utvalg), table_of(Moetedag)
    serie = table_of(Nummerserie)
    same_year = and_(serie.c.utvalg_id == moete.c.utvalg_id, serie.c.aar == moete.c.aar)
    joined = moete.join(utvalg, utvalg.c.id == moete.c.utvalg_id)
    joined = joined.outerjoin(serie, same_year).outerjoin(dag, dag.c.moete_id == moete.c.id)
    for one in more:
        joined = joined.outerjoin(table_of(one.entity), one.on)
    reading.statement = (
        select(*reading.columns)
        .select_from(joined)
        .where(moete.c.id == bindparam("moete"))
        .order_by(dag.c.dato)
    )
    return reading


def post_reading(*more: Joined, without: frozenset[str] = frozenset()) -> Reading:
    """Return the reading of (row of the running order, sak, …) of the meeting `moete`, in order.

    `without` as for `columns_of`.
    """
    reading = Reading(
        (Dagsordenpost, PostRow),
        (Sak, SakRow),
        *((one.entity, one.row) for one in more),
        without=without,
    )
    post, dag, sak = table_of(Dagsordenpost), table_of(Moetedag), table_of(Sak)
    joined = post.join(dag, dag.c.id == post.c.moetedag_id)
    joined = joined.outerjoin(sak, sak.c.id == post.c.sak_id)
    for one in more:
        joined = joined.outerjoin(table_of(one.entity), one.on)
    reading.statement = (
        select(*reading.columns)
        .select_from(joined)
        .where(dag.c.moete_id == bindparam("moete"))
        .order_by(dag.c.dato, post.c.rekkefoelge, post.c.id)
    )
    return reading


@cache
def _agenda_moete() -> Reading:
    return moete_reading()


@cache
def _agenda_poster() -> Reading:
    return post_reading(without=TEXTS_OF_SAK)


def read_moete(session: Session, moete_id: str, reading: Reading) -> list[list[Any]]:
    """Return what a `moete_reading` reads of a meeting.

    Raises:
        ServiceError: `ukjent_moete` if there is no such meeting.
    """
    found = reading.read(session, {"moete": moete_id})
    if not found:
        raise ServiceError("ukjent_moete", moete=moete_id)
    return found


def read_vedlegg(session: Session, moete_id: str) -> list[VedleggRow]:
    """Return the vedlegg of the saker of a meeting, each sak's in order."""
    return made(VedleggRow, session.execute(_vedlegg(), {"moete": moete_id}))


@cache
def _vedlegg() -> Select[Any]:
    vedlegg, sak, dag = table_of(Vedlegg), table_of(Sak), table_of(Moetedag)
    moete, utvalg = table_of(Moete), table_of(Utvalg)
    first_day = (
        select(func.min(dag.c.dato))
        .where(dag.c.moete_id == vedlegg.c.referat_moete_id)
        .correlate(vedlegg)
        .scalar_subquery()
    )
    body = (
        select(utvalg.c.navn)
        .select_from(utvalg.join(moete, moete.c.utvalg_id == utvalg.c.id))
        .where(moete.c.id == vedlegg.c.referat_moete_id)
        .correlate(vedlegg)
        .scalar_subquery()
    )
    columns = list(columns_of(Vedlegg, VedleggRow))
    place = [column.key for column in columns].index("referat_moete_id") + 1
    columns[place:place] = [first_day.label("referat_dato"), body.label("referat_utvalg")]
    return (
        select(*columns)
        .select_from(vedlegg.join(sak, sak.c.id == vedlegg.c.sak_id))
        .where(sak.c.moete_id == bindparam("moete"))
        .order_by(vedlegg.c.rekkefoelge, vedlegg.c.id)
    )


def load_placed(session: Session, utvalg_id: str, aar: int) -> list[PlassertRow]:
    """Return the meetings of an utvalg and year with their saker, in agenda order.

    A meeting without saker has one row without a sak.
    """
    return made(PlassertRow, session.execute(placed_statement(), {"utvalg": utvalg_id, "aar": aar}))


@cache
def placed_statement() -> Select[Any]:
    """Return the select of the meetings of `utvalg` and `aar` with their saker, in order."""
    moete, dag, post, sak = map(table_of, (Moete, Moetedag, Dagsordenpost, Sak))
    with_sak = and_(post.c.moetedag_id == dag.c.id, post.c.sak_id.is_not(None))
    return (
        select(
            moete.c.id,
            moete.c.nummer,
            moete.c.tilstand,
            dag.c.dato,
            dag.c.fra,
            sak.c.id,
            sak.c.moetesakssekvensnummer,
            sak.c.tilstand,
        )
        .select_from(
            moete.join(dag, dag.c.moete_id == moete.c.id)
            .outerjoin(post, with_sak)
            .outerjoin(sak, sak.c.id == post.c.sak_id)
        )
        .where(moete.c.utvalg_id == bindparam("utvalg"), moete.c.aar == bindparam("aar"))
        .order_by(dag.c.dato, dag.c.fra, moete.c.id, post.c.rekkefoelge, post.c.id)
    )
