"""The vedtak of a sak: as proposed in one key, or written with the difference shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.richtext.plain import is_empty
from desktop.richtext.tree import Tree, paragraph
from desktop.services.minutes_edit import adopt_as_proposed, write_vedtak
from desktop.services.minutes_view import SakMinutes
from desktop.services.saker import reads_alike
from desktop.viewmodels.desk import Desk, Outcome
from desktop.views.editor.field import TextField
from desktop.views.moete.referat.parts import GAP, GrowingDiff, Section, framed
from desktop.views.parts import button, column, label, row
from desktop.views.words import _


class VedtakBox(QWidget):
    """Shows and writes the vedtak; `told` is called with what was refused."""

    def __init__(self, desk: Desk, sak_id: str, told: Callable[[str], object]) -> None:
        super().__init__()
        self._desk = desk
        self.sak_id = sak_id
        self._told = told
        self._said: SakMinutes | None = None
        self._writable = True
        self.field = TextField(desk, self._save, _("Vedtak"))
        self.field.edit.set_growing(True)
        self.adopt = button(
            _("Vedtatt som foreslått"),
            self.adopt_proposal,
            tip=_("Vedtaket blir som forslaget (F9)"),
        )
        self.phrases = QPushButton(_("Fraser"))
        self.phrases.setAccessibleName(_("Fraser for vedtak"))
        self.phrases.setToolTip(_("Sett inn en frase for sakstypen (Ctrl+F8)"))
        self.state = label("", "stille")
        self.differs = label(_("Endret fra forslaget:"), "stille")
        self.diff = GrowingDiff(_("Forskjellen fra forslaget"))
        self.section = Section(_("Vedtak"), "F8")
        self.section.aside.addWidget(self.state)
        self.setLayout(
            column(
                self.section,
                row(self.adopt, self.phrases, None),
                framed(self.field),
                self.differs,
                self.diff,
                spacing=GAP,
            )
        )
        self.field.edit.edited.connect(self._show_difference)

    def _save(self, tree: Tree, block: str | None, typing: bool) -> Outcome[Any]:
        return self._desk.do(
            write_vedtak, sak_id=self.sak_id, tree=tree, typing=typing, paragraph=block
        )

    def load(self, said: SakMinutes, *, writable: bool) -> None:
        """Show the vedtak as it is stored; what is typed and not saved yet stays."""
        self._said, self._writable = said, writable
        if not self.field.dirty:
            self.field.load(said.vedtak)
        self.field.edit.setReadOnly(not writable)
        proposed = not is_empty(said.forslag)
        self.field.edit.setPlaceholderText(
            _("Skriv vedtaket, eller trykk F9 når det blir vedtatt som foreslått.")
            if proposed
            else _("Skriv vedtaket.")
        )
        self.adopt.setEnabled(writable and proposed)
        self._make_phrases(said.phrases)
        self._show_difference()

    def _make_phrases(self, phrases: tuple[str, ...]) -> None:
        menu = QMenu(self.phrases)
        for phrase in phrases:
            step = menu.addAction(phrase.replace("&", "&&"))
            step.triggered.connect(partial(self._insert, phrase))
        self.phrases.setMenu(menu)
        self.phrases.setVisible(bool(phrases))
        self.phrases.setEnabled(self._writable)

    def _insert(self, phrase: str, _checked: bool = False) -> None:
        self.field.edit.insert((paragraph(phrase),))
        self.field.edit.setFocus()

    def show_phrases(self) -> None:
        """Open the list of phrases."""
        if self.phrases.isVisible() and self.phrases.isEnabled():
            self.phrases.showMenu()

    def adopt_proposal(self) -> None:
        """Let the vedtak be as it was proposed."""
        if not self.adopt.isEnabled():
            return
        self._told(self._desk.do(adopt_as_proposed, sak_id=self.sak_id).error)

    def _show_difference(self) -> None:
        if self._said is None:
            return
        tree, proposal = self.field.edit.tree(), self._said.forslag
        empty = is_empty(tree)
        compared = not empty and not is_empty(proposal) and not reads_alike(tree, proposal)
        if compared:
            self.diff.show_diff(proposal, tree)
        self.differs.setVisible(compared)
        self.diff.setVisible(compared)
        if empty:
            text = _("ikke vedtatt ennå")
        elif compared:
            text = _("endret fra forslaget")
        else:
            text = _("vedtatt") if is_empty(proposal) else _("vedtatt som foreslått")
        self.state.setText(text)
