"""Which sak a særutskrift is of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.services.papers import Dokumenttype
from desktop.services.papers_view import PaperKey, SakOfMeeting
from desktop.views.parts import label, row
from desktop.views.words import _


class SakChooser(QWidget):
    """Asks which sak of the meeting a særutskrift is of; seen while that document is selected.

    Signals:
        chosen: another sak is chosen.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.saker = QComboBox()
        self.saker.setAccessibleName(_("Særutskrift av sak"))
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.saker.setSizeAdjustPolicy(policy)
        self.saker.setMinimumContentsLength(18)
        self.saker.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name = label(_("Særutskrift av sak"), "stille")
        name.setBuddy(self.saker)
        layout = row(name, self.saker)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.saker.currentIndexChanged.connect(lambda _place: self.chosen.emit())
        self.hide()

    def show_saker(self, saker: Sequence[SakOfMeeting]) -> None:
        """Offer the saker of a meeting; the one that is chosen stays where it is among them."""
        held = self.saker.currentData()
        blocked = self.saker.blockSignals(True)
        self.saker.clear()
        for sak in saker:
            self.saker.addItem(f"{sak.nummer} {sak.tittel}".strip(), sak.sak_id)
        self.saker.setCurrentIndex(max(0, self.saker.findData(held)))
        self.saker.blockSignals(blocked)

    def show_for(self, key: PaperKey) -> None:
        """Be seen where the selected document asks which sak."""
        self.setVisible(key[0] is Dokumenttype.SAERUTSKRIFT)

    def answered(self, keys: Iterable[PaperKey]) -> tuple[PaperKey, ...]:
        """Return the documents with the chosen sak in the særutskrift."""
        sak_id = self.saker.currentData()
        return tuple(
            (slag, sak_id if slag is Dokumenttype.SAERUTSKRIFT else sak) for slag, sak in keys
        )
