"""`motebok angre`: undo what was done last."""

from __future__ import annotations

import argparse

from desktop.cli.opening import open_archive
from desktop.services.archive_words import local_time
from desktop.services.operation_words import describe_operation


def run(arguments: argparse.Namespace) -> int:
    """Undo the newest operation that stands, and say which it was."""
    with open_archive(arguments.arkiv, read_only=False) as archive:
        label = archive.undo_label()
        archive.undo()
    if label is not None:
        who = label.user or "navn slettet"
        print(f"Angret: {describe_operation(label)} ({who}, {local_time(label.time)})")
    return 0
