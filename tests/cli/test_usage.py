"""What the command line says about itself, and about being used wrongly."""

from __future__ import annotations

import argparse
import ast
import inspect
import re

import pytest

from desktop import __version__
from desktop.cli.main import make_parser
from desktop.cli.norsk import SENTENCES
from tests.cli.conftest import Run

COMMANDS = (
    "eksempel", "dokumenter", "vis", "soek", "kontroll", "eksporter", "importer", "historikk",
    "angre", "verifiser",
)  # fmt: skip
ENGLISH = re.compile(
    r"\b(usage|error|invalid|choice|choose|required|expected|unrecognized|arguments?|optional"
    r"|options|show|help message|exit|positional|ambiguous|could match|ignored|the|file|not)\b"
)
# What argparse says to the one who writes the program, never to the one who uses it.
TO_DEVELOPERS = (
    "not defined", "conflicting", "mode %r", "can't open", "cannot merge", "'required' is",
    "invalid option string", "dest= is", "invalid conflict_resolution", "must be optional",
    "cannot have multiple", "not callable", "is deprecated", "warning:",
)  # fmt: skip


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_that_every_help_is_norwegian(run: Run, name: str) -> None:
    answer = run(*filter(None, [name]), "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"bruk: {f'motebok {name}'.strip()} [-h]")
    assert not ENGLISH.search(answer.out.replace("--help", ""))


def test_that_the_help_names_every_command_with_its_purpose(run: Run) -> None:
    text = run("--help").out
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\w", text, re.MULTILINE), name


def test_that_the_version_is_told(run: Run) -> None:
    assert run("--versjon").out == f"Møtebok {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "motebok: dette mangler: KOMMANDO"),
        (["tull"], "motebok: KOMMANDO: «tull» finnes ikke (velg mellom "),
        (["vis"], "motebok vis: dette mangler: --arkiv, --moete"),
        (["vis", "--arkiv"], "motebok vis: --arkiv: trenger en verdi"),
        (["vis", "--json=ja"], "motebok vis: --json: tar ingen verdi, men fikk «ja»"),
        (["dokumenter", "--m", "4/2023"], "--m er tvetydig: --moete, --maalform"),
        (["importer", "--arkiv", "a"], "motebok importer: dette mangler: FIL.json"),
        (["angre", "--arkiv", "a", "b"], "motebok: ukjente argumenter: b"),
        (
            ["dokumenter", "--arkiv", "a", "--moete", "4/2023", "--ut", "u", "--type", "brev"],
            "motebok dokumenter: --type: «brev» finnes ikke (velg mellom ",
        ),
        (
            ["dokumenter", "--arkiv", "a", "--moete", "4/2023", "--ut", "u", "--maalform", "se"],
            "motebok dokumenter: --maalform: «se» finnes ikke (velg mellom ",
        ),
        (
            ["dokumenter", "--arkiv", "a", "--moete", "4/23", "--ut", "u", "--type", "referat",
             "--sak", "33/23"],
            "--sak: gjelder toppnotatet",
        ),
        (["eksporter", "--arkiv", "a", "--ut", "u", "--utvalg", "x"], "sammen med --moete"),
    ],
)  # fmt: skip
def test_that_wrong_use_exits_with_2_and_says_why(
    run: Run, arguments: list[str], said: str
) -> None:
    answer = run(*arguments)
    assert (answer.code, answer.out) == (2, "")
    first, second = answer.err.splitlines()
    assert said in first
    assert re.fullmatch(r"Hjelp: motebok( \w+)? --help", second)
    assert not ENGLISH.search(first)


def _sentences_of_argparse() -> set[str]:
    """Return every text that this Python's argparse gives to `_` or `ngettext`."""
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "ngettext"}:
            texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
            found.update(text for text in texts if isinstance(text, str))
    return found


def test_that_everything_this_argparse_can_say_to_a_user_is_translated() -> None:
    said = {text for text in _sentences_of_argparse() if not any(x in text for x in TO_DEVELOPERS)}
    assert len(said) > 10
    assert said <= SENTENCES.keys()


def test_that_a_translation_holds_the_same_values_as_its_source() -> None:
    pattern = re.compile(r"%(?:\(\w+\))?[sr]")
    for source, translation in SENTENCES.items():
        # `invalid value` leaves out the name of a Python type.
        wanted = set(pattern.findall(source)) - {"%(type)s"}
        assert set(pattern.findall(translation)) == wanted, source


def test_that_no_option_is_without_an_explanation() -> None:
    choices = next(a for a in make_parser()._actions if a.dest == "kommando").choices
    assert set(choices) == set(COMMANDS)
    for name, parser in choices.items():
        assert all(action.help for action in parser._actions), name
