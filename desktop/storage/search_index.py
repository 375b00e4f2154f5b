"""Keeps the search index within the commit: whatever changes a row changes what is found of it.

It takes part in every unit of work after the net difference is known, and in the same transaction:
what is rolled back was never indexed, and undo, import and erasure need nothing of their own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final
from zlib import crc32

from desktop.storage.changes import ChangeSet, Row, RowChange
from desktop.storage.schema import CONTENT_TABLE
from desktop.storage.search_schema import YEAR_SHIFT, has_index, mark_damaged
from desktop.storage.search_texts import FILE_TEXT, SOURCES, Texts, pieces, read_row, texts_of
from desktop.storage.search_words import PART, stem, words

_KNOWN: Final = 400_000
_UNDATED: Final = 4_000
_NO_YEAR: Final = 1_000
_DAMAGES: Final = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CONSTRAINT)
_YEAR: Final = (
    "SELECT coalesce(s.moetesaksaar, m.aar, CAST(substr(s.innmeldt, 1, 4) AS INTEGER))"
    " FROM sak s LEFT JOIN moete m ON m.id = s.moete_id WHERE s.id = ?"
)
_OWN_YEARS: Final = {
    "vedtak": "SELECT CAST(substr(dato, 1, 4) AS INTEGER) FROM vedtak WHERE id = ?",
    "oppfoelging": "SELECT CAST(substr(frist, 1, 4) AS INTEGER) FROM oppfoelging WHERE id = ?",
    "oppfoelginglogg": "SELECT CAST(substr(o.frist, 1, 4) AS INTEGER) FROM oppfoelginglogg l"
    " JOIN oppfoelging o ON o.id = l.oppfoelging_id WHERE l.id = ?",
}
"""The year of what belongs to no sak."""
_DATING: Final = ("moetesaksaar", "moete_id", "innmeldt")
_INSERT: Final = "INSERT INTO soek_tekst (rowid, tittel, vedtak, tekst) VALUES (?, ?, ?, ?)"
_ADD_PART: Final = "INSERT INTO soek_deler (rowid, ord) VALUES (?, ?)"
_REMOVE_PART: Final = "INSERT INTO soek_deler (soek_deler, rowid, ord) VALUES ('delete', ?, ?)"


class SearchIndex:
    """The index of one archive that is open for writing."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._newest = ""
        self._has_index: bool | None = None

    def take_part(self, driver: sqlite3.Connection, changes: ChangeSet) -> None:
        """Bring the index up to date with what an operation changed.

        An index that SQLite finds damaged is left as it is and marked, and the operation goes on.
        """
        if self._has_index is None:
            self._has_index = has_index(driver)
        if not self._has_index:
            return
        driver.execute("SAVEPOINT soek")
        try:
            self.update(driver, changes)
        except sqlite3.DatabaseError as error:
            if not is_damage(error) or not driver.in_transaction:
                raise
            driver.execute("ROLLBACK TO soek")
            mark_damaged(driver)
            self.forget()
        driver.execute("RELEASE soek")

    def forget(self) -> None:
        """Forget what is known of the file, as after it was built again."""
        self._has_index = None
        self._known.clear()

    def update(self, driver: sqlite3.Connection, changes: Iterable[RowChange]) -> None:
        """Index the rows that were changed, and take out those that are gone."""
        self._check_known(driver)
        for change in changes:
            source = SOURCES.get(change.table)
            if source is not None:
                self._row(driver, change)
            elif change.table == "moete":
                self._meeting_moved(driver, change)
            elif change.table == CONTENT_TABLE and change.kind == "delete":
                self._file_gone(driver, change.key)
        erased = changes.erased if isinstance(changes, ChangeSet) else ()
        if any(table in SOURCES or table == CONTENT_TABLE for table, _key in erased):
            purge(driver)
            self._known.clear()

    def put(
        self,
        driver: sqlite3.Connection,
        table: str,
        key: str,
        row: Row,
        *,
        same_place: bool = False,
    ) -> None:
        """Index a row as it is now; of a long text, the pieces that are new.

        `same_place` says that its sak and its year are those it was indexed with, if it was.
        """
        texts = texts_of(driver, table, row)
        wanted = {checksum(piece): piece for piece in pieces(texts)} if texts else {}
        every = driver.execute(
            "SELECT id, sak_id, sum FROM soek_dok WHERE tabell = ? AND noekkel = ?", (table, key)
        ).fetchall()
        if same_place and every:
            sak, year = every[0][1], every[0][0] >> YEAR_SHIFT
        else:
            sak = sak_of(driver, table, key)
            year = year_of(driver, table, key, sak)
        has_title, free = bool(SOURCES[table].title), []
        for number, held_sak, held in every:
            stays = (held_sak, number >> YEAR_SHIFT) == (sak, year)
            if stays and wanted.pop(held, None) is not None:
                continue
            if stays and wanted:
                free.append(number)
            else:
                _remove(driver, number)
        for held, piece in wanted.items():
            stems = [self._stems(driver, text) for text in piece]
            if free:
                number = free.pop()
                _replace(driver, number, held, stems)
            else:
                number = _next_number(driver, year)
                place = (number, table, key, sak, held)
                driver.execute("INSERT INTO soek_dok VALUES (?, ?, ?, ?, ?)", place)
                driver.execute(_INSERT, (number, *stems))
            if has_title:
                _put_title(driver, number, stems[0])
        for number in free:
            _remove(driver, number)

    def _row(self, driver: sqlite3.Connection, change: RowChange) -> None:
        source = SOURCES[change.table]
        if change.kind == "insert":
            row = {field.name: field.after for field in change.fields}
            self.put(driver, change.table, change.key, row)
        elif change.kind == "delete":
            _remove_row(driver, change.table, change.key)
            return
        names = {field.name for field in change.fields}
        if not names.isdisjoint((*source.columns, *source.follows)):
            stays = names.isdisjoint(source.follows) and names.isdisjoint(_DATING)
            self.put_again(driver, change.table, change.key, same_place=stays)
        if change.table == "oppfoelging" and not names.isdisjoint(source.follows):
            self._updates_moved(driver, change.key)
        if change.table == "vedtak" and "sak_id" in names:
            found = driver.execute("SELECT id FROM oppfoelging WHERE vedtak_id = ?", (change.key,))
            for (commitment,) in found.fetchall():
                self.put_again(driver, "oppfoelging", commitment)
                self._updates_moved(driver, commitment)
        if change.table == "sak" and not names.isdisjoint(_DATING):
            self._move(driver, change.key)

    def _move(self, driver: sqlite3.Connection, sak: str) -> None:
        """Put what belongs to a sak into the year that it belongs to now."""
        for table, key in driver.execute(
            "SELECT DISTINCT tabell, noekkel FROM soek_dok WHERE sak_id = ?", (sak,)
        ).fetchall():
            self.put_again(driver, table, key)

    def _updates_moved(self, driver: sqlite3.Connection, commitment: str) -> None:
        """Put the log of a commitment where the commitment belongs now."""
        found = driver.execute(
            "SELECT id FROM oppfoelginglogg WHERE oppfoelging_id = ?", (commitment,)
        )
        for (key,) in found.fetchall():
            self.put_again(driver, "oppfoelginglogg", key)

    def _meeting_moved(self, driver: sqlite3.Connection, change: RowChange) -> None:
        if change.field("aar") is not None:
            saker = driver.execute("SELECT id FROM sak WHERE moete_id = ?", (change.key,))
            for (sak,) in saker.fetchall():
                self._move(driver, sak)

    def put_again(
        self, driver: sqlite3.Connection, table: str, key: str, *, same_place: bool = False
    ) -> None:
        """Index a row as it stands in its table."""
        row = read_row(driver, table, key)
        if row is not None:
            self.put(driver, table, key, row, same_place=same_place)

    @staticmethod
    def _file_gone(driver: sqlite3.Connection, digest: str) -> None:
        driver.execute("DELETE FROM soek_fil WHERE sha256 = ?", (digest,))

    def file_read(self, driver: sqlite3.Connection, digest: str) -> None:
        """Index the rows that a file is attached to, after its text was read."""
        for table, source in SOURCES.items():
            if FILE_TEXT in source.columns:
                found = driver.execute(
                    f"SELECT id FROM {table} WHERE {FILE_TEXT} = ?",  # noqa: S608
                    (digest,),
                ).fetchall()
                for (key,) in found:
                    self.put_again(driver, table, key)

    def _stems(self, driver: sqlite3.Connection, text: str) -> str:
        """Return the stems of a text with a space between, and note the words that are new."""
        if not text:
            return ""
        found = words(text)
        for word in {*found} - self._known:
            self._learn(driver, word)
        return " ".join(map(stem, found))

    def _learn(self, driver: sqlite3.Connection, word: str) -> None:
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known.add(word)
        if not is_learned(word):
            return
        made = driver.execute(
            "INSERT OR IGNORE INTO soek_ord (ord, stamme) VALUES (?, ?)", (word, stem(word))
        )
        if made.rowcount == 1:
            driver.execute(_ADD_PART, (made.lastrowid, word))
            self._newest = word

    def _check_known(self, driver: sqlite3.Connection) -> None:
        """Forget the words if those of the last operation were rolled back with it."""
        if self._newest:
            found = driver.execute("SELECT 1 FROM soek_ord WHERE ord = ?", (self._newest,))
            if found.fetchone() is None:
                self._known.clear()
                self._newest = ""


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether an error is about the index itself, not about the disk or the time."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF in _DAMAGES


def is_learned(word: str) -> bool:
    """Return whether a word is found by its parts: numbers and shorter words are found whole."""
    return len(word) >= PART and not word.isdigit()


def purge(driver: sqlite3.Connection) -> None:
    """Leave nothing of what was taken out, in any page of the file: words and texts."""
    for name in ("soek_tekst", "soek_titler"):
        driver.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608
    gone = driver.execute(
        "SELECT id, ord FROM soek_ord WHERE stamme NOT IN (SELECT term FROM soek_stammer)"
    ).fetchall()
    driver.executemany(_REMOVE_PART, gone)
    driver.executemany("DELETE FROM soek_ord WHERE id = ?", [(key,) for key, _word in gone])
    driver.execute("INSERT INTO soek_deler (soek_deler) VALUES ('optimize')")


def checksum(piece: Texts) -> int:
    """Return what tells a piece from another one of the same row."""
    return crc32("\0".join(piece).encode(errors="replace"))


def _remove_row(driver: sqlite3.Connection, table: str, key: str) -> None:
    for (number,) in driver.execute(
        "SELECT id FROM soek_dok WHERE tabell = ? AND noekkel = ?", (table, key)
    ).fetchall():
        _remove(driver, number)


def _remove(driver: sqlite3.Connection, number: int) -> None:
    driver.execute("DELETE FROM soek_tekst WHERE rowid = ?", (number,))
    driver.execute("DELETE FROM soek_titler WHERE rowid = ?", (number,))
    driver.execute("DELETE FROM soek_dok WHERE id = ?", (number,))


def _replace(driver: sqlite3.Connection, number: int, held: int, stems: Sequence[str]) -> None:
    driver.execute("UPDATE soek_dok SET sum = ? WHERE id = ?", (held, number))
    driver.execute(
        "UPDATE soek_tekst SET tittel = ?, vedtak = ?, tekst = ? WHERE rowid = ?", (*stems, number)
    )


def _put_title(driver: sqlite3.Connection, number: int, stems: str) -> None:
    found = driver.execute("SELECT tittel FROM soek_titler WHERE rowid = ?", (number,)).fetchone()
    if (found[0] if found else "") == stems:
        return
    driver.execute("DELETE FROM soek_titler WHERE rowid = ?", (number,))
    if stems:
        driver.execute("INSERT INTO soek_titler (rowid, tittel) VALUES (?, ?)", (number, stems))


def sak_of(driver: sqlite3.Connection, table: str, key: str) -> str | None:
    """Return the sak that a row belongs to, if any."""
    found = driver.execute(SOURCES[table].sak, {"key": key}).fetchone()
    sak: str | None = found[0] if found else None
    return sak


def year_of(driver: sqlite3.Connection, table: str, key: str, sak: str | None) -> int:
    """Return the year that a row is found in: that of its sak, or of its own date or deadline."""
    if SOURCES[table].undated:
        return _UNDATED
    found = driver.execute(_YEAR, (sak,)).fetchone() if sak else None
    if found is None and table in _OWN_YEARS:
        found = driver.execute(_OWN_YEARS[table], (key,)).fetchone()
    year = found[0] if found else None
    return year if isinstance(year, int) and 0 < year < _UNDATED else _NO_YEAR


def _next_number(driver: sqlite3.Connection, year: int) -> int:
    first = year << YEAR_SHIFT
    found = driver.execute(
        "SELECT max(id) FROM soek_dok WHERE id BETWEEN ? AND ?",
        (first, first + (1 << YEAR_SHIFT) - 1),
    ).fetchone()[0]
    return first if found is None else int(found) + 1
