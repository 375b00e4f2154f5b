"""argparse in Norwegian: its own sentences are looked up here."""

from __future__ import annotations

import argparse
import re
from collections.abc import Generator
from types import MappingProxyType
from typing import Any, Final, NoReturn

USAGE_ERROR = 2
_HELP_COLUMN = 22

SENTENCES: Final = MappingProxyType(
    {
        "usage: ": "bruk: ",
        "positional arguments": "argumenter",
        "options": "valg",
        "optional arguments": "valg",
        "subcommands": "kommandoer",
        "show this help message and exit": "vis denne hjelpen og avslutt",
        "show program's version number and exit": "vis versjonen og avslutt",
        "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
        "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
        "the following arguments are required: %s": "dette mangler: %s",
        "unrecognized arguments: %s": "ukjente argumenter: %s",
        "unexpected option string: %s": "ukjent valg: %s",
        "expected one argument": "trenger en verdi",
        "expected at least one argument": "trenger minst én verdi",
        "expected at most one argument": "tar høyst én verdi",
        "expected %s argument": "trenger %s verdi",
        "expected %s arguments": "trenger %s verdier",
        "invalid choice: %(value)r (choose from %(choices)s)": (
            "%(value)r finnes ikke (velg mellom %(choices)s)"
        ),
        "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": (
            "%(value)r finnes ikke, mente du %(closest)r? (velg mellom %(choices)s)"
        ),
        "invalid %(type)s value: %(value)r": "ugyldig verdi: %(value)r",
        "unknown parser %(parser_name)r (choices: %(choices)s)": (
            "kommandoen %(parser_name)r finnes ikke (velg mellom %(choices)s)"
        ),
        "not allowed with argument %s": "kan ikke brukes sammen med %s",
        "ignored explicit argument %r": "tar ingen verdi, men fikk %r",
        "ambiguous option: %(option)s could match %(matches)s": (
            "%(option)s er tvetydig: %(matches)s"
        ),
        "one of the arguments %s is required": "ett av disse må være med: %s",
    }
)


class UsageError(Exception):
    """Options that do not go together; the text says which, in Norwegian."""


class HelpFormatter(argparse.HelpFormatter):
    """Keeps an option and its explanation on one line where both are short."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  (argparse's own)
        options.setdefault("max_help_position", _HELP_COLUMN)
        super().__init__(*arguments, **options)

    def _iter_indented_subactions(
        self, action: argparse.Action
    ) -> Generator[argparse.Action, None, None]:
        """Yield the commands without the indent that argparse leaves out of its own sums."""
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action._get_subactions()  # noqa: SLF001


class Parser(argparse.ArgumentParser):
    """A parser whose error says what is wrong and where help is, without the whole usage."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  (argparse's own)
        options.setdefault("formatter_class", HelpFormatter)
        super().__init__(**options)

    def error(self, message: str) -> NoReturn:
        """Print the error and exit with 2."""
        quoted = re.sub(r"'([^']*)'", r"«\1»", message)
        self.exit(USAGE_ERROR, f"{self.prog}: {quoted}\nHjelp: {self.prog} --help\n")


def speak_norwegian() -> None:
    """Let argparse speak Norwegian; it asks its module's `_` for every sentence."""
    argparse._ = _norwegian  # type: ignore[attr-defined]
    argparse.ngettext = _norwegian_plural  # type: ignore[attr-defined]


def _norwegian(text: str) -> str:
    return SENTENCES.get(text, text)


def _norwegian_plural(one: str, many: str, count: int) -> str:
    return _norwegian(one if count == 1 else many)
