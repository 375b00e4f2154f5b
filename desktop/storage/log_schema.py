"""The tables of the change log. They are written by `log` and `typing_group` alone.

`handling` is an operation, `endring` one row of it, `utfoerer` who did it (the name can be
erased), `skriving` the open group of typing with its before-images in `skrivebilde`.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

log_metadata = MetaData()

utfoerer = Table(
    "utfoerer",
    log_metadata,
    Column("id", Text, nullable=False),
    Column("navn", Text),
    PrimaryKeyConstraint("id", name="pk_utfoerer"),
)

handling = Table(
    "handling",
    log_metadata,
    Column("nr", Integer, nullable=False),
    Column("verb", Text, nullable=False),
    Column("slag", Text, nullable=False),
    Column("tid", Text, nullable=False),
    Column("av", Text, nullable=False),
    Column("angrebar", Integer, nullable=False),
    Column("viser_til", Integer),
    Column("antall", Integer, nullable=False),
    Column("parametre", Text),
    Column("parametre_salt", LargeBinary),
    Column("parametre_forpliktelse", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("nr", name="pk_handling"),
    ForeignKeyConstraint(["av"], ["utfoerer.id"], name="fk_handling_av"),
    ForeignKeyConstraint(["viser_til"], ["handling.nr"], name="fk_handling_viser_til"),
)

endring = Table(
    "endring",
    log_metadata,
    Column("handling", Integer, nullable=False),
    Column("nr", Integer, nullable=False),
    Column("tabell", Text, nullable=False),
    Column("noekkel", Text, nullable=False),
    Column("slag", Text, nullable=False),
    Column("salt", LargeBinary),
    Column("innhold", Text),
    Column("forpliktelse", LargeBinary, nullable=False),
    PrimaryKeyConstraint("handling", "nr", name="pk_endring"),
    ForeignKeyConstraint(["handling"], ["handling.nr"], name="fk_endring_handling"),
    Index("ix_endring_tabell_noekkel", "tabell", "noekkel"),
    sqlite_with_rowid=False,
)

skriving = Table(
    "skriving",
    log_metadata,
    Column("id", Integer, nullable=False),
    Column("verb", Text, nullable=False),
    Column("parametre", Text, nullable=False),
    Column("tabell", Text, nullable=False),
    Column("noekkel", Text, nullable=False),
    Column("felt", Text, nullable=False),
    Column("avsnitt", Text),
    Column("av", Text, nullable=False),
    Column("startet", Text, nullable=False),
    Column("sist", Text, nullable=False),
    PrimaryKeyConstraint("id", name="pk_skriving"),
    CheckConstraint("id = 1", name="ck_skriving_en"),
)

skrivebilde = Table(
    "skrivebilde",
    log_metadata,
    Column("tabell", Text, nullable=False),
    Column("noekkel", Text, nullable=False),
    Column("innhold", Text),
    PrimaryKeyConstraint("tabell", "noekkel", name="pk_skrivebilde"),
)
