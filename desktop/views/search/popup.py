"""The list below the search box: the hits, or how to search."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop.services.search import Hit, SearchResult
from desktop.services.search_kinds import HINTS
from desktop.viewmodels.search import SearchModel
from desktop.views.parts import column, label
from desktop.views.search.delegate import HitDelegate
from desktop.views.words import _

WIDTH, MARGIN = 620, 12
_HEIGHT: Final = 560
_FRAME: Final = 30
_HELP: Final = (
    (_("Skriv ord fra saker, toppnotater, referater, innspill, vedtak, vedlegg og navn."), ""),
    (_("Et saksnummer finner saken:"), "28/23"),
    (_("Ord i rekkefølge står i anførselstegn:"), '"digital samhandling"'),
    (_("Bare ett utvalg:"), "utvalg:nuit"),
    (_("Bare ett år, eller flere:"), "år:2023   år:2021-2023"),
    (_("Bare en type sak eller treff:"), "type:beslutning   type:vedtak"),
    (_("Bare sakene til en sakseier:"), "eier:helsedirektoratet"),
)


class SearchPopup(QFrame):
    """Shows what was found. The search box keeps the focus and moves the selection.

    Signals:
        chosen: the Hit that somebody wants to open.
        moved: what a screen reader says of the hit that is selected now.
    """

    chosen = Signal(object)
    moved = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("kort")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAccessibleName(_("Søkeresultat"))
        self.model = SearchModel(self)
        self.list = QListView()
        self.list.setAccessibleName(_("Treff"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setStyleSheet("QListView { border: none; }")
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.clicked.connect(self._clicked)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.help = label(self._help_text(), wrap=True)
        self.help.setAccessibleName(_("Slik søker du"))
        self.hint = label("", "stille", wrap=True)
        self._layout = column(self.help, self.list, self.hint, margin=8, spacing=6)
        self.setLayout(self._layout)
        self.hide()

    @staticmethod
    def _help_text() -> str:
        return "\n".join(f"{what}  {example}".rstrip() for what, example in _HELP)

    def show_help(self, *, above: str = "") -> None:
        """Say how to search."""
        self.model.set_hits(())
        self.list.hide()
        self.help.show()
        self._say(above)

    def show_result(self, found: SearchResult, *, unfinished: bool = False) -> None:
        """Show hits, the best one selected, and what there is to say of them.

        Where nothing fits a filter that is still being written, how it is written is told.
        """
        self.model.set_hits(found.hits)
        self.list.setVisible(bool(found.hits))
        self.help.setVisible(not found.hits and unfinished)
        if found.hits:
            self.list.setCurrentIndex(self.model.index(0))
            self.list.scrollToTop()
        notes = [_(HINTS[hint.code]).format(verdi=hint.value) for hint in found.hints]
        self._say("\n".join([self._count(found), *notes]))

    @staticmethod
    def _count(found: SearchResult) -> str:
        count = len(found.hits)
        if not count:
            return _("Ingen treff.")
        if found.total is None:
            return _("De {antall} beste treffene. Skriv mer for å finne færre.").format(
                antall=count
            )
        if found.total > count:
            return _("De {antall} beste av {alle} treff.").format(antall=count, alle=found.total)
        return _("1 treff.") if count == 1 else _("{antall} treff.").format(antall=count)

    def _say(self, text: str) -> None:
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def place_below(self, box: QWidget) -> None:
        """Stand below the search box, inside the window."""
        corner = box.mapTo(self._window, QPoint(box.width(), box.height() + 2))
        width = min(WIDTH, self._window.width() - 2 * MARGIN)
        left = max(MARGIN, min(corner.x() - width, self._window.width() - width - MARGIN))
        room = self._window.height() - corner.y() - MARGIN
        self.setGeometry(QRect(left, corner.y(), width, min(self._wanted_height(width), room)))
        self.raise_()

    def _wanted_height(self, width: int) -> int:
        """Return the height of the hits up to a limit, or of the help."""
        rows = range(self.model.rowCount())
        if not rows:
            return self._layout.totalHeightForWidth(width)
        hint = self.hint.heightForWidth(width - 16) if self.hint.text() else 0
        return min(_HEIGHT, sum(map(self.list.sizeHintForRow, rows)) + hint + _FRAME)

    def step(self, rows: int) -> None:
        """Move the selection; it stops at the ends."""
        count = self.model.rowCount()
        if count:
            row = min(max(self.list.currentIndex().row() + rows, 0), count - 1)
            self.list.setCurrentIndex(self.model.index(row))

    def rows_of_a_page(self) -> int:
        """Return how many hits are seen at once."""
        height = self.list.sizeHintForRow(0) if self.model.rowCount() else 1
        return max(1, self.list.viewport().height() // max(1, height))

    def choose_current(self) -> None:
        """Open the hit that is selected."""
        hit = self.current()
        if hit is not None:
            self.chosen.emit(hit)

    def current(self) -> Hit | None:
        """Return the hit that is selected."""
        return self.model.hit_at(self.list.currentIndex().row())

    def _clicked(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self.choose_current()

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.moved.emit(str(current.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
