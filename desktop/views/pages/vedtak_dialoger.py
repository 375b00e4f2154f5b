"""The dialog that enters a vedtak from before the archive or from another body, and changes one."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.i18n.parsing import UnreadableTextError
from desktop.i18n.terms import SAKSTYPER
from desktop.importing.vedtak_table import tree_of_lines
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree
from desktop.services.vedtak import register_vedtak
from desktop.services.vedtak_entry import change_registered
from desktop.services.vedtak_register import OUTSIDE, load_vedtak_choices
from desktop.services.vedtak_view import VedtakView
from desktop.viewmodels.desk import Desk
from desktop.views.form import Choice, DateField, FormDialog, line
from desktop.views.words import _


class BodyChoice(Choice):
    """Whose a vedtak is: an utvalg of the archive, or another body whose name is typed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(name=_("Utvalg"), searchable=True)
        choices = desk.read(load_vedtak_choices).utvalg
        self.set_items([(None, ""), *choices])

    def utvalg_id(self) -> str | None:
        """Return the key of the utvalg, if it is one of the archive."""
        key = self.key()
        return None if key is None or key.startswith(OUTSIDE) else str(key)

    def organ(self) -> str | None:
        """Return the name of the body, if it is none of the archive's."""
        return None if self.utvalg_id() else self.currentText().strip() or None

    def show_body(self, utvalg_id: str | None, organ: str) -> None:
        """Show whose a vedtak is."""
        if utvalg_id is not None:
            self.choose(utvalg_id)
        else:
            self.setEditText(organ)


class VedtakDialog(FormDialog):
    """Enters a vedtak, or changes one that was entered. `created` is the key of a new one."""

    def __init__(self, parent: QWidget, desk: Desk, held: VedtakView | None = None) -> None:
        title = _("Endre vedtak i registeret") if held else _("Før inn vedtak")
        super().__init__(parent, title, _("Lagre") if held else _("Før inn"), self._act)
        self.setMinimumWidth(560)
        self.desk, self.held = desk, held
        self.created = ""
        self.reference, self.heading = line(), line()
        self.body = BodyChoice(desk)
        self.date = DateField()
        kinds = [(key, _(name)) for key, name in SAKSTYPER.items()]
        self.kind = Choice([(None, _("Ingen type")), *kinds])
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(150)
        for name, field, tip in (
            (_("&Utvalg"), self.body, _("Et utvalg i arkivet, eller navnet på et annet")),
            (_("S&ak"), self.reference, _("For eksempel 50/23")),
            (_("&Tema"), self.heading, ""),
            (_("&Dato"), self.date, _("For eksempel 14.12.23 eller 14. des")),
            (_("T&ype"), self.kind, ""),
            (_("&Vedtaksformulering"), self.text, _("Ord for ord; linjeskift gir nytt avsnitt")),
        ):
            self.add(name, field, tip)
        if held is not None:
            self._fill(held)
        self.reference.setFocus()

    def _fill(self, held: VedtakView) -> None:
        row = held.rad
        self.body.show_body(held.utvalg_id, held.organ)
        self.reference.setText(row.sak)
        self.heading.setText(row.tittel)
        self.date.set_date(row.dato)
        self.kind.choose(row.sakstype)
        self.text.setPlainText(plain_text(held.tekst))

    def _tree(self) -> Tree:
        typed = self.text.toPlainText()
        if self.held is not None and typed == plain_text(self.held.tekst):
            return self.held.tekst
        return tree_of_lines("\n".join(part.strip() for part in typed.split("\n")))

    def _act(self) -> str:
        try:
            date = self.date.date()
        except UnreadableTextError as error:
            self.date.setFocus()
            return str(error)
        if not self.text.toPlainText().strip():
            self.text.setFocus()
            return _("Skriv vedtaket, ord for ord.")
        values = {
            "referanse": self.reference.text(),
            "tekst": self._tree(),
            "utvalg_id": self.body.utvalg_id(),
            "organ": self.body.organ(),
            "tittel": self.heading.text(),
            "dato": date,
            "sakstype": self.kind.key(),
        }
        if self.held is not None:
            return self.desk.do(change_registered, vedtak_id=self.held.rad.id, **values).error
        outcome = self.desk.do(register_vedtak, **values)
        self.created = outcome.value.id if outcome.value else ""
        return outcome.error
