"""A Word file that should not be read is refused with a reason; no file does anything else."""

from __future__ import annotations

import io
import random
import re
import zipfile
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.importing.docx_errors import DocxError
from desktop.importing.toppnotat_docx import read_toppnotat
from desktop.richtext.validate import validate
from desktop.services.explain import explain
from tests.importing.word import lag
from tests.importing.word.lag import MAIN, item, p, word_file

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600


def refusal(data: bytes) -> DocxError:
    with pytest.raises(DocxError) as refused:
        read_toppnotat(data)
    return refused.value


def repacked(data: bytes, change) -> bytes:
    """Return the file with each part as `change(name, data)` gives it; None takes it away."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def packed(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


NOTE = word_file(p("Bakgrunn", style="Overskrift1") + p("tekst"))
REFUSED = {
    "not_word": [b"", b"tekst", packed(a=b"b"), b"\xff" * 400],
    "other_format": [
        b"%PDF-1.7 ...",
        b"{\\rtf1 x}",
        packed(mimetype=b"application/vnd.oasis.opendocument.text"),
        word_file("", main_type="application/vnd.openxmlformats-officedocument.spreadsheetml.x"),
    ],
    "old_format": [OLE],
    "password": [OLE + "EncryptedPackage".encode("utf-16-le")],
    "macros": [
        word_file("", main_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
        word_file(p("a"), files={"word/vbaProject.bin": b"x"}),
    ],
    "damaged": [
        NOTE[: len(NOTE) // 2],
        repacked(NOTE, lambda name, data: data[:-20] if name == "word/document.xml" else data),
        repacked(NOTE, lambda name, data: b"<x" if name == "word/styles.xml" else data),
    ],
    "missing_part": [
        repacked(NOTE, lambda name, data: None if name == "word/document.xml" else data),
        repacked(NOTE, lambda name, data: None if name == "word/numbering.xml" else data),
        repacked(NOTE, lambda _name, data: data.replace(b"w:body", b"w:kropp")),
    ],
    "unsafe": [
        word_file(p("a"), files={"../ut.xml": b"x"}),
        repacked(
            NOTE,
            lambda name, data: (
                data.replace(b"?>", b"?><!DOCTYPE a [<!ENTITY b 'c'>]>", 1)
                if name == "word/document.xml"
                else data
            ),
        ),
    ],
    "too_large": [word_file(p("a"), files={"word/media/b.png": b"\0" * (12 * 1024 * 1024)})],
    "strict_format": [
        repacked(
            NOTE,
            lambda _name, data: data.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006",
                b"http://purl.oclc.org/ooxml/officeDocument",
            ),
        )
    ],
}


@pytest.mark.parametrize(
    ("code", "data"), [(code, data) for code, files in REFUSED.items() for data in files]
)
def test_that_a_file_that_should_not_be_read_is_refused_with_its_reason(code: str, data: bytes):
    found = refusal(data)
    assert found.code == code
    assert (
        "kan ikke" in explain(found)
        or "ngenting er lest inn" in explain(found)
        or ("ikke åpnet" in explain(found) or "blir ikke lest inn" in explain(found))
    )


@pytest.mark.parametrize(
    "change",
    [
        '<w:ins w:id="1" w:author="Kari"><w:r><w:t>ny</w:t></w:r></w:ins>',
        '<w:del w:id="1" w:author="Kari"><w:r><w:delText>bort</w:delText></w:r></w:del>',
        '<w:moveTo w:id="1" w:author="Kari"><w:r><w:t>hit</w:t></w:r></w:moveTo>',
        '<w:r><w:rPr><w:b/><w:rPrChange w:id="1" w:author="Kari"/></w:rPr><w:t>x</w:t></w:r>',
    ],
)
def test_that_tracked_changes_are_refused_with_who_made_them_and_what_to_do(change: str):
    found = refusal(word_file(p("a", inner=change)))
    assert found.code == "tracked_changes"
    assert found.params == {"antall": 1, "hvem": "Kari"}
    assert "Godta eller avvis endringene i Word" in explain(found)


def test_that_tracked_changes_in_a_footnote_are_refused():
    notes = '<w:footnote w:id="1"><w:p><w:ins w:author="A"><w:r/></w:ins></w:p></w:footnote>'
    assert refusal(word_file(p("a"), parts={"footnotes": notes})).code == "tracked_changes"


def test_that_a_template_is_read_as_a_document():
    data = word_file(p("tekst"), main_type=f"{MAIN}.template.main+xml")
    assert read_toppnotat(data).unplaced


@pytest.mark.parametrize("depth", [20, 100, 250, 2000])
def test_that_deep_nesting_is_read_or_refused_and_never_crashes(depth: int):
    body = "<w:sdt><w:sdtContent>" * depth + p("a") + "</w:sdtContent></w:sdt>" * depth
    assert outcome(word_file(body)) in {"read", "too_complex", "damaged"}


def test_that_a_hundred_levels_of_list_are_kept_within_what_a_text_can_hold():
    body = "".join(item(f"n{level}", 1 + level % 4, level) for level in range(100))
    assert validate(read_toppnotat(word_file(body)).unplaced) == []


# Files that are broken by chance


@lru_cache
def whole() -> tuple[bytes, ...]:
    return tuple(make() for make in lag.saksbehandlerfiler().values())


def outcome(data: bytes) -> str:
    """Read a file: what is read can be stored, what is refused has its sentence."""
    try:
        note = read_toppnotat(data)
    except DocxError as error:
        return error.code if explain(error) else ""
    trees = (*(one.tree for one in note.sections), note.unplaced)
    return "read" if all(validate(tree) == [] for tree in trees) else ""


def survives(data: bytes) -> None:
    assert outcome(data)


@settings(max_examples=120)
@given(st.integers(0, 3), st.integers(0, 2**32))
def test_that_flipped_bits_are_read_or_refused(which: int, seed: int):
    source = random.Random(seed)  # noqa: S311 - mutations, not secrets
    data = bytearray(whole()[which])
    for _ in range(source.choice((1, 1, 3, 20))):
        data[source.randrange(len(data))] ^= 1 << source.randrange(8)
    survives(bytes(data))


_TAG = re.compile(rb"<[^>]+>")
_VALUE = re.compile(rb'"[^"]*"')
_VALUES = (b'""', b'"-1"', b'"99999999999999"', b'"x"', b'"0"', b'"w:p"', b'"1e9"', b'"\xc3\xa6"')


def mutated(part: bytes, source: random.Random) -> bytes:
    """Return well-formed XML no more, or well-formed XML that means something else."""
    tags = list(_TAG.finditer(part))
    if not tags:
        return part
    one = source.choice(tags)
    match source.randrange(4):
        case 0:
            return part[: one.start()] + part[one.end() :]
        case 1:
            value = source.choice(_VALUES)
            tag = _VALUE.sub(lambda _found: value, one[0], count=source.randrange(1, 3))
            return part[: one.start()] + tag + part[one.end() :]
        case 2:
            return part[: one.end()] + one[0] + part[one.end() :]
        case _:
            name = source.choice([b"w:p", b"w:tbl", b"w:r", b"w:tc", b"w:numPr", b"w:fldChar"])
            other = source.choice([b"w:p", b"w:sdt", b"w:tr", b"w:drawing", b"w:tab", b"w:body"])
            return part.replace(name, other)


@settings(max_examples=80)
@given(st.integers(0, 3), st.integers(0, 2**32))
def test_that_mutated_xml_is_read_or_refused(which: int, seed: int):
    source = random.Random(seed)  # noqa: S311 - mutations, not secrets

    def change(name: str, data: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")) or source.random() < 0.5:
            return data
        for _ in range(source.choice((1, 1, 4))):
            data = mutated(data, source)
        return data

    survives(repacked(whole()[which], change))
