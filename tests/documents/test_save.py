"""Saving never goes over somebody's work."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.documents import save
from desktop.documents.document import Title
from desktop.documents.docx_writer import write_docx
from desktop.documents.own_file import is_untouched, seal
from desktop.documents.save import save_document
from tests.documents.docx_reading import document


def _docx(text: str, **fields: object) -> bytes:
    return write_docx(document(Title(text), **fields)).data


def _edited(data: bytes, part: str = "word/document.xml") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name, content.replace(b"</w:t>", b" endret</w:t>") if name == part else content
            )
    return stream.getvalue()


def test_that_a_file_we_wrote_is_known_as_untouched_even_when_zipped_anew():
    data = _docx("En")
    assert is_untouched(data)
    assert is_untouched(_edited(data, part="none"))
    assert seal(_docx("En")) == seal(data) != seal(_docx("To"))


def test_that_an_edited_a_damaged_and_a_foreign_file_are_not_untouched():
    data = _docx("En", identity=(("motebok-id", "a1"),))
    assert not is_untouched(_edited(data))
    assert not is_untouched(data[:-200])
    assert not is_untouched(b"")
    assert not is_untouched(b"notat")
    changed_property = _rewritten(data, b">a1<", b">b2<")
    assert not is_untouched(changed_property)


def _rewritten(data: bytes, old: bytes, new: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return stream.getvalue()


@given(st.data())
def test_that_no_changed_byte_of_a_file_passes_unseen(data: st.DataObject):
    original = _docx("En")
    position = data.draw(st.integers(0, len(original) - 1))
    broken = bytearray(original)
    broken[position] ^= data.draw(st.integers(1, 255))
    assert seal(bytes(broken)) in {None, seal(original)}


def test_that_a_new_document_a_replaced_one_and_an_unchanged_one_say_so(tmp_path: Path):
    first = save_document(tmp_path, "Innkalling.docx", _docx("En"))
    before = first.path.stat().st_mtime_ns
    again = save_document(tmp_path, "Innkalling.docx", _docx("En"))
    assert (first.status, again.status) == ("new", "unchanged")
    assert first.path.stat().st_mtime_ns == before
    changed = save_document(tmp_path, "Innkalling.docx", _docx("To"))
    assert changed == save.SavedFile(tmp_path / "Innkalling.docx", "replaced")
    assert changed.path.read_bytes() == _docx("To")


def test_that_a_document_edited_by_hand_is_left_alone(tmp_path: Path):
    path = save_document(tmp_path, "Innkalling 4-2023.docx", _docx("En")).path
    edited = _edited(_docx("En"))
    path.write_bytes(edited)
    second = save_document(tmp_path, "Innkalling 4-2023.docx", _docx("To"))
    assert second == save.SavedFile(tmp_path / "Innkalling 4-2023 (2).docx", "renamed")
    assert path.read_bytes() == edited
    third = save_document(tmp_path, "Innkalling 4-2023.docx", _docx("Tre"))
    assert third == second
    assert second.path.read_bytes() == _docx("Tre")
    second.path.write_bytes(b"egne notater")
    assert save_document(tmp_path, "Innkalling 4-2023.docx", _docx("Fire")).path.name == (
        "Innkalling 4-2023 (3).docx"
    )


def test_that_a_folder_of_the_wished_name_is_left_alone(tmp_path: Path):
    (tmp_path / "Referat.docx").mkdir()
    saved = save_document(tmp_path, "Referat.docx", _docx("En"))
    assert (saved.path.name, saved.status) == ("Referat (2).docx", "renamed")
