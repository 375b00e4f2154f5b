"""The two tables of a running order: the rows of the meeting, and the queue."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from desktop.services.agenda_view import AgendaLine, Line
from desktop.viewmodels.agenda import AgendaModel, Col
from desktop.viewmodels.agenda_queue import AgendaQueueModel
from desktop.viewmodels.table import as_tab_text
from desktop.views.moete.dagsorden_delegates import accept_held, is_held, return_to_held
from desktop.views.words import _

_SAMPLES = {
    Col.TID: "00:00",
    Col.SAK: "100/23",
    Col.VARIGHET: "Varighet",
    Col.SAKSTYPE: "Godkjenning",
    Col.SAKSEIER: "Ragnhild Tveiten",
    Col.PRESENTERER: "Ragnhild Tveiten +2",
    Col.VEDLEGG: "Vedlegg",
}
_GIVING_WAY = (Col.PRESENTERER, Col.SAKSEIER, Col.SAKSTYPE, Col.VEDLEGG)
"""What the panel beside the table says too, and gives way first to last to the titles."""

_LEAST_TITLE = 30
"""Characters of a title that shall have room in a line."""

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def copy_rows(table: QTableView, rows: list[int]) -> None:
    """Put rows on the clipboard as tab separated text and as a table."""
    model = table.model()
    if not rows or not isinstance(model, QAbstractTableModel):
        return
    text = as_tab_text(model, rows)
    data = QMimeData()
    data.setText(text)
    data.setHtml(_as_html(text))
    QGuiApplication.clipboard().setMimeData(data)


def _as_html(text: str) -> str:
    lines = [line.split("\t") for line in text.split("\n")]
    head = "".join(f"<th>{escape(cell)}</th>" for cell in lines[0])
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>"
        for line in lines[1:]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def as_window_table(table: QTableView, name: str) -> None:
    """Give a table the ways of the window's tables, and let its rows be dragged and dropped."""
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(30)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setStretchLastSection(False)
    header.setMinimumSectionSize(40)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.setDragEnabled(True)
    table.setAcceptDrops(True)
    table.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
    table.setDragDropOverwriteMode(False)
    table.setDefaultDropAction(Qt.DropAction.MoveAction)
    table.setDropIndicatorShown(True)


def give_way(table: QTableView, stretched: int, giving: Sequence[int]) -> None:
    """Hide columns, the first ones first, until the stretched one has room for its texts."""
    least = table.fontMetrics().averageCharWidth() * _LEAST_TITLE
    fixed = [at for at in range(table.model().columnCount()) if at not in {stretched, *giving}]
    used = sum(table.columnWidth(at) for at in fixed)
    widths = {at: _width_of(table, at) for at in giving}
    shown = list(giving)
    while shown and table.viewport().width() - used - sum(widths[at] for at in shown) < least:
        shown.pop(0)
    for at in giving:
        if table.isColumnHidden(at) != (at not in shown):
            table.setColumnHidden(at, at not in shown)


def _width_of(table: QTableView, at: int) -> int:
    """Return how wide a column is, or was when it was hidden."""
    held = table.property(f"bredde{at}")
    width = table.columnWidth(at) or int(held or 0)
    table.setProperty(f"bredde{at}", width)
    return width


_LEAST_WIDTH: Final = 370
_LEAST_AGENDA: Final = 170
_LEAST_QUEUE: Final = 80
"""Sizes in a small window: the running order keeps room, and queue and panel give way to it."""


class AgendaTable(QTableView):
    """The running order.

    Signals:
        edit_wanted: the person column that the panel edits: `Col.SAKSEIER` or `Col.PRESENTERER`.
        picked: the row that is current, or the selection, is another.
    """

    edit_wanted = Signal(object)
    picked = Signal()

    def __init__(self, model: AgendaModel) -> None:
        super().__init__()
        self.agenda = model
        self.setModel(model)
        as_window_table(self, _("Dagsorden"))
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_AGENDA)
        self.setWordWrap(True)
        self.setAlternatingRowColors(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        metrics = QFontMetrics(self.font())
        for column, sample in _SAMPLES.items():
            self.setColumnWidth(column, metrics.horizontalAdvance(sample) + 28)
        header = self.horizontalHeader()
        header.setSectionResizeMode(Col.TITTEL, QHeaderView.ResizeMode.Stretch)
        self._reveal = False
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._fit_rows)
        header.sectionResized.connect(lambda *_args: self._settle.start())
        for changed in (model.modelReset, model.layoutChanged, model.rowsInserted):
            changed.connect(lambda *_args: self._settle.start())
        for changed in (model.rowsRemoved, model.dataChanged):
            changed.connect(lambda *_args: self._settle.start())
        self.selectionModel().selectionChanged.connect(lambda *_args: self.picked.emit())
        self.selectionModel().currentRowChanged.connect(lambda *_args: self.picked.emit())

    def _fit_rows(self) -> None:
        """Give headings the whole width, and each of the few rows the height its title needs."""
        lines = self.agenda.lines()
        self.clearSpans()
        for row, line in enumerate(lines):
            if line.kind is Line.DAG:
                self.setSpan(row, 0, 1, len(Col))
        self.resizeRowsToContents()
        if self._reveal:
            self._reveal = False
            self.scrollTo(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Let columns give way to the titles in a narrow window."""
        super().resizeEvent(event)
        give_way(self, Col.TITTEL, _GIVING_WAY)

    def selected_lines(self) -> list[AgendaLine]:
        """Return the selected rows in agenda order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.agenda.line_at(row) for row in rows]

    def current_line(self) -> AgendaLine | None:
        """Return the row that has the keyboard, if it is a row and selected."""
        index = self.currentIndex()
        if not index.isValid() or not self.selectionModel().isRowSelected(index.row()):
            return None
        return self.agenda.line_at(index.row())

    def select_row(self, row: int, column: Col = Col.TITTEL) -> None:
        """Select one row and make it current."""
        if row >= 0:
            index = self.agenda.index(row, column)
            self.selectionModel().setCurrentIndex(
                index,
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows,
            )
            self.show_current()

    def show_current(self) -> None:
        """Scroll to the current row, once rows have the height they need."""
        self._reveal = True
        self._settle.start()

    def begin_edit(self, column: Col | None = None) -> None:
        """Edit the current cell, or the duration where the cell has nothing to edit."""
        index = self.currentIndex()
        if return_to_held(self):
            return
        if not index.isValid() or not self.agenda.editable:
            return
        wanted = Col(index.column()) if column is None else column
        line = self.agenda.line_at(index.row())
        if wanted in {Col.SAKSEIER, Col.PRESENTERER} and line.sak_id:
            self.edit_wanted.emit(wanted)
            return
        target = index.siblingAtColumn(wanted)
        if not target.flags() & Qt.ItemFlag.ItemIsEditable:
            target = index.siblingAtColumn(Col.VARIGHET)
        if target.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(target)
            self.edit(target)

    def commitData(self, editor: QWidget) -> None:  # noqa: N802
        """Accept what was typed when another row becomes current."""
        accept_held(self, editor)

    def closeEditor(  # noqa: N802
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """Close an editor, unless its text was refused: nothing typed is lost."""
        if not is_held(editor):
            super().closeEditor(editor, hint)

    def is_typing(self) -> bool:
        """Tell whether a cell is being edited."""
        return self.state() == QAbstractItemView.State.EditingState

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Edit on Enter and F2."""
        if event.key() in _ENTER or event.key() == Qt.Key.Key_F2:
            self.begin_edit()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Edit the cell that is double-clicked."""
        if self.indexAt(event.position().toPoint()).isValid():
            self.begin_edit()


class QueueTable(QTableView):
    """The queue.

    Signals:
        place_wanted: the selected saker shall go on the agenda.
        picked: the selection is another.
    """

    place_wanted = Signal()
    picked = Signal()

    def __init__(self, model: AgendaQueueModel) -> None:
        super().__init__()
        self.queue = model
        self.setModel(model)
        as_window_table(self, _("Køen"))
        self.setMinimumHeight(_LEAST_QUEUE)
        metrics = QFontMetrics(self.font())
        samples = ("Godkjenning", "Ragnhild Tveiten", "Ønsket møte", "Prioritet")
        for column, sample in enumerate(samples, 1):
            self.setColumnWidth(column, metrics.horizontalAdvance(sample) + 28)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().selectionChanged.connect(lambda *_args: self.picked.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Let columns give way to the titles in a narrow window."""
        super().resizeEvent(event)
        give_way(self, 0, (1, 2))

    def selected_keys(self) -> list[str]:
        """Return the keys of the selected saker, in the order of the queue."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.queue.row_at(row).sak_id for row in rows]

    def select_keys(self, keys: list[str]) -> None:
        """Select saker that are in the queue; the first becomes current."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().clear()
        for number, row in enumerate(row for key in keys if (row := self.queue.row_of(key)) >= 0):
            index = self.queue.index(row, 0)
            self.selectionModel().select(index, flags.Select | flags.Rows)
            if number == 0:
                self.selectionModel().setCurrentIndex(index, flags.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Place the selected saker on Enter and Insert."""
        if event.key() in _ENTER or event.key() == Qt.Key.Key_Insert:
            self.place_wanted.emit()
            return
        super().keyPressEvent(event)
