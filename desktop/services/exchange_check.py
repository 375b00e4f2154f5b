"""What the rows of an exchange file must agree on, with each other and with the archive."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import CheckConstraint, UniqueConstraint

from desktop.importing.exchange_json import Finding, Path
from desktop.importing.exchange_place import label_of
from desktop.services.exchange_decode import FILES, Incoming, IncomingRow
from desktop.services.exchange_format import (
    FILE_TABLE,
    Kind,
    Row,
    TableFormat,
    encode,
    formats,
    sql_table,
)
from desktop.services.exchange_rows import Tables
from desktop.services.export import pictures_of

_PERIOD: Final = "Perioden slutter før den begynner."
CONSTRAINT_SENTENCES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "ck_organisasjonsnavn_periode": ("til", _PERIOD),
        "ck_verv_periode": ("til", _PERIOD),
        "ck_moetedag_tid": ("til", "Dagen slutter før den begynner."),
        "ck_dagsordenpost_sak": (
            "sak_id",
            "En rad av slaget «sak» må vise til en sak, og ingen annen rad kan det.",
        ),
        "ck_saksrolle_hvem": ("person_id", "Raden må vise til en person eller en organisasjon."),
        "ck_vedlegg_lenke": ("url", "Et vedlegg av slaget «lenke» må ha en url."),
        "ck_vedlegg_fil": ("fil_sha256", "Et vedlegg av slaget «fil» må ha en fil."),
        "ck_vedlegg_referat": (
            "referat_moete_id",
            "Et vedlegg av slaget «referat» må vise til møtet det er referatet fra.",
        ),
        "ck_vedtak_kilde": ("referanse", "Et vedtak må ha en sak eller en referanse."),
        "ck_oppfoelgingsavslag_kilde": (
            "vedtak_id",
            "Et avslag må vise til et vedtak eller et aksjonspunkt.",
        ),
        "ck_tidligere_vedtak_kilde": (
            "sak_tekst",
            "Raden må vise til et vedtak eller si hvilken sak det gjelder.",
        ),
        "ck_toppnotatseksjon_egen": (
            "overskrift",
            "En seksjon av slaget «egen» må ha overskrift, og ingen annen seksjon kan ha det.",
        ),
    }
)
"""The field and the sentence of every rule that the archive has for one row.

Those about a single number or choice are in the schema.
"""

_FIXED: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "moete": ("nummer", ("utvalg_id", "aar", "nummer")),
        "sak": ("moetesakssekvensnummer", ("utvalg_id", "moetesaksaar", "moetesakssekvensnummer")),
        "vedlegg": ("nummer", ("nummer", "bokstav")),
    }
)
"""The column that is set when a number is fixed, and the columns that may not change then."""


@dataclass(frozen=True, slots=True)
class FutureRow:
    """A row as it is after the import. `path` is None for one that the file does not mention."""

    values: Row
    path: Path | None

    def at(self, *fields: str) -> Path:
        """Return the path of a field of a row of the file."""
        return (*(self.path or ()), *fields)

    @property
    def name(self) -> str:
        """What an error calls the row."""
        label = label_of(self.values)
        where = f"rad {int(self.path[-1]) + 1}" if self.path else "en rad i arkivet"
        return f"{where} ({label})" if label else where


Future = dict[str, dict[str, FutureRow]]


def check_rows(incoming: Incoming, archive: Tables) -> Iterator[Finding]:
    """Yield everything in the sound rows that the archive could not hold or may not take in."""
    future = _future(incoming, archive)
    yield from _references(incoming, archive)
    yield from _constraints(incoming)
    yield from _uniqueness(future)
    yield from _fixed_numbers(incoming, archive)
    for check in (_saker, _running_order, _vedlegg_numbers):
        yield from check(future)
    if incoming.mentioned["moetedag"] == incoming.rows["moetedag"].keys():
        yield from _days(future)


def _future(incoming: Incoming, archive: Tables) -> Future:
    return {
        name: {
            **{key: FutureRow(row, None) for key, row in archive[name].items()},
            **{key: FutureRow(row.values, row.path) for key, row in incoming.rows[name].items()},
        }
        for name in formats()
    }


def _references(incoming: Incoming, archive: Tables) -> Iterator[Finding]:
    known = {name: incoming.mentioned[name] | archive[name].keys() for name in formats()}
    known[FILE_TABLE] = incoming.mentioned[FILES] | archive[FILE_TABLE].keys()
    for table, _, row in incoming.each():
        for field in table.references:
            value = row.values[field.name]
            if value is not None and field.reference and value not in known[field.reference]:
                yield Finding((*row.path, field.name), _dangling(field.reference, value))
        for picture in sorted(pictures_of(table, row.values) - known[FILE_TABLE]):
            yield Finding(row.path, f"En figur viser til filen {picture[:12]}…, som ikke finnes.")


def _dangling(table: str, key: str) -> str:
    where = "«filer»" if table == FILE_TABLE else f"«{table}»"
    return f"Feltet viser til {key[:12]}… i {where}, som verken er i filen eller i arkivet."


def _constraints(incoming: Incoming) -> Iterator[Finding]:
    """Ask SQLite itself, so that a rule is written once: in the entity."""
    with closing(sqlite3.connect(":memory:")) as database:
        for name, table in formats().items():
            checks = [
                (str(constraint.sqltext), *CONSTRAINT_SENTENCES[str(constraint.name)])
                for constraint in sql_table(name).constraints
                if isinstance(constraint, CheckConstraint)
                and str(constraint.name) in CONSTRAINT_SENTENCES
            ]
            if checks:
                statement = _question(table, [check[0] for check in checks])
                for row in incoming.rows[name].values():
                    yield from _broken(database, statement, checks, row)


def _question(table: TableFormat, conditions: list[str]) -> str:
    columns = [field.name for field in table.fields if field.kind is not Kind.TREE]
    asked = ", ".join(f"({condition}) IS 0" for condition in conditions)
    given = ", ".join(f":{name} AS {name}" for name in columns)
    return f"SELECT {asked} FROM (SELECT {given})"  # noqa: S608  (names of columns)


def _broken(
    database: sqlite3.Connection,
    statement: str,
    checks: list[tuple[str, str, str]],
    row: IncomingRow,
) -> Iterator[Finding]:
    values = {name: _sql_value(value) for name, value in row.values.items()}
    answers = database.execute(statement, values).fetchone()
    for (_, field, sentence), is_broken in zip(checks, answers, strict=True):
        if is_broken:
            yield Finding((*row.path, field), sentence)


def _sql_value(value: object) -> Any:  # noqa: ANN401  (what SQLite takes)
    encoded = encode(value)
    return encoded if isinstance(encoded, str | int | None) else None


def _uniqueness(future: Future) -> Iterator[Finding]:
    for name in formats():
        for constraint in sql_table(name).constraints:
            if isinstance(constraint, UniqueConstraint):
                columns = [column.name for column in constraint.columns]
                for group in _same(future[name], columns):
                    yield from _collisions(name, columns, group)


def _same(rows: Mapping[str, FutureRow], columns: list[str]) -> Iterator[list[FutureRow]]:
    groups: defaultdict[tuple[object, ...], list[FutureRow]] = defaultdict(list)
    for row in rows.values():
        groups[tuple(row.values[column] for column in columns)].append(row)
    for values, group in groups.items():
        if len(group) > 1 and None not in values:
            yield group


def _collisions(table: str, columns: list[str], group: list[FutureRow]) -> Iterator[Finding]:
    ordered = sorted(group, key=lambda row: (row.path is not None, row.path or ()))
    for row in ordered[1:]:
        if row.path is not None:
            yield Finding(row.at(columns[-1]), _collision(table, columns, ordered[0]))


def _collision(table: str, columns: list[str], other: FutureRow) -> str:
    match table:
        case "sak":
            return f"Saksnummeret er allerede gitt til {other.name}."
        case "moete":
            return f"Møtenummeret er allerede gitt til {other.name}."
        case "utvalg":
            return f"Navnet brukes allerede av {other.name}."
    fields = " og ".join(columns)
    return f"Bare én rad kan ha disse verdiene i {fields}; {other.name} har dem allerede."


def _fixed_numbers(incoming: Incoming, archive: Tables) -> Iterator[Finding]:
    for table, (fixed, columns) in _FIXED.items():
        for key, row in incoming.rows[table].items():
            old = archive[table].get(key)
            if old is None or old[fixed] is None:
                continue
            if any(old[column] != row.values[column] for column in columns):
                number = label_of(old) or f"{old['nummer']}{old['bokstav'] or ''}"
                yield Finding(
                    (*row.path, fixed),
                    f"Nummeret er fast i arkivet ({number}) og kan ikke endres eller fjernes.",
                )


def _saker(future: Future) -> Iterator[Finding]:
    for row in future["sak"].values():
        if row.path is None:
            continue
        moete = future["moete"].get(row.values["moete_id"] or "")
        if moete and moete.values["utvalg_id"] != row.values["utvalg_id"]:
            yield Finding(row.at("moete_id"), "Saken hører til et annet utvalg enn møtet.")
        number = row.values["moetesakssekvensnummer"]
        if (number is None) != (row.values["moetesaksaar"] is None):
            yield Finding(row.path, "Et saksnummer må ha både år og nummer.")
        elif number is not None and row.values["moete_id"] is None:
            yield Finding(row.at("moete_id"), "En sak med nummer må stå i et møte.")


def _running_order(future: Future) -> Iterator[Finding]:
    for row in future["dagsordenpost"].values():
        sak = future["sak"].get(row.values["sak_id"] or "")
        day = future["moetedag"].get(row.values["moetedag_id"])
        if sak is None or day is None or sak.values["moete_id"] == day.values["moete_id"]:
            continue
        where = row.at("sak_id") if row.path else sak.at("moete_id")
        if row.path or sak.path:
            yield Finding(where, "Saken hører ikke til det møtet som raden i dagsordenen står i.")


def _days(future: Future) -> Iterator[Finding]:
    with_days = {row.values["moete_id"] for row in future["moetedag"].values()}
    for key, row in future["moete"].items():
        if row.path is not None and key not in with_days:
            yield Finding(row.path, "Møtet har ingen møtedag.")


def _vedlegg_numbers(future: Future) -> Iterator[Finding]:
    """Hold the vedlegg of each meeting against `rules.vedlegg`: one number a sak, none twice."""
    used: dict[tuple[str, int, str], FutureRow] = {}
    owners: dict[tuple[str, int], str] = {}
    numbers: dict[str, int] = {}
    rows = [row for row in future["vedlegg"].values() if row.values["nummer"] is not None]
    for row in sorted(rows, key=lambda row: (row.path is not None, row.path or ())):
        sak_id, number = row.values["sak_id"], row.values["nummer"]
        sak = future["sak"].get(sak_id)
        if sak is None or sak.values["moete_id"] is None:
            continue
        moete = sak.values["moete_id"]
        other = used.setdefault((moete, number, row.values["bokstav"] or ""), row)
        owner = owners.setdefault((moete, number), sak_id)
        own = numbers.setdefault(sak_id, number)
        if row.path is None:
            continue
        if other is not row:
            yield Finding(row.at("nummer"), f"Vedleggsnummeret er allerede gitt til {other.name}.")
        elif owner != sak_id:
            yield Finding(row.at("nummer"), f"Nummer {number} hører til en annen sak i møtet.")
        elif own != number:
            yield Finding(row.at("nummer"), f"Vedleggene til saken har allerede nummer {own}.")
