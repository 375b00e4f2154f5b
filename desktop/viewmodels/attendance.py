"""The attendance of a meeting as a table: a line per person, under the heading of the group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n.catalogue import words
from desktop.i18n.lists import join_names
from desktop.rules.entity_kinds import Oppmoeterolle
from desktop.rules.kinds import Funksjon, Oppmoetestatus
from desktop.services.attendance_view import Attendance, AttendanceRow, Gruppe
from desktop.viewmodels.table import ROW_ROLE

_ = words("nb")
Index = QModelIndex | QPersistentModelIndex
Line = AttendanceRow | Gruppe
_ROOT = QModelIndex()

GROUPS: Final = MappingProxyType(
    {
        Gruppe.MEDLEMMER: _("Medlemmer"),
        Gruppe.STEDFORTREDERE: _("Stedfortredere"),
        Gruppe.ANDRE: _("Andre"),
        Gruppe.SEKRETARIAT: _("Sekretariat"),
    }
)
STATUSES: Final = MappingProxyType(
    {
        Oppmoetestatus.TIL_STEDE: _("Til stede"),
        Oppmoetestatus.DIGITALT: _("Digitalt"),
        Oppmoetestatus.FORFALL: _("Forfall"),
    }
)
NOT_REGISTERED: Final = _("Ikke registrert")


class AttendanceColumn(IntEnum):
    """The columns of the attendance."""

    NAVN = 0
    ORGANISASJON = 1
    STATUS = 2
    KOM = 3
    GIKK = 4
    MERKNAD = 5


SAK_COLUMNS: Final = frozenset({AttendanceColumn.KOM, AttendanceColumn.GIKK})
_HEADERS: Final = MappingProxyType(
    {
        AttendanceColumn.NAVN: _("Navn"),
        AttendanceColumn.ORGANISASJON: _("Organisasjon"),
        AttendanceColumn.STATUS: _("Oppmøte"),
        AttendanceColumn.KOM: _("Kom ved"),
        AttendanceColumn.GIKK: _("Gikk etter"),
        AttendanceColumn.MERKNAD: _("Merknad"),
    }
)


def status_text(status: Oppmoetestatus | None) -> str:
    """Return what is known of somebody's attendance."""
    return STATUSES[status] if status else NOT_REGISTERED


def remark(row: AttendanceRow) -> str:
    """Return what else is to be known of a person in a meeting."""
    parts = []
    if row.er_moeteleder:
        parts.append(_("Møteleder"))
    if row.er_referent:
        parts.append(_("Referent"))
    if row.funksjon is Funksjon.LEDER and not row.er_moeteleder:
        parts.append(_("Leder"))
    if row.funksjon is Funksjon.OBSERVATOER:
        parts.append(_("Observatør"))
    if row.for_navn:
        parts.append(_("For {navn}").format(navn=row.for_navn))
    if row.stedfortreder:
        parts.append(_("Stedfortreder: {navn}").format(navn=row.stedfortreder))
    if row.saker:
        parts.append(_("Sak {saker}").format(saker=join_names(row.saker)))
    elif row.rolle is Oppmoeterolle.GJEST and row.funksjon is None:
        parts.append(_("Hele møtet"))
    return " · ".join(parts)


_TEXTS: Final[MappingProxyType[AttendanceColumn, Callable[[AttendanceRow], str]]] = (
    MappingProxyType(
        {
            AttendanceColumn.NAVN: lambda row: row.navn,
            AttendanceColumn.ORGANISASJON: lambda row: row.organisasjon,
            AttendanceColumn.STATUS: lambda row: status_text(row.status),
            AttendanceColumn.KOM: lambda row: row.fra_sak,
            AttendanceColumn.GIKK: lambda row: row.til_sak,
            AttendanceColumn.MERKNAD: remark,
        }
    )
)


def counts_text(attendance: Attendance) -> str:
    """Return "14 til stede, 2 digitalt, 3 forfall", and how many nothing is said about.

    What nobody is, is left out.
    """
    texts = (
        (Oppmoetestatus.TIL_STEDE, _("{antall} til stede")),
        (Oppmoetestatus.DIGITALT, _("{antall} digitalt")),
        (Oppmoetestatus.FORFALL, _("{antall} forfall")),
        (None, _("{antall} ikke registrert")),
    )
    counted = [(text, attendance.count(status)) for status, text in texts]
    told = [text.format(antall=count) for text, count in counted if count]
    return ", ".join(told)


def next_status(status: Oppmoetestatus | None) -> Oppmoetestatus:
    """Return the status that comes after one, as Space goes through them."""
    order = list(Oppmoetestatus)
    return order[(order.index(status) + 1) % len(order)] if status else order[0]


class AttendanceModel(QAbstractTableModel):
    """Shows an attendance. A group's heading is a line of its own, which cannot be selected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def set_attendance(self, attendance: Attendance | None) -> bool:
        """Show an attendance; True if other lines stand there now than before."""
        fresh = tuple(_lines(attendance.rows)) if attendance else ()
        if [_key(line) for line in fresh] == [_key(line) for line in self.lines]:
            self.lines = fresh
            if fresh:
                last = self.index(len(fresh) - 1, len(AttendanceColumn) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return False
        self.beginResetModel()
        self.lines = fresh
        self.endResetModel()
        return True

    def person_at(self, row: int) -> AttendanceRow | None:
        """Return the person of a line; None for a heading or no line."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, AttendanceRow) else None

    def line_of(self, person_id: str) -> int:
        """Return the line a person stands in, or -1."""
        keys = [_key(line) for line in self.lines]
        return keys.index(person_id) if person_id in keys else -1

    def headings(self) -> list[int]:
        """Return the lines that are headings."""
        return [place for place, line in enumerate(self.lines) if isinstance(line, Gruppe)]

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of lines; a cell has none."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of columns; a cell has none."""
        return 0 if parent.isValid() else len(AttendanceColumn)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.person_at(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        editable = index.column() in SAK_COLUMNS
        return usual | Qt.ItemFlag.ItemIsEditable if editable else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ROW_ROLE:
            return line
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if isinstance(line, Gruppe):
            first = index.column() == 0 and role == Qt.ItemDataRole.DisplayRole
            return GROUPS[line] if first else None
        return _TEXTS[AttendanceColumn(index.column())](line)

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401
        """Return a column's header."""
        across = orientation == Qt.Orientation.Horizontal
        if role != Qt.ItemDataRole.DisplayRole or not across:
            return None
        known = 0 <= section < len(AttendanceColumn)
        return _HEADERS[AttendanceColumn(section)] if known else None

    def as_text(self, rows: Sequence[int]) -> str:
        """Return lines of persons as tab separated text with headers, for a spreadsheet."""
        lines = [[_HEADERS[one] for one in AttendanceColumn]]
        people = [person for row in rows if (person := self.person_at(row)) is not None]
        lines += [[_TEXTS[one](person) for one in AttendanceColumn] for person in people]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


def _lines(rows: Iterable[AttendanceRow]) -> Iterable[Line]:
    group: Gruppe | None = None
    for row in rows:
        if row.gruppe is not group:
            group = row.gruppe
            yield group
        yield row


def _key(line: Line) -> str:
    return line.person_id if isinstance(line, AttendanceRow) else f"#{line}"
