"""The look of our own A4 template, as a table of styles.

Calm and plain: one typeface, dark blue for headings and rules, small print in a grey that keeps a
contrast of 7:1 on white. The typeface is Arial: Word has it everywhere, and elsewhere Liberation
Sans takes its place with the same widths, so that lines and pages break alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.documents import style_names as names
from desktop.documents.look import INK, LIST_STEP, QUIET, RULE, TEXT_WIDTH


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """A paragraph style and what it sets; None leaves it to the style it is based on.

    Sizes are points, lengths twentieths of a point. `line` is a multiple of a single line, `exact`
    a fixed height. `number` is the list instance of the template that the style belongs to, `bar`
    the colour of a rule on the left and `fill` of the ground.
    """

    name: str
    based_on: str = names.NORMAL
    next_style: str | None = None
    priority: int = 99
    listed: bool = False
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    color: str | None = None
    before: int | None = None
    after: int | None = None
    line: float | None = None
    exact: int | None = None
    left: int | None = None
    hanging: int | None = None
    right_tab: int | None = None
    keep_next: bool | None = None
    keep_lines: bool | None = None
    contextual: bool = False
    outline: int | None = None
    level: int = 0
    number: int | None = None
    bar: str | None = None
    fill: str | None = None


def _heading(
    level: int, size: float, before: int, after: int, *, italic: bool | None = None
) -> ParagraphStyle:
    return ParagraphStyle(
        name=names.HEADINGS[level],
        next_style=names.NORMAL,
        priority=9,
        listed=True,
        size=size,
        bold=True,
        italic=italic,
        color=INK,
        before=before,
        after=after,
        line=1,
        keep_next=True,
        keep_lines=True,
        outline=level,
    )


def _list(kind: tuple[str, ...], level: int, number: int | None) -> ParagraphStyle:
    return ParagraphStyle(
        name=kind[level],
        priority=36,
        listed=level == 0,
        after=60,
        left=LIST_STEP * (level + 1),
        hanging=LIST_STEP if number else 0,
        level=level,
        number=number,
    )


def _decision(name: str, bar: str, fill: str | None = None) -> ParagraphStyle:
    return ParagraphStyle(
        name=name, listed=True, before=100, after=120, left=227, keep_lines=True, bar=bar, fill=fill
    )


def _edge(name: str) -> ParagraphStyle:
    return ParagraphStyle(name=name, size=9, color=QUIET, after=0, right_tab=TEXT_WIDTH)


def _toc(level: int) -> ParagraphStyle:
    return ParagraphStyle(
        name=names.TOC[level],
        next_style=names.NORMAL,
        priority=39,
        before=0 if level else 80,
        after=40,
        left=(level + 1) * 284,
        hanging=284,
    )


def _table_text(name: str, *, keep_next: bool | None = None) -> ParagraphStyle:
    return ParagraphStyle(
        name=name,
        based_on=names.TABLE_TEXT,
        listed=True,
        bold=True,
        color=INK,
        keep_next=keep_next,
    )


PARAGRAPH_STYLES: tuple[ParagraphStyle, ...] = (
    ParagraphStyle(
        name=names.TITLE,
        next_style=names.NORMAL,
        priority=10,
        listed=True,
        size=19,
        bold=True,
        color=INK,
        before=0,
        after=160,
        line=0.95,
        keep_next=True,
        keep_lines=True,
        contextual=True,
    ),
    ParagraphStyle(
        name=names.SUBTITLE,
        next_style=names.NORMAL,
        priority=11,
        listed=True,
        size=12,
        color=QUIET,
        after=160,
        keep_next=True,
    ),
    _heading(0, 14.5, 360, 100),
    _heading(1, 12, 300, 80),
    _heading(2, 10.5, 240, 60),
    _heading(3, 10.5, 200, 40, italic=True),
    *(_list(names.BULLETS, level, 1) for level in range(3)),
    *(_list(names.NUMBERS, level, 2) for level in range(3)),
    *(_list(names.CONTINUES, level, None) for level in range(3)),
    ParagraphStyle(
        name=names.CAPTION,
        next_style=names.NORMAL,
        priority=35,
        listed=True,
        size=9.5,
        italic=True,
        color=INK,
        before=60,
        after=100,
        keep_lines=True,
    ),
    _edge(names.HEADER),
    _edge(names.FOOTER),
    ParagraphStyle(name=names.FOOTNOTE_TEXT, size=9, after=20, line=1),
    ParagraphStyle(
        name=names.TOC_HEADING,
        next_style=names.NORMAL,
        priority=39,
        size=14.5,
        bold=True,
        color=INK,
        before=240,
        after=80,
        keep_next=True,
        keep_lines=True,
    ),
    *(_toc(level) for level in range(3)),
    ParagraphStyle(
        name=names.TABLE_TEXT, listed=True, size=10, before=30, after=30, line=250 / 240
    ),
    ParagraphStyle(name=names.TABLE_MUTED, based_on=names.TABLE_TEXT, color=QUIET),
    _table_text(names.TABLE_HEADER, keep_next=True),
    _table_text(names.TABLE_LABEL),
    ParagraphStyle(name=names.FIGURE, next_style=names.CAPTION, before=120, after=60),
    ParagraphStyle(name=names.SEPARATOR, size=4, before=0, after=0, exact=200),
    ParagraphStyle(
        name=names.ROLES["foreloepig"], listed=True, bold=True, color="8A3A00", after=120
    ),
    _decision(names.ROLES["forslag"], RULE),
    _decision(names.ROLES["vedtak"], INK, fill="F4F6F9"),
    ParagraphStyle(
        name=names.ROLES["vedlegg"],
        listed=True,
        after=40,
        left=1134,
        hanging=1134,
        keep_next=True,
    ),
    ParagraphStyle(
        name=names.ROLES["etikett"],
        next_style=names.NORMAL,
        listed=True,
        bold=True,
        before=140,
        after=40,
        keep_next=True,
        keep_lines=True,
    ),
    ParagraphStyle(name=names.ROLES["meta"], listed=True, color=QUIET, after=80, keep_next=True),
    ParagraphStyle(name=names.ROLES["liten"], listed=True, size=9, color=QUIET, after=60),
)

BUILT_IN: frozenset[str] = frozenset(
    (
        names.TITLE,
        names.SUBTITLE,
        *names.HEADINGS,
        *names.BULLETS,
        *names.NUMBERS,
        *names.CONTINUES,
        names.CAPTION,
        names.HEADER,
        names.FOOTER,
        names.FOOTNOTE_TEXT,
        names.TOC_HEADING,
        *names.TOC,
    )
)
"""The styles that Word knows by these names; the others are ours."""
