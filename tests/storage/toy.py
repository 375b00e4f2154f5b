# ruff: noqa: S608
"""A toy archive, its entities, and what the tests of the storage compare."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from desktop.richtext.codec import dumps
from desktop.richtext.tree import Paragraph, Run, Tree
from desktop.storage import engine
from desktop.storage.archive import Archive
from desktop.storage.schema import ColumnRules
from desktop.storage.settings import Settings

V1 = "tests.storage.toy_v1"
RULES = ColumnRules(
    trees=frozenset({("forelder", "tekst")}), unlogged=frozenset({("forelder", "hemmelig")})
)
TABLES = (
    "forelder",
    "barn",
    "merke",
    "forelder_merke",
    "node",
    "vokter",
    "loes",
    "dokument",
)
_new_key = Settings().new_id


class Base(DeclarativeBase):
    pass


class Forelder(Base):
    __tablename__ = "forelder"
    id: Mapped[str] = mapped_column(primary_key=True, default=_new_key)
    navn: Mapped[str | None]
    tall: Mapped[float | None]
    stort: Mapped[int | None]
    raatt: Mapped[bytes | None]
    tekst: Mapped[str | None]
    hemmelig: Mapped[str | None]
    rekkefoelge: Mapped[str | None]
    barn: Mapped[list[Barn]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class Barn(Base):
    __tablename__ = "barn"
    id: Mapped[str] = mapped_column(primary_key=True, default=_new_key)
    forelder_id: Mapped[str] = mapped_column(ForeignKey("forelder.id"))
    navn: Mapped[str | None]
    plass: Mapped[int | None]
    rekkefoelge: Mapped[str | None]


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.time = datetime(2023, 9, 14, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def wait(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def toy_settings(clock: Callable[[], datetime] | None = None, *later: str) -> Settings:
    salts = count(1)
    return Settings(
        clock=clock or Clock(),
        new_id=_new_key,
        new_salt=lambda: next(salts).to_bytes(16, "big"),
        rules=RULES,
        steps=(V1, *later),
    )


def without_waiting(set_attribute: Callable[[object, str, object], None]) -> None:
    """Let new connections not wait for the disk at each commit."""
    pragmas = [pragma.replace("synchronous=FULL", "synchronous=OFF") for pragma in engine.PRAGMAS]
    set_attribute(engine, "PRAGMAS", tuple(pragmas))


def create(path: Path, clock: Callable[[], datetime] | None = None) -> Archive:
    return Archive.create(path, bruker="Kari", settings=toy_settings(clock))


def reopen(archive: Archive, *later: str, **options: Any) -> Archive:
    path = archive.path
    archive.close()
    return Archive.open(path, bruker="Kari", settings=toy_settings(None, *later), **options)


def with_steps(settings: Settings, steps: Sequence[str]) -> Settings:
    return replace(settings, steps=steps)


def raw(archive: Archive) -> Any:
    """Return the connection below the archive, for looking and for tampering."""
    return archive._database.driver


def dump(archive: Archive) -> dict[str, list[tuple[Any, ...]]]:
    """Return every domain row with the storage class of every value, except unlogged values."""
    found = {}
    for table in TABLES:
        columns = [
            row[1]
            for row in raw(archive).execute(f"PRAGMA table_info({table})")
            if (table, row[1]) not in RULES.unlogged
        ]
        wanted = ", ".join(f"{name}, typeof({name})" for name in columns)
        rows = raw(archive).execute(f"SELECT {wanted} FROM {table} ORDER BY id").fetchall()
        found[table] = [tuple(map(repr, row)) for row in rows]
    return found


def tree_text(*paragraphs: tuple[str, str]) -> str:
    """Return the stored form of a tree of (id, text) paragraphs."""
    return dumps(
        Tree(tuple(Paragraph((Run(text),) if text else (), id=name) for name, text in paragraphs))
    )


def block_id(number: int) -> str:
    """Return a well-formed block id."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "b" + "".join(letters[number // 26**place % 26] for place in range(9))


def long_text(size: int, seed: int = 1) -> list[tuple[str, str]]:
    """Return paragraphs of about `size` characters altogether."""
    chance = random.Random(seed)  # noqa: S311
    words = ["rådet", "tok", "saken", "til", "orientering", "og", "ba", "om", "en", "plan", "før"]
    made: list[tuple[str, str]] = []
    while sum(len(text) for _, text in made) < size:
        made.append((block_id(len(made)), " ".join(chance.choices(words, k=25))))
    return made
