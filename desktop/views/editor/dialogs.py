"""The small dialogs of the text editor: link, table, footnote, figure, first number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QSpinBox, QTextEdit, QWidget

from desktop.richtext.links import safe_link
from desktop.richtext.validate import MAX_FIGURE_WIDTH_MM, MAX_LIST_START
from desktop.views.field import Field
from desktop.views.parts import button, column, row
from desktop.views.words import _

_MAX_ROWS, _MAX_COLUMNS = 200, 20
_BACK_MS, _TRIES = 60, 15


class _Ask(QDialog):
    """A dialog with fields, an answer and a way out."""

    def __init__(self, parent: QWidget, title: str, answer: str, *fields: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.answer = button(answer, self._answered, main=True)
        self.answer.setDefault(True)
        cancel = button(_("Avbryt"), self.reject)
        self.buttons = row(None, cancel, self.answer)
        self.setLayout(column(*fields, self.buttons, margin=18, spacing=12))
        self.setMinimumWidth(420)
        if isinstance(parent, QTextEdit):
            see = partial(_see_cursor, parent)
            self.finished.connect(lambda _result: QTimer.singleShot(_BACK_MS, parent, see))

    def _answered(self) -> None:
        self.accept()


def _see_cursor(edit: QTextEdit, tries: int = _TRIES) -> None:
    """Let the page show where the cursor is, once the text has its height and its focus again."""
    if edit.hasFocus():
        edit.cursorPositionChanged.emit()
    elif tries:
        QTimer.singleShot(_BACK_MS, edit, partial(_see_cursor, edit, tries - 1))


class LinkDialog(_Ask):
    """Asks where selected words shall lead."""

    def __init__(
        self, parent: QWidget, link: str, text: str | None, done: Callable[[str | None, str], None]
    ) -> None:
        self.address = QLineEdit(link)
        self.text = QLineEdit(text or "")
        self._done = done
        self._asks_text = text is not None
        self.field = Field(
            _("Adresse"), self.address, help_text=_("Nettadresse, e-postadresse eller #sted")
        )
        self.text_field = Field(_("Tekst"), self.text)
        super().__init__(parent, _("Lenke"), _("Sett lenke"), self.text_field, self.field)
        self.text_field.setVisible(self._asks_text)
        self.remove = button(_("Fjern lenken"), self._remove)
        self.remove.setVisible(bool(link))
        self.buttons.insertWidget(0, self.remove)
        (self.text if self._asks_text else self.address).setFocus()
        self.address.selectAll()

    def _answered(self) -> None:
        link = safe_link(_completed(self.address.text().strip()))
        if link is None:
            self.field.say(_("Skriv en adresse som begynner med https://, mailto: eller #."))
            self.address.setFocus()
            return
        self._done(link, self.text.text().strip() or link)
        self.accept()

    def _remove(self) -> None:
        self._done(None, "")
        self.accept()


def _completed(address: str) -> str:
    """Return an address with the scheme that a person leaves out."""
    if not address or ":" in address or address.startswith("#"):
        return address
    return f"mailto:{address}" if "@" in address else f"https://{address}"


class TableDialog(_Ask):
    """Asks how large a table shall be."""

    def __init__(self, parent: QWidget, done: Callable[[int, int], None]) -> None:
        self.rows, self.columns = _number(1, _MAX_ROWS, 3), _number(1, _MAX_COLUMNS, 3)
        self._done = done
        super().__init__(
            parent,
            _("Sett inn tabell"),
            _("Sett inn"),
            Field(_("Rader, overskriftsraden medregnet"), self.rows),
            Field(_("Kolonner"), self.columns),
        )

    def _answered(self) -> None:
        self._done(self.rows.value(), self.columns.value())
        self.accept()


class StartDialog(_Ask):
    """Asks which number an item shall have."""

    def __init__(self, parent: QWidget, start: int, done: Callable[[int], None]) -> None:
        self.start = _number(0, MAX_LIST_START, start)
        self._done = done
        super().__init__(parent, _("Begynn på nummer"), _("Bruk"), Field(_("Nummer"), self.start))

    def _answered(self) -> None:
        self._done(self.start.value())
        self.accept()


class NoteDialog(_Ask):
    """Asks for the text of a footnote. Ctrl+Enter answers."""

    def __init__(self, parent: QWidget, text: str, done: Callable[[str], None]) -> None:
        self.text = QPlainTextEdit(text)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(90)
        self._done = done
        super().__init__(parent, _("Fotnote"), _("Ferdig"), Field(_("Fotnotetekst"), self.text))
        self.answer.setShortcut("Ctrl+Return")
        self.answer.setToolTip("Ctrl+Enter")
        self.text.setFocus()

    def _answered(self) -> None:
        self._done(self.text.toPlainText())
        self.accept()


class FigureDialog(_Ask):
    """Asks what a figure shows, and how wide it shall be."""

    def __init__(
        self,
        parent: QWidget,
        alt_text: str,
        width_mm: int | None,
        done: Callable[[str, int | None], None],
    ) -> None:
        self.alt_text = QLineEdit(alt_text)
        self.width_mm = _number(0, MAX_FIGURE_WIDTH_MM, width_mm or 0)
        self.width_mm.setSpecialValueText(_("Bildets egen"))
        self.width_mm.setSuffix(" mm")
        self._done = done
        self.field = Field(
            _("Hva bildet viser"),
            self.alt_text,
            help_text=_("Leses opp for den som ikke ser bildet."),
        )
        super().__init__(
            parent, _("Figur"), _("Ferdig"), self.field, Field(_("Bredde"), self.width_mm)
        )
        self.alt_text.setFocus()

    def _answered(self) -> None:
        if not self.alt_text.text().strip():
            self.field.say(_("Skriv kort hva bildet viser."))
            self.alt_text.setFocus()
            return
        self._done(self.alt_text.text().strip(), self.width_mm.value() or None)
        self.accept()


def _number(least: int, most: int, value: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(least, most)
    made.setValue(value)
    return made
