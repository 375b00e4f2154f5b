"""Tables that every list of the window needs: rows in an order of one's own, and copying."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.viewmodels.ordered import OrderedRowsModel
from desktop.viewmodels.table import RowsModel, as_tab_text
from desktop.views.parts import action, table_view
from desktop.views.words import _

Move = Callable[[int, int], object]
_STRETCHED = 0.25  # of the width belongs to the column that stretches
_NARROWEST = 0.6  # of its first width is the least a column gets


def selected_places(view: QTableView) -> list[int]:
    """Return the places of the selected rows in order, however many they are."""
    selection = view.selectionModel().selection()
    parts = [selection.at(number) for number in range(selection.count())]
    ranges = ((part.top(), part.bottom()) for part in parts)
    return sorted({place for top, bottom in ranges for place in range(top, bottom + 1)})


def select_place(view: QTableView, place: int | None) -> None:
    """Select a row alone and show it; None changes nothing. Keys that are held do not matter."""
    if place is None or not 0 <= place < view.model().rowCount():
        return
    select_places(view, [place])
    view.scrollTo(view.model().index(place, 0))


def select_places(view: QTableView, places: Sequence[int]) -> None:
    """Select these rows and no others; the first one is the current one."""
    flag = QItemSelectionModel.SelectionFlag
    selection, model = view.selectionModel(), view.model()
    selection.clearSelection()
    if places:
        selection.setCurrentIndex(model.index(places[0], 0), flag.NoUpdate)
    for place in places:
        selection.select(model.index(place, 0), flag.Select | flag.Rows)


def add_copying(view: QTableView, told: Callable[[str], object] = lambda _text: None) -> None:
    """Let Ctrl+C copy the selected rows, or all, as a table."""

    def copy() -> None:
        model = view.model()
        if not isinstance(model, RowsModel):
            return
        places = selected_places(view) or list(range(model.rowCount()))
        QGuiApplication.clipboard().setText(as_tab_text(model, places))
        told(_("{antall} rader er kopiert").format(antall=len(places)))

    action(view, _("Kopier som tabell"), copy, "Ctrl+C")
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def ordered_table(name: str, model: OrderedRowsModel[Any], move: Move) -> QTableView:
    """Return a table whose rows move by dragging and by Alt+↑ and Alt+↓.

    `move` gets the place of a row and the place it shall have, counted without the row itself.
    """
    view = table_view(name, multi=True)
    view.setModel(model)
    view.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
    view.setDragDropOverwriteMode(False)
    view.setDropIndicatorShown(True)
    model.dropped.connect(move, Qt.ConnectionType.QueuedConnection)
    view.setToolTip(_("Dra radene, eller bruk Alt+↑ og Alt+↓, for å endre rekkefølgen"))

    def step(by: int) -> None:
        places = selected_places(view)
        if len(places) == 1 and 0 <= places[0] + by < model.rowCount():
            move(places[0], places[0] + by)

    action(view, _("Flytt opp"), lambda: step(-1), "Alt+Up")
    action(view, _("Flytt ned"), lambda: step(1), "Alt+Down")
    return view


def set_widths(
    view: QTableView,
    widths: Mapping[int, int],
    *,
    stretch: int,
    kept: Mapping[int, int] = MappingProxyType({}),
    share: float = _STRETCHED,
) -> None:
    """Give columns their first widths; one of them takes the room that is left.

    Where that would be less than its share, the others give way, until the user sizes a column;
    those in `kept` never do.
    """
    header = view.horizontalHeader()
    header.setStretchLastSection(False)
    header.setMinimumSectionSize(48)
    header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
    for place, width in kept.items():
        view.setColumnWidth(place, width)
    _Widths(view, widths, sum(kept.values()), share)


class _Widths(QObject):
    """Keeps the columns of a table in proportion while the table is narrow."""

    def __init__(
        self, view: QTableView, widths: Mapping[int, int], kept: int, share: float
    ) -> None:
        super().__init__(view)
        self._view, self._widths, self._kept = view, widths, kept
        self._share = share
        self._fitting = False
        view.horizontalHeader().sectionResized.connect(self._sized)
        view.viewport().installEventFilter(self)
        self._fit(view.width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Fit the columns when the room for them changes."""
        if event.type() == QEvent.Type.Resize and self._widths:
            self._fit(self._view.viewport().width())
        return super().eventFilter(watched, event)

    def _fit(self, room: int) -> None:
        shown = [place for place in self._widths if not self._view.isColumnHidden(place)]
        wanted = sum(self._widths[place] for place in shown)
        free = (1 - self._share) * (room - self._kept)
        scale = max(_NARROWEST, min(1.0, free / max(wanted, 1)))
        self._fitting = True
        for place in shown:
            self._view.setColumnWidth(place, round(self._widths[place] * scale))
        self._fitting = False

    def _sized(self, place: int, old: int, new: int) -> None:
        if 0 in {old, new} and not self._fitting:  # hidden, or shown again
            self._fit(self._view.viewport().width())
            return
        by_hand = (
            self._view.horizontalHeader()
            .rect()
            .contains(self._view.horizontalHeader().mapFromGlobal(QCursor.pos()))
        )
        if place in self._widths and not self._fitting and by_hand:
            self._widths = {}
