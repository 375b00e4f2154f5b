"""The running order of a meeting as an item model: its rows, a day's heading and a day's end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from html import escape
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, Qt, Signal

from desktop.i18n.catalogue import words
from desktop.i18n.dates import clock_range, column_clock, long_date_with_weekday
from desktop.i18n.terms import SAKSTYPER
from desktop.rules.entity_kinds import Postslag
from desktop.rules.states import SakTilstand
from desktop.services.agenda_view import AgendaLine, AgendaView, Line, Part
from desktop.viewmodels.table import ROW_ROLE, Index

_ = words("nb")

POST_MIME: Final = "application/x-motebok-poster"
QUEUE_MIME: Final = "application/x-motebok-koe"
NOTES_ROLE: Final = ROW_ROLE + 10
_ROOT = QModelIndex()
_FLAG = Qt.ItemFlag
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Col(IntEnum):
    """The columns."""

    TID = 0
    SAK = 1
    TITTEL = 2
    VARIGHET = 3
    SAKSTYPE = 4
    SAKSEIER = 5
    PRESENTERER = 6
    VEDLEGG = 7


HEADERS: Final = {
    Col.TID: _("Tid"),
    Col.SAK: _("Sak"),
    Col.TITTEL: _("Tittel"),
    Col.VARIGHET: _("Varighet"),
    Col.SAKSTYPE: _("Sakstype"),
    Col.SAKSEIER: _("Sakseier"),
    Col.PRESENTERER: _("Presenterer"),
    Col.VEDLEGG: _("Vedlegg"),
}
_STATES: Final = {SakTilstand.UTSATT: _("Utsatt"), SakTilstand.TRUKKET: _("Trukket")}
_OF_EVERY_ROW: Final = frozenset({Col.TID, Col.VARIGHET, Col.TITTEL})


def minutes_over(count: int) -> str:
    """Return "12 minutter over"."""
    return _.plural("{antall} minutt over", "{antall} minutter over", count).format(antall=count)


def minutes_left(count: int) -> str:
    """Return "8 minutter ledig"."""
    return _.plural("{antall} minutt ledig", "{antall} minutter ledig", count).format(antall=count)


def notes_of(line: AgendaLine) -> tuple[str, ...]:
    """Return what is to be said of a row beside what its columns say."""
    if line.kind is not Line.POST:
        return ()
    found = [_STATES[line.state]] if line.state in _STATES else []
    if line.overrun:
        found.append(minutes_over(line.overrun))
    if line.gap:
        found.append(_("{ledig} før").format(ledig=minutes_left(line.gap)))
    if line.is_late or (line.text_changed and line.sak_id is None):
        found.append(_("Ny etter innkalling"))
    elif line.text_changed or line.time_changed:
        found.append(_("Endret etter innkalling"))
    return tuple(found)


def names_of(parts: Sequence[Part]) -> str:
    """Return the first name, and how many more there are."""
    if len(parts) < 2:
        return parts[0].title if parts else ""
    return f"{parts[0].title} +{len(parts) - 1}"


def _end_text(line: AgendaLine) -> str:
    end = _("Slutt")
    if line.overrun:
        return f"{end} – {minutes_over(line.overrun)}"
    return f"{end} – {minutes_left(line.gap)}" if line.gap else end


def _heading(line: AgendaLine) -> str:
    day = long_date_with_weekday(line.dag.dato)
    return f"{day[:1].upper()}{day[1:]}, {clock_range(line.dag.fra, line.dag.til)}"


_DASH = "–"
_TEXTS: Final[dict[Col, Callable[[AgendaLine], str]]] = {
    Col.TID: lambda line: column_clock(line.start) if line.start else _DASH,
    Col.SAK: lambda line: line.number,
    Col.TITTEL: lambda line: line.title,
    Col.VARIGHET: lambda line: (
        _("{antall} min").format(antall=line.minutes) if line.minutes is not None else ""
    ),
    Col.SAKSTYPE: lambda line: _(SAKSTYPER[line.sakstype]) if line.sakstype else "",
    Col.SAKSEIER: lambda line: names_of(line.owners),
    Col.PRESENTERER: lambda line: names_of(line.presenters),
    Col.VEDLEGG: lambda line: ", ".join(line.vedlegg),
}
_PROVISIONAL = _("Foreløpig: følger rekkefølgen til innkallingen er ferdigstilt.")
_FIXED = _("Fast tid. Trykk F2 for å endre den, og skriv × for å fjerne den.")


def text_of(line: AgendaLine, column: Col) -> str:
    """Return what a cell says."""
    if line.kind is Line.POST:
        return _TEXTS[column](line)
    if line.kind is Line.DAG:
        return _heading(line) if column is Col.TID else ""
    if column is Col.TITTEL:
        return _end_text(line)
    return column_clock(line.start) if column is Col.TID and line.start else ""


def _people_tip(line: AgendaLine) -> str:
    """Return title and people: the columns of the latter give way in a narrow window."""
    roles = ((HEADERS[Col.SAKSEIER], line.owners), (HEADERS[Col.PRESENTERER], line.presenters))
    told = [f"{name}: {'; '.join(part.full for part in parts)}" for name, parts in roles if parts]
    return "\n".join((line.title, *told)) if told else ""


_TIPS: Final[dict[Col, Callable[[AgendaLine], str]]] = {
    Col.TID: lambda line: _FIXED if line.fixed else "",
    Col.SAK: lambda line: _PROVISIONAL if line.provisional else "",
    Col.TITTEL: _people_tip,
    Col.SAKSEIER: lambda line: "\n".join(part.full for part in line.owners),
    Col.PRESENTERER: lambda line: "\n".join(part.full for part in line.presenters),
    Col.VEDLEGG: lambda line: _PROVISIONAL if line.vedlegg_provisional else "",
}


def tip_of(line: AgendaLine, column: Col) -> str:
    """Return more about a cell; "" where there is nothing more."""
    tell = _TIPS.get(column)
    return tell(line) if tell and line.kind is Line.POST else ""


def as_tip(text: str) -> str | None:
    """Return a text as a tooltip that shows it as it is; None for no text."""
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>" if text else None


class AgendaModel(QAbstractTableModel):
    """The lines of a running order. Dropping asks the owner by signals; nothing is changed here.

    Signals:
        posts_dropped: keys of rows, key of the day, and the index among the day's other rows.
        saker_dropped: keys of saker of the queue, key of the day, and the index in it.
    """

    posts_dropped = Signal(object, str, int)
    saker_dropped = Signal(object, str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: AgendaView | None = None
        self.editable = True
        self._lines: list[AgendaLine] = []

    def set_view(self, view: AgendaView | None) -> None:
        """Show another state; lines that stay keep their selection and their open editor."""
        self.view = view
        lines = list(view.lines) if view else []
        kept = {line.key for line in self._lines} & {line.key for line in lines}
        if not kept:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
            return
        self._remove_others(kept)
        self._reorder([line for line in lines if line.key in kept])
        for row, line in enumerate(lines):
            if line.key not in kept:
                self.beginInsertRows(_ROOT, row, row)
                self._lines.insert(row, line)
                self.endInsertRows()
        self._lines = lines
        self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, self.columnCount() - 1))

    def _remove_others(self, kept: set[str]) -> None:
        for row in range(len(self._lines) - 1, -1, -1):
            if self._lines[row].key not in kept:
                self.beginRemoveRows(_ROOT, row, row)
                del self._lines[row]
                self.endRemoveRows()

    def _reorder(self, lines: list[AgendaLine]) -> None:
        old = [line.key for line in self._lines]
        places = {line.key: row for row, line in enumerate(lines)}
        if old == list(places):
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        self._lines = lines
        moved = [self.index(places[old[one.row()]], one.column()) for one in held]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def line_at(self, row: int) -> AgendaLine:
        """Return the line at a place."""
        return self._lines[row]

    def lines(self) -> tuple[AgendaLine, ...]:
        """Return the lines as they stand."""
        return tuple(self._lines)

    def row_of(self, key: str) -> int:
        """Return where the row with a key stands, or -1."""
        return next((row for row, line in enumerate(self._lines) if line.key == key), -1)

    def row_of_sak(self, sak_id: str) -> int:
        """Return where a sak stands, or -1."""
        return next((row for row, line in enumerate(self._lines) if line.sak_id == sak_id), -1)

    def place_at(self, row: int, moving: Iterable[str] = ()) -> tuple[str, int]:
        """Return the day and the index in it that a row inserted before the line `row` gets.

        The index counts the day's rows that are not moving.
        """
        chosen = set(moving)
        row = min(max(row, 0), len(self._lines))
        after_end = row and (row == len(self._lines) or self._lines[row].kind is Line.DAG)
        dag_id = self._lines[row - 1 if after_end else row].dag.id
        before = [line for line in self._lines[:row] if line.kind is Line.POST]
        others = [line for line in before if line.dag.id == dag_id and line.key not in chosen]
        return dag_id, len(others)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of lines; a cell has none."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of columns; a cell has none."""
        return 0 if parent.isValid() else len(Col)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """Return a column's header."""
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(Col):
            return HEADERS[Col(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows."""
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], Col(index.column())
        answers: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: text_of(line, column),
            Qt.ItemDataRole.ToolTipRole: lambda: as_tip(tip_of(line, column)),
            Qt.ItemDataRole.TextAlignmentRole: lambda: _RIGHT if column is Col.VARIGHET else None,
            Qt.ItemDataRole.AccessibleTextRole: lambda: _spoken(line, column),
            ROW_ROLE: lambda: line,
            NOTES_ROLE: lambda: notes_of(line),
        }
        return answers[role]() if role in answers else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell; headings and ends are there to be read."""
        if not index.isValid():
            return _FLAG.ItemIsDropEnabled if self.editable else _FLAG.NoItemFlags
        line, column = self._lines[index.row()], Col(index.column())
        if line.kind is not Line.POST:
            return _FLAG.ItemNeverHasChildren
        flags = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable | _FLAG.ItemNeverHasChildren
        if self.editable:
            flags |= _FLAG.ItemIsDragEnabled
            if self._can_edit(line, column):
                flags |= _FLAG.ItemIsEditable
        return flags

    @staticmethod
    def _can_edit(line: AgendaLine, column: Col) -> bool:
        if column is Col.SAKSTYPE:
            return line.slag is Postslag.SAK
        return column in _OF_EVERY_ROW

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        """Rows are moved."""
        return Qt.DropAction.MoveAction

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802
        """Rows are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        """Return what can be dropped: rows of the agenda, saker of the queue."""
        return [POST_MIME, QUEUE_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:  # noqa: N802
        """Return the keys of the rows that are dragged."""
        rows = sorted({index.row() for index in indexes})
        return mime_of(POST_MIME, [self._lines[row].key for row in rows])

    def canDropMimeData(  # noqa: N802
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, _parent: Index
    ) -> bool:
        """Tell whether what is dragged can be dropped."""
        known = data.hasFormat(POST_MIME) or data.hasFormat(QUEUE_MIME)
        return self.editable and known and bool(self._lines)

    def dropMimeData(  # noqa: N802
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask the owner to move what was dropped; False, since nothing is done here."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        if row < 0:
            row = parent.row() if parent.isValid() else len(self._lines)
        keys = keys_in(data, POST_MIME)
        if keys:
            self.posts_dropped.emit(keys, *self.place_at(row, keys))
            return False
        saker = keys_in(data, QUEUE_MIME)
        if saker:
            self.saker_dropped.emit(saker, *self.place_at(row))
        return False


def _spoken(line: AgendaLine, column: Col) -> str:
    text = text_of(line, column)
    if column is Col.TITTEL:
        return ". ".join((text, *notes_of(line)))
    provisional = line.provisional if column is Col.SAK else line.vedlegg_provisional
    if column in {Col.SAK, Col.VEDLEGG} and provisional:
        return _("{tekst}, foreløpig").format(tekst=text)
    return text


def mime_of(kind: str, keys: Sequence[str]) -> QMimeData:
    """Return keys as something that can be dragged."""
    made = QMimeData()
    made.setData(kind, json.dumps(list(keys)).encode())
    return made


def keys_in(data: QMimeData, kind: str) -> list[str]:
    """Return the keys of a kind that are dragged; none where there is nothing of it."""
    raw = bytes(data.data(kind).data())
    return [str(key) for key in json.loads(raw)] if raw else []
