"""A title becomes a file name that every system accepts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.filer.names import safe_file_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Møte 4/2023: innkalling", "Møte 4-2023 innkalling.docx"),
        ("  to\tord \n her. ", "to ord her.docx"),
        ("0 \x1b 0", "0 0.docx"),
        ("con", "_con.docx"),
        ("LPT1.tar", "_LPT1.tar.docx"),
        ('<>:"|?*', "dokument.docx"),
        ("...", "dokument.docx"),
        ("Å\u030a", "Å\u030a.docx"),
        ("A\u030as", "Ås.docx"),
    ],
)
def test_that_a_title_becomes_a_name_that_reads_alike(text: str, name: str):
    assert safe_file_name(text, ".docx") == name


@given(st.text(max_size=300))
def test_that_every_text_becomes_a_name_that_windows_accepts(text: str):
    name = safe_file_name(text, ".docx")
    stem = name.removesuffix(".docx")
    assert stem
    assert len(name) <= 120
    assert len(name.encode()) <= 240
    assert not set(name) & set('<>:"/\\|?*')
    assert all(ord(c) > 31 for c in name)
    assert stem == stem.strip(" .")
    assert stem.partition(".")[0].strip().upper() not in {
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "COM1",
        "LPT9",
    }
    assert safe_file_name(stem, ".docx") == name
