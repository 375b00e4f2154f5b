"""The hits of a search as a list, and where each of them opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from desktop.i18n.catalogue import words
from desktop.i18n.dates import numeric_date
from desktop.services.search import Hit, HitKind
from desktop.services.search_kinds import KIND_NAMES
from desktop.viewmodels.table import ROW_ROLE, Index
from desktop.viewmodels.targets import VEDTAK_REGISTER, Place, Tab, Target

_ROOT = QModelIndex()
_ = words("nb")

_TABS: Final = {
    HitKind.SAK: Tab.DAGSORDEN,
    HitKind.VEDLEGG: Tab.DAGSORDEN,
    HitKind.TOPPNOTAT: Tab.TOPPNOTATER,
    HitKind.REFERAT: Tab.REFERAT,
    HitKind.INNSPILL: Tab.REFERAT,
    HitKind.AKSJONSPUNKT: Tab.REFERAT,
    HitKind.VEDTAK: Tab.REFERAT,
}


def target_of(hit: Hit) -> Target | None:
    """Return where a hit opens; None where no page shows it."""
    match hit.kind:
        case HitKind.PERSON:
            return Target(Place.MEDLEMMER, hit.key)
        case HitKind.ORGANISASJON:
            return Target(Place.MEDLEMMER)
        case HitKind.MOETE:
            return Target(Place.MOETER, hit.moete_id, Tab.DAGSORDEN)
        case HitKind.OPPFOELGING:
            return Target(Place.VEDTAK, hit.key)
        case HitKind.VEDTAK if hit.sak_id is None:
            return Target(Place.VEDTAK, f"{VEDTAK_REGISTER}:{hit.key}")
        case _:
            return _of_sak(hit)


def _of_sak(hit: Hit) -> Target | None:
    if hit.moete_id is not None:
        return Target(Place.MOETER, hit.moete_id, _TABS.get(hit.kind, Tab.DAGSORDEN), hit.sak_id)
    return Target(Place.SAKER, hit.sak_id, sak_id=hit.sak_id) if hit.sak_id else None


def place_of(hit: Hit) -> str:
    """Return the line that says what a hit is and where it is from."""
    parts = (
        _(KIND_NAMES[hit.kind]),
        hit.number,
        hit.utvalg,
        numeric_date(hit.date) if hit.date else "",
        hit.where,
    )
    return " · ".join(filter(None, parts))


class SearchModel(QAbstractListModel):
    """Shows hits. The text of one is its title; `ROW_ROLE` is the hit."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    def set_hits(self, hits: Sequence[Hit]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def hit_at(self, row: int) -> Hit | None:
        """Return the hit at a place, if there is one."""
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        """Return the number of hits; a hit has none."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return the title, what a screen reader says, or the hit itself."""
        hit = self.hit_at(index.row()) if index.isValid() else None
        if hit is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(filter(None, (hit.title, place_of(hit), hit.excerpt)))
        return hit if role == ROW_ROLE else None
