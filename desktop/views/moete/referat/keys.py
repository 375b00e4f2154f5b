"""The keys of the meeting mode, in one list: the sheet and the window's list of shortcuts."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QWidget

from desktop.views.parts import action, button, column, label, row
from desktop.views.words import _

_SIZE: Final = (980, 640)
REFERAT_KEYS: Final = (
    ("Alt+PgDown, Ctrl+Enter", _("Neste sak")),
    ("Alt+PgUp", _("Forrige sak")),
    ("Alt+1 … Alt+9", _("Gå rett til en av de ni første sakene")),
    ("Esc", _("Fra teksten til listen over saker")),
    ("F2", _("Innledning. En gang til: ta inn den foreslåtte setningen")),
    ("F4", _("Innspill")),
    ("F5", _("Oppsummering")),
    ("F6", _("Nytt aksjonspunkt")),
    ("F8", _("Vedtak")),
    ("F9", _("Vedtatt som foreslått")),
    ("Ctrl+F8", _("Fraser for vedtaket")),
    ("F7", _("Oppmøte: hvem kommer og går nå")),
    ("Ctrl+Shift+H", _("Habilitet")),
    ("Ctrl+Shift+P", _("Protokolltilførsel")),
    ("Ctrl+.", _("Meny for saken: ta nå, utsett, trekk, marker som behandlet")),
    ("Ctrl+N", _("Ny sak i møtet")),
    ("Ctrl+Shift+G", _("Les gjennom hele referatet")),
    ("Shift+F1", _("Vis tastene i referatet")),
)
INNSPILL_KEYS: Final = (
    ("Enter", _("Neste punkt")),
    ("Tab, Shift+Tab", _("Underpunkt, eller et nivå opp")),
    ("Shift+Enter", _("Ny linje i samme punkt")),
    ("Backspace", _("Først i linjen: et nivå opp, så sammen med linjen over")),
    ("Ctrl+H", _("Mellomtittel, eller punkt igjen")),
    ("Ctrl+J", _("Avsnitt, eller punkt igjen")),
    ("Alt+↑, Alt+↓", _("Flytt punktet")),
    ("@, Ctrl+M", _("Hvem som sa det, bare for deg til referatet er godkjent")),
    ("Ctrl+Shift+M", _("Navngi i referatet den som ba om det")),
    ("Ctrl+B, Ctrl+I", _("Fet, kursiv")),
)


class KeySheet(QDialog):
    """Lists the keys beside each other; closed with Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Taster i referatet"))
        close = button(_("Lukk"), self.accept, main=True)
        close.setDefault(True)
        both = QWidget()
        parts = row(
            _part(_("Referatet"), REFERAT_KEYS),
            _part(_("I innspillene"), INNSPILL_KEYS),
            spacing=36,
        )
        both.setLayout(parts)
        for place in range(2):
            parts.setStretch(place, 1)
        keys = QScrollArea()
        keys.setWidget(both)
        keys.setWidgetResizable(True)
        keys.setAccessibleName(_("Taster i referatet"))
        title = label(_("Taster i referatet"), "tittel")
        layout = column(title, keys, row(None, close), margin=22, spacing=16)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        room = self.screen().availableSize()
        self.resize(min(_SIZE[0], room.width() - 40), min(_SIZE[1], room.height() - 60))
        action(self, _("Lukk"), self.accept, "Shift+F1")
        close.setFocus()


def _part(title: str, keys: tuple[tuple[str, str], ...]) -> QWidget:
    part, grid = QWidget(), QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(7)
    for line, (key, what) in enumerate(keys):
        grid.addWidget(label(key), line, 0)
        grid.addWidget(label(what, "stille", wrap=True), line, 1)
    grid.setColumnStretch(1, 1)
    part.setLayout(column(label(title, "undertittel"), grid, None, spacing=10))
    return part
