"""Pictures from the clipboard, checked before anything decodes them.

Only PNG, JPEG, GIF, BMP, WebP and TIFF are decoded, each by its own name after its first bytes were
seen, so that no other decoder (SVG and PDF read further files) is ever asked. The size is read
before the picture. What comes out is PNG, or the JPEG as it was where it is whole. May run in any
thread.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader, QImageWriter

MAX_BYTES: Final = 20_000_000
MAX_PIXELS: Final = 40_000_000
MAX_PICTURES: Final = 50

_SIGNATURES: Final = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpeg"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL), "bmp"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "webp"),
    (re.compile(rb"II\*\0|MM\0\*"), "tiff"),
)
_DATA: Final = re.compile(r"data:[^,;]{0,100}((?:;[^,;]{0,100}){0,5}),", re.IGNORECASE)
_JPEG_END: Final = b"\xff\xd9"
_KEPT_BYTES: Final = 64


class UnreadablePictureError(ValueError):
    """The bytes are no picture of a known kind, or a damaged one."""


class OversizedPictureError(ValueError):
    """The picture has more bytes or pixels than the limits allow."""


@dataclass(frozen=True, slots=True)
class PastedImage:
    """A sound picture: the SHA-256 of its bytes, PNG or JPEG, and its size in pixels."""

    sha256: str
    data: bytes = field(repr=False)
    width: int
    height: int


def checked_picture(data: bytes) -> PastedImage:
    """Return the bytes of a picture in a form that every document can show.

    Raises:
        UnreadablePictureError: It is of no known kind, or damaged beyond showing.
        OversizedPictureError: It is above `MAX_BYTES` or `MAX_PIXELS`.
    """
    if len(data) > MAX_BYTES:
        raise OversizedPictureError
    form = next((name for pattern, name in _SIGNATURES if pattern.match(data)), None)
    if form is None:
        raise UnreadablePictureError
    image = _decoded(data, form)
    if form == "jpeg" and _JPEG_END in data[-_KEPT_BYTES:]:
        return PastedImage(sha256(data).hexdigest(), data, image.width(), image.height())
    return picture_of(image)


def _decoded(data: bytes, form: str) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(form.encode("ascii")))
    reader.setAutoDetectImageFormat(False)
    try:
        size = reader.size()
        if not size.isValid() or size.isEmpty():
            raise UnreadablePictureError
        if size.width() * size.height() > MAX_PIXELS:
            raise OversizedPictureError
        image = reader.read()
    finally:
        # Python lets go of the buffer first, and the TIFF decoder would still close it.
        reader.setDevice(None)  # type: ignore[arg-type]
    if image.isNull():
        raise UnreadablePictureError
    return image


def picture_of(image: QImage) -> PastedImage:
    """Return an image as PNG, without the texts that its file may have carried.

    Raises:
        UnreadablePictureError: The image is empty.
        OversizedPictureError: It is above `MAX_PIXELS`, or above `MAX_BYTES` as PNG.
    """
    if image.isNull():
        raise UnreadablePictureError
    if image.width() * image.height() > MAX_PIXELS:
        raise OversizedPictureError
    bare = QImage(image)
    for key in bare.textKeys():
        bare.setText(key, "")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(bare):
        raise UnreadablePictureError
    png = bytes(buffer.data().data())
    if len(png) > MAX_BYTES:
        raise OversizedPictureError
    return PastedImage(sha256(png).hexdigest(), png, bare.width(), bare.height())


def data_bytes(address: str) -> bytes:
    """Return the bytes that a `data:` address holds.

    Raises:
        UnreadablePictureError: It is no such address, or its base64 is wrong.
        OversizedPictureError: It is longer than a picture within the limits can be.
    """
    head = _DATA.match(address)
    if not head:
        raise UnreadablePictureError
    if len(address) > 2 * MAX_BYTES:
        raise OversizedPictureError
    written = unquote_to_bytes(address[head.end() :].encode("ascii", "replace"))
    if ";base64" not in head[1].lower():
        return written
    try:
        packed = bytes(written.translate(None, b" \t\r\n\f"))
        return b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except Base64Error as error:
        raise UnreadablePictureError from error
