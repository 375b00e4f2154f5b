"""The exchange format: which tables and fields a file has, and how their values are written.

Tables and fields carry the names of the archive. An empty field is left out. Dates are
`2023-12-14`, clock times `10:00`, moments local `2023-12-14T10:00:00`, texts the exchange form of
`richtext.codec`. The log is no part of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum as PyEnum
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Boolean, Column, Date, DateTime, Enum, Integer, String, Table, Time
from sqlalchemy.types import TypeEngine

from desktop.models import Base, TreeType
from desktop.models.base import KEY_LENGTH, SHA256_LENGTH
from desktop.richtext.codec import to_data
from desktop.richtext.tree import Tree
from desktop.rules.numbering import FIRST_YEAR, HIGHEST_NUMBER, LAST_YEAR

FORMAT: Final = "motebok-utveksling"
VERSION: Final = 1
FILE_TABLE: Final = "fil"

TABLES: Final = (
    "arkiv",
    "organisasjon",
    "organisasjonsnavn",
    "person",
    "utvalg",
    "nummerserie",
    "fastpost",
    "frase",
    "verv",
    "moete",
    "moetedag",
    "sak",
    "saksrolle",
    "dagsordenpost",
    "vedtak",
    "toppnotat",
    "toppnotatseksjon",
    "tidligere_vedtak",
    "vedlegg",
    "oppmoete",
    "oppmoete_sak",
    "saksreferat",
    "innspill",
    "aksjonspunkt",
    "referat",
    "oppfoelging",
    "oppfoelginglogg",
    "oppfoelgingsavslag",
    "oppfoelging_sak",
    "utsendelse",
    "utsendelsefil",
    "mottaker",
    "kontrollunntak",
)
"""In the order of the file: parents before children. The files stand apart, as `filer`."""

NAMED_ON_WISH: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {("innspill", "innsender_id"): "navngis"}
)
"""Columns that are a memory aid of this archive, and the flag that lets a row's value out."""

_DAY_MINUTES: Final = 24 * 60
_LARGEST: Final = 2**31 - 1
_YEARS: Final = (FIRST_YEAR, LAST_YEAR)
_NUMBERS: Final = (1, HIGHEST_NUMBER)
_BOUNDS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "aar": _YEARS,
        "moetesaksaar": _YEARS,
        "nummer": _NUMBERS,
        "moetesakssekvensnummer": _NUMBERS,
        "foerste_sak": _NUMBERS,
        "foerste_moete": _NUMBERS,
        "varighet": (0, _DAY_MINUTES - 1),
        "nivaa": (0, 8),
        "prioritet": (1, 3),
    }
)

Row = dict[str, Any]


class Kind(StrEnum):
    """How the value of a field is written; the values name the definitions of the schema."""

    KEY = "noekkel"
    SHA256 = "sha256"
    TEXT = "linje"
    RANK = "rang"
    INTEGER = "heltall"
    BOOLEAN = "janei"
    DATE = "dato"
    TIME = "klokkeslett"
    MOMENT = "tidspunkt"
    CHOICE = "valg"
    TREE = "tekst"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `reference` is the table whose key it holds, `flag` as in `NAMED_ON_WISH`."""

    name: str
    kind: Kind
    required: bool
    choices: tuple[str, ...] = ()
    bounds: tuple[int, int] = (0, _LARGEST)
    reference: str | None = None
    flag: str | None = None
    enum: type[PyEnum] | None = None


@dataclass(frozen=True, slots=True)
class TableFormat:
    """One table: its fields in the order of the file, the key first."""

    name: str
    fields: tuple[Field, ...]

    @property
    def references(self) -> tuple[Field, ...]:
        """The fields that hold the key of another row."""
        return tuple(field for field in self.fields if field.reference is not None)

    @property
    def trees(self) -> tuple[Field, ...]:
        """The fields that hold a text."""
        return tuple(field for field in self.fields if field.kind is Kind.TREE)


@cache
def formats() -> Mapping[str, TableFormat]:
    """Return the format of every table, in the order of the file."""
    return MappingProxyType({name: _table_format(sql_table(name)) for name in TABLES})


def sql_table(name: str) -> Table:
    """Return the table of that name."""
    return Base.metadata.tables[name]


def _table_format(table: Table) -> TableFormat:
    told = (column for column in table.columns if not column.info.get("derived"))
    columns = sorted(told, key=lambda column: not column.primary_key)
    return TableFormat(table.name, tuple(_field(table, column) for column in columns))


def _field(table: Table, column: Column[Any]) -> Field:
    kind = _kind(column)
    enum = column.type.enum_class if isinstance(column.type, Enum) else None
    reference = next((key.column.table.name for key in column.foreign_keys), None)
    return Field(
        name=column.name,
        kind=kind,
        required=not column.nullable,
        choices=tuple(member.value for member in enum) if enum else (),
        bounds=_BOUNDS.get(column.name, (0, _LARGEST)),
        reference=reference,
        flag=NAMED_ON_WISH.get((table.name, column.name)),
        enum=enum,
    )


def _kind(column: Column[Any]) -> Kind:
    if column.name.endswith("rekkefoelge"):
        return Kind.RANK
    if isinstance(column.type, String) and not isinstance(column.type, Enum):
        if column.primary_key or column.foreign_keys or column.type.length == SHA256_LENGTH:
            return Kind.SHA256 if _is_hash(column) else Kind.KEY
        return Kind.TEXT
    return _kind_of_type(column.type)


def _is_hash(column: Column[Any]) -> bool:
    parent = next((key.column for key in column.foreign_keys), column)
    return getattr(parent.type, "length", KEY_LENGTH) == SHA256_LENGTH


def _kind_of_type(column_type: TypeEngine[Any]) -> Kind:
    kinds: tuple[tuple[type[Any], Kind], ...] = (
        (TreeType, Kind.TREE),
        (Enum, Kind.CHOICE),
        (Boolean, Kind.BOOLEAN),
        (Integer, Kind.INTEGER),
        (DateTime, Kind.MOMENT),
        (Date, Kind.DATE),
        (Time, Kind.TIME),
    )
    return next(kind for of, kind in kinds if isinstance(column_type, of))


def encode_row(table: TableFormat, row: Mapping[str, Any]) -> dict[str, object]:
    """Return a row as a file has it: empty fields and names that nobody asked for left out."""
    return {
        field.name: encode(row[field.name])
        for field in table.fields
        if row[field.name] is not None and is_exported(field, row)
    }


def is_exported(field: Field, row: Mapping[str, Any]) -> bool:
    """Return whether the field of this row may leave the archive."""
    return field.flag is None or bool(row[field.flag])


def encode(value: object) -> object:
    """Return a value as JSON has it."""
    match value:
        case Tree():
            return to_data(value)
        case StrEnum():
            return value.value
        case dt.datetime() | dt.date():
            return value.isoformat()
        case dt.time():
            whole = value.second == value.microsecond == 0
            return value.isoformat("minutes" if whole else "auto")
    return value
