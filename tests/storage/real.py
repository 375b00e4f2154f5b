"""Rows of the real schema, made from the models alone: every table, every column filled."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Column, Enum, Table
from sqlalchemy.orm import Session

from desktop.models import Base, TreeType
from desktop.richtext.tree import Paragraph, Run, Tree
from desktop.storage.archive import Archive
from desktop.storage.files import store_file
from tests.storage.toy import block_id

FILE = "fil"
_TIMES = {"fra": dt.time(10, 0), "til": dt.time(16, 0)}
_OVERRIDES: dict[tuple[str, str], object] = {("toppnotatseksjon", "slag"): "egen"}


def tables() -> list[Table]:
    """Return the tables of the models that have a key of their own, parents first."""
    return [table for table in Base.metadata.sorted_tables if table.name != FILE]


def key_of(table: Table, number: int) -> str:
    return f"{table.name}-{number}"


def value_of(column: Column[Any], number: int, file: str) -> object:
    """Return a value that the column takes, another one for another number."""
    table = column.table
    if (table.name, column.name) in _OVERRIDES:
        return _OVERRIDES[table.name, column.name]
    for reference in column.foreign_keys:
        parent = reference.column.table
        return file if parent.name == FILE else key_of(parent, number)
    if isinstance(column.type, Enum):
        return next(iter(column.type.enum_class or column.type.enums))
    if isinstance(column.type, TreeType):
        return Tree(tuple(
            Paragraph((Run(f"Avsnitt {part} i {column.name} {number}"),), id=block_id(part))
            for part in range(3)
        ))  # fmt: skip
    by_type: dict[type, object] = {
        str: f"{column.name} {number}",
        int: number % 3 + 1,
        bool: bool(number % 2),
        dt.date: dt.date(2023, 9, 13 + number),
        dt.datetime: dt.datetime(2023, 9, 13 + number, 12, 30),  # noqa: DTZ001
        dt.time: _TIMES.get(column.name, dt.time(9 + number, 15)),
    }
    return by_type[column.type.python_type]


def insert_row(session: Session, table: Table, number: int, file: str) -> None:
    values = {
        column.name: value_of(column, number, file)
        for column in table.columns
        if column.name != "id"
    }
    values |= {
        column.name: None
        for column in table.columns
        if any(reference.column.table is table for reference in column.foreign_keys)
    }
    session.execute(table.insert().values(id=key_of(table, number), **values))


def fill(archive: Archive, rows: int = 2) -> None:
    """Fill every table in one operation per row number, then change something."""
    for number in range(1, rows + 1):
        with archive.operation("lag_eksempel", params={"nummer": str(number)}) as operation:
            file = store_file(operation.session, b"%d" % number)
            for table in tables():
                insert_row(operation.session, table, number, file)
    sak = Base.metadata.tables["sak"]
    with archive.operation("endre_tittel") as operation:
        operation.session.execute(sak.update().values(tittel="Ny tittel"))
    archive.undo()
    place = {"table": "sak", "key": key_of(sak, 1), "field": "omtale"}
    with archive.typing("skriv_omtale", **place) as operation:
        tree = Tree((Paragraph((Run("Omtale"),), id=block_id(9)),))
        operation.session.execute(
            sak.update().where(sak.c.id == key_of(sak, 1)).values(omtale=tree)
        )
