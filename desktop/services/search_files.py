"""Which attached files the search has not read yet, and keeping what was read of them."""

from __future__ import annotations

from pathlib import Path

from desktop.services.types import Archive
from desktop.storage.errors import ArchiveError
from desktop.storage.files import read_file
from desktop.storage.reader import ArchiveReader
from desktop.storage.search_build import UnreadFile

__all__ = [
    "UnreadFile",
    "next_unread_file",
    "read_attached_files",
    "store_file_text",
    "text_of_file",
]

LARGEST = 40_000_000


def next_unread_file(archive: Archive) -> UnreadFile | None:
    """Return an attached file that the search has not read, if there is one."""
    return next(iter(archive.search_index.unread_files()), None)


def text_of_file(archive: Path, file: UnreadFile) -> str | None:
    """Return the text of an attached file; None where it is too large, damaged, or has none.

    May run in any thread.
    """
    from desktop.importing.file_text import file_text  # noqa: PLC0415

    if file.size > LARGEST:
        return None
    try:
        with ArchiveReader(archive) as reader, reader.read() as session:
            data = read_file(session, file.sha256)
    except ArchiveError:
        return None
    return file_text(data)


def store_file_text(archive: Archive, *, sha256: str, text: str | None) -> None:
    """Keep the text of a file; None where it has none, so that it is not tried again."""
    archive.search_index.store_file_text(sha256, text)


def read_attached_files(archive: Archive) -> int:
    """Read every attached file into the index, and return how many there were."""
    count = 0
    while (found := next_unread_file(archive)) is not None:
        store_file_text(archive, sha256=found.sha256, text=text_of_file(archive.path, found))
        count += 1
    return count
