"""The quality check of a meeting: run in short slices, and its findings as a tree."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop.i18n.catalogue import words
from desktop.i18n.kontroll_messages import PLACES, rule_sentence
from desktop.rules.kontroll import Finding, check_in_steps
from desktop.rules.kontroll.types import MINUTES, Place, PlaceKind
from desktop.services.errors import ServiceError
from desktop.services.kontroll import Accepted, Report, exceptions_of, report_of
from desktop.services.kontroll_papers import gather_papers_to_check
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.targets import Place as Page
from desktop.viewmodels.targets import Tab, Target

ACCEPTED: Final = "godtatt"
"""The name of the line that what was let stand is below."""

Index = QModelIndex | QPersistentModelIndex

_ = words("nb")
_NOWHERE: Final = QModelIndex()
_PAUSE_MS: Final = 900
_SLICE_SECONDS: Final = 0.012
_NOTE: Final = frozenset({PlaceKind.TOPPNOTAT, PlaceKind.SEKSJON, PlaceKind.TIDLIGERE_VEDTAK})
_AGENDA_SAK: Final = frozenset(
    {PlaceKind.TITTEL, PlaceKind.OMTALE, PlaceKind.VEDLEGG, PlaceKind.SAK}
)


def target_of(moete_id: str, place: Place, *, has_note: bool = False) -> Target:
    """Return where the window shows a place: the tab, the sak and the part of it.

    A proposal is written in the toppnotat where the sak has one, else on the agenda.
    """
    if place.kind is PlaceKind.DELTAKER:
        return Target(Page.MOETER, moete_id, Tab.DELTAKERE, None, place.row_id)
    if place.kind in MINUTES:
        is_line = place.kind is PlaceKind.INNSPILL
        part = place.row_id if is_line else place.block_id or place.row_id
        return Target(Page.MOETER, moete_id, Tab.REFERAT, place.sak_id, part)
    in_note = place.kind in _NOTE or (place.kind is PlaceKind.FORSLAG and has_note)
    tab = Tab.TOPPNOTATER if in_note else Tab.DAGSORDEN
    return Target(Page.MOETER, moete_id, tab, place.sak_id, place.block_id or place.row_id)


def place_name(place: Place) -> str:
    """Return what the part of the papers is called."""
    return _(PLACES[place.kind.value])


class Checker(QObject):
    """Runs the quality check of a meeting between the user's doings, a few rules at a time.

    Signals:
        done: the Report of the meeting.
        gone: the meeting is not in the archive.
    """

    done = Signal(object)
    gone = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._moete_id = ""
        self._run: Iterator[None] | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._begin)
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._slice)

    @property
    def running(self) -> bool:
        """Whether an answer is on its way."""
        return self._pause.isActive() or self._run is not None

    def check(self, moete_id: str) -> None:
        """Check a meeting now."""
        self._moete_id = moete_id
        self._begin()

    def check_soon(self, moete_id: str) -> None:
        """Check a meeting when nothing has changed for a while."""
        self._moete_id = moete_id
        self._stop()
        self._pause.start()

    def _begin(self) -> None:
        self._stop()
        self._run = self._steps(self._moete_id)
        self._next.start()

    def _stop(self) -> None:
        self._pause.stop()
        self._next.stop()
        self._run = None

    def _slice(self) -> None:
        """Take steps for a moment, then let the window live."""
        until = time.perf_counter() + _SLICE_SECONDS
        while self._run is not None and time.perf_counter() < until:
            if next(self._run, self) is self:
                self._stop()

    def _steps(self, moete_id: str) -> Iterator[None]:
        try:
            papers = self._desk.read(lambda session: gather_papers_to_check(session, moete_id))
        except ServiceError:
            self.gone.emit()
            return
        yield
        found: list[Finding] = []
        for some in check_in_steps(papers):
            found += some
            yield
        exceptions = self._desk.read(lambda session: exceptions_of(session, moete_id))
        self.done.emit(report_of(papers, found, exceptions))


@dataclass(eq=False)
class Node:
    """A line of the tree: a heading, a sak, or a finding; `accepted` where it was let stand."""

    text: str
    name: str = ""
    parent: Node | None = None
    row: int = 0
    finding: Finding | None = None
    accepted: Accepted | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the line is, in another report too."""
        return f"{self.parent.key}>{self.name}" if self.parent else self.name

    def add(self, node: Node) -> Node:
        """Add a line below."""
        node.parent, node.row = self, len(self.children)
        self.children.append(node)
        return node


class FindingsModel(QAbstractItemModel):
    """Errors, hints and what was let stand, each by sak."""

    KEY: Final = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node("")

    def set_report(self, report: Report | None) -> None:
        """Show another report."""
        self.beginResetModel()
        self._root = Node("")
        if report is not None:
            self._add("feil", _("Feil ({antall})"), report, report.errors)
            self._add("hint", _("Hint ({antall})"), report, report.hints)
            held = {one.finding.fingerprint: one for one in report.accepted}
            findings = tuple(one.finding for one in report.accepted)
            self._add(ACCEPTED, _("Godtatt ({antall})"), report, findings, held)
        self.endResetModel()

    def _add(
        self,
        name: str,
        heading: str,
        report: Report,
        findings: tuple[Finding, ...],
        held: dict[str, Accepted] | None = None,
    ) -> None:
        if not findings:
            return
        top = self._root.add(Node(heading.format(antall=len(findings)), name))
        for sak_id, group in groupby(findings, lambda one: one.place.sak_id):
            below = top.add(Node(sak_name(report, sak_id), sak_id or ""))
            for one in group:
                text, key = rule_sentence(one.rule, one.params), one.fingerprint
                below.add(Node(text, key, finding=one, accepted=(held or {}).get(key)))

    def node(self, index: Index) -> Node:
        """Return the line at a place; the root for none."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else self._root

    def index_of(self, key: str) -> QModelIndex:
        """Return where a line is, by its key."""
        return next((self._at(node) for node in self.nodes() if node.key == key), QModelIndex())

    def first_finding(self) -> QModelIndex:
        """Return the first finding that was not let stand, if any."""
        wanted = (node for node in self.nodes() if node.finding and not node.accepted)
        return next((self._at(node) for node in wanted), QModelIndex())

    def nodes(self) -> Iterator[Node]:
        """Yield every line from top to bottom."""
        return _below(self._root.children)

    def _at(self, node: Node) -> QModelIndex:
        return self.createIndex(node.row, 0, node)

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Return the index of a line below another one."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self.node(parent).children[row])

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Return the line that one stands below."""
        above = self.node(index).parent if index.isValid() else None
        return QModelIndex() if above is None or above is self._root else self._at(above)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Return how many lines stand below one."""
        return 0 if parent.column() > 0 else len(self.node(parent).children)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002, N802
        """Return the number of columns: what, and where."""
        return 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a line shows."""
        if not index.isValid():
            return None
        node = self.node(index)
        if role == self.KEY:
            return node.key
        if role == Qt.ItemDataRole.DisplayRole:
            return _where(node) if index.column() else node.text
        if role == Qt.ItemDataRole.ToolTipRole and node.finding:
            return node.finding.excerpt or node.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{node.text} {_where(node)}".strip()
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """Return the name of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Merknad"), _("Sted"))[section]
        return None


def _below(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _below(node.children)


def _where(node: Node) -> str:
    return place_name(node.finding.place) if node.finding else ""


def sak_name(report: Report, sak_id: str | None) -> str:
    """Return the heading of what was found in a sak, or in the meeting itself."""
    sak = report.saker.get(sak_id or "")
    return f"{sak.nummer}  {sak.tittel}".strip() if sak else _("Møtet")


def count_text(report: Report) -> str:
    """Return how much was found."""
    errors, hints, accepted = len(report.errors), len(report.hints), len(report.accepted)
    parts = [
        _.plural("{antall} feil", "{antall} feil", errors).format(antall=errors) if errors else "",
        _.plural("{antall} hint", "{antall} hint", hints).format(antall=hints) if hints else "",
        _.plural("{antall} godtatt", "{antall} godtatt", accepted).format(antall=accepted)
        if accepted
        else "",
    ]
    return " · ".join(filter(None, parts)) or _("Ingen merknader")
