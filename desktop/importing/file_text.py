"""The text of an attached file, for the search alone: Word, PDF and plain text.

A file that cannot be read has no text; nothing in it may stop the program. What is read is bounded
in bytes, pages and letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from threading import Lock
from typing import Final

LARGEST: Final = 40_000_000
MOST_LETTERS: Final = 400_000
_MOST_PAGES: Final = 600
_PDF, _ZIP = b"%PDF-", b"PK\x03\x04"
_HEAD: Final = 1_024
_BOM: Final = (b"\xff\xfe", b"\xfe\xff")
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PDFIUM: Final = Lock()
"""PDFium is for one thread at a time."""


def file_text(data: bytes) -> str | None:
    """Return the text of a file; None where it has none that can be read."""
    if not data or len(data) > LARGEST:
        return None
    text: str | None
    try:
        if _PDF in data[:_HEAD]:
            text = _of_pdf(data)
        elif data.startswith(_ZIP):
            text = _of_word(data)
        else:
            text = _of_plain(data)
    except Exception:  # noqa: BLE001 - whatever a broken file does, it only has no text
        return None
    return None if text is None else text[:MOST_LETTERS]


def _joined(parts: Iterator[str]) -> str:
    made: list[str] = []
    size = 0
    for part in parts:
        made.append(part)
        size += len(part) + 1
        if size > MOST_LETTERS:
            break
    return "\n".join(made)


def _of_pdf(data: bytes) -> str:
    import pypdfium2  # noqa: PLC0415

    with _PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            return _joined(_pages(document))
        finally:
            document.close()


def _pages(document: object) -> Iterator[str]:
    for page in islice(document, _MOST_PAGES):  # type: ignore[call-overload]
        text = page.get_textpage()
        try:
            yield _unbroken(text.get_text_bounded())
        finally:
            text.close()
            page.close()


def _unbroken(text: str) -> str:
    """Return the text of a page with its lines joined where a word was hyphenated."""
    return text.replace("\ufffe\r\n", "").replace("\ufffe", "").replace("\r\n", "\n")


def _of_word(data: bytes) -> str:
    from desktop.importing.docx_package import open_docx  # noqa: PLC0415

    return _joined(_paragraphs(open_docx(data).document))


def _paragraphs(root: object) -> Iterator[str]:
    for paragraph in root.iter(f"{_WORD}p"):  # type: ignore[attr-defined]
        text = "".join(
            (part.text or "") if part.tag == f"{_WORD}t" else " "
            for part in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br")
        )
        if text.strip():
            yield text


def _of_plain(data: bytes) -> str | None:
    if data.startswith(_BOM):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[: _HEAD * 8]:
        return None
    part = data[: MOST_LETTERS * 4]
    try:
        return part.decode("utf-8-sig")
    except UnicodeDecodeError:
        return part.decode("cp1252", errors="replace")
