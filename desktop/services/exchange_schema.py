"""The JSON schema of the exchange format, made from the entities.

`python -m desktop.services.exchange_schema` writes `docs/utveksling.schema.json`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from desktop.services.exchange_format import (
    FILE_TABLE,
    FORMAT,
    TABLES,
    VERSION,
    Field,
    Kind,
    TableFormat,
    formats,
)
from desktop.services.exchange_tree_schema import TREE_DEFINITIONS
from desktop.services.exchange_words import TABLE_WORDS, words_of_field

SCHEMA_FILE: Final = Path("docs", "utveksling.schema.json")
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_REF: Final = "#/$defs/"

Schema = dict[str, Any]

_SCALARS: Final[Mapping[str, Schema]] = {
    Kind.KEY: {
        "type": "string",
        "pattern": "^[0-9a-f]{32}$",
        "maxLength": 32,
        "description": "En nøkkel: 32 heksadesimale tegn (0–9, a–f).",
    },
    Kind.SHA256: {
        "type": "string",
        "pattern": "^[0-9a-f]{64}$",
        "maxLength": 64,
        "description": "En SHA-256: 64 heksadesimale tegn (0–9, a–f).",
    },
    Kind.TEXT: {
        "type": "string",
        "description": "Tekst på én linje, uten styretegn.",
    },
    Kind.RANK: {
        "type": "string",
        "pattern": "^[a-z][0-9a-z]+$",
        "description": "En plass i en rekkefølge, som «n0» eller «n0i».",
    },
    Kind.BOOLEAN: {"type": "boolean", "description": "true eller false."},
    Kind.DATE: {
        "type": "string",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "maxLength": 10,
        "format": "date",
        "description": "En dato, som 2023-12-14.",
    },
    Kind.TIME: {
        "type": "string",
        "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
        "maxLength": 5,
        "description": "Et klokkeslett i hele minutter, som 09:30.",
    },
    Kind.MOMENT: {
        "type": "string",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{6})?$",
        "maxLength": 26,
        "description": "Dato og lokalt klokkeslett, som 2023-12-14T09:30:00.",
    },
}


def exchange_schema() -> Schema:
    """Return the schema as it is published."""
    return {
        "$schema": _DIALECT,
        "$id": f"urn:motebok:utveksling:{VERSION}",
        "title": "Utvekslingsformat for Møtebok",
        "description": (
            "Alt innholdet i et arkiv, eller i ett møte, uten endringsloggen. Tabeller og felt har "
            "arkivets navn. Tomme felt utelates. Se utveksling.md."
        ),
        "type": "object",
        "required": ["format", "versjon", "tabeller"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT, "description": "Hva slags fil dette er."},
            "versjon": {"const": VERSION, "description": "Formatets versjon."},
            "tabeller": {
                "type": "object",
                "description": "Radene, tabell for tabell, sortert etter nøkkel.",
                "additionalProperties": False,
                "properties": {name: _rows(name) for name in TABLES},
            },
            "filer": {
                "type": "array",
                "description": "Filene som radene og tekstene viser til, sortert etter SHA-256.",
                "items": {"$ref": f"{_REF}{FILE_TABLE}"},
            },
        },
        "$defs": _definitions(),
    }


@cache
def validation_schema() -> Schema:
    """Return the schema to validate with: references put in place, texts left to the tree's codec.

    A codec's errors name the block; those of a schema of alternatives name every alternative.
    """
    published = exchange_schema()
    definitions = published.pop("$defs")
    del published["$schema"], published["$id"]
    inlined: Schema = _inlined(published, definitions)
    return inlined


def _inlined(node: Any, definitions: Schema) -> Any:  # noqa: ANN401  (any JSON)
    if isinstance(node, list):
        return [_inlined(child, definitions) for child in node]
    if not isinstance(node, dict):
        return node
    name = str(node.get("$ref", "")).removeprefix(_REF)
    if name == Kind.TREE:
        return {"type": "object"}
    if name:
        extra = {key: value for key, value in node.items() if key not in {"$ref", "description"}}
        return _inlined(definitions[name], definitions) | extra
    return {key: _inlined(child, definitions) for key, child in node.items()}


def _rows(name: str) -> Schema:
    found: Schema = {"type": "array", "items": {"$ref": f"{_REF}{name}"}}
    return found | {"maxItems": 1} if name == "arkiv" else found


def _definitions() -> Schema:
    tables = {name: _table(table) for name, table in formats().items()}
    scalars = {str(kind): dict(schema) for kind, schema in _SCALARS.items()}
    return {**tables, FILE_TABLE: _file(), **scalars, **TREE_DEFINITIONS}


def _table(table: TableFormat) -> Schema:
    return {
        "description": TABLE_WORDS[table.name],
        "type": "object",
        "required": [field.name for field in table.fields if field.required],
        "additionalProperties": False,
        "properties": {field.name: _field(field) for field in table.fields},
    }


def _field(field: Field) -> Schema:
    words = words_of_field(field.name, field.reference)
    described = {"description": words} if words else {}
    match field.kind:
        case Kind.CHOICE:
            return {"type": "string", "enum": list(field.choices), **described}
        case Kind.INTEGER:
            least, most = field.bounds
            return {"type": "integer", "minimum": least, "maximum": most, **described}
        case Kind.TEXT if field.required:
            return {"$ref": f"{_REF}{field.kind}", "minLength": 1, **described}
    return {"$ref": f"{_REF}{field.kind}", **described}


def _file() -> Schema:
    return {
        "description": "En fil, med innholdet som base64.",
        "type": "object",
        "required": ["sha256", "stoerrelse", "innhold"],
        "additionalProperties": False,
        "properties": {
            "sha256": {"$ref": f"{_REF}{Kind.SHA256}", "description": "SHA-256 av innholdet."},
            "stoerrelse": {
                "type": "integer",
                "minimum": 0,
                "maximum": 2**31 - 1,
                "description": "Antall byte.",
            },
            "innhold": {
                "type": "string",
                "contentEncoding": "base64",
                "description": "Innholdet som base64 uten linjeskift.",
            },
        },
    }


def schema_text() -> str:
    """Return the published schema as the file holds it."""
    return f"{json.dumps(exchange_schema(), ensure_ascii=False, indent=2)}\n"


def main() -> int:
    """Write the schema below the current folder, which must be that of the project."""
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
