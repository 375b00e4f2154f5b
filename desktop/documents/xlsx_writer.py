"""A sheet as an Excel file (Office Open XML).

A text is always a text: a leading `=`, `+`, `-` or `@` makes no formula, here or when the cell is
edited later. Equal sheets give equal bytes, and the file carries the seal of our documents.
"""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from desktop.documents.document import Document
from desktop.documents.ooxml import holdable
from desktop.documents.package import CUSTOM_PART, SEAL_PROPERTY, PackageWriter
from desktop.documents.properties import app_part, core_part, custom_part
from desktop.filer.checked_zip import read_package

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.documents.sheet import Marking, Sheet, SheetCell, SheetRow

DATE_FORMAT: Final = "dd.mm.yyyy"

_A4: Final = 9
_LINE_HEIGHT, _TALLEST = 15.5, 400.0
"""Points: a line of Calibri 11, and the tallest row (Excel allows 409)."""
_FILLED_SHARE: Final = 0.85
_FIRST_YEAR: Final = 1900
"""Excel's calendar begins here; an older date is written as text."""
_LONGEST: Final = 32_767
"""Characters of a cell (ECMA-376 part 1, § 18.4.12 and Excel's own limit)."""
_HEAD_FILL: Final = "1F4E79"
_LONGEST_IN_PRINT: Final = 115
_LINE: Final = "C6CCD4"
_FILLS: Final[dict[Marking, str]] = {"late": "FBE3E0", "soon": "FFF3D1"}
_MARGIN_INCHES: Final = 0.5
_STYLES: Final = "xl/styles.xml"
_FONT_PARTS: Final = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color",
    "name", "family", "charset", "scheme",
)  # fmt: skip
"""The order that the schema has for the parts of a font; openpyxl has its own."""
# "_x0041_" in a text is read as "A" (ECMA-376 part 1, § 22.9.2.19), so the sign before it is told.
_ESCAPE_LIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_xlsx(sheet: Sheet) -> bytes:
    """Return the sheet as an .xlsx file."""
    workbook = Workbook()
    workbook.calculation.fullCalcOnLoad = False
    workbook.custom_doc_props.append(StringProperty(name=SEAL_PROPERTY, value=""))
    page = workbook.active
    page.title = sheet.name
    _fill(page, sheet)
    _view(page, sheet)
    _print_setup(page, sheet)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return _with_our_properties(buffer.getvalue(), sheet)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    border = Border(bottom=Side("thin", _LINE))
    for number, column in enumerate(sheet.columns, 1):
        cell = page.cell(1, number)
        _put(cell, column.name)
        cell.font = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", _HEAD_FILL)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        page.column_dimensions[get_column_letter(number)].width = column.width
    for line, row in enumerate(sheet.rows, 2):
        page.row_dimensions[line].height = _row_height(sheet, row)
        for number, value in enumerate(row.cells, 1):
            cell = page.cell(line, number)
            _put(cell, value)
            is_day = isinstance(value, date)
            cell.alignment = Alignment(
                horizontal="left" if is_day else None, vertical="top", wrap_text=not is_day
            )
            cell.border = border
            if row.marking:
                cell.fill = PatternFill("solid", _FILLS[row.marking])


def _row_height(sheet: Sheet, row: SheetRow) -> float:
    """Return a height in points that shows the whole text of a row.

    Not every program finds the height by itself. Counted with words that break early, as they do.
    """
    lines = 1
    for column, value in zip(sheet.columns, row.cells, strict=True):
        if isinstance(value, str):
            room = max(1, round(column.width * _FILLED_SHARE))
            lines = max(lines, sum(len(part) // room + 1 for part in value.split("\n")))
    return min(_TALLEST, lines * _LINE_HEIGHT)


def _put(cell: Cell, value: SheetCell) -> None:
    """Put a date in as a date and everything else as text, whatever it begins with."""
    if value is None:
        return
    if isinstance(value, date) and value.year >= _FIRST_YEAR:
        cell.value = value
        cell.number_format = DATE_FORMAT
        return
    text = value.isoformat() if isinstance(value, date) else value
    cell.value = ""
    cell.data_type = "s"
    cell._value = _as_cell_text(text)  # noqa: SLF001  (the public setter looks for formulas)
    cell.number_format = "@"
    cell.quotePrefix = True


def _as_cell_text(text: str) -> str:
    shown = holdable(text).replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPE_LIKE.sub("_x005F_", shown[:_LONGEST])


def _view(page: Worksheet, sheet: Sheet) -> None:
    last = f"{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{last}"
    page.row_dimensions[1].height = 24
    page.sheet_view.zoomScale = 100


def _print_setup(page: Worksheet, sheet: Sheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    margins: Any = page.page_margins
    margins.left = margins.right = _MARGIN_INCHES
    margins.top = margins.bottom = 2 * _MARGIN_INCHES
    margins.header = margins.footer = _MARGIN_INCHES
    page.oddHeader.left.text = _in_print(sheet.header_text) or None
    page.oddFooter.left.text = _in_print(sheet.footer_text) or None
    page.oddFooter.right.text = "side &P av &N"


def _in_print(text: str) -> str:
    """Return a text for a page head or foot, where `&` begins a code; Excel takes 255 signs."""
    return holdable(text)[:_LONGEST_IN_PRINT].replace("&", "&&")


def _with_our_properties(data: bytes, sheet: Sheet) -> bytes:
    """Return the package with our own properties, times and seal in place of the library's."""
    described = Document(
        title=sheet.title,
        author=sheet.author,
        maalform=sheet.maalform,
        blocks=(),
        subject=sheet.subject,
        created=sheet.created,
    )
    parts = read_package(data)
    parts["docProps/core.xml"] = core_part(described)
    parts["docProps/app.xml"] = app_part()
    parts[_STYLES] = _in_schema_order(parts[_STYLES])
    first = "[Content_Types].xml"
    with PackageWriter() as package:
        package.add(first, parts.pop(first))
        del parts[CUSTOM_PART]
        for name, part in parts.items():
            package.add(name, part)
        return package.finish(custom_part({}, ()))


def _in_schema_order(styles: bytes) -> bytes:
    root = etree.fromstring(styles)
    for font in root.iter("{*}font"):
        font[:] = sorted(font, key=lambda part: _FONT_PARTS.index(etree.QName(part).localname))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
