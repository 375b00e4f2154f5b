"""Reading a package (docx, odt) that somebody else made, before any of it is parsed.

Standard library only. A package is refused whole: nothing of it is used when one part is wrong.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import Literal, NamedTuple

ZipProblem = Literal["not_zip", "damaged", "encrypted", "too_large", "unsafe_name", "doctype"]


class PackageError(Exception):
    """A package that is not read. `code` says why, `part` where (empty: the whole file)."""

    def __init__(self, code: ZipProblem, part: str = "") -> None:
        super().__init__(f"{code}: {part}" if part else code)
        self.code: ZipProblem = code
        self.part = part


class ZipLimits(NamedTuple):
    """How much a package may unpack to; sizes in bytes.

    A part may be `ratio` times its packed size: text packs about 1:20, a bomb 1:1000. Parts below
    `free` bytes are not asked.
    """

    parts: int = 4096
    part: int = 128 * 1024 * 1024
    total: int = 256 * 1024 * 1024
    ratio: int = 200
    free: int = 4 * 1024 * 1024


_XML_NAMES = (".xml", ".rels", ".vml")
_ENCODING = re.compile(rb"""^<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii"})
_ENCRYPTED = 0x1
# What zipfile lets through, besides BadZipFile, when the bytes are no sound archive.
_DAMAGE = (
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def read_package(data: bytes, limits: ZipLimits | None = None) -> dict[str, bytes]:
    """Return the parts of a package by name.

    Sizes are counted while unpacking, not taken from the directory, which can lie.

    Raises:
        PackageError: not a zip file, damaged, encrypted, too large when unpacked, a part name that
            leaves the package or occurs twice, or XML with a document type declaration.
    """
    limits = limits or ZipLimits()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_parts(archive, limits)
    except zipfile.BadZipFile as error:
        code: ZipProblem = "damaged" if data.startswith(b"PK") else "not_zip"
        raise PackageError(code) from error
    except _DAMAGE as error:
        raise PackageError("damaged") from error


def _read_parts(archive: zipfile.ZipFile, limits: ZipLimits) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > limits.parts:
        raise PackageError("too_large")
    parts: dict[str, bytes] = {}
    seen: set[str] = set()
    room = limits.total
    for entry in entries:
        _check_name(entry, seen)
        part = _read_part(archive, entry, limits, room)
        room -= len(part)
        if entry.filename.lower().endswith(_XML_NAMES):
            _check_xml(entry.filename, part)
        parts[entry.filename] = part
    return parts


def _check_name(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    name = entry.filename
    if entry.flag_bits & _ENCRYPTED:
        raise PackageError("encrypted", name)
    folded = name.casefold()
    parts = name.split("/")
    if folded in seen or "\\" in name or ":" in name or ".." in parts or parts[0] == "":
        raise PackageError("unsafe_name", name)
    seen.add(folded)


def _read_part(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: ZipLimits, room: int
) -> bytes:
    most = min(room, limits.part, max(limits.free, entry.compress_size * limits.ratio))
    with archive.open(entry) as stream:
        part = stream.read(most + 1)
        if len(part) > most:
            raise PackageError("too_large", entry.filename)
        return part


def _check_xml(name: str, part: bytes) -> None:
    """Refuse entities at the door: no Office or OpenDocument part needs a document type."""
    encoding = _ENCODING.match(part.lstrip(b"\xef\xbb\xbf"))
    known = encoding is None or encoding[1].lower() in _ENCODINGS
    if not known or b"<!DOCTYPE" in part.replace(b"\0", b""):
        raise PackageError("doctype", name)
