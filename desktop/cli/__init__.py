"""The command line: `motebok`."""

from desktop.cli.main import main

__all__ = ["main"]
