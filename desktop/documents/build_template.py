"""Builds our own A4 template: `python -m desktop.documents.build_template` writes it anew.

Made with python-docx: its default document is emptied of everything American (Letter, en-US, its
styles, theme, thumbnail, custom XML) and filled with ours. The template itself is also what an
utvalg starts from to make its own.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from desktop.documents import ooxml
from desktop.documents import relations as rel
from desktop.documents.build_styles import LINK_COLOR, element, put_styles
from desktop.documents.look import FONT, HEADER_FILL, INK, QUIET, RULE
from desktop.documents.make_shell import make_shell
from desktop.documents.numbering import abstract_lists
from desktop.documents.page import EDGE_MM, MARGIN_MM
from desktop.documents.properties import app_part
from desktop.documents.shell import encode_shell, own_shell_name
from desktop.documents.template import OWN_TEMPLATE
from desktop.documents.template_styles import PARAGRAPH_STYLES
from desktop.ressurser import resource_root

if TYPE_CHECKING:
    from docx.document import Document

_MADE = datetime(2023, 8, 15, 12, tzinfo=UTC)
_LISTS_WITH_STYLES = 2
_KEPT_RELATIONS = frozenset(
    {rel.STYLES, rel.SETTINGS, rel.NUMBERING, rel.MAIN, rel.CORE_PROPERTIES}
)
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"


def build_template() -> bytes:
    """Return the template: every paragraph style shown by its name, and nothing else."""
    made = docx.Document()
    put_styles(made)
    _set_page(made)
    _set_settings(made)
    _set_lists(made)
    _set_properties(made)
    _replace_parts(made)
    for style in PARAGRAPH_STYLES:
        made.add_paragraph(style.name, style.name)
    part = made.part
    for root in (made.element, made.styles.element, made.settings.element):
        _tidy(root)
    _tidy(part.numbering_part.element)
    stream = io.BytesIO()
    made.save(stream)
    return _packed(stream)


def _set_page(made: Document) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    section.header_distance = section.footer_distance = Mm(EDGE_MM)
    properties = made.element.body.sectPr
    properties.attrib.clear()
    properties.remove(properties.find(qn("w:docGrid")))
    properties.find(qn("w:cols")).set(qn("w:space"), "708")


def _set_settings(made: Document) -> None:
    compatible = element(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    _refill(
        made.settings.element,
        element("zoom", percent=100),
        element("defaultTabStop", val=708),
        element("characterSpacingControl", val="doNotCompress"),
        element("compat", compatible),
        element("themeFontLang", val="nb-NO"),
        element("decimalSymbol", val=","),
        element("listSeparator", val=";"),
    )


def _set_lists(made: Document) -> None:
    lists = parse_xml(f'<w:numbering xmlns:w="{ooxml.W}">{abstract_lists(0)}</w:numbering>')
    instances = (
        element("num", element("abstractNumId", val=number), numId=number + 1)
        for number in range(_LISTS_WITH_STYLES)
    )
    _refill(made.part.numbering_part.element, *lists, *instances)


def _refill(root: etree._Element, *children: etree._Element) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(children)


def _set_properties(made: Document) -> None:
    core = made.core_properties
    core.title = "Møteboks mal"
    core.author = core.last_modified_by = "Møtebok"
    core.comments = "Stilene, siden og listene som dokumentene fra Møtebok skrives med."
    core.keywords = ""
    core.language = "nb-NO"
    core.revision = 1
    core.created = core.modified = _MADE


def _replace_parts(made: Document) -> None:
    """Drop the parts that python-docx passes through unread, and add ours."""
    part = made.part
    package = part.package
    for relations in (part.rels, package.rels):
        for identifier, relation in list(relations.items()):
            if relation.reltype not in _KEPT_RELATIONS:
                del relations[identifier]
    for owner, name, kind, content_type, data in (
        (part, "/word/theme/theme1.xml", rel.THEME, ooxml.TYPE_THEME, _theme().encode()),
        (part, "/word/fontTable.xml", rel.FONTS, ooxml.TYPE_FONTS, _fonts().encode()),
        (package, "/docProps/app.xml", rel.EXTENDED_PROPERTIES, ooxml.TYPE_APP, app_part()),
    ):
        owner.relate_to(Part(PackURI(name), content_type, data, package), kind)


def _tidy(root: etree._Element) -> None:
    """Drop what says nothing: empty properties, editing sessions, unused namespaces."""
    for left_over in list(root.iter(qn("w:rsid"), qn("w:pPr"), qn("w:rPr"))):
        parent = left_over.getparent()
        if parent is not None and not len(left_over):
            parent.remove(left_over)
    root.attrib.pop(_IGNORABLE, "")
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])


def _packed(stream: io.BytesIO) -> bytes:
    """Return the package with its parts in order and without the time of day."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(stream) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist()):
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _fonts() -> str:
    return (
        f'{ooxml.XML_HEAD}<w:fonts {ooxml.NAMESPACES}><w:font w:name="{FONT}">'
        '<w:altName w:val="Liberation Sans"/><w:panose1 w:val="020B0604020202020204"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        "</w:fonts>"
    )


def _theme() -> str:
    """Return the theme: our two colours for whoever draws in Word, and our typeface.

    Word and its validators ask for a theme; no style of ours refers to it.
    """
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in (
            ("dk1", "000000"),
            ("lt1", "FFFFFF"),
            ("dk2", INK),
            ("lt2", HEADER_FILL),
            ("accent1", INK),
            ("accent2", LINK_COLOR),
            ("accent3", "8A3A00"),
            ("accent4", "3B6E4A"),
            ("accent5", QUIET),
            ("accent6", RULE),
            ("hlink", LINK_COLOR),
            ("folHlink", "5B3A8C"),
        )
    )
    typeface = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{ooxml.XML_HEAD}<a:theme xmlns:a="{ooxml.A}" name="Møtebok"><a:themeElements>'
        f'<a:clrScheme name="Møtebok">{colours}</a:clrScheme><a:fontScheme name="Møtebok">'
        f"<a:majorFont>{typeface}</a:majorFont><a:minorFont>{typeface}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Møtebok"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def build_shells(template: bytes) -> dict[str, bytes]:
    """Return our template made ready for each language, by resource name."""
    return {
        own_shell_name(language): encode_shell(make_shell(template, language))
        for language in ooxml.LANGUAGES.values()
    }


def main() -> None:
    """Write the template into the resources."""
    template = build_template()
    for name, data in {OWN_TEMPLATE: template, **build_shells(template)}.items():
        (resource_root() / name).write_bytes(data)


if __name__ == "__main__":
    main()
