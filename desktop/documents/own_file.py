"""Is a Word file still as we wrote it?

A file that we wrote carries a seal: a hash over all its parts. Word and LibreOffice write every
part anew when they save, so a file that was edited, is damaged or is not ours does not fit its
seal.
"""

from __future__ import annotations

import re
from typing import Final

from desktop.documents.package import seal_of
from desktop.filer.checked_zip import PackageError, read_package

_CORE_PART: Final = "docProps/core.xml"
_DATES: Final = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)


def is_untouched(data: bytes) -> bool:
    """Return whether these are the bytes of a file that we wrote and nobody changed."""
    return seal(data) is not None


def seal(data: bytes) -> str | None:
    """Return the seal of an untouched file of ours, or None for every other file.

    Two untouched files with the same seal have the same content.
    """
    try:
        parts = read_package(data)
    except PackageError:
        return None
    carried, computed = seal_of(parts)
    return carried if carried == computed else None


def says_the_same(one: bytes, other: bytes) -> bool:
    """Return whether two untouched files of ours differ at most in when they were written."""
    return _undated_seal(one) == _undated_seal(other)


def _undated_seal(data: bytes) -> str:
    parts = read_package(data)
    core = parts.get(_CORE_PART, b"")
    return seal_of({**parts, _CORE_PART: _DATES.sub(b"", core)})[1]
