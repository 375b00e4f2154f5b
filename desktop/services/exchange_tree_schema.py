"""The definitions of the text tree in the published schema; `richtext.codec` describes the form.

What a schema cannot say is left to `richtext.validate`: clean text, grids of merged cells, ids used
once, equal runs merged, the nine levels of lists.
"""

from __future__ import annotations

from typing import Any, Final

from desktop.richtext.codec import VERSION
from desktop.richtext.links import MAX_LINK_LENGTH
from desktop.richtext.validate import MAX_FIGURE_WIDTH_MM, MAX_LIST_START

Schema = dict[str, Any]

_FLAG: Final[Schema] = {"type": "boolean"}
_BLOCKS: Final[Schema] = {"type": "array", "items": {"$ref": "#/$defs/blokk"}}
_SOME_BLOCKS: Final[Schema] = {**_BLOCKS, "minItems": 1}
_SIMPLE: Final[Schema] = {
    "anyOf": [{"$ref": "#/$defs/tekststykke"}, {"$ref": "#/$defs/linjeskift"}]
}
_CONTENT: Final[Schema] = {
    "type": "array",
    "items": {"anyOf": [*_SIMPLE["anyOf"], {"$ref": "#/$defs/fotnote"}]},
}
_SPAN: Final[Schema] = {"type": "integer", "minimum": 1, "default": 1}


def _object(description: str, required: tuple[str, ...], properties: Schema) -> Schema:
    return {
        "description": description,
        "type": "object",
        "required": list(required),
        "additionalProperties": False,
        "properties": properties,
    }


def _block(kind: str, description: str, required: tuple[str, ...], properties: Schema) -> Schema:
    head = {"type": {"const": kind}, "id": {"$ref": "#/$defs/blokk_id"}}
    return _object(description, ("type", "id", *required), {**head, **properties})


TREE_DEFINITIONS: Final[Schema] = {
    "tekst": _object(
        "En tekst: en rekke blokker.",
        ("versjon", "blokker"),
        {"versjon": {"const": VERSION}, "blokker": _BLOCKS},
    ),
    "blokk": {
        "description": "Ett avsnitt, én overskrift, liste, tabell eller figur.",
        "oneOf": [
            {"$ref": f"#/$defs/{name}"}
            for name in ("avsnitt", "overskrift", "liste", "tabell", "figur")
        ],
    },
    "blokk_id": {
        "description": "Blokkens id: ti tegn (a–z, 2–7), brukt én gang i teksten.",
        "type": "string",
        "pattern": "^[a-z2-7]{10}$",
    },
    "avsnitt": _block(
        "avsnitt",
        "Et avsnitt; stilen er oppgitt for en bildetekst.",
        ("innhold",),
        {"innhold": _CONTENT, "stil": {"enum": ["normal", "bildetekst"], "default": "normal"}},
    ),
    "overskrift": _block(
        "overskrift",
        "En overskrift i teksten.",
        ("innhold",),
        {"innhold": _CONTENT, "nivaa": {"enum": [1, 2, 3], "default": 1}},
    ),
    "liste": _block(
        "liste",
        "En punktliste eller en nummerert liste.",
        ("punkter",),
        {
            "punkter": {
                "type": "array",
                "minItems": 1,
                "items": _object(
                    "Ett punkt: et avsnitt, og så avsnitt og lister.",
                    ("blokker",),
                    {"blokker": _SOME_BLOCKS},
                ),
            },
            "slag": {"enum": ["punkt", "nummer"], "default": "punkt"},
            "format": {"enum": ["1.", "1)", "a.", "a)"], "default": "1."},
            "start": {"type": "integer", "minimum": 0, "maximum": MAX_LIST_START, "default": 1},
        },
    ),
    "tabell": _block(
        "tabell",
        "En tabell.",
        ("rader",),
        {
            "rader": {
                "type": "array",
                "minItems": 1,
                "items": _object(
                    "Cellene som begynner i raden, fra venstre.",
                    ("celler",),
                    {"celler": {"type": "array", "items": {"$ref": "#/$defs/celle"}}},
                ),
            },
            "overskriftsrader": {"type": "integer", "minimum": 0, "default": 1},
            "kolonnebredder": {
                "description": "Innbyrdes vekt, én per kolonne.",
                "type": "array",
                "items": {"type": "integer", "minimum": 1},
            },
        },
    ),
    "celle": _object(
        "En celle og hvor mange kolonner og rader den dekker.",
        ("blokker",),
        {"blokker": _SOME_BLOCKS, "kolonner": _SPAN, "rader": _SPAN},
    ),
    "figur": _block(
        "figur",
        "Et bilde, alene i blokken.",
        ("fil", "alt"),
        {
            "fil": {"$ref": "#/$defs/sha256", "description": "Bildet i «filer»."},
            "alt": {"type": "string", "description": "Alternativ tekst."},
            "bredde_mm": {"type": "integer", "minimum": 1, "maximum": MAX_FIGURE_WIDTH_MM},
        },
    ),
    "tekststykke": _object(
        "Tekst med ett utseende.",
        ("tekst",),
        {
            "tekst": {"type": "string", "minLength": 1},
            "fet": _FLAG,
            "kursiv": _FLAG,
            "hevet": _FLAG,
            "lenke": {
                "description": "http, https, mailto eller #.",
                "type": "string",
                "maxLength": MAX_LINK_LENGTH,
            },
        },
    ),
    "linjeskift": _object(
        "Et linjeskift i avsnittet.", ("linjeskift",), {"linjeskift": {"const": True}}
    ),
    "fotnote": _object(
        "En fotnote der merket står. Nummeret regnes ut.",
        ("fotnote", "innhold"),
        {
            "fotnote": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,40}$"},
            "innhold": {"type": "array", "items": _SIMPLE},
        },
    ),
}
