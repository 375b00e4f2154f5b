"""Every code that a service or a command can give has a sentence, with all it asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import desktop
from desktop.i18n.messages import MESSAGES, message
from desktop.i18n.service_messages import SERVICE_MESSAGES

HOUSE = Path(desktop.__file__).parent
FOLDERS = ("services", "cli")
EXPANSIONS = {"kind": ("moete", "sak")}
"""What a variable in the f-string of a code can be."""

OF_DOCUMENTS = ("DocxError", "SaveError", "TemplateError")
"""Errors of files: their sentences are found as `SaveError.disk_full`."""


def sources(*folders: str) -> list[tuple[Path, ast.Module]]:
    return [
        (path, ast.parse(path.read_text(encoding="utf-8")))
        for folder in folders
        for path in sorted((HOUSE / folder).rglob("*.py"))
    ]


def codes_of(node: ast.expr) -> Iterator[str]:
    """Yield the codes an expression can be: a literal, or an f-string with known values."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        made = [""]
        for part in node.values:
            if isinstance(part, ast.Constant):
                made = [text + part.value for text in made]
            else:
                name = getattr(getattr(part, "value", None), "id", "")
                made = [text + value for text in made for value in EXPANSIONS.get(name, ())]
        yield from made


def raised(name: str) -> Iterator[tuple[str, set[str] | None]]:
    """Yield code and parameter names of every `name(code, …)` in services and commands.

    The names are None where they are not written out.
    """
    for _path, tree in sources(*FOLDERS):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id == name and node.args:
                given = {word.arg for word in node.keywords}
                for code in codes_of(node.args[0]):
                    yield code, None if None in given else {str(word) for word in given}


def of_missing() -> set[str]:
    """Return the codes of what `missing_in` lists: they are appended or given to `Mangel`."""
    tree = ast.parse((HOUSE / "services/missing.py").read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            named = isinstance(node.func, ast.Name) and node.func.id == "Mangel"
            added = (
                isinstance(node.func, ast.Attribute)
                and node.func.attr == "append"
                and getattr(node.func.value, "id", "") == "codes"
            )
            if named or added:
                found |= set(codes_of(node.args[0]))
    return found


def of_documents() -> set[str]:
    """Return the codes that the errors of files are raised with."""
    found = set()
    for _path, tree in sources("documents", "filer", "importing"):
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {*OF_DOCUMENTS, "PackageError"}
            ):
                found |= {code for arg in node.args for code in codes_of(arg)}
            if isinstance(node, ast.Dict):
                found |= {code for value in node.values if value for code in codes_of(value)}
    return found


RAISED = list(raised("ServiceError"))
SAID = {code for code, _ in raised("message")}
"""What commands say without raising it."""


def test_that_the_scan_finds_what_is_there():
    codes = {code for code, _ in RAISED}
    assert len(codes) > 40
    assert {"tomt_felt", "ukjent_sak_nummer", "ukjent_moete_nummer", "ingen_dokumenter"} <= codes
    assert {"mangler_sakseier", "dagen_gaar_over_tiden"} <= of_missing()


def test_that_every_code_has_a_sentence():
    wanted = {code for code, _ in RAISED} | of_missing()
    assert sorted(wanted - set(SERVICE_MESSAGES)) == []


def test_that_no_sentence_is_unused():
    used = {code for code, _ in RAISED} | of_missing() | SAID
    own = {code for code in SERVICE_MESSAGES if not code.startswith(OF_DOCUMENTS)}
    assert sorted(own - used) == []


def test_that_no_sentence_about_files_is_unused():
    known = of_documents()
    about = [code.split(".") for code in SERVICE_MESSAGES if code.startswith(OF_DOCUMENTS)]
    assert about
    assert [parts for parts in about if parts[1] not in known] == []


@pytest.mark.parametrize("code", sorted({code for code, _ in RAISED}))
def test_that_a_sentence_is_given_all_it_asks_for(code: str):
    asked = set(re.findall(r"\{(\w+)\}", SERVICE_MESSAGES.get(code, "")))
    for raised_code, given in RAISED:
        if raised_code == code and given is not None:
            assert asked <= given


@pytest.mark.parametrize("code", sorted(SERVICE_MESSAGES))
def test_that_a_sentence_reads_as_one(code: str):
    said = message(code, dict.fromkeys(re.findall(r"\{(\w+)\}", MESSAGES[code]), "X"))
    assert said[0] in "«{" or said[0].isupper()
    assert said.endswith(".")
    assert "  " not in said
    assert "?" not in said
