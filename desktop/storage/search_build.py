"""Making the index where there is none, building it in slices, and comparing it with the rows.

The window builds while it is idle: each slice is a short transaction of its own, and where the
program stops, the next start goes on. What is written meanwhile is indexed as always.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Final, NamedTuple

from desktop.storage.engine import Database
from desktop.storage.search_index import (
    SearchIndex,
    checksum,
    is_damage,
    is_learned,
    sak_of,
    year_of,
)
from desktop.storage.search_schema import YEAR_SHIFT, has_index, is_complete, make_tables
from desktop.storage.search_texts import SOURCES, fits, pieces, texts_of
from desktop.storage.search_words import stem, words

_AT_ONCE: Final = 50
_TABLES: Final = tuple(SOURCES)
_MERGING: Final = "*"
"""Stands for the last part of building, after all tables."""


class IndexState(NamedTuple):
    """How far the index has come. `share` is from 0 to 1."""

    complete: bool
    share: float


class UnreadFile(NamedTuple):
    """An attached file whose text is not in the index yet."""

    sha256: str
    name: str
    size: int


def install(database: Database, *, again: bool = False) -> None:
    """Make an empty index in a file that has none of this version, or `again` in its place.

    A file with other tables than ours, as in tests of the log, gets none.
    """
    driver = database.driver
    if (has_index(driver) and not again) or not fits(driver):
        return
    database.begin_write()
    try:
        make_tables(driver, complete=_is_empty(driver))
        database.commit()
    except BaseException:
        database.rollback()
        raise


def _is_empty(driver: sqlite3.Connection) -> bool:
    rows = (driver.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in _TABLES)  # noqa: S608
    return not any(rows)


class Builder:
    """Builds the index of an archive that nobody else writes in."""

    def __init__(self, database: Database, index: SearchIndex) -> None:
        self._database = database
        self._index = index

    def state(self) -> IndexState:
        """Return how far the index has come."""
        driver = self._database.driver
        if is_complete(driver):
            return IndexState(complete=True, share=1.0)
        if not has_index(driver):
            return IndexState(complete=False, share=0.0)
        table, _key = self._place()
        done = len(_TABLES) if table == _MERGING else _TABLES.index(table) if table else 0
        return IndexState(complete=False, share=done / (len(_TABLES) + 1))

    def begin_again(self) -> None:
        """Throw the index away; `build_slice` builds it."""
        self._write(lambda driver: make_tables(driver, complete=False))
        self._index.forget()

    def build_slice(self, milliseconds: float = 25.0) -> IndexState:
        """Index rows for about as long as given, and commit them."""
        state = self.state()
        if state.complete or not fits(self._database.driver):
            return state
        end = perf_counter() + milliseconds / 1000
        try:
            if has_index(self._database.driver):
                self._write(lambda driver: self._fill(driver, end))
            else:
                self.begin_again()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            self.begin_again()
        return self.state()

    def build(self) -> None:
        """Build the whole index, if it is not complete."""
        while fits(self._database.driver) and not self.build_slice(2_000).complete:
            pass

    def unread_files(self) -> list[UnreadFile]:
        """Return the attached files whose text was not looked for yet."""
        if not has_index(self._database.driver):
            return []
        found = self._database.driver.execute(
            "SELECT f.sha256, max(ifnull(v.filnavn, '')), f.stoerrelse FROM vedlegg v"
            " JOIN fil f ON f.sha256 = v.fil_sha256"
            " WHERE NOT EXISTS (SELECT 1 FROM soek_fil s WHERE s.sha256 = f.sha256)"
            " GROUP BY f.sha256 ORDER BY f.sha256"
        )
        return [UnreadFile(*row) for row in found]

    def store_file_text(self, digest: str, text: str | None) -> None:
        """Keep the text of a file, and find the rows it is attached to by it.

        None where it could not be read: it is not tried again.
        """

        def write(driver: sqlite3.Connection) -> None:
            driver.execute(
                "INSERT OR REPLACE INTO soek_fil SELECT sha256, ?, ? FROM fil WHERE sha256 = ?",
                (text or "", int(text is not None), digest),
            )
            self._index.file_read(driver, digest)

        if has_index(self._database.driver):
            self._write(write)

    def _write(self, job: Callable[[sqlite3.Connection], None]) -> None:
        self._database.begin_write()
        try:
            job(self._database.driver)
            self._database.commit()
        except BaseException:
            self._database.rollback()
            self._index.forget()
            raise

    def _place(self) -> tuple[str, str]:
        found: tuple[str, str] = self._database.driver.execute(
            "SELECT tabell, noekkel FROM soek_tilstand"
        ).fetchone()
        return found

    def _fill(self, driver: sqlite3.Connection, end: float) -> None:
        table, key = self._place()
        left = () if table == _MERGING else _TABLES[_TABLES.index(table) if table else 0 :]
        for name in left:
            last: str | None = key if name == table else ""
            while last is not None:
                driver.execute("UPDATE soek_tilstand SET tabell = ?, noekkel = ?", (name, last))
                if perf_counter() > end:
                    return
                last = self._some(driver, name, last)
        driver.execute("UPDATE soek_tilstand SET tabell = ?, noekkel = ''", (_MERGING,))
        while self._merge(driver):
            if perf_counter() > end:
                return
        driver.execute("UPDATE soek_tilstand SET komplett = 1, tabell = '', noekkel = ''")

    @staticmethod
    def _merge(driver: sqlite3.Connection) -> bool:
        """Bring the parts of the index together a little; False when they are."""
        before = driver.total_changes
        for name in ("soek_tekst", "soek_titler"):
            driver.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('merge', -64)")  # noqa: S608
        return driver.total_changes - before > 2

    def _some(self, driver: sqlite3.Connection, table: str, after: str) -> str | None:
        """Index the next rows of a table; return the last one's key, None if there are no more."""
        columns = SOURCES[table].columns
        rows = driver.execute(
            f"SELECT id, {', '.join(columns)} FROM {table}"  # noqa: S608
            " WHERE id > ? ORDER BY id LIMIT ?",
            (after, _AT_ONCE),
        ).fetchall()
        for key, *values in rows:
            self._index.put(driver, table, key, dict(zip(columns, values, strict=True)))
        return rows[-1][0] if rows else None


Piece = tuple[str, str, str, str | None, int]


def _documents(driver: sqlite3.Connection) -> Iterator[tuple[str, str, list[Piece], set[str]]]:
    """Yield what should be in the index: each row's pieces, and the words that parts find."""
    for table, source in SOURCES.items():
        for key, *values in driver.execute(
            f"SELECT id, {', '.join(source.columns)} FROM {table}"  # noqa: S608
        ).fetchall():
            texts = texts_of(driver, table, dict(zip(source.columns, values, strict=True)))
            if not texts:
                continue
            sak = sak_of(driver, table, key)
            year = year_of(driver, table, key, sak)
            made: list[Piece] = []
            found: set[str] = set()
            for piece in {checksum(piece): piece for piece in pieces(texts)}.values():
                title, decision, text = (words(part) for part in piece)
                found.update(title, decision, text)
                stems = (" ".join(map(stem, part)) for part in (title, decision, text))
                made.append((*stems, sak, year))  # type: ignore[arg-type]
            yield table, key, made, {word for word in found if is_learned(word)}


def differences(driver: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield (table, key) of the rows that a complete index has otherwise than they are.

    Also a word that cannot be found by its parts counts, as `soek_ord` and the word.

    Raises:
        sqlite3.DatabaseError: The index is damaged.
    """
    if not is_complete(driver):
        return
    known = {word for (word,) in driver.execute("SELECT ord FROM soek_ord")}
    rows: set[tuple[str, str]] = set()
    for table, key, expected, found in _documents(driver):
        rows.add((table, key))
        if _indexed(driver, table, key) != sorted(expected, key=repr):
            yield table, key
        missing = found - known
        known |= missing
        yield from (("soek_ord", word) for word in sorted(missing))
    for table, key in driver.execute("SELECT DISTINCT tabell, noekkel FROM soek_dok"):
        if (table, key) not in rows:
            yield table, key


def _indexed(driver: sqlite3.Connection, table: str, key: str) -> list[Piece]:
    found = driver.execute(
        "SELECT CASE WHEN t.tittel = ifnull(n.tittel, '') THEN t.tittel END, t.vedtak, t.tekst,"
        " d.sak_id, d.id >> ? FROM soek_dok d LEFT JOIN soek_tekst t ON t.rowid = d.id"
        " LEFT JOIN soek_titler n ON n.rowid = d.id WHERE d.tabell = ? AND d.noekkel = ?",
        (YEAR_SHIFT, table, key),
    )
    return sorted(found.fetchall(), key=repr)
