"""Reading the rows of an archive as the exchange needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Fil
from desktop.services.exchange_format import (
    FILE_TABLE,
    Kind,
    Row,
    TableFormat,
    formats,
    sql_table,
)

_AT_ONCE = 500

Tables = dict[str, dict[str, Row]]
"""Rows by table and key."""


def read_outlines(session: Session) -> Tables:
    """Return every row of the archive without its texts; of the files the keys alone."""
    found = {name: _outlines(session, table) for name, table in formats().items()}
    return found | {FILE_TABLE: {key: {} for key in session.scalars(select(Fil.sha256))}}


def _outlines(session: Session, table: TableFormat) -> dict[str, Row]:
    columns = [
        sql_table(table.name).c[field.name] for field in table.fields if field.kind is not Kind.TREE
    ]
    return {row[0]: dict(row._mapping) for row in session.execute(select(*columns))}  # noqa: SLF001


def read_rows(session: Session, table: TableFormat, keys: Iterable[str] | None = None) -> list[Row]:
    """Return whole rows in the order of their keys: all of the table, or those with these keys.

    Raises:
        CodecError: A stored text is damaged.
    """
    sql = sql_table(table.name)
    if keys is None:
        return [dict(row) for row in session.execute(select(sql).order_by(sql.c.id)).mappings()]
    return [
        dict(row)
        for some in _portions(sorted(keys))
        for row in session.execute(
            select(sql).where(sql.c.id.in_(some)).order_by(sql.c.id)
        ).mappings()
    ]


def _portions(keys: Sequence[str]) -> Iterator[list[str]]:
    source = iter(keys)
    while some := list(islice(source, _AT_ONCE)):
        yield some


def all_rows(tables: Mapping[str, Mapping[str, Row]]) -> Iterator[tuple[str, str, Row]]:
    """Yield (table, key, row) of every row."""
    for table, rows in tables.items():
        for key, row in rows.items():
            yield table, key, row
