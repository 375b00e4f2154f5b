"""Checking an archive: the file, the chain, and every live row against the log.

The rows are walked back through the log: each must be the after-image of its last change, and end
where the log began or at the row's baseline.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from desktop.storage.chain import GENESIS, CommittedRow, Header, commitment, operation_hash
from desktop.storage.changes import Row, RowKey
from desktop.storage.log_reader import BASELINE
from desktop.storage.payload import MismatchError, decode_change, decode_row, row_hash, take_back
from desktop.storage.pieces import has_pieces, read_pieces
from desktop.storage.schema import CONTENT_TABLE, Schema
from desktop.storage.search_build import differences
from desktop.storage.writing import broken_in_table

_SENTENCES: Final = {
    "fil_skadet": "SQLite melder skade i filen: {detalj}",
    "uleselig": "Innholdet er så skadet at resten ikke kan kontrolleres: {detalj}",
    "kjede_brutt": "Handling {nummer} («{verb}») stemmer ikke med kjeden: den er endret, eller en "
    "handling før den mangler.",
    "nummer_mangler": "Loggen mangler handling {nummer}.",
    "loggrad_endret": "Loggen for {tabell} {noekkel} i handling {nummer} er endret.",
    "parametre_endret": "Parametrene til handling {nummer} er endret.",
    "ukjent_utfoerer": "Handling {nummer} er utført av noen som ikke finnes i arkivet.",
    "loeserad": "Loggen har en rad i {tabell} {noekkel} som hører til handling {nummer}, men den "
    "handlingen finnes ikke.",
    "rad_endret": "Feltet {felt} i {tabell} {noekkel} er endret uten at loggen vet om det.",
    "rad_mangler": "{tabell} {noekkel} mangler, men loggen sier at den skal finnes.",
    "rad_uventet": "{tabell} {noekkel} finnes, men loggen sier at den ikke skal gjøre det.",
    "henvisning_brutt": "Feltet {felt} i {tabell} {noekkel} viser til {forelder}, som ikke finnes.",
    "innhold_skadet": "Filen {noekkel} i arkivet er skadet: innholdet stemmer ikke med "
    "kontrollsummen.",
    "soek_avviker": "Søkeregisteret stemmer ikke med {tabell} {noekkel}. Ingenting i arkivet er "
    "galt, men søket finner ikke alt før registeret er bygget på nytt.",
    "hode_mangler": "Kontrollsummen {hode} finnes ikke i kjeden: slutten av loggen er borte, eller "
    "den hører til et annet arkiv.",
}

_UNREADABLE: Final = (AttributeError, LookupError, TypeError, ValueError)
"""What values of other types than any program wrote lead to."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something `verifiser` found; as text a Norwegian sentence."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence."""
        return _SENTENCES[self.code].format_map(self.params)


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The result. `head_hash` is the newest entry's, in hexadecimal."""

    problems: tuple[Problem, ...]
    operations: int
    head_hash: str

    @property
    def ok(self) -> bool:
        """Return whether nothing was found."""
        return not self.problems


def verify_archive(
    driver: sqlite3.Connection, schema_now: Callable[[], Schema], known_head: str | None = None
) -> VerifyReport:
    """Check everything. `known_head` is a head hash printed earlier that must be in the chain.

    The check ends early where the file itself is too damaged to be read.
    """
    chain = _Chain(driver, known_head)
    problems: list[Problem] = []
    try:
        problems += _file_problems(driver)
        problems += chain.problems()
        schema = schema_now()
        problems += _RowCheck(driver, schema).problems()
        problems += _content_problems(driver, schema)
        problems += _reference_problems(driver, schema)
        problems += _search_problems(driver)
    except sqlite3.DatabaseError as error:
        problems.append(Problem("fil_skadet", {"detalj": str(error)}))
    except _UNREADABLE as error:
        problems.append(Problem("uleselig", {"detalj": str(error)}))
    return VerifyReport(tuple(problems), chain.operations, chain.head.hex())


def _file_problems(driver: sqlite3.Connection) -> Iterator[Problem]:
    for (message,) in driver.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield Problem("fil_skadet", {"detalj": message})


def _reference_problems(driver: sqlite3.Connection, schema: Schema) -> Iterator[Problem]:
    for table in schema.tables.values():
        for broken in broken_in_table(driver, table):
            parent = " ".join(broken.parent)
            yield _problem("henvisning_brutt", broken.child, felt=broken.column, forelder=parent)


def _search_problems(driver: sqlite3.Connection) -> Iterator[Problem]:
    for row in differences(driver):
        yield _problem("soek_avviker", row)


def _content_problems(driver: sqlite3.Connection, schema: Schema) -> Iterator[Problem]:
    if CONTENT_TABLE not in schema.tables:
        return
    in_pieces = has_pieces(driver)
    for key, size, data in driver.execute("SELECT sha256, stoerrelse, innhold FROM fil"):
        parts = read_pieces(driver, key) if data == b"" and size and in_pieces else (data,)
        if not _is_content(key, size, parts):
            yield Problem("innhold_skadet", {"noekkel": key})


def _is_content(key: str, size: int, parts: Iterable[object]) -> bool:
    """Return whether parts are together the bytes of a file."""
    found, length = sha256(), 0
    for part in parts:
        if not isinstance(part, bytes):
            return False
        found.update(part)
        length += len(part)
    return length == size and found.hexdigest() == key


class _Chain:
    """The walk along the chain, from the first entry to the head."""

    def __init__(self, driver: sqlite3.Connection, known_head: str | None) -> None:
        self._driver = driver
        self._known_head = known_head
        self.operations = 0
        self.head = GENESIS

    def problems(self) -> Iterator[Problem]:
        """Yield what does not hold."""
        missing_head = self._known_head not in (None, GENESIS.hex())
        number = 0
        for found in self._driver.execute(
            "SELECT nr, verb, slag, tid, av, angrebar, viser_til, antall, parametre_forpliktelse,"
            " hash, parametre, parametre_salt FROM handling ORDER BY nr"
        ):
            if found[0] != number + 1:
                yield Problem("nummer_mangler", {"nummer": number + 1})
            number = found[0]
            yield from self._entry(found)
            missing_head = missing_head and self.head.hex() != self._known_head
        yield from self._loose_rows()
        yield from self._unknown_users()
        if missing_head:
            yield Problem("hode_mangler", {"hode": self._known_head})

    def _entry(self, found: tuple[Any, ...]) -> Iterator[Problem]:
        number, verb, kind, time, user, undoable, refers_to, count, committed = found[:9]
        stored, params, salt = found[9:]
        rows: list[CommittedRow] = []
        for *row, row_salt, payload in self._driver.execute(
            "SELECT tabell, noekkel, slag, forpliktelse, salt, innhold FROM endring"
            " WHERE handling = ? ORDER BY nr",
            (number,),
        ):
            rows.append(CommittedRow(*row))
            if not _row_holds(rows[-1], row_salt, payload):
                values = {"tabell": row[0], "noekkel": row[1], "nummer": number}
                yield Problem("loggrad_endret", values)
        if not _holds(committed, salt, params):
            yield Problem("parametre_endret", {"nummer": number})
        header = Header(number, verb, kind, time, user, bool(undoable), refers_to, count, committed)
        expected = operation_hash(self.head, header, rows)
        if expected != stored:
            yield Problem("kjede_brutt", {"nummer": number, "verb": verb})
        self.head = stored
        self.operations += 1

    def _loose_rows(self) -> Iterator[Problem]:
        for table, key, number in self._driver.execute(
            "SELECT tabell, noekkel, handling FROM endring"
            " WHERE handling NOT IN (SELECT nr FROM handling)"
        ):
            yield Problem("loeserad", {"tabell": table, "noekkel": key, "nummer": number})

    def _unknown_users(self) -> Iterator[Problem]:
        for (number,) in self._driver.execute(
            "SELECT nr FROM handling WHERE av NOT IN (SELECT id FROM utfoerer)"
        ):
            yield Problem("ukjent_utfoerer", {"nummer": number})


def _holds(committed: bytes, salt: bytes | None, text: str | None) -> bool:
    """Return whether a text is the one committed to, or was erased together with its salt."""
    if salt is None or text is None:
        return salt is None and text is None
    return commitment(salt, text) == committed


def _row_holds(row: CommittedRow, salt: bytes | None, payload: str | None) -> bool:
    if not _holds(row.commitment, salt, payload):
        return False
    if payload is None or row.kind == BASELINE:
        return True
    try:
        change = decode_change(payload)
    except ValueError:
        return False
    return (change.table, change.key, change.kind) == (row.table, row.key, row.kind)


class _RowCheck:
    """The walk back from the live rows to where the log began."""

    def __init__(self, driver: sqlite3.Connection, schema: Schema) -> None:
        self._driver = driver
        self._schema = schema
        self._settled: set[RowKey] = set()
        self._rows: dict[RowKey, Row | None] = {
            (table.name, key): row
            for table in schema.tables.values()
            for key, row in table.read_all(driver)
        }

    def problems(self) -> Iterator[Problem]:
        """Yield every row that is not what the log made of it."""
        self._begin_at_open_group()
        for number, table, key, kind, payload in self._driver.execute(
            "SELECT handling, tabell, noekkel, slag, innhold FROM endring"
            " WHERE handling >= (SELECT ifnull(max(nr), 0) FROM handling WHERE slag = 'migrering')"
            " ORDER BY handling DESC, nr DESC"
        ):
            row = (table, key)
            if row in self._settled:
                continue
            if payload is None:
                self._settled.add(row)
            elif kind == BASELINE:
                yield from self._reach_baseline(row, json.loads(payload))
            else:
                yield from self._walk(row, number, kind, payload)
        for row, values in self._rows.items():
            if row not in self._settled and values is not None:
                yield _problem("rad_uventet", row)

    def _begin_at_open_group(self) -> None:
        """Put the before-images of an open group of typing in the place of its live rows."""
        for table, key, text in self._driver.execute(
            "SELECT tabell, noekkel, innhold FROM skrivebilde"
        ):
            self._rows[table, key] = None if text is None else decode_row(text)

    def _reach_baseline(self, row: RowKey, expected: str | None) -> Iterator[Problem]:
        self._settled.add(row)
        values = self._rows.get(row)
        found = None if values is None else row_hash(values)
        if found != expected:
            yield self._presence_problem(row, expected is not None) or _problem(
                "rad_endret", row, felt="(et av feltene)"
            )

    def _walk(self, row: RowKey, number: int, kind: str, payload: str) -> Iterator[Problem]:
        values = self._rows.get(row)
        try:
            change = decode_change(payload)
            inverse = take_back(change, values)
        except MismatchError as error:
            self._settled.add(row)
            yield self._presence_problem(row, kind != "delete") or _problem(
                "rad_endret", row, felt=error.field or "(et av feltene)", nummer=number
            )
            return
        except ValueError:
            self._settled.add(row)
            yield _problem("loggrad_endret", row, nummer=number)
            return
        if inverse is None or inverse.kind == "delete":
            self._rows[row] = None
        else:
            self._rows[row] = {
                **(values or {}),
                **{item.name: item.after for item in inverse.fields},
            }

    def _presence_problem(self, row: RowKey, expected: bool) -> Problem | None:
        present = self._rows.get(row) is not None
        if present == expected:
            return None
        return _problem("rad_uventet" if present else "rad_mangler", row)


def _problem(code: str, row: RowKey, **params: object) -> Problem:
    return Problem(code, {"tabell": row[0], "noekkel": row[1], **params})
