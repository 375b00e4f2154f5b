"""Documents on disk: never over somebody's own work."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from desktop.documents.own_file import says_the_same, seal
from desktop.filer.atomic import SaveError, save_error, write_atomically

SavedStatus = Literal["new", "replaced", "unchanged", "renamed"]

_MOST_COPIES = 999


class SavedFile(NamedTuple):
    """Where a document is now.

    `renamed`: a file of its name was there that somebody changed or that is not ours; it was left
    alone and the document got the name in `path`.
    """

    path: Path
    status: SavedStatus


def save_document(folder: Path, name: str, data: bytes) -> SavedFile:
    """Save a Word file that `write_docx` made under a name with extension.

    A file of that name that we wrote and nobody changed is replaced, and left as it is when it
    differs at most in when it was written. Every other file is left alone: the document is saved
    as "name (2).docx".

    Raises:
        SaveError: nothing was changed.
    """
    ours = seal(data) is not None
    wished = folder / name
    for count in range(1, _MOST_COPIES):
        path = wished if count == 1 else folder / f"{wished.stem} ({count}){wished.suffix}"
        found = _look(path, data, ours=ours)
        if found == "taken":
            continue
        if found != "unchanged":
            write_atomically(path, data)
        return SavedFile(path, found if count == 1 else "renamed")
    raise SaveError("failed", wished)


def _look(
    path: Path, data: bytes, *, ours: bool
) -> Literal["new", "replaced", "unchanged", "taken"]:
    try:
        old = path.read_bytes()
    except FileNotFoundError:
        return "taken" if path.is_symlink() else "new"
    except IsADirectoryError:
        return "taken"
    except OSError as error:
        if path.is_dir():
            return "taken"
        raise save_error(error, path) from error
    if old == data:
        return "unchanged"
    if seal(old) is None:
        return "taken"
    return "unchanged" if ours and says_the_same(old, data) else "replaced"
