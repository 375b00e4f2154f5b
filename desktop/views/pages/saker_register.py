"""The register: every sak of the archive, filtered, sorted and copied."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.i18n.terms import SAKSTYPER
from desktop.services.register import (
    WITHOUT_TYPE,
    RegisterFilter,
    count_saker,
    load_choices,
)
from desktop.services.sak_view import load_sak_view
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.register import COLUMNS, TILSTANDER, RegisterModel
from desktop.viewmodels.sak_text import sak_as_text
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.views.form import Choice
from desktop.views.ordered_table import selected_places
from desktop.views.parts import action, button, column, row
from desktop.views.theme import current_colours
from desktop.views.windowed_table import WindowedTable, spaced
from desktop.views.words import _

_WIDE = 860
_WIDTHS = {0: 68, 2: 96, 3: 150, 4: 150, 5: 102, 6: 98}


class Register(WindowedTable):
    """Shows the saker that the filters let through.

    Signals:
        wanted: a Target the user wants to go to.
        queued: the key of a sak that is in the queue and was opened.
        told: something to say in passing.
    """

    queued = Signal(str)

    def __init__(self, desk: Desk) -> None:
        self.model = RegisterModel(desk)
        super().__init__(desk, self.model, _("Saker"))
        self.model.setParent(self)
        self.sort_first(0, _WIDTHS, stretch=1)
        self._several = False
        self._make_filters()
        self._make_actions()
        buttons = row(self.count, None, self.copy_text, self.open_button)
        self.setLayout(column(self._filter_row(), self.table, buttons, spacing=10))
        self.model.counted.connect(self._tell_count)
        self.table.doubleClicked.connect(lambda _index: self.open_selected())

    def _make_filters(self) -> None:
        self.make_search(_("Søk i saker"), _("Søk i tittel, nummer og omtale"))
        self.year = Choice((), _("År"))
        self.utvalg = Choice((), _("Utvalg"))
        self.kind = Choice((), _("Sakstype"))
        self.state = Choice((), _("Tilstand"))
        self.owner = Choice((), _("Sakseier"), searchable=True)
        self.make_reset(_("Vis alle saker"))

    def boxes(self) -> tuple[Choice, ...]:
        """Return the filters."""
        return (self.year, self.utvalg, self.kind, self.state, self.owner)

    def _filter_row(self) -> QWidget:
        for box in self.boxes():
            box.setMinimumContentsLength(9)
        self.year.setMinimumContentsLength(6)
        filters = row(*self.boxes(), None, self.reset)
        for place in range(len(self.boxes())):
            filters.setStretch(place, 2)
        filters.setStretch(len(self.boxes()), 3)
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
        action(self.table, _("Åpne i møtet"), self.open_selected, "Return")
        action(self.table, _("Kopier som tabell"), self.copy_table, "Ctrl+C")
        action(self.table, _("Kopier sak som tekst"), self.copy_sak, "Ctrl+Shift+C")

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
        self.keeping_place(self.model.reload)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out the utvalg where there is little room; the filter still tells it."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        shown = self._several and self.width() >= _WIDE
        self.table.setColumnHidden(len(COLUMNS) - 1, not shown)

    def wanted_filter(self) -> RegisterFilter:
        """Return what the filters say."""
        return RegisterFilter(
            aar=self.year.key(),
            utvalg_id=self.utvalg.key(),
            sakstype=self.kind.key(),
            tilstand=self.state.key(),
            sakseier_id=self.owner.key(),
        )

    def show_sak(self, sak_id: str) -> None:
        """Select a sak; filters that hide it are taken away."""
        self.show_key(sak_id)

    def selected_sak(self) -> str | None:
        """Return the key of the one sak that is selected, if any."""
        return self.selected_key()

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

    def _tell_count(self, shown: int, searching: bool) -> None:
        text = _.plural("{antall} sak", "{antall} saker", shown).format(antall=spaced(shown))
        self.count.setText(
            _("{antall} · søker i omtaler …").format(antall=text) if searching else text
        )
        self.reset.setEnabled(bool(self.model.wanted.chosen or self.model.wanted.text))

    def is_empty(self) -> bool:
        """Tell whether the archive has no saker at all."""
        return not self.desk.read(count_saker)
