"""The settings part: what of a template's settings stays, and what every document sets."""

from __future__ import annotations

import copy

from lxml import etree

from desktop.documents.inlines import CONTINUATION_ID, SEPARATOR_ID
from desktop.documents.ooxml import W
from desktop.documents.xml_tree import parse, serialise, w

_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"

# The order of CT_Settings (ECMA-376 part 1, A.1). A setting of a template that is not here is left
# behind: protection, mail merge, attached template, update on opening, personal rsids.
_ORDER: tuple[str, ...] = (
    w("zoom"),
    w("mirrorMargins"),
    w("alignBordersAndEdges"),
    w("bordersDoNotSurroundHeader"),
    w("bordersDoNotSurroundFooter"),
    w("gutterAtTop"),
    w("trackRevisions"),
    w("defaultTabStop"),
    w("autoHyphenation"),
    w("consecutiveHyphenLimit"),
    w("hyphenationZone"),
    w("doNotHyphenateCaps"),
    w("evenAndOddHeaders"),
    w("characterSpacingControl"),
    w("footnotePr"),
    w("endnotePr"),
    w("compat"),
    f"{{{_MATH}}}mathPr",
    w("themeFontLang"),
    w("clrSchemeMapping"),
    w("decimalSymbol"),
    w("listSeparator"),
)


def settings_part(template: bytes | None, language: str, *, track_changes: bool) -> bytes:
    """Return the settings of a document."""
    kept = _kept(template)
    kept[w("footnotePr")] = _footnote_separators()
    kept[w("themeFontLang")] = _element("themeFontLang", val=language)
    kept[w("decimalSymbol")] = _element("decimalSymbol", val=",")
    kept[w("listSeparator")] = _element("listSeparator", val=";")
    kept.pop(w("trackRevisions"), None)
    if track_changes:
        kept[w("trackRevisions")] = _element("trackRevisions")
    root = etree.Element(w("settings"), nsmap={"w": W, "m": _MATH})
    root.extend([kept[name] for name in _ORDER if name in kept])
    return serialise(root)


def _kept(template: bytes | None) -> dict[str, etree._Element]:
    if template is None:
        return {}
    return {
        str(child.tag): copy.deepcopy(child) for child in parse(template) if child.tag in _ORDER
    }


def _element(name: str, **attributes: str) -> etree._Element:
    return etree.Element(
        w(name), {w(key): value for key, value in attributes.items()}, nsmap={"w": W}
    )


def _footnote_separators() -> etree._Element:
    properties = _element("footnotePr")
    for identifier in (SEPARATOR_ID, CONTINUATION_ID):
        properties.append(_element("footnote", id=str(identifier)))
    return properties
