"""The Word template and the house rules of an utvalg."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree
from desktop.services.explain import EXPECTED, explain
from desktop.services.utvalg import set_template
from desktop.services.utvalg_settings import (
    UtvalgSettings,
    missing_styles,
    set_husregler,
    template_of,
)
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.plain_text import is_plain, lines_of, with_lines
from desktop.viewmodels.tasks import Tasks
from desktop.views.parts import Notice, button, column, label, row
from desktop.views.words import _

_LARGEST_MB = 20


class Template(QWidget):
    """Shows which Word template the documents of an utvalg are written in."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self.desk, self.tasks = desk, tasks
        self.held: UtvalgSettings | None = None
        self._checked: tuple[str, str | None] | None = None
        self.notice = Notice()
        self.name = label("", wrap=True)
        self.styles = label("", "stille", wrap=True)
        self.choose_button = button(_("Velg Word-mal …"), self.choose, main=True)
        self.remove_button = button(_("Bruk Møteboks mal"), self.remove, tip=_("Kan angres"))
        text = _(
            "Dokumentene får stiler, marger, topptekst og bunntekst fra malen. "
            "Teksten i malen blir ikke med."
        )
        self.setLayout(
            column(
                label(_("Word-mal"), "undertittel"),
                label(text, "stille", wrap=True),
                self.notice,
                self.name,
                self.styles,
                row(self.choose_button, self.remove_button, None),
                None,
                spacing=12,
            )
        )

    def show_settings(self, held: UtvalgSettings) -> None:
        """Show the template of an utvalg."""
        if self.held is None or self.held.id != held.id:
            self.notice.say("")
        self.held = held
        own = held.mal_navn
        self.name.setText(
            _("Malen er {navn}.").format(navn=own) if own else _("Malen er Møteboks egen.")
        )
        self.remove_button.setEnabled(own is not None and not self.desk.read_only)
        self.choose_button.setEnabled(not self.desk.read_only)
        if self._checked != (held.id, own):
            self._checked = (held.id, own)
            self._check(held.id)

    def _check(self, utvalg_id: str) -> None:
        """Say in the background which of our styles the template lacks."""
        self.styles.clear()
        data = self.desk.read(lambda session: template_of(session, utvalg_id))
        if data is not None:
            task = self.tasks.start(_("Leser Word-malen"), lambda _report: missing_styles(data))
            task.finished.connect(lambda found: self._tell_missing(utvalg_id, found))
            task.failed.connect(self.notice.say)

    def _tell_missing(self, utvalg_id: str, missing: tuple[str, ...]) -> None:
        if self._checked is None or self._checked[0] != utvalg_id:
            return
        self.styles.setText(
            _("Malen mangler disse stilene, som da hentes fra Møteboks mal: {stiler}.").format(
                stiler=", ".join(missing)
            )
            if missing
            else _("Malen har alle stilene som dokumentene bruker.")
        )

    def choose(self) -> None:
        """Ask for a Word file."""
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Velg Word-mal"), "", _("Word-maler og dokumenter (*.dotx *.docx)")
        )
        if path:
            self.use(Path(path))

    def use(self, path: Path) -> None:
        """Use a Word file as the template, or say why it cannot be."""
        if self.held is None:
            return
        try:
            size = path.stat().st_size
            data = path.read_bytes() if size <= _LARGEST_MB * 1_000_000 else b""
        except EXPECTED as error:
            self.notice.say(explain(error))
            return
        if not data:
            text = _("{navn} er tom eller større enn {grense} MB og kan ikke være en Word-mal.")
            self.notice.say(text.format(navn=path.name, grense=_LARGEST_MB))
            return
        self._checked = None
        outcome = self.desk.do(set_template, utvalg_id=self.held.id, navn=path.name, data=data)
        self.notice.say(outcome.error)

    def remove(self) -> None:
        """Use our own template again; that can be undone."""
        if self.held is not None:
            outcome = self.desk.do(set_template, utvalg_id=self.held.id, navn=None, data=None)
            self.notice.say(outcome.error)


class Rules(QWidget):
    """The house rules: what the secretariat wants to remember about this utvalg."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.held: UtvalgSettings | None = None
        self.notice = Notice()
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Husregler"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(
            _("For eksempel: Toppnotatet er på høyst to sider. Sakseier skriver i tredjeperson.")
        )
        self.text.installEventFilter(self)
        text = _(
            "Det som gjelder for papirene til dette utvalget, i egne ord. Ett avsnitt per linje."
        )
        self.setLayout(
            column(
                label(_("Husregler"), "undertittel"),
                label(text, "stille", wrap=True),
                self.notice,
                self.text,
                spacing=10,
            )
        )

    def show_settings(self, held: UtvalgSettings) -> None:
        """Show the house rules of an utvalg; what is being typed is left alone."""
        if self.held is not None and self.held.id != held.id:
            self.keep()
        same = self.held is not None and self.held.id == held.id
        self.held = held
        tree = held.husregler or Tree()
        plain = is_plain(tree)
        self.text.setReadOnly(not plain or self.desk.read_only)
        if not (same and self.text.hasFocus()):
            self.text.setPlainText("\n".join(lines_of(tree)) if plain else plain_text(tree))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep what was typed when the text is left."""
        if watched is self.text and event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
            self.keep()
        return super().eventFilter(watched, event)

    def keep(self) -> None:
        """Take the text into the archive."""
        if self.held is None or self.text.isReadOnly():
            return
        tree = with_lines(self.held.husregler or Tree(), self.text.toPlainText())
        if tree != (self.held.husregler or Tree()):
            outcome = self.desk.do(set_husregler, utvalg_id=self.held.id, husregler=tree)
            self.notice.say(outcome.error)
