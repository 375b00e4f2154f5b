"""Changing a meeting in one gesture: its days and its frame together, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.models import Moete
from desktop.rules.kinds import Moeteform
from desktop.services.access import days_of, get, label_of_moete
from desktop.services.moeter import Dag, change_moete, remove_dag, set_dag
from desktop.services.verbs import operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day as it is to be; `key` is the day it changes, None for a new one."""

    key: str | None
    dag: Dag


def rework_moete(
    archive: Archive,
    *,
    moete_id: str,
    dager: Sequence[PlannedDay],
    form: Moeteform,
    sted: str | None,
    digital_lenke: str | None,
    moeteleder_id: str | None,
    referent_id: str | None,
) -> ChangeSet:
    """Give a meeting these days and this frame; days that are not among them are removed.

    A new day takes the place of a removed one, with what stands on it.

    Raises:
        ServiceError: as `set_dag`, `remove_dag` and `change_moete`.
        RuleError: as `set_dag`.
    """
    with operation(archive, "change_moete") as op:
        moete = get(op.session, Moete, moete_id)
        op.describe(moete=label_of_moete(moete))
        stored = {day.id: day.dato for day in days_of(op.session, moete_id)}
        gone = [key for key in stored if key not in {day.key for day in dager}]
        wanted = [PlannedDay(day.key or (gone.pop(0) if gone else None), day.dag) for day in dager]
        for day in _in_safe_order(wanted, stored):
            set_dag(archive, moete_id=moete_id, moetedag_id=day.key, dag=day.dag)
        for key in gone:
            remove_dag(archive, moetedag_id=key)
        change_moete(
            archive,
            moete_id=moete_id,
            form=form,
            sted=sted,
            digital_lenke=digital_lenke,
            moeteleder_id=moeteleder_id,
            referent_id=referent_id,
        )
    return op.changes


def _in_safe_order(wanted: Sequence[PlannedDay], stored: Mapping[str, dt.date]) -> list[PlannedDay]:
    """Return the days so that none takes a date which another one has yet to leave."""
    pending, held, ordered = list(wanted), dict(stored), []
    while pending:
        free = (day for day in pending if not _is_held(day, held))
        chosen = next(free, pending[0])
        pending.remove(chosen)
        ordered.append(chosen)
        if chosen.key:
            held[chosen.key] = chosen.dag.dato
    return ordered


def _is_held(day: PlannedDay, held: Mapping[str, dt.date]) -> bool:
    return any(date == day.dag.dato and key != day.key for key, date in held.items())
