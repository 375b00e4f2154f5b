"""Vedtak pasted as a table: what becomes of each row is shown before any is taken in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.importing.vedtak_table import PastedTable, read_vedtak_table
from desktop.richtext.tree import Tree
from desktop.services.vedtak_entry import CheckedRow, check_pasted_vedtak, take_in_vedtak
from desktop.viewmodels.commitments import pasted_vedtak_model
from desktop.viewmodels.desk import Desk
from desktop.views.form import FormDialog
from desktop.views.ordered_table import set_widths
from desktop.views.pages.vedtak_dialoger import BodyChoice
from desktop.views.parts import label, table_view
from desktop.views.words import _

_TYPING_MS = 200
_MISSING = {
    "referanse": _("sak"),
    "tittel": _("tema"),
    "tekst": _("vedtak"),
    "dato": _("dato"),
    "organ": _("utvalg"),
    "sakstype": _("type"),
}


class TableField(QPlainTextEdit):
    """Takes a pasted table as it stands on the clipboard, with its cells.

    Signals:
        pasted: the tree of what was pasted; None where it was plain text.
    """

    pasted = Signal(object)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Put the text in the place of what stands here, and tell of the table."""
        self.setPlainText(source.text())
        self.pasted.emit(tree_of_clipboard(source))


def tree_of_clipboard(source: QMimeData) -> Tree | None:
    """Return the tree of the HTML on the clipboard, if there is any."""
    if not source.hasHtml():
        return None
    from desktop.importing.html_paste import read_pasted  # noqa: PLC0415

    return read_pasted(source.html()).tree


class PasteVedtakDialog(FormDialog):
    """Takes a pasted table into the register, as one step that can be undone."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, _("Lim inn vedtak"), _("Ta inn"), self._act)
        self.resize(860, 640)
        self.desk = desk
        self.found = PastedTable()
        self._tree: Tree | None = None
        self.form.addRow(
            label(
                _(
                    "Kopier en tabell med overskrifter fra Excel, Word eller en nettside, og lim "
                    "den inn her. Kolonnene finnes på overskriftene: Sak, Tema, Vedtak, Dato, "
                    "Utvalg, Type."
                ),
                "stille",
                wrap=True,
            )
        )
        self.text = TableField()
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(110)
        self.add(_("&Tabell"), self.text)
        self.body = BodyChoice(desk)
        self.add(
            _("&Utvalg"), self.body, _("Brukes for rader som ikke selv sier hvilket utvalg det er")
        )
        self.missing = label("", "advarsel", wrap=True)
        self.form.addRow(self.missing)
        self.model = pasted_vedtak_model(self)
        self.table = table_view(_("Hva som skjer med hver rad"))
        self.table.setModel(self.model)
        set_widths(self.table, {0: 80, 1: 170, 3: 90, 4: 180}, stretch=2)
        self.form.addRow(self.table)
        self.summary = label("", "stille", wrap=True)
        self.form.addRow(self.summary)
        self.save.setEnabled(False)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.show_preview)
        self.text.textChanged.connect(self._typed)
        self.text.pasted.connect(self._pasted)
        self.body.currentTextChanged.connect(lambda _text: self._typing.start())
        self._offer_clipboard()
        self.text.setFocus()

    def _offer_clipboard(self) -> None:
        source: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if source is not None and "\t" in source.text():
            self.text.insertFromMimeData(source)

    def _typed(self) -> None:
        self._tree = None
        self._typing.start()

    def _pasted(self, tree: Tree | None) -> None:
        self._tree = tree
        self.show_preview()

    def show_preview(self) -> None:
        """Show what becomes of each row."""
        self._typing.stop()
        self.found = read_vedtak_table(self.text.toPlainText(), self._tree)
        rows, body = self.found.rader, self._body()
        checked = self.desk.read(lambda s: check_pasted_vedtak(s, rows, body=body))
        self.model.set_rows(checked)
        self.save.setEnabled(any(row.is_taken for row in checked))
        self.summary.setText(_summary(checked) if rows else "")
        self.missing.setText(self._missing() if rows else "")
        self.missing.setVisible(bool(self.missing.text()))

    def _body(self) -> str:
        return self.body.currentText().strip()

    def _missing(self) -> str:
        told = []
        lacking = [
            _MISSING[field]
            for field in self.found.mangler
            if not (field == "organ" and self._body())
        ]
        if lacking:
            told.append(_("Fant ingen kolonne for {felt}.").format(felt=", ".join(lacking)))
        if self.found.ukjente:
            names = ", ".join(f"«{name}»" for name in self.found.ukjente)
            told.append(_("Kolonner som ikke tas med: {navn}.").format(navn=names))
        if self.found.avkortet:
            told.append(_("Tabellen er for lang; resten kan limes inn etterpå."))
        return " ".join(told)

    def _act(self) -> str:
        self.show_preview()
        return self.desk.do(take_in_vedtak, rows=self.found.rader, body=self._body()).error


def _summary(rows: Sequence[CheckedRow]) -> str:
    taken = sum(row.is_taken for row in rows)
    parts = [_("{antall} vedtak tas inn").format(antall=taken)]
    if taken < len(rows):
        left = len(rows) - taken
        over = _.plural("{antall} rad hoppes over", "{antall} rader hoppes over", left)
        parts.append(over.format(antall=left))
    return f"{', '.join(parts)}."
