"""The hashes that make the log a chain.

A row's commitment is SHA-256(salt ‖ payload); an operation's hash is SHA-256(previous hash ‖
header ‖ commitments). Salt and payload can be erased: the commitment stays, tells nothing about
what it stood for, and the chain holds. The header holds no personal text: the user is an id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from desktop.storage.payload import canonical

GENESIS: Final = bytes(32)


@dataclass(frozen=True, slots=True)
class Header:
    """What an operation's hash covers beside the commitments. `count` is of undoable rows."""

    number: int
    verb: str
    kind: str
    time: str
    user: str
    undoable: bool
    refers_to: int | None
    count: int
    params: bytes


@dataclass(frozen=True, slots=True)
class CommittedRow:
    """What the chain keeps of a row's change when its payload is gone."""

    table: str
    key: str
    kind: str
    commitment: bytes


def commitment(salt: bytes, payload: str) -> bytes:
    """Return the commitment of a payload."""
    return sha256(salt + payload.encode("utf-8", "surrogatepass")).digest()


def operation_hash(previous: bytes, header: Header, rows: Sequence[CommittedRow]) -> bytes:
    """Return the hash of an operation that follows `previous`."""
    written = canonical(
        [
            header.number,
            header.verb,
            header.kind,
            header.time,
            header.user,
            header.undoable,
            header.refers_to,
            header.count,
            [[row.table, row.key, row.kind] for row in rows],
        ]
    )
    return sha256(b"".join(_parts(previous, header, written, rows))).digest()


def _parts(
    previous: bytes, header: Header, written: str, rows: Iterable[CommittedRow]
) -> Iterable[bytes]:
    yield previous
    yield written.encode()
    yield header.params
    for row in rows:
        yield row.commitment
