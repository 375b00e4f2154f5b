"""The clipboard and the text tree: what we put there, and what we make of what is there.

Of what the clipboard holds, the first that gives anything is taken: our own tree, HTML through
`desktop.importing`, a picture, plain text. Nothing that it points to is opened, and Qt's own
reading of HTML, which opens files, is never used. Reading is in two halves: `payload_of` takes the
data on the GUI thread, `read` may run in any other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QPixmap

from desktop.importing.html_paste import read_pasted
from desktop.importing.paste_limit import limited
from desktop.importing.text_paste import read_text
from desktop.richtext.codec import CodecError, from_data, to_data
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import (
    Block,
    Cell,
    Figure,
    Footnote,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Table,
    Tree,
    walk,
)
from desktop.richtext.validate import MAX_FIGURE_WIDTH_MM, canonical
from desktop.viewmodels.text.clipboard_html import clipboard_html
from desktop.viewmodels.text.paste_notes import (
    PictureCount,
    files_not_pasted,
    missing_figures,
    oversized_pictures,
    sentences,
    text_was_cut,
    unreadable_pictures,
)
from desktop.viewmodels.text.pasted_images import (
    MAX_PICTURES,
    OversizedPictureError,
    PastedImage,
    UnreadablePictureError,
    checked_picture,
    data_bytes,
    picture_of,
)

MIME_TREE: Final = "application/x-motebok-tre+json"
BIG: Final = 100_000

_X_IMAGE: Final = "application/x-qt-image"
_IMAGE_TYPES: Final = (
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/bmp",
    "image/webp",
    "image/tiff",
)
_MAX_TREE: Final = 20_000_000  # bytes; a text at the limits of pasting has far fewer
_MAX_PICTURE_BYTES: Final = 100_000_000  # of all pictures of one paste
_HTML_OF_ONE_PICTURE: Final = 20_000  # characters that a program writes around a picture at most
_MM_PER_PIXEL: Final = 25.4 / 96
_ROOM_MM: Final = 160

FileSource = Callable[[str], bytes | None]
Store = Callable[[bytes], str | None]


@dataclass(frozen=True, slots=True)
class Payload:
    """What was on the clipboard, taken from it and not yet read."""

    tree: bytes = b""
    html: str = ""
    image: bytes | QImage | None = None
    text: str = ""
    has_files: bool = False

    @property
    def is_big(self) -> bool:
        """Whether reading it would be noticed, so that it belongs in the background."""
        image = self.image
        pixels = image.width() * image.height() if isinstance(image, QImage) else 0
        size = len(image) if isinstance(image, bytes) else pixels
        return len(self.tree) + len(self.html) + len(self.text) + size // 4 > BIG


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is to be put into a text.

    Attributes:
        blocks: Valid blocks with ids of their own. A figure that came as HTML shows a picture of
            `images`; `with_images` stores those.
        notes: Norwegian sentences about what was left out.
        image: The one picture that the clipboard held, as PNG or JPEG; then there are no blocks.
        images: The pictures that the blocks' figures show.
    """

    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    image: bytes | None = field(default=None, repr=False)
    images: tuple[PastedImage, ...] = ()


def mime_of(tree: Tree, *, figure: FileSource | None = None) -> QMimeData:
    """Return a text for the clipboard: our own form, HTML and plain text, made from the tree.

    Args:
        tree: A valid tree, such as what is selected.
        figure: Gives the bytes of a figure's file, to let other programs show it.

    Raises:
        InvalidTreeError: The tree breaks a rule.
    """
    mime = QMimeData()
    sound = canonical(tree)
    data = json.dumps(to_data(sound), ensure_ascii=False, separators=(",", ":"))
    mime.setData(MIME_TREE, data.encode("utf-8"))
    mime.setHtml(clipboard_html(sound, figure))
    mime.setText(plain_text(sound))
    return mime


def blocks_of(mime: QMimeData, *, has_file: Callable[[str], bool] | None = None) -> Pasted:
    """Return what the clipboard, or what is dropped, gives a text."""
    return read(payload_of(mime), has_file=has_file)


def payload_of(mime: QMimeData) -> Payload:
    """Take from the clipboard what may be read. Decodes no picture that a file would give."""
    if mime.hasFormat(MIME_TREE):
        return Payload(bytes(mime.data(MIME_TREE).data()), _html(mime), None, _text(mime))
    html = _html(mime)
    has_files = any(url.isLocalFile() for url in mime.urls()) if mime.hasUrls() else False
    may_be_picture = "<img" in html[:_HTML_OF_ONE_PICTURE].lower() if html else not has_files
    wanted = may_be_picture and len(html) <= _HTML_OF_ONE_PICTURE
    return Payload(b"", html, _image(mime) if wanted else None, _text(mime), has_files)


def read(payload: Payload, *, has_file: Callable[[str], bool] | None = None) -> Pasted:
    """Return what was on the clipboard as blocks. Touches no widget and may run in any thread.

    Args:
        payload: What `payload_of` took.
        has_file: Tells whether the archive has a file, for figures copied from another archive;
            asked in this thread. Without it every figure of our own form is kept.
    """
    own = _own_blocks(payload.tree, has_file) if payload.tree else None
    if own is not None:
        return own
    html = parse(payload.html) if payload.html else Pasted()
    if html.blocks and (payload.image is None or not _only_pictures(html.blocks)):
        return html
    if payload.image is not None:
        return _picture(payload.image)
    if payload.has_files:
        return Pasted(notes=(files_not_pasted(),))
    result = read_text(payload.text)
    notes = (*html.notes, *([text_was_cut()] if result.was_cut else ()))
    return Pasted(result.tree.blocks, notes)


def parse(html: str) -> Pasted:
    """Return what HTML gives a text. Pure: it may run in any thread."""
    pictures = _Pictures()
    result = read_pasted(html, picture=pictures.take)
    notes = sentences(result.problems, pictures.count, was_cut=result.was_cut)
    blocks = result.tree.blocks
    shown = {block.file for block in walk(blocks) if isinstance(block, Figure)}
    images = tuple(image for image in pictures.images.values() if image.sha256 in shown)
    return Pasted(blocks, notes, None, images)


def with_images(pasted: Pasted, store: Store | None) -> Pasted:
    """Return the same with every picture stored, and the one picture as a figure.

    Args:
        pasted: What was read.
        store: Stores the bytes of a picture and returns their SHA-256, or None to refuse it;
            None itself where a text holds no figures.
    """
    if pasted.image is not None:
        file = store(pasted.image) if store else None
        figure = Figure(file, "", _width_mm(pasted.image)) if file else None
        return replace(pasted, blocks=(figure,) if figure else (), image=None)
    files = {one.sha256: store(one.data) if store else None for one in pasted.images}
    refused = {digest for digest, file in files.items() if file != digest}
    blocks = _without_figures(pasted.blocks, refused) if refused else pasted.blocks
    return replace(pasted, blocks=blocks, images=())


def _html(mime: QMimeData) -> str:
    return mime.html() if mime.hasHtml() else ""


def _text(mime: QMimeData) -> str:
    return mime.text() if mime.hasText() else ""


def _image(mime: QMimeData) -> bytes | QImage | None:
    formats = mime.formats()
    for name in _IMAGE_TYPES:
        if name in formats:
            return bytes(mime.data(name).data())
    if _X_IMAGE not in formats or any(name.startswith("image/svg") for name in formats):
        return None
    image = mime.imageData()
    if isinstance(image, QPixmap):
        return image.toImage()
    return image if isinstance(image, QImage) else None


def _own_blocks(data: bytes, has_file: Callable[[str], bool] | None) -> Pasted | None:
    """Return the blocks of our own form, or None where it is not whole."""
    if len(data) > _MAX_TREE:
        return None
    try:
        tree = from_data(json.loads(data))
    except (CodecError, ValueError, RecursionError):
        return None
    blocks, was_cut = limited(canonical(Tree(tuple(map(_unnamed, tree.blocks)))).blocks)
    figures = [block.file for block in walk(blocks) if isinstance(block, Figure)]
    missing = {file for file in figures if has_file is not None and not has_file(file)}
    if missing:
        blocks = _without_figures(blocks, missing)
    told = (missing_figures(sum(1 for file in figures if file in missing)),)
    return Pasted(blocks, tuple(filter(None, (*told, text_was_cut() if was_cut else ""))))


def _unnamed(block: Block) -> Block:
    """Take the ids away: what is pasted is new, wherever it was copied from."""
    match block:
        case Paragraph() | Heading():
            return replace(block, inlines=tuple(map(_unnamed_note, block.inlines)), id="")
        case ListBlock():
            items = tuple(ListItem(tuple(map(_unnamed, item.blocks))) for item in block.items)
            return replace(block, items=items, id="")
        case Table():
            return replace(
                block, rows=_cells(block, lambda cell: map(_unnamed, cell.blocks)), id=""
            )
        case Figure():
            return replace(block, id="")


def _unnamed_note(inline: Inline) -> Inline:
    return replace(inline, id="") if isinstance(inline, Footnote) else inline


def _cells(table: Table, blocks: Callable[[Cell], Iterable[Block]]) -> tuple[Row, ...]:
    return tuple(
        Row(tuple(replace(cell, blocks=tuple(blocks(cell))) for cell in row.cells))
        for row in table.rows
    )


def _without_figures(blocks: tuple[Block, ...], files: set[str]) -> tuple[Block, ...]:
    """Return the blocks without the figures that show one of the files."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            rows = _cells(
                block, lambda cell: _without_figures(cell.blocks, files) or (Paragraph(),)
            )
            kept.append(replace(block, rows=rows))
        elif not (isinstance(block, Figure) and block.file in files):
            kept.append(block)
    return tuple(kept)


def _only_pictures(blocks: tuple[Block, ...]) -> bool:
    return all(isinstance(block, Figure) for block in blocks)


def _picture(image: bytes | QImage) -> Pasted:
    try:
        checked = checked_picture(image) if isinstance(image, bytes) else picture_of(image)
    except UnreadablePictureError:
        return Pasted(notes=(unreadable_pictures(1),))
    except OversizedPictureError:
        return Pasted(notes=(oversized_pictures(1),))
    return Pasted(image=checked.data)


def _width_mm(data: bytes) -> int | None:
    """Return the width at 96 pixels to the inch, within the room there is on a page."""
    try:
        width = round(checked_picture(data).width * _MM_PER_PIXEL)
    except (UnreadablePictureError, OversizedPictureError):
        return None
    return max(1, min(width, _ROOM_MM, MAX_FIGURE_WIDTH_MM))


class _Pictures:
    """The pictures written into one HTML text."""

    def __init__(self) -> None:
        self.images: dict[str, PastedImage] = {}
        self.count = PictureCount()
        self._asked = 0
        self._bytes = 0

    def take(self, address: str) -> str | None:
        """Return the SHA-256 of a picture that can be used, and count one that cannot."""
        self._asked += 1
        if self._asked > MAX_PICTURES:
            self.count.too_many += 1
            return None
        self._bytes += len(address)
        if self._bytes > _MAX_PICTURE_BYTES:
            self.count.oversized += 1
            return None
        try:
            image = checked_picture(data_bytes(address))
        except UnreadablePictureError:
            self.count.unreadable += 1
            return None
        except OversizedPictureError:
            self.count.oversized += 1
            return None
        self.images[image.sha256] = image
        return image.sha256
