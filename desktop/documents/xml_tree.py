"""Reading the parts of a template: safe parsing, names as lxml writes them, splitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from desktop.documents.ooxml import R, W

if TYPE_CHECKING:
    from collections.abc import Iterable


def parse(data: bytes) -> etree._Element:
    """Parse a part of a package that was read by `filer.checked_zip`.

    Raises:
        etree.XMLSyntaxError: the part is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    return etree.fromstring(data, parser)


def serialise(root: etree._Element) -> bytes:
    """Return a part as Word writes it: UTF-8, standalone."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def w(name: str) -> str:
    """Return a WordprocessingML name as lxml writes it."""
    return f"{{{W}}}{name}"


def r(name: str) -> str:
    """Return a name of the relationships namespace as lxml writes it."""
    return f"{{{R}}}{name}"


def children(parent: etree._Element, name: str) -> Iterable[etree._Element]:
    """Return the WordprocessingML children of a name."""
    return parent.iterchildren(w(name))


def split_at_end(root: etree._Element) -> tuple[str, str]:
    """Return a serialised part before and from its end tag, so that text can go in between.

    What goes in between uses the prefix `w`; the root is given it where it has another.
    """
    if root.nsmap.get("w") != W:
        nsmap: dict[str, str] = {key: uri for key, uri in root.nsmap.items() if key}
        nsmap["w"] = W
        renamed = etree.Element(
            root.tag, {str(key): str(value) for key, value in root.attrib.items()}, nsmap=nsmap
        )
        renamed.extend(list(root))
        root = renamed
    if not len(root):
        root.text = " "
    data = serialise(root).decode()
    end = data.rindex("</")
    return data[:end], data[end:]
