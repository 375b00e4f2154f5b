"""Pictures of a document: one part per file, and the drawing that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.documents.images import Picture, read_picture, size_in_emu
from desktop.documents.ooxml import PIC, TWIPS_PER_MM, WP, A, attribute
from desktop.documents.relations import IMAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.documents.document import FigureFile
    from desktop.documents.relations import Relations
    from desktop.richtext.tree import Figure

_NAME_LENGTH = 16


class Media:
    """Gathers the pictures that a document shows, as parts in the folder of the main part."""

    def __init__(self, files: Mapping[str, FigureFile], relations: Relations) -> None:
        self._files = files
        self._relations = relations
        self._pictures: dict[str, tuple[str, Picture] | None] = {}
        self._count = 0
        self.parts: dict[str, bytes] = {}

    def drawing(self, figure: Figure, description: str, room: int) -> str | None:
        """Return a run with the picture, or None where there is no picture that Word can show.

        `room` is the widest it may be, in twips.
        """
        known = self._picture(figure.file)
        if known is None:
            return None
        identifier, picture = known
        self._count += 1
        width, height = size_in_emu(picture, figure.width_mm, room / TWIPS_PER_MM)
        name = f'id="{self._count}" name="Figur {self._count}" descr="{attribute(description)}"'
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr {name}/><wp:cNvGraphicFramePr>'
            f'<a:graphicFrameLocks xmlns:a="{A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}"><pic:pic xmlns:pic="{PIC}">'
            f"<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def _picture(self, sha: str) -> tuple[str, Picture] | None:
        if sha not in self._pictures:
            self._pictures[sha] = self._take_in(sha)
        return self._pictures[sha]

    def _take_in(self, sha: str) -> tuple[str, Picture] | None:
        file = self._files.get(sha)
        picture = read_picture(file) if file else None
        if file is None or picture is None:
            return None
        target = f"media/{sha[:_NAME_LENGTH]}.{picture.extension}"
        self.parts[target] = file.data
        return self._relations.add(IMAGE, target), picture
