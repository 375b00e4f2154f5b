"""What the registers have in common: a search, filters, a windowed table, and copying it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from desktop.services.register_text import row_number
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.searched import SearchedModel
from desktop.viewmodels.windowed import TableCopy
from desktop.views.form import Choice
from desktop.views.ordered_table import select_place, selected_places, set_widths
from desktop.views.parted_page import Part
from desktop.views.parts import action, button, label, table_view
from desktop.views.words import _

_TYPING_MS: Final = 150


class WindowedTable(Part):
    """A register: its table, the field that searches it, and the filters.

    Signals:
        wanted: a Target the user wants to go to.
    """

    wanted = Signal(object)

    def __init__(
        self, desk: Desk, model: SearchedModel[Any, Any, Any], name: str, *, of_table: str = "sak"
    ) -> None:
        super().__init__(desk)
        self._model = model
        self._of_table = of_table
        self.copier = TableCopy(model, self)
        self.table = table_view(name)
        self.table.setModel(model)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.count = label("", "stille")
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.apply)
        self.copier.done.connect(self._copied)
        model.layoutChanged.connect(self._keep_in_sight)

    def sort_first(self, column: int, widths: Mapping[int, int], *, stretch: int) -> None:
        """Let the headings sort, the newest first; one column takes the room that is left."""
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        set_widths(self.table, dict(widths), stretch=stretch)

    def make_search(self, name: str, hint: str) -> None:
        """Make the search field, which Ctrl+F goes to."""
        self.search = QLineEdit()
        self.search.setAccessibleName(name)
        self.search.setPlaceholderText(hint)
        self.search.setToolTip(_("Ctrl+F"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._to_table)
        action(self, name, self.search_now, "Ctrl+F")

    def make_reset(self, tip: str) -> None:
        """Make the button that shows everything again, and let the filters narrow at once."""
        self.reset = button(_("Nullstill"), self.clear_filters, tip=tip)
        for box in self.boxes():
            box.currentIndexChanged.connect(lambda _place: self.apply())

    def boxes(self) -> tuple[Choice, ...]:
        """Return the filters."""
        return ()

    def wanted_filter(self) -> object:
        """Return what the filters say."""
        return None

    def apply(self) -> None:
        """Show what the filters and the search ask for."""
        self._typing.stop()
        chosen, text, held = self.wanted_filter(), self.search.text(), self._model.wanted
        if (chosen, text) != (held.chosen, held.text):
            asked = replace(held, chosen=chosen, text=text)
            self.keeping_place(lambda: self._model.show_wanted(asked))

    def clear_filters(self) -> None:
        """Show everything."""
        for box in self.boxes():
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        self.search.clear()
        self.apply()

    def search_now(self) -> None:
        """Put the cursor in the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def keeping_place(self, change: Callable[[], object]) -> None:
        """Change what is shown; the selected row stays selected and in sight."""
        held = self.selected_key()
        top = self.table.verticalScrollBar().value()
        change()
        self.table.verticalScrollBar().setValue(top)
        if held is not None:
            select_place(self.table, self._place_of(held))

    def _place_of(self, key: str) -> int | None:
        number = self.desk.read(lambda session: row_number(session, key, self._of_table))
        return self._model.place_of_row(number)

    def _keep_in_sight(self) -> None:
        places = selected_places(self.table)
        if len(places) == 1:
            self.table.scrollTo(self._model.index(places[0], 0))

    def show_key(self, key: str) -> None:
        """Select a row; filters that hide it are taken away."""
        number = self.desk.read(lambda session: row_number(session, key, self._of_table))
        if number is not None and self._model.place_of_row(number) is None:
            self.clear_filters()
        select_place(self.table, self._model.place_of_row(number))
        self.table.setFocus()

    def selected_key(self) -> str | None:
        """Return the key of the one row that is selected, if any."""
        places = selected_places(self.table)
        found = self._model.row_at(places[0]) if len(places) == 1 else None
        return found.id if found else None

    def copy_table(self) -> None:
        """Copy the selected rows, or all that are shown, as a table."""
        places = selected_places(self.table)
        self.copier.start(places or range(self._model.rowCount()))

    def _copied(self, text: str, rows: int) -> None:
        QGuiApplication.clipboard().setText(text)
        self.told.emit(
            _.plural("{antall} rad er kopiert", "{antall} rader er kopiert", rows).format(
                antall=rows
            )
        )

    def _to_table(self) -> None:
        self.apply()
        if self._model.rowCount():
            self.table.setFocus()
            select_place(self.table, (selected_places(self.table) or [0])[0])


def spaced(number: int) -> str:
    """Return a number with a hard space between thousands."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
