"""Which attached files the search has not read yet, and keeping what was read of them."""

from __future__ import annotations

from typing import NamedTuple

from desktop.services.types import Archive
from desktop.storage.errors import ArchiveError
from desktop.storage.files import read_file

LARGEST = 40_000_000


class UnreadFile(NamedTuple):
    """A file to read the text of. `data` is None where it is too large, or damaged."""

    sha256: str
    name: str
    data: bytes | None


def next_unread_file(archive: Archive) -> UnreadFile | None:
    """Return an attached file that the search has not read, if there is one."""
    found = next(iter(archive.search_index.unread_files()), None)
    if found is None:
        return None
    data = None
    if found.size <= LARGEST:
        try:
            with archive.read() as session:
                data = read_file(session, found.sha256)
        except ArchiveError:
            data = None
    return UnreadFile(found.sha256, found.name, data)


def store_file_text(archive: Archive, *, sha256: str, text: str | None) -> None:
    """Keep the text of a file; None where it has none, so that it is not tried again."""
    archive.search_index.store_file_text(sha256, text)


def read_attached_files(archive: Archive) -> int:
    """Read every attached file into the index, and return how many there were."""
    from desktop.importing.file_text import file_text  # noqa: PLC0415

    count = 0
    while (found := next_unread_file(archive)) is not None:
        text = None if found.data is None else file_text(found.data)
        store_file_text(archive, sha256=found.sha256, text=text)
        count += 1
    return count
