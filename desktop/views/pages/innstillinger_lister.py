"""The lists of an utvalg: where its numbers start, its fixed posts, and its phrases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QTableView, QWidget

from desktop.i18n.terms import SAKSTYPER
from desktop.rules.entity_kinds import Fastpostslag, Plassering
from desktop.rules.kinds import Toppnotatstatus
from desktop.rules.numbering import FIRST_YEAR, HIGHEST_NUMBER, LAST_YEAR
from desktop.rules.phrases import PLACEHOLDERS
from desktop.services.utvalg import set_series
from desktop.services.utvalg_settings import (
    LONGEST_POST,
    FastpostRow,
    FraseRow,
    SerieRow,
    UtvalgSettings,
    set_fastposter,
    set_fraser,
)
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.ordered import OrderedRowsModel
from desktop.viewmodels.settings import PLACINGS, phrases_model, posts_model, series_model
from desktop.views.form import Choice, FormDialog, line, number_field
from desktop.views.ordered_table import (
    add_copying,
    ordered_table,
    select_place,
    selected_places,
    set_widths,
)
from desktop.views.parts import Notice, action, button, column, label, row, table_view
from desktop.views.words import _

_KINDS = [(key, _(name)) for key, name in SAKSTYPER.items()]
_STATUSES = (
    (Toppnotatstatus.SKAL_HA, _("Skal ha toppnotat")),
    (Toppnotatstatus.INGEN, _("Ingen toppnotat")),
    (Toppnotatstatus.IKKE_AKTUELT, _("Ikke aktuelt")),
)


def _hint() -> str:
    return _("Kan inneholde {felt}").format(felt=", ".join(f"{{{name}}}" for name in PLACEHOLDERS))


class Series(QWidget):
    """Shows where the numbers of each year start."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.held: UtvalgSettings | None = None
        self.model = series_model(self)
        self.table = table_view(_("Nummerserier"), multi=False)
        self.table.setModel(self.model)
        set_widths(self.table, {0: 80, 1: 110, 2: 110}, stretch=3)
        self.edit_button = button(_("Endre …"), self.edit, tip=_("Enter"))
        self.add_button = button(_("Nytt år …"), self.add)
        action(self.table, _("Endre …"), self.edit, "Return")
        self.table.doubleClicked.connect(lambda _index: self.edit())
        text = _(
            "Et arkiv kan begynne midt i et år: da er første sak den neste som skal ha nummer."
        )
        self.setLayout(
            column(
                label(_("Nummerserie"), "undertittel"),
                label(text, "stille", wrap=True),
                self.table,
                row(self.edit_button, self.add_button, None),
                spacing=10,
            )
        )

    def show_settings(self, held: UtvalgSettings) -> None:
        """Show the series of an utvalg."""
        places = selected_places(self.table)
        self.held = held
        self.model.set_rows(held.serier)
        select_place(self.table, places[0] if places else None)

    def edit(self) -> None:
        """Change where the numbers of the selected year start."""
        places = selected_places(self.table) or ([0] if self.model.rowCount() else [])
        if places and self.held and not self.desk.read_only:
            SeriesDialog(self, self.desk, self.held.id, self.model.row_at(places[0])).open()

    def add(self) -> None:
        """Ask where the numbers of another year start."""
        if self.held is None or self.desk.read_only:
            return
        years = {serie.aar for serie in self.held.serier}
        year = dt.date.today().year  # noqa: DTZ011
        while year in years:
            year += 1
        SeriesDialog(self, self.desk, self.held.id, SerieRow(year, 1, 1, None, None)).open()


class SeriesDialog(FormDialog):
    """Says where the numbers of a year start."""

    def __init__(self, parent: QWidget, desk: Desk, utvalg_id: str, held: SerieRow) -> None:
        super().__init__(parent, _("Nummerserie"), _("Lagre"), self._act)
        self.desk, self.utvalg_id = desk, utvalg_id
        self.year = number_field(held.aar, FIRST_YEAR, LAST_YEAR)
        self.sak = number_field(held.foerste_sak, 1, HIGHEST_NUMBER)
        self.meeting = number_field(held.foerste_moete, 1, HIGHEST_NUMBER)
        self.add(_("&År"), self.year)
        self.add(_("Første &sak"), self.sak)
        self.add(_("Første &møte"), self.meeting)

    def _act(self) -> str:
        return self.desk.do(
            set_series,
            utvalg_id=self.utvalg_id,
            aar=self.year.value(),
            foerste_sak=self.sak.value(),
            foerste_moete=self.meeting.value(),
        ).error


class OrderedSettings(QWidget):
    """A list of an utvalg that is added to, changed, put in order and taken from."""

    def __init__(
        self, desk: Desk, title: str, help_text: str, model: OrderedRowsModel[Any], new: str
    ) -> None:
        super().__init__()
        self.desk = desk
        self.held: UtvalgSettings | None = None
        self.notice = Notice()
        self.model = model
        self.table: QTableView = ordered_table(title, model, self.move_row)
        self.add_button = button(new, self.add, tip=_("Ctrl+N"))
        self.edit_button = button(_("Endre …"), self.edit, tip=_("Enter"))
        self.remove_button = button(_("Fjern"), self.remove, tip=_("Delete. Kan angres."))
        action(self, new, self.add, "Ctrl+N")
        action(self.table, _("Endre …"), self.edit, "Return")
        action(self.table, _("Fjern"), self.remove, "Delete")
        add_copying(self.table)
        self.table.doubleClicked.connect(lambda _index: self.edit())
        self.setLayout(
            column(
                label(title, "undertittel"),
                label(help_text, "stille", wrap=True),
                self.notice,
                self.table,
                row(self.add_button, self.edit_button, self.remove_button, None),
                spacing=10,
            )
        )

    def show_rows(self, held: UtvalgSettings, rows: Sequence[Any]) -> None:
        """Show the list of an utvalg; the selected place stays selected."""
        places = selected_places(self.table)
        self.held = held
        self.model.set_rows(rows)
        if places:
            select_place(self.table, min(places[0], len(rows) - 1))

    def keep(self, rows: Sequence[Any]) -> str:
        """Store the list, and return the sentence of what was refused."""
        return self.store(rows)

    def store(self, rows: Sequence[Any]) -> str:  # noqa: ARG002
        """Store the list; each list knows its verb."""
        return ""

    def ask(self, held: Any, place: int | None) -> FormDialog:  # noqa: ANN401, ARG002
        """Return the dialog for a row, or for a new one where `place` is None."""
        return FormDialog(self, "", "")

    def add(self) -> None:
        """Ask for a new row."""
        if self.held is not None and not self.desk.read_only:
            self.ask(None, None).open()

    def edit(self) -> None:
        """Change the selected row."""
        places = selected_places(self.table)
        if len(places) == 1 and not self.desk.read_only:
            self.ask(self.model.row_at(places[0]), places[0]).open()

    def remove(self) -> None:
        """Remove the selected rows; that can be undone."""
        places = set(selected_places(self.table))
        if places and not self.desk.read_only:
            kept = [one for place, one in enumerate(self.model.rows()) if place not in places]
            self.notice.say(self.keep(kept))

    def move_row(self, source: int, target: int) -> None:
        """Move a row to another place."""
        rows = list(self.model.rows())
        rows.insert(target, rows.pop(source))
        error = self.keep(rows)
        self.notice.say(error)
        if not error:
            select_place(self.table, target)

    def put(self, made: Any, place: int | None) -> str:  # noqa: ANN401
        """Put a row from the dialog into the list, and store it."""
        rows = list(self.model.rows())
        if place is None:
            rows.append(made)
        else:
            rows[place] = made
        return self.keep(rows)


class Posts(OrderedSettings):
    """The posts that a new meeting proposes by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            _("Faste poster"),
            _("Et nytt møte får disse postene av seg selv. Møter som er planlagt, beholder sine."),
            posts_model(),
            _("Ny fast post …"),
        )
        set_widths(self.table, {0: 345, 1: 100}, stretch=4, kept={2: 78, 3: 60})

    def show_settings(self, held: UtvalgSettings) -> None:
        """Show the fixed posts of an utvalg."""
        self.show_rows(held, held.fastposter)

    def store(self, rows: Sequence[FastpostRow]) -> str:
        """Store the fixed posts."""
        assert self.held is not None  # noqa: S101
        return self.desk.do(set_fastposter, utvalg_id=self.held.id, fastposter=rows).error

    def ask(self, held: FastpostRow | None, place: int | None) -> FormDialog:
        """Return the dialog for a fixed post."""
        return PostDialog(self, held, place)


class PostDialog(FormDialog):
    """Asks for a fixed post."""

    def __init__(self, parent: Posts, held: FastpostRow | None, place: int | None) -> None:
        title = _("Endre fast post") if held else _("Ny fast post")
        super().__init__(parent, title, _("Lagre"), lambda: parent.put(self.value(), place))
        self.held = held
        self.title = line(held.tittel if held else "")
        self.kind = Choice([(None, _("Ingen type")), *_KINDS])
        self.kind.choose(held.sakstype if held else None)
        self.minutes = number_field(held.varighet if held else 10, 0, LONGEST_POST, _("minutter"))
        self.placing = Choice(PLACINGS.items())
        self.placing.choose(held.plassering if held else Plassering.FOERST)
        self.status = Choice(_STATUSES)
        self.status.choose(held.toppnotatstatus if held else Toppnotatstatus.IKKE_AKTUELT)
        self.phrase = line(held.frase if held else "")
        self.add(_("&Tittel"), self.title, _hint())
        self.add(_("&Sakstype"), self.kind)
        self.add(_("&Varighet"), self.minutes)
        self.add(_("&Plass"), self.placing)
        self.add(_("Topp&notat"), self.status)
        self.add(_("&Forslag til vedtak"), self.phrase, _hint())
        self.form.addRow(label(_hint(), "stille", wrap=True))

    def value(self) -> FastpostRow:
        """Return what the fields say."""
        return FastpostRow(
            id=self.held.id if self.held else None,
            slag=self.held.slag if self.held else Fastpostslag.ANNET,
            tittel=self.title.text(),
            sakstype=self.kind.key(),
            varighet=self.minutes.value(),
            plassering=self.placing.key(),
            toppnotatstatus=self.status.key(),
            frase=self.phrase.text(),
        )


class Phrases(OrderedSettings):
    """The phrases that are offered for a vedtak."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            _("Fraser for vedtak"),
            _("Tilbys når et forslag til vedtak skrives, etter sakstype."),
            phrases_model(),
            _("Ny frase …"),
        )
        set_widths(self.table, {0: 130}, stretch=1)

    def show_settings(self, held: UtvalgSettings) -> None:
        """Show the phrases of an utvalg."""
        self.show_rows(held, held.fraser)

    def store(self, rows: Sequence[FraseRow]) -> str:
        """Store the phrases."""
        assert self.held is not None  # noqa: S101
        return self.desk.do(set_fraser, utvalg_id=self.held.id, fraser=rows).error

    def ask(self, held: FraseRow | None, place: int | None) -> FormDialog:
        """Return the dialog for a phrase."""
        return PhraseDialog(self, held, place)


class PhraseDialog(FormDialog):
    """Asks for a phrase."""

    def __init__(self, parent: Phrases, held: FraseRow | None, place: int | None) -> None:
        title = _("Endre frase") if held else _("Ny frase")
        super().__init__(parent, title, _("Lagre"), lambda: parent.put(self.value(), place))
        self.setMinimumWidth(620)
        self.held = held
        self.kind = Choice(_KINDS)
        self.kind.choose(held.sakstype if held else None)
        self.text = line(held.tekst if held else "", hint=_("{utvalg} tar saken til orientering."))
        self.add(_("&Sakstype"), self.kind)
        self.add(_("&Frase"), self.text, _hint())
        self.form.addRow(label(_hint(), "stille", wrap=True))

    def value(self) -> FraseRow:
        """Return what the fields say."""
        return FraseRow(self.held.id if self.held else None, self.kind.key(), self.text.text())
