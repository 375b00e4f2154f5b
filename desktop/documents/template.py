"""Word templates: our own and an utvalg's own, taken apart into what a new document keeps.

Kept: styles, numbering, theme, fonts, page size and margins, heads and feet with their pictures.
Left behind: the body, macros (such a template is refused), the attached template, mail merge,
protection, thumbnails, building blocks, comments: anything that asks a question on opening, or
loads something from elsewhere.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from desktop.documents import relations as rel
from desktop.documents.ooxml import CONTENT_TYPES, PACKAGE_RELATIONS, W
from desktop.documents.relations import Relation, relations_name, resolve
from desktop.documents.template_errors import TemplateError, TemplateProblem
from desktop.documents.xml_tree import parse, r, w
from desktop.filer.checked_zip import PackageError, read_package
from desktop.ressurser import resource_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

OWN_TEMPLATE = "maler/motebok.docx"

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_STRICT = b"http://purl.oclc.org/ooxml/"
_XML_NAMES = (".xml", ".rels", ".vml")
_WORD_MAIN = "wordprocessingml"
_KEPT_RELATIONS = frozenset({rel.THEME, rel.FONTS, rel.ENDNOTES, rel.CUSTOM_XML})
_HEAD_OR_FOOT = frozenset({rel.HEADER, rel.FOOTER})


class Template(NamedTuple):
    """What new documents take from a template.

    `parts` are copied as they are, with `types` (content types by part). `relations` are those of
    the main part that stay. `section` is the last section's properties with the head and foot it
    shows.
    """

    main: str
    parts: dict[str, bytes]
    types: dict[str, str]
    relations: tuple[Relation, ...]
    section: etree._Element
    styles: bytes | None
    settings: bytes | None
    numbering: bytes | None
    custom_properties: bytes | None

    @property
    def has_head_or_foot(self) -> bool:
        """Whether the template brings a page head or foot of its own."""
        return any(relation.type in _HEAD_OR_FOOT for relation in self.relations)


@lru_cache(maxsize=8)
def own_template() -> bytes:
    """Return the bytes of our own template."""
    return resource_bytes(OWN_TEMPLATE)


@lru_cache(maxsize=8)
def read_template(data: bytes) -> Template:
    """Take a .docx or .dotx apart.

    Raises:
        TemplateError: the file is no Word document, is damaged, has macros, or is in the strict
            format.
    """
    if data.startswith(_OLE):
        raise TemplateError("old_or_encrypted")
    try:
        parts = read_package(data)
        return _take_apart(parts)
    except PackageError as error:
        raise TemplateError(_problem(error), error.part) from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TemplateError("damaged") from error


def _problem(error: PackageError) -> TemplateProblem:
    match error.code:
        case "not_zip":
            return "not_docx"
        case "encrypted":
            return "old_or_encrypted"
        case "too_large":
            return "too_large"
        case _:
            return "damaged"


def _take_apart(parts: dict[str, bytes]) -> Template:
    types = _content_types(parts)
    main = _main_part(parts, types)
    if any(name.lower().endswith("vbaproject.bin") for name in parts) or any(
        "macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in types.values()
    ):
        raise TemplateError("macros")
    body = _body(parts[main], main)
    relations = _read_relations(parts.get(relations_name(main)))
    section = _section(body)
    kept = _kept_relations(section, relations, parts, main)
    copied = sorted(_reachable(parts, main, kept))
    styles = _related(parts, main, relations, rel.STYLES)
    settings = _related(parts, main, relations, rel.SETTINGS)
    numbering = _related(parts, main, relations, rel.NUMBERING)
    custom = _related(parts, "", _read_relations(parts.get("_rels/.rels")), rel.CUSTOM_PROPERTIES)
    _check_form(
        styles,
        settings,
        numbering,
        custom,
        *(parts[name] for name in copied if name.endswith(_XML_NAMES)),
    )
    return Template(
        main=main,
        parts={name: parts[name] for name in copied},
        types={name: types[name] for name in copied if name in types},
        relations=kept,
        section=section,
        styles=styles,
        settings=settings,
        numbering=numbering,
        custom_properties=custom,
    )


def _check_form(*parts: bytes | None) -> None:
    """Let the parser complain now, not Word later."""
    for part in parts:
        if part is not None:
            parse(part)


def _content_types(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the content type of every part."""
    listed = parts.get("[Content_Types].xml")
    if listed is None:
        raise TemplateError("not_docx")
    root = parse(listed)
    defaults = {
        item.get("Extension", "").lower(): item.get("ContentType", "")
        for item in root.iterchildren(f"{{{CONTENT_TYPES}}}Default")
    }
    overrides = {
        item.get("PartName", "").lstrip("/"): item.get("ContentType", "")
        for item in root.iterchildren(f"{{{CONTENT_TYPES}}}Override")
    }
    by_extension = {name: defaults.get(name.rpartition(".")[2].lower(), "") for name in parts}
    return {**by_extension, **overrides}


def _main_part(parts: dict[str, bytes], types: dict[str, str]) -> str:
    if any(_STRICT in part for name, part in parts.items() if name == "_rels/.rels"):
        raise TemplateError("strict_format")
    for relation in _read_relations(parts.get("_rels/.rels")):
        name = resolve("", relation.target)
        if relation.type == rel.MAIN and name in parts:
            kind = types.get(name, "")
            if _WORD_MAIN in kind or "ms-word" in kind:
                return name
    raise TemplateError("not_docx")


def _body(part: bytes, name: str) -> etree._Element:
    body = parse(part).find(w("body"))
    if body is None:
        raise TemplateError("strict_format" if _STRICT in part else "damaged", name)
    return body


def _section(body: etree._Element) -> etree._Element:
    """Return the last section's properties, completed with the heads and feet it inherits.

    A section without a head of a type shows that of the section before (ECMA-376 § 17.10.5).
    """
    sections = list(body.iter(w("sectPr")))
    if not sections:
        return etree.Element(w("sectPr"), nsmap={"w": W})
    last = sections[-1]
    shown = {_reference_key(item) for item in _references(last)}
    for section in reversed(sections[:-1]):
        for item in _references(section):
            if _reference_key(item) not in shown:
                shown.add(_reference_key(item))
                last.insert(0, item)
    for change in list(last.iterchildren(w("sectPrChange"))):
        last.remove(change)
    for attribute in list(last.attrib):
        del last.attrib[attribute]
    return last


def _references(section: etree._Element) -> Iterable[etree._Element]:
    return list(section.iterchildren(w("headerReference"), w("footerReference")))


def _reference_key(reference: etree._Element) -> tuple[str, str]:
    return str(reference.tag), reference.get(w("type"), "default")


def _kept_relations(
    section: etree._Element,
    relations: tuple[Relation, ...],
    parts: dict[str, bytes],
    main: str,
) -> tuple[Relation, ...]:
    """Return the relations to stay; references to heads and feet that are not there are removed."""
    present = {
        relation.id: relation
        for relation in relations
        if not relation.external and resolve(main, relation.target) in parts
    }
    shown = set()
    for reference in _references(section):
        identifier = reference.get(r("id"), "")
        if identifier in present:
            shown.add(identifier)
        else:
            section.remove(reference)
    return tuple(
        relation
        for relation in present.values()
        if relation.id in shown or relation.type in _KEPT_RELATIONS
    )


def _reachable(parts: dict[str, bytes], main: str, kept: tuple[Relation, ...]) -> set[str]:
    """Return the parts the kept relations lead to, with their own relationship parts."""
    found: set[str] = set()
    waiting = [resolve(main, relation.target) for relation in kept]
    while waiting:
        name = waiting.pop()
        if name in found or name not in parts:
            continue
        found.add(name)
        own = relations_name(name)
        if own in parts:
            found.add(own)
            waiting += [
                resolve(name, relation.target)
                for relation in _read_relations(parts[own])
                if not relation.external
            ]
    return found


def _read_relations(part: bytes | None) -> tuple[Relation, ...]:
    """Return the relationships of a part; none where there is no such part."""
    if part is None:
        return ()
    return tuple(
        Relation(
            item.get("Id", ""),
            item.get("Type", ""),
            item.get("Target", ""),
            item.get("TargetMode") == "External",
        )
        for item in parse(part).iterchildren(f"{{{PACKAGE_RELATIONS}}}Relationship")
    )


def _related(
    parts: dict[str, bytes], source: str, relations: tuple[Relation, ...], kind: str
) -> bytes | None:
    for relation in relations:
        if relation.type == kind and not relation.external:
            return parts.get(resolve(source, relation.target))
    return None
