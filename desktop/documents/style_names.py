"""The names of the Word styles that documents are written with.

Built-in styles have the names that Word stores in every language ("heading 1"); the rest are ours.
A template is asked by name: its style ids may be in any language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.documents.document import ParagraphRole

NORMAL = "Normal"
TITLE = "Title"
SUBTITLE = "Subtitle"
HEADINGS = ("heading 1", "heading 2", "heading 3", "heading 4")
BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
NUMBERS = ("List Number", "List Number 2", "List Number 3")
CONTINUES = ("List Continue", "List Continue 2", "List Continue 3")
CAPTION = "caption"
HEADER = "header"
FOOTER = "footer"
FOOTNOTE_TEXT = "footnote text"
FOOTNOTE_REFERENCE = "footnote reference"
HYPERLINK = "Hyperlink"
TOC_HEADING = "TOC Heading"
TOC = ("toc 1", "toc 2", "toc 3")

TABLE = "Møtebok tabell"
HEAD_TABLE = "Møtebok hode"
TABLE_TEXT = "Tabelltekst"
TABLE_MUTED = "Tabelltekst dempet"
TABLE_HEADER = "Tabellhode"
TABLE_LABEL = "Tabelletikett"
FIGURE = "Figur"
SEPARATOR = "Tabellskille"

ROLES: dict[ParagraphRole, str] = {
    "foreloepig": "Foreløpig",
    "undertittel": SUBTITLE,
    "forslag": "Forslag til vedtak",
    "vedtak": "Vedtak",
    "vedlegg": "Vedlegg",
    "etikett": "Etikett",
    "meta": "Opplysning",
    "liten": "Liten skrift",
}

FIELD_PREFIX = "Møtebok felt "


def level_style(names: tuple[str, ...], level: int) -> str:
    """Return the style of a level counted from 0; deeper levels share the last style."""
    return names[min(level, len(names) - 1)]
