"""Getting a file ready to be attached, and one that is attached out again, in any thread.

Only the short verb that names the file (`vedlegg.add_file`, `vedlegg.add_staged_file`) is for the
thread of the archive.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from desktop.filer.atomic import write_atomically
from desktop.filer.names import safe_file_name
from desktop.services.errors import ServiceError
from desktop.services.sak_view import read_attachment
from desktop.services.types import Archive
from desktop.services.vedlegg import LARGEST_FILE, add_file, add_staged_file
from desktop.services.verbs import Created
from desktop.storage.pieces import PIECE_BYTES, StagedFile, discard_staged, stage_file
from desktop.storage.reader import ArchiveReader

SMALL_FILE: Final = 256 * 1024
"""A file of at most this goes into the archive with the verb itself."""

Progress = Callable[[int, int], bool]


class PreparedFile(NamedTuple):
    """A file ready to be attached: its bytes, or where it is large, that they are written."""

    filnavn: str
    data: bytes
    staged: StagedFile | None = None


def prepare_file(archive: Path, path: Path, progress: Progress) -> PreparedFile | None:
    """Read a file, and write it into an archive that this program has open, if it is large.

    A file that is too large is not read.

    Returns:
        What `attach_file` takes, or None if `progress` stopped it; nothing is left then.

    Raises:
        ServiceError: `vedlegg_for_stort`.
        OSError: The file is gone, or cannot be read.
        ArchiveError: `disk_full`, `opptatt`, …; nothing is left.
    """
    size = path.stat().st_size
    _check_size(path, size)
    parts = max(1, -(-size // PIECE_BYTES))
    pieces = _read(path, lambda done: progress(min(done, parts), 2 * parts))
    if pieces is None:
        return None
    if sum(map(len, pieces)) <= SMALL_FILE:
        return PreparedFile(path.name, b"".join(pieces))
    staged = stage_file(archive, pieces, lambda done, total: progress(total + done, 2 * total))
    return PreparedFile(path.name, b"", staged) if staged else None


def attach_file(archive: Archive, *, sak_id: str, file: PreparedFile) -> Created:
    """Attach a file that was prepared. If that is refused, `forget_file` shall follow.

    Raises:
        ServiceError: `finnes_ikke_lenger`, …
    """
    if file.staged is None:
        return add_file(archive, sak_id=sak_id, filnavn=file.filnavn, data=file.data)
    return add_staged_file(archive, sak_id=sak_id, filnavn=file.filnavn, staged=file.staged)


def forget_file(archive: Path, file: PreparedFile) -> None:
    """Take out what was written of a file that was not attached after all."""
    if file.staged is not None:
        discard_staged(archive, file.staged.sha256)


def write_attachment(archive: Path, vedlegg_id: str, folder: Path) -> Path:
    """Write an attached file into a folder, under a name that every system takes.

    Raises:
        ServiceError: `finnes_ikke_lenger`, also for a vedlegg that is no file.
        ArchiveError: `ukjent_fil` or `skadet_fil`.
        SaveError, OSError: It could not be written.
    """
    with ArchiveReader(archive) as reader, reader.read() as session:
        name, data = read_attachment(session, vedlegg_id)
    folder.mkdir(exist_ok=True)
    stem, dot, extension = name.rpartition(".")
    path = folder / safe_file_name(stem or name, dot + extension if stem else "")
    write_atomically(path, data)
    return path


def _check_size(path: Path, size: int) -> None:
    if size > LARGEST_FILE:
        raise ServiceError(
            "vedlegg_for_stort", filnavn=path.name, megabyte=round(size / 1024 / 1024)
        )


def _read(path: Path, tell: Callable[[int], bool]) -> list[bytes] | None:
    """Return the bytes of a file, or None if that was stopped; it may grow while it is read."""
    found: list[bytes] = []
    with path.open("rb", buffering=0) as stream:
        while piece := stream.read(PIECE_BYTES):
            found.append(piece)
            _check_size(path, sum(map(len, found)))
            if not tell(len(found)):
                return None
    return found
