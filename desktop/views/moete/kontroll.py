"""The tab Kontroll of a meeting: what the papers lack or get wrong, and what was let stand."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from desktop.services.kontroll import Report
from desktop.services.types import ChangeSet
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.kontroll import ACCEPTED, Checker, FindingsModel, count_text, target_of
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.tasks import Tasks
from desktop.views.moete.kontroll_panel import FindingPanel
from desktop.views.moete.tab import MeetingTab
from desktop.views.parts import EmptyPage, action, button, column, label, row
from desktop.views.words import _

_PLACE_WIDTH: Final = 150
_UNTOUCHED: Final = frozenset({"oppfoelging", "oppfoelginglogg", "oppfoelging_sak", "mottaker"})


class _Bold(QStyledItemDelegate):
    """Writes the lines that have others below them in bold."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Set the weight of a line."""
        super().initStyleOption(option, index)
        first = index.model().index(index.row(), 0, index.parent())
        if index.model().hasChildren(first):
            font = option.font
            font.setWeight(QFont.Weight.DemiBold if index.parent().isValid() else QFont.Weight.Bold)
            option.font = font


class KontrollTab(MeetingTab):
    """Lists findings by sak, errors apart from hints; the chosen one is explained beside."""

    def __init__(self, desk: Desk, tasks: Tasks, preferences: Preferences) -> None:
        super().__init__(desk, tasks, preferences)
        self.report: Report | None = None
        self._stale = False
        self._open: dict[str, bool] = {}
        self.checker = Checker(desk, self)
        self.checker.done.connect(self._show)
        self.checker.gone.connect(lambda: self._show(None))
        self.panel = FindingPanel(desk)
        self.panel.go.connect(self.go)
        self._make_head()
        self._make_tree()
        self._make_layout()
        self._show_selected()

    def _make_head(self) -> None:
        self.count = label(_("Kontrollerer …"), "undertittel")
        self.again = button(
            _("Kontroller på nytt"), self._check_now, tip=_("Les papirene på nytt (F5)")
        )
        action(self, _("Kontroller på nytt"), self._check_now, "F5")

    def _make_tree(self) -> None:
        self.model = FindingsModel(self)
        self.tree = QTreeView()
        self.tree.setAccessibleName(_("Merknader til papirene"))
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(_Bold(self.tree))
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, _PLACE_WIDTH)
        self.tree.selectionModel().currentChanged.connect(lambda *_args: self._show_selected())
        self.tree.activated.connect(lambda _index: self.go())
        self.tree.collapsed.connect(lambda index: self._fold(index, is_open=False))
        self.tree.expanded.connect(lambda index: self._fold(index, is_open=True))
        self.panel.settled.connect(self.tree.setFocus)
        action(self.tree, _("Godta her …"), self.panel.ask_reason, "G")
        action(self.tree, _("Vis forklaring"), self.panel.explain.toggle, "F")

    def _make_layout(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.tree)
        self.about = QScrollArea()
        self.about.setAccessibleName(_("Om merknaden"))
        self.about.setWidgetResizable(True)
        self.about.setFrameShape(QFrame.Shape.NoFrame)
        self.about.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.about.setWidget(self.panel)
        self.splitter.addWidget(self.about)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([640, 380])
        self.empty = EmptyPage(
            _("Ingen merknader"),
            _(
                "Papirene er lest mot reglene for innkalling, toppnotat og referat, og mot det "
                "arkivet vet. Kontrollen leser dem på nytt når noe endres."
            ),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.splitter)
        head = row(self.count, None, self.again)
        layout = column(head, self.pages, spacing=10)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.tree)

    # Reading

    def show_moete(self, moete_id: str) -> None:
        """Check another meeting, or the same one anew."""
        other = moete_id != self.moete_id
        super().show_moete(moete_id)
        if other:
            self._open.clear()
            self.report = None
            self.model.set_report(None)
            self.count.setText(_("Kontrollerer …"))
            self.pages.setCurrentWidget(self.splitter)
            self._show_selected()
        self._check_now()

    def refresh(self, changes: ChangeSet) -> None:
        """Check again when nothing has changed for a while; once the tab is seen, if it is not."""
        if not self.moete_id or changes.tables <= _UNTOUCHED:
            return
        if not self.isVisible():
            self._stale = True
        elif changes.tables <= {"kontrollunntak"}:
            self._check_now()
        else:
            self.checker.check_soon(self.moete_id)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Check what was changed while the tab was hidden."""
        super().showEvent(event)
        if self._stale:
            self._check_now()

    def _check_now(self) -> None:
        self._stale = False
        if self.moete_id:
            self.checker.check(self.moete_id)

    def _show(self, report: Report | None) -> None:
        if report is not None and report.moete_id != self.moete_id:
            return
        if report is not None and report == self.report:
            return
        kept = self._kept_in_order()
        place = self.tree.verticalScrollBar().value()
        self.report = report
        self.model.set_report(report)
        self.count.setText(count_text(report) if report else "")
        anything = self.model.rowCount() > 0
        self.pages.setCurrentWidget(self.splitter if anything else self.empty)
        self._unfold()
        indexes = (self.model.index_of(key) for key in kept)
        index = next((one for one in indexes if one.isValid()), self.model.first_finding())
        self.tree.setCurrentIndex(index)
        self.tree.verticalScrollBar().setValue(place)
        self._show_selected()

    def _kept_in_order(self) -> list[str]:
        """Return what is to be chosen if it is still there: the chosen, the next ones, the last."""
        chosen = self.model.node(self.tree.currentIndex()).key
        keys = [
            node.key
            for node in self.model.nodes()
            if node.key == chosen or (node.finding and not node.accepted)
        ]
        place = keys.index(chosen) if chosen in keys else len(keys)
        return [*keys[place:], *reversed(keys[:place])] if place < len(keys) else []

    def _unfold(self) -> None:
        """Open what the user has not folded; what was let stand is folded at first."""
        for node in self.model.nodes():
            if node.children:
                is_open = self._open.get(node.key, not node.key.endswith(f">{ACCEPTED}"))
                index = self.model.index_of(node.key)
                self.tree.setFirstColumnSpanned(index.row(), index.parent(), True)
                self.tree.setExpanded(index, is_open)

    def _fold(self, index: QModelIndex, *, is_open: bool) -> None:
        self._open[self.model.node(index).key] = is_open

    # Choosing and going

    def _show_selected(self) -> None:
        node = self.model.node(self.tree.currentIndex())
        self.panel.show_finding(self.report, node.finding, node.accepted)
        bar = self.about.verticalScrollBar().sizeHint().width()
        self.about.setMinimumWidth(self.panel.minimumSizeHint().width() + bar)

    def go(self) -> None:
        """Go to the place of the chosen finding."""
        found = self.model.node(self.tree.currentIndex()).finding
        if found is not None and self.report is not None:
            has_note = found.place.sak_id in self.report.with_note
            self.wanted.emit(target_of(self.moete_id, found.place, has_note=has_note))

    def show_sak(self, sak_id: str) -> None:
        """Select the first finding of a sak."""
        for node in self.model.nodes():
            if node.finding and node.finding.place.sak_id == sak_id:
                self.tree.setCurrentIndex(self.model.index_of(node.key))
                return
