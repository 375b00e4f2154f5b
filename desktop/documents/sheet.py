"""A sheet as a value: what a composer makes and the Excel writer prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from desktop.documents.document import Maalform

SheetCell = str | date | None
Marking = Literal["", "late", "soon"]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, and its width in characters."""

    name: str
    width: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row; `marking` colours it. What the colour says, the row says in words as well."""

    cells: tuple[SheetCell, ...]
    marking: Marking = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A workbook of one sheet, whose first row is the header.

    `name` is the tab's. `header_text` and `footer_text` stand in the page head and foot of a print,
    the foot with "side 2 av 6". `created` is local time, as in `Document`.
    """

    title: str
    name: str
    author: str
    maalform: Maalform
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    subject: str = ""
    created: datetime | None = None
    header_text: str = ""
    footer_text: str = ""
