"""Writing a package, so that equal documents are equal bytes, and so that we know our own again."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import zipfile
from typing import TYPE_CHECKING, Self

from desktop.documents.ooxml import CONTENT_TYPES, TYPE_RELATIONS, XML_HEAD, attribute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

CUSTOM_PART = "docProps/custom.xml"
SEAL_PROPERTY = "motebok-innhold"
OPEN_SEAL = "0" * 64

_CHUNK = 1 << 16
# A third of the time of a document was packing at zlib's own level, 6; 4 halves that and makes the
# file a twelfth larger.
_LEVEL = 4
_SEAL = rb'(name="' + SEAL_PROPERTY.encode() + rb'"[^>]*>\s*<[A-Za-z]+:lpwstr>)([0-9a-f]{64})(?=<)'


class PackageWriter:
    """Writes parts to a zip file in memory and notes the hash of each for the seal."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._zip = zipfile.ZipFile(self._buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._hashes: dict[str, bytes] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # A part that failed half-way has its own error, which must not be hidden by this one.
        with contextlib.suppress(ValueError):
            self._zip.close()

    def add(self, name: str, data: bytes) -> None:
        """Write a part."""
        self._hashes[name] = hashlib.sha256(data).digest()
        self._write(name, (data,))

    def stream(self, name: str, pieces: Iterable[str]) -> None:
        """Write a part piece by piece, so that it is never whole in memory."""
        seen = hashlib.sha256()
        self._write(name, _seen(_chunks(pieces), seen.update))
        self._hashes[name] = seen.digest()

    def finish(self, custom_properties: bytes) -> bytes:
        """Write the custom properties, sealed, as the last part and return the file."""
        self._hashes[CUSTOM_PART] = hashlib.sha256(custom_properties).digest()
        sealed = custom_properties.replace(OPEN_SEAL.encode(), seal(self._hashes).encode())
        self._write(CUSTOM_PART, (sealed,))
        self._zip.close()
        return self._buffer.getvalue()

    def _write(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write an entry that is the same on every system, with the date that Word writes: 1980."""
        with self._zip.open(name, "w") as target:
            for chunk in chunks:
                target.write(chunk)
        entry = self._zip.getinfo(name)
        entry.create_system = 0
        entry.external_attr = 0


def _seen(chunks: Iterable[bytes], look: Callable[[bytes], None]) -> Iterable[bytes]:
    for chunk in chunks:
        look(chunk)
        yield chunk


def _chunks(pieces: Iterable[str]) -> Iterable[bytes]:
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


def seal(hashes: Mapping[str, bytes]) -> str:
    """Return the hash over the names and hashes of all parts, in hexadecimal."""
    whole = hashlib.sha256()
    for name in sorted(hashes):
        whole.update(name.encode() + b"\0" + hashes[name])
    return whole.hexdigest()


def seal_of(parts: Mapping[str, bytes]) -> tuple[str | None, str]:
    """Return the seal a package carries (None without one) and the one its parts would get."""
    custom = parts.get(CUSTOM_PART, b"")
    found = re.search(_SEAL, custom)
    opened = re.sub(_SEAL, rb"\g<1>" + OPEN_SEAL.encode(), custom)
    hashes = {
        name: hashlib.sha256(opened if name == CUSTOM_PART else data).digest()
        for name, data in parts.items()
    }
    return (found[2].decode() if found else None), seal(hashes)


def content_types_part(types: Mapping[str, str], defaults: Mapping[str, str]) -> bytes:
    """Return [Content_Types].xml: `types` by part name, `defaults` by file extension."""
    by_extension = {"rels": TYPE_RELATIONS, "xml": "application/xml", **defaults}
    body = "".join(
        f'<Default Extension="{attribute(extension)}" ContentType="{attribute(kind)}"/>'
        for extension, kind in sorted(by_extension.items())
    ) + "".join(
        f'<Override PartName="/{attribute(name)}" ContentType="{attribute(kind)}"/>'
        for name, kind in sorted(types.items())
    )
    return f'{XML_HEAD}<Types xmlns="{CONTENT_TYPES}">{body}</Types>'.encode()
