"""Exchange files against their schema: every error at once, in Norwegian, with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from desktop.importing.exchange_json import (
    MOST_FINDINGS,
    Finding,
    Path,
    UnreadableError,
    parse,
)
from desktop.importing.exchange_place import place_of, position_of, shown

if TYPE_CHECKING:
    from jsonschema import ValidationError

_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "object": "et objekt",
        "array": "en liste",
        "string": "en tekst",
        "integer": "et heltall",
        "boolean": "true eller false",
    }
)


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One error of a file: where, for people, and what is wrong, as a Norwegian sentence."""

    place: str
    message: str


class ImportProblems(Exception):  # noqa: N818  (it holds them all)
    """A file that is not imported, with every error found in it. Nothing was changed."""

    def __init__(self, problems: Iterable[ImportProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Return one line per error."""
        return "\n".join(f"{problem.place}: {problem.message}" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class ExchangeFile:
    """The content of a file, and what is wrong with it as far as the schema can tell."""

    document: dict[str, Any]
    findings: tuple[Finding, ...]

    def rows(self, table: str) -> list[Any]:
        """Return the rows of a table as they stand, or those of `filer`."""
        source = self.document if table == "filer" else self.document.get("tabeller")
        found = source.get(table) if isinstance(source, dict) else None
        return found if isinstance(found, list) else []

    def broken_rows(self) -> set[Path]:
        """Return the paths of the rows with errors."""
        return {finding.path[: _row_length(finding.path)] for finding in self.findings}


def row_path(table: str, index: int) -> Path:
    """Return the path of a row, or of one of `filer`."""
    return (table, index) if table == "filer" else ("tabeller", table, index)


def _row_length(path: Path) -> int:
    return 3 if path[:1] == ("tabeller",) else 2


def problems_of(document: object, findings: Iterable[Finding]) -> ImportProblems:
    """Return the findings as an error to raise, in the order of the file."""
    ordered = sorted(findings, key=lambda finding: position_of(document, finding.path))
    listed = [
        ImportProblem(place_of(document, finding.path, finding.inside), finding.message)
        for finding in dict.fromkeys(ordered[:MOST_FINDINGS])
    ]
    if len(ordered) >= MOST_FINDINGS:
        listed.append(
            ImportProblem("hele filen", f"Bare de første {MOST_FINDINGS} feilene er tatt med.")
        )
    return ImportProblems(listed)


def read_exchange(
    data: bytes, *, name: str, version: int, schema: Callable[[], Mapping[str, Any]]
) -> ExchangeFile:
    """Return the content of an exchange file with every error that JSON and the schema show.

    Args:
        data: the bytes of the file.
        name: what the file must call its format.
        version: the newest version that can be read.
        schema: returns the JSON schema to hold it against.

    Raises:
        ImportProblems: The file is no JSON, not of this format, newer, or so full of errors that
            the rest was not looked at.
    """
    try:
        document, findings = parse(data)
    except UnreadableError as error:
        raise ImportProblems([ImportProblem(error.place, error.message)]) from error
    wrong = list(_wrong_format(document, name, version))
    if wrong or not isinstance(document, dict):
        raise problems_of(document, wrong)
    if len(findings) < MOST_FINDINGS:
        known = {finding.path for finding in findings}
        findings += islice(_schema_findings(document, schema(), known), MOST_FINDINGS)
    if len(findings) >= MOST_FINDINGS:
        raise problems_of(document, findings)
    return ExchangeFile(document, tuple(findings))


def _wrong_format(document: object, name: str, version: int) -> Iterator[Finding]:
    if not isinstance(document, dict) or document.get("format") != name:
        yield Finding((), f"Filen er ikke en utvekslingsfil fra Møtebok («format»: «{name}»).")
        return
    found = document.get("versjon")
    if type(found) is not int or found < 1:
        yield Finding(("versjon",), "Filen mangler et gyldig versjonsnummer.")
    elif found > version:
        yield Finding(
            ("versjon",),
            f"Filen har versjon {found}, og dette programmet leser til og med versjon {version}. "
            "Oppdater Møtebok.",
        )


def _schema_findings(
    document: object, schema: Mapping[str, Any], known: set[Path]
) -> Iterator[Finding]:
    """Yield what the schema forbids, leaving out what lies at or below a place known already."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    incomplete: set[Path] = set()
    for error in Draft202012Validator(schema).iter_errors(document):
        path: Path = tuple(error.absolute_path)
        if any(path[:length] in known for length in range(1, len(path) + 1)):
            continue
        if error.validator == "required":
            if path in incomplete:
                continue  # one error per missing field, each with the whole list
            incomplete.add(path)
        yield from _translated(error, path)


def _translated(error: ValidationError, path: Path) -> Iterator[Finding]:
    value, limit, schema = error.instance, error.validator_value, error.schema
    match error.validator:
        case "required":
            for name in limit:
                if name not in value:
                    yield Finding(path, f"Feltet «{name}» mangler.")
        case "additionalProperties":
            known = list(schema["properties"])
            for name in value.keys() - set(known):
                yield Finding((*path, name), _unknown(name, known, path))
        case keyword:
            yield Finding(path, _sentence(str(keyword), value, limit, schema, path))


def _sentence(
    keyword: str,
    value: Any,  # noqa: ANN401  (any JSON)
    limit: Any,  # noqa: ANN401
    schema: Mapping[str, Any],
    path: Path,
) -> str:
    match keyword:
        case "enum":
            known = ", ".join(limit)
            return f"«{shown(value)}» er ikke en kjent {path[-1]}. De kjente er {known}."
        case "type":
            return _wrong_type(value, limit)
        case "minimum" | "maximum":
            least, most = schema["minimum"], schema["maximum"]
            return f"{value} kan ikke brukes. Tallet må ligge fra {least} til {most}."
        case "maxItems":
            return f"Listen kan ha høyst {limit} rad, men har {len(value)}."
        case "minLength" if not value:
            return "Feltet er tomt."
    wanted = str(schema.get("description", "noe annet")).rstrip(".")
    return f"«{shown(value)}» har feil form. Ventet: {wanted[:1].lower()}{wanted[1:]}."


def _unknown(name: str, known: list[str], path: Path) -> str:
    kind = "Tabellen" if path == ("tabeller",) else "Feltet"
    near = get_close_matches(name, known, 1) if len(name) <= 100 else []
    return f"{kind} er ukjent. Mente du «{near[0]}»?" if near else f"{kind} er ukjent."


def _wrong_type(value: object, wanted: str) -> str:
    if value is None:
        return "Feltet er null. Et tomt felt skal utelates."
    return f"Her skal det stå {_TYPES[wanted]}, ikke {_type_name(value)}."


def _type_name(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f"teksten «{shown(value)}»"
        case int():
            return f"tallet {value}"
        case list():
            return "en liste"
    return "et objekt"
