"""The published schema: what is in `docs/`, and that it says what the importer does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from desktop.richtext.codec import to_data
from desktop.richtext.tree import Tree
from desktop.services.exchange_format import FILE_TABLE, formats
from desktop.services.exchange_schema import (
    SCHEMA_FILE,
    exchange_schema,
    schema_text,
    validation_schema,
)
from desktop.services.exchange_words import FIELD_WORDS, TABLE_WORDS
from desktop.services.export import export_archive
from tests.services.exchange_world import document, new_archive, random_world, small_world
from tests.trees import trees

ROOT = Path(__file__).parents[2]
TREE_VALIDATOR = Draft202012Validator(
    {**exchange_schema(), "$ref": "#/$defs/tekst"}
    | {"properties": {}, "required": [], "additionalProperties": True}
)


def test_that_the_schema_in_docs_is_the_one_of_the_entities() -> None:
    stored = (ROOT / SCHEMA_FILE).read_text(encoding="utf-8")
    assert stored == schema_text(), "run python -m desktop.services.exchange_schema"


@pytest.mark.parametrize("schema", [exchange_schema(), validation_schema()])
def test_that_the_schemas_are_schemas(schema: dict[str, object]) -> None:
    Draft202012Validator.check_schema(schema)


def test_that_every_table_and_no_unknown_field_is_described() -> None:
    fields = {field.name for table in formats().values() for field in table.fields}
    assert TABLE_WORDS.keys() == formats().keys()
    assert FIELD_WORDS.keys() <= fields | {"stoerrelse"}
    assert exchange_schema()["$defs"][FILE_TABLE]["description"]


@pytest.mark.parametrize("seed", range(3))
def test_that_an_export_follows_the_published_schema(tmp_path: Path, seed: int) -> None:
    with new_archive(tmp_path) as archive:
        (random_world(seed, []) if seed else small_world()).fill(archive)
        content = document(export_archive(archive))
    assert list(Draft202012Validator(exchange_schema()).iter_errors(content)) == []


@settings(max_examples=60, deadline=None)
@given(trees())
def test_that_every_text_follows_the_published_schema(tree: Tree) -> None:
    assert list(TREE_VALIDATOR.iter_errors(to_data(tree))) == []


@pytest.mark.parametrize(
    "block",
    [
        {"type": "avsnitt", "id": "aaaaaaaaaa"},
        {"type": "avsnitt", "id": "kort", "innhold": []},
        {"type": "avsnitt", "id": "aaaaaaaaaa", "innhold": [{"tekst": ""}]},
        {"type": "overskrift", "id": "aaaaaaaaaa", "innhold": [], "nivaa": 4},
        {"type": "liste", "id": "aaaaaaaaaa", "punkter": []},
        {"type": "tabell", "id": "aaaaaaaaaa", "rader": [{"celler": [{"blokker": []}]}]},
        {"type": "figur", "id": "aaaaaaaaaa", "fil": "x", "alt": ""},
        {"type": "video", "id": "aaaaaaaaaa"},
    ],
)
def test_that_the_published_schema_refuses_what_is_no_text(block: dict[str, object]) -> None:
    assert not TREE_VALIDATOR.is_valid({"versjon": 1, "blokker": [block]})
