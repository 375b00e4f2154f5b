"""Lists of people pasted from Excel or Outlook: name, organisation, e-mail, in any usual form.

Read are tables with tabs, semicolons or commas, with or without headings, and the address lists of
Outlook: «Nordmann, Kari <kari@example.no>; Dahl, Ola <ola@example.no>».
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from desktop.richtext.clean import clean_text

LONGEST: Final = 500
_ADDRESS: Final = re.compile(r"[^\s<>;,\"]+@[^\s<>;,\"]+\.[^\s<>;,\"]+")
_WHOLE_ADDRESS: Final = re.compile(r"[^\s<>;,\"@]+@[^\s<>;,\"@]+\.[^\s<>;,\"@.]{2,}")
_MAILBOX: Final = re.compile(r"\s*\"?(?P<navn>[^<>\"]*?)\"?\s*<(?P<epost>[^<>]*)>\s*")
_HEADINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "navn": "navn",
        "fullt navn": "navn",
        "name": "navn",
        "deltaker": "navn",
        "medlem": "navn",
        "fornavn": "fornavn",
        "first name": "fornavn",
        "etternavn": "etternavn",
        "last name": "etternavn",
        "organisasjon": "organisasjon",
        "virksomhet": "organisasjon",
        "firma": "organisasjon",
        "company": "organisasjon",
        "e-post": "epost",
        "epost": "epost",
        "e-postadresse": "epost",
        "e-mail": "epost",
        "email": "epost",
        "mail": "epost",
        "telefon": "telefon",
        "mobil": "telefon",
        "phone": "telefon",
    }
)


@dataclass(frozen=True, slots=True)
class PastedPerson:
    """One row of a pasted list. `navn` is "" where no name could be read."""

    tekst: str
    fornavn: str = ""
    etternavn: str = ""
    organisasjon: str = ""
    epost: str = ""
    telefon: str = ""

    @property
    def readable(self) -> bool:
        """Whether given and family name were found, and the address, if any, can be one."""
        whole = not self.epost or _WHOLE_ADDRESS.fullmatch(self.epost) is not None
        return bool(self.fornavn and self.etternavn) and whole

    @property
    def navn(self) -> str:
        """Given name, family name."""
        return f"{self.fornavn} {self.etternavn}".strip()


def read_people(text: str) -> list[PastedPerson]:
    """Return the people of a pasted list, row by row; at most `LONGEST`."""
    lines = [line for line in text.replace("\r", "\n").split("\n") if line.strip()]
    if any("<" in line and "@" in line for line in lines) and "\t" not in text:
        return [_mailbox(part) for line in lines for part in _boxes(line)][:LONGEST]
    table = [_cells(line) for line in lines]
    columns = _columns(table[0]) if table else None
    rows = table[1:] if columns else table
    return [_person(row, columns) for row in rows][:LONGEST]


def _boxes(line: str) -> Iterator[str]:
    """Yield the addresses of a line of Outlook: parted by semicolons, or by commas after `>`."""
    for part in re.split(r";|(?<=>)\s*,", line):
        if part.strip():
            yield part.strip()


def _mailbox(text: str) -> PastedPerson:
    found = _MAILBOX.fullmatch(text)
    if found is None:
        return _person(_cells(text), None)
    name = found["navn"].strip()
    organisation = ""
    bracket = re.fullmatch(r"(.*?)\s*[(\[](.+)[)\]]", name)
    if bracket:
        name, organisation = bracket[1], bracket[2]
    fornavn, etternavn = split_name(name)
    return PastedPerson(text, fornavn, etternavn, organisation, found["epost"].strip())


def _cells(line: str) -> list[str]:
    for separator in ("\t", ";"):
        if separator in line:
            return [_clean(cell) for cell in next(csv.reader([line], delimiter=separator))]
    parts = [_clean(cell) for cell in line.split(",")]
    if len(parts) == 2 and not any("@" in part for part in parts):
        return [_clean(line)]
    return parts if len(parts) > 1 else [_clean(line)]


def _clean(text: str) -> str:
    return " ".join(clean_text(text).split()).strip("\"' ")


def _columns(cells: Sequence[str]) -> list[str | None] | None:
    """Return what the columns are, if the first row is headings."""
    named = [_HEADINGS.get(cell.casefold().rstrip(":")) for cell in cells]
    return named if sum(name is not None for name in named) >= min(2, len(cells)) else None


def _person(cells: Sequence[str], columns: Sequence[str | None] | None) -> PastedPerson:
    text = " · ".join(cell for cell in cells if cell)
    values = _named(cells, columns) if columns else _guessed(cells)
    fornavn, etternavn = values.get("fornavn", ""), values.get("etternavn", "")
    if not fornavn and not etternavn:
        fornavn, etternavn = split_name(values.get("navn", ""))
    return PastedPerson(
        text,
        fornavn,
        etternavn,
        values.get("organisasjon", ""),
        values.get("epost", "").removeprefix("mailto:"),
        values.get("telefon", ""),
    )


def _named(cells: Sequence[str], columns: Sequence[str | None]) -> dict[str, str]:
    return {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell}


def _guessed(cells: Sequence[str]) -> dict[str, str]:
    """Return what cells without headings are: an address, digits, then name and organisation."""
    found: dict[str, str] = {}
    words: list[str] = []
    for cell in cells:
        address = _ADDRESS.search(cell)
        if "@" in cell and "epost" not in found:
            found["epost"] = address[0] if address else cell
            rest = cell.replace(found["epost"], "").strip(" <>()")
            words += [rest] if rest else []
        elif cell and re.fullmatch(r"\+?[\d ]{8,}", cell):
            found["telefon"] = cell
        elif cell:
            words.append(cell)
    found |= dict(zip(("navn", "organisasjon"), words, strict=False))
    return found


def split_name(name: str) -> tuple[str, str]:
    """Return (given, family) of «Kari Nordmann» or «Nordmann, Kari»; the last word is the family's.

    A single word is a family name without a given one.
    """
    name = _clean(name)
    if "," in name:
        family, given = (part.strip() for part in name.split(",", 1))
        return given, family
    *given_names, family = name.split() or [""]
    return " ".join(given_names), family
