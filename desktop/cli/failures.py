"""What to tell the user about anything that goes wrong."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.importing.exchange import ImportProblem, ImportProblems
from desktop.ressurser import MissingResourceError
from desktop.services import explain as expected


def explain(error: BaseException) -> str:
    """Return a Norwegian sentence, or several lines, about an error."""
    return "\n".join(_lines(error)) or _unexpected(error)


def _lines(error: BaseException) -> Iterator[str]:
    match error:
        case ImportProblems():
            yield "Filen ble ikke lest inn. Arkivet er urørt. Dette må rettes:"
            yield from map(_problem, error.problems)
        case MissingResourceError():
            yield f"Installasjonen er ikke hel: {error} mangler. Installer Møtebok på nytt."
        case MemoryError():
            yield "Maskinen har ikke nok minne til dette. Arkivet er som det var."
        case _:
            yield expected.explain(error)


def _problem(problem: ImportProblem) -> str:
    return f"  {problem.place}: {problem.message}"


def _unexpected(error: BaseException) -> str:
    first_line = next(iter(str(error).splitlines()), "")
    return (
        "Noe uventet gikk galt, og kommandoen ble ikke fullført. Arkivet er som det var før den.\n"
        "Er arkivet skadet? «motebok verifiser» svarer på det. Er det helt, så meld fra med denne "
        f"linjen:\n{type(error).__name__}: {first_line}"
    )
