"""The register: every sak of the archive, filtered, sorted and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.i18n.terms import SAKSTYPER
from desktop.services.register import (
    WITHOUT_TYPE,
    RegisterFilter,
    count_saker,
    load_choices,
)
from desktop.services.register_text import row_number
from desktop.services.sak_view import load_sak_view
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.register import COLUMNS, TILSTANDER, RegisterModel, TableCopy, Wanted
from desktop.viewmodels.sak_text import sak_as_text
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.views.form import Choice
from desktop.views.ordered_table import select_place, selected_places, set_widths
from desktop.views.parts import action, button, column, label, row, table_view
from desktop.views.theme import current_colours
from desktop.views.words import _

_TYPING_MS = 150
_WIDE = 860
_WIDTHS = {0: 68, 2: 96, 3: 150, 4: 150, 5: 102, 6: 98}


class Register(QWidget):
    """Shows the saker that the filters let through.

    Signals:
        wanted: a Target the user wants to go to.
        queued: the key of a sak that is in the queue and was opened.
        told: something to say in passing.
    """

    wanted = Signal(object)
    queued = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.model = RegisterModel(desk, self)
        self.copier = TableCopy(self.model, self)
        self.table = table_view(_("Saker"))
        self.table.setModel(self.model)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        set_widths(self.table, _WIDTHS, stretch=1)
        self.count = label("", "stille")
        self._several = False
        self._make_filters()
        self._make_actions()
        buttons = row(self.count, None, self.copy_text, self.open_button)
        self.setLayout(column(self._filter_row(), self.table, buttons, spacing=10))
        self.model.counted.connect(self._tell_count)
        self.model.layoutChanged.connect(self._keep_in_sight)
        self.copier.done.connect(self._copied)
        self.table.doubleClicked.connect(lambda _index: self.open_selected())

    def _make_filters(self) -> None:
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Søk i saker"))
        self.search.setPlaceholderText(_("Søk i tittel, nummer og omtale"))
        self.search.setToolTip(_("Ctrl+F"))
        self.search.setClearButtonEnabled(True)
        self.year = Choice((), _("År"))
        self.utvalg = Choice((), _("Utvalg"))
        self.kind = Choice((), _("Sakstype"))
        self.state = Choice((), _("Tilstand"))
        self.owner = Choice((), _("Sakseier"), searchable=True)
        self.reset = button(_("Nullstill"), self.clear_filters, tip=_("Vis alle saker"))
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.apply)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._to_table)
        for box in self._boxes():
            box.currentIndexChanged.connect(lambda _place: self.apply())

    def _boxes(self) -> tuple[Choice, ...]:
        return (self.year, self.utvalg, self.kind, self.state, self.owner)

    def _filter_row(self) -> QWidget:
        for box in self._boxes():
            box.setMinimumContentsLength(9)
        self.year.setMinimumContentsLength(6)
        filters = row(*self._boxes(), None, self.reset)
        for place in range(len(self._boxes())):
            filters.setStretch(place, 2)
        filters.setStretch(len(self._boxes()), 3)
        holder = QWidget()
        holder.setLayout(column(self.search, filters))
        return holder

    def _make_actions(self) -> None:
        self.open_button = button(_("Åpne i møtet"), self.open_selected, main=True, tip=_("Enter"))
        self.copy_text = button(
            _("Kopier sak som tekst"),
            self.copy_sak,
            tip=_("Ren tekst til en e-post (Ctrl+Shift+C)"),
        )
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        action(self.table, _("Åpne i møtet"), self.open_selected, "Return")
        action(self.table, _("Kopier som tabell"), self.copy_table, "Ctrl+C")
        action(self.table, _("Kopier sak som tekst"), self.copy_sak, "Ctrl+Shift+C")
        action(self, _("Søk i saker"), self.search_now, "Ctrl+F")

    def load(self) -> None:
        """Read what the filters offer, and the saker."""
        self.model.set_provisional_colour(current_colours().provisional)
        choices = self.desk.read(load_choices)
        self.year.set_items([(None, _("Alle år")), *((year, str(year)) for year in choices.aar)])
        self.utvalg.set_items([(None, _("Alle utvalg")), *choices.utvalg])
        self.utvalg.setVisible(len(choices.utvalg) > 1)
        self._several = len(choices.utvalg) > 1
        self._make_room()
        kinds = [(str(key), _(name)) for key, name in SAKSTYPER.items()]
        self.kind.set_items([(None, _("Alle typer")), *kinds, (WITHOUT_TYPE, _("Uten type"))])
        states = [(str(key), _(name)) for key, name in TILSTANDER.items()]
        self.state.set_items([(None, _("Alle tilstander")), *states])
        self.owner.set_items([(None, _("Alle sakseiere")), *choices.sakseiere])
        self._keeping_place(self.model.reload)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out the utvalg where there is little room; the filter still tells it."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        shown = self._several and self.width() >= _WIDE
        self.table.setColumnHidden(len(COLUMNS) - 1, not shown)

    def apply(self) -> None:
        """Show what the filters and the search ask for."""
        self._typing.stop()
        wanted, held = self.wanted_filter(), self.model.wanted
        if (wanted, self.search.text()) != (held.chosen, held.text):
            asked = Wanted(wanted, self.search.text(), held.order, held.descending)
            self._keeping_place(lambda: self.model.show_wanted(asked))

    def wanted_filter(self) -> RegisterFilter:
        """Return what the filters say."""
        return RegisterFilter(
            aar=self.year.key(),
            utvalg_id=self.utvalg.key(),
            sakstype=self.kind.key(),
            tilstand=self.state.key(),
            sakseier_id=self.owner.key(),
        )

    def clear_filters(self) -> None:
        """Show all saker."""
        for box in self._boxes():
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        self.search.clear()
        self.apply()

    def search_now(self) -> None:
        """Put the cursor in the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _keeping_place(self, change: object) -> None:
        """Change what is shown; the selected sak stays selected and in sight."""
        places = selected_places(self.table)
        held = self.model.row_at(places[0]) if len(places) == 1 else None
        top = self.table.verticalScrollBar().value()
        change()  # type: ignore[operator]
        self.table.verticalScrollBar().setValue(top)
        if held is not None:
            number = self.desk.read(lambda session: row_number(session, held.id))
            select_place(self.table, self.model.place_of_row(number))

    def _keep_in_sight(self) -> None:
        places = selected_places(self.table)
        if len(places) == 1:
            self.table.scrollTo(self.model.index(places[0], 0))

    def show_sak(self, sak_id: str) -> None:
        """Select a sak; filters that hide it are taken away."""
        number = self.desk.read(lambda session: row_number(session, sak_id))
        if number is not None and self.model.place_of_row(number) is None:
            self.clear_filters()
        select_place(self.table, self.model.place_of_row(number))
        self.table.setFocus()

    def selected_sak(self) -> str | None:
        """Return the key of the one sak that is selected, if any."""
        places = selected_places(self.table)
        found = self.model.row_at(places[0]) if len(places) == 1 else None
        return found.id if found else None

    def open_selected(self) -> None:
        """Open the selected sak in its meeting, or in the queue."""
        places = selected_places(self.table)
        if len(places) != 1 or (found := self.model.row_at(places[0])) is None:
            return
        if found.moete_id is None:
            self.queued.emit(found.id)
        else:
            self.wanted.emit(
                Target(Place.MOETER, key=found.moete_id, tab=Tab.DAGSORDEN, sak_id=found.id)
            )

    def copy_sak(self) -> None:
        """Copy the selected sak as clean text."""
        sak_id = self.selected_sak()
        if sak_id is not None:
            view = self.desk.read(lambda session: load_sak_view(session, sak_id))
            QGuiApplication.clipboard().setText(sak_as_text(view))
            self.told.emit(_("Saken er kopiert som tekst"))

    def copy_table(self) -> None:
        """Copy the selected rows, or all that are shown, as a table."""
        places = selected_places(self.table)
        self.copier.start(places or range(self.model.rowCount()))

    def _copied(self, text: str, rows: int) -> None:
        QGuiApplication.clipboard().setText(text)
        self.told.emit(
            _.plural("{antall} rad er kopiert", "{antall} rader er kopiert", rows).format(
                antall=rows
            )
        )

    def _to_table(self) -> None:
        self.apply()
        if self.model.rowCount():
            self.table.setFocus()
            select_place(self.table, (selected_places(self.table) or [0])[0])

    def _tell_count(self, shown: int, searching: bool) -> None:
        text = _.plural("{antall} sak", "{antall} saker", shown).format(antall=spaced(shown))
        self.count.setText(
            _("{antall} · søker i omtaler …").format(antall=text) if searching else text
        )
        self.reset.setEnabled(bool(self.model.wanted.chosen or self.model.wanted.text))

    def is_empty(self) -> bool:
        """Tell whether the archive has no saker at all."""
        return not self.desk.read(count_saker)


def spaced(number: int) -> str:
    """Return a number with a hard space between thousands."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
