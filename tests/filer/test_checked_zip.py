"""A package that somebody else made is read whole and safe, or not at all."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.filer.checked_zip import PackageError, ZipLimits, ZipProblem, read_package


def _zip(*parts: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return stream.getvalue()


def _code(data: bytes, limits: ZipLimits | None = None) -> str:
    with pytest.raises(PackageError) as caught:
        read_package(data, limits)
    return caught.value.code


def test_that_parts_are_read_by_name():
    assert read_package(_zip(("a/b.xml", b"<a/>"), ("c.bin", b"\0"))) == {
        "a/b.xml": b"<a/>",
        "c.bin": b"\0",
    }


@pytest.mark.parametrize(
    "name", ["../ut.xml", "a/../../b", "/rot.xml", "a\\b.xml", "c:/x.xml", "a/.."]
)
def test_that_a_part_cannot_leave_the_package(name: str):
    data = _zip(("x" * len(name), b"x")).replace(b"x" * len(name), name.encode())
    assert _code(data) == "unsafe_name"


def test_that_a_part_cannot_occur_twice_not_even_in_other_case():
    assert _code(_zip(("a.xml", b"1"), ("A.XML", b"2"))) == "unsafe_name"


@pytest.mark.parametrize("limit", ["part", "total", "ratio", "parts"])
def test_that_a_bomb_is_refused_by_every_measure(limit: str):
    data = _zip(("a", bytes(100_000)), ("b", bytes(100_000)), ("c", b""))
    wide = {"part": 10**6, "total": 10**6, "ratio": 10**6, "parts": 10, "free": 0}
    assert len(read_package(data, ZipLimits(**wide))) == 3
    narrow = {"part": 99_999, "total": 150_000, "ratio": 100, "parts": 2}[limit]
    assert _code(data, ZipLimits(**{**wide, limit: narrow})) == "too_large"


def test_that_a_directory_that_lies_about_a_size_does_not_help_a_bomb():
    honest = _zip(("a", bytes(1_000_000)))
    lying = honest.replace(struct.pack("<I", 1_000_000), struct.pack("<I", 10))
    assert _code(lying, ZipLimits(part=1000, free=0)) in {"too_large", "damaged"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_that_a_document_type_is_refused_in_every_encoding(encoding: str):
    part = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(encoding)
    assert _code(_zip(("a.xml", part))) == "doctype"


def test_that_an_encoding_that_could_hide_one_is_refused():
    part = b'<?xml version="1.0" encoding="utf-7"?><a/>'
    assert _code(_zip(("a.xml", part))) == "doctype"


def test_that_an_encrypted_part_is_refused():
    data = bytearray(_zip(("a.xml", b"<a/>")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert _code(bytes(data)) == "encrypted"


def test_that_a_part_without_a_name_is_damage():
    data = bytearray(_zip(("a", b"x")))
    data[data.index(b"PK\x01\x02") + 46] = 0
    assert _code(bytes(data)) == "damaged"


@given(st.binary(max_size=200))
def test_that_any_bytes_are_read_or_refused(data: bytes):
    assert _outcome(data) in {"not_zip", "damaged"}


@given(st.data())
def test_that_a_damaged_package_is_read_or_refused(data: st.DataObject):
    broken = bytearray(_zip(("a.xml", b"<a>tekst</a>"), ("b.bin", bytes(range(200)))))
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    assert _outcome(bytes(broken)) in {*get_args(ZipProblem), "read"}


def _outcome(data: bytes) -> str:
    try:
        read_package(data)
    except PackageError as error:
        return error.code
    return "read"
