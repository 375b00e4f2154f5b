"""The first form of the toy archive: every kind of table and reference the log must follow."""

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from desktop.storage.log_schema import log_metadata

revision = "0001"
down_revision = None

_TOY = """
CREATE TABLE fil (
    sha256 VARCHAR(64) NOT NULL PRIMARY KEY, stoerrelse INTEGER NOT NULL, innhold BLOB NOT NULL
);
CREATE TABLE forelder (
    id VARCHAR(32) NOT NULL, navn TEXT, tall REAL, stort INTEGER, raatt BLOB, hva NUMERIC,
    tekst TEXT, hemmelig TEXT, rekkefoelge TEXT,
    CONSTRAINT pk_forelder PRIMARY KEY (id), CONSTRAINT uq_forelder_navn UNIQUE (navn)
);
CREATE TABLE barn (
    id VARCHAR(32) NOT NULL, forelder_id VARCHAR(32) NOT NULL, navn TEXT, plass INTEGER,
    rekkefoelge TEXT,
    CONSTRAINT pk_barn PRIMARY KEY (id),
    CONSTRAINT uq_barn_plass UNIQUE (forelder_id, plass),
    CONSTRAINT ck_barn_plass CHECK (plass BETWEEN 1 AND 99),
    CONSTRAINT fk_barn_forelder FOREIGN KEY (forelder_id) REFERENCES forelder (id)
        ON DELETE CASCADE
);
CREATE TABLE merke (id VARCHAR(32) NOT NULL PRIMARY KEY, navn TEXT);
CREATE TABLE forelder_merke (
    id VARCHAR(32) NOT NULL PRIMARY KEY,
    forelder_id VARCHAR(32) NOT NULL REFERENCES forelder (id) ON DELETE CASCADE,
    merke_id VARCHAR(32) NOT NULL REFERENCES merke (id) ON DELETE CASCADE,
    UNIQUE (forelder_id, merke_id)
);
CREATE TABLE node (
    id VARCHAR(32) NOT NULL PRIMARY KEY, navn TEXT,
    over_id VARCHAR(32) REFERENCES node (id) ON DELETE CASCADE
);
CREATE TABLE vokter (
    id VARCHAR(32) NOT NULL PRIMARY KEY, navn TEXT,
    forelder_id VARCHAR(32) NOT NULL REFERENCES forelder (id)
);
CREATE TABLE loes (
    id VARCHAR(32) NOT NULL PRIMARY KEY, navn TEXT,
    forelder_id VARCHAR(32) REFERENCES forelder (id) ON DELETE SET NULL
);
CREATE TABLE dokument (
    id VARCHAR(32) NOT NULL PRIMARY KEY, navn TEXT,
    fil_sha256 VARCHAR(64) REFERENCES fil (sha256)
)
"""


def _log() -> list[str]:
    dialect = sqlite.dialect()
    made = []
    for table in log_metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        made += [str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes]
    return made


DDL = (*_TOY.split(";\n"), *_log())
