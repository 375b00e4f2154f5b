"""The small words of Office Open XML: namespaces, escaping, content types.

WordprocessingML is written as text and streamed: building an element tree first costs twice the
time and, for a hundredfold document, more memory than the program may use. What reads templates
has its words in `xml_tree`.
"""

from __future__ import annotations

import re

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'

LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO"}

TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36000

_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
TYPE_MAIN = f"{_WORDML}document.main+xml"
TYPE_STYLES = f"{_WORDML}styles+xml"
TYPE_SETTINGS = f"{_WORDML}settings+xml"
TYPE_NUMBERING = f"{_WORDML}numbering+xml"
TYPE_FOOTNOTES = f"{_WORDML}footnotes+xml"
TYPE_FONTS = f"{_WORDML}fontTable+xml"
TYPE_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
TYPE_HEADER = f"{_WORDML}header+xml"
TYPE_FOOTER = f"{_WORDML}footer+xml"
TYPE_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
TYPE_APP = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
TYPE_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
TYPE_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"

# What XML 1.0 § 2.2 forbids; then also what markup needs escaped, and what Word has elements for.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(f'{_FORBIDDEN.pattern[:-1]}&<>"\t\n\r\u00ad\u2011]')
_TEXT = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': '"',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
    "\n": " ",
    "\r": "",
    "\u00ad": '</w:t><w:softHyphen/><w:t xml:space="preserve">',
    "\u2011": '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">',
}
_ATTRIBUTE = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": " ", "\n": " "}


def text_element(text: str) -> str:
    """Return the `w:t` of a run's text; tabs and special hyphens become Word's elements."""
    if _SPECIAL.search(text):
        escaped = _SPECIAL.sub(lambda match: _TEXT.get(match[0], ""), text)
        return f'<w:t xml:space="preserve">{escaped}</w:t>'
    if text[:1].isspace() or text[-1:].isspace():
        return f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:t>{text}</w:t>"


def attribute(text: str) -> str:
    """Return text for a double-quoted attribute value or for plain element content."""
    if not _SPECIAL.search(text):
        return text
    return _SPECIAL.sub(_escape_attribute, text)


def _escape_attribute(match: re.Match[str]) -> str:
    character = match[0]
    return character if character in "\u00ad\u2011" else _ATTRIBUTE.get(character, "")


def holdable(text: str) -> str:
    """Return the text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)
