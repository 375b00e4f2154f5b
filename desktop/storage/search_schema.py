"""The tables of the search index. They are derived: no log, no export, and they can be made again.

- `soek_dok` says which row of the archive a document of the index is a piece of; a long text has
  several, so that a change costs one of them. Its number begins with the year of its sak: a year is
  a range, and newer ones come first where not all can be ranked.
- `soek_tekst` (FTS5) holds the stems of each document, `soek_titler` those of its title again:
  titles are few, so that all of them can be asked by every part of a word.
- `soek_ord` holds every form of a word with its stem, and `soek_deler` (FTS5) the parts of three
  letters of each form: a part of a word is looked up among the words, not in all text.
- `soek_fil` holds the text of attached files, `soek_tilstand` how far the index has come.
"""

from __future__ import annotations

import sqlite3
from typing import Final

VERSION: Final = 3
PLAIN_TABLES: Final = frozenset({"soek_dok", "soek_ord", "soek_fil", "soek_tilstand"})
YEAR_SHIFT: Final = 32

_CREATE: Final = """
CREATE TABLE soek_tilstand (
    id INTEGER PRIMARY KEY CHECK (id = 1), versjon INTEGER NOT NULL, komplett INTEGER NOT NULL,
    tabell TEXT, noekkel TEXT
);
CREATE TABLE IF NOT EXISTS soek_fil (
    sha256 TEXT PRIMARY KEY NOT NULL, tekst TEXT NOT NULL, lest INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE soek_dok (
    id INTEGER PRIMARY KEY, tabell TEXT NOT NULL, noekkel TEXT NOT NULL, sak_id TEXT,
    sum INTEGER NOT NULL
);
CREATE INDEX soek_dok_rad ON soek_dok (tabell, noekkel);
CREATE INDEX soek_dok_sak ON soek_dok (sak_id);
CREATE TABLE soek_ord (id INTEGER PRIMARY KEY, ord TEXT NOT NULL UNIQUE, stamme TEXT NOT NULL);
CREATE VIRTUAL TABLE soek_tekst USING fts5 (
    tittel, vedtak, tekst, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE soek_titler USING fts5 (
    tittel, tokenize = 'unicode61 remove_diacritics 0', columnsize = 0
);
CREATE VIRTUAL TABLE soek_stammer USING fts5vocab ('soek_tekst', 'row');
CREATE VIRTUAL TABLE soek_deler USING fts5 (
    ord, content = 'soek_ord', content_rowid = 'id', tokenize = 'trigram', detail = 'none',
    columnsize = 0
);
INSERT INTO soek_tekst (soek_tekst, rank) VALUES ('automerge', 8)
"""
_DROP: Final = ("soek_stammer", "soek_deler", "soek_titler", "soek_tekst", "soek_ord", "soek_dok")


def has_index(driver: sqlite3.Connection) -> bool:
    """Return whether the file has the tables of this version of the index."""
    try:
        found = driver.execute("SELECT versjon FROM soek_tilstand").fetchone()
    except sqlite3.OperationalError:
        return False
    return found is not None and found[0] == VERSION


def is_complete(driver: sqlite3.Connection) -> bool:
    """Return whether the index holds everything there is to find."""
    return has_index(driver) and bool(
        driver.execute("SELECT komplett FROM soek_tilstand").fetchone()[0]
    )


def make_tables(driver: sqlite3.Connection, *, complete: bool) -> None:
    """Make an empty index in place of what there is. Needs a write transaction.

    `complete` where the archive holds nothing to find yet. The texts of files are kept.
    """
    for name in _DROP:
        driver.execute(f"DROP TABLE IF EXISTS {name}")
    driver.execute("DROP TABLE IF EXISTS soek_tilstand")
    for statement in _CREATE.split(";\n"):
        driver.execute(statement)
    driver.execute("INSERT INTO soek_tilstand VALUES (1, ?, ?, '', '')", (VERSION, int(complete)))


def mark_damaged(driver: sqlite3.Connection) -> None:
    """Say that there is no index to use or to keep. Needs a write transaction."""
    driver.execute("UPDATE soek_tilstand SET versjon = 0, komplett = 0")
