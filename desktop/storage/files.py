"""The contents of files: stored once under their SHA-256, never changed.

A small file lies in its row of `fil`, a large attachment in pieces beside it (see `pieces`).
"""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.storage.errors import ArchiveError
from desktop.storage.pieces import StagedFile

_INSERT = text(
    "INSERT INTO fil (sha256, stoerrelse, innhold) VALUES (:sha256, :size, :data)"
    " ON CONFLICT (sha256) DO NOTHING"
)
_SELECT = text("SELECT stoerrelse, innhold FROM fil WHERE sha256 = :sha256")
_PIECES = text("SELECT innhold FROM fil_del WHERE sha256 = :sha256 ORDER BY nr")
_LENGTH = text("SELECT sum(length(innhold)) FROM fil_del WHERE sha256 = :sha256")
_NAMED = text("SELECT 1 FROM fil WHERE sha256 = :sha256")


def store_file(session: Session, data: bytes) -> str:
    """Store the bytes of a file unless the archive has them, and return their SHA-256."""
    digest = sha256(data).hexdigest()
    session.execute(_INSERT, {"sha256": digest, "size": len(data), "data": data})
    return digest


def name_staged(session: Session, staged: StagedFile) -> str:
    """Let a file whose bytes were written before be one of the archive, and return its SHA-256.

    Raises:
        ArchiveError: `ukjent_fil`, if its pieces are not there.
    """
    key = {"sha256": staged.sha256}
    if session.execute(_NAMED, key).first() is None:
        if session.execute(_LENGTH, key).scalar_one() != staged.size:
            raise ArchiveError("ukjent_fil", sha256=staged.sha256)
        session.execute(_INSERT, {**key, "size": staged.size, "data": b""})
    return staged.sha256


def read_file(session: Session, digest: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        ArchiveError: `ukjent_fil`, or `skadet_fil` if the bytes do not match their SHA-256.
    """
    found = session.execute(_SELECT, {"sha256": digest}).one_or_none()
    if found is None:
        raise ArchiveError("ukjent_fil", sha256=digest)
    size, data = found
    if size and not data:
        data = b"".join(session.execute(_PIECES, {"sha256": digest}).scalars())
    data = bytes(data)
    if sha256(data).hexdigest() != digest:
        raise ArchiveError("skadet_fil", sha256=digest)
    return data
