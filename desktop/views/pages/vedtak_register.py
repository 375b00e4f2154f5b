"""The register of vedtak: filtered, sorted, copied, and filled from elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.i18n.terms import SAKSTYPER
from desktop.services.vedtak_entry import remove_registered
from desktop.services.vedtak_register import VedtakFilter, count_vedtak, load_vedtak_choices
from desktop.services.vedtak_view import VedtakView, load_vedtak
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.viewmodels.vedtak_register import (
    UTFALL,
    VedtakRegisterModel,
    vedtak_as_text,
)
from desktop.views.form import Choice
from desktop.views.ordered_table import selected_places
from desktop.views.pages.vedtak_detaljer import VedtakDetails
from desktop.views.pages.vedtak_dialoger import VedtakDialog
from desktop.views.pages.vedtak_liminn import PasteVedtakDialog
from desktop.views.parts import EmptyPage, Notice, action, button, column, row, side_by_side
from desktop.views.room import RoomyStack, TwoRows
from desktop.views.theme import current_colours
from desktop.views.windowed_table import WindowedTable, spaced
from desktop.views.words import _

_WIDTHS = {0: 64, 1: 94, 2: 150, 4: 92, 5: 104, 6: 100}
_LEAST = {2: 420, 4: 960, 5: 620, 6: 760}
"""How wide the table must be for a column that the panel tells of as well."""


class VedtakRegister(WindowedTable):
    """Shows the vedtak that the filters let through, and beside them the one that is selected.

    Signals:
        commitment_wanted: the key of a commitment to show.
    """

    commitment_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        self.model = VedtakRegisterModel(desk)
        super().__init__(desk, self.model, _("Vedtak"), of_table="vedtak")
        self.model.setParent(self)
        self.sort_first(1, _WIDTHS, stretch=3)
        self.notice = Notice()
        self.details = VedtakDetails()
        self._make_filters()
        self._make_actions()
        self._lay_out()
        self.model.counted.connect(self._tell_count)
        self.model.modelReset.connect(self._show_selected)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_selected())
        self.table.doubleClicked.connect(lambda _index: self.open_selected())
        self.details.wanted.connect(self.wanted)
        self.details.vedtak_wanted.connect(self.show_key)
        self.details.commitment_wanted.connect(self.commitment_wanted)

    def _make_filters(self) -> None:
        self.make_search(_("Søk i vedtak"), _("Søk i sak, tema og vedtakstekst"))
        self.utvalg = Choice((), _("Utvalg"))
        self.year = Choice((), _("År"))
        self.kind = Choice((), _("Sakstype"))
        self.outcome = Choice((), _("Utfall"))
        self.make_reset(_("Vis alle vedtak"))

    def boxes(self) -> tuple[Choice, ...]:
        """Return the filters."""
        return (self.utvalg, self.year, self.kind, self.outcome)

    def _make_actions(self) -> None:
        self.enter_button = button(_("Før inn vedtak …"), self.enter, tip=_("Ctrl+N"))
        self.paste_button = button(
            _("Lim inn tabell …"), self.paste, tip=_("Fra Excel, Word eller nett (Ctrl+Shift+V)")
        )
        self.change_button = button(_("Endre …"), self.change, tip=_("F2"))
        self.remove_button = button(_("Fjern"), self.remove, tip=_("Delete. Kan angres."))
        self.open_button = button(_("Åpne saken"), self.open_selected, main=True, tip=_("Enter"))
        for text, act, keys in (
            (_("Åpne saken"), self.open_selected, "Return"),
            (_("Endre …"), self.change, "F2"),
            (_("Fjern"), self.remove, "Delete"),
            (_("Kopier som tabell"), self.copy_table, "Ctrl+C"),
            (_("Kopier vedtak som tekst"), self.copy_vedtak, "Ctrl+Shift+C"),
        ):
            action(self.table, text, act, keys)
        action(self, _("Før inn vedtak …"), self.enter, "Ctrl+N")
        action(self, _("Lim inn tabell …"), self.paste, "Ctrl+Shift+V")

    def _lay_out(self) -> None:
        self.stack = RoomyStack()
        self.stack.room_changed.connect(self._make_room)
        self.stack.addWidget(self.table)
        empty = EmptyPage(
            _("Ingen vedtak ennå"),
            _(
                "Her står alle vedtak fra møtene. Eldre vedtak, og vedtak fra andre utvalg, kan "
                "føres inn eller limes inn som tabell."
            ),
            button(_("Lim inn tabell …"), self.paste, main=True),
        )
        self.stack.addWidget(empty)
        for box in self.boxes():
            box.setMinimumContentsLength(6)
        self._filters = TwoRows(
            row(self.utvalg, self.year), row(self.kind, self.outcome, None, self.reset)
        )
        self._acts = TwoRows(
            row(self.count, None, self.enter_button, self.paste_button),
            row(None, self.change_button, self.remove_button, self.open_button),
        )
        left = QWidget()
        parts = (self.search, self._filters, self.notice, self.stack, self._acts)
        left.setLayout(column(*parts, spacing=10))
        self.splitter = side_by_side(left, self.details)
        self.setLayout(column(self.splitter))

    def load(self) -> None:
        """Read what the filters offer, and the vedtak."""
        self.model.set_changed_colour(current_colours().warning)
        choices = self.desk.read(load_vedtak_choices)
        self.utvalg.set_items([(None, _("Alle utvalg")), *choices.utvalg])
        self.year.set_items([(None, _("Alle år")), *((year, str(year)) for year in choices.aar)])
        kinds = [(str(key), _(name)) for key, name in SAKSTYPER.items()]
        self.kind.set_items([(None, _("Alle typer")), *kinds])
        self.outcome.set_items(
            [(None, _("Alle utfall")), *((key, _(name)) for key, name in UTFALL.items())]
        )
        self.stack.setCurrentIndex(0 if self.desk.read(count_vedtak) else 1)
        for one in (self.enter_button, self.paste_button):
            one.setEnabled(not self.desk.read_only)
        self.keeping_place(self.model.reload)
        self._show_selected()

    def _make_room(self, room: int) -> None:
        """Leave the room to the texts where there is little; panel and filters tell the rest."""
        for place, least in _LEAST.items():
            self.table.setColumnHidden(place, room < least)
        self._acts.fit(room)
        self._filters.fit(room)

    def wanted_filter(self) -> VedtakFilter:
        """Return what the filters say."""
        return VedtakFilter(
            utvalg_id=self.utvalg.key(),
            aar=self.year.key(),
            sakstype=self.kind.key(),
            utfall=self.outcome.key(),
        )

    def _tell_count(self, shown: int, searching: bool) -> None:
        text = _.plural("{antall} vedtak", "{antall} vedtak", shown).format(antall=spaced(shown))
        self.count.setText(
            _("{antall} · søker i tekstene …").format(antall=text) if searching else text
        )
        self.reset.setEnabled(bool(self.model.wanted.chosen or self.model.wanted.text))

    def selected(self) -> VedtakView | None:
        """Return the one vedtak that is selected, if any."""
        key = self.selected_key()
        return self.desk.read(lambda session: load_vedtak(session, key)) if key else None

    def _show_selected(self) -> None:
        view = self.selected()
        self.details.show_vedtak(view)
        entered = view is not None and view.rad.is_entered and not self.desk.read_only
        self.change_button.setEnabled(entered)
        self.remove_button.setEnabled(entered)
        self.open_button.setEnabled(view is not None and view.rad.sak_id is not None)
        self.notice.say("")

    def open_selected(self) -> None:
        """Open the selected vedtak in the referat of its meeting; an entered one to change it."""
        view = self.selected()
        if view is None:
            return
        if view.rad.is_entered:
            self.change()
        elif view.rad.moete_id is not None:
            self.wanted.emit(
                Target(Place.MOETER, key=view.rad.moete_id, tab=Tab.REFERAT, sak_id=view.rad.sak_id)
            )

    def enter(self) -> None:
        """Enter a vedtak by hand."""
        if not self.desk.read_only:
            dialog = VedtakDialog(self, self.desk)
            dialog.accepted.connect(lambda: self._made(dialog))
            dialog.open()

    def _made(self, dialog: VedtakDialog) -> None:
        if dialog.created:
            self.show_key(dialog.created)

    def change(self) -> None:
        """Change the selected vedtak, if it was entered by hand."""
        view = self.selected()
        if view is not None and view.rad.is_entered and not self.desk.read_only:
            VedtakDialog(self, self.desk, view).open()

    def remove(self) -> None:
        """Take the selected vedtak out of the register, if it was entered by hand."""
        view = self.selected()
        if view is None or self.desk.read_only:
            return
        place = selected_places(self.table)[0]
        outcome = self.desk.do(remove_registered, vedtak_id=view.rad.id)
        self.notice.say(outcome.error)
        if outcome and self.model.rowCount():
            self.table.selectRow(min(place, self.model.rowCount() - 1))

    def paste(self) -> None:
        """Take in a table of vedtak from the clipboard."""
        if not self.desk.read_only:
            PasteVedtakDialog(self, self.desk).open()

    def copy_vedtak(self) -> None:
        """Copy the selected vedtak as clean text."""
        view = self.selected()
        if view is not None:
            QGuiApplication.clipboard().setText(vedtak_as_text(view))
            self.told.emit(_("Vedtaket er kopiert som tekst"))
