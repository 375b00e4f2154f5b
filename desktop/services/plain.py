"""Reading by SQLite alone, as the first page does before anything of SQLAlchemy is loaded.

What is read so comes in the same types as by way of the entities: a row type says them.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast, get_args, get_type_hints

from desktop.richtext.errors import CodecError
from desktop.richtext.tree import Tree

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

R = TypeVar("R", bound=tuple[Any, ...])
_Convert = Callable[[Any], object]


def driver_of(session: Session) -> sqlite3.Connection:
    """Return SQLite's own connection of a session: it sees the same state."""
    return cast("sqlite3.Connection", session.connection().connection.driver_connection)


def fields(row_type: type[R], table: str, *, without: frozenset[str] = frozenset()) -> str:
    """Return the columns of a table that a row type is made of, as SQL.

    Those in `without` are read as NULL.
    """
    names: Sequence[str] = row_type._fields  # type: ignore[attr-defined]
    return ", ".join("NULL" if name in without else f"{table}.{name}" for name in names)


def typed(row_type: type[R], rows: Iterable[Sequence[Any]]) -> list[R]:
    """Return what SQLite gave as rows of a type, dates, clock times, codes and texts read.

    Raises:
        LookupError: A value is no date, clock time or code that is known.
        CodecError: A text is damaged or too new.
    """
    converters = _converters(row_type)
    made: Callable[..., R] = row_type
    found = []
    for row in rows:
        values = list(row)
        for place, convert in converters:
            if values[place] is not None:
                values[place] = _converted(convert, values[place])
        found.append(made(*values))
    return found


def _converted(convert: _Convert, value: object) -> object:
    try:
        return convert(value)
    except CodecError:
        raise
    except (TypeError, ValueError) as error:
        raise LookupError(f"{value!r} is no value of this column") from error


@cache
def _converters(row_type: type[Any]) -> tuple[tuple[int, _Convert], ...]:
    """Return place and converter of the fields that SQLite stores in another form."""
    found = []
    for place, hint in enumerate(get_type_hints(row_type).values()):
        kinds = [kind for kind in get_args(hint) if kind is not NoneType] or [hint]
        convert = _converter(kinds[0])
        if convert is not None:
            found.append((place, convert))
    return tuple(found)


def _converter(kind: Any) -> _Convert | None:  # noqa: ANN401
    if kind in _OF_KIND:
        return _OF_KIND[kind]
    return kind if isinstance(kind, type) and issubclass(kind, StrEnum) else None


def _tree(text: str) -> Tree:
    from desktop.richtext.codec import loads  # noqa: PLC0415

    return loads(text, check_rules=False)


_OF_KIND: Final[Mapping[object, _Convert]] = {
    bool: bool,
    dt.date: dt.date.fromisoformat,
    dt.time: dt.time.fromisoformat,
    Tree: _tree,
}
