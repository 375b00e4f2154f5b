"""The section of a template: its page, made whole and opened where a head and a foot go in."""

from __future__ import annotations

import copy
from typing import NamedTuple

from lxml import etree

from desktop.documents.ooxml import R, W, twips
from desktop.documents.page import a4_section
from desktop.documents.xml_tree import w

_LEAST_ROOM = twips(40)
_BEFORE_TITLE_PAGE = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar",
    "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote",
)  # fmt: skip
_MARK = "title-page"


class Section(NamedTuple):
    """Section properties as text: the start tag, what precedes `w:titlePg`, and the rest.

    The prefixes `w` and `r` are those of the document. `room` is the width of the text in twips.
    """

    start: str
    before: str
    after: str
    room: int


def open_section(section: etree._Element, *, whole: bool) -> Section:
    """Return the section properties as text; A4 where they name no page or no margins.

    A `whole` section has a head or foot of its own and decides itself about its first page.
    """
    made = etree.Element(w("sectPr"), nsmap={"w": W, "r": R})
    made.extend([copy.deepcopy(child) for child in section])
    if made.find(w("pgSz")) is None or made.find(w("pgMar")) is None:
        _use_a4(made)
    if not whole:
        for old in list(made.iterchildren(w("titlePg"))):
            made.remove(old)
    made.insert(_place_in(made, len(_BEFORE_TITLE_PAGE)), etree.Comment(_MARK))
    etree.cleanup_namespaces(made, keep_ns_prefixes=["w", "r"])
    text = etree.tostring(made, encoding="unicode")
    head, _, after = text.partition(f"<!--{_MARK}-->")
    tag, _, before = head.partition(">")
    for declared in (f' xmlns:w="{W}"', f' xmlns:r="{R}"'):
        tag = tag.replace(declared, "")
    return Section(f"{tag}>", before, after, _room(made))


def _use_a4(section: etree._Element) -> None:
    ours = etree.fromstring(f'<w:n xmlns:w="{W}">{a4_section()}</w:n>')[0]
    for name in ("pgMar", "pgSz"):
        for old in list(section.iterchildren(w(name))):
            section.remove(old)
        place = _place_in(section, _BEFORE_TITLE_PAGE.index(name))
        section.insert(place, ours.find(w(name)))  # type: ignore[arg-type]


def _place_in(section: etree._Element, order: int) -> int:
    """Return the place after every child that comes before that position of the schema."""
    before = {w(name) for name in _BEFORE_TITLE_PAGE[:order]}
    return sum(1 for child in section if child.tag in before)


def _room(section: etree._Element) -> int:
    width = _twips(section, "pgSz", "w")
    taken = sum(_twips(section, "pgMar", side) for side in ("left", "right", "gutter"))
    return max(width - taken, _LEAST_ROOM)


def _twips(section: etree._Element, element: str, name: str) -> int:
    found = section.find(w(element))
    value = found.get(w(name), "0") if found is not None else "0"
    return int(float(value)) if value.replace(".", "", 1).isdigit() else 0
