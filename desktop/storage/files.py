"""The contents of files: stored once under their SHA-256, never changed."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.storage.errors import ArchiveError

_INSERT = text(
    "INSERT INTO fil (sha256, stoerrelse, innhold) VALUES (:sha256, :size, :data)"
    " ON CONFLICT (sha256) DO NOTHING"
)
_SELECT = text("SELECT innhold FROM fil WHERE sha256 = :sha256")


def store_file(session: Session, data: bytes) -> str:
    """Store the bytes of a file unless the archive has them, and return their SHA-256."""
    digest = sha256(data).hexdigest()
    session.execute(_INSERT, {"sha256": digest, "size": len(data), "data": data})
    return digest


def read_file(session: Session, digest: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        ArchiveError: `ukjent_fil`, or `skadet_fil` if the bytes do not match their SHA-256.
    """
    found = session.execute(_SELECT, {"sha256": digest}).scalar_one_or_none()
    if found is None:
        raise ArchiveError("ukjent_fil", sha256=digest)
    data = bytes(found)
    if sha256(data).hexdigest() != digest:
        raise ArchiveError("skadet_fil", sha256=digest)
    return data
