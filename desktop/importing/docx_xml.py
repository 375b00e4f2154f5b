"""Names of WordprocessingML as lxml writes them, and the parsing of one part of a checked file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
V: Final = "urn:schemas-microsoft-com:vml"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_OFF: Final = frozenset({"0", "false", "off", "none"})
_LARGEST_NUMBER: Final = 1_000_000_000

Element = etree._Element  # noqa: SLF001  (the type has no other name)


def parse(data: bytes) -> Element:
    """Parse a part of a package that was read by `filer.checked_zip`.

    Raises:
        etree.XMLSyntaxError: the part is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def w(name: str) -> str:
    """Return a WordprocessingML name as lxml writes it."""
    return f"{{{W}}}{name}"


def r(name: str) -> str:
    """Return a name of the relationships namespace as lxml writes it."""
    return f"{{{R}}}{name}"


def elements(parent: Element | None, *names: str) -> Iterator[Element]:
    """Yield the WordprocessingML children of these names; all elements where none is given."""
    if parent is None:
        return iter(())
    if not names:
        return parent.iterchildren("{*}*")
    return parent.iterchildren(*map(w, names))


def child(parent: Element | None, *path: str) -> Element | None:
    """Return the first element down a path of WordprocessingML names."""
    for name in path:
        parent = None if parent is None else parent.find(w(name))
    return parent


def value(parent: Element | None, *path: str) -> str | None:
    """Return the `w:val` of the first element down a path, or None."""
    found = child(parent, *path)
    return None if found is None else found.get(w("val"))


def number(text: str | None) -> int | None:
    """Return a whole number as Word writes them ("720", "-1", "720.0"), or None."""
    if text is None:
        return None
    digits = text.strip().partition(".")[0]
    sign, bare = digits[:1] == "-", digits.removeprefix("-")
    if not (bare.isascii() and bare.isdigit()) or len(bare) > 9:
        return None
    found = min(int(bare), _LARGEST_NUMBER)
    return -found if sign else found


def is_on(element: Element | None) -> bool:
    """Return whether an on/off element is there and on (ECMA-376 § 17.17.4)."""
    return element is not None and (element.get(w("val")) or "1").lower() not in _OFF


def switch(properties: Element | None, name: str) -> bool | None:
    """Return an on/off property, or None where it is not given."""
    found = child(properties, name)
    return None if found is None else is_on(found)


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return etree.QName(element).localname
