"""The pictures of the texts: their bytes, by SHA-256."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.services.verbs import operation
from desktop.storage.archive import Archive
from desktop.storage.files import read_file, store_file


def store_picture(archive: Archive, *, data: bytes) -> str:
    """Keep the bytes of a picture that is about to stand in a text, and return their SHA-256."""
    with operation(archive, "store_picture") as op:
        return store_file(op.session, data)


def read_picture(session: Session, sha256: str) -> bytes:
    """Return the bytes of a picture.

    Raises:
        ArchiveError: `ukjent_fil` or `skadet_fil`.
    """
    return read_file(session, sha256)
