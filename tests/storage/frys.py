"""Freezes the form of the archive: `python -m tests.storage.frys skjema` or `… arkiv`.

`skjema` writes the first step of the migrations from the models, for as long as no archive of
version 1 was released. `arkiv` makes the fixture of version 1, once, with every table in use.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import MetaData
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from desktop.models import Base
from desktop.storage.archive import Archive
from desktop.storage.log_schema import log_metadata
from desktop.storage.migrations import versions
from tests.storage.real import fill

FIRST_STEP = Path(versions.__file__).with_name("v0001_grunnlag.py")
FIRST_ARCHIVE = Path(__file__).with_name("arkiv") / "v1.motebok"
_HEAD = '''"""The first form of the archive."""

from typing import Final

revision: Final = "0001"
down_revision: Final = None

_SQL: Final = """
'''
_INDENT = "    "
_WIDTH = 98
_TAIL = '''
"""

DDL: Final = tuple(_SQL.strip().split(";\\n"))
'''


def statements(*sources: MetaData) -> Iterator[str]:
    """Yield the statements that make the tables of the models and of the log."""
    dialect = sqlite.dialect()
    for source in sources or (Base.metadata, log_metadata):
        for table in source.sorted_tables:
            yield _tidy(str(CreateTable(table).compile(dialect=dialect)))
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                yield _tidy(str(CreateIndex(index).compile(dialect=dialect)))


def _tidy(statement: str) -> str:
    """Return a statement with its columns filled into lines and a line or two per constraint."""
    lines = [line.strip() for line in statement.strip().splitlines() if line.strip()]
    if len(lines) == 1:
        return "\n".join(_wrapped(lines[0], ""))
    end = lines.index(")")
    constraints = [line for line in lines[1:end] if line.startswith("CONSTRAINT")]
    wrapped = _filled([line for line in lines[1:end] if not line.startswith("CONSTRAINT")])
    wrapped += [text for line in constraints for text in _wrapped(line, _INDENT)]
    return "\n".join((lines[0], *wrapped, " ".join(lines[end:])))


def _filled(columns: list[str]) -> list[str]:
    """Return columns side by side, never one of them on two lines."""
    made = [_INDENT + columns[0]]
    for column in columns[1:]:
        if len(made[-1]) + 1 + len(column) <= _WIDTH:
            made[-1] += " " + column
        else:
            made.append(_INDENT + column)
    return made


def _wrapped(line: str, indent: str) -> list[str]:
    return textwrap.wrap(
        line,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + (_INDENT if line.startswith("C") else ""),
        break_long_words=False,
        break_on_hyphens=False,
    )


def freeze_schema() -> None:
    FIRST_STEP.write_text(_HEAD + ";\n".join(statements()) + _TAIL, encoding="utf-8")


def freeze_archive() -> None:
    FIRST_ARCHIVE.parent.mkdir(exist_ok=True)
    FIRST_ARCHIVE.unlink(missing_ok=True)
    with Archive.create(FIRST_ARCHIVE, bruker="Kari Nordmann") as archive:
        fill(archive)


if __name__ == "__main__":
    {"skjema": freeze_schema, "arkiv": freeze_archive}[sys.argv[1]]()
