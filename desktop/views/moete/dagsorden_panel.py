"""The panel beside the running order: the chosen sak with its texts, people and vedlegg."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QMenu,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QWidget,
)

from desktop.i18n.terms import SAKSTYPER
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Rolle
from desktop.rules.kinds import Sakstype, Toppnotatstatus
from desktop.rules.states import SakTilstand, ToppnotatTilstand
from desktop.services.agenda_edit import write_arkivreferanse, write_title
from desktop.services.agenda_view import Part
from desktop.services.errors import ServiceError
from desktop.services.sak_view import SakView, load_parts, load_sak_view
from desktop.services.saker import (
    Deltar,
    set_roles,
    set_sakstype,
    set_toppnotatstatus,
    write_forslag,
    write_omtale,
)
from desktop.services.types import ChangeSet
from desktop.viewmodels.agenda import Col
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.tasks import Tasks
from desktop.views.moete.dagsorden_felt import TreeField, TypedField
from desktop.views.moete.dagsorden_personer import Candidates, PeopleField
from desktop.views.moete.dagsorden_vedlegg import AttachmentField
from desktop.views.parts import button, column, label, row
from desktop.views.words import _

_PEOPLE = frozenset({"person", "organisasjon", "organisasjonsnavn"})
_NONE = ""
_ROLES = {
    Rolle.SAKSEIER: _("Sakseier"),
    Rolle.SAKSBEHANDLER: _("Saksbehandler"),
    Rolle.PRESENTATOER: _("Presenterer"),
}
_STATUSES = {
    Toppnotatstatus.SKAL_HA: _("Skal ha toppnotat"),
    Toppnotatstatus.INGEN: _("«Ingen toppnotat» (trykkes)"),
    Toppnotatstatus.IKKE_AKTUELT: _("Ikke aktuelt (trykkes ikke)"),
}
_NOTES = {
    ToppnotatTilstand.UTKAST: _("Toppnotatet er et utkast."),
    ToppnotatTilstand.TIL_KVALITETSSIKRING: _("Toppnotatet er til kvalitetssikring."),
    ToppnotatTilstand.KLAR: _("Toppnotatet er klart."),
    ToppnotatTilstand.SENDT: _("Toppnotatet er sendt."),
}
_STATES = {
    SakTilstand.INNMELDT: _("i køen"),
    SakTilstand.BEHANDLET: _("behandlet"),
    SakTilstand.UTSATT: _("utsatt"),
    SakTilstand.TRUKKET: _("trukket"),
}


class SakPanel(QWidget):
    """Shows one sak and saves what is changed in it.

    Signals:
        documents_wanted: the user opens a vedlegg that Møtebok makes.
        note_wanted: the key of the sak whose toppnotat the user opens.
    """

    documents_wanted = Signal()
    note_wanted = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk = desk
        self._sak: SakView | None = None
        self._has_people = False
        self._candidates = Candidates()
        self._make_fields(tasks)
        self._stack = QStackedLayout(self)
        empty = label(_("Velg en sak for å se og endre den."), "stille", wrap=True)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(empty)
        self._stack.addWidget(self._scroll())
        self.setMinimumWidth(280)
        desk.closing.connect(self.flush)

    def _make_fields(self, tasks: Tasks) -> None:
        self.heading = label("", "undertittel")
        self.state = label("", "foreloepig", wrap=True)
        self.title = TypedField(_("Tittel"), self._save_title, one_line=True, most=4)
        self.kind = _choice(_("Sakstype"))
        self.kind.addItem(_("Ingen"), _NONE)
        for kind in Sakstype:
            self.kind.addItem(_(SAKSTYPER[kind]), kind.value)
        self.kind.activated.connect(lambda _row: self._save_kind())
        self.status = _choice(_("Toppnotat"))
        for status, name in _STATUSES.items():
            self.status.addItem(name, status.value)
        self.status.activated.connect(lambda _row: self._save_status())
        self.note = label("", "stille", wrap=True)
        self.open_note = button(_("Åpne toppnotatet"), self._want_note)
        self.choice_problem = label("", "feil", wrap=True)
        self.choice_problem.hide()
        self.people = {
            rolle: PeopleField(name, self._candidates, partial(self._save_people, rolle))
            for rolle, name in _ROLES.items()
        }
        self.reference = TypedField(
            _("Arkivreferanse"), self._save_reference, one_line=True, most=2
        )
        self.omtale = TreeField(_("Omtale i dagsordenen"), partial(self._save_tree, write_omtale))
        self.forslag = TreeField(_("Forslag til vedtak"), partial(self._save_tree, write_forslag))
        self.phrases = QToolButton()
        self.phrases.setText(_("Sett inn frase"))
        self.phrases.setAccessibleName(_("Sett inn frase i forslaget til vedtak"))
        self.phrases.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.phrases.setMenu(QMenu(self.phrases))
        self.attachments = AttachmentField(self._desk, tasks)
        self.attachments.documents_wanted.connect(self.documents_wanted)

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        inner.setLayout(
            column(
                row(self.heading, self.state, None),
                self.title,
                _named(_("Sakstype"), self.kind),
                _named(_("Toppnotat"), self.status),
                row(self.note, self.open_note, None),
                self.choice_problem,
                self.omtale,
                self.forslag,
                row(self.phrases, None),
                *self.people.values(),
                self.attachments,
                self.reference,
                None,
                margin=12,
                spacing=10,
            )
        )
        area = QScrollArea()
        area.setObjectName("sakspanel")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(_("Saken"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area

    @property
    def sak(self) -> SakView | None:
        """The sak that is shown."""
        return self._sak

    def show_sak(self, sak_id: str | None, *, editable: bool) -> None:
        """Show a sak, or none. What was typed about the one before it is saved first."""
        if not self._has_people:
            self._load_people()
        if self._sak is not None and self._sak.id != sak_id:
            self.flush()
            for field in self.people.values():
                field.clear_typed()
            self._say("")
        self._sak = self._read(sak_id)
        if self._sak is None:
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        self._fill(self._sak)
        self._set_editable(editable)

    def refresh(self, changes: ChangeSet) -> None:
        """Know that people or their organisations were changed."""
        if changes.tables & _PEOPLE:
            self._load_people()

    def _load_people(self) -> None:
        self._candidates.set_parts(self._desk.read(load_parts))
        self._has_people = True

    def _read(self, sak_id: str | None) -> SakView | None:
        if sak_id is None:
            return None
        try:
            return self._desk.read(lambda session: load_sak_view(session, sak_id))
        except ServiceError:
            return None

    def _fill(self, sak: SakView) -> None:
        self._fill_head(sak)
        self.title.show_text(sak.id, sak.tittel)
        self.reference.show_text(sak.id, sak.arkivreferanse)
        self.omtale.show_tree(sak.id, sak.omtale)
        self.forslag.show_tree(sak.id, sak.forslag)
        for box, value in (
            (self.kind, sak.sakstype.value if sak.sakstype else _NONE),
            (self.status, sak.toppnotatstatus.value),
        ):
            blocker = QSignalBlocker(box)
            box.setCurrentIndex(box.findData(value))
            blocker.unblock()
        self.note.setText(_NOTES[sak.toppnotat] if sak.toppnotat else "")
        self.note.setVisible(sak.toppnotat is not None)
        self.open_note.setVisible(sak.toppnotat is not None and sak.moete_id is not None)
        for rolle, field in self.people.items():
            field.show_parts(sak.roller[rolle])
        self.attachments.show_sak(sak)
        self._fill_phrases(sak)

    def _fill_head(self, sak: SakView) -> None:
        number = _("Sak {nummer}").format(nummer=sak.number) if sak.number else _("Sak uten nummer")
        self.heading.setText(number)
        told = [_("foreløpig nummer")] if sak.provisional and sak.number else []
        if sak.tilstand in _STATES:
            told.append(_STATES[sak.tilstand])
        self.state.setText(", ".join(told))

    def _fill_phrases(self, sak: SakView) -> None:
        menu = self.phrases.menu()
        menu.clear()
        for phrase in sak.phrases:
            step = menu.addAction(_shortened(phrase).replace("&", "&&"))
            step.triggered.connect(partial(self._insert_phrase, phrase))
        self.phrases.setEnabled(bool(sak.phrases))
        self.phrases.setToolTip(
            _("Fraser for sakstypen") if sak.phrases else _("Velg en sakstype for å få fraser")
        )

    def _insert_phrase(self, phrase: str, _checked: bool = False) -> None:
        if self.forslag.can_type:
            self.forslag.editor.insert_line(phrase)
        else:
            self._say(_("Forslaget har lister eller formatering og kan ikke endres her."))

    def _set_editable(self, editable: bool) -> None:
        for field in (self.title, self.reference, self.omtale, self.forslag):
            field.set_editable(editable)
        for box in (self.kind, self.status):
            box.setEnabled(editable)
        for people in self.people.values():
            people.setEnabled(editable)
        self.attachments.set_editable(editable)
        self.phrases.setVisible(editable and self.forslag.can_type)

    def flush(self) -> None:
        """Save what is typed."""
        for field in (self.title, self.reference, self.omtale, self.forslag):
            field.flush()

    def focus_people(self, place: Col) -> None:
        """Give the keyboard to where sakseiere or presenters are picked."""
        rolle = Rolle.SAKSEIER if place is Col.SAKSEIER else Rolle.PRESENTATOER
        self.people[rolle].line.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_title(self) -> None:
        """Give the keyboard to the title."""
        self.title.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _want_note(self) -> None:
        if self._sak is not None:
            self.flush()
            self.note_wanted.emit(self._sak.id)

    def _save_title(self, key: str, text: str) -> str:
        return self._desk.do(write_title, sak_id=key, tittel=text, typing=True).error

    def _save_reference(self, key: str, text: str) -> str:
        return self._desk.do(
            write_arkivreferanse, sak_id=key, arkivreferanse=text, typing=True
        ).error

    def _save_tree(self, verb: Callable[..., ChangeSet], key: str, tree: Tree) -> str:
        return self._desk.do(verb, sak_id=key, tree=tree, typing=True).error

    def _save_kind(self) -> None:
        value = self.kind.currentData()
        kind = Sakstype(value) if value else None
        if self._sak is not None and kind is not self._sak.sakstype:
            self._say(self._desk.do(set_sakstype, sak_id=self._sak.id, sakstype=kind).error)

    def _save_status(self) -> None:
        status = Toppnotatstatus(self.status.currentData())
        if self._sak is not None and status is not self._sak.toppnotatstatus:
            done = self._desk.do(set_toppnotatstatus, sak_id=self._sak.id, toppnotatstatus=status)
            self._say(done.error)

    def _save_people(self, rolle: Rolle, parts: Sequence[Part]) -> str:
        if self._sak is None:
            return ""
        deltar = [Deltar(part.person_id, part.organisasjon_id) for part in parts]
        return self._desk.do(set_roles, sak_id=self._sak.id, rolle=rolle, deltar=deltar).error

    def _say(self, sentence: str) -> None:
        self.choice_problem.setText(sentence)
        self.choice_problem.setVisible(bool(sentence))
        if sentence and self._sak is not None:
            self._fill(self._sak)


def _choice(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
    return made


def _named(name: str, field: QWidget) -> QWidget:
    made = QWidget()
    title = label(name, "stille")
    title.setBuddy(field)
    made.setLayout(column(title, field, spacing=3))
    return made


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80].rstrip()} …"
