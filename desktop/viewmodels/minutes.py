"""The saker of a meeting as they are being treated: the list at the left, and the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n.catalogue import words
from desktop.i18n.dates import prose_clock
from desktop.i18n.terms import SAKSTYPER
from desktop.rules.clock import minutes_of
from desktop.rules.kinds import Maalform
from desktop.services.minutes_view import (
    MinuteSak,
    MinutesOverview,
    SakMinutes,
    Saksmerke,
    names_of,
)
from desktop.viewmodels.table import ROW_ROLE

_ = words("nb")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

MARKS: Final[Mapping[Saksmerke, str]] = MappingProxyType(
    {
        Saksmerke.IKKE_BEGYNT: _("ikke begynt"),
        Saksmerke.I_GANG: _("i gang"),
        Saksmerke.BEHANDLET: _("behandlet"),
        Saksmerke.UTSATT: _("utsatt"),
        Saksmerke.TRUKKET: _("trukket"),
    }
)


class SakerModel(QAbstractListModel):
    """The saker of a meeting in running order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saker: tuple[MinuteSak, ...] = ()

    def set_saker(self, saker: Sequence[MinuteSak]) -> None:
        """Show other saker; where the same ones stand, they are only shown anew."""
        saker = tuple(saker)
        if saker == self._saker:
            return
        same = [one.id for one in saker] == [one.id for one in self._saker]
        if same:
            self._saker = saker
            self.dataChanged.emit(self.index(0), self.index(len(saker) - 1))
            return
        self.beginResetModel()
        self._saker = saker
        self.endResetModel()

    def saker(self) -> tuple[MinuteSak, ...]:
        """Return the saker."""
        return self._saker

    def row_of(self, sak_id: str) -> int:
        """Return the place of a sak, or -1."""
        return next((row for row, sak in enumerate(self._saker) if sak.id == sak_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of saker."""
        return 0 if parent.isValid() else len(self._saker)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what the list shows of a sak."""
        if not index.isValid():
            return None
        sak = self._saker[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{sak.number} {sak.tittel}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{sak.number} {sak.tittel}, {MARKS[sak.merke]}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(sak, index.row())
        return sak if role == ROW_ROLE else None


def tooltip(sak: MinuteSak, row: int) -> str:
    """Return all that is known of a sak of the list, as plain text."""
    lines = [f"{sak.number} {sak.tittel}".strip(), MARKS[sak.merke].capitalize()]
    planned = planned_text(sak)
    if planned:
        lines.append(planned.capitalize())
    if row < len(JUMPS):
        lines.append(_("Alt+{tast} går hit").format(tast=JUMPS[row]))
    return "\n".join(lines)


JUMPS: Final = "123456789"
"""The digits that go to a sak by its place in the list."""

SAK_TABLES: Final = frozenset(
    {
        "moete", "moetedag", "sak", "dagsordenpost", "saksreferat", "innspill", "aksjonspunkt",
        "vedtak", "referat", "saksrolle", "utvalg", "nummerserie", "frase", "organisasjon",
        "organisasjonsnavn", "person",
    }
)  # fmt: skip
"""What the list of saker and the minutes of one are read from."""

PEOPLE_TABLES: Final = frozenset(
    {"oppmoete", "oppmoete_sak", "person", "verv", "organisasjon", "organisasjonsnavn", "moete"}
)
"""What the people of a meeting are read from."""


def planned_text(sak: MinuteSak) -> str:
    """Return "planlagt kl. 10.25–10.55"; "" for a sak that takes no time."""
    if sak.start is None or sak.end is None:
        return ""
    return _("planlagt kl. {fra}–{til}").format(
        fra=prose_clock(sak.start), til=prose_clock(sak.end)
    )


def left_text(sak: MinuteSak, now: dt.datetime) -> str:
    """Return how a sak stands against its planned time, on its day; "" else."""
    if sak.start is None or sak.end is None or now.date() != sak.dato:
        return ""
    minute, start, end = minutes_of(now.time()), minutes_of(sak.start), minutes_of(sak.end)
    if minute < start:
        return _("begynner om {minutter} min").format(minutter=start - minute)
    if minute <= end:
        return _("{minutter} min igjen").format(minutter=end - minute)
    return _("{minutter} min over tiden").format(minutter=minute - end)


def is_over(sak: MinuteSak, now: dt.datetime) -> bool:
    """Tell whether a sak that is not done has run past its planned time."""
    done = sak.merke is not Saksmerke.I_GANG
    return not done and left_text(sak, now) != "" and now.time() > (sak.end or dt.time.max)


def facts_text(sak: MinuteSak, said: SakMinutes) -> str:
    """Return type, planned time and presenters of a sak in one line."""
    facts = [_(SAKSTYPER[sak.sakstype])] if sak.sakstype is not None else []
    facts.append(planned_text(sak))
    who = names_of(said.presenters, Maalform.NB)
    if said.presenters:
        facts.append(_("presenteres av {hvem}").format(hvem=who))
    return " · ".join(filter(None, facts))


def count_text(saker: Sequence[MinuteSak]) -> str:
    """Return "3 av 12 behandlet"; postponed and withdrawn saker count as done."""
    done = {Saksmerke.BEHANDLET, Saksmerke.UTSATT, Saksmerke.TRUKKET}
    return _("{antall} av {alle} saker ferdige").format(
        antall=sum(sak.merke in done for sak in saker), alle=len(saker)
    )


def standing_text(overview: MinutesOverview) -> str:
    """Return why the referat cannot be written, or what is still to come; "" for neither."""
    if overview.approved and overview.godkjent_i:
        return _("Referatet er godkjent i sak {sak} og kan ikke endres.").format(
            sak=overview.godkjent_i
        )
    if overview.approved:
        return _("Referatet er godkjent og kan ikke endres.")
    if not overview.held:
        return _("Møtet er ikke avholdt ennå. Du kan skrive likevel.")
    return ""
