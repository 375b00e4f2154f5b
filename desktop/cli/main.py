"""Reads the command line, runs a command, and turns what goes wrong into a sentence."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from desktop import __version__
from desktop.cli.norsk import Parser, UsageError, speak_norwegian

DONE, CANNOT = 0, 1
INTERRUPTED = 130
_RARELY = 100_000
"""Objects between two garbage collections: a command is short, and loading makes only keepers."""
_DEBUG = "MOTEBOK_FEILSOEK"
_MOST_HITS = 1_000


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        0 when it is done, 1 when it cannot be done; wrong use exits with 2.
    """
    gc.set_threshold(_RARELY)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _run(argv)
    except KeyboardInterrupt:
        _complain("Avbrutt. Det som er lagret, er i behold.")
        return INTERRUPTED
    except BrokenPipeError:
        return CANNOT
    except Exception as error:
        if os.environ.get(_DEBUG):
            raise
        from desktop.cli.failures import explain  # noqa: PLC0415

        _complain(explain(error))
        return CANNOT
    finally:
        _let_go_of_output()


def _run(argv: Sequence[str] | None) -> int:
    arguments = make_parser().parse_args(argv)
    command = import_module(f"desktop.cli.{arguments.module}")
    try:
        result: int = command.run(arguments)
    except UsageError as error:
        arguments.parser.error(str(error))
    if sys.stdout is not None:
        sys.stdout.flush()
    return result


def _complain(text: str) -> None:
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def _let_go_of_output() -> None:
    """Throw away what nobody can take any more, so that Python does not try again at its end."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except OSError:
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def make_parser() -> Parser:
    """Return the parser of all commands."""
    speak_norwegian()
    parser = Parser(
        prog="motebok",
        description="Møtebok: møter, dagsorden, toppnotater, referater og vedtak for et utvalg.",
        epilog="«motebok KOMMANDO --help» forklarer en kommando.",
    )
    parser.add_argument(
        "--versjon",
        action="version",
        version=f"Møtebok {__version__}",
        help="vis versjonen og avslutt",
    )
    commands = parser.add_subparsers(
        dest="kommando", metavar="KOMMANDO", required=True, title="kommandoer"
    )
    _add_eksempel(commands)
    _add_dokumenter(commands)
    _add_vis(commands)
    _add_kontroll(commands)
    _add_soek(commands)
    _add_exchange(commands)
    _add_log(commands)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001


def _command(commands: Commands, name: str, text: str) -> Parser:
    sentence = f"{text[:1].upper()}{text[1:]}."
    parser: Parser = commands.add_parser(name, help=text, description=sentence)
    parser.set_defaults(module=name, parser=parser)
    return parser


def _add_arkiv(parser: Parser, *, required: bool = True) -> None:
    parser.add_argument(
        "--arkiv", type=Path, required=required, metavar="FIL", help="arkivfilen (*.motebok)"
    )


def _add_moete(parser: Parser, *, required: bool = True) -> None:
    parser.add_argument(
        "--moete", required=required, metavar="NUMMER", help="møtets nummer, for eksempel 4/2023"
    )
    _add_utvalg(parser)


def _add_utvalg(parser: Parser) -> None:
    parser.add_argument(
        "--utvalg", metavar="NAVN", help="utvalgets navn eller kortnavn, når arkivet har flere"
    )


def _add_json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="skriv svaret som JSON")


def _add_eksempel(commands: Commands) -> None:
    parser = _command(commands, "eksempel", "lag eksempelarkivet og skriv dokumentene til møtene")
    parser.add_argument(
        "--arkiv", type=Path, metavar="FIL", help="arkivfilen (vanligvis eksempel.motebok i mappen)"
    )
    parser.add_argument(
        "--ut",
        type=Path,
        default=Path("ut"),
        metavar="MAPPE",
        help="mappen de skrives i (vanligvis ut)",
    )
    _add_json(parser)


def _add_dokumenter(commands: Commands) -> None:
    parser = _command(commands, "dokumenter", "skriv dokumentene til et møte som Word-filer")
    parser.epilog = (
        "saerutskrift kan nøye seg med --sak, vedtaksprotokoll med --aar, og oppfoelgingsliste "
        "gjelder utvalget og blir både Word og Excel."
    )
    _add_arkiv(parser)
    _add_moete(parser, required=False)
    parser.add_argument(
        "--type",
        default="alle",
        metavar="TYPE",
        choices=(
            "innkalling",
            "toppnotat",
            "referat",
            "moetepakke",
            "saksliste",
            "saerutskrift",
            "vedtaksprotokoll",
            "kjoereplan",
            "oppfoelgingsliste",
            "alle",
        ),
        help="innkalling, toppnotat, referat, moetepakke, saksliste, saerutskrift, "
        "vedtaksprotokoll, kjoereplan, oppfoelgingsliste eller alle "
        "(vanligvis alle: de fire første)",
    )
    parser.add_argument(
        "--sak", metavar="NUMMER", help="bare toppnotatet eller særutskriften av denne saken: 33/23"
    )
    parser.add_argument(
        "--aar", type=int, metavar="ÅR", help="vedtaksprotokollen for et år i stedet for et møte"
    )
    parser.add_argument(
        "--maalform",
        choices=("nb", "nn"),
        metavar="MÅLFORM",
        help="nb (bokmål) eller nn (nynorsk), når det ikke skal være utvalgets egen",
    )
    parser.add_argument(
        "--ut", type=Path, required=True, metavar="MAPPE", help="mappen de skrives i"
    )
    _add_json(parser)


def _add_vis(commands: Commands) -> None:
    parser = _command(commands, "vis", "vis dagsorden med klokkeslett, numre og vedlegg")
    _add_arkiv(parser)
    _add_moete(parser)
    _add_json(parser)


def _add_soek(commands: Commands) -> None:
    parser = _command(commands, "soek", "søk i saker, papirer, vedtak, personer og vedlegg")
    _add_arkiv(parser)
    parser.add_argument(
        "--antall", type=_count, default=20, metavar="N", help="hvor mange treff (vanligvis 20)"
    )
    _add_json(parser)
    parser.add_argument(
        "tekst",
        nargs="+",
        metavar="TEKST",
        help='ord, 28/23, "ord i rekkefølge", og filtrene utvalg:, år:, type: og eier:',
    )


def _count(text: str) -> int:
    """Return a number of hits, from 1.

    Raises:
        argparse.ArgumentTypeError: It is not one.
    """
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST_HITS:
        raise argparse.ArgumentTypeError(f"«{text}» er ikke et tall fra 1 til {_MOST_HITS}")
    return int(text)


def _add_kontroll(commands: Commands) -> None:
    parser = _command(commands, "kontroll", "kontroller papirene til et møte mot reglene")
    _add_arkiv(parser)
    _add_moete(parser)
    _add_json(parser)


def _add_exchange(commands: Commands) -> None:
    parser = _command(commands, "eksporter", "skriv arkivet eller et møte til en utvekslingsfil")
    _add_arkiv(parser)
    _add_moete(parser, required=False)
    parser.add_argument("--ut", type=Path, required=True, metavar="FIL.json", help="filen den får")
    _add_json(parser)
    parser = _command(commands, "importer", "les en utvekslingsfil inn i arkivet")
    _add_arkiv(parser)
    parser.add_argument(
        "--nytt", action="store_true", help="lag arkivet; det må ikke finnes fra før"
    )
    _add_json(parser)
    parser.add_argument("fil", type=Path, metavar="FIL.json", help="utvekslingsfilen")


def _add_log(commands: Commands) -> None:
    parser = _command(commands, "historikk", "vis hva som er endret i en sak, og av hvem")
    _add_arkiv(parser)
    parser.add_argument(
        "--sak", required=True, metavar="NUMMER", help="sakens nummer, for eksempel 33/23"
    )
    _add_utvalg(parser)
    _add_json(parser)
    parser = _command(commands, "angre", "angre det siste som ble gjort i arkivet")
    _add_arkiv(parser)
    parser = _command(commands, "verifiser", "kontroller at arkivet er helt og loggen urørt")
    _add_arkiv(parser)
    _add_json(parser)
