"""The queue beside a running order as an item model: the saker that wait for a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QObject, Qt, Signal

from desktop.i18n.catalogue import words
from desktop.i18n.terms import SAKSTYPER
from desktop.services.agenda_view import QueueRow
from desktop.viewmodels.agenda import POST_MIME, QUEUE_MIME, as_tip, keys_in, mime_of
from desktop.viewmodels.queue import PRIORITIES
from desktop.viewmodels.table import Column, Index, RowsModel

_ = words("nb")
_FLAG = Qt.ItemFlag


def _tip(text: str) -> str:
    return as_tip(text) or ""


def _who(row: QueueRow) -> str:
    return ", ".join(part for part in (row.innmeldt_av, row.organisasjon) if part)


COLUMNS: Final[tuple[Column[QueueRow], ...]] = (
    Column(_("Sak i køen"), lambda row: row.tittel, tooltip=lambda row: _tip(row.tittel)),
    Column(_("Sakstype"), lambda row: _(SAKSTYPER[row.sakstype]) if row.sakstype else ""),
    Column(_("Innmeldt av"), lambda row: row.innmeldt_av, tooltip=lambda row: _tip(_who(row))),
    Column(_("Ønsket møte"), lambda row: row.oensket_moete),
    Column(_("Prioritet"), lambda row: PRIORITIES.get(row.prioritet or 0, "")),
)


class AgendaQueueModel(RowsModel[QueueRow]):
    """The queue, in its own order. Dropping asks the owner by signals.

    Signals:
        posts_dropped: keys of rows of the agenda that were dragged here.
        saker_dropped: keys of saker of the queue, and the index among the others.
    """

    posts_dropped = Signal(object)
    saker_dropped = Signal(object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self.editable = True

    def row_of(self, sak_id: str) -> int:
        """Return where a sak stands, or -1."""
        return next((row for row, one in enumerate(self._rows) if one.sak_id == sak_id), -1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return _FLAG.ItemIsDropEnabled if self.editable else _FLAG.NoItemFlags
        flags = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable | _FLAG.ItemNeverHasChildren
        return flags | _FLAG.ItemIsDragEnabled if self.editable else flags

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        """Saker are moved."""
        return Qt.DropAction.MoveAction

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802
        """Saker are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        """Return what can be dropped: rows of the agenda, saker of the queue."""
        return [POST_MIME, QUEUE_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:  # noqa: N802
        """Return the keys of the saker that are dragged."""
        rows = sorted({index.row() for index in indexes})
        return mime_of(QUEUE_MIME, [self._rows[row].sak_id for row in rows])

    def canDropMimeData(  # noqa: N802
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, _parent: Index
    ) -> bool:
        """Tell whether what is dragged can be dropped."""
        return self.editable and (data.hasFormat(POST_MIME) or data.hasFormat(QUEUE_MIME))

    def dropMimeData(  # noqa: N802
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask the owner to move what was dropped; False, since nothing is done here."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        posts = keys_in(data, POST_MIME)
        if posts:
            self.posts_dropped.emit(posts)
            return False
        saker = keys_in(data, QUEUE_MIME)
        if row < 0:
            row = parent.row() if parent.isValid() else len(self._rows)
        chosen = set(saker)
        others = [one for one in self._rows[:row] if one.sak_id not in chosen]
        self.saker_dropped.emit(saker, len(others))
        return False
