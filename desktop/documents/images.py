"""What Word must be told of a picture: its kind and its size."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from desktop.documents.ooxml import EMU_PER_MM

if TYPE_CHECKING:
    from desktop.documents.document import FigureFile

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif"}
EMU_PER_PIXEL = 9525
MAX_HEIGHT_MM = 200

_PNG = b"\x89PNG\r\n\x1a\n"
# Start-of-frame markers of JPEG (ITU T.81 table B.1); the frame header holds the size.
_FRAMES = frozenset(
    {*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
)


class Picture(NamedTuple):
    """A picture that Word can show: file extension, and width and height in pixels."""

    extension: str
    width: int
    height: int


def read_picture(file: FigureFile) -> Picture | None:
    """Return kind and size of a picture, or None where the bytes are not of that kind."""
    extension = EXTENSIONS.get(file.media_type)
    readers = {"png": _png_size, "jpeg": _jpeg_size, "gif": _gif_size}
    size = readers[extension](file.data) if extension else None
    if extension is None or size is None or 0 in size:
        return None
    return Picture(extension, *size)


def size_in_emu(picture: Picture, width_mm: int | None, room_mm: float) -> tuple[int, int]:
    """Return width and height in English metric units: as asked, but within the room there is.

    Without a wish the picture has 96 pixels to the inch.
    """
    wished = width_mm * EMU_PER_MM if width_mm else picture.width * EMU_PER_PIXEL
    width = min(wished, room_mm * EMU_PER_MM)
    highest = MAX_HEIGHT_MM * EMU_PER_MM
    width = min(width, highest * picture.width / picture.height)
    return max(1, round(width)), max(1, round(width * picture.height / picture.width))


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 24 or not data.startswith(_PNG):
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _gif_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 10 or not data.startswith((b"GIF87a", b"GIF89a")):
        return None
    width, height = struct.unpack("<HH", data[6:10])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    position = 2
    while data.startswith(b"\xff\xd8") and position + 9 <= len(data):
        if data[position] != 0xFF:
            return None
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
        elif marker in _FRAMES:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        else:
            position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return None
