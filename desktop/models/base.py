"""What every entity has in common: the metadata, the key, and the column types of the house."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Enum, MetaData, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from desktop.richtext.tree import Tree

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

KEY_LENGTH = 32
SHA256_LENGTH = 64
DERIVED: Final = MappingProxyType({"derived": True})
"""The `info` of a column that follows another one of its row: it is in no file of exchange."""


@cache
def _codec() -> ModuleType:
    """Return the codec of texts, loaded where a text is first read or written."""
    return import_module("desktop.richtext.codec")


class TreeType(TypeDecorator[Tree]):
    """A text tree, stored as versioned JSON with its SHA-256. The empty tree is stored as such.

    Reading raises `richtext.codec.CodecError` where the stored text is damaged or too new.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Tree | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the JSON to store."""
        return None if value is None else str(_codec().dumps(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Tree | None:  # noqa: ARG002
        """Return the tree that was stored."""
        if value is None:
            return None
        tree: Tree = _codec().loads(value, check_rules=False)
        return tree


class Base(DeclarativeBase):
    """The declarative base; constraints are named, so that a migration can find them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {Tree: TreeType()}  # noqa: RUF012


def new_key() -> str:
    """Return a new primary key: a random UUID as 32 hexadecimal digits."""
    return uuid4().hex


class Entity(Base):
    """A row with a key of its own that no other archive uses."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True, default=new_key)


def choice(kinds: type[StrEnum], name: str) -> Enum:
    """Return a column type that stores the values of `kinds` and has the database check them."""
    return Enum(
        kinds,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        values_callable=_values,
    )


def _values(kinds: type[StrEnum]) -> list[str]:
    return [member.value for member in kinds]


@cache
def tree_columns() -> frozenset[tuple[str, str]]:
    """Return (table, column) of every column that holds a text tree."""
    return frozenset(
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, TreeType)
    )


@cache
def unlogged_columns() -> frozenset[tuple[str, str]]:
    """Return (table, column) of every column whose values may not enter the change log."""
    return frozenset(
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.info.get("unlogged")
    )


def column_names(entity: type[Base]) -> tuple[str, ...]:
    """Return the names of an entity's columns in the order of its table."""
    table: Any = entity.__table__
    return tuple(column.name for column in table.columns)
