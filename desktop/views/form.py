"""Dialogs and fields for what the user fills in. What is refused is said in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from desktop.views.parts import button, column, label, row
from desktop.views.words import _


class FormDialog(QDialog):
    """A dialog with fields under each other. It closes when `submit` has no objection.

    Args:
        title: the title of the dialog.
        save: the text of the button that saves.
        submit: does it, and returns the sentence to show where it was refused, else "".
    """

    def __init__(
        self, parent: QWidget, title: str, save: str, submit: Callable[[], str] = lambda: ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.submit = submit
        self.form = QFormLayout()
        self.form.setSpacing(10)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.error = label("", "feil", wrap=True)
        self.error.hide()
        self.save = button(save, self._submit, main=True)
        self.save.setDefault(True)
        cancel = button(_("Avbryt"), self.reject)
        cancel.setAutoDefault(False)
        self.setLayout(
            column(self.form, self.error, row(None, cancel, self.save), margin=18, spacing=14)
        )

    def add(self, text: str, field: QWidget, tip: str = "") -> None:
        """Add a field with its label, which is also its accessible name."""
        caption = QLabel(text)
        caption.setTextFormat(Qt.TextFormat.PlainText)
        caption.setBuddy(field)
        field.setAccessibleName(text.replace("&", ""))
        if field.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Fixed:
            caption.setMinimumHeight(field.sizeHint().height())
        if tip:
            field.setToolTip(tip)
        self.form.addRow(caption, field)

    def refuse(self, sentence: str) -> None:
        """Show why nothing was saved; what was typed stays."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Begin in the first field: the buttons stand before the fields in the order of Tab."""
        super().showEvent(event)
        if self.focusWidget() is None:
            fields = (
                item.widget()
                for place in range(self.form.rowCount())
                if (item := self.form.itemAt(place, QFormLayout.ItemRole.FieldRole)) is not None
            )
            first = next((one for one in fields if one is not None and _takes_tab(one)), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)

    def _submit(self) -> None:
        sentence = self.submit()
        self.refuse(sentence)
        if not sentence:
            self.accept()


def _takes_tab(field: QWidget) -> bool:
    return field.isEnabled() and bool(field.focusPolicy() & Qt.FocusPolicy.TabFocus)


class Choice(QComboBox):
    """A combo box over (key, text). It keeps the keys: Qt would give an enum back as text."""

    def __init__(
        self,
        items: Iterable[tuple[Any, str]] = (),
        name: str = "",
        *,
        searchable: bool = False,
    ) -> None:
        super().__init__()
        self._keys: list[Any] = []
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        if searchable:
            self._make_searchable()
        self.set_items(items)

    def _make_searchable(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def set_items(self, items: Iterable[tuple[Any, str]]) -> None:
        """Show other items; the chosen key stays where it is still there."""
        chosen = self.key()
        pairs = list(items)
        self.blockSignals(True)
        self.clear()
        self._keys = [key for key, _text in pairs]
        self.addItems([text for _key, text in pairs])
        self.choose(chosen)
        self.blockSignals(False)

    def key(self) -> Any:  # noqa: ANN401
        """Return the key of what is chosen; None where the text names nothing."""
        if self.isEditable():
            place = self.findText(self.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        else:
            place = self.currentIndex()
        return self._keys[place] if place >= 0 else None

    def choose(self, key: Any) -> None:  # noqa: ANN401
        """Choose the item with a key, else the first one."""
        place = self._keys.index(key) if key in self._keys else 0
        self.setCurrentIndex(place if self._keys else -1)
        field = self.lineEdit()
        if field is not None:
            field.setCursorPosition(0)

    def is_unknown(self) -> bool:
        """Tell whether something was typed that is none of the items."""
        text = self.currentText().strip()
        found = self.findText(text, Qt.MatchFlag.MatchFixedString)
        return self.isEditable() and bool(text) and found < 0


class DateField(QLineEdit):
    """A date as people type it: 14.12.23, 14. des, 14. desember 2023. It may be empty."""

    def __init__(self, date: dt.date | None = None) -> None:
        super().__init__()
        self.setPlaceholderText(_("dd.mm.åååå"))
        self.set_date(date)
        self.editingFinished.connect(self._tidy)
        self.textChanged.connect(lambda _text: self._mark(wrong=False))

    def set_date(self, date: dt.date | None) -> None:
        """Show a date, or none."""
        from desktop.i18n.dates import numeric_date  # noqa: PLC0415

        self.setText(numeric_date(date) if date else "")

    def date(self) -> dt.date | None:
        """Return the date; None where the field is empty.

        Raises:
            UnreadableTextError: with the sentence to show.
        """
        from desktop.i18n.parsing import UnreadableTextError, parse_date  # noqa: PLC0415

        text = self.text().strip()
        if not text:
            return None
        try:
            return parse_date(text, near=dt.date.today())  # noqa: DTZ011
        except UnreadableTextError:
            self._mark(wrong=True)
            raise

    def _tidy(self) -> None:
        try:
            self.set_date(self.date())
        except ValueError:
            self._mark(wrong=True)

    def _mark(self, *, wrong: bool) -> None:
        mark(self, wrong=wrong)


def mark(field: QLineEdit, *, wrong: bool) -> None:
    """Give a field the look of something wrong, or take it away."""
    if bool(field.property("feil")) == wrong:
        return
    field.setProperty("feil", wrong)
    field.style().unpolish(field)
    field.style().polish(field)


def number_field(value: int, lowest: int, highest: int, unit: str = "") -> QSpinBox:
    """Return a field for a whole number, with its unit after it."""
    made = QSpinBox()
    made.setRange(lowest, highest)
    made.setValue(value)
    made.setSuffix(f" {unit}" if unit else "")
    made.lineEdit().setTextMargins(5, 0, 0, 0)
    return made


def line(text: str | None = "", *, hint: str = "") -> QLineEdit:
    """Return a field of one line."""
    made = QLineEdit(text or "")
    made.setPlaceholderText(hint)
    return made
