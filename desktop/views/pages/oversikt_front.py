"""What the front page shows: a card for each utvalg, and what was changed last.

It needs neither an open archive nor SQLAlchemy: the program starts with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.services.front_page import FrontPage
from desktop.services.last_changes import Change
from desktop.services.overview import Overview, UtvalgOverview
from desktop.viewmodels.targets import Place, Target
from desktop.views.lines import LINE_STYLE, LineButton
from desktop.views.pages.oversikt_words import (
    QUEUE,
    Line,
    change_line,
    due_line,
    meeting_line,
    missing_lines,
    overdue_line,
    referat_line,
)
from desktop.views.parts import EmptyPage, button, column, label, row
from desktop.views.words import _

_SHOWN = 5


class Front(QWidget):
    """The front page as it looks. Every line opens what it speaks of.

    Signals:
        wanted: a Target the user wants to go to.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.shown: FrontPage | None = None
        self._unfolded: set[str] = set()
        self.title = label(_("Oversikt"), "tittel")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(_("Oversikt"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left, self._right = column(spacing=14), column(spacing=14)
        body = QWidget()
        columns = row(self._left, self._right, spacing=14)
        columns.setStretch(0, 3)
        columns.setStretch(1, 2)
        columns.setContentsMargins(0, 0, 12, 12)
        body.setLayout(columns)
        body.setStyleSheet(LINE_STYLE)
        self.area.setWidget(body)
        layout = column(self.title, self.area, margin=20, spacing=12)
        layout.setContentsMargins(24, 20, 12, 12)
        self.setLayout(layout)

    def show_what(self, found: FrontPage) -> None:
        """Show what is new in what was read."""
        before, self.shown = self.shown, found
        if before is None or before[:2] != found[:2]:
            self._show_overview(found)
        if before is None or before.changes != found.changes or before.today != found.today:
            self._show_changes(found)

    def _show_overview(self, shown: FrontPage) -> None:
        held, name = self.area.verticalScrollBar().value(), self._focused_name()
        overview = shown.overview
        self.title.setText(overview.navn or _("Oversikt"))
        cards: list[QWidget] = [
            self._card(one, shown.today) for one in overview.utvalg if _says_anything(one)
        ]
        self._put(self._left, cards or [self._first_step(overview)])
        self._give_back(held, name)

    def _show_changes(self, shown: FrontPage) -> None:
        held, name = self.area.verticalScrollBar().value(), self._focused_name()
        self._put(self._right, [self._changes_card(shown.changes, shown.today)])
        self._give_back(held, name)

    @staticmethod
    def _put(place: QVBoxLayout, cards: list[QWidget]) -> None:
        """Put cards in the place of those that stand there."""
        while (item := place.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for card in cards:
            place.addWidget(card)
            card.show()
        place.addStretch(1)

    def _focused_name(self) -> str:
        """Return what the line in focus is called; "" where the focus is elsewhere."""
        names = [line.accessibleName() for line in self._buttons() if line.hasFocus()]
        return names[0] if names else ""

    def _buttons(self) -> list[QPushButton]:
        body: QWidget | None = self.area.widget()
        return [] if body is None else body.findChildren(QPushButton)

    def _give_back(self, held: int, name: str) -> None:
        """Give back the scroll position and the focus to what is called the same."""
        same = next((line for line in self._buttons() if line.accessibleName() == name), None)
        if same is not None and name:
            same.setFocus()
        bar = self.area.verticalScrollBar()
        QTimer.singleShot(0, bar, lambda: bar.setValue(held))

    def _first_step(self, overview: Overview) -> QWidget:
        """Return what the page says while there is nothing to tell."""
        if not overview.utvalg:
            return _framed(
                EmptyPage(
                    _("Arkivet har ingen utvalg ennå"),
                    _("Et utvalg er det som har møter og saker. Legg til det første."),
                    self._step(_("Legg til utvalg"), Target(Place.INNSTILLINGER)),
                )
            )
        return _framed(
            EmptyPage(
                _("Ingen møter ennå"),
                _(
                    "Her står neste møte, det som mangler før innkallingen kan gå, referater til "
                    "kommentar og frister som er passert."
                ),
                self._step(_("Planlegg et møte"), Target(Place.MOETER)),
            )
        )

    def _step(self, text: str, target: Target) -> QPushButton:
        return button(text, lambda: self.wanted.emit(target), main=True)

    def _card(self, utvalg: UtvalgOverview, today: dt.date) -> QFrame:
        parts: list[QWidget] = [label(utvalg.navn, "undertittel")]
        if utvalg.neste is not None:
            parts.append(self._line(meeting_line(utvalg.neste, today)))
            parts += self._folded(utvalg.utvalg_id, list(missing_lines(utvalg.neste)))
        else:
            no_meeting = Line(_("Ingen møter er planlagt"), "", Target(Place.MOETER))
            parts.append(self._line(no_meeting))
        if utvalg.flere:
            text = _.plural(
                "{antall} møte til er planlagt", "{antall} møter til er planlagt", utvalg.flere
            )
            parts.append(
                self._line(Line(text.format(antall=utvalg.flere), "", Target(Place.MOETER)))
            )
        if utvalg.koe:
            text = _.plural("{antall} sak i køen", "{antall} saker i køen", utvalg.koe)
            parts.append(
                self._line(Line(text.format(antall=utvalg.koe), "", Target(Place.SAKER, QUEUE)))
            )
        parts += self._section(
            utvalg.utvalg_id, _("Referater"), [referat_line(one, today) for one in utvalg.referater]
        )
        parts += self._section(
            utvalg.utvalg_id,
            _("Frister som er passert"),
            [overdue_line(one, today) for one in utvalg.forfalt],
        )
        parts += self._section(
            f"{utvalg.utvalg_id} neste",
            _("Frist før neste møte"),
            [due_line(one, today) for one in utvalg.foer_moetet],
        )
        return _framed(*parts)

    def _section(self, utvalg_id: str, heading: str, lines: list[Line]) -> Iterator[QWidget]:
        if lines:
            yield label(heading, "stille")
            yield from self._folded(f"{utvalg_id} {heading}", lines)

    def _folded(self, name: str, lines: list[Line]) -> Iterator[QWidget]:
        """Yield the first lines, and a button that shows the rest."""
        whole = name in self._unfolded or len(lines) <= _SHOWN + 1
        for line in lines if whole else lines[:_SHOWN]:
            yield self._line(line)
        if not whole:
            rest = _("Vis {antall} til").format(antall=len(lines) - _SHOWN)
            yield button(rest, lambda: self._unfold(name))

    def _unfold(self, name: str) -> None:
        self._unfolded.add(name)
        if self.shown is not None:
            self._show_overview(self.shown)

    def _line(self, line: Line) -> LineButton:
        target = line.target
        opens = None if target is None else lambda: self.wanted.emit(target)
        return LineButton(line.text, line.detail, opens, role=line.role)

    def _changes_card(self, changes: tuple[Change, ...], today: dt.date) -> QFrame:
        lines = [self._line(change_line(one, today)) for one in changes]
        card = _framed(label(_("Sist endret"), "undertittel"), *lines)
        card.setMinimumWidth(240)
        return card


def _says_anything(utvalg: UtvalgOverview) -> bool:
    return bool(
        utvalg.neste or utvalg.koe or utvalg.referater or utvalg.forfalt or utvalg.foer_moetet
    )


def _framed(*parts: QWidget) -> QFrame:
    made = QFrame()
    made.setObjectName("kort")
    made.setLayout(column(*parts, margin=14, spacing=4))
    return made
