"""A Word file from outside, opened with care: its parts, or the reason why it is not read.

Nothing of the file is used before all of it is checked: the kind of file, its packing and size, its
macros, its content types, and that the parts the text needs are there and well-formed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from desktop.filer.checked_zip import PackageError, ZipLimits, read_package
from desktop.importing.docx_errors import DocxError
from desktop.importing.docx_xml import Element, R, child, parse, w

_MB: Final = 1024 * 1024
LARGEST_FILE: Final = 100 * _MB
_LARGEST_TEXT: Final = 24 * _MB
_LIMITS: Final = ZipLimits(parts=4096, part=64 * _MB, total=200 * _MB)

_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/"
_RELATION: Final = f"{{{_PACKAGE}relationships}}Relationship"
_TYPES: Final = f"{{{_PACKAGE}content-types}}"
_MAIN_TYPES: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_OTHER_MAIN: Final = {"spreadsheetml": "Excel", "presentationml": "PowerPoint"}
_SIGNATURES: Final = {
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"<html": "HTML",
    b"<!doc": "HTML",
    b"MIME-": "HTML",
    b"<?xml": "XML",
}
_CUSTOM: Final = f"{R}/custom-properties"
_CORE: Final = f"{_PACKAGE}relationships/metadata/core-properties"


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship; `target` is a part's name, or an address when external."""

    type: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class DocxPackage:
    """The parts of a Word file that is sound as far as the text goes.

    Attributes:
        main: The name of the main part.
        parts: Every part by name, as bytes.
        document: The root of the main part.
        roots: The parsed side parts that are there: styles, numbering, footnotes, endnotes,
            comments, settings.
        relations: The relationships of the main part and of the note parts, by id.
        identity: Custom properties by name, and the core identifier as "identifier".
    """

    main: str
    parts: Mapping[str, bytes]
    document: Element
    roots: Mapping[str, Element]
    relations: Mapping[str, Mapping[str, Relation]]
    identity: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> Element:
        """The body of the document."""
        found = child(self.document, "body")
        if found is None:
            raise DocxError("missing_part", **{"del": "body"})
        return found


_SIDE_PARTS: Final = ("styles", "numbering", "footnotes", "endnotes", "comments", "settings")


def open_docx(data: bytes) -> DocxPackage:
    """Return the parts of a Word file.

    Raises:
        DocxError: the file is refused; see its codes.
    """
    _check_kind(data)
    try:
        parts = read_package(data, _LIMITS)
    except PackageError as error:
        raise _refusal(error) from error
    try:
        return _Opening(parts).run()
    except (ValueError, LookupError) as error:
        raise DocxError("damaged", **{"del": ""}) from error


def _check_kind(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise DocxError("too_large")
    if data.startswith(_OLE):
        # The directory of an OLE file names its streams in UTF-16.
        locked = "EncryptedPackage".encode("utf-16-le") in data
        if locked:
            raise DocxError("password")
        raise DocxError("old_format")
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:5].lower()
    for signature, name in _SIGNATURES.items():
        if start.startswith(signature.lower()):
            raise DocxError("other_format", format=name)


def _refusal(error: PackageError) -> DocxError:
    match error.code:
        case "not_zip":
            return DocxError("not_word")
        case "encrypted":
            return DocxError("password")
        case "too_large":
            return DocxError("too_large")
        case "unsafe_name" | "doctype":
            return DocxError("unsafe", **{"del": error.part})
        case _:
            return DocxError("damaged", **{"del": error.part})


class _Opening:
    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._names = {name.casefold(): name for name in parts}

    def run(self) -> DocxPackage:
        types = self._content_types()
        self._check_macros(types)
        root = self._relations("")
        main = self._main(root, types)
        relations = self._relations(main)
        document = self._root(main)
        if document.tag != w("document"):
            raise DocxError("strict_format" if _STRICT in self._parts[main] else "not_word")
        found: dict[str, Element] = {}
        related: dict[str, Mapping[str, Relation]] = {"document": relations}
        for kind in _SIDE_PARTS:
            name = self._target(relations, f"{R}/{kind}")
            if name:
                found[kind] = self._root(name)
                related[kind] = self._relations(name)
        return DocxPackage(main, self._parts, document, found, related, self._identity(root))

    def _content_types(self) -> dict[str, str]:
        listed = self._names.get("[content_types].xml")
        if listed is None:
            kind = self._parts.get("mimetype", b"")
            if b"opendocument" in kind:
                raise DocxError("other_format", format="OpenDocument")
            raise DocxError("not_word")
        root = self._root(listed)
        defaults = {
            item.get("Extension", "").lower(): item.get("ContentType", "").lower()
            for item in root.iterchildren(f"{_TYPES}Default")
        }
        overrides = {
            item.get("PartName", "").lstrip("/").casefold(): item.get("ContentType", "").lower()
            for item in root.iterchildren(f"{_TYPES}Override")
        }
        extensions = {name: name.rpartition(".")[2].lower() for name in self._parts}
        return {
            name: overrides.get(name.casefold(), defaults.get(extension, ""))
            for name, extension in extensions.items()
        }

    def _check_macros(self, types: Mapping[str, str]) -> None:
        named = any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in self._names)
        typed = any("macroenabled" in kind or "vbaproject" in kind for kind in types.values())
        if named or typed:
            raise DocxError("macros")

    def _main(self, root: Mapping[str, Relation], types: Mapping[str, str]) -> str:
        package = self._names.get("_rels/.rels")
        if package and _STRICT in self._parts[package]:
            raise DocxError("strict_format")
        target = next((one for one in root.values() if one.type == f"{R}/officeDocument"), None)
        if target is None:
            raise DocxError("not_word")
        name = self._names.get(target.target.casefold())
        if name is None:
            raise DocxError("missing_part", **{"del": target.target})
        kind = types[name]
        for part, program in _OTHER_MAIN.items():
            if part in kind:
                raise DocxError("other_format", format=program)
        if kind not in _MAIN_TYPES:
            raise DocxError("not_word")
        return name

    def _root(self, name: str) -> Element:
        data = self._parts[name]
        if len(data) > _LARGEST_TEXT:
            raise DocxError("too_large")
        try:
            return parse(data)
        except etree.XMLSyntaxError as error:
            raise DocxError("damaged", **{"del": name}) from error

    def _relations(self, source: str) -> dict[str, Relation]:
        folder, own = posixpath.split(source)
        name = self._names.get(posixpath.join(folder, "_rels", f"{own}.rels").casefold())
        if name is None:
            return {}
        return {
            item.get("Id", ""): _relation(item, folder)
            for item in self._root(name).iterchildren(_RELATION)
        }

    def _target(self, relations: Mapping[str, Relation], kind: str) -> str | None:
        for relation in relations.values():
            if relation.type == kind and not relation.external:
                name = self._names.get(relation.target.casefold())
                if name is None:
                    raise DocxError("missing_part", **{"del": relation.target})
                return name
        return None

    def _identity(self, root: Mapping[str, Relation]) -> dict[str, str]:
        """Return the properties by which a file that comes back is known; damage is no matter."""
        found: dict[str, str] = {}
        for kind, read in ((_CORE, _core_identifier), (_CUSTOM, _custom_properties)):
            target = next((one.target for one in root.values() if one.type == kind), "")
            data = self._parts.get(self._names.get(target.casefold(), ""))
            if data is not None and len(data) < _MB:
                try:
                    found |= read(parse(data))
                except etree.XMLSyntaxError:
                    continue
        return found


def _relation(item: Element, folder: str) -> Relation:
    target = item.get("Target", "")
    external = item.get("TargetMode", "").lower() == "external"
    if not external:
        # A target from the root of the package begins with a slash.
        joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        target = posixpath.normpath(joined)
    return Relation(item.get("Type", ""), target, external)


def _core_identifier(root: Element) -> Iterator[tuple[str, str]]:
    for item in root.iterchildren("{http://purl.org/dc/elements/1.1/}identifier"):
        if item.text:
            yield "identifier", item.text


def _custom_properties(root: Element) -> Iterator[tuple[str, str]]:
    for item in root.iterchildren("{*}property"):
        name, texts = item.get("name"), [str(text) for text in item.itertext()]
        if name:
            yield name, "".join(texts).strip()
