"""Writing an archive, or one meeting of it, as an exchange file.

Equal archives give equal bytes: tables and fields have a fixed order, rows stand by their keys.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.importing.exchange_json import MAX_BYTES, MAX_VALUES, count_values
from desktop.models import Fil
from desktop.richtext.tree import Figure, walk
from desktop.services.errors import ServiceError
from desktop.services.exchange_closure import keys_of_moete
from desktop.services.exchange_format import (
    FILE_TABLE,
    FORMAT,
    VERSION,
    Row,
    TableFormat,
    encode_row,
    formats,
)
from desktop.services.exchange_rows import read_outlines, read_rows
from desktop.services.numbers import find_moete_id
from desktop.storage.archive import Archive
from desktop.storage.files import read_file


def export_archive(
    archive: Archive, *, moete: str | None = None, utvalg: str | None = None
) -> bytes:
    """Return the exchange file of an archive, or of one meeting (`4/2023`, of an utvalg).

    A file of one meeting holds what `exchange_closure` says, and can be imported anywhere.

    Raises:
        ServiceError: `ukjent_moete_nummer`, `ukjent_utvalg`, `ingen_utvalg`; `eksport_for_stor`
            (`megabyte`, `grense`) where no import would take the file.
        RuleError: `moetenummer_uleselig`.
        ArchiveError: The archive is damaged.
    """
    with archive.read() as session:
        document = _whole(session) if moete is None else _one(session, moete, utvalg)
    return _written(document)


def write_export(
    archive: Archive, path: Path, *, moete: str | None = None, utvalg: str | None = None
) -> int:
    """Write the exchange file, replacing an older one only when it is whole; return its size.

    Raises:
        SaveError: The file could not be written; what stood there is whole.
        ServiceError, RuleError, ArchiveError: as `export_archive`.
    """
    from desktop.filer.atomic import write_atomically  # noqa: PLC0415

    data = export_archive(archive, moete=moete, utvalg=utvalg)
    write_atomically(path, data)
    return len(data)


def _whole(session: Session) -> dict[str, object]:
    rows = {name: read_rows(session, table) for name, table in formats().items()}
    return _document(session, rows, session.scalars(select(Fil.sha256)))


def _one(session: Session, moete: str, utvalg: str | None) -> dict[str, object]:
    keys = keys_of_moete(read_outlines(session), find_moete_id(session, moete, utvalg=utvalg))
    rows = {
        name: read_rows(session, table, keys.get(name, ())) for name, table in formats().items()
    }
    return _document(session, rows, keys.get(FILE_TABLE, set()) | _pictures(rows))


def _pictures(rows: Mapping[str, Iterable[Row]]) -> set[str]:
    return {
        sha256
        for name, table in formats().items()
        for row in rows[name]
        for sha256 in pictures_of(table, row)
    }


def pictures_of(table: TableFormat, row: Row) -> set[str]:
    """Return the SHA-256 of every picture in the texts of a row."""
    return {
        block.file
        for field in table.trees
        if row[field.name] is not None
        for block in walk(row[field.name].blocks)
        if isinstance(block, Figure)
    }


def _document(
    session: Session, rows: Mapping[str, Iterable[Row]], files: Iterable[str]
) -> dict[str, object]:
    known = set(session.scalars(select(Fil.sha256)))
    return {
        "format": FORMAT,
        "versjon": VERSION,
        "tabeller": {
            name: [encode_row(table, row) for row in rows[name]]
            for name, table in formats().items()
        },
        "filer": [_file(session, sha256) for sha256 in sorted(known.intersection(files))],
    }


def _file(session: Session, sha256: str) -> dict[str, object]:
    data = read_file(session, sha256)
    return {
        "sha256": sha256,
        "stoerrelse": len(data),
        "innhold": b64encode(data).decode("ascii"),
    }


def _written(document: dict[str, object]) -> bytes:
    data = f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()
    if len(data) > MAX_BYTES or count_values(data) > MAX_VALUES:
        raise ServiceError(
            "eksport_for_stor",
            megabyte=round(len(data) / 1_000_000),
            grense=MAX_BYTES // 1_000_000,
        )
    return data
