"""The document beside the text: a continuous sheet that follows what is being written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from desktop.documents.content import ToppnotatContent
from desktop.viewmodels.note_preview import Previewer
from desktop.viewmodels.note_sheet import SHEET_MM, SheetLook, SheetModel
from desktop.viewmodels.preview_html import pixels
from desktop.views.moete.preview import paper_colours
from desktop.views.parts import column, label
from desktop.views.words import _

_SETTLE_MS: Final = 120
_GAP: Final = 8
_LEAST_ZOOM: Final = 0.25
_LARGEST_ZOOM: Final = 1.0
_BREATH: Final = 40


class SheetView(QAbstractScrollArea):
    """Shows the sheet as wide as there is room.

    Signals:
        clicked: the ids of the text blocks that were clicked.
    """

    clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(_("Forhåndsvisning av toppnotatet"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.sheet = SheetModel(self._look(), self)
        self.sheet.placed.connect(self._placed)
        self._settler = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settler.timeout.connect(lambda: self.sheet.set_look(self._look()))
        self.verticalScrollBar().setSingleStep(24)

    def _look(self) -> SheetLook:
        dpi = self.logicalDpiX()
        whole = pixels(SHEET_MM, 1.0, dpi)
        zoom = (self.viewport().width() - 2 * _GAP) / whole
        zoom = max(_LEAST_ZOOM, min(_LARGEST_ZOOM, int(zoom * 100) / 100))
        return SheetLook(zoom, dpi, self.devicePixelRatioF(), paper_colours())

    def _placed(self) -> None:
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, round(self.sheet.height + 2 * _GAP) - self.viewport().height()))
        self.viewport().update()

    def show_span(self, span: tuple[float, float]) -> None:
        """Scroll as little as it takes to show a part of the sheet."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top, bottom = span[0] + _GAP - _BREATH, span[1] + _GAP + _BREATH
        if bottom > bar.value() + room:
            bar.setValue(round(min(top, bottom - room) if bottom - top < room else top))
        if top < bar.value():
            bar.setValue(round(top))

    def page_left(self) -> int:
        """Return where the sheet begins from the left."""
        return max(_GAP, (self.viewport().width() - self.sheet.look.pixels(SHEET_MM)) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the part of the sheet that is seen."""
        painter = QPainter(self.viewport())
        look, offset = self.sheet.look, self.verticalScrollBar().value() - _GAP
        left, width = self.page_left(), look.pixels(SHEET_MM)
        least = self.viewport().height() - 2 * _GAP
        paper = QRectF(left, -offset, width, max(self.sheet.height, least))
        painter.fillRect(paper, QColor(look.colours.paper))
        painter.setPen(QColor(look.colours.line))
        painter.drawRect(paper)
        painter.translate(left, -offset)
        seen = QRectF(event.rect()).translated(-left, offset)
        self.sheet.paint(painter, seen)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell which text was clicked."""
        super().mousePressEvent(event)
        height = event.position().y() + self.verticalScrollBar().value() - _GAP
        ids = self.sheet.ids_at(height)
        if ids and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(ids)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the sheet to the room, once it stands still."""
        super().resizeEvent(event)
        self._placed()
        if self._look() != self.sheet.look:
            self._settler.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_settler"):
            self._settler.start()


class NotePreview(QWidget):
    """The preview of the note that is written.

    Signals:
        clicked: the ids of the text blocks that were clicked.
    """

    clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._wanted: tuple[str, ...] = ()
        self._anew = False
        self.view = SheetView()
        self.view.clicked.connect(self.clicked)
        self.note = label("", "stille", wrap=True)
        self.note.hide()
        self.maker = Previewer(self)
        self.maker.ready.connect(self._ready)
        self.maker.failed.connect(lambda _trace: self._say(_("Forhåndsvisningen er ikke laget.")))
        self.view.sheet.settled.connect(self._settled)
        title = label(_("Slik blir dokumentet"), "stille")
        title.setBuddy(self.view)
        layout = column(title, self.note, self.view, spacing=4)
        layout.setStretch(2, 1)
        layout.setContentsMargins(_GAP, 0, 0, 0)
        self.setLayout(layout)
        self.setMinimumWidth(220)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_content(self, content: ToppnotatContent, *, anew: bool = False) -> None:
        """Show a note; `anew` where it is another one, which is shown from its top."""
        self._anew = self._anew or anew
        self.maker.request(content)

    def clear(self) -> None:
        """Show nothing."""
        self.view.sheet.set_pieces(())

    def follow(self, ids: Iterable[str]) -> None:
        """Show where a block is; the first of several that is on the sheet."""
        self._wanted = tuple(ids)
        if self.view.sheet.is_settled:
            self._settled()

    def _ready(self, pieces: object) -> None:
        assert isinstance(pieces, tuple)  # noqa: S101
        self._say("")
        if self._anew:
            self._anew = False
            self.view.verticalScrollBar().setValue(0)
        self.view.sheet.set_pieces(pieces)

    def _settled(self) -> None:
        spans = (self.view.sheet.span_of(one) for one in self._wanted)
        span = next((one for one in spans if one is not None), None)
        if span is not None:
            self.view.show_span(span)
        if not self.maker.is_busy:
            self._wanted = ()

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
