"""`python -m desktop [--arkiv FIL]`: the window; `--stavekontroll nb`: its spelling process."""

import sys

_SPELLING = "--stavekontroll"


def main() -> int:
    """Run what the first argument asks for; the spelling process needs no Qt."""
    if sys.argv[1:2] == [_SPELLING]:
        from desktop.i18n.spelling_server import main as spell  # noqa: PLC0415

        return spell(sys.argv[2] if len(sys.argv) > 2 else "nb")
    from desktop.app import main as window  # noqa: PLC0415

    return window()


if __name__ == "__main__":
    sys.exit(main())
