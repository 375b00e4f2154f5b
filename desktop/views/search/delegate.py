"""How a hit is drawn: title, what and where it is, and an excerpt; what was sought is bold.

The bold is laid on by positions: no text of the archive is ever read as markup.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.services.search import Hit
from desktop.viewmodels.search import place_of
from desktop.viewmodels.table import ROW_ROLE, Index
from desktop.views.theme import current_colours

_MARGIN: Final = 10
_GAP: Final = 2
_SMALLER: Final = 0.92
_EXCERPT_LINES: Final = 2
Marks = tuple[tuple[int, int], ...]


class HitDelegate(QStyledItemDelegate):
    """Draws hits of `ROW_ROLE`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a hit."""
        hit = index.data(ROW_ROLE)
        if not isinstance(hit, Hit):
            return
        colours = current_colours()
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(colours.selected))
        inside = area.adjusted(_MARGIN, _MARGIN // 2, -_MARGIN, -_MARGIN // 2)
        painter.setClipRect(inside)
        font: QFont = option.font
        small = _smaller(font)
        top = inside.top()
        for text, marks, wanted, colour, lines in (
            (hit.title, hit.title_marks, font, colours.text, 1),
            (place_of(hit), (), small, colours.accent, 1),
            (hit.excerpt, hit.marks, small, colours.quiet, _EXCERPT_LINES),
        ):
            place = QRect(inside.left(), top, inside.width(), inside.bottom() - top + 1)
            painter.setPen(QColor(colour))
            painter.setFont(wanted)
            top += _draw(painter, place, text, marks, lines) + _GAP
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Return room for a title, a place and two lines of an excerpt."""
        hit = index.data(ROW_ROLE)
        font: QFont = option.font
        lines = _EXCERPT_LINES if isinstance(hit, Hit) and hit.excerpt else 0
        widget: QWidget | None = option.widget
        metrics = option.fontMetrics
        height = metrics.lineSpacing() * (2 + lines) + _GAP * 3 + _MARGIN
        return QSize(widget.width() if widget else font.pointSize() * 20, height)


def _smaller(font: QFont) -> QFont:
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * _SMALLER)
    else:
        made.setPixelSize(round(font.pixelSize() * _SMALLER))
    return made


def _draw(painter: QPainter, place: QRect, text: str, marks: Marks, most: int) -> int:
    """Draw at most so many lines of a text, and return their height; an ellipsis ends a cut one."""
    if not text:
        return 0
    font = painter.font()
    layout = _layout(text, marks, font)
    height = 0.0
    layout.beginLayout()
    for number in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(place.width())
        line.setPosition(QPointF(0, height))
        height += line.height()
        more = line.textStart() + line.textLength() < len(text)
        if more and number == most - 1:
            layout.endLayout()
            shown = text[: max(1, line.textStart() + line.textLength() - 2)].rstrip()
            inside = tuple((a, min(b, len(shown))) for a, b in marks if a < len(shown))
            _lines(again := _layout(f"{shown} …", inside, font), place.width())
            again.draw(painter, QPointF(place.topLeft()))
            return round(height)
    layout.endLayout()
    layout.draw(painter, QPointF(place.topLeft()))
    return round(height)


def _layout(text: str, marks: Marks, font: QFont) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    bold.setForeground(QColor(current_colours().text))
    ranges = []
    for start, end in marks:
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = start, end - start, bold
        ranges.append(one)
    layout.setFormats(ranges)
    layout.setCacheEnabled(True)
    return layout


def _lines(layout: QTextLayout, width: int) -> None:
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
