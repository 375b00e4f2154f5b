"""The pieces of a note laid out on a continuous sheet, a few at a time.

Each piece is a document of its own, so that an edit lays out again what it touched and nothing
else, however long the note is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QAbstractTextDocumentLayout, QImage, QPainter, QTextDocument

from desktop.viewmodels.note_preview import Piece
from desktop.viewmodels.preview_html import (
    TEXT_MM,
    PaperColours,
    figure_width_mm,
    pixels,
    style_sheet,
)

SLICE_MS: Final = 8
MARGIN_MM: Final = 13
"""Narrower than on paper: the sheet has no page edges, and stands beside another text."""

SHEET_MM: Final = TEXT_MM + 2 * MARGIN_MM
_INDENT_MM: Final = 6.3
_LISTS: Final = "ul, ol { margin-top: 0px; margin-bottom: 0px; }"


@dataclass(frozen=True, slots=True)
class SheetLook:
    """How large and in which colours a sheet is shown."""

    zoom: float
    dpi: int
    ratio: float
    colours: PaperColours

    def pixels(self, millimetres: float) -> int:
        """Return a length on paper in pixels."""
        return pixels(millimetres, self.zoom, self.dpi)

    @property
    def text_width(self) -> int:
        """The width of the text."""
        return self.pixels(TEXT_MM)

    @property
    def margin(self) -> int:
        """The margin around the text."""
        return self.pixels(MARGIN_MM)


class _PieceDocument(QTextDocument):
    """A piece. It knows its own pictures and fetches nothing."""

    def __init__(self, piece: Piece, look: SheetLook) -> None:
        super().__init__()
        self._figures = {name: _scaled(name, image, look) for name, image in piece.figures.items()}
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.setIndentWidth(look.pixels(_INDENT_MM))
        self.setDefaultStyleSheet(_sheet_css(look))
        self.setHtml(f"<html><body>{piece.html}</body></html>")
        self.setTextWidth(look.text_width)
        # Qt leaves out the margin above the first block and below the last one.
        self.height = self.size().height()
        first, last = self.firstBlock().blockFormat(), self.lastBlock().blockFormat()
        self.above = first.topMargin()
        self.below = last.bottomMargin()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ANN401, ARG002, N802
        """Return a picture of the piece; nothing is read from disk or network."""
        return self._figures.get(QUrl(name).toString(), QImage())


def _scaled(name: str, image: QImage, look: SheetLook) -> QImage:
    width = max(1, round(look.pixels(figure_width_mm(name)) * look.ratio))
    made = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    made.setDevicePixelRatio(look.ratio)
    return made


_CSS: dict[SheetLook, str] = {}


def _sheet_css(look: SheetLook) -> str:
    if look not in _CSS:
        _CSS.clear()
        _CSS[look] = style_sheet(look.colours, zoom=look.zoom, dpi=look.dpi) + _LISTS
    return _CSS[look]


@dataclass(slots=True)
class _Placed:
    piece: Piece
    document: _PieceDocument | None = None
    top: float = 0.0


class SheetModel(QObject):
    """The sheet: pieces with their places.

    Signals:
        placed: pieces have got other places, or a look of their own for the first time.
        settled: everything is laid out.
    """

    placed = Signal()
    settled = Signal()

    def __init__(self, look: SheetLook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.height = 0.0
        self._rows: list[_Placed] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def set_look(self, look: SheetLook) -> None:
        """Show everything in another size or other colours."""
        if look != self.look:
            self.look = look
            for row in self._rows:
                row.document = None
            self._begin()

    def set_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show other pieces; those that are the same keep their layout."""
        held: dict[str, list[_PieceDocument | None]] = {}
        for row in self._rows:
            held.setdefault(row.piece.source, []).append(row.document)
        self._rows = [
            _Placed(piece, found.pop(0) if (found := held.get(piece.source)) else None)
            for piece in pieces
        ]
        self._begin()

    @property
    def is_settled(self) -> bool:
        """Whether everything is laid out."""
        return not self._timer.isActive()

    def _begin(self) -> None:
        self._timer.start()
        self._go_on()

    def _go_on(self) -> None:
        """Lay out for a few milliseconds; the rest waits for its turn."""
        end = perf_counter() + SLICE_MS / 1000
        for row in self._rows:
            if row.document is None:
                row.document = _PieceDocument(row.piece, self.look)
                if perf_counter() > end:
                    break
        done = all(row.document is not None for row in self._rows)
        self._place()
        if done:
            self._timer.stop()
        self.placed.emit()
        if done:
            self.settled.emit()

    def _place(self) -> None:
        y, below = float(self.look.margin), 0.0
        for row in self._rows:
            document = row.document
            if document is None:
                row.top = y
                continue
            y += max(below, document.above)
            row.top = y
            y += document.height
            below = document.below
        self.height = y + self.look.margin

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """Paint what can be seen; the painter's origin is the top left of the sheet."""
        context = QAbstractTextDocumentLayout.PaintContext()
        left = self.look.margin
        for row in self._rows:
            document = row.document
            if document is None or row.top + document.height < seen.top():
                continue
            if row.top > seen.bottom():
                break
            painter.save()
            painter.translate(left, row.top)
            clip = QRectF(0, 0, self.look.text_width, document.height)
            context.clip = clip.intersected(seen.translated(-left, -row.top))
            document.documentLayout().draw(painter, context)
            painter.restore()

    def span_of(self, block_id: str) -> tuple[float, float] | None:
        """Return from where to where on the sheet the block with an id is shown."""
        for row in self._rows:
            if block_id in row.piece.ids and row.document is not None:
                return row.top, row.top + row.document.height
        return None

    def ids_at(self, y: float) -> frozenset[str]:
        """Return the ids of the blocks shown at a height of the sheet."""
        for row in self._rows:
            if row.document is not None and row.top <= y <= row.top + row.document.height:
                return row.piece.ids
        return frozenset()

    def text(self) -> str:
        """Return what the sheet says, a line per paragraph."""
        return "\n".join(row.document.toPlainText() for row in self._rows if row.document)
