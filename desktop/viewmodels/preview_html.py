"""A document as Qt shows it: the HTML of `documents.html`, in the part of HTML and CSS Qt knows.

Qt knows no `main`, `nav`, `section` or `figure`, takes the widths of tables and pictures from
attributes alone, draws no rule beside a paragraph, and keeps its own sizes for headings. Pictures
are taken out of the HTML and decoded here, off the GUI thread, so that showing a document fetches
nothing.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.documents.document import Document
from desktop.documents.html import html_parts

PAGE_MM: Final = 210
MARGIN_MM: Final = 25
TEXT_MM: Final = PAGE_MM - 2 * MARGIN_MM
FIGURE_SCHEME: Final = "figur:"

_FIGURE_PIXELS_PER_MM = 8
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72

_IMAGE = re.compile(
    r'<img src="data:[a-z]+/[a-z]+;base64,([^"]*)" alt="([^"]*)"(?: style="width:(\d+)mm")?>'
)
_COLUMNS = re.compile(r"<table><colgroup>(.*?)</colgroup>(<thead><tr>)(.*?)(</tr>)", re.DOTALL)
_COLUMN = re.compile(r"width:([0-9.]+)%")
_TREE_TABLE = re.compile(
    r'<table data-bredder="([0-9 ]+)">(<thead>|<tbody>)<tr>(.*?)</tr>', re.DOTALL
)
_TOP_CELL = re.compile(r"<(t[hd])(?=[ >])(?![^>]*(?:col|row)span)")
_SET_OFF = re.compile(r'<p class="(forslag|vedtak)"([^>]*)>(.*?)</p>', re.DOTALL)
_LIST = re.compile(r'<ol type="(.)" start="(\d+)" data-format="([^"]+)">')
_SIMPLE: Final = (
    (re.compile(r"<nav[^>]*>"), '<div class="innhold">'),
    (re.compile(r'<section class="fotnoter"[^>]*>'), '<hr><div class="fotnoter">'),
    (re.compile(r"</(?:nav|section)>"), "</div>"),
    (re.compile(r"<footer>(.*?)</footer>", re.DOTALL), r'<hr><p class="bunn">\1</p>'),
    (re.compile(r"<figure>(.*?)</figure>", re.DOTALL), r'<p class="figur">\1</p>'),
    (re.compile(r'<div class="ny-side"></div>'), "<hr>"),
    (re.compile(r'<(h\d) class="ny-side"'), r"<hr><\1"),
    (re.compile(r'<table class="hode">'), '<table class="hode" width="100%" cellspacing="0">'),
    (re.compile(r"<table>"), '<table class="rutenett" width="100%" cellspacing="0">'),
    (re.compile(r'<th scope="row"'), '<th width="20%" align="left"'),
    (re.compile(r' scope="col"'), ' align="left"'),
    (re.compile(r"<h(\d)(?=[ >])"), r'<p class="h\1"'),
    (re.compile(r"</h\d>"), "</p>"),
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document ready to be shown: its HTML in pieces, and its pictures by name."""

    title: str
    parts: tuple[str, ...]
    figures: Mapping[str, QImage] = field(default_factory=dict)


class PaperColours(NamedTuple):
    """The colours of the sheet."""

    paper: str
    text: str
    quiet: str
    line: str
    accent: str
    field: str


def render(document: Document) -> Rendered:
    """Return a document as Qt shows it. Touches no widget and may run in any thread."""
    figures: dict[str, QImage] = {}
    parts = tuple(for_qt(part, figures) for part in html_parts(document))
    return Rendered(document.title, parts, figures)


def for_qt(html: str, figures: dict[str, QImage]) -> str:
    """Return a piece of our HTML in the form Qt shows as meant; its pictures go to `figures`."""
    html = _IMAGE.sub(_image_to(figures), html)
    html = _COLUMNS.sub(_with_columns, html)
    html = _TREE_TABLE.sub(_with_shares, html)
    html = _LIST.sub(_list, html)
    html = _SET_OFF.sub(_set_off, html)
    for pattern, replacement in _SIMPLE:
        html = pattern.sub(replacement, html)
    return html


def _image_to(figures: dict[str, QImage]) -> Callable[[re.Match[str]], str]:
    def take(found: re.Match[str]) -> str:
        image = QImage.fromData(b64decode(found[1]))
        if image.isNull():
            return found[2]
        width = min(int(found[3] or _natural_mm(image)), TEXT_MM)
        name = f"{FIGURE_SCHEME}{len(figures)}-{width}"
        figures[name] = _scaled(image, width)
        return f'<img src="{name}" alt="{found[2]}">'

    return take


def _natural_mm(image: QImage) -> int:
    return max(1, round(image.width() * 1000 / max(1, image.dotsPerMeterX())))


def _scaled(image: QImage, width_mm: int) -> QImage:
    """Return the picture no larger than a sharp screen shows at its width."""
    most = width_mm * _FIGURE_PIXELS_PER_MM
    if image.width() <= most:
        return image
    return image.scaledToWidth(most, Qt.TransformationMode.SmoothTransformation)


def figure_width_mm(name: str) -> int:
    """Return the width that a picture of a rendered document has on paper."""
    return int(name.rpartition("-")[2])


def _with_columns(found: re.Match[str]) -> str:
    cells = _wide_cells(found[3], [float(one) for one in _COLUMN.findall(found[1])])
    return f"<table>{found[2]}{cells}{found[4]}"


def _with_shares(found: re.Match[str]) -> str:
    shares = [int(one) for one in found[1].split()]
    cells = _wide_cells(found[3], [100 * one / max(1, sum(shares)) for one in shares])
    return f"<table>{found[2]}<tr>{cells}</tr>"


def _wide_cells(cells: str, widths: Iterable[float]) -> str:
    """Give the cells of a first row their widths; of one with spanning cells, as far as it goes."""
    left = iter(widths)

    def widen(found: re.Match[str]) -> str:
        width = next(left, None)
        return found[0] if width is None else f'{found[0]} width="{width:.3g}%"'

    return _TOP_CELL.sub(widen, cells)


def _list(found: re.Match[str]) -> str:
    suffix = found[3][1:] or "."
    return f'<ol type="{found[1]}" start="{found[2]}" style="-qt-list-number-suffix:\'{suffix}\'">'


def _set_off(found: re.Match[str]) -> str:
    look, attributes, inside = found[1], found[2], found[3]
    return (
        f'<table class="sitat" width="100%" cellspacing="0"><tr><td class="{look}">'
        f"<p{attributes}>{inside}</p></td></tr></table>"
    )


def pixels(millimetres: float, zoom: float, dpi: int) -> int:
    """Return a length of the sheet in pixels of the screen."""
    return round(millimetres * zoom * dpi / _MM_PER_INCH)


def style_sheet(colours: PaperColours, *, zoom: float, dpi: int) -> str:
    """Return the style sheet of the sheet: sizes in points and pixels, for Qt scales nothing."""

    def px(points: float) -> str:
        return f"{round(points * zoom * dpi / _POINTS_PER_INCH)}px"

    def pt(points: float) -> str:
        return f"{points * zoom:.2f}pt"

    c = colours
    return f"""
    body {{ background-color: {c.paper}; color: {c.text}; font-size: {pt(10.5)};
        font-family: Arial, 'Liberation Sans', Helvetica, 'DejaVu Sans', sans-serif; }}
    p, li {{ margin-top: {px(4)}; margin-bottom: {px(5)}; line-height: 110%; }}
    .h1 {{ font-weight: 600; font-size: {pt(19)}; color: {c.accent}; margin-top: 0px;
        margin-bottom: {px(8)}; }}
    .h2 {{ font-weight: 600; font-size: {pt(14.5)}; color: {c.accent}; margin-top: {px(18)};
        margin-bottom: {px(4)}; }}
    .h3 {{ font-weight: 600; font-size: {pt(12)}; color: {c.accent}; margin-top: {px(12)};
        margin-bottom: {px(3)}; }}
    .h4, .h5 {{ font-weight: 600; font-size: {pt(10.5)}; color: {c.accent}; margin-top: {px(10)};
        margin-bottom: {px(3)}; }}
    hr {{ background-color: {c.line}; }}
    a {{ color: {c.accent}; text-decoration: underline; }}
    li, li p {{ margin-top: {px(1)}; margin-bottom: {px(2)}; }}
    .rutenett p {{ font-size: {pt(9.5)}; }}
    table {{ border-collapse: collapse; margin-top: {px(3)}; margin-bottom: {px(8)}; }}
    .hode td, .hode th, .rutenett td, .rutenett th {{ border-bottom-width: 1px;
        border-bottom-style: solid; border-bottom-color: {c.line}; border-top-width: 1px;
        border-top-style: solid; border-top-color: {c.line}; padding-left: {px(4)};
        padding-right: {px(4)}; padding-top: {px(2)}; padding-bottom: {px(2)};
        vertical-align: top; }}
    .hode th p, .hode th {{ color: {c.accent}; }}
    .rutenett thead th {{ background-color: {c.field}; color: {c.accent}; }}
    td p, th p {{ margin-top: 0px; margin-bottom: 0px; }}
    .dempet p {{ color: {c.quiet}; }}
    .bildetekst, .meta, .liten, .bunn {{ color: {c.quiet}; font-size: {pt(9)}; }}
    .fotnoter p {{ font-size: {pt(9)}; }}
    .undertittel {{ color: {c.quiet}; font-size: {pt(12)}; }}
    .foreloepig {{ font-weight: 600; background-color: {c.field}; }}
    .sitat {{ margin-top: {px(4)}; margin-bottom: {px(6)}; }}
    td.forslag, td.vedtak {{ padding-left: {px(8)}; border-left-width: 3px;
        border-left-style: solid; border-left-color: {c.line}; }}
    td.vedtak {{ border-left-color: {c.accent}; }}
    .etikett {{ font-weight: 600; margin-top: {px(9)}; margin-bottom: {px(3)}; }}
    .innhold ul {{ list-style-type: none; }}
    .innhold a {{ text-decoration: none; }}
    .innhold .nivaa2 {{ margin-left: {px(14)}; }}
    .innhold .nivaa3 {{ margin-left: {px(28)}; }}
    """
