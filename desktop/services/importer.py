"""Taking an exchange file into an archive: every error at once, or all of it in one operation.

Rows with new keys are added, equal ones left, differing ones changed to what the file says; nothing
is deleted, and a fixed number never changes. A field that the file leaves out becomes empty, save
what an export never tells (`exchange_format.NAMED_ON_WISH`): there the archive keeps what it knows.
An archive that has a name keeps its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import UniqueConstraint, insert, text, update
from sqlalchemy.orm import Session

from desktop.importing.exchange import (
    ImportProblem,
    ImportProblems,
    problems_of,
    read_exchange,
)
from desktop.importing.exchange_json import MAX_BYTES, Finding
from desktop.models.sak import title_key
from desktop.services.exchange_check import check_rows
from desktop.services.exchange_decode import Incoming, IncomingRow, decode_file
from desktop.services.exchange_format import (
    FILE_TABLE,
    FORMAT,
    VERSION,
    Row,
    TableFormat,
    formats,
    sql_table,
)
from desktop.services.exchange_rows import Tables, read_outlines, read_rows
from desktop.services.exchange_schema import validation_schema
from desktop.services.verbs import operation
from desktop.storage.archive import Archive
from desktop.storage.files import store_file

_ARCHIVE_ROW = "arkiv"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many rows of each table were new, changed, or equal already; tables with none left out.

    The files count as the table `fil`.
    """

    new: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]

    def __bool__(self) -> bool:
        """Return whether the import changed anything."""
        return bool(self.new or self.changed)


@dataclass(slots=True)
class _Plan:
    """What is to be written: whole new rows, and of the others the fields that differ."""

    inserts: dict[str, list[Row]] = field(default_factory=dict)
    updates: dict[str, dict[str, Row]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    unchanged: Counter[str] = field(default_factory=Counter)

    def report(self) -> ImportReport:
        new = {table: len(rows) for table, rows in self.inserts.items() if rows}
        if self.files:
            new[FILE_TABLE] = len(self.files)
        changed = {table: len(rows) for table, rows in self.updates.items() if rows}
        return ImportReport(new, changed, dict(self.unchanged))


def import_file(archive: Archive, path: Path) -> ImportReport:
    """Take in the exchange file at a path; see `import_data`.

    Raises:
        ImportProblems: The file cannot be read or has errors. Nothing was changed.
        ArchiveError: The archive could not be written. Nothing was changed.
    """
    return import_data(archive, _read(path))


def import_data(archive: Archive, data: bytes) -> ImportReport:
    """Take in an exchange file: all of it, as one operation that can be undone, or nothing.

    A file that says nothing new leaves no trace in the log.

    Raises:
        ImportProblems: Every error of the file. Nothing was changed.
        ArchiveError: The archive could not be written. Nothing was changed.
    """
    plan = _planned(archive, data)
    report = plan.report()
    if report:
        with operation(archive, "import_arkiv") as op:
            _carry_out(op.session, plan)
    return report


def check_file(archive: Archive, path: Path) -> ImportReport:
    """Return what an import of the file would do, without doing it.

    Raises:
        ImportProblems: as `import_file`.
    """
    return _planned(archive, _read(path)).report()


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ImportProblems([ImportProblem(str(path), "Det finnes ingen slik fil.")])
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = "Filen lar seg ikke lese. Se om du har tilgang til den."
        raise ImportProblems([ImportProblem(str(path), reason)]) from error


def _planned(archive: Archive, data: bytes) -> _Plan:
    file = read_exchange(data, name=FORMAT, version=VERSION, schema=validation_schema)
    del data
    incoming = decode_file(file)
    with archive.read() as session:
        outlines = read_outlines(session)
        _leave_out_second_name(incoming, outlines)
        findings = [*incoming.findings, *check_rows(incoming, outlines), *_templates(incoming)]
        if findings:
            raise problems_of(file.document, findings)
        return _compare(session, incoming, outlines)


def _leave_out_second_name(incoming: Incoming, outlines: Tables) -> None:
    """Let an archive that has a name keep it: there is one row of that table."""
    if outlines[_ARCHIVE_ROW]:
        rows = incoming.rows[_ARCHIVE_ROW]
        incoming.rows[_ARCHIVE_ROW] = {
            key: row for key, row in rows.items() if key in outlines[_ARCHIVE_ROW]
        }


def _templates(incoming: Incoming) -> Iterator[Finding]:
    """Yield the Word templates of the file that no document could be written with."""
    for row in incoming.rows["utvalg"].values():
        data = incoming.files.get(row.values["mal_sha256"] or "")
        if data is not None and not _is_template(data):
            yield Finding((*row.path, "mal_sha256"), "Filen kan ikke brukes som Word-mal.")


def _is_template(data: bytes) -> bool:
    from desktop.documents.template import read_template  # noqa: PLC0415
    from desktop.documents.template_errors import TemplateError  # noqa: PLC0415

    try:
        read_template(data)
    except TemplateError:
        return False
    return True


def _compare(session: Session, incoming: Incoming, outlines: Tables) -> _Plan:
    plan = _Plan()
    for name, table in formats().items():
        rows = incoming.rows[name]
        known = rows.keys() & outlines[name].keys()
        plan.inserts[name] = [row.values for key, row in rows.items() if key not in known]
        plan.updates[name] = {}
        for old in read_rows(session, table, known):
            different = _difference(table, rows[old["id"]], old)
            if different:
                plan.updates[name][old["id"]] = different
        equal = len(known) - len(plan.updates[name])
        if equal:
            plan.unchanged[name] = equal
    known_files = incoming.files.keys() & outlines[FILE_TABLE].keys()
    if known_files:
        plan.unchanged[FILE_TABLE] = len(known_files)
    plan.files = {key: data for key, data in incoming.files.items() if key not in known_files}
    return plan


def _difference(table: TableFormat, row: IncomingRow, old: Row) -> Row:
    """Return the fields to write: those that differ, and what `_park` will have to put back."""
    different = {
        item.name: row.values[item.name]
        for item in table.fields
        if row.values[item.name] != old[item.name] and (item.flag is None or item.name in row.given)
    }
    for columns in _unique_columns(table.name):
        if not different.keys().isdisjoint(columns):
            different[columns[-1]] = row.values[columns[-1]]
    return different


def _unique_columns(name: str) -> list[list[str]]:
    return [
        [column.name for column in constraint.columns]
        for constraint in sql_table(name).constraints
        if isinstance(constraint, UniqueConstraint)
    ]


def _carry_out(session: Session, plan: _Plan) -> None:
    """Write the plan. References are checked at the end, so that rows may come in any order."""
    session.execute(text("PRAGMA defer_foreign_keys=ON"))
    for data in plan.files.values():
        store_file(session, data)
    for name in formats():
        _park(session, name, plan.updates[name])
    for name in formats():
        table = sql_table(name)
        if plan.inserts[name]:
            session.execute(insert(table), plan.inserts[name])
        for key, values in plan.updates[name].items():
            whole = values | title_key(values) if name == "sak" else values
            session.execute(update(table).where(table.c.id == key).values(whole))


def _park(session: Session, name: str, updates: Mapping[str, Row]) -> None:
    """Take the rows that give up a unique value out of the way of those that get it.

    The last column of the constraint holds a value of no row until its own is written.
    """
    for columns in _unique_columns(name):
        keys = [key for key, values in updates.items() if not values.keys().isdisjoint(columns)]
        if keys:
            last = columns[-1]
            statement = text(
                f"UPDATE {name} SET {last} = '~' || id"  # noqa: S608  (names of the models)
                f" WHERE id = :key AND {last} IS NOT NULL"
            )
            session.execute(statement, [{"key": key} for key in keys])
