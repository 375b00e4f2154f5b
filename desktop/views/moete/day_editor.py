"""One day of a meeting in the dialog: date, times and, where there are several, its own place."""

from __future__ import annotations

import datetime as dt
from typing import Final

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QLineEdit,
    QMenu,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from desktop.i18n.dates import numeric_date
from desktop.viewmodels.meeting_form import DayText, Reading, read_day, tidied
from desktop.views.parts import column, icon, label, row
from desktop.views.theme import current_colours
from desktop.views.words import _

_FIELDS: Final = ("dato", "fra", "til")
_STEPS: Final = (
    ("qt_calendar_prevmonth", "‹", _("Forrige måned")),
    ("qt_calendar_nextmonth", "›", _("Neste måned")),
)


class DayEditor(QWidget):
    """Takes a date and two clock times as they are typed, and answers beneath.

    Signals:
        edited: what is typed is another.
        removed: the user wants the day away.
    """

    edited = Signal()
    removed = Signal()

    def __init__(self, text: DayText, near: dt.date) -> None:
        super().__init__()
        self.near = near
        self._key = text.key
        self._left: set[str] = set()
        self._make_fields()
        self.answer = label("", "stille", wrap=True)
        self.remove = _tool("fjern", _("Fjern dagen"))
        self.remove.clicked.connect(lambda _checked=False: self.removed.emit())
        line = row(
            self.date, self.calendar, label(_("kl.")), self.start, label("–"), self.end, self.place
        )
        line.addWidget(self.remove)
        line.addStretch(1)
        line.setStretch(line.indexOf(self.place), 100)
        self.setLayout(column(line, self.answer, spacing=3))
        self.set_text(text)

    def _make_fields(self) -> None:
        self.date = self._field(_("Dato"), _("14. des eller 14.12."), 120)
        self.start = self._field(_("Fra klokken"), _("10.00"), 52)
        self.end = self._field(_("Til klokken"), _("16.00"), 52)
        self.place = self._field(_("Sted for dagen"), _("Eget sted for dagen"), 110)
        self.calendar = _tool("kalender", _("Velg dato i kalender"))
        self.calendar.clicked.connect(lambda _checked=False: self.open_calendar())
        for field in (self.date, self.start, self.end):
            field.setMaximumWidth(field.minimumWidth() + 20)
        for name, field in zip(_FIELDS, (self.date, self.start, self.end), strict=True):
            field.textEdited.connect(lambda _text, which=name: self._typed(which))
            field.editingFinished.connect(lambda which=name: self._field_left(which))
        self.place.textEdited.connect(lambda _text: self.edited.emit())

    @staticmethod
    def _field(name: str, example: str, width: int) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setPlaceholderText(example)
        made.setMinimumWidth(width)
        return made

    def text(self) -> DayText:
        """Return what is typed."""
        return DayText(
            self.date.text(), self.start.text(), self.end.text(), self.place.text(), self._key
        )

    def set_text(self, text: DayText) -> None:
        """Put a text into the fields."""
        for field, value in (
            (self.date, text.dato),
            (self.start, text.fra),
            (self.end, text.til),
            (self.place, text.sted),
        ):
            field.setText(value)

    def reading(self) -> Reading:
        """Return what the typed text says."""
        return read_day(self.text(), near=self.near)

    def set_several(self, *, several: bool, removable: bool) -> None:
        """Show the day's own place and the way to remove it, where there are several days."""
        self.place.setVisible(several or bool(self.place.text()))
        self.remove.setVisible(several and removable)

    def complain(self) -> None:
        """Answer also about fields that nobody has been in, and go to the one that is wrong."""
        self._left = set(_FIELDS)
        wrong = self.reading().field
        fields = dict(zip(_FIELDS, (self.date, self.start, self.end), strict=True))
        if wrong in fields:
            fields[wrong].setFocus()
            fields[wrong].selectAll()

    def say(self, hint: str, *, warn: bool) -> None:
        """Show the sentence about what is wrong, else a hint about the date."""
        reading = self.reading()
        told = reading.error if reading.field in self._left else ""
        self.answer.setText(told or hint)
        role = "feil" if told else "advarsel" if warn else "stille"
        self.answer.setProperty("rolle", role)
        for name, field in zip(_FIELDS, (self.date, self.start, self.end), strict=True):
            field.setProperty("feil", bool(told) and reading.field == name)
            _repolish(field)
        _repolish(self.answer)
        self.answer.setVisible(bool(self.answer.text()))

    def _typed(self, which: str) -> None:
        self._left.discard(which)
        self.edited.emit()

    def _field_left(self, which: str) -> None:
        if self.text().dato.strip() or which != "dato":
            self._left.add(which)
        self.set_text(tidied(self.text(), self.reading()))
        self.edited.emit()

    def open_calendar(self) -> None:
        """Show a calendar beneath the date."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet = QCalendarWidget()
        sheet.setLocale(QLocale(QLocale.Language.NorwegianBokmal, QLocale.Country.Norway))
        sheet.setAccessibleName(_("Kalender"))
        sheet.setMinimumSize(400, 250)
        for part, mark, name in _STEPS:
            step = sheet.findChild(QToolButton, part)
            if isinstance(step, QToolButton):
                step.setIcon(QIcon())
                step.setText(mark)
                step.setAccessibleName(name)
                step.setToolTip(name)
        weekend = QTextCharFormat()
        weekend.setForeground(QColor(current_colours().error))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            sheet.setWeekdayTextFormat(weekday, weekend)
        chosen = self.reading().dato or self.near
        sheet.setSelectedDate(QDate(chosen.year, chosen.month, chosen.day))
        sheet.clicked.connect(lambda day: self._picked(day, menu))
        sheet.activated.connect(lambda day: self._picked(day, menu))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(sheet)
        menu.addAction(holder)
        menu.popup(self.date.mapToGlobal(QPoint(0, self.date.height())))
        sheet.setFocus()

    def _picked(self, day: QDate, menu: QMenu) -> None:
        menu.close()
        self.date.setText(numeric_date(dt.date(day.year(), day.month(), day.day())))
        self._left.add("dato")
        self.start.setFocus()
        self.edited.emit()


def _tool(image: str, name: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(image))
    made.setIconSize(QSize(20, 20))
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def _repolish(widget: QWidget) -> None:
    """Let a changed property show."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
