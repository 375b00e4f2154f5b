"""The documents of an utvalg: the vedtak of a year, and the list of open commitments."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton

from desktop.services.koe import utvalg_names
from desktop.services.papers import Dokumenttype
from desktop.services.papers_register import protocol_years
from desktop.services.types import Session
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.tasks import Tasks
from desktop.views.register_papers import write_register_papers
from desktop.views.words import _


class DocumentsButton(QToolButton):
    """Offers the documents that belong to no single meeting; the list is made when it is opened.

    Signals:
        told: what became of the writing.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__()
        self._context = (desk, tasks, preferences)
        self.setText(_("Skriv dokument"))
        self.setAccessibleName(_("Skriv dokument"))
        self.setToolTip(_("Oppfølgingsliste i Word og Excel, eller vedtaksprotokoll for et år"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)

    def fill(self) -> None:
        """Put what can be written now into the menu."""
        menu = self.menu()
        menu.clear()
        for utvalg_id, navn, years in self._context[0].read(_offers):
            if menu.actions():
                menu.addSeparator()
            step = menu.addAction(_("Oppfølgingsliste for {utvalg}").format(utvalg=navn))
            step.triggered.connect(
                partial(self._write, Dokumenttype.OPPFOELGINGSLISTE, utvalg_id, None)
            )
            for year in years:
                text = _("Vedtaksprotokoll {aar} for {utvalg}").format(aar=year, utvalg=navn)
                menu.addAction(text).triggered.connect(
                    partial(self._write, Dokumenttype.VEDTAKSPROTOKOLL, utvalg_id, year)
                )

    def _write(self, slag: Dokumenttype, utvalg_id: str, year: int | None, *_checked: bool) -> None:
        desk, tasks, preferences = self._context
        write_register_papers(
            self,
            desk,
            tasks,
            preferences,
            slag,
            utvalg_id=utvalg_id,
            told=self.told.emit,
            aar=year,
        )


def _offers(session: Session) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(key, name, protocol_years(session, key)) for key, name in utvalg_names(session)]
