"""From the rows of an exchange file to values of the archive, with an error for each that is none.

Only rows that the schema accepts are decoded; every key that the file mentions is kept, so that a
broken row does not make those that refer to it look broken too.
"""

from __future__ import annotations

import binascii
import datetime as dt
import unicodedata
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from desktop.i18n.messages import message
from desktop.importing.exchange import ExchangeFile, row_path
from desktop.importing.exchange_json import Finding, Path
from desktop.importing.exchange_place import shown
from desktop.richtext.clean import is_clean
from desktop.richtext.codec import VERSION, CodecError, from_data
from desktop.richtext.problems import problem_text
from desktop.richtext.tree import Tree
from desktop.rules.errors import RuleError
from desktop.rules.numbering import SakNumberPattern
from desktop.rules.phrases import placeholders
from desktop.rules.rank import is_rank
from desktop.rules.vedlegg import parse_vedlegg_number
from desktop.services.exchange_format import Field, Kind, Row, TableFormat, formats

FILES: Final = "filer"


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """A row of the file with every column of its table. `given` are the fields that it mentions."""

    path: Path
    values: Row
    given: frozenset[str]


@dataclass(slots=True)
class Incoming:
    """What a file brings: sound rows by table and key, sound files, and what is wrong with it."""

    rows: dict[str, dict[str, IncomingRow]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    mentioned: dict[str, set[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def each(self) -> Iterator[tuple[TableFormat, str, IncomingRow]]:
        """Yield (table, key, row) of every sound row."""
        for name, rows in self.rows.items():
            for key, row in rows.items():
                yield formats()[name], key, row


class InvalidValueError(Exception):
    """A value that the archive cannot hold: where in it, and why, one pair per error."""

    def __init__(self, *reasons: tuple[str, str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


def decode_file(file: ExchangeFile) -> Incoming:
    """Return what a file brings."""
    incoming = Incoming(findings=list(file.findings))
    broken = file.broken_rows()
    for name, table in formats().items():
        incoming.rows[name] = {}
        incoming.mentioned[name] = set()
        for index, data in enumerate(file.rows(name)):
            path = row_path(name, index)
            if _is_new(incoming, name, "id", data, path) and path not in broken:
                _decode_row(incoming, table, data, path)
    incoming.mentioned[FILES] = set()
    for index, data in enumerate(file.rows(FILES)):
        path = row_path(FILES, index)
        if _is_new(incoming, FILES, "sha256", data, path) and path not in broken:
            _decode_content(incoming, data, path)
    return incoming


def _is_new(incoming: Incoming, name: str, key: str, data: object, path: Path) -> bool:
    """Note the key of a row, sound or not, and return whether it is the first one with it."""
    value = data.get(key) if isinstance(data, dict) else None
    if not isinstance(value, str):
        return True
    if value in incoming.mentioned[name]:
        incoming.findings.append(
            Finding((*path, key), f"En tidligere rad har den samme nøkkelen, {shown(value)}.")
        )
        return False
    incoming.mentioned[name].add(value)
    return True


def _decode_row(incoming: Incoming, table: TableFormat, data: Row, path: Path) -> None:
    values: Row = {}
    for item in table.fields:
        values[item.name] = None
        if item.name not in data:
            continue
        try:
            values[item.name] = _decoded(table.name, item, data)
        except InvalidValueError as error:
            incoming.findings += [
                Finding((*path, item.name), reason, inside) for inside, reason in error.reasons
            ]
    if all(values[name] is not None for name in data):
        incoming.rows[table.name][data["id"]] = IncomingRow(path, values, frozenset(data))


def _decoded(table: str, item: Field, data: Row) -> object:
    if item.flag is not None and not data[item.flag]:
        raise InvalidValueError(
            ("", f"Feltet kan bare være med når «{item.flag}» er true: navnet er ellers internt.")
        )
    value = data[item.name]
    decode = _DECODERS.get(item.kind)
    decoded = decode(value) if decode else value
    check = _CHECKS.get((table, item.name))
    if check is not None:
        try:
            check(data)
        except RuleError as error:
            raise InvalidValueError(("", message(error.code, error.params))) from error
    if item.enum is not None:
        return item.enum(value)
    return decoded


def _line(text: str) -> str:
    """Refuse what `clean_text` would take out; how letters are composed is left to the writer."""
    for place, character in enumerate(unicodedata.normalize("NFC", text), 1):
        if not is_clean(character):
            what = "et linjeskift" if character in "\n\r" else f"tegnet U+{ord(character):04X}"
            raise InvalidValueError(("", f"Teksten kan ikke ha {what} (tegn {place})."))
    return text


def _rank(text: str) -> str:
    if not is_rank(text):
        raise InvalidValueError(("", f"«{shown(text)}» er ikke en plass i en rekkefølge."))
    return text


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValueError(("", f"Datoen {shown(text)} finnes ikke.")) from error


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidValueError(("", f"Tidspunktet {shown(text)} finnes ikke.")) from error


def _tree(data: Any) -> Tree:  # noqa: ANN401  (any JSON object)
    try:
        return from_data(data)
    except CodecError as error:
        if error.problems:
            reasons = [(problem.path, problem_text(problem)) for problem in error.problems]
            raise InvalidValueError(*reasons) from error
        raise InvalidValueError(*_malformed(data, error)) from error


def _malformed(data: Mapping[str, Any], first: CodecError) -> Iterator[tuple[str, str]]:
    """Yield the first error of each block, since decoding stops at the first of a text."""
    blocks = data.get("blokker")
    if not first.path.startswith("blokker[") or not isinstance(blocks, list):
        yield first.path, first.reason
        return
    for index, block in enumerate(blocks):
        try:
            from_data({"versjon": VERSION, "blokker": [block]})
        except CodecError as error:
            inside = error.path.replace("blokker[0]", f"blokker[{index}]", 1)
            yield inside, error.reason


_DECODERS: Final[Mapping[Kind, Callable[[Any], object]]] = MappingProxyType(
    {
        Kind.TEXT: _line,
        Kind.RANK: _rank,
        Kind.DATE: _date,
        Kind.TIME: dt.time.fromisoformat,
        Kind.MOMENT: _moment,
        Kind.TREE: _tree,
    }
)


def _check_url(row: Row) -> None:
    try:
        parts = urlsplit(row["url"])
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise InvalidValueError(("", "Lenken må være en adresse som begynner med https://."))


def _check_file_name(row: Row) -> None:
    if {"/", "\\"} & set(row["filnavn"]) or row["filnavn"].strip(". ") == "":
        raise InvalidValueError(("", f"«{shown(row['filnavn'])}» er ikke et filnavn."))


def _check_letter(row: Row) -> None:
    if "nummer" in row and row["bokstav"] != row["bokstav"].strip().upper():
        raise InvalidValueError(("", f"«{shown(row['bokstav'])}» er ikke en vedleggsbokstav."))
    parse_vedlegg_number(f"{row.get('nummer', 1)}{row['bokstav']}")


_CHECKS: Final[Mapping[tuple[str, str], Callable[[Row], object]]] = MappingProxyType(
    {
        ("utvalg", "saksnummermoenster"): lambda row: SakNumberPattern(row["saksnummermoenster"]),
        ("frase", "tekst"): lambda row: placeholders(row["tekst"]),
        ("fastpost", "tittel"): lambda row: placeholders(row["tittel"]),
        ("fastpost", "frase"): lambda row: placeholders(row["frase"]),
        ("vedlegg", "url"): _check_url,
        ("vedlegg", "bokstav"): _check_letter,
        ("utsendelsefil", "filnavn"): _check_file_name,
    }
)


def _decode_content(incoming: Incoming, data: Row, path: Path) -> None:
    try:
        content = b64decode(data["innhold"], validate=True)
    except (binascii.Error, ValueError):
        incoming.findings.append(Finding((*path, "innhold"), "Innholdet er ikke gyldig base64."))
        return
    if len(content) != data["stoerrelse"]:
        reason = f"Innholdet er på {len(content)} byte, men feltet sier {data['stoerrelse']}."
        incoming.findings.append(Finding((*path, "stoerrelse"), reason))
    if sha256(content).hexdigest() != data["sha256"]:
        reason = "Innholdet stemmer ikke med kontrollsummen. Filen er endret eller skadet."
        incoming.findings.append(Finding((*path, "sha256"), reason))
        return
    incoming.files[data["sha256"]] = content
