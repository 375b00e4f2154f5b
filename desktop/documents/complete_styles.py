"""The styles part of a template, completed with our own styles and set to a language."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, NamedTuple

from desktop.documents import style_names as names
from desktop.documents.ooxml import W
from desktop.documents.xml_tree import children, parse, split_at_end, w

if TYPE_CHECKING:
    from lxml import etree


class CompleteStyles(NamedTuple):
    """A styles part before and after the place of further styles.

    `ids` maps the casefolded name of every style to its id. `borrowed` holds the names of those
    that the template did not have and that were copied from our own.
    """

    head: str
    tail: str
    ids: dict[str, str]
    borrowed: frozenset[str]


def complete_styles(part: bytes | None, own: bytes, language: str) -> CompleteStyles:
    """Return the styles part that documents of one template and one language are written with."""
    root = parse(part or f'<w:styles xmlns:w="{W}"/>'.encode())
    _set_language(root, language)
    ids = _ids_by_name(root)
    borrowed: frozenset[str] = frozenset()
    if part != own:
        borrowed = _borrow(root, parse(own), ids)
    return CompleteStyles(*split_at_end(root), ids, borrowed)


def _ids_by_name(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for style in children(root, "style"):
        identifier = style.get(w("styleId"), "")
        for name in _names(style):
            found.setdefault(name, identifier)
        if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true", "on"}:
            found[names.NORMAL.casefold()] = identifier
    return found


def _names(style: etree._Element) -> list[str]:
    name = _value(style, "name")
    aliases = (_value(style, "aliases") or "").split(",")
    return [each.strip().casefold() for each in (name or "", *aliases) if each.strip()]


def _value(parent: etree._Element, name: str) -> str | None:
    child = parent.find(w(name))
    return None if child is None else child.get(w("val"))


def _borrow(root: etree._Element, own: etree._Element, ids: dict[str, str]) -> frozenset[str]:
    """Copy the styles of ours whose name the template lacks; `ids` is completed."""
    taken = {style.get(w("styleId"), "").casefold() for style in children(root, "style")}
    added: dict[str, etree._Element] = {}
    renamed: dict[str, str] = {}
    for style in children(own, "style"):
        name, old = _names(style)[0], style.get(w("styleId"), "")
        if name in ids:
            renamed[old] = ids[name]
            continue
        added[name] = copy.deepcopy(style)
        renamed[old] = ids[name] = _free_id(old, taken)
    for style in added.values():
        _adopt(style, renamed)
        root.append(style)
    return frozenset(added)


def _free_id(wished: str, taken: set[str]) -> str:
    identifier, count = wished, 1
    while identifier.casefold() in taken:
        count += 1
        identifier = f"{wished}Motebok{count}"
    taken.add(identifier.casefold())
    return identifier


def _adopt(style: etree._Element, renamed: dict[str, str]) -> None:
    """Point a copied style at the ids of its new home; its list numbering stays behind."""
    style.set(w("styleId"), renamed[style.get(w("styleId"), "")])
    if style.get(w("default")):
        del style.attrib[w("default")]
    for name in ("basedOn", "next", "link"):
        for reference in children(style, name):
            reference.set(w("val"), renamed[reference.get(w("val"), "")])
    for properties in children(style, "pPr"):
        for numbering in list(children(properties, "numPr")):
            properties.remove(numbering)


def _set_language(root: etree._Element, language: str) -> None:
    """Set the language in the document defaults and wherever a style has one of its own."""
    for lang in root.iter(w("lang")):
        if lang.get(w("val")) is not None:
            lang.set(w("val"), language)
    run_properties = _default_run_properties(root)
    lang_element = run_properties.find(w("lang"))
    if lang_element is None:
        lang_element = run_properties.makeelement(w("lang"))
        _insert_language(run_properties, lang_element)
    lang_element.set(w("val"), language)


def _insert_language(run_properties: etree._Element, lang: etree._Element) -> None:
    later = {w(name) for name in ("eastAsianLayout", "specVanish", "oMath")}
    position = next((i for i, child in enumerate(run_properties) if child.tag in later), None)
    run_properties.insert(len(run_properties) if position is None else position, lang)


def _default_run_properties(root: etree._Element) -> etree._Element:
    defaults = _first_child(root, "docDefaults")
    return _first_child(_first_child(defaults, "rPrDefault"), "rPr")


def _first_child(parent: etree._Element, name: str) -> etree._Element:
    child = parent.find(w(name))
    if child is None:
        child = parent.makeelement(w(name))
        parent.insert(0, child)
    return child
