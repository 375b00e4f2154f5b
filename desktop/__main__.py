"""`python -m desktop [--arkiv FIL]`: the window; `--stavekontroll nb`: its spelling process.

`--arbeid` is the process of `desktop.services.apart`.
"""

import sys

_SPELLING = "--stavekontroll"
_WORK = "--arbeid"


def main() -> int:
    """Run what the first argument asks for; those beside the window need no Qt."""
    if sys.argv[1:2] == [_SPELLING]:
        from desktop.i18n.spelling_server import main as spell  # noqa: PLC0415

        return spell(sys.argv[2] if len(sys.argv) > 2 else "nb")
    if sys.argv[1:2] == [_WORK]:
        from desktop.services.apart import main as work  # noqa: PLC0415

        return work()
    from desktop import quick  # noqa: PLC0415

    quick.begin()
    from desktop.app import main as window  # noqa: PLC0415

    return window()


if __name__ == "__main__":
    sys.exit(main())
