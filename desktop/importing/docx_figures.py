"""The pictures of a Word file: their bytes beside the text, found but never fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from desktop.documents.document import FigureFile
from desktop.documents.images import EMU_PER_PIXEL, EXTENSIONS, read_picture
from desktop.documents.ooxml import EMU_PER_MM
from desktop.importing.docx_remarks import Remarks, clipped
from desktop.importing.docx_xml import WP, A, Element, V, number, r
from desktop.richtext.clean import clean_text
from desktop.richtext.tree import Figure
from desktop.richtext.validate import MAX_FIGURE_WIDTH_MM

if TYPE_CHECKING:
    from desktop.importing.docx_package import Relation

LARGEST_PICTURE: Final = 50 * 1024 * 1024
_STARTS: Final = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8": "image/jpeg",
    b"GIF8": "image/gif",
}
# What the last part of a whole picture has; one that was cut off shows as half a picture, or none.
_ENDS: Final = {"image/png": b"IEND", "image/jpeg": b"\xff\xd9", "image/gif": b"\x3b"}
_WIDTH: Final = re.compile(r"(?:^|;)\s*width:\s*([0-9]{1,5})(?:\.[0-9]{1,9})?pt")
_MM_PER_POINT: Final = 25.4 / 72
_UNNAMED: Final = "uten navn"


def media_type_of(data: bytes) -> str | None:
    """Return the media type of a picture that is whole and can be shown, or None."""
    for start, media_type in _STARTS.items():
        if data.startswith(start) and media_type in EXTENSIONS and _ENDS[media_type] in data:
            known = read_picture(FigureFile(data, media_type))
            return media_type if known else None
    return None


class Pictures:
    """Takes in the pictures that a text shows, by the SHA-256 of their bytes."""

    def __init__(self, parts: Mapping[str, bytes], remarks: Remarks) -> None:
        self._parts = {name.casefold(): data for name, data in parts.items()}
        self._remarks = remarks
        self.files: dict[str, bytes] = {}

    def drawing(self, element: Element, relations: Mapping[str, Relation]) -> list[Figure]:
        """Return the pictures of a `w:drawing`; what can not be shown is told."""
        described = next(element.iter(f"{{{WP}}}docPr"), None)
        alt = _description(described)
        name = alt or _name(described)
        found = []
        for blip in element.iter(f"{{{A}}}blip"):
            figure = self._figure(blip, name, relations)
            if figure is not None:
                width = _extent(element, self.files[figure])
                found.append(Figure(figure, alt, width))
                self._note_crop(blip, name)
        return found

    def vml(self, element: Element, relations: Mapping[str, Relation]) -> list[Figure]:
        """Return the pictures of a `w:pict` or `w:object`, the older form."""
        found = []
        for data in element.iter(f"{{{V}}}imagedata"):
            shape = data.getparent()
            alt = clean_text((shape.get("alt") if shape is not None else None) or "")
            title = data.get("{urn:schemas-microsoft-com:office:office}title")
            name = clipped(alt or title or _UNNAMED)
            file = self._take_in(data.get(r("id")), name, relations)
            if file is not None:
                style = (shape.get("style") if shape is not None else None) or ""
                width = _WIDTH.search(style)
                mm = round(int(width[1]) * _MM_PER_POINT) if width else None
                found.append(Figure(file, alt, _allowed(mm)))
        return found

    def left_out(self, element: Element) -> None:
        """Tell of a drawing without a picture or text: a chart, SmartArt, a shape."""
        described = next(element.iter(f"{{{WP}}}docPr"), None)
        self._remarks.say("image_left_out", text=_description(described) or _name(described))

    def _figure(self, blip: Element, name: str, relations: Mapping[str, Relation]) -> str | None:
        embedded = blip.get(r("embed"))
        if embedded:
            return self._take_in(embedded, name, relations)
        if blip.get(r("link")):
            self._remarks.say("image_linked", text=name)
        return None

    def _take_in(
        self, identifier: str | None, name: str, relations: Mapping[str, Relation]
    ) -> str | None:
        relation = relations.get(identifier or "")
        if relation is not None and relation.external:
            self._remarks.say("image_linked", text=name)
            return None
        data = self._parts.get(relation.target.casefold()) if relation else None
        if data is None or len(data) > LARGEST_PICTURE or media_type_of(data) is None:
            self._remarks.say("image_left_out", text=name)
            return None
        digest = sha256(data).hexdigest()
        self.files[digest] = data
        return digest

    def _note_crop(self, blip: Element, name: str) -> None:
        fill = blip.getparent()
        crop = fill.find(f"{{{A}}}srcRect") if fill is not None else None
        if crop is not None and any((number(crop.get(side)) or 0) > 0 for side in "ltrb"):
            self._remarks.say("image_cropped", text=name)


def _description(described: Element | None) -> str:
    return clean_text((described.get("descr") if described is not None else None) or "").strip()


def _name(described: Element | None) -> str:
    return clipped((described.get("name") if described is not None else None) or _UNNAMED)


def _extent(element: Element, data: bytes) -> int | None:
    """Return the width in millimetres; None for a picture in its own size (96 pixels an inch)."""
    extent = next(element.iter(f"{{{WP}}}extent"), None)
    width = number(extent.get("cx")) if extent is not None else None
    if not width:
        return None
    picture = read_picture(FigureFile(data, media_type_of(data) or ""))
    if picture is not None and abs(picture.width * EMU_PER_PIXEL - width) <= EMU_PER_PIXEL:
        return None
    return _allowed(round(width / EMU_PER_MM))


def _allowed(width: int | None) -> int | None:
    return width if width and 1 <= width <= MAX_FIGURE_WIDTH_MM else None
