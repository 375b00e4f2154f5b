"""Page size, page head and page foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.documents import style_names as names
from desktop.documents.look import TEXT_WIDTH
from desktop.documents.ooxml import NAMESPACES, XML_HEAD, text_element, twips

if TYPE_CHECKING:
    from desktop.documents.document import Document
    from desktop.documents.shell import Shell
    from desktop.documents.styles import UsedStyles

A4 = (twips(210), twips(297))
MARGIN_MM = 25
EDGE_MM = 12.5


def a4_section() -> str:
    """Return the section properties of our own template: A4 with margins of 25 mm."""
    edge = twips(EDGE_MM)
    margin = twips(MARGIN_MM)
    margins = "".join(f' w:{side}="{margin}"' for side in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr><w:pgSz w:w="{A4[0]}" w:h="{A4[1]}"/>'
        f'<w:pgMar{margins} w:header="{edge}" w:footer="{edge}" w:gutter="0"/>'
        '<w:cols w:space="708"/></w:sectPr>'
    )


class Page:
    """The section properties of a document: those of its template, with our head and foot."""

    def __init__(self, shell: Shell) -> None:
        self._start, self._before, self._after = shell.section
        self._references = ""
        self._title_page = ""

    def add_head(self, identifier: str) -> None:
        """Show a head on every page but the first, which has the title."""
        self._add_reference("header", "default", identifier)
        self._title_page = "<w:titlePg/>"

    def add_foot(self, identifier: str, kind: str = "default") -> None:
        """Show a foot on every page of a kind."""
        self._add_reference("footer", kind, identifier)

    def _add_reference(self, element: str, kind: str, identifier: str) -> None:
        self._references += f'<w:{element}Reference w:type="{kind}" r:id="{identifier}"/>'

    def xml(self) -> str:
        """Return the section properties as text for the end of the body."""
        return f"{self._start}{self._references}{self._before}{self._title_page}{self._after}"


def head_part(document: Document, styles: UsedStyles) -> bytes:
    """Return the page head: the document's header text."""
    style = styles[names.HEADER]
    return (
        f'{XML_HEAD}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"<w:r>{text_element(document.header_text)}</w:r></w:p></w:hdr>"
    ).encode()


def foot_part(document: Document, styles: UsedStyles, room: int) -> bytes:
    """Return the page foot: the document's footer text, and "side 2 av 6" at the right margin.

    The words are the same in bokmål and nynorsk. Page fields are computed wherever pages are laid
    out; they never ask.
    """
    text = f"<w:r>{text_element(document.footer_text)}</w:r>" if document.footer_text else ""
    tabs = (
        f'<w:tabs><w:tab w:val="clear" w:pos="{TEXT_WIDTH}"/>'
        f'<w:tab w:val="right" w:pos="{room}"/></w:tabs>'
        if room != TEXT_WIDTH
        else ""
    )
    return (
        f"{XML_HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr>"
        f'<w:pStyle w:val="{styles[names.FOOTER]}"/>{tabs}</w:pPr>{text}<w:r><w:tab/></w:r>'
        f'<w:r><w:t xml:space="preserve">side </w:t></w:r>{_field("PAGE")}'
        f'<w:r><w:t xml:space="preserve"> av </w:t></w:r>{_field("NUMPAGES")}</w:p></w:ftr>'
    ).encode()


def _field(instruction: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
