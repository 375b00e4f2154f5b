"""The preview of a document: its sheet in the width of A4, continuous, that can be zoomed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QMessageBox,
    QSizePolicy,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.viewmodels.preview_html import (
    MARGIN_MM,
    PAGE_MM,
    PaperColours,
    Rendered,
    figure_width_mm,
    pixels,
    style_sheet,
)
from desktop.views.parts import action, button, label, row
from desktop.views.theme import current_colours
from desktop.views.words import _

ZOOMS: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_PIECE: Final = 40_000
_JOINT: Final = '<p style="-qt-paragraph-type:empty;"></p>'
"""Stands before a piece: the first paragraph put in merges with the last one that is there."""

_SETTLE_MS: Final = 120
_GAP: Final = 12
_INDENT_MM: Final = 6.3
_LEAST_FIT: Final = 0.4
_OPENED: Final = frozenset({"http", "https", "mailto"})


class Sheet(QTextBrowser):
    """The sheet itself. Fetches nothing: it knows the pictures it was given and no others.

    Signals:
        zoom_wanted: one step in (1) or out (-1), by Ctrl and the wheel.
        resized: the room for the sheet is another.
        recoloured: light has become dark, or the other way.
    """

    zoom_wanted = Signal(int)
    resized = Signal()
    recoloured = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._figures: dict[str, QImage] = {}
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def set_figures(self, figures: dict[str, QImage]) -> None:
        """Know these pictures and no others."""
        self._figures = figures

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ANN401, ARG002, N802
        """Return a picture of the document; nothing is read from disk or network."""
        return self._figures.get(QUrl(name).toString(), QImage())

    def centre(self, width: int) -> None:
        """Put a sheet of a width in the middle of the room there is."""
        side = max(0, (self.room() - width) // 2)
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, side, 0)

    def room(self) -> int:
        """Return how wide a sheet can be without being cut."""
        return self.contentsRect().width() - self._bar_width()

    def _bar_width(self) -> int:
        return self.verticalScrollBar().sizeHint().width()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Tell that there is another room."""
        super().resizeEvent(event)
        self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Tell that the colours are others."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.recoloured.emit()


class Preview(QWidget):
    """The sheet with its zoom. A long document comes in pieces, the first at once.

    Signals:
        shown: the whole document is there.
    """

    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rendered: Rendered | None = None
        self._zoom: float | None = None
        self._look: tuple[float, PaperColours] | None = None
        self._left: list[str] = []
        self._wanted_scroll = 0.0
        self._feeder = QTimer(self, interval=0)
        self._feeder.timeout.connect(self._feed)
        self._settler = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settler.timeout.connect(self._restyle)
        self._make()

    def _make(self) -> None:
        self.heading = label("", "undertittel")
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title = _("Forhåndsvisning")
        self.note = label("", "stille", wrap=True)
        self.sheet = Sheet()
        self.sheet.setStyleSheet("QTextBrowser { background: palette(window); }")
        self.sheet.setAccessibleName(_("Forhåndsvisning av dokumentet"))
        self.sheet.anchorClicked.connect(self._follow)
        self.sheet.zoom_wanted.connect(self.zoom_by)
        self.sheet.resized.connect(self._resized)
        self.sheet.recoloured.connect(self._settler.start)
        self.out = button("−", lambda: self.zoom_by(-1), tip=_("Forminsk (Ctrl+−)"))
        self.out.setAccessibleName(_("Forminsk"))
        self.into = button("+", lambda: self.zoom_by(1), tip=_("Forstørr (Ctrl++)"))
        self.into.setAccessibleName(_("Forstørr"))
        self.fit = button("", self.fit_width, tip=_("Tilpass til bredden (Ctrl+0)"))
        for key in ("Ctrl++", "Ctrl+="):
            action(self, _("Forstørr"), lambda: self.zoom_by(1), key)
        action(self, _("Forminsk"), lambda: self.zoom_by(-1), "Ctrl+-")
        action(self, _("Tilpass til bredden"), self.fit_width, "Ctrl+0")
        head = row(self.heading, self.out, self.fit, self.into, spacing=6)
        head.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_GAP, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.note)
        layout.addWidget(self.sheet, 1)
        self.note.hide()
        self._tell_zoom()

    @property
    def zoom(self) -> float:
        """How large the sheet is; 1.0 is the width of A4 on the screen."""
        return self._zoom if self._zoom is not None else self._fitting_zoom()

    def show_rendered(self, rendered: Rendered, *, keep_place: bool) -> None:
        """Show a document; `keep_place` where it is the same one with other words."""
        self._rendered = rendered
        self._set_title(rendered.title)
        self.sheet.setAccessibleDescription(rendered.title)
        self.say("")
        self._fill(self._place() if keep_place else 0.0)

    def _set_title(self, title: str) -> None:
        """Show a title, cut where there is no room; the whole is its tooltip."""
        self._title = title
        metrics = self.heading.fontMetrics()
        width = max(0, self.heading.width())
        self.heading.setText(metrics.elidedText(title, Qt.TextElideMode.ElideRight, width))
        self.heading.setAccessibleName(title)
        self.heading.setToolTip(title)

    def say(self, text: str) -> None:
        """Say something above the sheet; "" says nothing."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def clear(self, text: str) -> None:
        """Show no document, but what is to be done."""
        self._rendered = None
        self._left = []
        self._feeder.stop()
        self._set_title(_("Forhåndsvisning"))
        self.sheet.clear()
        self.say(text)

    def zoom_by(self, step: int) -> None:
        """Show the sheet a step larger or smaller."""
        larger = [zoom for zoom in ZOOMS if zoom > self.zoom + 0.005]
        smaller = [zoom for zoom in ZOOMS if zoom < self.zoom - 0.005]
        found = larger[:1] if step > 0 else smaller[-1:]
        if found:
            self._zoom = found[0]
            self._restyle()

    def fit_width(self) -> None:
        """Show the sheet as wide as there is room, and let it follow the room."""
        self._zoom = None
        self._restyle()

    def _fitting_zoom(self) -> float:
        fitting = self.sheet.room() / pixels(PAGE_MM, 1.0, self._dpi())
        return max(_LEAST_FIT, min(1.0, int(fitting * 100) / 100))

    def _dpi(self) -> int:
        return self.sheet.logicalDpiX()

    def _resized(self) -> None:
        self._set_title(self._title)
        self.sheet.centre(self._page_width())
        if self._zoom is None:
            self._settler.start()

    def _page_width(self) -> int:
        zoom = self._look[0] if self._look else self.zoom
        return pixels(PAGE_MM, zoom, self._dpi())

    def _restyle(self) -> None:
        self._tell_zoom()
        if self._rendered is not None and self._look != (self.zoom, paper_colours()):
            self._fill(self._place())

    def _tell_zoom(self) -> None:
        text = _("{prosent} %").format(prosent=round(self.zoom * 100))
        self.fit.setText(text)
        self.fit.setAccessibleName(
            _("Størrelse {prosent}. Tilpass til bredden").format(prosent=text)
        )

    def _place(self) -> float:
        bar = self.sheet.verticalScrollBar()
        return bar.value() / bar.maximum() if bar.maximum() else 0.0

    def _fill(self, place: float) -> None:
        """Show the document from its beginning, in the size and colours of now."""
        assert self._rendered is not None  # noqa: S101
        self._look = (self.zoom, paper_colours())
        zoom, colours = self._look
        sheet, document = self.sheet, self.sheet.document()
        sheet.clear()
        sheet.set_figures(self._figures(zoom))
        sheet.setLineWrapColumnOrWidth(self._page_width())
        document.setDocumentMargin(pixels(MARGIN_MM, zoom, self._dpi()))
        document.setIndentWidth(pixels(_INDENT_MM, zoom, self._dpi()))
        document.setDefaultStyleSheet(style_sheet(colours, zoom=zoom, dpi=self._dpi()))
        self._left = list(pieces(self._rendered.parts))
        self._wanted_scroll = place
        sheet.setHtml(_page(self._left.pop(0) if self._left else ""))
        sheet.centre(self._page_width())
        self._tell_zoom()
        self._go_on()

    def _figures(self, zoom: float) -> dict[str, QImage]:
        assert self._rendered is not None  # noqa: S101
        ratio = self.devicePixelRatioF()
        made: dict[str, QImage] = {}
        for name, image in self._rendered.figures.items():
            width = pixels(figure_width_mm(name), zoom, self._dpi())
            scaled = image.scaledToWidth(
                max(1, round(width * ratio)), Qt.TransformationMode.SmoothTransformation
            )
            scaled.setDevicePixelRatio(ratio)
            made[name] = scaled
        return made

    def _go_on(self) -> None:
        if self._left:
            self._feeder.start()
            return
        self._feeder.stop()
        bar = self.sheet.verticalScrollBar()
        if self._wanted_scroll:
            self.sheet.document().size()
            bar.setValue(round(self._wanted_scroll * bar.maximum()))
        self.shown.emit()

    def _feed(self) -> None:
        """Put the next piece after what is there."""
        cursor = QTextCursor(self.sheet.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertHtml(_page(_JOINT + self._left.pop(0)))
        self._go_on()

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == "" and url.fragment():
            self.sheet.scrollToAnchor(url.fragment())
        elif url.scheme() in _OPENED:
            self._ask_to_open(url)

    def _ask_to_open(self, url: QUrl) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(_("Åpne lenke"))
        box.setText(_("Vil du åpne lenken utenfor Møtebok?"))
        box.setInformativeText(url.toDisplayString())
        opens = box.addButton(_("Åpne"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("Avbryt"), QMessageBox.ButtonRole.RejectRole)
        opens.clicked.connect(lambda _checked=False: QDesktopServices.openUrl(url))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()


def pieces(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the HTML of a document in pieces that are quick to show, each of whole elements."""
    ends = [0]
    size = 0
    for number, part in enumerate(parts, 1):
        size += len(part)
        if size >= _PIECE or number == len(parts):
            ends.append(number)
            size = 0
    return tuple("".join(parts[start:end]) for start, end in pairwise(ends))


def _page(html: str) -> str:
    return f"<html><body>{html}</body></html>"


def paper_colours() -> PaperColours:
    """Return the colours of the sheet in the appearance in use."""
    colours = current_colours()
    return PaperColours(
        paper=colours.surface,
        text=colours.text,
        quiet=colours.quiet,
        line=colours.line,
        accent=colours.accent,
        field=colours.raised,
    )
