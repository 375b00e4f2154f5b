"""Puts our styles into a python-docx document, in place of those it came with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt, RGBColor, Twips

from desktop.documents import style_names as names
from desktop.documents.look import FONT, HEADER_FILL, INK, RULE, style_id
from desktop.documents.template_styles import BUILT_IN, PARAGRAPH_STYLES, ParagraphStyle

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import CharacterStyle
    from docx.styles.style import ParagraphStyle as DocxParagraphStyle
    from lxml import etree

LINK_COLOR = "0B4F9E"

_KEPT = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "No List"})
_KNOWN_STYLES = 376  # how many built-in styles Word has of its own: those not here stay hidden
# What follows in CT_PPrBase (ECMA-376 part 1, A.1) on the elements without an API in python-docx.
_AFTER_BORDERS = tuple(
    f"w:{name}" for name in ("shd", "tabs", "spacing", "ind", "contextualSpacing", "outlineLvl")
)


def element(name: str, /, *children: etree._Element, **attributes: object) -> etree._Element:
    """Return a WordprocessingML element."""
    made: etree._Element = OxmlElement(
        f"w:{name}", attrs={qn(f"w:{key}"): str(v) for key, v in attributes.items()}
    )
    made.extend(children)
    return made


def put_styles(document: Document) -> None:
    """Replace every style of a document by ours."""
    for style in list(document.styles):
        if style.name not in _KEPT:
            style.delete()
    _set_latent(document)
    _set_defaults(document)
    _add_character_style(document, names.HYPERLINK, color=LINK_COLOR, underline=True)
    _add_character_style(document, names.FOOTNOTE_REFERENCE, superscript=True)
    for look in PARAGRAPH_STYLES:
        style = document.styles.add_style(
            look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=look.name in BUILT_IN
        )
        style.style_id = style_id(look.name)
    for look in PARAGRAPH_STYLES:
        _fill(document, document.styles[look.name], look)
    _add_table_style(document, names.TABLE, header=True)
    _add_table_style(document, names.HEAD_TABLE, header=False)


def _set_latent(document: Document) -> None:
    """Let Word show no style that is not in the template until somebody uses it."""
    latent = document.styles.latent_styles
    for exception in list(latent):
        exception.delete()
    latent.default_priority = 99
    latent.default_to_hidden = True
    latent.default_to_locked = False
    latent.default_to_quick_style = False
    latent.default_to_unhide_when_used = True
    latent.load_count = _KNOWN_STYLES


def _set_defaults(document: Document) -> None:
    """Set typeface, size, language and spacing of everything; python-docx has no API for it."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for child in list(defaults):
        defaults.remove(child)
    run = element(
        "rPr",
        element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT),
        element("sz", val=21),
        element("szCs", val=21),
        element("lang", val="nb-NO", eastAsia="nb-NO", bidi="ar-SA"),
    )
    paragraph = element(
        "pPr", element("widowControl"), element("spacing", after=120, line=264, lineRule="auto")
    )
    defaults.append(element("rPrDefault", run))
    defaults.append(element("pPrDefault", paragraph))


def _add_character_style(
    document: Document,
    name: str,
    *,
    color: str | None = None,
    underline: bool | None = None,
    superscript: bool | None = None,
) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.style_id = style_id(name)
    style.base_style = document.styles["Default Paragraph Font"]
    style.priority = 99
    style.hidden = False
    style.font.underline = underline
    style.font.superscript = superscript
    _set_color(style, color)


def _set_color(style: CharacterStyle, color: str | None) -> None:
    if color:
        style.font.color.rgb = RGBColor.from_string(color)


def _fill(document: Document, style: DocxParagraphStyle, look: ParagraphStyle) -> None:
    style.base_style = document.styles[look.based_on]
    if look.next_style:
        style.next_paragraph_style = document.styles[look.next_style]
    style.priority = look.priority
    style.quick_style = look.listed
    style.hidden = False
    style.font.bold = look.bold
    style.font.italic = look.italic
    style.font.size = Pt(look.size) if look.size else None
    _set_color(style, look.color)
    _set_paragraph(style, look)
    _set_more(style, look)


def _set_paragraph(style: DocxParagraphStyle, look: ParagraphStyle) -> None:
    form = style.paragraph_format
    form.keep_with_next = look.keep_next
    form.keep_together = look.keep_lines
    form.space_before = _twips(look.before)
    form.space_after = _twips(look.after)
    form.line_spacing = _twips(look.exact) or look.line
    form.left_indent = _twips(look.left)
    form.first_line_indent = None if look.hanging is None else Twips(-look.hanging)


def _twips(value: int | None) -> Length | None:
    return None if value is None else Twips(value)


def _set_more(style: DocxParagraphStyle, look: ParagraphStyle) -> None:
    """Set what python-docx has no API for, each at its place in the schema."""
    properties = style.element.get_or_add_pPr()
    if look.number:
        numbering = properties.get_or_add_numPr()
        numbering.get_or_add_ilvl().val = look.level
        numbering.get_or_add_numId().val = look.number
    if look.bar:
        rule = element("left", val="single", sz=24, space=8, color=look.bar)
        properties.insert_element_before(element("pBdr", rule), *_AFTER_BORDERS)
    if look.fill:
        ground = element("shd", val="clear", color="auto", fill=look.fill)
        properties.insert_element_before(ground, *_AFTER_BORDERS[1:])
    if look.right_tab:
        stop = element("tab", val="right", pos=look.right_tab)
        properties.insert_element_before(element("tabs", stop), *_AFTER_BORDERS[2:])
    if look.contextual:
        properties.append(element("contextualSpacing"))
    if look.outline is not None:
        properties.append(element("outlineLvl", val=look.outline))


def _add_table_style(document: Document, name: str, *, header: bool) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    style.style_id = style_id(name)
    style.base_style = document.styles["Normal Table"]
    style.priority = 59
    style.quick_style = True
    style.hidden = False
    strong = {"val": "single", "sz": 8, "space": 0, "color": INK}
    rule = {"val": "single", "sz": 4, "space": 0, "color": RULE}
    borders = element(
        "tblBorders",
        element("top", **(strong if header else rule)),
        element("bottom", **rule),
        element("insideH", **rule),
    )
    margins = (("top", 28), ("left", 85), ("bottom", 28), ("right", 85))
    cell = element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in margins))
    style.element.append(element("tblPr", element("tblInd", w=0, type="dxa"), borders, cell))
    if header:
        below = element("tcBorders", element("bottom", **strong))
        ground = element("shd", val="clear", color="auto", fill=HEADER_FILL)
        first = element("tblStylePr", element("tcPr", below, ground), type="firstRow")
        style.element.append(first)
