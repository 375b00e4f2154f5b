"""The dialogs about the innkalling: freezing it, and saying when it went and to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from desktop.i18n.dates import column_clock, prose_clock
from desktop.i18n.parsing import UnreadableTextError, parse_clock
from desktop.services.before_sending import MissingLine
from desktop.services.innkalling import Recipient
from desktop.services.papers_view import NewsLine, Nyhet, RecipientLine
from desktop.views.field import Field
from desktop.views.moete.act_dialog import ActDialog, DateField
from desktop.views.moete.lines_list import LinesList, missing_lines
from desktop.views.parts import button, label, row
from desktop.views.words import _

_ROW: Final = Qt.ItemDataRole.UserRole


def news_text(line: NewsLine) -> str:
    """Return the sentence for something an updated innkalling says anew."""
    match line.slag:
        case Nyhet.SEN_SAK:
            text = _("Ny sak {sak}: {tittel}")
        case Nyhet.ENDRET_SAK:
            text = _("Endret sak {sak}: {tittel}")
        case Nyhet.RAMME:
            text = _("Møtedager, sted, rekkefølge eller medlemmer er endret.")
        case Nyhet.ENDRET_TID if line.naa is None:
            text = _("Sak {sak} er utsatt eller trukket: {tittel}")
        case Nyhet.ENDRET_TID if line.nummer:
            text = _("Ny tid for sak {sak}: {foer} er blitt {naa}")
        case _:
            text = _("Ny tid for {tittel}: {foer} er blitt {naa}")
    return text.format(
        sak=line.nummer,
        tittel=line.tittel,
        foer=column_clock(line.foer) if line.foer else "",
        naa=column_clock(line.naa) if line.naa else "",
    )


class FreezeDialog(ActDialog):
    """Lists what is missing or new, says what freezing does, and asks.

    Signals:
        opened: the key of a sak, or the MissingLine, that the user wants to see first.
    """

    opened = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        *,
        moete: str,
        missing: Sequence[MissingLine],
        news: Sequence[NewsLine] | None,
        freeze: Callable[[], str],
    ) -> None:
        self._freeze = freeze
        updates = news is not None
        super().__init__(
            parent,
            _title(moete, updates=updates),
            _act(updates=updates, lacking=bool(missing)),
            intro=_effect(updates=updates),
        )
        self.lists: list[LinesList] = []
        if news:
            self._add(_("Dette er nytt siden forrige innkalling:"), _news_lines(news))
        if missing:
            self._add(_("Dette mangler eller er feil:"), missing_lines(missing))
        else:
            self.content.addWidget(
                label(_("Ingenting mangler i papirene, og kontrollen fant ingen feil."), "stille")
            )

    def _add(self, heading: str, lines: Sequence[tuple[str, object]]) -> None:
        made = LinesList(heading.rstrip(":"), lines)
        made.opened.connect(self._leave_to)
        self.lists.append(made)
        self.content.addWidget(label(heading))
        self.content.addWidget(made)

    def _leave_to(self, wanted: object) -> None:
        self.reject()
        self.opened.emit(wanted)

    def do(self) -> str | None:
        """Begin to freeze."""
        return self._freeze()


def _title(moete: str, *, updates: bool) -> str:
    title = (
        _("Oppdater innkallingen til møte {moete}")
        if updates
        else _("Ferdigstill innkallingen til møte {moete}")
    )
    return title.format(moete=moete)


def _act(*, updates: bool, lacking: bool) -> str:
    if updates:
        return _("Oppdater likevel") if lacking else _("Oppdater")
    return _("Ferdigstill likevel") if lacking else _("Ferdigstill")


def _effect(*, updates: bool) -> str:
    if updates:
        return _(
            "Nye saker og vedlegg får faste numre, og dokumentene lagres i arkivet slik de er nå. "
            "Det kan ikke angres."
        )
    return _(
        "Møtet, sakene og vedleggene får faste numre, og dokumentene lagres i arkivet slik de er "
        "nå. Det kan ikke angres. Saker som kommer til senere, tas med i en oppdatert innkalling."
    )


def _news_lines(news: Sequence[NewsLine]) -> list[tuple[str, object]]:
    return [(news_text(line), line.sak_id) for line in news]


class SentDialog(ActDialog):
    """Asks when papers went and to whom."""

    def __init__(
        self,
        parent: QWidget,
        *,
        what: str,
        people: Sequence[RecipientLine],
        now: dt.datetime,
        register: Callable[[dt.datetime, Sequence[Recipient]], str],
    ) -> None:
        super().__init__(
            parent,
            _("Registrer som sendt: {hva}").format(hva=what),
            _("Registrer"),
            intro=_("Si når dokumentene ble sendt, og hvem som fikk dem."),
        )
        self._register = register
        self.date = DateField(_("&Dato"), now.date())
        self.time = QLineEdit(prose_clock(now.time()))
        self.clock = Field(_("&Klokkeslett"), self.time)
        when = row(self.date, self.clock, spacing=12)
        when.setStretch(0, 1)
        when.setStretch(1, 1)
        self.content.addLayout(when)
        self._make_people(people)
        self._make_adding()
        self._count()

    def _make_people(self, people: Sequence[RecipientLine]) -> None:
        self.people = QListWidget()
        self.people.setMinimumHeight(200)
        self.people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.people.setSpacing(1)
        for person in people:
            recipient = Recipient(person.navn, person.epost or None, person.person_id)
            checked = person.foreslaatt and bool(person.epost)
            self._add_row(recipient, person.organisasjon, checked=checked)
        self.people.itemChanged.connect(lambda _item: self._count())
        self.mottakere = Field(_("&Mottakere"), self.people)
        self.count = label("", "stille", wrap=True)
        self.copy = button(
            _("Kopier adressene"),
            self._copy,
            tip=_("Kopier adressene til mottakerne, for Til-feltet i e-postprogrammet"),
        )
        self.content.addWidget(self.mottakere)
        below = row(self.count, self.copy)
        below.setStretch(0, 1)
        self.content.addLayout(below)

    def _make_adding(self) -> None:
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("Navn"))
        self.mail = QLineEdit()
        self.mail.setPlaceholderText(_("E-post"))
        self.mail.setAccessibleName(_("E-posten til den nye mottakeren"))
        add = button(_("Legg til"), self._add_typed)
        add.setAutoDefault(False)
        self.name.returnPressed.connect(self._add_typed)
        self.mail.returnPressed.connect(self._add_typed)
        self.adding = Field(_("&Annen mottaker"), self.name)
        line = row(self.adding, self.mail, add)
        for part in (self.mail, add):
            line.setAlignment(part, Qt.AlignmentFlag.AlignBottom)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        self.content.addLayout(line)

    def _add_row(self, recipient: Recipient, organisation: str, *, checked: bool) -> None:
        name = f"{recipient.navn} ({organisation})" if organisation else recipient.navn
        mail = recipient.epost or _("uten e-postadresse")
        item = QListWidgetItem(f"{name} · {mail}")
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        item.setData(_ROW, recipient)
        item.setToolTip(item.text())
        self.people.addItem(item)

    def _add_typed(self) -> None:
        name, mail = self.name.text().strip(), self.mail.text().strip()
        if not name:
            self.adding.say(_("Skriv navnet på mottakeren."))
            self.name.setFocus()
            return
        self._add_row(Recipient(name, mail or None), "", checked=True)
        self.people.scrollToBottom()
        self.name.clear()
        self.mail.clear()
        self.name.setFocus()
        self._count()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Let Enter in the fields of a new recipient add it, and not confirm the dialog."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and (self.name.hasFocus() or self.mail.hasFocus()):
            return
        super().keyPressEvent(event)

    def recipients(self) -> list[Recipient]:
        """Return those who are checked."""
        items = [self.people.item(number) for number in range(self.people.count())]
        return [item.data(_ROW) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _count(self) -> None:
        chosen = self.recipients()
        without = sum(1 for one in chosen if not one.epost)
        text = _.plural("{antall} mottaker", "{antall} mottakere", len(chosen))
        told = text.format(antall=len(chosen))
        if without:
            told += ", " + _("{antall} uten e-postadresse").format(antall=without)
        self.count.setText(told)
        self.copy.setEnabled(len(chosen) > without)

    def _copy(self) -> None:
        addresses = "; ".join(one.epost for one in self.recipients() if one.epost)
        QGuiApplication.clipboard().setText(addresses)
        self.count.setText(_("Adressene er kopiert."))

    def do(self) -> str | None:
        """Register the utsendelse as sent."""
        date, clock = self.date.date(), self._clock()
        if date is None or clock is None:
            return None
        return self._register(dt.datetime.combine(date, clock), self.recipients())

    def _clock(self) -> dt.time | None:
        try:
            return parse_clock(self.time.text())
        except UnreadableTextError as error:
            self.clock.say(str(error))
            return None
