"""The saker of a meeting with the state of their notes, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from desktop.i18n.catalogue import words
from desktop.services.note_view import NoteLine
from desktop.viewmodels.agenda import as_tip
from desktop.viewmodels.note_words import missing_text, state_text, words_text
from desktop.viewmodels.table import ROW_ROLE, Index

_ = words("nb")
_ROOT: Final = QModelIndex()


class NoteListModel(QAbstractListModel):
    """One row per sak. A sak without a note can be chosen as well: a note can be begun there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[NoteLine, ...] = ()

    def set_lines(self, lines: Sequence[NoteLine]) -> None:
        """Show other saker; where the saker are the same only what is new is told."""
        lines = tuple(lines)
        if [one.sak_id for one in lines] == [one.sak_id for one in self._lines]:
            before, self._lines = self._lines, lines
            for row, (old, new) in enumerate(zip(before, lines, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def set_line(self, line: NoteLine) -> None:
        """Show another state of one sak."""
        row = self.row_of(line.sak_id)
        if row >= 0 and self._lines[row] != line:
            self._lines = (*self._lines[:row], line, *self._lines[row + 1 :])
            self.dataChanged.emit(self.index(row), self.index(row))

    def lines(self) -> tuple[NoteLine, ...]:
        """Return the rows as they stand."""
        return self._lines

    def line_at(self, row: int) -> NoteLine | None:
        """Return the row at a place; None where there is none."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, sak_id: str) -> int:
        """Return the place of a sak; -1 where it is not in the meeting."""
        return next((at for at, one in enumerate(self._lines) if one.sak_id == sak_id), -1)

    def first_with_note(self) -> int:
        """Return the place of the first sak that has a note, else of the first sak."""
        found = (at for at, one in enumerate(self._lines) if one.tilstand and not one.ute)
        return next(found, 0 if self._lines else -1)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of saker."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a row shows and says."""
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_text(line)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ". ".join(part for part in (title_text(line), *detail_texts(line)) if part)
            case Qt.ItemDataRole.ToolTipRole:
                return as_tip("\n".join((title_text(line), *filter(None, detail_texts(line)))))
            case _:
                return line if role == ROW_ROLE else None


def title_text(line: NoteLine) -> str:
    """Return number and title."""
    return f"{line.nummer} {line.tittel}".strip()


def detail_texts(line: NoteLine) -> tuple[str, str]:
    """Return the state with the length, and what is missing."""
    if line.ute:
        return _("utsatt eller trukket"), ""
    length = words_text(line.ord) if line.tilstand and line.ord else ""
    return " · ".join(filter(None, (state_text(line), length))), missing_text(line)
