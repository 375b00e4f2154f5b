"""What every Word file of ours must hold: the schema's rules and those of accessibility.

`check_docx(data)` returns one sentence per fault; a sound file gives an empty list.
"""

from __future__ import annotations

import functools
import io
import posixpath
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from lxml import etree
from openxml_audit import OpenXmlValidator
from openxml_audit import validator as audit_validator

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = {
    "w": W,
    "r": R,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_VAL = f"{{{W}}}val"
_A4 = ("11906", "16838")
_SCHEMES = ("http://", "https://", "mailto:")
_ASKING_FIELDS = ("INCLUDETEXT", "INCLUDEPICTURE", "LINK", "DDE", "ASK", "FILLIN", "MERGEFIELD")
# A tiny paragraph between tables and after the last one is structure; a blank cell is content.
_MAY_BE_EMPTY_STYLES = {"Tabellskille"}


def check_docx(data: bytes, *, a4: bool = True) -> list[str]:
    """Return every fault of a Word file; `a4=False` for a template with pages of its own."""
    parts = Parts(data)
    faults = audit(data)
    for check in (
        _relations,
        _content_types,
        _properties,
        _language,
        _styles,
        _headings,
        _paragraphs,
        _tables,
        _figures,
        _numbering,
        _footnotes,
        _bookmarks_and_links,
        _fields,
    ):
        faults += check(parts)
    if a4:
        faults += _page_size(parts)
    return faults


def audit(data: bytes) -> list[str]:
    """Return the findings of openxml-audit."""
    if len(_LastingPackage.kept) > 100:
        _LastingPackage.kept.clear()
        _validator.cache_clear()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.docx"
        path.write_bytes(data)
        return [f"openxml-audit: {finding}" for finding in _validator().validate(path).errors]


class _LastingPackage(audit_validator.OpenXmlPackage):
    """A package that outlives its validation.

    The validator caches what it found by the package's `id()`, which Python gives to the next one.
    """

    kept: ClassVar[list[_LastingPackage]] = []

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.kept.append(self)


audit_validator.OpenXmlPackage = _LastingPackage


@functools.cache
def _validator() -> OpenXmlValidator:
    return OpenXmlValidator()


class Parts:
    """The parts of a package; XML parts are parsed on demand."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.names = archive.namelist()
            self.raw = {name: archive.read(name) for name in self.names}
        self._parsed: dict[str, etree._Element] = {}

    def xml(self, name: str) -> etree._Element:
        if name not in self._parsed:
            self._parsed[name] = etree.fromstring(self.raw[name])
        return self._parsed[name]

    @property
    def document(self) -> etree._Element:
        return self.xml("word/document.xml")

    def relations(self, source: str) -> dict[str, etree._Element]:
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        if part not in self.raw:
            return {}
        return {item.get("Id"): item for item in self.xml(part)}


def find(node: etree._Element, path: str) -> list[etree._Element]:
    return node.xpath(path, namespaces=_NS)


def paragraph_text(paragraph: etree._Element) -> str:
    """Return the text of one paragraph: breaks as newlines, footnote marks as nothing."""
    signs = {"br": "\n", "tab": "\t", "softHyphen": "\u00ad", "noBreakHyphen": "\u2011"}
    text = []
    for node in paragraph.iter():
        name = etree.QName(node).localname
        if name == "t":
            text.append(node.text or "")
        elif name in signs and node.getparent().tag == f"{{{W}}}r":
            text.append(signs[name])
    return "".join(text)


def style_name(parts: Parts, paragraph: etree._Element) -> str:
    """Return the name of a paragraph's style."""
    identifiers = find(paragraph, "w:pPr/w:pStyle/@w:val")
    if not identifiers:
        return "Normal"
    names = find(parts.xml("word/styles.xml"), f"w:style[@w:styleId='{identifiers[0]}']/w:name")
    return names[0].get(_VAL) if names else f"?{identifiers[0]}"


def body_paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Return style name and text of every paragraph of the body, in order."""
    parts = Parts(data)
    return [(style_name(parts, p), paragraph_text(p)) for p in find(parts.document, "//w:p")]


def _relations(parts: Parts) -> Iterator[str]:
    for name in parts.names:
        if not name.endswith(".xml") or name.startswith("["):
            continue
        relations = parts.relations(name)
        for used in find(parts.xml(name), "//@r:id | //@r:embed"):
            if used not in relations:
                yield f"{name}: {used} is no relationship"
        for relation in relations.values():
            yield from _relation_target(parts, name, relation)


def _relation_target(parts: Parts, source: str, relation: etree._Element) -> Iterator[str]:
    target = relation.get("Target")
    if relation.get("TargetMode") == "External":
        if not target.startswith(_SCHEMES):
            yield f"{source}: link without a safe scheme: {target}"
        return
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
    if path not in parts.raw:
        yield f"{source}: {target} is not in the package"


def _content_types(parts: Parts) -> Iterator[str]:
    types = parts.xml("[Content_Types].xml")
    overrides = set(find(types, "ct:Override/@PartName"))
    defaults = set(find(types, "ct:Default/@Extension"))
    if len(set(parts.names)) != len(parts.names):
        yield "a part occurs twice"
    for name in parts.names[1:]:
        if f"/{name}" not in overrides and name.rpartition(".")[2] not in defaults:
            yield f"{name} has no content type"
        if name.endswith(".xml") and f"/{name}" not in overrides:
            yield f"{name} has only the type of any XML"
    for override in overrides:
        if override.lstrip("/") not in parts.raw:
            yield f"{override} has a content type and is not there"


def _properties(parts: Parts) -> Iterator[str]:
    core = parts.xml("docProps/core.xml")
    for name in ("dc:title", "dc:creator"):
        if not "".join(find(core, f"{name}/text()")).strip():
            yield f"core property {name} is empty"
    if (
        b"python-docx" in parts.raw["docProps/core.xml"]
        or b"2013-" in parts.raw["docProps/core.xml"]
    ):
        yield "core properties of another program's template"


def _language(parts: Parts) -> Iterator[str]:
    styles = parts.xml("word/styles.xml")
    default = find(styles, "w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val")
    if not default or default[0] not in {"nb-NO", "nn-NO"}:
        yield f"language of the document defaults: {default}"
        return
    for name in ("word/styles.xml", "word/document.xml", "word/footnotes.xml"):
        if any(value != default[0] for value in find(parts.xml(name), "//w:lang/@w:val")):
            yield f"{name}: another language than {default[0]}"
    if find(parts.xml("word/settings.xml"), "w:themeFontLang/@w:val") != default:
        yield "themeFontLang is not the language of the document"
    if find(parts.xml("docProps/core.xml"), "dc:language/text()") != default:
        yield "the language property is not the language of the document"


def _styles(parts: Parts) -> Iterator[str]:
    styles = parts.xml("word/styles.xml")
    identifiers = find(styles, "w:style/@w:styleId")
    names = [name.casefold() for name in find(styles, "w:style/w:name/@w:val")]
    for what, values in (("style id", identifiers), ("style name", names)):
        yield from (f"{what} {v} occurs {n} times" for v, n in Counter(values).items() if n > 1)
    kinds = {s.get(f"{{{W}}}styleId"): s.get(f"{{{W}}}type") for s in find(styles, "w:style")}
    wanted = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    for name in parts.names:
        if name.startswith("word/") and name.endswith(".xml"):
            for tag, kind in wanted.items():
                for identifier in find(parts.xml(name), f"//w:{tag}/@w:val"):
                    if kinds.get(identifier) != kind:
                        yield f"{name}: no {kind} style {identifier}"
    for tag in ("basedOn", "next", "link"):
        for identifier in find(styles, f"w:style/w:{tag}/@w:val"):
            if identifier not in kinds:
                yield f"styles: {tag} {identifier} is not there"


def _outline_level(parts: Parts, style: str) -> int | None:
    """Return the outline level of a style (0 = Heading 1), its own or its base's."""
    styles = parts.xml("word/styles.xml")
    while True:
        found = find(styles, f"w:style[@w:styleId='{style}']")
        if not found:
            return None
        level = find(found[0], "w:pPr/w:outlineLvl/@w:val")
        if level:
            return int(level[0])
        base = find(found[0], "w:basedOn/@w:val")
        if not base:
            return None
        style = base[0]


def _headings(parts: Parts) -> Iterator[str]:
    previous = -1
    titles = 0
    for paragraph in find(parts.document, "//w:body//w:p"):
        for style in find(paragraph, "w:pPr/w:pStyle/@w:val"):
            titles += style_name(parts, paragraph) == "Title"
            level = _outline_level(parts, style)
            if level is None or level > 8:
                continue
            text = paragraph_text(paragraph)
            if not text.strip() and not find(paragraph, ".//w:footnoteReference"):
                yield "an empty heading"
            if level > previous + 1:
                yield f"heading level {level + 1} after {previous + 1}: {text}"
            previous = level
    if titles > 1:
        yield f"{titles} titles"


def _paragraphs(parts: Parts) -> Iterator[str]:
    for paragraph in find(parts.document, "//w:body//w:p"):
        if paragraph_text(paragraph).strip() or find(
            paragraph, ".//w:drawing | .//w:footnoteReference | w:pPr/w:numPr"
        ):
            continue
        name = style_name(parts, paragraph)
        in_cell = paragraph.getparent().tag == f"{{{W}}}tc"
        if not in_cell and name not in _MAY_BE_EMPTY_STYLES:
            yield f"an empty paragraph in style {name}"
    for separator in find(parts.document, "//w:body/w:p[w:pPr/w:pStyle/@w:val='Tabellskille']"):
        before, after = separator.getprevious(), separator.getnext()
        around = [node.tag for node in (before, after) if node is not None]
        if f"{{{W}}}tbl" not in around:
            yield "a separator away from any table"
    if find(parts.document, "//w:txbxContent"):
        yield "a text box"


def _tables(parts: Parts) -> Iterator[str]:
    for cell in find(parts.document, "//w:tc"):
        if len(cell) == 0 or cell[-1].tag != f"{{{W}}}p":
            yield "a table cell does not end in a paragraph"
    for table in find(parts.document, "//w:tbl"):
        following = table.getnext()
        if following is None or following.tag == f"{{{W}}}tbl":
            yield "a table without a paragraph after it"
        yield from _one_table(table)


def _one_table(table: etree._Element) -> Iterator[str]:
    columns = len(find(table, "w:tblGrid/w:gridCol"))
    look = find(table, "w:tblPr/w:tblLook")[0]
    rows = find(table, "w:tr")
    headers = [bool(find(row, "w:trPr/w:tblHeader")) for row in rows]
    if look.get(f"{{{W}}}firstRow") == "1" and not headers[0]:
        yield "the first row looks like a header row and is not marked"
    if headers != sorted(headers, reverse=True):
        yield "a header row below an ordinary row"
    for row in rows:
        width = sum(
            int((find(cell, "w:tcPr/w:gridSpan/@w:val") or ["1"])[0]) for cell in find(row, "w:tc")
        )
        if width != columns:
            yield f"a row of {width} columns in a table of {columns}"
    yield from _merges(rows)


def _merges(rows: list[etree._Element]) -> Iterator[str]:
    open_columns: dict[int, int] = {}
    for row in rows:
        column, still_open = 0, {}
        for cell in find(row, "w:tc"):
            span = int((find(cell, "w:tcPr/w:gridSpan/@w:val") or ["1"])[0])
            merge = find(cell, "w:tcPr/w:vMerge")
            if merge:
                if merge[0].get(_VAL) != "restart" and open_columns.get(column) != span:
                    yield "a merged cell continues nothing"
                still_open[column] = span
            column += span
        open_columns = still_open


def _figures(parts: Parts) -> Iterator[str]:
    properties = find(parts.document, "//wp:docPr")
    for item in properties:
        if not (item.get("descr") or "").strip():
            yield "a figure without alternative text"
    if len({item.get("id") for item in properties}) != len(properties):
        yield "two drawings with one id"


def _numbering(parts: Parts) -> Iterator[str]:
    numbering = parts.xml("word/numbering.xml")
    instances = find(numbering, "w:num/@w:numId")
    abstracts = find(numbering, "w:abstractNum/@w:abstractNumId")
    if len(set(instances)) != len(instances) or len(set(abstracts)) != len(abstracts):
        yield "a list id occurs twice"
    for used in find(parts.document, "//w:numPr/w:numId/@w:val"):
        if used not in instances:
            yield f"list {used} is not in the numbering part"
    for used in find(numbering, "w:num/w:abstractNumId/@w:val"):
        if used not in abstracts:
            yield f"abstract list {used} is not there"


def _footnotes(parts: Parts) -> Iterator[str]:
    notes = find(parts.xml("word/footnotes.xml"), "w:footnote")
    ordinary = [n.get(f"{{{W}}}id") for n in notes if n.get(f"{{{W}}}type") is None]
    marks = find(parts.document, "//w:footnoteReference/@w:id")
    if marks != ordinary:
        yield f"footnote marks {marks} and footnotes {ordinary}"
    separators = [n.get(f"{{{W}}}id") for n in notes if n.get(f"{{{W}}}type") is not None]
    if find(parts.xml("word/settings.xml"), "w:footnotePr/w:footnote/@w:id") != separators:
        yield "the settings do not name the footnote separators"


def _bookmarks_and_links(parts: Parts) -> Iterator[str]:
    starts = find(parts.document, "//w:bookmarkStart")
    names = [start.get(f"{{{W}}}name") for start in starts]
    for what, values in (
        ("bookmark", [name.casefold() for name in names]),
        ("bookmark id", [start.get(f"{{{W}}}id") for start in starts]),
        ("content control id", find(parts.document, "//w:sdtPr/w:id/@w:val")),
    ):
        yield from (f"{what} {v} occurs {n} times" for v, n in Counter(values).items() if n > 1)
    if sorted(find(parts.document, "//w:bookmarkEnd/@w:id")) != sorted(
        start.get(f"{{{W}}}id") for start in starts
    ):
        yield "bookmarks that do not end"
    yield from (f"bookmark name too long: {name}" for name in names if len(name) > 40)
    for name in ("word/document.xml", "word/footnotes.xml"):
        for anchor in find(parts.xml(name), "//w:hyperlink/@w:anchor"):
            if anchor not in names:
                yield f"a link to {anchor}, which is not there"


def _fields(parts: Parts) -> Iterator[str]:
    if find(parts.xml("word/settings.xml"), "w:updateFields | w:attachedTemplate | w:mailMerge"):
        yield "a setting that asks on opening"
    for name in parts.names:
        if name.startswith("word/") and name.endswith(".xml"):
            instructions = find(parts.xml(name), "//w:fldSimple/@w:instr | //w:instrText/text()")
            for instruction in instructions:
                if instruction.split()[0].upper() in _ASKING_FIELDS:
                    yield f"{name}: field {instruction.strip()}"
            if find(parts.xml(name), "//@w:dirty"):
                yield f"{name}: a field that is updated on opening"


def _page_size(parts: Parts) -> Iterator[str]:
    sizes = find(parts.document, "//w:sectPr/w:pgSz")
    if not sizes:
        yield "no page size"
    for size in sizes:
        measured = (size.get(f"{{{W}}}w"), size.get(f"{{{W}}}h"))
        if measured != _A4:
            yield f"page size {measured} is not A4"
